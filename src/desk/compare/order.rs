//! Which pairs of paragraphs keep the order, so that as few words as possible
//! are said to have moved.

/// A pair of paragraphs that are in the same section of both editions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    /// Its place in the old edition.
    pub(super) old: usize,
    /// Its place in the new one.
    pub(super) new: usize,
    /// How many words it has.
    pub(super) words: u64,
}

/// Whether each pair keeps the order. Pairs that do have places that rise in
/// both editions; they are the increasing subsequence with the most words (the
/// longest, weighed), and of several such the one that ends first.
pub(super) fn in_order(pairs: &[Placed]) -> Vec<bool> {
    let mut by_place: Vec<usize> = (0..pairs.len()).collect();
    by_place.sort_by_key(|at| pairs[*at].old);
    // The most words of a sequence that ends here, and the pair before it.
    let mut best: Vec<(u64, Option<usize>)> = Vec::with_capacity(pairs.len());
    for (i, at) in by_place.iter().enumerate() {
        let before = (0..i).filter(|j| pairs[by_place[*j]].new < pairs[*at].new);
        let before = before.max_by_key(|j| (best[*j].0, std::cmp::Reverse(*j)));
        let words = before.map_or(0, |j| best[j].0) + pairs[*at].words.max(1);
        best.push((words, before));
    }
    let mut keeps = vec![false; pairs.len()];
    let mut next = (0..best.len()).max_by_key(|i| (best[*i].0, std::cmp::Reverse(*i)));
    while let Some(i) = next {
        keeps[by_place[i]] = true;
        next = best[i].1;
    }
    keeps
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn no_other_order_keeps_more_words(
            (news, words) in proptest::collection::vec(1u64..9, 0..9).prop_flat_map(|words| {
                let places: Vec<usize> = (0..words.len()).collect();
                (proptest::strategy::Just(places).prop_shuffle(), proptest::strategy::Just(words))
            }),
        ) {
            let pairs: Vec<Placed> = news
                .iter()
                .zip(&words)
                .enumerate()
                .map(|(old, (new, words))| Placed { old, new: *new, words: *words })
                .collect();
            let rises = |kept: &[Placed]| kept.windows(2).all(|two| two[0].new < two[1].new);
            let of = |set: usize| -> Vec<Placed> {
                (0..pairs.len()).filter(|i| set >> i & 1 == 1).map(|i| pairs[i]).collect()
            };
            let words = |kept: &[Placed]| kept.iter().map(|p| p.words).sum::<u64>();
            let most = (0..1usize << pairs.len()).map(of).filter(|k| rises(k)).map(|k| words(&k)).max();
            let keeps = in_order(&pairs);
            let kept: Vec<Placed> = pairs.iter().zip(keeps).filter(|(_, k)| *k).map(|(p, _)| *p).collect();
            proptest::prop_assert!(rises(&kept));
            proptest::prop_assert_eq!(Some(words(&kept)), most);
        }
    }
    use proptest::strategy::Strategy;
}
