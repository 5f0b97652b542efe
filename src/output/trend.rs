//! Trends as JSON and CSV.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::desk::Measure;
use crate::desk::shares::{FEW_PASSAGES, FEW_REPORTS, rests_on_few, wilson};
use crate::desk::trend::{Group, Trend};
use crate::output::cells::CsvWriter;
use crate::output::json::{
    SCHEMA, added_json, filters_json, patterns_json, tally_json, write_line,
};
use crate::query::Filters;
use crate::search::Tally;

/// Writes trends as one object.
///
/// # Errors
/// What writing fails with.
pub fn write_json(
    out: &mut dyn Write,
    trend: &Trend,
    filters: &Filters,
    corpus: &str,
) -> io::Result<()> {
    let queries: Vec<Value> = trend
        .series
        .iter()
        .map(|series| {
            let groups = trend.groups.iter().zip(&series.found);
            json!({
                "query": series.query.text,
                "understood": series.query.tree.to_string(),
                "added": added_json(&series.query.added),
                "patterns": patterns_json(&series.expansions),
                "total": tally_json(&series.total),
                "values": groups.map(|(group, found)| point(group, found)).collect::<Vec<_>>(),
            })
        })
        .collect();
    let object = json!({
        "schema": SCHEMA,
        "by": trend.by.as_str(),
        "filters": filters_json(filters),
        "corpus": corpus,
        "answer": trend.digest,
        "slice": {
            "reports": trend.total.reports,
            "passages": trend.total.passages,
            "words": trend.total.words,
        },
        "outside": {"reports": trend.outside.reports, "passages": trend.outside.passages},
        "few": {"passages": FEW_PASSAGES, "reports": FEW_REPORTS},
        "queries": queries,
    });
    write_line(out, &object)
}

fn point(group: &Group, found: &Tally) -> Value {
    let share = |measure: Measure, k: u64, n: u64| {
        json!({
            "all": n,
            "match": k,
            "share": measure.of(found, &group.all),
            "interval": wilson(k, n).map(|(low, high)| [low, high]),
        })
    };
    let all = &group.all;
    json!({
        "value": group.value,
        "label": group.label,
        "reports": share(Measure::ShareOfReports, found.reports, all.reports),
        "passages": share(Measure::ShareOfPassages, found.passages, all.passages),
        "hits": found.hits,
        "words": all.words,
        "rate": Measure::Rate.of(found, all),
        "few": (all.reports > 0).then(|| rests_on_few(found, all)),
    })
}

const COLUMNS: [&str; 17] = [
    "query",
    "by",
    "value",
    "label",
    "reports",
    "reports_matching",
    "share_of_reports",
    "share_of_reports_low",
    "share_of_reports_high",
    "passages",
    "passages_matching",
    "share_of_passages",
    "share_of_passages_low",
    "share_of_passages_high",
    "hits",
    "words",
    "hits_per_100000_words",
];

/// Writes trends as CSV, a query and a group a line. Shares have the ends of
/// their 95 % interval ([`wilson`]) beside them; a group without reports has
/// none. `few` says `yes` where figures rest on few.
///
/// # Errors
/// What writing fails with.
pub fn write_csv(out: &mut dyn Write, trend: &Trend) -> io::Result<()> {
    let mut writer = CsvWriter::new(out);
    let head = COLUMNS.into_iter().chain(["few"]);
    writer.row(head)?;
    let number = |n: Option<f64>| n.map(|n| format!("{n:.6}")).unwrap_or_default();
    for series in &trend.series {
        for (group, found) in trend.groups.iter().zip(&series.found) {
            let all = &group.all;
            let of_reports = wilson(found.reports, all.reports);
            let of_passages = wilson(found.passages, all.passages);
            let few = match all.reports {
                0 => "",
                _ if rests_on_few(found, all) => "yes",
                _ => "no",
            };
            let record = [
                series.query.text.clone(),
                trend.by.to_string(),
                group.value.clone(),
                group.label.clone(),
                all.reports.to_string(),
                found.reports.to_string(),
                number(Measure::ShareOfReports.of(found, all)),
                number(of_reports.map(|i| i.0)),
                number(of_reports.map(|i| i.1)),
                all.passages.to_string(),
                found.passages.to_string(),
                number(Measure::ShareOfPassages.of(found, all)),
                number(of_passages.map(|i| i.0)),
                number(of_passages.map(|i| i.1)),
                found.hits.to_string(),
                all.words.to_string(),
                number(Measure::Rate.of(found, all)),
                few.to_owned(),
            ];
            writer.row(record)?;
        }
    }
    writer.flush()
}
