//! The grid of countries and years, and what reports lack.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{TextOptions, count, grouped, write_wrapped};
use crate::index::gaps::{Cell, SeriesGaps};

/// The widest name of a country in the grid, in columns.
const NAME: usize = 24;
/// The fewest years in a row of the grid.
const FEWEST: usize = 10;

/// Writes the gaps of every series.
///
/// # Errors
/// What writing fails with.
pub fn write_gaps(
    out: &mut dyn Write,
    series: &[SeriesGaps],
    options: TextOptions,
) -> io::Result<()> {
    if series.is_empty() {
        return writeln!(out, "no report of a country and year");
    }
    for gaps in series {
        let cells = gaps.countries.iter().flat_map(|(_, cells)| cells);
        let missing = cells.filter(|cell| **cell == Cell::Missing).count() as u64;
        let head = format!(
            "{}: {} in {}, {} missing",
            gaps.series,
            match gaps.countries.len() {
                1 => "1 country".to_owned(),
                n => format!("{} countries", grouped(n as u64)),
            },
            count(gaps.years.len() as u64, "year"),
            grouped(missing)
        );
        writeln!(out, "{}", options.paint.title(&head))?;
        write_wrapped(
            out,
            "+ there, . missing, s much shorter than its neighbours, o without sections that \
             the others of its year or all of its series have",
            &[],
            2,
            options,
        )?;
        write_grid(out, gaps, options)?;
        for (id, keys) in &gaps.lacking {
            let text = format!("{id} lacks {}", keys.join(", "));
            write_wrapped(out, &text, &[], 2, options)?;
        }
        for short in &gaps.short {
            let text = format!(
                "{}: {}, its neighbours {} on average",
                short.id,
                count(short.words, "word"),
                grouped(short.neighbours)
            );
            write_wrapped(out, &text, &[], 2, options)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn write_grid(out: &mut dyn Write, gaps: &SeriesGaps, options: TextOptions) -> io::Result<()> {
    let name = gaps.countries.iter().map(|(name, _)| name.width()).max();
    let name = name.unwrap_or_default().min(NAME);
    let room = options.width.saturating_sub(name + 4).max(FEWEST);
    for (from, years) in (0..).step_by(room).zip(gaps.years.chunks(room)) {
        writeln!(out)?;
        writeln!(out, "  {:name$}  {}", "", header(years))?;
        for (country, cells) in &gaps.countries {
            let cells: String = cells[from..from + years.len()].iter().map(sign).collect();
            let country: String = shortened(country, name);
            let pad = name - country.width();
            writeln!(out, "  {country}{:pad$}  {cells}", "")?;
        }
    }
    writeln!(out)
}

/// The years of some columns, one column each: a year is written where it and
/// the space behind it have room.
pub(super) fn header(years: &[u16]) -> String {
    let mut header = String::new();
    for (at, year) in years.iter().enumerate() {
        let is_told = at == 0 || year % 5 == 0;
        if is_told && header.len() <= at && at + 4 <= years.len().max(4) {
            header.push_str(&" ".repeat(at - header.len()));
            header.push_str(&format!("{year} "));
        }
    }
    header.trim_end().to_owned()
}

fn sign(cell: &Cell) -> char {
    match cell {
        Cell::Missing => '.',
        Cell::There => '+',
        Cell::Lacking => 'o',
        Cell::Short => 's',
    }
}

/// A name in at most `width` columns.
pub(super) fn shortened(name: &str, width: usize) -> String {
    if name.width() <= width {
        return name.to_owned();
    }
    let mut short = String::new();
    for c in name.chars() {
        if format!("{short}{c}…").width() > width {
            break;
        }
        short.push(c);
    }
    short + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_stand_above_their_columns() {
        let header = |years: std::ops::RangeInclusive<u16>| header(&years.collect::<Vec<_>>());
        assert_eq!(header(2001..=2016), "2001     2010");
        assert_eq!(header(1999..=2012), "1999  2005");
        assert_eq!(header(2019..=2019), "2019");
    }

    #[test]
    fn long_names_are_cut() {
        assert_eq!(shortened("Côte d’Ivoire", 6), "Côte …");
        assert_eq!(shortened("Kenya", 5), "Kenya");
    }
}
