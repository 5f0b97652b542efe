//! What is known of a report beside its text: where it comes from, its series,
//! title and publication.

use super::facts::Facts;
use super::front_matter::FrontMatter;
use crate::report::{FactSource, Publication, ReportInfo, Section, Series};

/// Where a document comes from.
#[derive(Debug)]
pub struct Source<'a> {
    /// The file's name below its corpus folder.
    pub name: &'a str,
    /// The id of the text should no profile know it.
    pub record_id: &'a str,
    /// The SHA-256 of the file.
    pub hash: String,
}

/// What is known of a report beside its facts.
pub(super) struct About {
    pub(super) series: Series,
    pub(super) title: String,
    pub(super) title_source: Option<FactSource>,
    pub(super) year_source: Option<FactSource>,
    pub(super) publication: Publication,
    pub(super) url: Option<String>,
    pub(super) tier_note: Option<String>,
    pub(super) source_rank: u32,
}

/// The facts of a report, with what is known besides.
pub(super) fn info(
    source: &Source<'_>,
    front: &FrontMatter,
    about: About,
    facts: Facts,
) -> ReportInfo {
    ReportInfo {
        series: about.series,
        title: about.title,
        title_source: about.title_source,
        country: facts.country,
        year: facts.year,
        year_source: about.year_source,
        tier: facts.tier,
        tier_source: facts.tier_source,
        tier_note: about.tier_note,
        publication: about.publication,
        url: about.url,
        note: front.note.clone(),
        is_numbered: false,
        is_record: false,
        themes: Vec::new(),
        source_rank: about.source_rank,
        path: source.name.to_owned(),
        hash: source.hash.clone(),
    }
}

/// Whether the source prints numbers before its paragraphs.
pub(super) fn is_numbered(sections: &[Section]) -> bool {
    let mut paragraphs = sections.iter().flat_map(|section| &section.paragraphs);
    paragraphs.any(|paragraph| paragraph.printed_number.is_some())
}
