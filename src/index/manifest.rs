//! `pincite.json`: what an index holds and how it was made.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CorpusPlace, coding, schema};
use crate::error::{Error, Result};
use crate::read::Notice;
use crate::text::digest::sha256;

/// The version of the index folder.
///
/// History: 1, the first; 2, with marks of sentences and capitals; 3,
/// positions once, and texts in a file of their own; 4, with pages and sources
/// of facts; 5, with a ledger of the files; 6, with the words and
/// shingles of every passage; 7, with headings and titles as parts of their own,
/// and sources of bibliographic facts; 8, with doubts about pages.
pub const FORMAT: u32 = 8;

/// How much an index holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Files that were found below the corpus folders.
    pub files: u64,
    /// Files that gave at least one report.
    pub files_read: u64,
    /// Bytes of all files that were found and could be opened.
    pub bytes: u64,
    /// Reports.
    pub reports: u64,
    /// Passages.
    pub passages: u64,
    /// Words, the parts of a compound counted one by one.
    pub words: u64,
}

/// What an index holds and how it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the index folder, [`FORMAT`].
    pub format: u32,
    /// The version of pincite that built it.
    pub pincite: String,
    /// The subfolder that holds the engine's files.
    pub generation: String,
    /// A digest of the schema.
    pub schema: String,
    /// What the terms depend on.
    pub tokenizer: String,
    /// A digest of the profiles.
    pub profiles: String,
    /// A digest of the lexicon.
    pub lexicon: String,
    /// When it was built, RFC 3339, UTC.
    pub built: String,
    /// How long the build took, in seconds.
    pub seconds: f64,
    /// The corpus folders as they were named.
    pub built_from: Vec<String>,
    /// Where they are.
    #[serde(default)]
    pub folders: Vec<CorpusPlace>,
    /// The profiles of one's own, if any.
    #[serde(default)]
    pub profile_files: Vec<String>,
    /// The lexicon of one's own that gave the themes, if any.
    #[serde(default)]
    pub themes: Option<String>,
    /// The column of tables that was named to hold the text, if any.
    #[serde(default)]
    pub text_column: Option<String>,
    /// How much it holds.
    pub counts: Counts,
    /// Reports of each series.
    pub series: BTreeMap<String, u64>,
    /// A digest of the names and content hashes of all reports.
    pub corpus_digest: String,
    /// What the build had to say of its input.
    pub notices: Vec<Notice>,
}

impl Manifest {
    /// The digest of the schema of this program.
    pub fn schema_digest() -> String {
        // The schema is data of the engine that always serializes.
        sha256(&serde_json::to_vec(&schema::schema().0).unwrap_or_default())
    }

    /// Whether this program can read the index.
    ///
    /// # Errors
    /// Which version wrote it, and what is other about it.
    pub fn check(&self) -> Result<()> {
        let ours = env!("CARGO_PKG_VERSION");
        if self.format != FORMAT {
            return Err(Error::index(format!(
                "the index was built by pincite {} (index format {}), and this pincite {ours} reads format {FORMAT}",
                self.pincite, self.format
            )));
        }
        if self.schema != Self::schema_digest() || self.tokenizer != coding::VERSION {
            return Err(Error::index(format!(
                "the index was built by pincite {} with other fields or rules for words than this pincite {ours} has",
                self.pincite
            )));
        }
        Ok(())
    }
}
