//! A concordance as lines that are aligned on their matches.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{TextOptions, count, write_notes};
use crate::desk::{Concordance, Line};
use crate::text::Analysis;

/// What stands before a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LineNames {
    /// Code of the country and year, as `KHM 2021`.
    #[default]
    Source,
    /// The id of the passage.
    Id,
}

/// The widest name of a line, in columns.
const NAME: usize = 32;
/// The least room for a context, in columns.
const FEWEST: usize = 10;
/// The widest match that is shown whole, in columns, where the line is wide
/// enough.
const MATCH: usize = 40;

/// Writes a concordance and how many lines there are. The matches of all lines
/// begin in one column; contexts have no broken word at their far ends.
///
/// # Errors
/// What writing fails with.
pub fn write_concordance(
    out: &mut dyn Write,
    concordance: &Concordance,
    names: LineNames,
    options: TextOptions,
) -> io::Result<()> {
    let named: Vec<String> = concordance.lines.iter().map(|l| name(l, names)).collect();
    let name = named.iter().map(|n| n.width()).max().unwrap_or(0);
    let room = options.width.saturating_sub(name + 2);
    // Half of what the usual match leaves free is for the left context.
    let mut widths: Vec<usize> = concordance
        .lines
        .iter()
        .map(|l| l.matched().width())
        .collect();
    widths.sort_unstable();
    let usual = widths
        .get(widths.len() / 2)
        .copied()
        .unwrap_or(0)
        .min(MATCH);
    let left = (room.saturating_sub(usual) / 2).max(FEWEST);
    for (line, named) in concordance.lines.iter().zip(&named) {
        let before = last_of(line.left(), left);
        let rest = room.saturating_sub(left).max(FEWEST);
        let matched = match line.matched().width() > rest {
            true => format!("{}…", first_of(line.matched(), rest - 1)),
            false => line.matched().to_owned(),
        };
        let after = first_of(line.right(), rest.saturating_sub(matched.width()));
        let shown = format!(
            "{}{:pad$}  {:indent$}{before}{}{after}",
            options.paint.faint(named),
            "",
            "",
            options.paint.lit(&matched),
            pad = name.saturating_sub(named.width()),
            indent = left.saturating_sub(before.width()),
        );
        writeln!(out, "{}", shown.trim_end())?;
    }
    if !concordance.lines.is_empty() {
        writeln!(out)?;
    }
    writeln!(out, "{}", options.paint.faint(&told(concordance)))?;
    let passages = concordance.lines.iter().map(|line| &*line.passage);
    write_notes(out, passages, 0, options)
}

/// How many lines there are and are shown.
fn told(concordance: &Concordance) -> String {
    let all = count(concordance.total, "line");
    let passages = count(concordance.passages, "passage");
    let shown = concordance.lines.len() as u64;
    let mut told = format!("{all} in {passages}");
    if let Some(drawn) = concordance.drawn.filter(|n| *n < concordance.total) {
        told.push_str(&format!(", {} drawn", count(drawn, "line")));
    }
    if shown < concordance.drawn.unwrap_or(concordance.total) {
        told.push_str(&match shown {
            0 => ", none shown".to_owned(),
            n => format!(", 1-{n} shown"),
        });
    }
    told
}

fn name(line: &Line, names: LineNames) -> String {
    let passage = &line.passage;
    let report = &passage.report;
    match (names, &report.country, report.year) {
        (LineNames::Source, Some(country), Some(year)) => format!("{} {year}", country.iso3),
        (LineNames::Source, Some(country), None) => country.iso3.clone(),
        (LineNames::Source, None, Some(year)) => format!("{} {year}", report.series),
        (LineNames::Source, None, None) => shortened(&passage.id.report.to_string(), FEWEST),
        (LineNames::Id, ..) => shortened(&passage.id.to_string(), NAME),
    }
}

fn shortened(name: &str, width: usize) -> String {
    match name.width() > width {
        true => format!("{}…", cut(name, width - 1)),
        false => name.to_owned(),
    }
}

/// The longest beginning of `width` columns at most.
fn cut(text: &str, width: usize) -> &str {
    let mut columns = 0;
    let mut chars = text.char_indices();
    let end = chars.find(|(_, c)| {
        columns += c.width().unwrap_or(0);
        columns > width
    });
    &text[..end.map_or(text.len(), |(i, _)| i)]
}

/// The longest end of `width` columns at most.
fn cut_back(text: &str, width: usize) -> &str {
    let mut columns = 0;
    let mut chars = text.char_indices().rev();
    let before = chars.find(|(_, c)| {
        columns += c.width().unwrap_or(0);
        columns > width
    });
    &text[before.map_or(0, |(i, c)| i + c.len_utf8())..]
}

/// As many whole words from the end of a text as have room. Where white space
/// divides none of them, they are words as they are indexed.
fn last_of(text: &str, width: usize) -> &str {
    let near = text.len() - cut_back(text, width).len();
    let space = text[..near].rfind(char::is_whitespace);
    let chunk = space.map_or(0, |i| next_char(text, i));
    if chunk == near {
        return text[near..].trim_start();
    }
    let space = text[near..].find(char::is_whitespace);
    if let Some(start) = space.map(|i| next_char(text, near + i))
        && start < text.len()
    {
        return &text[start..];
    }
    let analysis = Analysis::of(&text[chunk..]);
    let starts = analysis.tokens().iter().map(|t| chunk + t.span.start);
    let start = starts.filter(|start| *start >= near).min();
    &text[start.unwrap_or(text.len())..]
}

/// As many whole words from the beginning of a text as have room. Where white
/// space divides none of them, they are words as they are indexed.
fn first_of(text: &str, width: usize) -> &str {
    let near = cut(text, width).len();
    let space = text[near..].find(char::is_whitespace);
    let chunk = space.map_or(text.len(), |i| near + i);
    if chunk == near {
        return &text[..near];
    }
    if let Some(end) = text[..near].rfind(char::is_whitespace) {
        return &text[..end];
    }
    let analysis = Analysis::of(&text[..chunk]);
    let ends = analysis.tokens().iter().map(|t| t.span.end);
    let end = ends.filter(|end| *end <= near).max();
    &text[..end.unwrap_or(0)]
}

/// The place behind the character at `at`.
fn next_char(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_ends_have_whole_words() {
        for (text, width, last, first) in [
            ("one two three", 13, "one two three", "one two three"),
            ("one two three", 12, "two three", "one two"),
            ("one two three", 9, "two three", "one two"),
            ("one two three", 4, "", "one"),
            ("né Türkiye", 9, "Türkiye", "né"),
            ("人身買賣受害者", 6, "受害者", "人身買"),
            ("one ", 2, "", ""),
            ("", 5, "", ""),
        ] {
            assert_eq!(last_of(text, width), last, "{text} {width}");
            assert_eq!(first_of(text, width), first, "{text} {width}");
        }
    }

    proptest::proptest! {
        #[test]
        fn contexts_fit_and_are_parts_at_words(text in "[a-z人é  ’“-]{0,40}", width in 0usize..30) {
            let (last, first) = (last_of(&text, width), first_of(&text, width));
            proptest::prop_assert!(last.width() <= width && first.width() <= width);
            proptest::prop_assert!(text.ends_with(last) && text.starts_with(first));
            // White space, or else no letters, stand on one side of the far end.
            let parts = |at: usize| {
                let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase());
                let sides = (text[..at].chars().next_back(), text[at..].chars().next());
                !letter(sides.0) || !letter(sides.1)
            };
            proptest::prop_assert!(parts(text.len() - last.len()) && parts(first.len()));
        }
    }
}
