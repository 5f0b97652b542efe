//! Hits to text, JSON, CSV and TREC run lines. Writers take `io::Write`; what
//! they write has a shape of its own, apart from the values of the search.

pub mod excerpt;
pub mod json;
pub mod ledger;
pub mod methods;
pub mod origin;
pub mod paint;
pub mod receipt;
pub mod resolved;
pub mod saved;
pub mod table;
pub mod text;
pub mod trec;

pub use paint::Paint;
