//! Citing passages: the pincite, formatted styles, exchange formats.
//!
//! A report is cited as a part of its publication where it has one (Cambodia
//! in the 2021 Trafficking in Persons Report), and the passage by section and
//! paragraph.

pub mod bluebook;
pub mod csl;
pub mod exchange;
pub mod fragment;
pub mod pincite;
pub mod record;
pub mod style;

pub use pincite::pincite;
pub use record::{Locator, SourceRecord};
pub use style::{Style, cite};
