//! Formatted styles by hayagriva, which carries the Chicago and APA styles of
//! the Citation Style Language.

use std::str::FromStr;

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::taxonomy::Locator as LocatorKind;
use hayagriva::citationberg::{IndependentStyle, Style as CslStyle};
use hayagriva::types::{
    Date as EntryDate, EntryType, FormatString, Person, Publisher, QualifiedUrl, StringChunk,
};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, Entry, LocatorPayload,
    Rendered, SpecificLocator,
};
use jiff::civil::Date;

use super::record::SourceRecord;
use crate::error::{Error, ErrorKind, Result};

/// What stands for a hyphen in a number until it is rendered: the library takes
/// `GAO-05-927` for a range of numbers, and writes `nos. GAO-5–927`.
const HYPHEN: &str = "\u{E02D}";

/// A note of the Chicago Manual of Style.
///
/// # Errors
/// A source whose URL is none.
pub fn chicago(record: &SourceRecord, accessed: Option<Date>) -> Result<String> {
    let rendered = render(record, ArchivedStyle::ChicagoNotes, accessed)?;
    let note = rendered
        .citations
        .first()
        .map(|c| format!("{:#}", c.citation));
    Ok(tidy(&note.unwrap_or_default()))
}

/// The APA reference, and on a line of its own the citation in parentheses.
///
/// # Errors
/// A source whose URL is none.
pub fn apa(record: &SourceRecord, accessed: Option<Date>) -> Result<String> {
    let rendered = render(
        record,
        ArchivedStyle::AmericanPsychologicalAssociation,
        accessed,
    )?;
    let citation = rendered
        .citations
        .first()
        .map(|c| format!("{:#}", c.citation));
    let items = rendered.bibliography.map(|b| b.items).unwrap_or_default();
    let reference = items.first().map(|i| format!("{:#}", i.content));
    let both = [reference, citation]
        .into_iter()
        .flatten()
        .map(|t| tidy(&t))
        .collect::<Vec<_>>();
    Ok(both.join("\n"))
}

fn render(
    record: &SourceRecord,
    style_name: ArchivedStyle,
    accessed: Option<Date>,
) -> Result<Rendered> {
    let entry = entry(record, accessed)?;
    let style = independent(style_name)?;
    let locales = locales();
    let printed = match style_name {
        ArchivedStyle::AmericanPsychologicalAssociation => record.printed_locators_apa(),
        _ => record.printed_locators(),
    };
    let locator = printed
        .as_deref()
        .map(|p| SpecificLocator(LocatorKind::Custom, LocatorPayload::Str(p)));
    let mut driver = BibliographyDriver::new();
    let item = CitationItem::with_locator(&entry, locator);
    driver.citation(CitationRequest::from_items(vec![item], &style, &locales));
    Ok(driver.finish(BibliographyRequest {
        style: &style,
        locale: None,
        locale_files: &locales,
    }))
}

fn independent(style: ArchivedStyle) -> Result<IndependentStyle> {
    match style.get() {
        CslStyle::Independent(style) => Ok(style),
        CslStyle::Dependent(_) => Err(Error::new(
            ErrorKind::Usage,
            "the citation style depends on another",
        )),
    }
}

fn entry(record: &SourceRecord, accessed: Option<Date>) -> Result<Entry> {
    let kind = if record.container.is_some() {
        EntryType::Chapter
    } else {
        EntryType::Report
    };
    let mut entry = Entry::new(&record.key, kind);
    entry.set_title(verbatim(&record.title));
    if let Some(author) = &record.author {
        entry.set_authors(author.split("; ").map(corporate).collect());
    }
    if let Some(number) = record.number_beside_title() {
        entry.set_keyed_serial_number("serial", number.replace('-', HYPHEN));
    }
    let date = date_of(record);
    if let Some(date) = date {
        entry.set_date(date);
    }
    if let Some(url) = &record.url {
        let mut url = QualifiedUrl::from_str(url)
            .map_err(|e| Error::input(format!("`{url}` is no URL")).with_cause(e))?;
        url.visit_date = accessed.map(day);
        entry.set_url(url);
    }
    let publisher = record
        .publisher
        .as_ref()
        .or(record.place.as_ref())
        .map(|_| {
            // APA and Chicago leave out a publisher that is the author.
            let name = record
                .publisher
                .as_ref()
                .filter(|p| record.author.as_ref() != Some(p));
            Publisher::new(
                name.map(|n| verbatim(n)),
                record.place.as_ref().map(|p| verbatim(p)),
            )
        });
    match &record.container {
        Some(container) => {
            let mut parent = Entry::new(&format!("{}-container", record.key), EntryType::Report);
            parent.set_title(verbatim(container));
            if let Some(date) = date {
                parent.set_date(date);
            }
            if let Some(publisher) = publisher {
                parent.set_publisher(publisher);
            }
            entry.set_parents(vec![parent]);
        }
        None => {
            if let Some(publisher) = publisher {
                entry.set_publisher(publisher);
            }
        }
    }
    Ok(entry)
}

/// A name or title that no style may re-case.
fn verbatim(text: &str) -> FormatString {
    StringChunk::verbatim(text).into()
}

fn corporate(name: &str) -> Person {
    Person {
        name: name.to_owned(),
        given_name: None,
        prefix: None,
        suffix: None,
        comma_suffix: false,
        alias: None,
    }
}

fn date_of(record: &SourceRecord) -> Option<EntryDate> {
    match (record.issued, record.year) {
        (Some(issued), _) => Some(EntryDate {
            year: i32::from(issued.year),
            // The library counts months and days from 0.
            month: u8::try_from(issued.month - 1).ok(),
            day: issued.day.and_then(|day| u8::try_from(day - 1).ok()),
            approximate: false,
            season: None,
        }),
        (None, Some(year)) => Some(EntryDate::from_year(i32::from(year))),
        (None, None) => None,
    }
}

fn day(date: Date) -> EntryDate {
    EntryDate {
        year: i32::from(date.year()),
        // The library counts months and days from 0.
        month: u8::try_from(date.month() - 1).ok(),
        day: u8::try_from(date.day() - 1).ok(),
        approximate: false,
        season: None,
    }
}

fn tidy(text: &str) -> String {
    let text = text.replace(HYPHEN, "-");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::record::Issued;

    #[test]
    fn numbers_of_documents_are_cited_as_printed() {
        for (number, note) in [
            ("R45199", "no. R45199"),
            ("GAO-05-099", "GAO-05-099"),
            ("A/HRC/44/99", "A/HRC/44/99"),
            ("2020-07099", "2020-07099"),
        ] {
            let record = SourceRecord {
                id: "gao-2005-a1".parse().unwrap(),
                key: "a1".to_owned(),
                author: Some("Ann Reed; Ben Kiln".to_owned()),
                title: "Salt Pans".to_owned(),
                container: None,
                publisher: Some("Salt House".to_owned()),
                place: Some("Norport".to_owned()),
                year: Some(2005),
                issued: Some(Issued {
                    year: 2005,
                    month: 9,
                    day: None,
                }),
                number: Some(number.to_owned()),
                language: None,
                url: None,
                note: None,
                locators: Vec::new(),
            };
            let cited = chicago(&record, None).unwrap();
            assert!(cited.contains(&format!(", {note} (")), "{cited}");
            assert!(cited.contains("Ann Reed and Ben Kiln"), "{cited}");
            assert!(apa(&record, None).unwrap().contains(number), "{number}");
        }
    }
}
