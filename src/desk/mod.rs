//! What researchers do with searches.

pub mod batch;
pub mod draw;

pub use batch::{BatchFormat, BatchItem, BatchQuery, read_batch, run_batch};
