//! The pincite: the printed pinpoint citation of a passage.

use crate::report::Passage;

/// The pincite of a passage: title, section, paragraph, and the page where the
/// source has pages. A text without sections of its own has none in it.
///
/// `2021 Trafficking in Persons Report: Cambodia, Prevention, para. 4`
pub fn pincite(passage: &Passage) -> String {
    format!("{}, {}", passage.report.title, locator(passage))
}

/// Section, paragraph and page of a passage, as `Prevention, para. 4, p. 12`.
pub fn locator(passage: &Passage) -> String {
    let paragraph = format!("para. {}", paragraph(passage));
    let page = passage.page.map(|page| format!("p. {page}"));
    let parts: Vec<String> = section(passage)
        .into_iter()
        .chain([paragraph])
        .chain(page)
        .collect();
    parts.join(", ")
}

/// The paragraph as cited; where the source numbers its paragraphs otherwise,
/// with its number too, as `3 (printed 99)`.
pub fn paragraph(passage: &Passage) -> String {
    let number = passage.id.number.to_string();
    match passage.printed_number.as_ref().filter(|p| **p != number) {
        Some(printed) => format!("{number} (printed {printed})"),
        None => number,
    }
}

/// The section as cited; none for a text that has no sections.
pub fn section(passage: &Passage) -> Option<String> {
    (passage.section.key != "text").then(|| passage.section.cited())
}
