//! Measures of how much a slice speaks of a query, and when they rest on too
//! little.

use crate::search::Tally;

/// Where fewer passages than this match, a figure is marked.
pub const FEW_PASSAGES: u64 = 5;
/// Where a group has fewer reports than this, a figure is marked.
pub const FEW_REPORTS: u64 = 20;

/// What is measured of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The matching passages.
    Passages,
    /// The share of passages that match, 0 to 1.
    ShareOfPassages,
    /// The share of reports with a passage that matches, 0 to 1.
    ShareOfReports,
    /// Hits per 100,000 words.
    Rate,
}

impl Measure {
    /// All measures.
    pub const ALL: [Measure; 4] = [
        Measure::Passages,
        Measure::ShareOfPassages,
        Measure::ShareOfReports,
        Measure::Rate,
    ];

    /// The name, as arguments and JSON write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Measure::Passages => "passages",
            Measure::ShareOfPassages => "share-of-passages",
            Measure::ShareOfReports => "share-of-reports",
            Measure::Rate => "rate",
        }
    }

    /// What it is, for titles.
    pub fn title(self) -> &'static str {
        match self {
            Measure::Passages => "passages that match",
            Measure::ShareOfPassages => "share of passages that match",
            Measure::ShareOfReports => "share of reports with a match",
            Measure::Rate => "hits per 100,000 words",
        }
    }

    /// Whether it is a share of one.
    pub fn is_share(self) -> bool {
        matches!(self, Measure::ShareOfPassages | Measure::ShareOfReports)
    }

    /// The measure of what matches (`found`) in a group that holds `all`; none
    /// for a group without reports.
    pub fn of(self, found: &Tally, all: &Tally) -> Option<f64> {
        let share = |n: u64, of: u64| (of > 0).then(|| n as f64 / of as f64);
        match self {
            Measure::Passages => (all.reports > 0).then_some(found.passages as f64),
            Measure::ShareOfPassages => share(found.passages, all.passages),
            Measure::ShareOfReports => share(found.reports, all.reports),
            Measure::Rate => share(found.hits, all.words).map(|r| r * 100_000.0),
        }
    }
}

/// Whether figures of a group rest on little: fewer than [`FEW_PASSAGES`]
/// passages match, or it has fewer than [`FEW_REPORTS`] reports.
pub fn rests_on_few(found: &Tally, all: &Tally) -> bool {
    found.passages < FEW_PASSAGES || all.reports < FEW_REPORTS
}

/// The 0.975 quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// The 95 % score interval of a share of `k` among `n`; none where `n` is 0.
///
/// E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical
/// Inference", Journal of the American Statistical Association 22 (1927),
/// 209-212: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n).
pub fn wilson(k: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let total = n as f64;
    let share = k.min(n) as f64 / total;
    let shrink = 1.0 + Z * Z / total;
    let middle = share + Z * Z / (2.0 * total);
    let spread = Z * (share * (1.0 - share) / total + Z * Z / (4.0 * total * total)).sqrt();
    let low = ((middle - spread) / shrink).max(0.0);
    let high = ((middle + spread) / shrink).min(1.0);
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_of_the_slice() {
        let found = Tally {
            passages: 3,
            hits: 4,
            reports: 2,
            words: 99,
        };
        let all = Tally {
            passages: 12,
            hits: 0,
            reports: 8,
            words: 2000,
        };
        let of = |measure: Measure| measure.of(&found, &all);
        assert_eq!(of(Measure::Passages), Some(3.0));
        assert_eq!(of(Measure::ShareOfPassages), Some(0.25));
        assert_eq!(of(Measure::ShareOfReports), Some(0.25));
        assert_eq!(of(Measure::Rate), Some(200.0));
        for measure in Measure::ALL {
            assert_eq!(measure.of(&found, &Tally::default()), None);
        }
        assert!(rests_on_few(&found, &all));
    }

    #[test]
    fn intervals_are_those_of_the_literature() {
        // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        for (k, n, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let (l, h) = wilson(k, n).unwrap();
            assert!(
                (l - low).abs() < 5e-5 && (h - high).abs() < 5e-5,
                "{k}/{n}: {l} {h}"
            );
        }
        assert_eq!(wilson(20, 20).unwrap().1, 1.0);
        assert_eq!(wilson(0, 0), None);
    }
}
