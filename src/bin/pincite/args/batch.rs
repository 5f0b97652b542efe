//! The arguments of `pincite batch`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use pincite::index::FacetName;
use pincite::search::Sort;

use super::{AskArgs, TEMPLATE, TableFormat, one_of};

/// Run a file of queries in parallel
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite batch queries.txt                       a query a line
  pincite batch queries.csv --format csv          columns id, query, country ...
  pincite batch topics.tsv --match any --format trec --limit 1000
  pincite batch queries.csv --to hits.jsonl --resume
  pincite batch queries.csv --summary --by year   a table of counts
  pincite batch queries.csv --overlap --tables csv > pairs.csv
  pincite batch queries.csv --since last.jsonl --keep last.jsonl

A table (.csv with any delimiter, .tsv, .xlsx, .ods) has a header with `query`
and, if wanted, `id`, `match`, `literal`, `limit`, `strict` and filters by name
(`country`, `not-year` ...); a .jsonl file has objects with these keys. What a line says goes before the same
option here. A bad line is reported with its number and does not stop the rest.

--to writes each query when it is done, in order. A run that was stopped, by
Ctrl-C or by force, goes on with the same command and --resume; FILE.state
beside the file says how far it came.

Tables are written instead of hits, or beside them with --to. They count all
passages of a query, whatever --limit says.

--since wants a file that --keep made: it holds the ids and hashes of all
passages. Results hold the hits up to --limit alone: of those it tells which
changed or are gone, but where they are not all, not what is new.
")]
pub(crate) struct BatchArgs {
    /// The file of queries (- for standard input)
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Rank by words of the best passages too (RM3); what matches stays
    #[arg(long)]
    pub(crate) feedback: bool,
    /// Where no passage matches, leave out those that hold half of the words
    #[arg(long)]
    pub(crate) no_partial: bool,
    /// How many passages for each query
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// The order; year is newest first, position as in the reports
    #[arg(long, value_name = "ORDER", default_value = "score", value_parser = one_of::<Sort>(&Sort::NAMES))]
    pub(crate) sort: Sort,
    /// How many threads; 0 for one each core
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=256))]
    pub(crate) threads: u16,
    /// How to write the hits
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    pub(crate) format: BatchOutput,
    /// Write the hits to a file, query by query
    #[arg(long, value_name = "FILE")]
    pub(crate) to: Option<PathBuf>,
    /// Go on with the file of --to where a run was stopped
    #[arg(long, requires = "to")]
    pub(crate) resume: bool,
    /// Keep the ids and hashes of all passages, for --since
    #[arg(long, value_name = "FILE")]
    pub(crate) keep: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) tables: BatchTableArgs,
    #[command(flatten)]
    pub(crate) ask: AskArgs,
}

/// The heading of the options of tables.
const TABLES: &str = "Tables";

#[derive(Debug, ClapArgs)]
pub(crate) struct BatchTableArgs {
    /// Count the passages and reports of each query
    #[arg(long, help_heading = TABLES)]
    pub(crate) summary: bool,
    /// Count the passages of each query by a facet too (a summary)
    #[arg(long, help_heading = TABLES, value_name = "FACET", value_parser = one_of::<FacetName>(&FacetName::NAMES))]
    pub(crate) by: Option<FacetName>,
    /// Tell what each two queries both find, and what each alone (at most 2,000
    /// queries)
    #[arg(long, help_heading = TABLES)]
    pub(crate) overlap: bool,
    /// Tell what is new, changed and gone since an earlier run
    #[arg(long, help_heading = TABLES, value_name = "FILE")]
    pub(crate) since: Option<PathBuf>,
    /// How to write tables; csv is for one of them
    #[arg(long, help_heading = TABLES, value_name = "FORMAT", default_value = "text")]
    pub(crate) tables: TableFormat,
}

impl BatchTableArgs {
    /// Whether a table of counts is asked for.
    pub(crate) fn wants_summary(&self) -> bool {
        self.summary || self.by.is_some()
    }

    /// How many tables are asked for.
    pub(crate) fn count(&self) -> usize {
        let asked = [self.wants_summary(), self.overlap, self.since.is_some()];
        asked.into_iter().filter(|asked| *asked).count()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BatchOutput {
    // A search a line, as `search --format json` writes it
    Jsonl,
    Csv,
    // TREC run lines
    Trec,
}
