//! Giving a text its themes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Lexicon;
use super::lexicon::{Pattern, PatternWord};
use crate::report::ThemeMark;
use crate::text::{Analysis, StemCache, span};

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
        let words: Vec<TaggerWord<'_>> = self
            .analysis
            .tokens()
            .iter()
            .filter(|t| t.length == 1)
            .map(|token| {
                let form = self.analysis.form(token);
                TaggerWord {
                    span: token.span.clone(),
                    form,
                    stem: self.lexicon.stem_number(self.stems.stem(form)),
                }
            })
            .collect();
        tag_words(self.lexicon, text, &words)
    }
}

/// A word of a text, ready to be looked for in a lexicon.
#[derive(Debug, Clone)]
pub struct TaggerWord<'a> {
    /// The bytes of the text it was cut from, half-open.
    pub span: Range<usize>,
    /// Its folded form.
    pub form: &'a str,
    /// The number of its stem in the lexicon ([`Lexicon::stem_number`]); only
    /// stems of the lexicon can match.
    pub stem: Option<usize>,
}

/// The themes of a text whose words have been looked up already: what
/// [`Tagger::tag`] gives.
pub fn tag_words(lexicon: &Lexicon, text: &str, words: &[TaggerWord<'_>]) -> Vec<ThemeMark> {
    let mut found: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    for (at, word) in words.iter().enumerate() {
        let Some(stem) = word.stem else { continue };
        for pattern in lexicon.patterns_from(stem) {
            if matches(pattern, &words[at..], text) {
                let end = words[at + pattern.words.len() - 1].span.end;
                let path = lexicon.paths()[pattern.theme].as_str();
                found.entry(path).or_default().push(word.span.start..end);
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

/// Whether the words begin with those of a pattern, with nothing but spaces,
/// hyphens and quotes between them.
fn matches(pattern: &Pattern, words: &[TaggerWord<'_>], text: &str) -> bool {
    let fits = |(wanted, word): (&PatternWord, &TaggerWord<'_>)| match &wanted.form {
        Some(exact) => exact == word.form,
        None => Some(wanted.stem) == word.stem,
    };
    pattern.words.len() <= words.len()
        && pattern.words.iter().zip(words).all(fits)
        && words[..pattern.words.len()].windows(2).all(|pair| {
            let between = &text[pair[0].span.end..pair[1].span.start];
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
