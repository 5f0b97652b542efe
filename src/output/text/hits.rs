//! Hits: rank, pincite, what the report says of itself, the passage.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{TextOptions, count, grouped, write_notes, write_remark, write_wrapped};
use crate::cite::pincite;
use crate::index::IndexPart;
use crate::output::excerpt::excerpt;
use crate::report::Passage;
use crate::search::{Alike, Hit, SearchRequest, SearchResults};

/// Writes the hits of a search and how many more there are.
///
/// # Errors
/// What writing fails with.
pub fn write_hits(
    out: &mut dyn Write,
    results: &SearchResults,
    request: &SearchRequest,
    options: TextOptions,
) -> io::Result<()> {
    let digits = results.hits.last().map_or(1, |h| h.rank.to_string().len());
    for hit in &results.hits {
        write_hit(out, hit, digits, options)?;
        writeln!(out)?;
    }
    let shown = results.hits.len() as u64;
    let total = total_line(request, results);
    let folded = results.hits.iter().filter_map(|hit| hit.alike.as_ref());
    let folded: u64 = folded.map(|alike| alike.ids.len() as u64).sum();
    let last = match (results.hits.first(), results.hits.last()) {
        _ if folded > 0 && shown + folded == results.total => {
            format!("{total}, folded into {}", grouped(shown))
        }
        (Some(first), Some(last)) if folded > 0 => format!(
            "{total}, folded: {}-{} shown stand for {}",
            first.rank,
            last.rank,
            grouped(shown + folded)
        ),
        (None, _) if shown < results.total => format!("{total}, none shown"),
        (Some(first), Some(last)) if shown < results.total => {
            format!("{total}, {}-{} shown", first.rank, last.rank)
        }
        _ => total,
    };
    writeln!(out, "{}", options.paint.faint(&last))?;
    let passages = results.hits.iter().map(|hit| &hit.passage);
    write_notes(out, passages, 0, options)
}

/// How many passages match, as `12 passages`, and how many headings as well.
pub fn total_line(request: &SearchRequest, results: &SearchResults) -> String {
    let part = request
        .query
        .as_ref()
        .map_or(IndexPart::Passages, |q| q.part);
    let of_part = |n: u64| count(n, part.noun(1));
    match results.headings {
        _ if part != IndexPart::Passages => of_part(results.total),
        0 => of_part(results.total),
        n if request.headings => {
            format!("{} and {}", of_part(results.total - n), count(n, "heading"))
        }
        1 => format!(
            "{} (1 heading matches too: --headings)",
            of_part(results.total)
        ),
        n => format!(
            "{} ({} headings match too: --headings)",
            of_part(results.total),
            grouped(n)
        ),
    }
}

/// Writes a hit, its rank in so many digits.
pub(super) fn write_hit(
    out: &mut dyn Write,
    hit: &Hit,
    digits: usize,
    options: TextOptions,
) -> io::Result<()> {
    let passage = &hit.passage;
    let indent = digits + 2;
    let width = options.width.saturating_sub(indent).max(20);
    for (i, line) in textwrap::wrap(&pincite(passage), width).iter().enumerate() {
        let rank = if i == 0 {
            format!("{:>digits$}", hit.rank)
        } else {
            " ".repeat(digits)
        };
        writeln!(out, "{rank}  {}", options.paint.title(line))?;
    }
    let about = about(passage, width);
    write_wrapped(
        out,
        &about,
        &[],
        indent,
        TextOptions {
            paint: crate::output::Paint::Plain,
            ..options
        },
    )?;
    write_remark(out, passage, indent, options)?;
    if options.full {
        write_wrapped(out, &passage.text, &hit.highlights, indent, options)?;
    } else {
        let telling = match hit.telling.is_empty() {
            true => &hit.sentences,
            false => &hit.telling,
        };
        let pieces = excerpt(&passage.text, &hit.highlights, telling);
        let (shown, lit) = joined(&passage.text, &pieces, &hit.highlights);
        write_wrapped(out, &shown, &lit, indent, options)?;
    }
    match hit.alike.as_ref().filter(|alike| !alike.ids.is_empty()) {
        Some(alike) => {
            let line = options.paint.faint(&like_this(alike));
            writeln!(out, "{:indent$}{line}", "")
        }
        None => Ok(()),
    }
}

/// How many matches are folded into one, and of which years, as `(+6 like this:
/// 2015-2020)`.
fn like_this(alike: &Alike) -> String {
    let number = grouped(alike.ids.len() as u64);
    match years(&alike.years) {
        years if years.is_empty() => format!("(+{number} like this)"),
        years => format!("(+{number} like this: {years})"),
    }
}

/// How many runs of years are named one by one.
const RUNS: usize = 4;

/// Years in ascending order, those in a row as `2015-2020`.
fn years(years: &[u16]) -> String {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for year in years {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *year => *last = *year,
            _ => runs.push((*year, *year)),
        }
    }
    if runs.len() > RUNS
        && let (Some((first, _)), Some((_, last))) = (runs.first(), runs.last())
    {
        return format!("{} years of {first}-{last}", years.len());
    }
    let shown = runs.iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// Id and tier of a passage, and as many of its themes as one line of some width
/// holds, with how many more there are.
fn about(passage: &Passage, width: usize) -> String {
    let mut about = passage.id.to_string();
    if let Some(tier) = passage.report.tier {
        about = format!("{about} · {}", tier.label());
    }
    let themes = passage.themes.iter().map(|theme| &*theme.path);
    let themes: Vec<&str> = themes
        .map(|path| path.rsplit('/').next().unwrap_or(path))
        .collect();
    let with = |shown: usize| {
        let more = themes.len() - shown;
        let mut named: Vec<String> = themes[..shown].iter().map(|t| (*t).to_owned()).collect();
        named.extend((more > 0).then(|| format!("+{more}")));
        format!("{about} · {}", named.join(", "))
    };
    let fits = |shown: &usize| with(*shown).width() <= width;
    match themes.len() {
        0 => about,
        all => with((0..=all).rev().find(fits).unwrap_or(0)),
    }
}

/// The pieces of a text with `…` where something is left out, and the
/// highlights in what comes of it.
fn joined(
    text: &str,
    pieces: &[std::ops::Range<usize>],
    highlights: &[std::ops::Range<usize>],
) -> (String, Vec<std::ops::Range<usize>>) {
    let mut shown = String::new();
    let mut lit = Vec::new();
    let mut end = 0;
    for piece in pieces {
        if !text[end..piece.start].trim().is_empty() {
            shown.push_str(if shown.is_empty() { "… " } else { " … " });
        } else if !shown.is_empty() {
            shown.push(' ');
        }
        let start = shown.len();
        shown.push_str(&text[piece.clone()]);
        for h in highlights
            .iter()
            .filter(|h| h.start < piece.end && h.end > piece.start)
        {
            let from = h.start.max(piece.start) - piece.start;
            let to = h.end.min(piece.end) - piece.start;
            lit.push(start + from..start + to);
        }
        end = piece.end;
    }
    if !text[end..].trim().is_empty() {
        shown.push_str(" …");
    }
    (shown, lit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_a_row_are_runs() {
        for (typed, expected) in [
            (&[][..], ""),
            (&[2020], "2020"),
            (&[2015, 2016, 2017, 2020], "2015-2017, 2020"),
            (&[1970, 1972, 1974, 1976, 1978], "5 years of 1970-1978"),
        ] {
            assert_eq!(years(typed), expected);
        }
    }
}
