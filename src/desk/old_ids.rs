//! Files of passage ids as pincite wrote them once, or as people keep them: read
//! without a look at any index.

use serde_json::Value;

use crate::error::{Error, Result};
use crate::format::decode::decode;
use crate::format::table::Table;
use crate::format::{Content, Format, Packed, extract};
use crate::report::{PassageId, ReportId, text_hash};
use crate::text::cells::plain;

/// How many digits a hash has.
const DIGITS: usize = 16;
/// How much of what is no id is shown, in characters.
const SHOWN: usize = 60;

/// A passage as a file remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldId {
    /// The line of the file, from 1; in a JSON document the number of the
    /// passage in it.
    pub line: u64,
    /// The id as written.
    pub written: String,
    /// The id.
    pub id: PassageId,
    /// The hash of its text ([`text_hash`]), given or made from the text.
    pub hash: Option<String>,
    /// Its text.
    pub text: Option<String>,
}

/// A line without a passage id.
#[derive(Debug)]
pub struct NoId {
    /// The line, as in [`OldId`].
    pub line: u64,
    /// What stands there instead.
    pub written: String,
    /// Why it is none.
    pub error: Error,
}

/// Reads a file of ids, whose format its content tells:
///
/// - a table with a header, divided by commas or tabs: columns `id` and, if
///   there, `hash` and `text`; the years of a history without the passage are
///   passed over;
/// - a workbook (XLSX, XLS, ODS) with such a table in any of its sheets;
/// - JSON or JSON Lines: every object with an `id`, with its `hash` and `text`,
///   wherever it stands in `hits`, `passages` or lists; objects that name hashes by id;
///   a list of ids;
/// - other text: an id a line and, after white space, its hash; lines that begin
///   with `#` are left out.
///
/// # Errors
/// A file that can be read as none of these, or that holds no id.
pub fn read_old_ids(bytes: &[u8], name: &str) -> Result<Vec<Result<OldId, NoId>>> {
    let cannot = |reason| Error::input(format!("`{name}` cannot be read: {reason}"));
    let is_packed = matches!(
        Format::of(name, bytes),
        Ok((Format::Packed(Packed::Spreadsheet), _))
    );
    let ids = match is_packed {
        true => match extract(Packed::Spreadsheet, bytes).map_err(cannot)? {
            Content::Tables(tables) => tables.iter().flat_map(|(_, t)| sheet_ids(t)).collect(),
            Content::Document(_) => Vec::new(),
        },
        false => {
            let text = decode(bytes);
            text_ids(
                &text
                    .map_err(|reason| Error::input(format!("`{name}` is {reason}")))?
                    .text,
                name,
            )?
        }
    };
    match ids.is_empty() {
        true => Err(Error::input(format!("`{name}` holds no id")).with_hint(
            "it may be what `search --format csv` or `jsonl` wrote, or hold an id a line",
        )),
        false => Ok(ids),
    }
}

fn text_ids(text: &str, name: &str) -> Result<Vec<Result<OldId, NoId>>> {
    // A spreadsheet wants the divider named in a line of its own; the lines keep
    // their numbers.
    let unnamed = text
        .split_once('\n')
        .filter(|(line, _)| names_divider(line));
    let unnamed = unnamed.map(|(_, rest)| format!("\n{rest}"));
    let text = unnamed.as_deref().unwrap_or(text);
    match text.trim_start().chars().next() {
        Some('{' | '[') => Ok(json_ids(text)),
        _ => match divider(text) {
            Some(divider) => table_ids(text, divider, name),
            None => Ok(line_ids(text)),
        },
    }
}

/// Whether a line is one as `sep=;`.
fn names_divider(line: &str) -> bool {
    let named = line.trim_end().to_ascii_lowercase();
    named
        .strip_prefix("sep=")
        .is_some_and(|divider| divider.len() == 1)
}

/// What divides the columns of a table: a text whose first line names a column
/// `id` is one.
fn divider(text: &str) -> Option<u8> {
    let header = text.lines().find(|line| !line.trim().is_empty())?;
    let is_id = |cell: &str| cell.trim().trim_matches('"').eq_ignore_ascii_case("id");
    let dividers = [b',', b'\t', b';'].into_iter();
    let mut dividers = dividers.filter(|d| header.split(char::from(*d)).any(is_id));
    dividers.next()
}

/// The columns of a table that are looked at.
struct Columns {
    id: Option<usize>,
    hash: Option<usize>,
    text: Option<usize>,
    state: Option<usize>,
}

impl Columns {
    fn of<'h>(header: impl Iterator<Item = &'h str> + Clone) -> Self {
        let column = |name: &str| {
            let mut cells = header.clone();
            cells.position(|cell| cell.trim().eq_ignore_ascii_case(name))
        };
        Columns {
            // Of the table of `verify`, whose own ids are those of quotations.
            id: column("id").or_else(|| column("passages")),
            hash: column("hash").or_else(|| column("hashes")),
            text: column("text"),
            state: column("state"),
        }
    }

    /// The id of a row; none of a row of a history that says that a year has no
    /// such passage.
    fn read<'r>(
        &self,
        line: u64,
        cell: impl Fn(usize) -> Option<&'r str>,
    ) -> Option<Result<OldId, NoId>> {
        let cell = |at: Option<usize>| at.and_then(&cell).filter(|c| !c.trim().is_empty());
        let id = cell(self.id);
        if matches!((id, cell(self.state)), (None, Some("silent" | "missing"))) {
            return None;
        }
        Some(old_id(
            line,
            id.unwrap_or_default(),
            cell(self.hash),
            cell(self.text).map(plain),
        ))
    }
}

/// The ids of a sheet; none of a sheet without a column of them.
fn sheet_ids(table: &Table) -> Vec<Result<OldId, NoId>> {
    let columns = Columns::of(table.columns.iter().map(String::as_str));
    let rows = table.rows.iter().filter(|_| columns.id.is_some());
    rows.filter_map(|(line, row)| columns.read(*line, |at| row.get(at).map(String::as_str)))
        .collect()
}

fn table_ids(text: &str, divider: u8, name: &str) -> Result<Vec<Result<OldId, NoId>>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(divider)
        .flexible(true)
        .from_reader(text.as_bytes());
    let no_table = |e| Error::input(format!("`{name}` is no table")).with_cause(e);
    let columns = Columns::of(reader.headers().map_err(no_table)?.iter());
    let ids = reader.records().filter_map(|row| match row {
        Ok(row) => {
            let line = row.position().map_or(0, csv::Position::line);
            columns.read(line, |at| row.get(at))
        }
        Err(e) => Some(Err(NoId {
            line: e.position().map_or(0, csv::Position::line),
            written: String::new(),
            error: Error::input("this row cannot be read").with_cause(e),
        })),
    });
    Ok(ids.collect())
}

fn line_ids(text: &str) -> Vec<Result<OldId, NoId>> {
    let lines = (1u64..).zip(text.lines().map(str::trim));
    let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let ids = lines.map(|(number, line)| {
        // The id of a record may hold spaces.
        let parts = line.rsplit_once(char::is_whitespace);
        match parts.filter(|(_, last)| hash_of(last).is_some()) {
            Some((id, hash)) => old_id(number, id, Some(hash), None),
            None => old_id(number, line, None, None),
        }
    });
    ids.collect()
}

fn json_ids(text: &str) -> Vec<Result<OldId, NoId>> {
    let mut ids = Vec::new();
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        let mut number = 0;
        collect(
            &value,
            &mut || {
                number += 1;
                number
            },
            &mut ids,
        );
        return ids;
    }
    let lines = (1u64..).zip(text.lines());
    for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<Value>(line) {
            Ok(value) => collect(&value, &mut || number, &mut ids),
            Err(e) => ids.push(Err(NoId {
                line: number,
                written: line.chars().take(80).collect(),
                error: Error::input("no JSON").with_cause(e),
            })),
        }
    }
    ids
}

/// The ids in a JSON value; `line` gives each its line.
fn collect(value: &Value, line: &mut dyn FnMut() -> u64, ids: &mut Vec<Result<OldId, NoId>>) {
    match value {
        Value::Array(values) => {
            for value in values {
                match value {
                    Value::String(id) => ids.push(old_id(line(), id, None, None)),
                    value => collect(value, line, ids),
                }
            }
        }
        Value::Object(object) => {
            let text = |key: &str| object.get(key).and_then(Value::as_str);
            let holds = ["hits", "passages", "origins", "sayings"];
            let lists: Vec<&Value> = holds.iter().filter_map(|key| object.get(*key)).collect();
            if let (Some(id), true) = (text("id"), lists.is_empty()) {
                ids.push(old_id(line(), id, text("hash"), text("text")));
                return;
            }
            for (key, value) in object {
                match value {
                    Value::String(hash) if hash_of(hash).is_some() && key.contains(':') => {
                        ids.push(old_id(line(), key, Some(hash), None));
                    }
                    // Lists of texts are no ids where they have a name: themes, words.
                    Value::Array(values) if values.iter().all(Value::is_string) => {}
                    value => collect(value, line, ids),
                }
            }
        }
        _ => {}
    }
}

/// A hash in lower case; none of a text that is no hash.
fn hash_of(text: &str) -> Option<String> {
    let text = text.trim();
    let fine = text.len() == DIGITS && text.bytes().all(|b| b.is_ascii_hexdigit());
    fine.then(|| text.to_ascii_lowercase())
}

fn old_id(line: u64, written: &str, hash: Option<&str>, text: Option<&str>) -> Result<OldId, NoId> {
    let written = written.trim().to_owned();
    let no_id = |error| NoId {
        line,
        written: written.clone(),
        error,
    };
    if written.is_empty() {
        return Err(no_id(Error::input("no id in this line")));
    }
    let id: PassageId = written.parse().map_err(|_| no_id(no_passage(&written)))?;
    let hash = match (hash, text) {
        (Some(hash), _) => {
            let no_hash = || {
                Error::input(format!("`{}` is no hash", hash.trim()))
                    .with_hint("a hash has 16 hexadecimal digits")
            };
            Some(hash_of(hash).ok_or_else(|| no_id(no_hash()))?)
        }
        (None, text) => text.map(text_hash),
    };
    Ok(OldId {
        line,
        id,
        hash,
        text: text.map(str::to_owned),
        written,
    })
}

fn no_passage(written: &str) -> Error {
    let mut shown: String = written.chars().take(SHOWN).collect();
    if shown.len() < written.len() {
        shown.push('…');
    }
    let is_report = written
        .split(':')
        .next()
        .is_some_and(|report| report.parse::<ReportId>().is_ok());
    Error::input(format!("`{shown}` is no passage id")).with_hint(match is_report {
        true => format!("it may be a report or section: `pincite show {shown}` shows its passages"),
        false => "a passage id looks like `tip-2021-khm:protection:3`".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "0123456789abcdef";

    /// Line, id and hash of every id; line and message of what is none.
    fn read(text: &str) -> Vec<String> {
        let ids = read_old_ids(text.as_bytes(), "f").unwrap();
        let told = ids.into_iter().map(|id| match id {
            Ok(old) => format!("{} {} {}", old.line, old.id, old.hash.unwrap_or_default()),
            Err(no) => format!("{} {}", no.line, no.error),
        });
        told.collect()
    }

    #[test]
    fn every_format_gives_ids_with_hashes() {
        let id = "tip-2021-khm:prevention:1";
        let expected = format!("{id} {HASH}");
        for (text, line) in [
            (format!("# mine\n\n{id} {HASH}\n"), 3),
            (format!("{id}\t{}\n", HASH.to_uppercase()), 1),
            (format!("rank,id,hash\n1,{id},{HASH}\n"), 2),
            (format!("rank\tID\thash\n1\t{id}\t{HASH}\n"), 2),
            (format!("{{\"id\":\"{id}\",\"hash\":\"{HASH}\"}}\n"), 1),
            (
                format!(
                    "{{\"id\":\"1\",\"hits\":[{{\"id\":\"{id}\",\"hash\":\"{HASH}\",\"themes\":[\"a\"]}}]}}"
                ),
                1,
            ),
            (
                format!(
                    "\n{{\"id\":\"1\",\"hits\":[]}}\n{{\"id\":\"2\",\"hits\":[{{\"id\":\"{id}\",\"hash\":\"{HASH}\"}}]}}\n"
                ),
                3,
            ),
            (
                format!("{{\"found\":{{\"{id}\":\"{HASH}\"}},\"words\":[\"a:b:1\"]}}"),
                1,
            ),
        ] {
            assert_eq!(read(&text), [format!("{line} {expected}")], "{text}");
        }
        assert_eq!(read(&format!("[\"{id}\"]")), [format!("1 {id} ")]);
        assert_eq!(read("doc-a b:text:1\n"), ["1 doc-a b:text:1 "]);
        let named = format!("sep=;\r\nid;hash\r\n{id};{HASH}\r\n");
        assert_eq!(read(&named), [format!("3 {expected}")]);
        let hash = text_hash("kiln");
        assert_eq!(
            read("id,text\ndoc-a:text:1,kiln\n"),
            [format!("2 doc-a:text:1 {hash}")]
        );
    }

    #[test]
    fn lines_without_an_id_are_named_and_stop_none() {
        assert_eq!(
            read("tip-2021-khm\ntip-2021-khm:a:1\n"),
            ["1 `tip-2021-khm` is no passage id", "2 tip-2021-khm:a:1 "]
        );
        assert_eq!(
            read("id,hash\n,\ntip-2021-khm:a:1,xyz\n"),
            ["2 no id in this line", "3 `xyz` is no hash"]
        );
        assert!(read("{\"id\":\"doc-a:text:1\"}\n{\n")[1].starts_with("2 no JSON: "));
        assert!(read_old_ids(b" \n# nothing\n", "f").is_err());
        assert!(read_old_ids(b"\0\x01", "f").is_err());
    }

    proptest::proptest! {
        #[test]
        fn any_file_is_read_or_refused_quietly(text in "\\PC{0,60}", bytes in proptest::collection::vec(0u8.., 0..40)) {
            let _ = read_old_ids(text.as_bytes(), "f");
            let _ = read_old_ids(&bytes, "f");
        }
    }
}
