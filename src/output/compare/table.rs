//! Comparisons as CSV: a row a paragraph, or a row a country.

use std::io::{self, Write};

use crate::cite::pincite;
use crate::desk::compare::{AllChanges, Comparison, Verdict};
use crate::output::cells::CsvWriter;
use crate::report::Passage;

/// Writes a row for each paragraph of either edition, after a header.
///
/// # Errors
/// What writing fails with.
pub fn write_comparison(out: &mut dyn Write, compared: &Comparison) -> io::Result<()> {
    let mut writer = CsvWriter::new(out);
    let header = [
        "section",
        "verdict",
        "reworded",
        "similarity",
        "common_words",
        "stands_in",
        "old_id",
        "new_id",
        "old_words",
        "new_words",
        "old_text",
        "new_text",
        "old_hash",
        "new_hash",
        "old_pincite",
        "new_pincite",
        "old_remark",
        "new_remark",
        "old_note",
        "new_note",
    ];
    writer.row(header)?;
    for section in &compared.sections {
        for row in &section.rows {
            let (old, new) = compared.passages(row);
            let whole = match row.old {
                Some(_) => &compared.new,
                None => &compared.old,
            };
            let whole = row.stands_in.and_then(|at| whole.passages.get(at));
            let words = |at: Option<usize>, words: &[u64]| {
                let words = at.and_then(|at| words.get(at));
                words.map(u64::to_string).unwrap_or_default()
            };
            let cell = |passage: Option<&Passage>, of: fn(&Passage) -> String| {
                passage.map(of).unwrap_or_default()
            };
            let record = [
                section.key.clone(),
                row.verdict.as_str().to_owned(),
                compared.is_reworded(row).to_string(),
                row.similarity.map(|s| s.to_string()).unwrap_or_default(),
                row.common.to_string(),
                cell(whole, |p| p.id.to_string()),
                cell(old, |p| p.id.to_string()),
                cell(new, |p| p.id.to_string()),
                words(row.old, &compared.old.words),
                words(row.new, &compared.new.words),
                cell(old, |p| p.text.clone()),
                cell(new, |p| p.text.clone()),
                cell(old, Passage::hash),
                cell(new, Passage::hash),
                cell(old, pincite),
                cell(new, pincite),
                cell(old, |p| p.remark().unwrap_or_default()),
                cell(new, |p| p.remark().unwrap_or_default()),
                cell(old, |p| p.report.note.clone().unwrap_or_default()),
                cell(new, |p| p.report.note.clone().unwrap_or_default()),
            ];
            writer.row(record)?;
        }
    }
    writer.flush()
}

/// Writes a row for each country, after a header.
///
/// # Errors
/// What writing fails with.
pub fn write_ranking(out: &mut dyn Write, all: &AllChanges) -> io::Result<()> {
    let mut writer = CsvWriter::new(out);
    let header = [
        "rank", "country", "iso3", "series", "old_id", "new_id", "change",
    ];
    let header = header.into_iter().chain(Verdict::ALL.map(Verdict::as_str));
    let header = header.chain(["old_words", "new_words", "common_words", "outline_changes"]);
    writer.row(header)?;
    for (rank, change) in all.ranked() {
        let tally = &change.tally;
        let country = change.info.country.as_ref();
        let mut record = vec![
            rank.to_string(),
            country.map(|c| c.name.clone()).unwrap_or_default(),
            country.map(|c| c.iso3.clone()).unwrap_or_default(),
            change.info.series.to_string(),
            change.old.to_string(),
            change.new.to_string(),
            tally.change().to_string(),
        ];
        record.extend(Verdict::ALL.map(|verdict| tally.of(verdict).to_string()));
        record.extend([
            tally.old_words.to_string(),
            tally.new_words.to_string(),
            tally.common_words.to_string(),
            change.outline.len().to_string(),
        ]);
        writer.row(record)?;
    }
    writer.flush()
}
