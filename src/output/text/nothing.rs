//! An empty result, explained.

use std::io::{self, Write};

use super::{TextOptions, count, grouped, shown_value, write_wrapped};
use crate::query::STRICT;
use crate::search::Nothing;
use crate::search::nothing::{EmptiedBy, Lacking};

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
    let one = nothing.part.noun(1);
    if nothing.headings > 0 {
        let named = nothing.best_headings.iter();
        let named: Vec<String> = named
            .map(|heading| format!("`{}` ({})", heading.text, heading.id))
            .collect();
        let line = match nothing.headings {
            1 => format!("no passage, but a heading matches: {}", named.join(", ")),
            n => format!(
                "no passage, but {} headings match, such as {}",
                grouped(n),
                named.join(", ")
            ),
        };
        let line = format!("{line}; `--headings` finds them");
        write_wrapped(out, &line, &[], 2, options)?;
    }
    let mut say = |line: String| write_wrapped(out, &line, &[], 2, options);
    let filtered = |before: &str, by: &EmptiedBy, after: &str| {
        let total = matching(by.total);
        format!("{before} {}{after}: {total}{}", filter(by), by_facet(by))
    };
    for emptied in &nothing.emptied_by {
        say(filtered("without the filter", emptied, ""))?;
    }
    for empty in &nothing.empty_alone {
        let after = " alone leaves none; without any filter";
        say(filtered("the filter", empty, after))?;
    }
    if !nothing.only_together.is_empty() {
        say(format!(
            "the filters empty the result together; without any: {}",
            matching(nothing.without_filters)
        ))?;
    }
    for alone in &nothing.only_together {
        say(filtered("with the filter", alone, " alone"))?;
    }
    if let Some((negated, n)) = &nothing.negated {
        say(format!("without `{negated}`: {}", matching(*n)))?;
    }
    for word in nothing.unknown_words.iter().take(LISTED) {
        let near: Vec<String> = word.neighbours.iter().map(|n| format!("`{n}`")).collect();
        say(match near.len() {
            0 => format!("no {one} holds `{}`", word.word),
            _ => format!(
                "no {one} holds `{}`; near it are {}",
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
    for scattered in nothing.scattered.iter().take(LISTED) {
        let lacking = match scattered.lacking {
            Lacking::SideBySide => "side by side",
            Lacking::Near => "so near",
            Lacking::OneSentence => "in one sentence",
            Lacking::InOrder => "in this order",
        };
        say(format!(
            "{} the words of {}, but not {lacking}",
            hold(scattered.passages),
            scattered.asked
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
        say(format!(
            "no {one} holds all of them; `--match any` finds those that hold one"
        ))?;
    }
    Ok(())
}

/// A filter as read: `country `Kenya (KEN)``, `year not `2019``, ``--strict``.
fn filter(emptied: &EmptiedBy) -> String {
    let Some(facet) = emptied.facet else {
        return format!("`--{STRICT}`");
    };
    let shown = |values: &[String]| -> Vec<String> {
        values
            .iter()
            .map(|v| format!("`{}`", shown_value(facet, v)))
            .collect()
    };
    let mut parts = Vec::new();
    if !emptied.only.is_empty() {
        parts.push(shown(&emptied.only).join(", "));
    }
    if !emptied.not.is_empty() {
        parts.push(format!("not {}", shown(&emptied.not).join(", ")));
    }
    format!("{facet} {}", parts.join(" and "))
}

fn by_facet(emptied: &EmptiedBy) -> String {
    let Some(facet) = emptied.facet else {
        return String::new();
    };
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
