//! A tree as a query of the engine.

use tantivy::Term as EngineTerm;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur,
    PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::tree::{Node, NodeKind, Slot, Term};
use crate::error::{Error, Result};
use crate::index::OpenIndex;
use crate::index::open::unreadable;
use crate::index::tokenizer::term_text;
use crate::text::Stemmer;
use crate::text::words::MAX_PARTS;

/// How many readings a phrase may have. A word has several where the index
/// holds compounds that it is the joined form of, as `cooperation` and
/// `co-operation`; a phrase has every combination.
pub const MAX_READINGS: usize = 512;

/// The engine's query for the passages that match a tree.
///
/// # Errors
/// A phrase with more than [`MAX_READINGS`] readings, or a damaged index.
pub fn compile(tree: &Node, query: &str, index: &OpenIndex) -> Result<Box<dyn Query>> {
    Compiler {
        index,
        query,
        stemmer: Stemmer::default(),
    }
    .node(tree)
}

/// A query that all passages match, without a score.
pub fn everything() -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))
}

struct Compiler<'a> {
    index: &'a OpenIndex,
    query: &'a str,
    stemmer: Stemmer,
}

/// A term of the engine and the number of positions it covers.
type Step = (String, u32);

impl Compiler<'_> {
    fn node(&self, node: &Node) -> Result<Box<dyn Query>> {
        match &node.kind {
            NodeKind::Term(term) => self.term(term, node),
            NodeKind::And(nodes) => {
                let mut clauses = Vec::new();
                for node in nodes {
                    clauses.push(match &node.kind {
                        NodeKind::Not(inner) => (Occur::MustNot, self.node(inner)?),
                        _ => (Occur::Must, self.node(node)?),
                    });
                }
                if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                    clauses.push((Occur::Must, everything()));
                }
                Ok(Box::new(BooleanQuery::new(clauses)))
            }
            NodeKind::Or(nodes) => {
                let queries: Result<Vec<_>> = nodes.iter().map(|n| self.node(n)).collect();
                Ok(Box::new(BooleanQuery::union(queries?)))
            }
            NodeKind::Not(inner) => Ok(Box::new(BooleanQuery::new(vec![
                (Occur::MustNot, self.node(inner)?),
                (Occur::Must, everything()),
            ]))),
        }
    }

    fn term(&self, term: &Term, node: &Node) -> Result<Box<dyn Query>> {
        let field = if term.exact {
            self.index.fields.exact
        } else {
            self.index.fields.stem
        };
        let mut readings: Vec<Vec<Step>> = vec![Vec::new()];
        for slot in &term.slots {
            let ways = self.ways(slot, term.exact, field)?;
            readings = readings
                .iter()
                .flat_map(|reading| ways.iter().map(|way| [reading.as_slice(), way].concat()))
                .collect();
            if readings.len() > MAX_READINGS {
                return Err(Error::query(
                    format!(
                        "this phrase has more than {MAX_READINGS} readings with and without hyphens"
                    ),
                    self.query,
                    node.span.clone(),
                )
                .with_hint("search for a shorter part of it"));
            }
        }
        let mut queries: Vec<Box<dyn Query>> = Vec::new();
        let weights: Vec<f32> = readings
            .iter()
            .map(|r| self.weight(r, field))
            .collect::<Result<_>>()?;
        // A reading with a rare joined form is no rarer than the word it spells.
        let least = weights.iter().copied().fold(f32::INFINITY, f32::min);
        for (reading, weight) in readings.iter().zip(weights) {
            let query = self.reading(reading, field);
            queries.push(match weight > least {
                true => Box::new(BoostQuery::new(query, least / weight)),
                false => query,
            });
        }
        Ok(match queries.len() {
            0 => Box::new(EmptyQuery),
            // The length has just been looked at.
            1 => queries.remove(0),
            // The best reading counts: an occurrence has several, and is one.
            _ => Box::new(DisjunctionMaxQuery::new(queries)),
        })
    }

    /// How much BM25 weighs a reading: the sum of the inverse document
    /// frequencies of its terms.
    fn weight(&self, steps: &[Step], field: Field) -> Result<f32> {
        let all = self.index.searcher.num_docs() as f32;
        let mut weight = 0.0;
        for step in steps {
            let term = EngineTerm::from_field_text(field, &term_text(&step.0, step.1));
            let with = self.index.searcher.doc_freq(&term).map_err(unreadable)? as f32;
            weight += (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
        }
        Ok(weight)
    }

    fn reading(&self, steps: &[Step], field: Field) -> Box<dyn Query> {
        let term = |step: &Step| EngineTerm::from_field_text(field, &term_text(&step.0, step.1));
        match steps {
            [only] => Box::new(TermQuery::new(term(only), IndexRecordOption::WithFreqs)),
            _ => {
                let mut at = 0;
                let terms = steps.iter().map(|step| {
                    let offset = at;
                    at += step.1 as usize;
                    (offset, term(step))
                });
                Box::new(PhraseQuery::new_with_offset(terms.collect()))
            }
        }
    }

    /// The ways in which a slot can match: sequences of terms that the index
    /// holds. None where it cannot match at all.
    fn ways(&self, slot: &Slot, exact: bool, field: Field) -> Result<Vec<Vec<Step>>> {
        let form = |form: &str| {
            if exact {
                form.to_owned()
            } else {
                self.stemmer.stem(form).into_owned()
            }
        };
        match slot {
            Slot::Word(word) => {
                let steps = self.held(&form(word), field, MAX_PARTS)?;
                Ok(steps.into_iter().map(|s| vec![s]).collect())
            }
            Slot::Compound { parts, joined } => {
                let mut ways: Vec<Vec<Step>> = vec![Vec::new()];
                for part in parts {
                    let steps = self.held(&form(part), field, MAX_PARTS)?;
                    ways = ways
                        .iter()
                        .flat_map(|way| {
                            steps
                                .iter()
                                .map(|s| [way.as_slice(), std::slice::from_ref(s)].concat())
                        })
                        .collect();
                    if ways.len() > MAX_READINGS {
                        // Too many already; the term says so.
                        return Ok(ways);
                    }
                }
                ways.extend(
                    self.held(&form(joined), field, 1)?
                        .into_iter()
                        .map(|s| vec![s]),
                );
                Ok(ways)
            }
        }
    }

    /// The terms of a form, of one position and more, that the index holds.
    fn held(&self, form: &str, field: Field, max_length: u32) -> Result<Vec<Step>> {
        let mut held = Vec::new();
        for length in 1..=max_length {
            let term = EngineTerm::from_field_text(field, &term_text(form, length));
            if self.index.searcher.doc_freq(&term).map_err(unreadable)? > 0 {
                held.push((form.to_owned(), length));
            }
        }
        Ok(held)
    }
}
