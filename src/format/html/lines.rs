//! The text of a block as lines.
//!
//! A block element begins and ends a line; inline elements do neither and add
//! no space. A `<br>` is a space, two of them end a paragraph. A bold line of
//! its own is a heading. A row of a table of data is a line.

use super::super::document::{Line, LineKind};
use super::furniture::{Furniture, Part};
use super::page::Page;
use super::paragraph::Paragraph;
use super::tables;

/// How long a heading may be, in characters; what is longer is text in the
/// wrong element.
const LONGEST_HEADING: usize = 300;

/// What stands between the cells of a row.
const CELL: &str = " | ";

/// The lines of a block without its furniture; their numbers are still to be
/// given.
pub(super) fn write(page: &Page<'_>, furniture: &Furniture, block: usize) -> Vec<Line<'static>> {
    let mut writer = Writer {
        page,
        lines: Vec::new(),
        paragraph: Paragraph::default(),
        open: Vec::new(),
        item: false,
        data: None,
        heading: None,
        row: None,
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

/// A line without a number or page.
pub(super) fn line(text: String, kind: LineKind) -> Line<'static> {
    Line {
        number: 0,
        text: text.into(),
        kind,
        page: None,
        level: None,
        label: None,
        is_link: false,
    }
}

/// An element that is not closed yet.
struct Open {
    at: usize,
    bold: bool,
}

struct Writer<'p, 'a> {
    page: &'p Page<'a>,
    lines: Vec<Line<'static>>,
    paragraph: Paragraph,
    open: Vec<Open>,
    /// Whether the next line is the first of an item.
    item: bool,
    /// The table of data that is open.
    data: Option<usize>,
    /// The heading that is open.
    heading: Option<usize>,
    /// The cells so far of the row that is open.
    row: Option<Vec<String>>,
}

impl Writer<'_, '_> {
    fn enter(&mut self, at: usize) {
        let bold = self.open.last().is_some_and(|open| open.bold);
        if let Some(text) = self.page.raw(at) {
            if self.page.name(self.parent(at)) == "pre" {
                self.preformatted(text, bold);
            } else {
                self.paragraph.text(text, bold);
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
            "tr" if self.data.is_some() => self.row = Some(Vec::new()),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.is_heading(at) => {
                self.edge();
                self.heading = Some(at);
            }
            "li" => {
                self.edge();
                self.item = true;
            }
            _ if self.page.is_block(at) => self.edge(),
            _ => {}
        }
        let bold = self.is_bold(at).unwrap_or(bold);
        self.open.push(Open { at, bold });
    }

    fn leave(&mut self, open: &Open) {
        let at = open.at;
        if self.heading == Some(at) {
            self.heading = None;
            let text = self.paragraph.take();
            self.push(text, LineKind::Heading);
            return;
        }
        match self.page.name(at) {
            "td" | "th" if self.row.is_some() => self.end_cell(),
            "tr" if self.row.is_some() => self.end_row(),
            "table" if self.data == Some(at) => {
                self.edge();
                self.data = None;
            }
            "li" => {
                self.edge();
                self.item = false;
            }
            _ if self.page.is_block(at) => self.edge(),
            _ => {}
        }
    }

    /// Passes over furniture, which still parts what stands around it.
    fn pass(&mut self, at: usize, part: Part) {
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

    /// Text whose blank lines end paragraphs.
    fn preformatted(&mut self, text: &str, bold: bool) {
        let mut lines = text.split('\n').peekable();
        while let Some(line) = lines.next() {
            self.paragraph.text(line, bold);
            if lines.peek().is_some() {
                self.paragraph.space();
            }
            if line.trim().is_empty() && lines.peek().is_some() {
                self.edge();
            }
        }
    }

    fn end_paragraph(&mut self) {
        if self.item {
            let text = self.paragraph.take();
            if self.push(text, LineKind::Item) {
                self.item = false;
            }
            return;
        }
        for (text, kind) in self.paragraph.take_parts() {
            self.push(text, kind);
        }
    }

    fn end_cell(&mut self) {
        let cell = self.paragraph.take();
        self.row.get_or_insert_default().push(cell);
    }

    fn end_row(&mut self) {
        let cells = self.row.take().unwrap_or_default();
        if cells.iter().any(|cell| !cell.is_empty()) {
            // Cells without text leave their places, not their spaces.
            let joined = cells.join(CELL);
            let words: Vec<&str> = joined.split_whitespace().collect();
            self.push(words.join(" "), LineKind::Text);
        }
    }

    /// Adds a line; whether there was any text for it.
    fn push(&mut self, text: String, kind: LineKind) -> bool {
        let any = !text.is_empty();
        if any {
            self.lines.push(line(text, kind));
        }
        any
    }

    fn is_heading(&self, at: usize) -> bool {
        let size = self.page.text(at).chars().count();
        self.heading.is_none() && self.row.is_none() && size <= LONGEST_HEADING
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
