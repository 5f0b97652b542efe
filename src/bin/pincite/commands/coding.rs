//! `pincite sample` and `pincite agreement`

use std::path::Path;

use pincite::desk::Provenance;
use pincite::desk::agreement::{Agreement, Measuring, agreement, read_coded};
use pincite::desk::sample::{SampleConfig, sample};
use pincite::desk::sheet::check_free;
use pincite::desk::whole::write_whole;
use pincite::error::{Error, Result};
use pincite::output::agreement as agreement_as;
use pincite::output::coding::{CodingSheet, check_coders};
use pincite::output::sample as sample_as;
use pincite::output::text::{count, grouped, write_agreement, write_sample};
use pincite::search::{Matches, SearchRequest};

use super::{Asked, tell_nothing, today};
use crate::Status;
use crate::args::{AgreementArgs, SampleArgs, TableFormat};
use crate::terminal::Terminal;

/// How many rows without a code are named.
const NAMED: usize = 10;

pub(crate) fn run_sample(index: &Path, args: &SampleArgs, terminal: &Terminal) -> Result<Status> {
    let is_csv = is_csv(&args.sheet)?;
    check_coders(&args.coders)?;
    if !args.force {
        let note = "note".to_owned();
        let columns: Vec<String> = args.coders.iter().cloned().chain([note]).collect();
        check_free(&args.sheet, &columns)?;
        let about = args.sheet.with_extension("about.csv");
        if is_csv && about.exists() && !args.sheet.exists() {
            return Err(Error::usage(format!("`{}` is there", about.display()))
                .with_hint("name another sheet, or `--force` writes over it"));
        }
    }
    let Asked {
        index,
        query,
        filters,
    } = Asked::new(index, &args.query, &args.ask, terminal)?;
    let matches = Matches::of(&index, query.as_ref(), &filters)?;
    if matches.docs().is_empty() {
        let request = SearchRequest {
            query,
            filters,
            limit: 0,
            ..SearchRequest::default()
        };
        return tell_nothing(&index, &request, args.format == TableFormat::Text, terminal);
    }
    let config = SampleConfig {
        number: args.number as usize,
        seed: args.seed,
        stratify: args.stratify,
    };
    let sample = sample(&index, &matches, &config)?;
    if sample.hits.len() < config.number {
        terminal.say(|out| {
            let all = count(sample.population as u64, "passage");
            writeln!(out, "note: there are {all}: the sheet holds all of them")
        });
    }
    let empty = sample.strata.iter().filter(|s| s.sample == 0).count();
    if empty > 0 {
        terminal.say(|out| {
            let (strata, of) = (grouped(empty as u64), grouped(sample.strata.len() as u64));
            writeln!(
                out,
                "note: {strata} of {of} strata have no passage in the sample"
            )
        });
    }
    let expansions = &matches.expansions;
    let day = args.date.unwrap_or_else(today);
    let from = Provenance::new(&index, query.as_ref(), &filters, expansions, day);
    let sheet = CodingSheet {
        sample: &sample,
        provenance: &from,
        coders: &args.coders,
        codes: &args.codes,
    };
    match is_csv {
        true => {
            write_whole(&args.sheet.with_extension("about.csv"), &sheet.about_csv()?)?;
            write_whole(&args.sheet, &sheet.csv()?)?;
        }
        false => write_whole(&args.sheet, &sheet.workbook()?)?,
    }
    let name = file_name(&args.sheet);
    match args.format {
        TableFormat::Text => terminal
            .page(|out| write_sample(out, &name, &sample, terminal.text_options(args.full)))?,
        TableFormat::Json => {
            terminal.write(|out| sample_as::write_json(out, &name, &sample, &from))?;
        }
        TableFormat::Csv => terminal.write(|out| sample_as::write_csv(out, &sample))?,
    }
    Ok(Status::Found)
}

pub(crate) fn run_agreement(args: &AgreementArgs, terminal: &Terminal) -> Result<Status> {
    let sheet = read_coded(&args.sheet, &args.coders)?;
    for note in &sheet.notes {
        terminal.say(|out| writeln!(out, "note: {note}"));
    }
    let measuring = Measuring {
        level: args.level,
        order: args.order.clone(),
    };
    let found = agreement(&sheet, &measuring)?;
    tell_missing(&found, terminal);
    let name = file_name(&args.sheet);
    match args.format {
        TableFormat::Text => terminal
            .page(|out| write_agreement(out, &name, &found, terminal.text_options(args.full)))?,
        TableFormat::Json => terminal.write(|out| agreement_as::write_json(out, &name, &found))?,
        TableFormat::Csv => terminal.write(|out| agreement_as::write_csv(out, &found))?,
    }
    Ok(Status::Found)
}

/// Says which rows lack a code.
fn tell_missing(found: &Agreement, terminal: &Terminal) {
    let missing = found.missing.len();
    if missing == 0 {
        return;
    }
    let named: Vec<String> = found
        .missing
        .iter()
        .take(NAMED)
        .map(|m| m.row.to_string())
        .collect();
    let more = match missing > NAMED {
        true => format!(" and {} more", missing - NAMED),
        false => String::new(),
    };
    let lack = if missing == 1 { "lacks" } else { "lack" };
    terminal.say(|out| {
        writeln!(
            out,
            "note: {} {lack} a code: {}{more}",
            count(missing as u64, "row"),
            named.join(", ")
        )
    });
}

/// Whether a sheet is CSV by its name, or a workbook.
fn is_csv(path: &Path) -> Result<bool> {
    let kind = path.extension().unwrap_or_default().to_ascii_lowercase();
    match kind.to_str() {
        Some("csv") => Ok(true),
        Some("xlsx") => Ok(false),
        _ => Err(
            Error::usage(format!("`{}` is neither .xlsx nor .csv", path.display()))
                .with_hint("name the sheet `out.xlsx` or `out.csv`"),
        ),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
