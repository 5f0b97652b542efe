//! A sheet while it is set.

use super::gold::{PageGold, Piece};
use super::ink::{Group, Ink, Part};
use super::notes::Note;
use std::collections::VecDeque;

/// A sheet while it is set.
#[derive(Clone, Default)]
pub(super) struct Draft {
    /// Its number among the sheets, from 1.
    pub(super) sheet: usize,
    pub(super) groups: Vec<Group>,
    pub(super) beside: Vec<Piece>,
    pub(super) gold: PageGold,
    /// Notes that have room at the foot of the page, if their marks find a place.
    pub(super) waiting: VecDeque<Note>,
    /// Notes at the foot of the page.
    pub(super) notes: Vec<Note>,
    /// The countries that are told of, in order.
    pub(super) countries: Vec<&'static str>,
    /// Whether a chapter opens on it.
    pub(super) opens: bool,
    /// How many columns were begun.
    pub(super) columns: usize,
}

impl Draft {
    pub(super) fn add(&mut self, part: Part, inks: Vec<Ink>) {
        if !inks.is_empty() {
            self.groups.push(Group { part, inks });
        }
    }

    /// Tells of something beside the flow.
    pub(super) fn beside(&mut self, pieces: impl IntoIterator<Item = Piece>) {
        let sheet = self.sheet;
        self.beside
            .extend(pieces.into_iter().map(|piece| Piece { sheet, ..piece }));
    }

    /// Tells of what must be in no line.
    pub(super) fn furniture(&mut self, text: impl Into<String>) {
        self.gold.furniture.push(text.into());
    }
}
