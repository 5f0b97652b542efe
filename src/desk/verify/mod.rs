//! Verifying quotations: what a draft puts between quotation marks, and whether
//! the reports say it.
//!
//! A draft is read into paragraphs (`draft`), its quotations are found
//! (`find`) and cut into words and marks of quoting (`quote`). The index names
//! passages that may hold them (`candidates`); the stored text decides, word
//! for word (`place`) or by likeness (`align`, `stitch`). Words are cut by the
//! one analyzer of pincite.

mod align;
mod behind;
mod candidates;
mod claim;
mod decide;
mod draft;
mod find;
mod inline_notes;
mod markdown;
mod marks;
mod missing;
mod names;
mod negation;
mod notes;
mod outcome;
mod pages;
mod place;
mod plain;
mod quote;
mod remark;
mod rows;
mod source;
mod stitch;
mod typed_notes;
mod typography;
mod weighty;

use std::fmt;
use std::ops::Range;

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::index::OpenIndex;
use crate::report::{Passage, PassageId};

pub use align::DIFFERS;
pub use draft::{Draft, read_draft};
pub use negation::{Negation, NegationPlace};

/// How many words a quotation has at least where nothing else is said: titles,
/// terms and ironic quotation marks are mostly shorter.
pub const MIN_WORDS: usize = 4;

/// Where a quotation stands in a draft, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// A line of a text.
    Line(u64),
    /// A paragraph of a document without lines.
    Paragraph(u64),
    /// A row of a table.
    Row(u64),
}

/// What a draft says of where its words are from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The words that say so, as `tip-2021-khm:protection:3` or `Ibid.`
    pub typed: String,
    /// The note that they refer back to.
    pub referred: Option<Referred>,
    /// Whether it is surely a claim: what stands in brackets behind a quotation
    /// need not be one.
    pub is_certain: bool,
    /// Whether it counts only where all of it is understood, and is no word of
    /// its own else.
    pub is_guess: bool,
    /// From which byte of the text of the quotation on the words are those of
    /// the claim, where they stand at its end: `... at noon. (tip-2021-khm)`.
    pub begins_at: Option<usize>,
}

/// A note that another one refers back to: `Ibid.`, `supra note 3`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referred {
    /// What that note says.
    pub note: String,
    /// The place in the source that the later note names instead, as `para. 3`.
    pub pinpoint: Option<String>,
}

/// A quotation of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// Its name: its number in the draft, or what its row says.
    pub id: String,
    /// Where it begins.
    pub spot: Spot,
    /// The words, without the outer quotation marks.
    pub text: String,
    /// What may say where it is from; the first that is understood counts.
    pub claims: Vec<Claim>,
}

/// What is said of a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// A report says so, but for what quoting may change.
    Exact,
    /// A report says something much like it.
    Differs,
    /// Its parts are from two or more places.
    Stitched,
    /// Another report than the one claimed says so.
    Elsewhere,
    /// No report says so.
    Absent,
    /// It could not be judged ([`Verified::failure`]).
    Failed,
}

/// What quoting changed in a quotation that is exact all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Licence {
    /// Quotation marks, dashes, ligatures, soft hyphens of another form.
    Typography,
    /// The case of the first letter.
    Case,
    /// Words left out where an ellipsis stands.
    Ellipsis,
    /// Words put in, or put in place of others, in square brackets.
    Brackets,
    /// A comma or point at the end that the source has not.
    FinalPunctuation,
    /// Marks of notes that the one has and the other has not.
    NoteMarks,
    /// From one passage to the next of its report.
    Paragraphs,
}

/// How the source that was claimed fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimState {
    /// The words stand there; of a stitched quotation, a part of them.
    Holds,
    /// They stand in another passage of the report.
    OtherPassage,
    /// They stand in another report.
    OtherReport,
    /// The index holds no such report.
    NotHeld,
    /// It is not understood.
    Unclear,
    /// What may be a claim is not understood, and was not read as one.
    NotRead,
    /// The words were not found, there or elsewhere.
    NotFound,
}

/// A passage that holds a quotation, or a part of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The passage.
    pub passage: Passage,
    /// The words there, from the first to the last: bytes of its text.
    pub span: Range<usize>,
    /// The part of the quotation that stands there, where it is one of several.
    pub part: Option<String>,
}

/// What a source says and what the quotation makes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The words of the source, with the ellipses and brackets of the quotation.
    pub source: String,
    /// The words of the quotation, what quoting may change as in the source.
    pub quote: String,
}

/// A quotation with what was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified {
    /// The quotation.
    pub quotation: Quotation,
    /// What is said of it.
    pub verdict: Verdict,
    /// What quoting changed, in order; of a quotation that is found word for
    /// word.
    pub licences: Vec<Licence>,
    /// The negations, numbers and duties that an ellipsis or brackets took away or
    /// put in; of a quotation that is found word for word.
    pub negations: Vec<Negation>,
    /// Where it stands: the passages from the first to the last; the parts where
    /// it is stitched; the nearest passage where it differs or is absent.
    pub held: Vec<Held>,
    /// Some of the other passages where the same words stand, in order of id.
    pub also: Vec<PassageId>,
    /// How many other passages there are where the same words stand.
    pub others: usize,
    /// The share of words that are as in `held`, from 0 to 1.
    pub resemblance: f64,
    /// How they differ.
    pub compared: Option<Compared>,
    /// What is claimed as the source and how it fares, where there is a claim.
    pub claim: Option<(Claim, ClaimState)>,
    /// Why it could not be judged.
    pub failure: Option<String>,
}

/// Verifies quotations in parallel; results come in the order of the
/// quotations. With `threads` 0 there is one thread each core. An error at one
/// quotation is its own: its verdict is [`Verdict::Failed`].
///
/// # Errors
/// An index whose reports cannot be read, threads that cannot be started.
pub fn verify(
    index: &OpenIndex,
    quotations: Vec<Quotation>,
    threads: usize,
) -> Result<Vec<Verified>> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|e| Error::usage("the threads cannot be started").with_cause(e))?;
    let verifier = decide::Verifier::new(index)?;
    pool.install(|| {
        let quotations = quotations.into_par_iter();
        let judged = quotations.map(|quotation| {
            let judged = verifier.verify(&quotation);
            judged.unwrap_or_else(|error| outcome::failed(quotation, &error))
        });
        Ok(judged.collect())
    })
}

impl Quotation {
    /// The text before what may be its source at its end.
    fn before_source(&self) -> &str {
        let likely = self.claims.iter().filter(|claim| !claim.is_guess);
        let source = likely.filter_map(|claim| claim.begins_at);
        let end = source.min().unwrap_or(self.text.len());
        self.text[..end].trim_end()
    }
}

impl Verified {
    /// Whether a report says so word for word, the one claimed or another.
    pub fn is_found(&self) -> bool {
        matches!(self.verdict, Verdict::Exact | Verdict::Elsewhere)
    }
}

impl Claim {
    /// What a draft says and may be a claim.
    pub fn possible(typed: &str) -> Self {
        Claim {
            typed: typed.trim().to_owned(),
            referred: None,
            is_certain: false,
            is_guess: false,
            begins_at: None,
        }
    }

    /// What a draft says and is a claim where it is understood, and else no more
    /// than text.
    pub fn guess(typed: &str) -> Self {
        Claim {
            is_guess: true,
            ..Claim::possible(typed)
        }
    }

    /// What a draft says and is surely a claim.
    pub fn certain(typed: &str) -> Self {
        Claim {
            is_certain: true,
            ..Claim::possible(typed)
        }
    }
}

impl Verdict {
    /// All verdicts on quotations that could be judged.
    pub const ALL: [Verdict; 5] = [
        Verdict::Exact,
        Verdict::Differs,
        Verdict::Stitched,
        Verdict::Elsewhere,
        Verdict::Absent,
    ];

    /// The name, as `exact`.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Exact => "exact",
            Verdict::Differs => "differs",
            Verdict::Stitched => "stitched",
            Verdict::Elsewhere => "elsewhere",
            Verdict::Absent => "absent",
            Verdict::Failed => "failed",
        }
    }
}

impl Licence {
    /// The name, as `final punctuation`.
    pub fn as_str(self) -> &'static str {
        match self {
            Licence::Typography => "typography",
            Licence::Case => "case",
            Licence::Ellipsis => "ellipsis",
            Licence::Brackets => "brackets",
            Licence::FinalPunctuation => "final punctuation",
            Licence::NoteMarks => "note marks",
            Licence::Paragraphs => "paragraphs",
        }
    }
}

impl ClaimState {
    /// The name, as `other report`.
    pub fn as_str(self) -> &'static str {
        match self {
            ClaimState::Holds => "holds",
            ClaimState::OtherPassage => "other passage",
            ClaimState::OtherReport => "other report",
            ClaimState::NotHeld => "not held",
            ClaimState::Unclear => "unclear",
            ClaimState::NotRead => "not read",
            ClaimState::NotFound => "not found",
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Spot::Line(n) => write!(f, "line {n}"),
            Spot::Paragraph(n) => write!(f, "paragraph {n}"),
            Spot::Row(n) => write!(f, "row {n}"),
        }
    }
}

/// What words and signs are compared by where a quotation differs: letter case
/// counts, typography does not.
pub fn difference_key(unit: &str) -> String {
    match unit.chars().any(char::is_alphanumeric) {
        true => typography::word_key(unit),
        false => typography::gap_key(unit),
    }
}

#[cfg(test)]
mod tests {
    use super::source::Source;
    use crate::report::{Paragraph, Report, ReportId, ReportInfo, Section, SectionName, Series};

    /// A source of passages that follow each other.
    pub(super) fn source(texts: &[&str]) -> Source {
        let paragraph = |text: &&str| Paragraph {
            printed_number: None,
            page: None,
            doubts: None,
            text: (*text).to_owned(),
        };
        let report = Report {
            id: ReportId::Record("a".to_owned()),
            info: ReportInfo {
                title: "A".to_owned(),
                path: "a.txt".to_owned(),
                ..ReportInfo::new(Series::doc())
            },
            sections: vec![Section {
                name: SectionName::new("text", "Text", None),
                paragraphs: texts.iter().map(paragraph).collect(),
            }],
            line: None,
        };
        Source::of(report.passages())
    }
}
