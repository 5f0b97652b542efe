//! `pincite replay`

use std::path::Path;

use pincite::desk::replay::Verdict;
use pincite::desk::{Receipt, replay};
use pincite::error::{Error, Result};
use pincite::output::receipt::write_replayed as write_json;
use pincite::output::text::{write_methods, write_replayed};

use crate::Status;
use crate::args::{ReplayArgs, TextOrJson};
use crate::terminal::Terminal;

pub(crate) fn run(index: &Path, args: &ReplayArgs, terminal: &Terminal) -> Result<Status> {
    let name = args.file.display().to_string();
    let cannot = |e| Error::usage(format!("`{name}` cannot be read")).with_cause(e);
    let bytes = std::fs::read(&args.file).map_err(cannot)?;
    let receipt = Receipt::read(&String::from_utf8_lossy(&bytes), &name)?;
    let options = terminal.text_options(false);
    if args.methods {
        terminal.page(|out| write_methods(out, &receipt, options))?;
        return Ok(Status::Found);
    }
    let replayed = replay(&receipt, &super::open(index)?)?;
    match args.format {
        TextOrJson::Text => terminal.page(|out| write_replayed(out, &replayed, options))?,
        TextOrJson::Json => terminal.write(|out| write_json(out, &replayed))?,
    }
    let count = |verdict| replayed.count(verdict);
    Ok(match (count(Verdict::Failed), count(Verdict::Changed)) {
        (0, 0) if replayed.intact => Status::Found,
        (0, _) => Status::Differs,
        _ => Status::Partly,
    })
}
