//! Where Unicode sees words and sentences begin and end (UAX #29), fast.
//!
//! The rules are those of the crate unicode-segmentation, which looks every
//! character up in the tables of Unicode. What ASCII text asks for is decided
//! here by a table of bytes, with the same result; the crate decides the rest.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// What a byte is to the rules for words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WordClass {
    /// It stands in no word.
    Other,
    /// White space: whatever stands before it, a word begins anew after it.
    Space,
    Letter,
    Digit,
    /// `_`: it joins what is beside it.
    Joiner,
    /// `:` joins letters.
    MidLetter,
    /// `,` and `;` join digits.
    MidNumber,
    /// `.` and `'` join letters, and digits.
    MidBoth,
    /// A part of a character that is not ASCII.
    Wide,
}

use WordClass::{Digit, Joiner, Letter, MidBoth, MidLetter, MidNumber, Other, Space, Wide};

const WORD_CLASSES: [WordClass; 256] = {
    let mut classes = [Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b' ' | b'\n' | b'\t' | b'\r' => Space,
            b'a'..=b'z' | b'A'..=b'Z' => Letter,
            b'0'..=b'9' => Digit,
            b'_' => Joiner,
            b':' => MidLetter,
            b',' | b';' => MidNumber,
            b'.' | b'\'' => MidBoth,
            0x80.. => Wide,
            _ => Other,
        };
        byte += 1;
    }
    classes
};

fn word_class(bytes: &[u8], at: usize) -> WordClass {
    bytes.get(at).map_or(Other, |b| WORD_CLASSES[*b as usize])
}

/// Appends the words of a text: half-open byte ranges, in order; the same as
/// `unicode_word_indices` gives.
pub(super) fn words_into(text: &str, words: &mut Vec<Range<usize>>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Where the run without white space begins that `at` is in, and the first
    // of its words.
    let mut run = (0, words.len());
    while at < bytes.len() {
        match word_class(bytes, at) {
            Space => {
                at += 1;
                run = (at, words.len());
                continue;
            }
            Letter | Digit | Joiner => {
                let end = ascii_word_end(bytes, at);
                if word_class(bytes, end) != Wide {
                    if bytes[at..end].iter().any(u8::is_ascii_alphanumeric) {
                        words.push(at..end);
                    }
                    at = end;
                    continue;
                }
            }
            Wide => {}
            _ => {
                at += 1;
                continue;
            }
        }
        // The crate cuts all of a run that is not ASCII, with the spaces before
        // it, which the vowel sign of a script may stand on.
        words.truncate(run.1);
        let spaces = |b: &u8| WORD_CLASSES[*b as usize] == Space;
        let start = bytes[..run.0].iter().rposition(|b| !spaces(b));
        let start = start.map_or(0, |i| i + 1);
        let rest = &bytes[run.0..];
        let end = run.0 + rest.iter().position(spaces).unwrap_or(rest.len());
        let cut = text[start..end].unicode_word_indices();
        words.extend(cut.map(|(from, word)| start + from..start + from + word.len()));
        at = end;
    }
}

/// The end of the word that begins at an ASCII letter, digit or joiner.
fn ascii_word_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    loop {
        let class = word_class(bytes, at);
        let next = match class {
            Letter | Digit | Joiner => {
                at += 1;
                continue;
            }
            MidLetter | MidNumber | MidBoth => word_class(bytes, at + 1),
            _ => return at,
        };
        let before = word_class(bytes, at - 1);
        let joins = match class {
            MidLetter => before == Letter && next == Letter,
            MidNumber => before == Digit && next == Digit,
            _ => before == next && matches!(next, Letter | Digit),
        };
        // A wide letter may follow: the caller looks.
        if next == Wide && before != Joiner {
            return at + 1;
        }
        if !joins {
            return at;
        }
        at += 2;
    }
}

/// Appends where the sentences of a text end, but the last: byte offsets in
/// order; the same as `split_sentence_bound_indices` gives.
pub(super) fn sentence_ends_into(text: &str, ends: &mut Vec<usize>) {
    if !text.chars().all(is_plain) {
        let pieces = text.split_sentence_bound_indices().skip(1);
        ends.extend(pieces.map(|(start, _)| start));
        return;
    }
    let marks = text.match_indices(['.', '?', '!']);
    ends.extend(marks.filter_map(|(at, _)| sentence_end(text, at)));
}

/// Whether the rules below know the character: ASCII but control characters,
/// Latin letters, common quotes and dashes.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{17f}')
        || matches!(c, '’' | '‘' | '“' | '”' | '–' | '—' | '•')
}

/// Where the sentence ends that the mark at `at` may be the end of; none where
/// it goes on, and at the end of the text.
fn sentence_end(text: &str, at: usize) -> Option<usize> {
    let after = &text[at + 1..];
    let closed = after.trim_start_matches(is_close);
    let rest = closed.trim_start_matches(' ');
    let next = rest.chars().next()?;
    // SB8a.
    if matches!(next, '.' | '?' | '!' | ',' | '-' | ':' | ';' | '–' | '—') {
        return None;
    }
    if text.as_bytes()[at] == b'.' {
        let follows = after.chars().next()?;
        let before = text[..at].chars().next_back();
        // SB6, SB7.
        if follows.is_ascii_digit()
            || follows.is_uppercase() && before.is_some_and(char::is_alphabetic)
        {
            return None;
        }
        // SB8.
        let ends = |c: char| c.is_alphabetic() || matches!(c, '.' | '?' | '!');
        if rest
            .chars()
            .find(|c| ends(*c))
            .is_some_and(char::is_lowercase)
        {
            return None;
        }
    }
    Some(text.len() - rest.len())
}

fn is_close(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | '’' | '‘' | '“' | '”'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Range<usize>> {
        let mut words = Vec::new();
        words_into(text, &mut words);
        words
    }

    fn ends(text: &str) -> Vec<usize> {
        let mut ends = Vec::new();
        sentence_ends_into(text, &mut ends);
        ends
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(4000))]

        #[test]
        fn words_are_those_of_the_crate(
            text in "[ -~\\n\\t]{0,30}|[aB1 _.,:;'’\"é\u{301}א\u{200d}-]{0,14}|\\PC{0,12}"
        ) {
            let expected: Vec<Range<usize>> = text
                .unicode_word_indices()
                .map(|(at, word)| at..at + word.len())
                .collect();
            proptest::prop_assert_eq!(words(&text), expected);
        }

        #[test]
        fn sentences_are_those_of_the_crate(
            text in "[ -~]{0,30}|[aaB1  ..?!'’“”\"(),:;–—•éŸĸ\u{a0}\u{301}-]{0,14}|\\PC{0,12}"
        ) {
            let expected: Vec<usize> = text
                .split_sentence_bound_indices()
                .skip(1)
                .map(|(at, _)| at)
                .collect();
            proptest::prop_assert_eq!(ends(&text), expected);
        }
    }
}
