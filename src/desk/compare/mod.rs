//! Two editions of a report side by side: what became of each paragraph.
//!
//! [`Edition::read`] reads an edition, [`compare`] aligns two, [`figures`] and
//! [`terms`] tell what changed inside. Every paragraph of both editions is in
//! exactly one [`Row`].

mod align;
mod all;
mod assign;
mod divisions;
mod edition;
mod editions;
mod figures;
mod order;
mod outline;
mod pairing;
mod part;
mod row;
mod rows;
mod terms;
mod words;

use rustc_hash::FxHashMap;

use crate::read::Marks;
use crate::report::{Passage, SectionName};
use crate::text::changes::{Piece, changes};
use crate::text::fold;

pub use align::{KEPT_WORDS, PART, PART_WORDS, REWORDED};
pub use all::{AllChanges, CountryChange, compare_all};
pub use edition::Edition;
pub use editions::{EditionChoice, check_sections, choose};
pub use figures::{Figure, FigureKind, figures_of};
pub use outline::OutlineChange;
pub use pairing::{FigureChange, figures};
pub use part::{Excerpt, PartChange};
pub use row::{Row, Tally, Verdict};
pub use terms::{LEAST as LEAST_TERM, Term, Terms, terms};

use align::Unit;
use divisions::{Division, partners};
use row::tally;
use words::Vocabulary;

/// A section of one edition or of both.
#[derive(Debug, Clone)]
pub struct SectionChange {
    /// Its key, as ids have it.
    pub key: String,
    /// What it is in the old edition.
    pub old: Option<SectionSide>,
    /// What it is in the new edition.
    pub new: Option<SectionSide>,
    /// Its paragraphs, in order; what moved stands at its new place.
    pub rows: Vec<Row>,
}

/// A section of one edition.
#[derive(Debug, Clone)]
pub struct SectionSide {
    /// Its names.
    pub name: SectionName,
    /// How many words it has.
    pub words: u64,
    /// How many paragraphs it has.
    pub paragraphs: u64,
}

/// How two editions differ.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The old edition.
    pub old: Edition,
    /// The new edition.
    pub new: Edition,
    /// The sections of both, in the order of the new edition; one that it lacks
    /// follows the one that it followed in the old edition.
    pub sections: Vec<SectionChange>,
    /// What changed in the outline.
    pub outline: Vec<OutlineChange>,
    /// The marks that are printed before the paragraphs of both.
    marks: Marks,
}

/// Aligns two editions.
pub fn compare(old: Edition, new: Edition) -> Comparison {
    let mut vocabulary = Vocabulary::default();
    let keys = [&old, &new].map(section_keys);
    let marks = marks(&old).and(marks(&new));
    let [old_units, new_units] = [(&old, &keys[0]), (&new, &keys[1])]
        .map(|(edition, keys)| units(edition, keys, &marks, &mut vocabulary));
    let (pairs, [joined, divided]) = align::pairs(&old_units, &new_units, &vocabulary);
    let of_old = partners(&pairs, |pair| pair.old, |pair| pair.new);
    let of_new = partners(&pairs, |pair| pair.new, |pair| pair.old);
    let in_parts = |divisions: &[Division], at| divisions.iter().any(|d| d.parts.contains(&at));
    let old_alone = |at| !of_old.contains_key(&at) && !in_parts(&joined, at);
    let new_alone = |at| !of_new.contains_key(&at) && !in_parts(&divided, at);
    let removed = align::parts(&old_units, &new_units, old_alone, &vocabulary);
    let added = align::parts(&new_units, &old_units, new_alone, &vocabulary);
    let removed = divisions::parts(
        &removed,
        &joined,
        [&old_units, &new_units],
        |whole| of_new.get(&whole).copied(),
        &vocabulary,
    );
    let added = divisions::parts(
        &added,
        &divided,
        [&new_units, &old_units],
        |whole| of_old.get(&whole).copied(),
        &vocabulary,
    );
    let rows = rows::Rows {
        keys: [&keys[0], &keys[1]],
        words: [&old.words, &new.words],
        pairs: &pairs,
        parts: [removed, added],
    };
    let sections = rows.sections([&old, &new]);
    Comparison {
        outline: outline::changes(&sections, [&keys[0], &keys[1]]),
        sections,
        old,
        new,
        marks,
    }
}

impl Comparison {
    /// The rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.sections.iter().flat_map(|section| &section.rows)
    }

    /// The passages of a row.
    pub fn passages(&self, row: &Row) -> (Option<&Passage>, Option<&Passage>) {
        let of = |edition: &Edition, at: Option<usize>| -> Option<usize> {
            at.filter(|at| *at < edition.passages.len())
        };
        (
            of(&self.old, row.old).map(|at| &self.old.passages[at]),
            of(&self.new, row.new).map(|at| &self.new.passages[at]),
        )
    }

    /// The rows of what moved out of a section into others.
    pub fn moved_out(&self, section: &SectionChange) -> impl Iterator<Item = &Row> {
        let others = self
            .sections
            .iter()
            .filter(|other| other.key != section.key);
        let rows = others.flat_map(|other| &other.rows);
        rows.filter(|row| {
            let (old, new) = self.passages(row);
            new.is_some() && old.is_some_and(|old| old.section.id_key() == section.key)
        })
    }

    /// Keeps what is in some sections, by their keys, in either edition; nothing
    /// is left out where no key is given.
    pub fn retain_sections(&mut self, keys: &[String]) {
        if keys.is_empty() {
            return;
        }
        let wanted = |name: &SectionName| keys.contains(&name.key) || keys.contains(&name.id_key());
        let (old, new) = (&self.old, &self.new);
        for section in &mut self.sections {
            section.rows.retain(|row| {
                let old = row.old.and_then(|at| old.passages.get(at));
                let new = row.new.and_then(|at| new.passages.get(at));
                old.into_iter().chain(new).any(|p| wanted(&p.section))
            });
        }
        let is_wanted = |section: &SectionChange| {
            let sides = section.old.iter().chain(&section.new);
            !section.rows.is_empty() || sides.into_iter().any(|side| wanted(&side.name))
        };
        self.sections.retain(is_wanted);
        let keys: Vec<&str> = self.sections.iter().map(|s| s.key.as_str()).collect();
        self.outline.retain(|change| change.is_in(&keys));
    }

    /// The rows counted.
    pub fn tally(&self) -> Tally {
        tally(self.rows(), [&self.old.words, &self.new.words])
    }

    /// The rows of a section counted.
    pub fn tally_of(&self, section: &SectionChange) -> Tally {
        tally(section.rows.iter(), [&self.old.words, &self.new.words])
    }
}

/// The words of two paragraphs with what became of them; case and typography are
/// no changes.
pub fn word_changes(old: &str, new: &str) -> Vec<Piece> {
    changes(old, new, |word| {
        fold(word)
            .replace(['“', '”', '„', '«', '»'], "\"")
            .replace(['–', '—'], "-")
    })
}

/// The key of the section of each paragraph, as ids have it.
fn section_keys(edition: &Edition) -> Vec<String> {
    let keys = edition.passages.iter().map(|p| p.section.id_key());
    keys.collect()
}

fn marks(edition: &Edition) -> Marks {
    Marks::of_texts(edition.passages.iter().map(|p| p.text.as_str()))
}

fn units<'k>(
    edition: &Edition,
    keys: &'k [String],
    marks: &Marks,
    vocabulary: &mut Vocabulary,
) -> Vec<Unit<'k>> {
    let mut sizes = FxHashMap::<&str, usize>::default();
    keys.iter()
        .for_each(|key| *sizes.entry(key).or_default() += 1);
    let mut seen = FxHashMap::<&str, usize>::default();
    let unit = |(passage, key): (&Passage, &'k String)| {
        let before = seen.entry(key).or_default();
        *before += 1;
        let numbered = marks.of(&passage.text);
        let text = numbered.map_or(passage.text.as_str(), |numbered| numbered.text);
        // A bullet says nothing.
        let number = numbered.filter(|numbered| !numbered.number.is_empty());
        let printed = &passage.text[..passage.text.len() - text.len()];
        Unit {
            section: key,
            place: *before as f64 / sizes[key.as_str()] as f64,
            number: number.map(|numbered| numbered.number.to_lowercase()),
            number_words: vocabulary.words(printed).words.len() as u64,
            words: vocabulary.words(text),
        }
    };
    edition.passages.iter().zip(keys).map(unit).collect()
}

#[cfg(test)]
mod tests;
