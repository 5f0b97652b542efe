//! What stands below every chart: the queries as typed, the filters, and the
//! names of corpus, answer and program, so that it can be made again.

use crate::desk::answer::short;
use crate::query::{Filters, Parsed, STRICT};

/// What a caption says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    /// The lines, before they are wrapped.
    pub lines: Vec<String>,
}

impl Caption {
    /// The caption of an answer; `corpus` and `answer` are digests, of which the
    /// first twelve digits are printed.
    pub fn new(queries: &[&Parsed], filters: &Filters, corpus: &str, answer: &str) -> Self {
        let typed: Vec<&str> = queries.iter().map(|q| q.text.as_str()).collect();
        let mut lines = vec![match typed.as_slice() {
            [one] => format!("Query: {one}"),
            many => format!("Queries: {}", many.join("  |  ")),
        }];
        let mut added: Vec<String> = Vec::new();
        for one in queries.iter().flat_map(|q| &q.added) {
            let note = crate::output::text::added_note(one);
            if !added.contains(&note) {
                added.push(note);
            }
        }
        if !added.is_empty() {
            lines.push(format!("Synonyms: {}", added.join("; ")));
        }
        lines.push(match filters.is_empty() {
            true => "Filters: none".to_owned(),
            false => format!("Filters: {}", filters_text(filters)),
        });
        lines.push(format!(
            "Corpus {}, answer {}, pincite {}",
            short(corpus),
            short(answer),
            env!("CARGO_PKG_VERSION")
        ));
        Caption { lines }
    }
}

/// Filters as one types them, as `--year 1970..1999 --not-country KHM`.
pub fn filters_text(filters: &Filters) -> String {
    let mut parts = Vec::new();
    for (prefix, side) in [("", &filters.only), ("not-", &filters.not)] {
        for (facet, values) in side {
            let shown: Vec<&str> = values.iter().map(|v| v.shown.as_str()).collect();
            let shown = shown.join(",");
            let quote = if shown.contains(' ') { "'" } else { "" };
            parts.push(format!("--{prefix}{facet} {quote}{shown}{quote}"));
        }
    }
    if filters.strict {
        parts.push(format!("--{STRICT}"));
    }
    parts.join(" ")
}
