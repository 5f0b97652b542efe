//! Tables in delimited text: CSV, TSV and their kin.

use super::{Even, Table};

/// How often a quote that is never closed is mended in one file.
const MENDS: usize = 100;

/// Reads delimited text. The delimiter is the one of comma, semicolon, tab
/// and bar that the first line has most of, outside quotes; without any, or
/// between equals, it is `default_delimiter`. A first line `sep=;`, as
/// spreadsheets write it, names it.
///
/// White space at the ends of cells is cut. A row of another length than the
/// header is told and read as far as it goes; a quote that is never closed is
/// read as a sign like others, on its line only.
///
/// # Errors
///
/// If the text has no row.
pub fn delimited(text: &str, default_delimiter: u8) -> Result<Table, String> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let (delimiter, skipped) = delimiter(text, default_delimiter);
    let body = &text[skipped..];
    let mut rows = Vec::new();
    let mut remarks = Vec::new();
    let mut from = 0;
    let mut number = u64::from(skipped > 0);
    for mend in 0.. {
        let quoting = mend < MENDS;
        let Some((row, at)) = read_rows(&body[from..], delimiter, quoting, &mut number, &mut rows)
        else {
            break;
        };
        remarks.push(format!(
            "row {row}: a quote is never closed, read as it stands"
        ));
        // The line alone without quotes, then on as before.
        let start = from + at;
        let rest = &body[start..];
        let end = start + rest.find('\n').map_or(rest.len(), |end| end + 1);
        number = row - 1;
        read_rows(&body[start..end], delimiter, false, &mut number, &mut rows);
        from = end;
    }
    let mut table = Table::of(rows, Even::Exactly);
    if table.columns.is_empty() {
        return Err("no row: the table is empty".to_owned());
    }
    table.remarks.splice(0..0, remarks);
    Ok(table)
}

/// The delimiter of a text as [`delimited`] reads it, and the length in bytes of the
/// line before the header that names it, if any.
pub fn delimiter(text: &str, default: u8) -> (u8, usize) {
    let (named, skipped) = named_delimiter(text);
    let sniffed = || sniffed(&text[skipped..], default);
    (named.unwrap_or_else(sniffed), skipped)
}

/// Reads rows on from the one numbered `number`, and answers the number and
/// the place (in bytes) of one whose quote is never closed.
fn read_rows(
    text: &str,
    delimiter: u8,
    quoting: bool,
    number: &mut u64,
    rows: &mut Vec<(u64, Vec<String>)>,
) -> Option<(u64, usize)> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(quoting)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut start = 0;
    // Of text in UTF-8 and with rows of any length, reading has no errors.
    while let Ok(true) = reader.read_record(&mut record) {
        let end = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        let end = end.min(text.len());
        let slice = text.get(start..end).unwrap_or_default();
        // The line feed after a carriage return belongs to the row before.
        let ended = text.as_bytes()[..start].ends_with(b"\r");
        let slice = slice.strip_prefix('\n').filter(|_| ended).unwrap_or(slice);
        let row = slice.trim_start_matches(['\r', '\n']);
        let blank = &slice[..slice.len() - row.len()];
        let blanks = blank.replace("\r\n", "\n").chars().count() as u64;
        *number += blanks + 1;
        if quoting && end == text.len() && is_open(row, delimiter) {
            return Some((*number, end - row.len()));
        }
        let cells = record.iter().map(|cell| cell.trim().to_owned()).collect();
        rows.push((*number, cells));
        start = end;
    }
    None
}

/// Whether a row ends inside quotes.
fn is_open(row: &str, delimiter: u8) -> bool {
    let mut open = false;
    let mut at_start = true;
    for byte in row.bytes() {
        if byte == b'"' {
            // A doubled quote closes and opens again.
            open = if open { false } else { at_start };
            at_start = !open;
        } else {
            at_start = !open && (byte == delimiter || byte == b'\n' || byte == b'\r');
        }
    }
    open
}

/// The delimiter that a first line `sep=;` names, and the length of that line
/// in bytes.
fn named_delimiter(text: &str) -> (Option<u8>, usize) {
    let line = text.split_inclusive('\n').next().unwrap_or_default();
    let named = match line.trim_end_matches(['\r', '\n']).as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] => Some(*delimiter),
        _ => None,
    };
    let named = named.filter(|byte| byte.is_ascii() && *byte != b'"');
    (named, if named.is_some() { line.len() } else { 0 })
}

/// The delimiter that the first line with text has most of, outside quotes.
fn sniffed(text: &str, default: u8) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty());
    let outside: String = line.unwrap_or_default().split('"').step_by(2).collect();
    let count = |wanted: u8| outside.bytes().filter(|byte| *byte == wanted).count();
    let best = [default, b',', b';', b'\t', b'|']
        .into_iter()
        .rev()
        .max_by_key(|it| count(*it));
    best.unwrap_or(default)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &str) -> Vec<String> {
        let table = delimited(text, b',').unwrap();
        let mut out = vec![table.columns.join("|")];
        out.extend(
            table
                .rows
                .iter()
                .map(|(number, row)| format!("{number} {}", row.join("|"))),
        );
        out.extend(table.remarks);
        out
    }

    #[test]
    fn tables_are_read() {
        for (text, wanted) in [
            ("a,b\n1, 2 \n", vec!["a|b", "2 1|2"]),
            ("\u{FEFF}a;b;c,d\r\n1;2;3\r\n", vec!["a|b|c,d", "2 1|2|3"]),
            ("a\tb\n1,5\t2", vec!["a|b", "2 1,5|2"]),
            ("\"a;b;c\",d\n1,2", vec!["a;b;c|d", "2 1|2"]),
            ("sep=;\na,x;b\n1;2\n", vec!["a,x|b", "3 1|2"]),
            (
                "a,b\r\n\r\n\"x\r\ny\",2\r\n\r\n\r\n3,4\r\n",
                vec!["a|b", "3 x\r\ny|2", "6 3|4"],
            ),
            ("\n\na,b\n1,2", vec!["a|b", "4 1|2"]),
            ("a,b\n,\n1,\"say \"\"x\"\"\"", vec!["a|b", "3 1|say \"x\""]),
            ("url\nx\ny", vec!["url", "2 x", "3 y"]),
            ("a,b,\n1,2,\n", vec!["a|b", "2 1|2"]),
            (
                "a,b,c\n1\n1,2,3,4\n1,2,3\n",
                vec![
                    "a|b|c",
                    "2 1||",
                    "3 1|2|3|4",
                    "4 1|2|3",
                    "row 2: 1 cells, 3 expected",
                    "row 3: 4 cells, 3 expected",
                ],
            ),
        ] {
            assert_eq!(rows(text), wanted, "{text:?}");
        }
        assert_eq!(delimited("a b\n1", b';').unwrap().columns, ["a b"]);
        assert_eq!(
            delimited("\n \n", b',').unwrap_err(),
            "no row: the table is empty"
        );
    }

    #[test]
    fn a_quote_never_closed_costs_its_line_only() {
        let text = "a,b\n1,\"x\ny\"\n\"open,2\n3,4\n5,6\n";
        let wanted = [
            "a|b",
            "2 1|x\ny",
            "3 \"open|2",
            "4 3|4",
            "5 5|6",
            "row 3: a quote is never closed, read as it stands",
        ];
        assert_eq!(rows(text), wanted);
        assert_eq!(rows("a,b\n5\" wide,1\n"), ["a|b", "2 5\" wide|1"]);
        // Each of these pairs with the next, and the last is mended.
        let many = "a,b\n".to_owned() + &"\"x\"\"\n".repeat(4999);
        assert_eq!(delimited(&many, b',').unwrap().rows.len(), 2500);
    }

    proptest! {
        #[test]
        fn any_text(text in "[a-c,;\t\"\r\né ]{0,60}", other in ".{0,60}") {
            for text in [text, other] {
                if let Ok(table) = delimited(&text, b',') {
                    prop_assert!(table.rows.is_sorted_by(|a, b| a.0 < b.0));
                    prop_assert!(table.rows.iter().all(|row| row.1.len() >= table.columns.len()));
                }
            }
        }
    }
}
