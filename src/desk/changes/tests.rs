//! Edits to a list of paragraphs, and what is told of them.

use proptest::prelude::*;

use super::*;
use crate::report::{Paragraph, Report, ReportInfo, Section, SectionName};

/// The passages of a report of one section with these paragraphs.
fn passages(texts: &[String]) -> Vec<Passage> {
    let info = ReportInfo::new("tip".parse().unwrap());
    let paragraphs = texts.iter().map(|text| Paragraph {
        printed_number: None,
        page: None,
        doubts: None,
        text: text.clone(),
    });
    let report = Report {
        id: "tip-2020-khm".parse().unwrap(),
        info,
        sections: vec![Section {
            name: SectionName::new("a", "a", None),
            paragraphs: paragraphs.collect(),
        }],
        line: None,
    };
    report.passages()
}

fn found(passages: &[Passage]) -> Found {
    passages
        .iter()
        .map(|p| (p.id.to_string(), p.hash()))
        .collect()
}

fn between(old: &[String], new: &[String]) -> Difference {
    let (old, new) = (passages(old), passages(new));
    changes_among(&found(&old), &found(&new), |_| Ok(new.clone())).unwrap()
}

/// The lists as `kind now<was`, by numbers.
fn told(difference: &Difference) -> Vec<String> {
    let number = |id: &str| id.rsplit(':').next().unwrap().to_owned();
    let mut told: Vec<String> = difference
        .kinds()
        .iter()
        .flat_map(|(kind, ids)| ids.iter().map(move |(id, was)| (kind, id, was)))
        .map(|(kind, id, was)| {
            let was = was.map(|was| format!("<{}", number(was)));
            format!("{kind} {}{}", number(id), was.unwrap_or_default())
        })
        .collect();
    told.sort();
    told
}

fn texts(list: &str) -> Vec<String> {
    list.split('|').map(str::to_owned).collect()
}

#[test]
fn words_that_are_kept_are_not_new() {
    for (old, new, expected) in [
        (
            "A one.|B two.",
            "X new.|A one.|B two.",
            "moved 2<1,moved 3<2,new 1",
        ),
        ("A one.|B two.|C six.", "A one.|C six.", "gone 2,moved 2<3"),
        ("A one.|A one.|B two.", "A one.|B two.", "gone 2,moved 2<3"),
        (
            "1. A one.|2. B two.",
            "1. X new.|2. A one.|3. B two.",
            "new 1,renumbered 2<1,renumbered 3<2",
        ),
        (
            "A one. B two.|C six.",
            "A one.|B two.|C six.",
            "divided 1<1,divided 2<1,moved 3<2",
        ),
        (
            "A one.|B two.|C six.",
            "A one. B two.|C six.",
            "joined 1<1,joined 1<2,moved 2<3",
        ),
        (
            "1. A one. B two.|2. C six.",
            "1. A one.|2. B two.|3. C six.",
            "divided 1<1,divided 2<1,renumbered 3<2",
        ),
        (
            "1. A one.|2. B two.|3. C six.",
            "1. A one. B two.|2. C six.",
            "joined 1<1,joined 1<2,renumbered 2<3",
        ),
        ("A one.|B two.", "A one.|B ten.", "changed 2"),
        ("12 men left.", "13 men left.", "changed 1"),
        (
            "(a) A one.|(b) B two.",
            "(a) X new.|(b) A one.|(c) B two.",
            "new 1,renumbered 2<1,renumbered 3<2",
        ),
        (
            "i. A one.|ii. B two.",
            "ii. A one.|iii. B two.",
            "renumbered 1<1,renumbered 2<2",
        ),
        (
            "1.2 A one.|1.3 B two.",
            "1.3 A one.|1.4 B two.",
            "renumbered 1<1,renumbered 2<2",
        ),
        (
            "• A one.|• B two.",
            "1. A one.|(b) B two.",
            "renumbered 1<1,renumbered 2<2",
        ),
        (
            "A one.|B two.",
            "1. A one.|2. B two.",
            "renumbered 1<1,renumbered 2<2",
        ),
        ("A. Smith left.", "B. Smith left.", "changed 1"),
        (
            "(a) A one.|(b) B two.",
            "(a) A one. B two.",
            "joined 1<1,joined 1<2",
        ),
        (
            "It.|No kiln was closed at all.",
            "They did not go back there. No kiln was closed at all.|It.",
            "joined 1<2,moved 2<1",
        ),
        // Under its own id what was added is to be looked at.
        (
            "No kiln was closed at all.",
            "No kiln was closed at all. They did not go back there.",
            "changed 1",
        ),
        // What is short stands in many.
        ("It.|A one.", "A one. X new.|It.", "gone 2,moved 2<1,new 1"),
    ] {
        let difference = between(&texts(old), &texts(new));
        assert_eq!(told(&difference).join(","), expected, "{old} -> {new}");
    }
}

/// What became of an old paragraph, and what was put before it.
#[derive(Debug, Clone, Copy)]
enum Edit {
    Keep,
    Delete,
    Reword,
    Divide,
    JoinNext,
    Insert,
    Repeat,
}

/// Whence a new paragraph is.
#[derive(Debug, Clone, PartialEq)]
enum Origin {
    Whole(usize),
    Part(usize),
    Both(usize, usize),
    Nowhere,
}

fn edited(old: &[String], edits: &[Edit]) -> (Vec<String>, Vec<Origin>) {
    let mut made = Vec::new();
    let mut at = 0;
    while at < old.len() {
        let text = &old[at];
        match edits[at] {
            Edit::Keep => made.push((text.clone(), Origin::Whole(at))),
            Edit::Delete => {}
            Edit::Reword => made.push((format!("{text} Reworded."), Origin::Nowhere)),
            Edit::Divide => {
                let (one, other) = text.split_once(". ").unwrap();
                made.push((format!("{one}."), Origin::Part(at)));
                made.push((other.to_owned(), Origin::Part(at)));
            }
            Edit::JoinNext if at + 1 < old.len() => {
                made.push((format!("{text} {}", old[at + 1]), Origin::Both(at, at + 1)));
                at += 1;
            }
            Edit::JoinNext => made.push((text.clone(), Origin::Whole(at))),
            Edit::Insert => {
                made.push((format!("Put in before {at}."), Origin::Nowhere));
                made.push((text.clone(), Origin::Whole(at)));
            }
            Edit::Repeat => {
                made.push((text.clone(), Origin::Whole(at)));
                made.push((text.clone(), Origin::Whole(at)));
            }
        }
        at += 1;
    }
    made.into_iter().unzip()
}

/// What is to be told of the paragraphs, given which of several copies the
/// old one became.
fn expected(
    origins: &[Origin],
    numbers: (&[u32], &[u32]),
    olds: usize,
    told: &[String],
) -> Vec<String> {
    let mut lines = Vec::new();
    let mut left: BTreeSet<usize> = (0..olds).collect();
    let mut new = BTreeSet::new();
    for (at, origin) in origins.iter().enumerate() {
        let (now, pairs) = match origin {
            Origin::Nowhere => (at, vec![]),
            Origin::Whole(old) => {
                let same_number = numbers.0.get(*old) == numbers.1.get(at);
                let copies = origins.iter().filter(|o| *o == origin).count();
                let kind = if same_number { "moved" } else { "renumbered" };
                let line = format!("{kind} {}<{}", at + 1, old + 1);
                let stays = same_number && at == *old;
                let in_place =
                    origins.get(*old) == Some(origin) && numbers.0.get(*old) == numbers.1.get(*old);
                if stays {
                    left.remove(old);
                    continue;
                }
                match copies == 1 || (!in_place && told.contains(&line)) {
                    true => (at, vec![(kind, *old)]),
                    false => (at, vec![]),
                }
            }
            Origin::Part(old) => (at, vec![("divided", *old)]),
            Origin::Both(one, other) => (at, vec![("joined", *one), ("joined", *other)]),
        };
        if pairs.is_empty() {
            new.insert(now);
        }
        for (kind, old) in pairs {
            left.remove(&old);
            lines.push(format!("{kind} {}<{}", now + 1, old + 1));
        }
    }
    lines.extend(new.iter().map(|at| {
        let kind = if left.remove(at) { "changed" } else { "new" };
        format!("{kind} {}", at + 1)
    }));
    lines.extend(left.iter().map(|at| format!("gone {}", at + 1)));
    lines.sort();
    lines
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => Just(Edit::Keep),
        1 => Just(Edit::Delete),
        1 => Just(Edit::Reword),
        1 => Just(Edit::Divide),
        1 => Just(Edit::JoinNext),
        1 => Just(Edit::Insert),
        1 => Just(Edit::Repeat),
    ]
}

proptest! {
    /// Whatever was done to a list of paragraphs is what is told.
    #[test]
    fn edits_are_told_as_they_were_made(
        edits in proptest::collection::vec(edit(), 1..12),
        swap in proptest::option::of((0usize..12, 0usize..12)),
        is_numbered in any::<bool>(),
    ) {
        let old: Vec<String> = (0..edits.len())
            .map(|at| format!("Kiln {at} was closed. Nobody was held for {at}."))
            .collect();
        let (mut new, mut origins) = edited(&old, &edits);
        if let Some((a, b)) = swap
            && a.max(b) < new.len()
            && ![a, b].iter().any(|at| matches!(origins[*at], Origin::Part(_)))
            // Parts in another order are not a division.
            && origins.windows(2).all(|two| two[0] != two[1] || !matches!(two[0], Origin::Part(_)))
        {
            new.swap(a, b);
            origins.swap(a, b);
        }
        let numbered = |texts: &[String]| -> Vec<String> {
            let texts = (1..).zip(texts);
            texts.map(|(n, text)| if is_numbered { format!("{n}. {text}") } else { text.clone() }).collect()
        };
        let difference = between(&numbered(&old), &numbered(&new));
        let numbers = |many: usize| -> Vec<u32> {
            (0..many as u32).map(|n| if is_numbered { n } else { 0 }).collect()
        };
        let told = told(&difference);
        let expected = expected(&origins, (&numbers(old.len()), &numbers(new.len())), old.len(), &told);
        prop_assert_eq!(told, expected, "{:?} -> {:?}", old, new);
    }

    /// A repeated text is paired as often as it occurs in both, and each
    /// passage is told once.
    #[test]
    fn each_passage_is_told_once(
        old in proptest::collection::vec("[a-c]", 0..9),
        new in proptest::collection::vec("[a-c]", 0..9),
    ) {
        let difference = between(&old, &new);
        let many = |list: &[String], text: &str| list.iter().filter(|t| *t == text).count();
        let kept: usize = ["a", "b", "c"].iter().map(|t| many(&old, t).min(many(&new, t))).sum();
        prop_assert_eq!(difference.same + difference.moved.len(), kept);
        prop_assert_eq!(kept + difference.changed.len() + difference.new.len(), new.len());
        prop_assert_eq!(kept + difference.changed.len() + difference.gone.len(), old.len());
        for Carried { id, was } in &difference.moved {
            let at = |id: &str| id.rsplit(':').next().unwrap().parse::<usize>().unwrap() - 1;
            prop_assert_eq!(&new[at(id)], &old[at(was)]);
        }
    }
}
