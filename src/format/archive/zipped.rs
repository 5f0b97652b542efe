//! Zip files: by their directory, or without it as far as the members tell
//! their sizes.

use std::collections::HashSet;
use std::io::Cursor;

use zip::read::{ZipFile, read_zipfile_from_stream, read_zipfile_from_stream_with_options};
use zip::result::ZipError;
use zip::{ZipArchive, ZipReadOptions};

use super::name::is_hidden;
use super::{End, Out};

/// Reads the members of a zip file.
pub(super) fn read(bytes: &[u8], out: &mut Out<'_>) -> Result<(), String> {
    match ZipArchive::new(Cursor::new(bytes)) {
        Ok(mut archive) => {
            let more = listed(&mut archive, bytes, out);
            if more && archive.has_duplicate_names() {
                repeated(&archive, bytes, out);
            }
            Ok(())
        }
        Err(_) if bytes.starts_with(b"PK\x03\x04") => {
            (out.told)("", "ends early: its directory is missing".to_owned());
            unlisted(bytes, out);
            Ok(())
        }
        Err(error) => Err(broken(&error)),
    }
}

/// Reads the members that the directory lists, the last of each name; whether
/// more may be read.
fn listed(archive: &mut ZipArchive<Cursor<&[u8]>>, bytes: &[u8], out: &mut Out<'_>) -> bool {
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index_data(index) else {
            continue;
        };
        let name = entry.name_raw().to_vec();
        if entry.is_dir() || is_hidden(&name) {
            continue;
        }
        if !out.one_more() {
            return false;
        }
        let left_out = match () {
            () if entry.is_symlink() => Some("a link, left out"),
            () if entry.encrypted() => Some("encrypted"),
            () => None,
        };
        if let Some(reason) = left_out {
            (out.told)(&shown(&name), reason.to_owned());
            continue;
        }
        let packed = entry.compressed_size().min(bytes.len() as u64);
        match archive.by_index(index) {
            Ok(file) => {
                if out.member(&name, Some(packed), file) == End::Full {
                    return false;
                }
            }
            Err(error) => (out.told)(&shown(&name), broken(&error)),
        }
    }
    true
}

/// Reads the members whose names come again later in the directory, which
/// hides them.
fn repeated(archive: &ZipArchive<Cursor<&[u8]>>, bytes: &[u8], out: &mut Out<'_>) {
    let entries = (0..archive.len()).filter_map(|index| archive.by_index_data(index).ok());
    let read: HashSet<u64> = entries.map(|entry| entry.header_start()).collect();
    let number = |at: usize| {
        let bytes = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u64::from(u32::from_le_bytes(bytes)))
    };
    let length = |at: usize| {
        Some(usize::from(u16::from_le_bytes(
            bytes.get(at..at + 2)?.try_into().ok()?,
        )))
    };
    let mut at = usize::try_from(archive.central_directory_start()).unwrap_or(usize::MAX);
    // An entry of the directory: its sign, and at fixed places the packed
    // size, three lengths and where the member begins.
    while bytes
        .get(at..)
        .is_some_and(|rest| rest.starts_with(b"PK\x01\x02"))
    {
        let (Some(packed), Some(start)) = (number(at + 20), number(at + 42)) else {
            return;
        };
        let lengths = [28, 30, 32].map(|place| length(at + place).unwrap_or(0));
        at += 46 + lengths.iter().sum::<usize>();
        let start = start.saturating_add(archive.offset());
        if read.contains(&start) {
            continue;
        }
        let from = usize::try_from(start).unwrap_or(usize::MAX);
        let mut rest = bytes.get(from..).unwrap_or_default();
        // The member itself may tell them only behind its data.
        let options = ZipReadOptions::new()
            .override_compressed_size(packed)
            .ignore_crc32(true);
        let file = read_zipfile_from_stream_with_options(&mut rest, options);
        let Ok(Some(file)) = file else {
            continue;
        };
        if !matches!(one(file, out), Some(End::Good | End::Bomb | End::Broken)) {
            return;
        }
    }
}

/// Reads members one behind the other, as long as each tells where it ends.
fn unlisted(bytes: &[u8], out: &mut Out<'_>) {
    let mut rest = bytes;
    loop {
        let end = match read_zipfile_from_stream(&mut rest) {
            Ok(Some(file)) => one(file, out),
            Ok(None) => return,
            Err(ZipError::Io(_)) => return,
            Err(error) => {
                (out.told)("", format!("the rest cannot be read: {error}"));
                return;
            }
        };
        if end != Some(End::Good) && end != Some(End::Bomb) {
            return;
        }
    }
}

/// Reads one of them; none where the limit of members is met.
fn one(file: ZipFile<'_, &[u8]>, out: &mut Out<'_>) -> Option<End> {
    let name = file.name_raw().to_vec();
    if file.is_dir() || is_hidden(&name) {
        return Some(End::Good);
    }
    if !out.one_more() {
        return None;
    }
    let packed = file.compressed_size();
    Some(out.member(&name, Some(packed), file))
}

/// A name for a message of a member that is not read.
fn shown(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name);
    name.replace(char::is_control, "\u{FFFD}")
}

/// Why a zip file or a member of one cannot be read.
fn broken(error: &ZipError) -> String {
    format!("cannot be read: {error}")
}
