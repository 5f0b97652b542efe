//! Records on disk, compressed, each read alone: the passages and reports of an
//! index.
//!
//! Records lie in order, some to a block, each block compressed by zstd with a
//! dictionary of what the corpus says often. So blocks can be small, and a
//! record costs the reading of one.
//!
//! The file: the blocks; the dictionary; for each block its first record (4
//! bytes, little-endian) and where it begins (8 bytes); how many bytes the
//! dictionary has, how many blocks and records there are, and how many bytes
//! the longest block has uncompressed (4 bytes each); [`MAGIC`]. A block says
//! which records it has: the first and behind the last (4 bytes each); then
//! come the records, each after its length.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::directory::OwnedBytes;
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::CParameter;

use super::varint::{push_number, take_number};

/// How many bytes a block has, uncompressed, at least.
const BLOCK: usize = 4096;
/// The level of compression.
const LEVEL: i32 = 3;
/// How many bytes a dictionary has at most, and how much of the samples.
const DICTIONARY: usize = 256 << 10;
const PART_OF_SAMPLES: usize = 12;
/// Fewer samples give no dictionary.
const FEWEST_SAMPLES: usize = 200;
/// How many blocks that were read are kept, and of how many bytes at most.
const RECENT: usize = 1024;
const RECENT_BYTES: usize = 64 << 10;
/// The longest block that is read, in bytes.
const LONGEST: usize = 1 << 30;
const MAGIC: &[u8; 4] = b"pcs1";
/// How many bytes a block begins with, an entry of the index and the end have.
const HEAD: usize = 8;
const ENTRY: usize = 12;
const FOOTER: usize = 20;

/// A dictionary for records like some samples; empty where they are few.
pub(super) fn train(samples: &[u8], lengths: &[usize]) -> Vec<u8> {
    if lengths.len() < FEWEST_SAMPLES {
        return Vec::new();
    }
    let size = (samples.len() / PART_OF_SAMPLES).min(DICTIONARY);
    // Samples that are too much alike give none.
    zstd::dict::from_continuous(samples, lengths, size).unwrap_or_default()
}

/// Writes records.
pub(super) struct StoreWriter<'d> {
    file: BufWriter<File>,
    compressor: Compressor<'d>,
    dictionary: &'d Dictionary,
    block: Vec<u8>,
    packed: Vec<u8>,
    longest: usize,
    /// How many records came before the block.
    before: u32,
    records: u32,
    written: u64,
    index: Vec<u8>,
}

/// A dictionary ready for use.
pub(super) struct Dictionary {
    bytes: Vec<u8>,
    prepared: EncoderDictionary<'static>,
}

impl Dictionary {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Dictionary {
            prepared: EncoderDictionary::copy(&bytes, LEVEL),
            bytes,
        }
    }
}

impl<'d> StoreWriter<'d> {
    pub(super) fn create(path: &Path, dictionary: &'d Dictionary) -> io::Result<Self> {
        let mut compressor = match dictionary.bytes.is_empty() {
            true => Compressor::new(LEVEL)?,
            false => Compressor::with_prepared_dictionary(&dictionary.prepared)?,
        };
        // A damaged block must not pass for a text.
        compressor.set_parameter(CParameter::ChecksumFlag(true))?;
        Ok(StoreWriter {
            file: BufWriter::new(File::create_new(path)?),
            compressor,
            dictionary,
            block: Vec::new(),
            packed: Vec::new(),
            longest: 0,
            before: 0,
            records: 0,
            written: 0,
            index: Vec::new(),
        })
    }

    /// Adds a record that is given in parts.
    pub(super) fn add(&mut self, parts: &[&[u8]]) -> io::Result<()> {
        if self.block.is_empty() {
            self.block.resize(HEAD, 0);
        }
        let length = parts.iter().map(|p| p.len()).sum::<usize>();
        let length = u32::try_from(length).map_err(io::Error::other)?;
        push_number(length, &mut self.block);
        parts.iter().for_each(|p| self.block.extend_from_slice(p));
        self.records += 1;
        match self.block.len() >= BLOCK {
            true => self.close_block(),
            false => Ok(()),
        }
    }

    fn close_block(&mut self) -> io::Result<()> {
        if self.block.is_empty() {
            return Ok(());
        }
        self.block[..4].copy_from_slice(&self.before.to_le_bytes());
        self.block[4..HEAD].copy_from_slice(&self.records.to_le_bytes());
        self.longest = self.longest.max(self.block.len());
        let bound = zstd::zstd_safe::compress_bound(self.block.len());
        self.packed.clear();
        self.packed.reserve(bound);
        self.compressor
            .compress_to_buffer(&self.block, &mut self.packed)?;
        self.file.write_all(&self.packed)?;
        self.index.extend(self.before.to_le_bytes());
        self.index.extend(self.written.to_le_bytes());
        self.written += self.packed.len() as u64;
        self.before = self.records;
        self.block.clear();
        Ok(())
    }

    /// Writes what is left, and to the disk.
    pub(super) fn close(mut self) -> io::Result<()> {
        self.close_block()?;
        self.file.write_all(&self.dictionary.bytes)?;
        self.file.write_all(&self.index)?;
        let blocks = self.index.len() / ENTRY;
        for number in [
            self.dictionary.bytes.len(),
            blocks,
            self.records as usize,
            self.longest,
        ] {
            let number = u32::try_from(number).map_err(io::Error::other)?;
            self.file.write_all(&number.to_le_bytes())?;
        }
        self.file.write_all(MAGIC)?;
        self.file.into_inner()?.sync_all()
    }
}

/// Records that can be read.
pub(super) struct Store {
    bytes: OwnedBytes,
    dictionary: Range<usize>,
    blocks: usize,
    records: u32,
    longest: usize,
    prepared: OnceLock<DecoderDictionary<'static>>,
    /// Blocks that were read lately: at most [`RECENT`].
    recent: Mutex<FxHashMap<usize, Arc<[u8]>>>,
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a file of texts is damaged")
}

impl Store {
    /// The records of a file.
    ///
    /// # Errors
    /// A file that is cut off, or is none of records.
    pub(super) fn open(bytes: OwnedBytes) -> io::Result<Self> {
        let end = bytes.len().checked_sub(FOOTER).ok_or_else(damaged)?;
        let number = |i: usize| u32_at(&bytes, end + 4 * i);
        let (dictionary, blocks) = (number(0)? as usize, number(1)? as usize);
        let before = blocks * ENTRY + dictionary;
        let start = end.checked_sub(before).ok_or_else(damaged)?;
        if &bytes[end + 16..] != MAGIC {
            return Err(damaged());
        }
        Ok(Store {
            dictionary: start..start + dictionary,
            blocks,
            records: number(2)?,
            longest: number(3)? as usize,
            prepared: OnceLock::new(),
            recent: Mutex::default(),
            bytes,
        })
    }

    /// How many records there are.
    pub(super) fn records(&self) -> u32 {
        self.records
    }

    /// A reader that goes from record to record.
    pub(super) fn reader(&self) -> StoreReader<'_> {
        StoreReader {
            store: self,
            decompressor: None,
            block: Arc::default(),
            records: 0..0,
        }
    }

    fn decompressor(&self) -> io::Result<Decompressor<'_>> {
        Ok(match self.dictionary.is_empty() {
            true => Decompressor::new()?,
            false => {
                let bytes = &self.bytes[self.dictionary.clone()];
                let dictionary = match self.prepared.get() {
                    Some(dictionary) => dictionary,
                    None => {
                        let dictionary = DecoderDictionary::try_copy(bytes)?;
                        self.prepared.get_or_init(|| dictionary)
                    }
                };
                Decompressor::with_prepared_dictionary(dictionary)?
            }
        })
    }

    /// The first record of a block.
    fn first(&self, block: usize) -> io::Result<u32> {
        u32_at(&self.bytes, self.dictionary.end + block * ENTRY)
    }

    fn start(&self, block: usize) -> io::Result<usize> {
        if block == self.blocks {
            return Ok(self.dictionary.start);
        }
        let at = self.dictionary.end + block * ENTRY + 4;
        let bytes = self.bytes.get(at..at + 8).and_then(|b| b.try_into().ok());
        Ok(u64::from_le_bytes(bytes.ok_or_else(damaged)?) as usize)
    }

    /// The block that holds a record.
    fn block_of(&self, record: u32) -> io::Result<usize> {
        let (mut low, mut high) = (0, self.blocks);
        while high - low > 1 {
            let middle = low.midpoint(high);
            match self.first(middle)? <= record {
                true => low = middle,
                false => high = middle,
            }
        }
        Ok(low)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({} records)", self.records)
    }
}

fn u32_at(bytes: &[u8], at: usize) -> io::Result<u32> {
    let four = bytes.get(at..at + 4).and_then(|b| b.try_into().ok());
    Ok(u32::from_le_bytes(four.ok_or_else(damaged)?))
}

/// Reads records; it keeps the block it read last.
pub(super) struct StoreReader<'s> {
    store: &'s Store,
    /// Made when a block is read that was not read lately.
    decompressor: Option<Decompressor<'s>>,
    block: Arc<[u8]>,
    /// The records of the block.
    records: Range<u32>,
}

impl StoreReader<'_> {
    /// A record, by its place from 0.
    ///
    /// # Errors
    /// A damaged file, or no such record.
    pub(super) fn record(&mut self, record: u32) -> io::Result<&[u8]> {
        if record >= self.store.records {
            return Err(damaged());
        }
        if !self.records.contains(&record) {
            self.read_block(self.store.block_of(record)?)?;
        }
        if !self.records.contains(&record) {
            return Err(damaged());
        }
        let mut rest = &self.block[HEAD..];
        for _ in self.records.start..record {
            let length = take_number(&mut rest) as usize;
            rest = rest.get(length..).ok_or_else(damaged)?;
        }
        let length = take_number(&mut rest) as usize;
        rest.get(..length).ok_or_else(damaged)
    }

    fn read_block(&mut self, block: usize) -> io::Result<()> {
        self.records = 0..0;
        let recent = self.store.recent.lock();
        let recent = recent.unwrap_or_else(PoisonError::into_inner);
        self.block = match recent.get(&block).map(Arc::clone) {
            Some(known) => known,
            None => {
                drop(recent);
                let read: Arc<[u8]> = self.decompressed(block)?.into();
                let recent = self.store.recent.lock();
                let mut recent = recent.unwrap_or_else(PoisonError::into_inner);
                if recent.len() >= RECENT {
                    recent.clear();
                }
                if read.len() <= RECENT_BYTES {
                    recent.insert(block, Arc::clone(&read));
                }
                read
            }
        };
        self.records = u32_at(&self.block, 0)?..u32_at(&self.block, 4)?;
        Ok(())
    }

    fn decompressed(&mut self, block: usize) -> io::Result<Vec<u8>> {
        let bytes = self.store.start(block)?..self.store.start(block + 1)?;
        let bytes = self.store.bytes.get(bytes).ok_or_else(damaged)?;
        let decompressor = match &mut self.decompressor {
            Some(decompressor) => decompressor,
            none => none.insert(self.store.decompressor()?),
        };
        // A length from a damaged file must not take all memory.
        decompressor.decompress(bytes, self.store.longest.min(LONGEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(i: usize) -> Vec<u8> {
        format!("record {i}: the government of {} ", i % 7)
            .repeat(1 + i % 90)
            .into_bytes()
    }

    fn written(samples: usize) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store");
        let texts: Vec<Vec<u8>> = (0..samples).map(text).collect();
        let lengths: Vec<usize> = texts.iter().map(Vec::len).collect();
        let dictionary = Dictionary::new(train(&texts.concat(), &lengths));
        let mut writer = StoreWriter::create(&path, &dictionary).unwrap();
        for i in 0..500 {
            writer.add(&[&text(i)[..3], &text(i)[3..]]).unwrap();
        }
        writer.close().unwrap();
        std::fs::read(path).unwrap()
    }

    #[test]
    fn records_come_back_in_any_order() {
        for samples in [0, 500] {
            let store = Store::open(OwnedBytes::new(written(samples))).unwrap();
            assert_eq!(store.dictionary.is_empty(), samples == 0);
            let mut reader = store.reader();
            for i in [0, 499, 7, 8, 9, 300, 299, 0] {
                assert_eq!(reader.record(i as u32).unwrap(), text(i));
            }
            assert!(reader.record(500).is_err());
        }
    }

    #[test]
    fn damage_is_an_error_and_never_another_text() {
        let whole = written(500);
        for cut in [0, 1, 19, 20, whole.len() / 2, whole.len() - 1] {
            assert!(Store::open(OwnedBytes::new(whole[..cut].to_vec())).is_err());
        }
        for at in (0..whole.len()).step_by(97) {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            let Ok(store) = Store::open(OwnedBytes::new(damaged)) else {
                continue;
            };
            let mut reader = store.reader();
            for i in 0..500 {
                if let Ok(record) = reader.record(i as u32) {
                    assert_eq!(record, text(i), "byte {at}");
                }
            }
        }
    }
}
