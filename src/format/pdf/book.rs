//! A file from its pages to its text: the steps one after the other.

use hayro_interpret::hayro_syntax::Pdf;

use super::breaks::{self, Style};
use super::bullets;
use super::contents;
use super::drawing::Trace;
use super::figures;
use super::furniture::{self, Sheet};
use super::garbled;
use super::intake::Intake;
use super::labels::{self, Label};
use super::layout::{self, Region};
use super::leaf::Leaf;
use super::mend::{Mended, Vocabulary};
use super::numbers::Number;
use super::outline::{self, Outline};
use super::paragraphs::{self, Paragraph, Setting};
use super::segments;
use super::structure;
use super::tabs;
use super::trouble;
use crate::format::document::{Document, Doubts, Dropped, Line};

/// The pages of a file, and what it says of them.
pub(super) struct Book {
    intake: Intake,
    labels: Vec<Label>,
    outline: Outline,
}

impl Book {
    /// Catches what all pages show.
    pub(super) fn of(pdf: &Pdf) -> Self {
        Self {
            intake: Intake::of(pdf, &structure::of(pdf)),
            labels: labels::of(pdf),
            outline: outline::of(pdf),
        }
    }

    /// The text of the pages; `trace` notes what it sees of its page.
    pub(super) fn read(mut self, trace: &mut Trace) -> Document<'static> {
        trace.words(&self.intake.pieces);
        let mut sheets = self.sheets();
        trace.begin(&self.intake.leaves, &sheets);
        let segments = || sheets.iter().flat_map(|sheet| &sheet.segments);
        let marks = segments().map(|segment| segment.marks).sum();
        let furniture = furniture::clear(&mut sheets, &self.labels, self.intake.body.size);
        trace.left_out(&sheets, "running head");
        let tabs = tabs::clear(&mut sheets);
        trace.left_out(&sheets, "side tab");
        let crowded = |sheet: &Sheet| layout::is_crowded(&sheet.segments);
        let crowded: Vec<bool> = sheets.iter().map(crowded).collect();
        let (pages, contents) = self.regions(sheets);
        trace.read(&pages);
        let rows = || pages.iter().flatten().flat_map(|region| &region.rows);
        let vocabulary = Vocabulary::of(rows().flat_map(|row| row.text.split('\n')));
        let mut mended = Mended::default();
        let paragraphs = self.paragraphs(&pages, &vocabulary, &mut mended);
        let mixed = paragraphs::mixed(&paragraphs, pages.len());
        let columns: Vec<bool> = crowded.iter().zip(mixed).map(|(a, b)| *a || b).collect();
        let doubts = doubts(&pages, &columns, &furniture.numbers, &vocabulary);
        let (paragraphs, alone) = figures::clear(paragraphs);
        trace.conclude(&paragraphs, &furniture.numbers, &doubts);

        let mut remarks = trouble::of_pages(&self.intake.leaves);
        remarks.extend(trouble::of_numbers(&furniture.numbers));
        remarks.extend(trouble::of_mending(mended));
        remarks.extend(trouble::of_holes(&paragraphs));
        remarks.extend(trouble::of_text(&paragraphs));
        if vocabulary.is_english() {
            remarks.extend(trouble::of_ligatures(&paragraphs));
        }
        remarks.extend(trouble::of_doubts(&doubts));
        let leaves = &self.intake.leaves;
        let count = |of: fn(&Leaf) -> u64| leaves.iter().map(of).sum::<u64>();
        Document {
            whole: true,
            remarks,
            dropped: dropped([
                ("running heads", furniture.heads),
                ("page numbers", furniture.numerals),
                ("side tabs", tabs + count(|leaf| leaf.turned)),
                ("text outside the page", count(|leaf| leaf.outside)),
                ("footnote marks", marks),
                ("lists of contents", contents),
                ("figures without words", alone),
            ]),
            lines: lines(paragraphs, &furniture.numbers, &doubts),
            heads: furniture.first_heads,
            ..Document::default()
        }
    }

    /// The pages as segments; their pieces are used up.
    fn sheets(&mut self) -> Vec<Sheet> {
        let intake = &mut self.intake;
        let mut pages = std::mem::take(&mut intake.pieces);
        bullets::spell(&mut pages);
        let sheet = |(pieces, leaf): (_, &Leaf)| Sheet {
            segments: segments::segments(pieces, leaf.mirrored, &intake.body),
            width: leaf.width,
            height: leaf.height,
        };
        let mut sheets: Vec<Sheet> = pages.into_iter().zip(&intake.leaves).map(sheet).collect();
        segments::embolden(sheets.iter_mut().map(|sheet| &mut sheet.segments));
        sheets
    }

    /// The regions of each page in the order of reading, without lists of
    /// contents, and how many characters those had.
    fn regions(&self, sheets: Vec<Sheet>) -> (Vec<Vec<Region>>, u64) {
        let sheets = sheets.into_iter().zip(&self.intake.leaves);
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

    /// The paragraphs of all pages.
    fn paragraphs(
        &self,
        pages: &[Vec<Region>],
        vocabulary: &Vocabulary,
        mended: &mut Mended,
    ) -> Vec<Paragraph> {
        let regions = || pages.iter().flatten();
        let size = self.intake.body.size;
        let leading = paragraphs::leading(regions()).unwrap_or(1.2);
        let lost: Vec<bool> = self.intake.leaves.iter().map(Leaf::is_lost).collect();
        let setting = Setting {
            style: Style {
                size,
                leading,
                trusts_tags: paragraphs::trusts_tags(regions(), leading),
                marked: breaks::are_marked(regions(), size, leading),
            },
            vocabulary,
            outline: &self.outline,
            lost: &lost,
        };
        paragraphs::paragraphs(pages, &setting, mended)
    }
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
