//! A file from its pages to its text: the steps one after the other.

use hayro_interpret::hayro_syntax::Pdf;

use super::bullets;
use super::contents;
use super::drawing::{Part, Trace};
use super::furniture::{self, Sheet};
use super::garbled;
use super::glyphs::Reader;
use super::labels::{self, Label};
use super::layout::{self, Region};
use super::leaf::Leaf;
use super::mend::{Mended, Vocabulary};
use super::numbers::Number;
use super::outline::{self, Outline};
use super::paragraphs::{self, Paragraph, Setting};
use super::segments::{self, Body};
use super::structure;
use super::tabs;
use super::trouble;
use crate::format::document::{Document, Doubts, Dropped, Line};

/// The pages of a file, and what it says of them.
pub(super) struct Book {
    leaves: Vec<Leaf>,
    labels: Vec<Label>,
    outline: Outline,
}

impl Book {
    /// Catches what all pages show.
    pub(super) fn of(pdf: &Pdf) -> Self {
        let mut reader = Reader::new();
        let structure = structure::of(pdf);
        let pages = pdf.pages().iter().enumerate();
        let leaves = pages.map(|(place, page)| {
            let mut leaf = reader.read(page);
            for glyph in leaf.glyphs.iter_mut().filter(|glyph| glyph.paragraph > 0) {
                glyph.paragraph = structure.paragraph(place, glyph.paragraph - 1);
            }
            leaf
        });
        Self {
            leaves: leaves.collect(),
            labels: labels::of(pdf),
            outline: outline::of(pdf),
        }
    }

    /// The text of the pages, and what was seen of the page `watched` (by its
    /// place from 0).
    pub(super) fn read(mut self, watched: Option<usize>) -> (Document<'static>, Trace) {
        let mut trace = Trace::default();
        let mut document = Document {
            whole: true,
            remarks: trouble::of_pages(&mut self.leaves),
            ..Document::default()
        };
        let body = Body::of(&self.leaves);
        let mut sheets = self.sheets(&body);
        let marks = sheets
            .iter()
            .flat_map(|sheet| &sheet.segments)
            .map(|segment| segment.marks)
            .sum();
        let whole = watched.map(|page| sheets[page].segments.clone());
        let furniture = furniture::clear(&mut sheets, &self.labels);
        let headless = watched.map(|page| sheets[page].segments.clone());
        let tabs = tabs::clear(&mut sheets);
        if let (Some(page), Some(whole), Some(headless)) = (watched, whole, headless) {
            let leaf = &self.leaves[page];
            (trace.width, trace.height) = (leaf.width, leaf.height);
            trace.mirrored = leaf.mirrored;
            trace.shapes = leaf.shapes.clone();
            trace.left_out(&whole, &headless, "running head");
            trace.left_out(&headless, &sheets[page].segments, "side tab");
            trace.segments = whole;
        }
        let crowded: Vec<bool> = sheets
            .iter()
            .map(|sheet| layout::is_crowded(&sheet.segments))
            .collect();
        let (pages, contents) = self.regions(sheets);
        let regions = || pages.iter().flatten();
        let rows = || regions().flat_map(|region| &region.rows);
        let vocabulary = Vocabulary::of(rows().map(|row| row.text.as_str()));
        let leading = paragraphs::leading(regions()).unwrap_or(1.2);
        let setting = Setting {
            size: body.size,
            leading,
            vocabulary: &vocabulary,
            trusts_tags: paragraphs::trusts_tags(regions(), leading),
            outline: &self.outline,
        };
        let mut mended = Mended::default();
        let paragraphs = paragraphs::paragraphs(&pages, &setting, &mut mended);
        let english = vocabulary.is_english();
        let mixed = paragraphs::mixed(&paragraphs, pages.len());
        let columns: Vec<bool> = crowded.iter().zip(mixed).map(|(a, b)| *a || b).collect();
        let doubts = doubts(&pages, &columns, &furniture.numbers, &vocabulary);
        let (paragraphs, alone) = paragraphs::clear_figures(paragraphs);
        if let Some(page) = watched {
            trace.read(&pages[page]);
            trace.parts = parts(&paragraphs, page);
            trace.notes = notes(page, furniture.numbers[page], doubts[page]);
        }
        let count = |of: fn(&Leaf) -> u64| self.leaves.iter().map(of).sum::<u64>();
        document.dropped = dropped([
            ("running heads", furniture.heads),
            ("page numbers", furniture.numerals),
            ("side tabs", tabs + count(|leaf| leaf.turned)),
            ("text outside the page", count(|leaf| leaf.outside)),
            ("footnote marks", marks),
            ("lists of contents", contents),
            ("figures without words", alone),
        ]);
        let remarks = &mut document.remarks;
        remarks.extend(trouble::of_numbers(&furniture.numbers));
        remarks.extend(trouble::of_mending(mended));
        remarks.extend(trouble::of_holes(&paragraphs));
        remarks.extend(trouble::of_text(&paragraphs));
        if english {
            remarks.extend(trouble::of_ligatures(&paragraphs));
        }
        remarks.extend(trouble::of_doubts(&doubts));
        document.lines = lines(paragraphs, &furniture.numbers, &doubts);
        document.heads = furniture.first_heads;
        (document, trace)
    }

    /// The pages as segments.
    fn sheets(&self, body: &Body) -> Vec<Sheet> {
        let mut pages: Vec<_> = self.leaves.iter().map(segments::pieces).collect();
        bullets::spell(&mut pages);
        let sheet = |(pieces, leaf): (_, &Leaf)| Sheet {
            segments: segments::segments(pieces, leaf, body),
            width: leaf.width,
            height: leaf.height,
        };
        let mut sheets: Vec<Sheet> = pages.into_iter().zip(&self.leaves).map(sheet).collect();
        segments::embolden(sheets.iter_mut().map(|sheet| &mut sheet.segments));
        sheets
    }

    /// The regions of each page in the order of reading, without lists of
    /// contents, and how many characters those had.
    fn regions(&self, sheets: Vec<Sheet>) -> (Vec<Vec<Region>>, u64) {
        let sheets = sheets.into_iter().zip(&self.leaves);
        let mut pages: Vec<Vec<Region>> = sheets
            .map(|(sheet, leaf)| layout::regions(sheet.segments, &leaf.shapes))
            .collect();
        let mut goes_on = false;
        let contents = pages
            .iter_mut()
            .map(|regions| contents::clear(regions, &mut goes_on))
            .sum();
        (pages, contents)
    }
}

/// The parts of paragraphs that stand on a page.
fn parts(paragraphs: &[Paragraph], page: usize) -> Vec<Part> {
    let of = |(number, paragraph): (usize, &Paragraph)| -> Vec<Part> {
        let parts = paragraph.parts.iter().filter(|(at, _)| *at == page);
        let part = |&(_, area): &(usize, _)| Part {
            area,
            number,
            kind: paragraph.kind,
            tabular: paragraph.tabular,
        };
        parts.map(part).collect()
    };
    (1..).zip(paragraphs).flat_map(of).collect()
}

/// What is to be said of a page beside its drawing.
fn notes(page: usize, number: Number, doubts: Option<Doubts>) -> Vec<String> {
    let number = match number {
        Number::Printed(number) => format!("number {number}, as printed"),
        Number::Labelled(number) => format!("number {number}, as the file calls it"),
        Number::Counted(number) => format!("number {number}, as counted: no page prints one"),
        Number::Unnumbered => "no number in digits".to_owned(),
        Number::Unsure => "its number is unsure".to_owned(),
    };
    let place = format!("page {} of the file: {number}", page + 1);
    [Some(place), doubts.map(|doubts| doubts.remark())]
        .into_iter()
        .flatten()
        .collect()
}

/// What is doubtful about each page, by its place from 0; `columns` says of each
/// whether its columns could not be told apart.
fn doubts(
    pages: &[Vec<Region>],
    columns: &[bool],
    numbers: &[Number],
    vocabulary: &Vocabulary,
) -> Vec<Option<Doubts>> {
    let doubts = |(page, regions): (usize, &Vec<Region>)| {
        let rows = regions.iter().flat_map(|region| &region.rows);
        let doubts = Doubts {
            garbled: garbled::is_garbled(rows.map(|row| row.text.as_str()), vocabulary),
            columns: columns.get(page) == Some(&true),
            number: numbers.get(page) == Some(&Number::Unsure),
            ..Doubts::of(page as u32 + 1)
        };
        doubts.if_any()
    };
    pages.iter().enumerate().map(doubts).collect()
}

/// The paragraphs as lines. A paragraph over several pages has the number of
/// the first, and the doubts of all.
fn lines(
    paragraphs: Vec<Paragraph>,
    numbers: &[Number],
    doubts: &[Option<Doubts>],
) -> Vec<Line<'static>> {
    let line = |(number, paragraph): (u64, Paragraph)| Line {
        number,
        page: (numbers.get(paragraph.page)).and_then(|number| number.value()),
        doubts: (paragraph.page..=paragraph.last_page)
            .map(|page| doubts.get(page).copied().flatten())
            .fold(None, Doubts::joined),
        kind: paragraph.kind,
        text: paragraph.text.into(),
        level: None,
        label: paragraph.label.map(Into::into),
        is_link: false,
    };
    (1..).zip(paragraphs).map(line).collect()
}

/// What was left out, in characters of each kind; kinds of which there is
/// nothing are none.
fn dropped<const N: usize>(kinds: [(&str, u64); N]) -> Vec<Dropped> {
    let kinds = kinds.into_iter().filter(|&(_, characters)| characters > 0);
    kinds
        .map(|(what, characters)| Dropped {
            what: what.to_owned(),
            characters,
        })
        .collect()
}
