//! The postings of the terms that one word of a query stands for, as one.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED};

use super::expand::{Expansion, HeldTerm};
use super::matcher::Extent;
use crate::index::schema::Fields;

/// Of how many terms at most a leaf's postings are stepped through side by
/// side; those of more are merged first.
pub(super) const FEW_TERMS: usize = 8;

/// The passages of many terms as one list, with how often they occur.
pub(super) struct Merged {
    docs: Vec<DocId>,
    frequencies: Vec<u32>,
}

impl Merged {
    /// Reads all passages of the terms of an expansion.
    pub(super) fn new(expansion: &Expansion, segment: &SegmentReader) -> tantivy::Result<Self> {
        let end = segment.max_doc();
        let mut frequencies = vec![0u32; end as usize];
        for term in &expansion.terms {
            let inverted = segment.inverted_index(term.engine.field())?;
            let mut postings =
                inverted.read_postings_from_terminfo(&term.info, IndexRecordOption::WithFreqs)?;
            let mut doc = postings.doc();
            while doc != TERMINATED {
                frequencies[doc as usize] += postings.term_freq();
                doc = postings.advance();
            }
        }
        let docs: Vec<DocId> = (0..end).filter(|d| frequencies[*d as usize] > 0).collect();
        let frequencies = docs.iter().map(|d| frequencies[*d as usize]).collect();
        Ok(Merged { docs, frequencies })
    }

    /// The place of the first passage from `target` on, looked for from a place
    /// on.
    fn find(&self, from: usize, target: DocId) -> usize {
        let mut step = 1;
        let mut low = from;
        while low + step < self.docs.len() && self.docs[low + step] < target {
            low += step;
            step *= 2;
        }
        let high = (low + step + 1).min(self.docs.len());
        low + self.docs[low..high].partition_point(|d| *d < target)
    }
}

/// The postings of one of the terms.
struct UnionTerm {
    postings: SegmentPostings,
    /// How many positions it covers.
    length: u32,
    /// For a stem of several words the postings of those, which have the
    /// positions; they go only where they are asked for them.
    words: Vec<SegmentPostings>,
}

impl UnionTerm {
    fn open(
        term: &HeldTerm,
        placed: bool,
        segment: &SegmentReader,
        fields: &Fields,
    ) -> tantivy::Result<Self> {
        let inverted = segment.inverted_index(term.engine.field())?;
        let record = match placed && term.words.is_empty() {
            true => IndexRecordOption::WithFreqsAndPositions,
            false => IndexRecordOption::WithFreqs,
        };
        let mut words = Vec::new();
        if placed {
            let exact = segment.inverted_index(fields.exact)?;
            for word in &term.words {
                words.push(with_positions(&exact, word)?);
            }
        }
        Ok(UnionTerm {
            postings: inverted.read_postings_from_terminfo(&term.info, record)?,
            length: term.length,
            words,
        })
    }

    /// Appends the extents in the passage it is at.
    fn extents(&mut self, doc: DocId, extents: &mut Vec<Extent>, buffer: &mut Vec<u32>) {
        let length = self.length;
        let mut add = |postings: &mut SegmentPostings| {
            postings.positions(buffer);
            extents.extend(buffer.iter().map(|start| Extent {
                start: *start,
                end: start + length,
            }));
        };
        if self.words.is_empty() {
            add(&mut self.postings);
        }
        for word in &mut self.words {
            if seek(word, doc) == doc {
                add(word);
            }
        }
    }
}

/// The postings of the terms of a leaf, as one.
pub(super) struct Union {
    terms: Vec<UnionTerm>,
    except: Vec<SegmentPostings>,
    /// The terms that stand in a later passage than the one the terms have been
    /// moved to, the nearest on top.
    later: BinaryHeap<Reverse<(DocId, usize)>>,
    /// The terms that stand in that passage.
    here: Vec<usize>,
    /// The passage that the terms have been moved to.
    terms_at: DocId,
    /// Of many terms the passages as one list, and the place in it.
    merged: Option<(Arc<Merged>, usize)>,
}

impl Union {
    /// The union of the terms of an expansion; none where it has none. Without
    /// `placed` its extents are not asked for.
    pub(super) fn new(
        expansion: &Expansion,
        merged: Option<Arc<Merged>>,
        placed: bool,
        segment: &SegmentReader,
        fields: &Fields,
    ) -> tantivy::Result<Option<Self>> {
        if expansion.terms.is_empty() {
            return Ok(None);
        }
        let mut terms = Vec::new();
        if placed || merged.is_none() {
            for term in &expansion.terms {
                terms.push(UnionTerm::open(term, placed, segment, fields)?);
            }
        }
        let marks = segment.inverted_index(fields.marks)?;
        let except = expansion.except.iter();
        let except: std::io::Result<Vec<_>> = except
            .map(|mark| with_positions(&marks, &mark.info))
            .collect();
        let later = terms.iter().enumerate();
        let mut union = Union {
            later: later
                .map(|(i, term)| Reverse((term.postings.doc(), i)))
                .collect(),
            terms,
            except: except?,
            here: Vec::new(),
            terms_at: 0,
            merged: merged.map(|merged| (merged, 0)),
        };
        union.gather();
        Ok(Some(union))
    }

    /// Goes to the first passage from `target` on; the passage it is at stays
    /// where it is not before `target`.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if let Some((merged, at)) = &mut self.merged {
            if merged.docs.get(*at).is_some_and(|d| *d < target) {
                *at = merged.find(*at, target);
            }
            return merged.docs.get(*at).copied().unwrap_or(TERMINATED);
        }
        self.move_terms(target)
    }

    /// How often the terms occur in the passage at hand.
    pub(super) fn frequency(&self) -> u32 {
        match &self.merged {
            Some((merged, at)) => merged.frequencies.get(*at).copied().unwrap_or(0),
            None => self
                .here
                .iter()
                .map(|term| self.terms[*term].postings.term_freq())
                .sum(),
        }
    }

    /// The extents in a passage that was sought, in order, each once.
    pub(super) fn extents(&mut self, doc: DocId, extents: &mut Vec<Extent>, buffer: &mut Vec<u32>) {
        self.move_terms(doc);
        for term in &self.here {
            self.terms[*term].extents(doc, extents, buffer);
        }
        for postings in &mut self.except {
            if seek(postings, doc) == doc {
                postings.positions(buffer);
                extents.retain(|e| buffer.binary_search(&e.start).is_err());
            }
        }
        if self.here.len() > 1 || self.here.iter().any(|t| !self.terms[*t].words.is_empty()) {
            extents.sort_unstable();
            extents.dedup();
        }
    }

    /// Moves the terms to the first passage from `target` on.
    fn move_terms(&mut self, target: DocId) -> DocId {
        if self.terms_at >= target {
            return self.terms_at;
        }
        if let [term] = self.terms.as_mut_slice() {
            self.terms_at = term.postings.seek(target);
            return self.terms_at;
        }
        for term in self.here.drain(..) {
            let doc = self.terms[term].postings.seek(target);
            if doc != TERMINATED {
                self.later.push(Reverse((doc, term)));
            }
        }
        while let Some(Reverse((doc, term))) = self.later.peek().copied()
            && doc < target
        {
            self.later.pop();
            let doc = self.terms[term].postings.seek(target);
            if doc != TERMINATED {
                self.later.push(Reverse((doc, term)));
            }
        }
        self.gather();
        self.terms_at
    }

    /// Takes the nearest terms from `later` to `here`.
    fn gather(&mut self) {
        self.terms_at = self.later.peek().map_or(TERMINATED, |top| top.0.0);
        while let Some(Reverse((doc, term))) = self.later.peek().copied()
            && doc == self.terms_at
        {
            self.later.pop();
            self.here.push(term);
        }
    }
}

/// The postings of a term with positions.
pub(super) fn with_positions(
    inverted: &InvertedIndexReader,
    info: &TermInfo,
) -> std::io::Result<SegmentPostings> {
    inverted.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)
}

/// Goes to the first passage of a set from `target` on; it stays where it is
/// not before `target`.
pub(super) fn seek<D: DocSet + ?Sized>(set: &mut D, target: DocId) -> DocId {
    match set.doc() >= target {
        true => set.doc(),
        false => set.seek(target),
    }
}
