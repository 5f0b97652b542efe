//! What an earlier run of a batch found, read query by query from the file that
//! it kept or from its results.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use serde::Deserialize;

use super::kept::{Head, KeptQuery};
use crate::desk::Found;
use crate::error::{Error, Result};
use crate::text::cells::plain;

/// A file of an earlier run. Where each query stands is known; what it found is
/// read when it is asked for.
#[derive(Debug)]
pub struct Earlier {
    name: String,
    file: File,
    kind: Kind,
    /// For every id where its lines stand: the first byte and how many bytes.
    places: HashMap<String, Place>,
    /// The digest of the corpus that was searched, where the file says it.
    corpus_digest: Option<String>,
    /// The columns of a table.
    columns: Option<Columns>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Kept,
    Results,
    Table,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    /// The place among the queries of the file, from 0.
    order: usize,
    start: u64,
    length: u64,
}

/// Where the columns of a table stand.
#[derive(Debug, Clone, Copy)]
struct Columns {
    id: usize,
    hash: usize,
}

/// What a query found earlier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierQuery {
    /// The query as typed, where the file says it.
    pub query: Option<String>,
    /// Its filters, where the file says them.
    pub filters: Option<BTreeMap<String, Vec<String>>>,
    /// How many passages matched, where the file says it.
    pub total: Option<u64>,
    /// The passages that the file holds.
    pub found: Found,
}

impl EarlierQuery {
    /// Whether the file holds all passages that matched.
    pub fn is_whole(&self) -> bool {
        self.total == Some(self.found.len() as u64)
    }
}

/// The keys of a line of results that are needed; the others are passed over.
#[derive(Deserialize)]
struct ResultLine {
    id: String,
    query: String,
    filters: BTreeMap<String, Vec<String>>,
    total: u64,
    hits: Vec<ResultHit>,
}

#[derive(Deserialize)]
struct ResultHit {
    id: String,
    hash: String,
}

impl Earlier {
    /// Opens a file: one that a batch kept, or its results as JSON Lines or
    /// CSV.
    ///
    /// # Errors
    /// A file that cannot be read, or that is none of these.
    pub fn open(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let cannot = |e| Error::usage(format!("`{name}` cannot be read")).with_cause(e);
        let file = File::open(path).map_err(cannot)?;
        let ending = path.extension().and_then(|e| e.to_str());
        let mut earlier = Earlier {
            file: file.try_clone().map_err(cannot)?,
            kind: match ending.map(str::to_lowercase).as_deref() {
                Some("csv") => Kind::Table,
                _ => Kind::Results,
            },
            name,
            places: HashMap::new(),
            corpus_digest: None,
            columns: None,
        };
        match earlier.kind {
            Kind::Table => earlier.find_rows(file)?,
            _ => earlier.find_lines(file)?,
        }
        Ok(earlier)
    }

    /// The digest of the corpus that was searched, where the file says it.
    pub fn corpus_digest(&self) -> Option<&str> {
        self.corpus_digest.as_deref()
    }

    /// The ids of its queries, in order. A query of a table that found nothing
    /// is not in it.
    pub fn ids(&self) -> Vec<&str> {
        let mut ids: Vec<_> = self.places.iter().collect();
        ids.sort_by_key(|(_, place)| place.order);
        ids.into_iter().map(|(id, _)| id.as_str()).collect()
    }

    /// Whether it is a table, which does not say how many passages matched.
    pub fn is_table(&self) -> bool {
        self.kind == Kind::Table
    }

    /// What a query found.
    ///
    /// # Errors
    /// A file that changed since it was opened, or cannot be read.
    pub fn query(&mut self, id: &str) -> Result<Option<EarlierQuery>> {
        let Some(place) = self.places.get(id).copied() else {
            return Ok(None);
        };
        let bytes = self
            .read(place)
            .map_err(|e| Error::usage(format!("`{}` cannot be read", self.name)).with_cause(e))?;
        let changed = || Error::usage(format!("`{}` changed while it was read", self.name));
        let read = match self.kind {
            Kind::Kept => serde_json::from_slice::<KeptQuery>(&bytes)
                .ok()
                .map(EarlierQuery::from),
            Kind::Results => serde_json::from_slice::<ResultLine>(&bytes)
                .ok()
                .map(EarlierQuery::from),
            Kind::Table => self.columns.map(|columns| EarlierQuery {
                query: None,
                filters: None,
                total: None,
                found: rows(&bytes, columns),
            }),
        };
        read.map(Some).ok_or_else(changed)
    }

    fn read(&mut self, place: Place) -> io::Result<Vec<u8>> {
        self.file.seek(SeekFrom::Start(place.start))?;
        let mut bytes = Vec::new();
        (&self.file).take(place.length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn find_lines(&mut self, file: File) -> Result<()> {
        let mut reader = BufReader::new(file);
        let mut text = String::new();
        let mut start = 0;
        for number in 1.. {
            text.clear();
            let read = reader.read_line(&mut text);
            let length = read.map_err(|e| self.no_result(number).with_cause(e))? as u64;
            if length == 0 {
                break;
            }
            match (number, Head::read(&text)) {
                (1, Some(head)) => {
                    self.kind = Kind::Kept;
                    self.corpus_digest = Some(head.corpus_digest);
                }
                _ if text.trim().is_empty() => {}
                _ => {
                    let id = self.id_of(&text).ok_or_else(|| self.no_result(number))?;
                    self.place(id, start, length, number)?;
                }
            }
            start += length;
        }
        Ok(())
    }

    /// The id of the query that a line is about, where it is one of this kind.
    fn id_of(&self, line: &str) -> Option<String> {
        match self.kind {
            Kind::Kept => serde_json::from_str::<KeptQuery>(line).ok().map(|q| q.id),
            _ => serde_json::from_str::<ResultLine>(line).ok().map(|q| q.id),
        }
    }

    fn find_rows(&mut self, file: File) -> Result<()> {
        let mut reader = csv::Reader::from_reader(BufReader::new(file));
        let header = reader
            .headers()
            .map_err(|e| self.no_result(1).with_cause(e))?;
        let place = |name: &str| header.iter().position(|column| column == name);
        let (Some(qid), Some(id), Some(hash)) = (place("qid"), place("id"), place("hash")) else {
            return Err(self.no_result(1));
        };
        self.columns = Some(Columns { id, hash });
        let mut row = csv::StringRecord::new();
        let mut open: Option<(String, u64, u64)> = None;
        loop {
            let start = reader.position().byte();
            let line = reader.position().line();
            let more = reader.read_record(&mut row);
            let more = more.map_err(|e| self.no_result(line).with_cause(e))?;
            let next = more.then(|| plain(row.get(qid).unwrap_or_default()).to_owned());
            if let Some((id, from, line)) = open.take_if(|o| next.as_ref() != Some(&o.0)) {
                self.place(id, from, start - from, line)?;
            }
            let Some(id) = next else { break };
            open.get_or_insert((id, start, line));
        }
        Ok(())
    }

    fn place(&mut self, id: String, start: u64, length: u64, line: u64) -> Result<()> {
        let order = self.places.len();
        let place = Place {
            order,
            start,
            length,
        };
        match self.places.insert(id.clone(), place) {
            None => Ok(()),
            Some(_) => Err(
                Error::usage(format!("the query `{id}` comes a second time")).with_snippet(
                    &format!("{}:{line}", self.name),
                    "",
                    0..0,
                ),
            ),
        }
    }

    fn no_result(&self, line: u64) -> Error {
        Error::usage("this is no result of `pincite batch`")
            .with_snippet(&format!("{}:{line}", self.name), "", 0..0)
            .with_hint(
                "`--since` takes what `--keep` kept, or results as jsonl or csv; a run that was \
                 stopped goes on with `--resume`",
            )
    }
}

/// The passages of some rows of a table.
fn rows(bytes: &[u8], columns: Columns) -> Found {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes);
    let rows = reader.records().filter_map(std::result::Result::ok);
    let cell = |row: &csv::StringRecord, at| row.get(at).unwrap_or_default().to_owned();
    rows.map(|row| (cell(&row, columns.id), cell(&row, columns.hash)))
        .collect()
}

impl From<KeptQuery> for EarlierQuery {
    fn from(kept: KeptQuery) -> Self {
        EarlierQuery {
            query: Some(kept.query),
            filters: Some(kept.filters),
            total: Some(kept.total),
            found: kept.found,
        }
    }
}

impl From<ResultLine> for EarlierQuery {
    fn from(line: ResultLine) -> Self {
        let hits = line.hits.into_iter();
        EarlierQuery {
            query: Some(line.query),
            filters: Some(line.filters),
            total: Some(line.total),
            found: hits.map(|hit| (hit.id, hit.hash)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(name: &str, text: &str) -> Result<Earlier> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        // On Unix an open file outlives its name.
        Earlier::open(&path)
    }

    fn found(earlier: &mut Earlier, id: &str) -> Vec<(String, String)> {
        let query = earlier.query(id).unwrap().unwrap();
        let passages = query.found.iter();
        passages
            .map(|(i, h)| (i.to_owned(), h.to_owned()))
            .collect()
    }

    #[cfg(unix)]
    #[test]
    fn every_query_of_a_table_is_found_where_it_stands() {
        for end in ["\n", "\r\n"] {
            let text = [
                "qid,text,id,hash",
                "b,\"two\nlines, \"\"quoted\"\"\",p:1,h1",
                "b,é,p:2,h2",
                "a,x,p:1,h1",
                "\"c,d\",x,p:3,h3",
            ]
            .join(end)
                + end;
            let mut earlier = opened("r.csv", &text).unwrap();
            assert_eq!(earlier.ids(), ["b", "a", "c,d"]);
            let pair = |i: &str, h: &str| (i.to_owned(), h.to_owned());
            assert_eq!(
                found(&mut earlier, "b"),
                [pair("p:1", "h1"), pair("p:2", "h2")]
            );
            assert_eq!(found(&mut earlier, "c,d"), [pair("p:3", "h3")]);
            assert_eq!(found(&mut earlier, "a"), [pair("p:1", "h1")]);
            assert!(earlier.query("z").unwrap().is_none());
        }
    }

    #[test]
    fn what_is_no_earlier_run_is_refused_with_its_line() {
        let head = "{\"schema\":1,\"kept\":\"batch\",\"corpus_digest\":\"c\"}\n";
        let line = "{\"id\":\"a\",\"query\":\"a\",\"filters\":{},\"total\":0,\"found\":{}}\n";
        let result = "{\"id\":\"a\",\"query\":\"a\",\"filters\":{},\"total\":0,\"hits\":[]}\n";
        let whole = opened("k", &format!("{head}{line}")).unwrap();
        assert_eq!((whole.ids(), whole.corpus_digest()), (vec!["a"], Some("c")));
        for (name, text, number) in [
            ("k", format!("{head}{line}{line}"), 3),
            ("k", format!("{head}{}", &line[..20]), 2),
            ("k", format!("{head}{result}"), 2),
            ("r.jsonl", format!("{result}\n{line}"), 3),
            ("r.jsonl", "\u{0}\n".to_owned(), 1),
            ("r.csv", "id,text\n1,a\n".to_owned(), 1),
            ("r.csv", "qid,id,hash\na,p,h\nb,p,h\na,p,h\n".to_owned(), 4),
            ("r.csv", "qid,id,hash\na,p\n".to_owned(), 2),
        ] {
            let error = opened(name, &text).unwrap_err();
            let place = error.snippet().unwrap().place.clone();
            assert!(
                place.ends_with(&format!("{name}:{number}")),
                "{place} {text}"
            );
        }
    }
}
