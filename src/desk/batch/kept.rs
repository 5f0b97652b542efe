//! What a batch found, kept in a file: JSON Lines, a query a line, after a line
//! that says from what.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::BatchItem;
use crate::desk::Found;
use crate::error::{Error, Result};

/// The version of the file.
const SCHEMA: u32 = 1;

/// The first line of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    schema: u32,
    /// What the file is.
    kept: String,
    /// The digest of the corpus that was searched.
    pub(super) corpus_digest: String,
}

impl Head {
    /// What a file of this kind says it is.
    const KIND: &str = "batch";

    /// The head that a first line is.
    pub(super) fn read(line: &str) -> Option<Self> {
        let head = serde_json::from_str::<Head>(line).ok()?;
        (head.schema == SCHEMA && head.kept == Self::KIND).then_some(head)
    }
}

/// A line of the file: a query with all that it found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptQuery {
    pub(super) id: String,
    pub(super) query: String,
    pub(super) filters: BTreeMap<String, Vec<String>>,
    pub(super) total: u64,
    pub(super) found: Found,
}

/// A file of what a batch found, while it is written. It takes its name when
/// it is whole; what had the name stays until then.
#[derive(Debug)]
pub struct Keep {
    path: PathBuf,
    partial: PathBuf,
    out: BufWriter<File>,
}

impl Keep {
    /// Begins the file.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn begin(path: &Path, corpus_digest: &str) -> Result<Self> {
        let mut partial = path.as_os_str().to_owned();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        let file = File::create(&partial).map_err(|e| cannot_write(path, e))?;
        let mut keep = Keep {
            path: path.to_owned(),
            partial,
            out: BufWriter::new(file),
        };
        keep.line(&Head {
            schema: SCHEMA,
            kept: Head::KIND.to_owned(),
            corpus_digest: corpus_digest.to_owned(),
        })?;
        Ok(keep)
    }

    /// Writes a query that was run with all it found wanted.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn write(&mut self, item: &BatchItem, found: &Found) -> Result<()> {
        self.line(&KeptQuery {
            id: item.id.clone(),
            query: item.parsed.text.clone(),
            filters: item.filter_values(),
            total: found.len() as u64,
            found: found.clone(),
        })
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn finish(mut self) -> Result<()> {
        let flushed = self.out.flush();
        flushed
            .and_then(|()| std::fs::rename(&self.partial, &self.path))
            .map_err(|e| cannot_write(&self.path, e))
    }

    fn line(&mut self, value: &impl Serialize) -> Result<()> {
        let written = serde_json::to_writer(&mut self.out, value).map_err(io::Error::from);
        let written = written.and_then(|()| self.out.write_all(b"\n"));
        written.map_err(|e| cannot_write(&self.path, e))
    }
}

fn cannot_write(path: &Path, cause: io::Error) -> Error {
    Error::io(format!("`{}` cannot be written", path.display()), cause)
}
