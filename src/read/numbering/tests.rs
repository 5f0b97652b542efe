//! Made-up documents, and the paragraph numbers found in them.

use super::*;
use crate::format::LineKind;

/// The numbers found in a document of whole paragraphs.
fn numbers(paragraphs: &[String]) -> Vec<u32> {
    found(paragraphs, Numbering::of)
}

fn found(paragraphs: &[String], of: fn(&[Line<'_>], Parting) -> Numbering) -> Vec<u32> {
    let lines: Vec<Line<'_>> = (1..)
        .zip(paragraphs)
        .map(|(number, text)| match text.strip_prefix("# ") {
            Some(heading) => Line {
                kind: LineKind::Heading,
                ..Line::text(number, heading)
            },
            None => Line::text(number, text.as_str()),
        })
        .collect();
    let numbering = of(&lines, Parting::Lines);
    let marks = lines.iter().filter_map(|line| numbering.printed(line));
    marks.map(|mark| mark.number).collect()
}

/// A sentence of a paragraph.
fn prose(topic: u32) -> String {
    format!(
        "Inspectors of district {topic} went to the kilns and asked the owners for their papers."
    )
}

fn numbered(numbers: impl IntoIterator<Item = u32>) -> Vec<String> {
    let line = |n: u32| format!("{n}. {}", prose(n));
    numbers.into_iter().map(line).collect()
}

fn plain(count: u32) -> Vec<String> {
    (0..count).map(prose).collect()
}

fn joined(parts: &[Vec<String>]) -> Vec<String> {
    parts.concat()
}

fn lines(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

#[test]
fn a_document_numbers_its_paragraphs_or_does_not() {
    let all = |numbers: RangeInclusive<u32>| numbers.collect::<Vec<u32>>();
    let heading = |text: &str| vec![format!("# {text}")];
    for (what, document, wanted) in [
        ("from 1 on", numbered(1..=9), all(1..=9)),
        ("from another start", numbered(12..=15), all(12..=15)),
        (
            "across sections, behind a summary",
            joined(&[
                plain(2),
                heading("I. Kilns"),
                numbered(1..=6),
                heading("II. Boats"),
                numbered(7..=12),
            ]),
            all(1..=12),
        ),
        (
            "with a gap",
            numbered((1..=20).filter(|n| *n != 8)),
            (1..=20).filter(|n| *n != 8).collect(),
        ),
        (
            "chapters that begin again",
            joined(&[numbered(1..=12), heading("Boats"), numbered(1..=14)]),
            joined_numbers(&[1..=12, 1..=14]),
        ),
        (
            "with lists inside",
            joined(&[
                numbered(1..=6),
                lines(&["7. The Government should do the following:"]),
                numbered(1..=4),
                numbered(8..=16),
            ]),
            all(1..=16),
        ),
        (
            "with lettered items",
            joined(&[
                numbered(1..=6),
                lines(&[
                    "(a) Owners keep the papers of workers;",
                    "(b) Police do not go there.",
                ]),
                numbered(7..=9),
            ]),
            all(1..=9),
        ),
        (
            "with footnotes between",
            joined(&[
                numbered(1..=5),
                lines(&["1 See the report of the ministry, p. 4.", "2 Ibid., p. 7."]),
                numbered(6..=12),
            ]),
            all(1..=12),
        ),
        (
            "with notes at the end",
            joined(&[
                numbered(1..=14),
                heading("Notes"),
                (1..=10)
                    .map(|n| format!("{n}. Survey of the ministry of labor, p. {n}."))
                    .collect(),
            ]),
            all(1..=14),
        ),
        (
            "a short list, all else in its last item",
            joined(&[plain(4), numbered(1..=5), vec![prose(1).repeat(40)]]),
            vec![],
        ),
        (
            "in several forms",
            lines(&[
                "12. The Rapporteur welcomes the plan of action.",
                "13.The kilns in the north were not inspected.",
                "14. The State should inspect the kilns.[1]",
                "¶ 15 The State should free all debtors.",
                "[16] The State should pay the wages.",
                "[1] See A/HRC/20/18, para. 5.",
            ]),
            all(12..=16),
        ),
        (
            "one list in a text",
            joined(&[plain(8), numbered(1..=5), plain(8)]),
            vec![],
        ),
        (
            "lists that begin again",
            joined(&[
                numbered(1..=5),
                plain(1),
                numbered(1..=4),
                plain(1),
                numbered(1..=5),
            ]),
            vec![],
        ),
        (
            "a list behind a colon",
            joined(&[
                lines(&["The ministry should:"]),
                lines(&["1. Train inspectors.", "2. Fund shelters.", "3. Pay wages."]),
                plain(3),
            ]),
            vec![],
        ),
        (
            "numbered headings",
            (1..=8)
                .flat_map(|n| [format!("{n}. Kilns and boats"), prose(n), prose(n + 40)])
                .collect(),
            vec![],
        ),
        (
            "numbered questions",
            (1..=8)
                .flat_map(|n| {
                    [
                        format!("{n}. Who inspects the kilns of a district?"),
                        prose(n),
                    ]
                })
                .collect(),
            vec![],
        ),
        (
            "a chronology",
            (1994..=2003)
                .map(|n| format!("{n}. {}", prose(n)))
                .collect(),
            vec![],
        ),
        (
            "a table",
            (1..=30)
                .map(|n| format!("{n} Norland {} {}", n * 7, n * 31))
                .collect(),
            vec![],
        ),
        (
            "footnotes alone",
            joined(&[
                plain(6),
                lines(&[
                    "1 See the report of the ministry.",
                    "2 See the survey of kilns.",
                ]),
                plain(6),
                lines(&[
                    "3 Ibid., at the second page.",
                    "4 The survey of kilns, p. 5.",
                    "5 See above.",
                ]),
                plain(6),
            ]),
            vec![],
        ),
        (
            "notes at the end of a text without numbers",
            joined(&[
                plain(12),
                heading("Endnotes"),
                (1..=40)
                    .map(|n| format!("{n}. Survey of the ministry of labor on kilns, p. {n}."))
                    .collect(),
            ]),
            vec![],
        ),
        (
            "decimals",
            (1..=9).map(|n| format!("2.{n} {}", prose(n))).collect(),
            vec![],
        ),
    ] {
        assert_eq!(numbers(&document), wanted, "{what}");
    }
}

fn joined_numbers(ranges: &[RangeInclusive<u32>]) -> Vec<u32> {
    ranges.iter().cloned().flatten().collect()
}

#[test]
fn few_numbers_are_enough_in_a_series_that_numbers_its_paragraphs() {
    let apart = joined(&[numbered([1]), plain(9), numbered([2, 3]), plain(30)]);
    assert!(numbers(&apart).is_empty());
    assert_eq!(found(&apart, Numbering::of_numbered), [1, 2, 3]);
    // Nothing there to take, or a list of cells.
    let list = lines(&["1. Salt", "2. Clay"]);
    for text in [plain(5), joined(&[list, plain(5)])] {
        assert!(found(&text, Numbering::of_numbered).is_empty());
    }
}

#[test]
fn a_list_in_lines_without_blanks_is_a_list() {
    let texts = joined(&[plain(8), numbered(1..=6), plain(12)]);
    let lines: Vec<Line<'_>> = (1..)
        .zip(&texts)
        .map(|(n, t)| Line::text(n, t.as_str()))
        .collect();
    assert!(Numbering::of(&lines, Parting::Sentences).is_empty());
    let texts = numbered(3..=20);
    let lines: Vec<Line<'_>> = (1..)
        .zip(&texts)
        .map(|(n, t)| Line::text(n, t.as_str()))
        .collect();
    assert_eq!(Numbering::of(&lines, Parting::Sentences).lines.len(), 18);
}

#[test]
fn parts_of_a_paragraph_take_its_number() {
    let paragraph = |(number, text): &(Option<&str>, &str)| Paragraph {
        printed_number: number.map(str::to_owned),
        page: None,
        doubts: None,
        text: (*text).to_owned(),
    };
    let mut paragraphs: Vec<Paragraph> = [
        (None, "A summary."),
        (Some("12"), "The kilns:"),
        (None, "(a) Owners;"),
        (None, "A quotation."),
        (None, "3 A footnote."),
        (Some("13"), "The boats."),
        (None, "13.1 Boats sank."),
        (None, "13.2 Others came."),
        (Some("14"), "The pans."),
        (None, "14.5 Million people saw them."),
        (None, "A/HRC/44/42"),
        (Some("15"), "The farms:"),
        (None, "(a) Owners;"),
        (None, "Annex."),
        (None, "(a) Others."),
    ]
    .iter()
    .map(paragraph)
    .collect();
    spread(&mut paragraphs);
    let numbers: Vec<Option<&str>> = paragraphs
        .iter()
        .map(|p| p.printed_number.as_deref())
        .collect();
    let wanted = [
        None,
        Some("12"),
        Some("12"),
        Some("12"),
        None,
        Some("13"),
        Some("13.1"),
        Some("13.2"),
        Some("14"),
        Some("14"),
        None,
        Some("15"),
        Some("15"),
        None,
        None,
    ];
    assert_eq!(numbers, wanted);
}

proptest::proptest! {
    #[test]
    fn any_lines_are_told(
        texts in proptest::collection::vec("[\\[(]{0,1}[0-9]{0,2}[.)]{0,1} {0,1}[A-Za-z .:]{0,40}", 0..40),
        parting in 0usize..3,
    ) {
        let lines: Vec<Line<'_>> = (1..).zip(&texts).map(|(n, t)| Line::text(n, t.as_str())).collect();
        let numbering = Numbering::of(&lines, [Parting::Lines, Parting::Sentences, Parting::Blanks][parting]);
        for line in &lines {
            if let Some(mark) = numbering.printed(line) {
                proptest::prop_assert!(line.text.trim().starts_with(mark.printed));
                proptest::prop_assert!(line.text.ends_with(mark.rest) || mark.rest.is_empty());
            }
        }
    }
}
