//! Folding: the form of a word that is compared, whatever its typography.

use unicode_normalization::UnicodeNormalization;

use super::scripts;

/// Folds text for comparison: compatibility decomposition, diacritics of
/// Latin, Greek and Cyrillic letters and the points of Arabic and Hebrew
/// dropped, lower case, typographic apostrophes made plain, digits of any script
/// as 0 to 9.
///
/// Decomposition is NFKD (UAX #15); what is dropped is the block of combining
/// diacritical marks, U+0300 to U+036F, and what Arabic and Hebrew may leave out,
/// so vowel signs of other scripts stay. Letters that Unicode does not decompose (`ø`, `ł`, `ı`, `ß`, `æ` ...) are
/// written with the ASCII letters that readers type for them.
///
/// ```
/// use pincite::text::fold;
/// assert_eq!(fold("Côte d’Ivoire"), "cote d'ivoire");
/// assert_eq!(fold("bacha bazı"), "bacha bazi");
/// assert_eq!(fold("٢٠٢١"), "2021");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Appends the folded form of `text` to `out`; see [`fold`].
pub fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(text.bytes().map(|b| char::from(b.to_ascii_lowercase())));
        return;
    }
    for c in text.nfkd().filter(|c| !is_diacritic(*c)) {
        for c in c.to_lowercase().filter(|c| !is_diacritic(*c)) {
            match plain(c) {
                Some(letters) => out.push_str(letters),
                None => out.push(scripts::plain(c).unwrap_or(c)),
            }
        }
    }
}

/// Appends `text` to `out`, folded in all but letter case.
///
/// ```
/// use pincite::text::fold::{fold, fold_but_case_into};
/// let mut kept = String::new();
/// fold_but_case_into("Ørsted’s NAP", &mut kept);
/// assert_eq!(kept, "Orsted's NAP");
/// assert_eq!(fold(&kept), fold("Ørsted’s NAP"));
/// ```
pub fn fold_but_case_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.push_str(text);
        return;
    }
    for c in text.nfkd().filter(|c| !is_diacritic(*c)) {
        let mut lower = c.to_lowercase();
        match lower.next().and_then(plain) {
            Some(letters) if c.is_uppercase() => {
                out.extend(letters.chars().map(|l| l.to_ascii_uppercase()));
            }
            Some(letters) => out.push_str(letters),
            None => out.push(scripts::plain(c).unwrap_or(c)),
        }
    }
}

fn is_diacritic(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c) || scripts::is_point(c)
}

fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        '’' | '‘' | '‛' | 'ʼ' | 'ʻ' | 'ʾ' | 'ʿ' | '＇' | '´' => "'",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ə' => "e",
        _ => return None,
    })
}

/// Folds a name for look-ups: as [`fold`], and hyphens, full stops and white
/// space become single spaces, apostrophes vanish, a leading `the` is dropped.
///
/// ```
/// use pincite::text::fold::fold_name;
/// assert_eq!(fold_name("The Gambia"), "gambia");
/// assert_eq!(fold_name("U.S.  Virgin Islands"), "us virgin islands");
/// assert_eq!(fold_name("Guinea-Bissau"), fold_name("GUINEA BISSAU"));
/// ```
pub fn fold_name(name: &str) -> String {
    let folded = fold(name);
    let kept: String = folded
        .chars()
        .filter(|c| !matches!(c, '.' | '\''))
        .map(|c| match c {
            '-' | '\u{2010}'..='\u{2015}' => ' ',
            c => c,
        })
        .collect();
    let mut words: Vec<&str> = kept.split_whitespace().collect();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    words.join(" ").replace(" ,", ",")
}

/// Folds every run of Unicode white space into one space and trims the ends;
/// zero-width spaces, soft hyphens, control characters and marks of direction
/// are dropped. Nothing else changes.
pub fn fold_space(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        // The ASCII control 0x0B is white space to Unicode alone.
        let control = |b: u8| b.is_ascii_control() && !b.is_ascii_whitespace();
        if !text.bytes().any(control) {
            for word in text.split_ascii_whitespace() {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(word);
            }
            return out;
        }
    }
    let mut pending = false;
    for c in text.chars() {
        if c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}') {
            pending = c.is_whitespace() || pending;
        } else if !is_invisible(c) {
            if pending && !out.is_empty() {
                out.push(' ');
            }
            pending = false;
            out.push(c);
        }
    }
    out
}

/// Characters that are no text: control characters, soft hyphens, marks that
/// turn the direction of writing.
fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{ad}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_readers_do_not_type() {
        for (text, expected) in [
            ("BRICK", "brick"),
            ("Türkiye", "turkiye"),
            ("İstanbul", "istanbul"),
            ("Curaçao", "curacao"),
            ("Łódź", "lodz"),
            ("ﬁshing", "fishing"),
            ("al-Qa’ida", "al-qa'ida"),
            ("Straße", "strasse"),
            ("हिन्दी", "हिन्दी"),
        ] {
            assert_eq!(fold(text), expected, "{text}");
        }
    }

    #[test]
    fn white_space_folds_and_typography_stays() {
        assert_eq!(
            fold_space("  a\u{a0}\u{202f} b\t\n“c”—d\u{ad}e "),
            "a b “c”—de"
        );
        assert_eq!(fold_space(" \n "), "");
    }

    proptest::proptest! {
        #[test]
        fn white_space_of_ascii_folds_as_any(text in "[ -~\t\n\r\x0b\x0c]{0,40}") {
            let among = fold_space(&format!("{text}é"));
            let alone = fold_space(&text);
            proptest::prop_assert_eq!(among.trim_end_matches('é').trim_end(), alone);
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once);
        }
    }
}
