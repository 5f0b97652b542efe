//! Axes: ticks at round numbers, and years that have room.

/// Ticks from 0 to a round number at or above `greatest`, at most about six.
pub(super) fn ticks(greatest: f64) -> Vec<f64> {
    let greatest = match greatest.is_finite() && greatest > 0.0 {
        true => greatest,
        false => 1.0,
    };
    let rough = greatest / 5.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= rough * (1.0 - 1e-9))
        .unwrap_or(power * 10.0);
    let steps = (greatest / step - 1e-9).ceil().max(1.0) as usize;
    (0..=steps).map(|i| i as f64 * step).collect()
}

/// How a tick is written: with as many decimals as the step needs.
pub(super) fn tick_label(value: f64, step: f64, is_share: bool) -> String {
    let (value, step) = match is_share {
        true => (value * 100.0, step * 100.0),
        false => (value, step),
    };
    let decimals = (0..6)
        .find(|d| {
            let scaled = step * 10f64.powi(*d);
            (scaled - scaled.round()).abs() < 1e-6
        })
        .unwrap_or(6) as usize;
    let number = match decimals {
        0 => crate::output::text::grouped(value.round() as u64),
        _ => format!("{value:.decimals$}"),
    };
    if is_share { number + " %" } else { number }
}

/// Every how many years one has room to be written, where a year takes `pitch`
/// pixels and its label `label`.
pub(super) fn year_step(pitch: f64, label: f64) -> u16 {
    [1, 2, 5, 10, 20, 50, 100, 200, 500]
        .into_iter()
        .find(|step| f64::from(*step) * pitch >= label)
        .unwrap_or(1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ticks_are_round() {
        for (greatest, expected) in [
            (0.87, "0 % 20 % 40 % 60 % 80 % 100 %"),
            (0.021, "0.0 % 0.5 % 1.0 % 1.5 % 2.0 % 2.5 %"),
            (0.0, "0 % 20 % 40 % 60 % 80 % 100 %"),
        ] {
            let ticks = ticks(greatest);
            let labels: Vec<String> = ticks
                .iter()
                .map(|t| tick_label(*t, ticks[1], true))
                .collect();
            assert_eq!(labels.join(" "), expected);
        }
        assert_eq!(tick_label(1500.0, 500.0, false), "1,500");
        assert_eq!(year_step(30.0, 28.0), 1);
        assert_eq!(year_step(9.0, 28.0), 5);
        assert_eq!(year_step(0.01, 28.0), 1000);
    }

    proptest! {
        #[test]
        fn ticks_hold_the_greatest(greatest in 1e-6f64..1e9) {
            let ticks = ticks(greatest);
            let last = *ticks.last().unwrap();
            prop_assert!(last >= greatest * (1.0 - 1e-6) && last <= greatest * 2.0);
            prop_assert!((2..=7).contains(&ticks.len()));
        }
    }
}
