//! JSON and CSV of what researchers do with searches.

pub mod kwic;
pub mod silence;
pub mod trend;
pub mod words;

use serde_json::{Value, json};

use crate::query::synonyms::Added;
use crate::search::{PatternWords, Tally};

fn patterns(expansions: &[PatternWords]) -> Value {
    let patterns = expansions.iter();
    let patterns: Vec<Value> = patterns
        .map(|e| json!({"pattern": e.pattern, "words": e.words}))
        .collect();
    json!(patterns)
}

fn added(added: &[Added]) -> Value {
    let added = added.iter();
    let added: Vec<Value> = added
        .map(|a| json!({"of": a.of, "words": a.words}))
        .collect();
    json!(added)
}

fn tally(tally: &Tally) -> Value {
    json!({
        "passages": tally.passages,
        "hits": tally.hits,
        "reports": tally.reports,
        "words": tally.words,
    })
}
