//! The arguments of receipts.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{TEMPLATE, TextOrJson};

/// Where the receipt of a search goes.
#[derive(Debug, ClapArgs)]
pub(crate) struct ReceiptArgs {
    /// Write a receipt (JSON): query, answer, corpus, a text for a methods
    /// section; `replay` runs it again
    #[arg(long, value_name = "FILE")]
    pub(crate) receipt: Option<PathBuf>,
}

/// Run the searches of a receipt again, and tell what came out otherwise
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite search '\"brick kilns\"' --receipt kilns.json
  pincite replay kilns.json
  pincite replay kilns.json --methods     the paragraph for a methods section

Says `same`, or which passages are new, changed and gone, and why: the corpus,
the lexicon, a file of synonyms, what a pattern stands for, pincite itself.
Exit status: 0 all the same, 5 something changed, 4 a search could not be run.
")]
pub(crate) struct ReplayArgs {
    /// The receipt
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Print the paragraph for a methods section, and run nothing
    #[arg(long)]
    pub(crate) methods: bool,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TextOrJson,
}
