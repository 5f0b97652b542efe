//! The corpus of a receipt and that of the present index.

use serde::Serialize;

use super::{InReports, Reason};
use crate::desk::receipt::{CorpusRecord, hashes_of, report_of};
use crate::desk::{Difference, Found};
use crate::error::Result;
use crate::index::{Counts, OpenIndex};

/// What the corpus of the present index has otherwise than that of a receipt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CorpusChange {
    /// Whether it has the same reports, which say the same.
    pub same: bool,
    /// How much it held then.
    pub before: Counts,
    /// How much it holds now.
    pub now: Counts,
    /// The reports that are new, changed and gone; none where the receipt does
    /// not name its reports.
    pub reports: Option<Difference>,
}

impl CorpusChange {
    /// # Errors
    /// A damaged index.
    pub(super) fn of(before: &CorpusRecord, index: &OpenIndex) -> Result<Self> {
        let difference = match &before.reports {
            Some(reports) => {
                let then: Found = reports.clone().into_iter().collect();
                let now: Found = hashes_of(&index.reports()?).into_iter().collect();
                Some(then.difference(&now))
            }
            None => None,
        };
        Ok(CorpusChange {
            same: before.digest == index.manifest.corpus_digest,
            before: before.counts.clone(),
            now: index.manifest.counts.clone(),
            reports: difference,
        })
    }

    /// How far the corpus is why an answer differs: what became of the reports
    /// of what is new, changed and gone in it.
    pub(super) fn bears_on(&self, answer: &Difference) -> Option<Reason> {
        let Some(reports) = &self.reports else {
            return (!self.same).then_some(Reason::Corpus);
        };
        // Lists in order; of reports as their names are sorted.
        let among = |list: &[String], report: &String| list.binary_search(report).is_ok();
        let of = |ids: &[String]| {
            let mut places = InReports::default();
            for report in ids.iter().map(|id| report_of(id)) {
                if among(&reports.new, &report) {
                    places.new += 1;
                } else if among(&reports.gone, &report) {
                    places.gone += 1;
                } else if among(&reports.changed, &report) {
                    places.changed += 1;
                } else {
                    places.same += 1;
                }
            }
            places
        };
        Some(Reason::Reports {
            new: of(&answer.new),
            changed: of(&answer.changed),
            gone: of(&answer.gone),
        })
    }
}
