//! The catalogue record that republishers put before a report: a table or
//! list of `Publisher`, `Cite as` and the like.

use super::page::Page;

/// What the rows of such a record are called.
const LABELS: &[&str] = &[
    "author",
    "cite as",
    "citation / document symbol",
    "comments",
    "countries",
    "country",
    "disclaimer",
    "document type",
    "last updated",
    "original link",
    "publication date",
    "publisher",
    "reference",
    "source",
    "title",
    "topics",
];

/// Labels that no table of a report has.
const TELLING: &[&str] = &[
    "cite as",
    "disclaimer",
    "publisher",
    "last updated",
    "original link",
];

/// How many rows must be called so.
const ROWS: usize = 3;

/// Whether a table or list is a catalogue record.
pub(super) fn is_record(page: &Page<'_>, at: usize) -> bool {
    // A table around the whole page holds the record's table too.
    let nested = page
        .subtree(at)
        .skip(1)
        .any(|node| page.name(node) == "table");
    if nested {
        return false;
    }
    let (mut rows, mut telling) = (0, 0);
    for node in page.subtree(at) {
        if !matches!(page.name(node), "td" | "th" | "dt") || page.subtree(node).len() > 20 {
            continue;
        }
        let text = page.text(node).to_lowercase();
        let label = text.trim_end_matches(':');
        rows += usize::from(LABELS.contains(&label));
        telling += usize::from(TELLING.contains(&label));
    }
    rows >= ROWS && telling > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_told_from_tables() {
        let row = |label: &str| format!("<tr><td><b>{label}</b></td><td>x</td></tr>");
        let cases = [
            (["Publisher", "Publication Date", "Cite as:"], true),
            (["Country", "Source", "Author"], false),
            (["Year", "Prosecutions", "Publisher"], false),
        ];
        for (labels, want) in cases {
            let rows: String = labels.map(row).concat();
            let html = scraper::Html::parse_document(&format!("<table>{rows}</table>"));
            let page = Page::new(&html);
            let table = page.body().find(|&at| page.name(at) == "table").unwrap();
            assert_eq!(is_record(&page, table), want, "{labels:?}");
        }
    }
}
