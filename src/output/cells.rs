//! Cells of tables that people open in a spreadsheet: none becomes a formula, and
//! the text can be had back.

use std::borrow::Cow;
use std::io::{self, Write};

/// What a cell begins with that a spreadsheet takes for a formula, or drops
/// before one.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '＠'];

/// A text as the cell of a CSV file. Where it begins with `=`, `+`, `-`, `@` or a
/// control character, be it after apostrophes, an apostrophe goes before it;
/// [`plain`] takes it off again.
pub fn guarded(text: &str) -> Cow<'_, str> {
    match text.trim_start_matches('\'').starts_with(FORMULA) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// The text of a cell that [`guarded`] made.
pub fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        _ => cell,
    }
}

/// Writes a table as CSV (RFC 4180), every cell [`guarded`].
///
/// # Errors
/// What writing fails with.
pub fn write_guarded<R, C>(out: &mut dyn Write, rows: R) -> io::Result<()>
where
    R: IntoIterator<Item = Vec<C>>,
    C: AsRef<str>,
{
    let mut writer = csv::Writer::from_writer(out);
    for row in rows {
        let cells = row.iter().map(|cell| guarded(cell.as_ref()).into_owned());
        writer
            .write_record(cells.collect::<Vec<String>>())
            .map_err(super::table::io_error)?;
    }
    writer.flush()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_text() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("'=1", "''=1"),
            ("\t=1", "'\t=1"),
            ("kiln", "kiln"),
            ("'quoted'", "'quoted'"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), cell);
        }
    }

    proptest! {
        #[test]
        fn the_text_comes_back(text in "['=+@a\t-]{0,6}") {
            let cell = guarded(&text);
            prop_assert!(!cell.starts_with(FORMULA));
            prop_assert_eq!(plain(&cell), text.as_str());
        }
    }
}
