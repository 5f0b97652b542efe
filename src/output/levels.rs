//! Counts as a few levels, for strips of characters and maps of colours.

/// The levels of counts from 1 to a greatest one.
///
/// Up to as many counts as there are levels have one each; more share them, in
/// steps that grow by the same factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levels {
    /// The greatest count of each level.
    ends: Vec<u64>,
}

impl Levels {
    /// At most `levels` levels for counts up to `greatest`; none where that is 0.
    pub fn new(greatest: u64, levels: usize) -> Self {
        let steps = (levels as u64).min(greatest);
        let mut ends: Vec<u64> = Vec::new();
        for step in 1..=steps {
            let shared = (greatest as f64).powf(step as f64 / steps as f64);
            let end = match greatest <= levels as u64 || step == steps {
                true => greatest - (steps - step),
                false => (shared + 1e-9) as u64,
            };
            // Every level holds a count, and leaves one to each above it.
            let least = ends.last().map_or(1, |last| last + 1);
            ends.push(end.max(least).min(greatest - (steps - step)));
        }
        Levels { ends }
    }

    /// How many levels there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The level of a count, from 0; none for 0. A count above the greatest is
    /// on the last.
    pub fn of(&self, count: u64) -> Option<usize> {
        let level = self.ends.partition_point(|end| *end < count);
        (count > 0 && !self.is_empty()).then(|| level.min(self.len() - 1))
    }

    /// The counts of each level as `1`, `2-3` ...
    pub fn ranges(&self) -> Vec<String> {
        let starts = std::iter::once(1).chain(self.ends.iter().map(|end| end + 1));
        let ranges = starts.zip(&self.ends);
        ranges
            .map(|(start, end)| match start == *end {
                true => super::text::grouped(start),
                false => format!(
                    "{}-{}",
                    super::text::grouped(start),
                    super::text::grouped(*end)
                ),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn few_counts_have_a_level_each() {
        assert_eq!(Levels::new(3, 8).ranges(), ["1", "2", "3"]);
        assert_eq!(
            Levels::new(256, 8).ranges(),
            [
                "1-2", "3-4", "5-8", "9-16", "17-32", "33-64", "65-128", "129-256"
            ]
        );
        assert_eq!(
            Levels::new(9, 8).ranges(),
            ["1", "2", "3", "4", "5", "6", "7", "8-9"]
        );
        assert!(Levels::new(0, 8).is_empty());
        assert_eq!(Levels::new(0, 8).of(1), None);
    }

    proptest! {
        #[test]
        fn every_count_has_a_level_and_every_level_counts(
            greatest in 1u64..100_000, levels in 1usize..10, count in 1u64..100_000,
        ) {
            let scale = Levels::new(greatest, levels);
            prop_assert_eq!(scale.len() as u64, greatest.min(levels as u64));
            prop_assert!(scale.ends.windows(2).all(|w| w[0] < w[1]));
            prop_assert_eq!(scale.ends.last(), Some(&greatest));
            let level = scale.of(count.min(greatest)).unwrap();
            prop_assert!(count.min(greatest) <= scale.ends[level]);
            prop_assert!(level == 0 || count.min(greatest) > scale.ends[level - 1]);
            prop_assert_eq!(scale.of(0), None);
        }
    }
}
