//! What a file that leaves pincite says of where it comes from: the question,
//! the corpus, the program, the day.

use jiff::civil::Date;

use crate::index::OpenIndex;
use crate::query::synonyms::Added;
use crate::query::{Filters, Parsed};
use crate::search::PatternWords;

/// Where the passages of a file come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Provenance {
    /// The query as typed; none where no query chose the passages.
    pub query: Option<String>,
    /// The query as understood.
    pub understood: Option<String>,
    /// What synonyms added to it.
    pub added: Vec<Added>,
    /// Its patterns with the words they stood for.
    pub expansions: Vec<PatternWords>,
    /// The filters.
    pub filters: Filters,
    /// The digest of the names and content hashes of all reports searched.
    pub corpus_digest: String,
    /// How many reports and passages were searched.
    pub searched: (u64, u64),
    /// The version of pincite.
    pub pincite: &'static str,
    /// The day the file was made.
    pub date: Date,
}

impl Provenance {
    /// The provenance of what an index answers on a day.
    pub fn new(
        index: &OpenIndex,
        query: Option<&Parsed>,
        filters: &Filters,
        expansions: &[PatternWords],
        date: Date,
    ) -> Self {
        let manifest = &index.manifest;
        Provenance {
            query: query.map(|q| q.text.clone()),
            understood: query.map(|q| q.tree.to_string()),
            added: query.map(|q| q.added.clone()).unwrap_or_default(),
            expansions: expansions.to_vec(),
            filters: filters.clone(),
            corpus_digest: manifest.corpus_digest.clone(),
            searched: (manifest.counts.reports, manifest.counts.passages),
            pincite: env!("CARGO_PKG_VERSION"),
            date,
        }
    }
}
