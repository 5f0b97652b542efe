//! Finding the files of a corpus, in one order on every machine.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::own::written_as;
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
/// of the corpus but tell of those in their folders. Hidden files and folders
/// (`.name`) are left alone, as by most search tools; so are folders that pincite
/// wrote itself (indexes, evidence packs).
///
/// Folders that cannot be opened, and those of pincite, are told as notices.
///
/// # Errors
/// A folder that is not there, holds no file, or was written by pincite.
pub fn find_files(corpora: &[PathBuf]) -> Result<(Vec<InputFile>, Vec<Notice>)> {
    find_files_beside(corpora, None)
}

/// As [`find_files`], for a build of the index in a folder, which is left alone
/// without a notice where it stands in a corpus folder.
///
/// # Errors
/// Those of [`find_files`].
pub fn find_files_beside(
    corpora: &[PathBuf],
    index: Option<&Path>,
) -> Result<(Vec<InputFile>, Vec<Notice>)> {
    let index = index.map(real_path);
    let mut files = Vec::new();
    let mut notices = Vec::new();
    let mut seen = HashSet::new();
    for corpus in corpora {
        check(corpus)?;
        let mut found = Found::below(corpus, index.as_deref());
        if found.files.is_empty() {
            return Err(no_files(corpus));
        }
        if corpora.len() > 1 {
            // Of a file that is named twice the first name counts.
            let mut is_new =
                |file: &InputFile| file.path.canonicalize().is_ok_and(|p| seen.insert(p));
            found.files.retain(|file| is_new(file));
        }
        notices.append(&mut found.notices);
        files.append(&mut found.files);
    }
    name_records(&mut files, &HashMap::new());
    Ok((files, notices))
}

/// A path by which two names of one place are the same: links followed, as far as
/// the place is there.
pub fn real_path(path: &Path) -> PathBuf {
    let real = path.canonicalize().ok();
    let beside = || {
        let name = path.file_name()?;
        let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
        Some(real_path(parent.unwrap_or(Path::new("."))).join(name))
    };
    real.or_else(beside).unwrap_or_else(|| path.to_owned())
}

/// Whether a corpus can be read at all.
fn check(corpus: &Path) -> Result<()> {
    let name = corpus.display();
    if !corpus.exists() {
        return Err(Error::usage(format!("there is no `{name}`"))
            .with_hint("name a folder of reports, as `pincite index corpus`"));
    }
    match written_as(corpus) {
        Some(what) => Err(Error::usage(format!(
            "`{name}` is {what} of pincite, not a folder of reports"
        ))
        .with_hint(
            "name the folder that holds the reports; an index goes into a folder of its own",
        )),
        None => Ok(()),
    }
}

fn no_files(corpus: &Path) -> Error {
    Error::new(
        ErrorKind::NotFound,
        format!("no files below `{}`", corpus.display()),
    )
    .with_hint("name a folder that holds reports, as text, HTML, PDF or Word")
}

/// What was found below one corpus folder.
#[derive(Default)]
struct Found {
    files: Vec<InputFile>,
    notices: Vec<Notice>,
    /// What stands beside the files and tells of them.
    sidecar: Sidecar,
}

impl Found {
    fn below(corpus: &Path, index: Option<&Path>) -> Self {
        let mut found = Found::default();
        let mut walk = WalkDir::new(corpus)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|e| e.depth() == 0 || !is_hidden(e.file_name()));
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {
                    if !found.enters(corpus, &entry, index) {
                        walk.skip_current_dir();
                    }
                }
                Ok(entry) => found.add(corpus, entry),
                Err(cause) => {
                    let name = name_below(corpus, cause.path().unwrap_or(corpus));
                    let message = format!("cannot be opened: {cause}");
                    found.notices.push(Notice::skipped(&name, message));
                }
            }
        }
        found.told()
    }

    /// Whether a folder is one of reports; what stands in it beside them is read.
    fn enters(&mut self, corpus: &Path, folder: &DirEntry, index: Option<&Path>) -> bool {
        if folder.depth() == 0 {
            self.sidecar.read(folder.path(), "");
            return true;
        }
        if index.is_some_and(|index| real_path(folder.path()) == index) {
            return false;
        }
        let name = name_below(corpus, folder.path());
        let Some(what) = written_as(folder.path()) else {
            self.sidecar.read(folder.path(), &name);
            return true;
        };
        let message = format!("{what} of pincite, not read as reports");
        self.notices.push(Notice::mended(&name, message));
        false
    }

    fn add(&mut self, corpus: &Path, entry: DirEntry) {
        let name = name_below(corpus, entry.path());
        if !entry.file_type().is_file() {
            let message = "neither a file nor a folder";
            self.notices.push(Notice::skipped(&name, message));
        } else if !self.sidecar.is_of(&name) {
            self.files
                .push(InputFile::new(entry.into_path(), &name, ""));
        }
    }

    /// The files in order, each with what is told of it.
    fn told(mut self) -> Self {
        self.files.sort_by(|a, b| a.name.cmp(&b.name));
        for file in &mut self.files {
            (file.metadata, file.within) = self.sidecar.take(&file.name);
        }
        let sidecar = std::mem::take(&mut self.sidecar);
        self.notices.extend(sidecar.into_notices());
        self
    }
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
