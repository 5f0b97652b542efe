//! What became of old ids: counts, and a line for each that does not stand.

use std::io::{self, Write};

use super::{TextOptions, count, grouped, marked, write_wrapped};
use crate::desk::resolve::Verdict;
use crate::desk::{Resolved, count_verdicts};
use crate::text::Likeness;
use crate::text::changes::changes;

/// Writes what became of old ids. Those that stand are counted, the others are
/// told one by one.
///
/// # Errors
/// What writing fails with.
pub fn write_resolved(
    out: &mut dyn Write,
    resolved: &[Resolved],
    options: TextOptions,
) -> io::Result<()> {
    for one in resolved.iter().filter(|one| !one.verdict.stands()) {
        let Ok(old) = &one.old else { continue };
        let verdict = format!("{:7}", one.verdict.as_str());
        writeln!(
            out,
            "{}  {}",
            options.paint.title(&verdict),
            options.paint.id(&old.id.to_string())
        )?;
        let mut told = Vec::new();
        match (one.verdict, &one.now) {
            (Verdict::Moved, Some(now)) => told.push(match one.others {
                0 => format!("now {}", now.id),
                others => format!(
                    "now {}, and in {} more",
                    now.id,
                    count(others as u64, "place")
                ),
            }),
            (Verdict::Changed, Some(now)) => told.push(match &old.text {
                Some(text) => {
                    let pieces = changes(text, &now.text, str::to_owned);
                    marked(&pieces, text, &now.text, options.paint)
                }
                None => format!("now says: {}", now.text),
            }),
            _ => {}
        }
        told.extend(
            one.lost_report
                .as_ref()
                .map(|report| format!("the index holds no report `{report}`")),
        );
        told.extend(one.nearest.as_ref().map(|(id, likeness)| match likeness {
            Likeness::Same => format!("in the same words {id}"),
            Likeness::Reworded(r) => format!("nearest to it is {id} ({r:.2})"),
        }));
        for line in told {
            write_wrapped(out, &line, &[], 9, options)?;
        }
        writeln!(out)?;
    }
    let counts = count_verdicts(resolved);
    let counts: Vec<String> = counts
        .iter()
        .filter(|(_, n)| **n > 0)
        .map(|(verdict, n)| format!("{} {}", grouped(*n as u64), verdict.as_str()))
        .collect();
    let all = count(resolved.len() as u64, "line");
    write_wrapped(
        out,
        &format!("{all}: {}", counts.join(", ")),
        &[],
        0,
        options,
    )
}
