//! Batches: a file of queries, each with its own filters, run in parallel.

mod file;
mod line;
mod run;
mod table;

use crate::error::Error;

pub use file::{BatchFormat, read_batch};
pub use line::BatchQuery;
pub use run::{BatchConfig, BatchItem, run_batch};

/// The error with the file and line it is about.
fn at_line(error: Error, name: &str, line: u64) -> Error {
    let place = format!("{name}:{line}");
    match error.snippet() {
        Some(_) => error.at(&place),
        None => error.with_snippet(&place, "", 0..0),
    }
}
