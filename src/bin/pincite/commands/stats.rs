//! `pincite stats`

use std::path::Path;

use pincite::error::Result;
use pincite::index::IndexFolder;
use pincite::index::gaps::gaps;
use pincite::output::json::write_line;
use pincite::output::ledger as json;
use pincite::output::text::{write_files, write_gaps, write_stats};

use crate::Status;
use crate::args::{StatsArgs, TextOrJson};
use crate::terminal::Terminal;

pub(crate) fn run(index: &Path, args: &StatsArgs, terminal: &Terminal) -> Result<Status> {
    let folder = IndexFolder::new(index);
    let manifest = folder.manifest()?;
    let options = terminal.text_options(false);
    if args.files || args.gaps {
        let ledger = folder.ledger(&manifest)?;
        let gaps = || gaps(&ledger);
        match (args.files, args.format) {
            (true, TextOrJson::Text) => terminal.page(|out| write_files(out, &ledger, options))?,
            (true, TextOrJson::Json) => terminal.write(|out| json::write_files(out, &ledger))?,
            (false, TextOrJson::Text) => terminal.page(|out| write_gaps(out, &gaps(), options))?,
            (false, TextOrJson::Json) => terminal.write(|out| json::write_gaps(out, &gaps()))?,
        }
        return Ok(Status::Found);
    }
    match args.format {
        TextOrJson::Text => {
            let bytes = folder.size(&manifest);
            terminal.page(|out| write_stats(out, &manifest, bytes, options))?;
        }
        TextOrJson::Json => terminal.write(|out| write_line(out, &manifest))?,
    }
    Ok(Status::Found)
}
