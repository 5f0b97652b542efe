//! From lines to paragraphs, headings and items: by leading, indents, short
//! lines and marks of lists; and joined again where a column or a page broke
//! them.

use super::LineKind;
use super::breaks;
use super::layout::{Region, Row};
use super::lists::{self, Mark};
use super::mend::{Mended, Vocabulary};

/// How many paragraphs (footnotes) may stand between the parts of one that a
/// page broke.
const BETWEEN: usize = 12;

/// A paragraph.
#[derive(Debug)]
pub(super) struct Paragraph {
    /// The place (from 0) of the page where it begins.
    pub(super) page: usize,
    pub(super) text: String,
    pub(super) kind: LineKind,
    /// The number printed before it, where that is no part of the text: `12.`.
    pub(super) label: Option<String>,
    size: f32,
    /// Whether it opens a column or a page.
    opens: bool,
    indented: bool,
    /// Whether its last line runs to the edge of the column.
    full: bool,
    /// Whether it is a row of a table, which nothing goes on with.
    tabular: bool,
}

/// What the paragraphs of a document have in common.
pub(super) struct Setting<'a> {
    /// The size of the body's font, in points.
    pub(super) size: f32,
    /// The usual distance of lines, in sizes of the font.
    pub(super) leading: f32,
    pub(super) vocabulary: &'a Vocabulary,
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

/// The paragraphs of all pages, given as the place of the page and its regions.
pub(super) fn paragraphs(
    pages: &[(usize, Vec<Region>)],
    setting: &Setting<'_>,
    mended: &mut Mended,
) -> Vec<Paragraph> {
    let mut all: Vec<Paragraph> = Vec::new();
    let mut indents = Indents::default();
    for (page, regions) in pages {
        for region in regions {
            for (index, draft) in drafts(region, setting).into_iter().enumerate() {
                let paragraph = finish(&draft, *page, index == 0, region, setting, mended);
                indents.add(all.last(), &paragraph);
                match broken(&all, &paragraph, &indents) {
                    Some(place) => {
                        let first = &mut all[place];
                        setting
                            .vocabulary
                            .append(&mut first.text, &paragraph.text, mended);
                        first.full = paragraph.full;
                    }
                    None => all.push(paragraph),
                }
            }
        }
    }
    lists::number(&mut all);
    for paragraph in &mut all {
        paragraph.text = setting.vocabulary.mend(&paragraph.text, mended);
    }
    all
}

/// How often paragraphs that follow one are indented.
#[derive(Default)]
struct Indents {
    paragraphs: usize,
    indented: usize,
}

impl Indents {
    fn add(&mut self, before: Option<&Paragraph>, next: &Paragraph) {
        let text = |paragraph: &Paragraph| paragraph.kind == LineKind::Text;
        if !next.opens && text(next) && before.is_some_and(text) {
            self.paragraphs += 1;
            self.indented += usize::from(next.indented);
        }
    }

    /// Whether a paragraph without an indent is the rest of one.
    fn usual(&self) -> bool {
        self.indented >= 5 && 10 * self.indented >= 7 * self.paragraphs
    }
}

/// The rows of one paragraph.
type Draft<'a> = Vec<&'a Row>;

fn drafts<'a>(region: &'a Region, setting: &Setting<'_>) -> Vec<Draft<'a>> {
    let own = (region.rows.len() >= 8)
        .then(|| leading(std::iter::once(region)))
        .flatten();
    let leading = own.map_or(setting.leading, |own| own.min(setting.leading * 1.4));
    let mut drafts: Vec<Draft<'a>> = Vec::new();
    for row in &region.rows {
        match drafts.last_mut() {
            Some(draft) if !breaks::begins(draft, row, region, leading, setting.size) => {
                draft.push(row);
            }
            _ => drafts.push(vec![row]),
        }
    }
    drafts
}

fn finish(
    draft: &[&Row],
    page: usize,
    at_top: bool,
    region: &Region,
    setting: &Setting<'_>,
    mended: &mut Mended,
) -> Paragraph {
    let mut text = String::new();
    for row in draft {
        if text.is_empty() {
            text.push_str(&row.text)
        } else {
            setting.vocabulary.append(&mut text, &row.text, mended)
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
    let (kind, text) = if breaks::heading(draft, &text, size, setting.size) {
        (LineKind::Heading, text)
    } else {
        match lists::mark(&text) {
            Some(Mark::Bullet(rest) | Mark::Dash(rest)) => (LineKind::Item, rest.to_owned()),
            _ => (LineKind::Text, text),
        }
    };
    Paragraph {
        page,
        text,
        kind,
        label: None,
        size,
        opens: at_top,
        indented,
        full,
        tabular: draft.iter().any(|row| row.tabular),
    }
}

/// The place of the paragraph that `next` goes on with, if a column or a page
/// broke it.
fn broken(all: &[Paragraph], next: &Paragraph, indents: &Indents) -> Option<usize> {
    if !next.opens || next.kind != LineKind::Text {
        return None;
    }
    let from = all.len().saturating_sub(BETWEEN);
    let large = |paragraph: &Paragraph| paragraph.size > 0.93 * next.size;
    let place = from + all[from..].iter().rposition(large)?;
    let before = &all[place];
    let alike = (before.size / next.size - 1.0).abs() < 0.04;
    let apart = before.kind == LineKind::Heading || before.tabular || next.tabular;
    if !alike || apart || next.indented {
        return None;
    }
    if breaks::ends(&before.text) {
        return (before.kind == LineKind::Text && before.full && indents.usual()).then_some(place);
    }
    let first = next
        .text
        .chars()
        .find(|char| !matches!(char, '“' | '"' | '(' | '‘'))?;
    let goes_on = first.is_lowercase() || before.text.ends_with(['-', '\u{AD}', '\u{2010}', ',']);
    let may_go_on = before.kind == LineKind::Text
        && before.full
        && !before.text.ends_with(':')
        && lists::mark(&next.text).is_none();
    (goes_on || may_go_on).then_some(place)
}
