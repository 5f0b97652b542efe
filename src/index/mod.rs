//! The index: schema, tokenizers, passages as documents and back, the parallel
//! build, the folder with its manifest.

pub mod build;
pub mod document;
pub mod facet;
pub mod folder;
pub mod manifest;
pub mod open;
mod read_only;
pub mod schema;
pub mod tokenizer;

pub use build::{BuildConfig, BuildProgress, BuildSummary, build};
pub use facet::FacetName;
pub use folder::IndexFolder;
pub use manifest::{Counts, Manifest};
pub use open::OpenIndex;
