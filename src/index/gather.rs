//! Reading a corpus: every thread takes the next file, until all are read; then
//! the reports are put in the order of the index.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::ledger::FileEntry;
use super::previous::Previous;
use super::sketch::alike;
use super::spool::Spool;
use super::vocabulary::Entry;
use super::worker::{GatheredReport, Worker};
use super::{BuildConfig, BuildProgress, Counts, IndexPart};
use crate::error::{Error, Result};
use crate::read::{InputFile, Notice, NoticeKind};
use crate::report::ReportId;
use crate::text::fold::fold_name;

/// From how many percent of text in common on two reports are told of.
const SIMILAR: u32 = 80;

/// The share of common text, in percent, from which a report is a copy of
/// another although it prints another name.
const COPY: u32 = 20;

/// All that was read, in the order of the index.
pub(super) struct Gathered {
    pub(super) reports: Vec<GatheredReport>,
    /// What the words of each worker's spool are, for each [`IndexPart`].
    pub(super) vocabularies: [Vec<Vec<Entry>>; IndexPart::COUNT],
    /// What each worker has kept.
    pub(super) spools: Vec<Spool>,
    /// What became of the files, in their order.
    pub(super) files: Vec<(usize, FileEntry)>,
    /// How many files were read; those that had not changed were not.
    pub(super) files_read: u64,
    pub(super) counts: Counts,
}

/// A file, and what the index had of it if it has not changed.
pub(super) struct Item<'a> {
    pub(super) input: &'a InputFile,
    pub(super) unchanged: Option<(&'a Previous, &'a [FileEntry])>,
}

/// Reads files on some threads, or takes over what the index had of them,
/// keeping at most `memory` bytes of them in memory and the rest in `folder`.
pub(super) fn gather(
    config: &BuildConfig<'_>,
    items: &[Item<'_>],
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
            let Some(item) = items.get(file) else {
                return Ok(worker);
            };
            let whole = |entries: &&[FileEntry]| entries.iter().all(FileEntry::is_whole);
            let read = match item.unchanged.filter(|(_, entries)| whole(entries)) {
                Some((previous, entries)) => worker.take_over(file, item.input, entries, previous),
                None => worker.read(file, item.input),
            };
            let bytes = read.inspect_err(|_| {
                // A full disk is one to all: the others stop too.
                next.store(items.len(), Ordering::Relaxed);
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
    Ok(Gathered::of(workers))
}

impl Gathered {
    fn of(workers: Vec<Worker<'_>>) -> Self {
        let mut all = Gathered {
            reports: Vec::new(),
            vocabularies: Default::default(),
            spools: Vec::new(),
            files: Vec::new(),
            files_read: 0,
            counts: Counts::default(),
        };
        for worker in workers {
            worker.give(&mut all);
        }
        all.files.sort_by_key(|(file, _)| *file);
        all.leave_duplicates_out();
        all.count();
        all
    }

    fn count(&mut self) {
        let counts = &mut self.counts;
        let mut last_with_report = None;
        for (file, entry) in &self.files {
            if entry.is_input() {
                counts.files += 1;
                counts.bytes += entry.bytes;
            }
            if !entry.reports.is_empty() && last_with_report != Some(file) {
                counts.files_read += 1;
                last_with_report = Some(file);
            }
        }
        for report in &self.reports {
            counts.reports += 1;
            let kept = &report.parts[IndexPart::Passages as usize];
            counts.passages += u64::from(kept.passages);
            counts.words += kept.word_count;
        }
    }

    /// Of reports with one name keeps the best, of equals the first by the
    /// order of the files; the reports are in the order of the index then.
    fn leave_duplicates_out(&mut self) {
        self.reports.sort_by_key(|r| r.origin);
        self.tell_documents_apart();
        let mut best: HashMap<ReportId, usize> = HashMap::new();
        for (at, report) in self.reports.iter().enumerate() {
            let known = best.entry(report.id.clone()).or_insert(at);
            if report.rank < self.reports[*known].rank {
                *known = at;
            }
        }
        let mut entries = Entries::of(&mut self.files);
        for (at, report) in self.reports.iter().enumerate() {
            let kept = best[&report.id];
            if kept == at {
                continue;
            }
            let kept = &self.reports[kept];
            let place = entries.place(kept);
            let mut notice = entries.notice(NoticeKind::Duplicate, report);
            notice.message = format!(
                "`{}` is read from {place} ({}), this one left out",
                report.id,
                why(kept, report)
            );
            let (entry, n) = entries.find(report.origin);
            entry.notices.push(notice);
            entry.reports[n].left_out = true;
        }
        let mut at = 0;
        self.reports.retain(|report| {
            at += 1;
            best[&report.id] == at - 1
        });
        self.tell_similar();
        self.reports.sort_by_cached_key(|r| r.id.sort_prefix());
    }

    /// Finds the reports whose text differs from the first of the same id:
    /// documents of one number, which may be versions, and pages on parts of a
    /// country, which print another name.
    fn others_of_an_id(&self) -> Vec<bool> {
        let mut first: HashMap<&ReportId, usize> = HashMap::new();
        let mut others = Vec::with_capacity(self.reports.len());
        for (at, report) in self.reports.iter().enumerate() {
            let known = &self.reports[*first.entry(&report.id).or_insert(at)];
            let is_first = std::ptr::eq(known, report);
            others.push(!is_first && is_other_text(known, report));
        }
        others
    }

    /// Gives such texts ids of their own, `-2`, `-3` ... added in the order of
    /// the files.
    fn tell_documents_apart(&mut self) {
        let others = self.others_of_an_id();
        let mut taken: HashSet<ReportId> = self.reports.iter().map(|r| r.id.clone()).collect();
        let mut entries = Entries::of(&mut self.files);
        for (report, _) in self.reports.iter_mut().zip(others).filter(|(_, is)| *is) {
            let of_number = report.id.clone();
            let mut others = (2u32..).filter_map(|n| of_number.numbered(n));
            let Some(free) = others.find(|id| taken.insert(id.clone())) else {
                continue;
            };
            let mut notice = entries.notice(NoticeKind::Mended, report);
            notice.message = format!(
                "`{of_number}` is another text of this number or country and year; this one is `{free}`"
            );
            let (entry, n) = entries.find(report.origin);
            entry.notices.push(notice);
            entry.reports[n].id = free.to_string();
            report.id = free;
        }
    }

    /// Tells of reports that have nearly the text of another.
    fn tell_similar(&mut self) {
        let sketches = self.reports.iter().map(|r| r.sketch.as_ref());
        let pairs = alike(sketches, SIMILAR);
        let mut entries = Entries::of(&mut self.files);
        for (first, other, percent) in pairs {
            let (first, other) = (&self.reports[first], &self.reports[other]);
            let place = entries.place(first);
            let mut notice = entries.notice(NoticeKind::Similar, other);
            notice.message = format!(
                "`{}` has {percent} % of its text in common with `{}` ({place})",
                other.id, first.id
            );
            entries.find(other.origin).0.notices.push(notice);
        }
        self.reports
            .iter_mut()
            .for_each(|report| report.sketch = None);
    }
}

/// The entries of files, found by the origins of reports.
struct Entries<'f> {
    files: &'f mut [(usize, FileEntry)],
    /// Where the entries of a file begin.
    starts: HashMap<usize, usize>,
}

impl<'f> Entries<'f> {
    fn of(files: &'f mut [(usize, FileEntry)]) -> Self {
        let mut starts = HashMap::new();
        for (at, (file, _)) in files.iter().enumerate() {
            starts.entry(*file).or_insert(at);
        }
        Entries { files, starts }
    }

    /// The entry that a report is in, and which of its reports it is.
    fn find(&mut self, (file, mut report): (usize, usize)) -> (&mut FileEntry, usize) {
        let mut at = self.starts[&file];
        while report >= self.files[at].1.reports.len() {
            report -= self.files[at].1.reports.len();
            at += 1;
        }
        (&mut self.files[at].1, report)
    }

    /// The file and line that a report is from.
    fn place(&mut self, report: &GatheredReport) -> String {
        self.notice(NoticeKind::Duplicate, report).place()
    }

    /// A notice about a report, without its message.
    fn notice(&mut self, kind: NoticeKind, report: &GatheredReport) -> Notice {
        let name = &self.find(report.origin).0.name;
        let mut notice = match kind {
            NoticeKind::Similar => Notice::similar(name, ""),
            NoticeKind::Mended => Notice::mended(name, ""),
            _ => Notice::duplicate(name, ""),
        };
        notice.line = report.line;
        notice
    }
}

/// Whether two reports of one id are different texts, not copies.
fn is_other_text(known: &GatheredReport, report: &GatheredReport) -> bool {
    let printed = |report: &GatheredReport| {
        let country = report.info.country.as_ref();
        country.map(|c| fold_name(&c.printed))
    };
    let is_alike = match (&known.sketch, &report.sketch) {
        (Some(one), Some(two)) => one.resemblance(two) >= COPY,
        _ => true,
    };
    report.info.is_document(&report.id) || (printed(known) != printed(report) && !is_alike)
}

/// Why one report stays and not another of its name, and how alike they are.
fn why(kept: &GatheredReport, other: &GatheredReport) -> String {
    let (one, two) = (&kept.rank, &other.rank);
    let why = if one.source != two.source {
        "a better source"
    } else if one.headings != two.headings {
        "more headings"
    } else if one.text != two.text {
        "more text"
    } else {
        "first by name"
    };
    match (&kept.sketch, &other.sketch) {
        (Some(one), Some(two)) => {
            format!("{why}, {} % of the text in common", one.resemblance(two))
        }
        _ => why.to_owned(),
    }
}
