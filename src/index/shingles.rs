//! What tells passages that are alike: the least shingles of each.
//!
//! Of every passage the index keeps the [`KEPT`] least hashes of its
//! [shingles](crate::text::shingles) (a bottom-k sketch: Broder, 1997; Cohen and
//! Kelley, "Summarizing data using bottom-k sketches", 2007). Two passages that
//! share `r` of what either has share at least one of them with a chance of
//! about `1 - (1 - r)^8`: 94 % where they share 30 %. What is found so is alike
//! *perhaps*; the texts decide.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::directory::OwnedBytes;

use crate::text::Wording;

/// How many hashes are kept of a passage.
pub const KEPT: usize = 8;
/// What stands where a passage has fewer shingles.
const NONE: u32 = u32::MAX;
/// The bytes of a passage in the file.
const BYTES: usize = KEPT * 4;

/// The file, in the folder of the engine's files: for every passage in order
/// its least hashes in ascending order, little-endian.
pub(super) const FILE: &str = "shingles";

/// The least of some hashes of shingles, in ascending order.
pub(super) fn least(shingles: impl Iterator<Item = u64>) -> [u32; KEPT] {
    let mut least = [NONE; KEPT];
    for shingle in shingles {
        let hash = (shingle >> 32) as u32;
        let at = least.partition_point(|known| *known < hash);
        if at < KEPT && least[at] != hash {
            least[at..].rotate_right(1);
            least[at] = hash;
        }
    }
    least
}

/// Writes the file.
pub(super) struct ShinglesWriter(BufWriter<std::fs::File>);

impl ShinglesWriter {
    pub(super) fn create(folder: &Path) -> io::Result<Self> {
        let file = std::fs::File::create_new(folder.join(FILE))?;
        Ok(ShinglesWriter(BufWriter::new(file)))
    }

    pub(super) fn add(&mut self, least: &[u32; KEPT]) -> io::Result<()> {
        let mut hashes = least.iter();
        hashes.try_for_each(|hash| self.0.write_all(&hash.to_le_bytes()))
    }

    pub(super) fn close(self) -> io::Result<()> {
        self.0.into_inner()?.sync_all()
    }
}

/// The least shingles of the passages of an open index.
pub struct Shingles(OwnedBytes);

impl Shingles {
    /// The shingles of `passages` passages.
    ///
    /// # Errors
    /// A file of another length.
    pub(super) fn open(bytes: OwnedBytes, passages: u32) -> io::Result<Self> {
        if bytes.len() != passages as usize * BYTES {
            let message = "the file of shingles is damaged";
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        Ok(Shingles(bytes))
    }

    /// The least shingles of a passage, in ascending order; none of a passage
    /// without words.
    pub fn of(&self, doc: DocId) -> impl Iterator<Item = u32> {
        let at = doc as usize * BYTES;
        hashes(self.0.get(at..at + BYTES).unwrap_or_default())
    }

    /// For each of some passages the passages that share at least one of its
    /// least shingles, in order, itself not among them.
    pub fn sharing(&self, passages: &[DocId]) -> Vec<Vec<DocId>> {
        let wanted = passages.iter().map(|doc| self.of(*doc));
        without_itself(self.find(wanted, 0..self.passages()), passages)
    }

    /// As [`Shingles::sharing`], but only passages of `among` are found; they
    /// are in ascending order.
    pub fn sharing_among(&self, passages: &[DocId], among: &[DocId]) -> Vec<Vec<DocId>> {
        let wanted = passages.iter().map(|doc| self.of(*doc));
        without_itself(self.find(wanted, among.iter().copied()), passages)
    }

    /// For each of some texts the passages that share at least one of its least
    /// shingles, in order.
    pub fn sharing_with(&self, texts: &[Wording]) -> Vec<Vec<DocId>> {
        let least = |text: &Wording| least(text.shingles()).into_iter().filter(|h| *h != NONE);
        self.find(texts.iter().map(least), 0..self.passages())
    }

    fn passages(&self) -> DocId {
        (self.0.len() / BYTES) as DocId
    }

    /// For each of some sets of hashes the passages of `among` that have one of
    /// them.
    fn find<I: Iterator<Item = u32>>(
        &self,
        sets: impl Iterator<Item = I>,
        among: impl Iterator<Item = DocId>,
    ) -> Vec<Vec<DocId>> {
        let mut wanted: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        let mut found: Vec<Vec<DocId>> = Vec::new();
        for (at, hashes) in sets.enumerate() {
            hashes.for_each(|hash| wanted.entry(hash).or_default().push(at));
            found.push(Vec::new());
        }
        for doc in among {
            for at in self.of(doc).filter_map(|hash| wanted.get(&hash)).flatten() {
                if found[*at].last() != Some(&doc) {
                    found[*at].push(doc);
                }
            }
        }
        found
    }
}

/// What was found for each of some passages, without that passage.
fn without_itself(mut found: Vec<Vec<DocId>>, passages: &[DocId]) -> Vec<Vec<DocId>> {
    for (found, passage) in found.iter_mut().zip(passages) {
        found.retain(|doc| doc != passage);
    }
    found
}

fn hashes(bytes: &[u8]) -> impl Iterator<Item = u32> {
    let all = bytes
        .chunks_exact(4)
        .map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
    all.filter(|hash| *hash != NONE)
}

impl std::fmt::Debug for Shingles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Shingles")
            .field(&(self.0.len() / BYTES))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn the_least_are_those_of_the_sorted_list(hashes in proptest::collection::vec(0u64..40, 0..60)) {
            let shifted = hashes.iter().map(|hash| hash << 32);
            let mut sorted: Vec<u32> = hashes.iter().map(|hash| *hash as u32).collect();
            sorted.sort_unstable();
            sorted.dedup();
            sorted.resize(sorted.len().max(KEPT), NONE);
            proptest::prop_assert_eq!(&least(shifted)[..], &sorted[..KEPT]);
        }

        #[test]
        fn sharing_is_what_a_comparison_of_all_gives(
            texts in proptest::collection::vec(proptest::collection::vec(0u64..30, 0..12), 1..20),
        ) {
            let sets: Vec<[u32; KEPT]> =
                texts.iter().map(|t| least(t.iter().map(|h| h << 32))).collect();
            let bytes: Vec<u8> = sets.iter().flatten().flat_map(|h| h.to_le_bytes()).collect();
            let shingles = Shingles::open(OwnedBytes::new(bytes), sets.len() as u32).unwrap();
            let docs: Vec<DocId> = (0..sets.len() as u32).collect();
            let share = |a: &[u32; KEPT], b: &[u32; KEPT]| {
                a.iter().any(|hash| *hash != NONE && b.contains(hash))
            };
            for (doc, found) in docs.iter().zip(shingles.sharing(&docs)) {
                let all = docs.iter().copied().filter(|other| {
                    other != doc && share(&sets[*doc as usize], &sets[*other as usize])
                });
                proptest::prop_assert_eq!(found, all.collect::<Vec<_>>());
            }
            let half: Vec<DocId> = docs.iter().copied().step_by(2).collect();
            let all = shingles.sharing(&docs).into_iter();
            let of_half: Vec<Vec<DocId>> = all
                .map(|found| found.into_iter().filter(|doc| half.contains(doc)).collect())
                .collect();
            proptest::prop_assert_eq!(shingles.sharing_among(&docs, &half), of_half);
        }
    }
}
