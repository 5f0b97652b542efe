//! What to say where nothing was found: which filter, negation or word emptied
//! the result, and what there is without it.

use std::collections::BTreeMap;

use super::facets::count_facets;
use super::hits::{SearchRequest, plan_of};
use super::parts::{best_headings, part_of};
use crate::error::Result;
use crate::index::open::unreadable;
use crate::index::{FacetName, IndexPart, OpenIndex};
use crate::query::filter::FilterValue;
use crate::query::{
    Filters, Form, Node, NodeKind, Parsed, PassageQuery, Plan, Slot, Term, Within, Word,
};
use crate::report::Passage;

/// Why nothing was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Nothing {
    /// How many passages match without any filter.
    pub without_filters: u64,
    /// The filters whose removal alone gives passages.
    pub emptied_by: Vec<EmptiedBy>,
    /// Where there is none such: the filters that leave no passage even
    /// without the others, with the counts without any filter.
    pub empty_alone: Vec<EmptiedBy>,
    /// Where only several filters together empty the result: how many passages
    /// each leaves alone.
    pub only_together: Vec<EmptiedBy>,
    /// What is negated, and how many passages match without the negations.
    pub negated: Option<(String, u64)>,
    /// Words that the index does not hold.
    pub unknown_words: Vec<UnknownWord>,
    /// How many passages each word or phrase of the query matches alone, where
    /// the query has several and no passage holds what it asks for.
    pub alone: Vec<(String, u64)>,
    /// Whether the query asks for all its words and phrases, and no more.
    pub asks_for_all: bool,
    /// Phrases that match nowhere though some passages hold all their words:
    /// the phrase and how many.
    pub scattered: Vec<Scattered>,
    /// What was searched.
    pub part: IndexPart,
    /// How many headings match within the filters.
    pub headings: u64,
    /// The best of them, at most three.
    pub best_headings: Vec<Passage>,
}

/// How many headings are named.
const HEADINGS: usize = 3;

/// What passages hold the words of, though not as they are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scattered {
    /// The phrase or proximity as it prints itself.
    pub asked: String,
    /// What its words are not.
    pub lacking: Lacking,
    /// How many passages hold the words.
    pub passages: u64,
}

/// How words do not stand that a phrase or proximity asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacking {
    /// Side by side, in order.
    SideBySide,
    /// Within so many words.
    Near,
    /// In one sentence.
    OneSentence,
    /// In the order asked for.
    InOrder,
}

/// A filter that emptied the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmptiedBy {
    /// The facet filtered by; none for the filter `strict`.
    pub facet: Option<FacetName>,
    /// The filter's values that are kept.
    pub only: Vec<String>,
    /// The filter's values that are left out.
    pub not: Vec<String>,
    /// How many passages match without it (with it alone, in
    /// [`Nothing::only_together`]).
    pub total: u64,
    /// The passages without it by that facet.
    pub counts: Vec<(String, u64)>,
}

/// A word that the index does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    /// The word, folded.
    pub word: String,
    /// Words of the index that are spelled nearly so, best first.
    pub neighbours: Vec<String>,
}

/// Explains an empty result.
///
/// # Errors
/// A damaged index.
pub fn explain_nothing(index: &OpenIndex, request: &SearchRequest) -> Result<Nothing> {
    let best = best_headings(index, request, HEADINGS)?;
    let index = part_of(index, request.query.as_ref())?;
    let plan = plan_of(index, request.query.as_ref())?;
    let mut nothing = Nothing {
        without_filters: count(index, plan.clone())?,
        part: request.part(),
        headings: best.total,
        best_headings: best.hits.into_iter().map(|hit| hit.passage).collect(),
        ..Nothing::default()
    };
    if nothing.without_filters > 0 {
        explain_filters(index, &plan, &request.filters, &mut nothing)?;
    } else if let Some(parsed) = &request.query {
        explain_query(index, parsed, &mut nothing)?;
    }
    Ok(nothing)
}

fn count(index: &OpenIndex, plan: Plan) -> Result<u64> {
    Ok(PassageQuery::new(plan, index).best(index, 0)?.0)
}

fn explain_filters(
    index: &OpenIndex,
    plan: &Plan,
    filters: &Filters,
    nothing: &mut Nothing,
) -> Result<()> {
    let explained = |facet: Option<FacetName>, kept: &Filters| -> Result<EmptiedBy> {
        let total = count(index, plan.narrowed(kept, index))?;
        let mut counts = count_facets(index, plan, kept, facet.as_slice())?;
        let shown = |side: &BTreeMap<FacetName, Vec<FilterValue>>| -> Vec<String> {
            let values = facet.and_then(|facet| side.get(&facet));
            let values = values.into_iter().flatten();
            values.map(|v| v.shown.clone()).collect()
        };
        Ok(EmptiedBy {
            facet,
            only: shown(&filters.only),
            not: shown(&filters.not),
            total,
            counts: facet.and_then(|f| counts.remove(&f)).unwrap_or_default(),
        })
    };
    let without = |filters: &Filters, facet: Option<FacetName>| match facet {
        Some(facet) => filters.without(facet),
        None => Filters {
            strict: false,
            ..filters.clone()
        },
    };
    let facets = filters.facets().into_iter().map(Some);
    let facets: Vec<Option<FacetName>> = facets.chain(filters.strict.then_some(None)).collect();
    for facet in &facets {
        let emptied = explained(*facet, &without(filters, *facet))?;
        if emptied.total > 0 {
            nothing.emptied_by.push(emptied);
        }
    }
    if !nothing.emptied_by.is_empty() {
        return Ok(());
    }
    for facet in &facets {
        let others = facets.iter().filter(|f| *f != facet);
        let alone = others.fold(filters.clone(), |kept, other| without(&kept, *other));
        let left = count(index, plan.narrowed(&alone, index))?;
        if left == 0 {
            nothing
                .empty_alone
                .push(explained(*facet, &Filters::default())?);
        } else {
            nothing.only_together.push(explained(*facet, &alone)?);
        }
    }
    Ok(())
}

fn explain_query(index: &OpenIndex, parsed: &Parsed, nothing: &mut Nothing) -> Result<()> {
    let matching = |node: &Node| count(index, Plan::new(node, &parsed.text, index)?);
    let negated = parsed.tree.negated();
    if !negated.is_empty()
        && let Some(positive) = parsed.tree.without_negations()
    {
        let without = matching(&positive)?;
        if without > 0 {
            let shown: Vec<String> = negated.iter().map(|n| format!("{n}")).collect();
            nothing.negated = Some((shown.join(" "), without));
            return Ok(());
        }
    }
    let is_term = |node: &Node| matches!(node.kind, NodeKind::Term(_));
    nothing.asks_for_all = matches!(&parsed.tree.kind, NodeKind::And(nodes) if nodes.iter().all(|node| is_term(node) || node.is_optional()));
    let asked = asked_for(&parsed.tree);
    for node in &asked {
        let unknown_before = nothing.unknown_words.len();
        if let NodeKind::Term(term) = &node.kind {
            for slot in &term.slots {
                if matching(&one_slot(term, slot))? == 0 {
                    unknown_words(index, slot, term, nothing)?;
                }
            }
        }
        let alone = matching(node)?;
        let name = node.to_string();
        if alone == 0
            && let Some((parts, lacking)) = apart(node)
        {
            let passages = matching(&parts)?;
            if passages > 0 {
                nothing.scattered.push(Scattered {
                    asked: name.clone(),
                    lacking,
                    passages,
                });
            }
        }
        // A word that is told as unknown need not be told again.
        let told = alone == 0 && nothing.unknown_words.len() > unknown_before;
        if asked.len() > 1 && !told && nothing.alone.iter().all(|(n, _)| *n != name) {
            nothing.alone.push((name, alone));
        }
    }
    Ok(())
}

/// The words, phrases, proximities, counts and fields that a query asks for,
/// but what it negates.
fn asked_for(node: &Node) -> Vec<&Node> {
    let below = || node.children().into_iter().flat_map(asked_for);
    match &node.kind {
        NodeKind::Not(_) | NodeKind::Maybe(_) => Vec::new(),
        NodeKind::Term(_) | NodeKind::Field(_) => vec![node],
        NodeKind::Near(_) | NodeKind::AtLeast(..) => [node].into_iter().chain(below()).collect(),
        _ => below().collect(),
    }
}

/// What a phrase or proximity asks for, wherever it stands, and what it asks
/// of it; none for a single word.
fn apart(node: &Node) -> Option<(Node, Lacking)> {
    let (parts, lacking) = match &node.kind {
        NodeKind::Term(term) if term.slop == 0 => (words_of(term), Lacking::SideBySide),
        NodeKind::Term(term) => (words_of(term), Lacking::Near),
        NodeKind::Near(near) => (
            vec![(*near.left).clone(), (*near.right).clone()],
            match near.within {
                Within::Words(_) => Lacking::Near,
                Within::Sentence => Lacking::OneSentence,
                Within::Passage => Lacking::InOrder,
            },
        ),
        _ => return None,
    };
    let together = Node {
        kind: NodeKind::And(parts),
        span: 0..0,
    };
    (together.children().len() > 1).then_some((together, lacking))
}

fn one_slot(term: &Term, slot: &Slot) -> Node {
    let term = Term {
        slots: vec![slot.clone()],
        slop: 0,
        ..term.clone()
    };
    Node {
        kind: NodeKind::Term(term),
        span: 0..0,
    }
}

/// A term's words, each for itself.
fn words_of(term: &Term) -> Vec<Node> {
    let words = term.slots.iter().flat_map(|slot| match slot {
        Slot::Word(word) => vec![word.clone()],
        Slot::Compound { parts, .. } => parts.clone(),
    });
    words
        .map(|word| one_slot(term, &Slot::Word(word)))
        .collect()
}

/// How many neighbours a word gets.
const NEIGHBOURS: usize = 3;
/// For how many words neighbours are looked up.
const LOOKED_UP: usize = 10;

/// Tells the words of a slot that the index does not hold: of a compound its
/// parts, and its joined form where that has neighbours.
fn unknown_words(index: &OpenIndex, slot: &Slot, term: &Term, nothing: &mut Nothing) -> Result<()> {
    for word in slot.words() {
        let node = one_slot(term, &Slot::Word(word.clone()));
        let known = count(index, Plan::new(&node, "", index)?)? > 0;
        let name = match (word, term.form) {
            (
                Word::Plain {
                    printed: Some(printed),
                    ..
                },
                Form::Printed,
            ) => printed.clone(),
            _ => word.to_string(),
        };
        if known || nothing.unknown_words.iter().any(|u| u.word == name) {
            continue;
        }
        // A look through all words of the index for each would take its time.
        let neighbours = match (word, nothing.unknown_words.len() < LOOKED_UP) {
            (Word::Plain { form, .. }, true) => neighbours(index, form)?,
            _ => Vec::new(),
        };
        let joined = matches!(slot, Slot::Compound { joined, .. } if joined == word);
        if !joined || !neighbours.is_empty() {
            nothing.unknown_words.push(UnknownWord {
                word: name,
                neighbours,
            });
        }
    }
    Ok(())
}

/// The words of the index nearest to `word`: one edit for words of three to
/// five letters, two for longer ones, none for shorter; the nearest first, then the most frequent.
fn neighbours(index: &OpenIndex, word: &str) -> Result<Vec<String>> {
    let letters = word.chars().count();
    let allowed = match letters {
        0..=2 => return Ok(Vec::new()),
        3..=5 => 1,
        _ => 2,
    };
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
        // The joined form of a compound is a word to readers.
        let term = term.split_once('-').map_or(term, |(word, _)| word);
        if term.len().abs_diff(word.len()) > 2 * allowed {
            continue;
        }
        let edits = strsim::damerau_levenshtein(word, term);
        if edits <= allowed && edits > 0 && found.iter().all(|f| f.2 != term) {
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
