//! Reading a corpus: every thread takes the next file, cuts and tags its
//! passages, and keeps what the index will hold of them.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};
use tantivy::fieldnorm::FieldNormReader;

use super::record::push_passage;
use super::spool::{Kept, Spool, push_number};
use super::vocabulary::{Entry, Vocabulary};
use super::{BuildConfig, BuildProgress, Counts, FacetName};
use crate::error::{Error, Result};
use crate::read::{self, FileReading, InputFile, Notice};
use crate::report::{Passage, Report, ReportId, ReportInfo};
use crate::text::sentences;
use crate::text::words::Cut;
use crate::theme::tagger::{TaggerWord, tag_words};

/// All that was read, in the order of the index.
pub(super) struct Gathered {
    pub(super) reports: Vec<GatheredReport>,
    /// What the words of each worker's spool are.
    pub(super) vocabularies: Vec<Vec<Entry>>,
    /// What each worker has kept.
    pub(super) spools: Vec<Spool>,
    pub(super) counts: Counts,
    pub(super) notices: Vec<Notice>,
}

/// A report, with where its passages are kept, in the order of their ids.
pub(super) struct GatheredReport {
    pub(super) id: ReportId,
    pub(super) info: Arc<ReportInfo>,
    /// The worker that read it.
    pub(super) worker: usize,
    /// The numbers of the words of every passage: how many, then each.
    pub(super) words: Kept,
    /// The stored records of the passages, each after its length.
    pub(super) records: Kept,
    /// An [`Attributes`] for every passage.
    pub(super) attributes: Kept,
    pub(super) passages: u32,
    /// The lengths of the passages, in words, as the engine codes them.
    pub(super) lengths: Box<[u8]>,
    /// The sum of the lengths, exact.
    pub(super) length: u64,
    /// How many words it has.
    word_count: u64,
    /// The sort key of the first passage.
    first_key: String,
    /// The file it is from, and which report of the file it is.
    origin: (usize, usize),
    line: Option<u64>,
}

/// What a passage is found and counted by, beside its words.
#[derive(Serialize, Deserialize)]
pub(super) struct Attributes<'a> {
    /// The sort key of its id.
    pub(super) key: &'a str,
    pub(super) place: u32,
    /// The engine's coding of its facet values.
    #[serde(borrow)]
    pub(super) facets: Vec<&'a str>,
}

/// Reads files on some threads, keeping at most `memory` bytes of them in
/// memory and the rest in `folder`.
pub(super) fn gather(
    config: &BuildConfig<'_>,
    files: &[InputFile],
    threads: usize,
    memory: usize,
    folder: &Path,
    progress: &(dyn Fn(BuildProgress) + Sync),
) -> Result<Gathered> {
    let next = AtomicUsize::new(0);
    let work = |worker: usize| -> std::io::Result<Worker<'_>> {
        let spool = Spool::new(&folder.join(format!("spool-{worker}")), memory / threads)?;
        let mut worker = Worker::new(worker, config, spool);
        loop {
            let file = next.fetch_add(1, Ordering::Relaxed);
            let Some(input) = files.get(file) else {
                return Ok(worker);
            };
            let bytes = worker.read(file, input).inspect_err(|_| {
                // A full disk is one to all: the others stop too.
                next.store(files.len(), Ordering::Relaxed);
            })?;
            progress(BuildProgress::Read { files: 1, bytes });
        }
    };
    let workers = std::thread::scope(|scope| {
        let work = &work;
        let started: Vec<_> = (0..threads).map(|w| scope.spawn(move || work(w))).collect();
        let ended = started.into_iter().map(|thread| match thread.join() {
            Ok(worker) => worker,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        ended.collect::<std::io::Result<Vec<Worker<'_>>>>()
    });
    let workers = workers.map_err(|e| {
        Error::index(format!("`{}` cannot be written", folder.display())).with_cause(e)
    })?;
    Ok(Gathered::of(workers, files))
}

impl Gathered {
    fn of(workers: Vec<Worker<'_>>, files: &[InputFile]) -> Self {
        let mut all = Gathered {
            reports: Vec::new(),
            vocabularies: Vec::new(),
            spools: Vec::new(),
            counts: Counts::default(),
            notices: Vec::new(),
        };
        all.counts.files = files.len() as u64;
        for worker in workers {
            all.counts.bytes += worker.bytes;
            all.counts.files_read += worker.files_read;
            all.notices.extend(worker.notices);
            all.reports.extend(worker.reports);
            all.vocabularies.push(worker.vocabulary.into_entries());
            all.spools.push(worker.spool);
        }
        all.leave_duplicates_out(files);
        for report in &all.reports {
            all.counts.reports += 1;
            all.counts.passages += u64::from(report.passages);
            all.counts.words += report.word_count;
        }
        all
    }

    /// Of reports with one name keeps the first by the order of the files; the
    /// reports are in the order of the index then.
    fn leave_duplicates_out(&mut self, files: &[InputFile]) {
        self.reports.sort_by_key(|r| r.origin);
        let place = |report: &GatheredReport| {
            let mut notice = Notice::duplicate(&files[report.origin.0].name, "");
            notice.line = report.line;
            notice
        };
        let mut firsts: HashMap<ReportId, String> = HashMap::new();
        let notices = &mut self.notices;
        self.reports.retain(|report| {
            let mut notice = place(report);
            if let Some(first) = firsts.get(&report.id) {
                notice.message = format!(
                    "`{}` was read from {first} already, this one left out",
                    report.id
                );
                notices.push(notice);
                return false;
            }
            firsts.insert(report.id.clone(), notice.place());
            true
        });
        self.reports.sort_by(|a, b| a.first_key.cmp(&b.first_key));
    }

    /// How many passages there are.
    pub(super) fn docs(&self) -> u32 {
        self.reports.iter().map(|r| r.passages).sum()
    }
}

/// One thread that reads.
struct Worker<'c> {
    number: usize,
    config: &'c BuildConfig<'c>,
    vocabulary: Vocabulary<'c>,
    theme_numbers: HashMap<&'c str, usize>,
    spool: Spool,
    cut: Cut,
    reports: Vec<GatheredReport>,
    notices: Vec<Notice>,
    bytes: u64,
    files_read: u64,
}

impl<'c> Worker<'c> {
    fn new(number: usize, config: &'c BuildConfig<'c>, spool: Spool) -> Self {
        let paths = config.lexicon.paths().iter().enumerate();
        Worker {
            number,
            config,
            vocabulary: Vocabulary::new(config.lexicon),
            theme_numbers: paths.map(|(n, path)| (path.as_str(), n)).collect(),
            spool,
            cut: Cut::default(),
            reports: Vec::new(),
            notices: Vec::new(),
            bytes: 0,
            files_read: 0,
        }
    }

    /// Reads a file; gives its size in bytes.
    fn read(&mut self, file: usize, input: &InputFile) -> std::io::Result<u64> {
        let FileReading {
            reports,
            notices,
            bytes,
        } = read::read_file(input, self.config.profiles);
        self.bytes += bytes;
        self.files_read += u64::from(!reports.is_empty());
        self.notices.extend(notices);
        for (i, report) in reports.into_iter().enumerate() {
            let report = self.keep(&report, (file, i))?;
            self.reports.push(report);
        }
        Ok(bytes)
    }

    fn keep(&mut self, report: &Report, origin: (usize, usize)) -> std::io::Result<GatheredReport> {
        let mut passages = report.passages();
        passages.sort_by_cached_key(|p| p.id.sort_key());
        let mut kept = KeptReport::default();
        for passage in &mut passages {
            let words = self.words_of(passage, &mut kept);
            kept.word_count += words;
            self.keep_passage(passage, &mut kept)?;
        }
        let info = passages.first().map(|p| Arc::clone(&p.report));
        Ok(GatheredReport {
            id: report.id.clone(),
            info: info.unwrap_or_else(|| Arc::new(report.info.clone())),
            worker: self.number,
            words: self.spool.push(&kept.words)?,
            records: self.spool.push(&kept.records)?,
            attributes: self.spool.push(&kept.attributes)?,
            passages: passages.len() as u32,
            lengths: kept.lengths.into(),
            length: kept.length,
            word_count: kept.word_count,
            first_key: passages
                .first()
                .map(|p| p.id.sort_key())
                .unwrap_or_default(),
            origin,
            line: report.line,
        })
    }

    /// Cuts a passage into words and sentences, and gives it the themes that
    /// its words have; how many words there are.
    fn words_of(&mut self, passage: &mut Passage, kept: &mut KeptReport) -> u64 {
        let text = passage.text.as_str();
        self.cut.run(text);
        let sentences = sentences(text);
        let mut sentences = sentences.iter().peekable();
        kept.numbers.clear();
        let mut spans: Vec<(Range<usize>, u32)> = Vec::with_capacity(self.cut.words().len());
        let mut next = 0;
        let mut length = 0;
        while let Some(chain) = self.cut.chain(text, next) {
            next = chain.words.end;
            for i in chain.words.clone() {
                let span = self.cut.words()[i].clone();
                while sentences.next_if(|s| s.start <= span.start).is_some() {
                    kept.numbers.push(self.vocabulary.sentence());
                }
                let number = self.vocabulary.number(&text[span.clone()], 1);
                kept.numbers.push(number);
                spans.push((span, number));
                length += 1;
                if i == chain.words.start && chain.is_compound {
                    let words = &self.cut.words()[chain.words.clone()];
                    let whole = words[0].start..words[words.len() - 1].end;
                    let parts = chain.words.len() as u32;
                    kept.numbers
                        .push(self.vocabulary.number(&text[whole], parts));
                    length += 1;
                }
            }
        }
        push_number(kept.numbers.len() as u32, &mut kept.words);
        for number in &kept.numbers {
            push_number(*number, &mut kept.words);
        }
        kept.length += u64::from(length);
        kept.lengths.push(FieldNormReader::fieldnorm_to_id(length));
        let words: Vec<TaggerWord<'_>> = spans
            .iter()
            .map(|(span, number)| {
                let entry = self.vocabulary.entry(*number);
                TaggerWord {
                    span: span.clone(),
                    form: &entry.form,
                    stem: entry.theme_stem,
                }
            })
            .collect();
        let marks = tag_words(self.config.lexicon, text, &words);
        let named = |t: &crate::report::ThemeMark| marks.iter().all(|m| m.path != t.path);
        passage.themes.retain(named);
        passage.themes.extend(marks);
        passage.themes.sort_by(|a, b| a.path.cmp(&b.path));
        passage.themes.dedup_by(|a, b| a.path == b.path);
        spans.len() as u64
    }

    fn keep_passage(&self, passage: &Passage, kept: &mut KeptReport) -> std::io::Result<()> {
        kept.record.clear();
        let number = |path: &str| self.theme_numbers.get(path).copied();
        push_passage(passage, number, &mut kept.record)?;
        push_number(kept.record.len() as u32, &mut kept.records);
        kept.records.extend_from_slice(&kept.record);
        let facets: Vec<String> = FacetName::ALL
            .into_iter()
            .flat_map(|name| {
                let values = name.values_of(passage).into_iter();
                values.map(move |v| name.to_facet(&v).encoded_str().to_owned())
            })
            .collect();
        let attributes = Attributes {
            key: &passage.id.sort_key(),
            place: passage.place,
            facets: facets.iter().map(String::as_str).collect(),
        };
        let all = std::mem::take(&mut kept.attributes);
        kept.attributes = postcard::to_extend(&attributes, all).map_err(std::io::Error::other)?;
        Ok(())
    }
}

/// What is kept of a report, while its passages are gone through.
#[derive(Default)]
struct KeptReport {
    words: Vec<u8>,
    records: Vec<u8>,
    attributes: Vec<u8>,
    lengths: Vec<u8>,
    length: u64,
    word_count: u64,
    /// The numbers of the words of one passage, and its record.
    numbers: Vec<u32>,
    record: Vec<u8>,
}
