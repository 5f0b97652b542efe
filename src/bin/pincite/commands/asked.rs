//! A query and filters as typed, understood for an index.

use std::path::Path;

use pincite::desk::Searched;
use pincite::desk::receipt::REFERENCE;
use pincite::error::Result;
use pincite::index::{IndexFolder, OpenIndex};
use pincite::output::text::write_summary;
use pincite::query::{FilterSpec, Filters, Parsed};

use super::index::build_index;
use super::read_words;
use super::receipt::Counter;
use super::typed::{tell_phrase, tell_typing};
use crate::args::{AskArgs, DEFAULT_CORPUS, DEFAULT_INDEX, IndexArgs};
use crate::terminal::{Terminal, peak_memory};

/// What a command that searches was asked.
pub(crate) struct Asked {
    pub(crate) index: OpenIndex,
    /// The query; none where all passages are meant.
    pub(crate) query: Option<Parsed>,
    pub(crate) filters: Filters,
}

/// What a command that searches for several things was asked.
pub(crate) struct AskedSeveral {
    pub(crate) index: OpenIndex,
    pub(crate) queries: Vec<Parsed>,
    pub(crate) filters: Filters,
}

impl Asked {
    /// Reads the words of a query, opens the index and checks the filters
    /// against it. Where a receipt is asked for, hands it in.
    pub(crate) fn new(
        index: &Path,
        words: &[String],
        args: &AskArgs,
        terminal: &Terminal,
    ) -> Result<Self> {
        Self::beside(index, words, args, None, terminal)
    }

    /// As [`Asked::new`], for a command that compares what it finds with all
    /// passages that other filters leave: a receipt tells of them too, with the
    /// id `reference`.
    pub(crate) fn beside(
        index: &Path,
        words: &[String],
        args: &AskArgs,
        reference: Option<&FilterSpec>,
        terminal: &Terminal,
    ) -> Result<Self> {
        let queries = match words {
            [] => Vec::new(),
            words => vec![words.join(" ")],
        };
        let several = Self::read(index, &queries, args, reference, terminal)?;
        let query = several.queries.first();
        tell_typing(args.typing.get(), query, &several.index, terminal);
        if let ([_], Some(query)) = (words, query) {
            several.tell_phrase(query, args, terminal)?;
        }
        Ok(Asked {
            query: several.queries.into_iter().next(),
            filters: several.filters,
            index: several.index,
        })
    }

    /// Reads several queries, opens the index and checks the filters against
    /// it. Where a receipt is asked for, hands in one of all queries; of none,
    /// one of all passages. For `reference` see [`Asked::beside`].
    pub(crate) fn several(
        index: &Path,
        queries: &[String],
        args: &AskArgs,
        reference: Option<&FilterSpec>,
        terminal: &Terminal,
    ) -> Result<AskedSeveral> {
        let several = Self::read(index, queries, args, reference, terminal)?;
        tell_typing(args.typing.get(), None, &several.index, terminal);
        for query in &several.queries {
            several.tell_phrase(query, args, terminal)?;
        }
        Ok(several)
    }

    fn read(
        index: &Path,
        queries: &[String],
        args: &AskArgs,
        reference: Option<&FilterSpec>,
        terminal: &Terminal,
    ) -> Result<AskedSeveral> {
        let counter = Counter::new(&args.receipt)?;
        let record = args.matching.record()?;
        let reading = record.reading()?;
        let queries = queries.iter();
        let queries =
            queries.map(|query| read_words(std::slice::from_ref(query), &reading, terminal));
        let queries = queries.collect::<Result<Vec<_>>>()?;
        let typed = args.filters.spec()?;
        let opened = open_or_build(index, terminal)?;
        let filters = Filters::resolve(&typed, &opened)?;
        let searched = |query| Searched {
            id: None,
            query,
            reading: &record,
            typed: &typed,
            filters: &filters,
        };
        let mut searches: Vec<Searched<'_>> = match queries.as_slice() {
            [] => vec![searched(None)],
            queries => queries.iter().map(|query| searched(Some(query))).collect(),
        };
        let reference = reference.map(|typed| Ok((typed, Filters::resolve(typed, &opened)?)));
        let reference = reference.transpose()?;
        searches.extend(reference.iter().map(|(typed, filters)| Searched {
            id: Some(REFERENCE),
            query: None,
            reading: &record,
            typed,
            filters,
        }));
        counter.hand_in(index, &opened, &searches)?;
        Ok(AskedSeveral {
            index: opened,
            queries,
            filters,
        })
    }
}

impl AskedSeveral {
    /// Tells of a query that came as one argument and may have been a phrase.
    fn tell_phrase(&self, query: &Parsed, args: &AskArgs, terminal: &Terminal) -> Result<()> {
        let reading = args.matching.reading()?;
        tell_phrase(query, &reading, &self.index, &self.filters, terminal)
    }
}

/// Opens the index of a folder, which is built first where none is there yet.
pub(super) fn open_or_build(index: &Path, terminal: &Terminal) -> Result<OpenIndex> {
    build_if_none(index, terminal)?;
    super::open(index)
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
        text_column: None,
        profile: Vec::new(),
        corpora: Vec::new(),
        add: false,
        replace: false,
        themes: None,
        threads: 0,
        memory: 512,
    };
    let summary = build_index(index, &args, terminal)?;
    terminal.say(|out| write_summary(out, &summary, peak_memory(), terminal.error_options()));
    Ok(())
}
