//! Partial answers: passages that hold half or more of a query which none matches.

use std::io::{self, Write};

use super::hits::write_hit;
use super::{TextOptions, write_notes, write_wrapped};
use crate::output::Paint;
use crate::search::Partial;

/// Writes partial answers below an empty result; nothing where there are none.
///
/// # Errors
/// What writing fails with.
pub fn write_partial(
    out: &mut dyn Write,
    partial: &[Partial],
    options: TextOptions,
) -> io::Result<()> {
    let Some(last) = partial.last() else {
        return Ok(());
    };
    let heading = "nearest, not counted: passages that hold half of it or more";
    writeln!(out, "\n{}", options.paint.faint(heading))?;
    let digits = last.hit.rank.to_string().len();
    for one in partial {
        writeln!(out)?;
        write_hit(out, &one.hit, digits, options)?;
        let lacks = format!("lacks: {}", one.lacks.join(", "));
        let plain = TextOptions {
            paint: Paint::Plain,
            ..options
        };
        write_wrapped(out, &lacks, &[], digits + 2, plain)?;
    }
    let passages = partial.iter().map(|one| &one.hit.passage);
    write_notes(out, passages, 0, options)
}
