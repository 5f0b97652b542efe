//! Marks of notes in running text: `kilns.12`, `kilns¹²`, `kilns*`.
//!
//! A number is a mark only where nothing else is likely: behind the sign that
//! ends a clause, or raised behind a letter. Behind another number and behind
//! an abbreviation that numbers go with, it is a figure.

use std::ops::Range;

/// The most digits of a mark.
const MOST_DIGITS: usize = 3;

/// What a raised number stands behind that is no mark: units of area and
/// volume, carbon dioxide.
const UNITS: [&str; 9] = ["m", "km", "cm", "mm", "ft", "mi", "in", "yd", "co"];

/// Abbreviations that a number may follow without a space.
const ABBREVIATIONS: [&str; 35] = [
    "no", "nos", "art", "arts", "para", "paras", "par", "sec", "secs", "ch", "chap", "vol", "p",
    "pp", "fig", "figs", "tab", "cl", "reg", "rev", "add", "ex", "ver", "v", "jan", "feb", "mar",
    "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov",
];

/// Where marks of notes stand in a text, in bytes, in order.
pub(super) fn note_marks(text: &str) -> Vec<Range<usize>> {
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let length = mark_at(text, at).unwrap_or(0);
        if length > 0 {
            marks.push(at..at + length);
        }
        at += length.max(c.len_utf8());
    }
    marks
}

/// A text without its marks of notes; nothing where it has none.
pub(super) fn without_note_marks(text: &str) -> Option<String> {
    let marks = note_marks(text);
    let first = marks.first()?.start;
    let mut bare = text[..first].to_owned();
    let ends = marks
        .iter()
        .skip(1)
        .map(|mark| mark.start)
        .chain([text.len()]);
    for (mark, end) in marks.iter().zip(ends) {
        bare.push_str(&text[mark.end..end]);
    }
    Some(bare)
}

/// The digit that a raised one stands for.
pub(super) fn raised_digit(c: char) -> Option<u32> {
    match c {
        '⁰' => Some(0),
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁴'..='⁹' => Some(c as u32 - '⁰' as u32),
        _ => None,
    }
}

/// The length of the mark that begins at a byte, if one does.
pub(super) fn mark_at(text: &str, at: usize) -> Option<usize> {
    let (before, rest) = text.split_at(at);
    let last = before.chars().next_back()?;
    let is_behind_clause = ends_clause(last) && before.chars().any(char::is_alphabetic);
    let run = |is: &dyn Fn(char) -> bool| -> usize {
        rest.chars()
            .take_while(|c| is(*c))
            .map(char::len_utf8)
            .sum()
    };
    match rest.chars().next()? {
        c if raised_digit(c).is_some() => {
            let is_mark = is_behind_clause || last.is_alphabetic() && !is_unit(before);
            is_mark.then(|| run(&|c| raised_digit(c).is_some()))
        }
        '*' | '†' | '‡' => {
            let length = run(&|c| matches!(c, '*' | '†' | '‡'));
            let is_alone = !rest[length..].starts_with(char::is_alphanumeric);
            ((last.is_alphanumeric() || is_behind_clause) && is_alone).then_some(length)
        }
        c if c.is_ascii_digit() && is_behind_clause => {
            let length = run(&|c| c.is_ascii_digit());
            let is_mark = length <= MOST_DIGITS && ends_mark(&rest[length..]);
            (is_mark && !is_figure(before)).then_some(length)
        }
        _ => None,
    }
}

/// Whether the digits before a text are all of a number, and of no list of them.
fn ends_mark(rest: &str) -> bool {
    let behind = rest.strip_prefix(['.', ',', ';', ':']).unwrap_or(rest);
    let is_list = behind.len() < rest.len()
        && behind
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit());
    let goes_on = |c: char| c.is_alphanumeric() || "%/-–°".contains(c);
    let is_parted = behind.is_empty() || behind.len() == rest.len() || behind.starts_with(' ');
    is_parted && !is_list && !rest.starts_with(goes_on)
}

/// Whether a sign ends a clause, or stands behind the one that does.
fn ends_clause(sign: char) -> bool {
    matches!(
        sign,
        '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '”' | '’' | '»' | '"' | '\''
    )
}

fn is_unit(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next();
    UNITS.contains(&word.unwrap_or_default().to_lowercase().as_str())
}

/// Whether the text before a number ends as what goes with a figure: another
/// figure, an abbreviation, a currency.
fn is_figure(before: &str) -> bool {
    let signs = before.trim_end_matches(ends_clause);
    let word = signs
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let is_number = word.is_empty() || word.ends_with(|c: char| c.is_ascii_digit());
    // One letter before a point is an initial or a part of an abbreviation.
    is_number || word.chars().count() == 1 || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_figures() {
        for (text, bare) in [
            ("the kilns.12 NGOs ran", Some("the kilns. NGOs ran")),
            ("the kilns¹² ran", Some("the kilns ran")),
            ("the kilns,”3 he said", Some("the kilns,” he said")),
            ("the kilns.1, 2", None),
            ("they left.4", Some("they left.")),
            ("the kilns* and others†", Some("the kilns and others")),
            ("one¹ two.23 three", Some("one two. three")),
            ("8* victims", Some("8 victims")),
            ("8⁴ victims", None),
            ("1.12 victims", None),
            ("in 2019.12 victims", None),
            ("10 km² of land", None),
            ("art.12 says", None),
            ("No.12 and p.4", None),
            ("Sept.11 attacks", None),
            ("the U.S.12 kilns", None),
            ("the kilns.1204 NGOs", None),
            ("the kilns 12 NGOs", None),
            ("ratio a:12 b", None),
            ("kilns12", None),
        ] {
            assert_eq!(without_note_marks(text).as_deref(), bare, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_marks(text in "[a-c0-9¹²*.,’” ]{0,30}") {
            for mark in note_marks(&text) {
                proptest::prop_assert!(text.get(mark).is_some_and(|mark| !mark.is_empty()));
            }
        }
    }
}
