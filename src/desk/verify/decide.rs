//! The verdict on a quotation.

use std::collections::HashSet;

use tantivy::DocId;

use super::align::{Alignment, DIFFERS, NEAR, align, is_too_long};
use super::behind::may_be_source;
use super::candidates::{holding, nearest};
use super::claim::{Meaning, Sources};
use super::find::unwrapped;
use super::outcome::{Exact, absent, found, stitched, unlike};
use super::place::place_or_bare;
use super::quote::{BREAK, Quote};
use super::source::Source;
use super::stitch::{COVERED, Part, covered, parts, places, uncovered};
use super::{Claim, ClaimState, Quotation, Verdict, Verified};
use crate::error::{Error, Result};
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

    /// The verdict on a quotation. A source at the end of its text is no part of
    /// it if it is understood, or if the text stands somewhere without it alone.
    ///
    /// # Errors
    /// A damaged index, a quotation that is too long to be compared.
    pub(super) fn verify(&self, quotation: &Quotation) -> Result<Verified> {
        let claimed = self.claim(quotation)?;
        let tail = claimed.as_ref().and_then(|(claim, _)| claim.begins_at);
        let Some(tail) = tail else {
            return self.judge(quotation.clone(), claimed);
        };
        let before = quotation.text[..tail].trim_end();
        let cut = Quotation {
            text: unwrapped(before).to_owned(),
            ..quotation.clone()
        };
        let is_read = claimed
            .as_ref()
            .is_some_and(|(_, meaning)| *meaning != Meaning::Unclear);
        if is_read {
            return self.judge(cut, claimed);
        }
        let whole = self.judge(quotation.clone(), None)?;
        if whole.is_found() || !may_be_source(&quotation.text, tail) {
            return Ok(whole);
        }
        let part = self.judge(cut, claimed)?;
        let is_apart = before.ends_with(BREAK);
        match is_apart || part.is_found() && !goes_on(&part) {
            true => Ok(part),
            false => Ok(whole),
        }
    }

    /// The first claim that is understood; where none is, the first.
    fn claim(&self, quotation: &Quotation) -> Result<Option<(Claim, Meaning)>> {
        let mut unclear = None;
        for claim in &quotation.claims {
            match self.sources.meaning(claim, self.index)? {
                Meaning::Unclear if claim.is_guess => {}
                Meaning::Unclear => unclear = unclear.or(Some(claim)),
                meaning => return Ok(Some((claim.clone(), meaning))),
            }
        }
        Ok(unclear.map(|claim| (claim.clone(), Meaning::Unclear)))
    }

    /// The verdict on a quotation that is claimed to be from a source.
    fn judge(&self, quotation: Quotation, claimed: Option<(Claim, Meaning)>) -> Result<Verified> {
        let reports = match &claimed {
            Some((_, Meaning::Reports(reports, _))) => reports.as_slice(),
            _ => &[],
        };
        let readings = Quote::readings(&quotation.text);
        let mut verified = match self.exact(&readings, reports)? {
            Some(exact) => found(quotation, exact),
            None => self.otherwise(quotation, &readings, reports)?,
        };
        verified.claim = claimed.map(|(claim, meaning)| {
            let state = self.state(&verified, &meaning, claim.is_certain);
            (claim, state)
        });
        // A report that the index does not hold is another one too.
        let state = verified.claim.as_ref().map(|(_, state)| *state);
        let is_other = matches!(state, Some(ClaimState::OtherReport | ClaimState::NotHeld));
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
                let mut placed = place_or_bare(quote, &Source::of(vec![reader.passage(doc)?]));
                if placed.is_none() && !is_whole && count < WITH_NEIGHBOURS {
                    let around = Source::of(self.with_neighbours(doc, quote.len())?);
                    placed = place_or_bare(quote, &around);
                }
                let Some((placement, source)) = placed else {
                    continue;
                };
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
        let Some(quote) = Quote::main(readings) else {
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
            joined.push(Source::of(self.with_neighbours(*doc, quote.len())?));
        }
        joined.extend(following(&single));
        if let Some(exact) = placed_in(readings, single.iter().chain(&joined)) {
            return Ok(found(quotation, exact));
        }
        if joined.iter().any(|source| is_too_long(quote, source)) {
            return Err(too_long(quote));
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

    /// A passage with those before and after it in the text: as many as have so
    /// many words, one at least.
    fn with_neighbours(&self, doc: DocId, words: usize) -> Result<Vec<Passage>> {
        let report = &self.sources.reports[self.columns.report(doc)];
        let mut docs: Vec<DocId> = report.passages.clone().collect();
        docs.sort_by_key(|doc| self.columns.place(*doc));
        let middle = docs.iter().position(|other| *other == doc).unwrap_or(0);
        let reach = |docs: &mut dyn Iterator<Item = &DocId>| {
            let mut left = words as u64;
            let mut count = 0;
            for doc in docs {
                count += 1;
                left = left.saturating_sub(self.columns.words(*doc));
                if left == 0 {
                    break;
                }
            }
            count
        };
        let before = reach(&mut docs[..middle].iter().rev());
        let after = reach(&mut docs[middle + 1..].iter());
        let mut reader = self.index.passages();
        let around = docs[middle - before..=middle + after].iter();
        around.map(|doc| reader.passage(*doc)).collect()
    }

    fn state(&self, verified: &Verified, meaning: &Meaning, is_certain: bool) -> ClaimState {
        let (reports, passages) = match meaning {
            Meaning::NotHeld => return ClaimState::NotHeld,
            Meaning::Unclear if is_certain => return ClaimState::Unclear,
            Meaning::Unclear => return ClaimState::NotRead,
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
        match passages {
            None if is_in_report => ClaimState::Holds,
            Some(passages) if all.any(|id| passages.contains(id)) => ClaimState::Holds,
            Some(_) if is_in_report => ClaimState::OtherPassage,
            _ => ClaimState::OtherReport,
        }
    }
}

/// Whether a passage goes on behind a quotation with brackets or a dash, as the
/// text that was taken for a source does.
fn goes_on(verified: &Verified) -> bool {
    let Some(held) = verified.held.last() else {
        return false;
    };
    let rest = held.passage.text.get(held.span.end..).unwrap_or_default();
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ".,;:!?”’\"'".contains(c));
    rest.starts_with(['(', '[', '—', '–', '-'])
}

/// The first reading of a quotation that stands in one of some sources.
fn placed_in<'s>(
    readings: &[Quote],
    mut sources: impl Iterator<Item = &'s Source>,
) -> Option<Exact> {
    sources.find_map(|source| {
        readings.iter().find_map(|quote| {
            let (placement, source) = place_or_bare(quote, source)?;
            Some(Exact {
                placement,
                source,
                quote: quote.clone(),
                also: Vec::new(),
                others: 0,
            })
        })
    })
}

fn too_long(quote: &Quote) -> Error {
    let words = quote.len();
    Error::input(format!(
        "no report says it word for word, and {words} words are too many to be compared: \
         verify its paragraphs one by one"
    ))
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
