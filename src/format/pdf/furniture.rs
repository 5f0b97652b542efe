//! Running heads, running feet and page numbers: found by what comes back at
//! the same height from page to page, and taken out.

use std::collections::HashSet;

use super::heights::{Candidate, Height};
use super::labels::Label;
use super::numbers::{self, Number};
use super::segments::Segment;

/// The share of the page's height at its top and bottom that may hold heads.
const MARGIN: f32 = 0.11;

/// How many rows from the top or bottom may be heads.
const ROWS: usize = 3;

/// How near (in sizes) lines of one text are.
const TOUCHING: f32 = 1.45;

/// The shortest line (bytes) of a text that a head would touch.
const LINE: usize = 30;

/// On how many pages heads are kept, as they tell what the file is.
const FIRST: usize = 2;

/// The longest head (code points).
const LONGEST: usize = 200;

/// What was found around the text.
#[derive(Debug, Default)]
pub(super) struct Furniture {
    /// The number of each page.
    pub(super) numbers: Vec<Number>,
    /// The running heads and feet of the first pages.
    pub(super) first_heads: Vec<String>,
    /// Characters of running heads.
    pub(super) heads: u64,
    /// Characters of page numbers.
    pub(super) numerals: u64,
}

/// A page to look at: its segments from top to bottom, and its height in points.
pub(super) struct Sheet {
    pub(super) segments: Vec<Segment>,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// Takes the furniture out of the sheets; `size` is that of the body's font, in
/// points.
pub(super) fn clear(sheets: &mut [Sheet], labels: &[Label], size: f32) -> Furniture {
    let mut candidates: Vec<Candidate> = sheets
        .iter()
        .enumerate()
        .flat_map(|(page, sheet)| candidates(page, sheet, size))
        .collect();
    candidates.sort_by(|a, b| a.top.cmp(&b.top).then(a.y.total_cmp(&b.y)));
    let mut printed: Vec<Vec<u32>> = vec![Vec::new(); sheets.len()];
    for candidate in &candidates {
        printed[candidate.page].extend(&candidate.numbers);
    }
    let mut found = Furniture {
        numbers: numbers::reconcile(&printed, labels),
        ..Furniture::default()
    };
    // Numbers at one height of most pages that are in no sequence.
    let many = |slot: &[Candidate]| {
        let like = || slot.iter().filter(|one| numbers::is_like(&one.text));
        let texts: HashSet<&str> = like().map(|one| one.text.as_str()).collect();
        let rows = like().count();
        texts.len() >= 2 && rows >= 3 && 2 * rows >= sheets.len()
    };
    if slots(&candidates).into_iter().any(many) {
        numbers::doubt(&mut found.numbers);
    }
    let mut gone: Vec<Vec<usize>> = vec![Vec::new(); sheets.len()];
    for slot in slots(&candidates) {
        let height = Height::of(slot, &found.numbers);
        for candidate in slot.iter().filter(|candidate| height.furnishes(candidate)) {
            let characters = |text: &str| text.chars().filter(|char| *char != ' ').count() as u64;
            let all = characters(&candidate.text);
            let numeral = height
                .counted(candidate)
                .map_or(0, |number| number.to_string().len() as u64);
            if candidate.page < FIRST && !found.first_heads.contains(&candidate.text) {
                found.first_heads.push(candidate.text.clone());
            }
            found.numerals += numeral;
            found.heads += all - numeral.min(all);
            gone[candidate.page].extend(candidate.segments.clone());
        }
    }
    for (sheet, gone) in sheets.iter_mut().zip(gone) {
        sheet.remove(gone);
    }
    found
}

impl Sheet {
    /// Takes out the segments at some places.
    pub(super) fn remove(&mut self, mut places: Vec<usize>) {
        places.sort_unstable();
        let mut place = 0;
        self.segments.retain(|_| {
            place += 1;
            places.binary_search(&(place - 1)).is_err()
        });
    }
}

/// The rows of the page that may be heads or feet, where most of the text has
/// the size `size`.
fn candidates(page: usize, sheet: &Sheet, size: f32) -> Vec<Candidate> {
    let mut rows: Vec<std::ops::Range<usize>> = Vec::new();
    for (index, segment) in sheet.segments.iter().enumerate() {
        match rows.last_mut() {
            Some(row) if segment.y - sheet.segments[row.start].y < 0.35 * segment.size => {
                row.end = index + 1
            }
            _ => rows.push(index..index + 1),
        }
    }
    let count = rows.len();
    let attached = attached(sheet, &rows);
    let candidate = |(index, row): (usize, std::ops::Range<usize>)| {
        let y = sheet.segments[row.start].y;
        let top = index < ROWS && y < MARGIN * sheet.height;
        let bottom = index + ROWS >= count && y > (1.0 - MARGIN) * sheet.height;
        let segments = &sheet.segments[row.clone()];
        let mut sorted: Vec<&Segment> = segments.iter().collect();
        sorted.sort_by(|a, b| a.left.total_cmp(&b.left));
        let parts: Vec<String> = sorted.iter().map(|segment| segment.text.clone()).collect();
        let text = parts.join(" ");
        ((top || bottom) && text.chars().count() <= LONGEST).then(|| Candidate {
            page,
            segments: row,
            y,
            top,
            size: segments[0].size,
            numbers: numbers::candidates(sorted.iter().map(|segment| segment.text.as_str())),
            text,
            parts: if parts.len() > 1 { parts } else { Vec::new() },
            prominent: segments
                .iter()
                .all(|segment| segment.size > if segment.bold { 0.95 } else { 1.12 } * size),
            artifact: segments.iter().all(|segment| segment.artifact),
            attached: attached[index],
        })
    };
    rows.into_iter().enumerate().filter_map(candidate).collect()
}

/// Which rows near the top or bottom stand so near to the text that they are
/// lines of it.
fn attached(sheet: &Sheet, rows: &[std::ops::Range<usize>]) -> Vec<bool> {
    let mut attached = vec![false; rows.len()];
    if rows.len() <= 2 * ROWS {
        return attached;
    }
    let touches = |outer: usize, inner: usize| {
        let of = |row: usize| sheet.segments[rows[row].clone()].iter();
        of(outer).any(|one| {
            of(inner).any(|other| {
                (one.size / other.size - 1.0).abs() < 0.06
                    && (one.y - other.y).abs() < TOUCHING * one.size
                    && one.area().beside(&other.area()) > 0.0
                    && other.text.len() >= LINE
            })
        })
    };
    let last = rows.len() - 1;
    for outer in (0..ROWS).rev() {
        let text = |inner: usize| inner >= ROWS || attached[inner];
        attached[outer] =
            (outer + 1..=outer + ROWS).any(|inner| text(inner) && touches(outer, inner));
    }
    for outer in last + 1 - ROWS..=last {
        let text = |inner: usize| inner + ROWS <= last || attached[inner];
        attached[outer] = (outer - ROWS..outer).any(|inner| text(inner) && touches(outer, inner));
    }
    attached
}

/// The candidates (sorted) by their height on the page.
fn slots(candidates: &[Candidate]) -> Vec<&[Candidate]> {
    let mut slots = Vec::new();
    let mut from = 0;
    for index in 1..=candidates.len() {
        let first = &candidates[from];
        if candidates
            .get(index)
            .is_none_or(|next| next.top != first.top || next.y - first.y > 2.0)
        {
            slots.push(&candidates[from..index]);
            from = index;
        }
    }
    slots
}
