//! `pincite index`

use std::io;
use std::path::{Path, PathBuf};

use pincite::error::{Error, ErrorKind, Result};
use pincite::format::{Apart, serve};
use pincite::index::{BuildConfig, BuildSummary, Corpora, IndexFolder, Recipe, build};
use pincite::output::text::write_summary;
use pincite::read::{NoticeKind, Profiles, ReadConfig, real_path};
use pincite::theme::Lexicon;

use crate::Status;
use crate::args::{DEFAULT_CORPUS, IndexArgs, READ_APART, ReadApartArgs};
use crate::terminal::{Progress, Terminal, peak_memory};

pub(crate) fn run(index: &Path, args: &IndexArgs, terminal: &Terminal) -> Result<Status> {
    let summary = build_index(index, args, terminal)?;
    terminal
        .write(|out| write_summary(out, &summary, peak_memory(), terminal.text_options(false)))?;
    Ok(status(&summary))
}

/// Builds the index, with a progress bar on a terminal.
pub(crate) fn build_index(
    index: &Path,
    args: &IndexArgs,
    terminal: &Terminal,
) -> Result<BuildSummary> {
    let folder = IndexFolder::new(index);
    let corpora = corpora(args).choose(&folder)?;
    tell_elsewhere(&corpora, &folder, args, terminal);
    let settings = Settings::of(args, &folder)?;
    let own;
    let lexicon = match &settings.themes {
        Some(path) => {
            own = Lexicon::load(path)?;
            &own
        }
        None => Lexicon::built_in(),
    };
    let profiles = Profiles::with(&settings.profiles)?;
    let config = BuildConfig {
        corpora,
        threads: usize::from(args.threads),
        memory: args.memory as usize * 1_000_000,
        read: ReadConfig {
            text_column: settings.text_column,
            ..read_config(&profiles)
        },
        profile_files: settings.profiles,
        lexicon,
        themes: settings.themes,
        rebuild: args.rebuild,
    };
    let progress = Progress::new();
    let built = build(&folder, &config, &|p| progress.update(p));
    progress.finish();
    built
}

/// Says which folders are read, where they are not at the places that the index
/// was built from: a project was moved or copied.
fn tell_elsewhere(corpora: &[PathBuf], index: &IndexFolder, args: &IndexArgs, terminal: &Terminal) {
    let Some(recipe) = index.recipe().filter(|_| args.corpora.is_empty()) else {
        return;
    };
    for (folder, place) in corpora.iter().zip(&recipe.folders) {
        if real_path(folder) != Path::new(&place.path) {
            let (folder, place) = (folder.display(), &place.path);
            terminal
                .say(|out| writeln!(out, "note: reading `{folder}`, which was `{place}` before"));
        }
    }
}

fn corpora(args: &IndexArgs) -> Corpora {
    let named = args.corpora.clone();
    match (named.is_empty(), args.add, args.replace) {
        (true, ..) => Corpora::Known(vec![PathBuf::from(DEFAULT_CORPUS)]),
        (_, true, _) => Corpora::Added(named),
        (.., true) => Corpora::Replaced(named),
        _ => Corpora::Named(named),
    }
}

/// How files are read: as typed, else as the index was built.
struct Settings {
    profiles: Vec<PathBuf>,
    themes: Option<PathBuf>,
    text_column: Option<String>,
}

impl Settings {
    fn of(args: &IndexArgs, index: &IndexFolder) -> Result<Self> {
        let kept = match args.replace {
            true => Recipe::default(),
            false => index.recipe().unwrap_or_default(),
        };
        let kept_files = [
            (
                args.profile.is_empty(),
                "--profile",
                &kept.profile_files[..],
            ),
            (args.themes.is_none(), "--themes", kept.themes.as_slice()),
        ];
        for (is_kept, option, files) in kept_files {
            if let Some(gone) = files.iter().find(|file| is_kept && !file.is_file()) {
                return Err(Error::usage(format!(
                    "the index was built with `{option} {}`, which is not there",
                    gone.display()
                ))
                .with_hint(format!(
                    "name the file by `{option} FILE`, or build without it: `pincite index --replace CORPUS`"
                )));
            }
        }
        Ok(Settings {
            profiles: match args.profile.is_empty() {
                true => kept.profile_files,
                false => args.profile.clone(),
            },
            themes: args.themes.clone().or(kept.themes),
            text_column: args.text_column.clone().or(kept.text_column),
        })
    }
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
