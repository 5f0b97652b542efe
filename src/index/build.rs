//! Building an index: files are read, cut and tagged in parallel
//! (`gather.rs`), put in the order of passage ids, and written as one segment
//! (`segment.rs`).
//!
//! The content does not depend on the number of threads: of two reports with
//! one name the first by path stays.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::gather::{Gathered, gather};
use super::manifest::FORMAT;
use super::segment::write_segment;
use super::{Counts, IndexFolder, Manifest, coding};
use crate::error::{Error, ErrorKind, Result};
use crate::read::{self, InputFile, Notice, ReadConfig};
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
    /// What gives themes.
    pub lexicon: &'a Lexicon,
    /// The file the lexicon was read from, if it is not the built-in one.
    pub themes: Option<PathBuf>,
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
pub type BuildSummary = Manifest;

/// The least memory that a build is planned with, in bytes.
const LEAST_MEMORY: usize = 1_000_000;

/// Builds the index of some corpora into a folder; the index that was there is
/// replaced when all is done, and not before.
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
    let (mut files, notices) = read::find_files(&config.corpora)?;
    // An index that stands inside a corpus folder is no part of the corpus.
    if let Ok(root) = folder.root().canonicalize() {
        let index = IndexFolder::new(root);
        files.retain(|f| !f.path.canonicalize().is_ok_and(|p| index.owns(&p)));
    }
    if files.is_empty() {
        let names: Vec<_> = config
            .corpora
            .iter()
            .map(|c| format!("`{}`", c.display()))
            .collect();
        return Err(Error::new(
            ErrorKind::NotFound,
            format!("no files below {}", names.join(", ")),
        )
        .with_hint("name a folder that holds reports, as text, HTML, PDF or Word"));
    }
    let lock = folder.lock()?;
    let generation = folder.new_generation(&lock)?;
    let built =
        write_generation(folder, &generation, config, &files, progress).and_then(|summary| {
            let manifest = summary.manifest(config, generation.clone(), notices, start);
            if manifest.counts.reports == 0 {
                return Err(nothing_read(&manifest));
            }
            folder.publish(&lock, &manifest)?;
            Ok(manifest)
        });
    if built.is_err() {
        folder.discard(&lock, &generation);
    }
    built
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
    files: &[InputFile],
    progress: &(dyn Fn(BuildProgress) + Sync),
) -> Result<Summary> {
    let threads = match config.threads {
        0 => std::thread::available_parallelism().map_or(1, |n| n.get()),
        n => n,
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|e| Error::index("the threads of the build cannot be started").with_cause(e))?;
    let bytes = files
        .iter()
        .filter_map(|f| f.path.metadata().ok())
        .map(|m| m.len())
        .sum();
    progress(BuildProgress::Found {
        files: files.len() as u64,
        bytes,
    });
    // What is read shares the memory with the places that are sorted.
    let memory = config.memory.max(LEAST_MEMORY);
    let (read, sorted) = (memory / 2, memory / 2);
    let path = folder.generation(generation);
    let spools = Spools::create(&path)?;
    let gathered = gather(config, files, threads, read, &spools.0, progress)?;
    progress(BuildProgress::Finishing);
    if !gathered.reports.is_empty() {
        let places = sorted / size_of::<u64>();
        pool.install(|| write_segment(&gathered, config.lexicon.paths(), places, &path))
            .map_err(|e| {
                Error::index(format!(
                    "the index in `{}` cannot be written",
                    folder.root().display()
                ))
                .with_cause(e)
            })?;
    }
    Ok(Summary::of(gathered))
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

/// What a manifest says of the reports.
struct Summary {
    counts: Counts,
    notices: Vec<Notice>,
    /// Reports of each series.
    series: BTreeMap<String, u64>,
    corpus_digest: String,
}

impl Summary {
    fn of(gathered: Gathered) -> Self {
        let mut series = BTreeMap::new();
        let mut names: Vec<String> = Vec::with_capacity(gathered.reports.len());
        for report in &gathered.reports {
            *series.entry(report.id.series().to_string()).or_insert(0) += 1;
            names.push(format!("{} {}\n", report.id, report.info.hash));
        }
        names.sort();
        Summary {
            counts: gathered.counts,
            notices: gathered.notices,
            series,
            corpus_digest: read::sha256(names.concat().as_bytes()),
        }
    }

    fn manifest(
        mut self,
        config: &BuildConfig<'_>,
        generation: String,
        notices: Vec<Notice>,
        start: Instant,
    ) -> Manifest {
        self.notices.extend(notices);
        self.notices.sort();
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
            built_from: config
                .corpora
                .iter()
                .map(|c| c.display().to_string())
                .collect(),
            themes: config.themes.as_ref().map(|t| t.display().to_string()),
            counts: self.counts,
            series: self.series,
            corpus_digest: self.corpus_digest,
            notices: self.notices,
        }
    }
}
