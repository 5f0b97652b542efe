//! pincite: a search engine over policy reports that answers with ranked
//! passages, each with a pinpoint citation.
//!
//! The modules stand in the order in which data flows; each uses only those
//! above it ([`error`] is open to all). Indexing: [`fetch`](mod@fetch) downloads
//! reports, [`format`](mod@format) takes the lines out of files, [`read`] makes
//! reports of them, [`theme`] tags their passages, [`index`] writes them.
//! Answering: [`query`] makes a tree of what was typed, [`search`] finds its
//! passages, [`cite`] cites them, [`output`] prints them.

pub mod cite;
pub mod desk;
pub mod error;
pub mod fetch;
pub mod format;
pub mod index;
pub mod output;
pub mod query;
pub mod read;
pub mod report;
pub mod search;
pub mod text;
pub mod theme;
