//! `pincite index`

use std::path::Path;

use pincite::error::Result;
use pincite::index::{BuildConfig, BuildSummary, IndexFolder, build};
use pincite::output::text::write_summary;
use pincite::read::{NoticeKind, Profiles};
use pincite::theme::Lexicon;

use crate::Status;
use crate::args::IndexArgs;
use crate::terminal::{Progress, Terminal, peak_memory};

pub(crate) fn run(index: &Path, args: &IndexArgs, terminal: &Terminal) -> Result<Status> {
    let summary = build_index(index, args)?;
    terminal
        .write(|out| write_summary(out, &summary, peak_memory(), terminal.text_options(false)))?;
    Ok(status(&summary))
}

/// Builds the index, with a progress bar on a terminal.
pub(crate) fn build_index(index: &Path, args: &IndexArgs) -> Result<BuildSummary> {
    let own;
    let lexicon = match &args.themes {
        Some(path) => {
            own = Lexicon::load(path)?;
            &own
        }
        None => Lexicon::built_in(),
    };
    let config = BuildConfig {
        corpora: args.corpora.clone(),
        threads: usize::from(args.threads),
        memory: args.memory as usize * 1_000_000,
        profiles: Profiles::built_in(),
        lexicon,
        themes: args.themes.clone(),
    };
    let progress = Progress::new();
    let built = build(&IndexFolder::new(index), &config, &|p| progress.update(p));
    progress.finish();
    built
}

fn status(summary: &BuildSummary) -> Status {
    let lost = |kind| matches!(kind, NoticeKind::Skipped | NoticeKind::Duplicate);
    match summary.notices.iter().any(|n| lost(n.kind)) {
        true => Status::Partly,
        false => Status::Found,
    }
}
