//! HTML to lines: the text of a page, a paragraph, heading, item or row each,
//! without what stands around it.
//!
//! The page is parsed as browsers do (`page`), what is no part of its text is
//! marked (`furniture`), the block that holds the report is chosen (`block`)
//! and its text written out (`lines`). Nothing here knows what a report is;
//! the shapes of some sites are data in `block`, `furniture` and `records`.

mod block;
mod charset;
mod damage;
mod depth;
mod fold;
mod furniture;
mod lines;
mod marks;
mod metadata;
mod page;
mod paragraph;
mod records;
mod tables;
mod tally;
mod weight;
mod whole;

#[cfg(test)]
mod tests;

pub use charset::charset;
pub use whole::read_whole;

use super::document::{self, Document, Line, LineKind};
use block::Text;
use furniture::Furniture;
use metadata::Metadata;
use page::Page;
use weight::Weights;

/// The text of an HTML page, by its markup; any text is read, broken markup
/// as browsers read it.
pub fn read(text: &str) -> Document<'static> {
    let flat = depth::flatten(text);
    let html = scraper::Html::parse_document(&flat.text);
    let page = Page::new(&html);
    let furniture = Furniture::of(&page);
    let weights = Weights::of(&page, |at| furniture.part(at).is_some());
    let metadata = Metadata::of(&page);
    let chosen = Text::choose(&page, &furniture, &weights, &metadata);

    let mut lines = lines::write(&page, &furniture, chosen.block);
    if let Some(headline) = chosen.outside(&page) {
        put_first(page.text(headline), &mut lines);
    }
    number(&mut lines);
    let dropped = tally::count(&page, &furniture, &chosen);
    let headline = chosen.headline.map(|at| page.text(at));
    let title = metadata.title(headline.as_deref());
    let title = title.or_else(|| first_heading(&lines));
    let mut remarks = Vec::new();
    remarks.extend(flat.remark());
    remarks.extend(damage::of_download(text));
    if let Some(remark) = damage::of_page(&lines, title.as_deref()) {
        // What stands in place of a report is none.
        lines.clear();
        remarks.push(remark);
    }
    Document {
        lines,
        whole: true,
        metadata: document::Metadata {
            title,
            url: metadata.url(),
            ..document::Metadata::default()
        },
        dropped,
        remarks,
    }
}

/// Puts a headline that stands outside the text before it, unless the text
/// begins with it.
fn put_first(headline: String, lines: &mut Vec<Line<'static>>) {
    let again = |line: &Line<'_>| line.text.to_lowercase() == headline.to_lowercase();
    if !lines.first().is_some_and(again) {
        lines.insert(0, lines::line(headline, LineKind::Heading));
    }
}

fn number(lines: &mut [Line<'static>]) {
    for (line, number) in lines.iter_mut().zip(1..) {
        line.number = number;
    }
}

fn first_heading(lines: &[Line<'_>]) -> Option<String> {
    let heading = lines.iter().find(|line| line.kind == LineKind::Heading)?;
    Some(heading.text.to_string())
}
