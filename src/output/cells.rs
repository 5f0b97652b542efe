//! Tables as CSV (RFC 4180) that people open in a spreadsheet: no cell becomes a
//! formula.

use std::io::{self, Write};

pub use crate::text::cells::{guarded, plain};

/// Writes a table as CSV, every cell [`guarded`]. All CSV of pincite goes through
/// here.
#[derive(Debug)]
pub struct CsvWriter<W: Write>(csv::Writer<W>);

impl<W: Write> CsvWriter<W> {
    /// A table without rows.
    pub fn new(out: W) -> Self {
        CsvWriter(csv::Writer::from_writer(out))
    }

    /// Writes a row.
    ///
    /// # Errors
    /// What writing fails with.
    pub fn row<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) -> io::Result<()> {
        for cell in cells {
            let cell = guarded(cell.as_ref());
            self.0.write_field(&*cell).map_err(io_error)?;
        }
        self.0.write_record(None::<&[u8]>).map_err(io_error)
    }

    /// Hands all rows on.
    ///
    /// # Errors
    /// What writing fails with.
    pub fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Writes a whole table as CSV, every cell [`guarded`].
///
/// # Errors
/// What writing fails with.
pub fn write_guarded<R, C>(out: &mut dyn Write, rows: R) -> io::Result<()>
where
    R: IntoIterator<Item = Vec<C>>,
    C: AsRef<str>,
{
    let mut writer = CsvWriter::new(out);
    rows.into_iter().try_for_each(|row| writer.row(row))?;
    writer.flush()
}

/// The error of the writer itself, so that a closed pipe is known as one.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
