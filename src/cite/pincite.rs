//! The pincite: the printed pinpoint citation of a passage.

use crate::report::Passage;

/// The pincite of a passage: title, section, paragraph. A text without
/// sections of its own has none in it.
///
/// `2021 Trafficking in Persons Report: Cambodia, Prevention, para. 4`
pub fn pincite(passage: &Passage) -> String {
    format!("{}, {}", passage.report.title, locator(passage))
}

/// Section and paragraph of a passage, as `Prevention, para. 4`.
pub fn locator(passage: &Passage) -> String {
    let paragraph = format!("para. {}", paragraph(passage));
    match section(passage) {
        Some(section) => format!("{section}, {paragraph}"),
        None => paragraph,
    }
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
