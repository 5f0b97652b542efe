//! Reading queries from a table: CSV or TSV with a header.

use super::at_line;
use super::line::{BatchQuery, check_column, query_of};
use crate::error::{Error, Result};

pub(super) fn read_table(
    text: &str,
    divider: u8,
    name: &str,
    queries: &mut Vec<BatchQuery>,
    errors: &mut Vec<Error>,
) -> Result<()> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(divider)
        .flexible(true)
        // In TSV files of queries a quote is part of the query.
        .quoting(divider == b',')
        .from_reader(text.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .map_err(|e| Error::input(format!("`{name}` is no table")).with_cause(e))?
        .iter()
        .map(|h| h.trim().to_lowercase())
        .collect();
    if !header.iter().any(|h| h == "query") {
        return Err(Error::input(format!("`{name}` has no column `query`"))
            .with_hint("its first line must name the columns, as `id,query,country,year`"));
    }
    for (i, column) in header.iter().enumerate() {
        if header[..i].contains(column) {
            let error = Error::input(format!("the column `{column}` comes a second time"));
            return Err(at_line(error, name, 1));
        }
        check_column(column).map_err(|e| at_line(e, name, 1))?;
    }
    let mut lines = Lines {
        text,
        byte: 0,
        line: 1,
    };
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(e) => {
                let line = e.position().map_or(0, csv::Position::line);
                let error = Error::input("this row cannot be read").with_cause(e);
                errors.push(at_line(error, name, line));
                continue;
            }
        };
        let line = lines.at(row.position().map_or(0, csv::Position::byte) as usize);
        if row.len() != header.len() {
            let mut message = format!("{} fields where the header has {}", row.len(), header.len());
            let swallowed = row.iter().map(|f| f.matches('\n').count()).sum::<usize>() as u64;
            if swallowed > 0 {
                message = format!(
                    "a quote that is opened here and not closed takes the lines to {} with it",
                    line + swallowed
                );
            }
            errors.push(at_line(Error::input(message), name, line));
            continue;
        }
        let fields = header
            .iter()
            .cloned()
            .zip(row.iter().map(|v| vec![v.to_owned()]));
        match query_of(
            &fields.filter(|(_, v)| !v[0].trim().is_empty()).collect(),
            line,
        ) {
            Ok(query) => queries.push(query),
            Err(e) => errors.push(at_line(e, name, line)),
        }
    }
    Ok(())
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
