//! The passages of a pack as a table: CSV and XLSX with the same columns.

use std::borrow::Cow;
use std::io::{self, Write};

use super::title;
use crate::cite::pincite;
use crate::desk::pack::{Pack, Quote};
use crate::error::Result;
use crate::output::cells::write_guarded;
use crate::output::publication;
use crate::output::workbook::{self, Cell, Column};
use crate::report::Passage;
use crate::text::span::in_code_points;

const COLUMNS: [Column; 30] = [
    ("number", 8.0),
    ("id", 28.0),
    ("pincite", 34.0),
    ("country", 16.0),
    ("iso3", 6.0),
    ("year", 7.0),
    ("tier", 7.0),
    ("section", 16.0),
    ("paragraph", 10.0),
    ("page", 6.0),
    ("before", 40.0),
    ("text", 80.0),
    ("after", 40.0),
    ("match", 20.0),
    ("highlights", 14.0),
    ("link", 40.0),
    ("hash", 18.0),
    ("series", 8.0),
    ("title", 34.0),
    ("source", 28.0),
    ("note", 28.0),
    ("remark", 28.0),
    ("author", 28.0),
    ("publisher", 28.0),
    ("place", 16.0),
    ("issued", 12.0),
    ("document_number", 16.0),
    ("language", 10.0),
    ("subtitle", 28.0),
    ("sources", 28.0),
];

/// The columns of [`COLUMNS`] that are numbers in a workbook.
const NUMBERS: [&str; 4] = ["number", "year", "paragraph", "page"];

/// Writes the passages as CSV, a header first.
pub(super) fn write_csv(out: &mut dyn Write, pack: &Pack) -> io::Result<()> {
    let header = COLUMNS
        .iter()
        .map(|(name, _)| Cow::Borrowed(*name))
        .collect();
    let rows = (1..)
        .zip(&pack.quotes)
        .map(|(number, quote)| cells(number, quote));
    write_guarded(out, std::iter::once(header).chain(rows))
}

/// The passages as a workbook of one sheet.
pub(super) fn workbook(pack: &Pack) -> Result<Vec<u8>> {
    let mut book = workbook::workbook(&title(pack), pack.provenance.date)?;
    let sheet = book.add_worksheet();
    sheet.set_name("passages").map_err(workbook::unwritten)?;
    let rows = (1..).zip(&pack.quotes).map(|(number, quote)| {
        let cells = COLUMNS.iter().zip(cells(number, quote));
        cells
            .map(|((name, _), text)| cell(name, quote, text))
            .collect()
    });
    workbook::write_table(sheet, &COLUMNS, rows)?;
    workbook::saved(book)
}

fn cell<'a>(column: &str, quote: &'a Quote, text: Cow<'a, str>) -> Cell<'a> {
    match (column, &quote.link) {
        _ if text.is_empty() => Cell::Empty,
        ("link", Some(link)) => Cell::Link(link),
        _ => match text.parse() {
            Ok(number) if NUMBERS.contains(&column) => Cell::Number(number),
            _ => Cell::Text(text),
        },
    }
}

/// The cells of a passage, in the order of [`COLUMNS`].
fn cells(number: usize, quote: &Quote) -> Vec<Cow<'_, str>> {
    let passage: &Passage = &quote.passage;
    let report = &passage.report;
    let country = report.country.as_ref();
    let text = |text: Option<&'_ String>| text.map_or(Cow::Borrowed(""), |t| Cow::Owned(t.clone()));
    let owned = |text: Option<String>| Cow::Owned(text.unwrap_or_default());
    let around = |passages: &[Passage]| {
        let texts: Vec<&str> = passages.iter().map(|p| p.text.as_str()).collect();
        texts.join("\n")
    };
    let spans = in_code_points(&passage.text, &quote.highlights).into_iter();
    let spans: Vec<String> = spans.map(|r| format!("{}-{}", r.start, r.end)).collect();
    let mut cells = vec![
        Cow::Owned(number.to_string()),
        Cow::Owned(passage.id.to_string()),
        Cow::Owned(pincite(passage)),
        text(country.map(|c| &c.name)),
        text(country.map(|c| &c.iso3)),
        owned(report.year.map(|y| y.to_string())),
        owned(report.tier.map(|t| t.to_string())),
        Cow::Borrowed(&passage.section.key),
        Cow::Owned(passage.id.number.to_string()),
        owned(passage.page.map(|p| p.to_string())),
        Cow::Owned(around(&quote.before)),
        Cow::Borrowed(&passage.text),
        Cow::Owned(around(&quote.after)),
        Cow::Owned(matches(&passage.text, &quote.highlights)),
        Cow::Owned(spans.join(";")),
        text(quote.link.as_ref()),
        Cow::Owned(passage.hash()),
        Cow::Borrowed(report.series.as_str()),
        Cow::Borrowed(&report.title),
        Cow::Borrowed(&report.path),
        text(report.note.as_ref()),
        owned(passage.remark()),
    ];
    cells.extend(publication::cells(report).map(Cow::Owned));
    cells
}

/// What matched in a text, each once, in order.
pub(in crate::output) fn matches(text: &str, highlights: &[std::ops::Range<usize>]) -> String {
    let mut found: Vec<&str> = Vec::new();
    for span in highlights {
        let lit = &text[span.clone()];
        if !found.contains(&lit) {
            found.push(lit);
        }
    }
    found.join(" | ")
}
