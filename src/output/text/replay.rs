//! What came of replaying a receipt, and what a methods section says of it.

use std::io::{self, Write};

use super::{TextOptions, count, grouped, write_wrapped};
use crate::desk::replay::{
    AnswerDifference, InReports, Reason, Replayed, ReplayedSearch, Unit, Verdict,
};
use crate::desk::{Difference, Receipt};
use crate::output::methods::methods;

/// How many ids or words of a list are shown.
const SHOWN: usize = 20;

/// Writes the paragraph of a receipt for a methods section.
///
/// # Errors
/// What writing fails with.
pub fn write_methods(
    out: &mut dyn Write,
    receipt: &Receipt,
    options: TextOptions,
) -> io::Result<()> {
    let items = methods(receipt);
    let text: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
    write_wrapped(out, &text.join(" "), &[], 0, options)
}

/// Writes what came of replaying a receipt.
///
/// # Errors
/// What writing fails with.
pub fn write_replayed(
    out: &mut dyn Write,
    replayed: &Replayed,
    options: TextOptions,
) -> io::Result<()> {
    let head = format!("receipt of {}, pincite {}", replayed.date, replayed.pincite);
    writeln!(out, "{}", options.paint.title(&head))?;
    write_wrapped(out, &replayed.command, &[], 2, options)?;
    if !replayed.intact {
        let note = "its digest does not fit: it was changed after it was written";
        write_wrapped(out, note, &[], 2, options)?;
    }
    for search in &replayed.searches {
        writeln!(out)?;
        write_search(out, search, options)?;
    }
    writeln!(out)?;
    write_corpus(out, replayed, options)?;
    for line in replayed
        .index
        .iter()
        .flat_map(|reason| told(reason, Unit::Passages))
    {
        write_wrapped(out, &line, &[], 2, options)?;
    }
    let verdicts = [
        (Verdict::Same, "same"),
        (Verdict::Changed, "changed"),
        (Verdict::Failed, "could not be run"),
    ];
    let verdicts = verdicts.map(|(verdict, told)| (replayed.count(verdict), told));
    let verdicts = verdicts.iter().filter(|(n, _)| *n > 0);
    let verdicts: Vec<String> = verdicts.map(|(n, told)| format!("{n} {told}")).collect();
    let all = match replayed.searches.len() {
        1 => "1 search".to_owned(),
        n => format!("{n} searches"),
    };
    writeln!(out, "\n{all}: {}", verdicts.join(", "))
}

fn write_search(
    out: &mut dyn Write,
    search: &ReplayedSearch,
    options: TextOptions,
) -> io::Result<()> {
    let id = search.id.as_ref().map(|id| format!("{id}: "));
    let query = search.query.as_deref().unwrap_or("all passages");
    let title = format!("{}{query}", id.unwrap_or_default());
    writeln!(out, "{}", options.paint.title(&title))?;
    let say = |out: &mut dyn Write, text: &str| write_wrapped(out, text, &[], 2, options);
    let counts = |counts: &crate::desk::receipt::SearchCounts| {
        let reports = count(counts.reports, "report");
        format!("{} in {reports}", count(counts.passages, "passage"))
    };
    if let Some(error) = &search.error {
        say(out, &format!("could not be run: {error}"))?;
        return match &search.hint {
            Some(hint) => say(out, &format!("hint: {hint}")),
            None => Ok(()),
        };
    }
    let Some(now) = &search.now else {
        return Ok(());
    };
    if search.verdict == Verdict::Same {
        return say(out, &format!("same: {}", counts(now)));
    }
    let before = &search.before;
    let mut head = format!("changed: {} then, {} now", counts(before), counts(now));
    if before.hits != now.hits {
        let (then, now) = (grouped(before.hits), grouped(now.hits));
        head.push_str(&format!("; {then} matches then, {now} now"));
    }
    say(out, &head)?;
    let mut unit = Unit::Passages;
    if let Some(AnswerDifference { of, ids }) = &search.difference {
        unit = *of;
        if unit == Unit::Reports {
            say(out, "the receipt keeps what was found by report:")?;
        }
        write_difference(out, ids, options)?;
    }
    for reason in &search.reasons {
        for line in told(reason, unit) {
            say(out, &line)?;
        }
    }
    Ok(())
}

fn write_corpus(out: &mut dyn Write, replayed: &Replayed, options: TextOptions) -> io::Result<()> {
    let corpus = &replayed.corpus;
    writeln!(out, "{}", options.paint.title("corpus"))?;
    let (then, now) = (&corpus.before, &corpus.now);
    let held = |counts: &crate::index::Counts| {
        let reports = count(counts.reports, "report");
        format!("{reports}, {}", count(counts.passages, "passage"))
    };
    let line = match corpus.same {
        true => format!("same: {}", held(now)),
        false => format!("changed: {} then; {} now", held(then), held(now)),
    };
    write_wrapped(out, &line, &[], 2, options)?;
    match &corpus.reports {
        Some(reports) => write_difference(out, reports, options),
        None if corpus.same => Ok(()),
        None => {
            let note = "the receipt does not name the reports: there were too many";
            write_wrapped(out, note, &[], 2, options)
        }
    }
}

/// The ids that differ by how they do, a line each.
fn write_difference(
    out: &mut dyn Write,
    difference: &Difference,
    options: TextOptions,
) -> io::Result<()> {
    for (name, ids) in difference.kinds() {
        for (id, was) in ids.iter().take(SHOWN) {
            let id = options.paint.id(id);
            match was {
                Some(was) => writeln!(out, "  {name:8} {id}, was {was}")?,
                None => writeln!(out, "  {name:8} {id}")?,
            }
        }
        if ids.len() > SHOWN {
            let more = grouped((ids.len() - SHOWN) as u64);
            writeln!(out, "  {name:8} and {more} more")?;
        }
    }
    Ok(())
}

/// A reason in lines.
fn told(reason: &Reason, unit: Unit) -> Vec<String> {
    let told = match reason {
        Reason::Version { before, now } => format!("pincite {before} then, {now} now"),
        Reason::Words { before, now } => {
            format!("the index has other rules: {before} then; {now} now")
        }
        Reason::Profiles => "the profiles that cut reports into passages are others".to_owned(),
        Reason::Lexicon => "why: the lexicon that gives the themes is another".to_owned(),
        Reason::BuiltInSynonyms => "why: the built-in synonyms are others".to_owned(),
        Reason::Synonyms { path } => format!("why: the file of synonyms `{path}` was changed"),
        Reason::Understood { before, now } => {
            format!("why: understood as {before} then, as {now} now")
        }
        Reason::Pattern { pattern, new, gone } => {
            format!(
                "why: {pattern} stands for other words: {}",
                listed(new, gone)
            )
        }
        Reason::Filter { filter, new, gone } => {
            format!(
                "why: the filter {filter} means other values: {}",
                listed(new, gone)
            )
        }
        Reason::Corpus => "why: the corpus is another".to_owned(),
        Reason::Reports { new, changed, gone } => {
            let lists = [("new", new), ("changed", changed), ("gone", gone)];
            let lists = lists.iter().filter_map(|(name, places)| {
                placed(places, unit).map(|places| format!("why {name}: {places}"))
            });
            return lists.collect();
        }
    };
    vec![told]
}

fn placed(places: &InReports, unit: Unit) -> Option<String> {
    let told = [
        (places.new, "added since"),
        (places.changed, "changed since"),
        (places.gone, "removed since"),
        (places.same, "as they were"),
    ];
    let told = told.iter().filter(|(n, _)| *n > 0);
    let told = told.map(|(n, what)| match unit {
        Unit::Passages => format!("{} in reports {what}", grouped(*n)),
        Unit::Reports => format!("{} {what}", grouped(*n)),
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join(", "))
}

fn listed(new: &[String], gone: &[String]) -> String {
    let list = |sign: &str, values: &[String]| -> Option<String> {
        let shown: Vec<String> = values
            .iter()
            .take(SHOWN)
            .map(|v| format!("{sign}{v}"))
            .collect();
        let more = match values.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        (!values.is_empty()).then(|| shown.join(" ") + &more)
    };
    let both = [list("+", new), list("-", gone)].into_iter().flatten();
    both.collect::<Vec<_>>().join(" ")
}
