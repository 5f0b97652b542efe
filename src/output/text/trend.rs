//! Trends: a line of characters for each query, then its figures.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::gaps::{header, shortened};
use super::strip::Signs;
use super::{TextOptions, added_note, count, expansion_note, grouped, write_wrapped};
use crate::desk::Measure;
use crate::desk::answer::short;
use crate::desk::shares::{FEW_PASSAGES, FEW_REPORTS, rests_on_few};
use crate::desk::trend::{Group, Series, Trend};
use crate::desk::values::left_out;
use crate::index::FacetName;

/// The widest name of a group, in columns.
const NAME: usize = 18;
/// A name no wider than this leaves room for all columns.
const NARROW: usize = 5;

/// Writes trends: lines of a measure for years, then all figures.
///
/// # Errors
/// What writing fails with.
pub fn write_trend(
    out: &mut dyn Write,
    trend: &Trend,
    measure: Measure,
    signs: Signs,
    options: TextOptions,
) -> io::Result<()> {
    let slice = format!(
        "{}, by {}, of {}, {} and {}",
        measure.title(),
        trend.by,
        count(trend.total.reports, "report"),
        count(trend.total.passages, "passage"),
        count(trend.total.words, "word"),
    );
    for line in textwrap::wrap(&slice, options.width) {
        writeln!(out, "{}", options.paint.title(&line))?;
    }
    if trend.groups.is_empty() {
        write_wrapped(
            out,
            &format!("no report has a {}", trend.by),
            &[],
            2,
            options,
        )?;
    }
    if trend.by == FacetName::Year && !trend.groups.is_empty() {
        for series in &trend.series {
            write_line(out, trend, series, measure, signs, options)?;
        }
        let legend = format!(
            "{} {} is the highest; {} none, - no report",
            signs.level(0),
            signs.level(signs.levels() - 1),
            signs.zero()
        );
        let legend = legend.replacen(' ', " to ", 1);
        writeln!(out)?;
        write_wrapped(out, &legend, &[], 2, options)?;
    }
    let mut is_flagged = false;
    for series in &trend.series {
        is_flagged |= write_table(out, trend, series, options)?;
    }
    writeln!(out)?;
    let mut say = |text: &str| write_wrapped(out, text, &[], 2, options);
    if is_flagged {
        say(&format!(
            "* rests on few: fewer than {FEW_PASSAGES} passages match, or fewer than \
             {FEW_REPORTS} reports are there"
        ))?;
    }
    let empty = left_out(&trend.values());
    if !empty.is_empty() {
        say(&format!("no report: {}", empty.join(", ")))?;
    }
    if trend.outside.passages > 0 {
        say(&format!(
            "in no group: {} without a {}",
            count(trend.outside.passages, "passage"),
            trend.by
        ))?;
    }
    say(&format!("answer {}", short(&trend.digest)))
}

fn write_line(
    out: &mut dyn Write,
    trend: &Trend,
    series: &Series,
    measure: Measure,
    signs: Signs,
    options: TextOptions,
) -> io::Result<()> {
    writeln!(out)?;
    write_wrapped(out, &series.query.text, &[], 2, options)?;
    let values = values(trend, series, measure);
    let years: Vec<u16> = trend
        .groups
        .iter()
        .filter_map(|g| g.value.parse().ok())
        .collect();
    let room = options.width.saturating_sub(4).max(10);
    for (years, line) in years
        .chunks(room)
        .zip(chunked(&signs.sparkline(&values), room))
    {
        writeln!(out, "    {line}")?;
        writeln!(out, "    {}", options.paint.faint(&header(years)))?;
    }
    let told = trend.groups.iter().zip(&values);
    let mut told: Vec<(&Group, f64)> = told.filter_map(|(g, v)| Some((g, (*v)?))).collect();
    told.sort_by(|a, b| a.1.total_cmp(&b.1));
    if let (Some(lowest), Some(highest)) = (told.first(), told.last()) {
        let at = |(group, value): &(&Group, f64)| {
            format!("{} in {}", shown(*value, measure), group.label)
        };
        let text = format!("lowest {}, highest {}", at(lowest), at(highest));
        write_wrapped(out, &text, &[], 4, options)?;
    }
    Ok(())
}

/// A measure of a query in each group.
fn values(trend: &Trend, series: &Series, measure: Measure) -> Vec<Option<f64>> {
    let groups = trend.groups.iter().zip(&series.found);
    groups
        .map(|(group, found)| measure.of(found, &group.all))
        .collect()
}

/// A line in parts of so many characters.
fn chunked(line: &str, width: usize) -> Vec<String> {
    let characters: Vec<char> = line.chars().collect();
    characters
        .chunks(width)
        .map(|c| c.iter().collect())
        .collect()
}

/// A value of a measure for people, as `12.3 %`.
pub fn shown(value: f64, measure: Measure) -> String {
    match measure {
        Measure::Passages => grouped(value as u64),
        Measure::Rate => format!("{value:.1}"),
        _ => format!("{:.1} %", value * 100.0),
    }
}

/// Writes the figures of a query, and tells whether some rest on few.
fn write_table(
    out: &mut dyn Write,
    trend: &Trend,
    series: &Series,
    options: TextOptions,
) -> io::Result<bool> {
    writeln!(out)?;
    for line in textwrap::wrap(&series.query.text, options.width) {
        writeln!(out, "{}", options.paint.title(&line))?;
    }
    let total = format!(
        "{} in {} of {}",
        count(series.total.hits, "hit"),
        count(series.total.passages, "passage"),
        count(series.total.reports, "report"),
    );
    write_wrapped(out, &total, &[], 2, options)?;
    for expansion in &series.expansions {
        write_wrapped(out, &expansion_note(expansion), &[], 2, options)?;
    }
    for added in &series.query.added {
        write_wrapped(out, &added_note(added), &[], 2, options)?;
    }
    if trend.groups.is_empty() {
        return Ok(false);
    }
    let name = trend
        .groups
        .iter()
        .map(|g| indented(trend, g).width())
        .max();
    let name = name
        .unwrap_or_default()
        .max(trend.by.as_str().len())
        .min(NAME);
    let layout = Layout {
        name,
        has_slice: name <= NARROW,
    };
    writeln!(out)?;
    let heads = [
        ["", "", "reports", "", "", "passages", "", "hits per"].map(str::to_owned),
        [
            "all", "speak", "share", "all", "match", "share", "hits", "100,000",
        ]
        .map(str::to_owned),
    ];
    for (label, cells) in ["", trend.by.as_str()].into_iter().zip(&heads) {
        writeln!(out, "{}", layout.line(label, cells))?;
    }
    let mut is_flagged = false;
    for (group, found) in trend.groups.iter().zip(&series.found) {
        let label = shortened(&indented(trend, group), name);
        if group.all.reports == 0 {
            let mut none = [const { String::new() }; CELLS];
            none[0].push('-');
            writeln!(out, "{}", layout.line(&label, &none))?;
            continue;
        }
        let share = |measure: Measure, digits: usize| match measure.of(found, &group.all) {
            Some(share) => format!("{:.digits$} %", share * 100.0),
            None => "-".to_owned(),
        };
        let rate = Measure::Rate.of(found, &group.all);
        let rate = rate.map_or_else(|| "-".to_owned(), |rate| format!("{rate:.1}"));
        let few = rests_on_few(found, &group.all);
        is_flagged |= few;
        let cells = [
            grouped(group.all.reports),
            grouped(found.reports),
            share(Measure::ShareOfReports, 1),
            grouped(group.all.passages),
            grouped(found.passages),
            share(Measure::ShareOfPassages, 2),
            grouped(found.hits),
            rate,
        ];
        let flag = if few { " *" } else { "" };
        writeln!(out, "{}{flag}", layout.line(&label, &cells))?;
    }
    Ok(is_flagged)
}

/// How many figures a line of the table has.
const CELLS: usize = 8;

/// Where the figures of a table stand.
struct Layout {
    /// The width of names.
    name: usize,
    /// Whether there is room for the passages of the slice.
    has_slice: bool,
}

impl Layout {
    /// A line: reports (all, speak, share), passages (all, match, share), hits,
    /// hits per 100,000 words.
    fn line(&self, label: &str, cells: &[String; CELLS]) -> String {
        let widths = match self.has_slice {
            true => [8, 8, 8, 10, 9, 9, 10, 9],
            false => [8, 7, 8, 0, 8, 9, 9, 9],
        };
        let pad = self.name.saturating_sub(label.width());
        let mut line = format!("  {label}{:pad$}", "");
        for (cell, width) in cells.iter().zip(widths).filter(|(_, width)| *width > 0) {
            // A figure that is too wide still stands apart.
            line.push_str(&format!(" {cell:>0$}", width - 1));
        }
        line.trim_end().to_owned()
    }
}

/// The name of a group; that of a path is its last step, below those above it.
fn indented(trend: &Trend, group: &Group) -> String {
    let depth = group.label.matches('/').count();
    match (trend.by.is_path(), group.label.rsplit_once('/')) {
        (true, Some((_, last))) => format!("{:1$}{last}", "", depth * 2),
        _ => group.label.clone(),
    }
}
