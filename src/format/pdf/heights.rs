//! What comes back at one height of the pages, and which rows there are no part
//! of the text.

use std::collections::HashMap;

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
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Places {
    /// On how many pages, of which these are the first and the last.
    pages: usize,
    first: usize,
    last: usize,
    /// How its numbers change from page to page.
    change: Change,
}

/// How the numbers of a text change from page to page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    /// They count something else than pages: chapters, tables.
    Other,
    /// One of them at least stays the same, or counts with the pages.
    Paged,
    /// None: all are the same, or there are none.
    None,
}

/// A page and the numbers that a text has there.
type Numbered = (usize, Vec<i64>);

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
        let mut rows: HashMap<(i32, String), Vec<Numbered>> = HashMap::new();
        for candidate in slot {
            for (signature, text) in signatures(candidate) {
                let rows = rows.entry(signature).or_default();
                // Two parts of a row may be alike.
                if rows.last().is_none_or(|(page, _)| *page != candidate.page) {
                    rows.push((candidate.page, numbers(text)));
                }
            }
        }
        let places = |(signature, rows): (_, Vec<Numbered>)| (signature, Places::of(&rows));
        let texts: HashMap<_, _> = rows.into_iter().map(places).collect();
        let comes_back = |signature: &(i32, String)| {
            let places = &texts[signature];
            signature.1 != "#" && places.first != places.last && places.change > Change::Other
        };
        let shared = slot
            .iter()
            .filter(|candidate| signatures(candidate).any(|(signature, _)| comes_back(&signature)))
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
        let mut places = signatures(candidate).map(|(signature, _)| self.texts[&signature]);
        let Some(row) = places.next() else {
            return false;
        };
        // A heading may stand at the top of three pages too, but not of every third.
        let dense = |places: Places| {
            places.pages >= 3
                && 3 * places.pages > places.last - places.first
                && places.change > Change::Other
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
        let heads = candidate.prominent && row.change != Change::None && !counted;
        let running = self.running && brief && row.change > Change::Other;
        counted || (!heads && (repeated || running)) || (self.counts && roman(&candidate.text))
    }
}

impl Places {
    fn of(rows: &[Numbered]) -> Self {
        let pages = || rows.iter().map(|(page, _)| *page);
        Self {
            pages: rows.len(),
            first: pages().min().unwrap_or(0),
            last: pages().max().unwrap_or(0),
            change: Change::of(rows),
        }
    }
}

impl Change {
    /// Of rows that have the same text but for their numbers.
    fn of(rows: &[Numbered]) -> Self {
        let count = rows.first().map_or(0, |(_, numbers)| numbers.len());
        let most = |value: &dyn Fn(i64, i64) -> i64, place: usize| {
            let mut counts: HashMap<i64, usize> = HashMap::new();
            for (page, numbers) in rows {
                *counts
                    .entry(value(*page as i64, numbers[place]))
                    .or_default() += 1;
            }
            10 * counts.into_values().max().unwrap_or(0) >= 6 * rows.len()
        };
        let same = |place: usize| most(&|_, number| number, place);
        let counts = |place: usize| most(&|page, number| number - page, place);
        if (0..count).all(same) {
            Self::None
        } else if (0..count).any(|place| same(place) || counts(place)) {
            Self::Paged
        } else {
            Self::Other
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

/// The numbers in a text; those that are too long are alike.
fn numbers(text: &str) -> Vec<i64> {
    let runs = text.split(|char: char| !char.is_ascii_digit());
    let runs = runs.filter(|run| !run.is_empty());
    runs.map(|run| run.parse::<i32>().map_or(-1, i64::from))
        .collect()
}

/// What rows that are alike have in common, and the text that has it: the size, and
/// the text in lower case with a sign for each number. Beside the name of a chapter,
/// which changes, that of the book is alike.
fn signatures(candidate: &Candidate) -> impl Iterator<Item = ((i32, String), &str)> {
    let letters = |text: &str| text.chars().filter(|char| char.is_alphabetic()).count();
    let parts = candidate
        .parts
        .iter()
        .filter(move |part| letters(part) >= PART);
    let size = candidate.size.round() as i32;
    let texts = std::iter::once(&candidate.text).chain(parts);
    texts.map(move |text| ((size, signature(text)), text.as_str()))
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
