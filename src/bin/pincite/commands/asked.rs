//! A query and filters as typed, understood for an index.

use std::path::{Path, PathBuf};

use pincite::error::Result;
use pincite::index::{IndexFolder, OpenIndex};
use pincite::output::text::write_summary;
use pincite::query::{Filters, Parsed};

use super::index::build_index;
use super::read_words;
use crate::args::{AskArgs, DEFAULT_CORPUS, DEFAULT_INDEX, IndexArgs};
use crate::terminal::{Terminal, peak_memory};

/// What a command that searches was asked.
pub(crate) struct Asked {
    pub(crate) index: OpenIndex,
    /// The query; none where all passages are meant.
    pub(crate) query: Option<Parsed>,
    pub(crate) filters: Filters,
}

impl Asked {
    /// Reads the words of a query, opens the index and checks the filters
    /// against it.
    pub(crate) fn new(
        index: &Path,
        words: &[String],
        args: &AskArgs,
        terminal: &Terminal,
    ) -> Result<Self> {
        let query = match words {
            [] => None,
            words => Some(read_words(words, &args.matching.reading()?, terminal)?),
        };
        build_if_none(index, terminal)?;
        let index = super::open(index)?;
        Ok(Asked {
            query,
            filters: Filters::resolve(&args.filters.spec()?, &index)?,
            index,
        })
    }
}

/// Where no index is there yet and a corpus is, builds it: one command is
/// enough on a fresh machine. An index that was named must be there.
fn build_if_none(index: &Path, terminal: &Terminal) -> Result<()> {
    let wanted = index == Path::new(DEFAULT_INDEX)
        && !IndexFolder::new(index).holds_index()
        && Path::new(DEFAULT_CORPUS).is_dir();
    if !wanted {
        return Ok(());
    }
    terminal.say(|out| {
        writeln!(
            out,
            "no index in `{DEFAULT_INDEX}/` yet: building it from `{DEFAULT_CORPUS}/`"
        )
    });
    let args = IndexArgs {
        rebuild: false,
        profile: Vec::new(),
        corpora: vec![PathBuf::from(DEFAULT_CORPUS)],
        themes: None,
        threads: 0,
        memory: 512,
    };
    let summary = build_index(index, &args)?;
    terminal.say(|out| write_summary(out, &summary, peak_memory(), terminal.error_options()));
    Ok(())
}
