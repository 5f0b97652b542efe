//! The verdict on a quotation.

use std::collections::HashSet;

use tantivy::DocId;

use super::align::{Alignment, DIFFERS, NEAR, align};
use super::candidates::{holding, nearest};
use super::claim::{Meaning, Sources};
use super::outcome::{Exact, absent, found, stitched, unlike};
use super::place::place;
use super::quote::Quote;
use super::source::Source;
use super::stitch::{COVERED, Part, covered, parts, places, uncovered};
use super::{ClaimState, Quotation, Verdict, Verified};
use crate::error::Result;
use crate::index::OpenIndex;
use crate::report::{Passage, PassageId};
use crate::search::Columns;

/// How many passages that have all words of a quotation are read to find those
/// that have its signs too.
const READ: usize = 400;
/// How many other passages are named.
const NAMED: usize = 5;
/// How many of the best candidates are read with their neighbours.
const WITH_NEIGHBOURS: usize = 3;
/// The most passages of the reports claimed that are read.
const CLAIMED: usize = 400;
/// The most passages of a report that are read to put them in order.
const LONGEST_REPORT: usize = 2_000;

/// How many words may differ from one stretch of a source for that stretch to be
/// what was meant, whatever else has those words.
const SLIPS: usize = 2;

/// What quotations are verified by.
pub(super) struct Verifier<'i> {
    index: &'i OpenIndex,
    columns: Columns,
    sources: Sources,
}

impl<'i> Verifier<'i> {
    pub(super) fn new(index: &'i OpenIndex) -> Result<Self> {
        Ok(Verifier {
            index,
            columns: Columns::of(index)?,
            sources: Sources::of(index)?,
        })
    }

    /// The verdict on a quotation.
    ///
    /// # Errors
    /// A damaged index.
    pub(super) fn verify(&self, quotation: Quotation) -> Result<Verified> {
        let meaning = match &quotation.claim {
            Some(claim) => Some(self.sources.meaning(claim, self.index)?),
            None => None,
        };
        let is_plain = quotation
            .claim
            .as_ref()
            .is_some_and(|claim| claim.is_certain);
        // What a draft says unclearly is no claim.
        let meaning = meaning.filter(|m| is_plain || *m != Meaning::Unclear);
        let claimed = match &meaning {
            Some(Meaning::Reports(reports, _)) => reports.as_slice(),
            _ => &[],
        };
        let readings = Quote::readings(&quotation.text);
        let mut verified = match self.exact(&readings, claimed)? {
            Some(exact) => found(quotation, exact),
            None => self.otherwise(quotation, &readings, claimed)?,
        };
        if meaning.is_none() {
            verified.quotation.claim = None;
        }
        verified.claim = meaning.map(|meaning| self.state(&verified, &meaning));
        // A report that the index does not hold is another one too.
        let is_other = matches!(
            verified.claim,
            Some(ClaimState::OtherReport | ClaimState::NotHeld)
        );
        if verified.verdict == Verdict::Exact && is_other {
            verified.verdict = Verdict::Elsewhere;
        }
        Ok(verified)
    }

    /// A quotation whose longest run of words stands somewhere, where it does so
    /// with all the rest.
    fn exact(&self, readings: &[Quote], claimed: &[usize]) -> Result<Option<Exact>> {
        for quote in readings {
            let pieces = quote.pieces();
            let Some(piece) = pieces.iter().max_by_key(|piece| piece.len()) else {
                continue;
            };
            let mut docs = holding(self.index, quote, piece.clone())?;
            let is_whole = piece.len() == quote.len();
            let all = docs.len();
            // Those of the reports claimed first, which are sorted.
            docs.sort_by_key(|doc| !claimed.contains(&self.columns.report(*doc)));
            let mut found: Option<Exact> = None;
            let mut count = 0;
            let mut reader = self.index.passages();
            for doc in docs.into_iter().take(READ) {
                let mut source = Source::of(vec![reader.passage(doc)?]);
                let mut placed = place(quote, &source);
                if placed.is_none() && !is_whole && count < WITH_NEIGHBOURS {
                    source = Source::of(self.with_neighbours(doc)?);
                    placed = place(quote, &source);
                }
                let Some(placement) = placed else { continue };
                count += 1;
                match &mut found {
                    None => {
                        found = Some(Exact {
                            placement,
                            source,
                            quote: quote.clone(),
                            also: Vec::new(),
                            others: 0,
                        });
                    }
                    Some(found) if found.also.len() < NAMED => {
                        let part = source.words[placement.at[0]].part;
                        found.also.push(source.passages[part].id.clone());
                    }
                    // What is left need not be read to be counted.
                    Some(_) if is_whole => break,
                    Some(_) => {}
                }
            }
            if let Some(mut found) = found {
                found.others = if is_whole && count > NAMED {
                    all - 1
                } else {
                    count - 1
                };
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The verdict on a quotation that no passage holds as it is.
    fn otherwise(
        &self,
        quotation: Quotation,
        readings: &[Quote],
        claimed: &[usize],
    ) -> Result<Verified> {
        let Some(quote) = readings.last() else {
            return Ok(absent(quotation));
        };
        let docs = nearest(self.index, quote)?;
        let mut reader = self.index.passages();
        let mut single = Vec::new();
        for doc in &docs {
            single.push(Source::of(vec![reader.passage(*doc)?]));
        }
        let mut joined = Vec::new();
        for doc in docs.iter().take(WITH_NEIGHBOURS) {
            joined.push(Source::of(self.with_neighbours(*doc)?));
        }
        joined.extend(following(&single));
        for source in single.iter().chain(&joined) {
            for reading in readings {
                if let Some(placement) = place(reading, source) {
                    return Ok(found(
                        quotation,
                        Exact {
                            placement,
                            source: source.clone(),
                            quote: reading.clone(),
                            also: Vec::new(),
                            others: 0,
                        },
                    ));
                }
            }
        }
        let mut own = Vec::new();
        let passages = claimed
            .iter()
            .flat_map(|at| self.sources.reports[*at].passages.clone());
        for doc in passages.take(CLAIMED) {
            own.push(Source::of(vec![reader.passage(doc)?]));
        }
        let near = most_alike(quote, single.iter().chain(&joined));
        let near_own = most_alike(quote, own.iter());
        // Where the report claimed says much the same, that is what was meant.
        let best = match near_own {
            Some(own) if own.1.resemblance >= DIFFERS => Some(own),
            Some(own)
                if near
                    .as_ref()
                    .is_none_or(|n| n.1.resemblance < own.1.resemblance) =>
            {
                Some(own)
            }
            _ => near,
        };
        let known: Vec<Source> = single.iter().chain(&own).cloned().collect();
        let aligned = best.as_ref().map(|(_, aligned)| aligned);
        if let Some((sources, parts)) = self.parts(quote, &known, aligned)? {
            return Ok(stitched(quotation, quote, &sources, &parts));
        }
        Ok(match best {
            Some((source, aligned)) if aligned.resemblance >= NEAR => {
                unlike(quotation, quote, source, &aligned)
            }
            _ => absent(quotation),
        })
    }

    /// The parts of a quotation with their sources, where it is put together from
    /// two or more places and no stretch of a source says nearly all of it.
    fn parts(
        &self,
        quote: &Quote,
        near: &[Source],
        aligned: Option<&Alignment>,
    ) -> Result<Option<(Vec<Source>, Vec<Part>)>> {
        let same = aligned.map_or(0, |aligned| aligned.same);
        if same + SLIPS >= quote.len() {
            return Ok(None);
        }
        let mut sources = near.to_vec();
        let mut reader = self.index.passages();
        for rest in uncovered(quote, &parts(quote, &sources)) {
            if let Some(doc) = holding(self.index, quote, rest)?.first() {
                sources.push(Source::of(vec![reader.passage(*doc)?]));
            }
        }
        let parts = parts(quote, &sources);
        let passages = parts
            .iter()
            .map(|part| &sources[part.source].passages[0].id);
        let passages = passages.collect::<HashSet<_>>().len();
        let is_covered = covered(&parts) as f64 >= COVERED * quote.len() as f64;
        let is_alike = aligned.is_some_and(|aligned| aligned.resemblance >= DIFFERS);
        let is_stitched = is_covered
            && (passages > 1 && covered(&parts) > same + SLIPS || !is_alike && places(&parts) > 1);
        Ok(is_stitched.then_some((sources, parts)))
    }

    /// A passage with the one before and the one after it in the text.
    fn with_neighbours(&self, doc: DocId) -> Result<Vec<Passage>> {
        let report = &self.sources.reports[self.columns.report(doc)];
        let mut reader = self.index.passages();
        let middle = reader.passage(doc)?;
        if report.passages.len() > LONGEST_REPORT {
            return Ok(vec![middle]);
        }
        let mut passages = Vec::new();
        for other in report.passages.clone() {
            let passage = reader.passage(other)?;
            if passage.place.abs_diff(middle.place) <= 1 {
                passages.push(passage);
            }
        }
        passages.sort_by_key(|passage| passage.place);
        Ok(passages)
    }

    fn state(&self, verified: &Verified, meaning: &Meaning) -> ClaimState {
        let (reports, passages) = match meaning {
            Meaning::NotHeld => return ClaimState::NotHeld,
            Meaning::Unclear => return ClaimState::Unclear,
            Meaning::Reports(reports, passages) => (reports, passages),
        };
        if verified.verdict == Verdict::Absent {
            return ClaimState::NotFound;
        }
        let held = verified.held.iter().map(|held| &held.passage.id);
        let is_claimed = |id: &PassageId| {
            let reports = reports.iter().map(|at| &self.sources.reports[*at].id);
            reports.into_iter().any(|report| *report == id.report)
        };
        let mut all = held.clone().chain(&verified.also);
        let is_in_report = held.clone().any(is_claimed);
        match passages.is_empty() {
            true if is_in_report => ClaimState::Holds,
            false if all.any(|id| passages.contains(id)) => ClaimState::Holds,
            false if is_in_report => ClaimState::OtherPassage,
            _ => ClaimState::OtherReport,
        }
    }
}

/// The source that has a stretch most like a quotation, the first of equals.
fn most_alike<'s>(
    quote: &Quote,
    sources: impl Iterator<Item = &'s Source>,
) -> Option<(&'s Source, Alignment)> {
    let mut best: Option<(&Source, Alignment)> = None;
    for source in sources {
        let Some(aligned) = align(quote, source) else {
            continue;
        };
        let is_better = |best: &(&Source, Alignment)| aligned.resemblance > best.1.resemblance;
        if best.as_ref().is_none_or(is_better) {
            best = Some((source, aligned));
        }
    }
    best
}

/// Passages that follow each other, two by two.
fn following(single: &[Source]) -> Vec<Source> {
    let mut pairs = Vec::new();
    for one in single {
        for other in single {
            let (a, b) = (&one.passages[0], &other.passages[0]);
            if a.id.report == b.id.report && a.place + 1 == b.place {
                pairs.push(Source::of(vec![a.clone(), b.clone()]));
            }
        }
    }
    pairs
}
