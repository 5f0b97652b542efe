//! What became of the passages that a search found before, told by what they say
//! before what they are called.
//!
//! Before is known by ids and hashes alone. A text under another number, in parts
//! or as a part of another is told by the hashes of what the present texts would
//! be then.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::found::{Carried, Difference, Found};
use super::moves::{Hashed, moves};
use crate::error::Result;
use crate::index::OpenIndex;
use crate::read::Numbered;
use crate::report::{Passage, PassageId, ReportId, text_hash};
use crate::search::lookup::passages_of;
use crate::text::sentences;

/// How far numbers are looked for that a passage may have had.
const NUMBERS: u32 = 30;

/// How many parts of a passage are looked for at most.
const PARTS: usize = 6;

/// How what is found now differs from what was found before. Passages that say
/// the same are paired first, each with one at most ([`Difference::moved`]); of
/// the others those that keep their words ([`Difference::renumbered`],
/// [`Difference::divided`], [`Difference::joined`]); then those of one id, which
/// were reworded ([`Difference::changed`]).
///
/// # Errors
/// A damaged index.
pub fn changes(before: &Found, now: &Found, index: &OpenIndex) -> Result<Difference> {
    changes_among(before, now, |report| passages_of(index, report))
}

/// As [`changes`], where the passages of a report are asked for.
fn changes_among(
    before: &Found,
    now: &Found,
    passages_of: impl Fn(&ReportId) -> Result<Vec<Passage>>,
) -> Result<Difference> {
    let mut left = Left::of(before, now);
    left.take_moved();
    for report in left.reports() {
        left.take_kept(&report, &passages_of(&report)?);
    }
    Ok(left.difference())
}

/// What is not told yet of the passages of both times, by id with the hash.
struct Left<'f> {
    olds: BTreeMap<&'f str, &'f str>,
    news: BTreeMap<&'f str, &'f str>,
    told: Difference,
}

impl<'f> Left<'f> {
    /// All but what is the same.
    fn of(before: &'f Found, now: &'f Found) -> Self {
        let olds: BTreeMap<_, _> = before.iter().collect();
        let news: BTreeMap<_, _> = now.iter().collect();
        let but = |these: &BTreeMap<&'f str, &'f str>, others: &BTreeMap<&'f str, &'f str>| {
            let these = these.iter().map(|(id, hash)| (*id, *hash));
            these
                .filter(|(id, hash)| others.get(id) != Some(hash))
                .collect()
        };
        let left: BTreeMap<_, _> = but(&olds, &news);
        Left {
            told: Difference {
                same: olds.len() - left.len(),
                ..Difference::default()
            },
            news: but(&news, &olds),
            olds: left,
        }
    }

    fn take_moved(&mut self) {
        let parsed = |list: &BTreeMap<&'f str, &'f str>| -> Vec<(PassageId, &'f str, &'f str)> {
            let ids = list
                .iter()
                .map(|(id, hash)| Some((id.parse().ok()?, *id, *hash)));
            ids.flatten().collect()
        };
        let (olds, news) = (parsed(&self.olds), parsed(&self.news));
        for (old, new) in moves(&hashed_of(&olds), &hashed_of(&news)) {
            self.olds.remove(olds[old].1);
            self.news.remove(news[new].1);
            self.told.moved.push(carried(news[new].1, olds[old].1));
        }
    }

    /// The reports that have passages of both times that are not told yet.
    fn reports(&self) -> Vec<ReportId> {
        let reports = |list: &BTreeMap<&'f str, &'f str>| -> BTreeSet<ReportId> {
            let ids = list.keys().filter_map(|id| id.parse::<PassageId>().ok());
            ids.map(|id| id.report).collect()
        };
        let olds = reports(&self.olds);
        reports(&self.news).intersection(&olds).cloned().collect()
    }

    /// Tells the passages of a report that keep their words.
    fn take_kept(&mut self, report: &ReportId, passages: &[Passage]) {
        let start = format!("{report}:");
        let from = (Bound::Included(start.as_str()), Bound::Unbounded);
        let olds = self.olds.range::<str, _>(from);
        let olds = olds.take_while(|(id, _)| id.starts_with(&start));
        let mut olds = Olds::of(olds.map(|(id, hash)| (*id, *hash)));
        for run in passages.chunk_by(|one, next| one.id.section == next.id.section) {
            self.take_divided(run, &mut olds);
        }
        for passage in passages {
            self.take_joined(passage, &mut olds);
        }
        for passage in passages {
            self.take_renumbered(passage, &mut olds);
        }
    }

    /// Tells the passages of a section that were one.
    fn take_divided(&mut self, section: &[Passage], olds: &mut Olds<'f>) {
        for from in 0..section.len() {
            let mut whole = section[from].text.clone();
            for (many, part) in (2..=PARTS).zip(&section[from + 1..]) {
                whole.push(' ');
                whole.push_str(text_of(part));
                let parts = &section[from..from + many];
                if !parts.iter().any(|part| self.is_new(part)) {
                    continue;
                }
                let Some((_, old)) = olds.take_as(&whole) else {
                    continue;
                };
                self.olds.remove(old);
                for part in parts {
                    if let Some(id) = self.take_new(part) {
                        self.told.divided.push(carried(id, old));
                    }
                }
            }
        }
    }

    /// Tells the passages that were joined into one.
    fn take_joined(&mut self, passage: &Passage, olds: &mut Olds<'f>) {
        if !self.is_new(passage) {
            return;
        }
        let Some(parts) = parts(passage, olds) else {
            return;
        };
        let Some(id) = self.take_new(passage) else {
            return;
        };
        for old in parts {
            self.olds.remove(old);
            self.told.joined.push(carried(id, old));
        }
    }

    /// Tells a passage that had another number.
    fn take_renumbered(&mut self, passage: &Passage, olds: &mut Olds<'f>) {
        if !self.is_new(passage) {
            return;
        }
        let Some((_, old)) = olds.take_as(&passage.text) else {
            return;
        };
        self.olds.remove(old);
        if let Some(id) = self.take_new(passage) {
            self.told.renumbered.push(carried(id, old));
        }
    }

    fn is_new(&self, passage: &Passage) -> bool {
        self.news.contains_key(passage.id.to_string().as_str())
    }

    /// Takes a passage out of those that are not told, if it is one.
    fn take_new(&mut self, passage: &Passage) -> Option<&'f str> {
        let id = passage.id.to_string();
        self.news.remove_entry(id.as_str()).map(|(id, _)| id)
    }

    /// What is told, the rest by id.
    fn difference(mut self) -> Difference {
        for id in self.news.keys() {
            match self.olds.remove(id) {
                Some(_) => self.told.changed.push((*id).to_owned()),
                None => self.told.new.push((*id).to_owned()),
            }
        }
        self.told.gone = self.olds.keys().map(|id| (*id).to_owned()).collect();
        let told = &mut self.told;
        for list in [
            &mut told.moved,
            &mut told.renumbered,
            &mut told.divided,
            &mut told.joined,
        ] {
            list.sort();
        }
        self.told
    }
}

/// The passages of a report before, by hash, in order of id.
struct Olds<'f>(BTreeMap<&'f str, Vec<&'f str>>);

impl<'f> Olds<'f> {
    fn of(olds: impl Iterator<Item = (&'f str, &'f str)>) -> Self {
        let mut by_hash = BTreeMap::<&str, Vec<&str>>::new();
        for (id, hash) in olds {
            by_hash.entry(hash).or_default().push(id);
        }
        Olds(by_hash)
    }

    /// Takes the first passage with a text, else the first with the text behind
    /// another number; with its hash.
    fn take_as(&mut self, text: &str) -> Option<(String, &'f str)> {
        let numbered = Numbered::of(text);
        let others = numbered.into_iter().flat_map(|numbered| {
            let near = (1..=NUMBERS).flat_map(move |by| {
                let number = numbered.number;
                [number.saturating_sub(by), number.saturating_add(by)]
            });
            near.map(move |number| text_hash(&numbered.with(number)))
        });
        let mut hashes = std::iter::once(text_hash(text)).chain(others);
        hashes.find_map(|hash| Some((hash.clone(), self.take(&hash)?)))
    }

    fn take(&mut self, hash: &str) -> Option<&'f str> {
        let ids = self.0.get_mut(hash)?;
        (!ids.is_empty()).then(|| ids.remove(0))
    }

    fn put_back(&mut self, hash: &str, id: &'f str) {
        if let Some(ids) = self.0.get_mut(hash) {
            ids.insert(0, id);
        }
    }
}

/// The passages before of which a passage is made, two or more, where it is made
/// of nothing else.
fn parts<'f>(passage: &Passage, olds: &mut Olds<'f>) -> Option<Vec<&'f str>> {
    let text = passage.text.as_str();
    let starts: Vec<usize> = sentences(text).iter().map(|s| s.start).collect();
    let number = Numbered::of(text);
    let mut found = Vec::new();
    let is_made = cut(text, 0, &starts, number, &mut found, olds);
    let is_made = is_made && found.len() > 1;
    if !is_made {
        found
            .drain(..)
            .for_each(|(hash, id): (String, &'f str)| olds.put_back(&hash, id));
    }
    is_made.then(|| found.into_iter().map(|(_, id)| id).collect())
}

/// Cuts a text from some byte on into passages of before, at the beginnings of
/// sentences; whether it can be cut to its end.
fn cut<'f>(
    text: &str,
    from: usize,
    starts: &[usize],
    number: Option<Numbered<'_>>,
    found: &mut Vec<(String, &'f str)>,
    olds: &mut Olds<'f>,
) -> bool {
    if from == text.len() {
        return true;
    }
    if found.len() == PARTS {
        return false;
    }
    let ends = starts.iter().copied().filter(|start| *start > from);
    for end in ends.chain([text.len()]) {
        let part = text[from..end].trim_end();
        // A part after the first had a number of its own, or none.
        let own = number.filter(|_| !found.is_empty());
        let own = own.map(|n| n.with_text(n.number + found.len() as u32, part));
        let own = own.and_then(|own| olds.take_as(&own));
        let Some(old) = own.or_else(|| olds.take_as(part)) else {
            continue;
        };
        found.push(old);
        if cut(text, end, starts, number, found, olds) {
            return true;
        }
        if let Some((hash, old)) = found.pop() {
            olds.put_back(&hash, old);
        }
    }
    false
}

/// The text of a passage without its number.
fn text_of(passage: &Passage) -> &str {
    Numbered::of(&passage.text).map_or(&passage.text, |numbered| numbered.text)
}

fn hashed_of<'a>(list: &'a [(PassageId, &str, &'a str)]) -> Vec<Hashed<'a>> {
    let hashed = list.iter().map(|(id, _, hash)| Hashed { id, hash });
    hashed.collect()
}

fn carried(id: &str, was: &str) -> Carried {
    Carried {
        id: id.to_owned(),
        was: was.to_owned(),
    }
}

#[cfg(test)]
mod tests;
