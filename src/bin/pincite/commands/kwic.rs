//! `pincite kwic`

use std::path::Path;

use pincite::desk::{Concordance, ConcordanceConfig, concordance};
use pincite::error::{Error, ErrorKind, Result};
use pincite::output::kwic::{
    write_concordance_csv, write_concordance_json, write_concordance_jsonl,
};
use pincite::output::text::{LineNames, count, grouped, write_concordance};
use pincite::search::{Matches, SearchRequest};

use super::{Asked, tell_matches, tell_nothing};
use crate::Status;
use crate::args::{KwicArgs, SearchFormat};
use crate::terminal::Terminal;

/// How many lines of text are shown where no sample and no limit is asked for.
const LINES: usize = 50;
/// How many words on each side other formats have where none are asked for.
const WORDS: usize = 20;
/// The seed of a sample where none is given.
const SEED: u64 = 1;

pub(crate) fn run(index: &Path, args: &KwicArgs, terminal: &Terminal) -> Result<Status> {
    let asked = Asked::new(index, &args.query, &args.ask, terminal)?;
    let matches = Matches::of(&asked.index, asked.query.as_ref(), &asked.filters)?;
    tell_matches(&matches, asked.query.as_ref(), terminal);
    let config = config(args);
    let found = concordance(&asked.index, &matches, &config)?;
    tell_sample(&found, &config, terminal);
    let typed = asked.query.as_ref().map_or("", |q| q.text.as_str());
    match args.format {
        SearchFormat::Text if found.total == 0 => {}
        SearchFormat::Text => terminal.page(|out| {
            let names = match args.ids {
                true => LineNames::Id,
                false => LineNames::Source,
            };
            write_concordance(out, &found, names, terminal.text_options(false))
        })?,
        SearchFormat::Json => terminal
            .write(|out| write_concordance_json(out, typed, &asked.filters, &config, &found))?,
        SearchFormat::Jsonl => terminal.write(|out| write_concordance_jsonl(out, &found))?,
        SearchFormat::Csv => terminal.write(|out| write_concordance_csv(out, &found))?,
    }
    if found.total > 0 {
        return Ok(Status::Found);
    }
    if !matches.docs().is_empty() {
        let passages = count(matches.docs().len() as u64, "passage");
        return Err(Error::new(
            ErrorKind::NotFound,
            format!("`{typed}` has no place in the texts of the {passages} that match"),
        )
        .with_hint("a concordance needs a word or phrase that is wanted"));
    }
    let request = SearchRequest {
        query: asked.query,
        filters: asked.filters,
        ..SearchRequest::default()
    };
    tell_nothing(
        &asked.index,
        &request,
        args.format == SearchFormat::Text,
        terminal,
    )
}

fn config(args: &KwicArgs) -> ConcordanceConfig {
    let is_text = args.format == SearchFormat::Text;
    let sample = args.sample.map(|number| {
        let seed = args.seed.unwrap_or(SEED);
        (number as usize, seed)
    });
    ConcordanceConfig {
        context: match args.context {
            None if !is_text && !args.sentence => Some(WORDS),
            words => words,
        },
        sentence: args.sentence,
        sort: args.sort.clone(),
        sample,
        limit: match args.limit {
            None if is_text && sample.is_none() => Some(LINES),
            limit => limit,
        },
    }
}

fn tell_sample(found: &Concordance, config: &ConcordanceConfig, terminal: &Terminal) {
    let (Some((asked, seed)), Some(drawn)) = (config.sample, found.drawn) else {
        return;
    };
    let note = match drawn < asked as u64 {
        true if drawn == 0 => return,
        true => format!(
            "there are {} and not {}: all are taken",
            count(drawn, "line"),
            grouped(asked as u64)
        ),
        false => format!(
            "{} of {} drawn with the seed {seed}",
            grouped(drawn),
            count(found.total, "line")
        ),
    };
    terminal.say(|out| writeln!(out, "note: {note}"));
}
