//! Building an index: files are read, cut and tagged in parallel
//! (`gather.rs`), put in the order of passage ids, and written as one segment
//! (`segment.rs`).
//!
//! The content does not depend on the number of threads, nor on what was there
//! before: an update gives the index that a build of everything gives.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;

use super::gather::{Gathered, Item, gather};
use super::manifest::FORMAT;
use super::previous::Previous;
use super::segment::write_segments;
use super::{CorpusPlace, Counts, IndexFolder, Ledger, Manifest, Update, coding};
use crate::error::{Error, Result};
use crate::read::{self, InputFile, Notice, ReadConfig, real_path};
use crate::text::digest::sha256;
use crate::theme::Lexicon;

/// How to build.
#[derive(Debug)]
pub struct BuildConfig<'a> {
    /// The corpus folders (or single files).
    pub corpora: Vec<PathBuf>,
    /// How many threads read, and how many write; 0 for one each core.
    pub threads: usize,
    /// The memory for what is read and not yet written, in bytes, over all
    /// threads; what does not fit waits in files. The vocabulary comes on top.
    pub memory: usize,
    /// How files are read.
    pub read: ReadConfig<'a>,
    /// The files that profiles were read from, but for the built-in ones.
    pub profile_files: Vec<PathBuf>,
    /// What gives themes.
    pub lexicon: &'a Lexicon,
    /// The file the lexicon was read from, if it is not the built-in one.
    pub themes: Option<PathBuf>,
    /// Whether to read all files, also those that have not changed since the
    /// index was built.
    pub rebuild: bool,
}

impl BuildConfig<'_> {
    /// Where the corpus folders are, for an index in a folder.
    pub(super) fn places(&self, folder: &IndexFolder) -> Vec<CorpusPlace> {
        let corpora = self.corpora.iter();
        corpora.map(|c| CorpusPlace::of(c, folder)).collect()
    }
}

/// How far a build is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildProgress {
    /// The files have been found.
    Found {
        /// How many.
        files: u64,
        /// Their sizes, in bytes.
        bytes: u64,
    },
    /// Some files more have been read.
    Read {
        /// How many more.
        files: u64,
        /// Their sizes, in bytes.
        bytes: u64,
    },
    /// All is read; the index is put in order and written.
    Finishing,
}

/// What a build did.
#[derive(Debug, Clone, PartialEq)]
pub struct BuildSummary {
    /// What the index holds now.
    pub manifest: Manifest,
    /// What changed, where an index was there to go by.
    pub update: Option<Update>,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// The least memory that a build is planned with, in bytes.
const LEAST_MEMORY: usize = 1_000_000;

/// Builds the index of some corpora into a folder, or brings it up to date: a
/// file that has not changed since the index was built is not read again. The
/// index that was there is replaced when all is done, and not before; where
/// nothing changed it stays.
///
/// # Errors
/// A corpus folder that is not there, nothing to read, or a folder that cannot
/// be written; then the index is what it was.
pub fn build(
    folder: &IndexFolder,
    config: &BuildConfig<'_>,
    progress: &(dyn Fn(BuildProgress) + Sync),
) -> Result<BuildSummary> {
    let start = Instant::now();
    let (mut files, mut found) = read::find_files_beside(&config.corpora, Some(folder.root()))?;
    found.extend(own_folder(folder, &config.corpora)?);
    folder.check_own()?;
    let lock = folder.lock()?;
    let previous = match config.rebuild {
        true => None,
        false => Previous::open(folder, config),
    };
    if let Some(previous) = &previous {
        read::name_records(&mut files, &previous.known_files());
    }
    let threads = threads(config)?;
    let items = items(&files, previous.as_ref(), &threads);
    if let Some(previous) = &previous
        && previous.is_up_to_date(folder, config, &items, &found)
    {
        let manifest = previous.index.manifest.clone();
        let update = Update {
            unchanged: manifest.counts.reports,
            ..Update::default()
        };
        return Ok(BuildSummary {
            manifest,
            update: Some(update),
            seconds: start.elapsed().as_secs_f64(),
        });
    }
    let generation = folder.new_generation(&lock)?;
    let built = write_generation(
        folder,
        &generation,
        config,
        &items,
        &threads,
        found,
        progress,
    )
    .and_then(|written| {
        let update = previous.as_ref().map(|previous| Update {
            files_read: written.files_read,
            read_anew: !previous.reads_alike,
            ..Update::between(&previous.ledger, &written.ledger)
        });
        let manifest = written.manifest(folder, config, generation.clone(), start);
        if manifest.counts.reports == 0 {
            return Err(nothing_read(&manifest));
        }
        folder.publish(&lock, &manifest)?;
        Ok(BuildSummary {
            seconds: manifest.seconds,
            manifest,
            update,
        })
    });
    if built.is_err() {
        folder.discard(&lock, &generation);
    }
    built
}

/// What to say of the folder of the index, where it stands in a corpus folder.
///
/// # Errors
/// The index would be written among the reports themselves.
fn own_folder(folder: &IndexFolder, corpora: &[PathBuf]) -> Result<Option<Notice>> {
    let root = real_path(folder.root());
    for corpus in corpora {
        let Ok(below) = root.strip_prefix(real_path(corpus)).map(Path::to_owned) else {
            continue;
        };
        if below.as_os_str().is_empty() {
            return Err(Error::usage(format!(
                "the index would be written among the reports of `{}`",
                corpus.display()
            ))
            .with_hint("name a folder of its own: `--index DIR`"));
        }
        let name = below.display().to_string();
        let message = "the index itself, not read as reports";
        return Ok(Some(Notice::mended(&name, message)));
    }
    Ok(None)
}

fn threads(config: &BuildConfig<'_>) -> Result<rayon::ThreadPool> {
    let threads = match config.threads {
        0 => std::thread::available_parallelism().map_or(1, |n| n.get()),
        n => n,
    };
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|e| Error::index("the threads of the build cannot be started").with_cause(e))
}

/// The files, each with what the index has of it if it has not changed.
fn items<'a>(
    files: &'a [InputFile],
    previous: Option<&'a Previous>,
    threads: &rayon::ThreadPool,
) -> Vec<Item<'a>> {
    let item = |input: &'a InputFile| Item {
        input,
        unchanged: previous.and_then(|p| Some((p, p.unchanged(input)?))),
    };
    threads.install(|| files.par_iter().map(item).collect())
}

fn nothing_read(manifest: &Manifest) -> Error {
    let error = Error::input("no report could be read, and the index is left as it was");
    match manifest.notices.first() {
        Some(notice) => error.with_hint(format!("{}: {}", notice.place(), notice.message)),
        None => error,
    }
}

/// Reads the files and writes the engine's files of a new generation; what the
/// manifest says of them.
fn write_generation(
    folder: &IndexFolder,
    generation: &str,
    config: &BuildConfig<'_>,
    items: &[Item<'_>],
    threads: &rayon::ThreadPool,
    found: Vec<Notice>,
    progress: &(dyn Fn(BuildProgress) + Sync),
) -> Result<Written> {
    let bytes = items
        .iter()
        .filter_map(|item| item.input.path.metadata().ok())
        .map(|m| m.len())
        .sum();
    progress(BuildProgress::Found {
        files: items.len() as u64,
        bytes,
    });
    // What is read shares the memory with the places that are sorted.
    let memory = config.memory.max(LEAST_MEMORY);
    let (read, sorted) = (memory / 2, memory / 2);
    let path = folder.generation(generation);
    let spools = Spools::create(&path)?;
    let number = threads.current_num_threads();
    let mut gathered = gather(config, items, number, read, &spools.0, progress)?;
    progress(BuildProgress::Finishing);
    let entries = std::mem::take(&mut gathered.files).into_iter();
    let ledger = Ledger {
        found,
        files: entries.map(|(_, entry)| entry).collect(),
    };
    if !gathered.reports.is_empty() {
        let places = sorted / size_of::<u64>();
        threads
            .install(|| write_segments(&gathered, config.lexicon.paths(), places, &path))
            .and_then(|()| Ok(ledger.write(&path)?))
            .map_err(|e| {
                Error::index(format!(
                    "the index in `{}` cannot be written",
                    folder.root().display()
                ))
                .with_cause(e)
            })?;
    }
    Ok(Written::of(gathered, ledger))
}

/// The folder of what a build keeps while it reads; it ends with the build.
struct Spools(PathBuf);

impl Spools {
    fn create(generation: &Path) -> Result<Self> {
        let path = generation.join("spools");
        std::fs::create_dir(&path).map_err(|e| {
            Error::index(format!("`{}` cannot be made", path.display())).with_cause(e)
        })?;
        Ok(Spools(path))
    }
}

impl Drop for Spools {
    fn drop(&mut self) {
        // What cannot be removed now is removed with its generation.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What was written, for the manifest.
struct Written {
    counts: Counts,
    /// Reports of each series.
    series: BTreeMap<String, u64>,
    corpus_digest: String,
    files_read: u64,
    ledger: Ledger,
}

impl Written {
    fn of(gathered: Gathered, ledger: Ledger) -> Self {
        let mut series = BTreeMap::new();
        let mut names: Vec<String> = Vec::with_capacity(gathered.reports.len());
        for report in &gathered.reports {
            *series.entry(report.id.series().to_string()).or_insert(0) += 1;
            names.push(format!("{} {}\n", report.id, report.info.hash));
        }
        names.sort();
        Written {
            counts: gathered.counts,
            series,
            corpus_digest: sha256(names.concat().as_bytes()),
            files_read: gathered.files_read,
            ledger,
        }
    }

    fn manifest(
        self,
        folder: &IndexFolder,
        config: &BuildConfig<'_>,
        generation: String,
        start: Instant,
    ) -> Manifest {
        Manifest {
            format: FORMAT,
            pincite: env!("CARGO_PKG_VERSION").to_owned(),
            generation,
            schema: Manifest::schema_digest(),
            tokenizer: coding::VERSION.to_owned(),
            profiles: config.read.profiles.fingerprint().to_owned(),
            lexicon: config.lexicon.fingerprint().to_owned(),
            built: jiff::Timestamp::now()
                .strftime("%Y-%m-%dT%H:%M:%SZ")
                .to_string(),
            seconds: start.elapsed().as_secs_f64(),
            built_from: built_from(config),
            folders: config.places(folder),
            profile_files: config
                .profile_files
                .iter()
                .map(|p| p.display().to_string())
                .collect(),
            themes: config.themes.as_ref().map(|t| t.display().to_string()),
            text_column: config.read.text_column.clone(),
            counts: self.counts,
            series: self.series,
            corpus_digest: self.corpus_digest,
            notices: self.ledger.notices(),
        }
    }
}

/// The corpus folders as they were named.
fn built_from(config: &BuildConfig<'_>) -> Vec<String> {
    let corpora = config.corpora.iter();
    corpora.map(|c| c.display().to_string()).collect()
}
