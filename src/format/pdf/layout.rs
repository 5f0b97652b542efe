//! From the segments of a page to its lines in reading order: tables, blocks,
//! their order, and the columns that they stand in. Nothing here knows of
//! paragraphs.

use super::blocks::{self, Block};
use super::columns;
use super::grids;
use super::initials;
use super::lists;
use super::margins;
use super::segments::Segment;
use super::shapes::{Area, Shapes};
use super::tables;

/// With more segments than this a page is a drawing, whose labels are read from
/// top to bottom.
const MOST: usize = 3000;

/// How near (in sizes) lines come to the edge that they are stretched to, and how
/// many do at least.
const EDGE: f32 = 0.1;
const STRETCHED: usize = 8;

/// How many lines a column of text has at least, and how long they are (bytes).
const PROSE: (usize, usize) = (3, 28);

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
    /// Whether it is set in another font than the body.
    pub(super) foreign: bool,
    /// How wide its first word is.
    pub(super) first: f32,
    /// Whether it is a row of a table.
    pub(super) tabular: bool,
    /// Whether it begins with a drop cap.
    pub(super) initial: bool,
    /// Whether a rule or a wide gap parts it from the line above.
    pub(super) parted: bool,
    /// The paragraphs that the file says its first and last segments belong to;
    /// 0 for none.
    pub(super) tags: (u32, u32),
}

impl Row {
    /// The area that it covers.
    pub(super) fn area(&self) -> Area {
        Area {
            left: self.left,
            top: self.y - 0.75 * self.size,
            right: self.right,
            bottom: self.y + 0.22 * self.size,
        }
    }
}

/// Lines below each other.
#[derive(Debug, Default, Clone)]
pub(super) struct Region {
    pub(super) rows: Vec<Row>,
    pub(super) left: f32,
    pub(super) right: f32,
    /// Whether a box holds it, apart from the running text.
    pub(super) boxed: bool,
    /// Whether it stands in the margin beside the text.
    pub(super) aside: bool,
}

/// Whether a page is so crowded that its segments are read from top to bottom,
/// across any columns.
pub(super) fn is_crowded(segments: &[Segment]) -> bool {
    segments.len() > MOST
}

/// The regions of a page in reading order.
pub(super) fn regions(mut segments: Vec<Segment>, shapes: &Shapes) -> Vec<Region> {
    if is_crowded(&segments) {
        let all = Block::of(segments, None);
        return all.and_then(region).into_iter().collect();
    }
    initials::join(&mut segments);
    let segments = match grids::join(&segments, shapes) {
        Some(rows) => tables::join(rows, Some(&segments)),
        None => tables::join(segments, None),
    };
    let frames = blocks::frames(&segments, shapes);
    let blocks = blocks::blocks(segments, shapes, &frames);
    let blocks = blocks.into_iter().flat_map(columns_of).collect();
    let mut regions: Vec<Region> = Vec::new();
    for block in margins::order(blocks, &frames) {
        let Some(region) = region(block) else {
            continue;
        };
        match regions.last_mut() {
            Some(last) if last.goes_on_with(&region) => last.append(region),
            _ => regions.push(region),
        }
    }
    regions
}

/// A block, or the columns that lines of one size joined into one.
fn columns_of(block: Block) -> Vec<Block> {
    let frame = block.frame;
    if block.segments.iter().any(|segment| segment.tabular) {
        return vec![block];
    }
    columns::divide(block.segments)
        .into_iter()
        .filter_map(|segments| Block::of(segments, frame))
        .collect()
}

impl Region {
    /// The area that its lines cover.
    pub(super) fn area(&self) -> Area {
        Area {
            left: self.left,
            top: self.rows.first().map_or(0.0, |row| row.y - row.size),
            right: self.right,
            bottom: self.rows.last().map_or(0.0, |row| row.y),
        }
    }

    /// Whether another region stands below it in the same column.
    fn goes_on_with(&self, next: &Region) -> bool {
        let (upper, lower) = (self.area(), next.area());
        let inside = |narrow: &Area, wide: &Area| {
            narrow.left > wide.left - 6.0 && narrow.right < wide.right + 6.0
        };
        // What is wider must be a column, not a line over several.
        let fits = if upper.width() >= lower.width() {
            inside(&lower, &upper) && (self.rows.len() > 1 || next.rows.len() == 1)
        } else {
            inside(&upper, &lower) && (next.rows.len() > 1 || self.rows.len() == 1)
        };
        // A table may stand over several columns.
        let (narrow, wide) = if upper.width() < lower.width() {
            (self, next)
        } else {
            (next, self)
        };
        let is_table = wide.rows.iter().any(|row| row.tabular)
            && narrow.is_prose()
            && narrow.area().width() < 0.7 * wide.area().width();
        self.boxed == next.boxed
            && self.aside == next.aside
            && lower.top > upper.bottom - 4.0
            && fits
            && !is_table
    }

    /// From where on (points) its lines are stretched to the edge that most of
    /// them have, if they are.
    pub(super) fn stretched_edge(&self) -> Option<f32> {
        let edge = self.rows.iter().map(|row| row.right).fold(0.0, f32::max);
        let size = self
            .rows
            .iter()
            .map(|row| row.size)
            .fold(f32::INFINITY, f32::min);
        let edge = edge - EDGE * size;
        let count = self.rows.iter().filter(|row| row.right > edge).count();
        (count >= STRETCHED && 10 * count >= 6 * self.rows.len()).then_some(edge)
    }

    /// Whether it has lines of text, as a column has, and no cells.
    fn is_prose(&self) -> bool {
        let length: usize = self.rows.iter().map(|row| row.text.len()).sum();
        let cells = self.rows.iter().any(|row| row.tabular);
        self.rows.len() >= PROSE.0 && length >= PROSE.1 * self.rows.len() && !cells
    }

    fn append(&mut self, mut next: Region) {
        if let Some(first) = next.rows.first_mut() {
            first.parted = true;
        }
        self.rows.append(&mut next.rows);
        self.left = self.left.min(next.left);
        self.right = self.right.max(next.right);
    }
}

/// The segments of a block as lines below each other.
fn region(block: Block) -> Option<Region> {
    let (boxed, aside) = (block.frame.is_some(), block.aside);
    let mut lines: Vec<Vec<Segment>> = Vec::new();
    for segment in block.segments {
        match lines.last_mut() {
            Some(line) if segment.y - line[0].y <= 0.35 * segment.size.min(line[0].size) => {
                line.push(segment)
            }
            _ => lines.push(vec![segment]),
        }
    }
    let rows: Vec<Row> = lines.into_iter().filter_map(row).collect();
    let first = rows.first()?;
    let (left, right) = rows
        .iter()
        .fold((first.left, first.right), |(left, right), row| {
            (left.min(row.left), right.max(row.right))
        });
    Some(Region {
        rows,
        left,
        right,
        boxed,
        aside,
    })
}

fn row(mut segments: Vec<Segment>) -> Option<Row> {
    segments.sort_by(|a, b| a.left.total_cmp(&b.left));
    // A bullet or a number may be larger than its text.
    let of_text = |segment: &&Segment| !lists::is_bare(&segment.text);
    let larger = |a: &&Segment, b: &&Segment| a.size.total_cmp(&b.size);
    let texts = segments.iter().filter(of_text);
    let largest = texts.max_by(larger).or(segments.iter().max_by(larger))?;
    let (y, size) = (largest.y, largest.size);
    let first = segments.first()?;
    let width = first.right - first.left;
    let share =
        first.text.find(' ').unwrap_or(first.text.len()) as f32 / first.text.len().max(1) as f32;
    let (left, first) = (first.left, width * share);
    let right = segments
        .iter()
        .map(|segment| segment.right)
        .fold(left, f32::max);
    let bold = segments.iter().all(|segment| segment.bold);
    let foreign = segments.iter().all(|segment| segment.foreign);
    let tabular = segments.iter().any(|segment| segment.tabular);
    let initial = segments.iter().any(|segment| segment.initial);
    let of = |segment: Option<&Segment>| segment.map_or(0, |segment| segment.paragraph);
    let tags = (of(segments.first()), of(segments.last()));
    let text = segments
        .into_iter()
        .map(|segment| segment.text)
        .collect::<Vec<_>>()
        .join(" ");
    Some(Row {
        text,
        left,
        right,
        y,
        size,
        bold,
        foreign,
        first,
        tabular,
        initial,
        parted: false,
        tags,
    })
}
