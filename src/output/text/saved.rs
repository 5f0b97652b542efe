//! Saved searches, and what is new about one.

use std::io::{self, Write};

use super::hits::write_hit;
use super::since::counted;
use super::{TextOptions, count, grouped, write_notes, write_wrapped};
use crate::desk::receipt::typed_filters;
use crate::desk::{Mark, News, SavedFile, SavedSearch};
use crate::search::Hit;

/// Writes the searches of a file, each with when it was last looked at.
///
/// # Errors
/// What writing fails with.
pub fn write_saved_list(
    out: &mut dyn Write,
    file: &SavedFile,
    marks: &[Option<Mark>],
    options: TextOptions,
) -> io::Result<()> {
    for ((name, search), mark) in file.searches.iter().zip(marks) {
        writeln!(out, "{}", options.paint.title(name))?;
        let say = |out: &mut dyn Write, text: &str| write_wrapped(out, text, &[], 2, options);
        say(out, &asked(search))?;
        if let Some(note) = &search.note {
            say(out, note)?;
        }
        match mark {
            Some(mark) => {
                let passages = count(mark.found.len() as u64, "passage");
                say(out, &format!("last looked at {}: {passages}", mark.date))?;
            }
            None => say(out, "not looked at yet")?,
        }
    }
    Ok(())
}

/// What a search asks, on one line.
fn asked(search: &SavedSearch) -> String {
    let query = search.query.as_deref().unwrap_or("all passages");
    let filters = typed_filters(&search.filters).into_iter();
    let filters = filters.map(|(name, values)| format!(" · {name} {}", values.join(", ")));
    format!("{query}{}", filters.collect::<String>())
}

/// Writes what is new about a search: at most `limit` passages of each kind.
///
/// # Errors
/// What writing fails with.
pub fn write_news(
    out: &mut dyn Write,
    news: &News,
    limit: usize,
    options: TextOptions,
) -> io::Result<()> {
    let query = news.query.as_deref().unwrap_or("all passages");
    let title = format!("{}: {query}", news.name);
    writeln!(out, "{}", options.paint.title(&title))?;
    let say = |out: &mut dyn Write, text: &str| write_wrapped(out, text, &[], 2, options);
    let all = count(news.passages as u64, "passage");
    let Some(since) = &news.since else {
        return say(out, &format!("not looked at before: {all}"));
    };
    let difference = &news.difference;
    let head = match difference.is_empty() {
        true => format!("since {since}: nothing new, {all}"),
        false => format!("since {since}: {}; {all}", counted(difference)),
    };
    say(out, &head)?;
    if news.asks_otherwise {
        say(out, "the search itself was changed since")?;
    } else if news.same_corpus && !difference.is_empty() {
        say(
            out,
            "the reports are the same: they were read or searched otherwise",
        )?;
    }
    write_list(out, "new", &news.new, limit, options)?;
    write_list(out, "changed, as it is now", &news.changed, limit, options)?;
    let others = difference.kinds();
    let others = others
        .iter()
        .filter(|(kind, _)| !matches!(*kind, "new" | "changed"));
    for (kind, ids) in others.filter(|(_, ids)| !ids.is_empty()) {
        writeln!(out, "\n{}", options.paint.title(kind))?;
        for (id, was) in ids {
            let was = was.map(|was| format!(", was {was}")).unwrap_or_default();
            writeln!(out, "  {}{was}", options.paint.id(id))?;
        }
    }
    Ok(())
}

fn write_list(
    out: &mut dyn Write,
    name: &str,
    hits: &[Hit],
    limit: usize,
    options: TextOptions,
) -> io::Result<()> {
    if hits.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", options.paint.title(name))?;
    let digits = hits.len().min(limit).to_string().len();
    for hit in hits.iter().take(limit) {
        write_hit(out, hit, digits, options)?;
    }
    let shown = hits.iter().take(limit).map(|hit| &hit.passage);
    write_notes(out, shown, 0, options)?;
    // What is kept as seen must be told: the others by their ids.
    let more = hits.iter().skip(limit);
    let more: Vec<String> = more.map(|hit| hit.passage.id.to_string()).collect();
    match more.len() {
        0 => Ok(()),
        n => {
            let text = format!("and {} more: {}", grouped(n as u64), more.join(", "));
            write_wrapped(out, &text, &[], 2, options)
        }
    }
}
