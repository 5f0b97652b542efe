//! `pincite words`

use std::path::Path;

use pincite::desk::keyness::Direction;
use pincite::desk::{CollocatesConfig, KeynessConfig, collocates, keyness};
use pincite::error::{Error, ErrorKind, Result};
use pincite::output::text::{count, write_collocates, write_keyness};
use pincite::output::words::{
    ReferenceNames, write_collocates_csv, write_collocates_json, write_keyness_csv,
    write_keyness_json,
};
use pincite::query::{FilterSpec, Filters};
use pincite::search::{Contrast, Matches, SearchRequest};

use super::{Asked, tell_matches, tell_nothing};
use crate::Status;
use crate::args::{TableFormat, WordsArgs};
use crate::terminal::Terminal;

pub(crate) fn run(index: &Path, args: &WordsArgs, terminal: &Terminal) -> Result<Status> {
    // What is doubtful is left out on both sides.
    let strict = args.ask.filters.strict.then_some(true);
    let against = args.against()?.map(|spec| FilterSpec { strict, ..spec });
    let is_key = args.key || args.query.is_empty();
    if !is_key && (args.negative || against.is_some()) {
        let option = if args.negative {
            "--negative"
        } else {
            "--against"
        };
        return Err(Error::usage(format!("`{option}` is for key words"))
            .with_hint("add `--key` for the key words of the query's passages"));
    }
    // What key words are compared with is a part of the answer.
    let reference = match (&against, args.query.is_empty()) {
        _ if !is_key => None,
        (Some(against), _) => Some(against.clone()),
        (None, true) => Some(FilterSpec {
            strict,
            ..FilterSpec::default()
        }),
        (None, false) => Some(args.ask.filters.spec()?),
    };
    let asked = Asked::beside(index, &args.query, &args.ask, reference.as_ref(), terminal)?;
    if asked.query.is_none() && asked.filters.facets().is_empty() {
        return Err(
            Error::usage("there is neither a query nor a filter").with_hint(
                "`pincite words --year 1990..1999` tells the key words of these years, `pincite \
                 words apartheid` what goes with a word",
            ),
        );
    }
    let matches = Matches::of(&asked.index, asked.query.as_ref(), &asked.filters)?;
    tell_matches(&matches, asked.query.as_ref(), terminal);
    let for_people = args.format == TableFormat::Text;
    let is_empty = matches.docs().is_empty();
    let any = match is_key {
        _ if is_empty && for_people => false,
        true => {
            let against = against.map(|spec| Filters::resolve(&spec, &asked.index));
            key_words(
                &asked,
                &matches,
                against.transpose()?.as_ref(),
                args,
                terminal,
            )?
        }
        false => companions(&asked, &matches, args, terminal)?,
    };
    if any {
        return Ok(Status::Found);
    }
    if is_empty {
        let request = SearchRequest {
            query: asked.query,
            filters: asked.filters,
            ..SearchRequest::default()
        };
        return tell_nothing(&asked.index, &request, for_people, terminal);
    }
    terminal.say(|out| {
        writeln!(
            out,
            "note: no word passes; `--min-count`, `--min-reports` and `--p` say what words must \
             pass"
        )
    });
    Ok(Status::Nothing)
}

/// Tells the key words of the passages that match; whether there are any.
fn key_words(
    asked: &Asked,
    matches: &Matches<'_>,
    against: Option<&Filters>,
    args: &WordsArgs,
    terminal: &Terminal,
) -> Result<bool> {
    let index = &asked.index;
    let rest = Filters {
        strict: asked.filters.strict,
        ..Filters::default()
    };
    let (names, slice) = match (against, &asked.query) {
        (Some(filters), _) => (ReferenceNames::Filters(filters), Some(filters)),
        (None, Some(_)) => (ReferenceNames::RestOfSlice, Some(&asked.filters)),
        (None, None) => (ReferenceNames::Rest, rest.strict.then_some(&rest)),
    };
    let reference = slice.map(|filters| Matches::of(index, None, filters));
    let reference = reference.transpose()?;
    let parts = Contrast::new(index, matches.docs(), reference.as_ref().map(Matches::docs))?;
    if parts.reference.passages == 0 {
        return Err(Error::new(
            ErrorKind::NotFound,
            "there is nothing to compare with: no other passage is left",
        )
        .with_hint("take fewer passages, or name others with `--against year=1970..1979`"));
    }
    if let (Some(_), Some(reference)) = (against, &reference) {
        let both = reference.docs().len() as u64 - parts.reference.passages;
        if both > 0 {
            let passages = count(both, "passage");
            terminal.say(|out| {
                writeln!(
                    out,
                    "note: {passages} of `--against` are asked about themselves and left out of it"
                )
            });
        }
    }
    let config = KeynessConfig {
        unit: args.unit(),
        direction: match args.negative {
            true => Direction::Less,
            false => Direction::More,
        },
        cutoffs: args.cutoffs(),
        order: args.sort.as_deref().unwrap_or("g2").parse()?,
    };
    let found = keyness(index, &parts, &config)?;
    let limit = args.shown();
    let query = asked.query.as_ref().map(|q| q.text.as_str());
    match args.format {
        TableFormat::Text => terminal.page(|out| {
            write_keyness(
                out,
                &found,
                &config.cutoffs,
                limit,
                terminal.text_options(false),
            )
        })?,
        TableFormat::Json => terminal.write(|out| {
            write_keyness_json(out, query, &asked.filters, names, &config, &found, limit)
        })?,
        TableFormat::Csv => terminal.write(|out| write_keyness_csv(out, &found, limit))?,
    }
    Ok(!found.words.is_empty())
}

/// Tells the collocates of a query; whether there are any.
fn companions(
    asked: &Asked,
    matches: &Matches<'_>,
    args: &WordsArgs,
    terminal: &Terminal,
) -> Result<bool> {
    let index = &asked.index;
    let slice = Matches::of(index, None, &asked.filters)?;
    let config = CollocatesConfig {
        unit: args.unit(),
        reach: args.window.unwrap_or_default(),
        cutoffs: args.cutoffs(),
        order: args.sort.as_deref().unwrap_or("log-dice").parse()?,
    };
    let found = collocates(index, matches, slice.docs(), &config)?;
    let query = asked.query.as_ref().map_or("", |q| q.text.as_str());
    if found.matched == 0 && !matches.docs().is_empty() {
        return Err(Error::new(
            ErrorKind::NotFound,
            format!("`{query}` has no place in the texts that words could stand near"),
        )
        .with_hint("`--key` tells the key words of the passages that match"));
    }
    let limit = args.shown();
    match args.format {
        TableFormat::Text => terminal.page(|out| {
            let options = terminal.text_options(false);
            write_collocates(out, &found, config.reach, &config.cutoffs, limit, options)
        })?,
        TableFormat::Json => terminal.write(|out| {
            write_collocates_json(out, query, &asked.filters, &config, &found, limit)
        })?,
        TableFormat::Csv => terminal.write(|out| write_collocates_csv(out, &found, limit))?,
    }
    Ok(!found.words.is_empty())
}
