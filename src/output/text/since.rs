//! How a batch differs from an earlier run.

use std::io::{self, Write};

use super::batch::{Frame, write_named};
use super::{TextOptions, grouped, write_wrapped};
use crate::desk::Difference;
use crate::desk::batch::{Compared, QueryDifference, Since};

/// How many ids of each kind are named.
const NAMED: usize = 5;
/// What is counted in columns.
const IN_COLUMNS: [&str; 3] = ["new", "changed", "gone"];
/// The width of a column of numbers.
const NUMBER: usize = 7;

/// Writes a row for each query: passages before and now, how many are new,
/// changed and gone, and which; below it those that keep their words elsewhere.
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

/// How many passages differ how, as `1 new, 2 moved, 0 changed, 0 gone`.
pub(super) fn counted(difference: &Difference) -> String {
    let sums = sums(std::iter::once(difference)).into_iter();
    let told = sums.map(|(kind, n)| format!("{} {kind}", grouped(n)));
    told.collect::<Vec<_>>().join(", ")
}

/// How many passages of some differences differ how; what is kept is left out
/// where there is none.
fn sums<'d>(differences: impl Iterator<Item = &'d Difference>) -> Vec<(&'static str, u64)> {
    let mut sums = Difference::default().kinds().map(|(kind, _)| (kind, 0));
    for difference in differences {
        for (sum, (_, ids)) in sums.iter_mut().zip(difference.kinds()) {
            sum.1 += ids.len() as u64;
        }
    }
    let told = sums.into_iter();
    told.filter(|(kind, n)| *n > 0 || IN_COLUMNS.contains(kind))
        .collect()
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
    let kinds = query.difference.kinds().into_iter();
    for (kind, ids) in kinds.filter(|(_, ids)| !ids.is_empty()) {
        let named = ids.iter().take(NAMED).map(|(id, was)| match was {
            Some(was) => format!("{id} (was {was})"),
            None => (*id).to_owned(),
        });
        let named = named.collect::<Vec<_>>().join(", ");
        // What has no column of its own is counted here.
        let kind = match IN_COLUMNS.contains(&kind) {
            true => kind.to_owned(),
            false => format!("{} {kind}", grouped(ids.len() as u64)),
        };
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
    let differences = since.queries.iter().map(|query| &query.difference);
    let mut sums = sums(differences);
    let parts = of(Compared::Part).count();
    if parts > 0 && of(Compared::All).count() == 0 {
        sums.retain(|(kind, _)| *kind != "new");
    }
    let least = if parts > 0 { "at least " } else { "" };
    let told = |(kind, n): &(&str, u64)| match *kind {
        "new" => format!("{least}{} new", grouped(*n)),
        kind => format!("{} {kind}", grouped(*n)),
    };
    let text = sums.iter().map(told).collect::<Vec<_>>().join(", ");
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
