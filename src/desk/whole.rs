//! Files that land whole or not at all.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::error::{Error, Result};

/// Writes a file beside its place and moves it there: a stop in the middle leaves
/// what was there.
///
/// # Errors
/// What writing fails with.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let unwritten = |e| Error::io(format!("`{}` cannot be written", path.display()), e);
    let Some(name) = path.file_name() else {
        return Err(Error::usage(format!("`{}` names no file", path.display())));
    };
    let beside = format!(".{}.new-{}", name.to_string_lossy(), std::process::id());
    let beside = path.with_file_name(beside);
    let written = fs::File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    });
    written.map_err(|e| {
        let _ = fs::remove_file(&beside);
        unwritten(e)
    })
}
