//! Every country that has two editions, the most changed first.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::percent;
use crate::desk::compare::{AllChanges, CountryChange, Verdict};
use crate::index::IndexedReport;
use crate::output::text::{TextOptions, grouped, write_wrapped};
use crate::report::{ReportId, Year};

/// The widest name of a country, in columns.
const NAME: usize = 24;

/// Writes what changed in each country's report between two years.
///
/// # Errors
/// What writing fails with.
pub fn write_ranking(
    out: &mut dyn Write,
    all: &AllChanges,
    years: [Year; 2],
    options: TextOptions,
) -> io::Result<()> {
    let several = all.series() > 1;
    let name = |change: &CountryChange| match several {
        true => format!("{} {}", change.info.series, name(change)),
        false => name(change),
    };
    let names: Vec<String> = all.changes.iter().map(name).collect();
    let width = names
        .iter()
        .map(|name| name.width())
        .max()
        .unwrap_or_default();
    let width = width.clamp("country".len(), NAME);
    let told = Verdict::told(all.changes.iter().map(|change| &change.tally));
    let cells = |of: &dyn Fn(Verdict) -> String| -> String {
        let cells = told.iter().map(|v| format!("{:>1$}", of(*v), wide(*v)));
        cells.collect()
    };
    let head = format!(
        "rank  {:width$}  {:>7}{}",
        "country",
        "change",
        cells(&|verdict| verdict.as_str().to_owned())
    );
    writeln!(out, "{}", options.paint.title(head.trim_end()))?;
    for ((rank, change), name) in all.ranked().zip(&names) {
        let name = super::diff::beginning(name, width);
        let pad = width.saturating_sub(name.width());
        let counts = cells(&|verdict| grouped(change.tally.of(verdict)));
        let outline = if change.outline.is_empty() { "" } else { " o" };
        let share = percent(change.tally.change());
        writeln!(
            out,
            "{:>4}  {name}{:pad$}  {share:>5} %{}{outline}",
            rank, "", counts,
        )?;
    }
    writeln!(out)?;
    let told = "change: the share of the words of both editions that are not kept; then paragraphs \
                by what became of them";
    write_wrapped(out, told, &[], 0, options)?;
    if all.changes.iter().any(|change| !change.outline.is_empty()) {
        writeln!(
            out,
            "o: the outline changed too, so less may be new than it seems"
        )?;
    }
    for (year, alone) in years.into_iter().zip([&all.old_alone, &all.new_alone]) {
        let names: Vec<String> = alone.iter().map(name_of).collect();
        let title = format!("with an edition of {year} alone");
        write_list(out, &title, &names, options)?;
    }
    let ids: Vec<String> = all
        .without_sections
        .iter()
        .map(ReportId::to_string)
        .collect();
    write_list(out, "without these sections", &ids, options)?;
    let failed: Vec<String> = all
        .failed
        .iter()
        .map(|(id, e)| format!("{id} ({e})"))
        .collect();
    write_list(out, "could not be read", &failed, options)
}

/// How many there are, and their names.
fn write_list(
    out: &mut dyn Write,
    title: &str,
    names: &[String],
    options: TextOptions,
) -> io::Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    let line = format!(
        "{} {title}: {}",
        grouped(names.len() as u64),
        names.join(", ")
    );
    write_wrapped(out, &line, &[], 0, options)
}

fn name(change: &CountryChange) -> String {
    named(&change.info, &change.new)
}

fn name_of(report: &IndexedReport) -> String {
    named(&report.info, &report.id)
}

/// The name of a country, or the id of the report.
fn named(info: &crate::report::ReportInfo, id: &ReportId) -> String {
    let country = info.country.as_ref();
    country.map_or_else(|| id.to_string(), |country| country.name.clone())
}

/// The width of the counts of a verdict, in columns: its name and two spaces.
fn wide(verdict: Verdict) -> usize {
    verdict.as_str().len() + 2
}
