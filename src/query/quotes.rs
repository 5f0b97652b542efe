//! Quotation marks around a phrase. Single ones are told from apostrophes as in
//! drafts: one that opens stands before a word, one that closes behind one.

use std::borrow::Cow;
use std::ops::Range;

/// Whether a character opens or closes a phrase wherever it stands; for single
/// marks, which may be apostrophes, see [`single_quoted`].
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‹' | '›')
}

/// A text whose quotation marks between two Hebrew letters are the signs of
/// abbreviations that they are: `צה"ל`.
pub(super) fn with_gershayim(text: &str) -> Cow<'_, str> {
    let is_hebrew = |c: Option<char>| c.is_some_and(|c| ('א'..='ת').contains(&c));
    let marks = text.match_indices('"').filter(|(at, mark)| {
        is_hebrew(text[..*at].chars().next_back())
            && is_hebrew(text[at + mark.len()..].chars().next())
    });
    let mut read = String::new();
    let mut from = 0;
    for (at, mark) in marks {
        read += &text[from..at];
        read.push('״');
        from = at + mark.len();
    }
    match from {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(read + &text[from..]),
    }
}

/// The inside and the end of a phrase between single quotation marks that begins
/// at `start` (bytes of `text`); none where the mark there is an apostrophe.
pub(super) fn single_quoted(text: &str, start: usize) -> Option<(Range<usize>, usize)> {
    let mark = text[start..].chars().next()?;
    let closers: &[char] = match mark {
        '‘' => &['’', '\''],
        '‚' => &['‘', '’', '\''],
        '\'' => &['\''],
        _ => return None,
    };
    let before = text[..start].chars().next_back();
    let inside = start + mark.len_utf8();
    if before.is_some_and(|c| c.is_alphanumeric()) || !begins_word(&text[inside..]) {
        return None;
    }
    let at = inside + closer(&text[inside..], mark, closers)?;
    let closing = text[at..].chars().next()?;
    Some((inside..at, at + closing.len_utf8()))
}

/// The place of the mark that closes, before another phrase begins. The mark of a
/// genitive, as in `victims’ rights`, is one only if no better one comes.
fn closer(text: &str, mark: char, closers: &[char]) -> Option<usize> {
    let mut before: Option<char> = None;
    let mut genitive = None;
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let begins_another =
            c == mark && before.is_some_and(char::is_whitespace) && begins_word(rest);
        if begins_another || is_quote(c) {
            break;
        }
        let ends_word =
            before.is_some_and(|b| !b.is_whitespace()) && !rest.starts_with(char::is_alphanumeric);
        if closers.contains(&c) && ends_word {
            let owns = matches!(before, Some('s' | 'S'))
                && rest.trim_start().starts_with(char::is_alphanumeric);
            if !owns {
                return Some(at);
            }
            genitive = genitive.or(Some(at));
        }
        before = Some(c);
    }
    genitive
}

fn begins_word(text: &str) -> bool {
    let leads = |c: char| !c.is_whitespace() && !matches!(c, ',' | ';' | ')' | '.' | '\'' | '’');
    text.chars().next().is_some_and(leads)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_apostrophes() {
        for (text, inside, rest) in [
            ("‘human rights’", "human rights", ""),
            ("‘human rights’ debt", "human rights", " debt"),
            ("‘brick kilns’ debt", "brick kilns", " debt"),
            ("‘brick kilns’~3", "brick kilns", "~3"),
            ("‚brick kilns‘", "brick kilns", ""),
            ("'brick kilns')", "brick kilns", ")"),
            ("‘victims’ rights’", "victims’ rights", ""),
            ("‘Côte d’Ivoire’", "Côte d’Ivoire", ""),
            (
                "‘brick kilns’ ‘child labor’",
                "brick kilns",
                " ‘child labor’",
            ),
            (
                "'brick kilns' 'child labor'",
                "brick kilns",
                " 'child labor'",
            ),
        ] {
            let (found, end) = single_quoted(text, 0).unwrap();
            assert_eq!((&text[found], &text[end..]), (inside, rest), "{text}");
        }
        for text in [
            "‘tis",
            "'90s kilns",
            "‘ debt’",
            "’human rights’",
            "'",
            "kiln",
            "''",
        ] {
            assert_eq!(single_quoted(text, 0), None, "{text}");
        }
        assert_eq!(single_quoted("d’Ivoire’", 1), None);
        assert_eq!(single_quoted("workers' rights'", 7), None);
    }
}
