//! The arguments of `sample` and `agreement`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use pincite::desk::agreement::alpha::Level;
use pincite::index::FacetName;

use super::{AskArgs, TEMPLATE, TableFormat, one_of, parse_date};

/// The facets of which a passage has one value at most.
const STRATA: [&str; 6] = ["country", "region", "year", "tier", "section", "series"];

/// Draw passages of a query into a sheet for coders
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite sample apartheid --n 200 --stratify country --seed 7 --sheet out.xlsx
  pincite sample '\"brick kilns\"' --sheet out.csv --codes yes,no,unclear
  pincite sample kiln --sheet out.xlsx --coders ann,ben,eve

The same seed draws the same passages of the same corpus. A stratum gets its
share of the sample, and one passage at least while there are enough; the sheet
`about` (beside a .csv: out.about.csv) has the weight of each. When the coders
have filled in their columns, `pincite agreement` reads the sheet back.
")]
pub(crate) struct SampleArgs {
    /// The query; without one all passages that the filters leave
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// The sheet to write: .xlsx or .csv
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) sheet: PathBuf,
    /// How many passages to draw
    #[arg(long = "n", short = 'n', alias = "number", value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) number: u32,
    /// Draw in strata by this facet
    #[arg(long, value_name = "FACET", value_parser = one_of::<FacetName>(&STRATA))]
    pub(crate) stratify: Option<FacetName>,
    /// The seed of the draw
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// The columns of the coders
    #[arg(
        long,
        value_name = "NAME",
        value_delimiter = ',',
        default_value = "coder_1,coder_2"
    )]
    pub(crate) coders: Vec<String>,
    /// The codes to choose from, a drop-down list in .xlsx
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) codes: Vec<String>,
    /// Replace a sheet that holds codes
    #[arg(long)]
    pub(crate) force: bool,
    /// List every stratum
    #[arg(long)]
    pub(crate) full: bool,
    /// The day that the sheet names [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(crate) date: Option<jiff::civil::Date>,
    /// How to say what was drawn
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TableFormat,
    #[command(flatten)]
    pub(crate) ask: AskArgs,
}

/// Measure how far the coders of a sheet agree
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite agreement out.xlsx
  pincite agreement out.csv --coders ann,ben,eve
  pincite agreement out.ods --level ordinal --order low,medium,high

Prints percent agreement, Cohen's kappa of every two coders with its 95 %
interval, Krippendorff's alpha, who gave what, and the rows that differ. Case and
white space around codes do not matter. Rows without a code of every coder are
named, and measured by the codes that they have.
")]
pub(crate) struct AgreementArgs {
    /// The sheet: .xlsx, .ods, .csv or .tsv
    #[arg(value_name = "FILE")]
    pub(crate) sheet: PathBuf,
    /// The columns of the coders [default: all named coder_1, coder_2 ...]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) coders: Vec<String>,
    /// What the difference of two codes is, for alpha
    #[arg(long, value_name = "LEVEL", default_value = "nominal", value_parser = one_of::<Level>(&Level::NAMES))]
    pub(crate) level: Level,
    /// The codes from the least, for ordinal codes that are no numbers
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) order: Vec<String>,
    /// List every row that differs
    #[arg(long)]
    pub(crate) full: bool,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TableFormat,
}
