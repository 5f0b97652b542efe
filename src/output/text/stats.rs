//! What an index holds, what a build did, and what it had to say.

use std::io::{self, Write};

use super::{TextOptions, count, grouped, write_wrapped};
use crate::index::{BuildSummary, Manifest, Update};
use crate::read::{Notice, NoticeKind};

/// Writes what an index holds and how it was made.
///
/// # Errors
/// What writing fails with.
pub fn write_stats(
    out: &mut dyn Write,
    manifest: &Manifest,
    bytes: u64,
    options: TextOptions,
) -> io::Result<()> {
    let counts = &manifest.counts;
    let series: Vec<String> = manifest
        .series
        .iter()
        .map(|(s, n)| format!("{s} {}", grouped(*n)))
        .collect();
    let rows = [
        (
            "reports",
            format!("{} ({})", grouped(counts.reports), series.join(", ")),
        ),
        ("passages", grouped(counts.passages)),
        ("words", grouped(counts.words)),
        (
            "files",
            format!(
                "{} read of {}, {:.1} MB",
                grouped(counts.files_read),
                grouped(counts.files),
                megabytes(counts.bytes)
            ),
        ),
        (
            "index",
            format!("{:.1} MB, format {}", megabytes(bytes), manifest.format),
        ),
        (
            "built",
            format!(
                "{} by pincite {} in {:.1} s",
                manifest.built, manifest.pincite, manifest.seconds
            ),
        ),
        ("from", manifest.built_from.join(", ")),
        ("corpus", format!("sha256 {}", manifest.corpus_digest)),
        ("lexicon", format!("sha256 {}", manifest.lexicon)),
        ("profiles", format!("sha256 {}", manifest.profiles)),
        ("cut by", manifest.tokenizer.clone()),
    ];
    for (name, value) in rows {
        writeln!(out, "{name:<8} {value}")?;
    }
    write_notices(out, &manifest.notices, options)
}

/// Writes what a build did.
///
/// # Errors
/// What writing fails with.
pub fn write_summary(
    out: &mut dyn Write,
    summary: &BuildSummary,
    peak_memory: Option<u64>,
    options: TextOptions,
) -> io::Result<()> {
    let manifest = &summary.manifest;
    let counts = &manifest.counts;
    let seconds = summary.seconds.max(1e-6);
    let memory = peak_memory.map(|b| format!(", {:.0} MB of memory at most", megabytes(b)));
    writeln!(
        out,
        "{}, {}, {} from {}",
        count(counts.reports, "report"),
        count(counts.passages, "passage"),
        count(counts.words, "word"),
        count(counts.files_read, "file"),
    )?;
    if let Some(update) = &summary.update {
        let files = count(update.files_read, "file");
        let why = match update.read_anew {
            true => ", as the profiles or pincite changed",
            false => "",
        };
        writeln!(out, "{}; {files} read{why}", changes(update))?;
    }
    writeln!(
        out,
        "in {:.1} s, {:.1} MB/s{}",
        summary.seconds,
        megabytes(counts.bytes) / seconds,
        memory.unwrap_or_default()
    )?;
    write_notices(out, &manifest.notices, options)
}

/// What an update changed, as `+3 reports, ~1 changed, -1 removed, 4,455
/// unchanged`.
fn changes(update: &Update) -> String {
    let Update {
        added,
        changed,
        removed,
        unchanged,
        ..
    } = *update;
    let added = match added {
        0 => String::new(),
        _ => format!("+{}, ", count(added, "report")),
    };
    let part = |sign: &str, n: u64, what: &str| match n {
        0 => String::new(),
        _ => format!("{sign}{} {what}, ", grouped(n)),
    };
    let (changed, removed) = (part("~", changed, "changed"), part("-", removed, "removed"));
    format!("{added}{changed}{removed}{} unchanged", grouped(unchanged))
}

/// How many notices of a kind are written one by one.
const LISTED: usize = 20;

/// Writes what a build had to say of its input, counted and named.
///
/// # Errors
/// What writing fails with.
pub fn write_notices(
    out: &mut dyn Write,
    notices: &[Notice],
    options: TextOptions,
) -> io::Result<()> {
    for (kind, noun) in [
        (NoticeKind::Skipped, "skipped"),
        (NoticeKind::Duplicate, "left out as a duplicate"),
        (NoticeKind::Similar, "with nearly the text of another"),
        (NoticeKind::Mended, "read with a remark"),
        (NoticeKind::Unknown, "read without a profile"),
    ] {
        let of_kind: Vec<&Notice> = notices.iter().filter(|n| n.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        writeln!(out, "{} {noun}:", grouped(of_kind.len() as u64))?;
        for notice in of_kind.iter().take(LISTED) {
            write_wrapped(
                out,
                &format!("{}: {}", notice.place(), notice.message),
                &[],
                2,
                options,
            )?;
        }
        if of_kind.len() > LISTED {
            writeln!(
                out,
                "  and {} more; `pincite stats --format json` lists all",
                grouped((of_kind.len() - LISTED) as u64)
            )?;
        }
    }
    Ok(())
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
