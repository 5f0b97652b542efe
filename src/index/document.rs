//! A passage to a document of the engine, and back.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;
use tantivy::schema::Value;

use super::FacetName;
use super::schema::Fields;
use crate::error::{Error, Result};
use crate::report::{Passage, ReportInfo, SectionName, ThemeMark};
use crate::text::fold;

/// What of a passage is stored beside its text.
#[derive(Serialize, Deserialize)]
struct Meta<'a> {
    id: String,
    report: std::borrow::Cow<'a, ReportInfo>,
    section: std::borrow::Cow<'a, SectionName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    printed_number: Option<String>,
    place: u32,
    themes: std::borrow::Cow<'a, [ThemeMark]>,
}

/// The document of a passage.
pub fn to_document(passage: &Passage, fields: &Fields) -> TantivyDocument {
    use std::borrow::Cow;

    let mut document = TantivyDocument::new();
    document.add_text(fields.key, passage.id.sort_key());
    document.add_text(fields.stem, &passage.text);
    document.add_text(fields.exact, &passage.text);
    document.add_text(fields.marks, &passage.text);
    for name in FacetName::ALL {
        for value in name.values_of(passage) {
            document.add_facet(fields.facet, name.to_facet(&value));
        }
    }
    if let Some(year) = passage.report.year {
        document.add_u64(fields.year, u64::from(year.get()));
    }
    if let Some(country) = &passage.report.country {
        // Folded, so that names sort as readers expect.
        document.add_text(fields.country, fold(&country.name));
    }
    document.add_text(fields.report, passage.id.report.sort_prefix());
    document.add_u64(fields.place, u64::from(passage.place));
    let meta = Meta {
        id: passage.id.to_string(),
        report: Cow::Borrowed(&*passage.report),
        section: Cow::Borrowed(&passage.section),
        printed_number: passage.printed_number.clone(),
        place: passage.place,
        themes: Cow::Borrowed(&passage.themes),
    };
    // Plain structs with text keys always serialize.
    let meta = serde_json::to_string(&meta).unwrap_or_default();
    document.add_text(fields.meta, meta);
    document
}

/// The passage of a stored document.
///
/// # Errors
/// A document that another version has written, or a damaged one.
pub fn from_document(document: &TantivyDocument, fields: &Fields) -> Result<Passage> {
    let text_of = |field| {
        document
            .get_first(field)
            .and_then(|v| v.as_str())
            .ok_or_else(|| Error::index("a passage of the index has no text"))
    };
    let meta: Meta<'_> = serde_json::from_str(text_of(fields.meta)?)
        .map_err(|e| Error::index("a passage of the index cannot be read").with_cause(e))?;
    Ok(Passage {
        id: meta.id.parse()?,
        report: Arc::new(meta.report.into_owned()),
        section: meta.section.into_owned(),
        printed_number: meta.printed_number,
        place: meta.place,
        text: text_of(fields.stem)?.to_owned(),
        themes: meta.themes.into_owned(),
    })
}
