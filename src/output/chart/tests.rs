//! Charts as they are drawn: no text over another, none outside the picture.

use resvg::usvg::{Node, Rect, Tree};

use super::png::tree;
use super::*;
use crate::desk::silence::{Cell, Counted, Kept, Line, RowOrder, Silence, SilenceConfig};
use crate::desk::trend::{Group, Series};
use crate::query::{Filters, MatchMode, Parsed, parse};
use crate::search::Tally;

/// The texts of a picture with where they stand.
fn texts(node: &Node, out: &mut Vec<(String, Rect)>) {
    match node {
        Node::Group(group) => group.children().iter().for_each(|n| texts(n, out)),
        Node::Text(text) => {
            let said: String = text.chunks().iter().map(|c| c.text()).collect();
            out.push((said, text.abs_bounding_box()));
        }
        _ => {}
    }
}

/// The height of letters in the box of a line, which has room for accents.
const LETTERS: f32 = 0.7;

fn assert_readable(svg: &str, what: &str) {
    let tree: Tree = tree(svg).unwrap();
    let mut found = Vec::new();
    tree.root()
        .children()
        .iter()
        .for_each(|n| texts(n, &mut found));
    assert!(!found.is_empty(), "{what}");
    let (width, height) = (tree.size().width(), tree.size().height());
    let slim = |r: &Rect| {
        // A turned text is slim across.
        let (dx, dy) = match r.width() > r.height() {
            true => (0.0, r.height() * (1.0 - LETTERS) / 2.0),
            false => (r.width() * (1.0 - LETTERS) / 2.0, 0.0),
        };
        (r.left() + dx, r.top() + dy, r.right() - dx, r.bottom() - dy)
    };
    for (i, (text, place)) in found.iter().enumerate() {
        let a = slim(place);
        assert!(
            a.0 >= 0.0 && a.1 >= 0.0 && a.2 <= width && a.3 <= height,
            "{what}: `{text}` leaves the picture: {place:?}"
        );
        for (other, its) in &found[i + 1..] {
            let b = slim(its);
            let apart = a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1;
            assert!(apart, "{what}: `{text}` and `{other}` overlap");
        }
    }
}

fn query(text: &str) -> Parsed {
    parse(text, MatchMode::All).unwrap()
}

fn long() -> String {
    let words = "kiln bondage debt labor".split(' ').cycle();
    let long: Vec<&str> = words.take(60).collect();
    format!("({}) OR {}", long.join(" OR "), "x".repeat(90))
}

fn caption(queries: &[&Parsed]) -> Caption {
    Caption::new(
        queries,
        &Filters::default(),
        &"c".repeat(64),
        &"a".repeat(64),
    )
}

fn all(reports: u64) -> Tally {
    Tally {
        passages: reports * 9,
        hits: 0,
        reports,
        words: reports * 900,
    }
}

/// A made-up trend: some groups have no report, some figures rest on few.
fn made_up(by: FacetName, values: Vec<String>, queries: &[String]) -> Trend {
    let groups: Vec<Group> = values
        .into_iter()
        .enumerate()
        .map(|(i, value)| Group {
            label: crate::desk::values::label(by, &value),
            all: all(if i % 7 == 5 { 0 } else { 20 + i as u64 % 5 }),
            value,
        })
        .collect();
    let found = |i: usize, at: usize| Tally {
        passages: (at as u64 * 7 + i as u64 * 11) % 90,
        hits: (at as u64 * 13) % 700,
        reports: (at as u64 * 5 + i as u64) % 20,
        words: 0,
    };
    Trend {
        by,
        series: queries
            .iter()
            .enumerate()
            .map(|(i, text)| Series {
                query: query(text),
                expansions: Vec::new(),
                total: Tally::default(),
                found: (0..groups.len()).map(|at| found(i, at)).collect(),
            })
            .collect(),
        groups,
        total: all(999),
        outside: Tally::default(),
        digest: "a".repeat(64),
    }
}

fn years(first: u16, n: u16) -> Vec<String> {
    (first..first + n).map(|y| y.to_string()).collect()
}

fn countries() -> Vec<String> {
    let countries = crate::report::Gazetteer::built_in().countries();
    countries.iter().take(190).map(|c| c.iso3.clone()).collect()
}

#[test]
fn texts_of_trends_stand_apart() {
    let several = |n: usize| -> Vec<String> {
        (0..n)
            .map(|i| format!("\"new international economic order\" OR a{i}"))
            .collect()
    };
    let paths = [
        "Africa",
        "Africa/Northern Africa",
        "Asia",
        "Asia/Western Asia",
    ];
    for (by, values, queries) in [
        (FacetName::Year, years(1970, 30), several(3)),
        (FacetName::Year, years(1970, 30), several(MOST_QUERIES)),
        (FacetName::Year, years(1999, 1), several(1)),
        (FacetName::Year, years(1001, 2), several(2)),
        (FacetName::Year, years(1800, 220), several(2)),
        (FacetName::Year, Vec::new(), several(1)),
        (
            FacetName::Year,
            years(2001, 24),
            vec![long(), "kiln".to_owned()],
        ),
        (FacetName::Country, countries(), several(3)),
        (FacetName::Country, vec!["KHM".to_owned()], several(1)),
        (FacetName::Section, vec!["x".repeat(80)], vec![long(); 3]),
        (
            FacetName::Region,
            paths.map(str::to_owned).to_vec(),
            several(12),
        ),
    ] {
        let trend = made_up(by, values, &queries);
        let queries: Vec<&Parsed> = trend.series.iter().map(|s| &s.query).collect();
        for measure in Measure::ALL {
            let svg = trend_svg(&trend, measure, &caption(&queries));
            assert_readable(&svg, &format!("{} {by} {measure:?}", trend.groups.len()));
        }
    }
}

fn grid(
    columns: FacetName,
    values: Vec<String>,
    rows: Vec<String>,
    text: &str,
    most: u64,
) -> Silence {
    let line = |facet: FacetName| {
        move |value: String| Line {
            label: crate::desk::values::label(facet, &value),
            value,
            all: Cell {
                found: all(3),
                all: all(1234),
            },
        }
    };
    let cell = |i: usize| Cell {
        found: Tally {
            passages: (i as u64 * 37) % (most + 1),
            ..Tally::default()
        },
        all: all(u64::from(!i.is_multiple_of(3))),
    };
    let cells = (0..rows.len()).map(|r| (0..values.len()).map(|c| cell(r * 7 + c)).collect());
    Silence {
        config: SilenceConfig {
            rows: FacetName::Country,
            columns,
            counted: Counted::Passages,
            kept: Kept::All,
            order: RowOrder::Name,
            mode: MatchMode::All,
        },
        query: query(text),
        cells: cells.collect(),
        rows: rows.into_iter().map(line(FacetName::Country)).collect(),
        left_out: 0,
        columns: values.into_iter().map(line(columns)).collect(),
        total: Cell::default(),
        outside: Cell::default(),
        expansions: Vec::new(),
        forms: Vec::new(),
        offer: None,
        by_heading: Vec::new(),
        digest: "a".repeat(64),
    }
}

#[test]
fn texts_of_grids_stand_apart() {
    let one = || vec!["KHM".to_owned()];
    let mut gap = years(1970, 30);
    gap.extend(years(2021, 3));
    let sections = [
        "prevention",
        "protection",
        "a-very-long-section-key-of-a-report",
    ];
    for (columns, values, rows, text, most) in [
        (
            FacetName::Year,
            years(1970, 30),
            countries(),
            "apartheid".to_owned(),
            16,
        ),
        (FacetName::Year, gap, one(), "kiln".to_owned(), 12_345),
        (FacetName::Year, years(1999, 1), one(), long(), 1),
        (
            FacetName::Year,
            years(1800, 200),
            one(),
            "kiln".to_owned(),
            0,
        ),
        (
            FacetName::Section,
            sections.map(str::to_owned).to_vec(),
            one(),
            "a".to_owned(),
            900,
        ),
        (FacetName::Year, Vec::new(), Vec::new(), "a".to_owned(), 9),
    ] {
        let silence = grid(columns, values, rows, &text, most);
        let svg = heat(&silence, &caption(&[&silence.query]));
        assert_readable(&svg, &format!("{} {columns} {most}", silence.rows.len()));
    }
}

#[test]
fn a_picture_is_the_same_each_time() {
    let trend = made_up(
        FacetName::Year,
        years(1990, 9),
        &["<kiln> & \"debt\"".to_owned()],
    );
    let caption = caption(&[&trend.series[0].query]);
    let svg = lines(&trend, Measure::Rate, &caption);
    assert!(svg.contains("Query: &lt;kiln&gt; &amp; &quot;debt&quot;"));
    let png = png::png(&svg).unwrap();
    assert_eq!(png, png::png(&svg).unwrap());
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    // Seven years of nine have reports, or fewer: the line is broken.
    assert!(svg.matches("stroke-width=\"2\" stroke-linejoin").count() > 2);
}
