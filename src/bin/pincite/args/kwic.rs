//! The arguments of `pincite kwic`.

use clap::Args as ClapArgs;
use pincite::desk::KwicSort;

use super::{AskArgs, SearchFormat, TEMPLATE, one_of};

/// Show every match of a query in its context, a line each (a concordance)
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite kwic kiln                                in the order of the reports
  pincite kwic '\"forced labor\"' --sort right,year
  pincite kwic apartheid --sample 200 --seed 7 --format csv > lines.csv
  pincite kwic kiln --country cambodia --sentence --ids

A passage has a line for every place that lights up in `search`; the matches
stand below each other. `--sort left` reads the words from the match outwards.
Words are compared folded, as they are searched; equal lines are in order of
passage id and place. A sample depends on the seed and the lines alone, so
anyone can draw it again.
")]
pub(crate) struct KwicArgs {
    /// The query; `pincite help query` tells all that it may hold
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// The orders, the first before the others; year is oldest first
    #[arg(long, value_name = "ORDER", value_delimiter = ',', default_value = "position", value_parser = one_of::<KwicSort>(&KwicSort::NAMES))]
    pub(crate) sort: Vec<KwicSort>,
    /// How many words on each side at most [default: in text what has room, else
    /// 20; with --sentence all]
    #[arg(long, short = 'C', value_name = "N")]
    pub(crate) context: Option<usize>,
    /// End contexts where the sentence of the match ends
    #[arg(long)]
    pub(crate) sentence: bool,
    /// Draw so many of the lines, each with the same chance
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) sample: Option<u32>,
    /// What a sample is drawn by [default: 1]
    #[arg(long, value_name = "N", requires = "sample")]
    pub(crate) seed: Option<u64>,
    /// How many lines to show [default: in text 50 or the sample, else all]
    #[arg(long, short = 'n', value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Begin lines with the id of the passage, not with country and year
    #[arg(long)]
    pub(crate) ids: bool,
    /// How to write the lines
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: SearchFormat,
    #[command(flatten)]
    pub(crate) ask: AskArgs,
}
