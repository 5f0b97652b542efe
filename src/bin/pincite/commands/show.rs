//! `pincite show`

use std::path::Path;

use pincite::error::Result;
use pincite::output::json;
use pincite::output::text::{write_in_context, write_passages};
use pincite::search::{LookedUp, look_up};

use crate::Status;
use crate::args::{ShowArgs, TextOrJson};
use crate::terminal::Terminal;

pub(crate) fn run(index: &Path, args: &ShowArgs, terminal: &Terminal) -> Result<Status> {
    let index = super::open(index)?;
    let found = look_up(&index, &args.id)?;
    let options = terminal.text_options(true);
    match (args.format, found) {
        (TextOrJson::Text, LookedUp::Passage { report, at }) => {
            terminal.page(|out| write_in_context(out, &report, at, args.context, options))?;
        }
        (TextOrJson::Text, LookedUp::Section(passages) | LookedUp::Report(passages)) => {
            terminal.page(|out| write_passages(out, &passages, options))?;
        }
        (TextOrJson::Json, LookedUp::Passage { report, at }) => {
            terminal.write(|out| json::write_passages(out, &report[at..=at]))?;
        }
        (TextOrJson::Json, LookedUp::Section(passages) | LookedUp::Report(passages)) => {
            terminal.write(|out| json::write_passages(out, &passages))?;
        }
    }
    Ok(Status::Found)
}
