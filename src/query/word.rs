//! One word of a query: plain, a compound, or a pattern for several words.

use std::fmt;

use unicode_normalization::char::is_combining_mark;

use crate::text::elision::behind_elision;
use crate::text::words::joined_printed_form;
use crate::text::{Analysis, fold};

/// Which forms of a plain word match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// The word and its inflections.
    Inflected,
    /// The word as typed, in any letter case.
    Exact,
    /// The word as typed, letter case too.
    Printed,
}

/// What stands in one place of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// A word. It matches also a hyphenated compound whose joined form it is.
    Word(Word),
    /// A compound typed with hyphens. It matches its parts side by side (with
    /// or without hyphens between) and its joined form.
    Compound {
        /// The parts.
        parts: Vec<Word>,
        /// The parts joined.
        joined: Word,
    },
}

/// A word or a pattern for words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Word {
    /// A plain word: its folded form, and its form as printed where that has
    /// capitals.
    Plain {
        /// The folded form.
        form: String,
        /// The form with its letter case.
        printed: Option<String>,
    },
    /// An abbreviation that in lower case is a function word, as `US` or `WHO`:
    /// its capitals count, unless the letter case of all words does.
    Abbreviation {
        /// The folded form.
        form: String,
        /// The form with its capitals.
        printed: String,
    },
    /// A pattern that the folded form of a word must match as a whole.
    Pattern(Pattern),
}

/// A pattern for the folded forms of words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// `*` for any letters or none, `?` for one letter.
    Wildcard(String),
    /// What words begin with.
    Root(String),
    /// A regular expression (crate `regex`, without anchors).
    Regex(String),
    /// A word, and how many edits may lie between it and a match: a letter
    /// added, left out or changed, or two neighbours swapped.
    Fuzzy(String, u8),
}

impl Slot {
    /// The words of the slot: the word, or the parts and the joined form.
    pub fn words(&self) -> Vec<&Word> {
        match self {
            Slot::Word(word) => vec![word],
            Slot::Compound { parts, joined } => parts.iter().chain([joined]).collect(),
        }
    }

    /// The slot with other words.
    #[must_use]
    pub fn map_words(&self, to: &impl Fn(&Word) -> Word) -> Slot {
        match self {
            Slot::Word(word) => Slot::Word(to(word)),
            Slot::Compound { parts, joined } => Slot::Compound {
                parts: parts.iter().map(to).collect(),
                joined: to(joined),
            },
        }
    }

    /// Whether a pattern stands in it.
    pub fn has_pattern(&self) -> bool {
        self.words().iter().any(|w| matches!(w, Word::Pattern(_)))
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Pattern::Wildcard(text) => f.write_str(text),
            Pattern::Root(text) => write!(f, "{text}!"),
            Pattern::Regex(text) => write!(f, "/{text}/"),
            Pattern::Fuzzy(text, edits) => write!(f, "{text}~{edits}"),
        }
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Slot::Word(word) => write!(f, "{word}"),
            Slot::Compound { parts, .. } => {
                let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
                f.write_str(&parts.join("-"))
            }
        }
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Word::Plain { form, .. } => f.write_str(form),
            Word::Abbreviation { printed, .. } => f.write_str(printed),
            Word::Pattern(pattern) => write!(f, "{pattern}"),
        }
    }
}

impl Pattern {
    /// The pattern that a typed word is, where it is one.
    pub(super) fn parse(typed: &str) -> Option<Self> {
        if let Some(inside) = typed.strip_prefix('/').and_then(|t| t.strip_suffix('/'))
            && !inside.is_empty()
        {
            return Some(Pattern::Regex(inside.to_owned()));
        }
        if let Some((word, edits)) = typed.rsplit_once('~')
            && let "" | "1" | "2" = edits
            && is_one_word(word)
        {
            let edits = if edits == "1" { 1 } else { 2 };
            return Some(Pattern::Fuzzy(one_form(word), edits));
        }
        if let Some(root) = typed.strip_suffix('!')
            && is_one_word(root)
        {
            return Some(Pattern::Root(one_form(root)));
        }
        let is_wildcard = |c: char| matches!(c, '*' | '?');
        let folded = fold(typed);
        let letters = folded.replace(is_wildcard, "");
        let stars = letters.len() < folded.len() && letters.chars().all(is_word_char);
        (stars && letters.starts_with(char::is_alphanumeric)).then_some(Pattern::Wildcard(folded))
    }
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\'' | '’' | '.' | ',')
}

/// Whether a text is one word and nothing else. A colon, a letter to Unicode,
/// would print as that of a field.
fn is_one_word(typed: &str) -> bool {
    let analysis = Analysis::of(typed);
    let whole = |token: &crate::text::Token| token.span == (0..typed.len());
    matches!(analysis.tokens(), [token] if whole(token)) && !typed.contains(':')
}

/// The folded form of what is one word.
fn one_form(word: &str) -> String {
    let analysis = Analysis::of(word);
    let first = analysis.tokens().first();
    first.map_or_else(String::new, |t| analysis.form(t).to_owned())
}

impl Word {
    /// The words of a typed chunk (text without white space or a whole phrase)
    /// that holds no pattern.
    fn plain(text: &str, slots: &mut Vec<Slot>) {
        let analysis = Analysis::of(text);
        let tokens = analysis.tokens();
        let printed = |token: &crate::text::Token| {
            let covered = token.position..token.position + token.length;
            let parts = tokens.iter().filter(|t| t.length == 1);
            let parts = parts.filter(|t| covered.contains(&t.position));
            joined_printed_form(parts.map(|t| &text[t.span.clone()]))
        };
        let word = |token: &crate::text::Token| Word::Plain {
            form: analysis.form(token).to_owned(),
            printed: printed(token),
        };
        let mut i = 0;
        while i < tokens.len() {
            match tokens.get(i + 1).filter(|t| t.length > 1) {
                Some(joined) => {
                    let end = joined.position + joined.length;
                    let parts: Vec<Word> = tokens[i..]
                        .iter()
                        .take_while(|t| t.position < end)
                        .filter(|t| t.length == 1)
                        .map(word)
                        .collect();
                    i += parts.len() + 1;
                    slots.push(Slot::Compound {
                        parts,
                        joined: word(joined),
                    });
                }
                None => {
                    slots.push(Slot::Word(word(&tokens[i])));
                    i += 1;
                }
            }
        }
    }
}

/// Function words that are abbreviations in capitals: Islamic State,
/// information technology, United States, World Health Organization.
const ABBREVIATIONS: [&str; 4] = ["is", "it", "us", "who"];

/// Reads what is typed in capitals in a text of other words too as the
/// abbreviation that it is.
pub(super) fn mark_abbreviations(slots: &mut [Slot], text: &str) {
    let shouted = text.split_whitespace().nth(1).is_some() && !text.chars().any(char::is_lowercase);
    for slot in slots {
        let word = match slot {
            Slot::Word(_) if shouted => continue,
            Slot::Word(word) => word,
            // Letters with stops, as `U. S.`, are no words that are shouted.
            Slot::Compound { joined, .. } => joined,
        };
        if let Word::Plain {
            form,
            printed: Some(printed),
        } = &*word
            && ABBREVIATIONS.contains(&form.as_str())
            && printed.chars().all(char::is_uppercase)
        {
            *word = Word::Abbreviation {
                form: form.clone(),
                printed: printed.clone(),
            };
        }
    }
}

/// The slots of typed text, its chunks divided by white space; `literal` takes
/// no pattern for one.
pub(super) fn slots_of(typed: &str, literal: bool) -> Vec<Slot> {
    let mut slots = Vec::new();
    let is_pattern = |chunk: &&str| !literal && pattern_slot(chunk).is_some();
    if !typed.split_whitespace().any(|chunk| is_pattern(&chunk)) {
        Word::plain(typed, &mut slots);
        return slots;
    }
    for chunk in typed.split_whitespace() {
        match pattern_slot(chunk) {
            Some(slot) => slots.push(slot),
            None => Word::plain(chunk, &mut slots),
        }
    }
    slots
}

/// The slot of a chunk that is a pattern or a compound with patterns in it.
fn pattern_slot(chunk: &str) -> Option<Slot> {
    // Punctuation around a word is no part of it; a `?` there asks.
    let trimmed =
        chunk.trim_matches(|c: char| matches!(c, ',' | '.' | ';' | ':' | '(' | ')' | '?'));
    let elided = behind_elision(trimmed);
    if let Some(pattern) = Pattern::parse(trimmed).filter(|_| elided.is_none()) {
        return Some(Slot::Word(Word::Pattern(pattern)));
    }
    let (article, rest) = trimmed.split_at(elided.unwrap_or_default());
    let article = article.trim_end_matches(['\'', '’']);
    let article = (!article.is_empty()).then_some(article).into_iter();
    let parts = rest.split(['-', '\u{2010}', '\u{2011}']);
    let parts: Vec<&str> = article.chain(parts).collect();
    let words: Option<Vec<Word>> = parts
        .iter()
        .map(|part| match Pattern::parse(part) {
            Some(pattern @ (Pattern::Wildcard(_) | Pattern::Root(_))) => {
                Some(Word::Pattern(pattern))
            }
            _ => is_one_word(part).then(|| Word::Plain {
                form: one_form(part),
                printed: None,
            }),
        })
        .collect();
    let words = words.filter(|w| {
        let patterns = w.iter().any(|word| matches!(word, Word::Pattern(_)));
        patterns && (2..=crate::text::words::MAX_PARTS as usize).contains(&w.len())
    })?;
    let joined = words.iter().map(|word| match word {
        Word::Pattern(Pattern::Root(root)) => format!("{root}*"),
        word => word.to_string(),
    });
    let joined = Word::Pattern(Pattern::Wildcard(joined.collect()));
    Some(Slot::Compound {
        parts: words,
        joined,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_words_and_patterns() {
        let plain = |form: &str| {
            Slot::Word(Word::Plain {
                form: form.into(),
                printed: None,
            })
        };
        let pattern = |p| vec![Slot::Word(Word::Pattern(p))];
        for (typed, expected) in [
            ("kiln*", pattern(Pattern::Wildcard("kiln*".into()))),
            ("Wom?n", pattern(Pattern::Wildcard("wom?n".into()))),
            ("Traffick!", pattern(Pattern::Root("traffick".into()))),
            ("/kil.s/", pattern(Pattern::Regex("kil.s".into()))),
            ("Kyrgyz~1", pattern(Pattern::Fuzzy("kyrgyz".into(), 1))),
            ("Kyrgyz~", pattern(Pattern::Fuzzy("kyrgyz".into(), 2))),
            ("1,000*", pattern(Pattern::Wildcard("1,000*".into()))),
            ("kiln", vec![plain("kiln")]),
            ("and/or", vec![plain("and"), plain("or")]),
            ("***", vec![]),
        ] {
            assert_eq!(slots_of(typed, false), expected, "{typed}");
        }
        assert_eq!(slots_of("kiln*", true), [plain("kiln")]);
        let anti = Slot::Compound {
            parts: vec![
                Word::Plain {
                    form: "anti".into(),
                    printed: None,
                },
                Word::Pattern(Pattern::Root("traffick".into())),
            ],
            joined: Word::Pattern(Pattern::Wildcard("antitraffick*".into())),
        };
        assert_eq!(slots_of("anti-traffick!", false), [anti]);
    }
}
