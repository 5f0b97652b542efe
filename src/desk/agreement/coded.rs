//! Reading a coding sheet back: the columns of the coders, by name.

use std::collections::BTreeMap;
use std::path::Path;

use crate::desk::sheet::{column, read_tables};
use crate::error::{Error, Result};
use crate::format::table::Table;
use crate::text::nearest;

/// A sheet that coders filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedSheet {
    /// The coders, by the names of their columns.
    pub coders: Vec<String>,
    /// The rows, in order.
    pub rows: Vec<CodedRow>,
    /// What a reader must know of the file, each in lower case without a final
    /// period.
    pub notes: Vec<String>,
}

/// A row of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedRow {
    /// Its number in the file, from 1, as a spreadsheet counts.
    pub row: u64,
    /// The id of its passage, where the sheet has a column `id`.
    pub id: Option<String>,
    /// The code of each coder, in lower case, white space folded.
    pub codes: Vec<Option<String>>,
}

impl CodedSheet {
    /// How many rows hold a code.
    pub fn coded(&self) -> usize {
        let coded = |row: &&CodedRow| row.codes.iter().any(Option::is_some);
        self.rows.iter().filter(coded).count()
    }

    /// Notes the codes that are none of those that were agreed on: slips, most
    /// often.
    fn note_strangers(&mut self, codes: &[String]) {
        for row in &self.rows {
            let given = row.codes.iter().flatten();
            for code in given.filter(|code| !codes.contains(code)) {
                let note = format!(
                    "row {}: `{code}` is none of the codes of the sheet",
                    row.row
                );
                self.notes.push(note);
            }
        }
    }
}

/// Reads the codes of a sheet: `.xlsx` and its kin, `.ods`, or delimited text. Of
/// several sheets the first that has the columns is read. `coders` are the names
/// of the columns; where there is none, all that are named `coder_1`, `coder_2`
/// and so on.
///
/// # Errors
/// A file that cannot be read or is no table, a named column that is not there,
/// or fewer than two coders.
pub fn read_coded(path: &Path, coders: &[String]) -> Result<CodedSheet> {
    for (at, name) in coders.iter().enumerate() {
        if coders[..at].iter().any(|n| folded(n) == folded(name)) {
            return Err(Error::usage(format!("the coder `{name}` is named twice")));
        }
    }
    let tables = read_tables(path)?;
    let found = tables.iter().map(|(_, table)| columns_of(table, coders));
    let mut best: (usize, Vec<usize>) = (0, Vec::new());
    for (at, columns) in found.enumerate() {
        if columns.len() > best.1.len() {
            best = (at, columns);
        }
    }
    let Some((_, table)) = tables.get(best.0) else {
        return Err(Error::input(format!("`{}` holds no table", path.display())));
    };
    if best.1.len() < coders.len().max(2) {
        return Err(no_coders(path, table, coders, &best.1));
    }
    let mut sheet = coded(table, &best.1);
    if let Some(codes) = codes_of(&tables) {
        sheet.note_strangers(&codes);
    }
    Ok(sheet)
}

/// The codes that the sheet `about` says a cell may hold.
fn codes_of(tables: &[(String, Table)]) -> Option<Vec<String>> {
    let (_, about) = tables.iter().find(|(name, _)| name == "about")?;
    let is_codes = |row: &&(u64, Vec<String>)| row.1.first().is_some_and(|name| name == "codes");
    let (_, row) = about.rows.iter().find(is_codes)?;
    let codes: Vec<String> = row.get(1)?.split(',').map(folded).collect();
    codes.iter().all(|code| !code.is_empty()).then_some(codes)
}

/// The places of the columns of coders.
fn columns_of(table: &Table, coders: &[String]) -> Vec<usize> {
    match coders {
        [] => {
            let columns = table.columns.iter().enumerate();
            let named = columns.filter(|(_, name)| names_a_coder(name));
            named.map(|(at, _)| at).collect()
        }
        coders => coders
            .iter()
            .filter_map(|name| column(table, name))
            .collect(),
    }
}

/// Whether a column is named `coder_1`, `Coder 2` and the like.
fn names_a_coder(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let number = name.strip_prefix("coder").unwrap_or_default();
    let number = number.trim_start_matches(['_', ' ', '-']);
    !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
}

fn no_coders(path: &Path, table: &Table, coders: &[String], found: &[usize]) -> Error {
    let named: Vec<String> = table.columns.iter().map(|c| format!("`{c}`")).collect();
    let columns = format!("its columns are {}", named.join(", "));
    let missing = coders.iter().find(|name| column(table, name).is_none());
    match missing {
        Some(name) => {
            let names = table.columns.iter().map(String::as_str);
            let near = nearest(name, names, 1);
            let hint = match near.first() {
                Some(near) => format!("did you mean `{near}`? {columns}"),
                None => columns,
            };
            Error::usage(format!("`{}` has no column `{name}`", path.display())).with_hint(hint)
        }
        None if coders.len() == 1 => Error::usage("agreement needs two coders at least")
            .with_hint("name their columns, as `--coders coder_1,coder_2`"),
        None => {
            let many = match found.len() {
                0 => "no column `coder_1`, `coder_2` ...".to_owned(),
                _ => "only one column of a coder".to_owned(),
            };
            Error::input(format!("`{}` has {many}", path.display())).with_hint(format!(
                "name the columns of the coders by `--coders`; {columns}"
            ))
        }
    }
}

fn coded(table: &Table, columns: &[usize]) -> CodedSheet {
    let id = column(table, "id");
    let cell = |row: &[String], at: usize| {
        let text = row.get(at).map(String::as_str).unwrap_or_default();
        (!text.trim().is_empty()).then(|| text.to_owned())
    };
    let rows: Vec<CodedRow> = table
        .rows
        .iter()
        .map(|(number, row)| CodedRow {
            row: *number,
            id: id
                .and_then(|at| cell(row, at))
                .map(|id| id.trim().to_owned()),
            codes: columns
                .iter()
                .map(|at| cell(row, *at).map(|code| folded(&code)))
                .collect(),
        })
        .collect();
    let mut notes = table.remarks.clone();
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    for row in &rows {
        let Some(id) = row.id.as_deref() else {
            continue;
        };
        let first = *seen.entry(id).or_insert(row.row);
        if first != row.row {
            notes.push(format!("rows {first} and {} are both {id}", row.row));
        }
    }
    CodedSheet {
        coders: columns
            .iter()
            .map(|at| table.columns[*at].trim().to_owned())
            .collect(),
        rows,
        notes,
    }
}

/// A code as it is compared: in lower case, white space folded.
pub(super) fn folded(code: &str) -> String {
    let words: Vec<&str> = code.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, coders: &[&str]) -> Result<CodedSheet> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sheet.csv");
        std::fs::write(&path, text).unwrap();
        let coders: Vec<String> = coders.iter().map(|c| (*c).to_owned()).collect();
        read_coded(&path, &coders)
    }

    #[test]
    fn columns_are_found_by_name() {
        let text = "id,Coder 2,text,coder_1,note\na:b:1, Yes ,\"x,y\",YES,\nc:d:1,,z,not  sure,n\n";
        let sheet = read(text, &[]).unwrap();
        assert_eq!(sheet.coders, ["Coder 2", "coder_1"]);
        assert_eq!(
            sheet.rows[0].codes,
            [Some("yes".to_owned()), Some("yes".to_owned())]
        );
        assert_eq!(sheet.rows[1].codes, [None, Some("not sure".to_owned())]);
        assert_eq!(
            (sheet.rows[1].row, sheet.rows[1].id.as_deref()),
            (3, Some("c:d:1"))
        );
        assert_eq!(sheet.coded(), 2);
        let named = read(text, &["NOTE", "coder_1"]).unwrap();
        assert_eq!(named.coders, ["note", "coder_1"]);
    }

    #[test]
    fn what_lacks_a_coder_is_said() {
        for (text, coders, expected) in [
            (
                "id,code\na,b\n",
                &[][..],
                "has no column `coder_1`, `coder_2` ...",
            ),
            ("id,coder_1\na,b\n", &[], "has only one column of a coder"),
            (
                "id,coder_1\na,b\n",
                &["coder_1", "ann"],
                "has no column `ann`",
            ),
        ] {
            let error = read(text, coders).unwrap_err();
            assert!(error.to_string().ends_with(expected), "{error}");
        }
        let one = read("id,coder_1\na,b\n", &["coder_1"]).unwrap_err();
        assert_eq!(one.to_string(), "agreement needs two coders at least");
        assert!(read("", &[]).is_err());
    }

    #[test]
    fn an_id_that_comes_twice_is_told() {
        let sheet = read("id,coder_1,coder_2\na:b:1,x,y\na:b:1,x,x\n", &[]).unwrap();
        assert_eq!(sheet.notes, ["rows 2 and 3 are both a:b:1"]);
    }
}
