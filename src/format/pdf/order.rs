//! The order in which blocks are read: from top to bottom where they stand
//! above each other, column by column where they stand beside each other.
//!
//! The two rules and the topological sort are those of Thomas M. Breuel, High
//! Performance Document Layout Analysis (SDIUT 2003), section 4. What a box
//! holds is read in one piece.

use super::blocks::Block;
use super::shapes::Area;

/// How far (points) blocks may reach into each other and still stand beside or
/// below each other.
const SLACK: f32 = 3.0;

/// With more blocks than this a page is a drawing, read from top to bottom.
const MOST: usize = 400;

/// How far (points) a line may stand above or below the title beside it.
const NEAR: f32 = 24.0;

/// How far (points) the texts below a heading over several columns may begin
/// above each other; twice as far where it has wide room above and text below.
const LEVEL: f32 = 3.0;

/// How much room (points) is above a heading over several columns, and how much is
/// wide.
const CLEAR: f32 = 3.0;
const WIDE: f32 = 12.0;

/// How far (points) the name below a quotation set into two columns may stand from
/// it, and reach beyond it.
const BELOW: f32 = 15.0;

/// The fewest letters of a heading.
const LETTERS: usize = 4;

/// The most lines of a heading that may stand over several columns.
const HEADING: usize = 3;

/// Puts the blocks of a page into the order of reading.
pub(super) fn order(blocks: Vec<Block>, frames: &[Area]) -> Vec<Block> {
    let mut ordered = Vec::with_capacity(blocks.len());
    let mut blocks: Vec<Option<Block>> = blocks.into_iter().map(Some).collect();
    for unit in sequence(units(&blocks, frames)) {
        let mut inside: Vec<Block> = Vec::new();
        for place in unit.blocks {
            inside.extend(blocks[place].take());
        }
        if inside.len() > 1 {
            // The blocks of one box among themselves.
            let units = inside
                .iter()
                .enumerate()
                .map(|(place, block)| Unit::of(place, block))
                .collect();
            let mut inside: Vec<Option<Block>> = inside.into_iter().map(Some).collect();
            for unit in sequence(units) {
                for place in unit.blocks {
                    ordered.extend(inside[place].take());
                }
            }
        } else {
            ordered.append(&mut inside);
        }
    }
    ordered
}

/// What is read in one piece: a block, or all blocks of a box.
struct Unit {
    blocks: Vec<usize>,
    area: Area,
    /// Its area as far as it parts others.
    reach: Area,
    /// How many lines it has.
    lines: usize,
    /// How many letters it has.
    letters: usize,
    /// The size of its print, in points, and whether it is that of the text: not
    /// bold, and of no other font.
    size: f32,
    plain: bool,
}

impl Unit {
    fn of(place: usize, block: &Block) -> Self {
        Self {
            blocks: vec![place],
            area: block.area,
            reach: block.area,
            lines: block.rows(),
            letters: block
                .segments
                .iter()
                .flat_map(|segment| segment.text.chars())
                .filter(|char| char.is_alphabetic())
                .count(),
            size: block
                .segments
                .iter()
                .map(|segment| segment.size)
                .fold(0.0, f32::max),
            plain: !block
                .segments
                .iter()
                .any(|segment| segment.bold || segment.foreign),
        }
    }

    /// Takes in a block of the same box.
    fn add(&mut self, other: Unit) {
        self.blocks.extend(other.blocks);
        self.lines += other.lines;
        self.letters += other.letters;
        self.size = self.size.max(other.size);
        self.plain &= other.plain;
    }

    /// Whether it stands below a quotation in the middle, as who said it does.
    fn names(&self, quotation: &Area) -> bool {
        let gap = self.area.top - quotation.bottom;
        let shift = (self.area.left + self.area.right - quotation.left - quotation.right) / 2.0;
        self.lines <= HEADING
            && (-SLACK..BELOW).contains(&gap)
            && shift.abs() < 0.25 * quotation.width()
            && self.area.width() < quotation.width() + 2.0 * BELOW
    }
}

fn units(blocks: &[Option<Block>], frames: &[Area]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut of_frames: Vec<Option<usize>> = vec![None; frames.len()];
    for (place, block) in blocks.iter().enumerate() {
        let Some(block) = block else { continue };
        let frame = block.frame.filter(|&frame| frame < frames.len());
        match frame.map(|frame| (frame, of_frames[frame])) {
            Some((_, Some(unit))) => {
                let other = Unit::of(place, block);
                units[unit].add(other);
            }
            found => {
                let mut unit = Unit::of(place, block);
                if let Some((frame, _)) = found {
                    of_frames[frame] = Some(units.len());
                    (unit.area, unit.reach) = (frames[frame], frames[frame]);
                }
                units.push(unit);
            }
        }
    }
    units
}

/// The units in the order of reading.
fn sequence(mut units: Vec<Unit>) -> Vec<Unit> {
    units.sort_by(|a, b| {
        (a.area.top.total_cmp(&b.area.top)).then(a.area.left.total_cmp(&b.area.left))
    });
    if units.len() > MOST {
        return units;
    }
    let insets = insets(&mut units);
    widen(&mut units);
    let count = units.len();
    let before: Vec<Vec<bool>> = (0..count)
        .map(|a| {
            (0..count)
                .map(|b| a != b && precedes(&units, a, b))
                .collect()
        })
        .collect();
    let mut left: Vec<usize> = (0..count).collect();
    let mut sorted: Vec<usize> = Vec::with_capacity(count);
    while !left.is_empty() {
        let waits = |&unit: &usize| left.iter().filter(|&&other| before[other][unit]).count();
        // Where the rules contradict each other the highest is read first.
        let next = left
            .iter()
            .copied()
            .enumerate()
            .min_by_key(|(place, unit)| (waits(unit), *place));
        let Some((place, unit)) = next else { break };
        left.remove(place);
        sorted.push(unit);
    }
    let mut units: Vec<Option<Unit>> = units.into_iter().map(Some).collect();
    let mut read: Vec<Unit> = sorted
        .into_iter()
        .filter_map(|place| units[place].take())
        .collect();
    for inset in insets {
        let level = |unit: &Unit| unit.area.level(&inset.area) > 0.0;
        let behind = read
            .iter()
            .rposition(level)
            .map_or(read.len(), |last| last + 1);
        read.insert(behind, inset);
    }
    read
}

/// Takes out what is set into two columns, between lines of both that are
/// shorter for it: it parts neither.
fn insets(units: &mut Vec<Unit>) -> Vec<Unit> {
    let is_inset = |place: usize| {
        let inset = &units[place].area;
        // Its middle lies between two columns, and it reaches into both.
        let middle = (inset.left + inset.right) / 2.0;
        let beside = |is_there: &dyn Fn(&Area) -> bool| -> f32 {
            let lines = others(units, place).filter(|unit| {
                unit.lines > HEADING
                    && unit.area.beside(inset) > 4.0 * SLACK
                    && is_there(&unit.area)
            });
            lines.map(|unit| unit.area.level(inset).max(0.0)).sum()
        };
        let left = beside(&|area| area.right < middle + 2.0 * SLACK);
        let right = beside(&|area| area.left > middle - 2.0 * SLACK);
        left.min(right) > 0.6 * inset.height()
    };
    let places: Vec<usize> = (0..units.len()).filter(|&place| is_inset(place)).collect();
    let mut insets: Vec<Unit> = places
        .into_iter()
        .rev()
        .map(|place| units.remove(place))
        .collect();
    insets.reverse();
    for inset in &mut insets {
        if let Some(name) = units.iter().position(|unit| unit.names(&inset.area)) {
            let name = units.remove(name);
            inset.add(name);
        }
    }
    insets
}

/// All units but one.
fn others(units: &[Unit], place: usize) -> impl Iterator<Item = &Unit> {
    let units = units.iter().enumerate();
    units
        .filter(move |&(other, _)| other != place)
        .map(|(_, unit)| unit)
}

/// Lets headings over several columns reach over all of them.
fn widen(units: &mut [Unit]) {
    let areas = units.iter().map(|unit| unit.area);
    let Some(all) = areas.reduce(|all, area| all.with(&area)) else {
        return;
    };
    let usual = usual_size(units);
    // From the lowest: what a heading heads may be a heading itself.
    for place in (0..units.len()).rev() {
        if is_beside_title(units, place, &all) || spans(units, place, &all, usual) {
            (units[place].reach.left, units[place].reach.right) = (all.left, all.right);
        }
    }
}

/// The size that most letters have.
fn usual_size(units: &[Unit]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = units.iter().map(|u| (u.size, u.letters)).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, letters)| letters).sum::<usize>() / 2;
    let mut seen = 0;
    let usual = sizes.iter().find(|(_, letters)| {
        seen += letters;
        seen > half
    });
    usual.map_or(0.0, |(size, _)| *size)
}

/// Whether a unit is a short line beside a title over all columns, such as its
/// date.
fn is_beside_title(units: &[Unit], place: usize, all: &Area) -> bool {
    let area = units[place].area;
    let is_title = |unit: &Unit| {
        unit.lines <= HEADING
            && unit.area.width() > 0.5 * all.width()
            && unit.area.level(&area) > -NEAR
    };
    units[place].lines <= HEADING
        && others(units, place).any(is_title)
        && units
            .iter()
            .all(|unit| unit.lines <= HEADING || unit.area.level(&area) < 1.0)
        && others(units, place)
            .all(|other| other.area.beside(&area) < SLACK || other.area.top >= area.top)
}

/// Whether a unit is a heading over several columns: short, not set as the text
/// is, alone at its height, with room above it, and over texts that begin at one
/// height.
fn spans(units: &[Unit], place: usize, all: &Area, usual: f32) -> bool {
    let unit = &units[place];
    let area = unit.area;
    let middle = (area.left + area.right - all.left - all.right).abs() / 2.0;
    let leads = area.left < all.left + 2.0 * SLACK || middle < 8.0 * SLACK;
    let is_text = |unit: &Unit| unit.plain && (unit.size / usual - 1.0).abs() < 0.04;
    if unit.lines > HEADING || unit.letters < LETTERS || !leads || is_text(unit) {
        return false;
    }
    let others = || others(units, place);
    let alone = others().all(|other| other.area.level(&area) < 1.0);
    let across = |other: &Unit| other.area.beside(&area) < SLACK;
    let above = others().filter(|other| across(other) && other.area.bottom <= area.top + 1.0);
    let room = above.map(|other| area.top - other.area.bottom);
    let Some(room) = room
        .min_by(f32::total_cmp)
        .filter(|room| alone && *room >= CLEAR)
    else {
        return false;
    };
    // What it heads begins at one height on both sides, or is such a heading.
    let below = |side: bool| {
        let below =
            others().filter(|other| across(other) == side && other.area.top >= area.bottom - 1.0);
        below.min_by(|a, b| a.area.top.total_cmp(&b.area.top))
    };
    let (Some(own), Some(other)) = (below(false), below(true)) else {
        // At the foot of a column a short line ends it.
        return below(true).is_some() && middle < 8.0 * SLACK;
    };
    let level = if room >= WIDE && is_text(other) {
        2.0 * LEVEL
    } else {
        LEVEL
    };
    own.reach.beside(&other.reach) >= SLACK || (own.area.top - other.area.top).abs() < level
}

/// Whether unit `a` is read before unit `b`.
fn precedes(units: &[Unit], a: usize, b: usize) -> bool {
    let (first, second) = (&units[a].reach, &units[b].reach);
    if overlap(first, second) {
        return above(first, second);
    }
    let is_left = first.right <= second.left + SLACK && first.left < second.left;
    is_left
        && !units.iter().enumerate().any(|(other, between)| {
            let area = &between.reach;
            // From the lower edge of one to the upper edge of the other.
            let (top, bottom) = (first.bottom.min(second.bottom), first.top.max(second.top));
            other != a
                && other != b
                && area.top >= top - SLACK
                && area.bottom <= bottom + SLACK
                && overlap(area, first)
                && overlap(area, second)
        })
}

/// Whether two areas stand above each other, not beside each other.
fn overlap(a: &Area, b: &Area) -> bool {
    a.beside(b)
        > SLACK
            .max(0.1 * a.width().min(b.width()))
            .min(0.6 * a.width().min(b.width()))
}

/// Whether an area is the upper one.
fn above(a: &Area, b: &Area) -> bool {
    (a.top + a.bottom.min(a.top + 12.0)) < (b.top + b.bottom.min(b.top + 12.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of areas in the order of reading.
    fn read(areas: &[(&str, [f32; 4])]) -> String {
        let unit = |(place, (name, [left, top, right, bottom])): (usize, &(&str, [f32; 4]))| {
            let area = Area {
                left: *left,
                top: *top,
                right: *right,
                bottom: *bottom,
            };
            Unit {
                blocks: vec![place],
                area,
                reach: area,
                lines: ((bottom - top) / 12.0) as usize,
                letters: 12,
                size: 10.0,
                plain: !name.starts_with("head"),
            }
        };
        let units = areas.iter().enumerate().map(unit).collect();
        let units = sequence(units);
        let places = units.iter().flat_map(|unit| &unit.blocks);
        let names = places.map(|&place| areas[place].0);
        names.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let page = [
            ("right", [300.0, 100.0, 500.0, 700.0]),
            ("left", [50.0, 130.0, 290.0, 400.0]),
            ("left-2", [50.0, 420.0, 290.0, 690.0]),
            ("title", [50.0, 50.0, 500.0, 80.0]),
            ("foot", [50.0, 720.0, 290.0, 750.0]),
        ];
        assert_eq!(read(&page), "title left left-2 foot right");
    }

    #[test]
    fn what_runs_over_both_columns_parts_them() {
        let page = [
            ("left", [50.0, 100.0, 290.0, 300.0]),
            ("right", [300.0, 100.0, 500.0, 310.0]),
            ("box", [50.0, 330.0, 500.0, 400.0]),
            ("left-2", [50.0, 420.0, 290.0, 700.0]),
            ("right-2", [300.0, 420.0, 500.0, 600.0]),
        ];
        assert_eq!(read(&page), "left right box left-2 right-2");
    }

    #[test]
    fn a_short_heading_over_both_columns_parts_them() {
        let page = [
            ("left", [50.0, 100.0, 290.0, 300.0]),
            ("right", [300.0, 100.0, 500.0, 310.0]),
            ("heading", [50.0, 330.0, 150.0, 342.0]),
            ("left-2", [50.0, 360.0, 290.0, 700.0]),
            ("right-2", [300.0, 360.0, 500.0, 600.0]),
        ];
        assert_eq!(read(&page), "left right heading left-2 right-2");
    }

    #[test]
    fn what_is_set_into_both_columns_parts_neither() {
        let page = [
            ("left", [50.0, 100.0, 290.0, 380.0]),
            ("left-2", [50.0, 400.0, 290.0, 700.0]),
            ("quote", [230.0, 360.0, 370.0, 440.0]),
            ("right", [300.0, 100.0, 540.0, 700.0]),
        ];
        assert_eq!(read(&page), "left left-2 right quote");
    }

    #[test]
    fn the_name_below_a_quotation_is_read_with_it() {
        let page = [
            ("left", [50.0, 100.0, 290.0, 700.0]),
            ("quote", [230.0, 360.0, 370.0, 440.0]),
            ("name", [250.0, 446.0, 350.0, 456.0]),
            ("right", [300.0, 100.0, 540.0, 440.0]),
            ("heading", [300.0, 446.0, 380.0, 458.0]),
            ("right-2", [300.0, 470.0, 540.0, 700.0]),
        ];
        assert_eq!(read(&page), "left right quote name heading right-2");
    }

    #[test]
    fn a_headline_in_one_column_belongs_to_it() {
        let page = [
            ("left", [50.0, 100.0, 290.0, 300.0]),
            ("headline", [50.0, 330.0, 250.0, 360.0]),
            ("left-2", [50.0, 380.0, 290.0, 700.0]),
            ("right", [300.0, 100.0, 500.0, 700.0]),
        ];
        assert_eq!(read(&page), "left headline left-2 right");
    }
}
