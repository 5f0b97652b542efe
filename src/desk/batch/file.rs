//! Reading a file of queries: a query a line, a table, or JSON Lines.

use std::collections::HashSet;
use std::path::Path;

use serde_json::Value;

use super::at_line;
use super::line::{BatchQuery, Fields, query_of};
use super::table::{read_spreadsheet, read_table};
use crate::error::{Error, Result};
use crate::format::decode::decode;
use crate::format::table::is_packed;
use crate::query::STRICT;

/// How a file of queries is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchFormat {
    /// A query a line; the id is the line's number.
    Text,
    /// A header, then a query a line, divided as the header shows, else by this
    /// character; or a spreadsheet, told by its bytes.
    Table(u8),
    /// A JSON object a line.
    Jsonl,
}

impl BatchFormat {
    /// The format of a file by the ending of its name.
    pub fn of(path: &Path) -> Self {
        match path
            .extension()
            .and_then(|e| e.to_str())
            .map(str::to_lowercase)
            .as_deref()
        {
            Some("csv" | "xlsx" | "xlsm" | "xls" | "ods") => BatchFormat::Table(b','),
            Some("tsv" | "tab") => BatchFormat::Table(b'\t'),
            Some("jsonl" | "ndjson") => BatchFormat::Jsonl,
            _ => BatchFormat::Text,
        }
    }
}

/// Reads a file of queries: those that could be read, and the lines that could
/// not, each in order.
///
/// # Errors
/// A file that is no text, or a table without a column `query`.
pub fn read_batch(
    bytes: &[u8],
    format: BatchFormat,
    name: &str,
) -> Result<(Vec<BatchQuery>, Vec<Error>)> {
    let (mut queries, mut errors) = match is_packed(bytes) {
        true => read_spreadsheet(bytes, name).map(|read| (read.queries, read.errors))?,
        false => read_text(bytes, format, name)?,
    };
    let mut ids = HashSet::new();
    queries.retain(|query: &BatchQuery| {
        let new = ids.insert(query.id.clone());
        if !new {
            let error = Error::input(format!("the id `{}` comes a second time", query.id));
            errors.push(at_line(error, name, query.line));
        }
        new
    });
    if queries.is_empty() && errors.is_empty() {
        return Err(Error::input(format!("`{name}` holds no query")));
    }
    Ok((queries, errors))
}

fn read_text(
    bytes: &[u8],
    format: BatchFormat,
    name: &str,
) -> Result<(Vec<BatchQuery>, Vec<Error>)> {
    let text = decode(bytes)
        .map_err(|reason| Error::input(format!("`{name}` is {reason}")))?
        .text;
    let mut queries = Vec::new();
    let mut errors = Vec::new();
    match format {
        BatchFormat::Text => {
            for (line, number) in text.lines().zip(1u64..) {
                if !line.trim().is_empty() {
                    let fields = Fields::from([("query".to_owned(), vec![line.to_owned()])]);
                    queries.push(query_of(&fields, number)?);
                }
            }
        }
        BatchFormat::Jsonl => {
            for (line, number) in text
                .lines()
                .zip(1u64..)
                .filter(|(l, _)| !l.trim().is_empty())
            {
                match json_fields(line).and_then(|fields| query_of(&fields, number)) {
                    Ok(query) => queries.push(query),
                    Err(e) => errors.push(at_line(e, name, number)),
                }
            }
        }
        BatchFormat::Table(divider) => {
            let read = read_table(&text, divider, name)?;
            (queries, errors) = (read.queries, read.errors);
        }
    }
    Ok((queries, errors))
}

fn json_fields(line: &str) -> Result<Fields> {
    let value: Value = serde_json::from_str(line).map_err(|e| {
        // The column is in bytes, from 1; it may fall inside a character.
        let at = (0..=e.column().saturating_sub(1).min(line.len()))
            .rev()
            .find(|i| line.is_char_boundary(*i))
            .unwrap_or(0);
        let message = e.to_string();
        let message = message.split(" at line").next().unwrap_or_default();
        Error::input(format!("no JSON: {message}")).with_snippet("", line, at..line.len())
    })?;
    let Value::Object(object) = value else {
        return Err(Error::input("no JSON object"));
    };
    let mut fields = Fields::new();
    for (key, value) in object {
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let typed = match &value {
            Value::Null => continue,
            Value::Bool(truth) if key == "literal" || key == STRICT => {
                Some(vec![truth.to_string()])
            }
            Value::Array(values) => values.iter().map(text).collect(),
            value => text(value).map(|t| vec![t]),
        };
        let typed = typed
            .ok_or_else(|| Error::input(format!("`{key}` is neither text nor a list of texts")))?;
        fields.insert(key, typed);
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::FacetName;
    use crate::query::MatchMode;

    fn read(text: &str, format: BatchFormat) -> (Vec<(String, String)>, Vec<String>) {
        let (queries, errors) = read_batch(text.as_bytes(), format, "q").unwrap();
        (
            queries.into_iter().map(|q| (q.id, q.query)).collect(),
            errors
                .into_iter()
                .map(|e| e.snippet().unwrap().place.clone())
                .collect(),
        )
    }

    #[test]
    fn every_format_gives_queries_and_names_bad_lines() {
        let both = |a: (&str, &str), b: (&str, &str)| {
            [a, b].map(|(i, q)| (i.to_owned(), q.to_owned())).to_vec()
        };
        let (queries, errors) = read("kiln\n\n\"brick kilns\"\n", BatchFormat::Text);
        assert_eq!(queries, both(("1", "kiln"), ("3", "\"brick kilns\"")));
        assert!(errors.is_empty());
        let csv = "id,query,country\na,\"\"\"brick kilns\"\"\",Kenya\nb,debt\nc,,\nd,kiln,\n";
        let (queries, errors) = read(csv, BatchFormat::Table(b','));
        assert_eq!(queries, both(("a", "\"brick kilns\""), ("d", "kiln")));
        assert_eq!(errors, ["q:3", "q:4"]);
        let (queries, errors) = read("query\n\n\nkiln\n\nx,y\ndebt\n", BatchFormat::Table(b','));
        assert_eq!(queries, both(("4", "kiln"), ("7", "debt")));
        assert_eq!(errors, ["q:6"]);
        let tsv = "query\tid\n\"brick kilns\"\tx\nkiln\ty\n";
        assert_eq!(
            read(tsv, BatchFormat::Table(b'\t')).0,
            both(("x", "\"brick kilns\""), ("y", "kiln"))
        );
        let jsonl = "{\"id\":1,\"query\":\"kiln\",\"year\":[2019,\"2020..\"]}\n[]\n{\"query\":\n{\"query\":\"a\",\"colour\":\"b\"}\n{\"query\":\"debt\"}\n";
        let (queries, errors) = read(jsonl, BatchFormat::Jsonl);
        assert_eq!(queries, both(("1", "kiln"), ("5", "debt")));
        assert_eq!(errors, ["q:2", "q:3", "q:4"]);
    }

    #[test]
    fn lists_of_names_with_commas_and_empty_filters() {
        let line = "{\"query\":\"a\",\"country\":[\"Congo, Democratic Republic of the\",\"Nepal\"],\"year\":[],\"tier\":\"\"}";
        let (queries, errors) = read_batch(line.as_bytes(), BatchFormat::Jsonl, "q").unwrap();
        assert!(errors.is_empty());
        let only = &queries[0].filters.only;
        assert_eq!(
            only[&FacetName::Country],
            ["Congo, Democratic Republic of the", "Nepal"]
        );
        assert_eq!(only.len(), 1);
    }

    #[test]
    fn every_filter_and_option_is_a_column() {
        let text = "{\"query\":\"a\",\"match\":\"ANY\",\"literal\":true,\"limit\":3,\"strict\":true}\n\
            {\"query\":\"a\",\"match\":\"some\"}\n{\"query\":\"a\",\"literal\":\"maybe\"}\n\
            {\"query\":\"a\",\"limit\":-1}\n{\"query\":true}\n{\"query\":\"a\",\"strict\":\"maybe\"}\n";
        let (queries, errors) = read_batch(text.as_bytes(), BatchFormat::Jsonl, "q").unwrap();
        assert_eq!((queries.len(), errors.len()), (1, 5));
        let query = &queries[0];
        assert_eq!(query.filters.strict, Some(true));
        assert_eq!(
            (query.mode, query.literal, query.limit),
            (Some(MatchMode::Any), Some(true), Some(3))
        );
        let names = FacetName::NAMES.map(|name| format!("{name},not-{name}"));
        let values: Vec<String> = (0..names.len() * 2).map(|i| format!("v{i}")).collect();
        for (divider, sign) in [(b',', ","), (b'\t', "\t")] {
            let header = names.join(",").replace(',', sign);
            let table = format!(
                "query{sign}match{sign}literal{sign}limit{sign}strict{sign}{header}\n\
                 a{sign}{sign}no{sign}0{sign}no{sign}{}\n",
                values.join(sign)
            );
            let format = BatchFormat::Table(divider);
            let (queries, errors) = read_batch(table.as_bytes(), format, "q").unwrap();
            assert!(errors.is_empty());
            let query = &queries[0];
            assert_eq!(
                (query.mode, query.literal, query.limit),
                (None, Some(false), Some(0))
            );
            assert_eq!(query.filters.strict, Some(false));
            for (i, facet) in FacetName::ALL.into_iter().enumerate() {
                assert_eq!(query.filters.only[&facet], [values[2 * i].as_str()]);
                assert_eq!(query.filters.not[&facet], [values[2 * i + 1].as_str()]);
            }
        }
        // A line of text is a query and nothing else.
        let (queries, _) = read_batch(b"limit: 3\n", BatchFormat::Text, "q").unwrap();
        assert_eq!(
            (queries[0].query.as_str(), queries[0].limit),
            ("limit: 3", None)
        );
    }

    #[test]
    fn a_table_without_queries_is_refused() {
        for table in [
            "id,text\n1,a\n",
            "id,query,note\n1,a,b\n",
            "query,year,year\na,2019,2020\n",
        ] {
            assert!(read_batch(table.as_bytes(), BatchFormat::Table(b','), "q").is_err());
        }
    }
}
