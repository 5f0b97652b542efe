//! `pincite export`

use std::io::Read;
use std::path::Path;

use pincite::desk::Provenance;
use pincite::desk::pack::{Pack, named, quotes, unmarked};
use pincite::desk::sheet::{ids_of, read_ids};
use pincite::error::{Error, Result};
use pincite::output::json::write_line;
use pincite::output::pack::{PackFolder, files, manifest};
use pincite::output::text::{count, grouped};
use pincite::search::{SearchRequest, Sort, search};

use super::{Asked, tell_notes, tell_nothing, today};
use crate::Status;
use crate::args::{ExportArgs, TextOrJson};
use crate::report;
use crate::terminal::Terminal;

pub(crate) fn run(index: &Path, args: &ExportArgs, terminal: &Terminal) -> Result<Status> {
    let folder = PackFolder::at(&args.to)?;
    let by_ids = !args.ids.is_empty() || args.ids_from.is_some();
    let asked = Asked::new(index, &args.query, &args.ask, terminal)?;
    match (by_ids, asked.query.is_some(), asked.filters.is_empty()) {
        (true, _, false) => Err(Error::usage("filters go with a query, not with ids")
            .with_hint("leave the filters out: ids name the passages already")),
        (false, false, true) => Err(Error::usage("nothing says what to export")
            .with_hint("give a query, a filter, `--ids` or `--ids-from`")),
        (true, ..) => export_ids(&asked, args, &folder, terminal),
        (false, ..) => export_found(asked, args, &folder, terminal),
    }
}

/// Exports the passages of a query.
fn export_found(
    asked: Asked,
    args: &ExportArgs,
    folder: &PackFolder,
    terminal: &Terminal,
) -> Result<Status> {
    let Asked {
        index,
        query,
        filters,
    } = asked;
    let request = SearchRequest {
        query,
        filters,
        limit: args.limit as usize,
        sort: args.sort,
        ..SearchRequest::default()
    };
    let results = search(&index, &request)?;
    tell_notes(&results, request.query.as_ref(), terminal);
    if results.total == 0 {
        return tell_nothing(&index, &request, args.format == TextOrJson::Text, terminal);
    }
    if (results.hits.len() as u64) < results.total {
        terminal.say(|out| {
            let (some, all) = (results.hits.len() as u64, results.total);
            let (some, all) = (grouped(some), count(all, "passage"));
            writeln!(
                out,
                "note: the pack holds {some} of {all}; `--limit` takes more"
            )
        });
    }
    let query = request.query.as_ref();
    let day = args.date.unwrap_or_else(today);
    let pack = Pack {
        provenance: Provenance::new(&index, query, &request.filters, &results.expansions, day),
        total: results.total,
        order: match (query, args.sort) {
            // Without a query all scores are equal.
            (None, Sort::Score) => "id".to_owned(),
            (_, sort) => sort.as_str().to_owned(),
        },
        context: args.context,
        quotes: quotes(&index, results.hits, args.context)?,
    };
    write(&pack, args, folder, terminal)?;
    Ok(Status::Found)
}

/// Exports the passages that ids name. An id that fails stops no other.
fn export_ids(
    asked: &Asked,
    args: &ExportArgs,
    folder: &PackFolder,
    terminal: &Terminal,
) -> Result<Status> {
    let mut ids = args.ids.clone();
    match args.ids_from.as_deref() {
        Some(file) if file == Path::new("-") => {
            let mut text = String::new();
            let read = std::io::stdin().lock().read_to_string(&mut text);
            read.map_err(|e| Error::io("standard input cannot be read", e))?;
            ids.extend(ids_of(&text));
        }
        Some(file) => ids.extend(read_ids(file)?),
        None => {}
    }
    let (passages, mut failed) = named(&asked.index, &ids)?;
    if passages.is_empty() {
        let none = || Error::usage("there is no id to export").with_hint("give an id a line");
        let last = failed.pop().unwrap_or_else(none);
        failed.iter().for_each(|e| report::error(e, terminal));
        return Err(last);
    }
    let day = args.date.unwrap_or_else(today);
    let pack = Pack {
        provenance: Provenance::new(&asked.index, None, &asked.filters, &[], day),
        total: passages.len() as u64,
        order: "ids as given".to_owned(),
        context: args.context,
        quotes: unmarked(&asked.index, passages, args.context)?,
    };
    write(&pack, args, folder, terminal)?;
    failed.iter().for_each(|e| report::error(e, terminal));
    Ok(match failed.is_empty() {
        true => Status::Found,
        false => Status::Partly,
    })
}

fn write(pack: &Pack, args: &ExportArgs, folder: &PackFolder, terminal: &Terminal) -> Result<()> {
    let files = files(pack)?;
    folder.write(&files)?;
    match args.format {
        TextOrJson::Json => {
            // The manifest is the last, and does not name itself.
            let others = &files[..files.len().saturating_sub(1)];
            terminal.write(|out| write_line(out, &manifest(pack, others)))
        }
        TextOrJson::Text => terminal.write(|out| {
            let passages = count(pack.quotes.len() as u64, "passage");
            let reports = count(pack.reports() as u64, "report");
            writeln!(out, "{passages} from {reports} in {}", args.to.display())?;
            let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
            for line in textwrap::wrap(&names.join(", "), 78) {
                writeln!(out, "  {line}")?;
            }
            Ok(())
        }),
    }
}
