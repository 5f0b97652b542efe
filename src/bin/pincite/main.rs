//! The program: arguments to configs, one function per command, exit status.
//!
//! It uses the public library alone. Results go to stdout, all else to stderr.

mod args;
mod commands;
mod report;
mod terminal;

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::Parser;
use pincite::error::Result;

use args::{Args, Command};
use terminal::Terminal;

/// What a command ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    /// Something was found or done.
    Found = 0,
    /// Nothing was found.
    Nothing = 1,
    /// Finished, but some inputs or lines failed.
    Partly = 4,
    /// What was claimed does not hold: an answer differs, a quotation is not
    /// exact.
    Differs = 5,
}

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return report::usage(error),
    };
    let terminal = Terminal::new(args.color, args.no_pager);
    // The engine panics on some kinds of damage to its files.
    panic::set_hook(Box::new(|_| ()));
    match panic::catch_unwind(AssertUnwindSafe(|| run(&args, &terminal))) {
        Ok(Ok(status)) => {
            terminal.finish();
            ExitCode::from(status as u8)
        }
        Ok(Err(error)) => {
            report::error(&error, &terminal);
            ExitCode::from(report::exit_status(&error))
        }
        Err(panic) => {
            let error = report::stopped(&*panic);
            report::error(&error, &terminal);
            ExitCode::from(report::exit_status(&error))
        }
    }
}

fn run(args: &Args, terminal: &Terminal) -> Result<Status> {
    if let Some(ask) = args.command.ask() {
        // It is set here alone.
        let _ = ask.typing.set(args.typing.clone());
    }
    commands::outputs::check_outputs(&args.index, &args.command, terminal)?;
    match &args.command {
        Command::Index(command) => commands::index::run(&args.index, command, terminal),
        Command::Fetch(command) => commands::fetch::run(command, terminal),
        Command::Search(command) => commands::search::run(&args.index, command, terminal),
        Command::Facets(command) => commands::facets::run(&args.index, command, terminal),
        Command::Silence(command) => commands::silence::run(&args.index, command, terminal),
        Command::Trend(command) => commands::trend::run(&args.index, command, terminal),
        Command::Explain(command) => commands::explain::run(&args.index, command, terminal),
        Command::Kwic(command) => commands::kwic::run(&args.index, command, terminal),
        Command::Words(command) => commands::words::run(&args.index, command, terminal),
        Command::Batch(command) => commands::batch::run(&args.index, command, terminal),
        Command::Replay(command) => commands::replay::run(&args.index, command, terminal),
        Command::Saved(command) => commands::saved::run(&args.index, command, terminal),
        Command::Compare(command) => commands::compare::run(&args.index, command, terminal),
        Command::Verify(command) => commands::verify::run(&args.index, command, terminal),
        Command::Show(command) => commands::show::run(&args.index, command, terminal),
        Command::Origin(command) => commands::origin::run(&args.index, command, terminal),
        Command::Resolve(command) => commands::resolve::run(&args.index, command, terminal),
        Command::Cite(command) => commands::cite::run(&args.index, command, terminal),
        Command::Export(command) => commands::export::run(&args.index, command, terminal),
        Command::Sample(command) => commands::coding::run_sample(&args.index, command, terminal),
        Command::Agreement(command) => commands::coding::run_agreement(command, terminal),
        Command::Stats(command) => commands::stats::run(&args.index, command, terminal),
        Command::Profile(command) => commands::profile::run(command, terminal),
        Command::Query(_) => commands::shell::query(terminal),
        Command::Completions(command) => commands::shell::completions(command, terminal),
        Command::Man(command) => commands::shell::man(command, terminal),
        Command::ReadApart(command) => commands::index::read_apart(command),
    }
}
