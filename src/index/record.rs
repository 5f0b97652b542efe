//! A passage and a report to the bytes that the index stores, and back.
//!
//! What follows from the rest is not stored: a passage keeps the number of its
//! report, a theme its number in the lexicon.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::report::{Passage, PassageId, ReportId, ReportInfo, SectionName, ThemeMark};
use crate::text::Doubts;

/// What is stored of a passage, beside its report.
#[derive(Serialize, Deserialize)]
struct StoredPassage<'a> {
    section: Cow<'a, SectionName>,
    number: u32,
    printed_number: Option<Cow<'a, str>>,
    page: Option<u32>,
    doubts: Option<Doubts>,
    place: u32,
    themes: Vec<StoredTheme<'a>>,
    #[serde(borrow)]
    text: &'a str,
}

/// A theme: its number in the lexicon from 1, or 0 and its path.
#[derive(Serialize, Deserialize)]
struct StoredTheme<'a> {
    number: u32,
    path: Option<Cow<'a, str>>,
    /// How far each begins behind the end of the one before, and its length.
    spans: Vec<(u32, u32)>,
}

/// What is stored of a report.
#[derive(Serialize, Deserialize)]
struct StoredReport<'a> {
    id: String,
    info: Cow<'a, ReportInfo>,
}

/// Appends the record of a passage, but for the number of its report;
/// `theme_number` tells the number of a path in the lexicon, from 0.
pub(super) fn push_passage(
    passage: &Passage,
    theme_number: impl Fn(&str) -> Option<usize>,
    out: &mut Vec<u8>,
) -> std::io::Result<()> {
    let theme = |mark: &ThemeMark| {
        let number = theme_number(&mark.path).map_or(0, |n| n as u32 + 1);
        let mut end = 0;
        let spans = mark.spans.iter().map(|span| {
            let gap = span.start - std::mem::replace(&mut end, span.end);
            (gap as u32, span.len() as u32)
        });
        StoredTheme {
            spans: spans.collect(),
            path: (number == 0).then(|| Cow::Owned(mark.path.clone())),
            number,
        }
    };
    let stored = StoredPassage {
        section: Cow::Borrowed(&passage.section),
        number: passage.id.number,
        printed_number: passage.printed_number.as_deref().map(Cow::Borrowed),
        page: passage.page,
        doubts: passage.doubts,
        place: passage.place,
        themes: passage.themes.iter().map(theme).collect(),
        text: &passage.text,
    };
    let before = std::mem::take(out);
    *out = postcard::to_extend(&stored, before).map_err(std::io::Error::other)?;
    Ok(())
}

/// The passage of a record, in its report; `themes` are the paths of the
/// lexicon.
///
/// # Errors
/// A damaged record.
pub(super) fn passage(
    record: &[u8],
    (id, info): &(ReportId, Arc<ReportInfo>),
    themes: &[String],
) -> Result<Passage> {
    let damaged = || Error::index("a passage of the index cannot be read");
    let stored: StoredPassage<'_> =
        postcard::from_bytes(record).map_err(|e| damaged().with_cause(e))?;
    let theme = |theme: StoredTheme<'_>| {
        let path = match theme.path {
            Some(path) => path.into_owned(),
            None => {
                let number = (theme.number as usize).checked_sub(1);
                themes.get(number?).cloned()?
            }
        };
        let mut end = 0;
        let spans = theme.spans.iter().map(|(gap, length)| {
            let start = end + *gap as usize;
            end = start + *length as usize;
            start..end
        });
        Some(ThemeMark {
            path,
            spans: spans.collect(),
        })
    };
    let themes: Option<Vec<ThemeMark>> = stored.themes.into_iter().map(theme).collect();
    let section = stored.section.into_owned();
    let is_title = stored.number == 0 && section.heading.is_none();
    Ok(Passage {
        id: PassageId {
            report: id.clone(),
            section: match info.is_record && !is_title {
                true => "text".to_owned(),
                false => section.id_key(),
            },
            number: stored.number,
        },
        report: Arc::clone(info),
        section,
        printed_number: stored.printed_number.map(Cow::into_owned),
        page: stored.page,
        doubts: stored.doubts,
        place: stored.place,
        text: stored.text.to_owned(),
        themes: themes.ok_or_else(damaged)?,
    })
}

/// The record of a report.
pub(super) fn report_record(id: &ReportId, info: &ReportInfo) -> Vec<u8> {
    let stored = StoredReport {
        id: id.to_string(),
        info: Cow::Borrowed(info),
    };
    // Plain structs with text keys always serialize.
    serde_json::to_vec(&stored).unwrap_or_default()
}

/// The report of a record.
///
/// # Errors
/// A damaged record.
pub(super) fn report(record: &[u8]) -> Result<(ReportId, Arc<ReportInfo>)> {
    let stored: StoredReport<'_> = serde_json::from_slice(record)
        .map_err(|e| Error::index("a report of the index cannot be read").with_cause(e))?;
    Ok((stored.id.parse()?, Arc::new(stored.info.into_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{InputFile, Profiles, ReadConfig, reports_of};

    #[test]
    fn passages_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.jsonl");
        let line = r#"{"id": "a b!", "text": "Kilns “burn”.", "themes": ["x/y"]}"#;
        std::fs::write(&path, line).unwrap();
        let file = InputFile::new(path, "r.jsonl", "r");
        let report = reports_of(&file, &ReadConfig::new(Profiles::built_in())).remove(0);
        let mut passage = report.passages().remove(0);
        let given = ["s/kilns".to_owned()];
        let unsure = Doubts {
            number: true,
            ..Doubts::of(300)
        };
        for (printed_number, doubts) in [(None, None), (Some("114".to_owned()), Some(unsure))] {
            passage.printed_number = printed_number;
            passage.doubts = doubts;
            passage.themes.push(ThemeMark {
                path: given[0].clone(),
                spans: vec![0..5, 9..15],
            });
            let mut record = Vec::new();
            let number = |path: &str| given.iter().position(|g| g == path);
            push_passage(&passage, number, &mut record).unwrap();
            let stored = super::report(&report_record(&report.id, &report.info)).unwrap();
            let read = super::passage(&record, &stored, &given).unwrap();
            assert_eq!(read, passage);
            record.truncate(record.len() / 2);
            assert!(super::passage(&record, &stored, &given).is_err());
        }
    }
}
