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
    /// The day or month of issue, where it is known.
    pub issued: Option<Issued>,
    /// The document number or symbol, as `GAO-06-282`.
    pub number: Option<String>,
    /// The language, as BCP 47 tags it.
    pub language: Option<String>,
    /// Where it is published.
    pub url: Option<String>,
    /// What a reader must know of the text that was cited from.
    pub note: Option<String>,
    /// The places that are cited, in the order they were asked for.
    pub locators: Vec<Locator>,
}

/// A day or month of issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Issued {
    /// The year.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: i8,
    /// The day of the month, where it is known.
    pub day: Option<i8>,
}

impl Issued {
    /// The day or month that a date of ISO 8601 names; none of a year alone.
    fn of(text: &str) -> Option<Self> {
        let is_month = text.len() == "2022-04".len();
        let day: Date = match is_month {
            true => format!("{text}-01").parse().ok()?,
            false => text.parse().ok()?,
        };
        Some(Issued {
            year: day.year(),
            month: day.month(),
            day: (!is_month).then(|| day.day()),
        })
    }

    /// Year, month and day, as far as they are known, with a sign between.
    pub fn printed(self, between: char) -> String {
        let month = format!("{:04}{between}{:02}", self.year, self.month);
        match self.day {
            Some(day) => format!("{month}{between}{day:02}"),
            None => month,
        }
    }
}

/// A place in a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locator {
    /// The section as cited; none for a text without sections.
    pub section: Option<String>,
    /// The paragraph as cited, as `4`; none of a heading or title.
    pub paragraph: Option<String>,
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
        let title = match &publication.subtitle {
            Some(subtitle) if !title.ends_with(&subtitle.value) => {
                let sign = if title.ends_with(['?', '!']) { "" } else { ":" };
                format!("{title}{sign} {}", subtitle.value)
            }
            _ => title,
        };
        let issued = value(&publication.issued).and_then(|date| Issued::of(&date));
        SourceRecord {
            id: id.clone(),
            key: key(id, report),
            author: value(&publication.author),
            title,
            container: publication.container.clone(),
            publisher: value(&publication.publisher),
            place: value(&publication.place),
            year: year
                .and_then(|y| i16::try_from(y).ok())
                .or(issued.map(|date| date.year)),
            issued,
            number: value(&publication.number),
            language: value(&publication.language),
            url: report.url.clone(),
            note: report.note.clone(),
            locators: Vec::new(),
        }
    }

    /// The source of a passage, with its place.
    pub fn of_passage(passage: &Passage) -> Self {
        let mut record = SourceRecord::new(&passage.id.report, &passage.report);
        let printed = locator(passage);
        if printed.is_empty() {
            // A title is not a place within the report.
            return record;
        }
        record.locators.push(Locator {
            section: section(passage),
            paragraph: (passage.id.number > 0).then(|| paragraph(passage)),
            page: passage.page,
            printed,
        });
        record
    }

    /// The number, where the title does not say it already, as a separate
    /// word.
    pub fn number_beside_title(&self) -> Option<&str> {
        let number = self.number.as_deref()?;
        let is_part = |c: char| c.is_alphanumeric();
        let is_said = self.title.match_indices(number).any(|(at, _)| {
            let before = self.title[..at].chars().next_back();
            let behind = self.title[at + number.len()..].chars().next();
            !before.is_some_and(is_part) && !behind.is_some_and(is_part)
        });
        (!is_said).then_some(number)
    }

    /// All places as APA writes them, as `Prevention section, para. 4`.
    pub fn printed_locators_apa(&self) -> Option<String> {
        let printed: Vec<String> = self
            .locators
            .iter()
            .map(|l| {
                let section = l.section.iter().map(|s| format!("{s} section"));
                let page = l.page.map(|page| format!("p. {page}"));
                let paragraph = l.paragraph.as_ref().map(|n| format!("para. {n}"));
                let parts: Vec<_> = section.chain(paragraph).chain(page).collect();
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

/// The citation key of a report: publication, year and country as printed or
/// document, or the id of a record.
fn key(id: &ReportId, report: &ReportInfo) -> String {
    let plain = |text: &str| slug(text).replace('-', "");
    match id {
        ReportId::Record(record) => format!("doc{}", plain(record)),
        ReportId::Edition { series, year, name } => {
            let country = report.country.as_ref().filter(|_| !report.is_document(id));
            let name = country.map_or(name.as_str(), |c| c.printed.as_str());
            let publication = report.publication.key.as_deref().unwrap_or(series.as_str());
            format!("{publication}{year}{}", plain(name))
        }
    }
}
