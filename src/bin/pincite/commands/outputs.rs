//! Results that go where the next `index` would read them as reports.

use std::path::{Path, PathBuf};

use pincite::index::IndexFolder;
use pincite::read::real_path;

use crate::args::Command;
use crate::terminal::Terminal;

/// Tells of files that a command will write into a folder of the index.
pub(crate) fn tell_outputs(index: &Path, command: &Command, terminal: &Terminal) {
    let outputs = command.outputs();
    let recipe = match outputs.is_empty() {
        true => None,
        false => IndexFolder::new(index).recipe(),
    };
    let folders = recipe.map(|recipe| recipe.folders).unwrap_or_default();
    for file in outputs {
        let place = real_path(file);
        let inside = |folder: &&PathBuf| {
            place != **folder && place.starts_with(folder) && !is_hidden(&place, folder)
        };
        let folders: Vec<PathBuf> = folders.iter().map(|f| PathBuf::from(&f.path)).collect();
        if let Some(folder) = folders.iter().find(inside) {
            terminal.say(|out| {
                writeln!(
                    out,
                    "note: `{}` lies in `{}`, which the index is built from: the next \
                     `pincite index` would read it as a report",
                    file.display(),
                    folder.display()
                )
            });
        }
    }
}

/// Whether a place below a folder is left alone by a build.
fn is_hidden(place: &Path, folder: &Path) -> bool {
    let below = place.strip_prefix(folder).unwrap_or(place);
    let mut parts = below.iter().map(|part| part.to_string_lossy());
    parts.any(|part| part.starts_with('.'))
}
