//! How queries were read, kept so that they can be read so again.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::query::{MatchMode, Reading, Synonyms};
use crate::text::digest::sha256;

/// How queries were read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingRecord {
    /// What several bare words side by side meant.
    #[serde(rename = "match")]
    pub mode: MatchMode,
    /// Whether the text was plain words.
    pub literal: bool,
    /// The SHA-256 of the built-in synonyms, where they widened the queries.
    pub expand: Option<String>,
    /// The file of synonyms that widened them, if any.
    pub synonyms: Option<SynonymsRecord>,
}

/// A file of synonyms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SynonymsRecord {
    /// Its path as typed.
    pub path: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

impl ReadingRecord {
    /// How queries are read now: with or without the built-in synonyms, and
    /// with those of a file.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn new(
        mode: MatchMode,
        literal: bool,
        expand: bool,
        synonyms: Option<&Path>,
    ) -> Result<Self> {
        let record = |path: &Path| {
            Ok::<_, Error>(SynonymsRecord {
                sha256: digest_of(path)?,
                path: path.display().to_string(),
            })
        };
        Ok(ReadingRecord {
            mode,
            literal,
            expand: expand.then(Synonyms::built_in_digest),
            synonyms: synonyms.map(record).transpose()?,
        })
    }

    /// The reading, with the synonyms as they are now.
    ///
    /// # Errors
    /// A file of synonyms that cannot be read.
    pub fn reading(&self) -> Result<Reading> {
        let mut synonyms = Synonyms::default();
        if let Some(file) = &self.synonyms {
            synonyms.extend(&Synonyms::load(Path::new(&file.path))?);
        }
        if self.expand.is_some() {
            synonyms.extend(Synonyms::built_in());
        }
        Ok(Reading {
            mode: self.mode,
            literal: self.literal,
            synonyms: (!synonyms.is_empty()).then_some(synonyms),
        })
    }

    /// The same reading with the digests of now.
    ///
    /// # Errors
    /// A file of synonyms that cannot be read.
    pub fn again(&self) -> Result<Self> {
        let path = self.synonyms.as_ref().map(|file| Path::new(&file.path));
        Self::new(self.mode, self.literal, self.expand.is_some(), path)
    }
}

fn digest_of(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path)
        .map_err(|e| Error::usage(format!("`{}` cannot be read", path.display())).with_cause(e))?;
    Ok(sha256(&bytes))
}
