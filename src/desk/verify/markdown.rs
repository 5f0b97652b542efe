//! A draft in Markdown: its paragraphs, block quotations and footnotes.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::draft::{Pages, Paragraph};
use super::typography::NOTE;

/// The paragraphs of a Markdown text (CommonMark with tables and footnotes),
/// without its markup; code is no text.
pub(super) fn read(text: &str) -> Pages {
    let mut reader = Reader {
        text,
        byte: 0,
        line: 1,
        pages: Pages::default(),
        open: Paragraph::default(),
        quotes: 0,
        blocks: 0,
        note: None,
        left_out: 0,
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.take(event, range.start);
    }
    reader.close();
    reader.pages
}

struct Reader<'t> {
    text: &'t str,
    /// A byte of the text and its line: both only grow.
    byte: usize,
    line: u64,
    pages: Pages,
    open: Paragraph,
    /// How many block quotations are open, and how many there were.
    quotes: usize,
    blocks: usize,
    /// The footnote that is open.
    note: Option<String>,
    /// How many elements are open whose words are not the draft's.
    left_out: usize,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) if self.left_out == 0 => self.push(&words, at),
            Event::SoftBreak | Event::HardBreak => self.push(" ", at),
            Event::InlineHtml(tag) => match tag.to_ascii_lowercase() {
                tag if tag.starts_with("<br") => self.push(" ", at),
                tag if tag.starts_with("<q>") || tag.starts_with("<q ") => self.push("“", at),
                tag if tag.starts_with("</q>") => self.push("”", at),
                _ => {}
            },
            Event::FootnoteReference(label) => {
                let [open, close] = NOTE;
                let label = label.replace(NOTE, "");
                self.open.text.push_str(&format!("{open}{label}{close}"));
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::BlockQuote(_) => {
                self.close();
                self.blocks += usize::from(self.quotes == 0);
                self.quotes += 1;
            }
            Tag::FootnoteDefinition(label) => {
                self.close();
                self.note = Some(label.replace(NOTE, ""));
            }
            Tag::Image { .. } => self.left_out += 1,
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.close();
                self.left_out += 1;
            }
            Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableRow | Tag::TableHead => {
                self.close()
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::FootnoteDefinition => {
                self.close();
                self.note = None;
            }
            TagEnd::Image => self.left_out = self.left_out.saturating_sub(1),
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                self.left_out = self.left_out.saturating_sub(1);
            }
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::TableRow
            | TagEnd::TableHead => self.close(),
            TagEnd::TableCell => self.open.text.push(' '),
            _ => {}
        }
    }

    fn push(&mut self, words: &str, at: usize) {
        if at > self.byte {
            self.line += self.text[self.byte..at].matches('\n').count() as u64;
            self.byte = at;
        }
        let is_new = self
            .open
            .lines
            .last()
            .is_none_or(|(_, line)| *line != self.line);
        if is_new {
            self.open.lines.push((self.open.text.len(), self.line));
        }
        self.open.text.push_str(&words.replace(NOTE, " "));
    }

    fn close(&mut self) {
        let mut paragraph = std::mem::take(&mut self.open);
        if paragraph.text.trim().is_empty() {
            return;
        }
        if let Some(label) = &self.note {
            let note = self.pages.notes.entry(label.clone()).or_default();
            note.push_str(paragraph.text.trim());
            note.push(' ');
        }
        paragraph.block = (self.quotes > 0).then_some(self.blocks);
        self.pages.paragraphs.push(paragraph);
    }
}
