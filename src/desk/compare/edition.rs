//! An edition with its paragraphs.

use std::sync::Arc;

use crate::error::Result;
use crate::index::{IndexedReport, OpenIndex};
use crate::report::{Passage, ReportId, ReportInfo};
use crate::text::Analysis;

/// An edition with its paragraphs.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Its name.
    pub id: ReportId,
    /// All but its text.
    pub info: Arc<ReportInfo>,
    /// Its paragraphs, in the order of the text.
    pub passages: Vec<Passage>,
    /// How many words each has, the parts of a compound counted one by one.
    pub words: Vec<u64>,
}

impl Edition {
    /// Reads an edition of an index.
    ///
    /// # Errors
    /// A damaged index.
    pub fn read(index: &OpenIndex, report: &IndexedReport) -> Result<Self> {
        let mut reader = index.passages();
        let passages = report.passages.clone().map(|doc| reader.passage(doc));
        let passages = passages.collect::<Result<Vec<Passage>>>()?;
        Ok(Edition::of(
            report.id.clone(),
            Arc::clone(&report.info),
            passages,
        ))
    }

    /// An edition of some paragraphs.
    pub fn of(id: ReportId, info: Arc<ReportInfo>, mut passages: Vec<Passage>) -> Self {
        passages.sort_by_key(|passage| passage.place);
        let mut analysis = Analysis::default();
        let words = passages.iter().map(|passage| {
            analysis.run(&passage.text);
            analysis.word_count() as u64
        });
        Edition {
            words: words.collect(),
            id,
            info,
            passages,
        }
    }

    /// How many words it has.
    pub fn word_count(&self) -> u64 {
        self.words.iter().sum()
    }
}
