//! TREC run lines: `qid Q0 docid rank score tag`.

use std::io::{self, Write};

use crate::report::ReportId;
use crate::search::Hit;

/// The tag of the run.
const TAG: &str = "pincite";

/// Writes the hits of a query. The docid of a record is its own id, that of
/// any other passage the passage id.
///
/// # Errors
/// What writing fails with.
pub fn write_run(out: &mut dyn Write, qid: &str, hits: &[Hit]) -> io::Result<()> {
    for hit in hits {
        let id = &hit.passage.id;
        let docid = match &id.report {
            ReportId::Record(record) if hit.passage.report.is_record => record.clone(),
            _ => id.to_string(),
        };
        // The fields of a run line are divided by white space.
        let one = |text: &str| text.split_whitespace().collect::<Vec<_>>().join("_");
        writeln!(
            out,
            "{} Q0 {} {} {} {TAG}",
            one(qid),
            one(&docid),
            hit.rank,
            hit.score
        )?;
    }
    Ok(())
}
