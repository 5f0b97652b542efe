//! From lines to paragraphs, headings and items: by leading, indents, short
//! lines and marks of lists.

use super::breaks::{self, Style};
use super::continuation::Continuation;
use super::layout::{Region, Row};
use super::lists::{self, Mark};
use super::mend::{Mended, Vocabulary};
use super::outline::Outline;
use super::shapes::Area;
use crate::format::document::LineKind;

/// How many lines must tell whether tags are to be trusted.
const TAGGED: usize = 20;

/// How many lines have an edge of their own.
const STRETCH: usize = 3;

/// The shortest paragraph (bytes) that is prose.
pub(super) const PROSE: usize = 60;

/// How many paragraphs of a page begin inside a sentence where its columns are
/// doubtful, and one of how many.
const MIXED: (usize, usize) = (3, 3);

/// A paragraph.
#[derive(Debug)]
pub(super) struct Paragraph {
    /// The places (from 0) of the pages where it begins and ends.
    pub(super) page: usize,
    pub(super) last_page: usize,
    pub(super) text: String,
    pub(super) kind: LineKind,
    /// The number printed before it, where that is no part of the text: `12.`.
    pub(super) label: Option<String>,
    pub(super) size: f32,
    /// Whether it opens a column or a page, and whether it stands below a table
    /// that does.
    pub(super) opens: bool,
    pub(super) below_table: bool,
    pub(super) indented: bool,
    /// How far from the edge of its column its first and last lines begin.
    pub(super) first_left: f32,
    pub(super) last_left: f32,
    /// Whether its last line runs to the edge of the column, and whether it is
    /// stretched to it, as no last line of a paragraph is.
    pub(super) full: bool,
    pub(super) stretched: bool,
    /// Whether it is a row of a table, which nothing goes on with.
    pub(super) tabular: bool,
    /// The places (from 0) of the pages where its parts stand, and their areas.
    pub(super) parts: Vec<(usize, Area)>,
    /// Whether it stands in a box, and whether in the margin.
    pub(super) boxed: bool,
    pub(super) aside: bool,
    /// The tagged paragraphs of its first and last lines; 0 for none.
    pub(super) tags: (u32, u32),
    /// The dash that it began with.
    pub(super) dash: Option<char>,
}

impl Paragraph {
    pub(super) fn is_heading(&self) -> bool {
        self.kind == LineKind::Heading
    }

    /// Whether it begins with a quotation mark.
    pub(super) fn quotes(&self) -> bool {
        self.text.starts_with(['“', '"', '„', '«'])
    }

    /// Whether its print has the size of another's.
    pub(super) fn is_as_large_as(&self, other: &Paragraph) -> bool {
        (self.size / other.size - 1.0).abs() < 0.04
    }
}

/// What the paragraphs of a document have in common.
pub(super) struct Setting<'a> {
    pub(super) style: Style,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) outline: &'a Outline,
    /// Of each page, whether its text is lost.
    pub(super) lost: &'a [bool],
}

/// Whether the tags of a file are trusted: lines that continue a sentence belong
/// to one tagged paragraph, and lines with a gap between them do not.
pub(super) fn trusts_tags<'a>(regions: impl Iterator<Item = &'a Region>, leading: f32) -> bool {
    let (mut joined, mut same, mut parted, mut apart) = (0, 0, 0, 0);
    for region in regions {
        for pair in region.rows.windows(2) {
            let (upper, lower) = (&pair[0], &pair[1]);
            let alike = (upper.size / lower.size - 1.0).abs() < 0.04 && !lower.tabular;
            let (before, own) = (upper.tags.1, lower.tags.0);
            if !alike || before == 0 || own == 0 {
                continue;
            }
            let step = (lower.y - upper.y) / lower.size;
            let ended = breaks::ends(&upper.text);
            if lower.text.starts_with(char::is_lowercase) && !ended && step < 1.2 * leading {
                joined += 1;
                same += usize::from(before == own);
            } else if ended && step > 1.4 * leading {
                parted += 1;
                apart += usize::from(before != own);
            }
        }
    }
    joined >= TAGGED && 100 * same >= 97 * joined && 100 * apart >= 85 * parted
}

/// The usual distance of lines of one size, in sizes of the font.
pub(super) fn leading<'a>(regions: impl Iterator<Item = &'a Region>) -> Option<f32> {
    let pairs = regions.flat_map(|region| region.rows.windows(2));
    let mut steps: Vec<f32> = pairs
        .filter(|pair| (pair[0].size / pair[1].size - 1.0).abs() < 0.04)
        .map(|pair| (pair[1].y - pair[0].y) / pair[1].size)
        .filter(|step| (0.8..3.0).contains(step))
        .collect();
    let middle = steps.len() * 2 / 5;
    (!steps.is_empty()).then(|| *steps.select_nth_unstable_by(middle, f32::total_cmp).1)
}

/// The paragraphs of all pages.
pub(super) fn paragraphs(
    pages: &[Vec<Region>],
    setting: &Setting<'_>,
    mended: &mut Mended,
) -> Vec<Paragraph> {
    let mut parts: Vec<Paragraph> = Vec::new();
    for (page, regions) in pages.iter().enumerate() {
        for region in regions {
            let drafts = drafts(region, setting);
            let edge = region.stretched_edge();
            let mut table = TableAbove::default();
            for (index, draft) in drafts.iter().enumerate() {
                let next = drafts.get(index + 1).and_then(|next| next.first()).copied();
                let opens = Opens {
                    page,
                    column: index == 0,
                    table: table.is_above(draft),
                    edge,
                    next,
                };
                table.add(draft);
                parts.push(finish(draft, &opens, region, setting, mended));
            }
        }
    }
    let continuation = Continuation::of(&parts, setting.style, setting.lost);
    let mut all: Vec<Paragraph> = Vec::with_capacity(parts.len());
    for paragraph in parts {
        match continuation.place(&all, &paragraph) {
            Some(place) => {
                let first = &mut all[place];
                setting
                    .vocabulary
                    .append(&mut first.text, &paragraph.text, mended);
                first.full = paragraph.full;
                first.stretched = paragraph.stretched;
                first.last_left = paragraph.last_left;
                first.tags.1 = paragraph.tags.1;
                first.last_page = paragraph.page;
                first.parts.extend(paragraph.parts);
            }
            None => all.push(paragraph),
        }
    }
    lone_dashes(&mut all);
    lists::number(&mut all);
    plain_facts(&mut all);
    for paragraph in &mut all {
        paragraph.text = setting.vocabulary.mend(&paragraph.text, mended);
    }
    all
}

/// A short line that begins with a dash is not an item unless another item stands
/// next to it; below larger print it names who said that.
fn lone_dashes(paragraphs: &mut [Paragraph]) {
    let is_item = |paragraph: &Paragraph| paragraph.kind == LineKind::Item;
    let seen: Vec<(bool, bool, f32)> = paragraphs
        .iter()
        .map(|paragraph| (is_item(paragraph), paragraph.quotes(), paragraph.size))
        .collect();
    for (place, paragraph) in paragraphs.iter_mut().enumerate() {
        let before = place.checked_sub(1).map(|before| seen[before]);
        let behind = seen.get(place + 1).is_some_and(|(item, ..)| *item);
        let names = before.is_some_and(|(item, said, size)| {
            !item && size > 1.1 * paragraph.size && (said || !behind)
        });
        let beside = behind || before.is_some_and(|(item, ..)| item);
        // In the legend of a table a long dash is a sign that is explained.
        let brief = paragraph.text.len() <= PROSE || paragraph.dash == Some('—');
        if let Some(dash) = paragraph
            .dash
            .take()
            .filter(|_| brief && (names || !beside))
        {
            paragraph.text.insert_str(0, &format!("{dash} "));
            paragraph.kind = LineKind::Text;
        }
    }
}

/// The lines of a box of facts, set in bold, are not headings.
fn plain_facts(paragraphs: &mut [Paragraph]) {
    let is_fact = |paragraph: &Paragraph| lists::is_fact(&paragraph.text);
    let facts: Vec<bool> = paragraphs.iter().map(is_fact).collect();
    for place in 0..paragraphs.len() {
        let beside = |other: Option<usize>| {
            other.is_some_and(|other| {
                facts.get(other) == Some(&true)
                    && paragraphs[other].is_as_large_as(&paragraphs[place])
            })
        };
        if facts[place]
            && paragraphs[place].is_heading()
            && (beside(place.checked_sub(1)) || beside(Some(place + 1)))
        {
            paragraphs[place].kind = LineKind::Text;
        }
    }
}

/// On which of the pages the order of reading is doubtful: too many paragraphs
/// begin inside a sentence.
pub(super) fn mixed(paragraphs: &[Paragraph], pages: usize) -> Vec<bool> {
    let mut counts = vec![(0, 0); pages];
    let prose = |paragraph: &&Paragraph| {
        paragraph.kind == LineKind::Text && !paragraph.tabular && paragraph.text.len() > PROSE
    };
    for paragraph in paragraphs.iter().filter(prose) {
        let Some((all, lower)) = counts.get_mut(paragraph.page) else {
            continue;
        };
        *all += 1;
        *lower += usize::from(paragraph.text.starts_with(char::is_lowercase));
    }
    let is_mixed = |(all, lower): (usize, usize)| lower >= MIXED.0 && MIXED.1 * lower >= all;
    counts.into_iter().map(is_mixed).collect()
}

/// What stands in a region above a draft: maybe a table or a figure, below which
/// text begins as it does at the top of a column.
#[derive(Default)]
struct TableAbove {
    /// Whether the first draft is a row or a title, if there is one.
    begun: Option<bool>,
    /// Whether there are rows.
    rows: bool,
    /// The largest print that is neither a row nor a title.
    largest: f32,
}

impl TableAbove {
    fn add(&mut self, draft: &Draft<'_>) {
        let tabular = draft.iter().any(|row| row.tabular);
        let title = draft.first().filter(|row| lists::is_caption(&row.text));
        let of_table = tabular || title.is_some();
        self.begun.get_or_insert(of_table);
        self.rows |= tabular;
        if !of_table {
            self.largest = draft
                .iter()
                .map(|row| row.size)
                .fold(self.largest, f32::max);
        }
    }

    /// Whether all that stands above a draft is a table, or a figure with its
    /// sources in small print.
    fn is_above(&self, draft: &Draft<'_>) -> bool {
        let size = draft.first().map_or(0.0, |row| row.size);
        self.begun == Some(true) && (self.rows || self.largest > 0.0) && self.largest < 0.94 * size
    }
}

/// The rows of one paragraph.
type Draft<'a> = Vec<&'a Row>;

fn drafts<'a>(region: &'a Region, setting: &Setting<'_>) -> Vec<Draft<'a>> {
    let own = (region.rows.len() >= 8)
        .then(|| leading(std::iter::once(region)))
        .flatten();
    let usual = setting.style.leading;
    let leading = own.map_or(usual, |own| own.min(usual * 1.4));
    let style = Style {
        leading,
        ..setting.style
    };
    let edges = edges(region, leading);
    let mut drafts: Vec<Draft<'a>> = Vec::new();
    for (row, edge) in region.rows.iter().zip(edges) {
        match drafts.last_mut() {
            Some(draft) if !breaks::begins(draft, row, edge, style) => draft.push(row),
            _ => drafts.push(vec![row]),
        }
    }
    drafts
}

/// Where the lines around each row end: those of a stretch without a gap, where
/// it has some lines, else those of the region.
fn edges(region: &Region, leading: f32) -> Vec<f32> {
    let mut edges = Vec::with_capacity(region.rows.len());
    let together =
        |a: &Row, b: &Row| b.y - a.y <= breaks::GAP * leading * a.size.max(b.size) && !b.parted;
    for stretch in region.rows.chunk_by(together) {
        let right = stretch.iter().map(|row| row.right).fold(0.0, f32::max);
        let own =
            stretch.len() >= STRETCH && right - region.left > 0.6 * (region.right - region.left);
        edges.resize(
            edges.len() + stretch.len(),
            if own { right } else { region.right },
        );
    }
    edges
}

/// Where a paragraph stands.
struct Opens<'a> {
    page: usize,
    /// Whether it opens its column, and whether it stands below a table that does.
    column: bool,
    table: bool,
    /// From where on lines are stretched to the edge of the column, if they are.
    edge: Option<f32>,
    /// The row behind it.
    next: Option<&'a Row>,
}

fn finish(
    draft: &[&Row],
    at: &Opens<'_>,
    region: &Region,
    setting: &Setting<'_>,
    mended: &mut Mended,
) -> Paragraph {
    let mut text = String::new();
    // The cells of a row may have several lines.
    for line in draft.iter().flat_map(|row| row.text.split('\n')) {
        if text.is_empty() {
            text.push_str(line)
        } else {
            setting.vocabulary.append(&mut text, line, mended)
        }
    }
    let size = draft.iter().map(|row| row.size).fold(0.0, f32::max);
    let base = draft.get(1).map_or(region.left, |row| row.left);
    let indented = draft
        .first()
        .is_some_and(|row| row.left > base + 0.7 * row.size);
    let full = draft
        .last()
        .is_some_and(|row| row.right > region.right - 6.0 * row.size);
    let dash = match lists::mark(&text) {
        Some(Mark::Dash(_)) => text.chars().next(),
        _ => None,
    };
    let tabular = draft.iter().any(|row| row.tabular);
    let heads = setting.outline.names(&text, at.page)
        || breaks::heading(draft, at.next, &text, size, setting.style.size)
        || (region.aside && breaks::side_heading(&text));
    // A table has names of columns, and no headings.
    let (kind, text) = if heads && !tabular {
        (LineKind::Heading, text)
    } else {
        match lists::mark(&text) {
            Some(Mark::Bullet(rest) | Mark::Dash(rest)) => (LineKind::Item, rest.to_owned()),
            _ => (LineKind::Text, text),
        }
    };
    Paragraph {
        page: at.page,
        last_page: at.page,
        text,
        kind,
        label: None,
        size,
        opens: at.column,
        below_table: at.table,
        indented,
        first_left: draft.first().map_or(0.0, |row| row.left) - region.left,
        last_left: draft.last().map_or(0.0, |row| row.left) - region.left,
        full,
        stretched: draft
            .last()
            .is_some_and(|row| at.edge.is_some_and(|edge| row.right > edge)),
        tabular,
        parts: draft
            .iter()
            .map(|row| row.area())
            .reduce(|all, area| all.with(&area))
            .map(|area| (at.page, area))
            .into_iter()
            .collect(),
        boxed: region.boxed,
        aside: region.aside,
        tags: (
            draft.first().map_or(0, |row| row.tags.0),
            draft.last().map_or(0, |row| row.tags.1),
        ),
        dash,
    }
}
