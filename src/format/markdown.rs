//! Markdown to lines: a heading, a paragraph, a list item or a row of a table
//! each.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::document::{Document, Dropped, Line, LineKind};
use super::html;

/// What stands between the cells of a row.
const CELL: &str = " | ";

/// The lines of a Markdown text (CommonMark), without its markup. The number of
/// an item of a numbered list is the label of its first line, as the source has
/// it. Blocks of HTML are read as such; the words for images are left out. A
/// text most of which is in code blocks is plain text, whose lines may be
/// wrapped. `first_line` is the number of the first line in the file.
pub fn read(text: &str, first_line: u64) -> Document<'static> {
    let events = || Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter();
    let is_plain = is_mostly_code(events().map(|(event, _)| event));
    let mut writer = Writer::new(text, first_line);
    writer.is_plain = is_plain;
    for (event, range) in events() {
        writer.take(event, range.start);
    }
    writer.close();
    let left_out = |what: &str, characters| Dropped {
        what: what.to_owned(),
        characters,
    };
    let mut dropped = writer.dropped;
    if writer.captions > 0 {
        dropped.push(left_out("captions", writer.captions));
    }
    Document {
        lines: writer.lines,
        whole: !is_plain,
        dropped,
        ..Document::default()
    }
}

/// Whether more than half of a text is in code blocks.
fn is_mostly_code<'e>(events: impl Iterator<Item = Event<'e>>) -> bool {
    let (mut inside, mut code, mut all) = (false, 0, 0);
    for event in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => inside = true,
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(text) => {
                let characters = text.chars().filter(|c| c.is_alphanumeric()).count();
                all += characters;
                code += if inside { characters } else { 0 };
            }
            _ => {}
        }
    }
    code * 2 > all
}

/// Which words of a line are in links.
#[derive(Default, Clone, Copy)]
struct Words {
    linked: bool,
    unlinked: bool,
}

struct Writer<'a> {
    text: &'a str,
    line_of: LineCounter<'a>,
    lines: Vec<Line<'static>>,
    dropped: Vec<Dropped>,
    /// Characters of words for images.
    captions: u64,
    /// The line that is open: its text, its number, what it is.
    open: String,
    number: u64,
    kind: LineKind,
    level: Option<u8>,
    label: Option<String>,
    words: Words,
    /// Whether each open list is numbered.
    lists: Vec<bool>,
    images: usize,
    links: usize,
    /// A block of HTML so far.
    html: Option<String>,
    /// Whether code blocks are plain text, and whether one is open.
    is_plain: bool,
    in_plain: bool,
}

impl<'a> Writer<'a> {
    fn new(text: &'a str, first_line: u64) -> Self {
        Writer {
            text,
            line_of: LineCounter {
                text,
                byte: 0,
                line: first_line,
            },
            lines: Vec::new(),
            dropped: Vec::new(),
            captions: 0,
            open: String::new(),
            number: first_line,
            kind: LineKind::Text,
            level: None,
            label: None,
            words: Words::default(),
            lists: Vec::new(),
            images: 0,
            links: 0,
            html: None,
            is_plain: false,
            in_plain: false,
        }
    }

    fn take(&mut self, event: Event<'_>, byte: usize) {
        match event {
            Event::Start(tag) => self.start(&tag, byte),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_plain => self.plain(&text),
            Event::Text(text) | Event::Code(text) if self.images > 0 => {
                self.captions += text.chars().count() as u64;
            }
            Event::Text(text) | Event::Code(text) => self.push(&text),
            Event::SoftBreak | Event::HardBreak if self.is_plain && self.kind == LineKind::Text => {
                self.close();
                self.number += 1;
            }
            Event::SoftBreak | Event::HardBreak => self.open.push(' '),
            Event::Html(text) => match &mut self.html {
                Some(html) => html.push_str(&text),
                None => self.push(&text),
            },
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.open.push(' '),
            _ => {}
        }
    }

    /// Takes the text of a code block as it is, line by line.
    fn plain(&mut self, text: &str) {
        for line in text.lines() {
            self.lines.push(Line::text(self.number, line.to_owned()));
            self.number += 1;
        }
    }

    fn push(&mut self, text: &str) {
        if text.contains(char::is_alphanumeric) {
            self.words.linked |= self.links > 0;
            self.words.unlinked |= self.links == 0;
        }
        self.open.push_str(text);
    }

    fn start(&mut self, tag: &Tag<'_>, byte: usize) {
        match tag {
            Tag::Image { .. } => self.images += 1,
            Tag::Link { .. } => self.links += 1,
            Tag::List(first) => {
                self.close();
                self.lists.push(first.is_some());
            }
            Tag::HtmlBlock => {
                self.begin(LineKind::Text, byte);
                self.html = Some(String::new());
            }
            Tag::Heading { level, .. } => {
                self.begin(LineKind::Heading, byte);
                self.level = Some(*level as u8);
            }
            Tag::Item => {
                self.begin(LineKind::Item, byte);
                self.label = match self.lists.last() {
                    Some(true) => number_at(&self.text[byte..]),
                    _ => None,
                };
            }
            Tag::Paragraph if self.kind == LineKind::Item => self.begin(LineKind::Item, byte),
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::TableRow | Tag::TableHead => {
                self.begin(LineKind::Text, byte);
                self.in_plain = self.is_plain && matches!(tag, Tag::CodeBlock(_));
            }
            Tag::TableCell if !self.open.is_empty() => self.open.push_str(CELL),
            // A first cell without text leaves its place.
            Tag::TableCell => self.open.push(' '),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            TagEnd::Link => self.links = self.links.saturating_sub(1),
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::HtmlBlock => self.html_block(),
            TagEnd::Item => {
                self.end_line();
                self.label = None;
            }
            TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::CodeBlock
            | TagEnd::TableRow
            | TagEnd::TableHead => self.end_line(),
            _ => {}
        }
    }

    /// Ends the line that is open and begins another.
    fn begin(&mut self, kind: LineKind, byte: usize) {
        self.close();
        self.number = self.line_of.at(byte);
        self.kind = kind;
        self.level = None;
    }

    fn end_line(&mut self) {
        self.close();
        if self.is_plain {
            // A blank line between blocks.
            self.lines.push(Line::text(self.number, ""));
        }
        self.in_plain = false;
        self.kind = LineKind::Text;
        self.level = None;
    }

    fn close(&mut self) {
        let text = std::mem::take(&mut self.open);
        let words = std::mem::take(&mut self.words);
        // Signs between the cells of a row are no text.
        if text
            .trim_matches(|c: char| c.is_whitespace() || c == '|')
            .is_empty()
        {
            return;
        }
        self.lines.push(Line {
            number: self.number,
            text: text.trim().to_owned().into(),
            kind: self.kind,
            page: None,
            doubts: None,
            level: self.level,
            label: self.label.take().map(Into::into),
            is_link: words.linked && !words.unlinked,
        });
    }

    /// Reads a block of HTML for its text.
    fn html_block(&mut self) {
        let Some(html) = self.html.take() else {
            return;
        };
        // Most are marks of a place, or comments.
        if !has_text(&html) {
            return;
        }
        let document = html::read(&html);
        self.lines
            .extend(document.lines.into_iter().map(|line| Line {
                number: self.number,
                ..line
            }));
        for dropped in document.dropped {
            match self.dropped.iter_mut().find(|it| it.what == dropped.what) {
                Some(known) => known.characters += dropped.characters,
                None => self.dropped.push(dropped),
            }
        }
    }
}

/// Whether markup has words outside of its tags.
fn has_text(html: &str) -> bool {
    let mut outside = html
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    outside.any(|text| text.contains(char::is_alphanumeric))
}

/// The number that an item begins with, and its point or bracket.
fn number_at(item: &str) -> Option<String> {
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    let mark = item[digits..]
        .chars()
        .next()
        .filter(|c| matches!(c, '.' | ')'))?;
    (digits > 0).then(|| format!("{}{mark}", &item[..digits]))
}

/// Line numbers of byte offsets that only grow.
struct LineCounter<'a> {
    text: &'a str,
    byte: usize,
    line: u64,
}

impl LineCounter<'_> {
    fn at(&mut self, byte: usize) -> u64 {
        if byte > self.byte {
            self.line += self.text[self.byte..byte].matches('\n').count() as u64;
            self.byte = byte;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_lines() {
        let text = "# Title *one*\n\nA wrapped\nparagraph with [a link](u).\n\n## Next\n\n- item<br>one\n- item two\n\n<div>a box</div>\n\n![alt](x.png)\n\n<a id='x'></a>\n";
        let document = read(text, 1);
        assert_eq!(document.dropped[0].characters, 3);
        let got: Vec<_> = document
            .lines
            .into_iter()
            .map(|l| (l.number, l.kind, l.text.into_owned()))
            .collect();
        assert_eq!(
            got,
            [
                (1, LineKind::Heading, "Title one".to_owned()),
                (
                    3,
                    LineKind::Text,
                    "A wrapped paragraph with a link.".to_owned()
                ),
                (6, LineKind::Heading, "Next".to_owned()),
                (8, LineKind::Item, "item one".to_owned()),
                (9, LineKind::Item, "item two".to_owned()),
                (11, LineKind::Text, "a box".to_owned()),
            ]
        );
    }

    #[test]
    fn a_text_that_is_set_in_is_plain() {
        let text = "# Title\n\n**Date:** May\n\n    One of the kilns that\n    closed.\n\n    1. Two kilns.\n       More.\n";
        let document = read(text, 1);
        assert!(!document.whole);
        let lines: Vec<_> = document
            .lines
            .iter()
            .map(|l| (l.number, l.text.trim()))
            .collect();
        assert_eq!(
            lines,
            [
                (1, "Title"),
                (1, ""),
                (3, "Date: May"),
                (3, ""),
                (5, "One of the kilns that"),
                (6, "closed."),
                (7, ""),
                (8, "1. Two kilns."),
                (9, "More."),
                (10, ""),
            ]
        );
        // A sample of code in a text is a paragraph.
        assert!(read("Text of some length\n\n    code\n", 1).whole);
        assert!(read("", 1).whole);
    }

    #[test]
    fn numbers_levels_links_and_rows() {
        let text = "## Two\n\n12. one\n12. again\n\n    more\n13) other\n    - in\n\n[all](u)\n\n[part](u) of it\n\n\
            | A | B |\n|---|---|\n| 1 | 2 |\n| | 4 |\n\n14\\. text\n";
        let shown: Vec<String> = read(text, 1)
            .lines
            .iter()
            .map(|line| {
                let level = line.level.map(|level| format!("{level}# "));
                let label = line.label.as_ref().map(|label| format!("[{label}] "));
                let link = line.is_link.then(|| "link ".to_owned());
                let signs: String = [level, label, link].into_iter().flatten().collect();
                format!("{signs}{}", line.text)
            })
            .collect();
        assert_eq!(
            shown,
            [
                "2# Two",
                "[12.] one",
                "[12.] again",
                "more",
                "[13)] other",
                "in",
                "link all",
                "part of it",
                "A | B",
                "1 | 2",
                "| 4",
                "14. text",
            ]
        );
    }

    #[test]
    fn no_letter_is_lost() {
        let text = "# A\n\nb <i>c</i> **d**\n\n1. e\n   1. f\n\n   g\n2. h\n\n> i\n\n```\nj\n```\n\n<p>k</p>\n\n| l | m |\n|---|---|\n| n | |\n\n[o](u) `p`\n";
        let lines = read(text, 1).lines;
        let letters: String = lines
            .iter()
            .flat_map(|line| line.text.chars())
            .filter(|c| c.is_alphabetic())
            .collect();
        assert_eq!(letters, "Abcdefghijklmnop");
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_lines(text in "[\\PC\\n#*_`<>|-]{0,80}") {
            let _ = read(&text, 1);
        }
    }
}
