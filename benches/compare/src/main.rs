//! pincite, built and queried beside its peers in one run; prints one Markdown
//! table with the machine, the versions, the spread and the ratios.
//!
//! Measured: from the same corpus every engine builds one index of one segment
//! (pincite from the files; the others from passages cut beforehand) and
//! answers the same queries, drawn from passages of the corpus by a seed. A
//! query is answered once for warm-up, then some times; told are the median
//! and the 99th percentile over the queries of the median of each.
//!
//! `cargo run --release -p pincite-compare -- run` takes the corpus that stands beside the
//! repository in `shared/corpus`; `--corpus DIR` another one, `--generated MB`
//! one that is made up from `--seed`. `--quick` shows in seconds that it works.

mod contest;
mod copies;
mod corpus;
mod draw;
mod machine;
mod measure;
mod peers;
mod queries;
mod report;
mod run;
mod table;

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

/// Builds and queries pincite beside its peers.
#[derive(Parser)]
struct Program {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Measure all engines and print the table
    Run(run::Options),
    /// Write a corpus that is made up from a seed
    Generate {
        /// The folder to write to
        folder: PathBuf,
        /// How large, in MB
        #[arg(long, default_value_t = 100)]
        megabytes: u64,
        /// The seed
        #[arg(long, default_value_t = SEED)]
        seed: u64,
    },
    /// Write the index of a built-in engine, from passages
    #[command(hide = true)]
    Build {
        engine: String,
        passages: PathBuf,
        index: PathBuf,
        threads: usize,
    },
    /// Print the answer of a built-in engine to a query in JSON
    #[command(hide = true)]
    Ask {
        engine: String,
        index: PathBuf,
        query: String,
    },
}

/// The seed where none is given.
const SEED: u64 = 2026;

fn main() -> Result<()> {
    match Program::parse().task {
        Task::Run(options) => {
            let report = run::run(&options)?;
            Ok(std::io::stdout().write_all(report.as_bytes())?)
        }
        Task::Generate {
            folder,
            megabytes,
            seed,
        } => {
            let summary = pincite_generate::generate(&folder, seed, megabytes)?;
            tell(&format!("{summary:?}"));
            Ok(())
        }
        Task::Build {
            engine,
            passages,
            index,
            threads,
        } => built_in(&engine)?.write(&passages, &index, threads),
        Task::Ask {
            engine,
            index,
            query,
        } => {
            let query = serde_json::from_str(&query)?;
            let texts = built_in(&engine)?.open(&index)?.answer(&query)?;
            Ok(std::io::stdout().write_all(texts.join("\n\n").as_bytes())?)
        }
    }
}

fn built_in(name: &str) -> Result<&'static dyn peers::BuiltIn> {
    peers::built_in(name).with_context(|| format!("there is no engine `{name}`"))
}

/// Writes a remark on how far it is to standard error.
fn tell(remark: &str) {
    // Remarks that cannot be written are of no use to anyone.
    let _ = writeln!(std::io::stderr(), "{remark}");
}
