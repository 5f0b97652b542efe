//! Columns told from lines that run across them: the space between two columns
//! is where rows of prose stand beside each other and none crosses.

use super::segments::Segment;

/// How wide the strips are (points) in which the space between columns is
/// looked for.
const STRIP: f32 = 3.0;

/// How many rows each of two columns must have beside the other.
const ROWS: usize = 3;

/// How often columns may be divided in turn.
const DEEPEST: usize = 6;

/// Divides the segments (sorted from top to bottom) into groups in reading order.
pub(super) fn divide(segments: Vec<Segment>) -> Vec<Vec<Segment>> {
    let mut groups = Vec::new();
    into(segments, DEEPEST, &mut groups);
    groups
}

fn into(segments: Vec<Segment>, depth: usize, groups: &mut Vec<Vec<Segment>>) {
    let Some(at) = (if depth > 0 { gutter(&segments) } else { None }) else {
        groups.push(segments);
        return;
    };
    for band in bands(segments, at) {
        let (left, right): (Vec<_>, Vec<_>) = band
            .segments
            .into_iter()
            .partition(|segment| segment.left < at);
        if band.across || left.is_empty() || right.is_empty() {
            groups.push(left.into_iter().chain(right).collect());
        } else {
            into(left, depth - 1, groups);
            into(right, depth - 1, groups);
        }
    }
}

/// Segments between lines that cross the gutter, or such lines.
struct Band {
    segments: Vec<Segment>,
    across: bool,
}

/// Cuts the segments (sorted from top to bottom) into bands. What stands on one
/// side only beside lines that cross is one of them: the last line of a
/// paragraph, a short heading.
fn bands(segments: Vec<Segment>, at: f32) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for segment in segments {
        let across = crosses(&segment, at);
        match bands.last_mut() {
            Some(band) if band.across == across => band.segments.push(segment),
            _ => bands.push(Band {
                segments: vec![segment],
                across,
            }),
        }
    }
    let mut merged: Vec<Band> = Vec::new();
    for mut band in bands {
        let one_sided = band.segments.iter().all(|segment| segment.left < at)
            || band.segments.iter().all(|segment| segment.left >= at);
        match merged.last_mut() {
            Some(last) if last.across && (band.across || one_sided) => {
                last.segments.append(&mut band.segments)
            }
            _ => merged.push(band),
        }
    }
    merged
}

fn crosses(segment: &Segment, at: f32) -> bool {
    segment.left < at && segment.right > at
}

/// Where the space between two columns is, if there are two.
fn gutter(segments: &[Segment]) -> Option<f32> {
    let left = segments
        .iter()
        .map(|segment| segment.left)
        .fold(f32::INFINITY, f32::min);
    let right = segments
        .iter()
        .map(|segment| segment.right)
        .fold(f32::NEG_INFINITY, f32::max);
    if segments.len() < 2 * ROWS || !(left.is_finite() && right.is_finite() && right > left) {
        return None;
    }
    let strips = ((right - left) / STRIP).min(2000.0) as usize;
    let scores: Vec<usize> = (0..strips)
        .map(|strip| support(segments, left + (strip as f32 + 0.5) * STRIP))
        .collect();
    let best = *scores.iter().max()?;
    if best < ROWS {
        return None;
    }
    let (from, to) = widest(&scores, best);
    Some(left + (from + to) as f32 / 2.0 * STRIP)
}

/// The longest run of strips that do as well as the best (half-open).
fn widest(scores: &[usize], best: usize) -> (usize, usize) {
    let mut widest = (0, 0);
    let mut from = 0;
    for (strip, score) in scores.iter().copied().chain([0]).enumerate() {
        if score < best {
            if strip - from > widest.1 - widest.0 {
                widest = (from, strip);
            }
            from = strip + 1;
        }
    }
    widest
}

/// How many rows of two columns of prose have `at` between them.
fn support(segments: &[Segment], at: f32) -> usize {
    let mut total = 0;
    let mut from = 0;
    for end in 0..=segments.len() {
        if end == segments.len() || crosses(&segments[end], at) {
            total += beside(&segments[from..end], at);
            from = end + 1;
        }
    }
    total
}

/// How many rows stand beside each other left and right of `at`, where both
/// sides look like prose and none crosses.
fn beside(segments: &[Segment], at: f32) -> usize {
    let (mut left, mut right) = (Side::default(), Side::default());
    for segment in segments {
        if segment.left < at {
            left.add(segment)
        } else {
            right.add(segment)
        }
    }
    let shared = left.bottom.min(right.bottom) - left.top.max(right.top);
    let rows = left.rows.min(right.rows);
    let tall = rows >= ROWS && shared > left.leading().max(right.leading()) * (ROWS as f32 - 1.2);
    if tall && left.prose() && right.prose() {
        rows
    } else {
        0
    }
}

/// What stands on one side of a gutter.
struct Side {
    rows: usize,
    characters: usize,
    top: f32,
    bottom: f32,
    /// The baseline of the last row.
    last: f32,
}

impl Default for Side {
    fn default() -> Self {
        Self {
            rows: 0,
            characters: 0,
            top: f32::INFINITY,
            bottom: f32::NEG_INFINITY,
            last: f32::NEG_INFINITY,
        }
    }
}

impl Side {
    fn add(&mut self, segment: &Segment) {
        if segment.y - self.last > 0.35 * segment.size {
            self.rows += 1;
            self.last = segment.y;
        }
        self.characters += segment.text.len();
        self.top = self.top.min(segment.y);
        self.bottom = self.bottom.max(segment.y);
    }

    fn leading(&self) -> f32 {
        (self.bottom - self.top) / self.rows.saturating_sub(1).max(1) as f32
    }

    /// Whether its rows are as long as those of a column, and not numbers,
    /// bullets or cells.
    fn prose(&self) -> bool {
        self.characters >= 16 * self.rows
    }
}
