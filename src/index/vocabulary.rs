//! The words that one thread of a build has met, each with a number.
//!
//! A word is looked up as it is printed, so that it is folded, stemmed and
//! looked up in the lexicon once, however often it stands in the texts.

use rustc_hash::FxHashMap;

use super::coding::{case_mark, term_text};
use crate::text::shingles::word_hash;
use crate::text::words::{fold_word_into, joined_printed_form, printed_form};
use crate::text::{Analysis, Stemmer};
use crate::theme::Lexicon;

/// The number of the mark that a sentence begins.
pub(super) const SENTENCE_BEGINS: u32 = 0;

/// How many bytes of a word make a key that is compared as a number.
const SHORT: usize = 16;

/// The bytes of a short word as a number. No word holds a zero byte, so no two
/// have one key.
fn short_key(word: &str) -> Option<u128> {
    let mut key = [0; SHORT];
    key.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(u128::from_le_bytes(key))
}

/// What has a number.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// The folded form; empty for the mark of a sentence.
    pub(super) form: Box<str>,
    /// How many positions it covers: 0 for the mark of a sentence, 1 for a
    /// word, more for the joined form of a compound.
    pub(super) length: u32,
    /// The mark of a word or compound that is printed with capitals.
    pub(super) mark: Option<Box<str>>,
    /// The number of its stem in the lexicon, if a pattern holds it.
    pub(super) theme_stem: Option<usize>,
    /// The hash of the form, for sketches of texts.
    pub(super) hash: u64,
    /// How often it was met.
    pub(super) count: u64,
}

/// The words met so far.
pub(super) struct Vocabulary<'l> {
    lexicon: &'l Lexicon,
    stemmer: Stemmer,
    /// The numbers of words of at most [`SHORT`] bytes, and of longer ones.
    short: FxHashMap<u128, u32>,
    long: FxHashMap<Box<str>, u32>,
    entries: Vec<Entry>,
}

impl<'l> Vocabulary<'l> {
    /// A vocabulary that knows the mark of a sentence alone.
    pub(super) fn new(lexicon: &'l Lexicon) -> Self {
        Vocabulary {
            lexicon,
            stemmer: Stemmer::default(),
            short: FxHashMap::default(),
            long: FxHashMap::default(),
            entries: vec![Entry::default()],
        }
    }

    /// The number of a word as it is printed, or of a compound, which covers
    /// `length` positions.
    pub(super) fn number(&mut self, printed: &str, length: u32) -> u32 {
        let known = match short_key(printed) {
            Some(key) => self.short.get(&key),
            None => self.long.get(printed),
        };
        let number = match known {
            Some(number) => *number,
            None => self.add(printed, length),
        };
        self.entries[number as usize].count += 1;
        number
    }

    /// Counts a sentence.
    pub(super) fn sentence(&mut self) -> u32 {
        self.entries[SENTENCE_BEGINS as usize].count += 1;
        SENTENCE_BEGINS
    }

    /// What has a number.
    pub(super) fn entry(&self, number: u32) -> &Entry {
        &self.entries[number as usize]
    }

    /// All entries, in order of their numbers.
    pub(super) fn into_entries(self) -> Vec<Entry> {
        self.entries
    }

    fn add(&mut self, printed: &str, length: u32) -> u32 {
        let number = self.entries.len() as u32;
        match short_key(printed) {
            Some(key) => self.short.insert(key, number),
            None => self.long.insert(printed.into(), number),
        };
        let entry = match length {
            1 => self.word(printed),
            _ => compound(printed, length),
        };
        self.entries.push(entry);
        number
    }

    fn word(&self, printed: &str) -> Entry {
        let mut form = String::new();
        fold_word_into(printed, &mut form);
        let stem = self.stemmer.stem(&form);
        Entry {
            mark: printed_form(printed).map(|p| case_mark(&form, &p).into()),
            theme_stem: self.lexicon.stem_number(&stem),
            hash: word_hash(&form),
            form: form.into(),
            length: 1,
            count: 0,
        }
    }
}

fn compound(printed: &str, length: u32) -> Entry {
    let analysis = Analysis::of(printed);
    let joined = analysis.tokens().iter().find(|t| t.length == length);
    // A compound that is cut by itself is cut as in its text, so there is one.
    let form = joined.map_or("", |t| analysis.form(t));
    let parts = analysis.tokens().iter().filter(|t| t.length == 1);
    let as_printed = joined_printed_form(parts.map(|t| &printed[t.span.clone()]));
    let mark = as_printed.map(|p| term_text(&case_mark(form, &p), length));
    Entry {
        form: form.into(),
        length,
        mark: mark.map(Into::into),
        ..Entry::default()
    }
}
