//! Signs inside words that some writers set and others leave out: the stops of
//! abbreviations (`U.N.`, `U. N.`, `UN`), the apostrophes of names (`Sana'a`),
//! the quotes in Hebrew ones; and stops that lost the space behind them.

/// Drops the signs from the form of a word that begins at a byte of `out`. A
/// contraction keeps its apostrophe: `we'll` is not `well`.
pub(super) fn drop_inner_signs(out: &mut String, start: usize) {
    let form = &out[start..];
    // The signs of Hebrew begin with the byte D7; most words have none of these.
    if !form
        .bytes()
        .any(|b| matches!(b, b'.' | b'\'' | b'"' | 0xD7))
    {
        return;
    }
    let dotted = form.contains('.') && is_dotted(form);
    let apostrophes = form.contains('\'') && !is_contraction(form);
    if dotted || apostrophes || form.contains(['"', '״', '׳']) {
        let is_kept = |c: &char| match c {
            '.' => !dotted,
            '\'' => !apostrophes,
            c => !matches!(c, '"' | '״' | '׳'),
        };
        let kept: String = form.chars().filter(is_kept).collect();
        // A word is more than its signs.
        if !kept.is_empty() {
            out.truncate(start);
            out.push_str(&kept);
        }
    }
}

/// Whether stops divide a word as in an abbreviation: pieces of one or two
/// letters, a single letter among them (`u.s.a`, `ph.d`).
fn is_dotted(form: &str) -> bool {
    // `u.n.'s` has lost its possessive.
    let form = form.strip_suffix('.').unwrap_or(form);
    let lengths = || form.split('.').map(|piece| piece.chars().count());
    form.chars().all(|c| c.is_alphabetic() || c == '.')
        && lengths().all(|length| (1..=2).contains(&length))
        && lengths().any(|length| length == 1)
}

fn is_contraction(form: &str) -> bool {
    let ending = form.rsplit('\'').next().unwrap_or_default();
    ["t", "d", "m", "ll", "re", "ve", "em"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// Whether two words of a text are letters of a spaced abbreviation, as the `U`
/// and `N` of `U. N.`: capitals with a stop behind each, which the end of the
/// text may have cut off. The words and what stands between them are given, and
/// the text behind.
pub(super) fn are_initials(left: &str, gap: &str, right: &str, behind: &str) -> bool {
    let mut signs = gap.chars();
    signs.next() == Some('.')
        && signs.next().is_some_and(char::is_whitespace)
        && signs.next().is_none()
        && [left, right].iter().all(|word| is_capital(word))
        && (behind.is_empty() || behind.starts_with('.'))
}

fn is_capital(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

/// Where the stops of a text stand, in bytes, that glue two words: one in lower
/// case and one with a capital, as in `victims.The`. Neither is shorter than two
/// letters, so that no abbreviation is parted.
pub(super) fn glues(text: &str) -> impl Iterator<Item = usize> {
    let is_glue = move |at: &usize| {
        let mut behind = text[*at + 1..].chars();
        let before = || text[..*at].chars().rev().take(2);
        behind.next().is_some_and(char::is_uppercase)
            && behind.next().is_some_and(char::is_lowercase)
            && before().filter(|c| c.is_lowercase()).count() == 2
    };
    let stops = text.match_indices('.').map(|(at, _)| at);
    stops.filter(move |at| is_glue(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_and_apostrophes_that_are_left_out_too() {
        for (form, expected) in [
            ("u.n", "un"),
            ("u.s.a", "usa"),
            ("u.n.", "un"),
            ("n.g.o.s", "ngos"),
            ("ph.d", "phd"),
            ("e.g", "eg"),
            ("3.5", "3.5"),
            ("state.gov", "state.gov"),
            ("co.uk", "co.uk"),
            ("sana'a", "sanaa"),
            ("qur'an", "quran"),
            ("o'brien", "obrien"),
            ("we'll", "we'll"),
            ("don't", "don't"),
            ("צה\"ל", "צהל"),
            ("צה״ל", "צהל"),
            ("kiln", "kiln"),
        ] {
            let mut out = format!("x{form}");
            drop_inner_signs(&mut out, 1);
            assert_eq!(&out[1..], expected, "{form}");
        }
    }

    #[test]
    fn stops_without_a_space_part_words_and_no_abbreviations() {
        for (word, at) in [
            ("victims.The", Some(7)),
            ("Ph.D", None),
            ("U.S.A", None),
            ("state.gov", None),
            ("état.Été", Some(5)),
        ] {
            assert_eq!(glues(word).next(), at, "{word}");
        }
    }

    #[test]
    fn initials_are_capitals_with_stops() {
        assert!(are_initials("U", ". ", "N", ". x"));
        assert!(are_initials("U", ". ", "N", ""));
        assert!(!are_initials("U", ". ", "N", " x"));
        assert!(!are_initials("B", ". ", "An", "."));
        assert!(!are_initials("u", ". ", "N", "."));
        assert!(!are_initials("U", " ", "N", "."));
    }
}
