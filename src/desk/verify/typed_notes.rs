//! Notes that are typed without markup: `[1]`, `¹` and `.”1` in the text call
//! paragraphs that begin with `[1]`, `¹`, `1.` or `1`.
//!
//! A number alone makes no note. A paragraph is one where the text calls it by
//! the same form of number; behind `1.` and `1`, which number paragraphs of all
//! kinds, it stands in a list of notes at the end or below the heading `Notes`.

use std::collections::HashSet;
use std::ops::Range;

use super::marks::{mark_at, raised_digit};
use super::pages::{DraftNote, Pages, Paragraph, mark_of};

/// Headings of lists of notes.
const HEADINGS: [&str; 7] = [
    "notes",
    "endnotes",
    "footnotes",
    "references",
    "sources",
    "end notes",
    "foot notes",
];

/// The form of a number that begins a note or calls one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    /// `[1]`
    Bracket,
    /// `¹`, and `.”1` where it calls.
    Raised,
    /// `1.` or `1)`
    Point,
    /// `1`
    Bare,
}

/// The number that a paragraph begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Label {
    form: Form,
    number: u32,
    /// How many bytes of the text it takes.
    length: usize,
}

/// Reads the typed notes of a draft: what they say, and the marks in its text.
pub(super) fn read(pages: &mut Pages) {
    pages.paragraphs = std::mem::take(&mut pages.paragraphs)
        .into_iter()
        .flat_map(split)
        .collect();
    let notes = notes(&pages.paragraphs);
    if notes.is_empty() {
        return;
    }
    for (at, paragraph) in pages.paragraphs.iter_mut().enumerate() {
        let own = notes.iter().find(|(place, _)| *place == at);
        let from = own.map_or(0, |(_, label)| label.length);
        let mut pieces = Vec::new();
        if let Some((_, label)) = own {
            let said = &paragraph.text[label.length..];
            let number = label.number.to_string();
            pages
                .notes
                .push(DraftNote::new(name(label.number), &number, said));
            pieces.push((0..label.length, String::new()));
        }
        let calls = calls(&paragraph.text).into_iter();
        let calls = calls.filter(|(range, _, _)| range.start >= from);
        let calls = calls.filter(|(_, form, number)| {
            let mut notes = notes.iter();
            notes.any(|(_, label)| label.number == *number && may_call(*form, label.form))
        });
        pieces.extend(calls.map(|(range, _, number)| (range, mark_of(&name(number)))));
        paragraph.replace(&pieces);
    }
}

fn name(number: u32) -> String {
    format!("typed {number}")
}

/// Whether a mark of a form may call a note that begins with another.
fn may_call(mark: Form, note: Form) -> bool {
    match note {
        Form::Bracket | Form::Raised => mark == note,
        Form::Point | Form::Bare => true,
    }
}

/// A paragraph of text, or the notes whose lines it is made of.
fn split(paragraph: Paragraph) -> Vec<Paragraph> {
    let Some(mut last) = label(&paragraph.text).filter(|_| paragraph.block.is_none()) else {
        return vec![paragraph];
    };
    let mut starts = vec![0];
    for (start, _) in paragraph.lines.iter().skip(1) {
        let next = paragraph.text.get(*start..).and_then(label);
        if let Some(next) = next.filter(|l| (l.form, l.number) == (last.form, last.number + 1)) {
            starts.push(*start);
            last = next;
        }
    }
    let ends = starts.iter().skip(1).copied().chain([paragraph.text.len()]);
    let parts = starts.iter().zip(ends);
    parts
        .map(|(start, end)| part(&paragraph, *start..end))
        .collect()
}

fn part(paragraph: &Paragraph, span: Range<usize>) -> Paragraph {
    let lines = paragraph.lines.iter();
    let here = lines.filter(|(start, _)| span.contains(start));
    Paragraph {
        text: paragraph.text[span.clone()].trim_end().to_owned(),
        lines: here.map(|(at, line)| (at - span.start, *line)).collect(),
        number: paragraph.number.clone().filter(|_| span.start == 0),
        block: paragraph.block,
    }
}

/// The paragraphs that are notes, with what they begin with.
fn notes(paragraphs: &[Paragraph]) -> Vec<(usize, Label)> {
    let labels: Vec<Option<Label>> = paragraphs.iter().map(label_of).collect();
    let called: HashSet<(Form, u32)> = paragraphs
        .iter()
        .zip(&labels)
        .flat_map(|(paragraph, label)| {
            let from = label.map_or(0, |label| label.length);
            let calls = calls(&paragraph.text).into_iter();
            calls.filter(move |(range, _, _)| range.start >= from)
        })
        .map(|(_, form, number)| (form, number))
        .collect();
    let mut found: Vec<(usize, Label)> = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        let Some(label) = label.filter(|l| called.contains(&(l.form, l.number))) else {
            continue;
        };
        let is_first = !found.iter().any(|(_, other)| other.number == label.number);
        if is_first {
            found.push((at, label));
        }
    }
    match found.is_empty() {
        true => listed(paragraphs, &labels, &called),
        false => found,
    }
}

/// The notes of a list at the end, or below a heading.
fn listed(
    paragraphs: &[Paragraph],
    labels: &[Option<Label>],
    called: &HashSet<(Form, u32)>,
) -> Vec<(usize, Label)> {
    let is_heading = |paragraph: &Paragraph| {
        let text = paragraph.text.trim_end_matches(':').to_lowercase();
        HEADINGS.contains(&text.as_str())
    };
    let is_called = |label: &Label| called.iter().any(|(_, number)| *number == label.number);
    for (first, label) in labels.iter().enumerate() {
        let Some(label) = label.filter(|label| label.number == 1 && is_called(label)) else {
            continue;
        };
        let run: Vec<(usize, Label)> = (first..)
            .zip(label.number..)
            .map_while(|(at, number)| {
                let next = (*labels.get(at)?)?;
                ((next.form, next.number) == (label.form, number)).then_some((at, next))
            })
            .collect();
        let is_last = first + run.len() == labels.len();
        if is_last || first > 0 && is_heading(&paragraphs[first - 1]) {
            return run;
        }
    }
    Vec::new()
}

/// The number that a paragraph begins with: in its text, or before it.
fn label_of(paragraph: &Paragraph) -> Option<Label> {
    if paragraph.block.is_some() {
        return None;
    }
    let own = label(&paragraph.text);
    own.or_else(|| {
        let number = paragraph.number.as_deref()?;
        let number = number.trim_matches(|c: char| !c.is_ascii_digit());
        Some(Label {
            form: Form::Point,
            number: number.parse().ok()?,
            length: 0,
        })
    })
}

/// The number that a text begins with.
fn label(text: &str) -> Option<Label> {
    let (form, number, rest) = if let Some(inside) = text.strip_prefix('[') {
        let (number, rest) = digits(inside)?;
        (
            Form::Bracket,
            number,
            rest.strip_prefix(']')?.trim_start_matches(':'),
        )
    } else if text.starts_with(|c: char| raised_digit(c).is_some()) {
        let length = raised_length(text);
        (
            Form::Raised,
            raised_number(&text[..length])?,
            &text[length..],
        )
    } else if let Some(inside) = text.strip_prefix('(') {
        let (number, rest) = digits(inside)?;
        (Form::Point, number, rest.strip_prefix(')')?)
    } else {
        let (number, rest) = digits(text)?;
        match rest.strip_prefix(['.', ')']) {
            Some(rest) => (Form::Point, number, rest.strip_prefix(' ').map(|_| rest)?),
            None => (Form::Bare, number, rest.strip_prefix(' ').map(|_| rest)?),
        }
    };
    let rest = rest.trim_start();
    (!rest.is_empty()).then_some(Label {
        form,
        number,
        length: text.len() - rest.len(),
    })
}

/// The number of at most three digits that a text begins with, and the rest.
fn digits(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text[..length].parse().ok()?;
    (length <= 3).then(|| (number, &text[length..]))
}

fn raised_length(text: &str) -> usize {
    let raised = text.chars().take_while(|c| raised_digit(*c).is_some());
    raised.map(char::len_utf8).sum()
}

fn raised_number(text: &str) -> Option<u32> {
    text.chars().try_fold(0u32, |number, c| {
        number.checked_mul(10)?.checked_add(raised_digit(c)?)
    })
}

/// The places of a text that may call a note, with their forms and numbers.
fn calls(text: &str) -> Vec<(Range<usize>, Form, u32)> {
    let mut calls = Vec::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        let call = match c {
            '[' => digits(&text[at + 1..])
                .and_then(|(number, rest)| Some((number, rest.strip_prefix(']')?)))
                .map(|(number, rest)| (at..text.len() - rest.len(), Form::Bracket, number)),
            // The rest of a longer number calls nothing.
            _ if before.is_some_and(|b| raised_digit(b).is_some() || b.is_ascii_digit()) => None,
            c if raised_digit(c).is_some() => mark_at(text, at).and_then(|length| {
                let number = raised_number(&text[at..at + length])?;
                Some((at..at + length, Form::Raised, number))
            }),
            c if c.is_ascii_digit() => mark_at(text, at).and_then(|length| {
                let number = text[at..at + length].parse().ok()?;
                Some((at..at + length, Form::Raised, number))
            }),
            _ => None,
        };
        calls.extend(call);
        before = Some(c);
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::verify::plain;

    fn told(text: &str) -> (Vec<String>, Vec<String>) {
        let mut pages = plain::read(text);
        read(&mut pages);
        let shown = |text: &str| text.replace('\u{e000}', "<").replace('\u{e001}', ">");
        let paragraphs = pages.paragraphs.iter().map(|p| shown(&p.text)).collect();
        let notes = pages.notes.iter();
        let notes = notes.map(|note| format!("{}: {}", note.mark, shown(&note.text)));
        (paragraphs, notes.collect())
    }

    #[test]
    fn typed_notes_are_read_where_they_are_called() {
        for (text, paragraphs, notes) in [
            (
                "“He left.”[1] So “we go”[2].\n\n[1] See A.\n[2] See B,\nat 3.",
                vec![
                    "“He left.”<typed 1> So “we go”<typed 2>.",
                    "See A.",
                    "See B, at 3.",
                ],
                vec!["1: See A.", "2: See B, at 3."],
            ),
            (
                "“He left.”¹ In 10 km².\n\n¹ See A.",
                vec!["“He left.”<typed 1> In 10 km².", "See A."],
                vec!["1: See A."],
            ),
            (
                "“He left.”¹ “We go”2 now.\n\nNotes\n1. See A.\n2. See B.\n\nThe end",
                vec![
                    "“He left.”<typed 1> “We go”<typed 2> now.",
                    "Notes 1. See A. 2. See B.",
                    "The end",
                ],
                vec![],
            ),
            (
                "“He left.”¹ “We go”2 now.\n\nNotes:\n\n1. See A.\n2. See B.\n\nThe end",
                vec![
                    "“He left.”<typed 1> “We go”<typed 2> now.",
                    "Notes:",
                    "See A.",
                    "See B.",
                    "The end",
                ],
                vec!["1: See A.", "2: See B."],
            ),
            (
                "“He left.”[1] Yes.2 So\n\n1 See A.\n\n2 See B.",
                vec!["“He left.”<typed 1> Yes.<typed 2> So", "See A.", "See B."],
                vec!["1: See A.", "2: See B."],
            ),
            (
                "1. He “left” in 2019.\n2. We go.",
                vec!["1. He “left” in 2019.", "2. We go."],
                vec![],
            ),
            (
                "[12] He “left” in [the year].\n\n[13] We go.",
                vec!["[12] He “left” in [the year].", "[13] We go."],
                vec![],
            ),
        ] {
            let (found, said) = told(text);
            assert_eq!(said, notes, "{text}");
            if !notes.is_empty() {
                assert_eq!(found, paragraphs, "{text}");
            }
        }
    }
}
