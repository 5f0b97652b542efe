//! What a citation needs of a report, as JSON and as cells of a table: each fact
//! with what told it.

use serde::Serialize;

use crate::report::{FactSource, ReportInfo, Told};

/// The columns of a table, in the order of [`cells`].
pub(in crate::output) const COLUMNS: [&str; 8] = [
    "author",
    "publisher",
    "place",
    "issued",
    "document_number",
    "language",
    "subtitle",
    "sources",
];

/// The facts of a publication; those that nothing tells are null.
#[derive(Serialize)]
pub(super) struct JsonPublication<'a> {
    author: Option<JsonTold<'a>>,
    publisher: Option<JsonTold<'a>>,
    place: Option<JsonTold<'a>>,
    issued: Option<JsonTold<'a>>,
    number: Option<JsonTold<'a>>,
    language: Option<JsonTold<'a>>,
    subtitle: Option<JsonTold<'a>>,
}

#[derive(Serialize)]
struct JsonTold<'a> {
    value: &'a str,
    source: &'static str,
}

impl<'a> JsonPublication<'a> {
    /// The publication of a report.
    pub(super) fn new(report: &'a ReportInfo) -> Self {
        let [author, publisher, place, issued, number, language, subtitle] =
            facts(report).map(|(_, told)| {
                let told = told?;
                Some(JsonTold {
                    value: &told.value,
                    source: told.source.as_str(),
                })
            });
        JsonPublication {
            author,
            publisher,
            place,
            issued,
            number,
            language,
            subtitle,
        }
    }
}

/// The facts of a publication as the cells of [`COLUMNS`]; the last names what
/// told each of them, title and year too, as `title=embedded;issued=cover`.
pub(in crate::output) fn cells(report: &ReportInfo) -> [String; 8] {
    let facts = facts(report);
    let named = |name: &str, source: Option<FactSource>| {
        source.map(|source| format!("{name}={}", source.as_str()))
    };
    let own = [
        named("title", report.title_source),
        named("year", report.year_source),
    ];
    let told = facts
        .iter()
        .map(|(name, told)| named(name, told.map(|told| told.source)));
    let sources: Vec<String> = own.into_iter().chain(told).flatten().collect();
    let value = |at: usize| facts[at].1.map_or(String::new(), |told| told.value.clone());
    [
        value(0),
        value(1),
        value(2),
        value(3),
        value(4),
        value(5),
        value(6),
        sources.join(";"),
    ]
}

fn facts(report: &ReportInfo) -> [(&'static str, Option<&Told>); 7] {
    let publication = &report.publication;
    [
        ("author", publication.author.as_ref()),
        ("publisher", publication.publisher.as_ref()),
        ("place", publication.place.as_ref()),
        ("issued", publication.issued.as_ref()),
        ("number", publication.number.as_ref()),
        ("language", publication.language.as_ref()),
        ("subtitle", publication.subtitle.as_ref()),
    ]
}
