//! Drawing samples that anyone can draw again.
//!
//! Every item has a permanent random number: the SHA-256 of the seed and its
//! name. A sample is the items with the least numbers (Ohlsson, "Coordination of
//! samples using permanent random numbers", 1995). So it depends on nothing but
//! the seed and the names: not on the order of the items, the machine or the
//! version, and where items are added to the corpus most of a sample stays.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// Draws at most `number` items by a seed, each with the same chance; they come
/// in the order that they had.
///
/// ```
/// use pincite::desk::draw::draw;
/// let names: Vec<String> = (0..100).map(|n| n.to_string()).collect();
/// let sample = draw(&names, 5, 7, String::clone);
/// assert_eq!(sample.len(), 5);
/// let backwards: Vec<String> = names.iter().rev().cloned().collect();
/// let mut again = draw(&backwards, 5, 7, String::clone);
/// again.reverse();
/// assert_eq!(sample, again);
/// ```
pub fn draw<T: Clone>(
    items: &[T],
    number: usize,
    seed: u64,
    name: impl Fn(&T) -> String,
) -> Vec<T> {
    let drawn = places(items.iter().map(name), number, seed);
    drawn.into_iter().map(|at| items[at].clone()).collect()
}

/// Draws at most `number` items, as many from each stratum as its share of all
/// items asks for (proportional allocation by largest remainders, each stratum
/// at least one while there are enough); they come in the order that they had.
pub fn draw_stratified<T: Clone>(
    items: &[T],
    number: usize,
    seed: u64,
    name: impl Fn(&T) -> String,
    stratum: impl Fn(&T) -> String,
) -> Vec<T> {
    let mut strata: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        strata.entry(stratum(item)).or_default().push(at);
    }
    let sizes: Vec<usize> = strata.values().map(Vec::len).collect();
    let mut drawn: Vec<usize> = Vec::with_capacity(number.min(items.len()));
    for (places_of, share) in strata.values().zip(shares(&sizes, number)) {
        let names = places_of.iter().map(|at| name(&items[*at]));
        drawn.extend(places(names, share, seed).into_iter().map(|i| places_of[i]));
    }
    drawn.sort_unstable();
    drawn.into_iter().map(|at| items[at].clone()).collect()
}

/// How many of `number` each stratum of some sizes gets.
fn shares(sizes: &[usize], number: usize) -> Vec<usize> {
    let all: usize = sizes.iter().sum();
    let number = number.min(all);
    // One for each while there are enough; the largest strata come first.
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(sizes[*at]));
    let mut shares = vec![0; sizes.len()];
    order.iter().take(number).for_each(|at| shares[*at] = 1);
    let mut left = number - shares.iter().sum::<usize>();
    // Then the next always goes where most is missing of the exact share.
    while left > 0 {
        let missing = |at: &usize| {
            let exact = number as f64 * sizes[*at] as f64 / all as f64;
            exact - shares[*at] as f64
        };
        let open = order.iter().filter(|at| shares[**at] < sizes[**at]);
        let next = open.max_by(|a, b| missing(a).total_cmp(&missing(b)).then(b.cmp(a)));
        let Some(next) = next else { break };
        shares[*next] += 1;
        left -= 1;
    }
    shares
}

/// The places of the items that are drawn, in order.
fn places(names: impl Iterator<Item = String>, number: usize, seed: u64) -> Vec<usize> {
    let mut numbered: Vec<([u8; 32], usize)> = names
        .enumerate()
        .map(|(at, name)| {
            let mut digest = Sha256::new();
            digest.update(seed.to_le_bytes());
            digest.update(name.as_bytes());
            (digest.finalize().into(), at)
        })
        .collect();
    numbered.sort_unstable();
    let mut drawn: Vec<usize> = numbered
        .into_iter()
        .take(number)
        .map(|(_, at)| at)
        .collect();
    drawn.sort_unstable();
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn shares_are_fair(sizes in proptest::collection::vec(1usize..60, 1..12), number in 0usize..200) {
            let shares = shares(&sizes, number);
            let all: usize = sizes.iter().sum();
            proptest::prop_assert_eq!(shares.iter().sum::<usize>(), number.min(all));
            for (share, size) in shares.iter().zip(&sizes) {
                proptest::prop_assert!(share <= size);
                proptest::prop_assert!(*share > 0 || number < sizes.len());
            }
        }

        #[test]
        fn a_larger_sample_holds_the_smaller(number in 0usize..50, more in 0usize..50, seed in 0u64..9) {
            let items: Vec<usize> = (0..80).collect();
            let small = draw(&items, number, seed, usize::to_string);
            let large = draw(&items, number + more, seed, usize::to_string);
            proptest::prop_assert_eq!(small.len(), number);
            proptest::prop_assert!(small.iter().all(|item| large.contains(item)));
            proptest::prop_assert!(large.is_sorted());
        }
    }

    #[test]
    fn every_item_is_drawn_as_often_as_another() {
        let items: Vec<usize> = (0..20).collect();
        let mut drawn = [0; 20];
        for seed in 0..2000 {
            draw(&items, 5, seed, usize::to_string)
                .into_iter()
                .for_each(|i| drawn[i] += 1);
        }
        // 500 each, with a standard deviation below 20.
        assert!(drawn.iter().all(|n| (420..580).contains(n)), "{drawn:?}");
    }

    #[test]
    fn strata_come_by_their_size() {
        let items: Vec<(char, usize)> = "aaaaaaaabbbbc".chars().zip(0..).collect();
        let sample = draw_stratified(&items, 6, 1, |i| i.1.to_string(), |i| i.0.to_string());
        let of = |c| sample.iter().filter(|i| i.0 == c).count();
        assert_eq!((of('a'), of('b'), of('c')), (3, 2, 1));
        assert!(sample.is_sorted_by_key(|i| i.1));
    }
}
