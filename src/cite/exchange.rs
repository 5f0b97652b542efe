//! Exchange formats: BibTeX, RIS, CSL-JSON; one record for each report.

use biblatex::{Chunk, Entry, EntryType, Spanned};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::record::SourceRecord;
use crate::error::{Error, ErrorKind, Result};

/// BibTeX entries; the crate biblatex writes them.
///
/// # Errors
/// An entry that has no BibTeX form.
pub fn bibtex(records: &[SourceRecord], accessed: Option<Date>) -> Result<String> {
    let mut text = String::new();
    for record in records {
        // A report of a series is numbered by its institution.
        let is_numbered =
            record.container.is_none() && record.number.is_some() && record.publisher.is_some();
        let kind = if record.container.is_some() {
            EntryType::InCollection
        } else if is_numbered {
            EntryType::Report
        } else {
            EntryType::Misc
        };
        let mut entry = Entry::new(record.key.clone(), kind);
        if let Some(names) = &record.author {
            entry.set("author", authors(names));
        }
        let mut set = |key: &str, chunk: Option<Chunk>| {
            if let Some(chunk) = chunk {
                entry.set(key, vec![Spanned::detached(chunk)]);
            }
        };
        // Verbatim chunks are written in braces of their own: a corporate
        // author stays one name, a title keeps its capitals.
        let whole = |text: &Option<String>| text.clone().map(Chunk::Verbatim);
        let plain = |text: Option<String>| text.map(Chunk::Normal);
        set("title", Some(Chunk::Verbatim(record.title.clone())));
        set("booktitle", whole(&record.container));
        let publisher = if is_numbered {
            "institution"
        } else {
            "publisher"
        };
        set(publisher, whole(&record.publisher));
        set("location", plain(record.place.clone()));
        set(
            "type",
            is_numbered.then(|| Chunk::Normal("Report".to_owned())),
        );
        set("number", whole(&record.number));
        set("language", plain(record.language.clone()));
        let date = record.issued.map(|d| d.printed('-'));
        set(
            "date",
            plain(date.or_else(|| record.year.map(|y| y.to_string()))),
        );
        set("url", plain(record.url.clone()));
        set("urldate", plain(accessed.map(|d| d.to_string())));
        let note: Vec<String> = record
            .printed_locators()
            .into_iter()
            .chain(record.note.clone())
            .collect();
        set(
            "note",
            (!note.is_empty()).then(|| Chunk::Verbatim(note.join("; "))),
        );
        let written = entry.to_bibtex_string().map_err(|e| {
            Error::new(
                ErrorKind::Usage,
                format!("`{}` has no BibTeX form", record.key),
            )
            .with_cause(e)
        })?;
        text.push_str(written.trim_end());
        text.push_str("\n\n");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    Ok(text)
}

/// The authors as BibTeX has several: an `and` between names, each whole.
fn authors(names: &str) -> Vec<Spanned<Chunk>> {
    let mut chunks = Vec::new();
    for name in names.split("; ") {
        if !chunks.is_empty() {
            chunks.push(Spanned::detached(Chunk::Normal(" and ".to_owned())));
        }
        chunks.push(Spanned::detached(Chunk::Verbatim(name.to_owned())));
    }
    chunks
}

/// RIS records: `CHAP` for a part of a publication, `RPRT` otherwise.
pub fn ris(records: &[SourceRecord], accessed: Option<Date>) -> String {
    let mut text = String::new();
    for record in records {
        let mut line = |tag: &str, value: Option<&str>| {
            if let Some(value) = value {
                text.push_str(&format!("{tag}  - {value}\n"));
            }
        };
        let slashed = |d: Date| d.strftime("%Y/%m/%d").to_string();
        line(
            "TY",
            Some(if record.container.is_some() {
                "CHAP"
            } else {
                "RPRT"
            }),
        );
        line("ID", Some(&record.key));
        for author in record.author.iter().flat_map(|names| names.split("; ")) {
            line("AU", Some(author));
        }
        line("TI", Some(&record.title));
        line("T2", record.container.as_deref());
        line("PB", record.publisher.as_deref());
        line("CY", record.place.as_deref());
        line("PY", record.year.map(|y| y.to_string()).as_deref());
        line("DA", record.issued.map(|d| d.printed('/')).as_deref());
        line("SN", record.number.as_deref());
        line("LA", record.language.as_deref());
        line("SE", record.printed_locators().as_deref());
        line("UR", record.url.as_deref());
        line("Y2", accessed.map(slashed).as_deref());
        line("N1", record.note.as_deref());
        text.push_str("ER  - \n");
    }
    text
}

/// A CSL-JSON array (schema csl-data 1.0.2). The locator, which that schema
/// leaves to the citation, stands under `custom`.
pub fn csl_json(records: &[SourceRecord], accessed: Option<Date>) -> String {
    let items: Vec<Value> = records
        .iter()
        .map(|record| csl_item(record, accessed))
        .collect();
    // Plain values always serialize.
    let mut text = serde_json::to_string_pretty(&items).unwrap_or_default();
    text.push('\n');
    text
}

fn csl_item(record: &SourceRecord, accessed: Option<Date>) -> Value {
    let mut item = Map::new();
    let mut set = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            item.insert(key.to_owned(), value);
        }
    };
    let text = |t: &Option<String>| t.clone().map(Value::String);
    let day = |d: Date| json!({"date-parts": [[d.year(), d.month(), d.day()]]});
    set("id", Some(json!(record.key)));
    set(
        "type",
        Some(json!(if record.container.is_some() {
            "chapter"
        } else {
            "report"
        })),
    );
    set(
        "author",
        record.author.as_ref().map(|names| {
            let names = names.split("; ").map(|name| json!({ "literal": name }));
            json!(names.collect::<Vec<_>>())
        }),
    );
    set("title", Some(json!(record.title)));
    set("container-title", text(&record.container));
    set("publisher", text(&record.publisher));
    set("publisher-place", text(&record.place));
    let year = record.year.map(|y| json!({"date-parts": [[y]]}));
    let issued = record.issued.map(|date| match date.day {
        Some(day) => json!({"date-parts": [[date.year, date.month, day]]}),
        None => json!({"date-parts": [[date.year, date.month]]}),
    });
    set("issued", issued.or(year));
    set("number", text(&record.number));
    set("language", text(&record.language));
    set("accessed", accessed.map(day));
    set("URL", text(&record.url));
    let mut sections: Vec<&str> = record
        .locators
        .iter()
        .filter_map(|l| l.section.as_deref())
        .collect();
    sections.dedup();
    set(
        "section",
        (!sections.is_empty()).then(|| json!(sections.join("; "))),
    );
    set("note", text(&record.note));
    let locators: Vec<Value> = record
        .locators
        .iter()
        .map(|l| json!({"label": "paragraph", "locator": l.paragraph, "section": l.section, "page": l.page}))
        .collect();
    set(
        "custom",
        (!locators.is_empty()).then(|| json!({ "locators": locators })),
    );
    Value::Object(item)
}
