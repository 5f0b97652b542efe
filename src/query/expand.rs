//! From a word of a query to the terms of the index that it stands for.

use std::collections::BTreeSet;

use regex::bytes::{Regex, RegexBuilder};
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{InvertedIndexReader, Term as EngineTerm};
use tantivy_fst::Automaton;

use super::edits::{Edits, MAX_LETTERS};
use super::word::{Form, Pattern, Word};
use crate::error::Result;
use crate::index::OpenIndex;
use crate::index::open::unreadable;
use crate::index::schema::Fields;
use crate::index::tokenizer::{case_mark, term_text};
use crate::text::words::MAX_PARTS;
use crate::text::{Stemmer, fold};

/// The most words that a pattern may stand for.
pub const MAX_WORDS: usize = 1024;

/// A term of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldTerm {
    /// Its text, as [`term_text`] and [`case_mark`] make it.
    pub text: String,
    /// How many positions it covers.
    pub length: u32,
    /// How many passages hold it, and where the engine keeps them.
    pub(super) info: TermInfo,
}

impl HeldTerm {
    /// How many passages hold it.
    pub fn passages(&self) -> u32 {
        self.info.doc_freq
    }

    /// The word of the term, without the number of its parts.
    pub fn word(&self) -> &str {
        match self.length {
            1 => &self.text,
            _ => self.text.rsplit_once('-').map_or(&*self.text, |(w, _)| w),
        }
    }
}

/// What terms are, and so the field they stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TermKind {
    /// Folded words.
    #[default]
    Words,
    /// Stems.
    Stems,
    /// Marks of words with capitals.
    Marks,
}

impl TermKind {
    /// The field of the terms.
    pub fn field(self, fields: &Fields) -> Field {
        match self {
            TermKind::Words => fields.exact,
            TermKind::Stems => fields.stem,
            TermKind::Marks => fields.marks,
        }
    }
}

/// The terms that a word stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expansion {
    /// What the terms are.
    pub kind: TermKind,
    /// The terms, in order of their text, the joined forms of compounds among
    /// them. At most [`MAX_WORDS`].
    pub terms: Vec<HeldTerm>,
    /// Marks at whose places the word does not match: for a word typed in lower
    /// case whose letter case counts, those of its forms with capitals.
    pub except: Vec<HeldTerm>,
    /// How many terms there are, also where they are more than [`MAX_WORDS`].
    pub found: usize,
}

/// Looks words up in the terms of an index.
pub struct Expander<'a> {
    index: &'a OpenIndex,
    stemmer: Stemmer,
}

impl<'a> Expander<'a> {
    /// An expander on an index.
    pub fn new(index: &'a OpenIndex) -> Self {
        Expander {
            index,
            stemmer: Stemmer::default(),
        }
    }

    /// The terms that a word stands for; a pattern always stands for folded
    /// words.
    ///
    /// # Errors
    /// A damaged index.
    pub fn expand(&self, word: &Word, form: Form) -> Result<Expansion> {
        match (word, form) {
            (Word::Pattern(pattern), _) => self.pattern(pattern),
            (Word::Plain { form, .. }, Form::Inflected) => {
                let field = self.index.fields.stem;
                let terms = self.held(&self.stemmer.stem(form), field)?;
                Ok(plain(terms, TermKind::Stems))
            }
            (Word::Plain { form, .. }, Form::Exact) => {
                let terms = self.held(form, self.index.fields.exact)?;
                Ok(plain(terms, TermKind::Words))
            }
            (Word::Plain { form, printed }, Form::Printed) => self.printed(form, printed.as_ref()),
        }
    }

    /// The term of a stem.
    ///
    /// # Errors
    /// A damaged index.
    pub fn expand_stem(&self, stem: &str) -> Result<Expansion> {
        let term = self.term(stem.to_owned(), 1, self.index.fields.stem)?;
        Ok(plain(term.into_iter().collect(), TermKind::Stems))
    }

    /// The terms of a form, of one position and more.
    fn held(&self, form: &str, field: Field) -> Result<Vec<HeldTerm>> {
        let mut held = Vec::new();
        for length in 1..=MAX_PARTS {
            held.extend(self.term(term_text(form, length), length, field)?);
        }
        Ok(held)
    }

    fn term(&self, text: String, length: u32, field: Field) -> Result<Option<HeldTerm>> {
        let term = EngineTerm::from_field_text(field, &text);
        let inverted = self.inverted(field)?;
        let info = inverted.get_term_info(&term).map_err(unreadable)?;
        Ok(info.map(|info| HeldTerm { text, length, info }))
    }

    fn inverted(&self, field: Field) -> Result<std::sync::Arc<InvertedIndexReader>> {
        self.index
            .segment()
            .inverted_index(field)
            .map_err(unreadable)
    }

    fn printed(&self, form: &str, printed: Option<&String>) -> Result<Expansion> {
        let fields = &self.index.fields;
        if let Some(printed) = printed {
            let mark = self.term(case_mark(form, printed), 1, fields.marks)?;
            return Ok(plain(mark.into_iter().collect(), TermKind::Marks));
        }
        let term = self.term(form.to_owned(), 1, fields.exact)?;
        let mut expansion = plain(term.into_iter().collect(), TermKind::Words);
        let prefix = case_mark(form, "");
        let inverted = self.inverted(fields.marks)?;
        let range = inverted.terms().range().ge(&prefix).into_stream();
        let mut stream = range.map_err(unreadable)?;
        while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
            if let Ok(text) = std::str::from_utf8(stream.key()) {
                expansion.except.push(HeldTerm {
                    text: text.to_owned(),
                    length: 1,
                    info: stream.value().clone(),
                });
            }
        }
        Ok(expansion)
    }

    fn pattern(&self, pattern: &Pattern) -> Result<Expansion> {
        // A pattern that cannot be read has been refused by the parser.
        let Ok(finder) = Finder::new(pattern) else {
            return Ok(Expansion::default());
        };
        let inverted = self.inverted(self.index.fields.exact)?;
        let mut expansion = Expansion::default();
        match finder {
            Finder::Edits(edits) => {
                let search = inverted.terms().search(WithLength(edits));
                let mut stream = search.into_stream().map_err(unreadable)?;
                while stream.advance() {
                    expansion.add(stream.key(), stream.value());
                }
            }
            Finder::Prefix(prefix, regex) => {
                let range = inverted.terms().range().ge(&prefix).into_stream();
                let mut stream = range.map_err(unreadable)?;
                while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                    let key = stream.key();
                    let word = key.split(|b| *b == b'-').next().unwrap_or(key);
                    if regex.as_ref().is_none_or(|r| r.is_match(word)) {
                        expansion.add(key, stream.value());
                    }
                }
            }
            Finder::Anywhere(regex) => {
                let words = self.index.words()?;
                let mut add = |word: &str| -> Result<()> {
                    for term in self.held(word, self.index.fields.exact)? {
                        expansion.add(term.text.as_bytes(), &term.info);
                    }
                    Ok(())
                };
                // A word may stand in two lines: see `OpenIndex::words`.
                let found: BTreeSet<&str> = match may_leave_line(regex.as_str()) {
                    true => words
                        .lines()
                        .filter(|word| regex.is_match(word.as_bytes()))
                        .collect(),
                    false => regex
                        .find_iter(words.as_bytes())
                        .filter_map(|found| std::str::from_utf8(found.as_bytes()).ok())
                        .collect(),
                };
                if found.len() > MAX_WORDS {
                    expansion.found = found.len();
                    return Ok(expansion);
                }
                found.into_iter().try_for_each(&mut add)?;
            }
        }
        Ok(expansion)
    }
}

impl Expansion {
    fn add(&mut self, term: &[u8], info: &TermInfo) {
        let Ok(text) = std::str::from_utf8(term) else {
            return;
        };
        self.found += 1;
        if self.found <= MAX_WORDS {
            let length = text.rsplit_once('-').and_then(|(_, n)| n.parse().ok());
            self.terms.push(HeldTerm {
                text: text.to_owned(),
                length: length.unwrap_or(1),
                info: info.clone(),
            });
        }
    }
}

fn plain(terms: Vec<HeldTerm>, kind: TermKind) -> Expansion {
    Expansion {
        kind,
        found: terms.len(),
        terms,
        except: Vec::new(),
    }
}

/// What finds the words of a pattern.
enum Finder {
    /// The words within some edits.
    Edits(Edits),
    /// The words that begin with some letters and, where there is a regular
    /// expression, match it.
    Prefix(String, Option<Regex>),
    /// The lines of the list of all words that match.
    Anywhere(Regex),
}

/// Why a pattern cannot be read; none where it can.
pub(super) fn fault(pattern: &Pattern) -> Option<String> {
    Finder::new(pattern).err()
}

impl Finder {
    /// What finds the words of a pattern, or why nothing can.
    fn new(pattern: &Pattern) -> Result<Self, String> {
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
        let regex = build(&format!("^(?:{text})$"))?;
        Ok(match prefix.is_empty() {
            true => Finder::Anywhere(regex),
            false => Finder::Prefix(prefix.to_owned(), Some(regex)),
        })
    }
}

/// Whether a regular expression may match the end of a line, as `[^a]` does.
fn may_leave_line(regex: &str) -> bool {
    // All are put into a group without flags.
    regex.contains(['\\', '[']) || regex.matches("(?").count() > 1
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
struct WithLength<A>(A);

#[derive(Clone)]
enum InTerm<S> {
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
