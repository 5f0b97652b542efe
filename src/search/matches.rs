//! All passages of a query, not the best alone: what counts, tables and samples
//! are made of.

use tantivy::DocId;
use tantivy::collector::DocSetCollector;
use tantivy::columnar::Column;

use super::hits::{Hit, PatternWords, hits, pattern_words, plan_of};
use super::parts::passages_only;
use crate::error::Result;
use crate::index::OpenIndex;
use crate::index::open::unreadable;
use crate::query::matcher::Extent;
use crate::query::{Filters, Parsed, PassageQuery};

/// A passage that matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// The passage, by its place in the order of ids.
    pub doc: DocId,
    /// How often it matches: how many highlights it has.
    pub hits: u32,
}

/// All passages of a query.
pub struct Matches<'i> {
    index: &'i OpenIndex,
    query: PassageQuery,
    /// The passages, in order of id.
    docs: Vec<DocId>,
    /// The patterns of the query with the words they stood for.
    pub expansions: Vec<PatternWords>,
}

impl<'i> Matches<'i> {
    /// The passages of a query within filters; without a query all that the
    /// filters leave.
    ///
    /// # Errors
    /// A query that cannot be run on the index, or a damaged index.
    pub fn of(index: &'i OpenIndex, query: Option<&Parsed>, filters: &Filters) -> Result<Self> {
        passages_only(query)?;
        let plan = plan_of(index, query)?;
        let expansions = pattern_words(&plan);
        let query = PassageQuery::new(plan.narrowed(filters, index), index);
        let found = index.searcher.search(&query, &DocSetCollector);
        let found = found.map_err(unreadable)?.into_iter();
        let mut docs: Vec<DocId> = found.map(|at| at.doc_id).collect();
        docs.sort_unstable();
        Ok(Matches {
            index,
            query,
            docs,
            expansions,
        })
    }

    /// The passages, in order of id.
    pub fn docs(&self) -> &[DocId] {
        &self.docs
    }

    /// The passages with how often each matches, in order of id.
    ///
    /// # Errors
    /// A damaged index.
    pub fn counted(&self) -> Result<Vec<Match>> {
        let mut looker = self.query.looker(self.index)?;
        let root = &self.query.plan().root;
        let mut count = |doc| Match {
            doc,
            hits: looker.look(doc).lit(root).map_or(0, |lit| lit.len() as u32),
        };
        Ok(self.docs.iter().map(|doc| count(*doc)).collect())
    }

    /// What lights up in each of the passages, in order of id: ranges of word
    /// positions, in order, that never overlap.
    ///
    /// # Errors
    /// A damaged index.
    pub fn lit(&self) -> Result<Vec<(DocId, Vec<Extent>)>> {
        let mut looker = self.query.looker(self.index)?;
        let root = &self.query.plan().root;
        let mut lit = |doc| (doc, looker.look(doc).lit(root).unwrap_or_default());
        Ok(self.docs.iter().map(|doc| lit(*doc)).collect())
    }

    /// Some of the passages as hits, ranked from 1 as they come.
    ///
    /// # Errors
    /// A damaged index.
    pub fn hits(&self, docs: &[DocId]) -> Result<Vec<Hit>> {
        let docs: Vec<_> = docs.iter().map(|doc| (None, *doc)).collect();
        hits(self.index, &self.query, &docs, 0)
    }
}

/// What the index tells of every passage without reading its text.
pub struct Columns {
    report: Column<u64>,
    place: Column<u64>,
    words: Column<u64>,
}

impl Columns {
    /// The columns of an index.
    ///
    /// # Errors
    /// A damaged index.
    pub fn of(index: &OpenIndex) -> Result<Self> {
        let columns = index.segment().fast_fields();
        Ok(Columns {
            report: columns.u64("report").map_err(unreadable)?,
            place: columns.u64("place").map_err(unreadable)?,
            words: columns.u64("words").map_err(unreadable)?,
        })
    }

    /// The report of a passage, by its place in
    /// [`OpenIndex::reports`].
    pub fn report(&self, doc: DocId) -> usize {
        self.report.first(doc).unwrap_or_default() as usize
    }

    /// The place of a passage in the text of its report, from 0.
    pub fn place(&self, doc: DocId) -> u64 {
        self.place.first(doc).unwrap_or_default()
    }

    /// How many words a passage has, the parts of a compound counted one by one.
    pub fn words(&self, doc: DocId) -> u64 {
        self.words.first(doc).unwrap_or_default()
    }
}
