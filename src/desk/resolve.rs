//! What became of passages that were written down once: old ids against the
//! present index.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;
use tantivy::DocId;

use super::moves::{Hashed, are_editions, moves};
use super::old_ids::{NoId, OldId};
use crate::error::Result;
use crate::index::OpenIndex;
use crate::report::{Passage, PassageId, ReportId};
use crate::search::lookup::{heading_of, passages_of};
use crate::search::{place_of, wordings};
use crate::text::{Likeness, Wording};

/// How many passages are read in a row by one thread.
const CHUNK: DocId = 512;

/// What became of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It names the same text.
    Same,
    /// It is there; whether it names the same text cannot be told, as the file
    /// has neither hash nor text.
    UnknownHash,
    /// The same text has another id.
    Moved,
    /// It names another text, and the old one is nowhere.
    Changed,
    /// It is not there, and its text is nowhere.
    Gone,
    /// What was written is no passage id.
    NoId,
}

impl Verdict {
    /// All, in order.
    pub const ALL: [Verdict; 6] = [
        Verdict::Same,
        Verdict::UnknownHash,
        Verdict::Moved,
        Verdict::Changed,
        Verdict::Gone,
        Verdict::NoId,
    ];

    /// Its name, as `same`.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Same => "same",
            Verdict::UnknownHash => "unknown hash",
            Verdict::Moved => "moved",
            Verdict::Changed => "changed",
            Verdict::Gone => "gone",
            Verdict::NoId => "no id",
        }
    }

    /// Whether the id can be used as it is.
    pub fn stands(self) -> bool {
        matches!(self, Verdict::Same | Verdict::UnknownHash)
    }
}

/// A line of a file of old ids with what became of it.
#[derive(Debug)]
pub struct Resolved {
    /// What the file says.
    pub old: Result<OldId, NoId>,
    /// What became of it.
    pub verdict: Verdict,
    /// What stands under the old id now, or the old text under its new one; none
    /// where it is gone or no id.
    pub now: Option<Passage>,
    /// How many other passages have the same text, where it was moved.
    pub others: usize,
    /// Where its report is not in the index: the report.
    pub lost_report: Option<ReportId>,
    /// The passage that says most nearly what the old text says, where the text
    /// is known and nothing stands under the old id that is nearer.
    pub nearest: Option<(PassageId, Likeness)>,
}

/// Tells what became of old ids, each in its place.
///
/// An id is [`Same`](Verdict::Same) where its hash is what it was, else
/// [`Moved`](Verdict::Moved) where any passage has that hash. Of several one of
/// the same section is taken, then of the same report, then of the same country
/// and series. A text that stands several times is paired in order with the old
/// ids that had it, the nearest numbers first; if there are more of these, the
/// others are told to be at the nearest place. All passages are read once for
/// that.
///
/// # Errors
/// A damaged index.
pub fn resolve(index: &OpenIndex, olds: Vec<Result<OldId, NoId>>) -> Result<Vec<Resolved>> {
    let mut resolved = Vec::with_capacity(olds.len());
    let mut reader = index.passages();
    for old in olds {
        let mut here = None;
        if let Ok(old) = &old {
            here = match place_of(index, &old.id)? {
                Some(doc) => Some(reader.passage(doc)?),
                None => heading_of(index, &old.id)?,
            };
        }
        resolved.push(Resolved::first(old, here));
    }
    find_moved(index, &mut resolved)?;
    find_nearest(index, &mut resolved)?;
    let mut reports: HashMap<ReportId, bool> = HashMap::new();
    for one in &mut resolved {
        if let (Ok(old), Verdict::Gone) = (&one.old, one.verdict) {
            let report = &old.id.report;
            let is_there = match reports.get(report) {
                Some(known) => *known,
                None => !passages_of(index, report)?.is_empty(),
            };
            reports.insert(report.clone(), is_there);
            one.lost_report = (!is_there).then(|| report.clone());
        }
    }
    Ok(resolved)
}

/// How many of each verdict there are, none left out.
pub fn count_verdicts(resolved: &[Resolved]) -> BTreeMap<Verdict, usize> {
    let mut counts: BTreeMap<Verdict, usize> = Verdict::ALL.map(|v| (v, 0)).into();
    for one in resolved {
        *counts.entry(one.verdict).or_default() += 1;
    }
    counts
}

impl Resolved {
    /// What the passage that has the id now tells; what was moved is not known
    /// yet.
    fn first(old: Result<OldId, NoId>, here: Option<Passage>) -> Self {
        let verdict = match (&old, &here) {
            (Err(_), _) => Verdict::NoId,
            (Ok(_), None) => Verdict::Gone,
            (Ok(old), Some(here)) => match &old.hash {
                None => Verdict::UnknownHash,
                Some(hash) if *hash == here.hash() => Verdict::Same,
                Some(_) => Verdict::Changed,
            },
        };
        Resolved {
            old,
            verdict,
            now: here,
            others: 0,
            lost_report: None,
            nearest: None,
        }
    }

    /// The old passage, where it is not found yet.
    fn sought(&self) -> Option<&OldId> {
        let is_sought = matches!(self.verdict, Verdict::Changed | Verdict::Gone);
        self.old.as_ref().ok().filter(|_| is_sought)
    }
}

/// Finds the texts that have other ids now, by their hashes: each at a place of
/// its own, as far as there are as many.
fn find_moved(index: &OpenIndex, resolved: &mut [Resolved]) -> Result<()> {
    let sought = resolved.iter().filter_map(|one| one.sought()?.hash.clone());
    let places = places_of(index, &sought.collect())?;
    let moved = moved(resolved, &places);
    let mut reader = index.passages();
    for one in resolved {
        let Some(old) = one.sought() else { continue };
        let Some(places) = old.hash.as_ref().and_then(|hash| places.get(hash)) else {
            continue;
        };
        let best = places.iter().min_by_key(|(_, id)| distance(&old.id, id));
        let Some((best, id)) = best else { continue };
        let own = moved.get(&old.id);
        // The same set phrase in a report of another country is another passage.
        if own.is_none() && !are_editions(&old.id, id) {
            one.nearest = Some((id.clone(), Likeness::Same));
            continue;
        }
        one.verdict = Verdict::Moved;
        one.now = Some(reader.passage(*own.unwrap_or(best))?);
        one.others = places.len() - 1;
    }
    Ok(())
}

/// Where the passages of old ids stand now, by the hashes, of the places that are
/// not those of other old ids.
fn moved(
    resolved: &[Resolved],
    places: &HashMap<String, Vec<(DocId, PassageId)>>,
) -> HashMap<PassageId, DocId> {
    let same = resolved.iter().filter(|one| one.verdict == Verdict::Same);
    let taken: HashSet<&PassageId> = same.filter_map(|one| Some(&one.now.as_ref()?.id)).collect();
    let sought = resolved.iter().filter_map(Resolved::sought);
    // An id may stand in a file several times.
    let olds: BTreeSet<_> = sought
        .filter_map(|old| Some((&old.id, old.hash.as_deref()?)))
        .collect();
    let olds: Vec<Hashed<'_>> = olds
        .into_iter()
        .map(|(id, hash)| Hashed { id, hash })
        .collect();
    let places = places.iter().flat_map(|(hash, places)| {
        places
            .iter()
            .map(move |(doc, id)| (doc, Hashed { id, hash }))
    });
    let (docs, news): (Vec<&DocId>, Vec<Hashed<'_>>) =
        places.filter(|(_, new)| !taken.contains(new.id)).unzip();
    let pairs = moves(&olds, &news).into_iter();
    pairs
        .map(|(old, new)| (olds[old].id.clone(), *docs[new]))
        .collect()
}

/// The passages that have some hashes, in order of id.
fn places_of(
    index: &OpenIndex,
    hashes: &HashSet<String>,
) -> Result<HashMap<String, Vec<(DocId, PassageId)>>> {
    let mut places: HashMap<String, Vec<(DocId, PassageId)>> = HashMap::new();
    if hashes.is_empty() {
        return Ok(places);
    }
    let end = index.segment().max_doc();
    let chunks = (0..end.div_ceil(CHUNK)).into_par_iter().map(|chunk| {
        let mut reader = index.passages();
        let mut found = Vec::new();
        for doc in chunk * CHUNK..((chunk + 1) * CHUNK).min(end) {
            let passage = reader.passage(doc)?;
            let hash = passage.hash();
            if hashes.contains(&hash) {
                found.push((hash, (doc, passage.id)));
            }
        }
        Ok(found)
    });
    for (hash, place) in chunks.collect::<Result<Vec<_>>>()?.into_iter().flatten() {
        places.entry(hash).or_default().push(place);
    }
    Ok(places)
}

/// How far an id is from another, the least first.
fn distance(old: &PassageId, new: &PassageId) -> (bool, bool, bool, u32) {
    (
        old.report != new.report,
        !are_editions(old, new),
        old.section != new.section,
        old.number.abs_diff(new.number),
    )
}

/// Finds what says most nearly what is not there any more, by the texts.
fn find_nearest(index: &OpenIndex, resolved: &mut [Resolved]) -> Result<()> {
    let text = |one: &Resolved| {
        one.sought()
            .and_then(|old| old.text.as_deref())
            .map(Wording::of)
    };
    let (sought, texts): (Vec<usize>, Vec<Wording>) = resolved
        .iter()
        .enumerate()
        .filter_map(|(at, one)| Some((at, text(one)?)))
        .unzip();
    if texts.is_empty() {
        return Ok(());
    }
    let mut reader = index.passages();
    for ((at, text), near) in sought
        .iter()
        .zip(&texts)
        .zip(index.shingles.sharing_with(&texts))
    {
        let one = &mut resolved[*at];
        let here = one
            .now
            .as_ref()
            .map(|p| text.resemblance(&Wording::of(&p.text)));
        let mut best: Option<(DocId, Likeness)> = None;
        for (doc, other) in near.iter().zip(wordings(index, &near)?) {
            let Some(likeness) = text.likeness(&other) else {
                continue;
            };
            let (this, known) = (likeness.resemblance(), best.map(|b| b.1.resemblance()));
            if this > known.or(here).unwrap_or_default() {
                best = Some((*doc, likeness));
            }
        }
        if let Some((doc, likeness)) = best {
            let passage = reader.passage(doc)?;
            one.nearest = Some((passage.id.clone(), likeness));
            // The same words in other typography are the same text.
            let is_edition = |old: &OldId| are_editions(&old.id, &passage.id);
            if likeness == Likeness::Same && one.old.as_ref().is_ok_and(is_edition) {
                one.verdict = Verdict::Moved;
                one.now = Some(passage);
                one.nearest = None;
            }
        }
    }
    Ok(())
}
