//! `pincite batch`

mod hits;
mod receipt;
mod tables;

use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, absolute};

use pincite::desk::batch::{
    BatchConfig, BatchFormat, BatchItem, BatchQuery, Before, Fingerprint, Job, Keep, MOST_QUERIES,
    ResultFile, Wanted, read_batch, run_batch, state_path,
};
use pincite::error::{Error, Result};
use pincite::index::OpenIndex;
use pincite::output::text::{count, expansion_note, grouped};

use self::hits::Hits;
use self::tables::Tables;
use super::receipt::Counter;
use crate::args::{BatchArgs, BatchOutput, TableFormat, feedback};
use crate::terminal::{QueryProgress, Terminal};
use crate::{Status, report};

pub(crate) fn run(index: &Path, args: &BatchArgs, terminal: &Terminal) -> Result<Status> {
    check(args)?;
    let counter = Counter::new(&args.ask.receipt)?;
    let name = args.file.display().to_string();
    let bytes = read(&args.file, &name)?;
    let folder = index;
    let index = super::open(folder)?;
    let (queries, mut errors) = read_batch(&bytes, BatchFormat::of(&args.file), &name)?;
    if args.tables.overlap && queries.len() > MOST_QUERIES {
        let n = grouped(queries.len() as u64);
        let most = grouped(MOST_QUERIES as u64);
        return Err(Error::usage(format!(
            "`--overlap` takes at most {most} queries, and `{name}` holds {n}"
        )));
    }
    let config = config(args)?;
    let mut tables = Tables::new(&index, &args.tables)?;
    let (mut hits, before) = hits(args, &queries, &config, &index, terminal)?;
    let mut keep = match &args.keep {
        Some(path) => Some(Keep::begin(path, &index.manifest.corpus_digest)?),
        None => None,
    };
    let progress = QueryProgress::new(queries.len() as u64, hits.is_stdout());
    let jobs = jobs(&queries, &before, args);
    progress.skip((queries.len() - jobs.len()) as u64);
    let mut answered = before.done.iter().filter(|d| d.passages.is_some()).count();
    let mut found = before.done.iter().any(|d| d.passages > Some(0));
    let mut is_closed = false;
    // The lines of queries are in order, and those done come first.
    let last_done = before.done.last().map_or(0, |done| done.line);
    let mut each = |job: &Job<'_>, item: Result<BatchItem>| {
        progress.step();
        let is_new = job.query.line > last_done;
        if let Ok(item) = &item {
            if is_new {
                answered += 1;
                found |= item.results.total > 0;
                tell(item, &progress, terminal);
            }
            tables.add(item)?;
            if let (Some(keep), Some(all)) = (&mut keep, &item.found) {
                keep.write(item, all)?;
            }
        }
        if is_new && hits.write(job.query.line, item.as_ref().ok())?.is_break() {
            is_closed = true;
            return Ok(ControlFlow::Break(()));
        }
        errors.extend(item.err());
        Ok(ControlFlow::Continue(()))
    };
    run_batch(&index, &jobs, &config, &name, &mut each)?;
    progress.finish();
    if is_closed {
        return Ok(Status::Found);
    }
    receipt::hand_in(counter, folder, &index, &queries, &config, args)?;
    hits.finish()?;
    if let Some(keep) = keep {
        keep.finish()?;
    }
    errors.sort_by_key(line_of);
    tables.write(&errors, terminal)?;
    end(&errors, answered, found, terminal)
}

/// Says which lines failed, and tells the status.
fn end(errors: &[Error], answered: usize, found: bool, terminal: &Terminal) -> Result<Status> {
    for error in errors {
        report::error(error, terminal);
    }
    if !errors.is_empty() {
        let failed = count(errors.len() as u64, "line");
        terminal.say(|out| writeln!(out, "{failed} failed; queries answered: {answered}"));
        return Ok(Status::Partly);
    }
    match found {
        true => Ok(Status::Found),
        false => Ok(Status::Nothing),
    }
}

/// Checks what options mean together.
fn check(args: &BatchArgs) -> Result<()> {
    let tables = args.tables.count();
    if args.tables.tables == TableFormat::Csv && tables > 1 {
        return Err(Error::usage("`--tables csv` is for one table alone")
            .with_hint("ask for one at a time, or for `--tables json`"));
    }
    if args.tables.tables != TableFormat::Text && tables == 0 {
        return Err(Error::usage("`--tables` without a table")
            .with_hint("the tables are `--summary`, `--overlap` and `--since FILE`"));
    }
    let place = |path: &Path| absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut taken = vec![("the file of queries", place(&args.file))];
    if let Some(to) = &args.to {
        let state = state_path(&place(to));
        taken.extend([("`--to`", place(to)), ("the state of `--to`", state)]);
    }
    if let Some(keep) = &args.keep {
        taken.push(("`--keep`", place(keep)));
    }
    if let Some(since) = &args.tables.since
        && args
            .keep
            .as_ref()
            .is_none_or(|keep| place(keep) != place(since))
    {
        taken.push(("`--since`", place(since)));
    }
    for (at, (what, path)) in taken.iter().enumerate() {
        if let Some((other, _)) = taken[..at].iter().find(|(_, p)| p == path) {
            return Err(Error::usage(format!("{what} is the same file as {other}"))
                .with_hint("give it another name"));
        }
    }
    Ok(())
}

fn config(args: &BatchArgs) -> Result<BatchConfig> {
    Ok(BatchConfig {
        reading: args.ask.matching.reading()?,
        filters: args.ask.filters.spec()?,
        limit: args.limit,
        sort: args.sort,
        feedback: feedback(args.feedback),
        partial: !args.no_partial,
        threads: usize::from(args.threads),
        wanted: Wanted {
            docs: args.tables.count() > 0,
            found: args.keep.is_some() || args.tables.since.is_some(),
            by: args.tables.by,
        },
    })
}

/// Where hits go, and what of them is there already.
fn hits<'t>(
    args: &BatchArgs,
    queries: &[BatchQuery],
    config: &BatchConfig,
    index: &OpenIndex,
    terminal: &'t Terminal,
) -> Result<(Hits<'t>, Before)> {
    let Some(path) = &args.to else {
        let hits = match args.tables.count() {
            0 => Hits::to_stdout(args.format, terminal),
            _ => Hits::nowhere(args.format, terminal),
        };
        return Ok((hits, Before::default()));
    };
    let format = match args.format {
        BatchOutput::Jsonl => "jsonl",
        BatchOutput::Csv => "csv",
        BatchOutput::Trec => "trec",
    };
    let fingerprint = Fingerprint::of(queries, config, format, &index.manifest);
    let (file, before) = match args.resume {
        true => ResultFile::resume(path, &fingerprint)?,
        false => (ResultFile::begin(path, &fingerprint)?, Before::default()),
    };
    if args.resume {
        let done = grouped(before.done.len() as u64);
        let all = grouped(queries.len() as u64);
        terminal.say(|out| writeln!(out, "note: {done} of {all} queries are done already"));
    }
    if before.cut > 0 {
        let bytes = count(before.cut, "byte");
        terminal.say(|out| {
            writeln!(
                out,
                "note: {bytes} of a query that was not done are cut off"
            )
        });
    }
    Ok((Hits::to_file(args.format, file, terminal), before))
}

/// The queries to run: those that are done are run again for what tables and
/// kept files need, or to say why they failed.
fn jobs<'q>(queries: &'q [BatchQuery], before: &Before, args: &BatchArgs) -> Vec<Job<'q>> {
    let needs_all = args.tables.count() > 0 || args.keep.is_some();
    let wants_hits = args.to.is_some() || args.tables.count() == 0;
    let jobs = queries.iter().enumerate().filter_map(|(at, query)| {
        let done = before.done.get(at);
        let is_needed = done.is_none_or(|done| needs_all || done.passages.is_none());
        is_needed.then_some(Job {
            query,
            hits: wants_hits && done.is_none(),
        })
    });
    jobs.collect()
}

/// Says how a query was understood that may be meant otherwise, and what its
/// patterns stood for.
fn tell(item: &BatchItem, progress: &QueryProgress, terminal: &Terminal) {
    let mixed = item.parsed.mixed;
    let understood = mixed.then(|| format!("understood as {}", item.parsed.tree));
    let patterns = item.results.expansions.iter().map(expansion_note);
    for note in understood.into_iter().chain(patterns) {
        progress.aside(|| {
            terminal.say(|out| writeln!(out, "note: query {}: {note}", item.id));
        });
    }
}

/// The line that an error is about.
fn line_of(error: &Error) -> Option<u64> {
    let place = &error.snippet()?.place;
    place.rsplit(':').next()?.parse().ok()
}

/// The bytes of a file, or of standard input.
pub(super) fn read(file: &Path, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = match file == Path::new("-") {
        true => std::io::stdin().lock().read_to_end(&mut bytes).map(|_| ()),
        false => std::fs::read(file).map(|read| bytes = read),
    };
    read.map_err(|e| Error::usage(format!("`{name}` cannot be read")).with_cause(e))?;
    Ok(bytes)
}
