//! Where the hits of a batch go: to stdout or to a file, query by query.

use std::io;
use std::ops::ControlFlow;

use pincite::desk::batch::{BatchItem, ResultFile};
use pincite::error::{Error, Result};
use pincite::output::table::HitTable;
use pincite::output::{json, trec};

use crate::args::BatchOutput;
use crate::terminal::Terminal;

/// The hits of a batch on their way.
pub(super) struct Hits<'t> {
    format: BatchOutput,
    to: To,
    /// Whether the header of a table is still to be written.
    needs_header: bool,
    terminal: &'t Terminal,
}

enum To {
    Nowhere,
    Stdout,
    File(ResultFile),
}

impl<'t> Hits<'t> {
    pub(super) fn nowhere(format: BatchOutput, terminal: &'t Terminal) -> Self {
        Self::new(format, To::Nowhere, terminal)
    }

    pub(super) fn to_stdout(format: BatchOutput, terminal: &'t Terminal) -> Self {
        Self::new(format, To::Stdout, terminal)
    }

    pub(super) fn to_file(format: BatchOutput, file: ResultFile, terminal: &'t Terminal) -> Self {
        Self::new(format, To::File(file), terminal)
    }

    fn new(format: BatchOutput, to: To, terminal: &'t Terminal) -> Self {
        let is_begun = matches!(&to, To::File(file) if !file.is_empty());
        Hits {
            format,
            to,
            needs_header: format == BatchOutput::Csv && !is_begun,
            terminal,
        }
    }

    pub(super) fn is_stdout(&self) -> bool {
        matches!(self.to, To::Stdout)
    }

    /// Writes the hits of the query of a line, none where it failed; breaks
    /// where nobody reads them any more.
    pub(super) fn write(&mut self, line: u64, item: Option<&BatchItem>) -> Result<ControlFlow<()>> {
        if matches!(self.to, To::Nowhere) {
            return Ok(ControlFlow::Continue(()));
        }
        let results = self
            .rendered(item)
            .map_err(|e| Error::io("the hits cannot be written", e))?;
        match &mut self.to {
            To::Nowhere => {}
            To::Stdout => return self.terminal.send(&results),
            To::File(file) => file.write(line, &results, item.map(|i| i.results.total))?,
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Writes what stands even where no query was answered.
    pub(super) fn finish(&mut self) -> Result<()> {
        match self.needs_header && self.is_stdout() {
            true => self.write(0, None).map(|_| ()),
            false => Ok(()),
        }
    }

    fn rendered(&mut self, item: Option<&BatchItem>) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        if std::mem::take(&mut self.needs_header) {
            HitTable::new(&mut out, true)?.write("", &[])?;
        }
        let Some(item) = item else { return Ok(out) };
        let hits = &item.results.hits;
        match self.format {
            BatchOutput::Jsonl => {
                let query = Some(item.parsed.text.as_str());
                json::write_search(
                    &mut out,
                    Some(&item.id),
                    query,
                    &item.filters,
                    &item.results,
                )?;
            }
            BatchOutput::Csv => HitTable::continued(&mut out, true).write(&item.id, hits)?,
            BatchOutput::Trec => trec::write_run(&mut out, &item.id, hits)?,
        }
        Ok(out)
    }
}
