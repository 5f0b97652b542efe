//! What a query means, what it stands for, and why a passage matches or not.

use std::ops::Range;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED, Term as EngineTerm};

use super::hits::{PatternWords, SearchRequest, bytes_of, pattern_words, planned};
use super::parts::part_of;
use crate::error::{Error, ErrorKind, Result};
use crate::index::OpenIndex;
use crate::index::open::unreadable;
use crate::query::plan::{FeedbackWord, Unit};
use crate::query::rank::UnitScore;
use crate::query::synonyms::Added;
use crate::query::{Node, PassageQuery, Plan};
use crate::report::{Passage, PassageId};

/// A query explained.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The query as understood, on one line.
    pub understood: String,
    /// Whether it mixes operators that bind differently without parentheses.
    pub mixed: bool,
    /// What synonyms added.
    pub added: Vec<Added>,
    /// The parts of the query, each before those below it.
    pub parts: Vec<Part>,
    /// How many passages match within the filters.
    pub total: u64,
    /// The patterns with the words they stand for.
    pub expansions: Vec<PatternWords>,
    /// The words that feedback adds to the ranking.
    pub feedback: Vec<FeedbackWord>,
    /// One passage, where one was asked for.
    pub passage: Option<ExplainedPassage>,
}

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// How deep it lies; the whole query is at 0.
    pub depth: usize,
    /// The operator where it has parts of its own, else the part as it prints
    /// itself.
    pub label: String,
    /// How many passages match it, filters or not.
    pub passages: u64,
    /// Whether the passage asked for matches it, and how often it occurs there
    /// without overlaps, for parts that have places.
    pub here: Option<(bool, Option<u32>)>,
}

/// Why a passage matches or not.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedPassage {
    /// The passage.
    pub passage: Passage,
    /// Whether it matches the query.
    pub matches: bool,
    /// Whether the filters let it through.
    pub passes_filters: bool,
    /// What lights up: half-open byte ranges of its text.
    pub highlights: Vec<Range<usize>>,
    /// The sentences that hold it, from 1.
    pub sentences: Vec<usize>,
    /// Its score; 0 where it does not match.
    pub score: f32,
    /// Its length as the ranking takes it, in words.
    pub length: u32,
    /// The mean length of a passage.
    pub mean_length: f32,
    /// What makes the score; the sum of all `words` and `closeness`.
    pub units: Vec<(Unit, UnitScore)>,
}

/// Explains a query, and with an id how it fares in that passage.
///
/// # Errors
/// A query that cannot be run on the index, an id that it does not hold, or a
/// damaged index.
pub fn explain(
    index: &OpenIndex,
    request: &SearchRequest,
    id: Option<&str>,
) -> Result<Explanation> {
    let Some(parsed) = &request.query else {
        return Err(Error::usage("there is no query to explain"));
    };
    let index = part_of(index, request.query.as_ref())?;
    let doc = id.map(|id| document_of(index, id)).transpose()?;
    let (plan, feedback) = planned(index, index, request)?;
    let mut parts = Vec::new();
    parts_of(index, &parsed.tree, &parsed.text, 0, doc, &mut parts)?;
    let narrowed = PassageQuery::new(plan.narrowed(&request.filters, index), index);
    let passage = match doc {
        Some(doc) => Some(explain_passage(index, &plan, &narrowed, doc)?),
        None => None,
    };
    Ok(Explanation {
        understood: parsed.tree.to_string(),
        mixed: parsed.mixed,
        added: parsed.added.clone(),
        parts,
        total: narrowed.best(index, 0)?.0,
        expansions: pattern_words(&plan),
        feedback,
        passage,
    })
}

fn explain_passage(
    index: &OpenIndex,
    plan: &Plan,
    narrowed: &PassageQuery,
    doc: DocId,
) -> Result<ExplainedPassage> {
    let query = PassageQuery::new(plan.clone(), index);
    let mut looker = query.looker(index)?;
    let passage = index.passages().passage(doc)?;
    let places = looker.look(doc);
    let lit = places.lit(&plan.root);
    let matches = lit.is_some();
    let lit = lit.unwrap_or_default();
    let sentences = places.sentences_of(&lit);
    let (score, units) = match matches {
        true => looker.score(),
        false => (0.0, Vec::new()),
    };
    let mut filtered = narrowed.looker(index)?;
    let passes = filtered.look(doc).matches(&narrowed.plan().root);
    Ok(ExplainedPassage {
        highlights: bytes_of(&lit, &passage.text),
        passage,
        matches,
        passes_filters: passes || !matches,
        sentences,
        score,
        length: looker.length(),
        mean_length: plan.mean_length,
        units: units
            .into_iter()
            .map(|score| (plan.units[score.unit].clone(), score))
            .collect(),
    })
}

/// The parts of a tree with their counts, each part run as a query of its own.
fn parts_of(
    index: &OpenIndex,
    node: &Node,
    text: &str,
    depth: usize,
    doc: Option<DocId>,
    parts: &mut Vec<Part>,
) -> Result<()> {
    let query = PassageQuery::new(Plan::new(node, text, index)?, index);
    let here = match doc {
        Some(doc) => {
            let mut looker = query.looker(index)?;
            let places = looker.look(doc);
            let root = &query.plan().root;
            let count = node.is_positional().then(|| places.count(root));
            Some((places.matches(root), count))
        }
        None => None,
    };
    parts.push(Part {
        depth,
        label: node.label(),
        passages: query.best(index, 0)?.0,
        here,
    });
    for child in node.children() {
        parts_of(index, child, text, depth + 1, doc, parts)?;
    }
    Ok(())
}

/// The document of a passage id.
fn document_of(index: &OpenIndex, id: &str) -> Result<DocId> {
    let parsed: PassageId = id.parse()?;
    let term = EngineTerm::from_field_text(index.fields.key, &parsed.sort_key());
    let inverted = index
        .segment()
        .inverted_index(index.fields.key)
        .map_err(unreadable)?;
    let postings = inverted
        .read_postings(&term, IndexRecordOption::Basic)
        .map_err(unreadable)?;
    match postings.map_or(TERMINATED, |p| p.doc()) {
        TERMINATED => Err(Error::new(
            ErrorKind::NotFound,
            format!("the index holds no passage `{id}`"),
        )
        .with_hint("an id looks like `tip-2021-khm:protection:3`; `search` prints them")),
        doc => Ok(doc),
    }
}
