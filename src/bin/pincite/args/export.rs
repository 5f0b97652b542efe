//! The arguments of `export`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use pincite::search::Sort;

use super::{AskArgs, TEMPLATE, TextOrJson, one_of, parse_date};

/// Write passages into a folder to hand on: quotes, tables, references
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite export '\"brick kilns\"' --to pack
  pincite export apartheid --year 1976..1980 --limit 200 --context 2 --to pack
  pincite export --ids tip-2021-khm:prevention:1,tip-2021-pak --to pack
  pincite export --ids-from chosen.csv --to pack

The folder stands alone: quotes.md and index.html to read, passages.csv and
passages.xlsx to work with, references.bib and references.ris to cite, and
MANIFEST.json with the query, the corpus digest and the SHA-256 of every file.
Each quote has its citation, id, hash, the paragraphs around it and, where the
report has an address, a link to its sentence.
")]
pub(crate) struct ExportArgs {
    /// The query; with filters alone, all passages that they leave
    #[arg(value_name = "QUERY", conflicts_with_all = ["ids", "ids_from"])]
    pub(crate) query: Vec<String>,
    /// The folder: new, empty, or a pack that nobody has changed, to replace
    #[arg(long, value_name = "DIR", required = true)]
    pub(crate) to: PathBuf,
    /// Passages, sections or reports by id instead of a query
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(crate) ids: Vec<String>,
    /// Ids of a file, one a line, or its column `id` where it is a table (- for
    /// standard input)
    #[arg(long, value_name = "FILE")]
    pub(crate) ids_from: Option<PathBuf>,
    /// How many passages of a query at most
    #[arg(long, short = 'n', value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) limit: u32,
    /// The order; year is newest first, position as in the reports
    #[arg(long, value_name = "ORDER", default_value = "score", value_parser = one_of::<Sort>(&Sort::NAMES))]
    pub(crate) sort: Sort,
    /// How many paragraphs before and after each passage
    #[arg(long, short = 'C', value_name = "N", default_value_t = 1)]
    pub(crate) context: usize,
    /// The day that the files name [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(crate) date: Option<jiff::civil::Date>,
    /// How to say what was written; json is the manifest
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TextOrJson,
    #[command(flatten)]
    pub(crate) ask: AskArgs,
}
