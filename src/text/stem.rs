//! Stemming: one form for the inflections of a word.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::error::{Error, Result};

/// The language of a text, which picks the stemmer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "String")]
pub struct Language(LanguageName);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum LanguageName {
    #[default]
    English,
}

/// English words of grammar: pronouns, auxiliaries, articles, conjunctions,
/// prepositions, question words.
const ENGLISH_FUNCTION_WORDS: &str = "\
    i me my myself we our ours ourselves you your yours yourself yourselves he him his himself \
    she her hers herself it its itself they them their theirs themselves what which who whom \
    whose this that these those am is are was were be been being have has had having do does did \
    doing would should could ought shall will can may might must a an the and but if or because \
    as until while of at by for with about against between into through during before after \
    above below to from up down in out on off over under again further then once here there when \
    where why how all any both each few more most other some such no nor not only own same so \
    than too very";

impl Language {
    /// Whether a folded word belongs to the grammar of the language rather
    /// than to what a text is about.
    ///
    /// ```
    /// use pincite::text::Language;
    /// assert!(Language::default().is_function_word("which"));
    /// assert!(!Language::default().is_function_word("kiln"));
    /// ```
    pub fn is_function_word(self, form: &str) -> bool {
        static ENGLISH: LazyLock<FxHashSet<&str>> =
            LazyLock::new(|| ENGLISH_FUNCTION_WORDS.split_whitespace().collect());
        match self.0 {
            LanguageName::English => ENGLISH.contains(form),
        }
    }
}

impl FromStr for Language {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        match name {
            "english" => Ok(Language(LanguageName::English)),
            _ => Err(
                Error::usage(format!("no stemmer for the language `{name}`"))
                    .with_hint("pincite stems `english`"),
            ),
        }
    }
}

impl TryFrom<String> for Language {
    type Error = Error;

    fn try_from(name: String) -> Result<Self> {
        name.parse()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            LanguageName::English => f.write_str("english"),
        }
    }
}

/// Stems folded words by the Snowball algorithm of a language (for English
/// Porter2, <https://snowballstem.org/algorithms/english/stemmer.html>).
#[derive(Clone)]
pub struct Stemmer(frostem::Stemmer);

impl Stemmer {
    /// The stemmer of a language.
    pub fn new(language: Language) -> Self {
        match language.0 {
            LanguageName::English => Stemmer(frostem::Stemmer::new(frostem::Algorithm::English)),
        }
    }

    /// The stem of a folded word.
    ///
    /// ```
    /// use pincite::text::{Language, Stemmer};
    /// let stemmer = Stemmer::new(Language::default());
    /// assert_eq!(stemmer.stem("kilns"), stemmer.stem("kiln"));
    /// ```
    pub fn stem<'a>(&self, form: &'a str) -> Cow<'a, str> {
        self.0.stem(form)
    }
}

/// A stemmer that remembers: most words of a text have been seen before.
///
/// What it remembers is bounded, whatever the corpus.
#[derive(Debug, Clone, Default)]
pub struct StemCache {
    stemmer: Stemmer,
    stems: FxHashMap<Box<str>, Box<str>>,
}

/// How many stems a [`StemCache`] remembers.
const MAX_STEMS: usize = 100_000;

impl StemCache {
    /// The stem of a folded word, the same as [`Stemmer::stem`] gives.
    pub fn stem(&mut self, form: &str) -> &str {
        if !self.stems.contains_key(form) {
            if self.stems.len() >= MAX_STEMS {
                self.stems.clear();
            }
            let stem = self.stemmer.stem(form);
            self.stems.insert(form.into(), stem.into());
        }
        &self.stems[form]
    }
}

impl Default for Stemmer {
    fn default() -> Self {
        Stemmer::new(Language::default())
    }
}

impl fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stemmer")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Analysis;

    proptest::proptest! {
        /// The matcher relies on it.
        #[test]
        fn a_stem_begins_as_its_word_does(text in "[a-zé' ]{1,30}|\\PC{0,20}") {
            let analysis = Analysis::of(&text);
            let mut cache = StemCache::default();
            for token in analysis.tokens() {
                let form = analysis.form(token);
                let stem = Stemmer::default().stem(form).into_owned();
                let first = form.as_bytes().first();
                proptest::prop_assert!(first == stem.as_bytes().first() || first == Some(&b'\''));
                proptest::prop_assert_eq!(cache.stem(form), stem);
            }
        }
    }
}
