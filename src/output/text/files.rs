//! What became of every input file.

use std::io::{self, Write};

use super::{TextOptions, count, grouped, write_wrapped};
use crate::index::Ledger;
use crate::index::ledger::{FileEntry, ReportEntry};
use crate::read::Notice;
use crate::report::FactSource;

/// How many reports of a file are written one by one.
const LISTED: usize = 10;

/// Writes the ledger, file by file.
///
/// # Errors
/// What writing fails with.
pub fn write_files(out: &mut dyn Write, ledger: &Ledger, options: TextOptions) -> io::Result<()> {
    for notice in &ledger.found {
        write_notice(out, notice, 0, options)?;
    }
    for file in &ledger.files {
        write_file(out, file, options)?;
    }
    let read = |file: &&FileEntry| !file.reports.is_empty();
    let read = ledger.files.iter().filter(read).count() as u64;
    let files = count(ledger.files.len() as u64, "file");
    let last = format!("{files}, {} with reports", grouped(read));
    writeln!(out, "{}", options.paint.faint(&last))
}

fn write_file(out: &mut dyn Write, file: &FileEntry, options: TextOptions) -> io::Result<()> {
    writeln!(out, "{}", options.paint.title(&file.name))?;
    let how: Vec<&str> = [&file.format, &file.encoding, &file.profile]
        .into_iter()
        .filter_map(|part| part.as_deref())
        .collect();
    let mut facts = vec![match how.is_empty() {
        true => "not read".to_owned(),
        false => how.join(", "),
    }];
    if file.characters > 0 {
        let percent = file.in_passages * 100 / file.characters.max(1);
        facts.push(format!(
            "{}, {} of them in passages ({percent} %)",
            count(file.characters, "character"),
            grouped(file.in_passages)
        ));
    }
    write_wrapped(out, &facts.join(" · "), &[], 2, options)?;
    for report in file.reports.iter().take(LISTED) {
        write_wrapped(out, &about(report), &[], 2, options)?;
    }
    if file.reports.len() > LISTED {
        let more = (file.reports.len() - LISTED) as u64;
        writeln!(out, "  and {} more", count(more, "report"))?;
    }
    if !file.dropped.is_empty() {
        let parts: Vec<String> = file
            .dropped
            .iter()
            .map(|d| format!("{} {}", d.what, grouped(d.characters)))
            .collect();
        let text = format!("dropped, in characters: {}", parts.join(", "));
        write_wrapped(out, &text, &[], 2, options)?;
    }
    for notice in &file.notices {
        write_notice(out, notice, 2, options)?;
    }
    Ok(())
}

fn about(report: &ReportEntry) -> String {
    let mut parts = vec![report.id.clone()];
    if let Some(edition) = &report.edition {
        parts.push(count(edition.passages(), "passage"));
        let by = |what: &str, source: Option<FactSource>| {
            source.map(|source| format!("{what} by {}", source.as_str()))
        };
        parts.extend(by("sections", edition.heading_source()));
        let tier = edition.tier.map(|tier| tier.label());
        parts.extend(tier.and_then(|tier| by(tier, edition.tier_source)));
    }
    if report.left_out {
        parts.push("left out as a duplicate".to_owned());
    }
    parts.join(" · ")
}

fn write_notice(
    out: &mut dyn Write,
    notice: &Notice,
    indent: usize,
    options: TextOptions,
) -> io::Result<()> {
    let line = notice.line.map(|line| format!("line {line}: "));
    let text = format!("{}{}", line.unwrap_or_default(), notice.message);
    let text = match indent {
        0 => format!("{}: {}", notice.place(), notice.message),
        _ => format!("! {text}"),
    };
    write_wrapped(out, &text, &[], indent, options)
}
