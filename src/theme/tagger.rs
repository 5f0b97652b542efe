//! Giving a text its themes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Lexicon;
use super::lexicon::{Pattern, PatternWord};
use crate::report::ThemeMark;
use crate::text::{Analysis, StemCache, Token, span};

/// Tags texts by a lexicon; it keeps its memory from text to text.
#[derive(Debug)]
pub struct Tagger<'l> {
    lexicon: &'l Lexicon,
    stems: StemCache,
    analysis: Analysis,
}

impl<'l> Tagger<'l> {
    /// A tagger for a lexicon.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Tagger {
            lexicon,
            stems: StemCache::default(),
            analysis: Analysis::default(),
        }
    }

    /// The themes of a text in order of path, each with the words that gave
    /// it.
    ///
    /// ```
    /// use pincite::theme::{Lexicon, Tagger};
    /// let marks = Tagger::new(Lexicon::built_in()).tag("Inspectors visited 62 brick kilns.");
    /// let kilns = marks.iter().find(|m| m.path == "sector/brick-kilns").unwrap();
    /// assert_eq!(kilns.spans, [22..33]);
    /// ```
    pub fn tag(&mut self, text: &str) -> Vec<ThemeMark> {
        self.analysis.run(text);
        let words: Vec<Word<'_>> = self
            .analysis
            .tokens()
            .iter()
            .filter(|t| t.length == 1)
            .map(|token| {
                let form = self.analysis.form(token);
                // Only stems of the lexicon can match.
                Word {
                    token,
                    form,
                    stem: self.lexicon.stem_number(self.stems.stem(form)),
                }
            })
            .collect();
        let mut found: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
        for (at, word) in words.iter().enumerate() {
            let Some(stem) = word.stem else { continue };
            for pattern in self.lexicon.patterns_from(stem) {
                if matches(pattern, &words[at..], text) {
                    let end = words[at + pattern.words.len() - 1].token.span.end;
                    let path = self.lexicon.paths()[pattern.theme].as_str();
                    found
                        .entry(path)
                        .or_default()
                        .push(word.token.span.start..end);
                }
            }
        }
        found
            .into_iter()
            .map(|(path, spans)| ThemeMark {
                path: path.to_owned(),
                spans: span::merge(spans),
            })
            .collect()
    }

    /// How many words the text of the last [`tag`](Tagger::tag) has.
    pub fn word_count(&self) -> usize {
        self.analysis.word_count()
    }
}

/// A word of the text, with the number of its stem in the lexicon.
struct Word<'a> {
    token: &'a Token,
    form: &'a str,
    stem: Option<usize>,
}

/// Whether the words begin with those of a pattern, with nothing but spaces,
/// hyphens and quotes between them.
fn matches(pattern: &Pattern, words: &[Word<'_>], text: &str) -> bool {
    let fits = |(wanted, word): (&PatternWord, &Word<'_>)| match &wanted.form {
        Some(exact) => exact == word.form,
        None => Some(wanted.stem) == word.stem,
    };
    pattern.words.len() <= words.len()
        && pattern.words.iter().zip(words).all(fits)
        && words[..pattern.words.len()].windows(2).all(|pair| {
            let between = &text[pair[0].token.span.end..pair[1].token.span.start];
            between
                .chars()
                .all(|c| c.is_whitespace() || "-‐‑’'“”\"".contains(c))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tagged(lexicon: &str, text: &str) -> Vec<(String, Vec<String>)> {
        let lexicon = Lexicon::parse(lexicon, "l").unwrap();
        Tagger::new(&lexicon)
            .tag(text)
            .into_iter()
            .map(|m| {
                (
                    m.path,
                    m.spans.into_iter().map(|s| text[s].to_owned()).collect(),
                )
            })
            .collect()
    }

    #[test]
    fn stems_exact_forms_and_phrases() {
        let lexicon = "[s]\nkilns = [\"brick kiln\", \"brickmaking\"]\nmining = [\"=mining\"]\n\
                       [m]\ndebt = [\"debt-based coercion\", \"debt bondage\"]";
        assert_eq!(
            tagged(
                lexicon,
                "Brick kilns use debt‑based coercion; the mine and the brick, kiln and “brick” kiln."
            ),
            [
                ("m/debt".to_owned(), vec!["debt‑based coercion".to_owned()]),
                (
                    "s/kilns".to_owned(),
                    vec!["Brick kilns".to_owned(), "brick” kiln".to_owned()]
                ),
            ]
        );
        assert_eq!(tagged(lexicon, "Mining.")[0].0, "s/mining");
        assert_eq!(tagged(lexicon, "Of brick. Kilns. No debt; bondage?"), []);
        assert_eq!(tagged(lexicon, ""), []);
    }
}
