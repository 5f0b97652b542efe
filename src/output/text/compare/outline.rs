//! What changed in an outline, in words.

use crate::desk::compare::{Edition, OutlineChange};
use crate::report::FactSource;

/// What changed in the outline from one edition to another, as a sentence
/// without a period.
pub fn outline_note(change: &OutlineChange, old: &Edition, new: &Edition) -> String {
    let (before, now) = (year(old), year(new));
    let told = |source: &Option<FactSource>| match source {
        Some(FactSource::Heading) => "by a heading",
        Some(FactSource::Prose) => "by its wording",
        Some(_) => "by metadata",
        None => "by nothing",
    };
    match change {
        OutlineChange::Gone(key) => format!("section `{key}` is in {before} alone"),
        OutlineChange::New(key) => format!("section `{key}` is in {now} alone"),
        OutlineChange::Source { key, old, new } => format!(
            "where section `{key}` begins is told {} in {before}, {} in {now}",
            told(old),
            told(new)
        ),
        OutlineChange::Order(order) => {
            format!(
                "the sections come in another order in {now}: {}",
                order.join(", ")
            )
        }
    }
}

/// The year of an edition, or its id.
fn year(edition: &Edition) -> String {
    match &edition.id {
        crate::report::ReportId::Edition { year, .. } => year.to_string(),
        id => id.to_string(),
    }
}
