//! Lists of contents, which are no text, and the leaders of tables. Nothing
//! here knows of places on a page.

use super::layout::{Region, Row};

/// The fewest dots of a leader.
const DOTS: usize = 4;

/// The shortest leader (bytes) that is none of a quotation, whose gaps have four
/// dots.
const LEADER: usize = 8;

/// The fewest lines of a list of contents: below a title that says so or behind
/// another such page, and anywhere else.
const LINES: (usize, usize) = (3, 6);

/// How many lines may stand between two that name a page: the first lines of
/// long titles.
const BETWEEN: usize = 3;

/// How near below its title a list of contents begins (lines).
const NEAR: usize = 6;

/// What lists of contents are called.
const TITLES: [&str; 9] = [
    "contents",
    "table of contents",
    "tables",
    "figures",
    "list of tables",
    "list of figures",
    "sommaire",
    "table des matières",
    "índice",
];

/// Takes the lists of contents out of a page and the leaders out of its tables;
/// how many characters the lists had. `goes_on` says whether the page before ended in such a list, and is told of
/// this one.
pub(super) fn clear(regions: &mut Vec<Region>, goes_on: &mut bool) -> u64 {
    let rows: Vec<&Row> = regions.iter().flat_map(|region| &region.rows).collect();
    let texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
    let gone = lists(&texts, *goes_on);
    *goes_on = gone.iter().rev().take(3).any(|gone| *gone);
    let characters = texts
        .iter()
        .zip(&gone)
        .filter(|(_, gone)| **gone)
        .map(|(text, _)| text.chars().filter(|char| *char != ' ').count() as u64)
        .sum();
    let mut gone = gone.into_iter();
    for region in regions.iter_mut() {
        region.rows.retain(|_| !gone.next().unwrap_or(false));
        for row in &mut region.rows {
            let led = leader(&row.text).is_some_and(|(from, end)| end - from >= LEADER);
            if led || (row.tabular && leader(&row.text).is_some()) {
                row.text = without_leaders(&row.text);
            }
        }
        region.rows.retain(|row| !row.text.is_empty());
    }
    regions.retain(|region| !region.rows.is_empty());
    characters
}

/// Which lines belong to a list of contents.
fn lists(texts: &[&str], goes_on: bool) -> Vec<bool> {
    let is_title = |text: &str| TITLES.contains(&text.trim().to_lowercase().as_str());
    let entries: Vec<Option<u32>> = texts.iter().map(|text| entry(text)).collect();
    let mut gone = vec![false; texts.len()];
    let mut from = 0;
    while from < texts.len() {
        if entries[from].is_none() {
            from += 1;
            continue;
        }
        let (mut end, mut next) = (from + 1, from + 1);
        while next < texts.len() && next - end <= BETWEEN {
            if entries[next].is_some() {
                end = next + 1;
            }
            next += 1;
        }
        let near = from.saturating_sub(NEAR)..from;
        let titled = texts[near].iter().any(|text| is_title(text));
        let led = texts[from..end]
            .iter()
            .filter(|text| leader(text).is_some())
            .count();
        let numbers: Vec<u32> = entries[from..end].iter().copied().flatten().collect();
        let led = 2 * led >= numbers.len();
        let enough = match led {
            true if titled || goes_on => LINES.0,
            true => LINES.1,
            false if titled => LINES.1,
            false => usize::MAX,
        };
        if numbers.len() >= enough && rises(&numbers) {
            // The first line of a long title stands above its number.
            let first = (from.saturating_sub(BETWEEN)..from)
                .rev()
                .take_while(|&place| !is_title(texts[place]) && goes_over(texts[place]))
                .last()
                .unwrap_or(from);
            gone[first..end].fill(true);
        }
        from = end;
    }
    gone
}

/// Whether a line may be the first of a title of two.
fn goes_over(text: &str) -> bool {
    text.chars().count() > 40 && !text.ends_with(['.', ':', '!', '?'])
}

/// Whether numbers rise, but for a few.
fn rises(numbers: &[u32]) -> bool {
    let steps = numbers.windows(2);
    let falls = steps.clone().filter(|pair| pair[1] < pair[0]).count();
    let (first, last) = (numbers.first(), numbers.last());
    5 * falls <= steps.len() && first < last
}

/// The page that a line of a list of contents names: a title of some letters,
/// and a number at its end.
fn entry(text: &str) -> Option<u32> {
    let (title, number) = text.trim_end().rsplit_once([' ', '.', '…'])?;
    let letters = title.chars().filter(|char| char.is_alphabetic()).count();
    let figures = title
        .split_whitespace()
        .filter(|word| is_figure(word))
        .count();
    let digits = number.len() <= 5 && number.bytes().all(|byte| byte.is_ascii_digit());
    (letters >= 3 && figures <= 2 && digits && !number.is_empty())
        .then(|| number.parse().ok())
        .flatten()
}

/// Whether a word is a figure with a sign or decimals, as tables have.
fn is_figure(word: &str) -> bool {
    word.chars().any(|char| char.is_ascii_digit()) && word.contains(['$', '%', ',', '<', '>'])
}

/// Where the dots of a leader begin and end (bytes).
fn leader(text: &str) -> Option<(usize, usize)> {
    let mut dots = 0;
    let mut from = 0;
    for (place, char) in text.char_indices() {
        match char {
            '.' | '…' | '·' | '_' => {
                if dots == 0 {
                    from = place;
                }
                dots += if char == '…' { 3 } else { 1 };
            }
            ' ' if dots > 0 => {}
            _ if dots >= DOTS => return Some((from, place)),
            _ => dots = 0,
        }
    }
    (dots > DOTS).then_some((from, text.len()))
}

/// The text with a space for each leader.
fn without_leaders(text: &str) -> String {
    let mut left = text;
    let mut kept = String::with_capacity(text.len());
    while let Some((from, end)) = leader(left) {
        kept.push_str(left[..from].trim_end());
        kept.push(' ');
        left = &left[end..];
    }
    kept.push_str(left);
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_contents_are_told_from_tables() {
        let contents = [
            "Contents",
            "Summary ............ 1",
            "Who Works at the Salt Pans of the North and of",
            "the South ........ 3",
            "What the Law Says . . . . . . 9",
            "The text begins here.",
        ];
        assert_eq!(
            lists(&contents, false),
            [false, true, true, true, true, false]
        );
        let table = [
            "Take-offs ...... 0.99 >0.99",
            "Landings ...... 0.99 >0.99",
            "Flights ...... 0.86 >0.99",
        ];
        assert_eq!(lists(&table, false), [false; 3]);
        assert_eq!(without_leaders(table[0]), "Take-offs 0.99 >0.99");
        let years = ["2009 ........ 12", "2010 ........ 15", "2011 ........ 34"];
        assert_eq!(lists(&years, false), [false; 3]);
        assert_eq!(
            without_leaders("He said so . . . and left."),
            "He said so . . . and left."
        );
    }
}
