//! Which paragraph of an edition became which paragraph of another.
//!
//! Paragraphs with the same words are paired first: those of one section, then
//! those of others, in order. Of the rest two may be paired where they are
//! similar: twice the words that stand in both in order, as a share of all, words
//! of grammar weighing a quarter. Of all pairs that may be made those are made
//! that are worth most together; a pair in one section is worth a little more.

use rustc_hash::FxHashMap;

use super::Verdict;
use super::assign::{Edge, assign};
use super::divisions::{Division, exact};
use super::words::{Vocabulary, Worded, of_content};

/// The least similarity of two paragraphs that are said to be one, reworded.
///
/// Measured on the UN General Debate: of 7,400 paragraphs of 1979, 5 have one so
/// similar in a speech of another country in that year, which was written apart
/// (courtesies for the most part); of 7,251, 59 have one in the speech of their own
/// country in 1980. From 0.4 on it would be 20 and 102.
pub const REWORDED: f64 = 0.5;

/// How many words that are no grammar a reworded paragraph keeps at least: two
/// short ones are soon half alike.
pub const KEPT_WORDS: u32 = 3;

/// The least share of a paragraph that stands in another one which is no pair of
/// it, where they were joined or divided.
pub const PART: f64 = 0.8;

/// How many words that are no grammar such a part has at least.
pub const PART_WORDS: u32 = 5;

/// How many paragraphs of the other edition are looked at closely for each, those
/// with the most words in common in any order: where a table or a form was read
/// as paragraphs, each is like each.
const CANDIDATES: usize = 64;

/// What a pair is worth beyond its similarity where both are in one section, and
/// where they stand at the same place of their sections at most.
const SAME_SECTION: f64 = 0.1;
const SAME_PLACE: f64 = 0.02;

/// A paragraph with where it stands.
#[derive(Debug)]
pub(super) struct Unit<'t> {
    /// The key of its section, as ids have it.
    pub(super) section: &'t str,
    /// How far in its section it stands, from 0 to 1.
    pub(super) place: f64,
    /// The number that is printed before it, in small letters.
    pub(super) number: Option<String>,
    /// How many words that number has.
    pub(super) number_words: u64,
    /// The words behind it.
    pub(super) words: Worded,
}

/// Two paragraphs that are one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair {
    /// The one in the old edition.
    pub(super) old: usize,
    /// The one in the new edition.
    pub(super) new: usize,
    /// What became of it, if it is in its place.
    pub(super) verdict: Verdict,
    /// How similar they are, from 0 to 1.
    pub(super) similarity: f64,
    /// How many words stand in both in order.
    pub(super) common: u64,
}

/// The pairs of two editions, each paragraph in one at most, in order of the old
/// one; and the wholes that were cut into parts of the same words, of which the
/// first is in a pair.
pub(super) fn pairs(
    old: &[Unit<'_>],
    new: &[Unit<'_>],
    vocabulary: &Vocabulary,
) -> (Vec<Pair>, [Vec<Division>; 2]) {
    let mut pairs = same(old, new);
    let free = Free::of(old.len(), new.len(), &pairs);
    let divided = exact(old, new, &free.old, &free.new);
    pairs.extend(divided.iter().map(|division| {
        let (whole, part) = (division.whole, division.parts.start);
        paired(old, new, (whole, part), Verdict::Divided, &new[part])
    }));
    let free = Free::of(old.len(), new.len(), &pairs);
    let in_parts = |divisions: &[Division], at| divisions.iter().any(|d| d.parts.contains(&at));
    let new_free: Vec<bool> = (0..new.len())
        .map(|at| free.new[at] && !in_parts(&divided, at))
        .collect();
    let joined = exact(new, old, &new_free, &free.old);
    pairs.extend(joined.iter().map(|division| {
        let (whole, part) = (division.whole, division.parts.start);
        paired(old, new, (part, whole), Verdict::Joined, &old[part])
    }));
    let mut free = Free::of(old.len(), new.len(), &pairs);
    divided
        .iter()
        .for_each(|division| free.new[division.parts.clone()].fill(false));
    joined
        .iter()
        .for_each(|division| free.old[division.parts.clone()].fill(false));
    pairs.extend(similar(old, new, &free, vocabulary));
    pairs.sort_by_key(|pair| pair.old);
    (pairs, [joined, divided])
}

/// A whole and the first of its parts as a pair.
fn paired(
    old: &[Unit<'_>],
    new: &[Unit<'_>],
    (o, n): (usize, usize),
    verdict: Verdict,
    part: &Unit<'_>,
) -> Pair {
    Pair {
        old: o,
        new: n,
        verdict,
        similarity: old[o].words.similarity(&new[n].words, part.words.weight()),
        common: part.words.words.len() as u64 + common_number(&old[o], &new[n]),
    }
}

/// How many words the numbers of two paragraphs have in common: a number counts
/// as kept where it is another one.
fn common_number(one: &Unit<'_>, other: &Unit<'_>) -> u64 {
    one.number_words.min(other.number_words)
}

/// The pairs of similar paragraphs among those that are free.
fn similar(old: &[Unit<'_>], new: &[Unit<'_>], free: &Free, vocabulary: &Vocabulary) -> Vec<Pair> {
    let news = free.news();
    let mut edges = Vec::new();
    let mut found = Vec::new();
    for o in free.olds() {
        for n in candidates(&old[o], new, &news, vocabulary) {
            if let Some(pair) = reworded(old, new, (o, n), vocabulary) {
                edges.push(Edge {
                    old: o,
                    new: n,
                    worth: worth(&old[o], &new[n], pair.similarity),
                });
                found.push(pair);
            }
        }
    }
    assign(&edges).into_iter().map(|at| found[at]).collect()
}

/// The paragraphs of the old edition, or of the new one, that are in no pair and
/// stand as a part in one of the other: the two, in order.
pub(super) fn parts(
    of: &[Unit<'_>],
    others: &[Unit<'_>],
    alone: impl Fn(usize) -> bool,
    vocabulary: &Vocabulary,
) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    for (at, unit) in of.iter().enumerate().filter(|(at, _)| alone(*at)) {
        let enough = |weight| weight >= of_content(PART_WORDS) && unit.words.share(weight) >= PART;
        let wholes = others.iter().enumerate().filter_map(|(whole, other)| {
            enough(vocabulary.bound(&unit.words, &other.words)).then_some(())?;
            let weight = vocabulary.common(&unit.words, &other.words).weight;
            enough(weight).then_some((weight, std::cmp::Reverse(whole)))
        });
        parts.extend(wholes.max().map(|(_, whole)| (at, whole.0)));
    }
    parts
}

/// The pairs of paragraphs with the same words.
fn same(old: &[Unit<'_>], new: &[Unit<'_>]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    // In one section first, then wherever they are.
    for in_section in [true, false] {
        let free = Free::of(old.len(), new.len(), &pairs);
        let key = |unit: &Unit<'_>| {
            let (words, sign) = unit.words.key();
            let section = if in_section { unit.section } else { "" };
            (words.to_vec(), sign, section.to_owned())
        };
        let mut waiting: FxHashMap<_, std::collections::VecDeque<usize>> = FxHashMap::default();
        for n in free.news() {
            waiting.entry(key(&new[n])).or_default().push_back(n);
        }
        for o in free.olds() {
            let first = waiting.get_mut(&key(&old[o]));
            pairs.extend(first.and_then(|news| news.pop_front()).map(|n| Pair {
                old: o,
                new: n,
                verdict: match old[o].number == new[n].number {
                    true => Verdict::Kept,
                    false => Verdict::Renumbered,
                },
                similarity: 1.0,
                common: old[o].words.words.len() as u64 + common_number(&old[o], &new[n]),
            }));
        }
    }
    pairs
}

/// The paragraphs that may be similar enough to one, the likeliest first: no
/// other can be, but where there are very many.
fn candidates(
    one: &Unit<'_>,
    new: &[Unit<'_>],
    news: &[usize],
    vocabulary: &Vocabulary,
) -> Vec<usize> {
    let mut likely: Vec<(u64, usize)> = Vec::new();
    for n in news {
        let other = &new[*n];
        let bound = vocabulary.bound(&one.words, &other.words);
        if is_enough(&one.words, &other.words, bound) {
            let similarity = one.words.similarity(&other.words, bound);
            likely.push((worth(one, other, similarity), *n));
        }
    }
    likely.sort_by_key(|(worth, n)| (std::cmp::Reverse(*worth), *n));
    likely.truncate(CANDIDATES);
    likely.into_iter().map(|(_, n)| n).collect()
}

/// Whether so much in common is enough for a pair.
fn is_enough(one: &Worded, other: &Worded, weight: u32) -> bool {
    weight >= of_content(KEPT_WORDS) && one.similarity(other, weight) >= REWORDED
}

/// Two paragraphs as a pair, where they are similar enough.
fn reworded(
    old: &[Unit<'_>],
    new: &[Unit<'_>],
    (o, n): (usize, usize),
    vocabulary: &Vocabulary,
) -> Option<Pair> {
    let (one, other) = (&old[o].words, &new[n].words);
    let common = vocabulary.common(one, other);
    is_enough(one, other, common.weight).then(|| Pair {
        old: o,
        new: n,
        verdict: Verdict::Reworded,
        similarity: one.similarity(other, common.weight),
        common: u64::from(common.words) + common_number(&old[o], &new[n]),
    })
}

/// What a pair is worth, in millionths.
fn worth(old: &Unit<'_>, new: &Unit<'_>, similarity: f64) -> u64 {
    let mut worth = similarity;
    if old.section == new.section {
        worth += SAME_SECTION + SAME_PLACE * (1.0 - (old.place - new.place).abs());
    }
    (worth * 1e6).round() as u64
}

/// The paragraphs that are in no pair yet.
struct Free {
    old: Vec<bool>,
    new: Vec<bool>,
}

impl Free {
    fn of(old: usize, new: usize, pairs: &[Pair]) -> Self {
        let mut free = Free {
            old: vec![true; old],
            new: vec![true; new],
        };
        for pair in pairs {
            free.old[pair.old] = false;
            free.new[pair.new] = false;
        }
        free
    }

    fn olds(&self) -> Vec<usize> {
        (0..self.old.len()).filter(|at| self.old[*at]).collect()
    }

    fn news(&self) -> Vec<usize> {
        (0..self.new.len()).filter(|at| self.new[*at]).collect()
    }
}
