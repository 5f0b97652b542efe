//! What a yearbook says, for those who check how it is read.

use std::fmt::Write as _;

/// What a piece is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A headline, the line below it, a heading of a section, a side heading.
    Heading,
    /// A paragraph, with a heading that runs in.
    Paragraph,
    /// An item of a list, without its bullet.
    Item,
    /// A note at a foot, without its mark.
    Note,
    /// A pull quote.
    Quote,
    /// The title or a paragraph of a box.
    Box,
    /// The caption of a figure or the title of a table.
    Caption,
    /// A row of a table or of a contents page: its cells with a space between.
    Row,
}

/// A piece of text, as it is printed, its words whole and without marks of notes.
#[derive(Clone, Debug)]
pub struct Piece {
    /// What it is.
    pub kind: Kind,
    /// Its text: words with one space between.
    pub text: String,
    /// The sheet where it begins, from 1.
    pub sheet: usize,
    /// The marks of notes in it, in order.
    pub marks: Vec<String>,
    /// What is special about how it is set, such as `drop-cap` and `carried-over`.
    pub features: Vec<&'static str>,
}

/// What a sheet says of itself.
#[derive(Clone, Debug, Default)]
pub struct PageGold {
    /// The number that is printed on it, if one is.
    pub label: Option<String>,
    /// The number it has in the sequence, printed or not.
    pub number: String,
    /// What is special about it, such as `box-middle-column`.
    pub features: Vec<&'static str>,
    /// What must be in no line of text: heads, feet, numbers, thumb letters,
    /// slugs, numbers of axes.
    pub furniture: Vec<String>,
}

/// What a yearbook says.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// The main text in the order of reading.
    pub flow: Vec<Piece>,
    /// What stands beside it; its place in the flow is free.
    pub beside: Vec<Piece>,
    /// The furniture of all sheets, one after the other.
    pub furniture: Vec<String>,
    /// The sheets.
    pub pages: Vec<PageGold>,
    /// How the book is set, in words.
    pub style: String,
}

impl Gold {
    /// The gold as JSON.
    pub fn json(&self) -> String {
        let pieces = |pieces: &[Piece]| list(pieces.iter().map(piece), ",\n  ");
        let pages = list(self.pages.iter().map(page), ",\n  ");
        format!(
            "{{\"style\": {},\n \"flow\": {},\n \"beside\": {},\n \"furniture\": {},\n \"pages\": {pages}}}\n",
            string(&self.style),
            pieces(&self.flow),
            pieces(&self.beside),
            list(self.furniture.iter().map(|text| string(text)), ", "),
        )
    }
}

fn piece(piece: &Piece) -> String {
    let kind = string(&format!("{:?}", piece.kind));
    let marks = list(piece.marks.iter().map(|mark| string(mark)), ", ");
    let features = list(piece.features.iter().map(|feature| string(feature)), ", ");
    format!(
        "{{\"kind\": {kind}, \"sheet\": {}, \"marks\": {marks}, \"features\": {features}, \"text\": {}}}",
        piece.sheet,
        string(&piece.text)
    )
}

fn page(page: &PageGold) -> String {
    let label = page
        .label
        .as_ref()
        .map_or("null".to_owned(), |label| string(label));
    let features = list(page.features.iter().map(|feature| string(feature)), ", ");
    let furniture = list(page.furniture.iter().map(|text| string(text)), ", ");
    format!(
        "{{\"label\": {label}, \"number\": {}, \"features\": {features}, \"furniture\": {furniture}}}",
        string(&page.number)
    )
}

fn list(items: impl Iterator<Item = String>, between: &str) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(between))
}

fn string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for char in text.chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            char if u32::from(char) < 32 => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(char));
            }
            char => quoted.push(char),
        }
    }
    quoted + "\""
}
