//! `pincite completions` and `pincite man`

use clap::CommandFactory;
use pincite::error::{Error, Result};

use crate::Status;
use crate::args::{Args, CompletionsArgs, ManArgs};
use crate::terminal::Terminal;

pub(crate) fn completions(args: &CompletionsArgs, terminal: &Terminal) -> Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "pincite", &mut script);
    terminal.write(|out| out.write_all(&script))?;
    Ok(Status::Found)
}

pub(crate) fn man(args: &ManArgs, terminal: &Terminal) -> Result<Status> {
    match &args.to {
        Some(folder) => {
            let failed = |e| {
                Error::io(
                    format!("manual pages cannot be written to `{}`", folder.display()),
                    e,
                )
            };
            std::fs::create_dir_all(folder).map_err(failed)?;
            clap_mangen::generate_to(Args::command(), folder).map_err(failed)?;
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Args::command())
                .render(&mut page)
                .map_err(|e| Error::io("the manual page cannot be made", e))?;
            terminal.write(|out| out.write_all(&page))?;
        }
    }
    Ok(Status::Found)
}
