//! Stemming: one form for the inflections of a word.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use crate::error::{Error, Result};

/// The language of a text, which picks the stemmer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Language(LanguageName);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum LanguageName {
    #[default]
    English,
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
