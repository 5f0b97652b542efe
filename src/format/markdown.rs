//! Markdown to lines: a heading, a paragraph or a list item each.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::document::{Document, Line, LineKind};

/// The lines of a Markdown text (CommonMark), without its markup. Raw HTML and
/// images are left out; their words are not the report's. `first_line` is the
/// number of the first line in the file.
pub fn read(text: &str, first_line: u64) -> Document<'static> {
    Document {
        lines: lines(text, first_line),
        whole: true,
        ..Document::default()
    }
}

fn lines(text: &str, first_line: u64) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let mut open = String::new();
    let mut kind = LineKind::Text;
    let mut images = 0usize;
    let mut line_of = LineCounter {
        text,
        byte: 0,
        line: first_line,
    };
    let mut close = |open: &mut String, kind: LineKind, number: u64| {
        let text = std::mem::take(open);
        if !text.trim().is_empty() {
            lines.push(Line {
                number,
                text: text.into(),
                kind,
                page: None,
                level: None,
                label: None,
                is_link: false,
            });
        }
    };
    let mut number = first_line;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(tag) => match tag {
                Tag::Image { .. } => images += 1,
                Tag::Heading { .. }
                | Tag::Paragraph
                | Tag::Item
                | Tag::CodeBlock(_)
                | Tag::TableRow
                | Tag::TableHead
                | Tag::HtmlBlock => {
                    close(&mut open, kind, number);
                    number = line_of.at(range.start);
                    kind = match tag {
                        Tag::Heading { .. } => LineKind::Heading,
                        Tag::Item => LineKind::Item,
                        Tag::Paragraph if kind == LineKind::Item => LineKind::Item,
                        _ => LineKind::Text,
                    };
                }
                _ => {}
            },
            Event::End(tag) => match tag {
                TagEnd::Image => images = images.saturating_sub(1),
                TagEnd::Heading(_)
                | TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::TableRow
                | TagEnd::TableHead => {
                    close(&mut open, kind, number);
                    kind = LineKind::Text;
                }
                TagEnd::TableCell => open.push(' '),
                _ => {}
            },
            Event::Text(t) | Event::Code(t) if images == 0 => open.push_str(&t),
            Event::SoftBreak | Event::HardBreak => open.push(' '),
            Event::InlineHtml(tag) if tag.starts_with("<br") => open.push(' '),
            _ => {}
        }
    }
    close(&mut open, kind, number);
    lines
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
        let text = "# Title *one*\n\nA wrapped\nparagraph with [a link](u).\n\n## Next\n\n- item<br>one\n- item two\n\n<div>no</div>\n\n![alt](x.png)\n";
        let got: Vec<_> = lines(text, 1)
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
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_lines(text in "[\\PC\\n#*_`<>|-]{0,80}") {
            let _ = lines(&text, 1);
        }
    }
}
