//! Words, sentences, folding and spans: text without any knowledge of reports.
//!
//! This room is the one analyzer of pincite. What it calls a word is what the
//! index holds, what a query looks for and what is lit up in a result.

mod abbreviations;
mod bounds;
pub mod cells;
pub mod changes;
pub mod dates;
pub mod digest;
pub mod doubts;
pub mod elision;
mod ends;
pub mod fold;
pub mod forms;
mod inner_signs;
pub mod language;
pub mod likeness;
mod scripts;
pub mod sentences;
pub mod shell;
pub mod shingles;
pub(crate) mod sorted_lines;
pub mod span;
pub mod spelling;
pub mod stem;
pub mod words;

pub use doubts::Doubts;
pub use fold::fold;
pub use language::Language;
pub use likeness::{Likeness, Wording};
pub use sentences::sentences;
pub use shell::shell_word;
pub use spelling::nearest;
pub use stem::{StemCache, Stemmer};
pub use words::{Analysis, Token};
