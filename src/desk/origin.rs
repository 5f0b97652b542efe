//! Where a passage was first said, and which editions say it again.
//!
//! What says it again is [like](crate::text::likeness) it, or like a passage that
//! is: where an edition rewords the one before it a little, the last of them may
//! share few words with the first. So chains are followed from edition to
//! edition of the same country and series, and each passage says by way of which
//! other it was found. In other reports only what is like the passage itself
//! counts: chains of set phrases lead anywhere.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use tantivy::DocId;

use super::chain::{Found, chain};
use crate::error::{Error, ErrorKind, Result};
use crate::index::OpenIndex;
use crate::index::open::IndexedReport;
use crate::report::{Passage, PassageId, ReportInfo};
use crate::search::{LookedUp, look_up, place_of, wordings};
use crate::text::{Likeness, Wording};

/// Of how many passages in the editions of a country all texts are compared;
/// where there are more, as among records without a country, those that share a
/// least shingle with the passage.
const MOST: usize = 50_000;

/// In which reports a passage is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// In those of the same country and series: all their texts are compared.
    Editions,
    /// In all others too: those that share a least
    /// [shingle](crate::index::shingles) with the passage are compared.
    Anywhere,
}

/// The history of a passage.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// The passage that was asked for.
    pub asked: Passage,
    /// The passages that say it, itself among them: by year, those without a
    /// year last, then in order of id.
    pub sayings: Vec<Saying>,
    /// The years from the first edition of the country and series to the last,
    /// each with what became of the passage; none for records and for texts
    /// without a year.
    pub editions: Vec<(u16, Edition)>,
}

/// A passage that says what another says.
#[derive(Debug, Clone, PartialEq)]
pub struct Saying {
    /// The passage.
    pub passage: Passage,
    /// Whether it is the one that was asked for.
    pub is_asked: bool,
    /// Whether no saying has an earlier year.
    pub is_first: bool,
    /// How it says what was asked for; none where it was found by way of
    /// another.
    pub likeness: Option<Likeness>,
    /// The resemblance to the passage that was asked for, from 0 to 1.
    pub resemblance: f64,
    /// By way of which other it was found, where it is not like the passage that
    /// was asked for.
    pub via: Option<PassageId>,
}

/// What a year has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edition {
    /// An edition that says it.
    Said,
    /// An edition that does not say it.
    Silent,
    /// No edition.
    Missing,
}

impl Edition {
    /// Its name, as `said`.
    pub fn as_str(self) -> &'static str {
        match self {
            Edition::Said => "said",
            Edition::Silent => "silent",
            Edition::Missing => "missing",
        }
    }
}

/// The histories of the passages that an id names: of one passage, or of each
/// passage of a section.
///
/// # Errors
/// The id of a report, a text that is no id, an id that the index does not hold,
/// or a damaged index.
pub fn origins(index: &OpenIndex, id: &str, reach: Reach) -> Result<Vec<Origin>> {
    let passages = match look_up(index, id)? {
        LookedUp::Passage { mut report, at } => vec![report.swap_remove(at)],
        LookedUp::Section(passages) => passages,
        LookedUp::Report(report) => {
            let like = report.first().map(|p| p.id.clone());
            let section = like.map(|id| (format!("{}:{}", id.report, id.section), id));
            let error = Error::usage(format!("`{id}` is a report, and a passage has an origin"));
            return Err(match section {
                Some((section, id)) => error.with_hint(format!(
                    "name one of its passages, as `{id}`, or a section, as `{section}`"
                )),
                None => error,
            });
        }
    };
    let reports = index.reports()?;
    let Some(first) = passages.first() else {
        return Ok(Vec::new());
    };
    // The passages of a section have one report, and so one set of editions.
    let editions: Vec<&IndexedReport> = reports
        .iter()
        .filter(|report| is_edition_of(&first.report, &report.info))
        .collect();
    let mut docs: Vec<DocId> = editions.iter().flat_map(|r| r.passages.clone()).collect();
    if docs.len() > MOST {
        let asked = passages.iter().map(|p| place_of(index, &p.id));
        let asked: Vec<DocId> = asked
            .collect::<Result<Vec<_>>>()?
            .into_iter()
            .flatten()
            .collect();
        let near = index.shingles.sharing_among(&asked, &docs).concat();
        docs = near.into_iter().chain(asked).collect();
        docs.sort_unstable();
        docs.dedup();
    }
    let known: BTreeMap<DocId, Wording> =
        docs.iter().copied().zip(wordings(index, &docs)?).collect();
    passages
        .into_iter()
        .map(|passage| origin_of(index, passage, &known, &editions, reach))
        .collect()
}

/// Whether two reports are editions of one: of one series, and of one country or
/// of none.
fn is_edition_of(one: &ReportInfo, other: &ReportInfo) -> bool {
    let country = |info: &ReportInfo| info.country.as_ref().map(|c| c.iso3.clone());
    one.series == other.series && country(one) == country(other)
}

fn origin_of(
    index: &OpenIndex,
    asked: Passage,
    known: &BTreeMap<DocId, Wording>,
    editions: &[&IndexedReport],
    reach: Reach,
) -> Result<Origin> {
    let no_place = || {
        Error::new(
            ErrorKind::NotFound,
            format!("the index holds no `{}`", asked.id),
        )
    };
    let doc = place_of(index, &asked.id)?.ok_or_else(no_place)?;
    let wording = Wording::of(&asked.text);
    let mut via = chain(doc, known);
    if asked.report.is_record || asked.report.country.is_none() {
        // Chains of texts that are no editions of each other lead anywhere.
        via.retain(|_, found| found.by == doc);
    }
    let mut resemblances: FxHashMap<DocId, f64> = via
        .keys()
        .filter_map(|found| Some((*found, known.get(found)?.resemblance(&wording))))
        .collect();
    if reach == Reach::Anywhere {
        let near = index.shingles.sharing(&[doc]).concat();
        let near: Vec<DocId> = near
            .into_iter()
            .filter(|d| !known.contains_key(d))
            .collect();
        for (found, other) in near.iter().zip(wordings(index, &near)?) {
            if let Some(likeness) = wording.likeness(&other) {
                via.insert(*found, Found { by: doc, likeness });
                resemblances.insert(*found, likeness.resemblance());
            }
        }
    }
    let mut reader = index.passages();
    let mut sayings = Vec::with_capacity(via.len());
    for (found, Found { by, likeness }) in &via {
        let is_direct = *by == doc;
        sayings.push(Saying {
            passage: reader.passage(*found)?,
            is_asked: *found == doc,
            is_first: false,
            likeness: is_direct.then_some(*likeness),
            resemblance: match (is_direct, resemblances.get(found)) {
                (true, _) => likeness.resemblance(),
                (false, resemblance) => resemblance.copied().unwrap_or_default(),
            },
            via: match is_direct {
                true => None,
                false => Some(reader.passage(*by)?.id),
            },
        });
    }
    // Years that are not known come last; the sort keeps the order of ids.
    let year = |saying: &Saying| saying.passage.report.year;
    sayings.sort_by_key(|saying| (year(saying).is_none(), year(saying)));
    let first = sayings.first().and_then(year);
    for saying in &mut sayings {
        saying.is_first = first.is_some() && year(saying) == first;
    }
    let said = |passages: std::ops::Range<DocId>| via.range(passages).next().is_some();
    Ok(Origin {
        editions: match asked.report.is_record {
            true => Vec::new(),
            false => years(editions, said),
        },
        asked,
        sayings,
    })
}

/// The years from the first edition to the last with what each has.
fn years(
    editions: &[&IndexedReport],
    said: impl Fn(std::ops::Range<DocId>) -> bool,
) -> Vec<(u16, Edition)> {
    let mut of_year: BTreeMap<u16, Edition> = BTreeMap::new();
    for report in editions {
        let Some(year) = report.info.year else {
            continue;
        };
        let edition = of_year.entry(year.get()).or_insert(Edition::Silent);
        if said(report.passages.clone()) {
            *edition = Edition::Said;
        }
    }
    let ends = (
        of_year.keys().next().copied(),
        of_year.keys().last().copied(),
    );
    let (Some(first), Some(last)) = ends else {
        return Vec::new();
    };
    (first..=last)
        .map(|year| {
            (
                year,
                of_year.get(&year).copied().unwrap_or(Edition::Missing),
            )
        })
        .collect()
}

impl Origin {
    /// For each saying the one before it, of an earlier year, that it is nearest
    /// to; of equals the latest. None for those of the first year and without a
    /// year.
    pub fn before(&self) -> Vec<Option<usize>> {
        let texts = self.sayings.iter().map(|s| Wording::of(&s.passage.text));
        let texts: Vec<Wording> = texts.collect();
        let year = |at: usize| self.sayings[at].passage.report.year;
        let before = (0..texts.len()).map(|at| {
            let earlier = (0..at).filter(|other| year(at).is_some() && year(*other) < year(at));
            let near = |other: &usize| texts[*other].resemblance(&texts[at]);
            earlier.max_by(|one, other| near(one).total_cmp(&near(other)))
        });
        before.collect()
    }
}
