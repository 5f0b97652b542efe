//! Reading a corpus: every thread takes the next file, until all are read; then
//! the reports are put in the order of the index.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::spool::Spool;
use super::vocabulary::Entry;
use super::worker::{GatheredReport, Worker};
use super::{BuildConfig, BuildProgress, Counts};
use crate::error::{Error, Result};
use crate::read::{InputFile, Notice};
use crate::report::ReportId;

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
            worker.give(&mut all);
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
        self.reports.sort_by_cached_key(|r| r.id.sort_prefix());
    }

    /// How many passages there are.
    pub(super) fn docs(&self) -> u32 {
        self.reports.iter().map(|r| r.passages).sum()
    }
}
