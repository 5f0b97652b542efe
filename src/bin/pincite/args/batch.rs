//! The arguments of `pincite batch`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use pincite::search::Sort;

use super::{AskArgs, TEMPLATE, one_of};

/// Run a file of queries in parallel
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite batch queries.txt                       a query a line
  pincite batch queries.csv --format csv          columns id, query, country ...
  pincite batch topics.tsv --match any --format trec --limit 1000

A .csv or .tsv file has a header with `query` and, if wanted, `id` and filters
by name (`country`, `not-year` ...); a .jsonl file has objects with these keys.
A line's own filter goes before the same filter here. A bad line is reported
with its number and does not stop the rest.
")]
pub(crate) struct BatchArgs {
    /// The file of queries (- for standard input)
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Rank by words of the best passages too (RM3); what matches stays
    #[arg(long)]
    pub(crate) feedback: bool,
    /// How many passages for each query
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// The order; year is newest first, position as in the reports
    #[arg(long, value_name = "ORDER", default_value = "score", value_parser = one_of::<Sort>(&Sort::NAMES))]
    pub(crate) sort: Sort,
    /// How many threads; 0 for one each core
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=256))]
    pub(crate) threads: u16,
    /// How to write the results
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    pub(crate) format: BatchOutput,
    #[command(flatten)]
    pub(crate) ask: AskArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BatchOutput {
    // A search a line, as `search --format json` writes it
    Jsonl,
    Csv,
    // TREC run lines
    Trec,
}
