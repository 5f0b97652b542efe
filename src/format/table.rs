//! Tables of records: a header and rows, out of delimited text and out of
//! spreadsheets. What the columns mean is decided by who asks.

mod delimited;
mod legacy;
mod opendocument;
mod spreadsheet;

use serde::{Deserialize, Serialize};

pub use delimited::{delimited, delimiter};
pub use spreadsheet::{is_packed, spreadsheet};

/// How far down the header is looked for, in rows that are not empty.
const HEADER_WITHIN: usize = 10;

/// How many uneven rows are told one by one.
const TOLD: usize = 5;

/// A table of records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The cells of the header, none empty at its end.
    pub columns: Vec<String>,
    /// The rows that are not empty, each with its number in the file from 1,
    /// as a spreadsheet counts. A row has a cell for each column at least;
    /// more, where the file has more.
    pub rows: Vec<(u64, Vec<String>)>,
    /// What was mended, guessed or lost: each in lower case without a final
    /// period.
    pub remarks: Vec<String>,
}

/// Which rows are worth a remark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Even {
    /// Those of another length than the header.
    Exactly,
    /// Those longer than the header: a sheet's empty cells are not written.
    AtMost,
}

impl Table {
    /// The table of these rows. The first with two cells or more that are not
    /// empty is the header, if it is near the top; what stands above it is
    /// told. Without such a row it is the first that is not empty.
    fn of(rows: Vec<(u64, Vec<String>)>, even: Even) -> Self {
        let filled = |row: &[String]| row.iter().filter(|cell| !cell.is_empty()).count();
        let mut rows: Vec<_> = rows
            .into_iter()
            .filter(|(_, row)| filled(row) > 0)
            .collect();
        let header = rows
            .iter()
            .take(HEADER_WITHIN)
            .position(|(_, row)| filled(row) > 1);
        let mut table = Self::default();
        for (number, row) in rows.drain(..header.unwrap_or(0)) {
            let text: Vec<String> = row.into_iter().filter(|cell| !cell.is_empty()).collect();
            let text: String = text.join(" ").chars().take(100).collect();
            table
                .remarks
                .push(format!("row {number} is above the header: {text}"));
        }
        let mut rows = rows.into_iter();
        let Some((_, mut columns)) = rows.next() else {
            return table;
        };
        let width = columns.len();
        cut(&mut columns, 0);
        let mut uneven = 0_usize;
        for (number, mut row) in rows {
            let cells = row.len();
            cut(&mut row, columns.len());
            if row.len() > columns.len() || (even == Even::Exactly && cells < width) {
                uneven += 1;
                if uneven <= TOLD {
                    let cells = cells.min(row.len().max(cells.min(width)));
                    table
                        .remarks
                        .push(format!("row {number}: {cells} cells, {width} expected"));
                }
            }
            row.resize(row.len().max(columns.len()), String::new());
            table.rows.push((number, row));
        }
        if uneven > TOLD {
            table
                .remarks
                .push(format!("{} more rows of another length", uneven - TOLD));
        }
        table.columns = columns;
        table
    }
}

/// Cuts the empty cells at the end of a row, down to `least` cells.
fn cut(row: &mut Vec<String>, least: usize) {
    while row.len() > least && row.last().is_some_and(String::is_empty) {
        row.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]], even: Even) -> Table {
        let cells = |row: &[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
        Table::of((1..).zip(rows.iter().map(|row| cells(row))).collect(), even)
    }

    #[test]
    fn the_header_is_below_its_title() {
        let table = table(
            &[
                &["Table 1", ""],
                &["", ""],
                &["a", "b", ""],
                &["1"],
                &["1", "2", "", "3"],
            ],
            Even::AtMost,
        );
        assert_eq!(table.columns, ["a", "b"]);
        assert_eq!(table.rows[0], (4, vec!["1".to_owned(), String::new()]));
        assert_eq!(table.rows[1].1, ["1", "2", "", "3"]);
        assert_eq!(
            table.remarks,
            [
                "row 1 is above the header: Table 1",
                "row 5: 4 cells, 3 expected"
            ]
        );
    }

    #[test]
    fn one_column_and_nothing() {
        let one = table(&[&["url"], &["x"]], Even::Exactly);
        assert_eq!((one.columns, one.rows.len()), (vec!["url".to_owned()], 1));
        assert_eq!(table(&[&["", ""]], Even::Exactly), Table::default());
    }

    #[test]
    fn many_uneven_rows_are_summed_up() {
        let mut rows: Vec<&[&str]> = vec![&["a", "b"]];
        rows.extend([&["1"][..]; 8]);
        let remarks = table(&rows, Even::Exactly).remarks;
        assert_eq!(remarks.len(), 6);
        assert_eq!(remarks[0], "row 2: 1 cells, 2 expected");
        assert_eq!(remarks[5], "3 more rows of another length");
    }
}
