//! Where the passages of a file come from, a line a fact, for people.

use super::text::{count, shown_value};
use crate::desk::Provenance;
use crate::query::STRICT;
use crate::query::filter::STRICT_SHOWN;

/// What a provenance says, each fact with its name; what is not known is left
/// out.
pub(super) fn facts(from: &Provenance) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    facts.extend(from.query.iter().map(|q| ("query", q.clone())));
    facts.extend(from.understood.iter().map(|q| ("understood as", q.clone())));
    for added in &from.added {
        let words = added.words.join(", ");
        facts.push(("widened", format!("{}: {words}", added.of)));
    }
    for pattern in &from.expansions {
        let words: Vec<&str> = pattern.words.iter().map(|w| w.0.as_str()).collect();
        let stands = format!("{} stands for {}", pattern.pattern, words.join(", "));
        facts.push(("pattern", stands));
    }
    for (not, side) in [("", &from.filters.only), ("not ", &from.filters.not)] {
        for (facet, values) in side {
            let values: Vec<String> = values
                .iter()
                .map(|v| shown_value(*facet, &v.shown))
                .collect();
            facts.push(("filter", format!("{not}{facet}: {}", values.join(", "))));
        }
    }
    if from.filters.strict {
        facts.push(("filter", format!("{STRICT}: {STRICT_SHOWN}")));
    }
    let (reports, passages) = from.searched;
    let searched = format!(
        "{}, {}",
        count(reports, "report"),
        count(passages, "passage")
    );
    facts.push(("searched", searched));
    facts.push(("corpus digest", from.corpus_digest.clone()));
    facts.push(("made by", format!("pincite {}", from.pincite)));
    facts.push(("date", from.date.to_string()));
    facts
}
