//! What may be wrong with the text, said in remarks: pages without text,
//! broken text layers, mixed columns, lost ligatures.

use super::leaf::Leaf;
use super::mend::Mended;
use super::paragraphs::Paragraph;

/// The share of unknown characters (of 100) from which a page is left out.
const BROKEN: usize = 30;

/// The share of sentences (of 100) that may begin in lower case.
const LOWER: usize = 8;

/// The longest paragraph (bytes) that is no prose.
const ENTRY: usize = 80;

/// How many sentences and how many words make a share worth saying.
const SENTENCES: usize = 30;
const WORDS: usize = 2000;

/// Of the pages; what is left out is taken from the leaves.
pub(super) fn of_pages(leaves: &mut [Leaf]) -> Vec<String> {
    let (mut scanned, mut blank, mut garbled) = (Vec::new(), Vec::new(), Vec::new());
    let (mut broken, mut holes) = (Vec::new(), 0);
    for (page, leaf) in (1..).zip(leaves) {
        let (all, unknown) = leaf.known();
        if all == 0 {
            if leaf.drawn {
                scanned.push(page)
            } else {
                blank.push(page)
            }
        } else if 100 * unknown >= BROKEN * all {
            broken.push((page, 100 * unknown / all));
            leaf.glyphs.clear();
        } else {
            holes += unknown;
            if leaf.garbled() {
                garbled.push(page);
            }
        }
    }
    let mut remarks = Vec::new();
    if !scanned.is_empty() {
        let has = if scanned.len() == 1 { "has" } else { "have" };
        remarks.push(format!("{} {has} no text (scanned?)", pages(&scanned)));
    }
    if !blank.is_empty() {
        let is = if blank.len() == 1 { "is" } else { "are" };
        remarks.push(format!("{} {is} blank", pages(&blank)));
    }
    let broken = broken.into_iter();
    remarks.extend(broken.map(|(page, share)| {
        format!("page {page}: the text layer is broken ({share}% of its characters have no Unicode): left out")
    }));
    if !garbled.is_empty() {
        remarks.push(format!(
            "{}: the text layer may be broken (its letters make no words)",
            pages(&garbled)
        ));
    }
    if holes > 0 {
        remarks.push(format!(
            "{holes} characters have no Unicode and are shown as `\u{FFFD}`"
        ));
    }
    remarks
}

/// Of the numbers (by place of the page) that pages are cited by, where they
/// are not those of the file.
pub(super) fn of_numbers(numbers: &[Option<u32>]) -> Option<String> {
    let (place, number) = (1_u32..)
        .zip(numbers)
        .find_map(|(place, number)| number.map(|number| (place, number)))?;
    (place != number).then(|| {
        format!("pages are counted as printed: page {number} is number {place} in the file")
    })
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
    let (mut sentences, mut lower, mut words) = (0, 0, 0);
    let mut topic = Topic::default();
    for paragraph in paragraphs {
        // Entries of an index and the like are no sentences.
        let mut begins = paragraph.text.len() > ENTRY;
        let prose = begins;
        for word in paragraph.text.split(' ') {
            words += 1;
            if begins {
                sentences += 1;
                lower += usize::from(word.starts_with(char::is_lowercase));
            }
            // Initials and abbreviations as short as `U.S.` end nothing.
            begins = prose && word.len() > 5 && super::breaks::ends(word);
            topic.add(word);
        }
    }
    if sentences >= SENTENCES && 100 * lower >= LOWER * sentences {
        remarks.push(format!(
            "the text may mix its columns: {}% of the sentences begin in lower case",
            100 * lower / sentences
        ));
    }
    if words > WORDS
        && let Some(sign) = topic.lost(words)
    {
        remarks.push(format!("ligatures lost: {sign}"));
    }
    remarks
}

/// How often words are there by which a lost ligature is told.
#[derive(Default)]
struct Topic {
    victims: usize,
    forced: usize,
    trafficking: usize,
    maimed: usize,
    tracking: usize,
}

impl Topic {
    fn add(&mut self, word: &str) {
        let word: String = word
            .chars()
            .filter(|char| char.is_alphabetic())
            .flat_map(char::to_lowercase)
            .collect();
        let count = match word.as_str() {
            "victims" | "victim" => &mut self.victims,
            "forced" | "labor" | "labour" | "exploitation" | "prostitution" => &mut self.forced,
            "tracking" | "trackers" => &mut self.tracking,
            "traficking" | "traffcking" | "trafcking" | "trafickers" | "traffckers" | "ocials"
            | "oficials" | "offcials" => &mut self.maimed,
            word if word.contains("traffick") => &mut self.trafficking,
            _ => return,
        };
        *count += 1;
    }

    /// What shows that ligatures were lost.
    fn lost(&self, words: usize) -> Option<String> {
        if self.maimed > 2 && self.maimed * 4 > self.trafficking {
            return Some(format!("{} words as `traficking`, `ocials`", self.maimed));
        }
        let topical = self.victims >= 5 && self.forced >= 5;
        let absent = self.trafficking * 5000 < words;
        match (topical && absent, self.tracking) {
            (true, 0..=2) => Some(format!(
                "`trafficking` is there {} times in {words} words",
                self.trafficking
            )),
            (true, tracking) => Some(format!(
                "`tracking` is there {tracking} times, `trafficking` {} times",
                self.trafficking
            )),
            (false, _) => None,
        }
    }
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
