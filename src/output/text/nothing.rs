//! An empty result, explained.

use std::io::{self, Write};

use super::{TextOptions, count, grouped, write_wrapped};
use crate::output::json::shown_value;
use crate::search::Nothing;
use crate::search::nothing::EmptiedBy;

/// How many counts of a facet are named.
const NAMED: usize = 8;

/// Writes why nothing was found, and what there is instead.
///
/// # Errors
/// What writing fails with.
pub fn write_nothing(
    out: &mut dyn Write,
    nothing: &Nothing,
    options: TextOptions,
) -> io::Result<()> {
    writeln!(out, "nothing found")?;
    let mut say = |line: String| write_wrapped(out, &line, &[], 2, options);
    for emptied in &nothing.emptied_by {
        say(emptied_line(emptied))?;
    }
    if nothing.without_filters > 0 && nothing.emptied_by.is_empty() {
        say(format!(
            "no single filter empties the result: {} without any of them",
            matching(nothing.without_filters)
        ))?;
    }
    for word in &nothing.unknown_words {
        let near: Vec<String> = word.neighbours.iter().map(|n| format!("`{n}`")).collect();
        say(match near.len() {
            0 => format!("no passage holds `{}`", word.word),
            _ => format!(
                "no passage holds `{}`; it holds {}",
                word.word,
                near.join(", ")
            ),
        })?;
    }
    for (phrase, n) in &nothing.scattered {
        say(format!(
            "{} the words of {phrase}, but not side by side",
            hold(*n)
        ))?;
    }
    for (term, n) in &nothing.alone {
        say(format!("{term} alone: {}", count(*n, "passage")))?;
    }
    if nothing.alone.len() > 1 && nothing.alone.iter().all(|(_, n)| *n > 0) {
        say("no passage holds all of them; `--match any` finds those that hold one".to_owned())?;
    }
    Ok(())
}

fn emptied_line(emptied: &EmptiedBy) -> String {
    let facet = emptied.facet;
    let shown: Vec<String> = emptied
        .counts
        .iter()
        .take(NAMED)
        .map(|(v, n)| format!("{} {}", shown_value(facet, v), grouped(*n)))
        .collect();
    let more = emptied.counts.len().saturating_sub(NAMED);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!(
        "without the filter {facet} `{}`: {}, by {facet}: {}{more}",
        emptied.values.join(", "),
        matching(emptied.total),
        shown.join(", ")
    )
}

fn matching(n: u64) -> String {
    if n == 1 {
        "1 passage matches".to_owned()
    } else {
        format!("{} passages match", grouped(n))
    }
}

fn hold(n: u64) -> String {
    if n == 1 {
        "1 passage holds".to_owned()
    } else {
        format!("{} passages hold", grouped(n))
    }
}
