//! The lexicon: which words give which theme.

use std::path::Path;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use toml::{Table, Value};

use crate::error::{Error, Result};
use crate::report::is_theme_path;
use crate::text::digest::sha256;
use crate::text::{Analysis, Stemmer};

/// Themes and the patterns that give them.
///
/// The file is TOML: tables are the levels of a path, keys the themes, each
/// with an array of patterns. A pattern is one or more words that stand next
/// to each other in the text; a word matches by its stem, `=word` as this form
/// alone.
#[derive(Debug)]
pub struct Lexicon {
    paths: Vec<String>,
    patterns: Vec<Pattern>,
    /// The number of every stem in it.
    stems: FxHashMap<String, usize>,
    /// For the number of a stem the patterns that begin with it.
    by_first_stem: Vec<Vec<usize>>,
    fingerprint: String,
}

/// The words of one pattern.
#[derive(Debug)]
pub(super) struct Pattern {
    /// The theme, as an index of the lexicon's paths.
    pub(super) theme: usize,
    pub(super) words: Vec<PatternWord>,
}

#[derive(Debug)]
pub(super) struct PatternWord {
    /// The number of its stem.
    pub(super) stem: usize,
    /// The form that alone will do, if one is asked for.
    pub(super) form: Option<String>,
}

static BUILT_IN: LazyLock<Lexicon> = LazyLock::new(|| {
    // The file is part of the program; a test below proves that it parses.
    Lexicon::parse(include_str!("lexicon.toml"), "lexicon.toml")
        .expect("the built-in lexicon parses")
});

impl Lexicon {
    /// The built-in lexicon, for reports on trafficking in persons.
    pub fn built_in() -> &'static Lexicon {
        &BUILT_IN
    }

    /// Reads a lexicon from a file.
    ///
    /// # Errors
    /// A file that cannot be read, or that is no lexicon (with the line where
    /// there is one).
    pub fn load(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|e| {
            Error::usage(format!("the lexicon `{name}` cannot be read")).with_cause(e)
        })?;
        Self::parse(&text, &name)
    }

    /// Reads a lexicon from its text; errors call it by `name`.
    ///
    /// # Errors
    /// A text that is no lexicon.
    pub fn parse(text: &str, name: &str) -> Result<Self> {
        let table: Table =
            toml::from_str(text).map_err(|e| Error::toml("lexicon", text, name, &e))?;
        let mut lexicon = Lexicon {
            paths: Vec::new(),
            patterns: Vec::new(),
            stems: FxHashMap::default(),
            by_first_stem: Vec::new(),
            fingerprint: sha256(text.as_bytes()),
        };
        // What is wrong with the themes themselves has no line, only a file.
        lexicon
            .add_level("", &table)
            .map_err(|e| e.with_snippet(name, "", 0..0))?;
        if lexicon.patterns.is_empty() {
            return Err(Error::usage("the lexicon holds no theme")
                .with_snippet(name, "", 0..0)
                .with_hint("write `[group]` and below it `theme = [\"words\", ...]`"));
        }
        Ok(lexicon)
    }

    /// All theme paths, in order.
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// A digest of the lexicon, in hexadecimal.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The number of a stem; none where no pattern holds it.
    pub fn stem_number(&self, stem: &str) -> Option<usize> {
        self.stems.get(stem).copied()
    }

    /// The patterns that begin with the stem of a number.
    pub(super) fn patterns_from(&self, stem: usize) -> impl Iterator<Item = &Pattern> {
        self.by_first_stem[stem].iter().map(|i| &self.patterns[*i])
    }

    fn add_level(&mut self, above: &str, table: &Table) -> Result<()> {
        for (key, value) in table {
            let path = if above.is_empty() {
                key.clone()
            } else {
                format!("{above}/{key}")
            };
            if !is_theme_path(key) || key.contains('/') {
                return Err(Error::usage(format!("`{path}` is no name for a theme"))
                    .with_hint("use lower-case letters, digits and hyphens, as `brick-kilns`"));
            }
            match value {
                Value::Table(below) => self.add_level(&path, below)?,
                Value::Array(patterns) => self.add_theme(path, patterns)?,
                _ => {
                    return Err(Error::usage(format!(
                        "the theme `{path}` has no list of patterns"
                    ))
                    .with_hint(format!("write `{key} = [\"words\", ...]`")));
                }
            }
        }
        Ok(())
    }

    fn add_theme(&mut self, path: String, patterns: &[Value]) -> Result<()> {
        let theme = self.paths.len();
        for pattern in patterns {
            let words = pattern
                .as_str()
                .map(|p| self.pattern_words(p))
                .unwrap_or_default();
            let Some(first) = words.first() else {
                return Err(Error::usage(format!(
                    "the pattern {pattern} of the theme `{path}` holds no word"
                )));
            };
            self.by_first_stem[first.stem].push(self.patterns.len());
            self.patterns.push(Pattern { theme, words });
        }
        self.paths.push(path);
        Ok(())
    }

    fn pattern_words(&mut self, pattern: &str) -> Vec<PatternWord> {
        let stemmer = Stemmer::default();
        let mut words = Vec::new();
        for part in pattern.split_whitespace() {
            let (exact, part) = match part.strip_prefix('=') {
                Some(rest) => (true, rest),
                None => (false, part),
            };
            let analysis = Analysis::of(part);
            for token in analysis.tokens().iter().filter(|t| t.length == 1) {
                let form = analysis.form(token);
                let next = self.stems.len();
                let stem = *self
                    .stems
                    .entry(stemmer.stem(form).into_owned())
                    .or_insert(next);
                if stem == self.by_first_stem.len() {
                    self.by_first_stem.push(Vec::new());
                }
                words.push(PatternWord {
                    stem,
                    form: exact.then(|| form.to_owned()),
                });
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The themes that the design names.
    const DESIGN: &str = "\
form: sex-trafficking forced-labor child-labor child-soldiers domestic-servitude forced-begging \
 forced-marriage forced-criminality online-exploitation child-sex-tourism state-sponsored
means: debt-bondage deception document-retention wage-withholding movement-restriction violence \
 threats isolation abusive-conditions excessive-overtime vulnerability
sector: agriculture brick-kilns construction domestic-work entertainment fishing hospitality \
 logging manufacturing mining online-scams
actor: officials recruiters family employers criminal-networks armed-groups diplomats
people: children women men-and-boys migrants minorities refugees stateless disability lgbtqi
response: legislation investigation prosecution conviction sentencing training identification \
 referral shelter repatriation restitution residence non-penalization witness-protection \
 action-plan coordination budget awareness hotline recruitment-regulation inspection \
 demand-reduction cooperation data
context: covid-19 climate conflict";

    #[test]
    fn the_built_in_lexicon_has_the_themes_of_the_design() {
        let mut expected: Vec<String> = Vec::new();
        for line in DESIGN.lines() {
            let (group, leaves) = line.split_once(": ").unwrap();
            expected.extend(leaves.split_whitespace().map(|l| format!("{group}/{l}")));
        }
        let mut paths = Lexicon::built_in().paths().to_vec();
        paths.sort();
        expected.sort();
        assert_eq!(paths, expected);
    }

    #[test]
    fn bad_lexicons_are_told() {
        for (text, told) in [
            ("", "no theme"),
            ("[a]\nb = 1", "no list"),
            ("[a]\nb = [\" - \"]", "no word"),
            ("[A]\nb = [\"c\"]", "no name"),
            ("[a]\nb = [", "cannot be read"),
        ] {
            let message = Lexicon::parse(text, "l").unwrap_err().to_string();
            assert!(message.contains(told), "{text}: {message}");
        }
        let error = Lexicon::parse("[a]\nb = [1,, 2]", "l").unwrap_err();
        let snippet = error.snippet().unwrap();
        assert_eq!(
            (snippet.place.as_str(), snippet.line.as_str()),
            ("l:2", "b = [1,, 2]")
        );
    }
}
