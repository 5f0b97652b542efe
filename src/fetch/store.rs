//! The folder of fetched pages and its manifest, `fetched.jsonl`: one line a
//! page, appended when the page is in place, so that a killed run loses none.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::text::digest::sha256;

const MANIFEST: &str = "fetched.jsonl";

/// A line of the manifest. Later lines of a path replace earlier ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The address asked for.
    pub(super) url: String,
    /// Where a redirect led, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) redirected_to: Option<String>,
    /// The file below the folder, with `/` between its parts.
    pub(super) path: String,
    /// The country's code, as `KHM`.
    pub(super) country: String,
    pub(super) year: u16,
    /// RFC 3339, UTC.
    pub(super) fetched: String,
    /// Of the file, in hexadecimal digits.
    pub(super) sha256: String,
    pub(super) bytes: u64,
    pub(super) status: u16,
}

/// The folder, held by this run alone.
#[derive(Debug)]
pub(super) struct Store {
    folder: PathBuf,
    manifest: File,
    entries: HashMap<String, Entry>,
}

impl Store {
    /// Opens the folder, or makes it.
    ///
    /// # Errors
    /// A folder that cannot be made or written, or that another run holds.
    pub(super) fn open(folder: &Path) -> Result<Store> {
        fs::create_dir_all(folder)
            .map_err(|e| Error::io(format!("cannot make `{}`", folder.display()), e))?;
        let path = folder.join(MANIFEST);
        let cannot = |e| Error::io(format!("cannot use `{}`", path.display()), e);
        let mut manifest = OpenOptions::new()
            .create(true)
            .read(true)
            .append(true)
            .open(&path)
            .map_err(cannot)?;
        match manifest.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let told = format!("another fetch works on `{}`", folder.display());
                return Err(Error::input(told).with_hint("wait for it, or name another folder"));
            }
            Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(e)) => return Err(cannot(e)),
        }
        let entries = entries(&mut manifest).map_err(cannot)?;
        Ok(Store {
            folder: folder.to_owned(),
            manifest,
            entries,
        })
    }

    /// Whether the page at `path` was fetched and is on disk as it came.
    pub(super) fn holds(&self, path: &str) -> bool {
        self.entries.get(path).is_some_and(|entry| {
            // A file that cannot be read is fetched again.
            let kept = fs::read(self.folder.join(path));
            kept.is_ok_and(|bytes| sha256(&bytes) == entry.sha256)
        })
    }

    /// Puts a page in its place, whole or not at all, and into the manifest.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub(super) fn keep(&mut self, entry: Entry, body: &[u8]) -> Result<()> {
        let path = self.folder.join(&entry.path);
        write_whole(&path, body)
            .map_err(|e| Error::io(format!("cannot write `{}`", path.display()), e))?;
        let cannot = |e| Error::io(format!("cannot write `{MANIFEST}`"), e);
        let mut line = serde_json::to_string(&entry).map_err(|e| cannot(e.into()))?;
        line.push('\n');
        self.manifest.write_all(line.as_bytes()).map_err(cannot)?;
        self.entries.insert(entry.path.clone(), entry);
        Ok(())
    }
}

/// The lines of a manifest. A line that a kill cut short is ended and passed
/// over: its page is fetched again.
fn entries(manifest: &mut File) -> io::Result<HashMap<String, Entry>> {
    let mut bytes = Vec::new();
    manifest.seek(SeekFrom::Start(0))?;
    manifest.read_to_end(&mut bytes)?;
    if bytes.last().is_some_and(|b| *b != b'\n') {
        manifest.write_all(b"\n")?;
    }
    let lines = bytes.split(|b| *b == b'\n');
    let read = lines.filter_map(|line| serde_json::from_slice::<Entry>(line).ok());
    Ok(read.map(|entry| (entry.path.clone(), entry)).collect())
}

fn write_whole(path: &Path, body: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let part = path.with_extension("html.part");
    let mut file = File::create(&part)?;
    file.write_all(body)?;
    // The manifest must not tell of a page that a power cut leaves empty.
    file.sync_all()?;
    drop(file);
    fs::rename(&part, path)
}
