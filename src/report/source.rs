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
    /// The file's own metadata says so: the head of a page, the properties of a
    /// PDF, a book or an office file.
    Embedded,
    /// The first lines of the text say so, as a cover prints title, date and
    /// number.
    Cover,
    /// The address of the page says so.
    Address,
    /// The name of the file says so.
    Name,
    /// The profile of the series says so for all its reports.
    Profile,
}

/// A fact in words, with what told it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The fact, as `U.S. Department of State`.
    pub value: String,
    /// What told it.
    pub source: FactSource,
}

impl Told {
    /// A fact from a source.
    pub fn new(value: impl Into<String>, source: FactSource) -> Self {
        Told {
            value: value.into(),
            source,
        }
    }
}

impl FactSource {
    /// The name, as `heading`.
    pub fn as_str(self) -> &'static str {
        match self {
            FactSource::Heading => "heading",
            FactSource::Prose => "prose",
            FactSource::Metadata => "metadata",
            FactSource::Embedded => "embedded",
            FactSource::Cover => "cover",
            FactSource::Address => "address",
            FactSource::Name => "name",
            FactSource::Profile => "profile",
        }
    }
}
