//! What readers of Arabic and Hebrew leave out or write otherwise, and the
//! digits of other scripts.
//!
//! The Arabic letters are those that search engines for Arabic take for one
//! (Larkey, Ballesteros, Connell: "Improving stemming for Arabic information
//! retrieval", 2002; Lucene's `ArabicNormalizer` and `PersianNormalizer`).

/// Vowel signs and other points of Arabic and Hebrew, the signs that hold a
/// hamza or a madda on its letter, and the stroke that stretches a word.
pub(super) fn is_point(c: char) -> bool {
    matches!(c,
        '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}'
        | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}'
        | '\u{6ea}'..='\u{6ed}')
}

/// The character that is compared for a letter of Arabic or a digit or sign of
/// numbers of another script: `ة` is `ه`, `ى` is `ي`, `٣` is `3`.
pub(super) fn plain(c: char) -> Option<char> {
    Some(match c {
        // Alef wasla; the others lose their hamza or madda.
        'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' | 'ە' => 'ه',
        'ک' => 'ك',
        '٫' => '.',
        '٬' => ',',
        _ => return digit(c),
    })
}

/// The zeros of the decimal digits of living scripts, in order; nine more
/// digits follow each (Unicode 16, `DerivedNumericType.txt`).
const ZEROS: [char; 31] = [
    '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}',
    '\u{be6}', '\u{c66}', '\u{ce6}', '\u{d66}', '\u{de6}', '\u{e50}', '\u{ed0}', '\u{f20}',
    '\u{1040}', '\u{1090}', '\u{17e0}', '\u{1810}', '\u{1946}', '\u{19d0}', '\u{1a80}', '\u{1a90}',
    '\u{1b50}', '\u{1bb0}', '\u{1c40}', '\u{1c50}', '\u{a620}', '\u{a8d0}', '\u{a900}',
];

fn digit(c: char) -> Option<char> {
    let at = ZEROS.partition_point(|zero| *zero <= c).checked_sub(1)?;
    char::from_digit(u32::from(c) - u32::from(ZEROS[at]), 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn a_word_is_the_same_however_it_is_pointed_and_written() {
        for (text, expected) in [
            ("الضَّحايَا", "الضحايا"),
            ("ضحـــايا", "ضحايا"),
            ("أطفال", "اطفال"),
            ("إتجار", "اتجار"),
            ("آمنة", "امنه"),
            ("مستشفى", "مستشفي"),
            ("کودکان", "كودكان"),
            ("סְחַר", "סחר"),
            ("בְּנֵי", "בני"),
            ("٢٠٢١", "2021"),
            ("۱۲۳", "123"),
            ("२०१९", "2019"),
            ("២០២១", "2021"),
            ("၂၀၂၁", "2021"),
            ("٥٤٣٬٠٨٠", "543,080"),
            ("हिन्दी", "हिन्दी"),
        ] {
            assert_eq!(fold(text), fold(expected), "{text}");
            assert_eq!(fold(text), expected, "{text}");
        }
    }

    #[test]
    fn zeros_are_in_order_and_ten_apart() {
        let apart = |pair: &[char]| u32::from(pair[1]) - u32::from(pair[0]) >= 10;
        assert!(ZEROS.windows(2).all(apart));
        for zero in ZEROS {
            assert!(!zero.is_ascii() && zero.is_numeric(), "{zero:?}");
        }
    }
}
