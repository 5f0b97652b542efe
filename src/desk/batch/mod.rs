//! Batches: a file of queries, each with its own filters, run in parallel; and
//! what their results are together: counts, overlap, what changed.

mod earlier;
mod file;
mod kept;
mod line;
mod ordered;
mod overlap;
mod resume;
mod run;
mod since;
mod summary;
mod table;

use crate::error::Error;

pub use earlier::{Earlier, EarlierQuery};
pub use file::{BatchFormat, read_batch};
pub use kept::Keep;
pub use line::BatchQuery;
pub use overlap::{MOST_QUERIES, Overlap, OverlapSets};
pub use resume::{Before, Done, Fingerprint, ResultFile, state_path};
pub use run::{BatchConfig, BatchItem, Each, Job, Wanted, run_batch};
pub use since::{Compared, QueryDifference, Since};
pub use summary::{Summary, SummaryRow};

/// The error with the file and line it is about.
fn at_line(error: Error, name: &str, line: u64) -> Error {
    let place = format!("{name}:{line}");
    match error.snippet() {
        Some(_) => error.at(&place),
        None => error.with_snippet(&place, "", 0..0),
    }
}
