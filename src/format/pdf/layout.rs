//! From the chunks of a page to its lines in reading order. Nothing here knows
//! of paragraphs.

use super::chunks::Chunk;
use super::columns;

/// The longest cell of a table (bytes).
const CELL: usize = 20;

/// A line of a column.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    /// Whether it is set in bold.
    pub(super) bold: bool,
    /// How wide its first word is.
    pub(super) first: f32,
    /// Whether it is a row of a table.
    pub(super) tabular: bool,
}

/// Lines below each other.
#[derive(Debug, Default)]
pub(super) struct Region {
    pub(super) rows: Vec<Row>,
    pub(super) left: f32,
    pub(super) right: f32,
}

/// The regions of a page in reading order.
pub(super) fn regions(chunks: Vec<Chunk>) -> Vec<Region> {
    let groups = columns::divide(tabulate(chunks));
    groups.into_iter().filter_map(region).collect()
}

/// Makes one chunk of each row of a table, so that it is read across: rows of
/// three short chunks or more, two such rows or more below each other.
fn tabulate(chunks: Vec<Chunk>) -> Vec<Chunk> {
    let mut rows: Vec<Vec<Chunk>> = Vec::new();
    for chunk in chunks {
        match rows.last_mut() {
            Some(row) if chunk.y - row[0].y < 0.2 * chunk.size => row.push(chunk),
            _ => rows.push(vec![chunk]),
        }
    }
    let cells: Vec<bool> = rows
        .iter()
        .map(|row| row.len() >= 3 && row.iter().all(|chunk| chunk.text.len() <= CELL))
        .collect();
    let table = |index: usize| {
        cells[index] && (index > 0 && cells[index - 1] || cells.get(index + 1) == Some(&true))
    };
    let mut chunks = Vec::new();
    for (index, row) in rows.into_iter().enumerate() {
        if table(index) {
            chunks.extend(joined(row))
        } else {
            chunks.extend(row)
        }
    }
    chunks
}

/// The cells of a row as one chunk.
fn joined(mut row: Vec<Chunk>) -> Option<Chunk> {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    row.into_iter().reduce(|row, cell| Chunk {
        text: format!("{} {}", row.text, cell.text),
        right: row.right.max(cell.right),
        size: row.size.max(cell.size),
        bold: row.bold && cell.bold,
        tabular: true,
        ..row
    })
}

/// The chunks as lines below each other.
fn region(mut chunks: Vec<Chunk>) -> Option<Region> {
    chunks.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines: Vec<Vec<Chunk>> = Vec::new();
    for chunk in chunks {
        match lines.last_mut() {
            Some(line) if chunk.y - line[0].y <= 0.35 * chunk.size.min(line[0].size) => {
                line.push(chunk)
            }
            _ => lines.push(vec![chunk]),
        }
    }
    let rows: Vec<Row> = lines.into_iter().filter_map(row).collect();
    let first = rows.first()?;
    let (left, right) = rows
        .iter()
        .fold((first.left, first.right), |(left, right), row| {
            (left.min(row.left), right.max(row.right))
        });
    Some(Region { rows, left, right })
}

fn row(mut chunks: Vec<Chunk>) -> Option<Row> {
    chunks.sort_by(|a, b| a.left.total_cmp(&b.left));
    let largest = chunks.iter().max_by(|a, b| a.size.total_cmp(&b.size))?;
    let (y, size) = (largest.y, largest.size);
    let first = chunks.first()?;
    let width = first.right - first.left;
    let share =
        first.text.find(' ').unwrap_or(first.text.len()) as f32 / first.text.len().max(1) as f32;
    let (left, first) = (first.left, width * share);
    let right = chunks.iter().map(|chunk| chunk.right).fold(left, f32::max);
    let bold = chunks.iter().all(|chunk| chunk.bold);
    let tabular = chunks.iter().any(|chunk| chunk.tabular);
    let text = chunks
        .into_iter()
        .map(|chunk| chunk.text)
        .collect::<Vec<_>>()
        .join(" ");
    Some(Row {
        text,
        left,
        right,
        y,
        size,
        bold,
        first,
        tabular,
    })
}
