//! Bars for the groups of a facet, one for each query, with its marker at the
//! end and its value beside it.

use super::canvas::{Anchor, Canvas, Stroke, Type};
use super::caption::Caption;
use super::font::{cut, width};
use super::frame::{MARGIN, capital, foot, head};
use super::legend;
use super::lines::subtitle;
use super::palette::{AXIS, FAINT, GRID, INK, Look};
use super::scale::{tick_label, ticks};
use crate::desk::Measure;
use crate::desk::shares::{FEW_PASSAGES, FEW_REPORTS, rests_on_few};
use crate::desk::trend::{Group, Trend};
use crate::output::text::shown_measure;

const WIDTH: f64 = 960.0;
const SIZE: f64 = 11.0;
/// The height of a bar, and of what a group has beside its bars.
const BAR: f64 = 5.0;
const PITCH: f64 = 14.0;
const GAP: f64 = 8.0;
/// The widest label of a group.
const LABEL: f64 = 260.0;

/// Draws trends by the groups of a facet as SVG.
pub fn bars(trend: &Trend, measure: Measure, caption: &Caption) -> String {
    let mut canvas = Canvas::new(WIDTH);
    let title = format!("{}, by {}", capital(measure.title()), trend.by);
    let mut top = head(&mut canvas, &title, &subtitle(trend));
    let queries: Vec<&str> = trend.series.iter().map(|s| s.query.text.as_str()).collect();
    top = legend::row(&mut canvas, top, &queries, |canvas, i, x, y| {
        let look = Look::of(i);
        canvas.rect(x, y - BAR / 2.0, 14.0, BAR, look.color, "none");
        canvas.marker((x + 14.0, y), look.marker, look.color, false);
    });
    let labels: Vec<(f64, String)> = trend.groups.iter().map(|g| label(trend, g)).collect();
    let widest = labels.iter().map(|(indent, l)| indent + width(l, SIZE));
    let left = MARGIN + widest.fold(20.0, f64::max) + 10.0;
    let greatest = trend
        .series
        .iter()
        .flat_map(|s| trend.groups.iter().zip(&s.found));
    let greatest = greatest
        .filter_map(|(g, f)| measure.of(f, &g.all))
        .fold(0.0, f64::max);
    let ticks = ticks(greatest);
    let highest = ticks.last().copied().unwrap_or(1.0);
    // The value of the longest bar stands beside it.
    let right = WIDTH - MARGIN - width("100,000 *", SIZE) - 12.0;
    let x_of = |value: f64| left + value / highest * (right - left);
    let row = trend.series.len() as f64 * PITCH + GAP;
    // The ticks stand above, where they are seen beside a long list.
    let from = top + 34.0;
    let bottom = from + row * trend.groups.len() as f64;
    for tick in &ticks {
        let x = x_of(*tick);
        let color = if *tick == 0.0 { AXIS } else { GRID };
        canvas.line(
            (x, from),
            (x, bottom),
            Stroke {
                color,
                width: 1.0,
                dash: "",
            },
        );
        let label = tick_label(*tick, ticks[1], measure.is_share());
        canvas.text(x, from - 6.0, &label, text(Anchor::Middle, INK));
    }
    canvas.text(
        (left + right) / 2.0,
        from - 22.0,
        &capital(measure.title()),
        text(Anchor::Middle, INK),
    );
    let mut any_few = false;
    for (at, group) in trend.groups.iter().enumerate() {
        let y = from + at as f64 * row + GAP / 2.0;
        let middle = y + (row - GAP) / 2.0;
        let (indent, name) = &labels[at];
        canvas.text(
            MARGIN + indent,
            middle + SIZE * 0.36,
            name,
            text(Anchor::Start, INK),
        );
        for (i, series) in trend.series.iter().enumerate() {
            let y = y + i as f64 * PITCH + PITCH / 2.0;
            let look = Look::of(i);
            let Some(value) = measure.of(&series.found[at], &group.all) else {
                canvas.text(
                    left + 8.0,
                    y + SIZE * 0.36,
                    "no report",
                    text(Anchor::Start, FAINT),
                );
                continue;
            };
            let few = rests_on_few(&series.found[at], &group.all);
            any_few |= few;
            canvas.rect(
                left,
                y - BAR / 2.0,
                x_of(value) - left,
                BAR,
                look.color,
                "none",
            );
            canvas.marker((x_of(value), y), look.marker, look.color, few);
            let value_text = format!(
                "{}{}",
                shown_measure(value, measure),
                if few { " *" } else { "" }
            );
            canvas.text(
                x_of(value) + 9.0,
                y + SIZE * 0.36,
                &value_text,
                text(Anchor::Start, FAINT),
            );
        }
    }
    let mut y = bottom + 10.0;
    if any_few {
        let note = format!(
            "* and hollow: fewer than {FEW_PASSAGES} passages match, or fewer than {FEW_REPORTS} reports are there."
        );
        canvas.text(MARGIN, y + SIZE, &note, text(Anchor::Start, FAINT));
        y += SIZE * 1.35;
    }
    let total = foot(&mut canvas, y + 8.0, caption);
    canvas.finish(total, &title, &caption.lines.join("\n"))
}

/// The label of a group with its indent; that of a path is its last step.
fn label(trend: &Trend, group: &Group) -> (f64, String) {
    let (depth, last) = match trend.by.is_path() {
        true => (
            group.label.matches('/').count(),
            group.label.rsplit('/').next().unwrap_or_default(),
        ),
        false => (0, group.label.as_str()),
    };
    let indent = depth as f64 * 14.0;
    (indent, cut(last, SIZE, LABEL - indent))
}

fn text(anchor: Anchor, color: &'static str) -> Type {
    Type {
        size: SIZE,
        color,
        anchor,
    }
}
