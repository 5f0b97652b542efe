//! What the workbooks (XLSX) of pincite have in common. Text is written as text:
//! no cell becomes a formula. The same content gives the same bytes.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Url, Workbook, Worksheet,
    XlsxError,
};

use crate::error::{Error, ErrorKind, Result};

/// The most UTF-16 units that a cell can hold.
const CELL: usize = 32_767;
/// The most links that a sheet can hold.
const LINKS: u32 = 65_530;
/// Stands at the end of a cell that is cut.
const CUT: &str = " [cut: a cell holds no more]";

/// What a cell holds.
pub(super) enum Cell<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    Link(&'a str),
    Empty,
}

impl<'a> Cell<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Cell::Text(text.into())
    }
}

/// A column: its name, and its width in characters.
pub(super) type Column = (&'static str, f64);

/// A workbook, made on a day.
pub(super) fn workbook(title: &str, date: Date) -> Result<Workbook> {
    let year = u16::try_from(date.year()).unwrap_or(1900);
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    let made = ExcelDateTime::from_ymd(year, month, day).map_err(unwritten)?;
    let title: String = title.chars().take(200).collect();
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new()
            .set_title(title)
            .set_author("pincite")
            .set_creation_datetime(&made),
    );
    Ok(workbook)
}

/// Writes a table on a sheet: a header that stays in sight and filters, then the
/// rows, their text wrapped.
pub(super) fn write_table<'a>(
    sheet: &mut Worksheet,
    columns: &[(impl AsRef<str>, f64)],
    rows: impl Iterator<Item = Vec<Cell<'a>>>,
) -> Result<()> {
    fill(sheet, columns, rows).map_err(unwritten)
}

fn fill<'a>(
    sheet: &mut Worksheet,
    columns: &[(impl AsRef<str>, f64)],
    rows: impl Iterator<Item = Vec<Cell<'a>>>,
) -> std::result::Result<(), XlsxError> {
    let header = Format::new()
        .set_bold()
        .set_align(FormatAlign::Top)
        .set_border_bottom(FormatBorder::Thin);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let link = Format::new()
        .set_hyperlink()
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    for (at, (name, width)) in (0..).zip(columns) {
        sheet.set_column_width(at, *width)?;
        sheet.set_column_format(at, &wrapped)?;
        sheet.write_string_with_format(0, at, name.as_ref(), &header)?;
    }
    let mut last = 0;
    for (row, cells) in (1..).zip(rows) {
        for (at, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(text) => {
                    sheet.write_string_with_format(row, at, clipped(&text), &wrapped)?;
                }
                Cell::Number(number) => {
                    sheet.write_number_with_format(row, at, number, &wrapped)?;
                }
                Cell::Link(url) if row < LINKS => {
                    let as_link = sheet.write_url_with_format(row, at, Url::new(url), &link);
                    // What is too long for a link is still an address.
                    if as_link.is_err() {
                        let text = clipped(url);
                        sheet.write_string_with_format(row, at, text, &wrapped)?;
                    }
                }
                Cell::Link(url) => {
                    sheet.write_string_with_format(row, at, clipped(url), &wrapped)?;
                }
                Cell::Empty => {}
            }
        }
        last = row;
    }
    let columns = u16::try_from(columns.len()).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last, columns.saturating_sub(1))?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    Ok(())
}

/// The bytes of a workbook.
pub(super) fn saved(mut workbook: Workbook) -> Result<Vec<u8>> {
    workbook.save_to_buffer().map_err(unwritten)
}

/// A workbook that the format has no room for.
pub(super) fn unwritten(error: XlsxError) -> Error {
    Error::new(ErrorKind::Usage, "the workbook cannot be written")
        .with_cause(error)
        .with_hint("a .csv holds what is too much for a sheet; or take fewer passages")
}

/// A text as a cell holds it.
pub(super) fn clipped(text: &str) -> Cow<'_, str> {
    if text.len() <= CELL || text.encode_utf16().count() <= CELL {
        return Cow::Borrowed(text);
    }
    let mut room = CELL - CUT.len();
    let fits = |c: &char| {
        let length = c.len_utf16();
        let has_room = length <= room;
        room = room.saturating_sub(length);
        has_room
    };
    let mut cut: String = text.chars().take_while(fits).collect();
    cut.push_str(CUT);
    Cow::Owned(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_cut_and_says_so() {
        assert_eq!(clipped("kiln"), "kiln");
        for text in ["é".repeat(40_000), "𐍈".repeat(20_000), "a".repeat(32_768)] {
            let cut = clipped(&text);
            assert!(cut.encode_utf16().count() <= CELL && cut.ends_with(CUT));
        }
        let just = "é".repeat(CELL);
        assert_eq!(clipped(&just), just);
    }
}
