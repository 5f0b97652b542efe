//! What researchers do with searches.

pub mod batch;
pub mod draw;
pub mod found;
pub mod receipt;
pub mod replay;
pub mod saved;

pub use batch::{BatchFormat, BatchItem, BatchQuery, read_batch, run_batch};
pub use found::{Difference, Found};
pub use receipt::{Receipt, Searched};
pub use replay::{Replayed, replay};
pub use saved::{Mark, News, SavedFile, SavedSearch};
