//! The arguments of commands that follow passages through editions and indexes.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{TEMPLATE, TableFormat};

/// Tell where a passage was first said and which editions repeat it
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite origin tip-2021-khm:prevention:1          its history, year by year
  pincite origin tip-2021-khm:prevention:1 --diff   with what changed each time
  pincite origin tip-2021-khm:prevention            of each passage of a section
  pincite origin ungd-1985-khm:statement:1 --anywhere

Of two passages one repeats the other in the same words (case and punctuation
aside), or rewords it: of the runs of five words that either has, both have a
quarter or more. The editions of the same country and series are compared with
it text by text, and those that do not say it are told. A chain is followed:
what is like a passage that is like it counts too, and is marked `chain` with
its resemblance to the passage asked for and the passage it is like. Elsewhere
(--anywhere) only what is like the passage itself counts.
")]
pub(crate) struct OriginArgs {
    /// The id of a passage or section
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Look in the reports of other countries and series too
    #[arg(long)]
    pub(crate) anywhere: bool,
    /// Show how each differs from the nearest one of an earlier year
    #[arg(long)]
    pub(crate) diff: bool,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TableFormat,
}

/// Tell what became of passage ids that were written down before
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite search kiln --format csv > found.csv
  pincite resolve found.csv                       after the next `pincite index`
  pincite resolve found.csv --format csv          old and new ids, line by line

The file is what pincite wrote (CSV, JSON, JSON Lines), any table (XLSX and ODS
too) with a column `id` and, if there, `hash` and `text`, or text with an id a
line, its hash after it if known. Each id is
  same          it names the same text
  unknown hash  it is there, and the file has no hash to compare
  moved         the same text has another id now
  changed       it names another text, and the old one is nowhere
  gone          it is not there, and its text is nowhere

Exit status: 0 where every id is same or of unknown hash, 4 where one is not, or
where a line holds no id.
")]
pub(crate) struct ResolveArgs {
    /// The file of ids (- for standard input)
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TableFormat,
}
