//! The marks of lists: bullets, dashes and numbers. Nothing here knows of
//! places on a page.

use super::LineKind;
use super::paragraphs::Paragraph;

/// What an item begins with, and its text behind that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark<'a> {
    Bullet(&'a str),
    /// A dash may also be one of the sentence.
    Dash(&'a str),
    /// A number may also be one of the sentence; as printed it is `12.`.
    Number(u32, &'a str, &'a str),
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
        _ => numbered(text),
    }
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
