//! What an index was built from, and how: which folders the next build reads.
//!
//! An index never loses folders by surprise: a build of other folders than before
//! must say that it adds to them or replaces them.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::IndexFolder;
use crate::error::{Error, Result};
use crate::read::real_path;
use crate::text::shell_word;

/// Where a corpus folder is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorpusPlace {
    /// Its path on the machine.
    pub path: String,
    /// Its path from the folder of the index, so that a project can be moved or
    /// copied with both.
    pub from_index: String,
}

impl CorpusPlace {
    /// The place of a folder, for an index in another.
    pub fn of(folder: &Path, index: &IndexFolder) -> Self {
        let (folder, root) = (real_path(folder), real_path(index.root()));
        CorpusPlace {
            path: folder.display().to_string(),
            from_index: relative(&folder, &root).display().to_string(),
        }
    }

    /// Where it is now: its path on the machine, and the place that is as far from
    /// the index; those of them that are there and are not the same.
    fn found(&self, index: &IndexFolder) -> Vec<PathBuf> {
        let beside = index.root().join(&self.from_index);
        let places = [PathBuf::from(&self.path), beside];
        let there = places.iter().filter(|place| place.exists());
        let mut there: Vec<PathBuf> = there.map(|place| real_path(place)).collect();
        there.dedup();
        there
    }
}

/// A path from a folder to another place, both without links.
fn relative(place: &Path, from: &Path) -> PathBuf {
    let same = place.iter().zip(from.iter()).take_while(|(a, b)| a == b);
    let same = same.count();
    let up = from.iter().skip(same).map(|_| Path::new("..").as_os_str());
    up.chain(place.iter().skip(same)).collect()
}

/// What an index was built from, whichever version of pincite wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Recipe {
    /// The corpus folders as they were named.
    pub built_from: Vec<String>,
    /// Where they are on the machine; empty in an index that does not tell.
    pub folders: Vec<CorpusPlace>,
    /// The profiles of one's own.
    pub profile_files: Vec<PathBuf>,
    /// The lexicon of one's own.
    pub themes: Option<PathBuf>,
    /// The column of tables that holds the text.
    pub text_column: Option<String>,
}

/// Which folders a build is to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Corpora {
    /// Those of the index, or these where there is none yet.
    Known(Vec<PathBuf>),
    /// These, which must be those of the index where there is one.
    Named(Vec<PathBuf>),
    /// Those of the index, and these.
    Added(Vec<PathBuf>),
    /// These, whatever the index holds.
    Replaced(Vec<PathBuf>),
}

impl Corpora {
    /// The folders to read, going by the index that is there.
    ///
    /// # Errors
    /// Folders that the index would lose, a folder of it that is gone, and one to
    /// be added that it has already.
    pub fn choose(self, index: &IndexFolder) -> Result<Vec<PathBuf>> {
        let recipe = index
            .recipe()
            .filter(|recipe| !recipe.built_from.is_empty());
        match (self, recipe) {
            (Corpora::Replaced(named), _) => Ok(named),
            (Corpora::Known(named) | Corpora::Named(named), None) => Ok(named),
            (Corpora::Known(_), Some(recipe)) => recipe.corpora(index),
            (Corpora::Named(named), Some(recipe)) => recipe.same(index, named),
            (Corpora::Added(named), Some(recipe)) => recipe.with(index, named),
            (Corpora::Added(named), None) => Err(Error::index(format!(
                "there is no index in `{}` to add to",
                index.root().display()
            ))
            .with_hint(format!("build one: `{}`", command(index, "", &named)))),
        }
    }
}

/// A corpus folder of an index.
struct Known<'a> {
    typed: &'a str,
    /// Where it was, or would be by its name.
    real: PathBuf,
    /// Another place that it may have been copied to with the index.
    twin: Option<PathBuf>,
}

impl Known<'_> {
    /// What to call it here.
    fn name(&self) -> PathBuf {
        self.called(&self.real)
    }

    /// What to call its place, or its twin: its name, where that leads there.
    fn called(&self, place: &Path) -> PathBuf {
        let typed = PathBuf::from(self.typed);
        match real_path(&typed) == place {
            true => typed,
            false => place.to_owned(),
        }
    }
}

impl Recipe {
    /// The folders where they are now, else where their names lead to from here.
    fn known(&self, index: &IndexFolder) -> Vec<Known<'_>> {
        let mut places = self.folders.iter();
        let known = |typed| {
            let place = places.next();
            let found = place.map(|place| place.found(index)).unwrap_or_default();
            let mut found = found.into_iter();
            let gone = || place.map(|place| PathBuf::from(&place.path));
            let by_name = Path::new(typed)
                .exists()
                .then(|| real_path(Path::new(typed)));
            let real = found.next().or(by_name).or_else(gone);
            Known {
                typed,
                real: real.unwrap_or_else(|| real_path(Path::new(typed))),
                twin: found.next(),
            }
        };
        self.built_from
            .iter()
            .map(String::as_str)
            .map(known)
            .collect()
    }

    /// Where the folders are now, as far as they are there.
    pub fn places(&self, index: &IndexFolder) -> Vec<PathBuf> {
        let known = self.known(index).into_iter();
        known
            .flat_map(|k| [Some(k.real), k.twin])
            .flatten()
            .collect()
    }

    /// The folders, all of which must be there, each at one place.
    fn corpora(&self, index: &IndexFolder) -> Result<Vec<PathBuf>> {
        let known = self.known(index);
        match known.iter().any(|folder| folder.twin.is_some()) {
            true => Err(self.two_places(index, &known)),
            false => self.there(index, &known),
        }
    }

    /// The folders, all of which must be there.
    fn there(&self, index: &IndexFolder, known: &[Known<'_>]) -> Result<Vec<PathBuf>> {
        if let Some(gone) = known.iter().find(|folder| !folder.real.exists()) {
            let rest = known.iter().filter(|folder| folder.real.exists());
            let rest: Vec<PathBuf> = rest.map(Known::name).collect();
            let keep = match rest.is_empty() {
                true => "put it back".to_owned(),
                false => format!(
                    "put it back, or leave it out: `{}`",
                    command(index, "--replace ", &rest)
                ),
            };
            return Err(Error::usage(format!(
                "`{}`, which the index in `{}` was built from, is not there; nothing was changed",
                gone.name().display(),
                index.root().display()
            ))
            .with_hint(keep));
        }
        Ok(known.iter().map(Known::name).collect())
    }

    /// The named folders, which must be those of the index.
    fn same(&self, index: &IndexFolder, named: Vec<PathBuf>) -> Result<Vec<PathBuf>> {
        let known = self.known(index);
        let is_known = |path: &PathBuf| known.iter().any(|k| k.real == real_path(path));
        let is_named = |k: &Known<'_>| named.iter().any(|path| k.real == real_path(path));
        // What is not there at all is told by who reads it.
        let is_slip = named.iter().any(|path| !path.exists());
        if is_slip || (named.iter().all(is_known) && known.iter().all(is_named)) {
            return Ok(named);
        }
        let new: Vec<PathBuf> = named.iter().filter(|p| !is_known(p)).cloned().collect();
        let add = match new.is_empty() {
            true => format!("`{}` updates it as it is", command(index, "", &[])),
            false => format!("`{}` adds to it", command(index, "--add ", &new)),
        };
        Err(Error::usage(format!(
            "the index in `{}` was built from {}, not from {}; nothing was changed",
            index.root().display(),
            listed(&known.iter().map(Known::name).collect::<Vec<_>>()),
            match new.is_empty() {
                true => format!("{} alone", listed(&named)),
                false => listed(&named),
            }
        ))
        .with_hint(format!(
            "{add}; `{}` leaves the rest out; `--index DIR` makes an index of its own",
            command(index, "--replace ", &named)
        )))
    }

    /// The folders and others with them, none of which lies in another.
    fn with(&self, index: &IndexFolder, added: Vec<PathBuf>) -> Result<Vec<PathBuf>> {
        let known = self.known(index);
        for path in &added {
            let real = real_path(path);
            let other = known
                .iter()
                .find(|k| real.starts_with(&k.real) || k.real.starts_with(&real));
            if let Some(other) = other {
                return Err(overlapping(index, path, &real, other));
            }
        }
        // One that is added beside the one of the index is no copy of it.
        let is_added = |twin: &PathBuf| added.iter().any(|path| real_path(path) == *twin);
        let twins = known.iter().filter_map(|folder| folder.twin.as_ref());
        let mut corpora = match twins.into_iter().all(is_added) {
            true => self.there(index, &known)?,
            false => return Err(self.two_places(index, &known)),
        };
        corpora.extend(added);
        Ok(corpora)
    }

    /// Why an index is not updated that was copied, or moved, to where another folder
    /// stands as its own did.
    fn two_places(&self, index: &IndexFolder, known: &[Known<'_>]) -> Error {
        let named = known.iter().map(Known::name).collect::<Vec<_>>();
        let twin = |k: &Known<'_>| Some(k.called(k.twin.as_deref()?));
        let twins: Vec<PathBuf> = known.iter().filter_map(twin).collect();
        let beside = known.iter().map(|k| twin(k).unwrap_or_else(|| k.name()));
        let is = |folders: &[PathBuf]| match folders.len() {
            1 => "is",
            _ => "are",
        };
        Error::usage(format!(
            "the index in `{}` was built from {}, which {} still there, but {} {} now in that place \
             beside it; nothing was changed",
            index.root().display(),
            listed(&named),
            is(&named),
            listed(&twins),
            is(&twins),
        ))
        .with_hint(format!(
            "`{}` goes on with what it was built from; `{}{}` reads what is beside it instead",
            command(index, "", &named),
            command(index, "--replace ", &beside.collect::<Vec<_>>()),
            self.options(),
        ))
    }

    /// What to type to read folders as the index was built, each option with a
    /// space before it.
    fn options(&self) -> String {
        let files = self.profile_files.iter().map(|file| ("profile", file));
        let files = files.chain(self.themes.iter().map(|file| ("themes", file)));
        let named = files.map(|(option, file)| (option, file.to_string_lossy()));
        let column = self.text_column.as_deref();
        let named = named.chain(column.map(|column| ("text-column", column.into())));
        named
            .map(|(option, value)| format!(" --{option} {}", shell_word(&value)))
            .collect()
    }
}

/// Why a folder is not added.
fn overlapping(index: &IndexFolder, path: &Path, real: &Path, known: &Known<'_>) -> Error {
    let (new, old) = (path.display(), known.name());
    let old = old.display();
    let update = format!("`{}` brings it up to date", command(index, "", &[]));
    let (what, hint) = if real == known.real {
        (format!("the index has `{new}` already"), update)
    } else if real.starts_with(&known.real) {
        (
            format!("`{new}` lies in `{old}`, which the index has already"),
            update,
        )
    } else {
        let replace = command(index, "--replace ", &[path.to_owned()]);
        (
            format!("`{old}`, which the index has, lies in `{new}`"),
            format!("`{replace}` reads all of it instead"),
        )
    };
    Error::usage(format!("{what}; nothing was changed")).with_hint(hint)
}

/// A command that builds, as a shell takes it.
fn command(index: &IndexFolder, how: &str, folders: &[PathBuf]) -> String {
    let root = index.root().to_string_lossy();
    let folders: Vec<String> = folders
        .iter()
        .map(|folder| shell_word(&folder.to_string_lossy()))
        .collect();
    let place = match &*root {
        "index" => String::new(),
        root => format!("--index {} ", shell_word(root)),
    };
    let typed = format!("pincite {place}index {how}{}", folders.join(" "));
    typed.trim_end().to_owned()
}

/// Folders in a sentence, as "`a` and `b`".
fn listed(folders: &[PathBuf]) -> String {
    let names: Vec<String> = folders
        .iter()
        .map(|folder| format!("`{}`", folder.display()))
        .collect();
    match names.as_slice() {
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
        [] => String::new(),
    }
}
