//! Finding the files of a corpus, in one order on every machine.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::sidecar::Sidecar;
use super::{FrontMatter, Notice, hash_of};
use crate::error::{Error, ErrorKind, Result};
use crate::report::slug;

/// A file of a corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its name in messages and citations: the path below its corpus folder,
    /// `/` between the parts on every system.
    pub name: String,
    /// The id of the text should no profile know it: the slug of its name. Two
    /// files with one slug are told apart by `-2`, `-3` ..., in order.
    pub record_id: String,
    /// What a table beside the corpus says of it.
    pub metadata: FrontMatter,
    /// What it says of the files in it, by their names, where it is an archive.
    pub within: BTreeMap<String, FrontMatter>,
}

impl InputFile {
    /// A file under a name of its own.
    pub fn new(path: impl Into<PathBuf>, name: &str, record_id: &str) -> Self {
        InputFile {
            path: path.into(),
            name: name.to_owned(),
            record_id: record_id.to_owned(),
            metadata: FrontMatter::default(),
            within: BTreeMap::new(),
        }
    }
}

/// All files below the folders, sorted by name within each folder; a file may
/// be given itself. Tables `corpus.csv`, and manifests of downloads, are no files
/// of the corpus but tell of those in their folders. Hidden files and folders (`.name`) are left alone, as by
/// most search tools.
///
/// Folders that cannot be opened are told as notices.
///
/// # Errors
/// A folder that is not there.
pub fn find_files(corpora: &[PathBuf]) -> Result<(Vec<InputFile>, Vec<Notice>)> {
    let mut files = Vec::new();
    let mut notices = Vec::new();
    let mut seen = HashSet::new();
    for corpus in corpora {
        if !corpus.exists() {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("there is no `{}`", corpus.display()),
            )
            .with_hint("name a folder of reports, as `pincite index corpus`"));
        }
        let walk = WalkDir::new(corpus)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|e| e.depth() == 0 || !is_hidden(e.file_name()));
        let mut sidecar = Sidecar::default();
        let mut found = Vec::new();
        for entry in walk {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {
                    let below = match entry.depth() {
                        0 => String::new(),
                        _ => name_below(corpus, entry.path()),
                    };
                    sidecar.read(entry.path(), &below);
                }
                Ok(entry) if entry.file_type().is_file() => {
                    // Of a file that is named twice the first name counts.
                    let is_new = corpora.len() == 1
                        || entry.path().canonicalize().is_ok_and(|p| seen.insert(p));
                    let name = name_below(corpus, entry.path());
                    if is_new && !sidecar.is_of(&name) {
                        found.push(InputFile::new(entry.into_path(), &name, ""));
                    }
                }
                Ok(entry) => {
                    let name = name_below(corpus, entry.path());
                    notices.push(Notice::skipped(&name, "neither a file nor a folder"));
                }
                Err(cause) => {
                    let path = cause.path().unwrap_or(corpus);
                    let name = name_below(corpus, path);
                    notices.push(Notice::skipped(&name, format!("cannot be opened: {cause}")));
                }
            }
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        for file in &mut found {
            (file.metadata, file.within) = sidecar.take(&file.name);
        }
        notices.extend(sidecar.into_notices());
        files.extend(found);
    }
    name_records(&mut files, &HashMap::new());
    Ok((files, notices))
}

/// The record id and content hash of files that are known from before, by name.
pub type KnownFiles<'a> = HashMap<&'a str, Vec<(&'a str, &'a str)>>;

/// Gives every file its record id: the one it is known by from before, by its
/// name (and where several have it, by its content), else the slug of its name;
/// ids of two files are told apart by `-2`, `-3` ..., in order.
pub fn name_records(files: &mut [InputFile], known: &KnownFiles<'_>) {
    let mut known = known.clone();
    let mut taken = HashSet::new();
    for by_content in [true, false] {
        for file in files.iter_mut() {
            if by_content {
                file.record_id.clear();
            }
            let Some(ids) = known.get_mut(file.name.as_str()) else {
                continue;
            };
            let at = match (by_content, ids.len()) {
                (true, 2..) => {
                    let hash = hash_of(file);
                    ids.iter().position(|(_, known)| *known == hash)
                }
                (false, 1..) if file.record_id.is_empty() => Some(0),
                _ => None,
            };
            if let Some(at) = at {
                file.record_id = ids.remove(at).0.to_owned();
                taken.insert(file.record_id.clone());
            }
        }
    }
    for file in files.iter_mut().filter(|f| f.record_id.is_empty()) {
        let name = file.name.as_str();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let parts: Vec<String> = stem.split('/').map(slug).collect();
        let id = parts.join("-");
        let mut repeats = (2..).map(|n| format!("{id}-{n}"));
        file.record_id = id.clone();
        while !taken.insert(file.record_id.clone()) {
            file.record_id = repeats.next().unwrap_or_default();
        }
    }
}

fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.to_string_lossy().starts_with('.')
}

fn name_below(corpus: &Path, path: &Path) -> String {
    let below = match path.strip_prefix(corpus) {
        Ok(below) if !below.as_os_str().is_empty() => below,
        _ => path.file_name().map_or(path, Path::new),
    };
    let parts: Vec<_> = below.iter().map(|p| p.to_string_lossy()).collect();
    // A name is printed in messages and citations.
    parts.join("/").replace(char::is_control, "\u{fffd}")
}
