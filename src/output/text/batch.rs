//! The counts of a batch's queries.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::gaps::shortened;
use super::{TextOptions, grouped, write_wrapped};
use crate::desk::batch::{Summary, SummaryRow};

/// The widest id, and the narrowest column of queries, in columns.
const ID: usize = 14;
const QUERY: usize = 16;

/// Writes a row for each query: passages, reports, and the counts by the facet,
/// in columns where all have room, else the greatest below the row.
///
/// # Errors
/// What writing fails with.
pub fn write_batch_summary(
    out: &mut dyn Write,
    summary: &Summary,
    options: TextOptions,
) -> io::Result<()> {
    let values = summary.values();
    let head = ["passages", "reports"];
    let columns: Vec<(&str, usize)> = values
        .iter()
        .map(|value| {
            let counts = summary
                .rows
                .iter()
                .map(|row| grouped(row.count_of(value)).len());
            (*value, counts.chain([value.width()]).max().unwrap_or(1))
        })
        .collect();
    let wide: usize = columns.iter().map(|(_, width)| width + 2).sum();
    let frame = Frame::of(
        summary
            .rows
            .iter()
            .map(|r| (r.id.as_str(), r.query.as_str())),
        options.width,
        2 * (8 + 2) + wide,
    );
    let (frame, columns) = match frame {
        Some(frame) => (frame, columns.as_slice()),
        None => {
            let ids = summary
                .rows
                .iter()
                .map(|r| (r.id.as_str(), r.query.as_str()));
            (
                Frame::of(ids, options.width, 2 * (8 + 2)).unwrap_or_default(),
                &[][..],
            )
        }
    };
    let mut title = frame.row("id", "query");
    for name in head {
        title.push_str(&format!("  {name:>8}"));
    }
    for (value, width) in columns {
        title.push_str(&format!("  {value:>width$}"));
    }
    writeln!(out, "{}", options.paint.title(&title))?;
    for row in &summary.rows {
        let mut line = frame.row(&row.id, &row.query);
        for n in [row.passages, row.reports] {
            line.push_str(&format!("  {:>8}", grouped(n)));
        }
        for (value, width) in columns {
            line.push_str(&format!("  {:>width$}", grouped(row.count_of(value))));
        }
        writeln!(out, "{line}")?;
        if columns.is_empty() && !row.counts.is_empty() {
            let by = summary.by.map_or("", |by| by.as_str());
            writeln!(
                out,
                "{:4}{by}: {}",
                "",
                greatest(row, options.width - 6 - by.len())
            )?;
        }
    }
    writeln!(out)?;
    writeln!(out, "{}", queries(summary.rows.len()))?;
    if let Some(by) = summary.by.filter(|_| summary.is_filtered_by_facet()) {
        let text = format!(
            "the counts by {by} leave out the filter of a query by {by} itself, as `facets` does"
        );
        write_wrapped(out, &text, &[], 0, options)?;
    }
    let empty = summary.rows.iter().filter(|row| row.passages == 0);
    write_named(
        out,
        "nothing found",
        empty.map(|row| row.id.as_str()),
        options,
    )
}

/// Writes a list of ids after what they have in common, where there are any.
pub(super) fn write_named<'a>(
    out: &mut dyn Write,
    what: &str,
    ids: impl Iterator<Item = &'a str>,
    options: TextOptions,
) -> io::Result<()> {
    let ids: Vec<&str> = ids.collect();
    if ids.is_empty() {
        return Ok(());
    }
    let text = format!("{what}: {}", ids.join(", "));
    write_wrapped(out, &text, &[], 0, options)
}

/// The greatest counts of a row that have room, and how many there are beside.
fn greatest(row: &SummaryRow, room: usize) -> String {
    let mut counts: Vec<&(String, u64)> = row.counts.iter().collect();
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let mut line = String::new();
    for (at, (value, n)) in counts.iter().enumerate() {
        let rest = counts.len() - at;
        let more = if at == 0 {
            String::new()
        } else {
            format!(", {rest} more")
        };
        let next = format!("{}{value} {}", if at == 0 { "" } else { ", " }, grouped(*n));
        let after = if rest > 1 {
            format!(", {} more", rest - 1)
        } else {
            String::new()
        };
        if at > 0 && line.width() + next.width() + after.width() > room {
            return line + &more;
        }
        line.push_str(&next);
    }
    line
}

/// The widths of the columns of id and query.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Frame {
    id: usize,
    query: usize,
}

impl Frame {
    /// The widths that leave room for other columns, the spaces before them
    /// counted; none where the queries would have too little.
    pub(super) fn of<'a>(
        rows: impl Iterator<Item = (&'a str, &'a str)>,
        width: usize,
        others: usize,
    ) -> Option<Self> {
        let mut widest = Frame { id: 2, query: 5 };
        for (id, query) in rows {
            widest.id = widest.id.max(id.width()).min(ID);
            widest.query = widest.query.max(query.width());
        }
        let room = width.checked_sub(others + widest.id + 2)?;
        let enough = room >= widest.query.min(QUERY);
        enough.then_some(Frame {
            id: widest.id,
            query: widest.query.min(room),
        })
    }

    /// The first two cells of a row.
    pub(super) fn row(&self, id: &str, query: &str) -> String {
        let flat: String = query.split_whitespace().collect::<Vec<_>>().join(" ");
        let cell = |text: &str, width: usize| {
            let short = shortened(text, width);
            let pad = width.saturating_sub(short.width());
            format!("{short}{:pad$}", "")
        };
        format!("{}  {}", cell(id, self.id), cell(&flat, self.query))
    }
}

/// A number of queries.
pub(super) fn queries(n: usize) -> String {
    match n {
        1 => "1 query".to_owned(),
        n => format!("{} queries", grouped(n as u64)),
    }
}
