//! What to say where nothing was found: which filter or word emptied the
//! result, and what there is without it.

use tantivy::collector::Count;
use tantivy::query::Query;

use super::facets::count_facets;
use super::hits::{SearchRequest, engine_query};
use crate::error::Result;
use crate::index::open::unreadable;
use crate::index::tokenizer::is_plain_term;
use crate::index::{FacetName, OpenIndex};
use crate::query::compile;
use crate::query::{Filters, Node, NodeKind, Slot, Term};

/// Why nothing was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Nothing {
    /// How many passages match without any filter.
    pub without_filters: u64,
    /// The filters whose removal alone gives passages.
    pub emptied_by: Vec<EmptiedBy>,
    /// Words that the index does not hold.
    pub unknown_words: Vec<UnknownWord>,
    /// How many passages, without filters, each word or phrase of the query
    /// matches alone; given where the whole query matches none.
    pub alone: Vec<(String, u64)>,
    /// Phrases that match nowhere though some passages hold all their words:
    /// the phrase and how many.
    pub scattered: Vec<(String, u64)>,
}

/// A filter that emptied the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmptiedBy {
    /// The facet filtered by.
    pub facet: FacetName,
    /// The filter's values.
    pub values: Vec<String>,
    /// How many passages match without it.
    pub total: u64,
    /// These passages by that facet.
    pub counts: Vec<(String, u64)>,
}

/// A word that the index does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    /// The word as typed.
    pub word: String,
    /// Words of the index that are spelled nearly so, best first.
    pub neighbours: Vec<String>,
}

/// Explains an empty result.
///
/// # Errors
/// A damaged index.
pub fn explain_nothing(index: &OpenIndex, request: &SearchRequest) -> Result<Nothing> {
    let query = engine_query(index, request.query.as_ref())?;
    let mut nothing = Nothing {
        without_filters: count(index, &*query)?,
        ..Nothing::default()
    };
    if nothing.without_filters > 0 {
        for facet in request.filters.facets() {
            if let Some(emptied) = emptied_by(index, &*query, &request.filters, facet)? {
                nothing.emptied_by.push(emptied);
            }
        }
        return Ok(nothing);
    }
    let Some(parsed) = &request.query else {
        return Ok(nothing);
    };
    let terms = parsed.tree.positive_terms();
    for (term, span) in &terms {
        for word in unknown_words(index, term)? {
            if nothing.unknown_words.iter().all(|u| u.word != word.word) {
                nothing.unknown_words.push(word);
            }
        }
        let node = Node {
            kind: NodeKind::Term((*term).clone()),
            span: (*span).clone(),
        };
        let alone = count(index, &*compile(&node, &parsed.text, index)?)?;
        let name = node.to_string();
        if alone == 0 && term.slots.len() > 1 {
            let together = count(index, &*compile(&loose(&node, term), &parsed.text, index)?)?;
            if together > 0 {
                nothing.scattered.push((name.clone(), together));
            }
        }
        if terms.len() > 1 {
            nothing.alone.push((name, alone));
        }
    }
    Ok(nothing)
}

fn count(index: &OpenIndex, query: &dyn Query) -> Result<u64> {
    Ok(index.searcher.search(query, &Count).map_err(unreadable)? as u64)
}

fn emptied_by(
    index: &OpenIndex,
    query: &dyn Query,
    filters: &Filters,
    facet: FacetName,
) -> Result<Option<EmptiedBy>> {
    let rest = filters.without(facet);
    let total = count(index, &*rest.narrow(query.box_clone(), index))?;
    if total == 0 {
        return Ok(None);
    }
    let mut counts = count_facets(index, query, filters, &[facet])?;
    let shown =
        |side: &std::collections::BTreeMap<FacetName, Vec<crate::query::filter::FilterValue>>| {
            side.get(&facet)
                .map(|v| v.iter().map(|v| v.shown.clone()).collect::<Vec<_>>())
                .unwrap_or_default()
        };
    let not = shown(&filters.not).into_iter().map(|v| format!("not {v}"));
    let values = shown(&filters.only).into_iter().chain(not).collect();
    Ok(Some(EmptiedBy {
        facet,
        values,
        total,
        counts: counts.remove(&facet).unwrap_or_default(),
    }))
}

/// A term's words, each for itself.
fn loose(node: &Node, term: &Term) -> Node {
    let words = term.slots.iter().map(|slot| Node {
        kind: NodeKind::Term(Term {
            slots: vec![slot.clone()],
            ..term.clone()
        }),
        span: node.span.clone(),
    });
    Node {
        kind: NodeKind::And(words.collect()),
        span: node.span.clone(),
    }
}

/// How many neighbours a word gets.
const NEIGHBOURS: usize = 3;

fn unknown_words(index: &OpenIndex, term: &Term) -> Result<Vec<UnknownWord>> {
    let mut unknown = Vec::new();
    for slot in &term.slots {
        let alone = Node {
            kind: NodeKind::Term(Term {
                slots: vec![slot.clone()],
                ..term.clone()
            }),
            span: 0..0,
        };
        if count(index, &*compile(&alone, "", index)?)? > 0 {
            continue;
        }
        let word = match slot {
            Slot::Word(word) => word,
            Slot::Compound { joined, .. } => joined,
        };
        unknown.push(UnknownWord {
            word: word.clone(),
            neighbours: neighbours(index, word)?,
        });
    }
    Ok(unknown)
}

/// The words of the index nearest to `word`: one edit for words up to five
/// letters, two for longer ones; the nearest first, then the most frequent.
fn neighbours(index: &OpenIndex, word: &str) -> Result<Vec<String>> {
    let letters = word.chars().count();
    let allowed = if letters <= 5 { 1 } else { 2 };
    let inverted = index
        .segment()
        .inverted_index(index.fields.exact)
        .map_err(unreadable)?;
    let mut terms = inverted.terms().stream().map_err(unreadable)?;
    let mut found: Vec<(usize, std::cmp::Reverse<u32>, String)> = Vec::new();
    while terms.advance() {
        let Ok(term) = std::str::from_utf8(terms.key()) else {
            continue;
        };
        if !is_plain_term(term) || term.len().abs_diff(word.len()) > 2 * allowed {
            continue;
        }
        let edits = strsim::damerau_levenshtein(word, term);
        if edits <= allowed && edits > 0 {
            found.push((
                edits,
                std::cmp::Reverse(terms.value().doc_freq),
                term.to_owned(),
            ));
        }
    }
    found.sort();
    Ok(found.into_iter().take(NEIGHBOURS).map(|f| f.2).collect())
}
