//! Where a fact about a report was found.

use serde::{Deserialize, Serialize};

/// Where a fact about a report was found, as the tier or where a section
/// begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FactSource {
    /// A title line or a heading of the text says so.
    Heading,
    /// It follows from the wording of a paragraph.
    Prose,
    /// A header, a table beside the corpus, or a key of a record says so.
    Metadata,
}

impl FactSource {
    /// The name, as `heading`.
    pub fn as_str(self) -> &'static str {
        match self {
            FactSource::Heading => "heading",
            FactSource::Prose => "prose",
            FactSource::Metadata => "metadata",
        }
    }
}
