//! Work done by several threads whose results come in order, with few of them
//! waiting at any time.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

use crate::error::{Error, Result};

/// How many jobs for each thread may be done ahead of the one whose turn it is.
const AHEAD: usize = 8;

/// Does `work` for every job on `threads` threads (0 for one each core), and
/// hands the results to `each` on this thread in the order of the jobs. Where
/// `each` breaks or fails, no more is begun.
///
/// # Errors
/// What `each` fails with, or threads that cannot be started.
pub(super) fn in_order<J: Sync, R: Send>(
    threads: usize,
    jobs: &[J],
    work: impl Fn(&J) -> R + Sync,
    each: &mut dyn FnMut(&J, R) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let threads = match threads {
        0 => thread::available_parallelism().map_or(1, NonZero::get),
        threads => threads,
    };
    let window = threads * AHEAD;
    let (give, given) = mpsc::channel::<usize>();
    let (done, results) = mpsc::channel();
    let given = Mutex::new(given);
    let next = || given.lock().unwrap_or_else(PoisonError::into_inner).recv();
    let worker = |done: mpsc::Sender<_>| {
        while let Ok(at) = next() {
            // A panic is handed on, or its turn would be waited for in vain.
            let result = catch_unwind(AssertUnwindSafe(|| work(&jobs[at])));
            if done.send((at, result)).is_err() {
                return;
            }
        }
    };
    let worker = &worker;
    thread::scope(move |scope| {
        for _ in 0..threads.min(jobs.len()) {
            let done = done.clone();
            thread::Builder::new()
                .spawn_scoped(scope, move || worker(done))
                .map_err(|e| Error::io("the threads of the batch cannot be started", e))?;
        }
        drop(done);
        let mut ready = (0..jobs.len()).map(|at| give.send(at).is_ok());
        ready.by_ref().take(window).for_each(drop);
        let mut waiting = BTreeMap::new();
        for (at, job) in jobs.iter().enumerate() {
            while !waiting.contains_key(&at) {
                let (at, result) = results
                    .recv()
                    .map_err(|_| Error::usage("the threads of the batch have stopped"))?;
                waiting.insert(at, result);
            }
            let result = match waiting.remove(&at) {
                Some(Ok(result)) => result,
                Some(Err(panic)) => resume_unwind(panic),
                // It was waited for just above.
                None => continue,
            };
            if each(job, result)?.is_break() {
                break;
            }
            ready.next();
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn results_come_in_order_and_few_wait() {
        let jobs: Vec<usize> = (0..500).collect();
        for threads in [0, 1, 2, 7] {
            let begun = AtomicUsize::new(0);
            let mut got = Vec::new();
            let work = |job: &usize| {
                begun.fetch_add(1, Ordering::SeqCst);
                // The first job takes the longest.
                let rounds = if *job == 0 { 200_000 } else { *job };
                (0..rounds).fold(*job, |a, b| std::hint::black_box(a ^ b));
                job * 2
            };
            let mut most = 0;
            in_order(threads, &jobs, work, &mut |job, result| {
                assert_eq!(*job * 2, result);
                most = most.max(begun.load(Ordering::SeqCst) - got.len());
                got.push(*job);
                Ok(ControlFlow::Continue(()))
            })
            .unwrap();
            assert_eq!(got, jobs);
            let cores = thread::available_parallelism().map_or(1, NonZero::get);
            let threads = if threads == 0 { cores } else { threads };
            assert!(most <= threads * AHEAD, "{most}");
        }
    }

    #[test]
    fn a_break_an_error_and_a_panic_end_it() {
        let jobs: Vec<usize> = (0..1000).collect();
        let begun = AtomicUsize::new(0);
        let work = |job: &usize| {
            begun.fetch_add(1, Ordering::SeqCst);
            *job
        };
        let mut last = 0;
        in_order(2, &jobs, work, &mut |job, _| {
            last = *job;
            Ok(match *job {
                9 => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            })
        })
        .unwrap();
        assert_eq!(last, 9);
        assert!(begun.load(Ordering::SeqCst) < 100);
        let failed = in_order(2, &jobs, |_| (), &mut |_, ()| Err(Error::input("no")));
        assert!(failed.is_err());
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            let work = |job: &usize| assert!(*job < 20, "job {job} broke");
            in_order(2, &jobs, work, &mut |_, ()| Ok(ControlFlow::Continue(())))
        }));
        let panic = panicked.unwrap_err();
        assert_eq!(panic.downcast_ref::<String>().unwrap(), "job 20 broke");
        let none: [usize; 0] = [];
        in_order(2, &none, |_| (), &mut |_, ()| Ok(ControlFlow::Break(()))).unwrap();
    }
}
