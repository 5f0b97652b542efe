//! The clock of a run: real, or a test's own that does not wait.

use std::fmt;
use std::time::{Duration, Instant};

use jiff::Timestamp;

/// Tells the time and waits.
pub trait Clock: fmt::Debug + Sync {
    /// The time since some fixed moment; it never runs backwards.
    fn elapsed(&self) -> Duration;

    /// The time of day, for the manifest and for dates that the site sends.
    fn now(&self) -> Timestamp;

    /// Waits.
    fn sleep(&self, wait: Duration);
}

/// The clock of the operating system.
#[derive(Debug)]
pub struct SystemClock(Instant);

impl SystemClock {
    /// A clock that starts now.
    pub fn new() -> Self {
        SystemClock(Instant::now())
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep(&self, wait: Duration) {
        std::thread::sleep(wait);
    }
}
