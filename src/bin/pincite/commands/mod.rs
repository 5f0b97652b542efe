//! One function per command: config, library, output, status.

pub(crate) mod batch;
pub(crate) mod cite;
pub(crate) mod facets;
pub(crate) mod index;
pub(crate) mod search;
pub(crate) mod shell;
pub(crate) mod show;
pub(crate) mod stats;

use std::path::Path;

use pincite::error::{Error, Result};
use pincite::index::{IndexFolder, OpenIndex};
use pincite::query::{MatchMode, Parsed, parse};

use crate::terminal::Terminal;

/// Opens the index of a folder.
fn open(index: &Path) -> Result<OpenIndex> {
    OpenIndex::open(&IndexFolder::new(index))
}

/// Parses the words of a query, and says what of them asks for nothing.
fn parse_words(words: &[String], mode: MatchMode, terminal: &Terminal) -> Result<Parsed> {
    let text = words.join(" ");
    let parsed = parse(&text, mode).map_err(|e| quoted_hint(e, words))?;
    for span in &parsed.ignored {
        let sign = &text[span.clone()];
        terminal.say(|out| writeln!(out, "note: `{sign}` holds no word and is left out"));
    }
    Ok(parsed)
}

/// An empty argument is more likely a slip of the shell.
fn quoted_hint(error: Error, words: &[String]) -> Error {
    match words.iter().all(|w| w.trim().is_empty()) {
        true => {
            error.with_hint("type words, or a phrase in quotes inside quotes: '\"brick kilns\"'")
        }
        false => error,
    }
}
