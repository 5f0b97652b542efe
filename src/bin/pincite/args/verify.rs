//! The arguments of `pincite verify`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use pincite::desk::verify::MIN_WORDS;

use super::{TEMPLATE, TableFormat};

/// Check the quotations of a draft against the reports
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite verify draft.md
  pincite verify chapter.docx --min-words 6
  pincite verify quotes.csv --format csv        columns quote, source ...

Reads text, Markdown, HTML, DOCX, ODT and PDF, and finds what stands between
quotation marks or in a block quotation; or a table (.csv, .tsv, .jsonl, .xlsx)
with a column `quote` and, if wanted, `id` and `source` (an id, a pincite, a
title, or country and year) or `country` and `year`. In a draft the source is
read from brackets, a dash or a foot- or endnote behind the quotation, and from
the end of a block quotation: an id, an address, a document number, a title with
a paragraph or without. `Ibid.` and `supra note 3` are followed where that is
plain; a source that is not understood is told as not read.

Each quotation is one of
  exact      a report says so; what quoting changed is told: typography, case
             of the first letter, an ellipsis, [brackets], a comma or point
             at the end, marks of notes, from one paragraph to the next; and
             a negation (not, no, never ...) that an ellipsis leaves out
  differs    a report says something much like it: [-source-] {+quotation+}
  stitched   its parts are from two or more places
  elsewhere  another report than the one claimed says so
  absent     no report says so; the nearest passage, if any is near

Exit status: 0 all are exact, 1 no quotation, 4 some could not be read or
judged, 5 some are not exact.
")]
pub(crate) struct VerifyArgs {
    /// The draft, or the table of quotations (- for standard input)
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// How many words a quotation has at least; shorter ones are left aside
    #[arg(long, value_name = "N", default_value_t = MIN_WORDS)]
    pub(crate) min_words: usize,
    /// How many threads; 0 for one each core
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=256))]
    pub(crate) threads: u16,
    /// How to write the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TableFormat,
}
