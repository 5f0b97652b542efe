//! `pincite query`, `pincite completions` and `pincite man`

use clap::{Command, CommandFactory};
use pincite::error::{Error, Result};

use crate::Status;
use crate::args::{Args, CompletionsArgs, ManArgs};
use crate::terminal::Terminal;

/// Prints the reference of the query language.
pub(crate) fn query(terminal: &Terminal) -> Result<Status> {
    terminal.page(|out| out.write_all(include_str!("../query.txt").as_bytes()))?;
    Ok(Status::Found)
}

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
            clap_mangen::generate_to(with_examples(Args::command()), folder).map_err(failed)?;
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(with_examples(Args::command()))
                .render(&mut page)
                .map_err(|e| Error::io("the manual page cannot be made", e))?;
            terminal.write(|out| out.write_all(&page))?;
        }
    }
    Ok(Status::Found)
}

/// The command with the examples of its help in the description of its page.
fn with_examples(mut command: Command) -> Command {
    let examples = command.get_before_help().map(ToString::to_string);
    if let (Some(about), Some(examples)) = (command.get_about().cloned(), examples) {
        command = command.long_about(format!("{about}\n\n{examples}"));
    }
    let names: Vec<String> = command
        .get_subcommands()
        .map(|c| c.get_name().to_owned())
        .collect();
    for name in names {
        command = command.mut_subcommand(name, with_examples);
    }
    command
}
