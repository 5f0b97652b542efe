//! The index: schema and terms, passages as records and back, the parallel
//! build, the folder with its manifest.

pub mod build;
pub mod coding;
pub mod facet;
pub mod folder;
pub mod gaps;
mod gather;
pub mod groups;
mod invert;
pub mod ledger;
pub mod manifest;
pub mod open;
mod part;
mod previous;
mod read_only;
pub mod recipe;
mod record;
pub mod schema;
mod segment;
pub mod shingles;
mod sketch;
mod spool;
mod store;
mod terms;
mod texts;
pub mod update;
mod varint;
mod vocabulary;
pub mod words;
mod worker;

pub use build::{BuildConfig, BuildProgress, BuildSummary, build};
pub use facet::FacetName;
pub use folder::IndexFolder;
pub use ledger::Ledger;
pub use manifest::{Counts, Manifest};
pub use open::{IndexedReport, OpenIndex};
pub use part::IndexPart;
pub use recipe::{Corpora, CorpusPlace, Recipe};
pub use shingles::Shingles;
pub use texts::PassageReader;
pub use update::Update;
pub use words::{IndexedWord, WordUnit, indexed_words};
