//! The arguments as typed; a doc comment here is a line of the help.

mod batch;
mod building;
mod coding;
mod command;
mod compare;
mod counting;
mod export;
mod kwic;
mod origin;
mod receipt;
mod saved;
mod typing;
mod verify;
mod words;

use std::cell::OnceCell;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use pincite::cite::Style;
use pincite::desk::receipt::ReadingRecord;
use pincite::error::{Error, Result};
use pincite::index::FacetName;
use pincite::query::{FilterSpec, MatchMode, Reading};
use pincite::search::{FeedbackConfig, Sort};

pub(crate) use batch::*;
pub(crate) use building::*;
pub(crate) use coding::*;
pub(crate) use compare::*;
pub(crate) use counting::*;
pub(crate) use export::*;
pub(crate) use kwic::KwicArgs;
pub(crate) use origin::*;
pub(crate) use receipt::*;
pub(crate) use saved::*;
pub(crate) use typing::{BehindValue, Typing};
pub(crate) use verify::*;
pub(crate) use words::WordsArgs;

const TEMPLATE: &str =
    "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

const EXAMPLES: &str = "\
Examples:
  pincite index corpus                         read the reports below corpus/
  pincite search '\"brick kilns\"'               ranked passages with citations
  pincite search 'debt kiln' --country cambodia --year 2019..
  pincite facets '\"debt bondage\"' --facet country,year
  pincite show tip-2021-khm:prevention:1       a passage in its context
  pincite cite tip-2021-khm:prevention:1 --style chicago
";

/// Find, rank and cite the passages of policy reports
#[derive(Debug, Parser)]
#[command(name = "pincite", version, max_term_width = 80, help_template = TEMPLATE, before_help = EXAMPLES)]
#[command(
    after_help = "Exit status: 0 found, 1 nothing found, 2 wrong usage or query, 3 index missing,\nlocked or damaged, 4 finished but some inputs or lines failed,\n5 what was claimed does not hold (verify, replay)."
)]
pub(crate) struct Args {
    // Before the others, which take what they read out of what was typed.
    #[command(flatten)]
    pub(crate) typing: Typing,
    /// The folder of the index
    #[arg(long, global = true, value_name = "DIR", default_value = DEFAULT_INDEX, help_heading = GLOBAL)]
    pub(crate) index: PathBuf,
    /// When to use colour; NO_COLOR turns it off too
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = GLOBAL)]
    pub(crate) color: ColorWhen,
    /// Do not show long output through the pager ($PAGER, else less)
    #[arg(long, global = true, help_heading = GLOBAL)]
    pub(crate) no_pager: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The heading of the options that every command has.
const GLOBAL: &str = "Global options";

/// The index that is used where none is named.
pub(crate) const DEFAULT_INDEX: &str = "index";
/// The corpus that is read where none is named.
pub(crate) const DEFAULT_CORPUS: &str = "corpus";

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorWhen {
    // On a terminal alone
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Index(IndexArgs),
    Fetch(FetchArgs),
    Search(SearchArgs),
    Facets(FacetsArgs),
    Silence(SilenceArgs),
    Trend(TrendArgs),
    Explain(ExplainArgs),
    Kwic(KwicArgs),
    Words(WordsArgs),
    Batch(BatchArgs),
    Replay(ReplayArgs),
    Saved(SavedArgs),
    Compare(CompareArgs),
    Verify(VerifyArgs),
    Show(ShowArgs),
    Origin(OriginArgs),
    Resolve(ResolveArgs),
    Cite(CiteArgs),
    Export(ExportArgs),
    Sample(SampleArgs),
    Agreement(AgreementArgs),
    Stats(StatsArgs),
    Profile(ProfileArgs),
    Query(QueryArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
    #[command(hide = true, name = READ_APART)]
    ReadApart(ReadApartArgs),
}

/// Find passages, best first, each with its citation
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite search '\"brick kilns\"'
  pincite search 'kiln debt -child' --country cambodia,nepal --year 2019..2021
  pincite search '(bondage OR coercion) brick' --section prevention
  pincite search '\"forced labor\"' --facets country --format json

A word matches its inflections, a quoted phrase word for word. Words side by
side must all match, but for function words such as `the` (--match any: at
least one). Where none does, up to five passages that hold half of them or
more are shown apart, best first whatever --sort says, and not counted. AND,
OR, NOT (or -word) and parentheses combine words; NOT binds tightest, then
AND, then OR. A phrase needs quotes inside quotes, as the shell takes one pair
off; a query that begins with -word is written 'NOT word ...'.
")]
pub(crate) struct SearchArgs {
    /// The query; `pincite help query` tells all that it may hold
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// Rank by words of the best passages too (RM3); what matches stays
    #[arg(long)]
    pub(crate) feedback: bool,
    /// How many passages to show
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// How many passages to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,
    /// The order; year is newest first, position as in the reports
    #[arg(long, value_name = "ORDER", default_value = "score", value_parser = one_of::<Sort>(&Sort::NAMES))]
    pub(crate) sort: Sort,
    /// Count the passages by these facets too
    #[arg(long, value_name = "FACET", value_delimiter = ',', value_parser = one_of::<FacetName>(&FacetName::NAMES))]
    pub(crate) facets: Vec<FacetName>,
    /// Find headings of sections too; their ids end in `:0`
    #[arg(long)]
    pub(crate) headings: bool,
    /// Where no passage matches, leave out those that hold half of the words
    #[arg(long)]
    pub(crate) no_partial: bool,
    /// Show passages whole
    #[arg(long)]
    pub(crate) full: bool,
    /// Show of passages that say the same, or reword it, the first alone;
    /// --limit counts what is shown
    #[arg(long)]
    pub(crate) fold: bool,
    /// How to write the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: SearchFormat,
    #[command(flatten)]
    pub(crate) ask: AskArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SearchFormat {
    Text,
    // One object
    Json,
    // A hit a line
    Jsonl,
    Csv,
}

/// Count the passages of a query by facet
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite facets                                  what the index holds
  pincite facets '\"debt bondage\"' --facet country,year
  pincite facets kiln --country cambodia --format csv

The counts of a facet leave out the filter by that facet itself.
")]
pub(crate) struct FacetsArgs {
    /// The query; without one all passages count
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// The facets to count by [default: all]
    #[arg(long = "facet", value_name = "FACET", value_delimiter = ',', value_parser = one_of::<FacetName>(&FacetName::NAMES))]
    pub(crate) facets: Vec<FacetName>,
    /// Count the headings that match too
    #[arg(long)]
    pub(crate) headings: bool,
    /// How to write the counts
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TableFormat,
    #[command(flatten)]
    pub(crate) ask: AskArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    Text,
    Json,
    Csv,
}

/// Tell what a query means, and why a passage matches it
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite explain 'debt OR loan w/8 kiln!'
  pincite explain '\"brick kilns\" debt' tip-2021-khm:recommendations:3

Prints the query as understood, how many passages match each part, the words
that patterns stand for and, with the id of a passage, why it matches or not and
what its score is made of.
")]
pub(crate) struct ExplainArgs {
    /// The query, as one argument
    #[arg(value_name = "QUERY")]
    pub(crate) query: String,
    /// The id of a passage
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
    /// Rank by words of the best passages too (RM3); what matches stays
    #[arg(long)]
    pub(crate) feedback: bool,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TextOrJson,
    #[command(flatten)]
    pub(crate) ask: AskArgs,
}

/// The query language: all that a query may hold
#[derive(Debug, ClapArgs)]
#[command(help_template = "{about-with-newline}\n{before-help}", before_help = include_str!("query.txt"))]
pub(crate) struct QueryArgs {}

/// Show a passage in its context, or a whole section or report
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite show tip-2021-khm:prevention:1        a passage, its neighbours, its themes
  pincite show tip-2021-khm:prevention          a section
  pincite show tip-2021-khm                     a report
")]
pub(crate) struct ShowArgs {
    /// The id of a passage, section or report
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// How many passages before and after
    #[arg(long, short = 'C', value_name = "N", default_value_t = 1)]
    pub(crate) context: usize,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TextOrJson,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextOrJson {
    Text,
    Json,
}

/// Cite passages and reports
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite cite tip-2021-khm:prevention:1
  pincite cite tip-2021-khm:prevention:1 --style chicago
  pincite cite tip-2021-khm tip-2019-ken --style bibtex --accessed 2026-11-24
")]
pub(crate) struct CiteArgs {
    /// Ids of passages or reports
    #[arg(required = true, value_name = "ID")]
    pub(crate) ids: Vec<String>,
    /// How to write the citations
    #[arg(long, value_name = "STYLE", default_value = "pincite", value_parser = one_of::<Style>(&Style::NAMES))]
    pub(crate) style: Style,
    /// The day of access, for bibtex, ris and csl-json, as 2026-11-24
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(crate) accessed: Option<jiff::civil::Date>,
}

/// Tell what the index holds and how it was made
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite stats
  pincite stats --files            what became of every file
  pincite stats --gaps             countries and years, there and missing
  pincite stats --files --format json
")]
pub(crate) struct StatsArgs {
    /// Tell of every input file: how it was read, what was dropped, what to know
    #[arg(long)]
    pub(crate) files: bool,
    /// Tell what is not there: editions of countries, sections, texts cut short
    #[arg(long, conflicts_with = "files")]
    pub(crate) gaps: bool,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TextOrJson,
}

/// Print the completions of a shell
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite completions bash > ~/.local/share/bash-completion/completions/pincite
  pincite completions zsh > ~/.zfunc/_pincite
  pincite completions fish > ~/.config/fish/completions/pincite.fish
")]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

/// Print the manual page, or write all of them into a folder
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite man > pincite.1
  pincite man --to ~/.local/share/man/man1
")]
pub(crate) struct ManArgs {
    /// Write a page for the program and for each command
    #[arg(long, value_name = "DIR")]
    pub(crate) to: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct MatchArgs {
    /// What words side by side mean: all must match, or any of them
    #[arg(long = "match", value_name = "MODE", default_value = "all")]
    mode: MatchWord,
    /// Take the query as plain words, none of its signs as an operator
    #[arg(long)]
    literal: bool,
    /// Search for names that changed over the years too, as `debt bondage` and
    /// `debt-based coercion`
    #[arg(long)]
    expand: bool,
    /// Search for the synonyms of a file too: a set a line, divided by commas
    #[arg(long, value_name = "FILE")]
    synonyms: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MatchWord {
    // All of them must match
    All,
    // At least one must match
    Any,
}

impl MatchArgs {
    /// How queries are read, for a receipt.
    ///
    /// # Errors
    /// A file of synonyms that cannot be read.
    pub(crate) fn record(&self) -> Result<ReadingRecord> {
        let mode = match self.mode {
            MatchWord::All => MatchMode::All,
            MatchWord::Any => MatchMode::Any,
        };
        ReadingRecord::new(mode, self.literal, self.expand, self.synonyms.as_deref())
    }

    /// How queries are read.
    ///
    /// # Errors
    /// A file of synonyms that cannot be read.
    pub(crate) fn reading(&self) -> Result<Reading> {
        self.record()?.reading()
    }
}

/// How feedback works where it is asked for.
pub(crate) fn feedback(asked: bool) -> Option<FeedbackConfig> {
    asked.then(FeedbackConfig::default)
}

/// How a command that searches is asked, beside its query.
#[derive(Debug, ClapArgs)]
pub(crate) struct AskArgs {
    #[command(flatten)]
    pub(crate) matching: MatchArgs,
    #[command(flatten)]
    pub(crate) receipt: ReceiptArgs,
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
    /// How the words of the query were typed, once [`Args::typing`] is handed on.
    #[arg(skip)]
    pub(crate) typing: OnceCell<Typing>,
}

/// A filter takes several values, repeated or divided by commas: any of them.
/// Different filters: all of them.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Filters")]
pub(crate) struct FilterArgs {
    /// Name, alias or code, as cambodia, KHM or Burma
    #[arg(long, value_name = "COUNTRY")]
    country: Vec<String>,
    /// UN region, as Asia or `Eastern Africa`
    #[arg(long, value_name = "REGION")]
    region: Vec<String>,
    /// Year or range, as 2021, 2019..2021, 2019..
    #[arg(long, value_name = "YEARS")]
    year: Vec<String>,
    /// 1, 2, 2WL, 3 or special
    #[arg(long, value_name = "TIER")]
    tier: Vec<String>,
    /// Section key, as prevention
    #[arg(long, value_name = "SECTION")]
    section: Vec<String>,
    /// Theme with all below it, as sector or sector/brick-kilns
    #[arg(long, value_name = "THEME")]
    theme: Vec<String>,
    /// Series, as tip or ungd
    #[arg(long, value_name = "SERIES")]
    series: Vec<String>,
    /// Leave out countries
    #[arg(long, value_name = "COUNTRY")]
    not_country: Vec<String>,
    /// Leave out regions
    #[arg(long, value_name = "REGION")]
    not_region: Vec<String>,
    /// Leave out years
    #[arg(long, value_name = "YEARS")]
    not_year: Vec<String>,
    /// Leave out tiers
    #[arg(long, value_name = "TIER")]
    not_tier: Vec<String>,
    /// Leave out sections
    #[arg(long, value_name = "SECTION")]
    not_section: Vec<String>,
    /// Leave out themes
    #[arg(long, value_name = "THEME")]
    not_theme: Vec<String>,
    /// Leave out series
    #[arg(long, value_name = "SERIES")]
    not_series: Vec<String>,
    /// Leave out passages from doubtful pages: letters that make no words, columns
    /// that could not be told apart, an unsure page number
    #[arg(long)]
    pub(crate) strict: bool,
}

impl FilterArgs {
    /// The filters as typed.
    ///
    /// # Errors
    /// A filter without a value.
    pub(crate) fn spec(&self) -> Result<FilterSpec> {
        let mut spec = FilterSpec {
            strict: self.strict.then_some(true),
            ..FilterSpec::default()
        };
        for (facet, only, not) in [
            (FacetName::Country, &self.country, &self.not_country),
            (FacetName::Region, &self.region, &self.not_region),
            (FacetName::Year, &self.year, &self.not_year),
            (FacetName::Tier, &self.tier, &self.not_tier),
            (FacetName::Section, &self.section, &self.not_section),
            (FacetName::Theme, &self.theme, &self.not_theme),
            (FacetName::Series, &self.series, &self.not_series),
        ] {
            for (typed, negated, prefix) in [(only, false, ""), (not, true, "not-")] {
                for text in typed {
                    if !spec.add(facet, negated, std::slice::from_ref(text)) {
                        return Err(Error::usage(format!("`--{prefix}{facet}` has no value"))
                            .with_hint(format!(
                                "`pincite facets --facet {facet}` lists the values"
                            )));
                    }
                }
            }
        }
        Ok(spec)
    }
}

/// A value of the library by its name; help, completions and errors list the
/// names.
fn one_of<T>(names: &'static [&'static str]) -> impl TypedValueParser<Value = T>
where
    T: std::str::FromStr<Err = Error> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(names).try_map(|name| name.parse::<T>())
}

fn parse_date(text: &str) -> Result<jiff::civil::Date, String> {
    text.parse()
        .map_err(|_| format!("`{text}` is no date; write it as 2026-11-24"))
}
