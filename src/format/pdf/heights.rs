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
    /// Whether it is larger than most of the text, or as large and in bold.
    pub(super) prominent: bool,
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
    /// How its numbers change from page to page.
    numbers: Numbers,
}

/// How the numbers of a text change from page to page.
#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Numbers {
    /// They count something else than pages: chapters, tables.
    Counting,
    /// One of them at least stays the same, or counts with the pages.
    Steady,
    /// All are the same, or there are none.
    #[default]
    Same,
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
                    first: candidate.page,
                    last: candidate.page,
                    ..Places::default()
                });
                places.pages += 1;
                places.first = places.first.min(candidate.page);
                places.last = places.last.max(candidate.page);
            }
        }
        for (signature, places) in &mut texts {
            let rows = slot
                .iter()
                .filter(|row| signatures(row).any(|own| own == *signature));
            places.numbers = Numbers::of(rows);
        }
        let comes_back = |signature: &(i32, String)| {
            let places = texts.get(signature);
            signature.1 != "#"
                && places.is_some_and(|places| {
                    places.first != places.last && places.numbers > Numbers::Counting
                })
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
        let dense = |places: Places| {
            places.pages >= 3
                && 3 * places.pages > places.last - places.first
                && places.numbers > Numbers::Counting
        };
        // What stands beside a label that comes back may be text, as in forms: the
        // label is a head where most rows have it.
        let of_most = |places: Places| dense(places) && 2 * places.pages >= self.rows;
        let repeated =
            dense(row) || (row.first != row.last && self.pages.len() == 2) || places.any(of_most);
        let length = candidate.text.chars().count();
        let brief = length <= 110 && !candidate.text.ends_with(['.', ';', ',']);
        // The number of a note may be that of its page.
        let counted = self.counted(candidate).is_some_and(|number| {
            // One page alone is no evidence.
            let several = self.pages.len() > 1 && stands_at_an_end(number, &candidate.text);
            length <= BRIEF || (brief && (self.running || several))
        });
        // A heading in bold or large print may count as the pages do.
        let heads = candidate.prominent && row.numbers != Numbers::Same && !counted;
        let running = self.running && brief && row.numbers > Numbers::Counting;
        counted || (!heads && (repeated || running)) || (self.counts && roman(&candidate.text))
    }
}

impl Numbers {
    /// Of rows that have the same text but for their numbers.
    fn of<'c>(rows: impl Iterator<Item = &'c Candidate>) -> Self {
        let rows: Vec<(i64, Vec<i64>)> = rows
            .map(|row| (row.page as i64, digits(&row.text)))
            .collect();
        let count = rows.first().map_or(0, |(_, numbers)| numbers.len());
        let most = |value: &dyn Fn(i64, i64) -> i64, place: usize| {
            let mut counts: HashMap<i64, usize> = HashMap::new();
            for (page, numbers) in &rows {
                if let Some(number) = numbers.get(place) {
                    *counts.entry(value(*page, *number)).or_default() += 1;
                }
            }
            10 * counts.into_values().max().unwrap_or(0) >= 6 * rows.len()
        };
        let same = |place: usize| most(&|_, number| number, place);
        let counts = |place: usize| most(&|page, number| number - page, place);
        if (0..count).all(same) {
            Self::Same
        } else if (0..count).any(|place| same(place) || counts(place)) {
            Self::Steady
        } else {
            Self::Counting
        }
    }
}

/// Whether a row begins or ends with a number, or names it as that of a page.
fn stands_at_an_end(number: u32, row: &str) -> bool {
    let number = number.to_string();
    let words: Vec<&str> = row.split(' ').collect();
    words.first() == Some(&number.as_str())
        || words.last() == Some(&number.as_str())
        || words
            .windows(2)
            .any(|pair| pair[0].eq_ignore_ascii_case("page") && pair[1] == number)
}

/// The numbers in a text, as far as they are not too long.
fn digits(text: &str) -> Vec<i64> {
    let runs = text.split(|char: char| !char.is_ascii_digit());
    let runs = runs.filter(|run| !run.is_empty());
    runs.map(|run| run.parse().unwrap_or(i64::MAX / 2))
        .collect()
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
