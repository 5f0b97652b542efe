//! A corpus some times over. Each copy moves the years on, in the names of the
//! files and in their first lines, so that its reports are new ones.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use walkdir::WalkDir;

/// Writes `copies` copies of the files below `from` into `to`.
pub fn copy(from: &Path, to: &Path, copies: u16) -> Result<()> {
    let files: Vec<_> = WalkDir::new(from)
        .sort_by_file_name()
        .into_iter()
        .collect::<Result<_, _>>()?;
    let mut named: Vec<u16> = Vec::new();
    for file in &files {
        let name = file.file_name().to_string_lossy();
        named.extend(years(&name).map(|(_, year)| year));
    }
    let span = match (named.iter().min(), named.iter().max()) {
        (Some(first), Some(last)) => last - first + 1,
        _ => 1,
    };
    for file in files.iter().filter(|f| f.file_type().is_file()) {
        let below = file.path().strip_prefix(from)?.to_string_lossy();
        let bytes = fs::read(file.path())
            .with_context(|| format!("cannot read `{}`", file.path().display()))?;
        let end = bytes.iter().position(|b| *b == b'\n').unwrap_or(0);
        for copy in 0..copies {
            let name = to.join(name_of_copy(&below, copy, span));
            fs::create_dir_all(name.parent().unwrap_or(to))?;
            let mut text = match std::str::from_utf8(&bytes[..end]) {
                Ok(line) => shifted(line, copy * span).into_bytes(),
                Err(_) => bytes[..end].to_vec(),
            };
            text.extend_from_slice(&bytes[end..]);
            fs::write(&name, text).with_context(|| format!("cannot write `{}`", name.display()))?;
        }
    }
    Ok(())
}

/// The name of a file in a copy; one without a year gets the copy's number.
fn name_of_copy(name: &str, copy: u16, span: u16) -> String {
    let moved = shifted(name, copy * span);
    match name.rsplit_once('.') {
        Some((stem, ending)) if moved == name && copy > 0 => format!("{stem}-{copy}.{ending}"),
        _ => moved,
    }
}

/// A text with its years later by `by`.
fn shifted(text: &str, by: u16) -> String {
    let mut moved = String::new();
    let mut from = 0;
    for (at, year) in years(text) {
        moved.push_str(&text[from..at]);
        moved.push_str(&(year + by).to_string());
        from = at + 4;
    }
    moved.push_str(&text[from..]);
    moved
}

/// The years of a text, 1900 to 2099, standing alone, each with where it
/// begins, in bytes.
fn years(text: &str) -> impl Iterator<Item = (usize, u16)> + '_ {
    let bytes = text.as_bytes();
    let digit = move |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_digit)
    };
    (0..bytes.len()).filter_map(move |at| {
        let year = text.get(at..at + 4)?.parse().ok()?;
        let alone = !digit(at.checked_sub(1)) && !digit(Some(at + 4));
        (alone && (1900..2100).contains(&year)).then_some((at, year))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_move_on() {
        let cases = [
            ("ungd/1970/ALB_25_1970.txt", "ungd/2000/ALB_25_2000.txt"),
            ("tip/2021-cambodia.txt", "tip/2051-cambodia.txt"),
            ("a/notes.md", "a/notes-1.md"),
            ("a/120211.txt", "a/120211-1.txt"),
        ];
        for (name, moved) in cases {
            assert_eq!(name_of_copy(name, 0, 30), name);
            assert_eq!(name_of_copy(name, 1, 30), moved);
        }
    }
}
