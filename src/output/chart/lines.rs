//! Lines over years. A year without a report breaks the line.

use super::canvas::{Anchor, Canvas, Stroke, Type};
use super::caption::Caption;
use super::font::width;
use super::frame::{MARGIN, capital, foot, head};
use super::legend::{Label, heights, spread};
use super::palette::{AXIS, FAINT, GRID, INK, Look};
use super::scale::{tick_label, ticks, year_step};
use crate::desk::Measure;
use crate::desk::shares::{FEW_PASSAGES, FEW_REPORTS, rests_on_few};
use crate::desk::trend::{Series, Trend};
use crate::desk::values::left_out;
use crate::output::text::{count, grouped};

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 380.0;
/// The room of labels at the ends of lines.
const LABELS: f64 = 230.0;
const SIZE: f64 = 11.0;
/// Markers closer than this hide the line.
const CLOSEST: f64 = 10.0;

/// A year of a series.
struct Point {
    x: f64,
    y: f64,
    is_few: bool,
}

/// Draws trends over years as SVG.
pub fn lines(trend: &Trend, measure: Measure, caption: &Caption) -> String {
    let mut canvas = Canvas::new(WIDTH);
    let title = format!("{}, by year", capital(measure.title()));
    let top = head(&mut canvas, &title, &subtitle(trend)) + 6.0;
    let years: Vec<u16> = trend
        .groups
        .iter()
        .filter_map(|g| g.value.parse().ok())
        .collect();
    let values = trend.series.iter().map(|s| values(trend, s, measure));
    let values: Vec<Vec<Option<f64>>> = values.collect();
    let greatest = values
        .iter()
        .flatten()
        .flatten()
        .copied()
        .fold(0.0, f64::max);
    let ticks = ticks(greatest);
    let step = ticks[1] - ticks[0];
    let tick_labels: Vec<String> = ticks
        .iter()
        .map(|t| tick_label(*t, step, measure.is_share()))
        .collect();
    let widest = tick_labels
        .iter()
        .map(|l| width(l, SIZE))
        .fold(0.0, f64::max);
    // The title of the axis, the ticks, a gap.
    let left = MARGIN + 20.0 + widest + 8.0;
    let right = WIDTH - MARGIN - LABELS;
    let labels = trend.series.iter();
    let mut labels: Vec<Label> = labels
        .map(|s| Label::new(&s.query.text, 0.0, LABELS - 14.0))
        .collect();
    let height = HEIGHT.max(heights(&labels));
    let bottom = top + height;
    let highest = ticks.last().copied().unwrap_or(1.0);
    let y_of = |value: f64| bottom - value / highest * height;
    let x_of = x_scale(&years, left, right);

    for (tick, label) in ticks.iter().zip(&tick_labels) {
        let y = y_of(*tick);
        canvas.line((left, y), (right, y), grid(*tick == 0.0));
        canvas.text(left - 8.0, y + SIZE * 0.36, label, text(Anchor::End));
    }
    years_axis(&mut canvas, &years, bottom, &x_of);
    let axis_title = capital(measure.title());
    canvas.turned(
        MARGIN + SIZE,
        top + height / 2.0,
        &axis_title,
        text(Anchor::Middle),
        -90,
    );
    canvas.text(
        (left + right) / 2.0,
        bottom + 38.0,
        "Year of the report",
        text(Anchor::Middle),
    );

    let pitch = match (years.first(), years.last()) {
        (Some(first), Some(last)) => (right - left) / (f64::from(last - first) + 1.0),
        _ => right - left,
    };
    let mut any_few = false;
    let mut reach = Vec::new();
    for (i, series) in trend.series.iter().enumerate() {
        let pieces = pieces(trend, series, &values[i], &x_of, &y_of);
        any_few |= pieces.iter().flatten().any(|p| p.is_few);
        draw(&mut canvas, &pieces, Look::of(i), pitch >= CLOSEST);
        let last = last_of(&pieces);
        labels[i].y = last.map_or(bottom, |point| point.y);
        reach.push(last.is_some_and(|point| right - point.x <= 1.5 * pitch));
    }
    let ends: Vec<f64> = labels.iter().map(|l| l.y).collect();
    spread(&mut labels, top, bottom);
    for (i, label) in labels.iter().enumerate() {
        let look = Look::of(i);
        let thin = Stroke {
            color: look.color,
            width: 0.8,
            dash: "",
        };
        if reach[i] {
            let to = (right + 14.0, label.middle());
            canvas.line((right + 2.0, ends[i]), to, thin);
        }
        label.draw(&mut canvas, right + 14.0, look);
    }
    let mut y = bottom + 52.0;
    if any_few {
        let note = format!(
            "Hollow: fewer than {FEW_PASSAGES} passages match, or fewer than {FEW_REPORTS} reports are there."
        );
        canvas.text(
            MARGIN,
            y + SIZE,
            &note,
            Type {
                color: FAINT,
                ..text(Anchor::Start)
            },
        );
        y += SIZE * 1.35;
    }
    let broken =
        trend.groups.iter().any(|g| g.all.reports == 0) || !left_out(&trend.values()).is_empty();
    if broken {
        let note = "A line breaks where a year has no report.";
        canvas.text(
            MARGIN,
            y + SIZE,
            note,
            Type {
                color: FAINT,
                ..text(Anchor::Start)
            },
        );
        y += SIZE * 1.35;
    }
    let total = foot(&mut canvas, y + 8.0, caption);
    canvas.finish(total, &title, &caption.lines.join("\n"))
}

/// What the measures are of.
pub(super) fn subtitle(trend: &Trend) -> String {
    let years: Vec<&str> = trend.groups.iter().map(|g| g.value.as_str()).collect();
    let span = match (trend.by, years.first(), years.last()) {
        (crate::index::FacetName::Year, Some(first), Some(last)) if first != last => {
            format!("{first}–{last}: ")
        }
        (crate::index::FacetName::Year, Some(only), _) => format!("{only}: "),
        _ => String::new(),
    };
    format!(
        "{span}{}, {}, {} words",
        count(trend.total.reports, "report"),
        count(trend.total.passages, "passage"),
        grouped(trend.total.words)
    )
}

fn values(trend: &Trend, series: &Series, measure: Measure) -> Vec<Option<f64>> {
    let groups = trend.groups.iter().zip(&series.found);
    groups
        .map(|(group, found)| measure.of(found, &group.all))
        .collect()
}

/// Where a year stands: half a step from the ends, so that markers have room.
fn x_scale(years: &[u16], left: f64, right: f64) -> impl Fn(u16) -> f64 {
    let first = years.iter().min().copied().unwrap_or_default();
    let last = years.iter().max().copied().unwrap_or_default();
    let pitch = (right - left) / (f64::from(last - first) + 1.0);
    move |year| left + (f64::from(year - first) + 0.5) * pitch
}

fn years_axis(canvas: &mut Canvas, years: &[u16], bottom: f64, x_of: &impl Fn(u16) -> f64) {
    let (Some(first), Some(last)) = (years.iter().min(), years.iter().max()) else {
        return;
    };
    let pitch = x_of(first + 1) - x_of(*first);
    let step = year_step(pitch, width("0000", SIZE) + 12.0);
    let is_told = |year: u16| year.is_multiple_of(step) || first == last;
    let mut has_one = false;
    for year in *first..=*last {
        let told = is_told(year);
        has_one |= told;
        if told || pitch >= 6.0 {
            let x = x_of(year);
            let stroke = Stroke {
                color: AXIS,
                width: 1.0,
                dash: "",
            };
            canvas.line(
                (x, bottom),
                (x, bottom + if told { 6.0 } else { 3.0 }),
                stroke,
            );
        }
        if told {
            canvas.text(
                x_of(year),
                bottom + 20.0,
                &year.to_string(),
                text(Anchor::Middle),
            );
        }
    }
    if !has_one {
        canvas.text(
            x_of(*first),
            bottom + 20.0,
            &first.to_string(),
            text(Anchor::Middle),
        );
    }
}

/// The points of a series in pieces without a gap.
fn pieces(
    trend: &Trend,
    series: &Series,
    values: &[Option<f64>],
    x_of: &impl Fn(u16) -> f64,
    y_of: &impl Fn(f64) -> f64,
) -> Vec<Vec<Point>> {
    let mut pieces: Vec<Vec<Point>> = Vec::new();
    let mut before: Option<u16> = None;
    for ((group, found), value) in trend.groups.iter().zip(&series.found).zip(values) {
        let (Ok(year), Some(value)) = (group.value.parse::<u16>(), value) else {
            continue;
        };
        let point = Point {
            x: x_of(year),
            y: y_of(*value),
            is_few: rests_on_few(found, &group.all),
        };
        match pieces.last_mut() {
            Some(piece) if before == year.checked_sub(1) => piece.push(point),
            _ => pieces.push(vec![point]),
        }
        before = Some(year);
    }
    pieces
}

/// The end of the last line; of the last point where there are only points.
fn last_of(pieces: &[Vec<Point>]) -> Option<&Point> {
    let line = pieces.iter().rev().find(|piece| piece.len() > 1);
    line.or(pieces.last())?.last()
}

fn draw(canvas: &mut Canvas, pieces: &[Vec<Point>], look: Look, has_room: bool) {
    for piece in pieces {
        let points: Vec<(f64, f64)> = piece.iter().map(|p| (p.x, p.y)).collect();
        if points.len() > 1 {
            canvas.path(&points, look.stroke());
        }
    }
    for piece in pieces {
        for point in piece {
            // Where there is little room, a point alone is still seen.
            if has_room || piece.len() == 1 {
                canvas.marker((point.x, point.y), look.marker, look.color, point.is_few);
            }
        }
    }
}

fn grid(is_axis: bool) -> Stroke {
    Stroke {
        color: if is_axis { AXIS } else { GRID },
        width: 1.0,
        dash: "",
    }
}

fn text(anchor: Anchor) -> Type {
    Type {
        size: SIZE,
        color: INK,
        anchor,
    }
}
