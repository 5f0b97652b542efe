//! The catalogue record that republishers put before a report: a table or
//! list of `Publisher`, `Cite as` and the like.

use super::super::dates;
use super::super::document::Metadata;
use super::super::names;
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

/// What a catalogue record says of the text below it.
pub(super) fn facts(page: &Page<'_>, record: usize) -> Metadata {
    let mut facts = Metadata::default();
    for node in page.subtree(record) {
        if !matches!(page.name(node), "td" | "th" | "dt") || page.subtree(node).len() > 20 {
            continue;
        }
        let Some(value) = after(page, node) else {
            continue;
        };
        let label = page.text(node).to_lowercase();
        match label.trim_end_matches(':') {
            "author" => facts.authors = names::authors(std::iter::once(value)),
            "publisher" => facts.publisher = Some(value).filter(|name| names::is_name(name)),
            "publication date" => facts.date = dates::iso(&value),
            "citation / document symbol" | "reference" => {
                let number = Some(value).filter(|number| names::is_symbol(number));
                facts.number = facts.number.take().or(number);
            }
            _ => {}
        }
    }
    facts
}

/// The text of the element behind one.
fn after(page: &Page<'_>, at: usize) -> Option<String> {
    let siblings = page.children(page.parent(at)?);
    let mut behind = siblings.skip_while(|&sibling| sibling <= at);
    let next = behind.find(|&sibling| !page.name(sibling).is_empty())?;
    Some(page.text(next)).filter(|text| !text.is_empty())
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

    #[test]
    fn records_tell_facts() {
        let html = scraper::Html::parse_document(
            "<table><tr><td><b>Publisher</b></td> <td>A House</td></tr><tr><td>Publication Date:</td><td>27 June 2011</td></tr>\
             <tr><td>Citation / Document Symbol</td><td>A/BOAT/4/2</td></tr><tr><td>Author</td></tr></table>",
        );
        let page = Page::new(&html);
        let table = page.body().find(|&at| page.name(at) == "table").unwrap();
        let told = facts(&page, table);
        assert_eq!(told.publisher.as_deref(), Some("A House"));
        assert_eq!(told.date.as_deref(), Some("2011-06-27"));
        assert_eq!(told.number.as_deref(), Some("A/BOAT/4/2"));
        assert_eq!(told.authors, [] as [&str; 0]);
    }
}
