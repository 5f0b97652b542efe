//! Batches: a file of queries, each with its own filters, run in parallel.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use rayon::prelude::*;
use serde_json::Value;

use crate::error::{Error, Result};
use crate::format::decode::decode;
use crate::index::{FacetName, OpenIndex};
use crate::query::{FilterSpec, Filters, Parsed, Reading};
use crate::search::{FeedbackConfig, SearchRequest, SearchResults, Sort, search};

/// How a file of queries is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchFormat {
    /// A query a line; the id is the line's number.
    Text,
    /// A header, then a query a line, divided by this character.
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
            Some("csv") => BatchFormat::Table(b','),
            Some("tsv" | "tab") => BatchFormat::Table(b'\t'),
            Some("jsonl" | "ndjson") => BatchFormat::Jsonl,
            _ => BatchFormat::Text,
        }
    }
}

/// One query of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchQuery {
    /// Its id.
    pub id: String,
    /// The line it stands in, from 1.
    pub line: u64,
    /// The query as typed.
    pub query: String,
    /// Its own filters.
    pub filters: FilterSpec,
}

/// How all queries of a batch are run.
#[derive(Debug, Clone)]
pub struct BatchConfig {
    /// How the queries are read.
    pub reading: Reading,
    /// Filters that go for all queries; a query's own filter by a facet goes
    /// before them.
    pub filters: FilterSpec,
    /// How many hits for each query at most.
    pub limit: usize,
    /// The order of hits.
    pub sort: Sort,
    /// Whether words of the best passages weigh in the ranking too.
    pub feedback: Option<FeedbackConfig>,
    /// How many threads; 0 for one each core.
    pub threads: usize,
}

/// A query of a batch with what it found.
#[derive(Debug)]
pub struct BatchItem {
    /// The id of the query.
    pub id: String,
    /// The query as understood.
    pub parsed: Parsed,
    /// The filters as understood.
    pub filters: Filters,
    /// What was found.
    pub results: SearchResults,
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
    let text = decode(bytes)
        .map_err(|reason| Error::input(format!("`{name}` is {reason}")))?
        .text;
    let mut queries = Vec::new();
    let mut errors = Vec::new();
    match format {
        BatchFormat::Text => {
            for (line, number) in text.lines().zip(1u64..) {
                if !line.trim().is_empty() {
                    let fields = HashMap::from([("query".to_owned(), vec![line.to_owned()])]);
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
        BatchFormat::Table(divider) => read_table(&text, divider, name, &mut queries, &mut errors)?,
    }
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

/// Runs the queries in parallel; results come in the order of the queries. A
/// query that fails is an error in its place and stops no other.
pub fn run_batch(
    index: &OpenIndex,
    queries: &[BatchQuery],
    config: &BatchConfig,
    name: &str,
) -> Result<Vec<Result<BatchItem>>> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(config.threads)
        .build()
        .map_err(|e| Error::usage("the threads of the batch cannot be started").with_cause(e))?;
    Ok(pool.install(|| {
        queries
            .par_iter()
            .map(|query| run_one(index, query, config).map_err(|e| at_line(e, name, query.line)))
            .collect()
    }))
}

/// The values of a line by column.
type Fields = HashMap<String, Vec<String>>;

fn run_one(index: &OpenIndex, query: &BatchQuery, config: &BatchConfig) -> Result<BatchItem> {
    let parsed = config.reading.read(&query.query)?;
    let filters = Filters::resolve(&query.filters.or(&config.filters), index)?;
    let request = SearchRequest {
        query: Some(parsed),
        filters,
        limit: config.limit,
        offset: 0,
        sort: config.sort,
        facets: Vec::new(),
        feedback: config.feedback,
    };
    let results = search(index, &request)?;
    let SearchRequest {
        query: parsed,
        filters,
        ..
    } = request;
    // The request was made with a query just above.
    let parsed = parsed.ok_or_else(|| Error::usage("a batch query without a query"))?;
    Ok(BatchItem {
        id: query.id.clone(),
        parsed,
        filters,
        results,
    })
}

/// The error with the file and line it is about.
fn at_line(error: Error, name: &str, line: u64) -> Error {
    let place = format!("{name}:{line}");
    match error.snippet() {
        Some(_) => error.at(&place),
        None => error.with_snippet(&place, "", 0..0),
    }
}

fn query_of(fields: &Fields, line: u64) -> Result<BatchQuery> {
    let mut query = BatchQuery {
        id: line.to_string(),
        line,
        query: String::new(),
        filters: FilterSpec::default(),
    };
    for (key, values) in fields {
        match key.as_str() {
            "id" => query.id = values.join(" ").trim().to_owned(),
            "query" => query.query = values.join(" "),
            key => {
                let (facet, negated) = filter_of(key)?;
                query.filters.add(facet, negated, values);
            }
        }
    }
    if query.query.trim().is_empty() {
        return Err(Error::input("no query in this line"));
    }
    Ok(query)
}

/// The filter that a column is.
fn filter_of(column: &str) -> Result<(FacetName, bool)> {
    let (negated, facet) = match column.strip_prefix("not-") {
        Some(facet) => (true, facet),
        None => (false, column),
    };
    let facet = facet.parse().map_err(|_| {
        Error::input(format!("there is no column `{column}`")).with_hint(
            "the columns are `id`, `query` and filters by name, as `country` or `not-year`",
        )
    })?;
    Ok((facet, negated))
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
            Value::Array(values) => values.iter().map(text).collect(),
            value => text(value).map(|t| vec![t]),
        };
        let typed = typed
            .ok_or_else(|| Error::input(format!("`{key}` is neither text nor a list of texts")))?;
        fields.insert(key, typed);
    }
    Ok(fields)
}

fn read_table(
    text: &str,
    divider: u8,
    name: &str,
    queries: &mut Vec<BatchQuery>,
    errors: &mut Vec<Error>,
) -> Result<()> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(divider)
        .flexible(true)
        // In TSV files of queries a quote is part of the query.
        .quoting(divider == b',')
        .from_reader(text.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .map_err(|e| Error::input(format!("`{name}` is no table")).with_cause(e))?
        .iter()
        .map(|h| h.trim().to_lowercase())
        .collect();
    if !header.iter().any(|h| h == "query") {
        return Err(Error::input(format!("`{name}` has no column `query`"))
            .with_hint("its first line must name the columns, as `id,query,country,year`"));
    }
    for column in header.iter().filter(|h| *h != "id" && *h != "query") {
        filter_of(column).map_err(|e| at_line(e, name, 1))?;
    }
    let mut lines = Lines {
        text,
        byte: 0,
        line: 1,
    };
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(e) => {
                let line = e.position().map_or(0, csv::Position::line);
                let error = Error::input("this row cannot be read").with_cause(e);
                errors.push(at_line(error, name, line));
                continue;
            }
        };
        let line = lines.at(row.position().map_or(0, csv::Position::byte) as usize);
        if row.len() != header.len() {
            let mut message = format!("{} fields where the header has {}", row.len(), header.len());
            let swallowed = row.iter().map(|f| f.matches('\n').count()).sum::<usize>() as u64;
            if swallowed > 0 {
                message = format!(
                    "a quote that is opened here and not closed takes the lines to {} with it",
                    line + swallowed
                );
            }
            errors.push(at_line(Error::input(message), name, line));
            continue;
        }
        let fields = header
            .iter()
            .cloned()
            .zip(row.iter().map(|v| vec![v.to_owned()]));
        match query_of(
            &fields.filter(|(_, v)| !v[0].trim().is_empty()).collect(),
            line,
        ) {
            Ok(query) => queries.push(query),
            Err(e) => errors.push(at_line(e, name, line)),
        }
    }
    Ok(())
}

/// The line numbers of rows, from the byte after the row before.
struct Lines<'a> {
    text: &'a str,
    byte: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the row that begins at `byte` or after the blank lines
    /// there.
    fn at(&mut self, byte: usize) -> u64 {
        let rest = self.text.get(byte..).unwrap_or_default();
        let start = byte + rest.len() - rest.trim_start_matches(['\n', '\r']).len();
        let passed = self.text.get(self.byte..start).unwrap_or_default();
        self.line += passed.matches('\n').count() as u64;
        self.byte = start;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_table_without_queries_is_refused() {
        for table in ["id,text\n1,a\n", "id,query,note\n1,a,b\n"] {
            assert!(read_batch(table.as_bytes(), BatchFormat::Table(b','), "q").is_err());
        }
    }
}
