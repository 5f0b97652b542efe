//! The text of a block as lines.
//!
//! A block element begins and ends a line; inline elements do neither and add
//! no space. A `<br>` is a space, two of them end a paragraph. A bold line of
//! its own is a heading. A row of a table of data is a line. The number that a
//! browser prints before an item is the label of its first line.

use super::super::document::{Line, LineKind, is_rule};
use super::anchors::is_heading;
use super::furniture::{Furniture, Part};
use super::labels::Labels;
use super::numbers;
use super::page::Page;
use super::paragraph::{self, Look, Paragraph};
use super::tables;

/// How long a heading may be, in characters; what is longer is text in the
/// wrong element.
const LONGEST_HEADING: usize = 300;

/// The least indent of the first line of a preformatted paragraph, beyond that
/// of the line before, in characters.
const SET_IN: usize = 2;

/// What stands between the cells of a row.
const CELL: &str = " | ";

/// A line, and the link that holds it.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) line: Line<'static>,
    /// The node of the first link, if links hold all of its words.
    pub(super) link: Option<usize>,
}

/// The lines of a block without its furniture; their numbers are still to be
/// given.
pub(super) fn write(page: &Page<'_>, furniture: &Furniture, block: usize) -> Vec<Written> {
    let mut writer = Writer {
        page,
        lines: Vec::new(),
        paragraph: Paragraph::default(),
        open: Vec::new(),
        labels: Labels::default(),
        item: false,
        label: None,
        data: None,
        heading: None,
        after_number: false,
        row: None,
        indent: None,
    };
    let range = page.subtree(block);
    let mut at = range.start;
    loop {
        while let Some(open) = writer.open.pop_if(|open| page.subtree(open.at).end <= at) {
            writer.leave(&open);
        }
        if at >= range.end {
            break;
        }
        let next = page.subtree(at).end;
        if let Some(part) = furniture.part(at) {
            writer.pass(at, part);
            at = next;
        } else {
            writer.enter(at);
            at += 1;
        }
    }
    writer.end_paragraph();
    writer.lines
}

/// An element that is not closed yet.
struct Open {
    at: usize,
    look: Look,
}

/// A row that is open.
#[derive(Default)]
struct Row {
    cells: Vec<String>,
    /// Whether links hold the words of all cells so far, and the first of them.
    is_link: bool,
    link: Option<usize>,
}

struct Writer<'p, 'a> {
    page: &'p Page<'a>,
    lines: Vec<Written>,
    paragraph: Paragraph,
    open: Vec<Open>,
    labels: Labels,
    /// Whether the next line is the first of an item.
    item: bool,
    /// The number of that item, as it is printed.
    label: Option<String>,
    /// The table of data that is open.
    data: Option<usize>,
    /// The heading that is open.
    heading: Option<usize>,
    /// Whether the heading so far is the number of its section, in an element
    /// of its own.
    after_number: bool,
    /// The row that is open.
    row: Option<Row>,
    /// The indent of the last line of preformatted text, in characters.
    indent: Option<usize>,
}

impl Writer<'_, '_> {
    fn enter(&mut self, at: usize) {
        let look = self.open.last().map_or(Look::default(), |open| open.look);
        if let Some(text) = self.page.raw(at) {
            if self.page.name(self.parent(at)) == "pre" {
                self.preformatted(text, look);
            } else {
                self.text(text, look);
            }
            return;
        }
        let name = self.page.name(at);
        match name {
            "br" => self.line_break(),
            "table" if self.data.is_none() && tables::is_data(self.page, at) => {
                self.edge();
                self.data = Some(at);
            }
            "tr" if self.data.is_some() => self.row = Some(Row::default()),
            _ if self.is_heading(at) => {
                self.edge();
                self.heading = Some(at);
                self.after_number = false;
            }
            "ol" | "ul" | "menu" | "dir" => {
                self.edge();
                self.labels.open(self.page, at);
            }
            "li" => {
                self.edge();
                self.item = true;
                self.label = self.labels.item(self.page, at);
            }
            _ if self.page.is_block(at) => self.edge(),
            _ => {}
        }
        let is_link = name == "a" && self.page.attribute(at, "href").is_some();
        let look = Look {
            bold: self.is_bold(at).unwrap_or(look.bold),
            link: if is_link { Some(at) } else { look.link },
        };
        self.open.push(Open { at, look });
    }

    fn text(&mut self, text: &str, look: Look) {
        if self.heading.is_some() {
            let begins_word = text.starts_with(char::is_uppercase);
            if std::mem::take(&mut self.after_number) && begins_word {
                self.paragraph.space();
            }
        }
        self.paragraph.text(text, look);
    }

    fn leave(&mut self, open: &Open) {
        let at = open.at;
        if self.heading == Some(at) {
            self.heading = None;
            let part = self.paragraph.take(LineKind::Heading);
            self.push(part, level(self.page, at));
            return;
        }
        match self.page.name(at) {
            "td" | "th" if self.row.is_some() => self.end_cell(),
            "tr" if self.row.is_some() => self.end_row(),
            "table" if self.data == Some(at) => {
                self.edge();
                self.data = None;
            }
            "ol" | "ul" | "menu" | "dir" => {
                self.edge();
                self.labels.close(at);
            }
            "li" => {
                self.edge();
                self.item = false;
                self.label = None;
            }
            "span" if self.heading.is_some() => {
                self.after_number = numbers::is_number(self.paragraph.so_far());
            }
            _ if self.page.is_block(at) => self.edge(),
            _ => {}
        }
    }

    /// Passes over furniture, which still parts what stands around it.
    fn pass(&mut self, at: usize, part: Part) {
        if self.page.name(at) == "li" {
            self.labels.item(self.page, at);
        }
        if self.page.is_block(at) {
            self.edge();
        } else if !matches!(part, Part::FootnoteMark | Part::Hidden) {
            self.paragraph.space();
        }
    }

    fn parent(&self, at: usize) -> usize {
        self.page.parent(at).unwrap_or(at)
    }

    /// The edge of a block ends the paragraph; in a heading or a row it only
    /// sets words apart.
    fn edge(&mut self) {
        if self.heading.is_some() || self.row.is_some() {
            self.paragraph.space();
        } else {
            self.end_paragraph();
        }
    }

    fn line_break(&mut self) {
        if self.heading.is_some() || self.row.is_some() {
            self.paragraph.space();
        } else if self.paragraph.end_line() {
            self.end_paragraph();
        }
    }

    /// Text whose paragraphs end at blank lines and rules, before an indented line
    /// that follows the end of a sentence, and between bracketed lines.
    fn preformatted(&mut self, text: &str, look: Look) {
        let mut lines = text.split('\n').enumerate().peekable();
        while let Some((at, line)) = lines.next() {
            // The first piece continues the line that an element began.
            if at > 0 {
                self.begin_preformatted(line);
            }
            self.paragraph.text(line, look);
            if lines.peek().is_some() {
                self.paragraph.space();
            }
            if (line.trim().is_empty() || is_rule(line)) && lines.peek().is_some() {
                self.edge();
            }
        }
    }

    fn begin_preformatted(&mut self, line: &str) {
        let text = line.trim_start();
        if text.is_empty() {
            return;
        }
        // A rule is not text.
        if is_rule(text) {
            self.edge();
            return;
        }
        let indent = line.len() - text.len();
        let before = self.indent.replace(indent);
        let so_far = self.paragraph.so_far().trim_end();
        let is_set_in = before.is_some_and(|before| indent >= before + SET_IN)
            && so_far.ends_with(['.', '?', '!', ':', ']', '"', '”']);
        let is_bracketed = text.starts_with('[') && so_far.ends_with(']');
        if is_set_in || is_bracketed {
            self.edge();
        }
    }

    fn end_paragraph(&mut self) {
        if self.item {
            let part = self.paragraph.take(LineKind::Item);
            if self.push(part, None) {
                self.item = false;
            }
            return;
        }
        for part in self.paragraph.take_parts() {
            self.push(part, None);
        }
    }

    fn end_cell(&mut self) {
        let part = self.paragraph.take(LineKind::Text);
        let row = self.row.get_or_insert_default();
        if !part.text.is_empty() {
            let is_first = row.cells.iter().all(String::is_empty);
            row.is_link = (is_first || row.is_link) && part.link().is_some();
            row.link = row.link.or(part.link());
        }
        row.cells.push(part.text);
    }

    fn end_row(&mut self) {
        let row = self.row.take().unwrap_or_default();
        if row.cells.iter().any(|cell| !cell.is_empty()) {
            // Cells without text leave their places, not their spaces.
            let joined = row.cells.join(CELL);
            let words: Vec<&str> = joined.split_whitespace().collect();
            let link = row.link.filter(|_| row.is_link);
            self.add(words.join(" "), LineKind::Text, link, None);
        }
    }

    /// Adds a line; whether there was any text for it.
    fn push(&mut self, part: paragraph::Part, level: Option<u8>) -> bool {
        let any = !part.text.is_empty();
        if any {
            let link = part.link();
            self.add(part.text, part.kind, link, level);
        }
        any
    }

    fn add(&mut self, text: String, kind: LineKind, link: Option<usize>, level: Option<u8>) {
        let label = self.label.take().filter(|_| !begins_with_number(&text));
        self.lines.push(Written {
            line: Line {
                kind,
                level,
                label: label.map(Into::into),
                is_link: link
                    .is_some_and(|link| kind != LineKind::Heading || self.leads_away(link)),
                ..Line::text(0, text)
            },
            link,
        });
    }

    /// Whether a link leads to another page; a heading may unfold its section.
    fn leads_away(&self, link: usize) -> bool {
        let href = self.page.attribute(link, "href").unwrap_or_default().trim();
        !href.is_empty() && !href.starts_with('#') && !href.starts_with("javascript:")
    }

    fn is_heading(&self, at: usize) -> bool {
        self.heading.is_none()
            && self.row.is_none()
            && (is_heading(self.page.name(at))
                // Other buttons are furniture.
                || self.page.name(at) == "button"
                || self.page.attribute(at, "role") == Some("heading"))
            && self.page.text(at).chars().count() <= LONGEST_HEADING
    }

    /// Whether an element makes its text bold or plain; none if it does
    /// neither.
    fn is_bold(&self, at: usize) -> Option<bool> {
        if let Some(weight) = self.page.style(at, "font-weight") {
            let number = weight.parse::<u32>().map(|weight| weight >= 600);
            return Some(number.unwrap_or(weight.starts_with("bold")));
        }
        matches!(self.page.name(at), "b" | "strong").then_some(true)
    }
}

/// The level of a heading by its markup.
fn level(page: &Page<'_>, at: usize) -> Option<u8> {
    let told = page.attribute(at, "aria-level");
    let own = page.name(at).strip_prefix('h');
    let level = own.and_then(|level| level.parse().ok());
    level.or_else(|| told?.trim().parse().ok().filter(|level| *level > 0))
}

/// Whether a text brings its number along: then the list prints none.
fn begins_with_number(text: &str) -> bool {
    let text = text.strip_prefix('(').unwrap_or(text);
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let mut signs = rest.chars();
    rest.len() < text.len()
        && matches!(signs.next(), Some('.' | ')'))
        && !signs.next().is_some_and(|c| c.is_ascii_digit())
}
