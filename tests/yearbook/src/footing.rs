//! Notes at the foot of a page, over all its columns.

use super::draft::Draft;
use super::ink::Part;
use super::notes::{self, Note};
use super::plan::Area;
use super::random::Random;
use super::style::{Notes, Style};

/// Keeps room at the foot of a page for notes, if the book has them there; the
/// first has the number after `number`.
pub(super) fn reserve(
    random: &mut Random,
    style: &Style,
    draft: &mut Draft,
    area: &mut Area,
    number: usize,
) {
    if style.notes != Notes::Page {
        return;
    }
    let count = random.below(4);
    for index in 0..count {
        let note = Note::new(random, style, number + index + 1);
        draft.waiting.push_back(note);
    }
    if count > 0 {
        let heights = draft
            .waiting
            .iter()
            .map(|note| note.height(style, area.width));
        area.bottom -= heights.sum::<f32>() + notes::RULE + 4.0;
    }
}

/// Sets the notes whose marks found a place, below `top`; how many they are.
pub(super) fn set(style: &Style, draft: &mut Draft, place: (f32, f32), top: f32) -> usize {
    let set = std::mem::take(&mut draft.notes);
    if set.is_empty() {
        return 0;
    }
    let (inks, pieces) = notes::set(&set, style, place, top + 4.0, draft.sheet);
    draft.add(Part::Notes, inks);
    draft.beside(pieces);
    draft.gold.features.push("page-notes");
    set.len()
}
