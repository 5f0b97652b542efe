//! How far coders agree, for reading.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{TextOptions, count, grouped, write_wrapped};
use crate::desk::agreement::alpha::Level;
use crate::desk::agreement::{Agreement, Pair};
use crate::output::agreement::percent;

/// How many rows that disagree are listed, unless all are asked for.
const LISTED: usize = 20;
/// The widest name of a code in a table, in columns.
const CODE: usize = 14;

/// What the measures are read by.
const CONVENTIONS: &str = "These are conventions, not tests. Krippendorff (2004) asks for an alpha of \
.800, and of .667 where tentative conclusions will do; Landis and Koch (1977) call a kappa of .41 to \
.60 moderate, to .80 substantial, above it almost perfect. Where one code is rare, both may be low \
though most rows agree: read the table and the rows that differ.";

/// Writes an agreement: the measures, who gave what, the rows that differ.
///
/// # Errors
/// What writing fails with.
pub fn write_agreement(
    out: &mut dyn Write,
    sheet: &str,
    found: &Agreement,
    options: TextOptions,
) -> io::Result<()> {
    let head = format!("{sheet}: {}", found.coders.join(", "));
    for line in textwrap::wrap(&head, options.width.max(20)) {
        writeln!(out, "{}", options.paint.title(&line))?;
    }
    let missing = match found.missing.len() {
        0 => String::new(),
        n => format!(", {} without a code of every coder", grouped(n as u64)),
    };
    let rows = count(found.rows as u64, "row");
    writeln!(
        out,
        "  {rows}, {} measured{missing}\n",
        grouped(found.units as u64)
    )?;
    if let [pair] = found.pairs.as_slice() {
        write_measures(out, pair, found.level)?;
    } else {
        let agreed = percent(found.agreed.0, found.agreed.1);
        let of = format!("{} of {} pairs of codes", found.agreed.0, found.agreed.1);
        write_measure(
            out,
            "percent agreement",
            agreed.map(|p| format!("{p:.1}")),
            &of,
        )?;
    }
    let alpha = format!("Krippendorff's alpha, {}", found.level.as_str());
    let why = match found.alpha {
        Some(_) => "",
        None => "not defined: every code is the same",
    };
    write_measure(out, &alpha, found.alpha.map(|a| format!("{a:.3}")), why)?;
    for pair in &found.pairs {
        let [a, b] = pair.coders.map(|at| found.coders[at].as_str());
        writeln!(out)?;
        writeln!(
            out,
            "{}",
            options.paint.title(&format!("{a} down, {b} across"))
        )?;
        if found.pairs.len() > 1 {
            write_measures(out, pair, found.level)?;
        }
        write_confusion(out, &found.codes, pair, options)?;
    }
    write_disagreements(out, found, options)?;
    writeln!(out)?;
    write_wrapped(out, CONVENTIONS, &[], 0, options)
}

fn write_measures(out: &mut dyn Write, pair: &Pair, level: Level) -> io::Result<()> {
    // Only alpha heeds the level.
    let kappa = match level {
        Level::Nominal => "Cohen's kappa",
        _ => "Cohen's kappa, unweighted",
    };
    let agreed = percent(pair.agreed, pair.units);
    let of = format!("{} of {}", pair.agreed, count(pair.units, "row"));
    write_measure(
        out,
        "percent agreement",
        agreed.map(|p| format!("{p:.1}")),
        &of,
    )?;
    let beside = match &pair.kappa {
        None if pair.units == 0 => "not defined: no row has both codes".to_owned(),
        None => "not defined: both gave one same code".to_owned(),
        Some(kappa) => match kappa.interval() {
            Some((low, high)) => format!("95 % interval {low:.3} to {high:.3}"),
            None => "no interval: its standard error is zero".to_owned(),
        },
    };
    write_measure(
        out,
        kappa,
        pair.kappa.map(|k| format!("{:.3}", k.value)),
        &beside,
    )
}

fn write_measure(
    out: &mut dyn Write,
    name: &str,
    value: Option<String>,
    beside: &str,
) -> io::Result<()> {
    let value = value.unwrap_or_else(|| "-".to_owned());
    writeln!(
        out,
        "{}",
        format!("  {name:<31}{value:>7}  {beside}").trim_end()
    )
}

/// Who gave what: the codes of the first coder down, those of the second across.
/// A table wider than the line is given as a list of what is not zero.
fn write_confusion(
    out: &mut dyn Write,
    codes: &[String],
    pair: &Pair,
    options: TextOptions,
) -> io::Result<()> {
    let name = |code: &String| -> String {
        match code.width() > CODE {
            true => code.chars().take(CODE - 1).chain(['…']).collect(),
            false => code.clone(),
        }
    };
    let names: Vec<String> = codes.iter().map(name).collect();
    let widest = names.iter().map(|n| n.width()).max().unwrap_or(0).max(3);
    let cells: Vec<usize> = names.iter().map(|n| n.width().max(5) + 2).collect();
    let right =
        |text: &str, width: usize| format!("{:>1$}{text}", "", width - text.width().min(width));
    if widest + 2 + cells.iter().sum::<usize>() + 9 > options.width {
        for (i, row) in pair.confusion.iter().enumerate() {
            for (j, n) in row.iter().enumerate().filter(|(_, n)| **n > 0) {
                writeln!(out, "  {:>7}  {} / {}", grouped(*n), names[i], names[j])?;
            }
        }
        return Ok(());
    }
    let mut header = " ".repeat(widest + 2);
    for (name, width) in names.iter().zip(&cells) {
        header.push_str(&right(name, *width));
    }
    writeln!(out, "{header}{}", right("sum", 9))?;
    let mut sums = vec![0; codes.len()];
    for (name, row) in names.iter().zip(&pair.confusion) {
        let mut line = format!("  {name}{:1$}", "", widest - name.width());
        for ((n, width), sum) in row.iter().zip(&cells).zip(&mut sums) {
            line.push_str(&right(&grouped(*n), *width));
            *sum += n;
        }
        writeln!(out, "{line}{}", right(&grouped(row.iter().sum()), 9))?;
    }
    let mut line = format!("  sum{:1$}", "", widest - 3);
    for (sum, width) in sums.iter().zip(&cells) {
        line.push_str(&right(&grouped(*sum), *width));
    }
    writeln!(out, "{line}{}", right(&grouped(pair.units), 9))
}

fn write_disagreements(
    out: &mut dyn Write,
    found: &Agreement,
    options: TextOptions,
) -> io::Result<()> {
    let all = found.disagreements.len();
    writeln!(out)?;
    let head = match all {
        0 => "no row differs".to_owned(),
        1 => "1 row differs".to_owned(),
        n => format!("{} rows differ", grouped(n as u64)),
    };
    writeln!(out, "{}", options.paint.title(&head))?;
    let listed = if options.full { all } else { LISTED };
    let listed = found.disagreements.iter().take(listed);
    for row in listed {
        let codes: Vec<&str> = row
            .codes
            .iter()
            .map(|c| c.as_deref().unwrap_or("-"))
            .collect();
        let id = row
            .id
            .as_ref()
            .map(|id| format!("  {id}"))
            .unwrap_or_default();
        let line = format!("row {}{id}  {}", row.row, codes.join(" / "));
        write_wrapped(out, &line, &[], 2, options)?;
    }
    if !options.full && all > LISTED {
        writeln!(
            out,
            "  and {} more: --full lists them",
            grouped((all - LISTED) as u64)
        )?;
    }
    Ok(())
}
