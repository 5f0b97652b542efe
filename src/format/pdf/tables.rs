//! Tables: the cells of a row become one segment, so that a table is read row
//! by row. Nothing here knows of rules or boxes.

use super::segments::{Segment, sort};

/// The longest cell (bytes) of a table whose cells are all short.
const CELL: usize = 24;

/// The longest first cell (bytes) of a row of numbers.
const LABEL: usize = 90;

/// The shortest line (bytes) of running text.
const LINE: usize = 18;

/// How many lines below each other may be running text.
const LINES: usize = 4;

/// The widest gap (in sizes) between the words of a line that is stretched.
const STRETCHED: f32 = 4.0;

/// The most lines with which a cell goes on.
const REST: usize = 3;

/// So many numbers beside each other are a row by themselves, as at the axis of
/// a chart.
const AXIS: usize = 4;

/// How far two rows of one table may be apart, in sizes of the font.
const APART: f32 = 3.4;

/// Cells side by side.
struct Row {
    cells: Vec<usize>,
    y: f32,
    left: f32,
    right: f32,
    size: f32,
    numbers: usize,
}

/// Makes one segment of each row of a table; `before` are the segments of the page
/// before rows of grids were joined, if any were: they tell rows too.
pub(super) fn join(segments: Vec<Segment>, before: Option<&[Segment]>) -> Vec<Segment> {
    let rows_before = before.map(rows);
    let rows = rows(&segments);
    let (others, all) = match (&rows_before, before) {
        (Some(rows), Some(before)) => (rows, before),
        _ => (&rows, segments.as_slice()),
    };
    let is_table = |row: &&Row| {
        let goes_on = |other: &Row| continues((row, &segments), (other, all));
        is_axis(row, &segments) || others.iter().any(goes_on)
    };
    let mut gone = vec![false; segments.len()];
    let mut joined = Vec::new();
    for row in rows.iter().filter(is_table) {
        for &cell in &row.cells {
            gone[cell] = true;
        }
        let rest = rest(row, &rows, &segments);
        for &cell in &rest {
            gone[cell] = true;
        }
        joined.extend(whole(row, &rest, &segments));
    }
    let kept = segments.into_iter().zip(gone).filter(|(_, gone)| !gone);
    joined.extend(kept.map(|(segment, _)| segment));
    sort(&mut joined);
    joined
}

/// Which segments are lines of running text, which no table beside it has: four
/// or more below each other, of which some go on with a sentence.
fn prose(segments: &[Segment]) -> Vec<bool> {
    let mut prose = vec![false; segments.len()];
    let mut seen = vec![false; segments.len()];
    let below = |place: usize| {
        let upper = &segments[place];
        let near = |lower: &&Segment| lower.y - upper.y < 1.8 * upper.size;
        let below = segments[place + 1..].iter().take_while(near);
        let lower = below.enumerate().find(|(_, lower)| {
            let step = (lower.y - upper.y) / upper.size;
            (0.85..1.7).contains(&step)
                && (lower.left - upper.left).abs() < 2.5 * upper.size
                && (lower.size / upper.size - 1.0).abs() < 0.06
        });
        lower.map(|(steps, _)| place + 1 + steps)
    };
    for first in 0..segments.len() {
        if seen[first] || segments[first].text.len() < LINE {
            continue;
        }
        let mut chain = vec![first];
        while let Some(next) = below(chain[chain.len() - 1]) {
            seen[next] = true;
            chain.push(next);
            if segments[next].text.len() < LINE {
                break;
            }
        }
        let lower = chain
            .iter()
            .filter(|&&line| segments[line].text.starts_with(char::is_lowercase))
            .count();
        if chain.len() >= LINES && 10 * lower >= 3 * chain.len() {
            for line in chain {
                prose[line] = true;
            }
        }
    }
    prose
}

/// The runs of cells that may be rows of tables.
fn rows(segments: &[Segment]) -> Vec<Row> {
    let prose = prose(segments);
    let mut rows = Vec::new();
    let mut from = 0;
    for place in 1..=segments.len() {
        let ends = segments.get(place).is_none_or(|next| {
            next.y - segments[from].y > 0.25 * segments[from].size.min(next.size)
        });
        if ends {
            let mut level: Vec<usize> = (from..place).collect();
            level.sort_by(|&a, &b| segments[a].left.total_cmp(&segments[b].left));
            for run in level.split(|&place| prose[place]) {
                runs(run, segments, &mut rows);
            }
            from = place;
        }
    }
    rows
}

/// The runs of cells among what stands on one baseline.
fn runs(level: &[usize], segments: &[Segment], rows: &mut Vec<Row>) {
    let short = |&cell: &usize| segments[cell].text.len() <= CELL;
    let mut place = 0;
    while place < level.len() {
        let from = place;
        // A longer cell may name what a row of numbers is of.
        place += 1;
        while place < level.len()
            && short(&level[place])
            && (short(&level[from]) || is_number(&segments[level[place]].text))
        {
            place += 1;
        }
        let cells = &level[from..place];
        let numbers = cells
            .iter()
            .filter(|&&cell| is_number(&segments[cell].text))
            .count();
        let all_short = cells.iter().all(short)
            && cells.len() >= 3
            && (2 * numbers >= cells.len() || !is_stretched(cells, segments));
        let labelled = without_leader(&segments[cells[0]].text).len() <= LABEL
            && cells.len() >= 2
            && numbers + 1 >= cells.len();
        if all_short || labelled {
            rows.extend(row(cells, numbers, segments));
        }
    }
}

/// Whether a row has the numbers at the axis of a chart, equally far apart.
fn is_axis(row: &Row, segments: &[Segment]) -> bool {
    let middle = |cell: usize| (segments[cell].left + segments[cell].right) / 2.0;
    let steps = row
        .cells
        .windows(2)
        .map(|pair| middle(pair[1]) - middle(pair[0]));
    let (least, most) = steps.fold((f32::INFINITY, 0.0_f32), |(least, most), step| {
        (least.min(step), most.max(step))
    });
    row.cells.len() >= AXIS && row.numbers == row.cells.len() && most < 1.2 * least
}

/// Whether cells are the words of a line that is stretched to the edge of its
/// column: single words, equally far apart.
fn is_stretched(cells: &[usize], segments: &[Segment]) -> bool {
    let gaps = cells
        .windows(2)
        .map(|pair| segments[pair[1]].left - segments[pair[0]].right);
    let (least, most) = gaps.fold((f32::INFINITY, 0.0_f32), |(least, most), gap| {
        (least.min(gap), most.max(gap))
    });
    let size = cells
        .iter()
        .map(|&cell| segments[cell].size)
        .fold(0.0, f32::max);
    most < 1.6 * least
        && most < STRETCHED * size
        && cells
            .iter()
            .filter(|&&cell| segments[cell].text.contains(' '))
            .count()
            <= 1
}

fn row(cells: &[usize], numbers: usize, segments: &[Segment]) -> Option<Row> {
    let (first, last) = (&segments[*cells.first()?], &segments[*cells.last()?]);
    Some(Row {
        cells: cells.to_vec(),
        y: first.y,
        left: first.left,
        right: last.right,
        size: first.size,
        numbers,
    })
}

/// The text of a cell without the dots that lead to the next.
fn without_leader(text: &str) -> &str {
    text.trim_end_matches(['.', ' ', '…', '_'])
}

/// Whether a cell holds a number or what stands for one.
pub(super) fn is_number(text: &str) -> bool {
    let letters = text.chars().filter(|char| char.is_alphabetic()).count();
    let others = text.chars().filter(|char| !char.is_whitespace()).count() - letters;
    let dash = text.chars().all(|char| "—–-−.… ".contains(char));
    let none = matches!(
        text.trim_matches('.'),
        "N/A" | "NA" | "n/a" | "None" | "X" | "x"
    );
    dash || none || (others >= 1 && letters <= 2 && text.chars().any(|char| char.is_ascii_digit()))
}

/// Whether two rows are of one table: near, of one size, and with cells in the
/// same places.
fn continues((row, segments): (&Row, &[Segment]), (other, others): (&Row, &[Segment])) -> bool {
    let step = (row.y - other.y).abs();
    let alike = (row.size / other.size - 1.0).abs() < 0.2;
    if step > APART * row.size || step < 0.3 * row.size || !alike {
        return false;
    }
    let shared = row.right.min(other.right) - row.left.max(other.left);
    if shared < 0.4 * (row.right - row.left).min(other.right - other.left) {
        return false;
    }
    // The ends of a line of text are in the same places as those of others: what
    // counts is where the cells inside begin and end.
    let near = |a: f32, b: f32| (a - b).abs() < 0.45 * row.size;
    let aligned = |&(place, &a): &(usize, &usize)| {
        let cell = &segments[a];
        let last = place + 1 == row.cells.len();
        other.cells.iter().enumerate().skip(1).any(|(at, &b)| {
            let twin = &others[b];
            let ends = last && at + 1 == other.cells.len();
            let numbers = is_number(&cell.text) || is_number(&twin.text);
            near(cell.left, twin.left)
                || ((!ends || numbers) && near(cell.right, twin.right))
                || near(
                    (cell.left + cell.right) / 2.0,
                    (twin.left + twin.right) / 2.0,
                )
        })
    };
    let cells = row.cells.iter().enumerate().skip(1);
    let count = cells.filter(aligned).count();
    let numeric = row.numbers + other.numbers > 0;
    let needed = match row.cells.len().min(other.cells.len()) {
        0..=2 => 1,
        _ if numeric => 2,
        _ => 2.max(row.cells.len() - 2),
    };
    count >= needed && (numeric || row.cells.len() > 2)
}

/// The lines with which the first cell of a row goes on below it: indented, and
/// alone at their height within the row. A line that rows below it are indented
/// like is a row of its own, or names them.
fn rest(row: &Row, rows: &[Row], segments: &[Segment]) -> Vec<usize> {
    let Some(second) = row.cells.get(1).map(|&cell| &segments[cell]) else {
        return Vec::new();
    };
    let mut rest: Vec<usize> = Vec::new();
    let mut y = row.y;
    while rest.len() < REST {
        let below = |segment: &Segment| {
            (0.8..1.5).contains(&((segment.y - y) / row.size))
                && segment.left < row.right
                && segment.right > row.left
        };
        let mut lines = (0..segments.len()).filter(|&place| below(&segments[place]));
        let Some(place) = lines.next().filter(|_| lines.next().is_none()) else {
            break;
        };
        let line = &segments[place];
        let indent = (line.left - row.left) / row.size;
        let alike = (line.size / row.size - 1.0).abs() < 0.04;
        let is_cell = rows.iter().any(|row| row.cells.contains(&place));
        if !alike || is_cell || !(0.5..3.0).contains(&indent) || line.right > second.left {
            break;
        }
        y = line.y;
        rest.push(place);
    }
    let next = rows.iter().find(|next| next.y > y && next.left < row.right);
    let level =
        |line: usize| segments[line].left < next.map_or(f32::INFINITY, |next| next.left + 1.0);
    match rest.first() {
        Some(&line) if next.is_some() && level(line) => Vec::new(),
        _ => rest,
    }
}

/// The cells of a row as one segment; `rest` are the lines with which its first
/// cell goes on.
fn whole(row: &Row, rest: &[usize], segments: &[Segment]) -> Option<Segment> {
    let mut cells: Vec<Segment> = row
        .cells
        .iter()
        .map(|&cell| segments[cell].clone())
        .collect();
    for &line in rest {
        let first = &mut cells[0];
        first.text = format!("{} {}", first.text, segments[line].text);
    }
    let cells = cells.into_iter();
    cells.reduce(|row, cell| Segment {
        text: format!("{} {}", row.text, cell.text),
        right: row.right.max(cell.right),
        size: row.size.max(cell.size),
        bold: row.bold && cell.bold,
        foreign: row.foreign && cell.foreign,
        marks: row.marks + cell.marks,
        tabular: true,
        ..row
    })
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn cells_of_numbers_are_told() {
        for (text, number) in [
            ("14,034", true),
            ("$1,650", true),
            (">0.99", true),
            ("N/A", true),
            ("—", true),
            ("........", true),
            ("1.2 m", true),
            ("Helicopter", false),
            ("the farms", false),
        ] {
            assert_eq!(is_number(text), number, "{text}");
        }
    }
}
