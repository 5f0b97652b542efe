//! The wordings of passages, by which they are found to be alike.

use rayon::prelude::*;
use tantivy::DocId;

use crate::error::Result;
use crate::index::OpenIndex;
use crate::text::Wording;

/// How many passages are read in a row by one thread.
const CHUNK: usize = 64;

/// The wordings of passages, in the order in which they are given. They are read
/// in parallel, and fastest in ascending order.
///
/// # Errors
/// A damaged index.
pub fn wordings(index: &OpenIndex, docs: &[DocId]) -> Result<Vec<Wording>> {
    let read = docs.par_chunks(CHUNK).map(|docs| {
        let mut reader = index.passages();
        let wordings = docs.iter().map(|doc| {
            let passage = reader.passage(*doc)?;
            Ok(Wording::of(&passage.text))
        });
        wordings.collect::<Result<Vec<_>>>()
    });
    Ok(read.collect::<Result<Vec<_>>>()?.concat())
}
