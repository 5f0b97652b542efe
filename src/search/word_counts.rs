//! How often every word stands in a part of the passages and in another part,
//! by one pass over the index: no text is read.

use rayon::prelude::*;
use tantivy::DocId;

use super::matches::Columns;
use crate::error::Result;
use crate::index::open::unreadable;
use crate::index::{OpenIndex, WordUnit, indexed_words};

/// Two parts of the passages that are compared; no passage is in both.
#[derive(Debug, Clone)]
pub struct Contrast {
    /// For every passage its part.
    part: Vec<Part>,
    /// For every passage the place of its report.
    report: Vec<u32>,
    /// The size of what is asked about.
    pub focus: PartSize,
    /// The size of what it is compared with.
    pub reference: PartSize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Neither,
    Focus,
    Reference,
}

/// How large a part is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PartSize {
    /// Its passages.
    pub passages: u64,
    /// The reports that they are from.
    pub reports: u64,
    /// Its words, the parts of a compound counted one by one.
    pub words: u64,
}

/// How often a word stands in a part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Frequency {
    /// How often.
    pub count: u64,
    /// In how many reports.
    pub reports: u64,
}

/// A word with how often it stands in both parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordCount {
    /// Its folded forms that stand in a part, the most frequent first, equal
    /// ones in order.
    pub forms: Vec<String>,
    /// In what is asked about.
    pub focus: Frequency,
    /// In what it is compared with.
    pub reference: Frequency,
}

impl Contrast {
    /// Some passages against others, or against all others. A passage that is
    /// in both lists is taken for the first alone.
    ///
    /// # Errors
    /// A damaged index.
    pub fn new(index: &OpenIndex, focus: &[DocId], reference: Option<&[DocId]>) -> Result<Self> {
        let all = index.segment().max_doc();
        let rest = match reference {
            Some(_) => Part::Neither,
            None => Part::Reference,
        };
        let mut part = vec![rest; all as usize];
        for doc in reference.unwrap_or_default() {
            part[*doc as usize] = Part::Reference;
        }
        for doc in focus {
            part[*doc as usize] = Part::Focus;
        }
        let columns = Columns::of(index)?;
        let report: Vec<u32> = (0..all).map(|doc| columns.report(doc) as u32).collect();
        let size = |wanted: Part| {
            let mut size = PartSize::default();
            let mut last = None;
            for doc in (0..all).filter(|doc| part[*doc as usize] == wanted) {
                let report = Some(report[doc as usize]);
                size.passages += 1;
                size.words += columns.words(doc);
                size.reports += u64::from(last != report);
                last = report;
            }
            size
        };
        Ok(Contrast {
            focus: size(Part::Focus),
            reference: size(Part::Reference),
            part,
            report,
        })
    }

    /// All words that stand in a part, in order of form or stem. The counts of
    /// a part add up to its words.
    ///
    /// # Errors
    /// A damaged index.
    pub fn words(&self, index: &OpenIndex, unit: WordUnit) -> Result<Vec<WordCount>> {
        let inverted = index.segment().inverted_index(index.fields.exact);
        let inverted = inverted.map_err(unreadable)?;
        let words = indexed_words(index, unit)?;
        let count = |word: &crate::index::IndexedWord| -> tantivy::Result<Option<WordCount>> {
            let mut counts = [0u64; 2];
            let mut by_form = vec![0u64; word.forms().count()];
            let mut reports: [Vec<u32>; 2] = Default::default();
            word.frequencies(&inverted, |form, doc, times| {
                let part = match self.part[doc as usize] {
                    Part::Neither => return,
                    Part::Focus => 0,
                    Part::Reference => 1,
                };
                counts[part] += u64::from(times);
                by_form[form] += u64::from(times);
                // The passages of a report stand side by side.
                let report = self.report[doc as usize];
                if reports[part].last() != Some(&report) {
                    reports[part].push(report);
                }
            })?;
            if counts == [0, 0] {
                return Ok(None);
            }
            let tally = |part: usize, reports: &mut Vec<u32>| {
                reports.sort_unstable();
                reports.dedup();
                Frequency {
                    count: counts[part],
                    reports: reports.len() as u64,
                }
            };
            Ok(Some(WordCount {
                forms: most_frequent_first(word.forms(), &by_form),
                focus: tally(0, &mut reports[0]),
                reference: tally(1, &mut reports[1]),
            }))
        };
        let counts: tantivy::Result<Vec<Option<WordCount>>> = words.par_iter().map(count).collect();
        let counts = counts.map_err(unreadable)?;
        Ok(counts.into_iter().flatten().collect())
    }
}

/// The forms that were met, the most frequent first, equal ones in order.
pub(super) fn most_frequent_first<'a>(
    forms: impl Iterator<Item = &'a str>,
    counts: &[u64],
) -> Vec<String> {
    let mut met: Vec<(&str, u64)> = forms
        .zip(counts.iter().copied())
        .filter(|(_, count)| *count > 0)
        .collect();
    met.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    met.into_iter().map(|(form, _)| form.to_owned()).collect()
}
