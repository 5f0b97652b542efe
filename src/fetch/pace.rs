//! The pace of requests, shared by all workers: none starts before its turn.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::clock::Clock;

/// When the next request may start.
#[derive(Debug)]
pub(super) struct Pace<'a> {
    clock: &'a dyn Clock,
    delay: Duration,
    /// In the time of the clock.
    next: Mutex<Duration>,
}

impl<'a> Pace<'a> {
    pub(super) fn new(clock: &'a dyn Clock, delay: Duration) -> Self {
        Pace {
            clock,
            delay,
            next: Mutex::new(Duration::ZERO),
        }
    }

    /// Waits until a request may start, and takes that turn.
    pub(super) fn take_turn(&self) {
        loop {
            let now = self.clock.elapsed();
            let wait = {
                let mut next = self.next();
                let wait = next.saturating_sub(now);
                if wait.is_zero() {
                    *next = now.saturating_add(self.delay);
                    return;
                }
                wait
            };
            // Another worker may take the turn or push it back meanwhile.
            self.clock.sleep(wait);
        }
    }

    /// Lets nothing start for some time from now, at least the delay.
    pub(super) fn hold(&self, wait: Duration) {
        let until = self.clock.elapsed().saturating_add(wait.max(self.delay));
        let mut next = self.next();
        *next = until.max(*next);
    }

    fn next(&self) -> MutexGuard<'_, Duration> {
        // A duration is whole whatever a worker panicked at.
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
