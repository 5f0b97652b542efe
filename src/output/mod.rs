//! Hits to text, JSON, CSV and TREC run lines. Writers take `io::Write`; what
//! they write has a shape of its own, apart from the values of the search.

pub mod agreement;
pub mod batch;
pub mod cells;
mod changes;
pub mod chart;
pub mod coding;
pub mod compare;
pub mod excerpt;
mod facts;
pub mod json;
pub mod kwic;
pub mod ledger;
pub mod levels;
mod markup;
pub mod methods;
pub mod origin;
pub mod pack;
pub mod paint;
mod publication;
pub mod receipt;
pub mod resolved;
pub mod sample;
pub mod saved;
pub mod silence;
pub mod table;
pub mod text;
pub mod trec;
pub mod trend;
pub mod verify;
pub mod words;
mod workbook;

pub use paint::Paint;
