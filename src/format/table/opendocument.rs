//! Tables in OpenDocument spreadsheets (`.ods`), read here because a cell may
//! say that it is repeated a million times, and is then believed only as far
//! as a sheet goes.

use super::super::package::Package;
use super::super::xml::{Node, Tag, walk};
use super::spreadsheet::{CELL, SPACE, TOO_LARGE, number_shown};
use super::{Even, Table};

/// The most columns of a sheet.
const COLUMNS: usize = 16_384;

/// Reads the sheets of a spreadsheet.
///
/// # Errors
///
/// If the file is encrypted, broken or too large.
pub(super) fn read(package: &mut Package<'_>) -> Result<Vec<(String, Table)>, String> {
    let manifest = package.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err("encrypted: save it without a password".to_owned());
    }
    let text = package.text("content.xml")?.unwrap_or_default();
    let mut sheets = Sheets {
        space: SPACE,
        ..Sheets::default()
    };
    let end = walk(&text, |node| match node {
        Node::Open(tag) if sheets.skipped > 0 || is_left_out(tag.name()) => sheets.skipped += 1,
        Node::Close(_) if sheets.skipped > 0 => sheets.skipped -= 1,
        Node::Open(tag) => sheets.open(&tag),
        Node::Close(name) => sheets.close(name),
        Node::Text(text) => {
            if let Some(cell) = sheets.cell.as_mut().filter(|_| sheets.skipped == 0) {
                cell.text.push_str(&text);
            }
        }
    });
    if let Some(end) = end {
        sheets.remarks.push(format!("the sheet breaks off: {end}"));
        sheets.close("table");
    }
    Ok(sheets.read)
}

/// Whether an element is left out with all that it holds.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "annotation" | "tracked-changes" | "automatic-styles" | "shapes" | "forms"
    )
}

/// A cell that is open.
struct Cell {
    value: Option<String>,
    text: String,
    repeated: usize,
}

/// The sheets read so far and the one that is open.
#[derive(Default)]
struct Sheets {
    read: Vec<(String, Table)>,
    name: String,
    rows: Vec<(u64, Vec<String>)>,
    remarks: Vec<String>,
    /// The row at hand, and how many empty cells it ends with.
    row: Vec<String>,
    empty: usize,
    number: u64,
    repeated: u64,
    cell: Option<Cell>,
    skipped: u64,
    space: u64,
}

impl Sheets {
    fn open(&mut self, tag: &Tag<'_>) {
        let times = |name| {
            tag.get(name)
                .and_then(|times| times.parse().ok())
                .unwrap_or(1_u64)
        };
        match tag.name() {
            "table" => {
                self.name = tag.get("name").unwrap_or_default();
                self.number = 0;
            }
            "table-row" => {
                self.repeated = times("number-rows-repeated").max(1);
                self.row.clear();
                self.empty = 0;
            }
            "table-cell" | "covered-table-cell" => {
                let repeated = usize::try_from(times("number-columns-repeated")).unwrap_or(COLUMNS);
                self.cell = Some(Cell {
                    value: value(tag),
                    text: String::new(),
                    repeated: repeated.max(1),
                });
            }
            "s" | "tab" => {
                if let Some(cell) = &mut self.cell {
                    cell.text.push(' ');
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "line-break" => {
                if let Some(cell) = &mut self.cell {
                    cell.text.push('\n');
                }
            }
            "table-cell" | "covered-table-cell" => self.close_cell(),
            "table-row" => self.close_row(),
            "table" => {
                let mut table = Table::of(std::mem::take(&mut self.rows), Even::AtMost);
                table
                    .remarks
                    .splice(0..0, std::mem::take(&mut self.remarks));
                if !table.columns.is_empty() {
                    self.read.push((std::mem::take(&mut self.name), table));
                }
            }
            _ => {}
        }
    }

    fn close_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let text = cell.value.unwrap_or(cell.text);
        let text = text.trim();
        let room = COLUMNS.saturating_sub(self.row.len() + self.empty);
        let repeated = cell.repeated.min(room);
        if text.is_empty() {
            self.empty += repeated;
            return;
        }
        let cost = self.empty as u64 * CELL + repeated as u64 * (CELL + text.len() as u64);
        if repeated == 0 || !self.spend(cost) {
            return;
        }
        let width = self.row.len() + self.empty;
        self.row.resize(width, String::new());
        self.row.resize(width + repeated, text.to_owned());
        self.empty = 0;
    }

    fn close_row(&mut self) {
        let first = self.number.saturating_add(1);
        self.number = self.number.saturating_add(self.repeated);
        let row = std::mem::take(&mut self.row);
        if row.is_empty() {
            return;
        }
        let cost = row.iter().map(|cell| cell.len() as u64 + CELL).sum();
        for number in first..=self.number {
            if !self.spend(cost) {
                break;
            }
            self.rows.push((number, row.clone()));
        }
    }

    /// Whether there is space for so much more; if not, that is told once.
    fn spend(&mut self, cost: u64) -> bool {
        let left = self.space.checked_sub(cost);
        self.space = left.unwrap_or(self.space);
        if left.is_none() && !self.remarks.iter().any(|remark| remark == TOO_LARGE) {
            self.remarks.push(TOO_LARGE.to_owned());
        }
        left.is_some()
    }
}

/// The value that the attributes of a cell give; none where its text is it.
fn value(tag: &Tag<'_>) -> Option<String> {
    if tag.full("calcext:value-type").as_deref() == Some("error") {
        return Some(String::new());
    }
    match tag.full("office:value-type")?.as_str() {
        "float" | "currency" | "percentage" => {
            let number = tag.get("value")?;
            Some(number.parse().map_or(number, number_shown))
        }
        "date" => {
            let date = tag.get("date-value")?;
            Some(date.strip_suffix("T00:00:00").unwrap_or(&date).to_owned())
        }
        "boolean" => tag.get("boolean-value").map(|value| value.to_uppercase()),
        _ => None,
    }
}
