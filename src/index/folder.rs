//! The index folder: how a build lands whole or not at all.
//!
//! `pincite.json` names the *generation*, a subfolder with the engine's files.
//! A build writes a new generation and then replaces `pincite.json` in one
//! step, so a search sees the old index or the new one, and a kill or a full
//! disk leaves the old one as it was. What is left over is removed by the next
//! build.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Ledger, Manifest, Recipe};
use crate::error::{Error, Result};
use crate::read::own::{INDEX_LOCK as LOCK, INDEX_MANIFEST as MANIFEST};

const GENERATION: &str = "generation-";

/// A folder that holds an index, or will.
#[derive(Debug, Clone)]
pub struct IndexFolder {
    root: PathBuf,
}

/// The right to build in a folder; it ends when this is dropped.
#[derive(Debug)]
pub struct BuildLock {
    _file: File,
}

impl IndexFolder {
    /// The index folder at `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        IndexFolder { root: root.into() }
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether an index is there, readable or not.
    pub fn holds_index(&self) -> bool {
        self.root.join(MANIFEST).exists()
    }

    /// Checks that the folder is one of an index, or may become one: it holds
    /// nothing but what builds left behind, and hidden files.
    ///
    /// # Errors
    /// Other files, as reports, among which an index would be written.
    pub fn check_own(&self) -> Result<()> {
        let is_held = self.root.join(LOCK).is_file();
        let is_index = self.holds_index() && (is_held || self.current_generation().is_some());
        let is_left = |name: &str| {
            let is_of_build = name.starts_with(GENERATION) || name.starts_with(MANIFEST);
            name == LOCK || name.starts_with('.') || is_held && is_of_build
        };
        let others = self.names().into_iter().filter(|name| !is_left(name));
        match others.min().filter(|_| !is_index) {
            None => Ok(()),
            Some(name) => Err(Error::usage(format!(
                "`{}` holds no index but other files, as `{name}`, and an index needs a folder \
                 of its own",
                self.root.display()
            ))
            .with_hint("name an empty folder, or a new one: `--index DIR`")),
        }
    }

    /// The manifest of the index that is there.
    ///
    /// # Errors
    /// No index, a damaged one, or one that this program cannot read.
    pub fn manifest(&self) -> Result<Manifest> {
        let manifest = self.raw_manifest()?;
        manifest
            .check()
            .map_err(|e| e.with_hint(self.rebuild_hint(Some(&manifest))))?;
        Ok(manifest)
    }

    /// What became of the files that an index was built from.
    ///
    /// # Errors
    /// A ledger that is not there, or is damaged.
    pub fn ledger(&self, manifest: &Manifest) -> Result<Ledger> {
        Ledger::read(&self.generation(&manifest.generation))
    }

    /// What the index that is there was built from, whichever version wrote it;
    /// nothing where there is none, or a damaged one.
    pub fn recipe(&self) -> Option<Recipe> {
        let bytes = fs::read(self.root.join(MANIFEST)).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    fn raw_manifest(&self) -> Result<Manifest> {
        let path = self.root.join(MANIFEST);
        let bytes = fs::read(&path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => {
                Error::index(format!("there is no index in `{}`", self.root.display()))
                    .with_hint("build one: `pincite index CORPUS`, or name one: `--index DIR`")
            }
            _ => Error::index(format!("`{}` cannot be read", path.display())).with_cause(e),
        })?;
        serde_json::from_slice(&bytes).map_err(|e| {
            // Another format may have other keys: say so rather than `damaged`.
            let format = serde_json::from_slice::<serde_json::Value>(&bytes)
                .ok()
                .and_then(|v| v.get("format")?.as_u64());
            match format {
                Some(n) if n != u64::from(super::manifest::FORMAT) => Error::index(format!(
                    "the index in `{}` has format {n}, and this pincite reads format {}",
                    self.root.display(),
                    super::manifest::FORMAT
                )),
                _ => Error::index(format!("the index in `{}` is damaged", self.root.display()))
                    .with_cause(e),
            }
            .with_hint(self.rebuild_hint(None))
        })
    }

    /// What to type to build the index again, from what it was built from
    /// where that is known.
    pub fn rebuild_hint(&self, manifest: Option<&Manifest>) -> String {
        let root = self.root.display();
        let corpora = manifest.map_or("CORPUS".to_owned(), |m| m.built_from.join(" "));
        let themes = manifest.and_then(|m| m.themes.as_ref());
        let themes = themes.map(|t| format!(" --themes {t}")).unwrap_or_default();
        let profiles = manifest.map_or(&[][..], |m| &m.profile_files[..]);
        let profiles: String = profiles.iter().map(|p| format!(" --profile {p}")).collect();
        let column = manifest.and_then(|m| m.text_column.as_ref());
        let column = column
            .map(|c| format!(" --text-column '{c}'"))
            .unwrap_or_default();
        format!(
            "build it again: `pincite --index {root} index {corpora}{profiles}{themes}{column}`"
        )
    }

    /// Where the engine's files of a generation are.
    pub fn generation(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// How much the engine's files of an index take, in bytes.
    pub fn size(&self, manifest: &Manifest) -> u64 {
        size_below(&self.generation(&manifest.generation))
    }

    /// Takes the right to build, making the folder where needed.
    ///
    /// # Errors
    /// Another build is under way, or the folder cannot be written.
    pub fn lock(&self) -> Result<BuildLock> {
        fs::create_dir_all(&self.root).map_err(|e| self.cannot("be made", e))?;
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.root.join(LOCK))
            .map_err(|e| self.cannot("be written", e))?;
        match file.try_lock() {
            Ok(()) => Ok(BuildLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Error::index(format!(
                "another build is writing to `{}`",
                self.root.display()
            ))
            .with_hint("wait for it to end, or build into another folder with `--index DIR`")),
            Err(TryLockError::Error(e)) => Err(self.cannot("be locked", e)),
        }
    }

    /// Makes an empty folder for a new generation, and removes what builds
    /// that never ended have left.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn new_generation(&self, _lock: &BuildLock) -> Result<String> {
        let last = self
            .generations()
            .iter()
            .filter_map(|name| name.strip_prefix(GENERATION)?.parse::<u64>().ok())
            .max();
        // What another version wrote must not be taken for a leftover.
        let current = self.current_generation();
        if current.is_some() || !self.holds_index() {
            self.remove_generations_but(current.as_deref());
        }
        let name = format!("{GENERATION}{}", last.map_or(1, |n| n + 1));
        fs::create_dir(self.root.join(&name)).map_err(|e| self.cannot("be written", e))?;
        Ok(name)
    }

    /// Makes the generation of a manifest the index, in one step, and removes
    /// the others.
    ///
    /// # Errors
    /// The folder cannot be written; then the index is what it was.
    pub fn publish(&self, _lock: &BuildLock, manifest: &Manifest) -> Result<()> {
        let new = self.root.join(format!("{MANIFEST}.new"));
        let write = || -> std::io::Result<()> {
            let mut file = File::create(&new)?;
            file.write_all(&serde_json::to_vec_pretty(manifest)?)?;
            file.sync_all()?;
            fs::rename(&new, self.root.join(MANIFEST))?;
            // So that the new name survives a power cut too.
            File::open(&self.root)?.sync_all().or(Ok(()))
        };
        write().map_err(|e| self.cannot("be written", e))?;
        self.remove_generations_but(Some(&manifest.generation));
        Ok(())
    }

    /// Removes a generation that will not be published.
    pub fn discard(&self, _lock: &BuildLock, generation: &str) {
        // What cannot be removed now is removed by the next build.
        let _ = fs::remove_dir_all(self.root.join(generation));
    }

    /// The generation that the manifest names, whatever version wrote it.
    fn current_generation(&self) -> Option<String> {
        let bytes = fs::read(self.root.join(MANIFEST)).ok()?;
        let manifest: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
        manifest.get("generation")?.as_str().map(str::to_owned)
    }

    fn generations(&self) -> Vec<String> {
        let names = self.names().into_iter();
        names.filter(|name| name.starts_with(GENERATION)).collect()
    }

    /// The names of what stands in the folder; none where it is not there.
    fn names(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(&self.root) else {
            return Vec::new();
        };
        let names = entries.flatten().map(|entry| entry.file_name());
        names
            .map(|name| name.to_string_lossy().into_owned())
            .collect()
    }

    fn remove_generations_but(&self, kept: Option<&str>) {
        for name in self.generations() {
            if Some(name.as_str()) != kept {
                let _ = fs::remove_dir_all(self.root.join(name));
            }
        }
    }

    fn cannot(&self, what: &str, cause: std::io::Error) -> Error {
        Error::index(format!(
            "the index folder `{}` cannot {what}",
            self.root.display()
        ))
        .with_cause(cause)
    }
}
/// How much the files below a folder take, in bytes.
fn size_below(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    let sizes = entries.flatten().map(|entry| match entry.metadata() {
        Ok(metadata) if metadata.is_dir() => size_below(&entry.path()),
        Ok(metadata) => metadata.len(),
        Err(_) => 0,
    });
    sizes.sum()
}
