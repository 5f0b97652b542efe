//! Paragraphs set in a column: manners, lines in their places, and stamps, which
//! are parts of a page that are set before their place is known.

use super::gold::{Kind, Piece};
use super::ink::{Ink, Set, Turn};
use super::rich::{Breaking, Line, Rest, Word};

/// How the lines of a paragraph end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Align {
    Justified,
    Left,
    Middle,
}

/// How a paragraph is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    pub(super) size: f32,
    pub(super) leading: f32,
    /// The width of a space at size 1.
    pub(super) space: f32,
    pub(super) align: Align,
    pub(super) hyphens: bool,
    /// How far the first line is set in.
    pub(super) indent: f32,
    /// How far all lines but the first are set in.
    pub(super) hang: f32,
    /// How far all lines end before the right end of the column.
    pub(super) right: f32,
    /// The room above, but at the top of a column.
    pub(super) before: f32,
    /// The room below.
    pub(super) after: f32,
}

impl Manner {
    pub(super) fn breaking(&self) -> Breaking {
        Breaking {
            size: self.size,
            space: self.space,
            hyphens: self.hyphens,
        }
    }

    /// Where the baseline stands in a line whose top is `top`.
    pub(super) fn baseline(&self, top: f32) -> f32 {
        top + self.leading - 0.26 * self.size - (self.leading - self.size).max(0.0) / 2.0
    }

    /// A line put in a column.
    pub(super) fn put(&self, line: Line, left: f32, width: f32, top: f32) -> Ink {
        let gaps = line.words.len().saturating_sub(1) as f32;
        let natural = line.width * self.size + gaps * self.space * self.size;
        let free = width - natural;
        let justifies = self.align == Align::Justified && !line.last && gaps > 0.0;
        let (shift, extra) = match self.align {
            Align::Justified if justifies => (0.0, (free / gaps).min(2.2 * self.size)),
            Align::Justified | Align::Left => (0.0, 0.0),
            Align::Middle => (free / 2.0, 0.0),
        };
        Ink::Text(Set {
            words: line.words,
            at: (left + shift, self.baseline(top)),
            size: self.size,
            space: self.space * self.size,
            extra,
            turn: Turn::Level,
            grey: 0.0,
        })
    }

    /// A whole paragraph put in a column, and where it ends.
    pub(super) fn paragraph(
        &self,
        words: &[Word],
        left: f32,
        width: f32,
        top: f32,
    ) -> (Vec<Ink>, f32) {
        let mut rest = Rest::new(words);
        let mut inks = Vec::new();
        let mut top = top;
        while !rest.is_empty() {
            let inset = if inks.is_empty() {
                self.indent
            } else {
                self.hang
            };
            let width = width - inset - self.right;
            let line = rest.line(width, self.breaking());
            inks.push(self.put(line, left + inset, width, top));
            top += self.leading;
        }
        (inks, top)
    }
}

/// A part of a page without its place.
#[derive(Clone, Debug)]
pub(super) struct Stamp {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) inks: Vec<Ink>,
    pub(super) pieces: Vec<Piece>,
    /// What must be in no line of text.
    pub(super) furniture: Vec<String>,
    pub(super) name: &'static str,
}

impl Stamp {
    pub(super) fn new(name: &'static str, width: f32) -> Self {
        Self {
            width,
            height: 0.0,
            inks: Vec::new(),
            pieces: Vec::new(),
            furniture: Vec::new(),
            name,
        }
    }

    /// Adds a paragraph below what is there, `inset` from both sides.
    pub(super) fn add(&mut self, kind: Kind, words: &[Word], manner: &Manner, inset: f32) {
        let (inks, end) = manner.paragraph(
            words,
            inset,
            self.width - 2.0 * inset,
            self.height + manner.before,
        );
        self.inks.extend(inks);
        self.height = end + manner.after;
        self.say(kind, super::rich::gold(words));
    }

    /// Tells what is to be read.
    pub(super) fn say(&mut self, kind: Kind, text: String) {
        self.pieces.push(Piece {
            kind,
            text,
            sheet: 0,
            marks: Vec::new(),
            features: vec![self.name],
        });
    }

    /// The marks in their place.
    pub(super) fn placed(&self, left: f32, top: f32) -> Vec<Ink> {
        self.inks
            .iter()
            .map(|ink| ink.clone().moved(left, top))
            .collect()
    }
}
