//! What comes back at one height of the pages, and which rows there are no part
//! of the text.

use std::collections::{HashMap, HashSet};

use super::numbers::Number;

/// The longest row (code points) that may be a number with what stands around it.
const BRIEF: usize = 20;

/// The fewest letters of a part of a row that is alike by itself.
const PART: usize = 8;

/// A row near the top or bottom of a page.
pub(super) struct Candidate {
    pub(super) page: usize,
    /// The places of its segments in the page.
    pub(super) segments: std::ops::Range<usize>,
    pub(super) y: f32,
    pub(super) top: bool,
    pub(super) size: f32,
    pub(super) text: String,
    /// The texts of its segments, where it has several.
    pub(super) parts: Vec<String>,
    /// The numbers in it that may be the number of the page.
    pub(super) numbers: Vec<u32>,
    pub(super) artifact: bool,
    /// Whether it touches the text.
    pub(super) attached: bool,
}

/// Where a text comes back.
#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Places {
    /// On how many pages, of which these are the first and the last.
    pages: usize,
    first: usize,
    last: usize,
}

/// What comes back at one height.
pub(super) struct Height<'a> {
    /// The places of each row, and of each part of a row.
    texts: HashMap<(i32, String), Places>,
    /// How many rows are at this height.
    rows: usize,
    /// The number of each page.
    pages: &'a [Number],
    /// Whether most rows have texts that come back on another page.
    running: bool,
    /// Whether rows have the numbers of their pages.
    counts: bool,
}

impl<'a> Height<'a> {
    pub(super) fn of(slot: &[Candidate], pages: &'a [Number]) -> Self {
        let mut texts: HashMap<(i32, String), Places> = HashMap::new();
        for candidate in slot {
            // Two parts of a row may be alike.
            for signature in signatures(candidate).collect::<HashSet<_>>() {
                let places = texts.entry(signature).or_insert(Places {
                    pages: 0,
                    first: candidate.page,
                    last: candidate.page,
                });
                places.pages += 1;
                places.first = places.first.min(candidate.page);
                places.last = places.last.max(candidate.page);
            }
        }
        let comes_back = |signature: &(i32, String)| {
            let places = texts.get(signature);
            signature.1 != "#" && places.is_some_and(|places| places.first != places.last)
        };
        let shared = slot
            .iter()
            .filter(|candidate| signatures(candidate).any(|text| comes_back(&text)))
            .count();
        let mut height = Self {
            texts,
            rows: slot.len(),
            pages,
            running: shared >= 3 && 10 * shared >= 6 * slot.len(),
            counts: false,
        };
        let counted = slot
            .iter()
            .filter(|candidate| height.counted(candidate).is_some())
            .count();
        height.counts = counted > 0;
        height.running |= counted >= 3 && 10 * counted >= 4 * slot.len();
        height
    }

    /// The number of its page, where the row has it.
    pub(super) fn counted(&self, candidate: &Candidate) -> Option<u32> {
        let number = match self.pages.get(candidate.page)? {
            Number::Printed(number) | Number::Labelled(number) => *number,
            _ => return None,
        };
        candidate.numbers.contains(&number).then_some(number)
    }

    /// Whether the row is furniture.
    pub(super) fn furnishes(&self, candidate: &Candidate) -> bool {
        if candidate.artifact {
            return true;
        }
        if candidate.attached {
            return false;
        }
        let places = signatures(candidate).map(|signature| self.texts.get(&signature).copied());
        let mut places = places.map(Option::unwrap_or_default);
        let row = places.next().unwrap_or_default();
        // A heading may stand at the top of three pages too, but not of every third.
        let dense =
            |places: Places| places.pages >= 3 && 3 * places.pages > places.last - places.first;
        // What stands beside a label that comes back may be text, as in forms: the
        // label is a head where most rows have it.
        let of_most = |places: Places| dense(places) && 2 * places.pages >= self.rows;
        let repeated =
            dense(row) || (row.first != row.last && self.pages.len() == 2) || places.any(of_most);
        let length = candidate.text.chars().count();
        let brief = length <= 110 && !candidate.text.ends_with(['.', ';', ',']);
        // The number of a note may be that of its page.
        let counted = self.counted(candidate).is_some() && (brief || length <= BRIEF);
        counted || repeated || (self.running && brief) || (self.counts && roman(&candidate.text))
    }
}

/// What rows that are alike have in common: the size, and the text in lower
/// case with a sign for each number. Beside the name of a chapter, which changes,
/// that of the book is alike.
fn signatures(candidate: &Candidate) -> impl Iterator<Item = (i32, String)> {
    let letters = |text: &str| text.chars().filter(|char| char.is_alphabetic()).count();
    let parts = candidate
        .parts
        .iter()
        .filter(move |part| letters(part) >= PART);
    let texts = std::iter::once(&candidate.text).chain(parts);
    texts.map(|text| (candidate.size.round() as i32, signature(text)))
}

fn signature(printed: &str) -> String {
    let mut text = String::with_capacity(printed.len());
    for char in printed.chars() {
        if !char.is_ascii_digit() {
            text.extend(char.to_lowercase());
        } else if !text.ends_with('#') {
            text.push('#');
        }
    }
    text
}

/// Whether a text is a number in Roman numerals, as front matter has.
fn roman(text: &str) -> bool {
    !text.is_empty() && text.len() <= 8 && text.chars().all(|char| "ivxlcIVXLC".contains(char))
}
