//! A paragraph as it grows: the lines a reader sees in it, and whether they
//! are bold.

use super::super::document::LineKind;
use super::fold::Folded;

/// How long a bold line may be to be a heading, in characters.
const LONGEST_HEADING: usize = 120;

/// A line as it is seen, up to a `<br>`.
#[derive(Default)]
struct Shown {
    text: Folded,
    /// Whether any of it is not bold.
    plain: bool,
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
    pub(super) fn text(&mut self, raw: &str, bold: bool) {
        if self.open.text.push(raw) {
            self.breaks = 0;
            self.open.plain |= !bold;
        }
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

    /// All of it as one text; empty if there is none.
    pub(super) fn take(&mut self) -> String {
        let texts = self.lines().into_iter().map(|(text, _)| text);
        texts.collect::<Vec<_>>().join(" ")
    }

    /// Its text, with bold lines of their own as headings.
    pub(super) fn take_parts(&mut self) -> Vec<(String, LineKind)> {
        let mut parts: Vec<(String, LineKind)> = Vec::new();
        for (text, bold) in self.lines() {
            let kind = if bold {
                LineKind::Heading
            } else {
                LineKind::Text
            };
            match parts.last_mut() {
                // A heading may be broken over lines, and a text is.
                Some((last, of)) if *of == kind => {
                    last.push(' ');
                    last.push_str(&text);
                }
                _ => parts.push((text, kind)),
            }
        }
        join_false_headings(parts)
    }

    fn lines(&mut self) -> Vec<(String, bool)> {
        self.end_line();
        self.breaks = 0;
        let done = std::mem::take(&mut self.done).into_iter();
        done.map(|shown| (shown.text.into_text(), !shown.plain))
            .collect()
    }
}

/// Makes text of bold lines that do not read as headings: long ones, those
/// that end as sentences do, and those amid a sentence.
fn join_false_headings(parts: Vec<(String, LineKind)>) -> Vec<(String, LineKind)> {
    let mut joined: Vec<(String, LineKind)> = Vec::new();
    for at in 0..parts.len() {
        let (text, kind) = &parts[at];
        let before = at.checked_sub(1).map(|before| parts[before].0.as_str());
        let after = parts.get(at + 1).map(|(text, _)| text.as_str());
        let apart = before.is_none_or(ends_sentence) && after.is_none_or(begins_sentence);
        let kind = match kind {
            LineKind::Heading if reads_as_heading(text) && apart => LineKind::Heading,
            _ => LineKind::Text,
        };
        match joined.last_mut() {
            Some((last, LineKind::Text)) if kind == LineKind::Text => {
                last.push(' ');
                last.push_str(text);
            }
            _ => joined.push((text.clone(), kind)),
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
            paragraph.text(bold.unwrap_or(line), bold.is_some());
            paragraph.end_line();
        }
        paragraph.take_parts()
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
