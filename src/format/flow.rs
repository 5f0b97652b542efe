//! The flow of a word processor's document, gathered paragraph by paragraph:
//! table rows become lines, notes go to the end, what is no text is counted.
//! What the paragraphs are is decided by the formats.

use std::borrow::Cow;

use super::calls::{Call, NoteName, called};
use super::document::{Document, Dropped, Line, LineKind, Metadata};
use super::names;
use super::package::Package;

/// A paragraph without its number in the file.
#[derive(Debug)]
pub(crate) struct Piece {
    /// Its text.
    pub(crate) text: String,
    /// What it is.
    pub(crate) kind: LineKind,
    /// The page it is on.
    pub(crate) page: Option<u32>,
    /// The level of a heading.
    pub(crate) level: Option<u8>,
    /// The number that is printed before it.
    pub(crate) label: Option<String>,
    /// Whether a link holds all of it.
    pub(crate) is_link: bool,
    /// The calls of notes in it.
    pub(crate) calls: Vec<Call>,
}

impl Piece {
    /// A paragraph of which no more is known.
    fn text(text: String, page: Option<u32>) -> Self {
        Piece {
            text,
            kind: LineKind::Text,
            page,
            level: None,
            label: None,
            is_link: false,
            calls: Vec::new(),
        }
    }

    fn into_line(self, number: u64) -> Line<'static> {
        Line {
            number,
            text: Cow::Owned(self.text),
            kind: self.kind,
            page: self.page,
            doubts: None,
            level: self.level,
            label: self.label.map(Cow::Owned),
            is_link: self.is_link,
        }
    }
}

/// A table that is open.
#[derive(Default)]
struct OpenTable {
    /// The cells of the row at hand, each a list of paragraphs.
    cells: Vec<Vec<Piece>>,
    /// Whether a cell is open.
    in_cell: bool,
}

/// A document being gathered.
#[derive(Default)]
pub(crate) struct Flow {
    lines: Vec<Piece>,
    tables: Vec<OpenTable>,
    notes: Vec<(NoteName, String)>,
    dropped: Vec<Dropped>,
    remarks: Vec<String>,
}

impl Flow {
    /// The text of a part of the package beside the main one; empty where there
    /// is none, or where it cannot be read, which is told.
    pub(crate) fn side_part(&mut self, package: &mut Package<'_>, name: &str) -> String {
        package
            .text(name)
            .unwrap_or_else(|error| {
                self.remark(error);
                None
            })
            .unwrap_or_default()
    }

    /// Adds a paragraph; an empty one is none.
    pub(crate) fn paragraph(&mut self, piece: Piece) {
        let text = spaced(&piece.text);
        if !text.is_empty() {
            self.put(Piece { text, ..piece });
        }
    }

    /// Whether nothing has been added yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.tables.is_empty()
    }

    /// Whether a table is open.
    pub(crate) fn in_table(&self) -> bool {
        !self.tables.is_empty()
    }

    /// Begins a table, which may stand in a cell of another.
    pub(crate) fn open_table(&mut self) {
        self.tables.push(OpenTable::default());
    }

    /// Begins a row, forgetting one that was not closed.
    pub(crate) fn open_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            *table = OpenTable::default();
        }
    }

    /// Begins a cell.
    pub(crate) fn open_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.cells.push(Vec::new());
            table.in_cell = true;
        }
    }

    /// Ends a cell.
    pub(crate) fn close_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.in_cell = false;
        }
    }

    /// Ends a row. A row of one cell with text, as boxes are made, gives its
    /// paragraphs; any other gives one line, its cells joined by ` | `.
    pub(crate) fn close_row(&mut self) {
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        let cells = std::mem::take(table).cells;
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        let nested = self.tables.len() > 1;
        let row = self.tables.pop();
        if filled == 1 {
            for piece in cells.into_iter().flatten() {
                self.put(piece);
            }
        } else if filled > 1 {
            let page = cells.iter().flatten().find_map(|piece| piece.page);
            let (text, calls) = row_of(&cells, if nested { ", " } else { " | " });
            let text = text.trim_end_matches([' ', '|', ',']).to_owned();
            self.put(Piece {
                calls,
                ..Piece::text(text, page)
            });
        }
        self.tables.extend(row);
    }

    /// Ends a table.
    pub(crate) fn close_table(&mut self) {
        self.tables.pop();
    }

    /// Adds a note for the end of the document; an empty one is none.
    pub(crate) fn note(&mut self, name: NoteName, text: &str) {
        let text = spaced(text);
        if !text.is_empty() {
            self.notes.push((name, text));
        }
    }

    /// Counts text that is left out.
    pub(crate) fn drop_text(&mut self, what: &str, text: &str) {
        let characters = spaced(text).chars().count() as u64;
        if characters == 0 {
            return;
        }
        match self.dropped.iter_mut().find(|other| other.what == what) {
            Some(other) => other.characters += characters,
            None => self.dropped.push(Dropped {
                what: what.to_owned(),
                characters,
            }),
        }
    }

    /// Adds a remark, once.
    pub(crate) fn remark(&mut self, remark: impl Into<String>) {
        let remark = remark.into();
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    /// The document, its notes last.
    pub(crate) fn finish(mut self) -> Document<'static> {
        while self.in_table() {
            self.close_row();
            self.close_table();
        }
        let calls = self.lines.iter().map(|piece| piece.calls.as_slice());
        let called = called((1..).zip(calls), &self.notes);
        let notes = self.notes.into_iter();
        let notes = notes.map(|(_, text)| Piece::text(text, None));
        Document {
            lines: (1..)
                .zip(self.lines.into_iter().chain(notes))
                .map(|(number, piece)| piece.into_line(number))
                .collect(),
            whole: true,
            metadata: Metadata::default(),
            dropped: self.dropped,
            remarks: self.remarks,
            notes: called,
            ..Document::default()
        }
    }

    /// Puts a paragraph into the cell that is open, else among the lines.
    fn put(&mut self, piece: Piece) {
        match self.tables.last_mut().filter(|table| table.in_cell) {
            Some(table) => match table.cells.last_mut() {
                Some(cell) => cell.push(piece),
                None => table.cells.push(vec![piece]),
            },
            None => self.lines.push(piece),
        }
    }
}

/// A title as metadata gives it; none where a program only filled the field.
pub(crate) fn real_title(title: Option<String>) -> Option<String> {
    let filler = ["microsoft word", "untitled", "document1"];
    let title = spaced(&title?);
    let lower = title.to_lowercase();
    let empty = title.is_empty() || filler.iter().any(|start| lower.starts_with(start));
    (!empty).then_some(title)
}

/// The author of an office file: what its program wrote down is often no more
/// than the login of who typed it, which is none.
pub(crate) fn real_author(name: Option<String>) -> Vec<String> {
    let named = names::authors(name.map(|name| spaced(&name)).into_iter());
    named
        .into_iter()
        .filter(|name| names::is_full_name(name))
        .collect()
}

/// The names that also appear in the text of a document: whoever typed it need
/// not be its author.
pub(crate) fn names_in_text(mut names: Vec<String>, document: &Document<'_>) -> Vec<String> {
    names.retain(|name| document.lines.iter().any(|line| line.text.contains(name)));
    names
}

/// An address on the web, if the text is one.
pub(crate) fn web_address(text: Option<String>) -> Option<String> {
    text.filter(|text| text.starts_with("https://") || text.starts_with("http://"))
}

/// Whether a line is bold all over because it is a heading without a style:
/// it is short and has no final punctuation but a colon.
pub(crate) fn looks_like_heading(text: &str) -> bool {
    let text = text.trim_end();
    let end = ['.', '!', '?', ';', ',', '…', '。', '؟', '।'];
    text.chars().count() <= 120 && !text.ends_with(end) && text.chars().any(char::is_alphabetic)
}

/// Whether a text is a paragraph although it has a heading style: court papers
/// number their paragraphs with such styles.
pub(crate) fn is_paragraph(text: &str) -> bool {
    let text = text.trim_end();
    let ends = text.ends_with(['.', '!', '?', ';', '”', '"']);
    let words = text.split_whitespace().count();
    words >= if ends { 15 } else { 40 }
}

/// The text with each run of spaces and breaks as one space, none at its
/// ends.
fn spaced(text: &str) -> String {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    words.join(" ")
}

/// Cells as one text, a separator between them, with the calls of notes in it.
/// The paragraphs of a cell have their numbers before them.
fn row_of(cells: &[Vec<Piece>], separator: &str) -> (String, Vec<Call>) {
    let (mut text, mut calls) = (String::new(), Vec::new());
    for (number, cell) in cells.iter().enumerate() {
        if number > 0 {
            text.push_str(separator);
        }
        for (number, piece) in cell.iter().enumerate() {
            if number > 0 {
                text.push(' ');
            }
            if let Some(label) = &piece.label {
                text.push_str(label);
                text.push(' ');
            }
            calls.extend(piece.calls.iter().map(|call| call.moved(&text)));
            text.push_str(&piece.text);
        }
    }
    (text, calls)
}

/// A document shown a line a line for the tests of the formats.
#[cfg(test)]
pub(crate) fn shown(document: &Document<'_>) -> Vec<String> {
    let line = |line: &Line<'_>| {
        let page = line.page.map_or(String::new(), |page| format!(" p{page}"));
        let level = line
            .level
            .map_or(String::new(), |level| format!(" {level}"));
        let label = line
            .label
            .as_ref()
            .map_or(String::new(), |label| format!(" [{label}]"));
        let link = if line.is_link { " link" } else { "" };
        let Line {
            number, kind, text, ..
        } = line;
        format!("{number} {kind:?}{level}{page}{label}{link}: {text}")
    };
    document.lines.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::super::calls::NoteKind;
    use super::*;

    #[test]
    fn rows_boxes_and_nested_tables() {
        let mut flow = Flow::default();
        let text = |flow: &mut Flow, text: &str| flow.paragraph(Piece::text(text.to_owned(), None));
        flow.open_table();
        for row in [&["a", "", "b\n c", ""][..], &["box"], &[]] {
            flow.open_row();
            for cell in row {
                flow.open_cell();
                text(&mut flow, cell);
                flow.close_cell();
            }
            flow.close_row();
        }
        flow.open_row();
        flow.open_cell();
        text(&mut flow, "outer");
        flow.close_cell();
        flow.open_cell();
        flow.open_table();
        flow.open_row();
        for cell in ["x", "y"] {
            flow.open_cell();
            text(&mut flow, cell);
        }
        let name = NoteName {
            kind: NoteKind::Foot,
            name: "1".to_owned(),
        };
        flow.note(name, "a note");
        let lines = shown(&flow.finish());
        let wanted = [
            "1 Text: a |  | b c",
            "2 Text: box",
            "3 Text: outer | x, y",
            "4 Text: a note",
        ];
        assert_eq!(lines, wanted);
    }

    #[test]
    fn authors_are_those_that_the_text_names() {
        let document = Document {
            lines: vec![Line::text(1, "A report of the Office of Boats")],
            ..Document::default()
        };
        let names = ["Ann Typist", "Office of Boats"]
            .map(str::to_owned)
            .to_vec();
        assert_eq!(names_in_text(names, &document), ["Office of Boats"]);
    }

    #[test]
    fn fillers_are_no_titles() {
        for (title, wanted) in [
            ("Microsoft Word - report.doc", None),
            (" ", None),
            ("A  Report", Some("A Report")),
        ] {
            assert_eq!(real_title(Some(title.to_owned())).as_deref(), wanted);
        }
    }
}
