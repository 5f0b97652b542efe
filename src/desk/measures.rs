//! Measures of how words are spread: what is special about a part, and what
//! goes together. `docs/measures.md` has them all in one place.
//!
//! Logarithms of effect sizes are to base 2, those of G2 natural. A count of 0
//! adds nothing to G2, as `x ln x` goes to 0 with `x`.

/// How often a word stands in a part (`a`) and in another (`b`), which have `c`
/// and `d` words in all: log-likelihood G2, from 0.
///
/// ```text
/// G2 = 2 (a ln(a / E1) + b ln(b / E2))   E1 = c (a + b) / (c + d)   E2 = d (a + b) / (c + d)
/// ```
///
/// Rayson and Garside, "Comparing corpora using frequency profiling", 2000. It
/// is distributed about as chi-square with one degree of freedom where the parts
/// do not differ.
///
/// ```
/// use pincite::desk::measures::keyness_g2;
/// // E1 = E2 = 75: 2 (100 ln(100/75) + 50 ln(50/75))
/// assert!((keyness_g2(100, 50, 10_000, 10_000) - 16.990).abs() < 0.001);
/// assert_eq!(keyness_g2(3, 30, 100, 1000), 0.0);
/// ```
pub fn keyness_g2(a: u64, b: u64, c: u64, d: u64) -> f64 {
    let [a, b, c, d] = [a, b, c, d].map(|n| n as f64);
    let share = (a + b) / (c + d);
    not_negative(2.0 * (part(a, c * share) + part(b, d * share)))
}

/// Log ratio: how many times a word's share doubles from the second part to the
/// first; counts and sizes as in [`keyness_g2`]. A count of 0 is taken for 0.5.
///
/// ```text
/// LR = log2((a / c) / (b / d))
/// ```
///
/// Hardie, "Log Ratio: an informal introduction", 2014.
///
/// ```
/// use pincite::desk::measures::log_ratio;
/// assert_eq!(log_ratio(8, 2, 100, 100), 2.0);
/// assert_eq!(log_ratio(0, 8, 100, 100), -4.0);
/// ```
pub fn log_ratio(a: u64, b: u64, c: u64, d: u64) -> f64 {
    let count = |n: u64| if n == 0 { 0.5 } else { n as f64 };
    ((count(a) / c.max(1) as f64) / (count(b) / d.max(1) as f64)).log2()
}

/// %DIFF: by how many percent of its share in the second part a word's share in
/// the first differs; none where the second has none of it.
///
/// ```text
/// %DIFF = 100 (a / c - b / d) / (b / d)
/// ```
///
/// Gabrielatos and Marchi, "Keyness: matching metrics to definitions", 2011.
///
/// ```
/// use pincite::desk::measures::percent_diff;
/// assert_eq!(percent_diff(8, 2, 100, 100), Some(300.0));
/// assert_eq!(percent_diff(8, 0, 100, 100), None);
/// ```
pub fn percent_diff(a: u64, b: u64, c: u64, d: u64) -> Option<f64> {
    let share = |n: u64, of: u64| n as f64 / of.max(1) as f64;
    (b > 0).then(|| 100.0 * (share(a, c) - share(b, d)) / share(b, d))
}

/// Log-likelihood G2 of a table of two by two, from 0: `o11` units have both of
/// two things, `r1` the first, `c1` the second, and there are `n`.
///
/// ```text
/// G2 = 2 sum O ln(O / E)   E = row total * column total / n
/// ```
///
/// Dunning, "Accurate methods for the statistics of surprise and coincidence",
/// 1993.
///
/// ```
/// use pincite::desk::measures::table_g2;
/// // `the swiss` in table 1 of that paper
/// assert!((table_g2(110, 110 + 2442, 110 + 111, 31_777) - 270.72).abs() < 0.01);
/// ```
pub fn table_g2(o11: u64, r1: u64, c1: u64, n: u64) -> f64 {
    let [o11, r1, c1, n] = [o11, r1, c1, n].map(|n| n as f64);
    let (r2, c2) = (n - r1, n - c1);
    let cells = [
        (o11, r1 * c1),
        (r1 - o11, r1 * c2),
        (c1 - o11, r2 * c1),
        (r2 - (c1 - o11), r2 * c2),
    ];
    let sum: f64 = cells.iter().map(|(o, e)| part(*o, e / n)).sum();
    not_negative(2.0 * sum)
}

/// Mutual information of two things in a table as [`table_g2`] takes it; none
/// where they are never together.
///
/// ```text
/// MI = log2(O11 n / (R1 C1))
/// ```
///
/// Church and Hanks, "Word association norms, mutual information, and
/// lexicography", 1990.
///
/// ```
/// use pincite::desk::measures::mutual_information;
/// assert_eq!(mutual_information(4, 8, 8, 64), Some(2.0));
/// ```
pub fn mutual_information(o11: u64, r1: u64, c1: u64, n: u64) -> Option<f64> {
    let [o, r1, c1, n] = [o11, r1, c1, n].map(|n| n as f64);
    (o11 > 0).then(|| (o * n / (r1 * c1)).log2())
}

/// logDice of two things that stand together `fxy` times, and `fx` and `fy`
/// times at all; at most 14, which means never one without the other, and below
/// 0 where they are together less than once in 16,000 times; none where they are
/// never together. It does not depend on the size of the corpus.
///
/// ```text
/// logDice = 14 + log2(2 fxy / (fx + fy))
/// ```
///
/// Rychlý, "A lexicographer-friendly association score", 2008.
///
/// ```
/// use pincite::desk::measures::log_dice;
/// assert_eq!(log_dice(8, 8, 8), Some(14.0));
/// assert_eq!(log_dice(8, 16, 16), Some(13.0));
/// assert_eq!(log_dice(0, 16, 16), None);
/// ```
pub fn log_dice(fxy: u64, fx: u64, fy: u64) -> Option<f64> {
    (fxy > 0).then(|| 14.0 + (2.0 * fxy as f64 / (fx + fy) as f64).log2())
}

/// The probability of a G2 at least so large where nothing differs: the upper
/// tail of chi-square with one degree of freedom.
pub fn p_value(g2: f64) -> f64 {
    erfc((g2.max(0.0) / 2.0).sqrt())
}

/// The least G2 whose [`p_value`] is at most `p`, from 0 to 1 without the ends.
///
/// ```
/// use pincite::desk::measures::critical_value;
/// for (p, expected) in [(0.05, 3.841), (0.01, 6.635), (0.001, 10.828), (0.0001, 15.137)] {
///     assert!((critical_value(p) - expected).abs() < 0.001, "{p}");
/// }
/// ```
pub fn critical_value(p: f64) -> f64 {
    let (mut low, mut high) = (0.0, 2000.0);
    for _ in 0..100 {
        let middle = (low + high) / 2.0;
        match p_value(middle) > p {
            true => low = middle,
            false => high = middle,
        }
    }
    high
}

/// `o ln(o / e)`, 0 where nothing was observed.
fn part(observed: f64, expected: f64) -> f64 {
    match observed > 0.0 {
        true => observed * (observed / expected).ln(),
        false => 0.0,
    }
}

/// What only rounding makes negative or hardly more than 0 is 0.
fn not_negative(g2: f64) -> f64 {
    if g2 < 1e-9 { 0.0 } else { g2 }
}

/// The complementary error function from 0 on, with a relative error below
/// 1.2e-7 (Press et al., Numerical Recipes, 2nd edition, 6.2, `erfcc`).
fn erfc(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.5 * x);
    let coefficients = [
        0.170_872_77,
        -0.822_152_23,
        1.488_515_87,
        -1.135_203_98,
        0.278_868_07,
        -0.186_288_06,
        0.096_784_18,
        0.374_091_96,
        1.000_023_68,
        -1.265_512_23,
    ];
    let sum = coefficients.iter().fold(0.0, |sum, c| sum * t + c);
    t * (sum - x * x).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g2_of_tables_as_published() {
        // Dunning 1993, table 1, bigrams of 31,777 words: both, first without
        // second, second without first.
        for (both, first, second, expected) in [
            (110, 2442, 111, 270.72),
            (29, 13, 123, 263.90),
            (31, 23, 139, 256.84),
            (10, 0, 3, 167.23),
        ] {
            let g2 = table_g2(both, both + first, both + second, 31_777);
            assert!((g2 - expected).abs() < 0.01, "{g2} {expected}");
        }
    }

    proptest::proptest! {
        #[test]
        fn g2_is_0_or_more_and_the_same_from_either_side(
            a in 0u64..500, b in 0u64..500, more in 1u64..9000, others in 1u64..9000,
        ) {
            let (c, d) = (a + more, b + others);
            let g2 = keyness_g2(a, b, c, d);
            proptest::prop_assert!(g2 >= 0.0);
            proptest::prop_assert!((g2 - keyness_g2(b, a, d, c)).abs() < 1e-9);
            let ratio = log_ratio(a, b, c, d);
            proptest::prop_assert!((ratio + log_ratio(b, a, d, c)).abs() < 1e-9);
            // The whole table has the cells of all other words too.
            let table = table_g2(a, a + b, c, c + d);
            proptest::prop_assert!(table >= g2 - 1e-6);
            proptest::prop_assert!((table - table_g2(a, c, a + b, c + d)).abs() < 1e-6);
            if a * b > 0 {
                let more = percent_diff(a, b, c, d).unwrap() > 0.0;
                proptest::prop_assert!(more == (ratio > 0.0) || ratio.abs() < 1e-9);
            }
        }

        #[test]
        fn log_dice_is_at_most_14_and_the_same_from_either_side(
            together in 1u64..500, x in 0u64..9000, y in 0u64..9000,
        ) {
            let (x, y) = (together + x, together + y);
            let dice = log_dice(together, x, y).unwrap();
            proptest::prop_assert!(dice <= 14.0);
            proptest::prop_assert_eq!(dice, log_dice(together, y, x).unwrap());
            proptest::prop_assert_eq!(dice == 14.0, x == together && y == together);
        }

        #[test]
        fn a_critical_value_has_its_p(p in 1e-12f64..0.9) {
            let at = p_value(critical_value(p));
            proptest::prop_assert!((at / p - 1.0).abs() < 1e-6);
        }
    }
}
