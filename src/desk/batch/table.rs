//! Reading queries from a table with a header: delimited text or a spreadsheet.

use super::at_line;
use super::line::{BatchQuery, check_column, query_of};
use crate::error::{Error, Result};
use crate::format::table::{delimiter, spreadsheet};

/// The queries of a table, and the rows that hold none.
#[derive(Default)]
pub(super) struct TableQueries {
    pub(super) queries: Vec<BatchQuery>,
    pub(super) errors: Vec<Error>,
}

/// Reads delimited text. The delimiter is the one that the header shows, else
/// `default`.
///
/// # Errors
/// A table without a column `query`, or with a column that means nothing.
pub(super) fn read_table(text: &str, default: u8, name: &str) -> Result<TableQueries> {
    let (delimiter, skipped) = delimiter(text, default);
    let text = &text[skipped..];
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        // In TSV files of queries a quote is part of the query.
        .quoting(delimiter != b'\t')
        .from_reader(text.as_bytes());
    let header = reader
        .headers()
        .map_err(|e| Error::input(format!("`{name}` is no table")).with_cause(e))?
        .iter();
    let header = Header::of(header, name)?;
    let mut lines = Lines {
        text,
        byte: 0,
        line: 1 + u64::from(skipped > 0),
    };
    let mut read = TableQueries::default();
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(e) => {
                let line = e.position().map_or(0, csv::Position::line);
                let error = Error::input("this row cannot be read").with_cause(e);
                read.errors.push(at_line(error, name, line));
                continue;
            }
        };
        let line = lines.at(row.position().map_or(0, csv::Position::byte) as usize);
        let cells: Vec<&str> = row.iter().collect();
        read.add(&header, &cells, line, cells.len() == header.0.len(), name);
    }
    Ok(read)
}

/// Reads the first sheet of a spreadsheet that has a column `query`.
///
/// # Errors
/// As [`read_table`], and a file that is not a spreadsheet.
pub(super) fn read_spreadsheet(bytes: &[u8], name: &str) -> Result<TableQueries> {
    let sheets = spreadsheet(bytes)
        .map_err(|told| Error::input(format!("`{name}` cannot be read: {told}")))?;
    let is_query = |column: &String| column.trim().eq_ignore_ascii_case("query");
    let mut sheets = sheets.into_iter().map(|(_, table)| table);
    let table = sheets.find(|table| table.columns.iter().any(is_query));
    let table = table.ok_or_else(|| no_query(name))?;
    let header = Header::of(table.columns.iter().map(String::as_str), name)?;
    let mut read = TableQueries::default();
    for (number, cells) in &table.rows {
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        read.add(
            &header,
            &cells,
            *number,
            cells.len() <= header.0.len(),
            name,
        );
    }
    // What is said of single rows is said of them above.
    let lost = table
        .remarks
        .iter()
        .filter(|told| !told.starts_with("row "));
    let lost = lost.map(|told| Error::input(format!("`{name}`: {told}")));
    read.errors.extend(lost);
    Ok(read)
}

/// The names of the columns, each of which means something.
struct Header(Vec<String>);

impl Header {
    fn of<'a>(cells: impl Iterator<Item = &'a str>, name: &str) -> Result<Self> {
        let header: Vec<String> = cells.map(|h| h.trim().to_lowercase()).collect();
        if !header.iter().any(|h| h == "query") {
            return Err(no_query(name));
        }
        for (i, column) in header.iter().enumerate() {
            if header[..i].contains(column) {
                let error = Error::input(format!("the column `{column}` comes a second time"));
                return Err(at_line(error, name, 1));
            }
            check_column(column).map_err(|e| at_line(e, name, 1))?;
        }
        Ok(Header(header))
    }
}

fn no_query(name: &str) -> Error {
    Error::input(format!("`{name}` has no column `query`"))
        .with_hint("its first line must name the columns, as `id,query,country,year`")
}

impl TableQueries {
    /// Reads a row, which has as many cells as the header or not.
    fn add(&mut self, header: &Header, cells: &[&str], line: u64, is_even: bool, name: &str) {
        let query = match is_even {
            true => {
                let fields = header
                    .0
                    .iter()
                    .cloned()
                    .zip(cells.iter().map(|v| vec![(*v).to_owned()]));
                query_of(
                    &fields.filter(|(_, v)| !v[0].trim().is_empty()).collect(),
                    line,
                )
            }
            false => Err(uneven(cells, header.0.len(), line)),
        };
        match query {
            Ok(query) => self.queries.push(query),
            Err(e) => self.errors.push(at_line(e, name, line)),
        }
    }
}

/// Why a row of another length than the header is not read.
fn uneven(cells: &[&str], columns: usize, line: u64) -> Error {
    let swallowed = cells.iter().map(|f| f.matches('\n').count()).sum::<usize>() as u64;
    Error::input(match swallowed {
        0 => format!("{} fields where the header has {columns}", cells.len()),
        lines => format!(
            "a quote that is opened here and not closed takes the lines to {} with it",
            line + lines
        ),
    })
}

/// The line numbers of rows, from the byte after the row before.
struct Lines<'a> {
    text: &'a str,
    byte: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the row that begins at `byte` or after the blank lines
    /// there.
    fn at(&mut self, byte: usize) -> u64 {
        let rest = self.text.get(byte..).unwrap_or_default();
        let start = byte + rest.len() - rest.trim_start_matches(['\n', '\r']).len();
        let passed = self.text.get(self.byte..start).unwrap_or_default();
        self.line += passed.matches('\n').count() as u64;
        self.byte = start;
        self.line
    }
}
