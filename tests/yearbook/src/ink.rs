//! What is put on a page: lines of text, rules and areas, in points from the top
//! left of the page.

use super::rich::{Line, Run, Word};

/// The direction of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Turn {
    Level,
    Up,
    Down,
}

/// A line in its place.
#[derive(Clone, Debug)]
pub(super) struct Set {
    pub(super) words: Vec<Vec<Run>>,
    /// The left end of the baseline.
    pub(super) at: (f32, f32),
    pub(super) size: f32,
    /// The width of a space, without what justifies the line.
    pub(super) space: f32,
    /// What each space is wider than that.
    pub(super) extra: f32,
    pub(super) turn: Turn,
    /// The grey of the letters, 0 for black.
    pub(super) grey: f32,
}

/// A mark on a page.
#[derive(Clone, Debug)]
pub(super) enum Ink {
    Text(Set),
    /// A filled rectangle: left, top, width, height, and its grey.
    Fill([f32; 4], f32),
    /// The outline of a rectangle: left, top, width, height, and the weight.
    Outline([f32; 4], f32),
    /// A straight line between two points, and its weight.
    Rule([f32; 4], f32),
}

impl Ink {
    /// The mark, moved.
    pub(super) fn moved(mut self, right: f32, down: f32) -> Self {
        match &mut self {
            Self::Text(set) => set.at = (set.at.0 + right, set.at.1 + down),
            Self::Fill(area, _) | Self::Outline(area, _) => {
                area[0] += right;
                area[1] += down;
            }
            Self::Rule(ends, _) => {
                ends[0] += right;
                ends[2] += right;
                ends[1] += down;
                ends[3] += down;
            }
        }
        self
    }

    /// A line of words that is not justified.
    pub(super) fn words(words: &[Word], at: (f32, f32), size: f32, space: f32) -> Self {
        let line = Line::of(words);
        Self::Text(Set {
            words: line.words,
            at,
            size,
            space: space * size,
            extra: 0.0,
            turn: Turn::Level,
            grey: 0.0,
        })
    }
}

/// The width of words on a line.
pub(super) fn width(words: &[Word], size: f32, space: f32) -> f32 {
    let gaps = words.len().saturating_sub(1) as f32;
    words.iter().map(Word::width).sum::<f32>() * size + gaps * space * size
}

/// What a group of marks is, which gives it its place in the order of writing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Part {
    Head,
    Headline,
    Column(usize),
    Beside,
    Notes,
    Foot,
}

/// Marks that are written one after the other.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) part: Part,
    pub(super) inks: Vec<Ink>,
}
