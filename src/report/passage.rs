//! Reports and passages: the values that are read, indexed, ranked and shown.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    FactSource, PassageId, PrintedCountry, ReportId, Section, SectionName, Series, Tier, Told, Year,
};
use crate::text::Doubts;
use crate::text::digest::sha256;

/// What a bibliography says of the publication that a report is part of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// The author or corporate author, as `U.S. Department of State`; several
    /// are joined by `; `.
    pub author: Option<Told>,
    /// The title of the report as a part of its publication, as `Cambodia`.
    pub part: Option<String>,
    /// The publication that holds the report, as `2021 Trafficking in Persons
    /// Report`; none where the report stands alone.
    pub container: Option<String>,
    /// The publisher.
    pub publisher: Option<Told>,
    /// The place of publication.
    pub place: Option<Told>,
    /// What citation keys begin with, as `usdos`.
    pub key: Option<String>,
    /// The date of issue, where it is known better than the year: ISO 8601,
    /// `2022-04-26` or `2022-04`.
    pub issued: Option<Told>,
    /// The document number or symbol, as `GAO-06-282` or `A/HRC/44/42`.
    pub number: Option<Told>,
    /// The language of the text, as BCP 47 tags it: `en`, `fr-CA`.
    pub language: Option<Told>,
    /// The subtitle, where the source sets it apart from the title.
    pub subtitle: Option<Told>,
}

/// All that is known of a report but its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportInfo {
    /// The series it belongs to.
    pub series: Series,
    /// Its title.
    pub title: String,
    /// What told the title; of an edition whose title a template makes, what told
    /// its country.
    pub title_source: Option<FactSource>,
    /// The country it is about.
    pub country: Option<PrintedCountry>,
    /// The year of the edition.
    pub year: Option<Year>,
    /// What told the year.
    pub year_source: Option<FactSource>,
    /// The tier it gives the country, as published.
    pub tier: Option<Tier>,
    /// What told the tier.
    pub tier_source: Option<FactSource>,
    /// What became of the tier after publication.
    pub tier_note: Option<String>,
    /// The publication it is part of.
    pub publication: Publication,
    /// Where the original is published.
    pub url: Option<String>,
    /// What a reader must know of this text, as that it is a digest.
    pub note: Option<String>,
    /// Whether the source prints numbers before its paragraphs, so that a
    /// paragraph without one cannot be cited by a count.
    #[serde(default)]
    pub is_numbered: bool,
    /// Whether it is a record: one passage, whose id always says `text`.
    #[serde(default)]
    pub is_record: bool,
    /// Themes that the source itself names for all of the report.
    #[serde(default)]
    pub themes: Vec<String>,
    /// The place of the site it is from among the sources of its series, the
    /// best first, from 0; the number of sources where it is from none of them.
    #[serde(default)]
    pub source_rank: u32,
    /// The file it was read from: below its corpus folder, `/` between parts.
    pub path: String,
    /// The SHA-256 of the file or record it was read from, in hexadecimal.
    pub hash: String,
}

impl ReportInfo {
    /// A report of which nothing is known but its series.
    pub fn new(series: Series) -> Self {
        ReportInfo {
            series,
            title: String::new(),
            title_source: None,
            country: None,
            year: None,
            year_source: None,
            tier: None,
            tier_source: None,
            tier_note: None,
            publication: Publication::default(),
            url: None,
            note: None,
            is_numbered: false,
            is_record: false,
            themes: Vec::new(),
            source_rank: 0,
            path: String::new(),
            hash: String::new(),
        }
    }
}

impl ReportInfo {
    /// Whether the report of this id is a document of its own, known by its
    /// number or title, and not a country's edition.
    pub fn is_document(&self, id: &ReportId) -> bool {
        let country = self.country.as_ref().map(|c| c.iso3.as_str());
        match id {
            ReportId::Record(_) => false,
            ReportId::Edition { name, .. } => {
                country.is_none_or(|code| !code.eq_ignore_ascii_case(name))
            }
        }
    }
}

/// One paragraph of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// The number that the source itself prints before it, as `114`.
    pub printed_number: Option<String>,
    /// The page it begins on.
    pub page: Option<u32>,
    /// What is doubtful about the pages it is from; none if there is no doubt.
    pub doubts: Option<Doubts>,
    /// The text as printed, white space folded.
    pub text: String,
}

/// One country's text in one year of one series, or one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its name.
    pub id: ReportId,
    /// All but its text.
    pub info: ReportInfo,
    /// Its text, in the order of the source.
    pub sections: Vec<Section>,
    /// The line of the file that it is, where a file holds many; from 1.
    pub line: Option<u64>,
}

impl Report {
    /// The report that passages and headings were made of; none if there is no
    /// passage.
    pub fn of_passages(
        mut passages: Vec<Passage>,
        mut headings: Vec<Passage>,
        line: Option<u64>,
    ) -> Option<Self> {
        passages.sort_by_key(|passage| passage.place);
        let first = passages.first()?;
        let mut report = Report {
            id: first.id.report.clone(),
            info: ReportInfo::clone(&first.report),
            sections: Vec::new(),
            line,
        };
        for passage in passages {
            let paragraph = Paragraph {
                printed_number: passage.printed_number,
                page: passage.page,
                doubts: passage.doubts,
                text: passage.text,
            };
            match report.sections.last_mut() {
                Some(section) if section.name == passage.section => {
                    section.paragraphs.push(paragraph);
                }
                _ => report.sections.push(Section {
                    name: passage.section,
                    paragraphs: vec![paragraph],
                }),
            }
        }
        // Sections without text are known by their headings alone.
        headings.sort_by_key(|heading| heading.place);
        for heading in headings {
            let at = (heading.place as usize).min(report.sections.len());
            let is_there = report.sections.get(at);
            if is_there.is_none_or(|section| section.name != heading.section) {
                report.sections.insert(
                    at,
                    Section {
                        name: heading.section,
                        paragraphs: Vec::new(),
                    },
                );
            }
        }
        Some(report)
    }

    /// Whether any section has a paragraph.
    pub fn has_text(&self) -> bool {
        self.sections.iter().any(|s| !s.paragraphs.is_empty())
    }

    /// The headings of the report in the order of the text, except those that are
    /// passages because nothing stands below them: each as the passage of
    /// paragraph 0 of its section. Their places count sections, from
    /// 0. A subheading stands for itself, without the heading above it.
    pub fn headings(&self) -> Vec<Passage> {
        let info = Arc::new(self.info.clone());
        let headings = (0..).zip(&self.sections).filter_map(|(place, section)| {
            let name = &section.name;
            let text = name.subheading.as_ref().or(name.heading.as_ref())?;
            if matches!(&section.paragraphs[..], [only] if only.text == *text) {
                return None;
            }
            Some(Passage {
                id: PassageId {
                    report: self.id.clone(),
                    section: self.id_section(name),
                    number: 0,
                },
                report: Arc::clone(&info),
                section: name.clone(),
                printed_number: None,
                page: section.paragraphs.first().and_then(|p| p.page),
                doubts: section.paragraphs.first().and_then(|p| p.doubts),
                place,
                text: text.clone(),
                themes: Vec::new(),
            })
        });
        headings.collect()
    }

    /// The title of the report as the passage of paragraph 0 of a section
    /// `title`.
    pub fn title(&self) -> Passage {
        Passage {
            id: PassageId {
                report: self.id.clone(),
                section: "title".to_owned(),
                number: 0,
            },
            report: Arc::new(self.info.clone()),
            section: SectionName::new("title", "Title", None),
            printed_number: None,
            page: None,
            doubts: None,
            place: 0,
            text: self.info.title.clone(),
            themes: Vec::new(),
        }
    }

    /// What the ids of a section's passages say of it.
    fn id_section(&self, name: &SectionName) -> String {
        match self.info.is_record {
            true => "text".to_owned(),
            false => name.id_key(),
        }
    }

    /// The passages of the report in the order of the text, with the themes
    /// that the source itself names.
    pub fn passages(&self) -> Vec<Passage> {
        let info = Arc::new(self.info.clone());
        let mut passages = Vec::new();
        for section in &self.sections {
            for (i, paragraph) in section.paragraphs.iter().enumerate() {
                passages.push(Passage {
                    id: PassageId {
                        report: self.id.clone(),
                        section: self.id_section(&section.name),
                        number: i as u32 + 1,
                    },
                    report: Arc::clone(&info),
                    section: section.name.clone(),
                    printed_number: paragraph.printed_number.clone(),
                    page: paragraph.page,
                    doubts: paragraph.doubts,
                    place: passages.len() as u32,
                    text: paragraph.text.clone(),
                    themes: self
                        .info
                        .themes
                        .iter()
                        .map(|path| ThemeMark {
                            path: path.clone(),
                            spans: Vec::new(),
                        })
                        .collect(),
                });
            }
        }
        passages
    }
}

/// A theme of a passage with the words that gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeMark {
    /// The path, as `sector/brick-kilns`.
    pub path: String,
    /// Where the words stand: half-open byte ranges of the text, in order.
    /// Empty where a record itself named the theme.
    pub spans: Vec<Range<usize>>,
}

/// Whether a text is a theme path: lower-case letters, digits and hyphens, in
/// steps that `/` divides.
pub fn is_theme_path(path: &str) -> bool {
    path.split('/').all(|step| {
        !step.is_empty()
            && step
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    })
}

/// What is indexed, ranked and shown: one paragraph with all it needs to be
/// cited; a heading or title where the number of its id is 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its name.
    pub id: PassageId,
    /// The report it is in.
    pub report: Arc<ReportInfo>,
    /// The section it is in. For a record with a section of its own this is
    /// that section, while the id always says `text`.
    pub section: SectionName,
    /// The number that the source itself prints before the paragraph.
    pub printed_number: Option<String>,
    /// The page it begins on, as printed or counted; none where the source has
    /// no pages, or the number of the page is unsure.
    pub page: Option<u32>,
    /// What is doubtful about the pages it is from; none if there is no doubt.
    pub doubts: Option<Doubts>,
    /// The place in the report, from 0, in the order of the text.
    pub place: u32,
    /// The text as printed, white space folded.
    pub text: String,
    /// The themes, in order of path.
    pub themes: Vec<ThemeMark>,
}

impl Passage {
    /// The hash of the text; see [`text_hash`].
    pub fn hash(&self) -> String {
        text_hash(&self.text)
    }

    /// What a reader must know of the pages it is from, see [`Doubts::remark`].
    pub fn remark(&self) -> Option<String> {
        self.doubts.map(|doubts| doubts.remark())
    }
}

/// The hash of a passage's text: the first 16 digits of its SHA-256, in lower-case
/// hexadecimal. It tells whether a passage still says what it said.
pub fn text_hash(text: &str) -> String {
    let mut hash = sha256(text.as_bytes());
    hash.truncate(16);
    hash
}
