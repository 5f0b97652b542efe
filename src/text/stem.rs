//! Stemming: one form for the inflections of a word and its British and
//! American spelling.

use std::borrow::Cow;
use std::fmt;

use rustc_hash::FxHashMap;

use super::forms::{american, bases};
use super::language::{Language, LanguageName};

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

    /// The stem of a folded word, that of its American spelling.
    ///
    /// ```
    /// use pincite::text::{Language, Stemmer};
    /// let stemmer = Stemmer::new(Language::default());
    /// assert_eq!(stemmer.stem("kilns"), stemmer.stem("kiln"));
    /// assert_eq!(stemmer.stem("labourers"), stemmer.stem("laborer"));
    /// ```
    pub fn stem<'a>(&self, form: &'a str) -> Cow<'a, str> {
        self.0.stem(american(form).unwrap_or(form))
    }

    /// The stem of the word that a folded word is an irregular inflection of,
    /// where that is another than its own; at most one, which a test of the
    /// list assures.
    ///
    /// ```
    /// use pincite::text::Stemmer;
    /// let stemmer = Stemmer::default();
    /// assert_eq!(stemmer.irregular_stem("sold").as_deref(), Some("sell"));
    /// assert_eq!(stemmer.irregular_stem("sells"), None);
    /// ```
    pub fn irregular_stem<'a>(&self, form: &'a str) -> Option<Cow<'a, str>> {
        let mut bases = bases(form).peekable();
        bases.peek()?;
        let own = self.stem(form);
        bases.map(|base| self.stem(base)).find(|stem| *stem != own)
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
        #[test]
        fn what_is_remembered_is_the_stem(text in "[a-zé' ]{1,30}|\\PC{0,20}") {
            let analysis = Analysis::of(&text);
            let mut cache = StemCache::default();
            for token in analysis.tokens() {
                let form = analysis.form(token);
                let stem = Stemmer::default().stem(form).into_owned();
                proptest::prop_assert_eq!(cache.stem(form), stem);
            }
        }
    }
}
