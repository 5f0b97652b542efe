//! A frame of a page while it is filled, and a block while it is set.

use super::block::Initial;
use super::ink::{Ink, Set, Turn};
use super::notes::Note;
use super::plan::Frame;
use super::rich::{Rest, Run};
use super::setting::Manner;

/// A block that is being set.
#[derive(Clone)]
pub(super) struct Pending {
    pub(super) rest: Rest,
    pub(super) manner: Manner,
    /// Its piece in the flow.
    pub(super) piece: usize,
    pub(super) first: bool,
    pub(super) bullet: Option<Run>,
    /// Lines beside a large letter, and the room it takes.
    pub(super) beside: Option<(usize, f32)>,
    /// A large letter that is written after the paragraph.
    pub(super) late: Option<Ink>,
}

/// A frame while it is filled.
pub(super) struct Filling<'a> {
    pub(super) frame: &'a Frame,
    /// Where the next line begins, and where the frame ends above its notes.
    pub(super) top: f32,
    pub(super) bottom: f32,
    pub(super) inks: Vec<Ink>,
    pub(super) notes: Vec<Note>,
    /// Where the last side heading ends.
    pub(super) margin: f32,
    /// Lines in the frames after it in which the chapter may end.
    pub(super) later: usize,
}

impl Filling<'_> {
    /// The lines that have room.
    pub(super) fn lines(&self, leading: f32) -> usize {
        ((self.bottom - self.top) / leading + 0.001).max(0.0) as usize
    }

    /// Puts a large letter at the top left of what is set next; the mark, and the
    /// room it takes.
    pub(super) fn letter(&self, initial: &Initial, manner: &Manner) -> (Ink, f32) {
        let deep = (initial.lines - 1) as f32 * manner.leading;
        let capital = initial.letter.face.capital();
        let size = ((deep + capital * manner.size) / capital * 10.0).round() / 10.0;
        let (left, _) = self.frame.line(self.top, manner.leading);
        let at = (left, manner.baseline(self.top) + deep);
        let room = initial.letter.width() * size + manner.size * 0.25;
        let ink = Set {
            words: vec![vec![initial.letter.clone()]],
            at,
            size,
            space: 0.25 * size,
            extra: 0.0,
            turn: Turn::Level,
            grey: 0.0,
        };
        (Ink::Text(ink), room)
    }
}

/// A sign alone in its place.
pub(super) fn lone(sign: Run, at: (f32, f32), manner: &Manner) -> Ink {
    Ink::Text(Set {
        words: vec![vec![sign]],
        at,
        size: manner.size,
        space: manner.space * manner.size,
        extra: 0.0,
        turn: Turn::Level,
        grey: 0.0,
    })
}
