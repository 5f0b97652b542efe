//! Side headings: what stands in a margin beside the text is read where its
//! first line stands. Nothing here knows of fonts.

use super::blocks::Block;
use super::breaks;
use super::order;
use super::shapes::Area;

/// The most lines of a side heading.
const LINES: usize = 9;

/// The longest side heading (bytes).
const LONGEST: usize = 220;

/// How wide the line beside a side heading is, in parts of its column.
const WIDE: f32 = 0.7;

/// How far (points) side headings may begin from each other.
const ALIGNED: f32 = 12.0;

/// The fewest lines of a text that has a margin.
const TEXT: usize = 4;

/// Puts the blocks of a page into the order of reading, those in its margin
/// before the lines that they stand beside.
pub(super) fn order(blocks: Vec<Block>, frames: &[Area]) -> Vec<Block> {
    let Some(column) = column(&blocks) else {
        return order::order(blocks, frames);
    };
    let (mut aside, text): (Vec<Block>, Vec<Block>) = blocks
        .into_iter()
        .partition(|block| is_aside(block, &column));
    let all: usize = text.iter().map(Block::rows).sum();
    let lines: usize = aside.iter().map(Block::rows).sum();
    if aside.is_empty() || 2 * lines > all {
        aside.extend(text);
        return order::order(aside, frames);
    }
    aside.sort_by(|a, b| a.area.top.total_cmp(&b.area.top));
    let text = aside.iter().fold(text, |text, heading| {
        text.into_iter()
            .flat_map(|block| divided(block, heading))
            .collect()
    });
    let lefts = aside.iter().map(|block| block.area.left);
    let (least, most) = lefts.fold((f32::INFINITY, 0.0_f32), |(least, most), left| {
        (least.min(left), most.max(left))
    });
    let mut text = order::order(text, frames);
    for mut heading in aside.into_iter().rev() {
        let first = first_line(&heading);
        let at = text.iter().position(|block| {
            first_line(block) > first - 0.8 * block.segments[0].size && is_beside(block, &column)
        });
        // Beside the cells of a table stand other cells.
        let line = at.and_then(|at| text[at].segments.first());
        let is_text = line.is_some_and(|line| line.right - line.left > WIDE * column.width());
        let is_named = breaks::side_heading(&heading.segments[0].text);
        heading.aside = is_text && is_named && most - least < ALIGNED;
        text.insert(at.unwrap_or(text.len()), heading);
    }
    text
}

/// The one column of a page that has a margin, if it has one.
fn column(blocks: &[Block]) -> Option<Area> {
    let prose = |block: &&Block| block.rows() >= TEXT && block.length() >= 30 * block.rows();
    let widest = blocks
        .iter()
        .filter(prose)
        .max_by(|a, b| a.area.width().total_cmp(&b.area.width()))?;
    let column = blocks
        .iter()
        .filter(prose)
        .filter(|block| block.area.beside(&widest.area) > 0.6 * block.area.width())
        .fold(widest.area, |column, block| Area {
            left: column.left.min(block.area.left).max(widest.area.left - 4.0),
            top: column.top.min(block.area.top),
            bottom: column.bottom.max(block.area.bottom),
            ..column
        });
    let others = blocks
        .iter()
        .filter(prose)
        .any(|block| block.area.beside(&column) < 0.3 * block.area.width());
    (!others).then_some(column)
}

/// Whether a block stands in the margin on the left.
fn is_aside(block: &Block, column: &Area) -> bool {
    let bare = block.segments.iter().all(|segment| segment.tabular);
    block.frame.is_none()
        && !bare
        && block.area.right < column.left - 2.0
        && block.rows() <= LINES
        && block.length() <= LONGEST
        && block.area.level(column) > 0.0
}

fn is_beside(block: &Block, column: &Area) -> bool {
    block.area.beside(column) > 0.0
}

/// The baseline of the first line.
fn first_line(block: &Block) -> f32 {
    block.segments.first().map_or(0.0, |segment| segment.y)
}

/// A block divided at the line that a heading stands beside, where a paragraph
/// may begin there.
fn divided(block: Block, heading: &Block) -> Vec<Block> {
    let first = first_line(heading);
    let from = block.segments.iter().position(|segment| {
        (segment.y - first).abs() < 0.9 * segment.size.max(heading.segments[0].size)
    });
    let Some(from) = from.filter(|&from| from > 0) else {
        return vec![block];
    };
    let mut above = block.segments;
    let below = above.split_off(from);
    let parts = [above, below].into_iter();
    parts
        .filter_map(|segments| Block::of(segments, block.frame))
        .collect()
}
