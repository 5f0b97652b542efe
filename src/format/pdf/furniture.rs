//! Running heads, running feet and page numbers: found by what comes back at
//! the same height from page to page, and taken out.

use std::collections::HashMap;

use super::chunks::Chunk;
use super::heights::{Candidate, Height};

/// The share of the page's height at its top and bottom that may hold heads.
const MARGIN: f32 = 0.11;

/// How many rows from the top or bottom may be heads.
const ROWS: usize = 3;

/// On how many pages heads are kept, as they tell what the file is.
const FIRST: usize = 2;

/// The longest head (code points).
const LONGEST: usize = 110;

/// What was found around the text.
#[derive(Debug, Default)]
pub(super) struct Furniture {
    /// The number that each page prints, where the pages count in sequence.
    pub(super) numbers: Vec<Option<u32>>,
    /// The running heads and feet of the first pages.
    pub(super) first_heads: Vec<String>,
    /// Characters of running heads.
    pub(super) heads: u64,
    /// Characters of page numbers.
    pub(super) numerals: u64,
}

/// A page to look at: its chunks from top to bottom, and its height in points.
pub(super) struct Sheet {
    pub(super) chunks: Vec<Chunk>,
    pub(super) height: f32,
}

/// Takes the furniture out of the sheets.
pub(super) fn clear(sheets: &mut [Sheet]) -> Furniture {
    let mut candidates: Vec<Candidate> = sheets
        .iter()
        .enumerate()
        .flat_map(|(page, sheet)| candidates(page, sheet))
        .collect();
    candidates.sort_by(|a, b| a.top.cmp(&b.top).then(a.y.total_cmp(&b.y)));
    let mut found = Furniture {
        numbers: vec![None; sheets.len()],
        ..Furniture::default()
    };
    let mut offsets: HashMap<i64, usize> = HashMap::new();
    let mut gone: Vec<Vec<usize>> = vec![Vec::new(); sheets.len()];
    for slot in slots(&candidates) {
        let height = Height::of(slot, sheets.len());
        if let Some((offset, count)) = height.sequence {
            *offsets.entry(offset).or_default() += count;
        }
        for candidate in slot.iter().filter(|candidate| height.furnishes(candidate)) {
            let characters = |text: &str| text.chars().filter(|char| *char != ' ').count() as u64;
            let all = characters(&candidate.text);
            let heads = if height.counts(candidate) {
                characters(&candidate.rest)
            } else {
                all
            };
            if candidate.page < FIRST && !found.first_heads.contains(&candidate.text) {
                found.first_heads.push(candidate.text.clone());
            }
            found.numerals += all - heads;
            found.heads += heads;
            gone[candidate.page].extend(candidate.chunks.clone());
        }
    }
    for (sheet, mut gone) in sheets.iter_mut().zip(gone) {
        gone.sort_unstable();
        let mut place = 0;
        sheet.chunks.retain(|_| {
            place += 1;
            gone.binary_search(&(place - 1)).is_err()
        });
    }
    if let Some((&offset, _)) = offsets
        .iter()
        .max_by_key(|&(offset, count)| (*count, -offset))
    {
        for (page, number) in (0_i64..).zip(&mut found.numbers) {
            *number = u32::try_from(page + offset)
                .ok()
                .filter(|&number| number > 0);
        }
    } else {
        for (page, number) in (1_u32..).zip(&mut found.numbers) {
            *number = Some(page);
        }
    }
    found
}

/// The rows of the page that may be heads or feet.
fn candidates(page: usize, sheet: &Sheet) -> Vec<Candidate> {
    let mut rows: Vec<std::ops::Range<usize>> = Vec::new();
    for (index, chunk) in sheet.chunks.iter().enumerate() {
        match rows.last_mut() {
            Some(row) if chunk.y - sheet.chunks[row.start].y < 0.35 * chunk.size => {
                row.end = index + 1
            }
            _ => rows.push(index..index + 1),
        }
    }
    let count = rows.len();
    let candidate = |(index, row): (usize, std::ops::Range<usize>)| {
        let y = sheet.chunks[row.start].y;
        let top = index < ROWS && y < MARGIN * sheet.height;
        let bottom = index + ROWS >= count && y > (1.0 - MARGIN) * sheet.height;
        let chunks = &sheet.chunks[row.clone()];
        let mut sorted: Vec<&Chunk> = chunks.iter().collect();
        sorted.sort_by(|a, b| a.left.total_cmp(&b.left));
        let text = sorted
            .iter()
            .map(|chunk| chunk.text.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let (number, rest) = numbered(&text);
        ((top || bottom) && text.chars().count() <= LONGEST).then(|| Candidate {
            page,
            chunks: row,
            y,
            top,
            size: chunks[0].size,
            text,
            rest,
            number,
            artifact: chunks.iter().all(|chunk| chunk.artifact),
        })
    };
    rows.into_iter().enumerate().filter_map(candidate).collect()
}

/// The page number at the start or end of a text, and the text without it.
fn numbered(text: &str) -> (Option<i64>, String) {
    let words: Vec<&str> = text.split_whitespace().collect();
    let value = |word: &str| {
        let word = word.trim_matches(|char: char| !char.is_alphanumeric());
        let digits =
            !word.is_empty() && word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        if digits { word.parse().ok() } else { None }
    };
    let bare = |words: &[&str]| {
        words
            .iter()
            .filter(|word| word.chars().any(char::is_alphanumeric))
            .copied()
            .collect::<Vec<_>>()
            .join(" ")
    };
    match words.as_slice() {
        [rest @ .., number, "of", _] if value(number).is_some() => (value(number), bare(rest)),
        [rest @ .., last] if value(last).is_some() => (value(last), bare(rest)),
        [first, rest @ ..] if value(first).is_some() => (value(first), bare(rest)),
        _ => (None, text.to_owned()),
    }
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
