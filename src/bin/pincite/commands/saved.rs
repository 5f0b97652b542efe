//! `pincite saved`

use std::path::{Path, PathBuf};

use pincite::desk::saved::{Ready, check_name, news, toml_of};
use pincite::desk::whole::write_whole;
use pincite::desk::{Mark, News, SavedFile, SavedSearch, Searched};
use pincite::error::{Error, Result};
use pincite::index::OpenIndex;
use pincite::output::table::HitTable;
use pincite::output::text::{write_hits, write_news, write_saved_list};
use pincite::output::{json, saved as writers};
use pincite::search::{SearchRequest, SearchResults, search};

use super::asked::open_or_build;
use super::receipt::Counter;
use super::tell_notes;
use crate::args::{
    SavedAddArgs, SavedArgs, SavedCommand, SavedListArgs, SavedRunArgs, TableFormat, TextOrJson,
};
use crate::terminal::Terminal;
use crate::{Status, report};

pub(crate) fn run(index: &Path, args: &SavedArgs, terminal: &Terminal) -> Result<Status> {
    match &args.command {
        SavedCommand::List(args) => list(args, terminal),
        SavedCommand::Add(args) => add(args, terminal),
        SavedCommand::Run(args) => run_searches(index, args, terminal),
    }
}

fn list(args: &SavedListArgs, terminal: &Terminal) -> Result<Status> {
    let file = SavedFile::load(&args.file.file)?;
    let mut failed = false;
    let mut mark_of = |name: &String| {
        let mark = Mark::load(&Mark::path(&file.path, name));
        mark.unwrap_or_else(|error| {
            report::error(&error, terminal);
            failed = true;
            None
        })
    };
    let marks: Vec<Option<Mark>> = file.searches.keys().map(&mut mark_of).collect();
    match args.format {
        TextOrJson::Text => {
            let options = terminal.text_options(false);
            terminal.page(|out| write_saved_list(out, &file, &marks, options))?;
        }
        TextOrJson::Json => terminal.write(|out| writers::write_saved_list(out, &file, &marks))?,
    }
    Ok(match (failed, file.searches.is_empty()) {
        (true, _) => Status::Partly,
        (false, true) => Status::Nothing,
        (false, false) => Status::Found,
    })
}

fn add(args: &SavedAddArgs, terminal: &Terminal) -> Result<Status> {
    check_name(&args.name)?;
    let path = &args.file.file;
    let before = match path.exists() {
        true => std::fs::read_to_string(path).map_err(|e| {
            Error::usage(format!("`{}` cannot be read", path.display())).with_cause(e)
        })?,
        false => String::new(),
    };
    if SavedFile::parse(&before, path)?
        .searches
        .contains_key(&args.name)
    {
        let message = format!(
            "`{}` holds a search `{}` already",
            path.display(),
            args.name
        );
        return Err(Error::usage(message).with_hint("choose another name, or change the file"));
    }
    let reading = args.matching.record()?;
    let query = match args.query.as_slice() {
        [] => None,
        words => Some(super::read_words(words, &reading.reading()?, terminal)?.text),
    };
    let search = SavedSearch {
        query,
        note: args.note.clone(),
        mode: reading.mode,
        literal: reading.literal,
        expand: reading.expand.is_some(),
        synonyms: reading
            .synonyms
            .map(|s| below(path, Path::new(&s.path)))
            .transpose()?,
        filters: args.filters.spec()?,
        place: String::new(),
    };
    let gap = if before.is_empty() || before.ends_with("\n\n") {
        ""
    } else {
        "\n"
    };
    let end = if before.is_empty() || before.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    let text = format!("{before}{end}{gap}{}", toml_of(&args.name, &search));
    // What would not be read again is not written.
    SavedFile::parse(&text, path)?;
    write_whole(path, text.as_bytes())?;
    terminal.say(|out| writeln!(out, "`{}` is saved in `{}`", args.name, path.display()));
    Ok(Status::Found)
}

/// A path as the file of saved searches has it: below its folder, or whole.
fn below(file: &Path, path: &Path) -> Result<PathBuf> {
    let folder = file.parent().unwrap_or(Path::new(""));
    match path.strip_prefix(folder) {
        Ok(below) => Ok(below.to_owned()),
        Err(_) => std::path::absolute(path)
            .map_err(|e| Error::usage(format!("`{}` is no path", path.display())).with_cause(e)),
    }
}

fn run_searches(index: &Path, args: &SavedRunArgs, terminal: &Terminal) -> Result<Status> {
    let counter = Counter::new(&args.receipt)?;
    let file = SavedFile::load(&args.file.file)?;
    let names: Vec<&str> = match args.all {
        true => file.searches.keys().map(String::as_str).collect(),
        false => args.names.iter().map(String::as_str).collect(),
    };
    let opened = open_or_build(index, terminal)?;
    let mut errors = Vec::new();
    let mut ready = Vec::new();
    for name in names {
        match file
            .search(name)
            .and_then(|saved| saved.ready(name, &opened))
        {
            Ok(search) => ready.push(search),
            Err(e) => errors.push(e),
        }
    }
    let any = match args.since_last {
        true => since_last(&opened, &file, &ready, args, &mut errors, terminal)?,
        false => found(&opened, &ready, args, &mut errors, terminal)?,
    };
    let searches: Vec<Searched<'_>> = ready.iter().map(Ready::searched).collect();
    counter.hand_in(index, &opened, &searches)?;
    // The one search that was asked for ends as a search does.
    if args.names.len() == 1
        && let Some(error) = errors.pop()
    {
        return Err(error);
    }
    for error in &errors {
        report::error(error, terminal);
    }
    Ok(match (errors.is_empty(), any) {
        (false, _) => Status::Partly,
        (true, true) => Status::Found,
        (true, false) => Status::Nothing,
    })
}

/// Tells what each search finds; whether any finds something.
fn found(
    index: &OpenIndex,
    ready: &[Ready<'_>],
    args: &SavedRunArgs,
    errors: &mut Vec<Error>,
    terminal: &Terminal,
) -> Result<bool> {
    let mut answers: Vec<(&Ready<'_>, SearchRequest, SearchResults)> = Vec::new();
    for one in ready {
        let request = SearchRequest {
            query: one.query.clone(),
            filters: one.filters.clone(),
            limit: args.limit,
            excerpts: true,
            ..SearchRequest::default()
        };
        match search(index, &request) {
            Ok(results) => {
                tell_notes(&results, request.query.as_ref(), terminal);
                answers.push((one, request, results));
            }
            Err(e) => errors.push(e.at(&one.search.place)),
        }
    }
    let options = terminal.text_options(false);
    match args.format {
        TableFormat::Text => terminal.page(|out| {
            for (i, (one, request, results)) in answers.iter().enumerate() {
                if i > 0 {
                    writeln!(out)?;
                }
                let query = one.search.query.as_deref().unwrap_or("all passages");
                let title = format!("{}: {query}", one.name);
                writeln!(out, "{}", options.paint.title(&title))?;
                write_hits(out, results, request, options)?;
            }
            Ok(())
        })?,
        TableFormat::Json => terminal.write(|out| {
            answers.iter().try_for_each(|(one, _, results)| {
                let query = one.search.query.as_deref();
                json::write_search(out, Some(one.name), query, &one.filters, results)
            })
        })?,
        TableFormat::Csv => terminal.write(|out| {
            let mut table = HitTable::new(out, true)?;
            let mut answers = answers.iter();
            answers.try_for_each(|(one, _, results)| table.write(one.name, &results.hits))
        })?,
    }
    Ok(answers.iter().any(|(.., results)| results.total > 0))
}

/// Tells what is new about each search and keeps what it finds now; whether
/// anything is new.
fn since_last(
    index: &OpenIndex,
    file: &SavedFile,
    ready: &[Ready<'_>],
    args: &SavedRunArgs,
    errors: &mut Vec<Error>,
    terminal: &Terminal,
) -> Result<bool> {
    let mut all: Vec<News> = Vec::new();
    let mut marks = Vec::new();
    for one in ready {
        let path = Mark::path(&file.path, one.name);
        match Mark::load(&path).and_then(|last| news(index, one, last.as_ref())) {
            Ok((new, mark)) => {
                all.push(new);
                marks.push((path, mark));
            }
            Err(e) => errors.push(e),
        }
    }
    let options = terminal.text_options(false);
    let written = match args.format {
        TableFormat::Text => terminal.page_whole(|out| {
            for (i, news) in all.iter().enumerate() {
                if i > 0 {
                    writeln!(out)?;
                }
                write_news(out, news, args.limit, options)?;
            }
            Ok(())
        })?,
        TableFormat::Json => terminal.write_whole(|out| {
            let mut all = all.iter();
            all.try_for_each(|news| writers::write_news(out, news, args.limit))
        })?,
        TableFormat::Csv => terminal.write_whole(|out| writers::write_news_table(out, &all))?,
    };
    // What was not taken, as by a closed pipe, is not kept as seen either.
    if !args.peek && written.is_continue() {
        marks.iter().try_for_each(|(path, mark)| mark.write(path))?;
    }
    let is_news = |news: &News| news.since.is_none() || !news.difference.is_empty();
    Ok(all.iter().any(is_news))
}
