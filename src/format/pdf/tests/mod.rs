//! Whole files, written by the tests, and the lines that come of them.

mod book;
mod columns;
mod damage;
mod mending;
mod pages;
mod print;

use self::book::{BOLD, Book, Leaf, PLAIN};
use super::super::document::{Document, Dropped, LineKind};
use super::read;

/// The document of a book.
fn document(book: &Book) -> Document<'static> {
    read(&book.bytes()).unwrap()
}

/// Its lines as `# heading`, `- item` and text.
fn shown(document: &Document<'_>) -> Vec<String> {
    let mark = |kind| match kind {
        LineKind::Heading => "# ",
        LineKind::Item => "- ",
        LineKind::Quote => "> ",
        LineKind::Text => "",
    };
    document
        .lines
        .iter()
        .map(|line| format!("{}{}", mark(line.kind), line.text))
        .collect()
}

fn dropped(what: &str, characters: u64) -> Dropped {
    Dropped {
        what: what.to_owned(),
        characters,
    }
}

fn lines(leaf: Leaf) -> Vec<String> {
    shown(&document(&Book::of([leaf])))
}

/// Body lines of about 30 characters, as a column of 190 points holds.
const LEFT: [&str; 6] = [
    "Inspectors went to the farms of",
    "the north and found families at",
    "work who had never been paid by",
    "their landlords. The ministry",
    "opened a shelter in the capital",
    "and sent two more teams to read",
];
const RIGHT: [&str; 6] = [
    "the contracts of the recruiters",
    "in the ports of the south. Most",
    "of them were false, and a court",
    "fined three agents in the first",
    "months of the year. Two appeals",
    "were still open when it closed.",
];

#[test]
fn one_column_is_parted_by_gaps_and_indents() {
    let leaf = Leaf::default()
        .line(BOLD, 14.0, 72.0, 72.0, "Norland (Tier 2)")
        .lines(72.0, 100.0, &LEFT)
        .lines(72.0, 172.0, &["the papers of all workers."])
        .lines(
            72.0,
            200.0,
            &["A second paragraph follows in", "two lines behind a gap."],
        )
        .lines(90.0, 224.0, &["A third one is indented and"])
        .lines(72.0, 236.0, &["ends here."])
        .line(BOLD, 10.0, 72.0, 260.0, "Protection")
        .lines(72.0, 272.0, &["Shelters stayed open."]);
    assert_eq!(
        lines(leaf),
        [
            "# Norland (Tier 2)",
            "Inspectors went to the farms of the north and found families at work who had never been paid by their \
             landlords. The ministry opened a shelter in the capital and sent two more teams to read the papers of \
             all workers.",
            "A second paragraph follows in two lines behind a gap.",
            "A third one is indented and ends here.",
            "# Protection",
            "Shelters stayed open.",
        ]
    );
}

#[test]
fn words_parted_at_line_ends_are_mended() {
    let leaf = Leaf::default()
        .lines(
            72.0,
            100.0,
            &[
                "The government paid for anti-slavery work, and the inves-",
                "tigation of a non-governmental group went on. A new investigation",
                "began, and short- and long-term care was given. The govern-",
                "ment and the anti-",
            ],
        )
        .lines(
            72.0,
            148.0,
            &["slavery office met the NGO-", "Managed house."],
        );
    assert_eq!(
        lines(leaf),
        [
            "The government paid for anti-slavery work, and the investigation of a non-governmental group went on. A new \
          investigation began, and short- and long-term care was given. The government and the anti-slavery office met \
          the NGO-Managed house."
        ]
    );
}

#[test]
fn numbers_of_items_become_labels() {
    let leaf = Leaf::default()
        .lines(72.0, 100.0, &["12.", "13."])
        .lines(
            90.0,
            100.0,
            &[
                "The kilns of the north stayed.",
                "The boats of the south left.",
            ],
        )
        .lines(
            72.0,
            136.0,
            &["112. One more.", "113.Glued to it.", "115. None beside it."],
        );
    let document = document(&Book::of([leaf]));
    let shown: Vec<_> = document
        .lines
        .iter()
        .map(|line| (line.label.as_deref(), line.text.as_ref()))
        .collect();
    assert_eq!(
        shown,
        [
            (Some("12."), "The kilns of the north stayed."),
            (Some("13."), "The boats of the south left."),
            (Some("112."), "One more."),
            (Some("113."), "Glued to it."),
            (None, "115. None beside it."),
        ]
    );
}

#[test]
fn items_lose_their_marks() {
    let leaf = Leaf::default()
        .lines(72.0, 100.0, &["The report asks the government to do this:"])
        .lines(72.0, 112.0, &["•"])
        .lines(90.0, 112.0, &["Train all inspectors who visit the"])
        .lines(90.0, 124.0, &["farms of the north."])
        .lines(72.0, 136.0, &["• Pay for shelters."])
        .lines(72.0, 148.0, &["– Publish the figures."])
        .lines(
            72.0,
            172.0,
            &["1. First step.", "2. Second step.", "3. Third step."],
        )
        .lines(72.0, 220.0, &["12. A number of its own."]);
    assert_eq!(
        lines(leaf),
        [
            "The report asks the government to do this:",
            "- Train all inspectors who visit the farms of the north.",
            "- Pay for shelters.",
            "- Publish the figures.",
            "- First step.",
            "- Second step.",
            "- Third step.",
            "12. A number of its own.",
        ]
    );
}

#[test]
fn letters_set_apart_are_closed_up() {
    let apart = "BT /F1 10 Tf 5 Tc 1 0 0 1 72 592 Tm (PROTECTION OF ALL) Tj 0 Tc ET\n";
    let leaf = Leaf::default()
        .line(PLAIN, 10.0, 72.0, 100.0, "S E R B I A")
        .line(PLAIN, 10.0, 72.0, 130.0, "S P E C I A L   C A S E S")
        .raw(apart)
        .lines(72.0, 230.0, &["Plan A B C was kept."]);
    assert_eq!(
        lines(leaf),
        [
            "# SERBIA",
            "# SPECIAL CASES",
            "# PROTECTION OF ALL",
            "Plan A B C was kept."
        ]
    );
}

#[test]
fn short_heads_in_a_column_are_kept_apart() {
    let leaf = Leaf::default()
        .lines(72.0, 100.0, &LEFT)
        .lines(72.0, 172.0, &["the law."])
        .line(BOLD, 10.0, 72.0, 184.0, "NORLAND (Tier 2)")
        .line(BOLD, 10.0, 72.0, 196.0, "Prosecution")
        .lines(72.0, 208.0, &RIGHT);
    let lines = lines(leaf);
    assert_eq!(lines[1..3], ["# NORLAND (Tier 2)", "# Prosecution"]);
    assert_eq!(lines.len(), 4, "{lines:#?}");
}
