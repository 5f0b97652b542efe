//! Passages as they stand in their report.

use std::io::{self, Write};

use super::{TextOptions, write_remark, write_wrapped};
use crate::cite::pincite;
use crate::report::{FactSource, Passage, ThemeMark, Tier};

/// Writes one passage whole, with the words that gave each theme, between the
/// passages around it.
///
/// # Errors
/// What writing fails with.
pub fn write_in_context(
    out: &mut dyn Write,
    report: &[Passage],
    at: usize,
    context: usize,
    options: TextOptions,
) -> io::Result<()> {
    let Some(passage) = report.get(at) else {
        return Ok(());
    };
    write_head(out, passage, options)?;
    let from = at.saturating_sub(context);
    let to = at
        .saturating_add(context)
        .saturating_add(1)
        .min(report.len());
    for (i, near) in report.iter().enumerate().take(to).skip(from) {
        writeln!(out)?;
        if i == at {
            writeln!(out, "{}", options.paint.title(&place(near)))?;
            write_remark(out, near, 2, options)?;
            let lit = theme_spans(&near.themes);
            write_wrapped(out, &near.text, &lit, 2, options)?;
        } else {
            writeln!(out, "{}", options.paint.faint(&place(near)))?;
            write_remark(out, near, 2, options)?;
            write_wrapped(out, &near.text, &[], 2, options)?;
        }
    }
    write_themes(out, passage, options)
}

/// Writes a section or a report, passage by passage.
///
/// # Errors
/// What writing fails with.
pub fn write_passages(
    out: &mut dyn Write,
    passages: &[Passage],
    options: TextOptions,
) -> io::Result<()> {
    let Some(first) = passages.first() else {
        return Ok(());
    };
    write_head(out, first, options)?;
    let mut section = None;
    for passage in passages {
        writeln!(out)?;
        if section != Some(&passage.id.section) {
            section = Some(&passage.id.section);
            let name = &passage.section;
            let heading = name.heading.as_deref().unwrap_or(&name.label);
            let heading = match &name.subheading {
                Some(subheading) => format!("{heading} · {subheading}"),
                None => heading.to_owned(),
            };
            writeln!(out, "{}\n", options.paint.title(&heading))?;
        }
        writeln!(out, "{}", options.paint.faint(&place(passage)))?;
        write_remark(out, passage, 2, options)?;
        write_wrapped(out, &passage.text, &[], 2, options)?;
    }
    Ok(())
}

fn write_head(out: &mut dyn Write, passage: &Passage, options: TextOptions) -> io::Result<()> {
    let report = &passage.report;
    writeln!(out, "{}", options.paint.title(&report.title))?;
    let mut facts = vec![passage.id.report.to_string()];
    facts.extend(report.country.as_ref().map(|c| {
        if c.printed == c.name {
            c.name.clone()
        } else {
            format!("{} (printed {})", c.name, c.printed)
        }
    }));
    facts.extend(report.tier.map(|t| tier(t, report.tier_source)));
    facts.push(report.path.clone());
    facts.extend(report.url.clone());
    write_wrapped(out, &facts.join(" · "), &[], 2, options)?;
    for note in report.tier_note.iter().chain(&report.note) {
        write_wrapped(out, &format!("note: {note}"), &[], 2, options)?;
    }
    Ok(())
}

/// A tier, and where it was found if no line of the text says it.
fn tier(tier: Tier, source: Option<FactSource>) -> String {
    match source {
        None | Some(FactSource::Heading) => tier.label().to_owned(),
        Some(FactSource::Prose) => format!("{} (by the wording)", tier.label()),
        Some(_) => format!("{} (by its metadata)", tier.label()),
    }
}

fn place(passage: &Passage) -> String {
    let printed = passage.printed_number.as_ref();
    let by_wording = passage.section.source == Some(FactSource::Prose);
    let facts: Vec<String> = printed
        .map(|number| format!("printed as {number}"))
        .into_iter()
        .chain(passage.page.map(|page| format!("page {page}")))
        .chain(by_wording.then(|| "section by the wording".to_owned()))
        .collect();
    match facts.is_empty() {
        true => passage.id.to_string(),
        false => format!("{} ({})", passage.id, facts.join(", ")),
    }
}

fn theme_spans(themes: &[ThemeMark]) -> Vec<std::ops::Range<usize>> {
    crate::text::span::merge(themes.iter().flat_map(|t| t.spans.clone()).collect())
}

fn write_themes(out: &mut dyn Write, passage: &Passage, options: TextOptions) -> io::Result<()> {
    writeln!(out)?;
    writeln!(out, "{}", pincite(passage))?;
    let width = passage
        .themes
        .iter()
        .map(|t| t.path.len())
        .max()
        .unwrap_or(0);
    for mark in &passage.themes {
        let mut words: Vec<&str> = mark
            .spans
            .iter()
            .filter_map(|s| passage.text.get(s.clone()))
            .collect();
        words.dedup();
        let words = match words.len() {
            0 => "given by the record".to_owned(),
            _ => words
                .iter()
                .map(|w| format!("“{w}”"))
                .collect::<Vec<_>>()
                .join(" "),
        };
        let indent = width + 4;
        let room = options.width.saturating_sub(indent).max(20);
        for (i, line) in textwrap::wrap(&words, room).iter().enumerate() {
            let path = if i == 0 { mark.path.as_str() } else { "" };
            writeln!(
                out,
                "  {}{:pad$}  {line}",
                options.paint.id(path),
                "",
                pad = width - path.len()
            )?;
        }
    }
    Ok(())
}
