//! Whether the letters of a page make words: a broken text layer gives letters
//! that do not.

use super::mend::Vocabulary;

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

/// How many of these must be words of no language.
const CERTAIN: usize = 2;

/// The longest run of consonants that a word may have.
const CONSONANTS: usize = 6;

/// Whether the lines of a page are garbled, in a file of these words.
pub(super) fn is_garbled<'a>(
    lines: impl Iterator<Item = &'a str>,
    vocabulary: &Vocabulary,
) -> bool {
    let tokens: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    let foreign = tokens
        .iter()
        .filter(|token| FOREIGN.contains(*token))
        .count();
    // A page in another language makes words that no English list has.
    let english = vocabulary.is_english() && foreign < FEW;
    let words: Vec<Judged> = tokens
        .into_iter()
        .map(|word| word.trim_matches(|char: char| !char.is_alphanumeric()))
        .filter(|word| word.chars().count() >= 3 && word.chars().all(is_latin))
        .map(|word| Judged::of(word, vocabulary))
        .collect();
    // In English small words that no list has are odd too, where they are many.
    let strange = |word: &&Judged| word.odd || (english && word.small && !word.listed);
    let dense = words.windows(WINDOW.0).any(|window| {
        // An abbreviation that comes back is one odd word.
        let mut odd: Vec<&Judged> = Vec::new();
        for word in window.iter().filter(strange) {
            if !odd.iter().any(|other| other.text == word.text) {
                odd.push(word);
            }
        }
        // Names of species and signs of documents are in no list either.
        odd.len() >= WINDOW.1 && odd.iter().filter(|word| word.odd).count() >= CERTAIN
    });
    if dense {
        return true;
    }
    if words.len() < WORDS {
        return false;
    }
    let small = || words.iter().filter(|word| word.small);
    let (all, unknown) = (small().count(), small().filter(|word| !word.listed).count());
    let odd = words.iter().filter(|word| word.odd).count();
    100 * odd > ODD * words.len() || (english && all >= WORDS / 2 && 100 * unknown > UNKNOWN * all)
}

/// What a word of a page is taken for.
struct Judged<'a> {
    text: &'a str,
    /// Whether it is a word of no language.
    odd: bool,
    /// Whether the list of English words can tell: it is long enough, and no name.
    small: bool,
    /// Whether that list has it; of a word that is not small it is not asked.
    listed: bool,
}

impl<'a> Judged<'a> {
    fn of(text: &'a str, vocabulary: &Vocabulary) -> Self {
        let small = text.len() >= 4 && text.starts_with(char::is_lowercase);
        let listed = small && vocabulary.lists(text);
        Self {
            text,
            odd: !listed && is_odd(text),
            small,
            listed,
        }
    }
}

fn is_latin(char: char) -> bool {
    char.is_alphabetic() && (char as u32) < 0x0250
}

fn is_vowel(char: char) -> bool {
    let lower = char.to_lowercase().next().unwrap_or(char);
    lower > '\u{FF}' || "aeiouyæœøåäöüáéíóúýàèìòùâêîôûãõëï".contains(lower)
}

/// Whether a word is none of any language: without a vowel, with many
/// consonants in a row, or with capitals inside.
fn is_odd(word: &str) -> bool {
    let longest = word.split(is_vowel).map(|run| run.chars().count()).max();
    let none = !word.contains(is_vowel) && word.chars().count() >= 4;
    let pairs = word.chars().zip(word.chars().skip(1));
    let inside = pairs
        .filter(|(first, second)| first.is_lowercase() && second.is_uppercase())
        .count();
    let begins_small = word.starts_with(char::is_lowercase);
    let inside = inside >= if begins_small { 1 } else { 2 };
    let acronym = word.chars().all(char::is_uppercase);
    !acronym && (none || longest.unwrap_or(0) >= CONSONANTS || inside)
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
        let judged = |text: &str, file: &str| {
            let vocabulary = Vocabulary::of(file.lines());
            is_garbled([text, text].into_iter(), &vocabulary)
        };
        assert!(Vocabulary::of(english.lines()).is_english());
        assert!(!judged(english, english));
        assert!(!judged(french, french));
        assert!(!judged(french, english));
        assert!(judged(shuffled, english));
        assert!(judged(shifted, english));
        assert!(judged(shifted, shifted));
    }
}
