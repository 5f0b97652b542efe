//! The words of an index, one by one, with where each of them stands.
//!
//! The joined forms of compounds are terms of their own, laid over their parts:
//! they are left out here, so that every word of a text counts once.

use std::collections::BTreeMap;

use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED};

use super::OpenIndex;
use super::coding::SENTENCE;
use super::open::unreadable;
use crate::error::Result;
use crate::text::StemCache;

/// What counts as one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WordUnit {
    /// Every folded form, as `kilns`.
    #[default]
    Form,
    /// All forms of a stem, as `kiln` and `kilns`.
    Stem,
}

/// A word of an index.
#[derive(Debug, Clone)]
pub struct IndexedWord {
    /// Its folded forms, in order, and where the engine keeps their passages;
    /// one alone unless the unit is the stem.
    forms: Vec<(Box<str>, TermInfo)>,
}

/// The words of an index, in order of their form or stem.
///
/// # Errors
/// A damaged index.
pub fn indexed_words(index: &OpenIndex, unit: WordUnit) -> Result<Vec<IndexedWord>> {
    let segment = index.segment();
    let inverted = segment.inverted_index(index.fields.exact);
    let inverted = inverted.map_err(unreadable)?;
    let mut words = Vec::new();
    let mut stems: BTreeMap<Box<str>, Vec<(Box<str>, TermInfo)>> = BTreeMap::new();
    let mut cache = StemCache::default();
    let mut terms = inverted.terms().stream().map_err(unreadable)?;
    while terms.advance() {
        let term = std::str::from_utf8(terms.key()).unwrap_or_default();
        // A hyphen stands in the joined form of a compound alone.
        if term.is_empty() || term.contains('-') {
            continue;
        }
        let form = (term.into(), terms.value().clone());
        match unit {
            WordUnit::Form => words.push(IndexedWord { forms: vec![form] }),
            WordUnit::Stem => stems.entry(cache.stem(term).into()).or_default().push(form),
        }
    }
    words.extend(stems.into_values().map(|forms| IndexedWord { forms }));
    Ok(words)
}

impl IndexedWord {
    /// Its folded forms, in order.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.forms.iter().map(|(form, _)| &**form)
    }

    /// Calls `each` with the place of a form, a passage that holds it, and how
    /// often it does: form after form, each in order of passages.
    pub(crate) fn frequencies(
        &self,
        inverted: &InvertedIndexReader,
        mut each: impl FnMut(usize, DocId, u32),
    ) -> tantivy::Result<()> {
        for (place, (_, info)) in self.forms.iter().enumerate() {
            let record = IndexRecordOption::WithFreqs;
            let mut postings = inverted.read_postings_from_terminfo(info, record)?;
            let mut doc = postings.doc();
            while doc != TERMINATED {
                each(place, doc, postings.term_freq());
                doc = postings.advance();
            }
        }
        Ok(())
    }

    /// Puts into `places` where the word stands in the passages that are
    /// wanted: passage, position and form, in order; what was there is dropped.
    pub(crate) fn places(
        &self,
        inverted: &InvertedIndexReader,
        is_wanted: impl Fn(DocId) -> bool,
        places: &mut Vec<(DocId, u32, u32)>,
    ) -> tantivy::Result<()> {
        places.clear();
        let mut positions = Vec::new();
        for (form, (_, info)) in (0..).zip(&self.forms) {
            let record = IndexRecordOption::WithFreqsAndPositions;
            let postings = inverted.read_postings_from_terminfo(info, record)?;
            each_wanted(postings, &is_wanted, &mut positions, |doc, positions| {
                places.extend(positions.iter().map(|p| (doc, *p, form)));
            });
        }
        if self.forms.len() > 1 {
            places.sort_unstable();
        }
        Ok(())
    }
}

/// Calls `each` with every wanted passage and the positions at which its
/// sentences begin, in order.
///
/// # Errors
/// A damaged index.
pub(crate) fn sentence_starts(
    index: &OpenIndex,
    is_wanted: impl Fn(DocId) -> bool,
    each: impl FnMut(DocId, &[u32]),
) -> Result<()> {
    let marks = index.segment().inverted_index(index.fields.marks);
    let mark = tantivy::Term::from_field_text(index.fields.marks, SENTENCE);
    let record = IndexRecordOption::WithFreqsAndPositions;
    let postings = marks.map_err(unreadable)?.read_postings(&mark, record);
    if let Some(postings) = postings.map_err(unreadable)? {
        each_wanted(postings, &is_wanted, &mut Vec::new(), each);
    }
    Ok(())
}

fn each_wanted(
    mut postings: SegmentPostings,
    is_wanted: &impl Fn(DocId) -> bool,
    positions: &mut Vec<u32>,
    mut each: impl FnMut(DocId, &[u32]),
) {
    let mut doc = postings.doc();
    while doc != TERMINATED {
        if is_wanted(doc) {
            postings.positions(positions);
            each(doc, positions);
        }
        doc = postings.advance();
    }
}
