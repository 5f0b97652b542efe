//! HTML to lines: the text of a page, a paragraph, heading, item or row each,
//! without what stands around it.
//!
//! The page is parsed as browsers do (`page`), what is no part of its text is
//! marked (`furniture`), the block that holds the report is chosen (`block`),
//! its text written out (`lines`), and links and the like taken out of the
//! lines (`sift`). Nothing here knows what a report is; the shapes of some
//! sites are data in `block`, `furniture` and `records`.

mod anchors;
mod block;
mod charset;
mod damage;
mod depth;
mod fold;
mod furniture;
mod labels;
mod lines;
mod marks;
mod metadata;
mod notes;
mod numbers;
mod page;
mod paragraph;
mod published;
mod records;
mod sift;
mod tables;
mod tally;
mod weight;
mod whole;

#[cfg(test)]
mod tests;

pub use charset::charset;
pub use whole::read_whole;

pub(super) use anchors::is_name as is_name_of_contents;

use super::dates;
use super::document::{self, Document, Line, LineKind};
use anchors::Anchors;
use block::Text;
use furniture::{Furniture, Part};
use metadata::Metadata;
use page::Page;
use weight::Weights;

/// The text of an HTML page, by its markup; any text is read, broken markup
/// as browsers read it.
pub fn read(text: &str) -> Document<'static> {
    let flat = depth::flatten(text);
    let html = scraper::Html::parse_document(&flat.text);
    let page = Page::new(&html);
    let metadata = Metadata::of(&page);
    let url = metadata.url();
    let anchors = Anchors::of(url.as_deref());
    let furniture = Furniture::of(&page, &anchors);
    let weights = Weights::of(&page, |at| furniture.part(at).is_some());
    let chosen = Text::choose(&page, &furniture, &weights, &metadata);

    let written = lines::write(&page, &furniture, chosen.block);
    let headline = chosen.headline.map(|at| page.text(at));
    let sifted = sift::sift(&page, &anchors, written, headline.as_deref());
    let mut left_out = sifted.left_out;
    let mut lines = numbers::join(sifted.lines);
    if let Some(headline) = chosen.outside(&page) {
        put_first(page.text(headline), &mut lines);
    }
    number(&mut lines);
    let mut told = published::of(&html, &page);
    if let Some(record) = furniture.first(Part::Record) {
        let recorded = records::facts(&page, record);
        told.publisher = recorded.publisher.or(told.publisher);
        told.date = recorded.date.or(told.date);
        told.number = recorded.number.or(told.number);
        if !recorded.authors.is_empty() {
            told.authors = recorded.authors;
        }
    }
    let title = metadata.title(headline.as_deref()).or(told.title.take());
    let title = title.or_else(|| first_heading(&lines));
    let shown = || {
        sifted
            .date
            .or_else(|| time_shown(&page, &weights, chosen.headline))
    };
    let mut remarks = Vec::new();
    remarks.extend(flat.remark());
    remarks.extend(damage::of_download(text));
    if let Some(remark) = damage::of_page(&lines, title.as_deref()) {
        // What stands in place of a report is none.
        let lines = lines.drain(..).map(|line| line.text.into_owned());
        left_out.extend(lines.map(|line| (Part::ErrorPage, line)));
        remarks.push(remark);
    }
    Document {
        lines,
        whole: true,
        metadata: document::Metadata {
            title,
            url,
            date: told.date.or_else(shown),
            ..told
        },
        dropped: tally::count(&page, &furniture, &chosen, &left_out),
        remarks,
        ..Document::default()
    }
}

/// How much prose may stand between a headline and the time that is its own,
/// in characters.
const NEAR: u64 = 400;

/// The day of the first `time` element near the headline.
fn time_shown(page: &Page<'_>, weights: &Weights, headline: Option<usize>) -> Option<String> {
    let headline = headline?;
    let near = |at: &usize| weights.between(headline, *at) < NEAR;
    let mut times = page
        .body()
        .filter(|&at| page.name(at) == "time")
        .filter(near);
    times.find_map(|at| dates::iso(page.attribute(at, "datetime")?))
}

/// Puts a headline that stands outside the text before it, unless the text
/// begins with it.
fn put_first(headline: String, lines: &mut Vec<Line<'static>>) {
    let again = |line: &Line<'_>| line.text.to_lowercase() == headline.to_lowercase();
    if !lines.first().is_some_and(again) {
        let line = Line {
            kind: LineKind::Heading,
            level: Some(1),
            ..Line::text(0, headline)
        };
        lines.insert(0, line);
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
