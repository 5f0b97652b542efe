//! What commands have in common in their arguments: how they are asked, and which
//! files they write.

use std::path::{Path, PathBuf};

use super::{AskArgs, Command, SavedCommand};

impl Command {
    /// The files that it writes and that an index could read as reports, but for
    /// those that the next build knows to be none (evidence packs, downloads).
    pub(crate) fn outputs(&self) -> Vec<&Path> {
        let ask = self.ask();
        let receipt = ask.map_or_else(Vec::new, |ask| named(&[&ask.receipt.receipt]));
        let own = match self {
            Command::Batch(args) => named(&[&args.to, &args.keep]),
            Command::Sample(args) => vec![args.sheet.as_path()],
            Command::Saved(args) => match &args.command {
                SavedCommand::Run(args) => named(&[&args.receipt.receipt]),
                SavedCommand::Add(args) => vec![args.file.file.as_path()],
                _ => Vec::new(),
            },
            Command::Silence(args) => charts(&args.drawing),
            Command::Trend(args) => charts(&args.drawing),
            _ => Vec::new(),
        };
        [receipt, own].concat()
    }

    /// How a command that searches is asked.
    pub(crate) fn ask(&self) -> Option<&AskArgs> {
        match self {
            Command::Search(args) => Some(&args.ask),
            Command::Facets(args) => Some(&args.ask),
            Command::Silence(args) => Some(&args.ask),
            Command::Trend(args) => Some(&args.ask),
            Command::Explain(args) => Some(&args.ask),
            Command::Kwic(args) => Some(&args.ask),
            Command::Words(args) => Some(&args.ask),
            Command::Batch(args) => Some(&args.ask),
            Command::Export(args) => Some(&args.ask),
            Command::Sample(args) => Some(&args.ask),
            _ => None,
        }
    }
}

fn named<'a>(files: &[&'a Option<PathBuf>]) -> Vec<&'a Path> {
    files.iter().filter_map(|file| file.as_deref()).collect()
}

fn charts(args: &super::DrawingArgs) -> Vec<&Path> {
    args.charts.iter().map(|chart| chart.path()).collect()
}
