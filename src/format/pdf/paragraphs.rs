//! From lines to paragraphs, headings and items: by leading, indents, short
//! lines and marks of lists; and joined again where a column or a page broke
//! them.

use super::breaks::{self, Style};
use super::layout::{Region, Row};
use super::lists::{self, Mark};
use super::mend::{Mended, Vocabulary};
use super::outline::Outline;
use super::shapes::Area;
use crate::format::document::LineKind;

/// How many paragraphs (footnotes) may stand between the parts of one that a
/// page broke.
const BETWEEN: usize = 24;

/// How many lines must tell whether tags are to be trusted.
const TAGGED: usize = 20;

/// How many lines have an edge of their own.
const STRETCH: usize = 3;

/// The shortest paragraph (bytes) that is prose.
const PROSE: usize = 60;

/// The longest line (bytes) of a chart or a list.
const ENTRY: usize = 90;

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
    size: f32,
    /// Whether it opens a column or a page, and whether it stands below a table
    /// that does.
    opens: bool,
    below_table: bool,
    indented: bool,
    /// How far from the edge of its column its first and last lines begin.
    first_left: f32,
    last_left: f32,
    /// Whether its last line runs to the edge of the column, and whether it is
    /// stretched to it, as no last line of a paragraph is.
    full: bool,
    stretched: bool,
    /// Whether it is a row of a table, which nothing goes on with.
    pub(super) tabular: bool,
    /// The places (from 0) of the pages where its parts stand, and their areas.
    pub(super) parts: Vec<(usize, Area)>,
    /// Whether it stands in a box, and whether in the margin.
    boxed: bool,
    aside: bool,
    /// The tagged paragraphs of its first and last lines; 0 for none.
    tags: (u32, u32),
    /// The dash that it began with.
    dash: Option<char>,
}

/// What the paragraphs of a document have in common.
pub(super) struct Setting<'a> {
    pub(super) style: Style,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) outline: &'a Outline,
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
    let indents = Indents::of(&parts, setting.style);
    let mut all: Vec<Paragraph> = Vec::with_capacity(parts.len());
    for paragraph in parts {
        match broken(&all, &paragraph, &indents, setting.style.trusts_tags) {
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
    let said = |paragraph: &Paragraph| paragraph.text.starts_with(['“', '"', '„', '«']);
    let seen: Vec<(bool, bool, f32)> = paragraphs
        .iter()
        .map(|paragraph| (is_item(paragraph), said(paragraph), paragraph.size))
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
                    && (paragraphs[other].size / paragraphs[place].size - 1.0).abs() < 0.04
            })
        };
        if facts[place]
            && paragraphs[place].kind == LineKind::Heading
            && (beside(place.checked_sub(1)) || beside(Some(place + 1)))
        {
            paragraphs[place].kind = LineKind::Text;
        }
    }
}

/// Appends numbers without a word, such as those at the axis of a chart or in a
/// row of a table, to the line of the table or chart before or after them, so
/// that none is a paragraph of its own. Also returns how many characters had no
/// such line and were left out.
pub(super) fn clear_figures(paragraphs: Vec<Paragraph>) -> (Vec<Paragraph>, u64) {
    let mut kept: Vec<Paragraph> = Vec::with_capacity(paragraphs.len());
    let mut waiting: Vec<Paragraph> = Vec::new();
    let mut left_out = 0;
    let mut leave = |waiting: &mut Vec<Paragraph>| {
        for figure in waiting.drain(..) {
            let shown = figure.shown();
            left_out += shown.chars().filter(|char| *char != ' ').count() as u64;
        }
    };
    for mut paragraph in paragraphs {
        if waiting
            .first()
            .is_some_and(|first| first.page != paragraph.page)
        {
            leave(&mut waiting);
        }
        let before = kept
            .last_mut()
            .filter(|last| last.takes_figures(&paragraph));
        match (paragraph.has_words(), before) {
            (false, Some(last)) if waiting.is_empty() => {
                // A heading inside a table is none.
                last.kind = LineKind::Text;
                last.tabular |= paragraph.tabular;
                last.text.push(' ');
                last.text.push_str(&paragraph.shown());
                last.parts.append(&mut paragraph.parts);
            }
            (false, _) => waiting.push(paragraph),
            (true, _) => {
                if paragraph.is_entry() {
                    let figures = waiting.drain(..).map(|figure| figure.shown() + " ");
                    let figures: String = figures.collect();
                    paragraph.text.insert_str(0, &figures);
                }
                leave(&mut waiting);
                kept.push(paragraph);
            }
        }
    }
    leave(&mut waiting);
    (kept, left_out)
}

impl Paragraph {
    /// Its text with the number printed before it.
    fn shown(&self) -> String {
        match &self.label {
            Some(label) => format!("{label} {}", self.text),
            None => self.text.clone(),
        }
    }

    /// Whether it has a word: two letters side by side, or with a stop between
    /// them, as in `U.S.C.`
    fn has_words(&self) -> bool {
        let chars: Vec<char> = self.text.chars().collect();
        let is_word = |run: &[char]| match run {
            [a, b] => a.is_alphabetic() && b.is_alphabetic(),
            [a, '.', b, '.'] => a.is_uppercase() && b.is_uppercase(),
            _ => false,
        };
        // A sign of a script without letters is a word.
        let is_sign = |char: &char| char.is_alphabetic() && *char >= '\u{2E80}';
        chars.windows(2).any(is_word) || chars.windows(4).any(is_word) || chars.iter().any(is_sign)
    }

    /// Whether it stands beside the text that another goes on with.
    fn is_beside(&self, next: &Paragraph) -> bool {
        self.kind == LineKind::Heading
            || self.tabular
            || self.dash.is_some()
            || self.boxed != next.boxed
            || (self.size / next.size - 1.0).abs() >= 0.04
    }

    /// Whether it stands above another in one column of a page.
    fn is_above(&self, next: &Paragraph) -> bool {
        let (Some((page, upper)), Some((next_page, lower))) =
            (self.parts.last(), next.parts.first())
        else {
            return false;
        };
        page == next_page && upper.beside(lower) > 0.0 && upper.bottom < lower.bottom
    }

    /// Whether its last word has a letter.
    fn ends_in_word(&self) -> bool {
        let last = self.text.rsplit(' ').next().unwrap_or_default();
        last.contains(char::is_alphabetic)
    }

    /// Whether it is a line of a table or chart, not one of a text.
    fn is_entry(&self) -> bool {
        let brief = self.text.len() <= ENTRY && !breaks::ends(&self.text);
        self.kind == LineKind::Text && (self.tabular || brief)
    }

    /// Whether figures behind it belong to it.
    fn takes_figures(&self, figures: &Paragraph) -> bool {
        let heads = self.kind == LineKind::Heading && figures.tabular;
        self.page == figures.page && (self.is_entry() || self.tabular || heads)
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

/// How often paragraphs that follow one are indented.
#[derive(Default)]
struct Indents {
    paragraphs: usize,
    indented: usize,
}

impl Indents {
    /// Of paragraphs in the order of reading, set in a style.
    fn of(paragraphs: &[Paragraph], style: Style) -> Self {
        // Notes and tables are set otherwise.
        let text = |paragraph: &Paragraph| {
            paragraph.kind == LineKind::Text
                && !paragraph.tabular
                && !paragraph.boxed
                && style.is_body(paragraph.size)
        };
        let pairs = paragraphs.windows(2);
        let following = pairs.filter(|pair| text(&pair[0]) && text(&pair[1]) && !pair[1].opens);
        following.fold(Self::default(), |all, pair| Self {
            paragraphs: all.paragraphs + 1,
            indented: all.indented + usize::from(pair[1].indented),
        })
    }

    /// Whether a paragraph without an indent is the rest of one.
    fn usual(&self) -> bool {
        self.indented >= 5 && 10 * self.indented >= 6 * self.paragraphs
    }
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

/// The place of the paragraph that `next` goes on with, if a column or a page
/// broke it.
fn broken(
    all: &[Paragraph],
    next: &Paragraph,
    indents: &Indents,
    trusts_tags: bool,
) -> Option<usize> {
    let from = all.len().saturating_sub(BETWEEN);
    if trusts_tags && next.tags.0 > 0 && !next.tabular {
        // A paragraph of the file may hold several that it prints.
        let same = |paragraph: &Paragraph| {
            paragraph.tags.1 == next.tags.0
                && !paragraph.tabular
                && paragraph.last_page + 1 >= next.page
                && (next.text.starts_with(char::is_lowercase)
                    || !breaks::ends(&paragraph.text)
                    || paragraph.full)
        };
        if let Some(place) = all[from..].iter().rposition(same) {
            return Some(from + place);
        }
    }
    if next.kind != LineKind::Text || next.tabular || next.aside {
        return None;
    }
    let first = next
        .text
        .chars()
        .find(|char| !matches!(char, '“' | '"' | '(' | '‘'))?;
    // `(b)` begins an item.
    let lower = first.is_lowercase() && !matches!(lists::mark(&next.text), Some(Mark::Letter(..)));
    let lost = lower && all.last().is_some_and(|last| last.is_beside(next));
    if !next.opens && !next.below_table && !lost {
        return None;
    }
    let alike = |paragraph: &Paragraph| {
        (paragraph.size / next.size - 1.0).abs() < 0.04
            && paragraph.boxed == next.boxed
            && !paragraph.aside
    };
    // Headings end a text, unless the next line goes on with it all the same:
    // then they are a quotation or a headline beside it. The title of a table and
    // a quotation in large print end none.
    let is_heading = |paragraph: &Paragraph| paragraph.kind == LineKind::Heading;
    let stands_apart = |paragraph: &Paragraph| {
        paragraph.tabular
            || lists::is_caption(&paragraph.text)
            || paragraph.text.starts_with(['“', '"', '„', '«'])
    };
    let ends_text = |paragraph: &Paragraph| is_heading(paragraph) && !stands_apart(paragraph);
    let candidate = |paragraph: &Paragraph| {
        (alike(paragraph)
            && !paragraph.tabular
            && (paragraph.dash.is_none() || paragraph.text.len() > PROSE)
            && !is_heading(paragraph))
            || (!lower && ends_text(paragraph) && paragraph.boxed == next.boxed)
    };
    let place = from + all[from..].iter().rposition(candidate)?;
    let before = &all[place];
    let past_heading = !lower && all[place + 1..].iter().any(is_heading);
    let captioned = lists::is_caption(&before.text) || lists::is_caption(&next.text);
    if (past_heading || next.below_table) && !lower && (!before.ends_in_word() || captioned)
        || (next.below_table && !lower && before.text.len() < PROSE)
    {
        return None;
    }
    // Lines of an item hang behind its mark.
    let mark = lists::mark(&before.text);
    let is_item = before.kind == LineKind::Item || mark.is_some();
    let level = (before.last_left - next.first_left).abs() < 0.7 * next.size;
    let hangs = lower || (is_item && level);
    if is_heading(before) || (next.indented && !hangs) {
        return None;
    }
    if breaks::ends(&before.text) {
        let numbered = matches!(mark, Some(Mark::Number(..))) && level;
        let is_text = before.kind == LineKind::Text && (mark.is_none() || numbered);
        let prose = next.text.len() >= PROSE && !lower;
        let open = before.stretched || (before.full && indents.usual());
        let texts = prose && lists::mark(&next.text).is_none() && before.ends_in_word();
        let goes_on = open && texts && !before.is_above(next);
        // A small letter behind `U.S.` goes on with its sentence.
        let abbreviated = lower && breaks::ends_in_initials(&before.text) && before.full;
        return (abbreviated || (is_text && goes_on)).then_some(place);
    }
    let unfinished = before.text.ends_with(['-', '\u{AD}', '\u{2010}', ',']);
    let goes_on = lower || (unfinished && lists::mark(&next.text).is_none());
    let may_go_on = before.kind != LineKind::Heading
        && before.full
        && (!before.text.ends_with(':') || next.text.starts_with(['“', '"', '‘']))
        && lists::mark(&next.text).is_none();
    (goes_on || may_go_on).then_some(place)
}
