//! What researchers do with searches.

pub mod batch;

pub use batch::{BatchFormat, BatchItem, BatchQuery, read_batch, run_batch};
