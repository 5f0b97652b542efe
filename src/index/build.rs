//! Building an index: files are read, cut and tagged in parallel, their
//! passages added in the order of the files, and all of it committed at once.
//!
//! The content does not depend on the number of threads: of two reports with
//! one name the first by path stays, and the one segment of the finished index
//! is ordered by passage id.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Instant;

use rayon::prelude::*;
use tantivy::indexer::NoMergePolicy;
use tantivy::{Index, IndexSettings, IndexSortByField, IndexWriter, Order, TantivyDocument};

use super::document::to_document;
use super::manifest::FORMAT;
use super::schema::{Fields, ORDER, schema};
use super::{Counts, IndexFolder, Manifest, tokenizer};
use crate::error::{Error, ErrorKind, Result};
use crate::read::{self, FileReading, InputFile, Notice, Profiles};
use crate::report::ReportId;
use crate::theme::{Lexicon, Tagger};

/// How to build.
#[derive(Debug)]
pub struct BuildConfig<'a> {
    /// The corpus folders (or single files).
    pub corpora: Vec<PathBuf>,
    /// How many threads read, and how many write; 0 for one each core.
    pub threads: usize,
    /// The memory for passages not yet written, in bytes, over all threads.
    pub memory: usize,
    /// What the series look like.
    pub profiles: &'a Profiles,
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

/// How many files are read at a time; the readings of a few such batches are
/// in memory at once.
const BATCH: usize = 64;
/// The least and the most memory that the engine takes for a thread, in bytes.
const LEAST_MEMORY: usize = 15_000_000;
const MOST_MEMORY: usize = 4_000_000_000;

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
        .with_hint("name a folder that holds reports as `.txt`, `.md` or `.jsonl`"));
    }
    let lock = folder.lock()?;
    let generation = folder.new_generation(&lock)?;
    let built =
        write_generation(folder, &generation, config, &files, progress).and_then(|gathered| {
            let manifest = gathered.manifest(config, generation.clone(), notices, start);
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

fn write_generation(
    folder: &IndexFolder,
    generation: &str,
    config: &BuildConfig<'_>,
    files: &[InputFile],
    progress: &(dyn Fn(BuildProgress) + Sync),
) -> Result<Gathered> {
    let engine = |e: tantivy::TantivyError| {
        Error::index(format!(
            "the index in `{}` cannot be written",
            folder.root().display()
        ))
        .with_cause(e)
    };
    let threads = match config.threads {
        0 => std::thread::available_parallelism().map_or(1, |n| n.get()),
        n => n,
    };
    let (schema, fields) = schema();
    let index = Index::builder()
        .schema(schema)
        .tokenizers(tokenizer::manager())
        .settings(IndexSettings {
            sort_by_field: Some(IndexSortByField {
                field: ORDER.to_owned(),
                order: Order::Asc,
            }),
            ..IndexSettings::default()
        })
        .create_in_dir(folder.generation(generation))
        .map_err(engine)?;
    let memory = (config.memory / threads).clamp(LEAST_MEMORY, MOST_MEMORY) * threads;
    let mut writer: IndexWriter = index
        .writer_with_num_threads(threads, memory)
        .map_err(engine)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
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
    let mut gathered = Gathered::default();
    let (sender, batches) = sync_channel(2);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let sender = sender;
            for batch in files.chunks(BATCH) {
                let read = pool.install(|| {
                    batch
                        .par_iter()
                        .map_init(
                            || Tagger::new(config.lexicon),
                            |tagger, file| {
                                let read = ReadFile::of(file, config.profiles, tagger, &fields);
                                progress(BuildProgress::Read {
                                    files: 1,
                                    bytes: read.bytes,
                                });
                                read
                            },
                        )
                        .collect::<Vec<_>>()
                });
                if sender.send(read).is_err() {
                    return;
                }
            }
        });
        gathered.add_all(batches, &writer)
    })
    .map_err(engine)?;

    progress(BuildProgress::Finishing);
    writer.commit().map_err(engine)?;
    let segments = index.searchable_segment_ids().map_err(engine)?;
    if segments.len() > 1 {
        writer.merge(&segments).wait().map_err(engine)?;
    }
    writer.wait_merging_threads().map_err(engine)?;
    Ok(gathered)
}

/// A file's reports as documents of the engine.
struct ReadFile {
    name: String,
    bytes: u64,
    notices: Vec<Notice>,
    reports: Vec<ReadReport>,
}

struct ReadReport {
    id: ReportId,
    line: Option<u64>,
    hash: String,
    words: u64,
    documents: Vec<TantivyDocument>,
}

impl ReadFile {
    fn of(file: &InputFile, profiles: &Profiles, tagger: &mut Tagger<'_>, fields: &Fields) -> Self {
        let FileReading {
            reports,
            notices,
            bytes,
        } = read::read_file(file, profiles);
        let reports = reports.into_iter().map(|report| {
            let mut words = 0;
            let mut documents = Vec::new();
            for mut passage in report.passages() {
                let marks = tagger.tag(&passage.text);
                words += tagger.word_count() as u64;
                passage
                    .themes
                    .retain(|t| marks.iter().all(|m| m.path != t.path));
                passage.themes.extend(marks);
                passage.themes.sort_by(|a, b| a.path.cmp(&b.path));
                passage.themes.dedup_by(|a, b| a.path == b.path);
                documents.push(to_document(&passage, fields));
            }
            ReadReport {
                id: report.id,
                line: report.line,
                hash: report.info.hash,
                words,
                documents,
            }
        });
        ReadFile {
            name: file.name.clone(),
            bytes,
            notices,
            reports: reports.collect(),
        }
    }
}

/// What the files of a build have given so far.
#[derive(Default)]
struct Gathered {
    counts: Counts,
    notices: Vec<Notice>,
    /// The content hash and the place of every report.
    reports: HashMap<ReportId, (String, String)>,
}

impl Gathered {
    fn add_all(
        &mut self,
        batches: Receiver<Vec<ReadFile>>,
        writer: &IndexWriter,
    ) -> tantivy::Result<()> {
        for file in batches.into_iter().flatten() {
            self.add(file, writer)?;
        }
        Ok(())
    }

    fn add(&mut self, file: ReadFile, writer: &IndexWriter) -> tantivy::Result<()> {
        self.counts.files += 1;
        self.counts.bytes += file.bytes;
        self.counts.files_read += u64::from(!file.reports.is_empty());
        self.notices.extend(file.notices);
        for report in file.reports {
            let mut notice = Notice::duplicate(&file.name, "");
            notice.line = report.line;
            if let Some((_, first)) = self.reports.get(&report.id) {
                notice.message = format!(
                    "`{}` was read from {first} already, this one left out",
                    report.id
                );
                self.notices.push(notice);
                continue;
            }
            self.counts.reports += 1;
            self.counts.passages += report.documents.len() as u64;
            self.counts.words += report.words;
            self.reports
                .insert(report.id, (report.hash, notice.place()));
            for document in report.documents {
                writer.add_document(document)?;
            }
        }
        Ok(())
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
        let mut series = BTreeMap::new();
        let mut names: Vec<String> = Vec::with_capacity(self.reports.len());
        for (id, (hash, _)) in &self.reports {
            *series.entry(id.series().to_string()).or_insert(0) += 1;
            names.push(format!("{id} {hash}\n"));
        }
        names.sort();
        Manifest {
            format: FORMAT,
            pincite: env!("CARGO_PKG_VERSION").to_owned(),
            generation,
            schema: Manifest::schema_digest(),
            tokenizer: tokenizer::VERSION.to_owned(),
            profiles: config.profiles.fingerprint().to_owned(),
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
            series,
            corpus_digest: read::sha256(names.concat().as_bytes()),
            notices: self.notices,
        }
    }
}
