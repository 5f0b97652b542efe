//! The order of lines: what each is compared by.

use std::cmp::Ordering;
use std::str::FromStr;

use rayon::prelude::*;
use tantivy::DocId;

use super::context::{bounds, sentences_of};
use super::{AT_ONCE, ConcordanceConfig};
use crate::error::{Error, Result};
use crate::index::{IndexedReport, OpenIndex};
use crate::search::{Columns, Hit, Match, Matches};
use crate::text::span::in_code_points;
use crate::text::{Analysis, fold};

/// How many words from a match outwards decide the order of lines.
pub const SORT_WORDS: usize = 16;

/// An order of lines. Words are compared as they are folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KwicSort {
    /// By the words before the match, read from it outwards.
    Left,
    /// By the words of the match.
    Match,
    /// By the words after the match.
    Right,
    /// By the name of the country; texts without one last.
    Country,
    /// Oldest first; texts without a year last.
    Year,
    /// Report by report in order of report id, each in the order of its text.
    Position,
}

impl KwicSort {
    /// The names of the orders.
    pub const NAMES: [&'static str; 6] = ["position", "left", "match", "right", "country", "year"];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            KwicSort::Left => "left",
            KwicSort::Match => "match",
            KwicSort::Right => "right",
            KwicSort::Country => "country",
            KwicSort::Year => "year",
            KwicSort::Position => "position",
        }
    }

    /// Whether the text of a passage decides.
    fn asks_for_text(self) -> bool {
        matches!(self, KwicSort::Left | KwicSort::Match | KwicSort::Right)
    }
}

impl FromStr for KwicSort {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        const ALL: [KwicSort; 6] = [
            KwicSort::Left,
            KwicSort::Match,
            KwicSort::Right,
            KwicSort::Country,
            KwicSort::Year,
            KwicSort::Position,
        ];
        let order = ALL.into_iter().find(|order| order.as_str() == text);
        order.ok_or_else(|| {
            Error::usage(format!("lines have no order `{text}`"))
                .with_hint(format!("the orders are `{}`", Self::NAMES.join("`, `")))
        })
    }
}

/// A line to be sorted. What no order asks for is empty.
#[derive(Debug, Clone, Default)]
pub(super) struct Keyed {
    pub(super) doc: DocId,
    /// Which match of its passage it is, from 0.
    pub(super) number: usize,
    pub(super) name: Box<str>,
    left: Box<str>,
    matched: Box<str>,
    right: Box<str>,
    /// The report's place in the order of countries.
    country: u32,
    year: u16,
    /// The report and the place in it.
    position: (usize, u64),
}

pub(super) fn order(a: &Keyed, b: &Keyed, sort: &[KwicSort]) -> Ordering {
    let by = |sort: &KwicSort| match sort {
        KwicSort::Left => a.left.cmp(&b.left),
        KwicSort::Match => a.matched.cmp(&b.matched),
        KwicSort::Right => a.right.cmp(&b.right),
        KwicSort::Country => a.country.cmp(&b.country),
        KwicSort::Year => a.year.cmp(&b.year),
        KwicSort::Position => a.position.cmp(&b.position),
    };
    let ordered = sort.iter().map(by).find(|order| order.is_ne());
    let ordered = ordered.unwrap_or(Ordering::Equal);
    ordered.then_with(|| (a.doc, a.number).cmp(&(b.doc, b.number)))
}

/// Every match with what its place in the order is decided by; texts are read
/// where the order or a sample asks for them.
pub(super) fn keyed(
    index: &OpenIndex,
    matches: &Matches<'_>,
    found: &[Match],
    config: &ConcordanceConfig,
) -> Result<Vec<Keyed>> {
    let reports = index.reports()?;
    let countries = places_of_countries(&reports);
    let columns = Columns::of(index)?;
    let of_report = |m: &Match| {
        let report = columns.report(m.doc);
        Keyed {
            doc: m.doc,
            country: countries.get(report).copied().unwrap_or(u32::MAX),
            year: reports
                .get(report)
                .and_then(|r| r.info.year)
                .map_or(u16::MAX, |y| y.get()),
            position: (report, columns.place(m.doc)),
            ..Keyed::default()
        }
    };
    let asks_for_text = config.sort.iter().any(|sort| sort.asks_for_text());
    if config.sample.is_none() && !asks_for_text {
        let each = found.iter().flat_map(|m| {
            let keyed = of_report(m);
            (0..m.hits as usize).map(move |number| Keyed {
                number,
                ..keyed.clone()
            })
        });
        return Ok(each.collect());
    }
    let chunks: Result<Vec<Vec<Keyed>>> = found
        .par_chunks(AT_ONCE)
        .map(|found| {
            let docs: Vec<DocId> = found.iter().map(|m| m.doc).collect();
            let hits = matches.hits(&docs)?;
            let each = found.iter().zip(&hits);
            let each = each.flat_map(|(m, hit)| with_text(hit, of_report(m), config));
            let mut keyed: Vec<Keyed> = each.collect();
            // Of all lines no more are kept than can be given.
            if let (None, Some(limit)) = (config.sample, config.limit) {
                keyed.sort_by(|a, b| order(a, b, &config.sort));
                keyed.truncate(limit);
            }
            Ok(keyed)
        })
        .collect();
    Ok(chunks?.into_iter().flatten().collect())
}

/// The lines of a hit, each with its name and the words of its context where
/// they are asked for.
fn with_text(hit: &Hit, of_report: Keyed, config: &ConcordanceConfig) -> Vec<Keyed> {
    let text = &hit.passage.text;
    let id = config.sample.map(|_| hit.passage.id.to_string());
    let asks = |sort: KwicSort| config.sort.contains(&sort);
    let analysis = match config.sort.iter().any(|sort| sort.asks_for_text()) {
        true => Analysis::of(text),
        false => Analysis::default(),
    };
    let tokens: Vec<_> = analysis.tokens().iter().filter(|t| t.length == 1).collect();
    let joined = |words: &mut dyn Iterator<Item = usize>| -> Box<str> {
        let words = words.take(SORT_WORDS).map(|i| analysis.form(tokens[i]));
        words.collect::<Vec<&str>>().join(" ").into()
    };
    let sentences = sentences_of(text, config);
    let points = in_code_points(text, &hit.highlights);
    let each = hit.highlights.iter().zip(points).enumerate();
    each.map(|(number, (at, points))| {
        let bounds = bounds(text, at, &sentences);
        let first = tokens.partition_point(|t| t.span.start < bounds.start);
        let begin = tokens.partition_point(|t| t.span.end <= at.start);
        let end = tokens.partition_point(|t| t.span.start < at.end);
        let last = tokens.partition_point(|t| t.span.start < bounds.end);
        let mut keyed = Keyed {
            number,
            ..of_report.clone()
        };
        if let Some(id) = &id {
            keyed.name = format!("{id} {}", points.start).into();
        }
        if asks(KwicSort::Left) {
            keyed.left = joined(&mut (first..begin).rev());
        }
        if asks(KwicSort::Match) {
            keyed.matched = joined(&mut (begin..end));
        }
        if asks(KwicSort::Right) {
            keyed.right = joined(&mut (end..last));
        }
        keyed
    })
    .collect()
}

/// For every report the place of its country in the order of names.
fn places_of_countries(reports: &[IndexedReport]) -> Vec<u32> {
    let name = |report: &IndexedReport| report.info.country.as_ref().map(|c| fold(&c.name));
    let mut names: Vec<String> = reports.iter().filter_map(name).collect();
    names.sort_unstable();
    names.dedup();
    let place = |report| {
        let name = name(report)?;
        Some(names.partition_point(|n| *n < name) as u32)
    };
    reports
        .iter()
        .map(|r| place(r).unwrap_or(u32::MAX))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn lines_are_in_one_order_however_they_came(
            years in proptest::collection::vec(1990u16..1994, 1..30), seed in 0u64..9,
        ) {
            let lines = years.iter().zip(0..).map(|(year, doc)| Keyed {
                doc,
                year: *year,
                right: ["a", "b"][doc as usize % 2].into(),
                ..Keyed::default()
            });
            let mut sorted: Vec<Keyed> = lines.collect();
            let mut shuffled = sorted.clone();
            shuffled.sort_by_key(|line| (u64::from(line.doc) * 7919 + seed * 31) % 97);
            let sort = [KwicSort::Right, KwicSort::Year];
            for lines in [&mut sorted, &mut shuffled] {
                lines.sort_by(|a, b| order(a, b, &sort));
            }
            let keys = |lines: &[Keyed]| -> Vec<(Box<str>, u16, DocId)> {
                lines.iter().map(|l| (l.right.clone(), l.year, l.doc)).collect()
            };
            proptest::prop_assert_eq!(keys(&sorted), keys(&shuffled));
            proptest::prop_assert!(keys(&sorted).is_sorted());
        }
    }
}
