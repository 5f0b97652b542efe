//! The paragraphs of a draft and its notes, as its format tells them.

use std::ops::Range;

use super::Spot;

/// A mark of a note in the text of a draft: its label stands between these. They
/// are private characters that no draft keeps.
pub(super) const NOTE: [char; 2] = ['\u{e000}', '\u{e001}'];

/// A paragraph of a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Its text on one line; the label of a note that it calls stands between
    /// private characters ([`NOTE`]).
    pub(super) text: String,
    /// The number that stands before it and is no part of the text, as `3.`
    pub(super) number: Option<String>,
    /// The lines it is from: from which byte of the text, which line.
    pub(super) lines: Vec<(usize, u64)>,
    /// The block quotation that it is part of.
    pub(super) block: Option<usize>,
}

/// A note of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DraftNote {
    /// What the marks in the paragraphs call it by.
    pub(super) label: String,
    /// The mark as a reader sees it, as `3`; empty for the target of a link.
    pub(super) mark: String,
    /// What it says; it may call notes itself.
    pub(super) text: String,
}

/// The paragraphs of a draft with its notes.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) paragraphs: Vec<Paragraph>,
    /// The notes; in order of their first calls once all are read.
    pub(super) notes: Vec<DraftNote>,
    /// Whether a paragraph has a number, but no line.
    pub(super) by_paragraph: bool,
}

impl Paragraph {
    /// Puts texts in place of ranges of bytes, which are in order and apart.
    pub(super) fn replace(&mut self, pieces: &[(Range<usize>, String)]) {
        let mut text = String::with_capacity(self.text.len());
        let mut from = 0;
        let mut moved = Vec::new();
        for (range, put) in pieces {
            text.push_str(&self.text[from..range.start]);
            text.push_str(put);
            from = range.end;
            moved.push((from, text.len()));
        }
        text.push_str(&self.text[from..]);
        for (start, _) in &mut self.lines {
            let before = moved.iter().rev().find(|(old, _)| old <= start);
            if let Some((old, new)) = before {
                *start = *start - old + new;
            }
        }
        self.text = text;
    }

    /// Makes curly marks of the quotation marks that TeX types.
    pub(super) fn curl(&mut self) {
        if !self.text.contains("``") {
            return;
        }
        let signs = self
            .text
            .match_indices("``")
            .chain(self.text.match_indices("''"));
        let curly = |sign: &str| if sign == "``" { "“" } else { "”" };
        let mut pieces: Vec<(Range<usize>, String)> = signs
            .map(|(at, sign)| (at..at + sign.len(), curly(sign).to_owned()))
            .collect();
        pieces.sort_by_key(|(range, _)| range.start);
        self.replace(&pieces);
    }
}

impl DraftNote {
    /// A note without white space around what it says.
    pub(super) fn new(label: impl Into<String>, mark: &str, text: &str) -> Self {
        DraftNote {
            label: label.into(),
            mark: mark.to_owned(),
            text: text.trim().to_owned(),
        }
    }
}

impl Pages {
    /// Where a byte of a paragraph stands in the draft.
    pub(super) fn spot(&self, paragraph: &Paragraph, byte: usize) -> Spot {
        let after = paragraph.lines.partition_point(|(start, _)| *start <= byte);
        let at = paragraph.lines.get(after.saturating_sub(1));
        let number = at.map_or(1, |(_, number)| *number);
        match self.by_paragraph {
            true => Spot::Paragraph(number),
            false => Spot::Line(number),
        }
    }

    /// Adds a paragraph to the note of a label.
    pub(super) fn add_to_note(&mut self, label: &str, text: &str) {
        match self.notes.iter_mut().find(|note| note.label == label) {
            Some(note) => {
                note.text.push(' ');
                note.text.push_str(text.trim());
            }
            None => self.notes.push(DraftNote::new(label, label, text)),
        }
    }

    /// Puts the marks of notes into the paragraphs: each with the number of its
    /// line and how many characters stand before it there, white space aside.
    pub(super) fn call(&mut self, called: Vec<(u64, u64, DraftNote)>) {
        for paragraph in &mut self.paragraphs {
            let number = paragraph.lines.first().map_or(0, |(_, number)| *number);
            let here = called.iter().filter(|(line, _, _)| *line == number);
            let pieces = here.map(|(_, before, note)| {
                let at = behind(&paragraph.text, *before);
                (at..at, mark_of(&note.label))
            });
            let pieces: Vec<_> = pieces.collect();
            paragraph.replace(&pieces);
        }
        self.notes
            .extend(called.into_iter().map(|(_, _, note)| note));
    }

    /// Puts the notes in order of their first calls.
    pub(super) fn sort_notes(&mut self) {
        let mut order: Vec<String> = Vec::new();
        for label in self.paragraphs.iter().flat_map(|p| labels(&p.text)) {
            if !order.iter().any(|seen| seen == label) {
                order.push(label.to_owned());
            }
        }
        let place = |note: &DraftNote| order.iter().position(|label| *label == note.label);
        self.notes
            .sort_by_key(|note| place(note).unwrap_or(usize::MAX));
    }
}

/// The byte behind so many characters of a text, white space aside.
fn behind(text: &str, characters: u64) -> usize {
    let seen = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    let ends = seen.map(|(at, c)| at + c.len_utf8());
    let ends = std::iter::once(0).chain(ends);
    ends.zip(0..)
        .find(|(_, count)| *count == characters)
        .map_or(text.len(), |(end, _)| end)
}

/// A mark in the text of a paragraph.
pub(super) fn mark_of(label: &str) -> String {
    let [open, close] = NOTE;
    format!("{open}{label}{close}")
}

/// The labels of the marks in a text, in order.
pub(super) fn labels(text: &str) -> Vec<&str> {
    let marks = text.match_indices(NOTE[0]);
    marks
        .filter_map(|(at, open)| text[at + open.len()..].split_once(NOTE[1]))
        .map(|(label, _)| label)
        .collect()
}

/// A text without the marks of notes.
pub(super) fn without_marks(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut is_in_mark = false;
    for c in text.chars() {
        if c == NOTE[0] {
            is_in_mark = true;
        } else if c == NOTE[1] {
            is_in_mark = false;
        } else if !is_in_mark {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_where_they_are_called_and_lines_keep_their_places() {
        let mut pages = Pages {
            paragraphs: vec![Paragraph {
                text: "He said so. Then he left.".to_owned(),
                lines: vec![(0, 4), (12, 5)],
                ..Paragraph::default()
            }],
            ..Pages::default()
        };
        let note = |label: &str| DraftNote::new(label, label, "It.");
        pages.call(vec![
            (4, 9, note("x")),
            (4, 20, note("y")),
            (9, 1, note("z")),
        ]);
        let paragraph = &pages.paragraphs[0];
        assert_eq!(
            paragraph.text,
            "He said so.\u{e000}x\u{e001} Then he left.\u{e000}y\u{e001}"
        );
        assert_eq!(labels(&paragraph.text), ["x", "y"]);
        assert_eq!(without_marks(&paragraph.text), "He said so. Then he left.");
        assert!(paragraph.text[paragraph.lines[1].0..].starts_with("Then"));
    }
}
