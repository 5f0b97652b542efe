//! Writing the results of a batch to a file so that a run that was stopped at
//! any moment can go on: a state file beside it says how far it came.
//!
//! The results of a query are written whole, and then a line of the state file
//! says at which byte they end. Whatever stands behind the last such byte is of
//! a query that was not done, and is cut off.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{BatchConfig, BatchQuery};
use crate::error::{Error, Result};
use crate::index::Manifest;
use crate::text::digest::sha256;

/// The version of the state file.
const SCHEMA: u32 = 1;

/// What the results of a batch depend on, as digests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    schema: u32,
    /// The version of pincite.
    pincite: String,
    /// Ids, lines, texts, filters and options of all queries.
    queries: String,
    /// The options of the run.
    options: String,
    /// Reports, profiles, lexicon and rules for words of the index.
    index: String,
    /// How many queries there are.
    count: usize,
}

/// What became of a query: a line of the state file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// The line of the query.
    pub line: u64,
    /// Where its results end in the file, in bytes.
    end: u64,
    /// How many passages it found; none where it failed.
    pub passages: Option<u64>,
}

/// What a run that goes on finds done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Before {
    /// The queries that are done, from the first.
    pub done: Vec<Done>,
    /// How many bytes were cut off behind the last of them.
    pub cut: u64,
}

/// A file of results with its state.
#[derive(Debug)]
pub struct ResultFile {
    path: PathBuf,
    file: File,
    state: File,
    end: u64,
}

impl Fingerprint {
    /// The fingerprint of a run that writes results in a format.
    pub fn of(
        queries: &[BatchQuery],
        config: &BatchConfig,
        format: &str,
        manifest: &Manifest,
    ) -> Self {
        let digest = |text: String| sha256(text.as_bytes());
        let options = (
            format,
            &config.reading,
            &config.filters,
            config.limit,
            config.sort,
            &config.feedback,
        );
        let index = (
            &manifest.corpus_digest,
            &manifest.profiles,
            &manifest.lexicon,
            &manifest.schema,
            &manifest.tokenizer,
        );
        Fingerprint {
            schema: SCHEMA,
            pincite: env!("CARGO_PKG_VERSION").to_owned(),
            queries: digest(format!("{queries:?}")),
            options: digest(format!("{options:?}")),
            index: digest(format!("{index:?}")),
            count: queries.len(),
        }
    }

    /// What differs between two runs, in words.
    fn differs(&self, other: &Fingerprint) -> Vec<&'static str> {
        let parts = [
            (self.queries == other.queries, "other queries"),
            (self.options == other.options, "other options"),
            (self.index == other.index, "another index"),
            (
                self.schema == other.schema && self.pincite == other.pincite,
                "another version of pincite",
            ),
        ];
        let other = parts.into_iter().filter(|(same, _)| !same);
        other.map(|(_, what)| what).collect()
    }
}

impl ResultFile {
    /// Begins a file of results, in place of what is there.
    ///
    /// # Errors
    /// An unfinished run that is there, one that is writing it now, or what the
    /// system refuses.
    pub fn begin(path: &Path, fingerprint: &Fingerprint) -> Result<Self> {
        let holds_other = path.metadata().is_ok_and(|held| held.len() > 0);
        if holds_other && !state_path(path).exists() {
            return Err(Error::usage(format!(
                "`{}` is there, and no results of a batch by `--to`",
                path.display()
            ))
            .with_hint("name another file, or remove this one"));
        }
        let file = open_results(path)?;
        let state = open_state(path)?;
        let (begun, done) = read_state(&state, path)?;
        if let Some(begun) = begun.filter(|b| (1..b.count).contains(&done.len())) {
            return Err(Error::usage(format!(
                "`{}` holds a run that was stopped after {} of its {} queries",
                path.display(),
                done.len(),
                begun.count
            ))
            .with_hint(format!(
                "`--resume` goes on with it; to begin anew remove `{}`",
                state_path(path).display()
            )));
        }
        Self::anew(path, file, state, fingerprint)
    }

    /// Goes on with a file of results; one that is not there is begun.
    ///
    /// # Errors
    /// A file of other queries, options or another index, one without its
    /// state, one that another run is writing now, or what the system refuses.
    pub fn resume(path: &Path, fingerprint: &Fingerprint) -> Result<(Self, Before)> {
        let has_state = state_path(path).exists();
        if path.exists() && !has_state {
            return Err(Error::usage(format!(
                "`{}` has no `{}` beside it that says how far it came",
                path.display(),
                state_path(path).display()
            ))
            .with_hint("it can only be made anew: leave out `--resume`"));
        }
        let mut file = open_results(path)?;
        let state = open_state(path)?;
        let (begun, mut done) = read_state(&state, path)?;
        let Some(begun) = begun else {
            let results = Self::anew(path, file, state, fingerprint)?;
            return Ok((results, Before::default()));
        };
        let other = fingerprint.differs(&begun);
        if !other.is_empty() {
            return Err(Error::usage(format!(
                "`{}` was made with {}",
                path.display(),
                other.join(" and ")
            ))
            .with_hint(format!(
                "run what made it, or begin anew: give `--to` another name, or remove `{}`",
                state_path(path).display()
            )));
        }
        let cannot = |e| cannot_write(path, e);
        let length = file.metadata().map_err(cannot)?.len();
        // After a crash of the machine the file may be shorter than its state says.
        while done.last().is_some_and(|last| last.end > length) {
            done.pop();
        }
        let end = done.last().map_or(0, |last| last.end);
        file.set_len(end).map_err(cannot)?;
        file.seek(SeekFrom::End(0)).map_err(cannot)?;
        let mut results = ResultFile {
            path: path.to_owned(),
            file,
            state,
            end,
        };
        results.write_state(&begun, &done).map_err(cannot)?;
        let cut = length - end;
        Ok((results, Before { done, cut }))
    }

    /// Whether nothing is written yet.
    pub fn is_empty(&self) -> bool {
        self.end == 0
    }

    /// Writes all results of the query that comes next; `passages` is how many
    /// it found, none where it failed.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn write(&mut self, line: u64, results: &[u8], passages: Option<u64>) -> Result<()> {
        let end = self.end + results.len() as u64;
        let done = Done {
            line,
            end,
            passages,
        };
        let written = self.file.write_all(results);
        let written = written.and_then(|()| append(&mut self.state, &done));
        written.map_err(|e| cannot_write(&self.path, e))?;
        self.end = end;
        Ok(())
    }

    fn anew(path: &Path, file: File, state: File, fingerprint: &Fingerprint) -> Result<Self> {
        let mut results = ResultFile {
            path: path.to_owned(),
            file,
            state,
            end: 0,
        };
        // In this order: a stop in the middle leaves a state of nothing done.
        let emptied = results.state.set_len(0);
        emptied
            .and_then(|()| results.write_state(fingerprint, &[]))
            .and_then(|()| results.file.set_len(0))
            .map_err(|e| cannot_write(path, e))?;
        Ok(results)
    }

    /// Writes the state from its beginning.
    fn write_state(&mut self, fingerprint: &Fingerprint, done: &[Done]) -> io::Result<()> {
        let mut lines = serde_json::to_vec(fingerprint)?;
        lines.push(b'\n');
        for done in done {
            serde_json::to_writer(&mut lines, done)?;
            lines.push(b'\n');
        }
        // The lines that stay are as they were: a stop in the middle loses none
        // that is not lost already.
        self.state.seek(SeekFrom::Start(0))?;
        self.state.write_all(&lines)?;
        self.state.set_len(lines.len() as u64)
    }
}

/// The file that says how far a file of results came: its name with `.state`.
pub fn state_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".state");
    PathBuf::from(name)
}

fn open_results(path: &Path) -> Result<File> {
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path);
    file.map_err(|e| cannot_write(path, e))
}

/// Opens the state of a file of results for this run alone.
fn open_state(path: &Path) -> Result<File> {
    let state = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(state_path(path))
        .map_err(|e| cannot_write(path, e))?;
    match state.try_lock() {
        Err(std::fs::TryLockError::WouldBlock) => Err(Error::usage(format!(
            "another run is writing `{}`",
            path.display()
        ))),
        // A system without locks does without.
        _ => Ok(state),
    }
}

/// What a state file says, its last line left out where it is not whole.
fn read_state(mut state: &File, path: &Path) -> Result<(Option<Fingerprint>, Vec<Done>)> {
    let mut text = String::new();
    let damaged = |line: usize| {
        Error::input("this line of the state of a batch cannot be read")
            .with_snippet(&format!("{}:{line}", state_path(path).display()), "", 0..0)
            .with_hint("remove the file to begin anew")
    };
    state.read_to_string(&mut text).map_err(|_| damaged(1))?;
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    let mut lines = whole.lines().enumerate();
    let Some((_, first)) = lines.next() else {
        return Ok((None, Vec::new()));
    };
    let begun = serde_json::from_str(first).map_err(|_| damaged(1))?;
    let done = lines.map(|(at, line)| serde_json::from_str(line).map_err(|_| damaged(at + 1)));
    Ok((Some(begun), done.collect::<Result<_>>()?))
}

/// A line at the end of the state, written in one go.
fn append(state: &mut File, done: &Done) -> io::Result<()> {
    let mut line = serde_json::to_vec(done)?;
    line.push(b'\n');
    state.write_all(&line)
}

fn cannot_write(path: &Path, cause: io::Error) -> Error {
    Error::io(format!("`{}` cannot be written", path.display()), cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fingerprint(queries: &str) -> Fingerprint {
        Fingerprint {
            schema: SCHEMA,
            pincite: "1".to_owned(),
            queries: queries.to_owned(),
            options: "o".to_owned(),
            index: "i".to_owned(),
            count: 4,
        }
    }

    /// Stops at every byte that can be written, of the results or the state.
    #[test]
    fn a_run_goes_on_from_wherever_it_was_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r");
        let queries: [&[u8]; 4] = [b"one\n", b"", b"three\n3\n", b"four\n"];
        let print = fingerprint("q");
        let run = |results: &mut ResultFile, from: usize| {
            for (at, query) in queries.iter().enumerate().skip(from) {
                let passages = (at != 1).then_some(7);
                results.write(at as u64 + 1, query, passages).unwrap();
            }
        };
        run(&mut ResultFile::begin(&path, &print).unwrap(), 0);
        let (whole, state) = (
            std::fs::read(&path).unwrap(),
            std::fs::read(state_path(&path)).unwrap(),
        );
        assert_eq!(whole, queries.concat());
        let (_, before) = ResultFile::resume(&path, &print).unwrap();
        assert_eq!((before.done.len(), before.cut), (4, 0));
        assert_eq!(before.done[1].passages, None);
        for bytes in 0..=state.len() {
            // The results are ahead of the state by less than a query, or behind
            // it where the machine went down.
            for ahead in 0..=whole.len() {
                std::fs::write(state_path(&path), &state[..bytes]).unwrap();
                std::fs::write(&path, &whole[..ahead]).unwrap();
                let (mut results, before) = ResultFile::resume(&path, &print).unwrap();
                let kept: usize = queries[..before.done.len()].iter().map(|q| q.len()).sum();
                assert!(kept <= ahead);
                run(&mut results, before.done.len());
                drop(results);
                assert_eq!(std::fs::read(&path).unwrap(), whole);
                assert_eq!(std::fs::read(state_path(&path)).unwrap(), state);
            }
        }
    }

    #[test]
    fn what_is_of_another_run_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r");
        let told = |result: Result<(ResultFile, Before)>| result.unwrap_err().to_string();
        std::fs::write(&path, "mine").unwrap();
        let none = told(ResultFile::resume(&path, &fingerprint("q")));
        assert!(none.contains("has no `"), "{none}");
        let foreign = ResultFile::begin(&path, &fingerprint("q")).unwrap_err();
        assert!(foreign.to_string().contains("no results of a batch"));
        assert_eq!(std::fs::read(&path).unwrap(), b"mine");
        std::fs::remove_file(&path).unwrap();
        let mut results = ResultFile::begin(&path, &fingerprint("q")).unwrap();
        results.write(1, b"one", Some(1)).unwrap();
        let busy = told(ResultFile::resume(&path, &fingerprint("q")));
        assert!(busy.contains("another run is writing"), "{busy}");
        drop(results);
        let other = told(ResultFile::resume(&path, &fingerprint("p")));
        assert!(other.ends_with("was made with other queries"), "{other}");
        let stopped = ResultFile::begin(&path, &fingerprint("p"))
            .unwrap_err()
            .to_string();
        assert!(
            stopped.ends_with("stopped after 1 of its 4 queries"),
            "{stopped}"
        );
        std::fs::write(state_path(&path), "{}\n").unwrap();
        let damaged = ResultFile::resume(&path, &fingerprint("q")).unwrap_err();
        assert!(damaged.snippet().unwrap().place.ends_with("r.state:1"));
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
    }
}
