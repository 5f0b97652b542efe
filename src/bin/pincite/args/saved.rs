//! The arguments of saved searches.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};
use pincite::desk::saved::FILE;

use super::{FilterArgs, MatchArgs, ReceiptArgs, TEMPLATE, TableFormat, TextOrJson};

/// Keep searches by name, and see what is new about them
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite saved add kilns '\"brick kiln*\"' --country cambodia,nepal
  pincite saved run kilns                      what it finds
  pincite saved run kilns --since-last         what is new, changed and gone
  pincite saved run --all --since-last

The searches stand in pincite.toml, in the folder where you are:

  [saved.kilns]
  query = '\"brick kiln*\"'
  country = [\"cambodia\", \"nepal\"]
  note = \"for the yearly report\"

Beside `query` and `note` a search may have `match`, `literal`, `expand`,
`synonyms`, `strict`, and filters by name.
")]
pub(crate) struct SavedArgs {
    #[command(subcommand)]
    pub(crate) command: SavedCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SavedCommand {
    List(SavedListArgs),
    Add(Box<SavedAddArgs>),
    Run(SavedRunArgs),
}

/// The file of saved searches.
#[derive(Debug, ClapArgs)]
pub(crate) struct SavedFileArgs {
    /// The file of saved searches
    #[arg(long, value_name = "FILE", default_value = FILE)]
    pub(crate) file: PathBuf,
}

/// List the saved searches
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite saved list
  pincite saved list --format json
")]
pub(crate) struct SavedListArgs {
    #[command(flatten)]
    pub(crate) file: SavedFileArgs,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TextOrJson,
}

/// Add a search to the file, which is made where there is none
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite saved add kilns '\"brick kiln*\"' --country cambodia --note weekly
  pincite saved add khm --country cambodia
")]
pub(crate) struct SavedAddArgs {
    /// Its name: letters, digits, `-` and `_`
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// The query; without one all passages that the filters leave
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// What it is for
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
    #[command(flatten)]
    pub(crate) file: SavedFileArgs,
    #[command(flatten)]
    pub(crate) matching: MatchArgs,
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
}

/// Run saved searches
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite saved run kilns
  pincite saved run kilns --since-last
  pincite saved run --all --since-last --format csv

--since-last compares with what the search found the last time that it was run
so, and then keeps what it finds now (in .pincite/saved/ beside the file). Exit
status then: 0 something is new, changed or gone (or it was the first time), 1
nothing is.
")]
pub(crate) struct SavedRunArgs {
    /// The names of the searches
    #[arg(value_name = "NAME", required_unless_present = "all")]
    pub(crate) names: Vec<String>,
    /// Run all searches of the file
    #[arg(long, conflicts_with = "names")]
    pub(crate) all: bool,
    /// Tell new, changed and gone passages since the last time
    #[arg(long)]
    pub(crate) since_last: bool,
    /// With --since-last: only look, and keep what was found the last time
    #[arg(long, requires = "since_last")]
    pub(crate) peek: bool,
    /// How many passages to show, of each kind with --since-last
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// How to write them; JSON has an object a line for each search
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TableFormat,
    #[command(flatten)]
    pub(crate) file: SavedFileArgs,
    #[command(flatten)]
    pub(crate) receipt: ReceiptArgs,
}
