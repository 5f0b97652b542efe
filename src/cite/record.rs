//! What a bibliography needs of a report.

use jiff::civil::Date;

use super::pincite::{locator, paragraph, section};
use crate::report::{Passage, ReportId, ReportInfo, Told, slug};

/// A report as a source, with the places in it that are cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRecord {
    /// The report.
    pub id: ReportId,
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
    /// The paragraph as cited, as `4`.
    pub paragraph: String,
    /// The page it begins on, where the source has pages.
    pub page: Option<u32>,
    /// All of it, as `Prevention, para. 4, p. 12`.
    pub printed: String,
}

impl SourceRecord {
    /// The source of a report, without places.
    pub fn new(id: &ReportId, report: &ReportInfo) -> Self {
        let publication = &report.publication;
        let title = match (&publication.container, &publication.part) {
            (Some(_), Some(part)) => part.clone(),
            _ => report.title.clone(),
        };
        let year = report.year.map(|y| y.get());
        let value = |told: &Option<Told>| told.as_ref().map(|told| told.value.clone());
        SourceRecord {
            id: id.clone(),
            key: key(id, report),
            author: value(&publication.author),
            title,
            container: publication.container.clone(),
            publisher: value(&publication.publisher),
            place: value(&publication.place),
            year: year.and_then(|y| i16::try_from(y).ok()),
            issued: value(&publication.issued).and_then(|d| d.parse().ok()),
            url: report.url.clone(),
            note: report.note.clone(),
            locators: Vec::new(),
        }
    }

    /// The source of a passage, with its place.
    pub fn of_passage(passage: &Passage) -> Self {
        let mut record = SourceRecord::new(&passage.id.report, &passage.report);
        record.locators.push(Locator {
            section: section(passage),
            paragraph: paragraph(passage),
            page: passage.page,
            printed: locator(passage),
        });
        record
    }

    /// All places as APA writes them, as `Prevention section, para. 4`.
    pub fn printed_locators_apa(&self) -> Option<String> {
        let printed: Vec<String> = self
            .locators
            .iter()
            .map(|l| {
                let section = l.section.iter().map(|s| format!("{s} section"));
                let page = l.page.map(|page| format!("p. {page}"));
                let paragraph = format!("para. {}", l.paragraph);
                let parts: Vec<_> = section.chain([paragraph]).chain(page).collect();
                parts.join(", ")
            })
            .collect();
        (!printed.is_empty()).then(|| printed.join("; "))
    }

    /// All places in one line, as `Prevention, para. 4; Profile, para. 3`.
    pub fn printed_locators(&self) -> Option<String> {
        let printed: Vec<&str> = self.locators.iter().map(|l| l.printed.as_str()).collect();
        (!printed.is_empty()).then(|| printed.join("; "))
    }
}

/// The citation key of a report: publication, year and country as printed, or
/// the id of a record.
fn key(id: &ReportId, report: &ReportInfo) -> String {
    let plain = |text: &str| slug(text).replace('-', "");
    match id {
        ReportId::Record(record) => format!("doc{}", plain(record)),
        ReportId::Edition { series, year, .. } => {
            let name = report.country.as_ref().map_or("", |c| c.printed.as_str());
            let publication = report.publication.key.as_deref().unwrap_or(series.as_str());
            format!("{publication}{year}{}", plain(name))
        }
    }
}
