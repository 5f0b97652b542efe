//! What repeats from page to page, and what pages lack.

use super::book::{BOLD, Book, Leaf, NAMELESS, PLAIN};
use super::{LEFT, RIGHT, document, dropped, lines, shown};

/// A page with a head, a body that no other page has, and a number at its foot.
fn numbered(head: &str, topic: &str, number: u32) -> Leaf {
    Leaf::default()
        .line(PLAIN, 8.0, 72.0, 40.0, head)
        .lines(
            72.0,
            300.0,
            &[
                &format!("The chapter on {topic} begins here and goes"),
                "on for a second line of the same.",
            ],
        )
        .line(PLAIN, 8.0, 300.0, 760.0, &number.to_string())
}

#[test]
fn heads_and_page_numbers_are_dropped_and_count_the_pages() {
    let heads = ["NORLAND", "NORLAND", "ESTAVIA", "ESTAVIA", "MIRASOL"];
    let topics = ["farms", "ports", "courts", "mines", "kilns"];
    let leaves = (65..)
        .zip(heads.iter().zip(topics))
        .map(|(number, (head, topic))| numbered(head, topic, number));
    let document = document(&Book::of(leaves));
    let pages: Vec<_> = document
        .lines
        .iter()
        .map(|line| line.page.unwrap())
        .collect();
    assert_eq!(pages, [65, 66, 67, 68, 69]);
    assert_eq!(
        shown(&document)[4],
        "The chapter on kilns begins here and goes on for a second line of the same."
    );
    assert_eq!(
        document.dropped,
        [dropped("running heads", 35), dropped("page numbers", 10)]
    );
}

#[test]
fn a_note_with_the_number_of_its_page_is_kept() {
    let topics = ["farms", "ports", "courts", "mines"];
    let leaves = topics.into_iter().zip(1..).map(|(topic, number)| {
        let note = format!("{number} See the annual report on {topic}, para. 14.");
        numbered("NORLAND", topic, number).line(PLAIN, 7.0, 72.0, 740.0, &note)
    });
    let shown = shown(&document(&Book::of(leaves)));
    let notes = shown.iter().filter(|line| line.contains("annual report"));
    assert_eq!(notes.count(), 4, "{shown:?}");
}

#[test]
fn a_head_beside_the_name_of_a_chapter_is_one() {
    let chapters = ["ESTAVIA", "MIRASOL", "NORLAND", "OSTRAVA"];
    let topics = ["farms", "ports", "courts", "mines"];
    let leaves = chapters.iter().zip(topics).zip(1..);
    let leaves = leaves.map(|((chapter, topic), number)| {
        numbered("Yearbook of Rights and Remedies", topic, number)
            .line(PLAIN, 8.0, 480.0, 40.0, chapter)
    });
    let document = document(&Book::of(leaves));
    assert_eq!(document.lines.len(), 4, "{:?}", shown(&document));
    assert_eq!(
        document.dropped,
        [dropped("running heads", 4 * 34), dropped("page numbers", 4)]
    );
}

#[test]
fn pages_of_a_long_file_keep_their_order() {
    let topic = |number: u32| format!("{number} families of the north");
    let leaves = (1..=150).map(|number| numbered("NORLAND", &topic(number), number));
    let document = document(&Book::of(leaves));
    let pages: Vec<Option<u32>> = document.lines.iter().map(|line| line.page).collect();
    assert_eq!(pages, (1..=150).map(Some).collect::<Vec<_>>());
    let in_order = (1..).zip(&document.lines);
    assert!(
        in_order
            .into_iter()
            .all(|(number, line)| line.text.contains(&topic(number)))
    );
}

#[test]
fn a_page_between_two_sequences_has_no_number_and_says_so() {
    let topics = [
        "farms", "ports", "courts", "mines", "kilns", "boats", "salt",
    ];
    let leaves = [1, 2, 3, 0, 7, 8, 9].into_iter().zip(topics);
    let leaves = leaves.map(|(number, topic)| match number {
        0 => Leaf::default().lines(72.0, 300.0, &["The chapter on mines begins here."]),
        number => numbered("NORLAND", topic, number),
    });
    let document = document(&Book::of(leaves));
    let lines = || document.lines.iter();
    let pages: Vec<Option<u32>> = lines().map(|line| line.page).collect();
    assert_eq!(
        pages,
        [Some(1), Some(2), Some(3), None, Some(7), Some(8), Some(9)]
    );
    let doubts: Vec<u32> = lines()
        .filter_map(|line| line.doubts.filter(|doubts| doubts.number))
        .map(|doubts| doubts.sheet)
        .collect();
    assert_eq!(doubts, [4]);
    assert!(
        document.remarks[1].starts_with("the number of page 4 of the file cannot be told"),
        "{:?}",
        document.remarks
    );
}

#[test]
fn headings_at_the_top_of_some_pages_are_kept() {
    let leaves = (0..12).map(|page: usize| {
        let other = format!("{}words stand here instead", "many ".repeat(page));
        let leaf = Leaf::default().lines(72.0, 300.0, &LEFT);
        match page {
            0 | 5 | 11 => leaf.line(BOLD, 10.0, 72.0, 60.0, "Prosecution"),
            _ => leaf.line(PLAIN, 10.0, 72.0, 60.0, &other),
        }
    });
    let headings = shown(&document(&Book::of(leaves)))
        .into_iter()
        .filter(|line| line == "# Prosecution")
        .count();
    assert_eq!(headings, 3);
}

#[test]
fn paragraphs_run_on_over_pages_past_footnotes() {
    let note = Leaf::default().lines(72.0, 100.0, &LEFT).line(
        PLAIN,
        7.0,
        72.0,
        700.0,
        "A note at the foot of the page.",
    );
    let document = document(&Book::of([
        note,
        Leaf::default().lines(72.0, 100.0, &RIGHT),
    ]));
    let lines = shown(&document);
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert!(
        lines[0].contains("teams to read the contracts of"),
        "{lines:#?}"
    );
    assert_eq!(
        (document.lines[0].page, document.lines[1].page),
        (Some(1), Some(1))
    );
}

#[test]
fn a_sentence_that_ends_with_its_page_does_not_end_an_indented_paragraph() {
    // Paragraphs are indented: what begins a page at the edge goes on.
    let begun = |topic: &str| {
        let first = format!("On the {topic} the ministry was");
        Leaf::default()
            .lines(90.0, 100.0, &[&first])
            .lines(72.0, 112.0, &["silent, and it gave no reason for"])
            .lines(90.0, 124.0, &["The court was not. Its judges went"])
            .lines(72.0, 136.0, &["there and heard all the witnesses."])
    };
    let topics = ["farms", "ports", "courts", "mines", "kilns", "boats"];
    let mut leaves: Vec<Leaf> = topics.into_iter().map(begun).collect();
    leaves.push(Leaf::default().lines(
        72.0,
        100.0,
        &[
            "They wrote a report that all of the",
            "papers of the capital printed.",
        ],
    ));
    let lines = shown(&document(&Book::of(leaves)));
    assert_eq!(
        lines.last().unwrap(),
        "The court was not. Its judges went there and heard all the witnesses. They wrote a \
         report that all of the papers of the capital printed."
    );
}

#[test]
fn nothing_goes_on_past_a_page_whose_text_is_lost() {
    let begun = Leaf::default().lines(72.0, 100.0, &LEFT);
    let rest = Leaf::default().lines(72.0, 100.0, &["the papers of all their workers."]);
    let scan = Leaf::default().raw("0 0 612 792 re f\n");
    let lines = |between: Leaf| {
        let book = Book::of([begun.clone(), between, rest.clone()]);
        shown(&document(&book)).len()
    };
    assert_eq!((lines(Leaf::default()), lines(scan)), (1, 2));
}

#[test]
fn pages_without_text_are_named() {
    let scan = Leaf::default().raw("0 0 612 792 re f\n");
    let text = Leaf::default().lines(72.0, 100.0, &["Some words."]);
    let document = document(&Book::of([
        text.clone(),
        scan.clone(),
        Leaf::default(),
        scan.clone(),
        scan,
        text,
    ]));
    assert_eq!(
        document.remarks,
        ["pages 2, 4-5 have no text (scanned?)", "page 3 is blank"]
    );
}

#[test]
fn broken_text_is_left_out_and_named() {
    let broken = Leaf::default().line(NAMELESS, 10.0, 72.0, 100.0, "QWERTYUIOP");
    let document = document(&Book::of([
        Leaf::default().lines(72.0, 100.0, &["Some words."]),
        broken,
    ]));
    assert_eq!(shown(&document), ["Some words."]);
    assert_eq!(
        document.remarks,
        ["page 2: the text layer is broken (100% of its characters have no Unicode): left out"]
    );
}

#[test]
fn titles_come_from_the_information_of_the_file() {
    for (title, kept) in [
        ("A Report on Work", Some("A Report on Work")),
        ("Microsoft Word - tip.doc", None),
    ] {
        let book = Book {
            title: Some(title.to_owned()),
            ..Book::of([Leaf::default().lines(72.0, 100.0, &["Text."])])
        };
        assert_eq!(document(&book).metadata.title.as_deref(), kept);
    }
}

#[test]
fn mixed_columns_are_remarked() {
    let text = [
        "the farms of the north were seen and left. ",
        "They found no families there at all today. ",
    ]
    .concat();
    let leaves = (0..20).map(|page| {
        let line = |index: usize| 100.0 + 30.0 * index as f32;
        (0..10).fold(Leaf::default(), |leaf, index| {
            leaf.line(PLAIN, 9.0, 40.0, line(index), &format!("{text}{page}."))
        })
    });
    let remarks = document(&Book::of(leaves)).remarks;
    assert!(
        remarks
            .iter()
            .any(|remark| remark.starts_with("the text may mix its columns: ")),
        "{remarks:?}"
    );
}

#[test]
fn lost_ligatures_are_remarked() {
    let lines = [
        "Victims of trafcking were seen at work in the kilns and farms of the north by inspectors.",
        "They were identied by ofcials of the ministry, who went to the ports of the south in the year.",
        "The eforts of the government were insuficient and it was difcult to find work for the families.",
    ];
    let lines: Vec<&str> = lines.into_iter().cycle().take(46).collect();
    let document = document(&Book::of(
        (0..3).map(|_| Leaf::default().lines(30.0, 130.0, &lines)),
    ));
    assert_eq!(
        document.remarks,
        ["ligatures lost: 6 words such as `trafcking`, `identied`, `ofcials`"]
    );
}

#[test]
fn lines_that_share_no_page_are_kept_apart() {
    assert_eq!(
        lines(Leaf::default().lines(72.0, 300.0, &["One line."])),
        ["One line."]
    );
}

#[test]
fn files_without_any_text_say_so() {
    let document = document(&Book::of([Leaf::default().raw("0 0 612 792 re f\n")]));
    assert_eq!(shown(&document), [""; 0]);
    assert_eq!(document.remarks, ["page 1 has no text (scanned?)"]);
}
