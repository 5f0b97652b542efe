//! `pincite stats`

use std::path::Path;

use pincite::error::Result;
use pincite::index::IndexFolder;
use pincite::output::json::write_line;
use pincite::output::text::write_stats;

use crate::Status;
use crate::args::{StatsArgs, TextOrJson};
use crate::terminal::Terminal;

pub(crate) fn run(index: &Path, args: &StatsArgs, terminal: &Terminal) -> Result<Status> {
    let folder = IndexFolder::new(index);
    let manifest = folder.manifest()?;
    match args.format {
        TextOrJson::Text => terminal.page(|out| {
            write_stats(
                out,
                &manifest,
                folder.size(&manifest),
                terminal.text_options(false),
            )
        })?,
        TextOrJson::Json => terminal.write(|out| write_line(out, &manifest))?,
    }
    Ok(Status::Found)
}
