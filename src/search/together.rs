//! Which words stand together with the matches of a query, and how often each
//! stands at all: exact counts from the positions and the marks of sentences in
//! the index, in one pass over its words.
//!
//! What stands in a match is not counted, so that a query is no company of its
//! own.

use rayon::prelude::*;
use tantivy::DocId;

use super::matches::{Columns, Matches};
use super::word_counts::{PartSize, most_frequent_first};
use crate::error::Result;
use crate::index::open::unreadable;
use crate::index::words::sentence_starts;
use crate::index::{IndexedWord, OpenIndex, WordUnit, indexed_words};
use crate::query::matcher::Extent;

/// How near a word must stand to a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// In one sentence with it.
    #[default]
    Sentence,
    /// In one passage with it.
    Passage,
    /// So many words before or after it, in the same passage.
    Words(u32),
}

/// The words that stand together with the matches of a query.
///
/// Counts are of *units*: sentences or passages. With [`Reach::Words`] the units
/// of `near` and `all` are words, those of `matched` are matches (Evert 2008
/// calls the first textual and this surface cooccurrence).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Company {
    /// The size of the slice.
    pub slice: PartSize,
    /// How many units hold a match; with [`Reach::Words`] how many matches there
    /// are.
    pub matched: u64,
    /// How many units are near: those of `matched`; with [`Reach::Words`] how
    /// many words stand near a match.
    pub near: u64,
    /// How many units the slice has; with [`Reach::Words`] how many words stand
    /// outside of matches.
    pub all: u64,
    /// The words that stand near a match at least once, in order of form or
    /// stem.
    pub words: Vec<Companion>,
}

/// A word that stands together with matches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Companion {
    /// Its folded forms that stand near a match, the most frequent first.
    pub forms: Vec<String>,
    /// How many units hold it and a match. With [`Reach::Words`] the lesser of
    /// two numbers: the matches it stands near to, and the times it does.
    pub together: u64,
    /// How many units of the near ones hold it: `together`; with
    /// [`Reach::Words`] how often it stands near a match.
    pub near: u64,
    /// How many units of the slice hold it; with [`Reach::Words`] how often it
    /// stands in the slice.
    pub held: u64,
    /// In how many reports it stands together with a match.
    pub reports: u64,
}

/// The company of a query's matches in a slice, the passages `slice` in order;
/// `matches` are within it.
///
/// # Errors
/// A damaged index.
pub fn company(
    index: &OpenIndex,
    matches: &Matches<'_>,
    slice: &[DocId],
    reach: Reach,
    unit: WordUnit,
) -> Result<Company> {
    let columns = Columns::of(index)?;
    let ground = Ground::new(index, &columns, matches, slice, reach)?;
    let inverted = index.segment().inverted_index(index.fields.exact);
    let inverted = inverted.map_err(unreadable)?;
    let words = indexed_words(index, unit)?;
    let count = |places: &mut Vec<(DocId, u32, u32)>, word: &IndexedWord| {
        word.places(&inverted, |doc| ground.in_slice[doc as usize], places)?;
        Ok(ground.companion(word, places))
    };
    let counted: tantivy::Result<Vec<Option<Companion>>> =
        words.par_iter().map_init(Vec::new, count).collect();
    Ok(Company {
        words: counted.map_err(unreadable)?.into_iter().flatten().collect(),
        ..ground.company
    })
}

/// Where the matches of a slice stand and what its units are.
struct Ground {
    reach: Reach,
    in_slice: Vec<bool>,
    /// For every passage the place of its report.
    report: Vec<u32>,
    /// For every passage where its matches begin in `lit`, and one more.
    first_lit: Vec<u32>,
    lit: Vec<Extent>,
    /// For every passage where its units begin, and one more; empty with
    /// [`Reach::Words`].
    first_unit: Vec<u32>,
    /// The position at which each unit begins.
    starts: Vec<u32>,
    /// Whether each unit holds a match.
    has_match: Vec<bool>,
    /// All but its words.
    company: Company,
}

impl Ground {
    fn new(
        index: &OpenIndex,
        columns: &Columns,
        matches: &Matches<'_>,
        slice: &[DocId],
        reach: Reach,
    ) -> Result<Self> {
        let all = index.segment().max_doc();
        let mut ground = Ground {
            reach,
            in_slice: vec![false; all as usize],
            report: (0..all).map(|doc| columns.report(doc) as u32).collect(),
            first_lit: Vec::with_capacity(all as usize + 1),
            lit: Vec::new(),
            first_unit: Vec::new(),
            starts: Vec::new(),
            has_match: Vec::new(),
            company: Company::default(),
        };
        let mut last = None;
        for doc in slice {
            let report = Some(ground.report[*doc as usize]);
            ground.in_slice[*doc as usize] = true;
            ground.company.slice.passages += 1;
            ground.company.slice.words += columns.words(*doc);
            ground.company.slice.reports += u64::from(last != report);
            last = report;
        }
        for (doc, lit) in matches.lit()? {
            ground
                .first_lit
                .resize(doc as usize + 1, ground.lit.len() as u32);
            ground.lit.extend(lit);
        }
        ground
            .first_lit
            .resize(all as usize + 1, ground.lit.len() as u32);
        match reach {
            Reach::Words(words) => ground.count_words(columns, words),
            _ => ground.cut_units(index, columns)?,
        }
        Ok(ground)
    }

    /// The matches of a passage.
    fn lit_of(&self, doc: DocId) -> &[Extent] {
        let doc = doc as usize;
        &self.lit[self.first_lit[doc] as usize..self.first_lit[doc + 1] as usize]
    }

    fn count_words(&mut self, columns: &Columns, words: u32) {
        let mut inside = 0;
        let mut near = 0;
        for doc in 0..self.in_slice.len() as DocId {
            let lit = self.lit_of(doc);
            let length = columns.words(doc) as u32;
            inside += lit.iter().map(|e| u64::from(e.end - e.start)).sum::<u64>();
            // What stands between two matches is near to both and counts once.
            let mut from = 0;
            for (at, extent) in lit.iter().enumerate() {
                let next = lit.get(at + 1).map_or(length, |next| next.start);
                let before = extent.start - extent.start.saturating_sub(words).max(from);
                let after = extent.end.saturating_add(words).min(next) - extent.end;
                near += u64::from(before) + u64::from(after);
                from = extent.end + after;
            }
        }
        self.company.matched = self.lit.len() as u64;
        self.company.near = near;
        self.company.all = self.company.slice.words - inside;
    }

    fn cut_units(&mut self, index: &OpenIndex, columns: &Columns) -> Result<()> {
        let all = self.in_slice.len();
        let mut first_unit: Vec<u32> = Vec::with_capacity(all + 1);
        let mut starts: Vec<u32> = Vec::new();
        match self.reach {
            Reach::Sentence => {
                let wanted = |doc: DocId| self.in_slice[doc as usize];
                sentence_starts(index, wanted, |doc, begins| {
                    first_unit.resize(doc as usize + 1, starts.len() as u32);
                    starts.extend(begins);
                })?;
            }
            _ => {
                let has_words =
                    |doc: &DocId| self.in_slice[*doc as usize] && columns.words(*doc) > 0;
                for doc in (0..all as DocId).filter(has_words) {
                    first_unit.resize(doc as usize + 1, starts.len() as u32);
                    starts.push(0);
                }
            }
        }
        first_unit.resize(all + 1, starts.len() as u32);
        self.first_unit = first_unit;
        self.has_match = vec![false; starts.len()];
        self.starts = starts;
        for doc in 0..all as DocId {
            for extent in self.lit_of(doc).to_vec() {
                let (first, last) = (self.unit(doc, extent.start), self.unit(doc, extent.end - 1));
                if let (Some(first), Some(last)) = (first, last) {
                    self.has_match[first..=last].fill(true);
                }
            }
        }
        self.company.matched = self.has_match.iter().filter(|has| **has).count() as u64;
        self.company.near = self.company.matched;
        self.company.all = self.starts.len() as u64;
        Ok(())
    }

    /// The unit of a position in a passage; none where it has no units.
    fn unit(&self, doc: DocId, position: u32) -> Option<usize> {
        let doc = doc as usize;
        let (first, end) = (
            self.first_unit[doc] as usize,
            self.first_unit[doc + 1] as usize,
        );
        let before = self.starts[first..end].partition_point(|start| *start <= position);
        (first < end).then(|| first + before.saturating_sub(1))
    }

    /// A word by its places in order; none where it never stands near a match.
    fn companion(&self, word: &IndexedWord, places: &[(DocId, u32, u32)]) -> Option<Companion> {
        let mut found = Companion::default();
        let mut by_form = vec![0u64; word.forms().count()];
        let mut last_report = None;
        let mut last_unit = None;
        // With `Reach::Words`: the matches of a passage that were counted, and
        // how many in all.
        let mut counted = (DocId::MAX, 0);
        let mut matches = 0;
        for (doc, position, form) in places.iter().copied() {
            let lit = self.lit_of(doc);
            let next = lit.partition_point(|e| e.end <= position);
            if lit.get(next).is_some_and(|e| e.start <= position) {
                continue;
            }
            let is_near = match self.reach {
                Reach::Words(words) => {
                    found.held += 1;
                    let first = lit.partition_point(|e| e.end.saturating_add(words) <= position);
                    let end = lit.partition_point(|e| e.start <= position.saturating_add(words));
                    if counted.0 != doc {
                        counted = (doc, 0);
                    }
                    if first < end {
                        found.near += 1;
                        matches += end.saturating_sub(first.max(counted.1)) as u64;
                        counted.1 = counted.1.max(end);
                    }
                    first < end
                }
                _ => {
                    let unit = self.unit(doc, position);
                    let is_near = unit.is_some_and(|unit| self.has_match[unit]);
                    if unit.is_some() && unit != last_unit {
                        last_unit = unit;
                        found.held += 1;
                        found.near += u64::from(is_near);
                    }
                    is_near
                }
            };
            if is_near {
                by_form[form as usize] += 1;
                let report = Some(self.report[doc as usize]);
                found.reports += u64::from(last_report != report);
                last_report = report;
            }
        }
        found.together = match self.reach {
            Reach::Words(_) => found.near.min(matches),
            _ => found.near,
        };
        found.forms = most_frequent_first(word.forms(), &by_form);
        (found.near > 0).then_some(found)
    }
}
