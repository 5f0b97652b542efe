//! `pincite origin`

use std::path::Path;

use pincite::desk::{Reach, origins};
use pincite::error::{Error, Result};
use pincite::output::origin::{write_csv, write_json};
use pincite::output::text::write_origin;

use crate::Status;
use crate::args::{OriginArgs, TableFormat};
use crate::terminal::Terminal;

pub(crate) fn run(index: &Path, args: &OriginArgs, terminal: &Terminal) -> Result<Status> {
    if args.diff && args.format == TableFormat::Csv {
        return Err(Error::usage("`--diff` has no place in this format")
            .with_hint("use `--format json` or `text`"));
    }
    let index = super::open(index)?;
    let reach = match args.anywhere {
        true => Reach::Anywhere,
        false => Reach::Editions,
    };
    let origins = origins(&index, &args.id, reach)?;
    match args.format {
        TableFormat::Text => terminal.page(|out| {
            let options = terminal.text_options(false);
            for (at, origin) in origins.iter().enumerate() {
                if at > 0 {
                    writeln!(out)?;
                }
                write_origin(out, origin, args.diff, options)?;
            }
            Ok(())
        })?,
        TableFormat::Json => terminal.write(|out| write_json(out, &origins, args.diff))?,
        TableFormat::Csv => terminal.write(|out| write_csv(out, &origins))?,
    }
    Ok(Status::Found)
}
