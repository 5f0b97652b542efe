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
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::{Paragraph, Publication, Report, ReportInfo, Section, SectionName};

    /// The passages of a report of one section with these paragraphs.
    fn passages(texts: &[String]) -> Vec<Passage> {
        let info = ReportInfo {
            series: "tip".parse().unwrap(),
            title: String::new(),
            title_source: None,
            country: None,
            year: None,
            year_source: None,
            tier: None,
            tier_source: None,
            tier_note: None,
            publication: Publication::default(),
            url: None,
            note: None,
            is_numbered: false,
            is_record: false,
            themes: Vec::new(),
            source_rank: 0,
            path: String::new(),
            hash: String::new(),
        };
        let paragraphs = texts.iter().map(|text| Paragraph {
            printed_number: None,
            page: None,
            doubts: None,
            text: text.clone(),
        });
        let report = Report {
            id: "tip-2020-khm".parse().unwrap(),
            info,
            sections: vec![Section {
                name: SectionName::new("a", "a", None),
                paragraphs: paragraphs.collect(),
            }],
            line: None,
        };
        report.passages()
    }

    fn found(passages: &[Passage]) -> Found {
        passages
            .iter()
            .map(|p| (p.id.to_string(), p.hash()))
            .collect()
    }

    fn between(old: &[String], new: &[String]) -> Difference {
        let (old, new) = (passages(old), passages(new));
        changes_among(&found(&old), &found(&new), |_| Ok(new.clone())).unwrap()
    }

    /// The lists as `kind now<was`, by numbers.
    fn told(difference: &Difference) -> Vec<String> {
        let number = |id: &str| id.rsplit(':').next().unwrap().to_owned();
        let mut told: Vec<String> = difference
            .kinds()
            .iter()
            .flat_map(|(kind, ids)| ids.iter().map(move |(id, was)| (kind, id, was)))
            .map(|(kind, id, was)| {
                let was = was.map(|was| format!("<{}", number(was)));
                format!("{kind} {}{}", number(id), was.unwrap_or_default())
            })
            .collect();
        told.sort();
        told
    }

    fn texts(list: &str) -> Vec<String> {
        list.split('|').map(str::to_owned).collect()
    }

    #[test]
    fn words_that_are_kept_are_not_new() {
        for (old, new, expected) in [
            (
                "A one.|B two.",
                "X new.|A one.|B two.",
                "moved 2<1,moved 3<2,new 1",
            ),
            ("A one.|B two.|C six.", "A one.|C six.", "gone 2,moved 2<3"),
            ("A one.|A one.|B two.", "A one.|B two.", "gone 2,moved 2<3"),
            (
                "1. A one.|2. B two.",
                "1. X new.|2. A one.|3. B two.",
                "new 1,renumbered 2<1,renumbered 3<2",
            ),
            (
                "A one. B two.|C six.",
                "A one.|B two.|C six.",
                "divided 1<1,divided 2<1,moved 3<2",
            ),
            (
                "A one.|B two.|C six.",
                "A one. B two.|C six.",
                "joined 1<1,joined 1<2,moved 2<3",
            ),
            (
                "1. A one. B two.|2. C six.",
                "1. A one.|2. B two.|3. C six.",
                "divided 1<1,divided 2<1,renumbered 3<2",
            ),
            (
                "1. A one.|2. B two.|3. C six.",
                "1. A one. B two.|2. C six.",
                "joined 1<1,joined 1<2,renumbered 2<3",
            ),
            ("A one.|B two.", "A one.|B ten.", "changed 2"),
            ("12 men left.", "13 men left.", "changed 1"),
        ] {
            let difference = between(&texts(old), &texts(new));
            assert_eq!(told(&difference).join(","), expected, "{old} -> {new}");
        }
    }

    /// What became of an old paragraph, and what was put before it.
    #[derive(Debug, Clone, Copy)]
    enum Edit {
        Keep,
        Delete,
        Reword,
        Divide,
        JoinNext,
        Insert,
        Repeat,
    }

    /// Whence a new paragraph is.
    #[derive(Debug, Clone, PartialEq)]
    enum Origin {
        Whole(usize),
        Part(usize),
        Both(usize, usize),
        Nowhere,
    }

    fn edited(old: &[String], edits: &[Edit]) -> (Vec<String>, Vec<Origin>) {
        let mut made = Vec::new();
        let mut at = 0;
        while at < old.len() {
            let text = &old[at];
            match edits[at] {
                Edit::Keep => made.push((text.clone(), Origin::Whole(at))),
                Edit::Delete => {}
                Edit::Reword => made.push((format!("{text} Reworded."), Origin::Nowhere)),
                Edit::Divide => {
                    let (one, other) = text.split_once(". ").unwrap();
                    made.push((format!("{one}."), Origin::Part(at)));
                    made.push((other.to_owned(), Origin::Part(at)));
                }
                Edit::JoinNext if at + 1 < old.len() => {
                    made.push((format!("{text} {}", old[at + 1]), Origin::Both(at, at + 1)));
                    at += 1;
                }
                Edit::JoinNext => made.push((text.clone(), Origin::Whole(at))),
                Edit::Insert => {
                    made.push((format!("Put in before {at}."), Origin::Nowhere));
                    made.push((text.clone(), Origin::Whole(at)));
                }
                Edit::Repeat => {
                    made.push((text.clone(), Origin::Whole(at)));
                    made.push((text.clone(), Origin::Whole(at)));
                }
            }
            at += 1;
        }
        made.into_iter().unzip()
    }

    /// What is to be told of the paragraphs, given which of several copies the
    /// old one became.
    fn expected(
        origins: &[Origin],
        numbers: (&[u32], &[u32]),
        olds: usize,
        told: &[String],
    ) -> Vec<String> {
        let mut lines = Vec::new();
        let mut left: BTreeSet<usize> = (0..olds).collect();
        let mut new = BTreeSet::new();
        for (at, origin) in origins.iter().enumerate() {
            let (now, pairs) = match origin {
                Origin::Nowhere => (at, vec![]),
                Origin::Whole(old) => {
                    let same_number = numbers.0.get(*old) == numbers.1.get(at);
                    let copies = origins.iter().filter(|o| *o == origin).count();
                    let kind = if same_number { "moved" } else { "renumbered" };
                    let line = format!("{kind} {}<{}", at + 1, old + 1);
                    let stays = same_number && at == *old;
                    let in_place = origins.get(*old) == Some(origin)
                        && numbers.0.get(*old) == numbers.1.get(*old);
                    if stays {
                        left.remove(old);
                        continue;
                    }
                    match copies == 1 || (!in_place && told.contains(&line)) {
                        true => (at, vec![(kind, *old)]),
                        false => (at, vec![]),
                    }
                }
                Origin::Part(old) => (at, vec![("divided", *old)]),
                Origin::Both(one, other) => (at, vec![("joined", *one), ("joined", *other)]),
            };
            if pairs.is_empty() {
                new.insert(now);
            }
            for (kind, old) in pairs {
                left.remove(&old);
                lines.push(format!("{kind} {}<{}", now + 1, old + 1));
            }
        }
        lines.extend(new.iter().map(|at| {
            let kind = if left.remove(at) { "changed" } else { "new" };
            format!("{kind} {}", at + 1)
        }));
        lines.extend(left.iter().map(|at| format!("gone {}", at + 1)));
        lines.sort();
        lines
    }

    fn edit() -> impl Strategy<Value = Edit> {
        prop_oneof![
            4 => Just(Edit::Keep),
            1 => Just(Edit::Delete),
            1 => Just(Edit::Reword),
            1 => Just(Edit::Divide),
            1 => Just(Edit::JoinNext),
            1 => Just(Edit::Insert),
            1 => Just(Edit::Repeat),
        ]
    }

    proptest! {
        /// Whatever was done to a list of paragraphs is what is told.
        #[test]
        fn edits_are_told_as_they_were_made(
            edits in proptest::collection::vec(edit(), 1..12),
            swap in proptest::option::of((0usize..12, 0usize..12)),
            is_numbered in any::<bool>(),
        ) {
            let old: Vec<String> = (0..edits.len())
                .map(|at| format!("Kiln {at} was closed. Nobody was held for {at}."))
                .collect();
            let (mut new, mut origins) = edited(&old, &edits);
            if let Some((a, b)) = swap
                && a.max(b) < new.len()
                && ![a, b].iter().any(|at| matches!(origins[*at], Origin::Part(_)))
                // A swap of parts is no division any more.
                && origins.windows(2).all(|two| two[0] != two[1] || !matches!(two[0], Origin::Part(_)))
            {
                new.swap(a, b);
                origins.swap(a, b);
            }
            let numbered = |texts: &[String]| -> Vec<String> {
                let texts = (1..).zip(texts);
                texts.map(|(n, text)| if is_numbered { format!("{n}. {text}") } else { text.clone() }).collect()
            };
            let difference = between(&numbered(&old), &numbered(&new));
            let numbers = |many: usize| -> Vec<u32> {
                (0..many as u32).map(|n| if is_numbered { n } else { 0 }).collect()
            };
            let told = told(&difference);
            let expected = expected(&origins, (&numbers(old.len()), &numbers(new.len())), old.len(), &told);
            prop_assert_eq!(told, expected, "{:?} -> {:?}", old, new);
        }

        /// A text that stands several times is paired as often as it stands in
        /// both, and each passage is told once.
        #[test]
        fn each_passage_is_told_once(
            old in proptest::collection::vec("[a-c]", 0..9),
            new in proptest::collection::vec("[a-c]", 0..9),
        ) {
            let difference = between(&old, &new);
            let many = |list: &[String], text: &str| list.iter().filter(|t| *t == text).count();
            let kept: usize = ["a", "b", "c"].iter().map(|t| many(&old, t).min(many(&new, t))).sum();
            prop_assert_eq!(difference.same + difference.moved.len(), kept);
            prop_assert_eq!(kept + difference.changed.len() + difference.new.len(), new.len());
            prop_assert_eq!(kept + difference.changed.len() + difference.gone.len(), old.len());
            for Carried { id, was } in &difference.moved {
                let at = |id: &str| id.rsplit(':').next().unwrap().parse::<usize>().unwrap() - 1;
                prop_assert_eq!(&new[at(id)], &old[at(was)]);
            }
        }
    }
}
