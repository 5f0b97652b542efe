//! The marks of lists: bullets, dashes and numbers. Nothing here knows of
//! places on a page.

use super::paragraphs::Paragraph;
use crate::format::document::LineKind;

/// What an item begins with, and its text behind that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark<'a> {
    Bullet(&'a str),
    /// A dash may also be one of the sentence.
    Dash(&'a str),
    /// A number may also be one of the sentence; as printed it is `12.`.
    Number(u32, &'a str, &'a str),
    /// A letter in brackets: `(a)`.
    Letter(char, &'a str),
}

/// The mark that the text begins with.
pub(super) fn mark(text: &str) -> Option<Mark<'_>> {
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    let behind = rest.trim_start();
    match first {
        _ if behind.is_empty() => None,
        '•' | '▪' | '●' | '■' | '□' | '◦' | '○' | '‣' | '⁃' | '◆' | '➢' | '➤' | '►' | '✓' | '✔'
        | '❖' | '∙' => Some(Mark::Bullet(behind)),
        '·' | '*' | 'o' | '§'
            if rest.starts_with(' ') && behind.starts_with(char::is_uppercase) =>
        {
            Some(Mark::Bullet(behind))
        }
        '–' | '—' | '-' | '−' if rest.starts_with(' ') => Some(Mark::Dash(behind)),
        '(' => lettered(text).or_else(|| numbered(text)),
        _ => numbered(text),
    }
}

/// A small letter in brackets and the text behind it.
fn lettered(text: &str) -> Option<Mark<'_>> {
    let rest = text.strip_prefix('(')?;
    let letter = rest.chars().next().filter(char::is_ascii_lowercase)?;
    let behind = rest[1..].strip_prefix(") ")?.trim_start();
    (!behind.is_empty()).then_some(Mark::Letter(letter, behind))
}

/// Whether a line of a box of facts names what it tells: `Capital: Aport`.
pub(super) fn is_fact(text: &str) -> bool {
    let Some((name, value)) = text.split_once(": ") else {
        return false;
    };
    let numbered = name
        .split(' ')
        .any(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    name.starts_with(char::is_uppercase)
        && !numbered
        && (2..=45).contains(&name.chars().count())
        && !value.is_empty()
        && !name.contains(['.', ';'])
        && text.chars().count() <= 110
}

/// Whether a line of small print begins a note behind another: with a number
/// that follows on that of the other, or with a mark.
pub(super) fn is_note(text: &str, other: &str) -> bool {
    let number = |text: &str| -> Option<u32> {
        let end = text.find(|char: char| !char.is_ascii_digit())?;
        let rest = text[end..].trim_start_matches(['.', ')']);
        let apart = rest.starts_with(' ') || rest.starts_with(char::is_uppercase);
        if end <= 3 && apart {
            text[..end].parse().ok()
        } else {
            None
        }
    };
    match (number(text), number(other)) {
        (Some(number), Some(other)) => number == other + 1,
        (Some(_), None) => text
            .trim_start_matches(|char: char| char.is_ascii_digit() || " .)".contains(char))
            .starts_with(|char: char| char.is_uppercase() || "“‘\"".contains(char)),
        (None, _) => text.starts_with(['*', '†', '‡']),
    }
}

/// The letter that an item begins with.
pub(super) fn letter_of(text: &str) -> Option<char> {
    match mark(text) {
        Some(Mark::Letter(letter, _)) => Some(letter),
        _ => None,
    }
}

/// What tables and figures are called.
const CAPTIONS: [&str; 6] = ["Table", "Figure", "Fig.", "Chart", "Graph", "Map"];

/// The longest title of a table (code points).
const CAPTION: usize = 200;

/// Whether a text is the title of a table or a figure: `Table 3. Convictions`.
pub(super) fn is_caption(text: &str) -> bool {
    let mut words = text.split(' ');
    let name = words.next().unwrap_or_default();
    let number = words.next().unwrap_or_default();
    let marked = number.ends_with(['.', ':']);
    let bare = number.trim_end_matches(['.', ':']);
    let is_number = bare.starts_with(|char: char| char.is_ascii_digit())
        || (marked && bare.chars().all(|char| "IVXABC".contains(char)));
    CAPTIONS
        .iter()
        .any(|caption| caption.eq_ignore_ascii_case(name))
        && is_number
        && !bare.is_empty()
        && text.chars().count() <= CAPTION
}

/// Words that a number behind them belongs to.
const REFERENCES: [&str; 34] = [
    "article",
    "articles",
    "art",
    "section",
    "sec",
    "chapter",
    "ch",
    "table",
    "figure",
    "fig",
    "part",
    "appendix",
    "annex",
    "no",
    "nos",
    "vol",
    "volume",
    "rule",
    "box",
    "paragraph",
    "para",
    "p",
    "pp",
    "note",
    "case",
    "day",
    "session",
    "meeting",
    "issue",
    "edition",
    "week",
    "lesson",
    "yearbook",
    "report",
];

/// Whether a word says what the number behind it is of.
pub(super) fn is_reference(word: &str) -> bool {
    let word = word.trim_matches(|char: char| !char.is_alphanumeric());
    REFERENCES.contains(&word.to_lowercase().as_str())
}

/// The number that an item begins with.
pub(super) fn number_of(text: &str) -> Option<u32> {
    match mark(text) {
        Some(Mark::Number(number, ..)) => Some(number),
        _ => None,
    }
}

/// Whether a text is nothing but the mark of an item or of a paragraph: `•`,
/// `12.`, `(a)`, `IV.`.
pub(super) fn is_bare(text: &str) -> bool {
    let text = text.trim();
    let count = text.chars().count();
    let inside = text.trim_matches(['(', ')', '.', '[', ']']);
    let is_number = inside.starts_with(|char: char| char.is_ascii_digit())
        && inside
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_letter = inside.chars().count() == 1 && inside.chars().all(char::is_alphabetic);
    let is_roman = !inside.is_empty() && inside.chars().all(|char| "ivxIVX".contains(char));
    let marked = inside.len() < text.len();
    let is_sign = count == 1 && mark(&format!("{text} A")).is_some();
    let longest = match (inside.contains('.'), marked) {
        (true, _) => 10,
        (false, true) => 6,
        // A number alone may be one of a chart or a year.
        (false, false) => 3,
    };
    count <= longest && (is_sign || is_number || ((is_letter || is_roman) && marked))
}

/// A number of up to three digits with a stop or a bracket, as it is printed,
/// and the text behind it, which may touch the stop with a capital.
fn numbered(text: &str) -> Option<Mark<'_>> {
    let bracket = text.strip_prefix('(');
    let digits = bracket.unwrap_or(text);
    let end = digits.find(|char: char| !char.is_ascii_digit())?;
    let number = if (1..=3).contains(&end) {
        digits[..end].parse().ok()?
    } else {
        return None;
    };
    let rest = &digits[end..];
    let rest = rest
        .strip_prefix(')')
        .or_else(|| rest.strip_prefix('.').filter(|_| bracket.is_none()))?;
    let behind = match rest.strip_prefix(' ') {
        Some(behind) => behind.trim_start(),
        None => rest.starts_with(char::is_uppercase).then_some(rest)?,
    };
    let printed = &text[..text.len() - rest.len()];
    (!behind.is_empty()).then_some(Mark::Number(number, printed, behind))
}

/// Makes items of numbered paragraphs that count in sequence beside each other;
/// the number is their label.
pub(super) fn number(paragraphs: &mut [Paragraph]) {
    let numbers: Vec<Option<u32>> = paragraphs
        .iter()
        .map(|paragraph| match mark(&paragraph.text) {
            Some(Mark::Number(number, ..)) if paragraph.kind == LineKind::Text => Some(number),
            _ => None,
        })
        .collect();
    let follows = |place: usize| {
        let (Some(Some(first)), Some(Some(second))) = (numbers.get(place), numbers.get(place + 1))
        else {
            return false;
        };
        first + 1 == *second
    };
    for (place, paragraph) in paragraphs.iter_mut().enumerate() {
        let listed = follows(place) || (place > 0 && follows(place - 1));
        if let Some(Mark::Number(_, printed, rest)) = mark(&paragraph.text).filter(|_| listed) {
            paragraph.label = Some(printed.to_owned());
            paragraph.text = rest.to_owned();
            paragraph.kind = LineKind::Item;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_words() {
        for (text, expected) in [
            (
                "• Train inspectors.",
                Some(Mark::Bullet("Train inspectors.")),
            ),
            ("•Train", Some(Mark::Bullet("Train"))),
            ("o Train", Some(Mark::Bullet("Train"))),
            ("– and so on", Some(Mark::Dash("and so on"))),
            ("12. Train", Some(Mark::Number(12, "12.", "Train"))),
            ("(3) Train", Some(Mark::Number(3, "(3)", "Train"))),
            ("112.Train", Some(Mark::Number(112, "112.", "Train"))),
            ("12.train", None),
            ("2.5 million", None),
            ("2013. The", None),
            ("•", None),
            ("-year", None),
            ("on the road", None),
        ] {
            assert_eq!(mark(text), expected, "{text}");
        }
    }
}
