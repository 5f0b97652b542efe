//! Tables that people bring back from a spreadsheet: whatever they saved them as.

use std::path::Path;

use crate::error::{Error, Result};
use crate::format::decode::decode;
use crate::format::table::{Table, delimited, is_packed, spreadsheet};

/// The tables of a file, each with the name of its sheet: `.xlsx` and its kin,
/// `.ods`, old `.xls`, or delimited text, told by its bytes.
///
/// # Errors
/// A file that cannot be opened or holds no table.
pub fn read_tables(path: &Path) -> Result<Vec<(String, Table)>> {
    let unread = || format!("`{}` cannot be read", path.display());
    let bytes = std::fs::read(path).map_err(|e| Error::usage(unread()).with_cause(e))?;
    let tables = if is_packed(&bytes) {
        spreadsheet(&bytes)
    } else {
        let default = match path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("tsv"))
        {
            true => b'\t',
            false => b',',
        };
        decode(&bytes)
            .and_then(|decoded| delimited(&decoded.text, default))
            .map(|table| vec![(String::new(), table)])
    };
    let tables = tables.map_err(|told| {
        Error::input(format!("{}: {told}", unread()))
            .with_hint("save it as .xlsx, .ods or .csv with a header")
    })?;
    match tables.is_empty() {
        true => Err(Error::input(format!("`{}` holds no table", path.display()))),
        false => Ok(tables),
    }
}

/// The place of a column by its name, case and the white space around it left
/// aside.
pub fn column(table: &Table, name: &str) -> Option<usize> {
    let name = name.trim().to_lowercase();
    let mut columns = table.columns.iter();
    columns.position(|column| column.trim().to_lowercase() == name)
}

/// The ids of a file: those of its column `id` where it is a spreadsheet, `.csv`
/// or `.tsv`, else of its lines ([`ids_of`]).
///
/// # Errors
/// A file that cannot be read, or a table without a column `id`.
pub fn read_ids(path: &Path) -> Result<Vec<String>> {
    let is_table = |kind: &str| {
        path.extension()
            .is_some_and(|e| e.eq_ignore_ascii_case(kind))
    };
    if !["csv", "tsv", "xlsx", "xlsm", "xls", "ods"]
        .into_iter()
        .any(is_table)
    {
        let unread = || Error::usage(format!("`{}` cannot be read", path.display()));
        let bytes = std::fs::read(path).map_err(|e| unread().with_cause(e))?;
        let text = decode(&bytes)
            .map_err(|told| Error::input(format!("`{}` cannot be read: {told}", path.display())))?;
        return Ok(ids_of(&text.text));
    }
    let tables = read_tables(path)?;
    let with_ids = tables
        .iter()
        .find_map(|(_, table)| Some((table, column(table, "id")?)));
    let Some((table, at)) = with_ids else {
        return Err(
            Error::input(format!("`{}` has no column `id`", path.display()))
                .with_hint("name the column of ids `id`, or give a text file with an id a line"),
        );
    };
    let cells = table.rows.iter().filter_map(|(_, row)| row.get(at));
    let ids = cells.map(|cell| cell.trim().to_owned());
    Ok(ids.filter(|id| !id.is_empty()).collect())
}

/// The ids of a text, one a line; empty lines and those that begin with `#` are
/// passed over.
pub fn ids_of(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim);
    let ids = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    ids.map(str::to_owned).collect()
}

/// Checks that a coding sheet may be written at a place: nothing is there yet, or
/// a sheet with these columns, all of them empty.
///
/// # Errors
/// A sheet that holds codes or notes, or another file: it stays.
pub fn check_free(path: &Path, columns: &[String]) -> Result<()> {
    if !path.exists() {
        return Ok(());
    }
    let told = match super::agreement::read_coded(path, columns).map(|sheet| sheet.coded()) {
        Ok(0) => return Ok(()),
        Ok(1) => "holds codes or notes in 1 row".to_owned(),
        Ok(rows) => format!("holds codes or notes in {rows} rows"),
        Err(_) => "is there and is no coding sheet with these coders".to_owned(),
    };
    Err(Error::usage(format!("`{}` {told}", path.display()))
        .with_hint("name another file, or replace it with `--force`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_from_lines_and_from_tables() {
        let folder = tempfile::tempdir().unwrap();
        let read = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            read_ids(&path)
        };
        let expected = ["tip-2021-khm:prevention:1", "doc-a, b:text:1"];
        let lines = "# mine\ntip-2021-khm:prevention:1\n\n doc-a, b:text:1 \r\n";
        assert_eq!(read("ids.txt", lines).unwrap(), expected);
        let table = "rank,ID\n1,tip-2021-khm:prevention:1\n2,\"doc-a, b:text:1\"\n3,\n";
        assert_eq!(read("ids.csv", table).unwrap(), expected);
        let told = read("other.csv", "rank,text\n1,a\n")
            .unwrap_err()
            .to_string();
        assert!(told.ends_with("has no column `id`"), "{told}");
        assert!(read_ids(&folder.path().join("none.txt")).is_err());
    }

    #[test]
    fn a_sheet_with_codes_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sheet.csv");
        let columns = ["coder_1", "coder_2", "note"].map(str::to_owned);
        let told = |text: Option<&str>| {
            if let Some(text) = text {
                std::fs::write(&path, text).unwrap();
            }
            check_free(&path, &columns).err().map(|e| e.to_string())
        };
        assert_eq!(told(None), None);
        assert_eq!(told(Some("id,coder_1,coder_2,note\na:b:1,,,\n")), None);
        let filled = told(Some("id,coder_1,coder_2,note\na:b:1,,yes,\nc:d:1,,,why\n")).unwrap();
        assert!(
            filled.ends_with("holds codes or notes in 2 rows"),
            "{filled}"
        );
        let other = told(Some("a,b\n1,2\n")).unwrap();
        assert!(
            other.ends_with("is no coding sheet with these coders"),
            "{other}"
        );
    }
}
