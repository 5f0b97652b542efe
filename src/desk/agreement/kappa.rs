//! Cohen's kappa of two coders, with the interval that its large-sample
//! standard error gives.
//!
//! With the shares `p[i][j]` of units that the first coder gave code `i` and the
//! second code `j`, their sums `a[i]` and `b[j]`, the share of agreement `po` and
//! what chance would give, `pe = sum(a[i] * b[i])`, kappa is
//! `(po - pe) / (1 - pe)` (Cohen, "A coefficient of agreement for nominal
//! scales", 1960). Its standard error is that of Fleiss, Cohen and Everitt,
//! "Large sample standard errors of kappa and weighted kappa" (1969), formula
//! (13), where kappa is not supposed to be zero.

/// The 97.5th percentile of the normal distribution: 95 % lie within as many
/// standard errors.
const Z: f64 = 1.959_963_984_540_054;

/// Cohen's kappa.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kappa {
    /// Kappa, at most 1.
    pub value: f64,
    /// The share of agreement that chance would give, from 0 to 1.
    pub expected: f64,
    /// Its large-sample standard error; none where it is zero, as where all
    /// agree: the approximation then says nothing.
    pub error: Option<f64>,
}

impl Kappa {
    /// The 95 % confidence interval, within -1 and 1.
    pub fn interval(&self) -> Option<(f64, f64)> {
        let bound = |z: f64| Some((self.value + z * self.error?).clamp(-1.0, 1.0));
        Some((bound(-Z)?, bound(Z)?))
    }
}

/// Kappa of a square table: how many units the first coder gave the code of the
/// row and the second that of the column. None where there is no unit, or where
/// chance alone would give full agreement: both gave one and the same code.
pub fn kappa(table: &[Vec<u64>]) -> Option<Kappa> {
    let all: u64 = table.iter().flatten().sum();
    if all == 0 {
        return None;
    }
    let codes = table.len();
    let share = |i: usize, j: usize| table[i][j] as f64 / all as f64;
    let rows: Vec<f64> = (0..codes)
        .map(|i| (0..codes).map(|j| share(i, j)).sum())
        .collect();
    let columns: Vec<f64> = (0..codes)
        .map(|j| (0..codes).map(|i| share(i, j)).sum())
        .collect();
    // In whole numbers, so that certainty is seen as what it is.
    let row = |i: usize| table[i].iter().sum::<u64>();
    let column = |j: usize| table.iter().map(|row| row[j]).sum::<u64>();
    if (0..codes).any(|i| row(i) == all && column(i) == all) {
        return None;
    }
    let observed: f64 = (0..codes).map(|i| share(i, i)).sum();
    let expected: f64 = (0..codes).map(|i| rows[i] * columns[i]).sum();
    let value = (observed - expected) / (1.0 - expected);
    let rest = 1.0 - value;
    let (mut agree, mut differ) = (0.0, 0.0);
    for i in 0..codes {
        agree += share(i, i) * (1.0 - (rows[i] + columns[i]) * rest).powi(2);
        for j in (0..codes).filter(|j| *j != i) {
            differ += share(i, j) * (columns[i] + rows[j]).powi(2);
        }
    }
    let chance = (value - expected * rest).powi(2);
    let variance = (agree + rest * rest * differ - chance)
        / (all as f64 * (1.0 - expected) * (1.0 - expected));
    Some(Kappa {
        value,
        expected,
        error: (variance > 1e-12).then(|| variance.sqrt()),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn table(rows: &[&[u64]]) -> Vec<Vec<u64>> {
        rows.iter().map(|row| row.to_vec()).collect()
    }

    #[test]
    fn published_examples() {
        for (rows, expected, value, error) in [
            // Cohen 1960, table 2: kappa .492 of .70 agreement, .41 by chance.
            (
                table(&[&[88, 14, 18], &[10, 40, 10], &[2, 6, 12]]),
                0.41,
                0.492,
                0.0510,
            ),
            // Fleiss, Levin and Paik, "Statistical Methods for Rates and
            // Proportions" (2003), table 18.1: kappa .68, from .50 to .85.
            (
                table(&[&[75, 1, 4], &[5, 4, 1], &[0, 0, 10]]),
                0.66,
                0.676,
                0.0877,
            ),
        ] {
            let kappa = kappa(&rows).unwrap();
            assert!((kappa.expected - expected).abs() < 0.005, "{kappa:?}");
            assert!((kappa.value - value).abs() < 0.0006, "{kappa:?}");
            assert!((kappa.error.unwrap() - error).abs() < 0.00006, "{kappa:?}");
        }
    }

    #[test]
    fn no_kappa_where_nothing_can_differ() {
        assert_eq!(kappa(&[]), None);
        assert_eq!(kappa(&table(&[&[0, 0], &[0, 0]])), None);
        assert_eq!(kappa(&table(&[&[9, 0], &[0, 0]])), None);
        let all = kappa(&table(&[&[5, 0], &[0, 4]])).unwrap();
        assert_eq!((all.value, all.error, all.interval()), (1.0, None, None));
        // One coder gave one code only: agreement is what chance gives.
        assert_eq!(kappa(&table(&[&[5, 3], &[0, 0]])).unwrap().value, 0.0);
    }

    proptest! {
        #[test]
        fn coders_and_codes_may_change_places(cells in prop::collection::vec(0u64..9, 9)) {
            let rows: Vec<Vec<u64>> = cells.chunks(3).map(<[u64]>::to_vec).collect();
            let turned: Vec<Vec<u64>> = (0..3).map(|j| (0..3).map(|i| rows[i][j]).collect()).collect();
            let renamed: Vec<Vec<u64>> = (0..3).map(|i| (0..3).map(|j| rows[2 - i][2 - j]).collect()).collect();
            let first = kappa(&rows);
            for other in [kappa(&turned), kappa(&renamed)] {
                prop_assert_eq!(first.is_some(), other.is_some());
                if let (Some(a), Some(b)) = (first, other) {
                    prop_assert!((a.value - b.value).abs() < 1e-12);
                    prop_assert!((a.error.unwrap_or(0.0) - b.error.unwrap_or(0.0)).abs() < 1e-6);
                    prop_assert!(a.value <= 1.0 && a.value >= -1.0 - 1e-12);
                }
            }
        }
    }
}
