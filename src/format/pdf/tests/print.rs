//! How glyphs are printed: turned, twice, raised, cut off, in other fonts.

use super::book::{BOLD, Book, Leaf, PLAIN};
use super::{LEFT, RIGHT, document, dropped, lines, shown};

#[test]
fn print_on_print_is_read_once_and_footnote_marks_are_dropped() {
    let leaf = Leaf::default()
        .line(PLAIN, 10.0, 72.0, 100.0, "Protection")
        .line(PLAIN, 10.0, 72.4, 100.0, "Protection")
        .lines(72.0, 130.0, &["The law was changed"])
        .line(PLAIN, 6.0, 186.5, 126.0, "12")
        .lines(200.0, 130.0, &["in spring and kept."]);
    let document = document(&Book::of([leaf]));
    assert_eq!(
        shown(&document),
        ["# Protection", "The law was changed in spring and kept."]
    );
    assert_eq!(document.dropped, [dropped("footnote marks", 2)]);
}

#[test]
fn a_second_font_of_the_text_is_not_bold() {
    let boxed = |top: f32, leaf: Leaf| {
        LEFT.iter().enumerate().fold(leaf, |leaf, (index, line)| {
            let line = format!("{line} {line}");
            leaf.line(BOLD, 10.0, 72.0, top + 12.0 * index as f32, &line)
        })
    };
    let leaf = Leaf::default()
        .lines(72.0, 100.0, &LEFT)
        .lines(72.0, 172.0, &RIGHT);
    let leaf = boxed(500.0, leaf).line(BOLD, 10.0, 72.0, 600.0, "A voice of the farms");
    assert_eq!(
        lines(leaf).last().map(String::as_str),
        Some("A voice of the farms")
    );
}

#[test]
fn what_a_frame_cuts_off_is_not_read() {
    let framed = "q 0 600 612 192 re W n\n";
    let leaf = Leaf::default()
        .raw(framed)
        .lines(72.0, 100.0, &["Seen by all."])
        .lines(72.0, 400.0, &["Hidden."])
        .raw("Q\n");
    let document = document(&Book::of([leaf]));
    assert_eq!(shown(&document), ["Seen by all."]);
    assert_eq!(document.dropped, [dropped("text outside the page", 7)]);
}

#[test]
fn footnotes_keep_their_marks_and_begin_apart() {
    let note = |leaf: Leaf, top: f32, mark: &str, text: &str| {
        leaf.line(PLAIN, 4.5, 72.0, top - 2.5, mark)
            .line(PLAIN, 8.0, 76.0, top, text)
    };
    let leaf = Leaf::default()
        .lines(72.0, 100.0, &LEFT)
        .lines(72.0, 172.0, &["the law."]);
    let leaf = note(
        note(leaf, 600.0, "1", "See the law of the year."),
        609.6,
        "2",
        "See the chapter on the farms.",
    );
    assert_eq!(
        lines(leaf)[1..],
        [
            "1 See the law of the year.",
            "2 See the chapter on the farms."
        ]
    );
}

#[test]
fn tabs_at_the_side_are_dropped() {
    let leaf = Leaf::default().lines(72.0, 100.0, &LEFT).turned(
        PLAIN,
        9.0,
        [0, 1, -1, 0],
        (590.0, 300.0),
        "SIDE TAB",
    );
    let document = document(&Book::of([leaf]));
    assert_eq!(document.lines.len(), 1);
    assert_eq!(document.dropped, [dropped("side tabs", 7)]);
}

#[test]
fn pages_written_sideways_are_turned() {
    let lines = LEFT
        .iter()
        .enumerate()
        .fold(Leaf::default(), |leaf, (index, line)| {
            leaf.turned(
                PLAIN,
                10.0,
                [0, 1, -1, 0],
                (100.0 + 12.0 * index as f32, 700.0),
                line,
            )
        });
    let lines = super::lines(lines);
    assert_eq!(lines.len(), 1, "{lines:#?}");
    assert!(
        lines[0].starts_with("Inspectors went to the farms of the north"),
        "{lines:#?}"
    );
}
