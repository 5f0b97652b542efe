//! The language of a text.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::error::{Error, Result};

/// The language of a text, which picks the stemmer and the function words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "String")]
pub struct Language(pub(super) LanguageName);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum LanguageName {
    #[default]
    English,
}

/// English function words: pronouns, auxiliaries, articles, conjunctions,
/// prepositions, question words.
const ENGLISH_FUNCTION_WORDS: &str = "\
    i me my myself we us our ours ourselves you your yours yourself yourselves he him his himself \
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
