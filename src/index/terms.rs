//! The terms of the fields of words, of all that the threads of a build have
//! met.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::coding::{SENTENCE, form_key, parse_term, term_text};
use super::schema::Fields;
use super::vocabulary::Entry;
use crate::text::Stemmer;
use tantivy::schema::Field;

/// The place of a number that is no term of a field.
pub(super) const NO_TERM: u32 = u32::MAX;

/// The terms of one field, in order, and which of them the entries of the
/// vocabularies are.
pub(super) struct FieldTerms<'v> {
    pub(super) field: Field,
    /// The terms, in the order of their bytes.
    pub(super) terms: Vec<Cow<'v, str>>,
    /// How often each was met, at most.
    pub(super) counts: Vec<u64>,
    /// For every vocabulary, for every number in it, the places of its terms, or
    /// [`NO_TERM`]: one, and of an irregular inflection two (`found` is a form of
    /// `find` and of `found`).
    pub(super) places: Vec<Vec<[u32; 2]>>,
}

/// The terms of the fields of words.
pub(super) struct Terms<'v> {
    /// The folded words and the joined forms of compounds.
    pub(super) exact: FieldTerms<'v>,
    /// The stems that more than one of them have.
    pub(super) stems: FieldTerms<'v>,
    /// The marks of sentences and capitals.
    pub(super) marks: FieldTerms<'v>,
    /// The words of every stem that is not a word itself, and its only one:
    /// keys as [`form_key`] makes them, in order.
    pub(super) forms: Vec<String>,
}

impl<'v> Terms<'v> {
    /// The terms of some vocabularies.
    pub(super) fn new(vocabularies: &'v [Vec<Entry>], fields: &Fields) -> Self {
        let (exact, marks) = rayon::join(
            || {
                FieldTerms::new(fields.exact, vocabularies, |entry| match entry.length {
                    0 => None,
                    1 => Some(Cow::Borrowed(&*entry.form)),
                    n => Some(Cow::Owned(term_text(&entry.form, n))),
                })
            },
            || {
                FieldTerms::new(fields.marks, vocabularies, |entry| match entry.length {
                    0 => Some(Cow::Borrowed(SENTENCE)),
                    _ => entry.mark.as_deref().map(Cow::Borrowed),
                })
            },
        );
        let (stems, forms) = stems_of(&exact, fields.stem);
        Terms {
            exact,
            stems,
            marks,
            forms,
        }
    }
}

impl<'v> FieldTerms<'v> {
    fn new(
        field: Field,
        vocabularies: &'v [Vec<Entry>],
        term: impl Fn(&'v Entry) -> Option<Cow<'v, str>>,
    ) -> Self {
        let mut met = Vec::new();
        let mut places = Vec::new();
        for (v, entries) in vocabularies.iter().enumerate() {
            places.push(vec![[NO_TERM; 2]; entries.len()]);
            for (number, entry) in entries.iter().enumerate() {
                met.extend(term(entry).map(|text| (text, v, number)));
            }
        }
        met.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut terms: Vec<Cow<'v, str>> = Vec::new();
        let mut counts = Vec::new();
        for (text, v, number) in met {
            if terms.last() != Some(&text) {
                terms.push(text);
                counts.push(0);
            }
            let place = terms.len() - 1;
            counts[place] += vocabularies[v][number].count;
            places[v][number][0] = place as u32;
        }
        FieldTerms {
            field,
            terms,
            counts,
            places,
        }
    }
}

/// The stems of more than one word, and the words of stems.
fn stems_of<'v>(exact: &FieldTerms<'v>, field: Field) -> (FieldTerms<'v>, Vec<String>) {
    let mut forms = Vec::new();
    let mut terms = Vec::new();
    let mut counts = Vec::new();
    let mut stems_of = vec![[NO_TERM; 2]; exact.terms.len()];
    for (stem, words) in words_by_stem(&exact.terms) {
        if let [word] = words[..]
            && exact.terms[word] == stem
        {
            continue;
        }
        forms.extend(words.iter().map(|w| form_key(&stem, &exact.terms[*w])));
        if words.len() > 1 {
            for word in &words {
                let [first, second] = &mut stems_of[*word];
                let free = if *first == NO_TERM { first } else { second };
                *free = terms.len() as u32;
            }
            counts.push(words.iter().map(|w| exact.counts[*w]).sum());
            terms.push(Cow::Owned(stem));
        }
    }
    forms.sort_unstable();
    let places = exact.places.iter().map(|places| {
        let stems = |[place, _]: &[u32; 2]| match stems_of.get(*place as usize) {
            Some(stems) => *stems,
            None => [NO_TERM; 2],
        };
        places.iter().map(stems).collect()
    });
    let stems = FieldTerms {
        field,
        terms,
        counts,
        places: places.collect(),
    };
    (stems, forms)
}

/// The words of every stem, by their places among all: those that have the stem,
/// and the irregular inflections of them.
fn words_by_stem(terms: &[Cow<'_, str>]) -> BTreeMap<String, Vec<usize>> {
    let stemmer = Stemmer::default();
    let mut by_stem: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, term) in terms.iter().enumerate() {
        let (form, length) = parse_term(term);
        let stems = [Some(stemmer.stem(form)), stemmer.irregular_stem(form)];
        for stem in stems.into_iter().flatten() {
            let stem = term_text(&stem, length);
            by_stem.entry(stem).or_default().push(place);
        }
    }
    by_stem
}
