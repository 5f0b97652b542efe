//! PDFs of yearbooks in columns, made at random with all that real ones have:
//! what is read is compared with what was set.

use std::collections::{HashMap, HashSet};

use pincite::format::pdf;
use pincite::format::{Document, Line};
use pincite_yearbook::{Kind, Options, Piece, yearbook};

/// How many books are read, and how many pages each has.
const BOOKS: u64 = 10;
const PAGES: usize = 20;

/// How many words in a row must stand somewhere in the gold.
const GRAM: usize = 4;

/// What was found in all books.
#[derive(Default)]
struct Count {
    /// Paragraphs, items and headings of the main text, and those of them that
    /// are lines of their own, in the order of reading.
    pieces: usize,
    whole: usize,
    /// Lines, and those with words in an order that is nowhere.
    lines: usize,
    mixed: usize,
    /// Words, and those that are in no line.
    words: usize,
    lost: usize,
    /// Pieces with a page, and those whose page is another.
    paged: usize,
    wrong_page: usize,
    /// What went wrong, to be looked at.
    notes: Vec<String>,
}

fn count(seed: u64, all: &mut Count) {
    let book = yearbook(&Options { seed, pages: PAGES });
    let document = pdf::read(&book.bytes).unwrap();
    let texts: Vec<String> = document.lines.iter().map(shown).collect();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, text) in texts.iter().enumerate() {
        places.entry(text).or_default().push(place);
        let bare = without_mark(text);
        if bare.len() < text.len() {
            places.entry(bare).or_default().push(place);
        }
    }
    let mut last = 0;
    for piece in &book.gold.flow {
        let found = places.get(piece.text.as_str());
        let next = found.and_then(|places| places.iter().find(|place| **place >= last));
        all.pieces += 1;
        match next {
            Some(&place) => {
                all.whole += 1;
                // A heading may stand further on too.
                if place < last + 30 {
                    last = place;
                }
            }
            None => all.notes.push(format!(
                "book {seed}, page {}: {}",
                piece.sheet,
                start(&piece.text)
            )),
        }
        if let Some([place]) = found.map(Vec::as_slice) {
            check_page(
                &document,
                *place,
                piece,
                &book.gold.pages[piece.sheet - 1].number,
                all,
            );
        }
    }
    count_words(&texts, &book.gold.flow, &book.gold.beside, all);
    let grams = grams(&book.gold.flow, &book.gold.beside);
    for (line, text) in document.lines.iter().zip(&texts) {
        let words = words(without_mark(text));
        if words.len() < 2 * GRAM {
            continue;
        }
        all.lines += 1;
        let strange = words.windows(GRAM).find(|gram| !grams.contains(*gram));
        if let Some(strange) = strange {
            all.mixed += 1;
            all.notes.push(format!(
                "book {seed}, line {}: `{}` is nowhere",
                line.number,
                strange.join(" ")
            ));
        }
    }
}

/// A line as it is printed, with its number.
fn shown(line: &Line<'_>) -> String {
    match &line.label {
        Some(label) => format!("{label} {}", line.text),
        None => line.text.to_string(),
    }
}

/// A text without the number or letter of its item or note.
fn without_mark(text: &str) -> &str {
    let Some((mark, rest)) = text.split_once(' ') else {
        return text;
    };
    let inside = mark.trim_matches(['(', ')', '.', '*']);
    let is_mark = inside.len() <= 3 && inside.chars().all(char::is_alphanumeric);
    let marked = inside.len() < mark.len() || inside.bytes().all(|byte| byte.is_ascii_digit());
    if is_mark && marked { rest } else { text }
}

fn check_page(document: &Document<'_>, place: usize, piece: &Piece, number: &str, all: &mut Count) {
    let line = &document.lines[place];
    let Some(page) = line.page.filter(|_| piece.text.len() > 40) else {
        return;
    };
    all.paged += 1;
    if page.to_string() != number {
        all.wrong_page += 1;
        all.notes
            .push(format!("page {page} for {number}: {}", start(&piece.text)));
    }
}

fn count_words(texts: &[String], flow: &[Piece], beside: &[Piece], all: &mut Count) {
    let mut read: HashMap<&str, usize> = HashMap::new();
    for word in texts.iter().flat_map(|text| words(text)) {
        *read.entry(word).or_default() += 1;
    }
    // A list of contents is left out on purpose.
    let of_text = |piece: &&Piece| !piece.features.contains(&"contents");
    for word in flow
        .iter()
        .chain(beside.iter().filter(of_text))
        .flat_map(|piece| words(&piece.text))
    {
        all.words += 1;
        match read.get_mut(word).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => all.lost += 1,
        }
    }
}

/// All runs of words that stand somewhere: inside a piece, or at the joint of
/// two that follow each other.
fn grams<'a>(flow: &'a [Piece], beside: &'a [Piece]) -> HashSet<Vec<&'a str>> {
    let mut grams = HashSet::new();
    let mut row: Vec<&str> = Vec::new();
    for piece in flow {
        row.extend(words(&piece.text));
    }
    grams.extend(row.windows(GRAM).map(<[&str]>::to_vec));
    for piece in beside {
        grams.extend(words(&piece.text).windows(GRAM).map(<[&str]>::to_vec));
    }
    grams
}

fn words(text: &str) -> Vec<&str> {
    let is_inside = |char: char| char.is_alphanumeric() || "-'’".contains(char);
    let words = text.split(|char| !is_inside(char));
    words
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect()
}

fn start(text: &str) -> String {
    text.chars().take(60).collect()
}

#[test]
fn yearbooks_are_read_as_they_were_set() {
    let mut all = Count::default();
    for seed in 1..=BOOKS {
        count(seed, &mut all);
    }
    let Count {
        pieces,
        whole,
        lines,
        mixed,
        words,
        lost,
        paged,
        wrong_page,
        notes,
    } = all;
    let told = format!(
        "pieces whole and in order: {whole} of {pieces}; lines with words in an order that is \
         nowhere: {mixed} of {lines}; words lost: {lost} of {words}; wrong pages: {wrong_page} of \
         {paged}\n{}",
        notes.join("\n")
    );
    // No page is ever wrong. The others are what is reached today.
    assert!(
        pieces > 2000 && lines > 2000 && words > 100_000 && paged > 1500,
        "{told}"
    );
    assert_eq!(wrong_page, 0, "{told}");
    assert!(1000 * whole >= 995 * pieces, "{told}");
    assert!(1000 * mixed <= 2 * lines, "{told}");
    assert!(10_000 * lost <= 15 * words, "{told}");
}

#[test]
fn notes_boxes_and_tables_are_read_beside_the_text() {
    let (mut all, mut whole) = (HashMap::<&str, usize>::new(), HashMap::<&str, usize>::new());
    for seed in 1..=BOOKS {
        let book = yearbook(&Options { seed, pages: PAGES });
        let document = pdf::read(&book.bytes).unwrap();
        let texts: HashSet<String> = document
            .lines
            .iter()
            .map(shown)
            .flat_map(|text| [without_mark(&text).to_owned(), text])
            .collect();
        for piece in book
            .gold
            .beside
            .iter()
            .filter(|piece| !piece.features.contains(&"contents"))
        {
            let kind = match piece.kind {
                Kind::Note => "notes",
                Kind::Quote => "quotations",
                Kind::Box => "boxes",
                Kind::Caption => "captions",
                Kind::Row => "rows",
                _ => continue,
            };
            *all.entry(kind).or_default() += 1;
            *whole.entry(kind).or_default() += usize::from(texts.contains(&piece.text));
        }
    }
    for (kind, least) in [
        ("notes", 98),
        ("quotations", 97),
        ("boxes", 99),
        ("captions", 99),
        ("rows", 99),
    ] {
        assert!(
            100 * whole[kind] >= least * all[kind],
            "{kind}: {} of {}",
            whole[kind],
            all[kind]
        );
    }
}
