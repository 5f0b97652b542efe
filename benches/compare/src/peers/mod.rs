//! The engines that are compared, each behind the same two traits: a [`Peer`]
//! is built and opened, an [`Engine`] answers.

pub mod fts5;
pub mod lucene;
pub mod pincite;
pub mod tantivy;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::{Context, Result};
use walkdir::WalkDir;

use crate::queries::Query;

/// How many hits a query shows.
pub const HITS: usize = 10;
/// The memory for passages not yet written, in bytes, over all threads.
pub const MEMORY: usize = 512_000_000;

/// What an index is built from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The folder of the files.
    pub folder: &'a Path,
    /// The file of the passages, cut beforehand.
    pub passages: &'a Path,
    /// How many threads write.
    pub threads: usize,
}

/// A program that builds and opens indexes.
pub trait Peer {
    /// Its name in the table.
    fn name(&self) -> &'static str;

    /// Its version.
    fn version(&self) -> String;

    /// The command that builds an index in a folder that is not there yet.
    fn build(&self, source: Source<'_>, index: &Path) -> Command;

    /// What the index takes, in bytes.
    fn size(&self, index: &Path) -> Result<u64> {
        folder_size(index)
    }

    /// Whether queries with facets are answered.
    fn has_facets(&self) -> bool {
        false
    }

    /// Opens an index.
    fn open(&self, index: &Path) -> Result<Box<dyn Engine>>;

    /// The command that answers one query in a process of its own.
    fn ask(&self, index: &Path, query: &Query) -> Result<Command>;

    /// Answers each query once for warm-up and then `runs` times.
    fn time(&self, index: &Path, queries: &[Query], runs: usize) -> Result<Timed> {
        let mut engine = self.open(index)?;
        let mut timed = Timed::default();
        for query in queries {
            timed.empty += usize::from(engine.answer(query)?.is_empty());
            let mut took = Vec::with_capacity(runs);
            for _ in 0..runs {
                let start = Instant::now();
                std::hint::black_box(engine.answer(query)?);
                took.push(start.elapsed().as_secs_f64() * 1e3);
            }
            timed.milliseconds.push(took);
        }
        Ok(timed)
    }

    /// Answers queries with some threads, once for warm-up and then `runs`
    /// times; gives the queries a second of each run.
    fn batch(
        &self,
        index: &Path,
        queries: &[Query],
        threads: usize,
        runs: usize,
    ) -> Result<Vec<f64>> {
        let mut engines = (0..threads)
            .map(|_| self.open(index))
            .collect::<Result<Vec<_>>>()?;
        share(&mut engines, queries)?;
        let mut speeds = Vec::with_capacity(runs);
        for _ in 0..runs {
            let start = Instant::now();
            share(&mut engines, queries)?;
            speeds.push(queries.len() as f64 / start.elapsed().as_secs_f64());
        }
        Ok(speeds)
    }
}

/// An open index.
pub trait Engine: Send {
    /// The best passages of a query with their texts, best first, [`HITS`] at
    /// most.
    fn answer(&mut self, query: &Query) -> Result<Vec<String>>;
}

/// How long queries took.
#[derive(Debug, Default)]
pub struct Timed {
    /// For each query the milliseconds of each run.
    pub milliseconds: Vec<Vec<f64>>,
    /// How many queries found nothing.
    pub empty: usize,
}

/// Answers queries with a thread for each engine; each takes the next query
/// as soon as it is free.
fn share(engines: &mut [Box<dyn Engine>], queries: &[Query]) -> Result<()> {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let threads: Vec<_> = engines
            .iter_mut()
            .map(|engine| {
                scope.spawn(|| -> Result<()> {
                    while let Some(query) = queries.get(next.fetch_add(1, Ordering::Relaxed)) {
                        std::hint::black_box(engine.answer(query)?);
                    }
                    Ok(())
                })
            })
            .collect();
        threads
            .into_iter()
            .try_for_each(|t| t.join().expect("a thread that does not panic"))
    })
}

/// The engines that are built into this program, by name.
pub fn built_in(name: &str) -> Option<&'static dyn BuiltIn> {
    match name {
        tantivy::NAME => Some(&tantivy::Tantivy),
        fts5::NAME => Some(&fts5::Fts5),
        _ => None,
    }
}

/// An engine whose index this program writes itself, in a process of its own.
pub trait BuiltIn: Peer {
    /// Writes an index of passages into a folder that is not there yet.
    fn write(&self, passages: &Path, index: &Path, threads: usize) -> Result<()>;
}

/// The command that has this program write the index of an engine.
fn build_here(name: &str, source: Source<'_>, index: &Path) -> Command {
    let mut command = Command::new(this_program());
    command
        .args(["build", name])
        .arg(source.passages)
        .arg(index)
        .arg(source.threads.to_string());
    command
}

/// The command that has this program ask an engine one query.
fn ask_here(name: &str, index: &Path, query: &Query) -> Result<Command> {
    let mut command = Command::new(this_program());
    command
        .args(["ask", name])
        .arg(index)
        .arg(serde_json::to_string(query)?);
    Ok(command)
}

fn this_program() -> PathBuf {
    std::env::current_exe().expect("the path of this program")
}

fn folder_size(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in WalkDir::new(folder) {
        let entry = entry.context("an index that cannot be read")?;
        if entry.file_type().is_file() {
            bytes += entry.metadata()?.len();
        }
    }
    Ok(bytes)
}
