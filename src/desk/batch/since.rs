//! How what the queries of a batch find differs from what they found in an
//! earlier run.

use std::collections::HashSet;
use std::path::Path;

use super::{BatchItem, Earlier};
use crate::desk::{Difference, Found, changes};
use crate::error::Result;
use crate::index::OpenIndex;

/// How much of an earlier run can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// All that the query found.
    All,
    /// The passages that the file holds, which may not be all that matched:
    /// what is new cannot be told.
    Part,
    /// Nothing: the file does not hold the query.
    No,
}

impl Compared {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Compared::All => "all",
            Compared::Part => "part",
            Compared::No => "no",
        }
    }
}

/// How a query differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryDifference {
    /// Its id.
    pub id: String,
    /// The query as typed.
    pub query: String,
    /// The query as it was typed then, where it was another.
    pub query_before: Option<String>,
    /// Whether its filters were others then.
    pub other_filters: bool,
    /// How much could be compared.
    pub compared: Compared,
    /// How many passages matched then, where the file says it.
    pub before: Option<u64>,
    /// How many of them the file holds.
    pub held: u64,
    /// How many passages match now.
    pub now: u64,
    /// The passages; none is new where only a part was compared.
    pub difference: Difference,
}

/// How a batch differs from an earlier run.
#[derive(Debug)]
pub struct Since {
    /// The file of the earlier run.
    pub file: String,
    /// Whether the corpus was another then; none where the file does not say.
    pub other_corpus: Option<bool>,
    /// Whether the file is a table, which does not say how many passages
    /// matched.
    pub is_table: bool,
    /// The queries, in their order.
    pub queries: Vec<QueryDifference>,
    earlier: Earlier,
}

impl Since {
    /// Opens the file of an earlier run.
    ///
    /// # Errors
    /// As [`Earlier::open`].
    pub fn open(path: &Path, corpus_digest: &str) -> Result<Self> {
        let earlier = Earlier::open(path)?;
        Ok(Since {
            file: path.display().to_string(),
            other_corpus: earlier
                .corpus_digest()
                .map(|before| before != corpus_digest),
            is_table: earlier.is_table(),
            queries: Vec::new(),
            earlier,
        })
    }

    /// Compares a query with what it found then.
    ///
    /// # Errors
    /// A file that cannot be read any more, or a damaged index.
    pub fn add(&mut self, item: &BatchItem, now: &Found, index: &OpenIndex) -> Result<()> {
        let before = self.earlier.query(&item.id)?;
        let mut query = QueryDifference {
            id: item.id.clone(),
            query: item.parsed.text.clone(),
            query_before: None,
            other_filters: false,
            compared: Compared::No,
            before: None,
            held: 0,
            now: now.len() as u64,
            difference: Difference::default(),
        };
        if let Some(before) = before {
            query.compared = match before.is_whole() {
                true => Compared::All,
                false => Compared::Part,
            };
            query.difference = changes(&before.found, now, index)?;
            if query.compared == Compared::Part {
                query.difference.new.clear();
            }
            query.before = before.total;
            query.held = before.found.len() as u64;
            query.query_before = before.query.filter(|q| *q != query.query);
            let filters = before.filters;
            query.other_filters = filters.is_some_and(|f| f != item.filter_values());
        }
        self.queries.push(query);
        Ok(())
    }

    /// The ids of queries of the earlier run that were not answered in this.
    pub fn missing(&self) -> Vec<&str> {
        let now: HashSet<&str> = self.queries.iter().map(|q| q.id.as_str()).collect();
        let earlier = self.earlier.ids().into_iter();
        earlier.filter(|id| !now.contains(id)).collect()
    }
}
