//! The pincite: the printed pinpoint citation of a passage.

use crate::report::Passage;

/// The pincite of a passage: title, section, paragraph, and the page where the
/// source has pages. A text without sections of its own has none in it. The
/// paragraph is the one that the source prints, else pincite's own count.
///
/// `2021 Trafficking in Persons Report: Cambodia, Prevention, para. 4`
pub fn pincite(passage: &Passage) -> String {
    match locator(passage) {
        locator if locator.is_empty() => passage.report.title.clone(),
        locator => format!("{}, {locator}", passage.report.title),
    }
}

/// Section, paragraph and page of a passage, as `Prevention, para. 4, p. 12`; of
/// a heading section and page.
pub fn locator(passage: &Passage) -> String {
    let paragraph = (passage.id.number > 0).then(|| format!("para. {}", paragraph(passage)));
    let page = passage.page.map(|page| format!("p. {page}"));
    let parts: Vec<String> = section(passage)
        .into_iter()
        .chain(paragraph)
        .chain(page)
        .collect();
    parts.join(", ")
}

/// The paragraph as cited: by the number that the source prints before it, else
/// by its place in the section. If the source numbers others, that is said,
/// because the count is not one of its numbers: `5 (unnumbered)`.
pub fn paragraph(passage: &Passage) -> String {
    let own = || match passage.report.is_numbered {
        true => format!("{} (unnumbered)", passage.id.number),
        false => passage.id.number.to_string(),
    };
    passage.printed_number.clone().unwrap_or_else(own)
}

/// The section as cited; none for a text that has no sections.
pub fn section(passage: &Passage) -> Option<String> {
    let is_title = passage.id.number == 0 && passage.section.heading.is_none();
    (passage.section.key != "text" && !is_title).then(|| passage.section.cited())
}
