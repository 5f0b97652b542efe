//! From rows to words: parted where spaces or gaps are, and closed up where
//! letters are set apart.

use super::leaf::Glyph;
use super::rows::{Row, parted};

/// The gap (in sizes) at which a row falls into stretches that are looked at
/// apart.
const STRETCH: f32 = 0.95;

/// The gap (in sizes) that parts words where nothing else tells.
const GAP: f32 = 0.15;

/// The step (in sizes) between the gaps inside words and those between them.
const STEP: f32 = 0.06;

/// The same where spaces are written, so that few words are parted by a gap.
const SPACED_STEP: f32 = 0.1;

/// The narrowest gap (in sizes) that parts words where spaces are written; half
/// of it does where several are as wide.
const SPACED_GAP: f32 = 0.2;

/// The widest gap (in sizes) that words are told by: what is wider, as behind a
/// bullet, tells no more.
const WIDEST: f32 = 0.3;

/// How many gaps are several.
const SEVERAL: usize = 3;

/// One glyph in so many is a space where spaces are written.
const SPACES: usize = 16;

/// The drawing of a letter that is printed twice: none of the body.
const TWICE: u64 = u64::MAX;

/// Glyphs that touch, and how far they stand from those before.
pub(super) struct Word {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) gap: f32,
}

/// The words of a row.
pub(super) fn split(mut row: Row) -> Vec<Word> {
    print_once(&mut row);
    let mut words: Vec<Word> = Vec::new();
    let mut end = f32::NEG_INFINITY;
    for stretch in parted(&row, STRETCH) {
        let widest = threshold(stretch);
        // Where the word at hand begins, and how far from what is before it.
        let mut open: Option<(usize, f32)> = None;
        let mut close = |open: &mut Option<(usize, f32)>, end: usize| {
            words.extend(open.take().map(|(start, gap)| Word {
                glyphs: stretch[start..end].to_vec(),
                gap,
            }));
        };
        for (index, glyph) in stretch.iter().enumerate() {
            if glyph.char == ' ' {
                close(&mut open, index);
                continue;
            }
            let gap = if end.is_finite() {
                glyph.left - end
            } else {
                0.0
            };
            if gap > widest * glyph.size {
                close(&mut open, index);
            }
            open.get_or_insert((index, gap));
            end = end.max(glyph.right);
        }
        close(&mut open, stretch.len());
    }
    close_up(words)
}

/// Takes out of a row what is printed twice to look bold.
fn print_once(row: &mut Row) {
    let mut once: usize = 0;
    for index in 0..row.len() {
        let mut glyph = row[index];
        glyph.right = glyph.right.max(glyph.left);
        let twin = row[once.saturating_sub(2)..once]
            .iter_mut()
            .rev()
            .find(|last| {
                last.char == glyph.char
                    && glyph.char != ' '
                    && (glyph.left - last.left).abs() < 0.25 * (last.right - last.left)
                    && (glyph.y - last.y).abs() < 0.1 * glyph.size
            });
        if let Some(last) = twin {
            last.ink = glyph.ink.max(last.ink) * 1.3;
            last.drawing = TWICE;
        } else {
            row[once] = glyph;
            once += 1;
        }
    }
    row.truncate(once);
}

/// The gap (in sizes) from which words are parted: in the middle of the widest
/// step between gaps, if it is wide enough.
fn threshold(stretch: &[Glyph]) -> f32 {
    let spaces = stretch.iter().filter(|glyph| glyph.char == ' ').count();
    // A space or two, as behind a bullet, do not mean that all are written.
    let spaced = SPACES * spaces >= stretch.len();
    let pairs = stretch.windows(2);
    let mut gaps: Vec<f32> = pairs
        .filter(|pair| pair[0].char != ' ' && pair[1].char != ' ')
        .map(|pair| (pair[1].left - pair[0].right) / pair[1].size)
        .map(|gap| gap.clamp(0.0, WIDEST))
        .collect();
    gaps.sort_by(f32::total_cmp);
    let most = gaps
        .windows(2)
        .map(|pair| (pair[1] - pair[0], (pair[0] + pair[1]) / 2.0))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let step = if spaced { SPACED_STEP } else { STEP };
    match most.filter(|(width, _)| *width >= step) {
        Some((_, middle)) if spaced => {
            let wide = gaps.iter().filter(|gap| **gap > middle).count();
            middle.max(if wide >= SEVERAL {
                SPACED_GAP / 2.0
            } else {
                SPACED_GAP
            })
        }
        Some((_, middle)) => middle,
        None if spaced => 2.0 * GAP,
        None => GAP,
    }
}

/// Joins runs of single letters, at least four, where no gap between them is
/// wider than the others.
fn close_up(words: Vec<Word>) -> Vec<Word> {
    let single = |word: &Word| word.glyphs.len() == 1 && word.glyphs[0].char.is_alphabetic();
    if !words.windows(4).any(|run| run.iter().all(single)) {
        return words;
    }
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
