//! Results that go where the next `index` would read them as reports.

use std::path::{Path, PathBuf};

use pincite::error::{Error, Result};
use pincite::format::Format;
use pincite::index::IndexFolder;
use pincite::read::real_path;

use crate::args::Command;
use crate::terminal::Terminal;

/// Checks that no file which a command will write would be read as a report by the
/// next build, and notes those that it would list as unreadable.
///
/// # Errors
/// A file among the reports whose name is that of a report.
pub(crate) fn check_outputs(index: &Path, command: &Command, terminal: &Terminal) -> Result<()> {
    let outputs = command.outputs();
    if outputs.is_empty() {
        return Ok(());
    }
    let index = IndexFolder::new(index);
    let folders = index.recipe().map(|recipe| recipe.places(&index));
    let folders = folders.unwrap_or_default();
    for file in outputs {
        let Some(folder) = folder_of(file, &folders) else {
            continue;
        };
        let lies = format!(
            "`{}` lies in `{}`, which the index is built from: the next `pincite index` would",
            file.display(),
            folder.display()
        );
        if is_read(file) {
            let hint = format!("name a place outside of `{}`", folder.display());
            return Err(Error::usage(format!("{lies} read it as a report")).with_hint(hint));
        }
        terminal.say(|out| writeln!(out, "note: {lies} name it as a file that it cannot read"));
    }
    Ok(())
}

/// The folder of the index that a build would find a file in.
fn folder_of<'f>(file: &Path, folders: &'f [PathBuf]) -> Option<&'f PathBuf> {
    let place = real_path(file);
    let is_inside = |folder: &&PathBuf| place.starts_with(folder) && !is_hidden(&place, folder);
    folders.iter().find(is_inside).filter(|_| !place.is_dir())
}

/// Whether a build reads a file of this name, whatever text it holds.
fn is_read(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Format::of(&name, b"text").is_ok()
}

/// Whether a place below a folder is left alone by a build.
fn is_hidden(place: &Path, folder: &Path) -> bool {
    let below = place.strip_prefix(folder).unwrap_or(place);
    let mut parts = below.iter().map(|part| part.to_string_lossy());
    parts.any(|part| part.starts_with('.'))
}
