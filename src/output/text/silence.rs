//! The grid of who says something of a query and who says nothing.

use std::io::{self, Write};
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::gaps::{header, shortened};
use super::strip::Signs;
use super::{TextOptions, added_note, count, expansion_note, grouped, write_wrapped};
use crate::desk::answer::short;
use crate::desk::silence::{Counted, Kept, Line, Silence};
use crate::desk::values::{left_out, left_out_before};
use crate::index::FacetName;
use crate::output::levels::Levels;

/// The widest name of a row, in columns.
const NAME: usize = 24;
/// The fewest columns of a strip.
const FEWEST: usize = 10;
/// How many printed forms are named.
const NAMED: usize = 12;
/// The room of the totals of a row.
const TOTALS: usize = 2 + 6 + 1 + 7;

/// Writes the grid, what the query was found by, and what a `0` means.
///
/// # Errors
/// What writing fails with.
pub fn write_silence(
    out: &mut dyn Write,
    silence: &Silence,
    signs: Signs,
    options: TextOptions,
) -> io::Result<()> {
    let config = &silence.config;
    let what = match config.counted {
        Counted::Passages => "passages that match",
        Counted::Hits => "hits",
    };
    let title = format!(
        "{what}, {} by {}: {}",
        config.rows, config.columns, silence.query.text
    );
    for line in textwrap::wrap(&title, options.width) {
        writeln!(out, "{}", options.paint.title(&line))?;
    }
    let total = &silence.total;
    let summary = format!(
        "{} of {} speak of it, {} silent ({} in {})",
        grouped(total.speak()),
        count(total.all.reports, "report"),
        match total.silent() {
            1 => "1 is".to_owned(),
            n => format!("{} are", grouped(n)),
        },
        count(total.found.hits, "hit"),
        count(total.found.passages, "passage"),
    );
    write_wrapped(out, &summary, &[], 2, options)?;
    if silence.columns.is_empty() {
        let none = format!("no report has a {} and a {}", config.rows, config.columns);
        write_wrapped(out, &none, &[], 2, options)?;
    } else {
        write_grid(out, silence, signs, options)?;
    }
    write_notes(out, silence, options)
}

fn write_grid(
    out: &mut dyn Write,
    silence: &Silence,
    signs: Signs,
    options: TextOptions,
) -> io::Result<()> {
    let name = silence.rows.iter().map(|row| row_label(row).width()).max();
    let name = name.unwrap_or_default().clamp(4, NAME);
    let room = options.width.saturating_sub(name + 4 + TOTALS).max(FEWEST);
    let greatest = silence.cells.iter().flatten();
    let greatest = greatest
        .filter_map(|c| c.count(silence.config.counted))
        .max();
    let greatest = greatest.unwrap_or_default();
    let digits = grouped(greatest).len();
    let headings = headings(silence, room, digits);
    let lettered = match &headings {
        Some(headings) => headings.iter().all(|h| h.width() == 1),
        None => true,
    };
    match &headings {
        Some(headings) => {
            let width = headings.iter().map(|h| h.width()).max().unwrap_or(1);
            let width = width.max(digits) + 1;
            writeln!(out)?;
            let legend = ["- no report", "0 a report that says nothing"];
            write_items(out, &legend.map(str::to_owned), 2, options)?;
            writeln!(out)?;
            let line: String = headings.iter().map(|h| right(h, width)).collect();
            writeln!(out, "  {:name$} {line}{}", "", totals_head())?;
            for (row, cells) in silence.rows.iter().zip(&silence.cells) {
                let counts = cells.iter().map(|c| c.count(silence.config.counted));
                let line: String = counts
                    .map(|n| right(&n.map_or_else(|| "-".to_owned(), grouped), width))
                    .collect();
                write_row(out, row, name, &line, options, "")?;
            }
        }
        None => {
            let levels = Levels::new(greatest, signs.levels());
            writeln!(out)?;
            let mut legend = vec![
                "- no report".to_owned(),
                format!("{} a report that says nothing", signs.zero()),
            ];
            legend.extend(signs.legend(&levels));
            write_items(out, &legend, 2, options)?;
            for columns in pieces(silence, room) {
                writeln!(out)?;
                let strip = Strip::new(silence, columns.clone());
                let pad = strip.width;
                let head = strip.head(silence);
                writeln!(out, "  {:name$}  {head:pad$}{}", "", totals_head())?;
                for (row, cells) in silence.rows.iter().zip(&silence.cells) {
                    let counts = cells[columns.clone()].iter();
                    let counts = counts.map(|c| c.count(silence.config.counted));
                    let line = strip.line(counts.map(|n| signs.count(n, &levels)));
                    write_row(out, row, name, &line, options, " ")?;
                }
            }
        }
    }
    if silence.left_out > 0 {
        let only = match silence.config.kept {
            Kept::AlwaysSilent => "a report speaks",
            _ => "no report is silent",
        };
        let text = format!(
            "not shown: {}, where {only}",
            count(silence.left_out as u64, "row")
        );
        write_wrapped(out, &text, &[], 2, options)?;
    }
    write_columns(out, silence, lettered, options)
}

fn totals_head() -> String {
    format!("  {:>6} {:>7}", "speak", "silent")
}

/// The name of a row; of a path its last step, as deep as it lies.
fn row_label(row: &Line) -> String {
    let depth = row.label.matches('/').count();
    let last = row.label.rsplit('/').next().unwrap_or_default();
    format!("{:indent$}{last}", "", indent = 2 * depth)
}

fn write_row(
    out: &mut dyn Write,
    row: &Line,
    name: usize,
    line: &str,
    options: TextOptions,
    gap: &str,
) -> io::Result<()> {
    let label = shortened(&row_label(row), name);
    let pad = name - label.width();
    let silent = format!("{:>7}", grouped(row.all.silent()));
    let silent = match row.all.speak() {
        0 => options.paint.lit(&silent),
        _ => silent,
    };
    let speak = grouped(row.all.speak());
    writeln!(out, "  {label}{:pad$} {gap}{line}  {speak:>6} {silent}", "")
}

/// What stands above columns that have room for counts of so many digits: their
/// values, or letters where those are too long; none where neither fits.
fn headings(silence: &Silence, room: usize, digits: usize) -> Option<Vec<String>> {
    let fits = |headings: &Vec<String>| {
        let width = headings.iter().map(|h| h.width()).max().unwrap_or(1);
        (width.max(digits) + 1) * headings.len() <= room
    };
    let values: Vec<String> = silence.columns.iter().map(|c| c.value.clone()).collect();
    let letters = (0..values.len()).map(|column| letter(column).to_string());
    let letters = (silence.config.columns != FacetName::Year).then(|| letters.collect());
    let candidates = [Some(values), letters];
    candidates.into_iter().flatten().find(fits)
}

/// The columns in pieces of at most so many characters.
fn pieces(silence: &Silence, room: usize) -> Vec<Range<usize>> {
    let values = silence.column_values();
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut taken = 0;
    for at in 0..values.len() {
        let is_break = left_out_before(&values, at).is_some();
        let wide = 1 + usize::from(is_break);
        match pieces.last_mut() {
            Some(piece) if taken + wide <= room => {
                piece.end = at + 1;
                taken += wide;
            }
            _ => {
                pieces.push(at..at + 1);
                taken = 1;
            }
        }
    }
    pieces
}

/// Where the columns of a piece stand: a space parts years that are not side by
/// side.
struct Strip {
    columns: Range<usize>,
    /// Whether a space stands before each.
    spaced: Vec<bool>,
    width: usize,
}

impl Strip {
    fn new(silence: &Silence, columns: Range<usize>) -> Self {
        let values = silence.column_values();
        let spaced = columns
            .clone()
            .map(|at| at > columns.start && left_out_before(&values, at).is_some());
        let spaced: Vec<bool> = spaced.collect();
        Strip {
            width: columns.len() + spaced.iter().filter(|s| **s).count(),
            spaced,
            columns,
        }
    }

    fn line(&self, signs: impl Iterator<Item = char>) -> String {
        let mut line = String::new();
        for (sign, spaced) in signs.zip(&self.spaced) {
            if *spaced {
                line.push(' ');
            }
            line.push(sign);
        }
        line
    }

    /// What stands above: letters, or the years that have room, those after a
    /// space among them.
    fn head(&self, silence: &Silence) -> String {
        let shown = &silence.columns[self.columns.clone()];
        if silence.config.columns != FacetName::Year {
            return self.line(self.columns.clone().map(letter));
        }
        let mut head = String::new();
        let mut runs: Vec<Vec<u16>> = Vec::new();
        for (column, spaced) in shown.iter().zip(&self.spaced) {
            let year = column.value.parse().unwrap_or_default();
            match runs.last_mut() {
                Some(run) if !spaced => run.push(year),
                _ => runs.push(vec![year]),
            }
        }
        let mut at = 0;
        for run in runs {
            let years = header(&run);
            // A year that reaches into the next run takes its place.
            if head.len() < at || at == 0 {
                head.push_str(&" ".repeat(at - head.len()));
                head.push_str(&years);
            }
            at += run.len() + 1;
        }
        head
    }
}

/// The sign of a column: `a` to `z`, `A` to `Z`, digits, `α` to `ω`, then again.
fn letter(column: usize) -> char {
    let letters = ('a'..='z').chain('A'..='Z').chain('0'..='9');
    letters
        .chain('α'..='ω')
        .cycle()
        .nth(column % 87)
        .unwrap_or('?')
}

/// How many reports of each column speak and are silent, several in a line.
fn write_columns(
    out: &mut dyn Write,
    silence: &Silence,
    lettered: bool,
    options: TextOptions,
) -> io::Result<()> {
    let by = silence.config.columns;
    writeln!(out, "\n  each {by}: reports that speak / are silent")?;
    let items: Vec<String> = silence
        .columns
        .iter()
        .enumerate()
        .map(|(i, column)| {
            let name = match by {
                FacetName::Year => column.label.clone(),
                _ if !lettered => column.label.clone(),
                _ => format!("{} {}", letter(i), column.label),
            };
            let (speak, silent) = (column.all.speak(), column.all.silent());
            let counts = match column.all.all.reports {
                0 => "-".to_owned(),
                _ => format!("{}/{}", grouped(speak), grouped(silent)),
            };
            format!("{}  {counts}", shortened(&name, 40))
        })
        .collect();
    let empty = left_out(&silence.column_values());
    let width = items.iter().map(|i| i.width()).max().unwrap_or(1) + 3;
    let in_line = (options.width.saturating_sub(4) / width).max(1);
    for line in items.chunks(in_line) {
        let line: String = line
            .iter()
            .map(|i| format!("{i}{:1$}", "", width - i.width()))
            .collect();
        writeln!(out, "    {}", line.trim_end())?;
    }
    match empty.len() {
        0 => Ok(()),
        _ => write_wrapped(
            out,
            &format!("no report of any: {}", empty.join(", ")),
            &[],
            4,
            options,
        ),
    }
}

/// Writes items divided by two spaces, none of them parted.
fn write_items(
    out: &mut dyn Write,
    items: &[String],
    indent: usize,
    options: TextOptions,
) -> io::Result<()> {
    let mut line = String::new();
    for item in items {
        let is_first = line.is_empty();
        if !is_first && indent + line.width() + 2 + item.width() > options.width {
            writeln!(out, "{:indent$}{line}", "")?;
            line.clear();
        } else if !is_first {
            line.push_str("  ");
        }
        line.push_str(item);
    }
    writeln!(out, "{:indent$}{line}", "")
}

fn write_notes(out: &mut dyn Write, silence: &Silence, options: TextOptions) -> io::Result<()> {
    let mut say = |text: &str| write_wrapped(out, text, &[], 2, options);
    if silence.outside.all.passages > 0 {
        say(&format!(
            "not in the grid: {}, {} of which match, without a {} or a {}",
            count(silence.outside.all.passages, "passage"),
            grouped(silence.outside.found.passages),
            silence.config.rows,
            silence.config.columns
        ))?;
    }
    if !silence.by_heading.is_empty() {
        let named = silence.by_heading.iter().take(NAMED);
        let named: Vec<String> = named
            .map(|heading| format!("`{}` ({})", heading.text, heading.id))
            .collect();
        let more = silence.by_heading.len().saturating_sub(NAMED);
        let more = match more {
            0 => String::new(),
            n => format!(", and {} more", grouped(n as u64)),
        };
        say(&format!(
            "{} silent here {} a heading that matches: {}{more}",
            count(silence.by_heading.len() as u64, "report"),
            match silence.by_heading.len() {
                1 => "has",
                _ => "have",
            },
            named.join(", ")
        ))?;
    }
    writeln!(out, "\n{}", options.paint.title("what the query matched"))?;
    let mut say = |text: &str| write_wrapped(out, text, &[], 2, options);
    for expansion in &silence.expansions {
        say(&expansion_note(expansion))?;
    }
    for added in &silence.query.added {
        say(&added_note(added))?;
    }
    let forms: Vec<String> = silence
        .forms
        .iter()
        .take(NAMED)
        .map(|(form, n)| format!("{form} {}", grouped(*n)))
        .collect();
    let more = silence.forms.len().saturating_sub(NAMED);
    match (forms.len(), more) {
        (0, _) if silence.total.found.passages + silence.outside.found.passages > 0 => {
            say("it names no words that could light up")?;
        }
        (0, _) => say("no passage within the filters; `pincite search` tells why")?,
        (_, 0) => say(&format!("printed as: {}", forms.join(", ")))?,
        _ => say(&format!(
            "printed as: {}, and {more} more (`--format json` lists them)",
            forms.join(", ")
        ))?,
    }
    writeln!(out, "\n{}", options.paint.title("what a 0 means"))?;
    let mut say = |text: &str| write_wrapped(out, text, &[], 2, options);
    say(
        "A 0 is about this query: the report is in the index, and within the filters no \
         passage of it matches. It may say the same in other words.",
    )?;
    if let Some(offer) = &silence.offer {
        let words: Vec<String> = offer.added.iter().map(added_note).collect();
        let gain = match offer.passages {
            0 => "which finds nothing more here".to_owned(),
            n => format!(
                "which finds {} more, and {} more speak",
                count(n, "passage"),
                count(offer.reports, "report")
            ),
        };
        say(&format!("with `--expand` {}: {gain}", words.join("; ")))?;
    }
    say(&format!("answer {}", short(&silence.digest)))
}

fn right(text: &str, width: usize) -> String {
    format!("{:1$}{text}", "", width.saturating_sub(text.width()))
}
