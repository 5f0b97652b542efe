//! What is new about a saved search since its mark.

use std::collections::HashSet;

use super::{Mark, Ready};
use crate::desk::receipt::typed_filters;
use crate::desk::{Difference, Found, changes};
use crate::error::Result;
use crate::index::OpenIndex;
use crate::search::{Hit, Matches};

/// What is new about a saved search.
#[derive(Debug, Clone, PartialEq)]
pub struct News {
    /// The name of the search.
    pub name: String,
    /// Its query; none where all that the filters leave is meant.
    pub query: Option<String>,
    /// When it was last looked at, RFC 3339, UTC; none at the first time.
    pub since: Option<String>,
    /// Whether the search itself is another than then.
    pub asks_otherwise: bool,
    /// Whether the corpus is the same as then.
    pub same_corpus: bool,
    /// How many passages it finds now.
    pub passages: usize,
    /// How the passages differ from those of then; none at the first time.
    pub difference: Difference,
    /// The new passages, in order of id.
    pub new: Vec<Hit>,
    /// The passages that say something else now, in order of id.
    pub changed: Vec<Hit>,
}

/// What is new about a search since its mark, and the mark of now.
///
/// # Errors
/// A query that cannot be run on the index, or a damaged index.
pub fn news(index: &OpenIndex, ready: &Ready<'_>, last: Option<&Mark>) -> Result<(News, Mark)> {
    let matches = Matches::of(index, ready.query.as_ref(), &ready.filters)?;
    let found = Found::of(index, matches.docs())?;
    let search = ready.search;
    let filters = typed_filters(&search.filters);
    let corpus = index.manifest.corpus_digest.clone();
    let mark = Mark::now(
        search.query.clone(),
        ready.reading.clone(),
        filters,
        corpus,
        found,
    );
    let difference = last.map(|last| changes(&last.found, &mark.found, index));
    let difference = difference.transpose()?.unwrap_or_default();
    let news = News {
        name: ready.name.to_owned(),
        query: search.query.clone(),
        since: last.map(|last| last.date.clone()),
        asks_otherwise: last.is_some_and(|last| !last.asks_the_same(&mark)),
        same_corpus: last.is_none_or(|last| last.corpus == mark.corpus),
        passages: mark.found.len(),
        new: hits_of(index, &matches, &difference.new)?,
        changed: hits_of(index, &matches, &difference.changed)?,
        difference,
    };
    Ok((news, mark))
}

/// The passages of ids as hits, in order of id.
fn hits_of(index: &OpenIndex, matches: &Matches<'_>, ids: &[String]) -> Result<Vec<Hit>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: HashSet<&str> = ids.iter().map(String::as_str).collect();
    let mut reader = index.passages();
    let mut docs = Vec::new();
    for doc in matches.docs() {
        if ids.contains(reader.passage(*doc)?.id.to_string().as_str()) {
            docs.push(*doc);
        }
    }
    matches.hits(&docs)
}
