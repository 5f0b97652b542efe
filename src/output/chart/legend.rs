//! Which look is which query.

use super::canvas::{Anchor, Canvas, Type};
use super::font::{cut, width, wrapped};
use super::frame::{LEADING, MARGIN};
use super::palette::{INK, Look};

const SIZE: f64 = 12.0;
/// The length of the sample of a line.
const SAMPLE: f64 = 30.0;
const GAP: f64 = 6.0;
/// The most lines of a label.
const LINES: usize = 4;

/// The label of a query beside the end of its line.
#[derive(Debug)]
pub(super) struct Label {
    lines: Vec<String>,
    /// Where its middle wants to be, then where it is.
    pub(super) y: f64,
}

impl Label {
    /// A label no wider than `room`, with its sample.
    pub(super) fn new(text: &str, y: f64, room: f64) -> Self {
        let room = room - SAMPLE - GAP;
        let mut lines = wrapped(text, SIZE, room);
        if lines.len() > LINES {
            // The caption has all of it.
            let rest = lines.split_off(LINES - 1).join(" ");
            lines.push(cut(&rest, SIZE, room));
        }
        if lines.is_empty() {
            lines.push("(empty)".to_owned());
        }
        Label { lines, y }
    }

    fn height(&self) -> f64 {
        self.lines.len() as f64 * SIZE * LEADING + 4.0
    }

    /// The middle of its sample, which stands beside its first line.
    pub(super) fn middle(&self) -> f64 {
        self.y - self.height() / 2.0 + 2.0 + SIZE * LEADING / 2.0
    }

    /// Draws it with its sample from `x` on.
    pub(super) fn draw(&self, canvas: &mut Canvas, x: f64, look: Look) {
        let kind = Type {
            size: SIZE,
            color: INK,
            anchor: Anchor::Start,
        };
        let top = self.y - self.height() / 2.0 + 2.0;
        let middle = self.middle();
        canvas.line((x, middle), (x + SAMPLE, middle), look.stroke());
        canvas.marker((x + SAMPLE / 2.0, middle), look.marker, look.color, false);
        for (i, line) in self.lines.iter().enumerate() {
            let y = top + i as f64 * SIZE * LEADING + SIZE * 1.05;
            canvas.text(x + SAMPLE + GAP, y, line, kind);
        }
    }
}

/// The room that all labels need, one below the other.
pub(super) fn heights(labels: &[Label]) -> f64 {
    labels.iter().map(Label::height).sum()
}

/// Moves labels as little as it takes so that none overlaps another between
/// `top` and `bottom`; where they do not fit, they go on below.
pub(super) fn spread(labels: &mut [Label], top: f64, bottom: f64) {
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|a, b| labels[*a].y.total_cmp(&labels[*b].y).then(a.cmp(b)));
    let mut least = top;
    for i in &order {
        let half = labels[*i].height() / 2.0;
        labels[*i].y = labels[*i].y.max(least + half);
        least = labels[*i].y + half;
    }
    let mut most = bottom.max(top + heights(labels));
    for i in order.iter().rev() {
        let half = labels[*i].height() / 2.0;
        labels[*i].y = labels[*i].y.min(most - half);
        most = labels[*i].y - half;
    }
}

/// Writes labels side by side from `y` on, as many in a line as fit; tells
/// where the rest begins.
pub(super) fn row(
    canvas: &mut Canvas,
    y: f64,
    texts: &[&str],
    sample: impl Fn(&mut Canvas, usize, f64, f64),
) -> f64 {
    let room = canvas.width() - 2.0 * MARGIN;
    let kind = Type {
        size: SIZE,
        color: INK,
        anchor: Anchor::Start,
    };
    let (mut x, mut y) = (MARGIN, y);
    for (i, text) in texts.iter().enumerate() {
        let lines = wrapped(text, SIZE, room - 20.0 - GAP);
        let wide = lines.iter().map(|l| width(l, SIZE)).fold(0.0, f64::max);
        let wide = wide + 20.0 + GAP + 20.0;
        if x > MARGIN && x + wide - 20.0 > MARGIN + room {
            x = MARGIN;
            y += SIZE * 1.6;
        }
        sample(canvas, i, x, y + SIZE * 0.6);
        for (at, line) in lines.iter().enumerate() {
            canvas.text(
                x + 20.0 + GAP,
                y + SIZE + at as f64 * SIZE * LEADING,
                line,
                kind,
            );
        }
        if lines.len() > 1 {
            y += (lines.len() - 1) as f64 * SIZE * LEADING;
        }
        x += wide;
    }
    y + SIZE * 1.9
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn labels_never_overlap(ys in prop::collection::vec(0.0f64..300.0, 0..12)) {
            let mut labels: Vec<Label> = ys.iter().map(|y| Label::new("a query", *y, 200.0)).collect();
            spread(&mut labels, 0.0, 300.0);
            let mut placed: Vec<(f64, f64)> = labels
                .iter()
                .map(|l| (l.y - l.height() / 2.0, l.y + l.height() / 2.0))
                .collect();
            placed.sort_by(|a, b| a.0.total_cmp(&b.0));
            prop_assert!(placed.windows(2).all(|w| w[0].1 <= w[1].0 + 1e-6));
            prop_assert!(placed.iter().all(|p| p.0 >= -1e-6 && p.1 <= 300.0 + 1e-6));
        }
    }
}
