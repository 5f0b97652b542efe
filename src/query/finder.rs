//! What finds the words that a pattern stands for.

use regex::bytes::{Regex, RegexBuilder};
use tantivy_fst::Automaton;

use super::edits::{Edits, MAX_LETTERS};
use super::word::Pattern;
use crate::text::fold;

/// What finds the words of a pattern.
pub(super) enum Finder {
    /// The words within some edits.
    Edits(Edits),
    /// The words that begin with some letters and, where there is a regular
    /// expression, match it.
    Prefix(String, Option<WordRegex>),
    /// The lines of the list of all words that match.
    Anywhere(WordRegex),
}

/// Why a pattern cannot be read; none where it can.
pub(super) fn fault(pattern: &Pattern) -> Option<String> {
    Finder::new(pattern).err()
}

impl Finder {
    /// What finds the words of a pattern, or why nothing can.
    pub(super) fn new(pattern: &Pattern) -> Result<Self, String> {
        match pattern {
            Pattern::Root(root) => Ok(Finder::Prefix(root.clone(), None)),
            Pattern::Wildcard(text) => {
                let prefix = &text[..text.find(['*', '?']).unwrap_or(text.len())];
                if text[prefix.len()..] == *"*" {
                    return Ok(Finder::Prefix(prefix.to_owned(), None));
                }
                let mut regex = String::new();
                for c in text.chars() {
                    match c {
                        '*' => regex.push_str(".*"),
                        '?' => regex.push('.'),
                        c => regex.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
                    }
                }
                Self::regex(&regex, prefix)
            }
            Pattern::Regex(text) => {
                // Words are folded: so are the letters that are not ASCII, and
                // the case of the others does not count.
                let folded: String = text
                    .chars()
                    .map(|c| match c.is_ascii() {
                        true => c.to_string(),
                        false => fold(c.encode_utf8(&mut [0; 4])),
                    })
                    .collect();
                Self::regex(&folded, &literal_start(&folded))
            }
            Pattern::Fuzzy(word, edits) => {
                Edits::new(word, *edits).map(Finder::Edits).ok_or_else(|| {
                    format!("a word of more than {MAX_LETTERS} letters has no neighbours")
                })
            }
        }
    }

    /// A regular expression for whole words that begin with `prefix`.
    fn regex(text: &str, prefix: &str) -> Result<Self, String> {
        let regex = WordRegex::new(text)?;
        Ok(match prefix.is_empty() {
            true => Finder::Anywhere(regex),
            false => Finder::Prefix(prefix.to_owned(), Some(regex)),
        })
    }
}

/// A regular expression for whole words, in any letter case.
pub(super) struct WordRegex {
    regex: Regex,
    /// Whether it may match the end of a line, as `[^a]` does.
    leaves_line: bool,
}

impl WordRegex {
    fn new(text: &str) -> Result<Self, String> {
        let build = |text: &str| {
            let built = RegexBuilder::new(text)
                .case_insensitive(true)
                .multi_line(true)
                .build();
            built.map_err(|e| {
                // The reason stands in the last line of a picture of it.
                let told = e.to_string();
                let reason = told.lines().last().unwrap_or_default();
                reason.trim_start_matches("error: ").to_owned()
            })
        };
        // Alone it must be sound too: `)(` is not.
        build(text)?;
        if has_anchor(text) {
            return Err("`^`, `$` and the like are not needed".to_owned());
        }
        Ok(WordRegex {
            regex: build(&format!("^(?:{text})$"))?,
            leaves_line: text.contains(['\\', '[']) || text.contains("(?"),
        })
    }

    /// Whether a word matches.
    pub(super) fn is_match(&self, word: &[u8]) -> bool {
        self.regex.is_match(word)
    }

    /// The lines that match, each a word.
    pub(super) fn lines_of<'a>(&'a self, lines: &'a str) -> Box<dyn Iterator<Item = &'a str> + 'a> {
        match self.leaves_line {
            true => Box::new(lines.lines().filter(|word| self.is_match(word.as_bytes()))),
            // One look through all of them takes a third of the time.
            false => Box::new(
                self.regex
                    .find_iter(lines.as_bytes())
                    .filter_map(|found| std::str::from_utf8(found.as_bytes()).ok()),
            ),
        }
    }
}

/// Whether a regular expression holds an anchor, outside of a class.
fn has_anchor(regex: &str) -> bool {
    let mut in_class = false;
    let mut chars = regex.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if matches!(chars.next(), Some('b' | 'B' | 'A' | 'z')) && !in_class => {
                return true;
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '^' | '$' if !in_class => return true,
            _ => {}
        }
    }
    false
}

/// The letters that every match of a regular expression begins with, as far as
/// they are plain to see.
fn literal_start(regex: &str) -> String {
    if regex.contains('|') {
        return String::new();
    }
    let end = regex
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(regex.len());
    let mut start = regex[..end].to_lowercase();
    if regex[end..].starts_with(['?', '*', '{']) {
        start.pop();
    }
    start
}

/// Accepts the terms whose word another automaton accepts, with or without
/// the number of parts behind a hyphen.
pub(super) struct WithLength<A>(pub(super) A);

#[derive(Clone)]
pub(super) enum InTerm<S> {
    Word(S),
    Length,
    Dead,
}

impl<A: Automaton> Automaton for WithLength<A> {
    type State = InTerm<A::State>;

    fn start(&self) -> Self::State {
        InTerm::Word(self.0.start())
    }

    fn is_match(&self, state: &Self::State) -> bool {
        match state {
            InTerm::Word(state) => self.0.is_match(state),
            InTerm::Length => true,
            InTerm::Dead => false,
        }
    }

    fn can_match(&self, state: &Self::State) -> bool {
        match state {
            // The hyphen may come where the word is whole.
            InTerm::Word(state) => self.0.can_match(state) || self.0.is_match(state),
            InTerm::Length => true,
            InTerm::Dead => false,
        }
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        match state {
            InTerm::Word(state) if byte == b'-' => match self.0.is_match(state) {
                true => InTerm::Length,
                false => InTerm::Dead,
            },
            InTerm::Word(state) => InTerm::Word(self.0.accept(state, byte)),
            InTerm::Length => InTerm::Length,
            InTerm::Dead => InTerm::Dead,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(regex: &str) -> Vec<String> {
        let words = "brick\nkiln\nkilns\nmilns\n";
        match Finder::new(&Pattern::Regex(regex.into())) {
            Ok(Finder::Anywhere(regex)) => regex.lines_of(words).map(str::to_owned).collect(),
            Ok(Finder::Prefix(prefix, regex)) => words
                .lines()
                .filter(|w| w.starts_with(&prefix))
                .filter(|w| regex.as_ref().is_none_or(|r| r.is_match(w.as_bytes())))
                .map(str::to_owned)
                .collect(),
            Ok(Finder::Edits(_)) => unreachable!("a regular expression"),
            Err(reason) => panic!("{regex}: {reason}"),
        }
    }

    #[test]
    fn regular_expressions_match_whole_words() {
        for (regex, expected) in [
            ("kiln", vec!["kiln"]),
            ("KILNs?", vec!["kiln", "kilns"]),
            (".*ilns", vec!["kilns", "milns"]),
            ("[^k]ilns", vec!["milns"]),
            ("(?s).*ilns", vec!["kilns", "milns"]),
            ("(?i)KILNS", vec!["kilns"]),
            ("kil|brick", vec!["brick"]),
            ("\\w{5}", vec!["brick", "kilns", "milns"]),
            ("\\W*", vec![]),
        ] {
            assert_eq!(found(regex), expected, "{regex}");
        }
        for regex in ["^kiln", "kiln$", "\\bkiln", ")(", "[", "a{1000}{1000}"] {
            let pattern = Pattern::Regex(regex.into());
            assert!(fault(&pattern).is_some(), "{regex}");
        }
    }
}
