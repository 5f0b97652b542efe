//! Columns, and tables that only look like them.

use super::book::{BOLD, Leaf, PLAIN};
use super::{LEFT, RIGHT, lines};

#[test]
fn columns_are_not_read_across() {
    let leaf = Leaf::default()
        .line(
            BOLD,
            16.0,
            72.0,
            72.0,
            "Country narratives of a year in the field",
        )
        .lines(72.0, 110.0, &LEFT)
        .lines(320.0, 110.0, &RIGHT);
    assert_eq!(
        lines(leaf),
        [
            "# Country narratives of a year in the field",
            "Inspectors went to the farms of the north and found families at work who had never been paid by their \
             landlords. The ministry opened a shelter in the capital and sent two more teams to read the contracts of \
             the recruiters in the ports of the south. Most of them were false, and a court fined three agents in the \
             first months of the year. Two appeals were still open when it closed.",
        ]
    );
}

#[test]
fn columns_of_other_heights_and_baselines_are_told_apart() {
    let leaf = Leaf::default()
        .lines(72.0, 110.0, &LEFT)
        .lines(72.0, 182.0, &["the law."])
        .lines(275.0, 115.0, &RIGHT)
        .line(
            BOLD,
            12.0,
            72.0,
            220.0,
            "A heading that runs over both of the columns below",
        )
        .lines(72.0, 240.0, &LEFT[..4])
        .lines(275.0, 240.0, &RIGHT[2..]);
    let lines = lines(leaf);
    assert_eq!(lines.len(), 4, "{lines:#?}");
    assert!(lines[0].ends_with("to read the law."), "{lines:#?}");
    assert!(lines[1].starts_with("the contracts"), "{lines:#?}");
    assert_eq!(
        lines[2],
        "# A heading that runs over both of the columns below"
    );
    assert!(lines[3].starts_with("Inspectors"), "{lines:#?}");
    assert!(
        lines[3].contains("The ministry of them were false"),
        "{lines:#?}"
    );
}

#[test]
fn rows_of_a_table_are_read_as_rows() {
    let leaf = ["2019", "2020", "2021", "2022"].iter().enumerate().fold(
        Leaf::default(),
        |leaf, (index, year)| {
            let top = 100.0 + 12.0 * index as f32;
            leaf.line(PLAIN, 10.0, 72.0, top, year)
                .line(PLAIN, 10.0, 200.0, top, "17 cases")
                .line(PLAIN, 10.0, 300.0, top, "4 verdicts")
        },
    );
    let rows = [
        "2019 17 cases 4 verdicts",
        "2020 17 cases 4 verdicts",
        "2021 17 cases 4 verdicts",
        "2022 17 cases 4 verdicts",
    ];
    assert_eq!(lines(leaf), rows);
}

#[test]
fn tables_above_columns_are_read_as_rows() {
    let rows = [
        ["Year", "Cases", "Verdicts"],
        ["2020", "17", "4"],
        ["2021", "22", "9"],
    ];
    let table = rows
        .iter()
        .enumerate()
        .fold(Leaf::default(), |leaf, (index, cells)| {
            let top = 80.0 + 12.0 * index as f32;
            cells
                .iter()
                .zip([72.0, 240.0, 400.0])
                .fold(leaf, |leaf, (cell, left)| {
                    leaf.line(PLAIN, 10.0, left, top, cell)
                })
        });
    let lines = lines(table.lines(72.0, 140.0, &LEFT).lines(320.0, 140.0, &RIGHT));
    // Rows of numbers alone belong to the row with words.
    assert_eq!(lines[0], "Year Cases Verdicts 2020 17 4 2021 22 9");
    assert!(
        lines[1].contains("teams to read the contracts of the recruiters"),
        "{lines:#?}"
    );
}

#[test]
fn a_heading_in_one_column_does_not_part_the_other() {
    let leaf = Leaf::default()
        .lines(72.0, 100.0, &LEFT)
        .line(BOLD, 10.0, 72.0, 186.0, "Protection")
        .lines(72.0, 202.0, &["Shelters stayed open in the whole"])
        .lines(72.0, 214.0, &["year, and the ministry paid for"])
        .lines(320.0, 100.0, &RIGHT)
        .lines(320.0, 172.0, &["A chapter ends here."])
        .line(BOLD, 24.0, 320.0, 232.0, "Norland")
        .lines(320.0, 252.0, &RIGHT);
    let lines = lines(leaf);
    assert_eq!(lines[1], "# Protection");
    assert!(
        lines[2].ends_with(
            "the ministry paid for the contracts of the recruiters in the ports of \
                            the south. Most of them were false, and a court fined three agents in \
                            the first months of the year. Two appeals were still open when it \
                            closed. A chapter ends here."
        ),
        "{lines:?}"
    );
    assert_eq!(lines[3], "# Norland");
}

#[test]
fn the_numbers_at_an_axis_part_columns() {
    let axis = |leaf: Leaf| {
        (0..8).fold(leaf, |leaf, year| {
            let left = 80.0 + 56.0 * year as f32;
            leaf.line(PLAIN, 7.0, left, 186.0, &(2001 + year).to_string())
        })
    };
    let leaf = Leaf::default()
        .lines(72.0, 100.0, &LEFT)
        .lines(320.0, 100.0, &RIGHT)
        .lines(
            72.0,
            220.0,
            &[
                "The second chapter is on ports and",
                "on what was found there.",
            ],
        )
        .lines(
            320.0,
            220.0,
            &["It ends in the right column of the", "same page."],
        );
    let lines = lines(axis(leaf));
    let text = lines.join(" ");
    let places: Vec<usize> = ["Inspectors", "the contracts of", "The second", "It ends"]
        .iter()
        .map(|part| text.find(part).unwrap())
        .collect();
    assert!(places.is_sorted(), "{lines:?}");
}

#[test]
fn small_headings_in_the_margin_head_what_they_stand_beside() {
    let long = |lines: &[&str; 6]| lines.map(|line| format!("{line} and there"));
    let (left, right) = (long(&LEFT), long(&RIGHT));
    let put = |leaf: Leaf, top: f32, lines: &[String; 6]| {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        leaf.lines(240.0, top, &lines)
    };
    let leaf = put(Leaf::default(), 100.0, &left).line(PLAIN, 8.0, 72.0, 190.0, "Oil Sands");
    let leaf = put(leaf, 190.0, &right).line(PLAIN, 8.0, 72.0, 280.0, "Oil Shale");
    let lines = lines(put(leaf, 280.0, &left));
    let heads: Vec<&String> = lines.iter().filter(|line| line.starts_with('#')).collect();
    assert_eq!(heads, ["# Oil Sands", "# Oil Shale"], "{lines:?}");
}

#[test]
fn cells_over_two_lines_and_names_of_columns_are_of_their_rows() {
    let row = |leaf: Leaf, top: f32, font: &str, cells: [&str; 3]| {
        leaf.line(font, 10.0, 72.0, top, cells[0])
            .line(font, 10.0, 260.0, top, cells[1])
            .line(
                font,
                10.0,
                380.0 - 6.0 * cells[2].len() as f32,
                top,
                cells[2],
            )
    };
    let leaf = row(
        Leaf::default(),
        100.0,
        BOLD,
        ["Country", "Appeals", "Trials"],
    );
    let leaf = row(leaf, 114.0, PLAIN, ["Valdoria and Ravenna", "922", "573"]);
    let leaf = leaf.line(PLAIN, 10.0, 84.0, 126.0, "Strait");
    let leaf = row(leaf, 138.0, PLAIN, ["Zeeland Isles", "910", "714"]);
    let rows = [
        "Country Appeals Trials",
        "Valdoria and Ravenna Strait 922 573",
        "Zeeland Isles 910 714",
    ];
    assert_eq!(lines(leaf), rows);
}

#[test]
fn names_of_groups_in_a_table_are_no_rest_of_the_row_above() {
    let row = |leaf: Leaf, left: f32, top: f32, name: &str, numbers: [&str; 2]| {
        leaf.line(PLAIN, 10.0, left, top, name)
            .line(PLAIN, 10.0, 260.0, top, numbers[0])
            .line(PLAIN, 10.0, 360.0, top, numbers[1])
    };
    let leaf = row(Leaf::default(), 72.0, 100.0, "All workers", ["922", "573"]);
    let leaf = leaf.line(PLAIN, 10.0, 84.0, 112.0, "Men");
    let leaf = row(leaf, 84.0, 124.0, "Farms", ["910", "714"]);
    let lines = lines(row(leaf, 84.0, 136.0, "Ports", ["120", "214"]));
    assert_eq!(lines[0], "All workers 922 573");
    assert!(lines.contains(&"Farms 910 714".to_owned()), "{lines:?}");
}

/// Lines from left to right at some heights, and from top to bottom between the
/// first and the last of them.
fn grid(leaf: Leaf, tops: &[f32], lefts: &[f32]) -> Leaf {
    let (left, right) = (lefts[0], lefts[lefts.len() - 1]);
    let (top, bottom) = (792.0 - tops[0], 792.0 - tops[tops.len() - 1]);
    let rules = tops.iter().map(|top| {
        let y = 792.0 - top;
        format!("{left} {y} m {right} {y} l S\n")
    });
    let bars = lefts
        .iter()
        .map(|left| format!("{left} {top} m {left} {bottom} l S\n"));
    let lines: String = rules.chain(bars).collect();
    leaf.raw(&lines)
}

#[test]
fn cells_of_a_grid_are_rows_whatever_lines_they_have() {
    let leaf = Leaf::default()
        .line(BOLD, 10.0, 75.0, 112.0, "Recommendation")
        .line(BOLD, 10.0, 255.0, 112.0, "Response")
        .line(BOLD, 10.0, 405.0, 112.0, "Status")
        .lines(
            75.0,
            132.0,
            &[
                "Train the inspectors of the",
                "kilns and the fish-",
                "eries.",
            ],
        )
        .lines(255.0, 132.0, &["The ministry trained", "forty of them."])
        .lines(405.0, 132.0, &["Accepted"])
        .lines(75.0, 182.0, &["Open a shelter."])
        .lines(
            255.0,
            182.0,
            &["There was no money for", "one in this year."],
        )
        .lines(405.0, 182.0, &["Noted"])
        .lines(
            72.0,
            240.0,
            &["The inspectors of the fisheries went on as before."],
        );
    let leaf = grid(
        leaf,
        &[100.0, 118.0, 168.0, 212.0],
        &[72.0, 250.0, 400.0, 500.0],
    );
    assert_eq!(
        lines(leaf),
        [
            "Recommendation Response Status",
            "Train the inspectors of the kilns and the fisheries. The ministry trained forty of \
             them. Accepted",
            "Open a shelter. There was no money for one in this year. Noted",
            "The inspectors of the fisheries went on as before.",
        ]
    );
}

#[test]
fn a_line_between_columns_makes_no_grid() {
    let leaf = Leaf::default()
        .lines(72.0, 100.0, &LEFT)
        .lines(72.0, 172.0, &LEFT)
        .lines(72.0, 244.0, &LEFT)
        .lines(320.0, 100.0, &RIGHT)
        .lines(320.0, 172.0, &RIGHT)
        .lines(320.0, 244.0, &RIGHT);
    let page = grid(leaf, &[80.0, 330.0], &[60.0, 300.0, 540.0]);
    let lines = lines(page);
    let text = lines.join(" ");
    let left = text
        .find("and sent two more teams to read Inspectors")
        .unwrap();
    assert!(
        left < text.find("the contracts of the recruiters").unwrap(),
        "{lines:?}"
    );
}

#[test]
fn rows_without_rules_between_them_stay_rows() {
    let row = |leaf: Leaf, top: f32, cells: [&str; 3]| {
        leaf.line(PLAIN, 10.0, 75.0, top, cells[0])
            .line(PLAIN, 10.0, 255.0, top, cells[1])
            .line(PLAIN, 10.0, 405.0, top, cells[2])
    };
    let leaf = row(Leaf::default(), 112.0, ["Species", "Tonnes", "Audits"]);
    let leaf = row(leaf, 132.0, ["Shrimp", "749.7", "448"]);
    let leaf = row(leaf, 144.0, ["Tunas", "416.0", "250"]);
    let leaf = row(leaf, 156.0, ["Cods", "75.8", "121"]);
    let leaf = row(leaf, 180.0, ["Total", "1241.5", "819"]);
    let leaf = grid(
        leaf,
        &[100.0, 118.0, 164.0, 190.0],
        &[72.0, 250.0, 400.0, 500.0],
    );
    assert_eq!(
        lines(leaf),
        [
            "Species Tonnes Audits",
            "Shrimp 749.7 448",
            "Tunas 416.0 250",
            "Cods 75.8 121",
            "Total 1241.5 819",
        ]
    );
}
