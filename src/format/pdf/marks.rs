//! What raised print says: the mark of a footnote, a power, the ending of an
//! ordinal. Nothing here knows of places on a page.

use super::lists;

/// Units of length, whose powers are areas and volumes.
const UNITS: [&str; 15] = [
    "m", "km", "cm", "mm", "dm", "nm", "µm", "μm", "ft", "mi", "yd", "in", "ha", "s", "kg",
];

/// Endings of ordinals: `15th`, `2e`, `1er`.
const ORDINALS: [&str; 12] = [
    "st", "nd", "rd", "th", "e", "er", "re", "ère", "ème", "eme", "o", "os",
];

/// What a piece of raised print is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Raised {
    /// It refers to a footnote, and is no part of the text.
    Mark,
    /// A power, as it is written in line: `³`.
    Power(String),
    /// A part of the word before it.
    Letters,
}

/// Says what a raised piece is behind the text of its line.
pub(super) fn raised(before: &str, piece: &str) -> Raised {
    let digits = piece.trim_start_matches(['-', '−', '–', '+']);
    let negative = digits.len() < piece.len();
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let of_ten = before
            .strip_suffix("10")
            .is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_digit() || ".,".contains(c)));
        // `Article 10` has notes, not powers.
        let number = before.trim_end_matches("10").trim_end();
        let named = number.rsplit(' ').next().is_some_and(lists::is_reference);
        let small = matches!(digits, "2" | "3") && !negative;
        if (of_ten && !named && digits.len() <= 2)
            || (negative && before.ends_with(|c: char| c.is_alphanumeric()))
            || (small && takes_power(before))
        {
            return Raised::Power(piece.chars().filter_map(superscript).collect());
        }
        return Raised::Mark;
    }
    let ordinal = before.ends_with(|c: char| c.is_ascii_digit())
        && ORDINALS.contains(&piece.to_lowercase().as_str());
    let letters = piece.chars().filter(|char| char.is_alphabetic()).count();
    if ordinal {
        Raised::Letters
    } else if letters <= 1 && piece.chars().all(is_sign) {
        Raised::Mark
    } else {
        Raised::Letters
    }
}

/// Whether a sign may be a mark of a footnote or a part of one.
fn is_sign(char: char) -> bool {
    char.is_numeric() || char.is_lowercase() || "*†‡§¶,;-–[]() #".contains(char)
}

/// Whether the last word is a unit or a variable.
fn takes_power(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    let is_variable = matches!(word, "x" | "y" | "r" | "R" | "c") && !before.ends_with('.');
    let behind_number = before
        .strip_suffix(word)
        .is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit() || " /·(".contains(c)));
    // `in` and `s` are words too.
    match word {
        "in" | "s" | "kg" | "ha" => before
            .strip_suffix(word)
            .is_some_and(|rest| rest.trim_end().ends_with(|c: char| c.is_ascii_digit())),
        _ => UNITS.contains(&word) && (behind_number || before == word) || is_variable,
    }
}

fn superscript(char: char) -> Option<char> {
    Some(match char {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        '-' | '−' | '–' => '⁻',
        '+' => '⁺',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_powers_and_ordinals_are_told_apart() {
        let power = |text: &str| Raised::Power(text.to_owned());
        for (before, piece, expected) in [
            ("of debts", "12", Raised::Mark),
            ("the law of 2018", "3", Raised::Mark),
            ("of 5 × 10", "3", power("³")),
            ("of 10", "−6", power("⁻⁶")),
            ("of 110", "3", Raised::Mark),
            ("see Article 10", "5", Raised::Mark),
            ("of 5 m", "2", power("²")),
            ("of the team", "2", Raised::Mark),
            ("per km", "2", power("²")),
            ("he came in", "2", Raised::Mark),
            ("the 15", "th", Raised::Letters),
            ("more", "a", Raised::Mark),
            ("note", "[21]", Raised::Mark),
            ("word", "*", Raised::Mark),
            ("M", "lle", Raised::Letters),
        ] {
            assert_eq!(raised(before, piece), expected, "{before}^{piece}");
        }
    }
}
