//! How a batch differs from an earlier run.

use std::io::{self, Write};

use super::batch::{Frame, write_named};
use super::{TextOptions, grouped, write_wrapped};
use crate::desk::batch::{Compared, QueryDifference, Since};

/// How many ids of each kind are named.
const NAMED: usize = 5;
/// The width of a column of numbers.
const NUMBER: usize = 7;

/// Writes a row for each query: passages before and now, how many are new,
/// changed and gone, and which.
///
/// # Errors
/// What writing fails with.
pub fn write_since(out: &mut dyn Write, since: &Since, options: TextOptions) -> io::Result<()> {
    let corpus = match since.other_corpus {
        Some(true) => ", made from another corpus",
        Some(false) => ", made from the same corpus",
        None => "",
    };
    let title = format!("since {}{corpus}", since.file);
    writeln!(out, "{}", options.paint.title(&title))?;
    let ids = since.queries.iter();
    let ids = ids.map(|q| (q.id.as_str(), q.query.as_str()));
    let frame = Frame::of(ids, options.width, 5 * (NUMBER + 2)).unwrap_or_default();
    let cells = |first: String, cells: [String; 5]| {
        let numbers = cells.map(|cell| format!("  {cell:>NUMBER$}"));
        first + &numbers.concat()
    };
    let names = ["before", "now", "new", "changed", "gone"].map(str::to_owned);
    let head = cells(frame.row("id", "query"), names);
    writeln!(out, "{}", options.paint.title(&head))?;
    for query in &since.queries {
        let row = cells(frame.row(&query.id, &query.query), numbers(query));
        writeln!(out, "{row}")?;
        write_passages(out, query, options)?;
    }
    writeln!(out)?;
    write_notes(out, since, options)
}

/// The numbers of a row; `?` where they cannot be told, `-` where the query was
/// not asked before.
fn numbers(query: &QueryDifference) -> [String; 5] {
    let known = |n: Option<u64>| n.map_or("?".to_owned(), grouped);
    let now = grouped(query.now);
    let difference = &query.difference;
    let size = |ids: &[String]| grouped(ids.len() as u64);
    let none = || "-".to_owned();
    match query.compared {
        Compared::No => [none(), now, none(), none(), none()],
        compared => [
            known(query.before),
            now,
            match compared {
                Compared::All => size(&difference.new),
                _ => known(None),
            },
            size(&difference.changed),
            size(&difference.gone),
        ],
    }
}

fn write_passages(
    out: &mut dyn Write,
    query: &QueryDifference,
    options: TextOptions,
) -> io::Result<()> {
    if let Some(before) = &query.query_before {
        write_wrapped(out, &format!("it was `{before}`"), &[], 4, options)?;
    }
    if query.other_filters {
        write_wrapped(out, "its filters were others", &[], 4, options)?;
    }
    let kinds = [
        ("new", &query.difference.new),
        ("changed", &query.difference.changed),
        ("gone", &query.difference.gone),
    ];
    for (kind, ids) in kinds.into_iter().filter(|(_, ids)| !ids.is_empty()) {
        let named = ids[..ids.len().min(NAMED)].join(", ");
        let more = match ids.len().saturating_sub(NAMED) {
            0 => String::new(),
            n => format!(" and {} more", grouped(n as u64)),
        };
        write_wrapped(out, &format!("{kind}: {named}{more}"), &[], 4, options)?;
    }
    Ok(())
}

/// What could not be compared, and the sums.
fn write_notes(out: &mut dyn Write, since: &Since, options: TextOptions) -> io::Result<()> {
    let of = |compared| since.queries.iter().filter(move |q| q.compared == compared);
    let sum = |size: fn(&QueryDifference) -> usize| -> String {
        grouped(since.queries.iter().map(size).sum::<usize>() as u64)
    };
    let parts = of(Compared::Part).count();
    let text = format!(
        "{}{} changed, {} gone",
        match parts {
            0 => format!("{} new, ", sum(|q| q.difference.new.len())),
            _ if of(Compared::All).count() == 0 => String::new(),
            _ => format!("at least {} new, ", sum(|q| q.difference.new.len())),
        },
        sum(|q| q.difference.changed.len()),
        sum(|q| q.difference.gone.len()),
    );
    writeln!(out, "{text}")?;
    if let Some(first) = of(Compared::Part).next() {
        let held = match first.before {
            Some(before) => format!(
                "as {} of {} of query {}",
                grouped(first.held),
                grouped(before),
                first.id
            ),
            None => "and a CSV file does not say how many matched".to_owned(),
        };
        let text = format!(
            "compared in part: the file holds only the hits that were written then, {held}; what \
             is new (?) cannot be told from it, and changed and gone are of those hits alone. \
             `--keep FILE` keeps all passages for the next time"
        );
        write_wrapped(out, &text, &[], 0, options)?;
        let ids = of(Compared::Part).map(|q| q.id.as_str());
        if of(Compared::All).next().is_some() {
            write_named(out, "queries compared in part", ids, options)?;
        }
    }
    let no = of(Compared::No).map(|q| q.id.as_str());
    write_named(out, "not in the file", no, options)?;
    write_named(
        out,
        "only in the file",
        since.missing().into_iter(),
        options,
    )
}
