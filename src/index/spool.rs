//! What a build has read, kept until it is written: in memory as far as the
//! limit goes, the rest in a file.

use std::fs::File;
use std::io::{Read, Result, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// How many bytes are moved to the file at a time, at least.
const CHUNK: usize = 1 << 20;

/// A list of byte strings that grows at its end.
pub(super) struct Spool {
    /// The last chunk is the one that grows.
    chunks: Vec<Chunk>,
    /// How many bytes of memory are left.
    left: usize,
    file: Mutex<File>,
    written: u64,
}

enum Chunk {
    Memory(Vec<u8>),
    /// It begins at this byte of the file.
    File(u64),
}

/// Where a byte string is kept.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Kept {
    chunk: u32,
    start: u32,
    length: u32,
}

impl Kept {
    /// How many bytes.
    pub(super) fn length(self) -> u32 {
        self.length
    }
}

impl Spool {
    /// An empty list that keeps at most `limit` bytes in memory, and about a
    /// chunk more, the rest in a new file at `path`.
    pub(super) fn new(path: &Path, limit: usize) -> Result<Self> {
        let file = File::options()
            .create_new(true)
            .read(true)
            .write(true)
            .open(path)?;
        Ok(Spool {
            chunks: vec![Chunk::Memory(Vec::with_capacity(CHUNK))],
            left: limit,
            file: Mutex::new(file),
            written: 0,
        })
    }

    /// Adds a byte string.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<Kept> {
        let last = self.chunks.len() - 1;
        let Chunk::Memory(chunk) = &mut self.chunks[last] else {
            return Err(std::io::Error::other("the last chunk is in the file"));
        };
        let kept = Kept {
            chunk: last as u32,
            start: chunk.len() as u32,
            length: u32::try_from(bytes.len()).map_err(std::io::Error::other)?,
        };
        chunk.extend_from_slice(bytes);
        if chunk.len() >= CHUNK {
            self.close_chunk(last)?;
        }
        Ok(kept)
    }

    fn close_chunk(&mut self, last: usize) -> Result<()> {
        let mut next = Vec::new();
        if let Chunk::Memory(chunk) = &mut self.chunks[last] {
            if chunk.len() <= self.left {
                self.left -= chunk.len();
                chunk.shrink_to_fit();
                next.reserve(CHUNK);
            } else {
                let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
                file.write_all(chunk)?;
                let start = self.written;
                self.written += chunk.len() as u64;
                next = std::mem::take(chunk);
                next.clear();
                next.shrink_to(CHUNK);
                self.chunks[last] = Chunk::File(start);
            }
        }
        self.chunks.push(Chunk::Memory(next));
        Ok(())
    }

    /// A byte string; one that is in the file is read into `buffer`.
    pub(super) fn get<'a>(&'a self, kept: Kept, buffer: &'a mut Vec<u8>) -> Result<&'a [u8]> {
        let (start, length) = (kept.start as usize, kept.length as usize);
        match &self.chunks[kept.chunk as usize] {
            Chunk::Memory(chunk) => Ok(&chunk[start..start + length]),
            Chunk::File(begins) => {
                buffer.resize(length, 0);
                let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(begins + start as u64))?;
                file.read_exact(buffer)?;
                Ok(buffer)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_comes_back_from_memory_and_from_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut spool = Spool::new(&folder.path().join("spool"), CHUNK).unwrap();
        let text = |i: usize| vec![i as u8; 300_000 + i];
        let kept: Vec<Kept> = (0..20).map(|i| spool.push(&text(i)).unwrap()).collect();
        let in_file = |c: &&Chunk| matches!(c, Chunk::File(_));
        assert!(spool.chunks.iter().filter(in_file).count() > 3);
        let mut buffer = Vec::new();
        for i in [3, 19, 0, 11, 11] {
            assert_eq!(spool.get(kept[i], &mut buffer).unwrap(), text(i));
        }
    }
}
