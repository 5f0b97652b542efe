//! Tables in spreadsheets: `.xlsx` and its kin cell by cell, old `.xls`;
//! `.ods` lives in `opendocument`.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, DataType, ExcelDateTime, Reader, SheetVisible, Xls, Xlsb, Xlsx};

use super::super::package::{LIMIT, OLE, Package};
use super::{Even, Table, legacy, opendocument};

/// The most memory that the cells of one file may take, in bytes: those with
/// text, and the empty ones before them in their rows.
pub(super) const SPACE: u64 = 256 << 20;

/// What a cell takes besides its text, in bytes.
pub(super) const CELL: u64 = 32;

/// Told where the space does not suffice.
pub(super) const TOO_LARGE: &str = "the file is too large: the rest of its cells is left out";

/// Whether bytes are those of a zip or of an old Office file, as spreadsheets are,
/// and not of delimited text.
pub fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&OLE)
}

/// Reads the sheets of a spreadsheet that are not empty, each with its name.
/// Dates are given as ISO 8601, numbers without needless decimals and errors
/// as empty cells; of a formula its last value is read.
///
/// # Errors
///
/// If the file is encrypted, no spreadsheet, broken, or larger than 200 MB
/// uncompressed.
pub fn spreadsheet(bytes: &[u8]) -> Result<Vec<(String, Table)>, String> {
    let read = || match bytes {
        _ if bytes.starts_with(&OLE) => old(bytes),
        _ => packed(bytes),
    };
    // The libraries below index into what files claim.
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err("the spreadsheet is broken: it cannot be read".to_owned()))
}

/// Adds the sheets of a book cell by cell. The books of the library are of types
/// without a trait for this.
macro_rules! add_all {
    ($book:ident, $sheets:ident) => {
        for sheet in $book.sheets_metadata().to_vec() {
            let Ok(mut cells) = $book.worksheet_cells_reader(&sheet.name) else {
                continue;
            };
            let next = || match cells.next_cell() {
                Ok(cell) => Ok(cell.map(|cell| (cell.get_position(), shown_ref(cell.get_value())))),
                Err(error) => Err(error.to_string()),
            };
            $sheets.add(sheet.name, sheet.visible, next);
        }
    };
}

/// Reads a spreadsheet that is a zip package.
fn packed(bytes: &[u8]) -> Result<Vec<(String, Table)>, String> {
    let mut package = Package::open(bytes, LIMIT)?;
    let names = package.names();
    let has = |name: &str| names.iter().any(|other| other.eq_ignore_ascii_case(name));
    if has("content.xml") {
        return opendocument::read(&mut package);
    }
    // The library knows no limit, so each part is read once before.
    for name in &names {
        package.part(name)?;
    }
    let broken = |error: &dyn std::fmt::Display| format!("the spreadsheet is broken: {error}");
    let mut sheets = Sheets::default();
    if has("xl/workbook.bin") {
        let mut book = Xlsb::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        add_all!(book, sheets);
    } else if names.iter().any(|name| name.ends_with(".xml")) {
        let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        add_all!(book, sheets);
    } else {
        return Err("no spreadsheet: a zip file of other things".to_owned());
    }
    Ok(sheets.read)
}

/// Reads an old Excel file.
fn old(bytes: &[u8]) -> Result<Vec<(String, Table)>, String> {
    let marker: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let encrypted = "encrypted: save it without a password";
    if bytes.windows(marker.len()).any(|window| window == marker) {
        return Err(encrypted.to_owned());
    }
    legacy::check(bytes)?;
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsError::Password => encrypted.to_owned(),
        error => format!("the spreadsheet is broken: {error}"),
    })?;
    let mut sheets = Sheets::default();
    for sheet in book.sheets_metadata().to_vec() {
        let Ok(range) = book.worksheet_range(&sheet.name) else {
            continue;
        };
        let (top, left) = range.start().unwrap_or_default();
        let mut cells = range.used_cells().map(|(row, column, value)| {
            let row = top.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
            let column = left.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
            ((row, column), shown(value))
        });
        sheets.add(sheet.name, sheet.visible, || Ok(cells.next()));
    }
    Ok(sheets.read)
}

/// The sheets read so far, and how much they may still hold.
struct Sheets {
    read: Vec<(String, Table)>,
    space: u64,
}

impl Default for Sheets {
    fn default() -> Self {
        Self {
            read: Vec::new(),
            space: SPACE,
        }
    }
}

impl Sheets {
    /// Reads a sheet of these cells, each with its row and column from 0.
    fn add(
        &mut self,
        name: String,
        visible: SheetVisible,
        mut next: impl FnMut() -> Result<Option<((u32, u32), String)>, String>,
    ) {
        let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
        let mut remarks = Vec::new();
        if visible != SheetVisible::Visible {
            remarks.push("the sheet is hidden".to_owned());
        }
        loop {
            match next() {
                Ok(Some((_, text))) if text.trim().is_empty() => {}
                Ok(Some(((row, column), text))) => {
                    if !self.spend(text.len() as u64 + CELL) {
                        remarks.push(TOO_LARGE.to_owned());
                        break;
                    }
                    let text = text.trim().to_owned();
                    rows.entry(row).or_default().insert(column, text);
                }
                Ok(None) => break,
                Err(error) => {
                    remarks.push(format!("the sheet breaks off: {error}"));
                    break;
                }
            }
        }
        let left = rows
            .values()
            .filter_map(|row| row.keys().next())
            .min()
            .copied()
            .unwrap_or(0);
        let mut dense = Vec::new();
        for (number, row) in rows {
            let width = row
                .keys()
                .next_back()
                .map_or(0, |last| u64::from(last - left) + 1);
            if !self.spend((width - row.len() as u64) * CELL) {
                remarks.push(TOO_LARGE.to_owned());
                break;
            }
            let mut cells = vec![String::new(); usize::try_from(width).unwrap_or(0)];
            for (column, text) in row {
                if let Some(cell) = cells.get_mut((column - left) as usize) {
                    *cell = text;
                }
            }
            dense.push((u64::from(number) + 1, cells));
        }
        let mut table = Table::of(dense, Even::AtMost);
        table.remarks.splice(0..0, remarks);
        if !table.columns.is_empty() {
            self.read.push((name, table));
        }
    }

    /// Whether there is space for so much more.
    fn spend(&mut self, cost: u64) -> bool {
        let left = self.space.checked_sub(cost);
        self.space = left.unwrap_or(self.space);
        left.is_some()
    }
}

/// A value as text.
fn shown(value: &Data) -> String {
    match value {
        Data::Float(number) => number_shown(*number),
        Data::DateTime(moment) => moment_shown(moment),
        Data::Bool(value) => bool_shown(*value).to_owned(),
        Data::Error(_) => String::new(),
        value => value.as_string().unwrap_or_default(),
    }
}

/// A borrowed value as text.
fn shown_ref(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Float(number) => number_shown(*number),
        DataRef::DateTime(moment) => moment_shown(moment),
        DataRef::Bool(value) => bool_shown(*value).to_owned(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
    }
}

fn bool_shown(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}

/// A number with the 15 digits that spreadsheets keep, and no needless
/// decimals.
pub(super) fn number_shown(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse().unwrap_or(number);
    if rounded == 0.0 {
        "0".to_owned()
    } else if (1e-9..1e21).contains(&rounded.abs()) {
        rounded.to_string()
    } else {
        format!("{rounded:e}")
    }
}

/// A date, a time, both, or a duration.
fn moment_shown(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    if moment.is_duration() {
        let seconds = (days * 86_400.0).round() as i64;
        let (minutes, rest) = (seconds.abs() / 60, seconds.abs() % 60);
        let sign = if seconds < 0 { "-" } else { "" };
        return format!("{sign}{}:{:02}:{rest:02}", minutes / 60, minutes % 60);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match () {
        () if (0.0..1.0).contains(&days) => time,
        () if (hour, minute, second) == (0, 0, 0) => date,
        () => format!("{date}T{time}"),
    }
}

#[cfg(test)]
mod tests;
