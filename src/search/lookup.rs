//! Looking passages up by id: one, a section, a report.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Term};

use crate::error::{Error, ErrorKind, Result};
use crate::index::open::unreadable;
use crate::index::{IndexPart, OpenIndex};
use crate::report::{Passage, PassageId, ReportId};

/// What an id names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookedUp {
    /// A passage, with its whole report and its place in it; a heading or
    /// title alone.
    Passage {
        /// The passages of the report, in the order of the text.
        report: Vec<Passage>,
        /// Which of them it is.
        at: usize,
    },
    /// A section of a report.
    Section(Vec<Passage>),
    /// A whole report.
    Report(Vec<Passage>),
}

/// The passages that an id names: `tip-2021-khm:protection:3`, a section
/// `tip-2021-khm:protection` or a report `tip-2021-khm`.
///
/// # Errors
/// A text that is no id, or an id that the index does not hold; then what it
/// does hold is named.
pub fn look_up(index: &OpenIndex, text: &str) -> Result<LookedUp> {
    // A record's id may hold colons: the longest reading that is held counts.
    if let Ok(id) = text.parse::<PassageId>() {
        if let Some(heading) = heading_of(index, &id)? {
            return Ok(LookedUp::Passage {
                report: vec![heading],
                at: 0,
            });
        }
        let report = passages_of(index, &id.report)?;
        if let Some(at) = report.iter().position(|p| p.id == id) {
            return Ok(LookedUp::Passage { report, at });
        }
    }
    if let Ok(id) = text.parse::<ReportId>() {
        let report = passages_of(index, &id)?;
        if !report.is_empty() {
            return Ok(LookedUp::Report(report));
        }
    }
    if let Some((report, section)) = text.rsplit_once(':')
        && let Ok(id) = report.parse::<ReportId>()
    {
        let mut passages = passages_of(index, &id)?;
        passages.retain(|p| p.id.section == section.to_lowercase());
        if !passages.is_empty() {
            return Ok(LookedUp::Section(passages));
        }
    }
    Err(not_held(index, text)?)
}

/// The heading or title of an id with the number 0; none of other ids, or if
/// the index does not hold it.
///
/// # Errors
/// A damaged index.
pub fn heading_of(index: &OpenIndex, id: &PassageId) -> Result<Option<Passage>> {
    if id.number > 0 {
        return Ok(None);
    }
    let parts = [IndexPart::Headings, IndexPart::Titles];
    for part in parts.into_iter().filter_map(|part| index.part(part)) {
        if let Some(doc) = place_of(part, id)? {
            return Ok(Some(part.passages().passage(doc)?));
        }
    }
    Ok(None)
}

/// The place of a passage in the order of ids; none where the index does not
/// hold it.
///
/// # Errors
/// A damaged index.
pub fn place_of(index: &OpenIndex, id: &PassageId) -> Result<Option<DocId>> {
    let key = Term::from_field_text(index.fields.key, &id.sort_key());
    let inverted = index.segment().inverted_index(index.fields.key);
    let postings = inverted
        .map_err(unreadable)?
        .read_postings(&key, IndexRecordOption::Basic)
        .map_err(unreadable)?;
    Ok(postings.map(|postings| postings.doc()))
}

/// The passages of a report in the order of its text; empty where the index
/// does not hold it.
///
/// # Errors
/// A damaged index.
pub fn passages_of(index: &OpenIndex, report: &ReportId) -> Result<Vec<Passage>> {
    let inverted = index
        .segment()
        .inverted_index(index.fields.key)
        .map_err(unreadable)?;
    let prefix = report.sort_prefix();
    let range = inverted.terms().range().ge(&prefix).into_stream();
    let mut terms = range.map_err(unreadable)?;
    let mut reader = index.passages();
    let mut passages = Vec::new();
    while terms.advance() && terms.key().starts_with(prefix.as_bytes()) {
        let postings =
            inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic);
        passages.push(reader.passage(postings.map_err(unreadable)?.doc())?);
    }
    passages.sort_by_key(|p| p.place);
    Ok(passages)
}

fn not_held(index: &OpenIndex, text: &str) -> Result<Error> {
    let parts: Vec<&str> = text.splitn(2, ':').collect();
    let Ok(report) = parts[0].parse::<ReportId>() else {
        return Ok(Error::usage(format!("`{text}` is no id"))
            .with_hint("an id looks like `tip-2021-khm:protection:3`, `tip-2021-khm:protection` or `tip-2021-khm`"));
    };
    let error = Error::new(ErrorKind::NotFound, format!("the index holds no `{text}`"));
    let held = passages_of(index, &report)?;
    if held.is_empty() {
        return Ok(error.with_hint(format!("it holds no report `{report}`")));
    }
    let mut sections: Vec<(String, u32)> = Vec::new();
    for passage in &held {
        match sections.iter_mut().find(|s| s.0 == passage.id.section) {
            Some(section) => section.1 = section.1.max(passage.id.number),
            None => sections.push((passage.id.section.clone(), passage.id.number)),
        }
    }
    let list: Vec<String> = sections.iter().map(|(s, n)| format!("{s} 1-{n}")).collect();
    Ok(error.with_hint(format!("`{report}` has {}", list.join(", "))))
}
