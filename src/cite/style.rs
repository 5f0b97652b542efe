//! The styles a citation can have.

use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;

use super::record::SourceRecord;
use super::{bluebook, csl, exchange, pincite};
use crate::error::{Error, Result};
use crate::report::{Passage, ReportId, ReportInfo};

/// A way to write citations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// The pincite.
    Pincite,
    /// A note of the Chicago Manual of Style, 18th edition.
    Chicago,
    /// A parenthetical citation and reference of the American Psychological
    /// Association, 7th edition.
    Apa,
    /// A Bluebook citation.
    Bluebook,
    /// BibTeX.
    Bibtex,
    /// RIS.
    Ris,
    /// CSL-JSON.
    CslJson,
}

impl Style {
    /// The names of the styles.
    pub const NAMES: [&'static str; 7] = [
        "pincite", "chicago", "apa", "bluebook", "bibtex", "ris", "csl-json",
    ];
}

impl FromStr for Style {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Ok(match text {
            "pincite" => Style::Pincite,
            "chicago" => Style::Chicago,
            "apa" => Style::Apa,
            "bluebook" => Style::Bluebook,
            "bibtex" => Style::Bibtex,
            "ris" => Style::Ris,
            "csl-json" => Style::CslJson,
            _ => {
                return Err(Error::usage(format!("there is no citation style `{text}`"))
                    .with_hint(format!("the styles are {}", Style::NAMES.join(", "))));
            }
        })
    }
}

/// What is cited.
#[derive(Debug, Clone)]
pub enum Cited {
    /// A passage.
    Passage(Box<Passage>),
    /// A whole report.
    Report(ReportId, Arc<ReportInfo>),
}

/// Citations of passages and reports in a style, ready to print: a line each
/// in the styles that are read, one record for each report in the exchange
/// formats. `accessed` is the day the source was looked at.
///
/// # Errors
/// A source that the style library cannot take, as one with a bad URL.
pub fn cite(cited: &[Cited], style: Style, accessed: Option<Date>) -> Result<String> {
    match style {
        Style::Bibtex => exchange::bibtex(&grouped(cited), accessed),
        Style::Ris => Ok(exchange::ris(&grouped(cited), accessed)),
        Style::CslJson => Ok(exchange::csl_json(&grouped(cited), accessed)),
        _ => {
            let mut lines = String::new();
            for one in cited {
                let record = record_of(one);
                lines.push_str(&match style {
                    Style::Chicago => csl::chicago(&record, accessed)?,
                    Style::Apa => csl::apa(&record, accessed)?,
                    Style::Bluebook => bluebook::bluebook(&record),
                    _ => match one {
                        Cited::Passage(passage) => pincite(passage),
                        Cited::Report(_, report) => report.title.clone(),
                    },
                });
                lines.push('\n');
            }
            Ok(lines)
        }
    }
}

fn record_of(cited: &Cited) -> SourceRecord {
    match cited {
        Cited::Passage(passage) => SourceRecord::of_passage(passage),
        Cited::Report(id, report) => SourceRecord::new(id, report),
    }
}

/// One record for each report, with all places that are cited of it; keys
/// that come again get `-2`, `-3` ... added.
fn grouped(cited: &[Cited]) -> Vec<SourceRecord> {
    let mut records: Vec<SourceRecord> = Vec::new();
    for mut record in cited.iter().map(record_of) {
        match records.iter_mut().find(|r| r.id == record.id) {
            Some(known) => known.locators.extend(record.locators),
            None => {
                let key = record.key.clone();
                let mut repeats = 2..;
                while records.iter().any(|r| r.key == record.key) {
                    record.key = format!("{key}-{}", repeats.next().unwrap_or_default());
                }
                records.push(record);
            }
        }
    }
    records
}
