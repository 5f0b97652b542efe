//! A paragraph as it grows: the lines a reader sees in it, whether they are
//! bold, and whether links hold all of them.

use super::super::document::LineKind;
use super::fold::Folded;

/// How long a bold line may be to be a heading, in characters.
const LONGEST_HEADING: usize = 120;

/// How a piece of text is shown.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    pub(super) bold: bool,
    /// The node of the link that it is in.
    pub(super) link: Option<usize>,
}

/// A line as it is seen, up to a `<br>`.
#[derive(Default)]
struct Shown {
    text: Folded,
    /// Whether any of it is not bold.
    plain: bool,
    links: Links,
}

/// Which words of a text are in links.
#[derive(Debug, Clone, Copy, Default)]
struct Links {
    /// The node of the first link that holds words.
    first: Option<usize>,
    /// Whether there are words outside of links.
    outside: bool,
}

impl Links {
    fn take(&mut self, raw: &str, link: Option<usize>) {
        if raw.contains(char::is_alphanumeric) {
            self.outside |= link.is_none();
            self.first = self.first.or(link);
        }
    }

    fn join(&mut self, other: Links) {
        self.outside |= other.outside;
        self.first = self.first.or(other.first);
    }

    fn all(self) -> Option<usize> {
        self.first.filter(|_| !self.outside)
    }
}

/// A text that is whole.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) kind: LineKind,
    links: Links,
}

impl Part {
    /// The node of the first link, if links hold all of its words.
    pub(super) fn link(&self) -> Option<usize> {
        self.links.all()
    }

    fn push(&mut self, other: &Part) {
        self.text.push(' ');
        self.text.push_str(&other.text);
        self.links.join(other.links);
    }
}

/// The text between two block edges.
#[derive(Default)]
pub(super) struct Paragraph {
    done: Vec<Shown>,
    open: Shown,
    /// Line breaks since the last text.
    breaks: usize,
}

impl Paragraph {
    pub(super) fn text(&mut self, raw: &str, look: Look) {
        if self.open.text.push(raw) {
            self.breaks = 0;
            self.open.plain |= !look.bold;
            self.open.links.take(raw, look.link);
        }
    }

    /// What is shown of the line that is open.
    pub(super) fn so_far(&self) -> &str {
        self.open.text.as_str()
    }

    /// Sets what follows apart by a space.
    pub(super) fn space(&mut self) {
        self.open.text.space();
    }

    /// Ends the line; whether this is the second end in a row, so the
    /// paragraph ends too.
    pub(super) fn end_line(&mut self) -> bool {
        self.breaks += 1;
        if !self.open.text.is_empty() {
            self.done.push(std::mem::take(&mut self.open));
        }
        self.breaks > 1
    }

    /// All of it as one text of a kind; empty if there is none.
    pub(super) fn take(&mut self, kind: LineKind) -> Part {
        let mut lines = self.lines().into_iter();
        let mut whole = match lines.next() {
            Some(first) => Part { kind, ..first },
            None => Part {
                text: String::new(),
                kind,
                links: Links::default(),
            },
        };
        lines.for_each(|line| whole.push(&line));
        whole
    }

    /// Its text, with bold lines of their own as headings.
    pub(super) fn take_parts(&mut self) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for line in self.lines() {
            match parts.last_mut() {
                // A heading may be broken over lines, and a text is.
                Some(last) if last.kind == line.kind => last.push(&line),
                _ => parts.push(line),
            }
        }
        join_false_headings(parts)
    }

    /// Its lines; bold ones are headings as yet.
    fn lines(&mut self) -> Vec<Part> {
        self.end_line();
        self.breaks = 0;
        let part = |shown: Shown| Part {
            kind: match shown.plain {
                true => LineKind::Text,
                false => LineKind::Heading,
            },
            text: shown.text.into_text(),
            links: shown.links,
        };
        std::mem::take(&mut self.done)
            .into_iter()
            .map(part)
            .collect()
    }
}

/// Makes text of bold lines that do not read as headings: long ones, those
/// that end as sentences do, and those amid a sentence.
fn join_false_headings(parts: Vec<Part>) -> Vec<Part> {
    let stands = |at: usize| {
        let before = at.checked_sub(1).map(|before| parts[before].text.as_str());
        let after = parts.get(at + 1).map(|part| part.text.as_str());
        let apart = before.is_none_or(ends_sentence) && after.is_none_or(begins_sentence);
        parts[at].kind == LineKind::Heading && reads_as_heading(&parts[at].text) && apart
    };
    let headings: Vec<bool> = (0..parts.len()).map(stands).collect();
    let mut joined: Vec<Part> = Vec::new();
    for (mut part, is_heading) in parts.into_iter().zip(headings) {
        part.kind = match is_heading {
            true => LineKind::Heading,
            false => LineKind::Text,
        };
        match joined.last_mut() {
            Some(last) if last.kind == LineKind::Text && !is_heading => last.push(&part),
            _ => joined.push(part),
        }
    }
    joined
}

fn reads_as_heading(text: &str) -> bool {
    text.chars().count() < LONGEST_HEADING && !text.ends_with(['.', ',', ';'])
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', '?', '!', ':', '”', '"', ')', '*'])
}

fn begins_sentence(text: &str) -> bool {
    !text.starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parts of lines, bold ones marked with a star.
    fn parts(lines: &[&str]) -> Vec<(String, LineKind)> {
        let mut paragraph = Paragraph::default();
        for line in lines {
            let bold = line.strip_prefix('*');
            let look = Look {
                bold: bold.is_some(),
                link: None,
            };
            paragraph.text(bold.unwrap_or(line), look);
            paragraph.end_line();
        }
        let parts = paragraph.take_parts().into_iter();
        parts.map(|part| (part.text, part.kind)).collect()
    }

    #[test]
    fn bold_lines_of_their_own_are_headings() {
        use LineKind::{Heading, Text};
        let long = format!("*{}", "bold ".repeat(30));
        let cases: &[(&[&str], &[LineKind])] = &[
            (&["*Prosecution"], &[Heading]),
            (&["*Prosecution", "The government acted."], &[Heading, Text]),
            (&["*CONGO, REPUBLIC", "*OF THE (Tier 2)"], &[Heading]),
            (
                &["It acted.", "*Protection", "It did."],
                &[Text, Heading, Text],
            ),
            (&["It acted on", "*Protection", "of victims."], &[Text]),
            (&["*It acted."], &[Text]),
            (&["*First;", "*and second;"], &[Text]),
            (&[&long], &[Text]),
            (&[], &[]),
        ];
        for (lines, want) in cases {
            let kinds: Vec<_> = parts(lines).into_iter().map(|(_, kind)| kind).collect();
            assert_eq!(kinds, *want, "{lines:?}");
        }
    }
}
