//! Cells of tables that people open in a spreadsheet: none becomes a formula, and
//! the text can be had back.

use std::borrow::Cow;

/// What a cell begins with that a spreadsheet takes for a formula, or drops
/// before one.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '＠'];

/// A text as the cell of a CSV file. Where it begins with `=`, `+`, `-`, `@` or a
/// control character, be it after apostrophes, an apostrophe goes before it;
/// [`plain`] takes it off again. A number such as `-0.5` stays one.
pub fn guarded(text: &str) -> Cow<'_, str> {
    match text.trim_start_matches('\'').starts_with(FORMULA) && !is_number(text) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// The text of a cell that [`guarded`] made.
pub fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        _ => cell,
    }
}

/// Whether a text is a number with its sign, which every spreadsheet takes for one.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
    is_digits(whole) && is_digits(rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_text() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("-2", "-2"),
            ("-0.25", "-0.25"),
            ("-2+3", "'-2+3"),
            ("-.", "'-."),
            ("'-2", "''-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("'=1", "''=1"),
            ("\t=1", "'\t=1"),
            ("kiln", "kiln"),
            ("'quoted'", "'quoted'"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), cell);
        }
    }

    proptest! {
        #[test]
        fn the_text_comes_back(text in "['=+@a1.\t-]{0,6}") {
            let cell = guarded(&text);
            prop_assert!(!cell.starts_with(FORMULA) || is_number(&text));
            prop_assert_eq!(plain(&cell), text.as_str());
        }
    }
}
