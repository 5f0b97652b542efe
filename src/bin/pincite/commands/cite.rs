//! `pincite cite`

use std::path::Path;

use pincite::cite::cite;
use pincite::cite::style::Cited;
use pincite::error::Result;
use pincite::report::ReportInfo;
use pincite::search::{LookedUp, look_up};

use crate::Status;
use crate::args::CiteArgs;
use crate::report;
use crate::terminal::Terminal;

pub(crate) fn run(index: &Path, args: &CiteArgs, terminal: &Terminal) -> Result<Status> {
    let index = super::open(index)?;
    let mut cited = Vec::new();
    let mut failed = Vec::new();
    for id in &args.ids {
        match look_up(&index, id) {
            Ok(LookedUp::Passage { report, at }) => {
                cited.push(Cited::Passage(Box::new(report[at].clone())))
            }
            Ok(LookedUp::Section(passages)) => {
                cited.extend(passages.into_iter().map(|p| Cited::Passage(Box::new(p))));
            }
            Ok(LookedUp::Report(passages)) => {
                cited.extend(
                    passages
                        .first()
                        .map(|p| Cited::Report(p.id.report.clone(), p.report.clone())),
                );
            }
            Err(e) => failed.push(e),
        }
    }
    // One id that fails alone is the answer; among others it stops none.
    if cited.is_empty()
        && let Some(error) = failed.pop()
    {
        failed.iter().for_each(|e| report::error(e, terminal));
        return Err(error);
    }
    let text = cite(&cited, args.style, args.accessed)?;
    terminal.write(|out| out.write_all(text.as_bytes()))?;
    for note in notes(&cited) {
        terminal.say(|out| writeln!(out, "note: {note}"));
    }
    for one in &cited {
        if let Cited::Passage(passage) = one
            && let Some(remark) = passage.remark()
        {
            terminal.say(|out| writeln!(out, "remark: {}: {remark}", passage.id));
        }
    }
    failed.iter().for_each(|e| report::error(e, terminal));
    Ok(if failed.is_empty() {
        Status::Found
    } else {
        Status::Partly
    })
}

/// What a reader must know of the texts that are cited, each once.
fn notes(cited: &[Cited]) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for one in cited {
        let info: &ReportInfo = match one {
            Cited::Passage(passage) => &passage.report,
            Cited::Report(_, info) => info,
        };
        if let Some(note) = &info.note {
            let line = format!("{}: {note}", info.path);
            if !notes.contains(&line) {
                notes.push(line);
            }
        }
    }
    notes
}
