//! `pincite resolve`

use std::path::Path;

use pincite::desk::{Resolved, read_old_ids, resolve};
use pincite::error::{Error, Result};
use pincite::output::resolved::{write_csv, write_json};
use pincite::output::text::{count, write_resolved};

use super::batch::read;
use crate::args::{ResolveArgs, TableFormat};
use crate::terminal::Terminal;
use crate::{Status, report};

pub(crate) fn run(index: &Path, args: &ResolveArgs, terminal: &Terminal) -> Result<Status> {
    let name = args.file.display().to_string();
    let olds = read_old_ids(&read(&args.file, &name)?, &name)?;
    let index = super::open(index)?;
    let resolved = resolve(&index, olds)?;
    match args.format {
        TableFormat::Text => {
            terminal.page(|out| write_resolved(out, &resolved, terminal.text_options(false)))?
        }
        TableFormat::Json => terminal.write(|out| write_json(out, &resolved))?,
        TableFormat::Csv => terminal.write(|out| write_csv(out, &resolved))?,
    }
    let stands = resolved.iter().all(|one| one.verdict.stands());
    let failed = tell_failed(resolved, &name, terminal);
    if failed > 0 {
        let lines = count(failed, "line");
        terminal.say(|out| writeln!(out, "{lines} without a passage id"));
    }
    Ok(match stands {
        true => Status::Found,
        false => Status::Partly,
    })
}

/// Names the lines that hold no id; how many there are.
fn tell_failed(resolved: Vec<Resolved>, name: &str, terminal: &Terminal) -> u64 {
    let mut failed = 0;
    for no in resolved.into_iter().filter_map(|one| one.old.err()) {
        failed += 1;
        let error: Error = no
            .error
            .with_snippet(&format!("{name}:{}", no.line), "", 0..0);
        report::error(&error, terminal);
    }
    failed
}
