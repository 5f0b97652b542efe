//! A page as its glyphs, rules and boxes, turned upright, and what single
//! characters stand for. Nothing here knows of PDF.

use super::direction::is_right_to_left;
use super::shapes::{Area, Shapes};

/// What stands for a character that the file gives no Unicode for.
pub(super) const UNKNOWN: char = '\u{FFFD}';

/// The share of unknown characters (of 100) from which a page is left out.
const BROKEN: u64 = 30;

/// A character with its place, in points from the top left of its page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub(super) char: char,
    pub(super) left: f32,
    pub(super) right: f32,
    /// The baseline.
    pub(super) y: f32,
    /// The size of the font.
    pub(super) size: f32,
    /// The inked area, in parts of a square em: bold letters have more. None is
    /// known of drawings and ligatures.
    pub(super) ink: f32,
    /// Whether the file calls it no part of the text.
    pub(super) artifact: bool,
    /// Its drawing: the same letter of another font has another. 0 where none is
    /// known.
    pub(super) drawing: u64,
    /// Where it stands beside the larger print that it touches.
    pub(super) shift: Shift,
    /// The paragraph that the file says it belongs to; 0 for none. Of a page as
    /// it was caught the number of its mark, from 1.
    pub(super) paragraph: u32,
}

/// Where small print stands beside the larger print that it touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shift {
    /// On its baseline.
    #[default]
    None,
    /// Raised, as the mark of a footnote is.
    Raised,
    /// Lowered, as the index of a formula is.
    Lowered,
}

/// What a page shows, beside its glyphs.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    /// How many visible characters stand upright on it, and how many of them
    /// have no Unicode.
    pub(super) visible: u64,
    pub(super) unknown: u64,
    /// The rules and boxes drawn on it.
    pub(super) shapes: Shapes,
    pub(super) width: f32,
    pub(super) height: f32,
    /// Whether the page is read from right to left: its places are mirrored.
    pub(super) mirrored: bool,
    /// Whether a part of its content is missing or cannot be decoded.
    pub(super) damaged: bool,
    /// Whether it has pictures or drawn lines.
    pub(super) drawn: bool,
    /// Characters that stood at an angle to the others.
    pub(super) turned: u64,
    /// Characters that lay outside the page or the frame they are drawn in.
    pub(super) outside: u64,
}

impl Leaf {
    /// The share (of 100) of its visible characters that have no Unicode.
    pub(super) fn share_unknown(&self) -> u64 {
        100 * self.unknown / self.visible.max(1)
    }

    /// Whether its text is lost: nothing goes on past it.
    pub(super) fn is_lost(&self) -> bool {
        self.damaged || self.is_broken() || (self.drawn && self.visible == 0)
    }

    /// Whether so many have none that its text is of no use.
    pub(super) fn is_broken(&self) -> bool {
        self.share_unknown() >= BROKEN
    }
}

/// A glyph as drawn, with the direction it is read in.
pub(super) struct Caught {
    pub(super) glyph: Glyph,
    /// A unit vector.
    pub(super) along: (f32, f32),
}

/// The letters of a ligature; of other characters the one to read for it, if
/// it is to be read at all.
pub(super) fn spell(char: char) -> impl Iterator<Item = char> {
    let (letters, alone) = match char {
        'ﬀ' => ("ff", None),
        'ﬁ' => ("fi", None),
        'ﬂ' => ("fl", None),
        'ﬃ' => ("ffi", None),
        'ﬄ' => ("ffl", None),
        'ﬅ' | 'ﬆ' => ("st", None),
        // Where Symbol and Wingdings keep their bullets.
        '\u{F0B7}' | '\u{F0A7}' | '\u{F0D8}' | '\u{F076}' | '\u{F06C}' | '\u{F06E}'
        | '\u{F0FC}' => ("", Some('•')),
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => ("", None),
        '\u{E000}'..='\u{F8FF}' => ("", Some(UNKNOWN)),
        char if char.is_whitespace() => ("", Some(' ')),
        char if char.is_control() => ("", Some(UNKNOWN)),
        char => ("", Some(char)),
    };
    letters.chars().chain(alone)
}

/// Turns the page so that most of its text stands upright; what then stands
/// at an angle or outside the page is counted and left out. The glyphs are in
/// the order drawn.
pub(super) fn upright(
    caught: Vec<Caught>,
    drawn: &[Area],
    width: f32,
    height: f32,
) -> (Leaf, Vec<Glyph>) {
    const WAYS: [(f32, f32); 4] = [(1.0, 0.0), (0.0, -1.0), (-1.0, 0.0), (0.0, 1.0)];
    let runs =
        |glyph: &Caught, way: (f32, f32)| glyph.along.0 * way.0 + glyph.along.1 * way.1 > 0.98;
    let counts = WAYS.map(|way| caught.iter().filter(|glyph| runs(glyph, way)).count());
    let most = (0..WAYS.len())
        .rev()
        .max_by_key(|&index| counts[index])
        .unwrap_or(0);
    let way = WAYS[most];
    let turn = |x: f32, y: f32| (x * way.0 + y * way.1, y * way.0 - x * way.1);
    let (a, b) = (turn(0.0, 0.0), turn(width, height));
    let (left, top) = (a.0.min(b.0), a.1.min(b.1));
    let (width, height) = ((a.0 - b.0).abs(), (a.1 - b.1).abs());
    let turned = |area: &Area| {
        let (a, b) = (turn(area.left, area.top), turn(area.right, area.bottom));
        Area {
            left: a.0.min(b.0) - left,
            top: a.1.min(b.1) - top,
            right: a.0.max(b.0) - left,
            bottom: a.1.max(b.1) - top,
        }
    };
    let drawn: Vec<Area> = drawn.iter().map(turned).collect();
    let mut leaf = Leaf {
        shapes: Shapes::of(&drawn, width, height),
        width,
        height,
        ..Leaf::default()
    };
    let mut glyphs = Vec::with_capacity(caught.len());
    for caught in caught {
        let mut glyph = caught.glyph;
        let shown = u64::from(glyph.char != ' ');
        if !runs(&caught, way) {
            leaf.turned += shown;
            continue;
        }
        let wide = glyph.right - glyph.left;
        let (x, y) = turn(glyph.left, glyph.y);
        (glyph.left, glyph.y) = (x - left, y - top);
        glyph.right = glyph.left + wide;
        let inside = glyph.left > -2.0
            && glyph.left < width + 2.0
            && glyph.y > -2.0
            && glyph.y < height + 2.0;
        if inside && glyph.size.is_finite() && glyph.size > 0.5 {
            leaf.visible += shown;
            leaf.unknown += u64::from(glyph.char == UNKNOWN);
            glyphs.push(glyph);
        } else {
            leaf.outside += shown;
        }
    }
    mirror(&mut leaf, &mut glyphs);
    (leaf, glyphs)
}

/// Mirrors a page most of which is read from right to left, so that its columns
/// and lines follow each other from left to right as those of others do.
fn mirror(leaf: &mut Leaf, glyphs: &mut [Glyph]) {
    let letters = || glyphs.iter().filter(|glyph| glyph.char.is_alphabetic());
    let against = letters()
        .filter(|glyph| is_right_to_left(glyph.char))
        .count();
    if 2 * against <= letters().count() {
        return;
    }
    leaf.mirrored = true;
    let width = leaf.width;
    for glyph in glyphs {
        (glyph.left, glyph.right) = (width - glyph.right, width - glyph.left);
    }
    leaf.shapes.mirror(width);
}

#[cfg(test)]
mod tests {
    use super::{UNKNOWN, spell};

    #[test]
    fn characters_are_spelled_out() {
        for (char, spelled) in [
            ('ﬃ', "ffi"),
            ('ﬂ', "fl"),
            ('\u{F0B7}', "•"),
            ('\u{A0}', " "),
            ('\u{200B}', ""),
            ('é', "é"),
        ] {
            assert_eq!(spell(char).collect::<String>(), spelled);
        }
        assert!(spell('\u{E123}').eq([UNKNOWN]));
        assert!(spell('\u{3}').eq([UNKNOWN]));
    }
}
