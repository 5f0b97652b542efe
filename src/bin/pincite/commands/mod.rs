//! One function per command: config, library, output, status.

mod asked;
pub(crate) mod batch;
pub(crate) mod cite;
pub(crate) mod coding;
pub(crate) mod compare;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod facets;
pub(crate) mod fetch;
pub(crate) mod index;
pub(crate) mod kwic;
pub(crate) mod origin;
pub(crate) mod outputs;
pub(crate) mod profile;
mod receipt;
pub(crate) mod replay;
pub(crate) mod resolve;
pub(crate) mod saved;
pub(crate) mod search;
pub(crate) mod shell;
pub(crate) mod show;
pub(crate) mod silence;
pub(crate) mod stats;
pub(crate) mod trend;
mod typed;
pub(crate) mod verify;
pub(crate) mod words;

use std::path::Path;

use pincite::error::{Error, Result};
use pincite::index::{IndexFolder, OpenIndex};
use pincite::output::text::{notes_of, write_nothing};
use pincite::query::{Form, MatchMode, Node, NodeKind, Parsed, Reading};
use pincite::search::{Matches, SearchRequest, SearchResults, explain_nothing};
use pincite::text::shell_word;

use crate::Status;
use crate::terminal::Terminal;
use asked::Asked;

/// Opens the index of a folder.
fn open(index: &Path) -> Result<OpenIndex> {
    OpenIndex::open(&IndexFolder::new(index))
}

/// The day it is here.
fn today() -> jiff::civil::Date {
    jiff::ZonedDateTime::now().date()
}

/// Reads the words of a query, and says what of them asks for nothing and
/// what may have been meant otherwise.
fn read_words(words: &[String], reading: &Reading, terminal: &Terminal) -> Result<Parsed> {
    let text = words.join(" ");
    let parsed = reading.read(&text).map_err(|e| quoted_hint(e, words))?;
    for span in &parsed.ignored {
        let note = match &parsed.text[span.clone()] {
            "?" => "`?` around a word is taken for a question mark; in it, it stands for a letter"
                .to_owned(),
            "%" => "`%` is left out; to leave words out write `NOT`".to_owned(),
            sign => format!("`{sign}` holds no word and is left out"),
        };
        terminal.say(|out| writeln!(out, "note: {note}"));
    }
    let may_be_meant = reading.mode == MatchMode::All && !reading.literal;
    let small = small_operator(&parsed.tree).filter(|_| may_be_meant);
    let operator = small.map_or_else(String::new, |word| {
        format!("; the operator is `{}`", word.to_uppercase())
    });
    let optional = parsed.tree.optional_words();
    if !optional.is_empty() {
        let words: Vec<String> = optional.iter().map(|word| format!("`{word}`")).collect();
        let words = words.join(", ");
        terminal.say(|out| writeln!(out, "note: {words} need not match{operator}"));
    } else if let Some(word) = small {
        terminal.say(|out| writeln!(out, "note: `{word}` is searched as a word{operator}"));
    }
    if parsed.mixed {
        terminal.say(|out| writeln!(out, "note: understood as {}", parsed.tree));
    }
    Ok(parsed)
}

/// A bare word that would be an operator in capitals.
fn small_operator(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Term(term) if term.form == Form::Inflected => ["and", "or", "not"]
            .into_iter()
            .find(|operator| *operator == term.typed),
        _ => node.children().into_iter().find_map(small_operator),
    }
}

/// Says what a query was widened by and what its patterns stood for.
fn tell_notes(results: &SearchResults, query: Option<&Parsed>, terminal: &Terminal) {
    let added = query.map_or(&[][..], |q| &q.added);
    for note in notes_of(results, added) {
        terminal.say(|out| writeln!(out, "note: {note}"));
    }
}

/// Says of all passages of a query what [`tell_notes`] says of the best.
fn tell_matches(matches: &Matches<'_>, query: Option<&Parsed>, terminal: &Terminal) {
    let results = SearchResults {
        total: matches.docs().len() as u64,
        expansions: matches.expansions.clone(),
        ..SearchResults::default()
    };
    tell_notes(&results, query, terminal);
}

/// Tells why nothing was found: on stdout where people read it, beside the
/// result where a machine does.
fn tell_nothing(
    index: &OpenIndex,
    request: &SearchRequest,
    for_people: bool,
    terminal: &Terminal,
) -> Result<Status> {
    let nothing = explain_nothing(index, request)?;
    match for_people {
        true => terminal.write(|out| write_nothing(out, &nothing, terminal.text_options(false)))?,
        false => terminal.say(|out| write_nothing(out, &nothing, terminal.error_options())),
    }
    Ok(Status::Nothing)
}

/// The error of a query that came through a shell: an empty argument is more
/// likely a slip, and what a hint writes with quotes must keep them.
fn quoted_hint(error: Error, words: &[String]) -> Error {
    if words.iter().all(|w| w.trim().is_empty()) {
        return error
            .with_hint("type words, or a phrase in quotes inside quotes: '\"brick kilns\"'");
    }
    match error.hint().map(for_shell) {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}

/// A hint whose literals with quotes can be pasted into a shell.
fn for_shell(hint: &str) -> String {
    let literal = |(at, piece): (usize, &str)| match at % 2 == 1 && piece.contains('"') {
        true => shell_word(piece),
        false => piece.to_owned(),
    };
    let pieces: Vec<String> = hint.split('`').enumerate().map(literal).collect();
    pieces.join("`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_keep_their_quotes_in_a_shell() {
        assert_eq!(
            for_shell("write `\"brick kilns\"~3`; `--literal` takes all as text"),
            "write `'\"brick kilns\"~3'`; `--literal` takes all as text"
        );
    }
}
