//! The arguments of commands that count: who is silent, and trends.

use clap::{Args as ClapArgs, ValueEnum};
use pincite::desk::Measure;
use pincite::desk::silence::{Counted, Kept, RowOrder};
use pincite::index::FacetName;
use pincite::output::chart::ChartPath;
use pincite::output::text::Signs;

use super::{AskArgs, TEMPLATE, TableFormat, one_of};

/// Show who says something of a query, who says nothing, and where no report is
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite silence '\"brick kiln*\"'                        country by year
  pincite silence apartheid --by region --count hits
  pincite silence kiln --rows country --by section --year 2021
  pincite silence kiln --only-silent --format csv
  pincite silence apartheid --chart silence.svg --chart silence.png

A cell has the number of passages that match: 0 where a report is there (within
the filters) and says nothing, - where there is no report. A 0 is about this
query: the report may say the same in other words. Where numbers have no room, a
strip has a sign for each column. Where nothing is found, the grid is the answer
too, and the exit status is 1.
")]
pub(crate) struct SilenceArgs {
    /// The query; `pincite help query` tells all that it may hold
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// The facet of the columns
    #[arg(long, value_name = "FACET", default_value = "year", value_parser = one_of::<FacetName>(&FacetName::NAMES))]
    pub(crate) by: FacetName,
    /// The facet of the rows
    #[arg(long, value_name = "FACET", default_value = "country", value_parser = one_of::<FacetName>(&FacetName::NAMES))]
    pub(crate) rows: FacetName,
    /// What a cell counts
    #[arg(long, value_name = "WHAT", default_value = "passages")]
    pub(crate) count: CountWord,
    /// Only rows that never say it; `=sometimes`: that have a 0
    #[arg(long, value_name = "WHEN", num_args = 0..=1, require_equals = true, default_missing_value = "always")]
    pub(crate) only_silent: Option<SilentWord>,
    /// The order of the rows; silence is those with the most silent reports first
    #[arg(long, value_name = "ORDER", default_value = "name")]
    pub(crate) sort: RowOrderWord,
    #[command(flatten)]
    pub(crate) drawing: DrawingArgs,
    /// How to write the grid
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TableFormat,
    #[command(flatten)]
    pub(crate) ask: AskArgs,
}

/// Show how much years, countries or sections speak of queries, side by side
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite trend apartheid '\"human rights\"'               by year
  pincite trend 'debt bondage' --by country --measure rate
  pincite trend apartheid --year 1970..1999 --chart trend.png
  pincite trend '\"forced labor\"' '\"sex trafficking\"' --by section --format csv

Each argument is a query of its own. Shares and rates are of what the filters
leave in each group: passages, reports with a match, hits per 100,000 words. A
year without a report is a gap, not 0. `*` marks figures that rest on few: fewer
than 5 passages match, or the group has fewer than 20 reports. JSON and CSV have
95 % intervals of shares too (Wilson 1927).
")]
pub(crate) struct TrendArgs {
    /// The queries, each one argument
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) queries: Vec<String>,
    /// The facet of the groups
    #[arg(long, value_name = "FACET", default_value = "year", value_parser = one_of::<FacetName>(&FacetName::NAMES))]
    pub(crate) by: FacetName,
    /// What lines and charts show
    #[arg(long, value_name = "MEASURE", default_value = "share-of-reports")]
    pub(crate) measure: MeasureWord,
    #[command(flatten)]
    pub(crate) drawing: DrawingArgs,
    /// How to write the figures
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TableFormat,
    #[command(flatten)]
    pub(crate) ask: AskArgs,
}

/// How counts are drawn.
#[derive(Debug, ClapArgs)]
pub(crate) struct DrawingArgs {
    /// Draw a chart too; its ending, .svg or .png, says what it is
    #[arg(long = "chart", visible_alias = "svg", value_name = "FILE")]
    pub(crate) charts: Vec<ChartPath>,
    /// Draw strips with digits instead of blocks
    #[arg(long)]
    ascii: bool,
}

impl DrawingArgs {
    /// The signs of strips.
    pub(crate) fn signs(&self) -> Signs {
        match self.ascii {
            true => Signs::Digits,
            false => Signs::Blocks,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CountWord {
    Passages,
    Hits,
}

impl From<CountWord> for Counted {
    fn from(word: CountWord) -> Self {
        match word {
            CountWord::Passages => Counted::Passages,
            CountWord::Hits => Counted::Hits,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SilentWord {
    // No report of the row speaks
    Always,
    // A report of the row is silent
    Sometimes,
}

/// Which rows are kept.
pub(crate) fn kept(word: Option<SilentWord>) -> Kept {
    match word {
        None => Kept::All,
        Some(SilentWord::Always) => Kept::AlwaysSilent,
        Some(SilentWord::Sometimes) => Kept::SometimesSilent,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowOrderWord {
    Name,
    Silence,
}

impl From<RowOrderWord> for RowOrder {
    fn from(word: RowOrderWord) -> Self {
        match word {
            RowOrderWord::Name => RowOrder::Name,
            RowOrderWord::Silence => RowOrder::Silence,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MeasureWord {
    Passages,
    ShareOfPassages,
    ShareOfReports,
    // Hits per 100,000 words
    Rate,
}

impl From<MeasureWord> for Measure {
    fn from(word: MeasureWord) -> Self {
        match word {
            MeasureWord::Passages => Measure::Passages,
            MeasureWord::ShareOfPassages => Measure::ShareOfPassages,
            MeasureWord::ShareOfReports => Measure::ShareOfReports,
            MeasureWord::Rate => Measure::Rate,
        }
    }
}
