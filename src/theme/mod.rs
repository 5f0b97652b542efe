//! Themes: a lexicon, and the themes that the words of a text give.
//!
//! A theme is given only where the text itself says so, and keeps the words
//! that gave it.

pub mod lexicon;
pub mod tagger;

pub use lexicon::Lexicon;
pub use tagger::Tagger;
