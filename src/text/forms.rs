//! Forms of English words that no stemmer knows: irregular inflections
//! (`children`, `sold`) and the spellings of British and American English
//! (`labour`, `labor`). The lists are WordNet's and VarCon's; their licences
//! stand beside them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::sorted_lines::values;

/// An irregular inflection and its base a line.
static IRREGULAR: &str = include_str!("forms/irregular.txt");
/// A spelling and the American one a line.
static SPELLING: &str = include_str!("forms/spelling.txt");

/// Words that one English writes apart and another as one, in their pieces.
pub const APART: [[&str; 2]; 1] = [["per", "cent"]];

/// The words that a folded word is an irregular inflection of.
///
/// ```
/// use pincite::text::forms::bases;
/// assert_eq!(bases("children").collect::<Vec<_>>(), ["child"]);
/// assert_eq!(bases("kilns").count(), 0);
/// ```
pub fn bases(word: &str) -> impl Iterator<Item = &str> {
    values(IRREGULAR, word)
}

/// The American spelling of a folded word that has another.
///
/// ```
/// use pincite::text::forms::american;
/// assert_eq!(american("organisations"), Some("organizations"));
/// assert_eq!(american("organizations"), None);
/// ```
pub fn american(word: &str) -> Option<&str> {
    values(SPELLING, word).next()
}

/// The other spellings of a folded word, the American one first.
///
/// ```
/// use pincite::text::forms::spellings;
/// assert_eq!(spellings("labor"), ["labour"]);
/// assert_eq!(spellings("labour"), ["labor"]);
/// ```
pub fn spellings(word: &str) -> Vec<&str> {
    static OTHERS: LazyLock<FxHashMap<&str, Vec<&str>>> = LazyLock::new(|| {
        let mut others: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        for (other, american) in SPELLING.lines().filter_map(|line| line.split_once(' ')) {
            others.entry(american).or_default().push(other);
        }
        others
    });
    let base = american(word).unwrap_or(word);
    let others = OTHERS.get(base).into_iter().flatten().copied();
    let all = [base].into_iter().chain(others);
    all.filter(|other| *other != word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Stemmer;

    fn pairs(list: &'static str) -> Vec<(&'static str, &'static str)> {
        list.lines()
            .filter_map(|line| line.split_once(' '))
            .collect()
    }

    #[test]
    fn the_lists_are_whole_and_sorted() {
        for (list, least) in [(IRREGULAR, 800), (SPELLING, 6000)] {
            let pairs = pairs(list);
            assert_eq!(pairs.len(), list.lines().count());
            assert!(pairs.is_sorted() && pairs.len() >= least);
            let plain = |c: char| c.is_ascii_lowercase() || c == ' ' || c == '\n';
            assert!(list.chars().all(plain));
        }
    }

    #[test]
    fn an_american_spelling_is_no_other_spelling_of_another() {
        for (word, american_spelling) in pairs(SPELLING) {
            assert_eq!(american(american_spelling), None, "{word}");
        }
    }

    /// The index keeps two classes of a word: its own and one more.
    #[test]
    fn a_word_has_at_most_two_classes() {
        let stemmer = Stemmer::default();
        for (word, _) in pairs(IRREGULAR) {
            let mut classes = vec![stemmer.stem(word)];
            classes.extend(bases(word).map(|base| stemmer.stem(base)));
            classes.sort();
            classes.dedup();
            assert!(classes.len() <= 2, "{word}: {classes:?}");
        }
    }
}
