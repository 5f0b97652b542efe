//! Reading the places of a plan's words from the index, passage by passage.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EnableScoring, Query, Scorer};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentReader, TERMINATED, Term as EngineTerm};

use super::boolean::facet_query;
use super::expand::TermKind;
use super::matcher::{Extent, Places};
use super::plan::{Leaf, Op, Plan, held};
use super::union::{FEW_TERMS, Merged, Union, seek};
use crate::index::coding::SENTENCE;
use crate::index::schema::Fields;

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
    /// The passage that each leaf's extents were last read of.
    read: Vec<DocId>,
    /// The words of a phrase that must stand in every passage that matches: the
    /// leaf and its place in the phrase, the rarest first.
    phrase: Vec<(usize, i64)>,
    /// How many positions more than its words the phrase may cover.
    phrase_slack: i64,
    /// Where the phrase may begin.
    starts: Vec<i64>,
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
    /// A reader that stands before the first passage; `merged` is what
    /// [`merge`] gives for the plan.
    pub(super) fn new(
        plan: &Arc<Plan>,
        segment: &SegmentReader,
        fields: Fields,
        merged: &[Option<Arc<Merged>>],
        depth: Depth,
    ) -> tantivy::Result<Self> {
        let exact = segment.inverted_index(fields.exact)?;
        let marks = segment.inverted_index(fields.marks)?;
        let mut placed = vec![depth != Depth::Matching; plan.leaves.len()];
        let cut = depth == Depth::All || plan.asks_for_sentences();
        mark_placed(&plan.root, plan, false, &mut placed);
        let mut leaves = Vec::with_capacity(plan.leaves.len());
        let mut typed = Vec::with_capacity(plan.leaves.len());
        for ((leaf, merged), placed) in plan.leaves.iter().zip(merged).zip(&placed) {
            leaves.push(Union::new(
                &leaf.expansion,
                merged.clone(),
                *placed,
                segment,
                &fields,
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
        let (phrase, phrase_slack) = needed_phrase(plan).unwrap_or_default();
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
            lengths: segment.get_fieldnorms_reader(fields.exact)?,
            end: segment.max_doc(),
            placed,
            loaded: None,
            read: vec![TERMINATED; plan.leaves.len()],
            phrase,
            phrase_slack,
            starts: Vec::new(),
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
            Op::Any(ops) | Op::Or(ops) | Op::Most(_, ops) => {
                let firsts = ops.iter().map(|op| self.seek(op, target));
                firsts.min().unwrap_or(TERMINATED)
            }
            Op::Facet(facet) => seek(&mut self.facets[*facet], target),
            Op::Not(_) | Op::Maybe(_) | Op::Everything => target,
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

    /// Reads which leaves a passage holds, not before the last one: where no
    /// places decide, what [`Reader::load`] says of them.
    pub(super) fn load_present(&mut self, doc: DocId) {
        for (union, present) in self.leaves.iter_mut().zip(&mut self.places.present) {
            *present = union.as_mut().is_some_and(|u| u.seek(doc) == doc);
        }
        self.read.fill(TERMINATED);
        self.loaded = None;
    }

    /// Reads what is known of a passage, not before the last one.
    pub(super) fn load(&mut self, doc: DocId) -> &Places {
        (0..self.leaves.len()).for_each(|leaf| self.read_leaf(leaf, doc));
        for (facet, here) in self.facets.iter_mut().zip(&mut self.places.facets) {
            *here = seek(facet, doc) == doc;
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

    fn read_leaf(&mut self, leaf: usize, doc: DocId) {
        if self.read[leaf] == doc {
            return;
        }
        let extents = &mut self.places.leaves[leaf];
        extents.clear();
        let union = self.leaves[leaf].as_mut();
        let mut present = false;
        if let Some(union) = union
            && union.seek(doc) == doc
        {
            present = true;
            if self.placed[leaf] {
                union.extents(doc, extents, &mut self.buffer);
                present = !extents.is_empty();
            }
        }
        self.places.present[leaf] = present;
        self.read[leaf] = doc;
    }

    /// Whether the phrase that every match needs stands in a passage, not before
    /// the last one. Its rarest words are read first, and the others only where
    /// those stand as they must.
    pub(super) fn may_match(&mut self, doc: DocId) -> bool {
        for i in 0..self.phrase.len() {
            let (leaf, place) = self.phrase[i];
            self.read_leaf(leaf, doc);
            let extents = &self.places.leaves[leaf];
            if i == 0 {
                self.starts.clear();
                let starts = extents.iter().map(|e| i64::from(e.start) - place);
                self.starts.extend(starts);
            } else {
                let slack = self.phrase_slack;
                self.starts.retain(|start| {
                    let near = |e: &Extent| i64::from(e.start) - start - place;
                    let from = extents.partition_point(|e| near(e) < -slack);
                    extents.get(from).is_some_and(|e| near(e) <= slack)
                });
            }
            if self.starts.is_empty() {
                return false;
            }
        }
        true
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

/// The words of a phrase that every match needs, the rarest first, each with
/// its place in it, and how many positions more it may cover, for joined forms
/// among its words.
fn needed_phrase(plan: &Plan) -> Option<(Vec<(usize, i64)>, i64)> {
    fn find(op: &Op) -> Option<Vec<usize>> {
        match op {
            Op::And(ops) => ops.iter().find_map(find),
            Op::Unit(_, op) => match &**op {
                Op::Sequence { parts, slop: 0 } => {
                    let leaf = |part: &Op| match part {
                        Op::Leaf(leaf) => Some(*leaf),
                        _ => None,
                    };
                    parts.iter().map(leaf).collect()
                }
                _ => None,
            },
            _ => None,
        }
    }
    let leaves = find(&plan.root)?;
    let mut slack = 0;
    for leaf in &leaves {
        let lengths = plan.leaves[*leaf].expansion.terms.iter().map(|t| t.length);
        slack += i64::from(lengths.max().unwrap_or(1)) - 1;
    }
    let mut words: Vec<(usize, i64)> = leaves.into_iter().zip(0..).collect();
    words.sort_by_key(|(leaf, _)| held(&plan.leaves[*leaf].expansion));
    Some((words, slack))
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
        Op::Not(op) | Op::Maybe(op) => mark_placed(op, plan, inside, placed),
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
        Op::Any(ops) | Op::And(ops) | Op::Or(ops) | Op::Most(_, ops) => {
            ops.iter()
                .for_each(|op| mark_placed(op, plan, inside, placed));
        }
        Op::Facet(_) | Op::Everything => {}
    }
}

/// The merged postings of the leaves that stand for many terms.
pub(super) fn merge(
    plan: &Plan,
    segment: &SegmentReader,
) -> tantivy::Result<Vec<Option<Arc<Merged>>>> {
    let merge = |leaf: &Leaf| {
        let expansion = &leaf.expansion;
        if expansion.terms.len() <= FEW_TERMS {
            return Ok(None);
        }
        let merged = Merged::new(expansion, segment)?;
        Ok(Some(Arc::new(merged)))
    };
    plan.leaves.iter().map(merge).collect()
}
