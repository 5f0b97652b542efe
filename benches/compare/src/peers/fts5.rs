//! SQLite FTS5: the texts in a full-text table, country and year beside it in
//! a table with an index of its own.

use std::path::Path;
use std::process::Command;

use anyhow::Result;
use rusqlite::{Connection, OpenFlags, ToSql};

use super::{BuiltIn, Engine, HITS, Peer, Source, ask_here, build_here};
use crate::corpus::read_passages;
use crate::queries::{Join, Query};

/// Its name as a built-in engine.
pub const NAME: &str = "FTS5";

/// The engine.
#[derive(Debug)]
pub struct Fts5;

/// The file in the folder of an index.
const FILE: &str = "passages.sqlite";

impl Peer for Fts5 {
    fn name(&self) -> &'static str {
        NAME
    }

    fn version(&self) -> String {
        format!("SQLite {}", rusqlite::version())
    }

    fn build(&self, source: Source<'_>, index: &Path) -> Command {
        build_here(NAME, source, index)
    }

    /// The pages in use; those that `optimize` left free are not counted.
    fn size(&self, index: &Path) -> Result<u64> {
        let database = open(index)?;
        let pragma =
            |name: &str| database.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let pages = pragma("page_count")? - pragma("freelist_count")?;
        Ok((pages * pragma("page_size")?).unsigned_abs())
    }

    fn open(&self, index: &Path) -> Result<Box<dyn Engine>> {
        Ok(Box::new(Open {
            database: open(index)?,
        }))
    }

    fn ask(&self, index: &Path, query: &Query) -> Result<Command> {
        ask_here(NAME, index, query)
    }
}

impl BuiltIn for Fts5 {
    fn write(&self, passages: &Path, index: &Path, _threads: usize) -> Result<()> {
        std::fs::create_dir_all(index)?;
        let mut database = Connection::open(index.join(FILE))?;
        database.execute_batch(
            "PRAGMA journal_mode = OFF;
             PRAGMA synchronous = OFF;
             PRAGMA cache_size = -500000;
             CREATE VIRTUAL TABLE passage USING fts5(text);
             CREATE TABLE place (id INTEGER PRIMARY KEY, country TEXT, year INTEGER);",
        )?;
        let all = database.transaction()?;
        {
            let mut text = all.prepare("INSERT INTO passage (rowid, text) VALUES (?1, ?2)")?;
            let mut place = all.prepare("INSERT INTO place VALUES (?1, ?2, ?3)")?;
            for (id, passage) in (1_i64..).zip(read_passages(passages)?) {
                let passage = passage?;
                text.execute((id, &passage.text))?;
                place.execute((id, &passage.country, passage.year))?;
            }
        }
        all.execute_batch(
            "INSERT INTO passage (passage) VALUES ('optimize');
             CREATE INDEX places ON place (country, year);",
        )?;
        all.commit()?;
        Ok(())
    }
}

fn open(index: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(index.join(FILE), flags)?;
    // Pages are read from the mapped file, as in the other engines.
    database.execute_batch("PRAGMA mmap_size = 8000000000;")?;
    Ok(database)
}

struct Open {
    database: Connection,
}

const ANYWHERE: &str = "SELECT text FROM passage WHERE passage MATCH ?1 ORDER BY rank LIMIT ?2";
/// The `+` keeps SQLite from asking for the phrase once for each passage of the
/// country.
const PLACED: &str = "SELECT text FROM passage WHERE passage MATCH ?1
    AND +rowid IN (SELECT id FROM place WHERE country = ?3 AND year BETWEEN ?4 AND ?5)
    ORDER BY rank LIMIT ?2";

impl Engine for Open {
    fn answer(&mut self, query: &Query) -> Result<Vec<String>> {
        let typed = typed(query);
        let limit = HITS as i64;
        let mut values: Vec<&dyn ToSql> = vec![&typed, &limit];
        let sql = match &query.place {
            None => ANYWHERE,
            Some(place) => {
                values.extend([&place.country as &dyn ToSql, &place.from, &place.to]);
                PLACED
            }
        };
        let mut statement = self.database.prepare_cached(sql)?;
        let texts = statement.query_map(values.as_slice(), |row| row.get(0))?;
        Ok(texts.collect::<Result<_, _>>()?)
    }
}

/// A query in the language of FTS5.
fn typed(query: &Query) -> String {
    let quoted: Vec<String> = query.words.iter().map(|w| format!("\"{w}\"")).collect();
    match query.join {
        Join::All => quoted.join(" AND "),
        Join::Any => quoted.join(" OR "),
        Join::Phrase => format!("\"{}\"", query.words.join(" ")),
    }
}
