//! Reading the places of a plan's words from the index, passage by passage.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{BooleanQuery, EnableScoring, Query, Scorer, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED, Term as EngineTerm};

use super::expand::{Expansion, HeldTerm, TermKind};
use super::matcher::{Extent, Places};
use super::plan::{Op, Plan};
use crate::index::schema::Fields;
use crate::index::tokenizer::SENTENCE;

/// Reads passages in ascending order, for one plan on one segment.
pub(super) struct Reader {
    plan: Arc<Plan>,
    leaves: Vec<Option<Union>>,
    /// For leaves that match inflections, where the form typed stands.
    typed: Vec<Option<SegmentPostings>>,
    facets: Vec<Box<dyn Scorer>>,
    sentences: Option<SegmentPostings>,
    lengths: FieldNormReader,
    end: DocId,
    /// Which leaves' extents [`Reader::load`] reads.
    placed: Vec<bool>,
    places: Places,
    loaded: Option<DocId>,
    buffer: Vec<u32>,
}

/// Which extents are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Those that decide what matches.
    Matching,
    /// Those of all words.
    Words,
    /// Those of all words, and where sentences begin.
    All,
}

impl Reader {
    /// A reader that stands before the first passage.
    pub(super) fn new(
        plan: &Arc<Plan>,
        segment: &SegmentReader,
        fields: Fields,
        depth: Depth,
    ) -> tantivy::Result<Self> {
        let mut merged = Vec::with_capacity(plan.leaves.len());
        for leaf in &plan.leaves {
            let expansion = &leaf.expansion;
            let inverted = segment.inverted_index(expansion.kind.field(&fields))?;
            merged.push(match expansion.terms.len() > FEW_TERMS {
                true => Some(Arc::new(Merged::new(
                    expansion,
                    &inverted,
                    segment.max_doc(),
                )?)),
                false => None,
            });
        }
        Self::with(plan, segment, fields, depth, merged)
    }

    /// Another reader of the same plan, before the first passage too.
    pub(super) fn beside(
        &self,
        segment: &SegmentReader,
        fields: Fields,
        depth: Depth,
    ) -> tantivy::Result<Self> {
        let merged = self.leaves.iter().map(|leaf| {
            let merged = leaf.as_ref()?.merged.as_ref()?;
            Some(Arc::clone(&merged.0))
        });
        Self::with(&self.plan, segment, fields, depth, merged.collect())
    }

    fn with(
        plan: &Arc<Plan>,
        segment: &SegmentReader,
        fields: Fields,
        depth: Depth,
        merged: Vec<Option<Arc<Merged>>>,
    ) -> tantivy::Result<Self> {
        let exact = segment.inverted_index(fields.exact)?;
        let marks = segment.inverted_index(fields.marks)?;
        let mut placed = vec![depth != Depth::Matching; plan.leaves.len()];
        let cut = depth == Depth::All || plan.asks_for_sentences();
        mark_placed(&plan.root, plan, false, &mut placed);
        let mut leaves = Vec::with_capacity(plan.leaves.len());
        let mut typed = Vec::with_capacity(plan.leaves.len());
        for ((leaf, merged), placed) in plan.leaves.iter().zip(merged).zip(&placed) {
            let field = leaf.expansion.kind.field(&fields);
            let inverted = segment.inverted_index(field)?;
            let open = |inverted: &InvertedIndexReader, term: &HeldTerm| {
                inverted.read_postings_from_terminfo(
                    &term.info,
                    IndexRecordOption::WithFreqsAndPositions,
                )
            };
            leaves.push(Union::new(
                &leaf.expansion,
                merged,
                *placed,
                |term| open(&inverted, term),
                |mark| open(&marks, mark),
            )?);
            let postings = leaf.typed.as_ref().map(|term| {
                exact.read_postings_from_terminfo(&term.info, IndexRecordOption::WithFreqs)
            });
            typed.push(postings.transpose()?);
        }
        let mut facets = Vec::with_capacity(plan.facets.len());
        for terms in &plan.facets {
            let weight =
                facet_query(terms).weight(EnableScoring::disabled_from_schema(segment.schema()))?;
            facets.push(weight.scorer(segment, 1.0)?);
        }
        let mark = EngineTerm::from_field_text(fields.marks, SENTENCE);
        Ok(Reader {
            places: Places {
                present: vec![false; plan.leaves.len()],
                leaves: vec![Vec::new(); plan.leaves.len()],
                facets: vec![false; plan.facets.len()],
                sentences: Vec::new(),
            },
            plan: Arc::clone(plan),
            leaves,
            typed,
            facets,
            sentences: match cut {
                true => marks.read_postings(&mark, IndexRecordOption::WithFreqsAndPositions)?,
                false => None,
            },
            lengths: segment.get_fieldnorms_reader(fields.stem)?,
            end: segment.max_doc(),
            placed,
            loaded: None,
            buffer: Vec::new(),
        })
    }

    /// The first passage from `target` on that may match: it holds the words,
    /// wherever they stand.
    pub(super) fn candidate(&mut self, target: DocId) -> DocId {
        let plan = Arc::clone(&self.plan);
        self.seek(&plan.root, target)
    }

    fn seek(&mut self, op: &Op, target: DocId) -> DocId {
        if target >= self.end {
            return TERMINATED;
        }
        match op {
            Op::Leaf(leaf) => match &mut self.leaves[*leaf] {
                Some(union) => union.seek(target),
                None => TERMINATED,
            },
            Op::Unit(_, op) | Op::AtLeast(_, op) => self.seek(op, target),
            Op::Sequence { parts: ops, .. } | Op::And(ops) => self.seek_all(ops.iter(), target),
            Op::Near { sides, .. } => self.seek_all(sides.iter().map(|side| &**side), target),
            Op::Any(ops) | Op::Or(ops) => {
                let firsts = ops.iter().map(|op| self.seek(op, target));
                firsts.min().unwrap_or(TERMINATED)
            }
            Op::Facet(facet) => {
                let facet = &mut self.facets[*facet];
                match facet.doc() >= target {
                    true => facet.doc(),
                    false => facet.seek(target),
                }
            }
            Op::Not(_) | Op::Everything => target,
        }
    }

    fn seek_all<'a>(
        &mut self,
        ops: impl Iterator<Item = &'a Op> + Clone,
        mut target: DocId,
    ) -> DocId {
        'again: loop {
            for op in ops.clone() {
                let doc = self.seek(op, target);
                if doc == TERMINATED {
                    return TERMINATED;
                }
                if doc > target {
                    target = doc;
                    continue 'again;
                }
            }
            return target;
        }
    }

    /// Reads what is known of a passage, not before the last one.
    pub(super) fn load(&mut self, doc: DocId) -> &Places {
        for (i, union) in self.leaves.iter_mut().enumerate() {
            let extents = &mut self.places.leaves[i];
            extents.clear();
            let mut present = union.as_mut().is_some_and(|u| u.seek(doc) == doc);
            if let Some(union) = union
                && present
                && self.placed[i]
            {
                union.extents(doc, extents, &mut self.buffer);
                present = !extents.is_empty();
            }
            self.places.present[i] = present;
        }
        for (facet, here) in self.facets.iter_mut().zip(&mut self.places.facets) {
            let at = match facet.doc() >= doc {
                true => facet.doc(),
                false => facet.seek(doc),
            };
            *here = at == doc;
        }
        self.places.sentences.clear();
        if let Some(marks) = &mut self.sentences
            && seek(marks, doc) == doc
        {
            marks.positions(&mut self.places.sentences);
        }
        self.loaded = Some(doc);
        &self.places
    }

    /// The passage that was loaded last.
    pub(super) fn loaded(&self) -> Option<DocId> {
        self.loaded
    }

    /// What the last [`Reader::load`] read.
    pub(super) fn places(&self) -> &Places {
        &self.places
    }

    /// How often a leaf stands in the passage that was loaded.
    pub(super) fn frequency(&self, leaf: usize) -> u32 {
        if !self.places.present[leaf] {
            return 0;
        }
        if !self.plan.leaves[leaf].expansion.except.is_empty() {
            return self.places.leaves[leaf].len() as u32;
        }
        self.leaves[leaf].as_ref().map_or(0, Union::frequency)
    }

    /// How often the form typed stands there, for a leaf that matches
    /// inflections.
    pub(super) fn typed_frequency(&mut self, leaf: usize, doc: DocId) -> Option<u32> {
        let inflects = self.plan.leaves[leaf].expansion.kind == TermKind::Stems;
        let here = self.typed[leaf].as_mut().filter(|_| inflects);
        let frequency = here.map(|postings| match seek(postings, doc) == doc {
            true => postings.term_freq(),
            false => 0,
        });
        frequency.or(inflects.then_some(0))
    }

    /// The length of a passage, in words, the joined forms of compounds
    /// counted too.
    pub(super) fn length(&self, doc: DocId) -> u32 {
        self.lengths.fieldnorm(doc)
    }
}

/// The query for passages with any of some facet values.
pub(super) fn facet_query(terms: &[EngineTerm]) -> BooleanQuery {
    let terms = terms.iter().map(|term| {
        let query = TermQuery::new(term.clone(), IndexRecordOption::Basic);
        Box::new(query) as Box<dyn Query>
    });
    BooleanQuery::union(terms.collect())
}

/// Marks the leaves whose places decide what matches.
fn mark_placed(op: &Op, plan: &Plan, inside: bool, placed: &mut [bool]) {
    match op {
        Op::Leaf(leaf) => {
            placed[*leaf] |= inside || !plan.leaves[*leaf].expansion.except.is_empty();
        }
        // A phrase or compound is counted by its places.
        Op::Unit(unit, op) => {
            let counted = inside || plan.units[*unit].leaf.is_none();
            mark_placed(op, plan, counted, placed);
        }
        Op::Not(op) => mark_placed(op, plan, inside, placed),
        Op::AtLeast(_, op) => mark_placed(op, plan, true, placed),
        Op::Sequence { parts: ops, .. } => {
            ops.iter()
                .for_each(|op| mark_placed(op, plan, true, placed));
        }
        Op::Near { sides, .. } => {
            sides
                .iter()
                .for_each(|op| mark_placed(op, plan, true, placed));
        }
        Op::Any(ops) | Op::And(ops) | Op::Or(ops) => {
            ops.iter()
                .for_each(|op| mark_placed(op, plan, inside, placed));
        }
        Op::Facet(_) | Op::Everything => {}
    }
}

fn seek(postings: &mut SegmentPostings, doc: DocId) -> DocId {
    match postings.doc() >= doc {
        true => postings.doc(),
        false => postings.seek(doc),
    }
}

/// Of how many terms at most a leaf's postings are stepped through side by
/// side; those of more are merged first.
pub(super) const FEW_TERMS: usize = 8;

/// The passages of many terms as one list, with how often they occur.
struct Merged {
    docs: Vec<DocId>,
    frequencies: Vec<u32>,
}

impl Merged {
    fn new(
        expansion: &Expansion,
        inverted: &InvertedIndexReader,
        end: DocId,
    ) -> std::io::Result<Self> {
        let mut frequencies = vec![0u32; end as usize];
        for term in &expansion.terms {
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

/// The postings of the terms of a leaf, as one.
struct Union {
    terms: Vec<(SegmentPostings, u32)>,
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
    fn new(
        expansion: &Expansion,
        merged: Option<Arc<Merged>>,
        placed: bool,
        open: impl Fn(&HeldTerm) -> std::io::Result<SegmentPostings>,
        open_mark: impl Fn(&HeldTerm) -> std::io::Result<SegmentPostings>,
    ) -> tantivy::Result<Option<Self>> {
        if expansion.terms.is_empty() {
            return Ok(None);
        }
        let mut terms = Vec::new();
        if placed || merged.is_none() {
            for term in &expansion.terms {
                terms.push((open(term)?, term.length));
            }
        }
        let except: std::io::Result<Vec<_>> = expansion.except.iter().map(open_mark).collect();
        let later = terms.iter().enumerate();
        let mut union = Union {
            later: later
                .map(|(i, (postings, _))| Reverse((postings.doc(), i)))
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
    fn seek(&mut self, target: DocId) -> DocId {
        if let Some((merged, at)) = &mut self.merged {
            if merged.docs.get(*at).is_some_and(|d| *d < target) {
                *at = merged.find(*at, target);
            }
            return merged.docs.get(*at).copied().unwrap_or(TERMINATED);
        }
        self.move_terms(target)
    }

    /// How often the terms occur in the passage at hand.
    fn frequency(&self) -> u32 {
        match &self.merged {
            Some((merged, at)) => merged.frequencies.get(*at).copied().unwrap_or(0),
            None => self
                .here
                .iter()
                .map(|term| self.terms[*term].0.term_freq())
                .sum(),
        }
    }

    /// The extents in a passage that was sought, in order, each once.
    fn extents(&mut self, doc: DocId, extents: &mut Vec<Extent>, buffer: &mut Vec<u32>) {
        self.move_terms(doc);
        for term in &self.here {
            let (postings, length) = &mut self.terms[*term];
            postings.positions(buffer);
            extents.extend(buffer.iter().map(|start| Extent {
                start: *start,
                end: start + *length,
            }));
        }
        for postings in &mut self.except {
            if seek(postings, doc) == doc {
                postings.positions(buffer);
                extents.retain(|e| buffer.binary_search(&e.start).is_err());
            }
        }
        if self.here.len() > 1 {
            extents.sort_unstable();
            extents.dedup();
        }
    }

    /// Moves the terms to the first passage from `target` on.
    fn move_terms(&mut self, target: DocId) -> DocId {
        if self.terms_at >= target {
            return self.terms_at;
        }
        if let [(postings, _)] = self.terms.as_mut_slice() {
            self.terms_at = postings.seek(target);
            return self.terms_at;
        }
        for term in self.here.drain(..) {
            let doc = self.terms[term].0.seek(target);
            if doc != TERMINATED {
                self.later.push(Reverse((doc, term)));
            }
        }
        while let Some(Reverse((doc, term))) = self.later.peek().copied()
            && doc < target
        {
            self.later.pop();
            let doc = self.terms[term].0.seek(target);
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
