//! A draft in Markdown: its paragraphs, block quotations and footnotes.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::pages::{DraftNote, NOTE, Pages, Paragraph, mark_of};

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
        links: Vec::new(),
        items: Vec::new(),
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
    /// The links that are open: where their text begins, and where they lead.
    links: Vec<(usize, String)>,
    /// The lists that are open, with the numbers of their next items.
    items: Vec<Option<u64>>,
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
                self.open.text.push_str(&mark_of(&label.replace(NOTE, "")));
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
            Tag::Link { dest_url, .. } => {
                self.links
                    .push((self.open.text.len(), dest_url.to_string()));
            }
            Tag::List(first) => {
                self.close();
                self.items.push(*first);
            }
            Tag::Image { .. } => self.left_out += 1,
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.close();
                self.left_out += 1;
            }
            Tag::Item => {
                self.close();
                if let Some(Some(number)) = self.items.last_mut() {
                    self.open.number = Some(format!("{number}."));
                    *number += 1;
                }
            }
            Tag::Paragraph | Tag::Heading { .. } | Tag::TableRow | Tag::TableHead => self.close(),
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
            TagEnd::Link => self.end_link(),
            TagEnd::List(_) => {
                self.close();
                self.items.pop();
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

    /// What a link leads to is a note to its text. A link whose text is a number
    /// is a mark of a note.
    fn end_link(&mut self) {
        let Some((start, target)) = self.links.pop() else {
            return;
        };
        let label = format!("link {}", self.pages.notes.len());
        let text = self.open.text.get(start..).unwrap_or_default();
        let is_mark = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let mark = if is_mark {
            text.to_owned()
        } else {
            String::new()
        };
        if is_mark {
            self.open.text.truncate(start);
        }
        self.open.text.push_str(&mark_of(&label));
        self.pages.notes.push(DraftNote::new(label, &mark, &target));
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
            // An item has its number, and its text is still to come.
            self.open.number = paragraph.number;
            return;
        }
        if let Some(label) = &self.note {
            self.pages.add_to_note(label, &paragraph.text);
        }
        paragraph.block = (self.quotes > 0).then_some(self.blocks);
        self.pages.paragraphs.push(paragraph);
    }
}
