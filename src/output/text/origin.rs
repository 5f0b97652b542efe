//! The history of a passage: a line for each year.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{TextOptions, count, marked, write_notes, write_wrapped};
use crate::cite::pincite;
use crate::desk::{Edition, Origin, Saying};
use crate::output::excerpt::excerpt;
use crate::text::changes::{Change, changes};
use crate::text::{Likeness, fold};

/// How far the texts below a line of the history are indented, in columns.
const INDENT: usize = 8;

/// Writes where a passage was first said and what says it again; `with_changes`
/// shows how each differs from the one before it that it is nearest to.
///
/// # Errors
/// What writing fails with.
pub fn write_origin(
    out: &mut dyn Write,
    origin: &Origin,
    with_changes: bool,
    options: TextOptions,
) -> io::Result<()> {
    let asked = &origin.asked;
    for line in textwrap::wrap(&pincite(asked), options.width) {
        writeln!(out, "{}", options.paint.title(&line))?;
    }
    writeln!(out, "  {}", options.paint.id(&asked.id.to_string()))?;
    let shown = match excerpt(&asked.text, &[], &[]).first() {
        Some(piece) if !options.full => format!(
            "{}{}",
            &asked.text[piece.clone()],
            if piece.end < asked.text.len() {
                " …"
            } else {
                ""
            }
        ),
        _ => asked.text.clone(),
    };
    write_wrapped(out, &shown, &[], 2, options)?;
    writeln!(out)?;
    write_wrapped(out, &summary(origin), &[], 0, options)?;
    writeln!(out)?;
    let before = match with_changes {
        true => origin.before(),
        false => vec![None; origin.sayings.len()],
    };
    let mut silent = silent_runs(origin).into_iter().peekable();
    let mut last = None;
    for (saying, before) in origin.sayings.iter().zip(&before) {
        let year = saying.passage.report.year.map(|y| y.get());
        while let Some(run) = silent.next_if(|run| year.is_none_or(|year| run.first < year)) {
            writeln!(out, "{}", options.paint.faint(&run.line()))?;
        }
        let before = before.map(|at| &origin.sayings[at]);
        write_saying(out, saying, last == Some(year), before, options)?;
        last = Some(year);
    }
    for run in silent {
        writeln!(out, "{}", options.paint.faint(&run.line()))?;
    }
    let passages = origin.sayings.iter().map(|saying| &saying.passage);
    write_notes(out, passages, 0, options)
}

/// The history in a sentence.
fn summary(origin: &Origin) -> String {
    let year = |saying: &Saying| saying.passage.report.year.map(|y| y.get());
    let Some(first) = origin.sayings.first().and_then(year) else {
        return match origin.sayings.len() as u64 - 1 {
            0 => "no other passage says it".to_owned(),
            others => format!("{} more say it; none has a year", count(others, "passage")),
        };
    };
    let others = origin.sayings.len() as u64 - 1;
    let with = |wanted: Edition| origin.editions.iter().filter(|e| e.1 == wanted).count() as u64;
    let mut told = match others {
        0 => format!("said in {first} alone"),
        others => format!(
            "first said in {first}; {} in all",
            count(others + 1, "passage")
        ),
    };
    if let (Some((earliest, _)), Some((latest, _))) =
        (origin.editions.first(), origin.editions.last())
    {
        let editions = with(Edition::Said) + with(Edition::Silent);
        told += &format!(
            "; {} of {} of {earliest}-{latest} {} it",
            with(Edition::Said),
            count(editions, "edition"),
            match with(Edition::Said) {
                1 => "says",
                _ => "say",
            }
        );
        if *earliest == first {
            told += &format!("; it may be older: the index has no edition before {first}");
        }
    }
    told
}

/// Years in a row without the passage.
struct Run {
    first: u16,
    last: u16,
    edition: Edition,
}

impl Run {
    fn line(&self) -> String {
        let years = match self.first == self.last {
            true => self.first.to_string(),
            false => format!("{}-{}", self.first, self.last),
        };
        let told = match self.edition {
            Edition::Missing => "no edition",
            _ => "not said",
        };
        format!("  {years:9}  {told}")
    }
}

fn silent_runs(origin: &Origin) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (year, edition) in &origin.editions {
        match runs.last_mut() {
            _ if *edition == Edition::Said => {}
            Some(run) if run.last + 1 == *year && run.edition == *edition => run.last = *year,
            _ => runs.push(Run {
                first: *year,
                last: *year,
                edition: *edition,
            }),
        }
    }
    runs
}

fn write_saying(
    out: &mut dyn Write,
    saying: &Saying,
    is_same_year: bool,
    before: Option<&Saying>,
    options: TextOptions,
) -> io::Result<()> {
    let passage = &saying.passage;
    let year = match passage.report.year {
        _ if is_same_year => String::new(),
        Some(year) => year.to_string(),
        None => "no year".to_owned(),
    };
    let first = if saying.is_first { "first" } else { "" };
    let how = match saying.likeness {
        _ if saying.is_asked => "asked for".to_owned(),
        Some(Likeness::Same) => "same words".to_owned(),
        Some(Likeness::Reworded(r)) => format!("reworded {r:.2}"),
        None => format!("chain {:.2}", saying.resemblance),
    };
    let line = format!("  {year:9}  {first:5}  {how:13}  ");
    let id = passage.id.to_string();
    let painted = options.paint.id(&id);
    match line.width() + id.width() <= options.width {
        true => writeln!(out, "{line}{painted}")?,
        false => {
            writeln!(out, "{}", line.trim_end())?;
            write_wrapped(out, &id, &[], INDENT, options)?;
        }
    }
    write_wrapped(out, &pincite(passage), &[], INDENT, options)?;
    if let Some(via) = &saying.via {
        write_wrapped(out, &format!("by way of {via}"), &[], INDENT, options)?;
    }
    let Some(before) = before else { return Ok(()) };
    let since = before
        .passage
        .report
        .year
        .map(|year| format!("since {year}"));
    let since = since.unwrap_or_default();
    let (old, new) = (&before.passage.text, &passage.text);
    let pieces = changes(old, new, fold);
    let told = match pieces.iter().all(|piece| piece.change == Change::Same) {
        true => "no word changed".to_owned(),
        false => marked(&pieces, old, new, options.paint),
    };
    write_wrapped(out, &format!("{since}: {told}"), &[], INDENT, options)
}
