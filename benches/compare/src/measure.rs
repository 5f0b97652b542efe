//! Measuring: percentiles, medians with their spread, child processes with
//! their time and memory.

use std::fs;
use std::io::{Read, Seek};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use wait4::Wait4;

/// The median of some runs, with the least and the greatest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The median.
    pub median: f64,
    /// The least.
    pub least: f64,
    /// The greatest.
    pub greatest: f64,
}

impl Spread {
    /// The spread of values; none where there is none.
    pub fn of(values: &[f64]) -> Option<Self> {
        (!values.is_empty()).then(|| Spread {
            median: percentile(values, 0.5),
            least: percentile(values, 0.0),
            greatest: percentile(values, 1.0),
        })
    }

    /// One value that was measured or reckoned once.
    pub fn one(value: f64) -> Self {
        Spread {
            median: value,
            least: value,
            greatest: value,
        }
    }
}

/// The value below or at which `part` (0 to 1) of some values lie (nearest
/// rank); there must be one at least.
pub fn percentile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (sorted.len() as f64 * part).ceil() as usize;
    sorted[rank.clamp(1, sorted.len()) - 1]
}

/// The memory of a process at a moment.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// When, in seconds from the start.
    pub at: f64,
    /// All that is resident, pages of mapped files too, in MB (10^6 bytes).
    pub resident: f64,
    /// What the process itself has filled (`RssAnon`), in MB.
    pub own: f64,
    /// The most that was resident until then, between two looks too, in MB.
    most: f64,
}

/// What a child process took.
#[derive(Debug, Clone)]
pub struct Process {
    /// Seconds from start to end.
    pub seconds: f64,
    /// Seconds of processor time, of the user and of the system.
    pub cpu: f64,
    /// Its memory over time.
    pub memory: Vec<Memory>,
}

impl Process {
    /// The most that was resident, in MB.
    pub fn peak(&self) -> f64 {
        self.memory.iter().map(|m| m.most).fold(0.0, f64::max)
    }

    /// The most that the process itself had filled, in MB.
    pub fn own_peak(&self) -> f64 {
        self.memory.iter().map(|m| m.own).fold(0.0, f64::max)
    }
}

/// How long between two looks at the memory of a process.
const TICK: Duration = Duration::from_millis(50);

/// Runs a command to its end, and looks at its memory meanwhile. `accepted`
/// are the exit statuses of success.
pub fn run(command: &mut Command, accepted: &[i32]) -> Result<Process> {
    let mut errors = tempfile::tempfile()?;
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(errors.try_clone()?)
        .spawn()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    let status_file = format!("/proc/{}/status", child.id());
    let ended = AtomicBool::new(false);
    let (waited, seconds, memory) = thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let mut memory = Vec::new();
            while !ended.load(Ordering::Relaxed) {
                memory.extend(memory_of(&status_file, start.elapsed().as_secs_f64()));
                thread::park_timeout(TICK);
            }
            memory
        });
        let waited = child.wait4();
        let seconds = start.elapsed().as_secs_f64();
        ended.store(true, Ordering::Relaxed);
        watcher.thread().unpark();
        (waited, seconds, watcher.join().unwrap_or_default())
    });
    let used = waited?;
    if !used.status.code().is_some_and(|c| accepted.contains(&c)) {
        let mut text = String::new();
        errors.rewind()?;
        errors.read_to_string(&mut text)?;
        bail!("`{}` failed ({}): {text}", shown(command), used.status);
    }
    Ok(Process {
        seconds,
        cpu: (used.rusage.utime + used.rusage.stime).as_secs_f64(),
        memory,
    })
}

/// Runs a command to its end, reads what it prints, and gives the milliseconds.
pub fn milliseconds(command: &mut Command) -> Result<f64> {
    let start = Instant::now();
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    let took = start.elapsed().as_secs_f64() * 1e3;
    // A search that finds nothing ends with 1, as `grep` does.
    if !matches!(output.status.code(), Some(0 | 1)) {
        let errors = String::from_utf8_lossy(&output.stderr);
        bail!("`{}` failed ({}): {errors}", shown(command), output.status);
    }
    Ok(took)
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|w| w.to_string_lossy()).collect();
    words.join(" ")
}

/// The memory that a status file of `/proc` tells, if the process still runs.
fn memory_of(status_file: &str, at: f64) -> Option<Memory> {
    let status = fs::read_to_string(status_file).ok()?;
    let megabytes = |key: &str| {
        let line = status.lines().find_map(|l| l.strip_prefix(key))?;
        let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
        Some(kibibytes * 1024.0 / 1e6)
    };
    Some(Memory {
        at,
        resident: megabytes("VmRSS:")?,
        own: megabytes("RssAnon:")?,
        most: megabytes("VmHWM:")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_the_nearest_ranks() {
        let values: Vec<f64> = (1..=50).rev().map(f64::from).collect();
        for (part, value) in [(0.0, 1.0), (0.5, 25.0), (0.98, 49.0), (0.99, 50.0)] {
            assert_eq!(percentile(&values, part), value);
        }
        assert_eq!(percentile(&[3.0], 0.5), 3.0);
        assert_eq!(Spread::of(&[]), None);
    }

    #[test]
    fn processes_are_measured_and_failures_told() {
        let slept = run(Command::new("sleep").arg("0.2"), &[0]).unwrap();
        assert!(slept.seconds >= 0.2 && slept.peak() > 0.0);
        let failed = run(
            Command::new("sh").args(["-c", "echo why >&2; exit 3"]),
            &[0],
        );
        assert!(failed.unwrap_err().to_string().contains("why"));
    }
}
