//! What a file holds before any profile is asked: its lines, and what its
//! format says of them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use crate::text::Doubts;

/// What a line is by its markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineKind {
    /// A line of text.
    Text,
    /// A heading.
    Heading,
    /// An item of a list.
    Item,
    /// A paragraph of a block quotation, where that is asked for or its style
    /// says so.
    Quote,
}

/// A line of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line<'a> {
    /// Its number in the file, from 1; of formats without lines, its place
    /// among the lines given.
    pub number: u64,
    /// Its text.
    pub text: Cow<'a, str>,
    /// What it is by its markup.
    pub kind: LineKind,
    /// The page it is on: as printed where pages print their numbers, else
    /// counted from 1; none where the format has no pages.
    pub page: Option<u32>,
    /// What is doubtful about the page that it begins on, and the place of that
    /// page in the file; none if there is no doubt.
    pub doubts: Option<Doubts>,
    /// The level of a heading, from 1 for the outermost, 0 for the title of the
    /// document; none if the markup tells no level.
    pub level: Option<u8>,
    /// The number or letter that is printed before the line and is not part of
    /// `text`, as the source shows it: `12.`, `(12)`, `§ 12`.
    pub label: Option<Cow<'a, str>>,
    /// Whether a link holds all of the text.
    pub is_link: bool,
}

/// Text of the file that is no line: navigation, banners, running heads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// What it was, as `navigation`, `running heads`, `captions`.
    pub what: String,
    /// How much, in characters (code points).
    pub characters: u64,
}

/// What a file says of itself beside its text: in the head of a page (Dublin
/// Core, Open Graph, JSON-LD, `citation_*`), in the properties of a PDF, a book
/// or an office file. Values are as printed, white space folded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The title.
    pub title: Option<String>,
    /// The authors or institutions, in order.
    pub authors: Vec<String>,
    /// The publisher.
    pub publisher: Option<String>,
    /// The name of the site that shows the page.
    pub site: Option<String>,
    /// The day, month or year of publication: ISO 8601, `2022-04-26`, `2022-04`
    /// or `2022`.
    pub date: Option<String>,
    /// The document number or symbol, such as `GAO-06-282` or `A/HRC/44/42`.
    pub number: Option<String>,
    /// The language, as BCP 47 tags it: `en`, `fr-CA`.
    pub language: Option<String>,
    /// Where the original is published.
    pub url: Option<String>,
}

/// A foot- or endnote that a line calls, or a link in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The number of the line.
    pub line: u64,
    /// How many characters of the line stand before the mark of the note
    /// ([`characters`]).
    pub before: u64,
    /// The mark as a reader sees it: `3`, `*`; empty for a link.
    pub mark: String,
    /// What the note says; the address of a link.
    pub text: String,
}

/// What a file holds before any profile is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document<'a> {
    /// Its lines in reading order.
    pub lines: Vec<Line<'a>>,
    /// Whether every line is a paragraph of its own, as markup gives them;
    /// otherwise lines may be wrapped.
    pub whole: bool,
    /// What the file says of itself beside its text.
    pub metadata: Metadata,
    /// What was left out as no part of the text.
    pub dropped: Vec<Dropped>,
    /// The running heads and feet of the first pages, which are no lines.
    pub heads: Vec<String>,
    /// The notes of the lines in order of their marks, where the markup tells
    /// what marks call; the marks are no part of the lines.
    pub notes: Vec<Note>,
    /// The numbers of the lines that begin a block quotation, where that is asked
    /// for: two may stand side by side.
    pub quotes: Vec<u64>,
    /// What was mended, guessed or lost: each in lower case without a final
    /// period.
    pub remarks: Vec<String>,
}

impl<'a> Line<'a> {
    /// A line of text of a format without pages.
    pub fn text(number: u64, text: impl Into<Cow<'a, str>>) -> Self {
        Line {
            number,
            text: text.into(),
            kind: LineKind::Text,
            page: None,
            doubts: None,
            level: None,
            label: None,
            is_link: false,
        }
    }
}

impl<'a> Document<'a> {
    /// The lines of a plain text; `first` is the number of its first line in
    /// the file.
    pub fn of_text(text: &'a str, first: u64) -> Self {
        let lines = text.lines().zip(first..);
        Document {
            lines: lines
                .map(|(line, number)| Line::text(number, line))
                .collect(),
            ..Document::default()
        }
    }

    /// How many characters its lines have with their labels ([`characters`]).
    pub fn characters(&self) -> u64 {
        let of =
            |line: &Line<'_>| characters(&line.text) + line.label.as_deref().map_or(0, characters);
        self.lines.iter().map(of).sum()
    }
}

/// The shortest rule, in bytes.
const RULE: usize = 5;

/// Whether a line of plain text is a rule, which separates what stands above
/// it from what stands below: `-----`, `* * *`.
pub fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let is_sign = |c: char| matches!(c, '-' | '_' | '=' | '*' | '—' | '–' | ' ');
    line.len() >= RULE && line.chars().all(is_sign)
}

/// How many characters (code points) a text has, white space aside: lines that
/// are joined have as many as before.
pub fn characters(text: &str) -> u64 {
    match text.is_ascii() {
        true => text.bytes().filter(|b| !b.is_ascii_whitespace()).count() as u64,
        false => text.chars().filter(|c| !c.is_whitespace()).count() as u64,
    }
}
