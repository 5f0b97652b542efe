//! What a bibliography needs of a report.

use jiff::civil::Date;

use super::pincite::{locator, section};
use crate::report::{Passage, ReportInfo, slug};

/// A report as a source, with the places in it that are cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRecord {
    /// The citation key, as `usdos2021cambodia`.
    pub key: String,
    /// The corporate author.
    pub author: Option<String>,
    /// The title of the report, or of the part that it is of its container.
    pub title: String,
    /// The publication that holds it.
    pub container: Option<String>,
    /// The publisher.
    pub publisher: Option<String>,
    /// The place of publication.
    pub place: Option<String>,
    /// The year.
    pub year: Option<i16>,
    /// The day of issue, where it is known.
    pub issued: Option<Date>,
    /// Where it is published.
    pub url: Option<String>,
    /// What a reader must know of the text that was cited from.
    pub note: Option<String>,
    /// The places that are cited, in the order they were asked for.
    pub locators: Vec<Locator>,
}

/// A place in a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locator {
    /// The section as cited; none for a text without sections.
    pub section: Option<String>,
    /// The paragraph in the section, from 1.
    pub paragraph: u32,
    /// Both, as `Prevention, para. 4`.
    pub printed: String,
}

impl SourceRecord {
    /// The source of a report, without places.
    pub fn new(report: &ReportInfo) -> Self {
        let publication = &report.publication;
        let title = match (&publication.container, &publication.part) {
            (Some(_), Some(part)) => part.clone(),
            _ => report.title.clone(),
        };
        let name = report
            .country
            .as_ref()
            .map_or(report.title.as_str(), |c| c.printed.as_str());
        let year = report.year.map(|y| y.get());
        SourceRecord {
            key: format!(
                "{}{}{}",
                publication.key.as_deref().unwrap_or(report.series.as_str()),
                year.map(|y| y.to_string()).unwrap_or_default(),
                slug(name).replace('-', "")
            ),
            author: publication.author.clone(),
            title,
            container: publication.container.clone(),
            publisher: publication.publisher.clone(),
            place: publication.place.clone(),
            year: year.and_then(|y| i16::try_from(y).ok()),
            issued: publication.issued.as_deref().and_then(|d| d.parse().ok()),
            url: report.url.clone(),
            note: report.note.clone(),
            locators: Vec::new(),
        }
    }

    /// The sources of passages in the order they first come in, each with all
    /// its places.
    pub fn of_passages(passages: &[Passage]) -> Vec<SourceRecord> {
        let mut records: Vec<(&crate::report::ReportId, SourceRecord)> = Vec::new();
        for passage in passages {
            let place = Locator {
                section: section(passage),
                paragraph: passage.id.number,
                printed: locator(passage),
            };
            match records.iter_mut().find(|(id, _)| **id == passage.id.report) {
                Some((_, record)) => record.locators.push(place),
                None => {
                    let mut record = SourceRecord::new(&passage.report);
                    record.locators.push(place);
                    records.push((&passage.id.report, record));
                }
            }
        }
        records.into_iter().map(|(_, record)| record).collect()
    }

    /// All places in one line, as `Prevention, para. 4; Profile, para. 3`.
    pub fn printed_locators(&self) -> Option<String> {
        let printed: Vec<&str> = self.locators.iter().map(|l| l.printed.as_str()).collect();
        (!printed.is_empty()).then(|| printed.join("; "))
    }
}
