//! What may be wrong with the text, said in remarks: pages without text,
//! broken text layers, mixed columns, lost ligatures.

use rustc_hash::FxHashSet;

use super::english;
use super::leaf::{Leaf, UNKNOWN};
use super::mend::Mended;
use super::numbers::Number;
use super::paragraphs::Paragraph;
use crate::format::document::Doubts;

/// So many characters at an angle are more than a tab or a slug.
const TURNED: u64 = 120;

/// The share of sentences (of 100) that may begin in lower case.
const LOWER: usize = 8;

/// The longest paragraph (bytes) that is no prose.
const ENTRY: usize = 80;

/// The letters of ligatures, as they are lost.
const LIGATURES: [&str; 6] = ["f", "ff", "fi", "fl", "ffi", "i"];

/// The shortest and the longest word (bytes) that are looked at for a lost
/// ligature.
const MAIMED: usize = 5;
const LONGEST: usize = 24;

/// How many words must have lost one: so many different ones, and one of so
/// many words.
const LOST: (usize, usize) = (5, 500);

/// How many sentences make a share worth saying.
const SENTENCES: usize = 30;

/// Of the pages.
pub(super) fn of_pages(leaves: &[Leaf]) -> Vec<String> {
    let (mut scanned, mut blank) = (Vec::new(), Vec::new());
    let (mut damaged, mut broken) = (Vec::new(), Vec::new());
    let mut turned = Vec::new();
    for (page, leaf) in (1..).zip(leaves) {
        if leaf.turned >= TURNED {
            turned.push((page, leaf.turned));
        }
        if leaf.damaged {
            damaged.push(page)
        } else if leaf.visible == 0 {
            if leaf.drawn {
                scanned.push(page)
            } else {
                blank.push(page)
            }
        } else if leaf.is_broken() {
            broken.push((page, leaf.share_unknown()));
        }
    }
    let mut remarks = Vec::new();
    for (page, turned) in turned {
        remarks.push(format!(
            "page {page}: {turned} characters stand at an angle to the others: left out"
        ));
    }
    if !scanned.is_empty() {
        let has = if scanned.len() == 1 { "has" } else { "have" };
        remarks.push(format!("{} {has} no text (scanned?)", pages(&scanned)));
    }
    if !damaged.is_empty() {
        let places = pages(&damaged);
        remarks.push(format!(
            "{places} cannot be read in full: the file is damaged there"
        ));
    }
    if !blank.is_empty() {
        let is = if blank.len() == 1 { "is" } else { "are" };
        remarks.push(format!("{} {is} blank", pages(&blank)));
    }
    let broken = broken.into_iter();
    remarks.extend(broken.map(|(page, share)| {
        format!("page {page}: the text layer is broken ({share}% of its characters have no Unicode): left out")
    }));
    remarks
}

/// Of the numbers of the pages.
pub(super) fn of_numbers(numbers: &[Number]) -> Vec<String> {
    let all = || (1_u32..).zip(numbers);
    let mut remarks = Vec::new();
    let moved = all()
        .filter_map(|(place, number)| Some((place, number.value()?)))
        .find(|(place, number)| place != number);
    if let Some((place, number)) = moved {
        remarks.push(format!(
            "pages are counted as printed: page {number} is number {place} in the file"
        ));
    }
    let mut seen: FxHashSet<u32> = FxHashSet::default();
    let again = all().find(|(_, number)| {
        matches!(number, Number::Printed(_)) && number.value().is_some_and(|n| !seen.insert(n))
    });
    if let Some((place, number)) = again {
        let number = number.value().unwrap_or_default();
        remarks.push(format!(
            "numbers of pages come back: page {number} is also number {place} in the file"
        ));
    }
    let places = |wanted: Number| -> Vec<u32> {
        all()
            .filter(|&(_, number)| *number == wanted)
            .map(|(place, _)| place)
            .collect()
    };
    let unsure = places(Number::Unsure);
    if !unsure.is_empty() {
        let of = if unsure.len() == 1 {
            "the number"
        } else {
            "the numbers"
        };
        remarks.push(format!(
            "{of} of {} of the file cannot be told: passages there have no page",
            pages(&unsure)
        ));
    }
    let unnumbered = places(Number::Unnumbered);
    if !unnumbered.is_empty() {
        remarks.push(format!(
            "{} of the file {} no number in digits: passages there have no page",
            pages(&unnumbered),
            if unnumbered.len() == 1 { "has" } else { "have" },
        ));
    }
    remarks
}

/// Of the words that a line end broke.
pub(super) fn of_mending(mended: Mended) -> Vec<String> {
    let mut remarks = Vec::new();
    if mended.joined + mended.kept > 0 {
        remarks.push(format!(
            "words parted at a line end: {} joined, {} kept their hyphen",
            mended.joined, mended.kept
        ));
    }
    if mended.ligatures > 0 {
        remarks.push(format!(
            "spaces behind ligatures taken out: {}",
            mended.ligatures
        ));
    }
    remarks
}

/// Of the text as a whole.
pub(super) fn of_text(paragraphs: &[Paragraph]) -> Vec<String> {
    let mut remarks = Vec::new();
    let (mut sentences, mut lower) = (0, 0);
    for paragraph in paragraphs {
        // Entries of an index and the like are no sentences.
        let mut begins = paragraph.text.len() > ENTRY;
        let prose = begins;
        for word in paragraph.text.split(' ') {
            if begins {
                sentences += 1;
                lower += usize::from(word.starts_with(char::is_lowercase));
            }
            // Initials and abbreviations as short as `U.S.` end nothing.
            begins = prose && word.len() > 5 && super::breaks::ends(word);
        }
    }
    if sentences >= SENTENCES && 100 * lower >= LOWER * sentences {
        remarks.push(format!(
            "the text may mix its columns: {}% of the sentences begin in lower case",
            100 * lower / sentences
        ));
    }
    remarks
}

/// Of characters without Unicode that are left in the text.
pub(super) fn of_holes(paragraphs: &[Paragraph]) -> Option<String> {
    let texts = paragraphs.iter().map(|paragraph| &paragraph.text);
    let holes: usize = texts.map(|text| text.matches(UNKNOWN).count()).sum();
    (holes > 0).then(|| format!("{holes} characters have no Unicode and are shown as `\u{FFFD}`"))
}

/// Of English words that have lost a ligature, such as `afecting`.
pub(super) fn of_ligatures(paragraphs: &[Paragraph]) -> Option<String> {
    let (mut words, mut lost) = (0, Vec::new());
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for word in paragraphs.iter().flat_map(|p| p.text.split(' ')) {
        let word = word.trim_matches(|char: char| !char.is_alphabetic());
        words += 1;
        if (MAIMED..=LONGEST).contains(&word.len()) && seen.insert(word) && lacks_ligature(word) {
            lost.push(word);
        }
    }
    let many = lost.len() >= LOST.0 && LOST.1 * lost.len() >= words;
    many.then(|| {
        let shown: Vec<String> = lost
            .iter()
            .take(3)
            .map(|word| format!("`{word}`"))
            .collect();
        format!(
            "ligatures lost: {} words such as {}",
            lost.len(),
            shown.join(", ")
        )
    })
}

/// Whether a word is none, but one with a ligature in it is.
fn lacks_ligature(word: &str) -> bool {
    let word = word.to_lowercase();
    let plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
    if !plain || english::knows(&word) {
        return false;
    }
    (0..=word.len()).any(|at| {
        let (start, end) = word.split_at(at);
        LIGATURES
            .iter()
            .any(|ligature| english::knows(&format!("{start}{ligature}{end}")))
    })
}

/// Of the pages whose text is doubtful.
pub(super) fn of_doubts(doubts: &[Option<Doubts>]) -> Vec<String> {
    let places = |is: fn(&Doubts) -> bool| -> Vec<u32> {
        let doubts = doubts.iter().flatten().filter(|doubts| is(doubts));
        doubts.map(|doubts| doubts.sheet).collect()
    };
    let told = [
        (
            places(|doubts| doubts.garbled),
            "text garbled (its letters make no words)",
        ),
        (
            places(|doubts| doubts.columns),
            "columns could not be told apart: sentences may be mixed",
        ),
    ];
    let told = told.into_iter().filter(|(list, _)| !list.is_empty());
    told.map(|(list, what)| format!("{}: {what}", pages(&list)))
        .collect()
}

/// A list of pages (counted from 1, rising) with its runs drawn together.
fn pages(list: &[u32]) -> String {
    let runs: Vec<String> = list
        .chunk_by(|a, b| a + 1 == *b)
        .map(|run| match run {
            [first, .., last] => format!("{first}-{last}"),
            _ => run.iter().map(u32::to_string).collect(),
        })
        .collect();
    format!(
        "{} {}",
        if list.len() == 1 { "page" } else { "pages" },
        runs.join(", ")
    )
}

#[cfg(test)]
mod unit {
    use super::pages;

    #[test]
    fn pages_are_listed_by_runs() {
        assert_eq!(pages(&[3]), "page 3");
        assert_eq!(pages(&[1, 3, 4, 5, 9, 10]), "pages 1, 3-5, 9-10");
    }
}
