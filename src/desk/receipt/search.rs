//! A search in a receipt: what was asked, what it stood for, what it found.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::ReadingRecord;
use crate::desk::Found;
use crate::error::{Error, Result};
use crate::index::{FacetName, OpenIndex};
use crate::query::filter::{FilterValue, STRICT_VALUE};
use crate::query::{FilterSpec, Filters, Parsed, STRICT};
use crate::report::PassageId;
use crate::search::{Columns, Matches};
use crate::text::digest::sha256;

/// Up to how many passages an answer keeps the id and hash of each; of a longer
/// one it keeps a digest for each report.
pub const PASSAGES_KEPT: usize = 10_000;

/// A search that was run.
#[derive(Debug, Clone, Copy)]
pub struct Searched<'a> {
    /// Its id, where it is one of many.
    pub id: Option<&'a str>,
    /// The query; none where all passages are meant.
    pub query: Option<&'a Parsed>,
    /// How the query was read.
    pub reading: &'a ReadingRecord,
    /// The filters as typed.
    pub typed: &'a FilterSpec,
    /// The filters as understood.
    pub filters: &'a Filters,
}

/// A search in a receipt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SearchRecord {
    /// Its id, where it is one of many.
    pub id: Option<String>,
    /// The query as typed; none where all passages are meant.
    pub query: Option<String>,
    /// The query as understood, on one line.
    pub understood: Option<String>,
    /// How it was read.
    pub reading: ReadingRecord,
    /// What synonyms added.
    pub added: Vec<AddedRecord>,
    /// The patterns with the words that they stood for.
    pub expansions: Vec<PatternRecord>,
    /// The filters.
    pub filters: FiltersRecord,
    /// How much it found.
    pub counts: SearchCounts,
    /// What it found.
    pub answer: Answer,
}

/// What synonyms added to a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddedRecord {
    /// The words of the query.
    pub of: String,
    /// The words that were searched for beside them.
    pub words: Vec<String>,
}

/// A pattern and the words that it stood for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatternRecord {
    /// The pattern as it prints itself.
    pub pattern: String,
    /// For each word the number of passages that held it.
    pub words: BTreeMap<String, u32>,
}

/// Filters by name, `not-` before what is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiltersRecord {
    /// The values as typed.
    pub typed: BTreeMap<String, Vec<String>>,
    /// The values of the index that they meant.
    pub resolved: BTreeMap<String, Vec<String>>,
}

/// How much a search found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchCounts {
    /// Passages.
    pub passages: u64,
    /// Reports that they are in.
    pub reports: u64,
    /// Matches in them: what lights up.
    pub hits: u64,
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The digest of all that was found ([`Found::digest`]).
    pub digest: String,
    /// The passages with their hashes, where they are at most [`PASSAGES_KEPT`].
    pub passages: Option<Found>,
    /// Where they are more: what was found in each report, by its id.
    pub by_report: Option<BTreeMap<String, ReportAnswer>>,
}

/// What was found in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportAnswer {
    /// How many passages.
    pub passages: u64,
    /// The first 16 digits of the digest of their ids and hashes.
    pub digest: String,
}

impl Searched<'_> {
    /// Runs the search and keeps what it was and what it found.
    ///
    /// # Errors
    /// A query that cannot be run on the index, or a damaged index.
    pub fn record(&self, index: &OpenIndex) -> Result<SearchRecord> {
        Ok(self.record_with(index)?.0)
    }

    /// [`Searched::record`], and all that was found.
    ///
    /// # Errors
    /// As [`Searched::record`].
    pub fn record_with(&self, index: &OpenIndex) -> Result<(SearchRecord, Found)> {
        let matches = Matches::of(index, self.query, self.filters)?;
        let columns = Columns::of(index)?;
        let reports = matches.docs().iter().map(|doc| columns.report(*doc));
        let reports: BTreeSet<usize> = reports.collect();
        let hits = match self.query {
            Some(_) => matches.counted()?.iter().map(|m| u64::from(m.hits)).sum(),
            None => 0,
        };
        let found = Found::of(index, matches.docs())?;
        let added = self.query.map_or(&[][..], |query| &query.added);
        let record = SearchRecord {
            id: self.id.map(str::to_owned),
            query: self.query.map(|query| query.text.clone()),
            understood: self.query.map(|query| query.tree.to_string()),
            reading: self.reading.clone(),
            added: added
                .iter()
                .map(|added| AddedRecord {
                    of: added.of.clone(),
                    words: added.words.clone(),
                })
                .collect(),
            expansions: matches
                .expansions
                .iter()
                .map(|pattern| PatternRecord {
                    pattern: pattern.pattern.clone(),
                    words: pattern.words.iter().cloned().collect(),
                })
                .collect(),
            filters: FiltersRecord {
                typed: typed_filters(self.typed),
                resolved: resolved_filters(self.filters),
            },
            counts: SearchCounts {
                passages: found.len() as u64,
                reports: reports.len() as u64,
                hits,
            },
            answer: Answer::of(&found),
        };
        Ok((record, found))
    }
}

impl FiltersRecord {
    /// The filters as typed.
    ///
    /// # Errors
    /// A filter that this pincite does not know.
    pub fn spec(&self) -> Result<FilterSpec> {
        let mut spec = FilterSpec::default();
        for (name, values) in &self.typed {
            if name == STRICT {
                let typed = values.concat();
                let strict = typed.parse().map_err(|_| {
                    Error::input(format!("`{STRICT}` is `true` or `false`, not `{typed}`"))
                })?;
                spec.strict = Some(strict);
                continue;
            }
            let (negated, facet) = match name.strip_prefix("not-") {
                Some(facet) => (true, facet),
                None => (false, name.as_str()),
            };
            let facet: FacetName = facet
                .parse()
                .map_err(|_| Error::input(format!("there is no filter `{name}`")))?;
            let side = if negated {
                &mut spec.not
            } else {
                &mut spec.only
            };
            side.insert(facet, values.clone());
        }
        Ok(spec)
    }
}

impl Answer {
    /// What is kept of all that was found.
    pub fn of(found: &Found) -> Self {
        let is_short = found.len() <= PASSAGES_KEPT;
        Answer {
            digest: found.digest(),
            passages: is_short.then(|| found.clone()),
            by_report: (!is_short).then(|| by_report(found)),
        }
    }
}

/// What was found in each report.
pub(crate) fn by_report(found: &Found) -> BTreeMap<String, ReportAnswer> {
    let mut lines: BTreeMap<String, (u64, String)> = BTreeMap::new();
    for (id, hash) in found.iter() {
        let (passages, text) = lines.entry(report_of(id)).or_default();
        *passages += 1;
        text.push_str(&format!("{id} {hash}\n"));
    }
    let digest = |text: String| sha256(text.as_bytes())[..16].to_owned();
    let reports = lines.into_iter().map(|(report, (passages, text))| {
        let digest = digest(text);
        (report, ReportAnswer { passages, digest })
    });
    reports.collect()
}

/// The report of a passage by their ids.
pub(crate) fn report_of(id: &str) -> String {
    match id.parse::<PassageId>() {
        Ok(passage) => passage.report.to_string(),
        Err(_) => id.to_owned(),
    }
}

/// Filters as typed, by name.
pub fn typed_filters(spec: &FilterSpec) -> BTreeMap<String, Vec<String>> {
    let mut typed = by_name(&spec.only, &spec.not, Clone::clone);
    typed.extend(
        spec.strict
            .map(|strict| (STRICT.to_owned(), vec![strict.to_string()])),
    );
    typed
}

pub(crate) fn resolved_filters(filters: &Filters) -> BTreeMap<String, Vec<String>> {
    let values = |values: &Vec<FilterValue>| {
        let all: BTreeSet<&String> = values.iter().flat_map(|v| &v.values).collect();
        all.into_iter().cloned().collect()
    };
    let mut resolved = by_name(&filters.only, &filters.not, values);
    if filters.strict {
        resolved.insert(STRICT.to_owned(), vec![STRICT_VALUE.to_owned()]);
    }
    resolved
}

fn by_name<V>(
    only: &BTreeMap<FacetName, V>,
    not: &BTreeMap<FacetName, V>,
    values: impl Fn(&V) -> Vec<String>,
) -> BTreeMap<String, Vec<String>> {
    let only = only.iter().map(|(facet, v)| (facet.to_string(), v));
    let not = not.iter().map(|(facet, v)| (format!("not-{facet}"), v));
    only.chain(not).map(|(name, v)| (name, values(v))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_come_back() {
        for strict in [None, Some(true), Some(false)] {
            let mut typed = FilterSpec {
                strict,
                ..FilterSpec::default()
            };
            typed.add(FacetName::Year, true, &["2019..".to_owned()]);
            let filters = FiltersRecord {
                typed: typed_filters(&typed),
                ..FiltersRecord::default()
            };
            assert_eq!(filters.spec().unwrap(), typed);
        }
        let of = |name: &str, value: &str| FiltersRecord {
            typed: BTreeMap::from([(name.to_owned(), vec![value.to_owned()])]),
            ..FiltersRecord::default()
        };
        for (filters, message) in [
            (
                of("strict", "yes"),
                "`strict` is `true` or `false`, not `yes`",
            ),
            (of("colour", "red"), "there is no filter `colour`"),
        ] {
            assert_eq!(filters.spec().unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn a_long_answer_is_kept_by_report() {
        let passages = |n: usize| -> Found {
            let of = |i: usize| {
                (
                    format!("tip-{}-khm:overview:{}", 2000 + i % 2, i + 1),
                    i.to_string(),
                )
            };
            (0..n).map(of).collect()
        };
        let short = Answer::of(&passages(PASSAGES_KEPT));
        assert!(short.passages.is_some() && short.by_report.is_none());
        let long = Answer::of(&passages(PASSAGES_KEPT + 1));
        assert!(long.passages.is_none());
        let reports = long.by_report.unwrap();
        assert_eq!(reports["tip-2000-khm"].passages, 5001);
        assert_eq!(reports["tip-2001-khm"].passages, 5000);
        assert_eq!(reports["tip-2001-khm"].digest.len(), 16);
    }

    #[test]
    fn reports_of_passages() {
        for (id, report) in [
            ("tip-2021-khm:protection:3", "tip-2021-khm"),
            ("doc-a:b:text:1", "doc-a:b"),
            ("no id", "no id"),
        ] {
            assert_eq!(report_of(id), report);
        }
    }
}
