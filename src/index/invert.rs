//! From the words of passages to the passages of words.
//!
//! The words of all passages are gone through in the order of the finished
//! index, and every place is put where its term's places are kept. As many
//! terms as the memory holds are done at a time, so nothing is merged: the one
//! segment is written as it will stay.

use std::io;
use std::ops::Range;

use tantivy::DocId;
use tantivy::directory::WritePtr;
use tantivy::postings::FieldSerializer;

use super::part::GatheredPart;
use super::terms::FieldTerms;
use super::varint::take_number;
use super::vocabulary::Entry;

/// Whether a field keeps the places of its words or only how often they occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    Positions,
    Frequencies,
}

/// Writes the postings of a field, with at most `places` places in memory at a
/// time, or those of one term.
pub(super) fn write_field(
    part: GatheredPart<'_>,
    terms: &FieldTerms<'_>,
    detail: Detail,
    places: usize,
    serializer: &mut FieldSerializer<'_, WritePtr>,
) -> io::Result<()> {
    let numbers = numbers_of(part, terms);
    let mut next = 0;
    while next < terms.terms.len() {
        let batch = next..batch_end(&terms.counts, next, places);
        next = batch.end;
        let (sorted, starts) = places_of(part, &numbers, terms, batch.clone())?;
        for (i, term) in batch.enumerate() {
            let places = &sorted[starts[i].clone()];
            write_term(&terms.terms[term], places, detail, serializer)?;
        }
    }
    Ok(())
}

/// What the number of a word is to a field: its terms and whether it moves the
/// position on.
#[derive(Clone, Copy)]
struct Number {
    places: [u32; 2],
    length: u32,
}

fn numbers_of(part: GatheredPart<'_>, terms: &FieldTerms<'_>) -> Vec<Vec<Number>> {
    let of = |(places, entries): (&Vec<[u32; 2]>, &Vec<Entry>)| {
        let pairs = places.iter().zip(entries);
        pairs
            .map(|(places, entry)| Number {
                places: *places,
                length: entry.length,
            })
            .collect()
    };
    terms
        .places
        .iter()
        .zip(part.vocabularies())
        .map(of)
        .collect()
}

/// The end of the terms from `first` on that have at most so many places, one
/// at least.
fn batch_end(counts: &[u64], first: usize, places: usize) -> usize {
    let mut sum = 0;
    let fits = |count: &&u64| {
        sum += **count;
        sum <= places as u64
    };
    first + counts[first..].iter().take_while(fits).count().max(1)
}

/// The places of a batch of terms: passage and position, in order, and which of
/// them belong to which term.
fn places_of(
    part: GatheredPart<'_>,
    numbers: &[Vec<Number>],
    terms: &FieldTerms<'_>,
    batch: Range<usize>,
) -> io::Result<(Vec<u64>, Vec<Range<usize>>)> {
    let mut ranges = Vec::with_capacity(batch.len());
    let mut all = 0;
    for count in &terms.counts[batch.clone()] {
        ranges.push(all..all);
        all += *count as usize;
    }
    let mut places = vec![0u64; all];
    let mut doc: DocId = 0;
    let mut buffer = Vec::new();
    for (report, kept) in part.reports() {
        let numbers = &numbers[report.worker];
        let spool = &part.gathered.spools[report.worker];
        let mut words = spool.get(kept.words, &mut buffer)?;
        for _ in 0..kept.passages {
            let mut position: u32 = 0;
            for _ in 0..take_number(&mut words) {
                let number = numbers[take_number(&mut words) as usize];
                let at = match number.length {
                    0 => position,
                    1 => {
                        position += 1;
                        position - 1
                    }
                    // A joined form comes after the first part it covers.
                    _ => position - 1,
                };
                for place in number.places {
                    let place = place as usize;
                    // `NO_TERM` is in no batch.
                    if batch.contains(&place) {
                        let range = &mut ranges[place - batch.start];
                        places[range.end] = u64::from(doc) << 32 | u64::from(at);
                        range.end += 1;
                    }
                }
            }
            doc += 1;
        }
    }
    Ok((places, ranges))
}

fn write_term(
    term: &str,
    places: &[u64],
    detail: Detail,
    serializer: &mut FieldSerializer<'_, WritePtr>,
) -> io::Result<()> {
    let passage = |place: &u64| (*place >> 32) as DocId;
    let in_passages = || places.chunk_by(|a, b| passage(a) == passage(b));
    // A word of reports that were left out.
    if places.is_empty() {
        return Ok(());
    }
    serializer.new_term(term.as_bytes(), in_passages().count() as u32, true)?;
    let mut deltas = Vec::new();
    for here in in_passages() {
        deltas.clear();
        if detail == Detail::Positions {
            let mut last = 0;
            deltas.extend(here.iter().map(|place| {
                let position = *place as u32;
                position - std::mem::replace(&mut last, position)
            }));
        }
        serializer.write_doc(passage(&here[0]), here.len() as u32, &deltas);
    }
    serializer.close_term()
}
