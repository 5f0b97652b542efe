//! `pincite profile`

use std::path::{Path, PathBuf};

use pincite::desk::whole::write_whole;
use pincite::error::{Error, Result};
use pincite::format;
use pincite::output::text::{count, write_reading};
use pincite::read::{Profiles, ReadConfig, find_files, read_file};

use super::index::read_config;
use crate::Status;
use crate::args::{ProfileArgs, ProfileCommand, ProfileDrawArgs};
use crate::terminal::Terminal;

pub(crate) fn run(args: &ProfileArgs, terminal: &Terminal) -> Result<Status> {
    match &args.command {
        ProfileCommand::Check(args) => check(&args.file, &args.corpora, terminal),
        ProfileCommand::Show(args) => show(&args.series, terminal),
        ProfileCommand::Draw(args) => draw(args, terminal),
    }
}

/// Says what a profile would make of each file.
fn check(file: &Path, corpora: &[PathBuf], terminal: &Terminal) -> Result<Status> {
    let profiles = Profiles::with(&[file.to_owned()])?;
    let Some(series) = profiles.iter().next().map(|profile| profile.series.clone()) else {
        return Ok(Status::Nothing);
    };
    let config: ReadConfig<'_> = read_config(&profiles);
    let (files, notices) = find_files(corpora)?;
    let options = terminal.text_options(false);
    let (mut read, mut all) = (0, 0);
    terminal.page(|out| {
        for notice in &notices {
            writeln!(out, "{}: {}", notice.place(), notice.message)?;
        }
        for file in &files {
            let mut written = Ok(());
            read_file(file, &config, &mut |reading| {
                all += 1;
                if written.is_ok() {
                    written = write_reading(out, &reading, &series, options)
                        .map(|is_of_series| read += u64::from(is_of_series));
                }
            });
            written?;
        }
        writeln!(out, "{} of {} read as `{series}`", read, count(all, "file"))
    })?;
    Ok(match read {
        0 => Status::Nothing,
        _ => Status::Found,
    })
}

fn show(series: &str, terminal: &Terminal) -> Result<Status> {
    let Some(text) = Profiles::built_in_text(series) else {
        let all: Vec<&str> = Profiles::built_in()
            .iter()
            .map(|p| p.series.as_str())
            .collect();
        return Err(
            Error::usage(format!("there is no built-in profile `{series}`"))
                .with_hint(format!("the profiles are {}", all.join(", "))),
        );
    };
    terminal.page(|out| out.write_all(text.as_bytes()))?;
    Ok(Status::Found)
}

/// Draws how a page of a PDF is read.
fn draw(args: &ProfileDrawArgs, terminal: &Terminal) -> Result<Status> {
    let name = args.file.display();
    let bytes =
        std::fs::read(&args.file).map_err(|e| Error::io(format!("`{name}` cannot be read"), e))?;
    let drawing = format::draw_page(&bytes, args.page, args.step)
        .map_err(|reason| Error::input(format!("`{name}` cannot be drawn: {reason}")))?;
    let is_input = |path: &Path| {
        let (one, other) = (path.canonicalize(), args.file.canonicalize());
        one.is_ok_and(|one| other.is_ok_and(|other| one == other))
    };
    if args.svg.as_deref().is_some_and(is_input) {
        return Err(Error::usage(format!("`{name}` is the PDF itself"))
            .with_hint("give `--svg` another name"));
    }
    match args.svg.as_ref().filter(|path| path.as_os_str() != "-") {
        Some(path) => write_whole(path, drawing.as_bytes())?,
        None => terminal.write(|out| out.write_all(drawing.as_bytes()))?,
    }
    Ok(Status::Found)
}
