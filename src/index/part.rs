//! The parts of an index: passages, and beside them headings and titles, each
//! searched as the passages are.

use super::gather::Gathered;
use super::vocabulary::Entry;
use super::worker::{GatheredReport, KeptPassages};

/// A part of an index. Each is a segment of its own, so that what stands in
/// headings neither matches nor weighs where passages are searched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IndexPart {
    /// The passages.
    #[default]
    Passages,
    /// The headings of sections.
    Headings,
    /// The titles of reports.
    Titles,
}

impl IndexPart {
    /// How many parts there are.
    pub(super) const COUNT: usize = 3;
    /// The parts, the passages first.
    pub const ALL: [IndexPart; Self::COUNT] =
        [IndexPart::Passages, IndexPart::Headings, IndexPart::Titles];

    /// The folder of its files below that of the generation; none for the
    /// passages, whose files stand in the generation itself.
    pub(super) fn folder(self) -> Option<&'static str> {
        match self {
            IndexPart::Passages => None,
            IndexPart::Headings => Some("headings"),
            IndexPart::Titles => Some("titles"),
        }
    }

    /// What it holds, for `count` of them: `heading` or `headings`.
    pub fn noun(self, count: u64) -> &'static str {
        match (self, count) {
            (IndexPart::Passages, 1) => "passage",
            (IndexPart::Passages, _) => "passages",
            (IndexPart::Headings, 1) => "heading",
            (IndexPart::Headings, _) => "headings",
            (IndexPart::Titles, 1) => "title",
            (IndexPart::Titles, _) => "titles",
        }
    }
}

/// What one part of an index is written of.
#[derive(Clone, Copy)]
pub(super) struct GatheredPart<'g> {
    pub(super) gathered: &'g Gathered,
    pub(super) part: IndexPart,
}

impl<'g> GatheredPart<'g> {
    /// The reports in the order of the index, with what is kept of this part.
    pub(super) fn reports(self) -> impl Iterator<Item = (&'g GatheredReport, &'g KeptPassages)> {
        let reports = self.gathered.reports.iter();
        reports.map(move |report| (report, &report.parts[self.part as usize]))
    }

    /// What the words of each worker's spool are.
    pub(super) fn vocabularies(self) -> &'g [Vec<Entry>] {
        &self.gathered.vocabularies[self.part as usize]
    }

    /// How many documents the segment has.
    pub(super) fn docs(self) -> u32 {
        self.reports().map(|(_, kept)| kept.passages).sum()
    }
}
