//! Which passages moved: the same text under another id, by the hashes alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::{PassageId, ReportId};

/// The largest table of ways to pair texts that stand several times, in cells;
/// beyond it they are paired as they come.
const MAX_CELLS: usize = 1_000_000;

/// A passage by its id and the hash of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hashed<'a> {
    pub(super) id: &'a PassageId,
    pub(super) hash: &'a str,
}

/// How near two passages are that may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Section,
    Report,
    /// Another year of the same series and country.
    Editions,
}

/// Pairs of an old and a new passage that say the same, by their places in the
/// lists. Each passage is in one pair at most: those of one section are paired
/// first, then those of one report, then those of one country and series. A text
/// that stands several times is paired in order, the nearest numbers first.
pub(super) fn moves(olds: &[Hashed<'_>], news: &[Hashed<'_>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut free: [BTreeSet<usize>; 2] = [(0..olds.len()).collect(), (0..news.len()).collect()];
    for scope in [Scope::Section, Scope::Report, Scope::Editions] {
        let [old_groups, mut new_groups] =
            [(olds, &free[0]), (news, &free[1])].map(|(all, free)| groups(all, free, scope));
        for (key, here) in old_groups {
            let there = new_groups.remove(&key).unwrap_or_default();
            for (old, new) in in_order(olds, news, &here, &there) {
                free[0].remove(&old);
                free[1].remove(&new);
                pairs.push((old, new));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Whether two passages are in reports of one country and series, or both are
/// records.
pub(super) fn are_editions(one: &PassageId, other: &PassageId) -> bool {
    place(one, Scope::Editions) == place(other, Scope::Editions)
}

/// What passages have in common that may be one: the hash and the place.
type Key<'a> = (&'a str, Option<String>, Option<&'a str>);

fn groups<'a>(
    all: &[Hashed<'a>],
    free: &BTreeSet<usize>,
    scope: Scope,
) -> BTreeMap<Key<'a>, Vec<usize>> {
    let mut groups = BTreeMap::<Key<'a>, Vec<usize>>::new();
    for at in free {
        let one = all[*at];
        let (place, section) = place(one.id, scope);
        groups
            .entry((one.hash, place, section))
            .or_default()
            .push(*at);
    }
    for group in groups.values_mut() {
        group.sort_by_key(|at| all[*at].id);
    }
    groups
}

fn place(id: &PassageId, scope: Scope) -> (Option<String>, Option<&str>) {
    match (&id.report, scope) {
        (report, Scope::Section) => (Some(report.to_string()), Some(&id.section)),
        (report, Scope::Report) => (Some(report.to_string()), None),
        (ReportId::Record(_), Scope::Editions) => (None, None),
        (ReportId::Edition { series, name, .. }, Scope::Editions) => {
            (Some(format!("{series} {name}")), None)
        }
    }
}

/// Pairs two groups so that no two pairs cross and the numbers differ least.
fn in_order(
    olds: &[Hashed<'_>],
    news: &[Hashed<'_>],
    here: &[usize],
    there: &[usize],
) -> Vec<(usize, usize)> {
    let cells = here.len().saturating_mul(there.len());
    if here.len() == there.len() || cells > MAX_CELLS {
        return here.iter().copied().zip(there.iter().copied()).collect();
    }
    let distance = |old: usize, new: usize| -> u64 {
        u64::from(olds[old].id.number.abs_diff(news[new].id.number))
    };
    if here.len() < there.len() {
        return spread(here, there, distance);
    }
    let flipped = spread(there, here, |new, old| distance(old, new));
    flipped.into_iter().map(|(new, old)| (old, new)).collect()
}

/// A partner for each of the few among the many, in order, so that the distances
/// are least in all.
fn spread(
    few: &[usize],
    many: &[usize],
    distance: impl Fn(usize, usize) -> u64,
) -> Vec<(usize, usize)> {
    let width = many.len() + 1;
    // The least distance of the first few among the first many.
    let mut least = vec![u64::MAX; (few.len() + 1) * width];
    least[..width].fill(0);
    for i in 1..=few.len() {
        for j in i..width {
            let paired =
                least[(i - 1) * width + j - 1].saturating_add(distance(few[i - 1], many[j - 1]));
            least[i * width + j] = paired.min(least[i * width + j - 1]);
        }
    }
    let mut pairs = Vec::with_capacity(few.len());
    let (mut i, mut j) = (few.len(), many.len());
    while i > 0 {
        if j > i && least[i * width + j - 1] == least[i * width + j] {
            j -= 1;
            continue;
        }
        pairs.push((few[i - 1], many[j - 1]));
        (i, j) = (i - 1, j - 1);
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paired(olds: &[(&str, &str)], news: &[(&str, &str)]) -> Vec<String> {
        let ids = |list: &[(&str, &str)]| -> Vec<PassageId> {
            list.iter().map(|(id, _)| id.parse().unwrap()).collect()
        };
        let (old_ids, new_ids) = (ids(olds), ids(news));
        let old: Vec<Hashed<'_>> = old_ids
            .iter()
            .zip(olds)
            .map(|(id, (_, hash))| Hashed { id, hash })
            .collect();
        let new: Vec<Hashed<'_>> = new_ids
            .iter()
            .zip(news)
            .map(|(id, (_, hash))| Hashed { id, hash })
            .collect();
        let pairs = moves(&old, &new);
        pairs
            .into_iter()
            .map(|(o, n)| format!("{} {}", old_ids[o], new_ids[n]))
            .collect()
    }

    #[test]
    fn each_text_is_paired_once_the_nearest_first() {
        for (olds, news, expected) in [
            (
                &[("tip-2020-khm:a:1", "x"), ("tip-2020-khm:a:2", "y")][..],
                &[("tip-2020-khm:a:2", "x"), ("tip-2020-khm:b:1", "y")][..],
                &[
                    "tip-2020-khm:a:1 tip-2020-khm:a:2",
                    "tip-2020-khm:a:2 tip-2020-khm:b:1",
                ][..],
            ),
            // Two of one text and one of it: one pair, the nearer.
            (
                &[("tip-2020-khm:a:2", "x"), ("tip-2020-khm:a:9", "x")],
                &[("tip-2020-khm:a:10", "x")],
                &["tip-2020-khm:a:9 tip-2020-khm:a:10"],
            ),
            // In order, although both are nearest to the last.
            (
                &[("tip-2020-khm:a:10", "x"), ("tip-2020-khm:a:9", "x")],
                &[
                    ("tip-2020-khm:a:2", "x"),
                    ("tip-2020-khm:a:11", "x"),
                    ("tip-2020-khm:a:12", "x"),
                ],
                &[
                    "tip-2020-khm:a:10 tip-2020-khm:a:12",
                    "tip-2020-khm:a:9 tip-2020-khm:a:11",
                ],
            ),
            // Another year of the country, but no other country.
            (
                &[("tip-2019-khm:a:1", "x"), ("tip-2019-ken:a:1", "y")],
                &[("tip-2020-khm:a:1", "x"), ("tip-2019-khm:a:1", "y")],
                &["tip-2019-khm:a:1 tip-2020-khm:a:1"],
            ),
            (
                &[("doc-a:text:1", "x")],
                &[("doc-b:text:1", "x"), ("doc-c:text:1", "x")],
                &["doc-a:text:1 doc-b:text:1"],
            ),
        ] {
            assert_eq!(paired(olds, news), expected);
        }
    }
}
