//! The bytes of an input file, and their hash.

use std::fs::File;
use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::InputFile;
use crate::text::digest::hex;

/// The largest file that is read, in bytes.
const MAX_FILE: u64 = 1 << 30;

/// The SHA-256 of a file, in hexadecimal; empty where it is not read.
pub fn hash_of(file: &InputFile) -> String {
    let mut hash = Hash(Sha256::new());
    let hashed = size_of(file)
        .and_then(|()| File::open(&file.path).map_err(|e| e.to_string()))
        .and_then(|mut bytes| io::copy(&mut bytes, &mut hash).map_err(|e| e.to_string()));
    match hashed {
        Ok(_) => hex(&hash.0.finalize()),
        Err(_) => String::new(),
    }
}

/// A hash that bytes are written to.
struct Hash(Sha256);

impl Write for Hash {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether a file is small enough to be read.
fn size_of(file: &InputFile) -> Result<(), String> {
    match file.path.metadata() {
        Ok(metadata) if metadata.len() > MAX_FILE => {
            let (size, most) = (metadata.len() >> 20, MAX_FILE >> 20);
            Err(format!(
                "{size} MB: files of more than {most} MB are not read"
            ))
        }
        // What is wrong otherwise is told when it is read.
        _ => Ok(()),
    }
}

/// The bytes of a file.
///
/// # Errors
/// Why it is not read, in words.
pub(super) fn bytes_of(file: &InputFile) -> Result<Vec<u8>, String> {
    size_of(file)?;
    std::fs::read(&file.path).map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => "is no longer there".to_owned(),
        _ => format!("cannot be read: {cause}"),
    })
}
