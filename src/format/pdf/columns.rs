//! Columns told from lines that run across them: the space between two columns
//! is where rows of prose stand beside each other and none crosses.

use super::chunks::Chunk;

/// How wide the strips are (points) in which the space between columns is
/// looked for.
const STRIP: f32 = 3.0;

/// How many rows each of two columns must have beside the other.
const ROWS: usize = 3;

/// How often columns may be divided in turn.
const DEEPEST: usize = 6;

/// Divides the chunks (sorted from top to bottom) into groups in reading order.
pub(super) fn divide(chunks: Vec<Chunk>) -> Vec<Vec<Chunk>> {
    let mut groups = Vec::new();
    into(chunks, DEEPEST, &mut groups);
    groups
}

fn into(chunks: Vec<Chunk>, depth: usize, groups: &mut Vec<Vec<Chunk>>) {
    let Some(at) = (if depth > 0 { gutter(&chunks) } else { None }) else {
        groups.push(chunks);
        return;
    };
    for band in bands(chunks, at) {
        let (left, right): (Vec<_>, Vec<_>) =
            band.chunks.into_iter().partition(|chunk| chunk.left < at);
        if band.across || left.is_empty() || right.is_empty() {
            groups.push(left.into_iter().chain(right).collect());
        } else {
            into(left, depth - 1, groups);
            into(right, depth - 1, groups);
        }
    }
}

/// Chunks between lines that cross the gutter, or such lines.
struct Band {
    chunks: Vec<Chunk>,
    across: bool,
}

/// Cuts the chunks (sorted from top to bottom) into bands. What stands on one
/// side only beside lines that cross is one of them: the last line of a
/// paragraph, a short heading.
fn bands(chunks: Vec<Chunk>, at: f32) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for chunk in chunks {
        let across = crosses(&chunk, at);
        match bands.last_mut() {
            Some(band) if band.across == across => band.chunks.push(chunk),
            _ => bands.push(Band {
                chunks: vec![chunk],
                across,
            }),
        }
    }
    let mut merged: Vec<Band> = Vec::new();
    for mut band in bands {
        let one_sided = band.chunks.iter().all(|chunk| chunk.left < at)
            || band.chunks.iter().all(|chunk| chunk.left >= at);
        match merged.last_mut() {
            Some(last) if last.across && (band.across || one_sided) => {
                last.chunks.append(&mut band.chunks)
            }
            _ => merged.push(band),
        }
    }
    merged
}

fn crosses(chunk: &Chunk, at: f32) -> bool {
    chunk.left < at && chunk.right > at
}

/// Where the space between two columns is, if there are two.
fn gutter(chunks: &[Chunk]) -> Option<f32> {
    let left = chunks
        .iter()
        .map(|chunk| chunk.left)
        .fold(f32::INFINITY, f32::min);
    let right = chunks
        .iter()
        .map(|chunk| chunk.right)
        .fold(f32::NEG_INFINITY, f32::max);
    if chunks.len() < 2 * ROWS || !(left.is_finite() && right.is_finite() && right > left) {
        return None;
    }
    let strips = ((right - left) / STRIP).min(2000.0) as usize;
    let scores: Vec<usize> = (0..strips)
        .map(|strip| support(chunks, left + (strip as f32 + 0.5) * STRIP))
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
fn support(chunks: &[Chunk], at: f32) -> usize {
    let mut total = 0;
    let mut from = 0;
    for end in 0..=chunks.len() {
        if end == chunks.len() || crosses(&chunks[end], at) {
            total += beside(&chunks[from..end], at);
            from = end + 1;
        }
    }
    total
}

/// How many rows stand beside each other left and right of `at`, where both
/// sides look like prose and none crosses.
fn beside(chunks: &[Chunk], at: f32) -> usize {
    let (mut left, mut right) = (Side::default(), Side::default());
    for chunk in chunks {
        if chunk.left < at {
            left.add(chunk)
        } else {
            right.add(chunk)
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
    fn add(&mut self, chunk: &Chunk) {
        if chunk.y - self.last > 0.35 * chunk.size {
            self.rows += 1;
            self.last = chunk.y;
        }
        self.characters += chunk.text.len();
        self.top = self.top.min(chunk.y);
        self.bottom = self.bottom.max(chunk.y);
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
