//! Receipts replayed: the same searches on the present index, and what came out
//! otherwise and why.

mod corpus;
mod reasons;

use serde::Serialize;

pub use corpus::CorpusChange;
pub use reasons::{InReports, Reason};

use super::receipt::{Answer, Receipt, SearchCounts, SearchRecord, Searched, by_report};
use super::{Difference, Found, changes};
use crate::error::Result;
use crate::index::OpenIndex;
use crate::query::Filters;

/// A receipt replayed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Replayed {
    /// When the searches of the receipt were run.
    pub date: String,
    /// By which pincite.
    pub pincite: String,
    /// By which command.
    pub command: String,
    /// Whether the receipt is as it was written, by its digest.
    pub intact: bool,
    /// What the corpus has otherwise than then.
    pub corpus: CorpusChange,
    /// What else the index has otherwise, whatever is searched for.
    pub index: Vec<Reason>,
    /// The searches in order.
    pub searches: Vec<ReplayedSearch>,
}

/// A search run again.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReplayedSearch {
    /// Its id, where it is one of many.
    pub id: Option<String>,
    /// The query as typed; none where all passages are meant.
    pub query: Option<String>,
    /// How it came out.
    pub verdict: Verdict,
    /// How much it found then.
    pub before: SearchCounts,
    /// How much it finds now.
    pub now: Option<SearchCounts>,
    /// What the answer has otherwise, where it has.
    pub difference: Option<AnswerDifference>,
    /// Why, as far as can be told.
    pub reasons: Vec<Reason>,
    /// Why it could not be run.
    pub error: Option<String>,
    /// What to try then.
    pub hint: Option<String>,
}

/// How a search came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The same passages that say the same.
    Same,
    /// Other passages, or passages that say something else.
    Changed,
    /// It could not be run.
    Failed,
}

/// What an answer has otherwise than another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerDifference {
    /// What the ids are of.
    pub of: Unit,
    /// New, changed and gone ones.
    #[serde(flatten)]
    pub ids: Difference,
}

/// What the ids of a difference name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Passages.
    Passages,
    /// Reports, where the receipt keeps an answer by report.
    Reports,
}

/// Runs the searches of a receipt again on an index. A search that cannot be
/// run stops no other.
///
/// # Errors
/// A damaged index.
pub fn replay(receipt: &Receipt, index: &OpenIndex) -> Result<Replayed> {
    let corpus = CorpusChange::of(&receipt.corpus, index)?;
    let searches = receipt.searches.iter();
    Ok(Replayed {
        date: receipt.date.clone(),
        pincite: receipt.pincite.clone(),
        command: receipt.command.clone(),
        intact: receipt.digest == receipt.digest_now(),
        index: reasons::of_index(receipt, index),
        searches: searches
            .map(|search| replay_search(search, receipt, &corpus, index))
            .collect(),
        corpus,
    })
}

impl Replayed {
    /// How many searches came out so.
    pub fn count(&self, verdict: Verdict) -> usize {
        let searches = self.searches.iter();
        searches.filter(|search| search.verdict == verdict).count()
    }
}

fn replay_search(
    before: &SearchRecord,
    receipt: &Receipt,
    corpus: &CorpusChange,
    index: &OpenIndex,
) -> ReplayedSearch {
    let mut replayed = ReplayedSearch {
        id: before.id.clone(),
        query: before.query.clone(),
        verdict: Verdict::Same,
        before: before.counts,
        now: None,
        difference: None,
        reasons: Vec::new(),
        error: None,
        hint: None,
    };
    let again = run_again(before, index).and_then(|(now, found)| {
        let difference = difference(&before.answer, &found, index)?;
        Ok((now, difference))
    });
    match again {
        Ok((now, difference)) => {
            replayed.now = Some(now.counts);
            replayed.difference = difference;
            // A query may match otherwise in the same passages.
            if replayed.difference.is_some() || before.counts != now.counts {
                replayed.verdict = Verdict::Changed;
                let ids = replayed.difference.as_ref().map(|d| &d.ids);
                replayed.reasons = reasons::of_search(before, &now, receipt, index);
                replayed
                    .reasons
                    .extend(ids.and_then(|ids| corpus.bears_on(ids)));
            }
        }
        Err(e) => {
            replayed.verdict = Verdict::Failed;
            replayed.error = Some(e.to_string());
            replayed.hint = e.hint().map(str::to_owned);
        }
    }
    replayed
}

/// Runs a search of a receipt again; what it was and all that it found.
fn run_again(search: &SearchRecord, index: &OpenIndex) -> Result<(SearchRecord, Found)> {
    let reading = search.reading.again()?;
    let read = search
        .query
        .as_ref()
        .map(|text| reading.reading()?.read(text));
    let query = read.transpose()?;
    let typed = search.filters.spec()?;
    let searched = Searched {
        id: search.id.as_deref(),
        query: query.as_ref(),
        reading: &reading,
        typed: &typed,
        filters: &Filters::resolve(&typed, index)?,
    };
    searched.record_with(index)
}

/// What is found now otherwise than in an answer; none where nothing is.
fn difference(before: &Answer, now: &Found, index: &OpenIndex) -> Result<Option<AnswerDifference>> {
    if before.digest == now.digest() {
        return Ok(None);
    }
    let (of, ids) = match &before.passages {
        Some(passages) => (Unit::Passages, changes(passages, now, index)?),
        None => (Unit::Reports, difference_by_report(before, now)),
    };
    Ok(Some(AnswerDifference { of, ids }))
}

/// The reports in which an answer that is kept by report differs.
fn difference_by_report(before: &Answer, now: &Found) -> Difference {
    let digests = |(report, answer): (String, super::receipt::ReportAnswer)| {
        (report, format!("{} {}", answer.passages, answer.digest))
    };
    let reports = before.by_report.clone().unwrap_or_default().into_iter();
    let then: Found = reports.map(digests).collect();
    let now: Found = by_report(now).into_iter().map(digests).collect();
    then.difference(&now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::receipt::PASSAGES_KEPT;

    #[test]
    fn a_long_answer_differs_by_report() {
        let passages = |from: usize| -> Found {
            let of = |i: usize| {
                (
                    format!("tip-{}-khm:overview:{}", 1900 + i / 100, i + 1),
                    "x".to_owned(),
                )
            };
            (from..from + PASSAGES_KEPT + 1).map(of).collect()
        };
        let before = Answer::of(&passages(0));
        assert!(difference_by_report(&before, &passages(0)).is_empty());
        let difference = difference_by_report(&before, &passages(1));
        assert_eq!(difference.changed, ["tip-1900-khm", "tip-2000-khm"]);
        assert_eq!(difference.same, 99);
        assert!(difference.new.is_empty() && difference.gone.is_empty());
    }
}
