//! What became of paragraphs, on editions made for it.

use std::sync::Arc;

use super::*;
use crate::report::{Paragraph, Report, ReportInfo, Section, Series};
use crate::text::changes::Change;

/// An edition of sections with their paragraphs.
fn edition(year: u16, sections: &[(&str, &[&str])]) -> Edition {
    let info = ReportInfo {
        title: format!("Report {year}"),
        ..ReportInfo::new("tip".parse::<Series>().unwrap())
    };
    let sections = sections.iter().map(|(key, texts)| Section {
        name: SectionName::new(key, key, Some(key.to_uppercase())),
        paragraphs: texts
            .iter()
            .map(|text| Paragraph {
                printed_number: None,
                page: None,
                doubts: None,
                text: (*text).to_owned(),
            })
            .collect(),
    });
    let report = Report {
        id: format!("tip-{year}-khm").parse().unwrap(),
        info,
        sections: sections.collect(),
        line: None,
    };
    Edition::of(
        report.id.clone(),
        Arc::new(report.info.clone()),
        report.passages(),
    )
}

/// The rows as `verdict old new`, the paragraphs by section and number.
fn told(comparison: &Comparison) -> Vec<String> {
    let short = |passage: Option<&Passage>| {
        passage.map_or("-".to_owned(), |p| {
            format!("{}{}", p.id.section, p.id.number)
        })
    };
    let row = |row: &Row| {
        let (old, new) = comparison.passages(row);
        let mark = if row.is_reworded() { "~" } else { "" };
        format!(
            "{} {}{mark} {}",
            row.verdict.as_str(),
            short(old),
            short(new)
        )
    };
    comparison.rows().map(row).collect()
}

const POLICE: &str = "Police opened 348 cases of trafficking at brick kilns in two provinces.";
const POLICE_NOW: &str = "Police opened 199 cases of trafficking at brick kilns in nine provinces.";
const SHELTER: &str = "The ministry ran one shelter for women and girls in the capital.";
const COURT: &str = "Courts convicted officials who had taken bribes from owners of factories.";
const PLAN: &str = "A new action plan covers five years and names no budget.";

#[test]
fn every_verdict() {
    let old = edition(2019, &[("a", &[POLICE, SHELTER, COURT]), ("b", &["Gone."])]);
    let new = edition(
        2020,
        &[
            (
                "a",
                &[
                    PLAN,
                    "police opened 348 cases of trafficking, at brick kilns in two provinces",
                    COURT,
                ],
            ),
            ("c", &[SHELTER]),
        ],
    );
    let compared = compare(old, new);
    assert_eq!(
        told(&compared),
        [
            "added - a1",
            "kept a1 a2",
            "kept a3 a3",
            "removed b1 -",
            "moved a2 c1"
        ]
    );
    assert_eq!(
        compared.outline,
        [
            OutlineChange::Gone("b".to_owned()),
            OutlineChange::New("c".to_owned())
        ]
    );
    let compared = compare(
        edition(2019, &[("a", &[POLICE, SHELTER])]),
        edition(2020, &[("a", &[SHELTER, POLICE_NOW])]),
    );
    assert_eq!(told(&compared), ["moved a2 a1", "reworded a1~ a2"]);
    let figures = figures(&compared);
    let shown: Vec<(&str, &str)> = figures
        .iter()
        .map(|f| (f.old.shown.as_str(), f.new.shown.as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            ("348 cases", "199 cases"),
            ("two provinces", "nine provinces")
        ]
    );
    let tally = compared.tally();
    assert_eq!(
        (tally.old_words, tally.new_words, tally.common_words),
        (24, 24, 22)
    );
    assert!((tally.change() - 2.0 / 24.0).abs() < 1e-9);
}

#[test]
fn an_edition_beside_itself_is_kept_whole() {
    let one = edition(
        2019,
        &[
            ("a", &[POLICE, POLICE, "* * *"]),
            ("b", &["", "* * *", COURT]),
        ],
    );
    let compared = compare(one.clone(), one);
    assert!(
        compared
            .rows()
            .all(|row| row.verdict == Verdict::Kept && row.old == row.new)
    );
    assert_eq!(compared.tally().change(), 0.0);
    assert!(compared.outline.is_empty());
}

#[test]
fn joined_and_divided_paragraphs_are_told() {
    let both = format!("{POLICE} {COURT}");
    let (apart, joined) = (
        edition(2019, &[("a", &[POLICE, COURT])]),
        edition(2020, &[("a", &[&both])]),
    );
    let compared = compare(apart.clone(), joined.clone());
    assert_eq!(told(&compared), ["joined a1 a1", "joined a2 -"]);
    assert_eq!(compared.sections[0].rows[1].stands_in, Some(0));
    assert_eq!(compared.tally().change(), 0.0);
    let compared = compare(joined, apart);
    assert_eq!(told(&compared), ["divided a1 a1", "divided - a2"]);
    assert_eq!(compared.sections[0].rows[1].stands_in, Some(0));
    assert_eq!(compared.tally().change(), 0.0);
}

#[test]
fn a_part_of_a_reworded_paragraph_keeps_its_words() {
    let both = format!("{POLICE} {COURT}");
    let police = POLICE.replace("348", "199");
    let compared = compare(
        edition(2019, &[("a", &[&both])]),
        edition(2020, &[("a", &[&police, COURT])]),
    );
    assert_eq!(told(&compared), ["reworded a1~ a1", "divided - a2"]);
    // `348` and what took its place.
    let tally = compared.tally();
    assert_eq!(
        tally.old_words + tally.new_words - 2 * tally.common_words,
        2
    );
    // Words that its pair has already are not kept twice.
    let compared = compare(
        edition(2019, &[("a", &[POLICE])]),
        edition(2020, &[("a", &[POLICE_NOW, POLICE])]),
    );
    assert_eq!(told(&compared), ["added - a1", "kept a1 a2"]);
}

#[test]
fn what_changed_in_a_part_is_told() {
    let part = "No kiln was closed by 12 courts although judges promised to close them all.";
    for (now, told) in [
        (part.to_owned(), None),
        (part.replace("No kiln", "One kiln"), Some(("No", "One"))),
        (part.replace("12", "19"), Some(("12", "19"))),
        (part.replace("No kiln", "Kiln"), Some(("No", ""))),
    ] {
        let first = format!("{POLICE} {SHELTER} {COURT}");
        let whole = format!("{first} {now}");
        let apart = edition(2019, &[("a", &[&first, part])]);
        let joined = edition(2020, &[("a", &[&whole])]);
        for is_joined in [true, false] {
            let compared = match is_joined {
                true => compare(apart.clone(), joined.clone()),
                false => compare(joined.clone(), apart.clone()),
            };
            let row = compared.rows().find(|row| row.stands_in.is_some()).unwrap();
            let change = compared.part_change(row);
            let words = |change: &PartChange<'_>, wanted| {
                let pieces = change.pieces.iter().filter(|piece| piece.change == wanted);
                let words = pieces.map(|piece| piece.of(change.old.text, change.new.text));
                words.collect::<Vec<_>>().join(" ")
            };
            let (gone, come) = match is_joined {
                true => (Change::Removed, Change::Added),
                false => (Change::Added, Change::Removed),
            };
            let found = change.map(|change| (words(&change, gone), words(&change, come)));
            let found = found
                .as_ref()
                .map(|(gone, come)| (gone.as_str(), come.as_str()));
            assert_eq!(found, told, "{now}");
            let figures = figures(&compared);
            let is_told = figures.iter().any(|change| {
                change.old.kind == FigureKind::Count
                    && [&change.old.shown, &change.new.shown]
                        .iter()
                        .all(|shown| shown.contains("courts"))
            });
            assert_eq!(is_told, now.contains("19"), "{now}: {figures:?}");
            for change in figures {
                let old = &compared.old.passages[change.old_passage].text;
                let printed = &old[change.old.span.clone()];
                assert!(!printed.is_empty() && change.old.shown.starts_with(printed));
            }
        }
    }
}

#[test]
fn another_number_is_no_other_wording() {
    let numbered = |n: u32, text: &str| format!("{n}. {text}");
    let old = [numbered(1, POLICE), numbered(2, COURT)];
    let new = [numbered(1, PLAN), numbered(2, POLICE), numbered(3, COURT)];
    let [old, new] =
        [&old[..], &new].map(|texts| texts.iter().map(String::as_str).collect::<Vec<_>>());
    let compared = compare(edition(2019, &[("a", &old)]), edition(2020, &[("a", &new)]));
    assert_eq!(
        told(&compared),
        ["added - a1", "renumbered a1 a2", "renumbered a2 a3"]
    );
    let tally = compared.tally();
    assert_eq!(tally.common_words, tally.old_words);
    let same = edition(2019, &[("a", &old)]);
    let compared = compare(same.clone(), same);
    assert_eq!(compared.tally().kept, 2);
    assert_eq!(compared.tally().change(), 0.0);
}

#[test]
fn another_mark_is_no_other_wording() {
    for [one, two, three] in [
        ["(a)", "(b)", "(c)"],
        ["a.", "b.", "c."],
        ["A.", "B.", "C."],
        ["i.", "ii.", "iii."],
        ["I.", "II.", "III."],
        ["(iii)", "(iv)", "(v)"],
        ["1.2", "1.3", "1.4"],
        ["§ 3.1", "§ 3.2", "§ 3.3"],
    ] {
        let made = |year, marks: [&str; 2]| {
            let texts = [
                format!("{} {POLICE}", marks[0]),
                format!("{} {COURT}", marks[1]),
            ];
            edition(year, &[("a", &[&texts[0], &texts[1]])])
        };
        let compared = compare(made(2019, [one, two]), made(2020, [two, three]));
        let expected = ["renumbered a1 a1", "renumbered a2 a2"];
        assert_eq!(told(&compared), expected, "{one}");
        let compared = compare(made(2019, ["•", "•"]), made(2020, [one, two]));
        assert_eq!(told(&compared), expected, "{one}");
    }
    let compared = compare(
        edition(2019, &[("a", &["A. Smith told of the kilns."])]),
        edition(2020, &[("a", &["B. Smith told of the kilns."])]),
    );
    assert_eq!(told(&compared), ["reworded a1~ a1"]);
}

#[test]
fn sections_that_changed_places_are_the_outline_alone() {
    let compared = compare(
        edition(
            2019,
            &[("a", &[POLICE]), ("b", &[COURT]), ("x", &["Gone."])],
        ),
        edition(2020, &[("b", &[COURT]), ("a", &[POLICE])]),
    );
    assert_eq!(
        told(&compared),
        ["kept b1 b1", "removed x1 -", "kept a1 a1"]
    );
    assert_eq!(
        compared.outline,
        [
            OutlineChange::Gone("x".to_owned()),
            OutlineChange::Order(vec!["b".to_owned(), "a".to_owned()])
        ]
    );
}

#[test]
fn a_section_takes_what_moved_out_of_it_along() {
    let all = || {
        compare(
            edition(2019, &[("a", &[POLICE, SHELTER]), ("b", &[COURT])]),
            edition(2020, &[("a", &[POLICE]), ("b", &[COURT, SHELTER])]),
        )
    };
    let mut compared = all();
    compared.retain_sections(&["a".to_owned()]);
    assert_eq!(told(&compared), ["kept a1 a1", "moved a2 b2"]);
    let mut compared = all();
    compared.retain_sections(&["c".to_owned()]);
    assert_eq!(compared.tally(), Tally::default());
}

proptest::proptest! {
    /// Whatever two editions say, each paragraph is in exactly one row, and the
    /// row tells the truth of it.
    #[test]
    fn every_paragraph_is_accounted_for_once(
        old in proptest::collection::vec((0usize..3, "([a-d]{1,2} ){0,9}|[*]{0,2}"), 0..12),
        new in proptest::collection::vec((0usize..3, "([a-d]{1,2} ){0,9}|[*]{0,2}"), 0..12),
    ) {
        let made = |year, paragraphs: &[(usize, String)]| {
            let keys = ["a", "b", "c"];
            let texts = keys.map(|key| {
                let here = paragraphs.iter().filter(|(s, _)| keys[*s] == key);
                here.map(|(_, text)| text.as_str()).collect::<Vec<_>>()
            });
            let sections: Vec<(&str, &[&str])> = keys.iter().zip(&texts)
                .filter(|(_, texts)| !texts.is_empty())
                .map(|(key, texts)| (*key, texts.as_slice()))
                .collect();
            edition(year, &sections)
        };
        let compared = compare(made(2019, &old), made(2020, &new));
        for (side, many) in [(0, old.len()), (1, new.len())] {
            let of = |row: &Row| if side == 0 { row.old } else { row.new };
            let mut places: Vec<usize> = compared.rows().filter_map(of).collect();
            places.sort_unstable();
            proptest::prop_assert_eq!(places, (0..many).collect::<Vec<_>>());
        }
        for row in compared.rows() {
            let (old, new) = compared.passages(row);
            let same = old.zip(new).map(|(a, b)| a.text.split_whitespace().eq(b.text.split_whitespace()));
            match row.verdict {
                Verdict::Kept => proptest::prop_assert_eq!(same, Some(true)),
                Verdict::Renumbered => proptest::prop_assert!(false, "no number"),
                Verdict::Divided | Verdict::Joined => {
                    let is_whole = row.stands_in.is_none();
                    proptest::prop_assert_eq!(is_whole, same == Some(false));
                }
                Verdict::Reworded => proptest::prop_assert_eq!(same, Some(false)),
                Verdict::Moved => proptest::prop_assert_eq!(same, Some(!row.is_reworded())),
                Verdict::Added => proptest::prop_assert!(old.is_none() && new.is_some()),
                Verdict::Removed => proptest::prop_assert!(old.is_some() && new.is_none()),
            }
        }
        let change = compared.tally().change();
        proptest::prop_assert!((0.0..=1.0).contains(&change));
    }
}
