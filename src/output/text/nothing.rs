//! An empty result, explained.

use std::io::{self, Write};

use super::{TextOptions, count, grouped, shown_value, write_wrapped};
use crate::search::Nothing;
use crate::search::nothing::EmptiedBy;

/// How many counts of a facet are named.
const NAMED: usize = 8;
/// How many words or phrases are told of.
const LISTED: usize = 10;

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
        let total = matching(emptied.total);
        say(format!(
            "without the filter {}: {total}{}",
            filter(emptied),
            by_facet(emptied)
        ))?;
    }
    for empty in &nothing.empty_alone {
        let total = matching(empty.total);
        say(format!(
            "the filter {} alone leaves none; without any filter: {total}{}",
            filter(empty),
            by_facet(empty)
        ))?;
    }
    if !nothing.only_together.is_empty() {
        say(format!(
            "the filters empty the result together; without any: {}",
            matching(nothing.without_filters)
        ))?;
    }
    for alone in &nothing.only_together {
        let total = matching(alone.total);
        say(format!(
            "with the filter {} alone: {total}{}",
            filter(alone),
            by_facet(alone)
        ))?;
    }
    if let Some((negated, n)) = &nothing.negated {
        say(format!("without `{negated}`: {}", matching(*n)))?;
    }
    for word in nothing.unknown_words.iter().take(LISTED) {
        let near: Vec<String> = word.neighbours.iter().map(|n| format!("`{n}`")).collect();
        say(match near.len() {
            0 => format!("no passage holds `{}`", word.word),
            _ => format!(
                "no passage holds `{}`; near it are {}",
                word.word,
                near.join(", ")
            ),
        })?;
    }
    if nothing.unknown_words.len() > LISTED {
        say(format!(
            "and {} words more",
            nothing.unknown_words.len() - LISTED
        ))?;
    }
    for (phrase, n) in nothing.scattered.iter().take(LISTED) {
        say(format!(
            "{} the words of {phrase}, but not {}",
            hold(*n),
            match phrase.contains(" w/") || phrase.contains(" pre/") || phrase.contains("~") {
                true => "as near as is asked",
                false if phrase.contains(" /s ") || phrase.contains(" +s ") => "in one sentence so",
                false if phrase.contains(" +p ") => "in this order",
                false => "side by side",
            }
        ))?;
    }
    for (term, n) in nothing.alone.iter().take(LISTED) {
        say(format!("{term} alone: {}", count(*n, "passage")))?;
    }
    if nothing.asks_for_all
        && nothing.unknown_words.is_empty()
        && nothing.alone.iter().all(|(_, n)| *n > 0)
        && !nothing.alone.is_empty()
    {
        say("no passage holds all of them; `--match any` finds those that hold one".to_owned())?;
    }
    Ok(())
}

/// A filter as read: `country `Kenya (KEN)``, `year not `2019``.
fn filter(emptied: &EmptiedBy) -> String {
    let shown = |values: &[String]| -> Vec<String> {
        values
            .iter()
            .map(|v| format!("`{}`", shown_value(emptied.facet, v)))
            .collect()
    };
    let mut parts = Vec::new();
    if !emptied.only.is_empty() {
        parts.push(shown(&emptied.only).join(", "));
    }
    if !emptied.not.is_empty() {
        parts.push(format!("not {}", shown(&emptied.not).join(", ")));
    }
    format!("{} {}", emptied.facet, parts.join(" and "))
}

fn by_facet(emptied: &EmptiedBy) -> String {
    let facet = emptied.facet;
    let shown: Vec<String> = emptied
        .counts
        .iter()
        .take(NAMED)
        .map(|(v, n)| format!("{} {}", shown_value(facet, v), grouped(*n)))
        .collect();
    if shown.is_empty() {
        return String::new();
    }
    let more = emptied.counts.len().saturating_sub(NAMED);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!(", by {facet}: {}{more}", shown.join(", "))
}

fn matching(n: u64) -> String {
    match n {
        1 => "1 passage matches".to_owned(),
        n => format!("{} passages match", grouped(n)),
    }
}

fn hold(n: u64) -> String {
    match n {
        1 => "1 passage holds".to_owned(),
        n => format!("{} passages hold", grouped(n)),
    }
}
