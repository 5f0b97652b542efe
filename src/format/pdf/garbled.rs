//! Whether the letters of a page make words: a broken text layer gives letters
//! that do not.

use super::english;

/// Small words of other languages.
const FOREIGN: [&str; 34] = [
    "de", "le", "en", "un", "la", "les", "des", "du", "et", "dans", "pour", "sur", "une", "aux",
    "el", "los", "las", "del", "para", "por", "der", "die", "das", "und", "von", "zur", "il",
    "della", "dei", "che", "het", "een", "van", "y",
];

/// So many of them make a page one in another language.
const FEW: usize = 4;

/// The fewest words of a page that can tell.
const WORDS: usize = 40;

/// The share of words (of 100) that an English page may have in no list.
const UNKNOWN: usize = 40;

/// The share of words (of 100) of any language that may be odd.
const ODD: usize = 20;

/// How many words in a row are looked at, and how many of them may be odd.
const WINDOW: (usize, usize) = (10, 6);

/// The longest run of consonants that a word may have.
const CONSONANTS: usize = 6;

/// Whether the lines of a page are garbled; `english` says whether the text of
/// the file is English, as far as it makes words.
pub(super) fn is_garbled<'a>(lines: impl Iterator<Item = &'a str>, english: bool) -> bool {
    let tokens: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    let foreign = tokens
        .iter()
        .filter(|token| FOREIGN.contains(*token))
        .count();
    // A page in another language makes words that no English list has.
    let english = english && foreign < FEW;
    let words: Vec<&str> = tokens
        .into_iter()
        .map(|word| word.trim_matches(|char: char| !char.is_alphanumeric()))
        .filter(|word| word.chars().count() >= 3 && word.chars().all(is_latin))
        .collect();
    let odd: Vec<bool> = words.iter().map(|word| is_odd(word)).collect();
    // In English small words that no list has are odd too, where they are many.
    let is_unknown = |word: &str| {
        english && word.len() >= 4 && word.starts_with(char::is_lowercase) && !english::knows(word)
    };
    let strange: Vec<bool> = words
        .iter()
        .zip(&odd)
        .map(|(word, odd)| *odd || is_unknown(word))
        .collect();
    let dense = words.windows(WINDOW.0).zip(strange.windows(WINDOW.0));
    let dense = dense.into_iter().any(|(words, strange)| {
        // An abbreviation that comes back is one odd word.
        let mut odd: Vec<&str> = Vec::new();
        for (word, _) in words.iter().zip(strange).filter(|(_, strange)| **strange) {
            if !odd.contains(word) {
                odd.push(word);
            }
        }
        odd.len() >= WINDOW.1
    });
    if dense {
        return true;
    }
    if words.len() < WORDS {
        return false;
    }
    let lower: Vec<&&str> = words
        .iter()
        .filter(|word| word.len() >= 4 && word.starts_with(char::is_lowercase))
        .collect();
    let unknown = lower.iter().filter(|word| !english::knows(word)).count();
    let odd = odd.iter().filter(|odd| **odd).count();
    100 * odd > ODD * words.len()
        || (english && lower.len() >= WORDS / 2 && 100 * unknown > UNKNOWN * lower.len())
}

fn is_latin(char: char) -> bool {
    char.is_alphabetic() && (char as u32) < 0x0250
}

/// Whether a word is none of any language: without a vowel, with many
/// consonants in a row, or with capitals inside.
fn is_odd(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    let is_vowel = |char: &char| {
        let base: Vec<char> = char.to_lowercase().collect();
        base.iter().any(|char| {
            "aeiouyæœøåäöüáéíóúýàèìòùâêîôûãõëïÿőű".contains(*char) || *char > '\u{00FF}'
        })
    };
    let acronym = chars.iter().all(|char| char.is_uppercase());
    let longest = chars
        .split(|char| is_vowel(char))
        .map(<[char]>::len)
        .max()
        .unwrap_or(0);
    let none = !chars.iter().any(is_vowel) && chars.len() >= 4;
    let inside = chars
        .windows(2)
        .filter(|pair| pair[0].is_lowercase() && pair[1].is_uppercase())
        .count();
    let inside = inside >= if chars[0].is_lowercase() { 1 } else { 2 };
    !acronym && (none || longest >= CONSONANTS || inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_pages_are_told_from_garbled_ones() {
        let english = "The ministry kept its hot line open all year and answered calls in four \
                       languages, most of them from fishers and from people who work in houses. \
                       McDonald and the UNHCR in Zhdanivka, Hrvatska, said so to the NGOs there.";
        let french = "Le gouvernement n'a pas accompli d'efforts significatifs contre la traite \
                      des êtres humains et les schtroumpfs ont été condamnés à trois ans de prison.";
        let shuffled = "tPhlaen gothat vwhericnhm ceanllts lainc eonfcfiec aen tdh aat tPoh lthe \
                        rOdDinRaLryE UwEoDrd RsI";
        let shifted = "Wkh plqlvwub nhsw lwv krw olqh rshq doo bhdu dqg dqvzhuhg fdoov lq irxu \
                       odqjxdjhv prvw ri wkhp iurp ilvkhuv dqg iurp shrsoh zkr zrun lq krxvhv dqg \
                       wkhb zhuh doo khdug eb wkh frxuw lq wkh fdslwdo ri wkh uhsxeolf ri qruodqg";
        let twice = |text: &str| [text, text].map(str::to_owned);
        assert!(!is_garbled(twice(english).iter().map(String::as_str), true));
        assert!(!is_garbled(twice(french).iter().map(String::as_str), false));
        assert!(is_garbled(twice(shuffled).iter().map(String::as_str), true));
        assert!(is_garbled(twice(shifted).iter().map(String::as_str), false));
    }
}
