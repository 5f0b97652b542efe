//! Tables drawn as grids: between two rules, the cells that bars part are one
//! row, however many lines each of them has.

use super::segments::{Segment, sort};
use super::shapes::{Area, Shapes};
use super::tables;

/// How far (points) the ends of lines that meet may be apart.
const NEAR: f32 = 4.0;

/// How far (points) parts of one line may be from it.
const LEVEL: f32 = 1.5;

/// The narrowest column, in points.
const NARROWEST: f32 = 12.0;

/// The fewest rows of a grid.
const ROWS: usize = 2;

/// The most lines of a cell: columns of text between rules have more.
const LINES: usize = 16;

/// The most rules and bars of a page that are looked at: drawings have more.
const MOST: usize = 2000;

/// The places of the segments in each cell of a row, from top to bottom.
type Row = Vec<Vec<usize>>;

/// A row of a grid as it is drawn: its area, and where its columns begin.
struct Band {
    area: Area,
    columns: Vec<f32>,
}

/// One segment for each row of a grid, and the segments that are in none, if there
/// are grids; the lines of a cell are parted by line feeds.
pub(super) fn join(segments: &[Segment], shapes: &Shapes) -> Option<Vec<Segment>> {
    if shapes.rules.len() + shapes.bars.len() > MOST {
        return None;
    }
    let mut gone = vec![false; segments.len()];
    let mut joined: Vec<Segment> = Vec::new();
    for grid in grids(shapes) {
        let rows: Vec<Row> = grid
            .iter()
            .map(|band| cells(band, segments, &gone))
            .collect();
        let filled = |row: &&Row| row.iter().filter(|cell| !cell.is_empty()).count() > 1;
        let longest = rows.iter().flatten().map(Vec::len).max().unwrap_or(0);
        if rows.iter().filter(filled).count() < ROWS || longest > LINES {
            continue;
        }
        for row in rows.iter().filter(|row| !holds_rows(row, segments)) {
            for &place in row.iter().flatten() {
                gone[place] = true;
            }
            joined.extend(whole(row, segments));
        }
    }
    if joined.is_empty() {
        return None;
    }
    let kept = segments.iter().zip(gone).filter(|(_, gone)| !gone);
    joined.extend(kept.map(|(segment, _)| segment.clone()));
    sort(&mut joined);
    Some(joined)
}

/// The rows of each grid, from top to bottom.
fn grids(shapes: &Shapes) -> Vec<Vec<Band>> {
    let rules = merged(shapes.rules.iter().copied());
    let bars: Vec<Area> = merged(shapes.bars.iter().map(turned))
        .iter()
        .map(turned)
        .collect();
    let mut grids: Vec<Vec<Band>> = Vec::new();
    let mut used = vec![false; rules.len()];
    for first in 0..rules.len() {
        if used[first] {
            continue;
        }
        let mut grid: Vec<Band> = Vec::new();
        let mut upper = first;
        // The rules are sorted from top to bottom.
        for lower in first + 1..rules.len() {
            let (a, b) = (&rules[upper], &rules[lower]);
            if (a.left - b.left).abs() > NEAR || (a.right - b.right).abs() > NEAR {
                continue;
            }
            let area = Area {
                top: a.bottom,
                bottom: b.top,
                ..a.with(b)
            };
            let Some(columns) = columns(&area, &bars) else {
                break;
            };
            used[lower] = true;
            upper = lower;
            grid.push(Band { area, columns });
        }
        if grid.len() >= ROWS {
            grids.push(grid);
        }
    }
    grids
}

/// Where the columns of a row begin, if bars part it.
fn columns(area: &Area, bars: &[Area]) -> Option<Vec<f32>> {
    let inside = |bar: &&Area| {
        bar.left > area.left + NARROWEST
            && bar.right < area.right - NARROWEST
            && bar.top < area.top + NEAR
            && bar.bottom > area.bottom - NEAR
    };
    let mut columns: Vec<f32> = bars.iter().filter(inside).map(|bar| bar.left).collect();
    columns.sort_by(f32::total_cmp);
    columns.dedup_by(|b, a| *b - *a < NARROWEST);
    if columns.is_empty() || area.height() <= 0.0 {
        return None;
    }
    columns.insert(0, area.left);
    Some(columns)
}

/// What stands in the cells of a row, without what is `gone` to another grid.
fn cells(band: &Band, segments: &[Segment], gone: &[bool]) -> Row {
    let mut cells: Row = vec![Vec::new(); band.columns.len()];
    for (place, segment) in segments
        .iter()
        .enumerate()
        .filter(|(place, _)| !gone[*place])
    {
        let area = segment.area();
        let (x, y) = (
            (area.left + area.right) / 2.0,
            (area.top + area.bottom) / 2.0,
        );
        if !band.area.has(x, y) || segment.left < band.area.left - NEAR {
            continue;
        }
        let column = band
            .columns
            .partition_point(|left| *left < segment.left + NEAR);
        cells[column.saturating_sub(1)].push(place);
    }
    cells
}

/// Whether the cells between two rules hold several rows: numbers stand below
/// each other.
fn holds_rows(row: &[Vec<usize>], segments: &[Segment]) -> bool {
    let is_number = |place: &&usize| tables::is_number(&segments[**place].text);
    row.iter()
        .any(|cell| cell.iter().filter(is_number).count() > 1)
}

/// The cells of a row as one segment.
fn whole(row: &[Vec<usize>], segments: &[Segment]) -> Option<Segment> {
    let mut text = String::new();
    for cell in row.iter().filter(|cell| !cell.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        let mut last = None;
        for segment in cell.iter().map(|&place| &segments[place]) {
            if let Some(y) = last {
                // Parts of one line stand side by side.
                text.push(if segment.y - y > 0.35 * segment.size {
                    '\n'
                } else {
                    ' '
                });
            }
            text.push_str(&segment.text);
            last = Some(segment.y);
        }
    }
    let all = row.iter().flatten().map(|&place| segments[place].clone());
    let row = all.reduce(|row, cell| Segment {
        left: row.left.min(cell.left),
        right: row.right.max(cell.right),
        y: row.y.min(cell.y),
        size: row.size.max(cell.size),
        bold: row.bold && cell.bold,
        foreign: row.foreign && cell.foreign,
        artifact: row.artifact && cell.artifact,
        marks: row.marks + cell.marks,
        ..row
    })?;
    Some(Segment {
        text,
        tabular: true,
        paragraph: 0,
        ..row
    })
}

/// Lines that touch end to end as one, from top to bottom.
fn merged(lines: impl Iterator<Item = Area>) -> Vec<Area> {
    let mut lines: Vec<Area> = lines.collect();
    lines.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
    let mut merged: Vec<Area> = Vec::new();
    for line in lines {
        let touches =
            |other: &&mut Area| (other.top - line.top).abs() < LEVEL && other.beside(&line) > -NEAR;
        match merged.iter_mut().rev().take(64).find(touches) {
            Some(other) => {
                *other = Area {
                    top: other.top,
                    ..other.with(&line)
                }
            }
            None => merged.push(line),
        }
    }
    merged
}

/// An area with its sides changed for its top and bottom.
fn turned(area: &Area) -> Area {
    Area {
        left: area.top,
        top: area.left,
        right: area.bottom,
        bottom: area.right,
    }
}
