//! Answering the queries of a class in open indexes.

use anyhow::Result;

use super::{Contest, Outcome};
use crate::measure::{Spread, percentile};
use crate::peers::Timed;
use crate::queries::{self, Class};
use crate::table::{Better, Row};

impl Contest<'_> {
    /// Answers the queries of a class with every engine.
    pub(super) fn answer(&self, class: &Class, outcome: &mut Outcome) -> Result<()> {
        (self.tell)(class.name);
        let facets = class.queries.iter().any(|q| q.facets);
        let mut halves = Vec::new();
        let mut tails = Vec::new();
        for peer in self.peers {
            if facets && !peer.has_facets() {
                halves.push(None);
                tails.push(None);
                continue;
            }
            let timed = peer.time(&self.index(*peer), &class.queries, self.effort.answers)?;
            halves.push(over_queries(&timed, 0.5));
            tails.push(over_queries(&timed, 0.99));
            if timed.empty > 0 {
                outcome.remarks.push(format!(
                    "{} found nothing for {} of the {} queries of `{}`.",
                    peer.name(),
                    timed.empty,
                    class.queries.len(),
                    class.name
                ));
            }
        }
        for (part, figures) in [("p50", halves), ("p99", tails)] {
            outcome.rows.push(Row {
                name: format!("{}, {part}, ms", class.name),
                better: Better::Lower,
                figures,
            });
        }
        Ok(())
    }

    /// How often the figures of a class hold those of another.
    pub(super) fn compare_classes(&self, outcome: &mut Outcome) {
        let pairs = [
            (queries::ALL_WITH_FACETS, queries::ALL, "facet counts"),
            (queries::PLACED, queries::UNPLACED, "country and years"),
        ];
        for (with, without, what) in pairs {
            for part in ["p50", "p99"] {
                let of = |class: &str| {
                    let name = format!("{class}, {part}, ms");
                    outcome.rows.iter().find(|r| r.name == name)
                };
                let (Some(with), Some(without)) = (of(with), of(without)) else {
                    continue;
                };
                let pairs = with.figures.iter().zip(&without.figures);
                let ratios =
                    pairs.map(|(a, b)| Some(Spread::one(a.as_ref()?.median / b.as_ref()?.median)));
                let row = Row {
                    name: format!("with {what} ÷ without, {part}"),
                    better: Better::Lower,
                    figures: ratios.collect(),
                };
                outcome.rows.push(row);
            }
        }
    }
}

/// A percentile over queries of the median of each; its spread is that of the
/// percentiles of the single runs.
fn over_queries(timed: &Timed, part: f64) -> Option<Spread> {
    let of_query = timed.milliseconds.iter().map(|runs| percentile(runs, 0.5));
    let median = percentile(&of_query.collect::<Vec<_>>(), part);
    let runs = timed.milliseconds.first()?.len();
    let of_run = (0..runs).map(|run| {
        let took: Vec<f64> = timed.milliseconds.iter().map(|q| q[run]).collect();
        percentile(&took, part)
    });
    let of_run = Spread::of(&of_run.collect::<Vec<_>>())?;
    Some(Spread { median, ..of_run })
}
