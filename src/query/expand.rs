//! From a word of a query to the terms of the index that it stands for.

use std::collections::BTreeSet;

use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{InvertedIndexReader, Term as EngineTerm};

use super::finder::{Finder, WithLength};
use super::word::{Form, Pattern, Word};
use crate::error::Result;
use crate::index::OpenIndex;
use crate::index::open::unreadable;
use crate::index::schema::Fields;
use crate::index::tokenizer::{case_mark, term_text};
use crate::text::Stemmer;
use crate::text::words::MAX_PARTS;

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
                let found: BTreeSet<&str> = regex.lines_of(words).collect();
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
