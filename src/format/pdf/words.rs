//! From glyphs to words: rows of one baseline, parted where spaces or gaps are,
//! and closed up where letters are set apart.

use super::leaf::Glyph;

/// Glyphs that touch, and how far they stand from those before.
pub(super) struct Word {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) gap: f32,
}

/// The glyphs by baseline, each row from left to right. What is much smaller
/// than the row beside it and raised belongs to that row.
pub(super) fn rows(glyphs: &[Glyph]) -> Vec<Vec<Glyph>> {
    let mut glyphs = glyphs.to_vec();
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if glyph.y - row[0].y <= 0.2 * glyph.size.min(row[0].size) => row.push(glyph),
            _ => rows.push(vec![glyph]),
        }
    }
    let mut merged: Vec<Vec<Glyph>> = Vec::new();
    for row in rows {
        match merged.last_mut() {
            Some(above) if raised(above, &row) => above.extend(row),
            _ => merged.push(row),
        }
    }
    for row in &mut merged {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    merged
}

/// Whether one of two rows is a line's raised or lowered small print.
fn raised(above: &[Glyph], below: &[Glyph]) -> bool {
    let size = |row: &[Glyph]| row.iter().map(|glyph| glyph.size).fold(0.0, f32::max);
    let (upper, lower) = (size(above), size(below));
    let near = below[0].y - above[0].y < 0.5 * upper.max(lower);
    near && upper.min(lower) < 0.8 * upper.max(lower)
}

/// The words of a row.
pub(super) fn split(row: Vec<Glyph>) -> Vec<Word> {
    // Where spaces are written, a gap alone must be wider to count as one.
    let spaced = row.iter().any(|glyph| glyph.char == ' ');
    let mut words: Vec<Word> = Vec::new();
    let mut parted = true;
    let mut end = f32::NEG_INFINITY;
    for mut glyph in row {
        if glyph.char == ' ' {
            parted = true;
            continue;
        }
        let gap = if end.is_finite() {
            glyph.left - end
        } else {
            0.0
        };
        if let Some(last) = words.last_mut().and_then(|word| word.glyphs.last_mut())
            && last.char == glyph.char
            && (glyph.left - last.left).abs() < 0.25 * (last.right - last.left)
            && (glyph.y - last.y).abs() < 0.1 * glyph.size
        {
            // Printed twice to look bold.
            last.ink = glyph.ink.max(last.ink) * 1.3;
            continue;
        }
        parted |= gap > if spaced { 0.3 } else { 0.15 } * glyph.size;
        end = end.max(glyph.right);
        glyph.right = glyph.right.max(glyph.left);
        match words.last_mut() {
            Some(word) if !parted => word.glyphs.push(glyph),
            _ => words.push(Word {
                glyphs: vec![glyph],
                gap,
            }),
        }
        parted = false;
    }
    close_up(words)
}

/// Joins runs of single letters, at least four, where no gap between them is
/// wider than the others.
fn close_up(words: Vec<Word>) -> Vec<Word> {
    let single = |word: &Word| word.glyphs.len() == 1 && word.glyphs[0].char.is_alphabetic();
    let mut closed: Vec<Word> = Vec::new();
    let mut words = words.into_iter().peekable();
    while let Some(word) = words.next() {
        if !single(&word) {
            closed.push(word);
            continue;
        }
        let mut run = vec![word];
        while let Some(next) =
            words.next_if(|next| single(next) && next.gap < 4.0 * next.glyphs[0].size)
        {
            run.push(next);
        }
        if run.len() < 4 {
            closed.extend(run);
            continue;
        }
        let mut gaps: Vec<f32> = run[1..].iter().map(|word| word.gap).collect();
        gaps.sort_by(f32::total_cmp);
        let wide = gaps[gaps.len() / 3] * 1.6;
        for (index, word) in run.into_iter().enumerate() {
            match closed.last_mut() {
                Some(last) if index > 0 && word.gap <= wide => last.glyphs.extend(word.glyphs),
                // The gap is one between letters set apart: it cuts nothing.
                _ if index > 0 => closed.push(Word {
                    gap: 0.3 * word.glyphs[0].size,
                    ..word
                }),
                _ => closed.push(word),
            }
        }
    }
    closed
}
