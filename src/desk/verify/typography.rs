//! One typography for all: what printers and word processors change without
//! changing what is said.

use unicode_normalization::UnicodeNormalization;

use super::quote::BREAK;

/// A quotation on one line, without invisible characters and ligatures, and
/// whether any of these but white space was there.
pub(super) fn clean(text: &str) -> (String, bool) {
    let mut cleaned = String::with_capacity(text.len());
    let mut was_mended = false;
    let mut space = false;
    for c in text.chars() {
        if c == BREAK {
            cleaned.push(BREAK);
            space = false;
        } else if c.is_whitespace() {
            space = true;
        } else if is_invisible(c) {
            was_mended = true;
        } else {
            if std::mem::take(&mut space) && !cleaned.is_empty() && !cleaned.ends_with(BREAK) {
                cleaned.push(' ');
            }
            match c {
                '\u{fb00}'..='\u{fb06}' => {
                    was_mended = true;
                    cleaned.extend(c.nfkc());
                }
                c => cleaned.push(c),
            }
        }
    }
    (cleaned, was_mended)
}

/// Soft hyphens, joiners, marks of direction, private characters and the like.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}' | '\u{e000}'..='\u{f8ff}'
        )
}

/// A word in one typography: compatibility characters (NFKC) and apostrophes
/// as one types them; letter case and diacritics as they are.
pub(super) fn word_key(word: &str) -> String {
    match word.is_ascii() {
        true => word.to_owned(),
        false => word.nfkc().map(plain_apostrophe).collect(),
    }
}

fn plain_apostrophe(c: char) -> char {
    match c {
        '’' | '‘' | '‛' | 'ʼ' | 'ʻ' | '＇' | '´' => '\'',
        c => c,
    }
}

/// The signs between two words in one typography: without white space, every
/// quotation mark `'`, every dash or run of dashes `-`, three points `…`.
pub(super) fn gap_key(gap: &str) -> String {
    let mut key = String::with_capacity(gap.len());
    for c in gap.chars() {
        let c = match c {
            c if c.is_whitespace() || is_invisible(c) => continue,
            c if is_quote(c) => '\'',
            c if is_dash(c) => '-',
            c => c,
        };
        if !(matches!(c, '\'' | '-') && key.ends_with(c)) {
            key.push(c);
        }
    }
    match key.contains("...") {
        true => key.replace("...", "…"),
        false => key,
    }
}

/// Whether a character is a quotation mark or apostrophe of any kind.
pub(super) fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '`'
            | '´'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '′'
            | '″'
    )
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_is_one() {
        assert_eq!(clean(" a\u{a0}\n b").0, "a b");
        assert_eq!(clean("traf\u{ad}ﬁc\u{e000}"), ("traffic".to_owned(), true));
        assert_eq!(gap_key(" — "), gap_key("--"));
        assert_eq!(gap_key(",” "), gap_key(",' "));
        assert_eq!(gap_key(" . . . "), "…");
        assert_ne!(gap_key(", "), gap_key(" "));
        assert_eq!(word_key("police’s"), "police's");
    }
}
