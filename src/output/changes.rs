//! What changed between two texts, as JSON.

use serde_json::{Value, json};

use crate::text::changes::{Change, Piece, changes};

/// What changed from one text to another: pairs of `same`, `removed` or `added`
/// and words; `key` decides what is the same.
pub(super) fn changes_json(old: &str, new: &str, key: impl Fn(&str) -> String) -> Value {
    pieces_json(&changes(old, new, key), old, new)
}

/// What changed, piece by piece: pairs of `same`, `removed` or `added` and words.
pub(super) fn pieces_json(pieces: &[Piece], old: &str, new: &str) -> Value {
    let pieces = pieces.iter().map(|piece| {
        let change = match piece.change {
            Change::Same => "same",
            Change::Removed => "removed",
            Change::Added => "added",
        };
        json!([change, piece.of(old, new)])
    });
    pieces.collect()
}
