//! A concordance: a line for every match of a query, the key word in its
//! context.

mod context;
mod order;

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use tantivy::DocId;

use super::draw::draw;
use crate::error::Result;
use crate::index::OpenIndex;
use crate::report::Passage;
use crate::search::{Hit, Matches};
use crate::text::span::in_code_points;
use context::{bounds, clipped, sentences_of};
use order::{Keyed, keyed, order};

pub use order::{KwicSort, SORT_WORDS};

/// How many passages are read at once.
const AT_ONCE: usize = 512;

/// What a concordance shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConcordanceConfig {
    /// How many words on each side at most, as white space divides them; none
    /// for all of the passage or sentence.
    pub context: Option<usize>,
    /// Whether a context ends where the sentence of the match does.
    pub sentence: bool,
    /// The orders, the first before the others. What they leave equal is in
    /// order of passage id and place.
    pub sort: Vec<KwicSort>,
    /// How many lines are drawn, by which seed; none for all.
    pub sample: Option<(usize, u64)>,
    /// How many lines at most are given; none for all.
    pub limit: Option<usize>,
}

/// A concordance.
#[derive(Debug, Clone, PartialEq)]
pub struct Concordance {
    /// How many matches there are, shown or not.
    pub total: u64,
    /// How many passages they are in.
    pub passages: u64,
    /// How many lines were drawn, where a sample was asked for.
    pub drawn: Option<u64>,
    /// The lines, in order.
    pub lines: Vec<Line>,
}

/// A match in its context. The three parts put together are a part of the text
/// of its passage.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The passage.
    pub passage: Arc<Passage>,
    /// Where the match stands: half-open, in bytes of the text.
    pub at: Range<usize>,
    /// The context: half-open, in bytes of the text; it holds the match.
    pub context: Range<usize>,
}

impl Line {
    /// The text before the match.
    pub fn left(&self) -> &str {
        &self.passage.text[self.context.start..self.at.start]
    }

    /// The match as printed.
    pub fn matched(&self) -> &str {
        &self.passage.text[self.at.clone()]
    }

    /// The text after the match.
    pub fn right(&self) -> &str {
        &self.passage.text[self.at.end..self.context.end]
    }

    /// Where the match stands: half-open, in code points of the text.
    pub fn code_points(&self) -> Range<usize> {
        let spans = in_code_points(&self.passage.text, std::slice::from_ref(&self.at));
        spans.into_iter().next().unwrap_or_default()
    }
}

/// The concordance of a query's matches.
///
/// A sample is drawn by the names of lines: the passage id and the code point
/// at which the match begins.
///
/// # Errors
/// A damaged index.
pub fn concordance(
    index: &OpenIndex,
    matches: &Matches<'_>,
    config: &ConcordanceConfig,
) -> Result<Concordance> {
    let mut found = matches.counted()?;
    found.retain(|m| m.hits > 0);
    let total = found.iter().map(|m| u64::from(m.hits)).sum();
    let passages = found.len() as u64;
    let mut keyed = keyed(index, matches, &found, config)?;
    let drawn = config.sample.map(|(number, seed)| {
        keyed = draw(&keyed, number, seed, |line| line.name.to_string());
        keyed.len() as u64
    });
    keyed.sort_by(|a, b| order(a, b, &config.sort));
    keyed.truncate(config.limit.unwrap_or(usize::MAX));
    Ok(Concordance {
        total,
        passages,
        drawn,
        lines: lines(matches, &keyed, config)?,
    })
}

/// The lines of matches in their order.
fn lines(matches: &Matches<'_>, keyed: &[Keyed], config: &ConcordanceConfig) -> Result<Vec<Line>> {
    // Passages are read in order, each once.
    let mut docs: Vec<DocId> = keyed.iter().map(|line| line.doc).collect();
    docs.sort_unstable();
    docs.dedup();
    let chunks: Result<Vec<Vec<Vec<Line>>>> = docs
        .par_chunks(AT_ONCE)
        .map(|docs| {
            let hits = matches.hits(docs)?.into_iter();
            Ok(hits.map(|hit| lines_of(hit, config)).collect())
        })
        .collect();
    let by_doc: Vec<Vec<Line>> = chunks?.into_iter().flatten().collect();
    let line = |keyed: &Keyed| {
        let at = docs.binary_search(&keyed.doc).ok()?;
        by_doc[at].get(keyed.number).cloned()
    };
    Ok(keyed.iter().filter_map(line).collect())
}

fn lines_of(hit: Hit, config: &ConcordanceConfig) -> Vec<Line> {
    let passage = Arc::new(hit.passage);
    let text = &passage.text;
    let sentences = sentences_of(text, config);
    let line = |at: Range<usize>| {
        let bounds = bounds(text, &at, &sentences);
        let context = match config.context {
            Some(words) => clipped(text, &at, bounds, words),
            None => bounds,
        };
        Line {
            passage: Arc::clone(&passage),
            at,
            context,
        }
    };
    hit.highlights.into_iter().map(line).collect()
}
