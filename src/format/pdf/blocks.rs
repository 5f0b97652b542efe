//! Blocks: segments that touch each other from line to line. A rule, the edge
//! of a box, another size or a wide gap parts them. Nothing here knows of the
//! order in which blocks are read.

use super::lists;
use super::segments::{Segment, sort};
use super::shapes::{Area, Shapes};

/// How far lines of one block may be apart, in parts of their usual distance.
const NEAR: f32 = 1.35;

/// The usual distance of lines where too few tell, in sizes of the font.
const LEADING: f32 = 1.25;

/// How much larger one of two lines of a block may be.
const ALIKE: f32 = 1.13;

/// How far a bullet or a number may stand from its text, in sizes.
const LABEL_GAP: f32 = 5.0;

/// How far the parts of one line may be apart that nothing else joins, in sizes.
const PART_GAP: f32 = 3.0;

/// How far they may be apart where one of them has lines above or below.
const NEAR_GAP: f32 = 1.3;

/// The shortest line (bytes) by which a column is told.
const LINE: usize = 18;

/// Segments that touch each other.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// From top to bottom and from left to right.
    pub(super) segments: Vec<Segment>,
    pub(super) area: Area,
    /// The place of the box that holds it among those that hold text.
    pub(super) frame: Option<usize>,
    /// Whether it stands in the margin.
    pub(super) aside: bool,
}

impl Block {
    pub(super) fn of(mut segments: Vec<Segment>, frame: Option<usize>) -> Option<Self> {
        sort(&mut segments);
        let area = segments
            .iter()
            .map(Segment::area)
            .reduce(|all, area| all.with(&area))?;
        Some(Block {
            segments,
            area,
            frame,
            aside: false,
        })
    }

    /// How many characters its text has (bytes).
    pub(super) fn length(&self) -> usize {
        self.segments.iter().map(|segment| segment.text.len()).sum()
    }

    /// How many baselines it has.
    pub(super) fn rows(&self) -> usize {
        let mut rows = 0;
        let mut last = f32::NEG_INFINITY;
        for segment in &self.segments {
            if segment.y - last > 0.35 * segment.size {
                rows += 1;
                last = segment.y;
            }
        }
        rows
    }
}

/// The boxes that hold text: with two lines or more in them, and more beside
/// them.
pub(super) fn frames(segments: &[Segment], shapes: &Shapes) -> Vec<Area> {
    let mut frames: Vec<Area> = Vec::new();
    for &frame in &shapes.boxes {
        let inside: Vec<&Segment> = segments
            .iter()
            .filter(|segment| Shapes::smallest(&[frame], &segment.area()).is_some())
            .collect();
        let first = inside.first().map_or(0.0, |segment| segment.y);
        let lines = inside
            .iter()
            .any(|segment| segment.y - first > 0.5 * segment.size);
        let prose: usize = inside.iter().map(|segment| segment.text.len()).sum();
        let twin = frames
            .iter()
            .any(|other| other.holds(&frame) && frame.holds(other));
        if lines && prose >= 40 && inside.len() < segments.len() && !twin {
            frames.push(frame);
        }
    }
    frames
}

/// The blocks of a page.
pub(super) fn blocks(segments: Vec<Segment>, shapes: &Shapes, frames: &[Area]) -> Vec<Block> {
    let held: Vec<Option<usize>> = segments
        .iter()
        .map(|segment| Shapes::smallest(frames, &segment.area()))
        .collect();
    let mut links = Links::new(segments.len());
    let leading = leading(&segments, &held);
    for (below, lower) in segments.iter().enumerate() {
        for (above, upper) in segments[..below].iter().enumerate().rev() {
            if lower.y - upper.y > 4.0 * upper.size.max(lower.size) {
                // Rows are sorted by height: what is above is further away.
                if lower.y - upper.y > 80.0 {
                    break;
                }
                continue;
            }
            if held[above] == held[below] && touches(upper, lower, leading, shapes) {
                links.join(above, below);
            }
        }
    }
    join_parts(&segments, &held, shapes, &mut links);
    let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
    for place in 0..segments.len() {
        let root = links.root(place);
        match groups.iter_mut().find(|(other, _)| *other == root) {
            Some((_, group)) => group.push(place),
            None => groups.push((root, vec![place])),
        }
    }
    let block = |(root, group): (usize, Vec<usize>)| {
        let segments = group.iter().map(|&place| segments[place].clone());
        Block::of(segments.collect(), held[root])
    };
    groups.into_iter().filter_map(block).collect()
}

/// Whether two segments, one below the other, are lines of one block.
fn touches(upper: &Segment, lower: &Segment, leading: f32, shapes: &Shapes) -> bool {
    let (small, large) = (upper.size.min(lower.size), upper.size.max(lower.size));
    let step = lower.y - upper.y;
    if large > ALIKE * small
        || step < 0.35 * small
        || step > NEAR * leading * large
        || upper.tabular != lower.tabular
    {
        return false;
    }
    let (above, below) = (upper.area(), lower.area());
    let narrow = above.width().min(below.width());
    if above.beside(&below) < (0.3 * narrow).min(0.5 * small) {
        return false;
    }
    !is_parted(upper, lower, shapes)
}

/// Whether a rule stands between two lines.
fn is_parted(upper: &Segment, lower: &Segment, shapes: &Shapes) -> bool {
    let (above, below) = (upper.area(), lower.area());
    shapes.rules.iter().any(|rule| {
        let y = (rule.top + rule.bottom) / 2.0;
        let underlines = |area: &Area| {
            rule.left > area.left - 3.0 && rule.right < area.right + 3.0 && y < area.bottom + 1.0
        };
        y > upper.y + 0.05 * upper.size
            && y < lower.y - 0.55 * lower.size
            && rule.beside(&above) > 0.0
            && rule.beside(&below) > 0.0
            && !underlines(&above)
    })
}

/// Joins bullets and numbers with their text, and the parts of single lines.
fn join_parts(segments: &[Segment], held: &[Option<usize>], shapes: &Shapes, links: &mut Links) {
    let alone = |place: usize, links: &mut Links| {
        let root = links.root(place);
        let mut others = (0..segments.len()).filter(|&other| other != place);
        others.all(|other| links.root(other) != root)
    };
    for place in 0..segments.len() {
        let left = &segments[place];
        let beside = (0..segments.len()).filter(|&other| {
            let right = &segments[other];
            other != place
                && right.left >= left.right - 0.1 * left.size
                && (right.y - left.y).abs() < 0.25 * left.size.min(right.size)
        });
        let next = beside.min_by(|&a, &b| segments[a].left.total_cmp(&segments[b].left));
        let Some(next) = next.filter(|&next| held[next] == held[place]) else {
            continue;
        };
        let right = &segments[next];
        let gap = (right.left - left.right) / left.size.max(right.size);
        let barred = shapes.bars.iter().any(|bar| {
            bar.left > left.right - 1.0
                && bar.right < right.left + 1.0
                && bar.top < left.y
                && bar.bottom > left.y - left.size
        });
        let before = segments.iter().any(|other| {
            other.right <= left.left
                && left.left - other.right < 2.0 * LABEL_GAP * left.size
                && (other.y - left.y).abs() < 0.25 * left.size.min(other.size)
                && lists::is_bare(&other.text)
        });
        let is_label = lists::is_bare(&left.text) && gap < LABEL_GAP && !before;
        // Where other lines begin, a column does.
        let begins = |other: &&Segment| {
            (other.left - right.left).abs() < 0.4 * right.size && other.text.len() >= LINE
        };
        let is_column = segments.iter().filter(begins).count() >= 3;
        let near = gap < NEAR_GAP || (alone(place, links) && alone(next, links));
        let is_part = gap < PART_GAP
            && !is_column
            && !begins_with_dash(&right.text)
            && left.size.max(right.size) < ALIKE * left.size.min(right.size)
            && near;
        if !barred && (is_label || is_part) {
            links.join(place, next);
        }
    }
}

/// Whether a text begins with a dash, as the name below a quotation does.
fn begins_with_dash(text: &str) -> bool {
    matches!(lists::mark(text), Some(lists::Mark::Dash(_)))
}

/// The usual distance of lines, in sizes of the font.
fn leading(segments: &[Segment], held: &[Option<usize>]) -> f32 {
    let mut steps: Vec<f32> = Vec::new();
    for (below, lower) in segments.iter().enumerate() {
        let above = segments[..below].iter().enumerate().rev().take(40);
        let nearest = above
            .filter(|&(above, upper)| {
                held[above] == held[below]
                    && (upper.size / lower.size - 1.0).abs() < 0.06
                    && lower.y - upper.y > 0.5 * lower.size
                    && upper.area().beside(&lower.area()) > 0.0
            })
            .map(|(_, upper)| (lower.y - upper.y) / lower.size)
            .next();
        steps.extend(nearest.filter(|step| (0.8..3.2).contains(step)));
    }
    if steps.len() < 4 {
        return LEADING;
    }
    let middle = steps.len() * 2 / 5;
    let step = *steps.select_nth_unstable_by(middle, f32::total_cmp).1;
    step.clamp(1.05, 2.6)
}

/// Which segments are joined: sets that grow together (Tarjan 1975).
struct Links {
    parents: Vec<usize>,
}

impl Links {
    fn new(count: usize) -> Self {
        Self {
            parents: (0..count).collect(),
        }
    }

    fn root(&mut self, place: usize) -> usize {
        let mut root = place;
        while self.parents[root] != root {
            self.parents[root] = self.parents[self.parents[root]];
            root = self.parents[root];
        }
        root
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b)] = a.min(b);
    }
}
