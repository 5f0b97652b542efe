//! The arguments of commands that make a corpus or an index.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use pincite::format::{Packed, Step};

use super::{DEFAULT_CORPUS, TEMPLATE};

/// Read every report below folders into the index
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite index                       read corpus/ into index/
  pincite index reports notes.md      read a folder and a file
  pincite index                       then: bring that index up to date
  pincite index --add more            then: read another folder into it too
  pincite --index /tmp/i index corpus --themes my-themes.toml

Reads text, Markdown, HTML, PDF, DOCX, ODT and EPUB; tables (CSV, TSV, XLSX,
ODS) and JSON Lines, a record a row; and any of them in zip, tar.gz or zst.

An index that is there is brought up to date: only new and changed files are
read. It is replaced when all is read, and not before. It keeps its folders,
profiles, themes and column of text: `pincite index` alone goes by them, and
other folders than before are refused without --add or --replace.

Folders below CORPUS that pincite wrote (indexes, evidence packs) are not read.
Write other results (--to, --receipt, sheets) elsewhere: the next `index` would
read them as reports.
")]
pub(crate) struct IndexArgs {
    /// Folders (or files) of reports [default: those of the index, else corpus]
    #[arg(value_name = "CORPUS")]
    pub(crate) corpora: Vec<PathBuf>,
    /// Read these folders beside those that the index has
    #[arg(long, requires = "corpora", conflicts_with = "replace")]
    pub(crate) add: bool,
    /// Read these folders alone, whatever the index was built from and how
    #[arg(long, requires = "corpora")]
    pub(crate) replace: bool,
    /// A profile of another series (TOML), asked before the built-in ones
    #[arg(long, value_name = "FILE")]
    pub(crate) profile: Vec<PathBuf>,
    /// A lexicon of themes instead of the built-in one (TOML)
    #[arg(long, value_name = "FILE")]
    pub(crate) themes: Option<PathBuf>,
    /// The column of tables, or key of JSON Lines, that holds the text
    #[arg(long, value_name = "NAME")]
    pub(crate) text_column: Option<String>,
    /// Read all files, also those that have not changed
    #[arg(long)]
    pub(crate) rebuild: bool,
    /// How many threads; 0 for one each core
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=256))]
    pub(crate) threads: u16,
    /// Memory for what is read and sorted, in MB; the rest waits in files
    #[arg(long, value_name = "MB", default_value_t = 512, value_parser = clap::value_parser!(u32).range(16..=65536))]
    pub(crate) memory: u32,
}

/// Download official reports into a folder, slowly and politely
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite fetch tip --year 2021 reports                all countries
  pincite fetch tip --year 2021 --country KHM,Burma reports
  pincite fetch tip --year 2016 --delay 5 reports

Asks the State Department's site for one country page after the other and keeps
them as reports/tip/2021/cambodia.html, each with a line in reports/fetched.jsonl.
Pages that are there already are not asked for again, so a run that was stopped
goes on with the same command. The editions of 2015 and later can be fetched.
")]
pub(crate) struct FetchArgs {
    /// The series of reports
    #[arg(value_name = "SERIES")]
    pub(crate) series: FetchSeries,
    /// Where the pages go
    #[arg(value_name = "DIR", default_value = DEFAULT_CORPUS)]
    pub(crate) folder: PathBuf,
    /// The year of the edition
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: pincite::report::Year,
    /// Only these countries: name, alias or code, as cambodia, KHM or Burma
    #[arg(long, value_name = "COUNTRY")]
    pub(crate) country: Vec<String>,
    /// Seconds between two requests
    #[arg(long, value_name = "SECONDS", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) delay: u64,
    /// How many requests at the same time
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=4))]
    pub(crate) parallel: u16,
    /// How many times more to ask while the site is busy
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(0..=20))]
    pub(crate) retries: u32,
    /// The longest wait that the site may ask for, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub(crate) longest_wait: u64,
    /// Ask again for pages that are there
    #[arg(long)]
    pub(crate) again: bool,
    /// Another host of the same pages, as https://2017-2021.state.gov
    #[arg(long, value_name = "URL")]
    pub(crate) base: Option<url::Url>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FetchSeries {
    // Trafficking in Persons
    Tip,
}

/// What the program is called with to read a file apart.
pub(crate) const READ_APART: &str = "read-apart";

/// Read a file from standard input, for the build that called (internal)
#[derive(Debug, ClapArgs)]
pub(crate) struct ReadApartArgs {
    /// The format
    #[arg(value_parser = parse_packed)]
    pub(crate) format: Packed,
    /// How much memory it may take, in bytes
    pub(crate) memory: u64,
}

/// Profiles: what a series of reports looks like
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite profile show tip > mine.toml     a built-in profile to go by
  pincite profile check mine.toml reports  what mine would make of each file
  pincite index reports --profile mine.toml
")]
pub(crate) struct ProfileArgs {
    #[command(subcommand)]
    pub(crate) command: ProfileCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ProfileCommand {
    Check(ProfileCheckArgs),
    Show(ProfileShowArgs),
    Draw(ProfileDrawArgs),
}

/// Tell what a profile would make of each file of a corpus
#[derive(Debug, ClapArgs)]
pub(crate) struct ProfileCheckArgs {
    /// The profile (TOML)
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Folders (or files) of reports
    #[arg(value_name = "CORPUS", default_value = DEFAULT_CORPUS)]
    pub(crate) corpora: Vec<PathBuf>,
}

/// Print a built-in profile
#[derive(Debug, ClapArgs)]
pub(crate) struct ProfileShowArgs {
    /// The series, as tip
    #[arg(value_name = "SERIES")]
    pub(crate) series: String,
}

/// Draw how a page of a PDF is read, as SVG
///
/// The drawing shows the regions of the page in the order of reading, what each
/// paragraph was taken for, what was left out, and the number of the page. It
/// helps to see, and to report, why a page reads as it does.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Example:
  pincite profile draw yearbook.pdf --page 12 --svg page-12.svg")]
pub(crate) struct ProfileDrawArgs {
    /// The PDF
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The page by its place in the file, from 1
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) page: usize,
    /// Show only one step: words, segments, left-out, order or paragraphs
    #[arg(long, value_name = "STEP", value_parser = parse_step)]
    pub(crate) step: Option<Step>,
    /// Write the drawing to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
}

fn parse_step(name: &str) -> Result<Step, String> {
    let step = Step::ALL.into_iter().find(|step| step.as_str() == name);
    step.ok_or_else(|| {
        let names = Step::ALL.map(Step::as_str).join("`, `");
        format!("the steps are `{names}`")
    })
}

fn parse_packed(name: &str) -> Result<Packed, String> {
    let mut all = Packed::ALL.into_iter();
    all.find(|packed| packed.as_str() == name)
        .ok_or_else(|| format!("`{name}` is no format that is read apart"))
}
