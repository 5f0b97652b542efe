//! The passages that may hold a quotation, by the index.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use tantivy::DocId;

use super::quote::{Quote, QuoteWord};
use crate::error::Result;
use crate::index::{IndexPart, OpenIndex};
use crate::query::{Filters, Form, Node, NodeKind, Parsed, PassageQuery, Plan, Slot, Term, Word};
use crate::search::Matches;

/// The most words of a phrase that is looked up: what stands behind them is
/// decided on the text.
const PHRASE: usize = 48;
/// How many words of a quotation are looked up as a phrase where the whole is
/// not found: with 4, a quotation of 9 words with one of them altered has a
/// whole window wherever that is.
const WINDOW: usize = 4;
/// The most windows of a quotation that are looked up.
const WINDOWS: usize = 12;
/// How many of the rarest words of a quotation are looked up one by one.
const RAREST: usize = 8;
/// How many passages are taken by windows, and as many by rare words.
const BEST: usize = 12;
/// How many words are weighed by one query, which may hold so many.
const WEIGHED: usize = 512;

/// All passages that hold the words of a piece of a quotation side by side, in
/// order of id.
pub(super) fn holding(index: &OpenIndex, quote: &Quote, piece: Range<usize>) -> Result<Vec<DocId>> {
    let piece = piece.start..piece.end.min(piece.start + PHRASE);
    let query = parsed(phrase(quote, piece));
    let found = Matches::of(index, Some(&query), &Filters::default())?;
    Ok(found.docs().to_vec())
}

/// The passages that have most of a quotation's runs of words, and of its rare
/// words, the best first.
pub(super) fn nearest(index: &OpenIndex, quote: &Quote) -> Result<Vec<DocId>> {
    let weights = weights(index, quote)?;
    let mut docs = best(index, any(windows(quote, &weights)))?;
    for doc in best(index, any(rarest(quote, &weights)))? {
        if !docs.contains(&doc) {
            docs.push(doc);
        }
    }
    Ok(docs)
}

fn best(index: &OpenIndex, tree: Option<Node>) -> Result<Vec<DocId>> {
    let Some(tree) = tree else {
        return Ok(Vec::new());
    };
    let plan = Plan::new(&tree, "", index)?;
    let (_, best) = PassageQuery::new(plan, index).best(index, BEST)?;
    Ok(best.into_iter().map(|(_, doc)| doc).collect())
}

/// How rare each word of a quotation is (its inverse document frequency); 0
/// where the index does not hold it.
fn weights(index: &OpenIndex, quote: &Quote) -> Result<Vec<f32>> {
    let mut held: HashMap<String, f32> = HashMap::new();
    for words in different(quote).chunks(WEIGHED) {
        let nodes = words.iter().map(|i| phrase(quote, *i..i + 1)).collect();
        let Some(tree) = any(nodes) else { continue };
        let plan = Plan::new(&tree, "", index)?;
        held.extend(plan.leaves.iter().filter_map(|leaf| {
            let term = leaf.expansion.terms.first()?;
            Some((term.word().to_owned(), leaf.idf))
        }));
    }
    let weight = |word: &QuoteWord| held.get(&word.folded).copied();
    let weights = quote.words.iter().map(|word| weight(word).unwrap_or(0.0));
    Ok(weights.collect())
}

/// The words of a quotation, each once.
fn different(quote: &Quote) -> Vec<usize> {
    let mut seen = HashSet::new();
    let words = 0..quote.len();
    words
        .filter(|i| seen.insert(quote.words[*i].folded.as_str()))
        .collect()
}

/// Windows of words that stand side by side, spread over the quotation; of those
/// near each other the one with the rarest words, which is the quickest to find
/// and says most.
fn windows(quote: &Quote, weights: &[f32]) -> Vec<Node> {
    let pieces = quote.pieces().into_iter();
    let all: Vec<Range<usize>> = pieces
        .flat_map(|piece| {
            let last = piece.end.saturating_sub(WINDOW).max(piece.start);
            (piece.start..=last).map(move |start| start..piece.end.min(start + WINDOW))
        })
        .filter(|window| window.len() > 1 && weights[window.clone()].iter().all(|w| *w > 0.0))
        .collect();
    let group = all.len().div_ceil(WINDOWS).max(1);
    let weight = |window: &&Range<usize>| weights[(*window).clone()].iter().sum::<f32>();
    let rarest = all
        .chunks(group)
        .filter_map(|near| near.iter().max_by(|a, b| weight(a).total_cmp(&weight(b))));
    rarest.map(|window| phrase(quote, window.clone())).collect()
}

/// The rarest words of a quotation that the index holds.
fn rarest(quote: &Quote, weights: &[f32]) -> Vec<Node> {
    let mut words = different(quote);
    words.retain(|i| weights[*i] > 0.0);
    words.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]).then(a.cmp(b)));
    words.truncate(RAREST);
    words.into_iter().map(|i| phrase(quote, i..i + 1)).collect()
}

/// Words side by side, in any letter case.
fn phrase(quote: &Quote, words: Range<usize>) -> Node {
    let words = &quote.words[words];
    let slot = |form: &String| {
        Slot::Word(Word::Plain {
            form: form.clone(),
            printed: None,
        })
    };
    let typed: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    Node {
        kind: NodeKind::Term(Term {
            slots: words.iter().map(|word| slot(&word.folded)).collect(),
            form: Form::Exact,
            slop: 0,
            typed: typed.join(" "),
            part: IndexPart::Passages,
        }),
        span: 0..0,
    }
}

fn any(mut nodes: Vec<Node>) -> Option<Node> {
    match nodes.len() {
        0 | 1 => nodes.pop(),
        _ => Some(Node {
            kind: NodeKind::Or(nodes),
            span: 0..0,
        }),
    }
}

fn parsed(tree: Node) -> Parsed {
    Parsed {
        text: String::new(),
        tree,
        ignored: Vec::new(),
        mixed: false,
        added: Vec::new(),
        part: IndexPart::Passages,
    }
}
