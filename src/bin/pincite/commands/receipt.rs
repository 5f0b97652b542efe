//! Receipts: what a search was, what it found and on what corpus, handed in
//! where `--receipt FILE` asks for it.
//!
//! A command with one query has nothing to do: [`Asked::new`] hands its receipt
//! in. A command with several queries takes [`Asked::several`] instead, which
//! hands in one receipt of all of them. A command that reads its queries from
//! elsewhere makes a [`Counter`] before it opens the index and hands in what was
//! searched; it is an error of the compiler's lints to forget it.
//!
//! [`Asked::new`]: super::Asked::new
//! [`Asked::several`]: super::Asked::several

use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};

use pincite::desk::receipt::is_receipt;
use pincite::desk::whole::write_whole;
use pincite::desk::{Receipt, Searched};
use pincite::error::{Error, Result};
use pincite::index::{IndexFolder, OpenIndex};
use pincite::output::receipt::write_receipt;
use pincite::text::shell_word;

use crate::args::ReceiptArgs;

/// Where a receipt is to be handed in, if anywhere.
#[must_use = "a receipt that was asked for must be handed in"]
pub(crate) struct Counter {
    file: Option<PathBuf>,
}

impl Counter {
    /// Where `--receipt` asks for it; checks before the search that the file
    /// can be written, and that nothing else would be lost.
    pub(crate) fn new(args: &ReceiptArgs) -> Result<Self> {
        if let Some(file) = &args.receipt {
            check(file)?;
        }
        Ok(Counter {
            file: args.receipt.clone(),
        })
    }

    /// Writes the receipt of searches on the index of a folder, where one was
    /// asked for.
    pub(crate) fn hand_in(
        self,
        folder: &Path,
        index: &OpenIndex,
        searches: &[Searched<'_>],
    ) -> Result<()> {
        let Some(file) = self.file else {
            return Ok(());
        };
        let ledger = IndexFolder::new(folder).ledger(&index.manifest)?;
        let receipt = Receipt::of(index, &ledger, searches, command())?;
        let mut text = Vec::new();
        write_receipt(&mut text, &receipt).map_err(|e| cannot_write(&file, e))?;
        write_whole(&file, &text)
    }
}

fn check(file: &Path) -> Result<()> {
    let name = file.display();
    let is_new = !file.exists();
    // A device or a folder would be replaced by a file.
    if !is_new && !file.is_file() {
        return Err(Error::usage(format!("`{name}` is there and is no file")));
    }
    if !is_new {
        let text = std::fs::read(file).map_err(|e| cannot_write(file, e))?;
        if !text.is_empty() && !is_receipt(&String::from_utf8_lossy(&text)) {
            return Err(Error::usage(format!("`{name}` is there and is no receipt"))
                .with_hint("name another file, or remove this one"));
        }
    }
    let opened = OpenOptions::new().append(true).create(true).open(file);
    opened.map_err(|e| cannot_write(file, e))?;
    if is_new {
        // What is left empty, where it cannot be removed, is written over.
        let _ = std::fs::remove_file(file);
    }
    Ok(())
}

fn cannot_write(file: &Path, e: io::Error) -> Error {
    Error::usage(format!(
        "the receipt `{}` cannot be written",
        file.display()
    ))
    .with_cause(e)
}

/// The command as typed but for the receipt, for a POSIX shell.
fn command() -> String {
    let args = std::env::args_os().skip(1);
    let args = args.map(|arg| arg.to_string_lossy().into_owned());
    shown(args)
}

fn shown(args: impl Iterator<Item = String>) -> String {
    let mut shown = "pincite".to_owned();
    let mut args = args;
    let mut options = true;
    while let Some(arg) = args.next() {
        options &= arg != "--";
        if options && arg == "--receipt" {
            args.next();
        } else if !(options && arg.starts_with("--receipt=")) {
            shown.push(' ');
            shown.push_str(&shell_word(&arg));
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_as_typed_but_for_the_receipt() {
        for (args, expected) in [
            (
                &[
                    "search",
                    "\"brick kilns\"",
                    "--receipt",
                    "r.json",
                    "--year",
                    "2019..",
                ][..],
                "pincite search '\"brick kilns\"' --year 2019..",
            ),
            (&["facets", "--receipt=r.json"], "pincite facets"),
            (
                &["search", "--", "--receipt", "it's"],
                "pincite search -- --receipt 'it'\\''s'",
            ),
            (&["search", ""], "pincite search ''"),
        ] {
            assert_eq!(shown(args.iter().map(|a| a.to_string())), expected);
        }
    }
}
