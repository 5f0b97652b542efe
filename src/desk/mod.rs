//! What researchers do with searches.

pub mod agreement;
pub mod batch;
mod chain;
pub mod compare;
pub mod draw;
pub mod found;
pub mod old_ids;
pub mod origin;
pub mod pack;
pub mod provenance;
pub mod receipt;
pub mod replay;
pub mod resolve;
pub mod sample;
pub mod saved;
pub mod sheet;
pub mod verify;
pub mod collocates;
pub mod keyness;
pub mod kwic;
pub mod measures;

pub use batch::{BatchFormat, BatchItem, BatchQuery, read_batch, run_batch};
pub use collocates::{Collocate, Collocates, CollocatesConfig, collocates};
pub use found::{Difference, Found};
pub use old_ids::{NoId, OldId, read_old_ids};
pub use origin::{Edition, Origin, Reach, Saying, origins};
pub use provenance::Provenance;
pub use receipt::{Receipt, Searched};
pub use replay::{Replayed, replay};
pub use resolve::{Resolved, count_verdicts, resolve};
pub use saved::{Mark, News, SavedFile, SavedSearch};
pub use verify::{Draft, Quotation, Verified, read_draft, verify};
pub use keyness::{KeyWord, Keyness, KeynessConfig, keyness};
pub use kwic::{Concordance, ConcordanceConfig, KwicSort, Line, concordance};
