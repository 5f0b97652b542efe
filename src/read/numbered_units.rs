//! A document as the units that its numbers may stand before: roughly its
//! paragraphs, each with the number it begins with, if any.

use std::sync::LazyLock;

use regex::Regex;

use super::number_mark::{Mark, Style};
use super::paragraphs::is_finished;
use crate::format::{Line, LineKind};

/// The shortest sentence that counts as prose, in characters.
const SENTENCE: usize = 25;
/// From how many characters on a text is prose, however it ends.
const PROSE: usize = 120;
/// From how many characters on a text without a number is a paragraph that a
/// numbered document would have numbered.
pub(super) const PARAGRAPH: usize = 60;
/// How many characters the longest note has that can be told by its wording.
const NOTE: usize = 400;
/// How many items the longest list has that a colon introduces; a longer one
/// numbers the text.
const LIST: usize = 15;
/// The most units of a quotation with numbers of its own.
const QUOTED: usize = 12;
/// What a number weighs that is more likely no paragraph's.
const LIGHT: f64 = 0.2;

/// What parts the paragraphs of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parting {
    /// Every line is one.
    Lines,
    /// The end of a sentence at the end of a line ends one, or a blank line.
    Sentences,
    /// A blank line, as lines are wrapped.
    Blanks,
}

/// A paragraph, roughly: lines up to a blank one, a heading or a number.
#[derive(Debug)]
pub(super) struct Unit {
    /// The place of its first line.
    pub(super) line: usize,
    /// The number it begins with.
    pub(super) mark: Option<(Style, u32)>,
    /// How many characters it has without the number.
    pub(super) length: usize,
    /// Whether it reads as sentences, not as a heading or a cell.
    pub(super) is_prose: bool,
    /// Whether it looks like a note, or stands under the heading of notes.
    pub(super) is_note: bool,
    /// Whether it is an item of a list that a colon introduces.
    pub(super) is_listed: bool,
    /// Whether the line before it stops inside a sentence.
    is_inside: bool,
    /// Whether it is a part of the paragraph before by its own mark: a bullet,
    /// a letter, a quotation.
    is_part: bool,
    /// Whether its text ends in a colon.
    introduces: bool,
    /// How many quotations it opens, less those that it closes.
    opened_quotes: i32,
    /// Whether it begins with a quotation.
    is_quoted: bool,
}

impl Unit {
    /// How much its number tells of the numbering of paragraphs.
    pub(super) fn weight(&self) -> f64 {
        match self.is_prose && !self.is_note && !self.is_listed && !self.is_inside {
            true => 1.0,
            false => LIGHT,
        }
    }

    /// Whether it is a paragraph without any number.
    pub(super) fn is_plain_paragraph(&self) -> bool {
        self.mark.is_none() && self.is_prose && !self.is_part && self.length >= PARAGRAPH
    }
}

/// A unit that is being gathered.
struct Open {
    line: usize,
    mark: Option<(Style, u32)>,
    text: String,
    is_part: bool,
    is_inside: bool,
    under_notes: bool,
}

impl Open {
    fn closed(self) -> Unit {
        let text = self.text.trim();
        let length = text.chars().count();
        let is_question = text.ends_with('?') && length < PROSE;
        let ends = text.ends_with([
            '.', '!', '?', ':', ';', ',', '”', '"', '»', '’', ')', ']', '。',
        ]);
        Unit {
            line: self.line,
            mark: self.mark,
            length,
            is_prose: (length >= SENTENCE && ends && !is_question) || length >= PROSE,
            is_note: self.under_notes || (length <= NOTE && NOTES.is_match(text)),
            is_listed: false,
            is_inside: self.is_inside,
            is_part: self.is_part,
            introduces: text.ends_with(':'),
            opened_quotes: opened_quotes(text),
            is_quoted: text.starts_with(['“', '„', '«', '"']),
        }
    }
}

/// How notes are worded: references to what others say, and where.
static NOTES: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?x)
        ^(?i:see|ibid|idem|id\.|cf\.|op\.|supra|available\ (?:at|from)|interview\ with|e-?mail)\b
        | ^[A-Z]+/[A-Z0-9]+
        | https?:// | \bwww\.
        | \b[Ii]bid\b | \bop\.\ ?cit
        | \bpp?\.\ ?\d
        | \baccessed\b";
    // The pattern is a constant; the tests below run it.
    Regex::new(pattern).expect("a valid pattern")
});

/// The headings of notes.
static NOTE_HEADINGS: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?i)^(?:[\divx]+\.?\s+)?(?:end\s?|foot\s?)?(?:notes?|references|bibliography|sources|works cited|citations)(?: and \w+)?:?$";
    // The pattern is a constant; the tests below run it.
    Regex::new(pattern).expect("a valid pattern")
});

/// The marks of parts of a paragraph: bullets, letters, Roman numerals, decimals
/// such as `121.3`.
pub(super) static PART: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"^(?:[•▪●■◦○‣–—*·-]\s|\(?(?:[a-z]{1,2}|[ivxl]{1,5})[.)]\s|\([A-Z]\)\s|\d{1,3}\.\d{1,3}\.?\s+\p{Lu})";
    // The pattern is a constant; the tests below run it.
    Regex::new(pattern).expect("a valid pattern")
});

/// The units of a document.
pub(super) fn units(lines: &[Line<'_>], parting: Parting) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut open: Option<Open> = None;
    let mut gatherer = Gatherer::default();
    for (at, line) in lines.iter().enumerate() {
        let text = line.text.trim();
        if text.is_empty() && line.label.is_none() {
            gatherer.is_apart = true;
            continue;
        }
        if line.kind == LineKind::Heading {
            units.extend(open.take().map(Open::closed));
            gatherer.heading(text);
            continue;
        }
        let is_apart = gatherer.is_apart || parting == Parting::Lines;
        let may_begin = is_apart || gatherer.is_finished;
        let mark = Mark::of_line(line).filter(|mark| may_begin || mark.style != Style::Bare);
        let awaits = open.as_ref().is_some_and(|o| o.text.is_empty());
        let is_parted = is_apart
            || (parting == Parting::Sentences
                && gatherer.is_finished
                && !text.starts_with(char::is_lowercase));
        let begins = mark.is_some() || (is_parted && !awaits);
        match &mut open {
            Some(open) if !begins => {
                open.text.push(' ');
                open.text.push_str(text);
            }
            _ => {
                units.extend(open.take().map(Open::closed));
                if NOTE_HEADINGS.is_match(text) {
                    gatherer.under_notes = true;
                }
                let rest = mark.as_ref().map_or(text, |mark| mark.rest);
                open = Some(Open {
                    line: at,
                    mark: mark.as_ref().map(|mark| (mark.style, mark.number)),
                    text: rest.to_owned(),
                    is_part: line.kind != LineKind::Text || PART.is_match(text),
                    is_inside: !may_begin,
                    under_notes: gatherer.under_notes,
                });
            }
        }
        gatherer.is_apart = false;
        gatherer.is_finished = is_finished(text) || text.ends_with(';');
    }
    units.extend(open.take().map(Open::closed));
    tell_numbers_alone(lines, &mut units);
    tell_lists(&mut units);
    tell_quotations(&mut units);
    units
}

/// How many quotations a text opens, less those that it closes.
fn opened_quotes(text: &str) -> i32 {
    let sides = text.chars().map(|c| match c {
        '“' | '„' | '«' => 1,
        '”' | '»' => -1,
        _ => 0,
    });
    let straight = text.matches('"').count() % 2;
    match sides.sum::<i32>() {
        0 if straight == 1 && text.starts_with('"') => 1,
        0 if straight == 1 => -1,
        open => open,
    }
}

/// What is known of the lines so far.
struct Gatherer {
    /// Whether a blank line or a heading stands before the next line.
    is_apart: bool,
    /// Whether the last line ends a sentence.
    is_finished: bool,
    under_notes: bool,
}

impl Default for Gatherer {
    fn default() -> Self {
        Gatherer {
            is_apart: true,
            is_finished: true,
            under_notes: false,
        }
    }
}

impl Gatherer {
    fn heading(&mut self, text: &str) {
        self.is_apart = true;
        self.is_finished = true;
        self.under_notes = NOTE_HEADINGS.is_match(text);
    }
}

/// Takes the mark from numbers without text behind them, and from all bare
/// numbers on lines of their own if some stand inside sentences: those are the
/// numbers of pages.
fn tell_numbers_alone(lines: &[Line<'_>], units: &mut [Unit]) {
    let is_alone = |unit: &Unit| {
        let line = &lines[unit.line];
        unit.mark.is_some_and(|(style, _)| style == Style::Bare)
            && Mark::of_line(line).is_some_and(|mark| mark.rest.is_empty())
    };
    let is_inside = |place: usize| {
        let before = place.checked_sub(1).map(|before| &units[before]);
        let breaks = before.is_some_and(|before| before.mark.is_none() && !before.is_prose);
        let next = lines[units[place].line + 1..]
            .iter()
            .find(|line| !line.text.trim().is_empty());
        let goes_on = next.is_none_or(|next| !next.text.trim().starts_with(char::is_uppercase));
        breaks || goes_on
    };
    let alone: Vec<usize> = (0..units.len())
        .filter(|at| is_alone(&units[*at]))
        .collect();
    let inside = alone.iter().filter(|at| is_inside(**at)).count();
    if inside * 10 > alone.len() {
        for at in alone {
            units[at].mark = None;
        }
    }
    for unit in units {
        if unit.length == 0 {
            unit.mark = None;
        }
    }
}

/// Removes the marks inside quotations that have numbers of their own: one unit
/// opens the quotation, another closes it.
fn tell_quotations(units: &mut [Unit]) {
    let mut at = 0;
    while at < units.len() {
        let opens = units[at].is_quoted && units[at].opened_quotes > 0;
        let end = (at + 1..units.len().min(at + QUOTED))
            .find(|end| units[*end].opened_quotes < 0)
            .filter(|_| opens);
        // The numbers continue after it as if it were not there.
        let number = |unit: &Unit| unit.mark.map(|(_, number)| number);
        let before = units[..at].iter().rev().find_map(number).unwrap_or(0);
        let goes_on = |end: &usize| units[end + 1..].iter().find_map(number) == Some(before + 1);
        if let Some(end) = end.filter(goes_on) {
            units[at..=end].iter_mut().for_each(|unit| unit.mark = None);
        }
        at = end.unwrap_or(at) + 1;
    }
}

/// Marks the items of short lists that a colon introduces.
fn tell_lists(units: &mut [Unit]) {
    let mut at = 1;
    while at < units.len() {
        let begins = matches!(units[at].mark, Some((_, 1))) && units[at - 1].introduces;
        let mut end = at;
        while begins && end < units.len() && goes_on(&units[at], &units[end], end - at) {
            end += 1;
        }
        if end - at <= LIST {
            units[at..end]
                .iter_mut()
                .for_each(|unit| unit.is_listed = true);
        }
        at = end.max(at + 1);
    }
}

/// Whether a unit is the item of a list at a place, from 0.
fn goes_on(first: &Unit, unit: &Unit, place: usize) -> bool {
    let style = first.mark.map(|(style, _)| style);
    unit.mark.is_some_and(|(own, number)| {
        Some(own) == style && usize::try_from(number).is_ok_and(|n| n == place + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_and_parts_are_told_by_their_wording() {
        for (text, is_note) in [
            ("See the report of last year.", true),
            ("A/HRC/20/18, para. 5.", true),
            ("Ministry of Labor, Survey, pp. 4 and 5.", true),
            ("The kilns were closed.", false),
            ("Seeing this, owners paid.", false),
        ] {
            assert_eq!(NOTES.is_match(text), is_note, "{text}");
        }
        for (text, is_part) in [
            ("(a) Owners", true),
            ("iv. Owners", true),
            ("• Owners", true),
            ("b) Owners", true),
            ("A. Owners", false),
            ("Owners", false),
        ] {
            assert_eq!(PART.is_match(text), is_part, "{text}");
        }
        for (text, is_heading) in [
            ("Notes", true),
            ("ENDNOTES", true),
            ("5. References", true),
            ("Notes on kilns", false),
        ] {
            assert_eq!(NOTE_HEADINGS.is_match(text), is_heading, "{text}");
        }
    }
}
