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
use crate::read::{Marks, Numbered, marked_otherwise};
use crate::report::{Passage, PassageId, ReportId, text_hash};
use crate::search::lookup::passages_of;
use crate::text::sentences;

/// How many parts of a passage are looked for at most.
const PARTS: usize = 6;

/// How many sentences a part has at most that is looked for within a passage.
const SENTENCES: usize = 20;

/// The fewest words of a part that is looked for within a passage, and of what is
/// left of that passage: short texts occur in many passages, and a short rest is an
/// addition.
const WORDS: usize = 5;

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
        let marks = Marks::of_texts(passages.iter().map(|p| p.text.as_str()));
        let mut olds = Olds::of(olds.map(|(id, hash)| (*id, *hash)), marks);
        for run in passages.chunk_by(|one, next| one.id.section == next.id.section) {
            self.take_divided(run, &mut olds);
        }
        for passage in passages {
            self.take_joined(passage, &mut olds);
        }
        for find in [Olds::take_as, Olds::take_marked_otherwise] {
            for passage in passages {
                self.take_renumbered(passage, &mut olds, find);
            }
        }
        for passage in passages {
            self.take_joined_to_others(passage, &mut olds);
        }
    }

    /// Tells the passages of a section that were one.
    fn take_divided(&mut self, section: &[Passage], olds: &mut Olds<'f>) {
        for from in 0..section.len() {
            let mut whole = section[from].text.clone();
            for (many, part) in (2..=PARTS).zip(&section[from + 1..]) {
                whole.push(' ');
                whole.push_str(olds.text_of(part));
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

    /// Tells a passage that was joined with what was not found before. One that
    /// has its id still has new words beside it, and is left to be told as changed.
    fn take_joined_to_others(&mut self, passage: &Passage, olds: &mut Olds<'f>) {
        if !self.is_new(passage) {
            return;
        }
        let found = within(passage, olds);
        let own = passage.id.to_string();
        if found.iter().all(|(_, id)| *id == own) {
            olds.put_all_back(found);
            return;
        }
        if let Some(id) = self.take_new(passage) {
            for (_, old) in found {
                self.olds.remove(old);
                self.told.joined.push(carried(id, old));
            }
        }
    }

    /// Tells a passage that had another mark, by the way to find it.
    fn take_renumbered(&mut self, passage: &Passage, olds: &mut Olds<'f>, find: Find<'f>) {
        if !self.is_new(passage) {
            return;
        }
        let Some((_, old)) = find(olds, &passage.text) else {
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

/// A way to take the passage before that a text was; with its hash.
type Find<'f> = fn(&mut Olds<'f>, &str) -> Option<(String, &'f str)>;

/// The passages of a report before, by hash, in order of id.
struct Olds<'f> {
    by_hash: BTreeMap<&'f str, Vec<&'f str>>,
    /// The marks of the report now.
    marks: Marks,
}

impl<'f> Olds<'f> {
    fn of(olds: impl Iterator<Item = (&'f str, &'f str)>, marks: Marks) -> Self {
        let mut by_hash = BTreeMap::<&str, Vec<&str>>::new();
        for (id, hash) in olds {
            by_hash.entry(hash).or_default().push(id);
        }
        Olds { by_hash, marks }
    }

    /// Takes the first passage with a text, else the first with the text behind
    /// another number.
    fn take_as(&mut self, text: &str) -> Option<(String, &'f str)> {
        self.take_text(text).or_else(|| {
            let numbered = self.marks.of(text)?;
            let mut near = numbered.near();
            near.find_map(|number| self.take_text(&numbered.with(&number)))
        })
    }

    /// Takes the first passage with a text behind a mark of another kind, or
    /// behind none.
    fn take_marked_otherwise(&mut self, text: &str) -> Option<(String, &'f str)> {
        if self.by_hash.values().all(Vec::is_empty) {
            return None;
        }
        let bare = self.marks.of(text).map_or(text, |numbered| numbered.text);
        let mut texts = std::iter::once(bare.to_owned()).chain(marked_otherwise(bare));
        texts.find_map(|text| self.take_text(&text))
    }

    fn take_text(&mut self, text: &str) -> Option<(String, &'f str)> {
        let hash = text_hash(text);
        self.take(&hash).map(|id| (hash, id))
    }

    /// The text of a passage without its number.
    fn text_of<'p>(&self, passage: &'p Passage) -> &'p str {
        let numbered = self.marks.of(&passage.text);
        numbered.map_or(&passage.text, |numbered| numbered.text)
    }

    fn put_all_back(&mut self, taken: Vec<(String, &'f str)>) {
        // In the order in which they stood.
        for (hash, id) in taken.into_iter().rev() {
            self.put_back(&hash, id);
        }
    }

    fn take(&mut self, hash: &str) -> Option<&'f str> {
        let ids = self.by_hash.get_mut(hash)?;
        (!ids.is_empty()).then(|| ids.remove(0))
    }

    fn put_back(&mut self, hash: &str, id: &'f str) {
        if let Some(ids) = self.by_hash.get_mut(hash) {
            ids.insert(0, id);
        }
    }
}

/// The passages before of which a passage is made, two or more, where it is made
/// of nothing else.
fn parts<'f>(passage: &Passage, olds: &mut Olds<'f>) -> Option<Vec<&'f str>> {
    let text = passage.text.as_str();
    let starts: Vec<usize> = sentences(text).iter().map(|s| s.start).collect();
    let number = olds.marks.of(text);
    let mut found = Vec::new();
    let is_made = cut(text, 0, &starts, number, &mut found, olds);
    if is_made && found.len() > 1 {
        return Some(found.into_iter().map(|(_, id)| id).collect());
    }
    olds.put_all_back(found);
    None
}

/// The earlier passages that a passage contains whole, as runs of full sentences,
/// the longest first; none if fewer than [`WORDS`] words are left beside them: then
/// the passage was only added to.
fn within<'f>(passage: &Passage, olds: &mut Olds<'f>) -> Vec<(String, &'f str)> {
    let text = passage.text.as_str();
    let sentences = sentences(text);
    let number = olds.marks.of(text);
    let mut found = Vec::new();
    let (mut from, mut rest) = (0, 0);
    while from < sentences.len() {
        let last = sentences.len().min(from + SENTENCES);
        let taken = (from + 1..=last).rev().find_map(|to| {
            let part = &text[sentences[from].start..sentences[to - 1].end];
            let taken =
                (words(part) >= WORDS).then(|| take_part(part, number, 1..=PARTS as u32, olds))?;
            taken.map(|taken| (taken, to))
        });
        match taken {
            Some((taken, to)) => {
                found.push(taken);
                from = to;
            }
            None => {
                rest += words(&text[sentences[from].clone()]);
                from += 1;
            }
        }
    }
    if rest < WORDS {
        olds.put_all_back(std::mem::take(&mut found));
    }
    found
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Takes the passage that a part was, behind a number so much later than that of
/// the whole or behind none.
fn take_part<'f>(
    part: &str,
    number: Option<Numbered<'_>>,
    later: impl Iterator<Item = u32>,
    olds: &mut Olds<'f>,
) -> Option<(String, &'f str)> {
    let own = number.and_then(|number| {
        let mut own = later.flat_map(|by| number.later(by));
        own.find_map(|own| olds.take_as(&number.with_text(&own, part)))
    });
    own.or_else(|| olds.take_as(part))
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
        let later = std::iter::once(found.len() as u32);
        let Some(old) = take_part(part, own, later, olds) else {
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
