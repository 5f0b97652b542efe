//! The tables of a batch: counts, overlap, what changed.

use std::io::{self, Write};

use pincite::desk::batch::{BatchItem, OverlapSets, Since, Summary};
use pincite::error::{Error, Result};
use pincite::index::OpenIndex;
use pincite::output::batch::{
    BatchTables, write_json, write_overlap_table, write_since_table, write_summary_table,
};
use pincite::output::text::{write_batch_summary, write_overlap, write_since};

use super::line_of;
use crate::args::{BatchTableArgs, TableFormat};
use crate::terminal::Terminal;

/// The tables that were asked for, as they grow.
pub(super) struct Tables<'a> {
    index: &'a OpenIndex,
    args: &'a BatchTableArgs,
    summary: Summary,
    overlap: Option<OverlapSets>,
    since: Option<Since>,
}

impl<'a> Tables<'a> {
    pub(super) fn new(index: &'a OpenIndex, args: &'a BatchTableArgs) -> Result<Self> {
        let manifest = &index.manifest;
        let overlap = args
            .overlap
            .then(|| OverlapSets::new(manifest.counts.passages));
        let since = args.since.as_ref();
        let since = since.map(|path| Since::open(path, &manifest.corpus_digest));
        Ok(Tables {
            index,
            args,
            summary: Summary::new(args.by),
            overlap,
            since: since.transpose()?,
        })
    }

    /// Adds a query that was answered.
    pub(super) fn add(&mut self, item: &BatchItem) -> Result<()> {
        if self.args.count() > 0 {
            self.summary.add(item);
        }
        if let (Some(overlap), Some(docs)) = (&mut self.overlap, &item.docs) {
            overlap.add(docs);
        }
        if let (Some(since), Some(found)) = (&mut self.since, &item.found) {
            since.add(item, found, self.index)?;
        }
        Ok(())
    }

    /// Writes the tables, if any.
    pub(super) fn write(&self, errors: &[Error], terminal: &Terminal) -> Result<()> {
        if self.args.count() == 0 {
            return Ok(());
        }
        let overlap = self.overlap.as_ref().map(OverlapSets::overlap);
        let failed: Vec<_> = errors.iter().map(|e| (line_of(e), e.to_string())).collect();
        let tables = BatchTables {
            summary: &self.summary,
            overlap: overlap.as_ref(),
            since: self.since.as_ref(),
            failed: &failed,
        };
        match self.args.tables {
            TableFormat::Text => terminal.page(|out| self.write_text(out, &tables, terminal)),
            TableFormat::Json => terminal.write(|out| write_json(out, &tables)),
            TableFormat::Csv => terminal.write(|out| match (tables.overlap, tables.since) {
                (Some(overlap), _) => write_overlap_table(out, tables.summary, overlap),
                (None, Some(since)) => write_since_table(out, since),
                (None, None) => write_summary_table(out, tables.summary),
            }),
        }
    }

    fn write_text(
        &self,
        out: &mut dyn Write,
        tables: &BatchTables<'_>,
        terminal: &Terminal,
    ) -> io::Result<()> {
        let options = terminal.text_options(false);
        let mut parts = 0;
        if self.args.wants_summary() {
            write_batch_summary(out, tables.summary, options)?;
            parts += 1;
        }
        if let Some(overlap) = tables.overlap {
            if parts > 0 {
                writeln!(out)?;
            }
            write_overlap(out, tables.summary, overlap, options)?;
            parts += 1;
        }
        if let Some(since) = tables.since {
            if parts > 0 {
                writeln!(out)?;
            }
            write_since(out, since, options)?;
        }
        Ok(())
    }
}
