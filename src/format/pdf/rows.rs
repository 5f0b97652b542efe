//! From glyphs to rows: what stands on one baseline in one size, and the small
//! print that touches it. A row runs over the whole page; nothing here knows of
//! words or columns.

use super::leaf::{Glyph, Shift};

/// How far two glyphs of one row may differ in their baselines, in sizes.
const LEVEL: f32 = 0.2;

/// How much larger one of two glyphs of a row may be.
const ALIKE: f32 = 1.25;

/// How much larger a line is than the small print in it.
const LARGER: f32 = 1.2;

/// The size of raised and lowered print, in parts of that of its line: beside a
/// drop cap, that is larger still, stand the letters of its word.
const SMALL: std::ops::Range<f32> = 0.4..1.0 / LARGER;

/// The gap (in sizes) at which small print falls into pieces.
const PIECE: f32 = 0.9;

/// The longest piece of raised or lowered print (glyphs).
const LONGEST: usize = 8;

/// With more rows than this a page is a drawing, whose small print is left alone.
const MOST: usize = 3000;

/// Glyphs on one baseline, from left to right.
pub(super) type Row = Vec<Glyph>;

/// A row being gathered.
struct Open {
    y: f32,
    size: f32,
    glyphs: Row,
}

/// The glyphs of a page by their baselines, from top to bottom.
pub(super) fn rows(glyphs: &[Glyph]) -> Vec<Row> {
    let mut rows = by_baseline(glyphs);
    if rows.len() <= MOST {
        attach(&mut rows);
    }
    rows.retain(|row| !row.glyphs.is_empty());
    let mut rows: Vec<Row> = rows.into_iter().map(|row| row.glyphs).collect();
    for row in &mut rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    rows
}

/// Rows of glyphs that have one baseline and one size, each from left to right.
fn by_baseline(glyphs: &[Glyph]) -> Vec<Open> {
    let mut glyphs = glyphs.to_vec();
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Open> = Vec::new();
    // Rows above this one end too high for any glyph to come.
    let mut first = 0;
    let largest = glyphs.iter().map(|glyph| glyph.size).fold(0.0, f32::max);
    for glyph in glyphs {
        while rows
            .get(first)
            .is_some_and(|row| glyph.y - row.y > LEVEL * largest)
        {
            first += 1;
        }
        let fits = |row: &Open| {
            let (small, large) = (row.size.min(glyph.size), row.size.max(glyph.size));
            glyph.y - row.y <= LEVEL * small && large <= ALIKE * small
        };
        match rows[first..].iter_mut().rev().find(|row| fits(row)) {
            Some(row) => row.glyphs.push(glyph),
            None => rows.push(Open {
                y: glyph.y,
                size: glyph.size,
                glyphs: vec![glyph],
            }),
        }
    }
    for row in &mut rows {
        row.glyphs.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    rows
}

/// Moves small print into the rows that it touches.
fn attach(rows: &mut [Open]) {
    let largest = rows.iter().map(|row| row.size).fold(0.0, f32::max);
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|&a, &b| rows[a].size.total_cmp(&rows[b].size));
    for place in order {
        if rows[place].size * LARGER > largest && rows[place].glyphs.len() > LONGEST {
            continue;
        }
        let own = std::mem::take(&mut rows[place].glyphs);
        let mut rest = Vec::with_capacity(own.len());
        for piece in parted(&own, PIECE) {
            match host(rows, place, piece) {
                Some((host, shift)) => {
                    let piece = piece.iter().map(|glyph| Glyph { shift, ..*glyph });
                    rows[host].glyphs.extend(piece);
                }
                None => rest.extend(piece),
            }
        }
        rows[place].glyphs = rest;
    }
}

/// The glyphs of a row (from left to right), parted where nothing stands between
/// them for more than `gap` sizes.
pub(super) fn parted(row: &[Glyph], gap: f32) -> impl Iterator<Item = &[Glyph]> {
    let mut end = f32::NEG_INFINITY;
    row.chunk_by(move |before, glyph| {
        if before.char != ' ' {
            end = end.max(before.right);
        }
        glyph.char == ' ' || glyph.left - end <= gap * glyph.size
    })
}

/// The row whose print a piece of small print touches, and where it stands
/// beside that.
fn host(rows: &[Open], own: usize, piece: &[Glyph]) -> Option<(usize, Shift)> {
    let visible = || piece.iter().filter(|glyph| glyph.char != ' ');
    let first = visible().next()?;
    let left = first.left;
    let right = visible()
        .map(|glyph| glyph.right)
        .fold(f32::NEG_INFINITY, f32::max);
    let count = visible().count();
    let near = rows.iter().enumerate().filter(|&(place, _)| place != own);
    let mut best: Option<(f32, usize, Shift)> = None;
    for (place, row) in near {
        let rise = (row.y - first.y) / row.size;
        let ratio = first.size / row.size;
        let shift = if rise.abs() <= 0.06 && (0.55..1.0 / ALIKE + 0.01).contains(&ratio) {
            Shift::None
        } else if (0.12..0.8).contains(&rise) && SMALL.contains(&ratio) && count <= LONGEST {
            Shift::Raised
        } else if (-0.4..-0.05).contains(&rise) && SMALL.contains(&ratio) && count <= LONGEST {
            Shift::Lowered
        } else if (0.2..0.6).contains(&rise)
            && ratio < 1.05
            && count <= 3
            && visible().all(|glyph| glyph.char.is_ascii_digit())
        {
            Shift::Raised
        } else {
            continue;
        };
        let limit = |glyph: &Glyph| match shift {
            Shift::None => 0.6 * first.size,
            // The mark of a note stands before its text.
            _ if glyph.left >= right => 0.5 * row.size,
            _ => 0.5 * first.size,
        };
        let gap = row
            .glyphs
            .iter()
            .filter(|glyph| glyph.char != ' ')
            .map(|glyph| (touches(glyph, left, right), limit(glyph)))
            .filter(|(gap, limit)| gap <= limit)
            .map(|(gap, _)| gap)
            .fold(f32::INFINITY, f32::min);
        if gap.is_finite() && best.is_none_or(|(other, ..)| gap < other) {
            best = Some((gap, place, shift));
        }
    }
    best.map(|(_, place, shift)| (place, shift))
}

/// How far a glyph stands from what reaches from `left` to `right`.
fn touches(glyph: &Glyph, left: f32, right: f32) -> f32 {
    let (before, behind) = (left - glyph.right, glyph.left - right);
    // Where both lie upon each other neither touches: one is behind the other.
    let middle = (glyph.left + glyph.right) / 2.0;
    if middle > left && middle < right && right - left > 0.0 {
        return f32::INFINITY;
    }
    before.max(behind).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The glyphs of a text whose letters are all six tenths of the size wide.
    fn print(text: &str, size: f32, left: f32, y: f32) -> Vec<Glyph> {
        let place = |index: usize| left + 0.6 * size * index as f32;
        let glyph = |(index, char)| Glyph {
            char,
            left: place(index),
            right: place(index + 1),
            y,
            size,
            ink: 0.0,
            artifact: false,
            drawing: 0,
            shift: Shift::None,
            paragraph: 0,
        };
        text.chars().enumerate().map(glyph).collect()
    }

    fn shown(glyphs: &[Glyph]) -> Vec<String> {
        let line = |row: &Row| row.iter().map(|glyph| glyph.char).collect();
        rows(glyphs).iter().map(line).collect()
    }

    #[test]
    fn a_headline_beside_body_text_leaves_its_lines_alone() {
        let glyphs = [
            print("NORLAND", 26.0, 50.0, 120.0),
            print("the council passed the act", 9.0, 300.0, 112.0),
            print("on recruiters of the year", 9.0, 300.0, 122.0),
        ]
        .concat();
        assert_eq!(
            shown(&glyphs),
            [
                "the council passed the act",
                "NORLAND",
                "on recruiters of the year"
            ]
        );
    }

    #[test]
    fn small_print_belongs_to_what_it_touches() {
        let glyphs = [
            print("The law", 10.0, 50.0, 100.0),
            print("12", 6.0, 92.0, 96.0),
            print("of 10", 10.0, 105.0, 100.0),
            print("CO", 10.0, 50.0, 130.0),
            print("2", 6.0, 62.0, 132.0),
            print("S", 10.0, 50.0, 160.0),
            print("MALL", 7.5, 56.0, 160.0),
        ]
        .concat();
        assert_eq!(shown(&glyphs), ["The law12of 10", "CO2", "SMALL"]);
        let shifts: Vec<Shift> = rows(&glyphs)[0].iter().map(|glyph| glyph.shift).collect();
        assert_eq!(shifts[6..9], [Shift::None, Shift::Raised, Shift::Raised]);
    }
}
