//! What reading would make of files, for who writes a profile.

use std::io::{self, Write};

use super::{TextOptions, count, write_wrapped};
use crate::read::{FileReading, NoticeKind};
use crate::report::{Report, Series};

/// The most sections and reports of a file that are written.
const LISTED: usize = 12;

/// Writes what a file was made of, `series` first of all asked for; whether it
/// was read as of that series.
///
/// # Errors
/// What writing fails with.
pub fn write_reading(
    out: &mut dyn Write,
    reading: &FileReading,
    series: &Series,
    options: TextOptions,
) -> io::Result<bool> {
    let is_of_series = reading.profile.as_ref() == Some(series);
    let read_by = match &reading.profile {
        Some(profile) => format!("read as `{profile}`"),
        None if reading.reports.is_empty() => "not read".to_owned(),
        None => "known by no profile".to_owned(),
    };
    let head = format!("{}: {read_by}", reading.name);
    writeln!(
        out,
        "{}",
        match is_of_series {
            true => options.paint.title(&head),
            false => options.paint.faint(&head),
        }
    )?;
    if is_of_series {
        for report in reading.reports.iter().take(LISTED) {
            write_report(out, report, options)?;
        }
        if reading.reports.len() > LISTED {
            let more = (reading.reports.len() - LISTED) as u64;
            writeln!(out, "  and {} more", count(more, "report"))?;
        }
    }
    let notices = reading.notices.iter();
    for notice in notices.filter(|n| is_of_series || n.kind != NoticeKind::Mended) {
        write_wrapped(out, &format!("! {}", notice.message), &[], 2, options)?;
    }
    Ok(is_of_series)
}

fn write_report(out: &mut dyn Write, report: &Report, options: TextOptions) -> io::Result<()> {
    let info = &report.info;
    let mut facts = vec![report.id.to_string(), info.title.clone()];
    facts.extend(info.country.as_ref().map(|c| c.name.clone()));
    facts.extend(info.year.map(|y| y.to_string()));
    facts.extend(info.tier.map(|t| t.label().to_owned()));
    facts.extend(info.url.clone());
    write_wrapped(out, &facts.join(" · "), &[], 2, options)?;
    for section in report.sections.iter().take(LISTED) {
        let heading = section
            .name
            .heading
            .as_deref()
            .unwrap_or("(before the first heading)");
        let paragraphs = count(section.paragraphs.len() as u64, "passage");
        let text = format!("{}: {paragraphs} · {heading}", section.name.id_key());
        write_wrapped(out, &text, &[], 4, options)?;
    }
    if report.sections.len() > LISTED {
        let more = (report.sections.len() - LISTED) as u64;
        writeln!(out, "    and {} more", count(more, "section"))?;
    }
    Ok(())
}
