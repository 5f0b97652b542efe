//! Elided articles and prepositions: `l'homme`, `d’Ivoire`, `dell'uomo`. They
//! are words of their own, so that the word behind them is found.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// What may be elided before a word that begins with a vowel or an `h`: French,
/// Italian and Catalan articles, prepositions and pronouns, folded. `o'clock`
/// and `don't` have none of them.
const ELIDED: [&str; 23] = [
    "c", "d", "j", "l", "m", "n", "qu", "s", "t", "jusqu", "lorsqu", "puisqu", "quoiqu", "all",
    "coll", "dall", "dell", "nell", "quell", "quest", "sull", "un", "gl",
];
/// The length of the longest of them, in bytes.
const LONGEST: usize = 6;

/// Where the word behind an elided article begins, in bytes; none of a word
/// without one. Less than two letters behind the apostrophe are an ending:
/// `t's` is a possessive.
///
/// ```
/// use pincite::text::elision::behind_elision;
/// assert_eq!(behind_elision("L’homme"), Some(4));
/// assert_eq!(behind_elision("don't"), None);
/// ```
pub fn behind_elision(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    let letters = bytes
        .iter()
        .take(LONGEST + 1)
        .take_while(|b| b.is_ascii_alphabetic())
        .count();
    let apostrophe = match bytes.get(letters)? {
        b'\'' => 1,
        // ’, the typographic apostrophe.
        0xE2 if bytes.get(letters + 1..letters + 3) == Some(&[0x80, 0x99]) => 3,
        _ => return None,
    };
    let is_elided = |known: &&str| word[..letters].eq_ignore_ascii_case(known);
    let behind = word.get(letters + apostrophe..)?;
    // An accent may be a mark behind its letter.
    let mut letters_behind = behind.chars().filter(|c| !is_combining_mark(*c));
    let follows = letters_behind
        .by_ref()
        .take(2)
        .filter(|c| c.is_alphabetic())
        .count()
        == 2;
    (follows && ELIDED.iter().any(is_elided)).then_some(letters + apostrophe)
}

/// The first apostrophe of a text from a byte on: half-open bytes.
pub(super) fn next_apostrophe(text: &str, from: usize) -> Option<Range<usize>> {
    let mut from = from;
    loop {
        let rest = &text.as_bytes()[from..];
        let at = rest.iter().position(|b| matches!(b, b'\'' | 0xE2))?;
        let length = match rest[at] {
            b'\'' => 1,
            _ if rest.get(at + 1..at + 3) == Some(&[0x80, 0x99]) => 3,
            _ => {
                from += at + 1;
                continue;
            }
        };
        return Some(from + at..from + at + length);
    }
}

/// Whether what stands between two words is the apostrophe of an elision.
pub(super) fn is_apostrophe(gap: &str) -> bool {
    matches!(gap, "'" | "’")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_told_from_other_words_with_apostrophes() {
        for (word, behind) in [
            ("l'homme", Some("homme")),
            ("d’Ivoire", Some("Ivoire")),
            ("qu'il", Some("il")),
            ("dell’uomo", Some("uomo")),
            ("N'Djamena", Some("Djamena")),
            ("l’e\u{301}te\u{301}", Some("e\u{301}te\u{301}")),
            ("t’s\u{301}", None),
            ("O'Brien", None),
            ("don't", None),
            ("it's", None),
            ("t's", None),
            ("l'", None),
            ("Sana'a", None),
            ("homme", None),
        ] {
            let found = behind_elision(word).map(|at| &word[at..]);
            assert_eq!(found, behind, "{word}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_word_is_looked_at(word in "\\PC{0,12}|[a-z]{0,7}['’]\\PC{0,3}") {
            if let Some(at) = behind_elision(&word) {
                proptest::prop_assert!(word.is_char_boundary(at) && at < word.len());
            }
        }
    }
}
