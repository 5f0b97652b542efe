//! The mark of a saved search: what it found when it was last looked at.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::desk::Found;
use crate::desk::receipt::{ReadingRecord, now, told};
use crate::desk::whole::write_whole;
use crate::error::{Error, Result};

const SCHEMA: u32 = 1;

/// What a saved search found when it was last looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The version of the file.
    schema: u32,
    /// When, RFC 3339, UTC.
    pub date: String,
    /// The query as typed.
    pub query: Option<String>,
    /// How it was read.
    pub reading: ReadingRecord,
    /// The filters as typed.
    pub filters: BTreeMap<String, Vec<String>>,
    /// The digest of the corpus.
    pub corpus: String,
    /// What was found.
    pub found: Found,
}

impl Mark {
    /// The mark of a search that found this just now.
    pub fn now(
        query: Option<String>,
        reading: ReadingRecord,
        filters: BTreeMap<String, Vec<String>>,
        corpus: String,
        found: Found,
    ) -> Self {
        Mark {
            schema: SCHEMA,
            date: now(),
            query,
            reading,
            filters,
            corpus,
            found,
        }
    }

    /// Whether another mark is of the same question: query, reading and filters
    /// as typed.
    pub fn asks_the_same(&self, other: &Mark) -> bool {
        (&self.query, &self.reading, &self.filters)
            == (&other.query, &other.reading, &other.filters)
    }

    /// Where the mark of a search is kept: in `.pincite/saved/` beside the file
    /// of saved searches.
    pub fn path(file: &Path, name: &str) -> PathBuf {
        let folder = file.parent().unwrap_or(Path::new(""));
        folder.join(".pincite/saved").join(format!("{name}.json"))
    }

    /// Reads a mark; none where there is none yet.
    ///
    /// # Errors
    /// A file that is no mark, or one of another version.
    pub fn load(path: &Path) -> Result<Option<Self>> {
        let name = path.display().to_string();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(Error::input(format!("`{name}` cannot be read")).with_cause(e)),
        };
        let again = "remove it to begin anew; what changed since then is lost";
        let mark: Mark = serde_json::from_str(&text)
            .map_err(|e| told(format!("`{name}` is damaged"), &text, &name, &e).with_hint(again))?;
        match mark.schema {
            SCHEMA => Ok(Some(mark)),
            other => Err(Error::input(format!(
                "`{name}` has schema {other}, and this pincite reads schema {SCHEMA}"
            ))
            .with_hint(again)),
        }
    }

    /// Writes the mark; whole, or what was there stays.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        let cannot = |e| Error::io(format!("`{}` cannot be written", path.display()), e);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(cannot)?;
        }
        let mut text = serde_json::to_vec_pretty(self).map_err(|e| cannot(e.into()))?;
        text.push(b'\n');
        write_whole(path, &text)
    }
}
