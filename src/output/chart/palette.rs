//! Colours, dashes and markers that people tell apart who do not see all colours.

use super::canvas::Stroke;

/// The colours of M. Okabe and K. Ito, "Color Universal Design" (2008), without
/// their yellow and sky blue, which are faint on white, in an order in which
/// neighbours differ in lightness too.
const COLORS: [&str; 6] = [
    "#0072b2", "#d55e00", "#000000", "#cc79a7", "#009e73", "#e69f00",
];

const DASHES: [&str; 4] = ["", "7 3", "2 3", "9 3 2 3"];

/// The shape of a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    Circle,
    Square,
    Triangle,
    Diamond,
    Drop,
}

const MARKERS: [Marker; 5] = [
    Marker::Circle,
    Marker::Square,
    Marker::Triangle,
    Marker::Diamond,
    Marker::Drop,
];

/// How a series looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) color: &'static str,
    pub(super) dash: &'static str,
    pub(super) marker: Marker,
}

impl Look {
    /// The look of the series at a place, from 0. Colours come again after six,
    /// dashes after four, markers after five.
    pub(super) fn of(place: usize) -> Self {
        Look {
            color: COLORS[place % COLORS.len()],
            dash: DASHES[place % DASHES.len()],
            marker: MARKERS[place % MARKERS.len()],
        }
    }

    pub(super) fn stroke(self) -> Stroke {
        Stroke {
            color: self.color,
            width: 2.0,
            dash: self.dash,
        }
    }
}

/// The colours of levels, from few to many: blues of ColorBrewer (C. Brewer),
/// each darker than the one before.
pub(super) const RAMP: [&str; 6] = [
    "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08519c", "#08306b",
];

/// The first level on which light text is read better than dark text.
pub(super) const LIGHT_TEXT_FROM: usize = 2;

pub(super) const INK: &str = "#1a1a1a";
pub(super) const FAINT: &str = "#5a5a5a";
pub(super) const GRID: &str = "#dcdcdc";
pub(super) const AXIS: &str = "#7a7a7a";
pub(super) const WHITE: &str = "#ffffff";

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of a colour (WCAG 2.1).
    fn luminance(color: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            match value <= 0.03928 {
                true => value / 12.92,
                false => ((value + 0.055) / 1.055).powf(2.4),
            }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    }

    #[test]
    fn twelve_series_look_different() {
        let looks: Vec<Look> = (0..super::super::MOST_QUERIES).map(Look::of).collect();
        for (i, a) in looks.iter().enumerate() {
            assert!(contrast(a.color, WHITE) > 2.0, "{}", a.color);
            for b in &looks[i + 1..] {
                let same = (a.color == b.color, a.dash == b.dash, a.marker == b.marker);
                assert!(same != (true, true, true), "{a:?}");
                // What has one colour differs in dash and marker.
                assert!(!same.0 || (!same.1 && !same.2), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn levels_differ_without_colour() {
        assert!(contrast(RAMP[0], WHITE) > 1.6);
        for pair in RAMP.windows(2) {
            assert!(contrast(pair[0], pair[1]) > 1.3, "{pair:?}");
            assert!(luminance(pair[0]) > luminance(pair[1]));
        }
        for (level, color) in RAMP.iter().enumerate() {
            let text = if level < LIGHT_TEXT_FROM { INK } else { WHITE };
            assert!(contrast(color, text) > 3.0, "{color}");
        }
    }
}
