//! `pincite index`

use std::io;
use std::path::Path;

use pincite::error::{Error, ErrorKind, Result};
use pincite::format::{Apart, serve};
use pincite::index::{BuildConfig, BuildSummary, IndexFolder, build};
use pincite::output::text::write_summary;
use pincite::read::{NoticeKind, Profiles, ReadConfig};
use pincite::theme::Lexicon;

use crate::Status;
use crate::args::{IndexArgs, READ_APART, ReadApartArgs};
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
    let profiles = Profiles::with(&args.profile)?;
    let config = BuildConfig {
        corpora: args.corpora.clone(),
        threads: usize::from(args.threads),
        memory: args.memory as usize * 1_000_000,
        read: ReadConfig {
            text_column: args.text_column.clone(),
            ..read_config(&profiles)
        },
        profile_files: args.profile.clone(),
        lexicon,
        themes: args.themes.clone(),
        rebuild: args.rebuild,
    };
    let progress = Progress::new();
    let built = build(&IndexFolder::new(index), &config, &|p| progress.update(p));
    progress.finish();
    built
}

/// How the program reads files: what may break apart, by itself.
pub(super) fn read_config(profiles: &Profiles) -> ReadConfig<'_> {
    // A program that cannot find itself reads all in this process.
    let apart = std::env::current_exe().ok().map(|program| Apart {
        program,
        arguments: vec![READ_APART.to_owned()],
        seconds: Apart::SECONDS,
        memory: Apart::MEMORY,
    });
    ReadConfig {
        apart,
        ..ReadConfig::new(profiles)
    }
}

/// `pincite read-apart`, which a build calls.
pub(crate) fn read_apart(args: &ReadApartArgs) -> Result<Status> {
    let served = serve(
        args.format,
        args.memory,
        &mut io::stdin(),
        &mut io::stdout(),
    );
    served.map_err(|e| Error::new(ErrorKind::Io, "no file could be read").with_cause(e))?;
    Ok(Status::Found)
}

fn status(summary: &BuildSummary) -> Status {
    let lost = |kind| matches!(kind, NoticeKind::Skipped | NoticeKind::Duplicate);
    match summary.manifest.notices.iter().any(|n| lost(n.kind)) {
        true => Status::Partly,
        false => Status::Found,
    }
}
