//! A map of who says something and who says nothing: a row for each country or
//! the like, a cell for each year.

use super::canvas::{Anchor, Canvas, HATCHED, Type};
use super::caption::Caption;
use super::font::{cut, width};
use super::frame::{MARGIN, capital, foot, head};
use super::legend;
use super::palette::{FAINT, INK, LIGHT_TEXT_FROM, RAMP, WHITE};
use super::scale::year_step;
use crate::desk::silence::{Cell, Counted, Silence, Status};
use crate::desk::values::left_out_before;
use crate::index::FacetName;
use crate::output::levels::Levels;
use crate::output::text::{count, grouped};

const SIZE: f64 = 11.0;
const NUMBER: f64 = 8.5;
/// The height of a cell.
const CELL: f64 = 17.0;
/// The narrowest picture, so that titles have room.
const NARROWEST: f64 = 640.0;
/// The widest label of a row, and of a turned column.
const LABEL: f64 = 230.0;
/// More columns than this have narrow cells without numbers.
const NUMBERED: usize = 60;
/// The most characters of a query in a title.
const TITLE: usize = 120;
const EDGE: &str = "#c4c4c4";

/// Draws the grid as SVG.
pub fn heat(silence: &Silence, caption: &Caption) -> String {
    let counted = silence.config.counted;
    let counts = silence
        .cells
        .iter()
        .flatten()
        .filter_map(|c| c.count(counted));
    let greatest = counts.max().unwrap_or_default();
    let levels = Levels::new(greatest, RAMP.len());
    let columns = silence.columns.len();
    let has_numbers = columns <= NUMBERED;
    let cell = match has_numbers {
        true => (width(&grouped(greatest), NUMBER) + 6.0).max(20.0),
        false => 7.0,
    };
    let labels: Vec<String> = silence
        .rows
        .iter()
        .map(|r| cut(last_step(silence.config.rows, &r.label), SIZE, LABEL))
        .collect();
    let widest = labels.iter().map(|l| width(l, SIZE)).fold(60.0, f64::max);
    let left = MARGIN + widest + 8.0;
    let places = places(silence, cell);
    let right = left + places.last().map_or(0.0, |place| place + cell);
    let totals = width("of reports", SIZE) + 16.0;
    let mut canvas = Canvas::new((right + totals + MARGIN).max(NARROWEST));

    let what = match counted {
        Counted::Passages => "passages that match",
        Counted::Hits => "hits",
    };
    let query = shortened(&silence.query.text);
    let title = format!("Who says something of {query}");
    let total = &silence.total;
    let subtitle = format!(
        "{}, {} by {}: {} of {} speak, {} are silent",
        capital(what),
        silence.config.rows,
        silence.config.columns,
        grouped(total.speak()),
        count(total.all.reports, "report"),
        grouped(total.silent())
    );
    let y = head(&mut canvas, &title, &subtitle);
    let y = draw_legend(&mut canvas, y, &levels);
    let top = y + draw_heads(&mut canvas, silence, y, left, cell, &places) + 4.0;
    let text = |anchor| Type {
        size: SIZE,
        color: INK,
        anchor,
    };
    let rows = capital(silence.config.rows.as_str());
    // The first year may reach to the left of its column.
    canvas.text(left - 20.0, top - 10.0, &rows, text(Anchor::End));
    if !silence.rows.is_empty() {
        canvas.text(
            right + 8.0,
            top - 10.0 - SIZE * 1.2,
            "speak",
            Type {
                color: FAINT,
                ..text(Anchor::Start)
            },
        );
        canvas.text(
            right + 8.0,
            top - 10.0,
            "of reports",
            Type {
                color: FAINT,
                ..text(Anchor::Start)
            },
        );
    }
    for (at, (row, cells)) in silence.rows.iter().zip(&silence.cells).enumerate() {
        let y = top + at as f64 * CELL;
        let baseline = y + CELL / 2.0 + SIZE * 0.36;
        canvas.text(left - 8.0, baseline, &labels[at], text(Anchor::End));
        for (i, one) in cells.iter().enumerate() {
            let x = left + places[i];
            draw_cell(
                &mut canvas,
                (x, y),
                cell,
                one,
                counted,
                &levels,
                has_numbers,
            );
        }
        let totals = format!(
            "{} / {}",
            grouped(row.all.speak()),
            grouped(row.all.all.reports)
        );
        canvas.text(
            right + 8.0,
            baseline,
            &totals,
            Type {
                color: FAINT,
                ..text(Anchor::Start)
            },
        );
    }
    let mut bottom = top + silence.rows.len() as f64 * CELL;
    if silence.rows.is_empty() {
        canvas.text(MARGIN, bottom + SIZE, "no row to show", text(Anchor::Start));
        bottom += SIZE * 1.5;
    }
    let axes = "A 0 is about this query: reports are there, and no passage of them matches.";
    let mut y = bottom + 10.0;
    for line in super::font::wrapped(axes, SIZE, canvas.width() - 2.0 * MARGIN) {
        canvas.text(
            MARGIN,
            y + SIZE,
            &line,
            Type {
                color: FAINT,
                ..text(Anchor::Start)
            },
        );
        y += SIZE * 1.35;
    }
    let total = foot(&mut canvas, y + 6.0, caption);
    canvas.finish(total, &title, &caption.lines.join("\n"))
}

/// The room of the title of the columns.
const AXIS_TITLE: f64 = SIZE * 1.5;
/// The space between years that are not side by side.
const BREAK: f64 = 10.0;

/// Where the columns stand, from the first.
fn places(silence: &Silence, cell: f64) -> Vec<f64> {
    let values = silence.column_values();
    let mut next = 0.0;
    let place = |at: usize| {
        if left_out_before(&values, at).is_some() {
            next += BREAK;
        }
        next += cell;
        next - cell
    };
    (0..values.len()).map(place).collect()
}

/// A query for a title; the caption has all of it.
fn shortened(query: &str) -> String {
    match query.char_indices().nth(TITLE) {
        Some((end, _)) => format!("{}…", query[..end].trim_end()),
        None => query.to_owned(),
    }
}

/// The last step of a path; another label as it is.
fn last_step(facet: FacetName, label: &str) -> &str {
    match facet.is_path() {
        true => label.rsplit('/').next().unwrap_or(label),
        false => label,
    }
}

/// What cells mean; tells where the rest begins.
fn draw_legend(canvas: &mut Canvas, y: f64, levels: &Levels) -> f64 {
    let mut texts = vec!["no report".to_owned(), "0: silent".to_owned()];
    texts.extend(levels.ranges());
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    legend::row(canvas, y, &texts, |canvas, i, x, y| {
        let fill = match i {
            0 => HATCHED,
            1 => WHITE,
            level => RAMP[(level - 2).min(RAMP.len() - 1)],
        };
        canvas.rect(x, y - 7.0, 20.0, 14.0, fill, EDGE);
    }) + 4.0
}

/// Writes what stands above the columns; tells the height that it takes.
fn draw_heads(
    canvas: &mut Canvas,
    silence: &Silence,
    y: f64,
    left: f64,
    cell: f64,
    places: &[f64],
) -> f64 {
    let text = |anchor| Type {
        size: SIZE,
        color: INK,
        anchor,
    };
    let middle = |i: usize| left + places[i] + cell / 2.0;
    let axis = capital(silence.config.columns.as_str());
    let across = places.last().map_or(0.0, |last| last + cell);
    canvas.text(left + across / 2.0, y + SIZE, &axis, text(Anchor::Middle));
    let y = y + AXIS_TITLE;
    if silence.config.columns == FacetName::Year {
        let room = width("0000", SIZE) + 6.0;
        let step = year_step(cell, room + 2.0);
        let values = silence.column_values();
        let mut taken = f64::NEG_INFINITY;
        for (i, value) in values.iter().enumerate() {
            let year: u16 = value.parse().unwrap_or_default();
            let is_first =
                left_out_before(&values, i).is_some() || values.len() <= usize::from(step);
            if (is_first || year.is_multiple_of(step)) && middle(i) - taken >= room {
                canvas.text(middle(i), y + SIZE, value, text(Anchor::Middle));
                taken = middle(i);
            }
        }
        return AXIS_TITLE + SIZE + 6.0;
    }
    let labels: Vec<String> = silence
        .columns
        .iter()
        .map(|c| cut(last_step(silence.config.columns, &c.label), SIZE, LABEL))
        .collect();
    let widest = labels.iter().map(|l| width(l, SIZE)).fold(0.0, f64::max);
    let height = widest.max(SIZE) + 6.0;
    for (i, label) in labels.iter().enumerate() {
        let x = middle(i) + SIZE * 0.36;
        canvas.turned(x, y + height - 4.0, label, text(Anchor::Start), -90);
    }
    height + AXIS_TITLE
}

fn draw_cell(
    canvas: &mut Canvas,
    at: (f64, f64),
    size: f64,
    cell: &Cell,
    counted: Counted,
    levels: &Levels,
    has_numbers: bool,
) {
    let count = cell.count(counted);
    let level = count.and_then(|n| levels.of(n));
    let fill = match (cell.status(), level) {
        (Status::NoReport, _) => HATCHED,
        (_, None) => WHITE,
        (_, Some(level)) => RAMP[level.min(RAMP.len() - 1)],
    };
    canvas.rect(at.0, at.1, size, CELL, fill, EDGE);
    let Some(count) = count.filter(|_| has_numbers) else {
        return;
    };
    let color = match level {
        None => FAINT,
        Some(level) if level >= LIGHT_TEXT_FROM => WHITE,
        Some(_) => INK,
    };
    let kind = Type {
        size: NUMBER,
        color,
        anchor: Anchor::Middle,
    };
    let (x, y) = (at.0 + size / 2.0, at.1 + CELL / 2.0 + NUMBER * 0.36);
    canvas.text(x, y, &grouped(count), kind);
}
