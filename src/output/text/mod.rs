//! Text for reading: in a terminal of any width, or in a pipe.

mod agreement;
mod batch;
mod changes;
mod compare;
mod explain;
mod facets;
mod fetched;
mod files;
mod gaps;
mod hits;
mod kwic;
mod nothing;
mod origin;
mod overlap;
mod partial;
mod reading;
mod replay;
mod resolved;
mod sample;
mod saved;
mod show;
mod silence;
mod since;
mod stats;
mod strip;
mod trend;
mod verify;
mod words;

use std::io::{self, Write};
use std::ops::Range;

use super::Paint;
use crate::index::FacetName;
use crate::report::{Gazetteer, Passage};

pub use agreement::write_agreement;
pub use batch::write_batch_summary;
pub use changes::marked;
pub use compare::{outline_note, write_comparison, write_ranking};
pub use explain::{added_note, expansion_note, notes_of, write_explanation};
pub use facets::write_facets;
pub use fetched::{write_fetch_progress, write_fetched};
pub use files::write_files;
pub use gaps::write_gaps;
pub use hits::{total_line, write_hits};
pub use kwic::{LineNames, write_concordance};
pub use nothing::write_nothing;
pub use origin::write_origin;
pub use overlap::write_overlap;
pub use partial::write_partial;
pub use reading::write_reading;
pub use replay::{write_methods, write_replayed};
pub use resolved::write_resolved;
pub use sample::write_sample;
pub use saved::{write_news, write_saved_list};
pub use show::{write_in_context, write_passages};
pub use silence::write_silence;
pub use since::write_since;
pub use stats::{write_notices, write_stats, write_summary};
pub use strip::Signs;
pub use trend::{shown as shown_measure, write_trend};
pub use verify::write_verified;
pub use words::{write_collocates, write_keyness};

/// How text is written.
#[derive(Debug, Clone, Copy)]
pub struct TextOptions {
    /// Colours or none.
    pub paint: Paint,
    /// The width of a line, in columns.
    pub width: usize,
    /// Whether passages are shown whole.
    pub full: bool,
}

/// Writes `text` wrapped to the width, every line after `indent` spaces, with
/// `lit` (byte ranges of `text`) painted.
fn write_wrapped(
    out: &mut dyn Write,
    text: &str,
    lit: &[Range<usize>],
    indent: usize,
    options: TextOptions,
) -> io::Result<()> {
    let width = options.width.saturating_sub(indent).max(20);
    let wrap = textwrap::Options::new(width)
        // At spaces alone: a URL or an id stays whole where it can.
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(true);
    let mut at = 0;
    let mut rest = lit;
    for line in textwrap::wrap(text, wrap) {
        // Lines are parts of the text in order, and so are the spans.
        let start = text[at..].find(&*line).map_or(at, |i| at + i);
        at = start + line.len();
        rest = &rest[rest.partition_point(|span| span.end <= start)..];
        let here = &rest[..rest.partition_point(|span| span.start < at)];
        let line = painted(text, start..at, here, options.paint);
        writeln!(out, "{:indent$}{line}", "")?;
    }
    Ok(())
}

/// Writes what a reader must know of the pages that a passage is from.
fn write_remark(
    out: &mut dyn Write,
    passage: &Passage,
    indent: usize,
    options: TextOptions,
) -> io::Result<()> {
    match passage.remark() {
        Some(remark) => write_wrapped(out, &format!("remark: {remark}"), &[], indent, options),
        None => Ok(()),
    }
}

/// How many notes are named.
const NOTES: usize = 3;

/// Writes what the reports of passages say of themselves, as that they are digests
/// and not the published wording: each note once, and of how many passages where
/// not of all.
fn write_notes<'p>(
    out: &mut dyn Write,
    passages: impl Iterator<Item = &'p Passage>,
    indent: usize,
    options: TextOptions,
) -> io::Result<()> {
    let mut shown = 0;
    let mut notes: Vec<(&str, u64)> = Vec::new();
    for passage in passages {
        shown += 1;
        let Some(note) = passage.report.note.as_deref() else {
            continue;
        };
        match notes.iter_mut().find(|(known, _)| *known == note) {
            Some((_, times)) => *times += 1,
            None => notes.push((note, 1)),
        }
    }
    for (note, times) in notes.iter().take(NOTES) {
        let line = match *times == shown {
            true => format!("note: {note}"),
            false => format!("note of {} shown: {note}", count(*times, "passage")),
        };
        write_wrapped(out, &line, &[], indent, options)?;
    }
    match notes.len().saturating_sub(NOTES) as u64 {
        0 => Ok(()),
        more => writeln!(
            out,
            "and {}; `pincite show ID` tells them",
            count(more, "other note")
        ),
    }
}

/// A part of `text` with what is lit in it painted.
fn painted(text: &str, part: Range<usize>, lit: &[Range<usize>], paint: Paint) -> String {
    let mut line = String::new();
    let mut at = part.start;
    for span in lit {
        let (start, end) = (span.start.max(at), span.end.min(part.end));
        if start < end {
            line.push_str(&text[at..start]);
            line.push_str(&paint.lit(&text[start..end]));
            at = end;
        }
    }
    line.push_str(&text[at..part.end]);
    line
}

/// A facet value for people: a country has its name.
pub(super) fn shown_value(facet: FacetName, value: &str) -> String {
    let country = (facet == FacetName::Country)
        .then(|| Gazetteer::built_in().find(value))
        .flatten();
    match country {
        Some(country) => format!("{} ({value})", country.name),
        None => value.to_owned(),
    }
}

/// A number with its noun, in the plural where needed: `1 report`, `12,345
/// passages`.
pub fn count(n: u64, noun: &str) -> String {
    let number = grouped(n);
    if n == 1 {
        format!("{number} {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

/// A number with its thousands divided by commas.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_keeps_the_lit_words_lit() {
        let mut out = Vec::new();
        let text = "one two three four five six seven";
        let options = TextOptions {
            paint: Paint::Ansi,
            width: 22,
            full: false,
        };
        write_wrapped(&mut out, text, &[4..18, 24..27], 2, options).unwrap();
        let shown = String::from_utf8(out).unwrap();
        let plain: String = anstream::adapter::strip_str(&shown).to_string();
        assert_eq!(plain, "  one two three four\n  five six seven\n");
        assert_eq!(shown.matches("\u{1b}[0m").count(), 2);
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(count(1, "report"), "1 report");
        assert_eq!(count(4460, "report"), "4,460 reports");
    }
}
