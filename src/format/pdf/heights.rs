//! What comes back at one height of the pages, and which rows there are no part
//! of the text.

use std::collections::HashMap;

/// A row near the top or bottom of a page.
pub(super) struct Candidate {
    pub(super) page: usize,
    /// The places of its chunks in the page.
    pub(super) chunks: std::ops::Range<usize>,
    pub(super) y: f32,
    pub(super) top: bool,
    pub(super) size: f32,
    pub(super) text: String,
    /// The text without its page number.
    pub(super) rest: String,
    /// The page number at its start or end.
    pub(super) number: Option<i64>,
    pub(super) artifact: bool,
}

/// What comes back at one height.
pub(super) struct Height {
    /// How often each text is there: the rows, the first page and the last.
    texts: HashMap<(i32, String), (usize, usize, usize)>,
    /// How many pages the file has.
    pages: usize,
    /// Whether most rows have texts that come back on another page.
    running: bool,
    /// What to add to a page's place (from 0) for the number it prints, and
    /// how many pages agree.
    pub(super) sequence: Option<(i64, usize)>,
}

impl Height {
    pub(super) fn of(slot: &[Candidate], pages: usize) -> Self {
        let mut texts: HashMap<(i32, String), (usize, usize, usize)> = HashMap::new();
        let mut offsets: HashMap<i64, usize> = HashMap::new();
        for candidate in slot {
            let (count, _, last) =
                texts
                    .entry(signature(candidate))
                    .or_insert((0, candidate.page, candidate.page));
            *count += 1;
            *last = candidate.page;
            if let Some(number) = candidate.number {
                *offsets.entry(number - candidate.page as i64).or_default() += 1;
            }
        }
        let shared: usize = texts
            .iter()
            .filter(|((_, text), (_, first, last))| !text.is_empty() && first != last)
            .map(|(_, (count, ..))| count)
            .sum();
        let numbered: usize = offsets.values().sum();
        let best = offsets
            .into_iter()
            .max_by_key(|&(offset, count)| (count, -offset));
        // Three pages must agree, or both where there are but two.
        let agreed = |&(_, count): &(i64, usize)| {
            (count > 2 || (count == 2 && numbered == 2)) && 10 * count >= 6 * numbered
        };
        Self {
            texts,
            pages,
            running: shared >= 3 && 10 * shared >= 6 * slot.len(),
            sequence: best.filter(agreed),
        }
    }

    /// Whether the row has the number of its page.
    pub(super) fn counts(&self, candidate: &Candidate) -> bool {
        let offset = candidate
            .number
            .map(|number| number - candidate.page as i64);
        offset.is_some() && offset == self.sequence.map(|(offset, _)| offset)
    }

    /// Whether the row is furniture.
    pub(super) fn furnishes(&self, candidate: &Candidate) -> bool {
        if candidate.artifact || self.counts(candidate) {
            return true;
        }
        let (twins, first, last) = self
            .texts
            .get(&signature(candidate))
            .copied()
            .unwrap_or_default();
        // A heading may stand at the top of three pages too, but not of every third.
        let dense = twins >= 3 && 3 * twins > last.saturating_sub(first);
        let repeated = dense || (first != last && self.pages == 2);
        let length = candidate.text.chars().count();
        let brief = length <= 60 && !candidate.text.ends_with(['.', ';', ',']);
        repeated || (self.running && brief) || (self.sequence.is_some() && roman(&candidate.text))
    }
}

/// What rows that are alike have in common: the size, and the text in lower
/// case without its numbers.
fn signature(candidate: &Candidate) -> (i32, String) {
    let text = candidate
        .rest
        .chars()
        .map(|char| if char.is_ascii_digit() { '#' } else { char });
    (
        candidate.size.round() as i32,
        text.collect::<String>().to_lowercase(),
    )
}

/// Whether a text is a number in Roman numerals, as front matter has.
fn roman(text: &str) -> bool {
    !text.is_empty() && text.len() <= 8 && text.chars().all(|char| "ivxlcIVXLC".contains(char))
}
