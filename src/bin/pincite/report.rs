//! Errors for people: message, line with carets, hint.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::error::ContextKind;
use pincite::error::{Error, ErrorKind, Snippet};
use pincite::text::shell_word;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::terminal::Terminal;

/// The widest part of a line that is shown, in columns.
const WIDTH: usize = 76;

/// The exit status of an error.
pub(crate) fn exit_status(error: &Error) -> u8 {
    match error.kind() {
        ErrorKind::NotFound => 1,
        ErrorKind::Usage | ErrorKind::Query => 2,
        ErrorKind::Index => 3,
        ErrorKind::Input | ErrorKind::Io => 4,
    }
}

/// Prints what clap has to say, and what it cannot know: a query may begin
/// with `-`.
pub(crate) fn usage(mut error: clap::Error) -> ExitCode {
    // That of clap, `--` before it, makes all options behind it words.
    error.remove(ContextKind::Suggested);
    // Where the stream is closed there is nobody to tell.
    let _ = error.print();
    let looks_like_query = |arg: &String| {
        arg.len() > 2 && arg.starts_with('-') && arg.chars().nth(1).is_some_and(char::is_alphabetic)
    };
    if error.use_stderr()
        && let Some(query) = std::env::args().skip(1).find(looks_like_query)
    {
        let negated = shell_word(&format!("NOT {}", &query[1..]));
        let hint = format!("\nhint: if `{query}` is a query, write {negated}\n");
        let _ = io::stderr().write_all(hint.as_bytes());
    }
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}

/// The error of a run that stopped in the middle: the engine panics where its
/// files are damaged in some ways.
pub(crate) fn stopped(panic: &(dyn std::any::Any + Send)) -> Error {
    let told = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no reason given");
    Error::index(format!("pincite stopped at an internal error: {told}")).with_hint(
        "the index may be damaged: build it again with `pincite index`; if that does not help, \
         this is a bug of pincite",
    )
}

/// Prints an error to stderr.
pub(crate) fn error(error: &Error, terminal: &Terminal) {
    let mut text = String::new();
    let place = error
        .snippet()
        .map(|s| s.place.as_str())
        .filter(|p| !p.is_empty());
    let place = place.map(|p| format!("{p}: ")).unwrap_or_default();
    let told = clean(&format!("{place}{error}"));
    text.push_str(&format!(
        "{} {told}\n",
        terminal.error_paint().title("error:")
    ));
    if let Some(snippet) = error.snippet().filter(|s| !s.line.trim().is_empty()) {
        let (line, from, width) = pointed(snippet);
        text.push_str(&format!("  {line}\n  {:from$}{}\n", "", "^".repeat(width)));
    }
    if let Some(hint) = error.hint() {
        text.push_str(&format!(
            "{} {}\n",
            terminal.error_paint().title("hint:"),
            clean(hint)
        ));
    }
    // Where stderr is closed there is nobody to tell.
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Text without what steers a terminal: control characters and marks of
/// direction.
fn clean(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.replace(steers, " ")
}

/// The part of the line to show, the column and the number of carets.
fn pointed(snippet: &Snippet) -> (String, usize, usize) {
    let flat = |text: &str| -> String {
        text.chars()
            .map(|c| if c.width().is_none() { ' ' } else { c })
            .collect::<String>()
    };
    let flat = |text: &str| clean(&flat(text));
    let before = flat(&snippet.line[..snippet.span.start]);
    let meant = flat(&snippet.line[snippet.span.clone()]);
    let after = flat(&snippet.line[snippet.span.end..]);
    let mut start = String::new();
    let mut from = before.width();
    let mut shown = before;
    if from > WIDTH / 2 {
        let kept: String = shown.chars().rev().take(WIDTH / 3).collect();
        shown = kept.chars().rev().collect();
        start.push('…');
        from = shown.width() + 1;
    }
    let room = WIDTH.saturating_sub(from);
    let mut line = start + &shown;
    let mut columns = 0;
    for c in meant.chars().chain(after.chars()) {
        columns += c.width().unwrap_or(1);
        if columns > room {
            line.push('…');
            break;
        }
        line.push(c);
    }
    (line, from, meant.width().clamp(1, room.max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_under_what_is_meant() {
        let snippet = |line: &str, span| Snippet {
            place: String::new(),
            line: line.to_owned(),
            span,
        };
        assert_eq!(
            pointed(&snippet("debt \"kiln", 5..10)),
            ("debt \"kiln".to_owned(), 5, 5)
        );
        assert_eq!(pointed(&snippet("é\tx", 3..4)), ("é x".to_owned(), 2, 1));
        let long = format!("{}) {}", "word ".repeat(60), "word ".repeat(60));
        let (line, from, width) = pointed(&snippet(&long, 300..301));
        assert_eq!(line.chars().nth(from), Some(')'));
        assert_eq!(width, 1);
        assert!(line.width() <= WIDTH + 1);
    }
}
