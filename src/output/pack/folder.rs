//! The folder of a pack: written beside its place and moved there whole, so that
//! a stop in the middle leaves no half pack. Where one pack replaces another, a
//! stop between the two moves leaves the old one beside its place, under a name
//! that begins with a dot.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::read::own::{PACK_KIND, PACK_MANIFEST};
use crate::text::digest::sha256;

/// A place for a pack, which was looked at.
#[derive(Debug)]
pub struct PackFolder {
    place: PathBuf,
    /// Whether something is there that goes away: nothing but a pack as it was
    /// written, or an empty folder.
    is_there: bool,
}

#[derive(Deserialize)]
struct Kept {
    kind: String,
    files: BTreeMap<String, KeptFile>,
}

#[derive(Deserialize)]
struct KeptFile {
    sha256: String,
}

impl PackFolder {
    /// Looks whether a pack can be written at a place: there is nothing yet, an
    /// empty folder, or a pack whose files are as pincite wrote them.
    ///
    /// # Errors
    /// Something else is there: it stays.
    pub fn at(place: &Path) -> Result<Self> {
        if place.file_name().is_none() {
            return Err(
                Error::usage(format!("`{}` names no folder of its own", place.display()))
                    .with_hint("name a folder that is not there yet, as `pack/`"),
            );
        }
        let is_there = match fs::symlink_metadata(place) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => false,
            Err(e) => return Err(Error::io(unread(place), e)),
            Ok(about) if !about.is_dir() => {
                return Err(Error::usage(format!("`{}` is no folder", place.display()))
                    .with_hint("name a folder that is not there yet"));
            }
            Ok(_) => true,
        };
        if is_there {
            check(place)?;
        }
        Ok(PackFolder {
            place: place.to_owned(),
            is_there,
        })
    }

    /// Writes the files of a pack.
    ///
    /// # Errors
    /// What writing fails with; what was there is then still there.
    pub fn write(&self, files: &[(&str, Vec<u8>)]) -> Result<()> {
        let unwritten = |e| Error::io(format!("`{}` cannot be written", self.place.display()), e);
        let name = self.place.file_name().unwrap_or_default().to_string_lossy();
        let beside = |what: &str| {
            self.place
                .with_file_name(format!(".{name}.{what}-{}", std::process::id()))
        };
        let parent = self.place.parent().filter(|p| !p.as_os_str().is_empty());
        if let Some(parent) = parent {
            fs::create_dir_all(parent).map_err(unwritten)?;
        }
        let (new, old) = (beside("new"), beside("old"));
        let written = write_all(&new, files).and_then(|()| {
            if self.is_there {
                fs::rename(&self.place, &old)?;
            }
            fs::rename(&new, &self.place)
        });
        if let Err(e) = written {
            if self.is_there && !self.place.exists() {
                // The old pack goes back to its place.
                let _ = fs::rename(&old, &self.place);
            }
            let _ = fs::remove_dir_all(&new);
            return Err(unwritten(e));
        }
        match self.is_there {
            true => fs::remove_dir_all(&old).map_err(unwritten),
            false => Ok(()),
        }
    }
}

fn write_all(folder: &Path, files: &[(&str, Vec<u8>)]) -> io::Result<()> {
    // A run that was stopped may have left one with this name.
    let _ = fs::remove_dir_all(folder);
    fs::create_dir(folder)?;
    for (name, bytes) in files {
        let mut file = fs::File::create(folder.join(name))?;
        io::Write::write_all(&mut file, bytes)?;
        file.sync_all()?;
    }
    Ok(())
}

/// Checks that a folder holds nothing, or a pack and nothing else.
fn check(place: &Path) -> Result<()> {
    let hint = "name a folder that is not there yet; what is here stays";
    let entries = fs::read_dir(place).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.map_err(|e| Error::io(unread(place), e))?;
    if entries.is_empty() {
        return Ok(());
    }
    let kept = fs::read(place.join(PACK_MANIFEST)).ok();
    let kept = kept.and_then(|text| serde_json::from_slice::<Kept>(&text).ok());
    let Some(kept) = kept.filter(|kept| kept.kind == PACK_KIND) else {
        let told = format!(
            "`{}` holds files that are no evidence pack",
            place.display()
        );
        return Err(Error::usage(told).with_hint(hint));
    };
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let told = match kept.files.get(&name) {
            _ if name == PACK_MANIFEST => continue,
            None => format!(
                "`{}` holds `{name}`, which is not of the pack",
                place.display()
            ),
            Some(file) => {
                let bytes = fs::read(entry.path()).unwrap_or_default();
                if sha256(&bytes) == file.sha256 {
                    continue;
                }
                format!(
                    "`{name}` in `{}` was changed since it was written",
                    place.display()
                )
            }
        };
        return Err(Error::usage(told).with_hint(hint));
    }
    Ok(())
}

fn unread(place: &Path) -> String {
    format!("`{}` cannot be read", place.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(text: &str) -> Vec<(&'static str, Vec<u8>)> {
        let manifest = format!(
            "{{\"kind\": \"{PACK_KIND}\", \"files\": {{\"quotes.md\": {{\"sha256\": \"{}\"}}}}}}",
            sha256(text.as_bytes())
        );
        vec![
            ("quotes.md", text.as_bytes().to_vec()),
            (PACK_MANIFEST, manifest.into_bytes()),
        ]
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_pack_replaces_nothing_but_a_pack() {
        let root = tempfile::tempdir().unwrap();
        let place = root.path().join("deep/pack");
        PackFolder::at(&place).unwrap().write(&pack("a")).unwrap();
        assert_eq!(names(&place), [PACK_MANIFEST, "quotes.md"]);
        PackFolder::at(&place).unwrap().write(&pack("b")).unwrap();
        assert_eq!(fs::read(place.join("quotes.md")).unwrap(), b"b");
        assert_eq!(
            names(&root.path().join("deep")),
            ["pack"],
            "nothing is left beside it"
        );
        let told = || PackFolder::at(&place).unwrap_err().to_string();
        fs::write(place.join("mine.txt"), "x").unwrap();
        assert!(
            told().ends_with("holds `mine.txt`, which is not of the pack"),
            "{}",
            told()
        );
        fs::remove_file(place.join("mine.txt")).unwrap();
        fs::write(place.join("quotes.md"), "mine").unwrap();
        assert!(
            told().ends_with("was changed since it was written"),
            "{}",
            told()
        );
        fs::remove_file(place.join(PACK_MANIFEST)).unwrap();
        assert!(
            told().ends_with("holds files that are no evidence pack"),
            "{}",
            told()
        );
        let file = root.path().join("file");
        fs::write(&file, "x").unwrap();
        assert!(PackFolder::at(&file).is_err());
        let empty = root.path().join("empty");
        fs::create_dir(&empty).unwrap();
        PackFolder::at(&empty).unwrap().write(&pack("a")).unwrap();
        assert_eq!(names(&empty), [PACK_MANIFEST, "quotes.md"]);
    }

    #[test]
    fn what_cannot_be_written_leaves_the_old_pack() {
        let root = tempfile::tempdir().unwrap();
        let place = root.path().join("pack");
        PackFolder::at(&place).unwrap().write(&pack("a")).unwrap();
        let folder = PackFolder::at(&place).unwrap();
        // A name with a folder that is not there cannot be written.
        assert!(folder.write(&[("no/where", Vec::new())]).is_err());
        assert_eq!(fs::read(place.join("quotes.md")).unwrap(), b"a");
        assert_eq!(names(root.path()), ["pack"]);
    }
}
