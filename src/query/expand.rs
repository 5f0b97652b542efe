//! From a word of a query to the terms of the index that it stands for.

use std::collections::BTreeSet;

use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{InvertedIndexReader, Term as EngineTerm};

use super::finder::{Finder, WithLength};
use super::word::{Form, Pattern, Word};
use crate::error::Result;
use crate::index::OpenIndex;
use crate::index::coding::{case_mark, form_key, term_text};
use crate::index::open::unreadable;
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
    /// The engine's term that has its passages.
    pub(super) engine: EngineTerm,
    /// How many passages hold it, and where the engine keeps them.
    pub(super) info: TermInfo,
    /// For a stem of several words, those: they have the positions.
    pub(super) words: Vec<TermInfo>,
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

/// What terms are.
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
                let own = self.stemmer.stem(form);
                let base = self.stemmer.irregular_stem(form);
                let own = self.stem(&own);
                let base = base.as_deref().map(|base| self.stem(base));
                let mut terms = Vec::new();
                for length in 1..=MAX_PARTS {
                    terms.extend(self.inflections(&own, base.as_ref(), length)?);
                }
                Ok(plain(terms, TermKind::Stems))
            }
            (Word::Plain { form, .. }, Form::Exact) => {
                let terms = self.held(form, self.index.fields.exact)?;
                Ok(plain(terms, TermKind::Words))
            }
            (Word::Plain { form, printed }, Form::Printed) => self.printed(form, printed.as_ref()),
            (Word::Abbreviation { form, printed }, _) => self.printed(form, Some(printed)),
        }
    }

    /// The term of a stem.
    ///
    /// # Errors
    /// A damaged index.
    pub fn expand_stem(&self, stem: &str) -> Result<Expansion> {
        let term = self.class(&self.stem(stem), 1)?.map(Class::into_term);
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
        let engine = EngineTerm::from_field_text(field, &text);
        let inverted = self.inverted(field)?;
        let info = inverted.get_term_info(&engine).map_err(unreadable)?;
        Ok(info.map(|info| HeldTerm {
            text,
            length,
            engine,
            info,
            words: Vec::new(),
        }))
    }

    /// The terms of a word's inflections by its stem. An irregular one (`found`)
    /// has those of its base (`find`) and its own (`founded`): no word is in two
    /// terms.
    fn inflections(
        &self,
        own: &Stem<'_>,
        base: Option<&Stem<'_>>,
        length: u32,
    ) -> Result<Vec<HeldTerm>> {
        let own = self.class(own, length)?;
        let base = match base {
            Some(stem) => self.class(stem, length)?,
            None => None,
        };
        let Some(base) = base else {
            return Ok(own.map(Class::into_term).into_iter().collect());
        };
        let is_own = |word: &HeldTerm| base.words.iter().all(|known| known.text != word.text);
        let others: Vec<HeldTerm> = own.map_or_else(Vec::new, |own| own.words);
        let others = others.into_iter().filter(is_own).collect::<Vec<_>>();
        Ok([base.into_term()].into_iter().chain(others).collect())
    }

    fn stem<'s>(&self, text: &'s str) -> Stem<'s> {
        Stem {
            text,
            is_a_word: self.stemmer.stem(text) == text,
        }
    }

    /// The words of a stem, in order; none where there are none.
    fn class(&self, stem: &Stem<'_>, length: u32) -> Result<Option<Class>> {
        let fields = &self.index.fields;
        let text = term_text(stem.text, length);
        let mut words = Vec::new();
        let prefix = form_key(&text, "");
        let forms = self.inverted(fields.forms)?;
        let range = forms.terms().range().ge(&prefix).into_stream();
        let mut stream = range.map_err(unreadable)?;
        while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
            let word = String::from_utf8_lossy(&stream.key()[prefix.len()..]).into_owned();
            words.extend(self.term(word, length, fields.exact)?);
        }
        // A word that is its own stem, and the only one, is not among the forms.
        if words.is_empty() && stem.is_a_word {
            words.extend(self.term(text.clone(), length, fields.exact)?);
        }
        let shared = match words.len() {
            0 => return Ok(None),
            1 => None,
            _ => self.term(text.clone(), length, fields.stem)?,
        };
        Ok(Some(Class {
            text,
            shared,
            words,
        }))
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
            let marks = self.held(&case_mark(form, printed), fields.marks)?;
            return Ok(plain(marks, TermKind::Marks));
        }
        let mut expansion = plain(self.held(form, fields.exact)?, TermKind::Words);
        let prefix = case_mark(form, "");
        let inverted = self.inverted(fields.marks)?;
        let range = inverted.terms().range().ge(&prefix).into_stream();
        let mut stream = range.map_err(unreadable)?;
        while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
            if let Ok(text) = std::str::from_utf8(stream.key()) {
                expansion.except.push(HeldTerm {
                    text: text.to_owned(),
                    length: 1,
                    engine: EngineTerm::from_field_text(fields.marks, text),
                    info: stream.value().clone(),
                    words: Vec::new(),
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
        let exact = self.index.fields.exact;
        let inverted = self.inverted(exact)?;
        let mut expansion = Expansion::default();
        match finder {
            Finder::Edits(edits) => {
                let search = inverted.terms().search(WithLength(edits));
                let mut stream = search.into_stream().map_err(unreadable)?;
                while stream.advance() {
                    expansion.add(exact, stream.key(), stream.value());
                }
            }
            Finder::Prefix(prefix, regex) => {
                let range = inverted.terms().range().ge(&prefix).into_stream();
                let mut stream = range.map_err(unreadable)?;
                while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                    let key = stream.key();
                    let word = key.split(|b| *b == b'-').next().unwrap_or(key);
                    if regex.as_ref().is_none_or(|r| r.is_match(word)) {
                        expansion.add(exact, key, stream.value());
                    }
                }
            }
            Finder::Anywhere(regex) => {
                let words = self.index.words()?;
                let mut add = |word: &str| -> Result<()> {
                    for term in self.held(word, exact)? {
                        expansion.add(exact, term.text.as_bytes(), &term.info);
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
    fn add(&mut self, field: Field, term: &[u8], info: &TermInfo) {
        let Ok(text) = std::str::from_utf8(term) else {
            return;
        };
        self.found += 1;
        if self.found <= MAX_WORDS {
            let length = text.rsplit_once('-').and_then(|(_, n)| n.parse().ok());
            self.terms.push(HeldTerm {
                text: text.to_owned(),
                length: length.unwrap_or(1),
                engine: EngineTerm::from_field_text(field, text),
                info: info.clone(),
                words: Vec::new(),
            });
        }
    }
}

/// A stem to look up.
struct Stem<'s> {
    text: &'s str,
    /// Whether it is a word whose stem it is.
    is_a_word: bool,
}

/// The words of a stem.
struct Class {
    /// The text of its term.
    text: String,
    /// The term of all its words, where they are several.
    shared: Option<HeldTerm>,
    /// The words, in order, at least one.
    words: Vec<HeldTerm>,
}

impl Class {
    /// Its words as one term: of several words one of its own, of one word that
    /// word.
    fn into_term(mut self) -> HeldTerm {
        match self.shared {
            Some(shared) => HeldTerm {
                words: self.words.into_iter().map(|word| word.info).collect(),
                ..shared
            },
            // There is at least one word.
            None => HeldTerm {
                text: self.text,
                ..self.words.swap_remove(0)
            },
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
