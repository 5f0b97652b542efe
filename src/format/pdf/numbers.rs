//! The numbers of pages: what the pages print, what the file calls them, and
//! where the two agree. A number that is not sure is none.

use std::collections::HashMap;

use super::labels::Label;
use super::lists;

/// How many pages must count in one sequence, where there are as many.
const AGREED: usize = 3;

/// With so many pages at most two that agree may be enough.
const FEW: usize = 8;

/// The most digits of a page number.
const DIGITS: usize = 6;

/// What is known of the number of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// The page prints it, or stands between pages that count in one sequence.
    Printed(u32),
    /// Only the file says so.
    Labelled(u32),
    /// No page prints a number: its place in the file, from 1.
    Counted(u32),
    /// The page prints none: it stands before or behind those that do, or is
    /// numbered in letters.
    Unnumbered,
    /// What the page prints and what its neighbours or the file say differ.
    Unsure,
}

impl Number {
    /// The number, where there is one.
    pub(super) fn value(self) -> Option<u32> {
        match self {
            Number::Printed(number) | Number::Labelled(number) | Number::Counted(number) => {
                Some(number)
            }
            Number::Unnumbered | Number::Unsure => None,
        }
    }
}

/// The numbers in a head or foot, given as its parts, that may be the number of
/// the page: a part of its own, the first or last word, or behind `Page`.
pub(super) fn candidates<'a>(parts: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let is_word = |word: &&str| *word == "/" || word.chars().any(char::is_alphanumeric);
    let words = |part: &'a str| part.split_whitespace().filter(is_word).collect();
    let parts: Vec<Vec<&str>> = parts.map(words).collect();
    let value = |word: &str| -> Option<u32> {
        let word = word.trim_matches(|char: char| !char.is_alphanumeric());
        let digits = !word.is_empty()
            && word.len() <= DIGITS
            && (!word.starts_with('0') || word.len() <= 3)
            && word.bytes().all(|byte| byte.is_ascii_digit());
        if digits { word.parse().ok() } else { None }
    };
    let mut numbers = Vec::new();
    for words in &parts {
        // `12. The` begins a note or a paragraph.
        let marked = words.len() > 2 && words[0].ends_with(['.', ')']);
        let first = words.first().filter(|_| !marked);
        // `Table 3` names something else.
        let named = words.len() > 1 && lists::is_reference(words[words.len() - 2]);
        let last = words.last().filter(|_| !named);
        let ends = [first, last];
        let behind_page = words.windows(2).filter(|pair| {
            let word = pair[0].trim_matches(|char: char| !char.is_alphanumeric());
            matches!(
                word.to_lowercase().as_str(),
                "page" | "p" | "seite" | "página"
            )
        });
        let of = words
            .windows(2)
            .filter(|pair| words.len() <= 4 && (pair[1] == "of" || pair[1] == "/"));
        let found = ends
            .into_iter()
            .flatten()
            .copied()
            .chain(behind_page.map(|pair| pair[1]))
            .chain(of.map(|pair| pair[0]));
        for number in found.filter_map(value) {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
    }
    numbers
}

/// The number of each page, from what it prints and what the file calls it
/// (nothing where the file has no labels).
pub(super) fn reconcile(printed: &[Vec<u32>], labels: &[Label]) -> Vec<Number> {
    let own = own(printed);
    let label = |place: usize| labels.get(place);
    let told = |place: usize| match label(place) {
        Some(Label::Number(number)) => Some(*number),
        _ => None,
    };
    let both = || {
        own.iter()
            .enumerate()
            .filter_map(|(place, own)| Some(((*own)?, told(place)?)))
    };
    let same = both().filter(|(own, told)| own == told).count();
    let labels_hold = same >= 2 && 10 * same >= 9 * both().count();
    if own.iter().all(Option::is_none) {
        let number = |place: usize| match label(place) {
            Some(Label::Number(number)) => Number::Labelled(*number),
            Some(_) => Number::Unnumbered,
            None => Number::Counted(place as u32 + 1),
        };
        return (0..printed.len()).map(number).collect();
    }
    (0..printed.len())
        .map(|place| match (own[place], told(place)) {
            (Some(own), Some(told)) if labels_hold && own != told => Number::Unsure,
            (Some(own), _) => Number::Printed(own),
            (None, Some(told)) if labels_hold => Number::Labelled(told),
            (None, None) if labels_hold => Number::Unnumbered,
            (None, _) => between(&own, place),
        })
        .collect()
}

/// Says that numbers which were counted are unsure, as the pages print others
/// that are in no sequence.
pub(super) fn doubt(numbers: &mut [Number]) {
    for number in numbers {
        if matches!(number, Number::Counted(_)) {
            *number = Number::Unsure;
        }
    }
}

/// Whether a foot may be a number of a page that is none in digits: `A-1`,
/// `2-1`, `3.1`, `xii`.
pub(super) fn is_like(text: &str) -> bool {
    let text = text.trim_matches(|char: char| !char.is_alphanumeric());
    let digits = text.chars().any(|char| char.is_ascii_digit());
    let roman = !text.is_empty() && text.chars().all(|char| "ivxlcIVXLC".contains(char));
    let plain = text
        .chars()
        .all(|char| char.is_ascii_alphanumeric() || "-. –".contains(char));
    text.len() <= 9 && plain && (digits || roman)
}

/// How far a number is from the place of its page.
fn offset(place: usize, number: u32) -> i64 {
    i64::from(number) - place as i64
}

/// The number that each page prints: one of a sequence that most pages count
/// in, or those around it.
fn own(printed: &[Vec<u32>]) -> Vec<Option<u32>> {
    let mut offsets: HashMap<i64, usize> = HashMap::new();
    for (place, numbers) in printed.iter().enumerate() {
        for &number in numbers {
            *offsets.entry(offset(place, number)).or_default() += 1;
        }
    }
    let most = offsets.values().copied().max().unwrap_or(0);
    let best = offsets.values().filter(|&&count| count == most).count();
    let needed = AGREED.min(printed.len()).max(2).max(printed.len() / 6);
    let is_year = |number: &u32| (1900..2100).contains(number);
    // Years of chapters count up too: a sequence has other numbers.
    let only_years = |offset: i64| {
        let numbers =
            (0..printed.len()).filter_map(|place| u32::try_from(place as i64 + offset).ok());
        let mut own = numbers
            .zip(printed)
            .filter(|(number, printed)| printed.contains(number));
        own.all(|(number, _)| is_year(&number))
    };
    let is_best = |offset: i64| {
        // Where few pages print a number two may have to do, if none contradicts.
        let enough = most >= needed || (most == 2 && best == 1 && printed.len() <= FEW);
        enough && offsets.get(&offset) == Some(&most) && !only_years(offset)
    };
    let has = |place: usize, offset: i64| {
        let number = u32::try_from(place as i64 + offset).ok();
        number.is_some_and(|number| printed[place].contains(&number))
    };
    let in_best = |place: usize| {
        let mut offsets = printed[place].iter().map(|&number| offset(place, number));
        offsets.any(is_best)
    };
    // Another sequence than the usual one is where that is not.
    let around = |place: usize, offset: i64| {
        let near = place.saturating_sub(2)..(place + 3).min(printed.len());
        near.filter(|&near| has(near, offset) && (is_best(offset) || !in_best(near)))
            .count()
    };
    let of_page = |(place, numbers): (usize, &Vec<u32>)| {
        let votes = |number: &u32| {
            let offset = offset(place, *number);
            let votes = around(place, offset);
            (is_best(offset) || (votes >= AGREED && !is_year(number))).then_some(votes)
        };
        let sure = numbers
            .iter()
            .copied()
            .filter(|number| votes(number).is_some());
        sure.max_by_key(|number| {
            (
                is_best(offset(place, *number)),
                votes(number),
                !is_year(number),
            )
        })
    };
    printed.iter().enumerate().map(of_page).collect()
}

/// The number of a page that prints none, where its neighbours on both sides
/// count in one sequence.
fn between(own: &[Option<u32>], place: usize) -> Number {
    let known = |place: usize| own[place].map(|number| offset(place, number));
    let before = (0..place).rev().find_map(known);
    let behind = (place + 1..own.len()).find_map(known);
    let number = |offset: i64| {
        let number = u32::try_from(place as i64 + offset)
            .ok()
            .filter(|&number| number > 0);
        number.map_or(Number::Unnumbered, Number::Printed)
    };
    match (before, behind) {
        (Some(before), Some(behind)) if before == behind => number(before),
        (Some(_), Some(_)) => Number::Unsure,
        // Pages that are numbered as they are counted in the file.
        (Some(1), None) | (None, Some(1)) => number(1),
        _ => Number::Unnumbered,
    }
}

#[cfg(test)]
mod tests {
    use super::Number::{Counted, Labelled, Printed, Unnumbered, Unsure};
    use super::*;

    #[test]
    fn numbers_of_heads_are_candidates() {
        for (parts, numbers) in [
            (&["52", "World Labor Yearbook 2013"][..], &[52][..]),
            (&["Page 7", "GAO-05-927 Managing"], &[7]),
            (&["Page 7 GAO-05-927 Managing for Results"], &[7]),
            (&["47698 Federal Register / Vol. 85, No. 152"], &[47698]),
            (&["3 of 12"], &[3, 12]),
            (&["– 14 –"], &[14]),
            (&["Chapter two"], &[]),
        ] {
            assert_eq!(candidates(parts.iter().copied()), numbers, "{parts:?}");
        }
    }

    #[test]
    fn a_steady_sequence_counts_and_a_year_does_not() {
        let printed: Vec<Vec<u32>> = (51..57).map(|number| vec![number, 2013]).collect();
        let numbers: Vec<Number> = (51..57).map(Printed).collect();
        assert_eq!(reconcile(&printed, &[]), numbers);
        let years = vec![vec![2013]; 6];
        assert_eq!(
            reconcile(&years, &[]),
            (1..7).map(Counted).collect::<Vec<_>>()
        );
    }

    #[test]
    fn pages_between_are_numbered_and_those_outside_are_not() {
        let printed = [vec![], vec![2], vec![], vec![4], vec![5], vec![]].to_vec();
        assert_eq!(reconcile(&printed, &[]), [1, 2, 3, 4, 5, 6].map(Printed));
        let printed = [vec![], vec![7], vec![8], vec![], vec![10], vec![]].to_vec();
        assert_eq!(
            reconcile(&printed, &[]),
            [
                Unnumbered,
                Printed(7),
                Printed(8),
                Printed(9),
                Printed(10),
                Unnumbered
            ]
        );
    }

    #[test]
    fn two_sequences_leave_the_page_between_them_unsure() {
        let printed: Vec<Vec<u32>> = [1, 2, 3, 0, 7, 8, 9]
            .map(|number| if number > 0 { vec![number] } else { vec![] })
            .to_vec();
        let numbers = reconcile(&printed, &[]);
        assert_eq!(numbers[3], Unsure);
        assert_eq!(numbers[4], Printed(7));
    }

    #[test]
    fn labels_fill_in_where_they_agree_with_what_is_printed() {
        let labels: Vec<Label> = [Label::Other("ii".to_owned())]
            .into_iter()
            .chain((1..6).map(Label::Number))
            .collect();
        let printed = [vec![], vec![], vec![2], vec![3], vec![4], vec![]].to_vec();
        assert_eq!(
            reconcile(&printed, &labels),
            [
                Unnumbered,
                Labelled(1),
                Printed(2),
                Printed(3),
                Printed(4),
                Labelled(5)
            ]
        );
        let wrong: Vec<Label> = (10..16).map(Label::Number).collect();
        assert_eq!(reconcile(&printed, &wrong)[2], Printed(2));
        assert_eq!(reconcile(&vec![vec![]; 6], &labels)[1], Labelled(1));
    }
}
