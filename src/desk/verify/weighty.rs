//! Words that a quotation must not change unseen: those that negate, numbers,
//! and those that say what one must or may do.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::typography::word_key;
use crate::text::Analysis;

/// English words that negate, and those that say nearly as much.
const ENGLISH: &str = "no not non nor none never neither nobody nothing nowhere noone nought \
    without cannot except excepting unless absent absence hardly barely scarcely rarely seldom few \
    little unable inability impossible unlawful illegal fail fails failed failing failure failures \
    refuse refuses refused refusing refusal refusals lack lacks lacked lacking deny denies denied \
    denying denial denials";
/// Words that negate in French, Spanish and German.
const OTHERS: &str = "ne n pas jamais ni aucun aucune rien sans nunca nada nadie ningún ninguno \
    ninguna tampoco sin nicht nichts niemand niemals kein keine keinen keiner keinem nie weder ohne";
static NEGATIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let words = [ENGLISH, OTHERS].into_iter();
    words.flat_map(str::split_whitespace).collect()
});
/// Negations of two words.
const PAIRS: [(&str, &str); 1] = [("far", "from")];
/// Two words that do not negate, although the second alone does.
const NO_PAIRS: [(&str, &str); 2] = [("a", "few"), ("a", "little")];
/// What makes the opposite of a word before it.
const PREFIXES: [&str; 8] = ["in", "im", "un", "il", "ir", "dis", "non", "mis"];
/// The fewest letters of a word that has an opposite.
const STEM: usize = 3;

/// Words that say what one must or may do.
const DUTIES: [&str; 6] = ["shall", "must", "may", "should", "ought", "might"];

/// Numbers in words, with their values.
const NUMBERS: [(&str, &str); 34] = [
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("thirteen", "13"),
    ("fourteen", "14"),
    ("fifteen", "15"),
    ("sixteen", "16"),
    ("seventeen", "17"),
    ("eighteen", "18"),
    ("nineteen", "19"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("forty", "40"),
    ("fifty", "50"),
    ("sixty", "60"),
    ("seventy", "70"),
    ("eighty", "80"),
    ("ninety", "90"),
    ("half", "half"),
    ("dozen", "dozen"),
    ("hundred", "100"),
    ("thousand", "1000"),
    ("million", "million"),
    ("billion", "billion"),
];

/// The words of a text that negate, as printed.
pub(super) fn negations(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut before = ("", String::new());
    for word in words(text) {
        let key = key(word);
        let pair = (before.1.as_str(), key.as_str());
        if PAIRS.contains(&pair) {
            found.push(format!("{} {word}", before.0));
        } else if is_negation(&key) && !NO_PAIRS.contains(&pair) {
            found.push(word.to_owned());
        }
        before = (word, key);
    }
    found
}

/// The words of a text that are the opposites of words of another: `untrue` of
/// `true`, `hopeless` of `hopeful`.
pub(super) fn opposites(text: &str, other: &str) -> Vec<String> {
    let others: Vec<String> = words(other).into_iter().map(key).collect();
    let is_opposite = |word: &&str| {
        let word = key(word);
        let stems = PREFIXES.iter().filter_map(|p| word.strip_prefix(p));
        let mut stems = stems.filter(|stem| stem.chars().count() >= STEM);
        let less = word.strip_suffix("less").map(|stem| format!("{stem}ful"));
        stems.any(|stem| others.iter().any(|other| other == stem))
            || less.is_some_and(|full| others.contains(&full))
    };
    let found = words(text).into_iter().filter(is_opposite);
    found.map(str::to_owned).collect()
}

/// The numbers of a text: their values, and as printed.
pub(super) fn numbers(text: &str) -> Vec<(String, String)> {
    let value = |word: &str| {
        let key = key(word);
        let named = NUMBERS.iter().find(|(name, _)| *name == key);
        let digits = || {
            key.chars()
                .filter(|c| c.is_numeric() || *c == '.')
                .collect()
        };
        let is_figure = key.starts_with(char::is_numeric);
        let named = named.map(|(_, value)| (*value).to_owned());
        named.or_else(|| is_figure.then(digits))
    };
    let words = words(text).into_iter();
    words
        .filter_map(|word| Some((value(word)?, word.to_owned())))
        .collect()
}

/// The words of a text that say what one must or may do, as printed. `May` is a
/// month.
pub(super) fn duties(text: &str) -> Vec<String> {
    let is_duty = |word: &&str| *word != "May" && DUTIES.contains(&key(word).as_str());
    let found = words(text).into_iter().filter(is_duty);
    found.map(str::to_owned).collect()
}

/// Whether two texts have the same words, letter case aside.
pub(super) fn same_words(one: &str, other: &str) -> bool {
    let keys = |text| words(text).into_iter().map(key);
    keys(one).eq(keys(other))
}

/// The words of a text, as printed.
fn words(text: &str) -> Vec<&str> {
    let analysis = Analysis::of(text);
    let words = analysis.tokens().iter().filter(|token| token.length == 1);
    words.map(|token| &text[token.span.clone()]).collect()
}

fn key(word: &str) -> String {
    word_key(word).to_lowercase()
}

fn is_negation(key: &str) -> bool {
    key.ends_with("n't") || NEGATIONS.contains(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_weigh_are_told() {
        for (text, told) in [
            (
                "Officials RARELY came and didn’t stay",
                vec!["RARELY", "didn’t"],
            ),
            ("few came, a few stayed, a little late", vec!["few"]),
            ("it is far from clear", vec!["far from"]),
            (
                "the failure to act, and refusal",
                vec!["failure", "refusal"],
            ),
            ("the notable nature of the sinful", vec![]),
        ] {
            assert_eq!(negations(text), told, "{text}");
        }
        assert_eq!(opposites("It is untrue", "[true]"), ["untrue"]);
        assert_eq!(opposites("a hopeless case", "hopeful"), ["hopeless"]);
        assert!(opposites("it is in an inn", "is n an").is_empty());
        assert_eq!(duties("In May one may, or MUST"), ["may", "MUST"]);
        let values: Vec<String> = numbers("Ten of 1,200 men")
            .into_iter()
            .map(|n| n.0)
            .collect();
        assert_eq!(values, ["10", "1200"]);
        assert!(same_words("The law,", "the law"));
        assert!(!same_words("The law", "laws"));
    }
}
