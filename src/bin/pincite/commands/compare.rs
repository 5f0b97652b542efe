//! `pincite compare`

use std::path::Path;

use pincite::desk::compare::{
    Comparison, Edition, EditionChoice, check_sections, choose, compare, compare_all,
};
use pincite::error::{Error, ErrorKind, Result};
use pincite::index::{FacetName, OpenIndex};
use pincite::output::compare as written;
use pincite::output::text::{write_comparison, write_ranking};
use pincite::query::filter::resolve_one;
use pincite::report::{Series, Year, slug};

use crate::Status;
use crate::args::{CompareArgs, CompareFormat};
use crate::terminal::Terminal;

pub(crate) fn run(index: &Path, args: &CompareArgs, terminal: &Terminal) -> Result<Status> {
    let wanted = args.wanted()?;
    let index = super::open(index)?;
    let [old, new] = wanted.years;
    if wanted.is_turned {
        terminal.say(|out| writeln!(out, "note: the older edition comes first: {old}, {new}"));
    }
    let series = args
        .series
        .as_deref()
        .map(|typed| resolve_one(FacetName::Series, typed, &index).map(|v| v.shown));
    let series = series
        .transpose()?
        .map(|name| name.parse::<Series>())
        .transpose()?;
    match wanted.country {
        None => rank(&index, wanted.years, series.as_ref(), args, terminal),
        Some(country) => {
            let choice = EditionChoice {
                country,
                years: wanted.years,
                series,
            };
            write(&one(&index, &choice, args)?, args, terminal)
        }
    }
}

/// The comparison of two editions.
fn one(index: &OpenIndex, choice: &EditionChoice, args: &CompareArgs) -> Result<Comparison> {
    let [old, new] = choose(index, choice)?;
    let (old, new) = (Edition::read(index, &old)?, Edition::read(index, &new)?);
    let sections = sections(args);
    check_sections([&old, &new], &sections)?;
    let mut compared = compare(old, new);
    compared.retain_sections(&sections);
    Ok(compared)
}

/// The keys of the sections that are asked for.
fn sections(args: &CompareArgs) -> Vec<String> {
    args.section.iter().map(|typed| slug(typed)).collect()
}

fn write(compared: &Comparison, args: &CompareArgs, terminal: &Terminal) -> Result<Status> {
    match args.format {
        CompareFormat::Text => {
            let options = terminal.text_options(args.full);
            terminal.page(|out| write_comparison(out, compared, options))?;
        }
        CompareFormat::Html => terminal.write(|out| written::write_html(out, compared))?,
        CompareFormat::Json => {
            terminal.write(|out| written::write_json(out, compared, &sections(args)))?;
        }
        CompareFormat::Csv => terminal.write(|out| written::write_csv(out, compared))?,
    }
    Ok(Status::Found)
}

/// Compares every country.
fn rank(
    index: &OpenIndex,
    years: [Year; 2],
    series: Option<&Series>,
    args: &CompareArgs,
    terminal: &Terminal,
) -> Result<Status> {
    let sections = args.section.iter();
    let sections =
        sections.map(|typed| resolve_one(FacetName::Section, typed, index).map(|v| v.shown));
    let sections = sections.collect::<Result<Vec<String>>>()?;
    let all = compare_all(index, years, series, &sections)?;
    if all.changes.is_empty() && all.failed.is_empty() {
        let [old, new] = years;
        let message = format!("no country has editions of {old} and {new}");
        return Err(Error::new(ErrorKind::NotFound, message)
            .with_hint("`pincite stats --gaps` draws the editions that are there"));
    }
    match args.format {
        CompareFormat::Text => {
            let options = terminal.text_options(args.full);
            terminal.page(|out| write_ranking(out, &all, years, options))?;
        }
        CompareFormat::Html => {
            terminal.write(|out| written::write_ranking_html(out, &all, years))?;
        }
        CompareFormat::Json => {
            terminal.write(|out| written::write_ranking_json(out, &all, years, &sections))?;
        }
        CompareFormat::Csv => terminal.write(|out| written::write_ranking_csv(out, &all))?,
    }
    Ok(match all.failed.is_empty() {
        true => Status::Found,
        false => Status::Partly,
    })
}
