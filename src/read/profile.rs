//! Profiles: what a series looks like, as data.

use std::collections::BTreeMap;

use regex::Regex;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::titles::Titles;
use crate::report::{Series, Tier};
use crate::text::Language;

/// The description of a series: how its reports are told from others, and how
/// title, country, year, tier, sections and paragraphs are found.
///
/// Patterns are regular expressions of the crate `regex`, tried on a trimmed
/// line. Their named groups say what they found: `year`, `country`, `tier`,
/// `session`, `number`, `letter`, `heading`, `symbol`, `date`, `title`, `page`. Templates hold the same names in
/// braces.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The short name of the series.
    pub series: Series,
    /// The language of the texts. All texts of an index are stemmed alike, so
    /// far as English.
    #[serde(default)]
    pub language: Language,
    /// The template of the title.
    pub title: String,
    /// The template of the URL of a report whose file names none; `{slug}` is
    /// the country's name in lower case with hyphens.
    pub url: Option<String>,
    /// The sites that publish the reports, the best first: of two copies of a
    /// report the one from the better site stays. A site takes in those below
    /// it, as `state.gov` does `2017-2021.state.gov`.
    #[serde(default)]
    pub sources: Vec<String>,
    /// What a bibliography says.
    #[serde(default)]
    pub publication: PublicationTemplate,
    /// What the names and URLs of files tell.
    #[serde(default)]
    pub file: FilePatterns,
    /// What the text of a report has, for the name of its file to be believed;
    /// without it, a name is enough.
    pub evidence: Option<Evidence>,
    /// Lines that say what the report is.
    #[serde(default, rename = "title_line")]
    pub title_lines: Vec<TitleLine>,
    /// Lines that head the reports of several countries.
    #[serde(default, rename = "group_line")]
    pub group_lines: Vec<GroupLine>,
    /// What follows within three lines on a country's bare name where it
    /// begins a report.
    #[serde(default)]
    pub after_bare_name: Vec<Pattern>,
    /// What heads a list of links, which is no text: `On This Page`.
    #[serde(default)]
    pub menu_heads: Vec<Pattern>,
    /// What the first lines of its documents look like, where the series is one
    /// of documents with numbers or titles of their own and not of editions by
    /// country.
    pub cover: Option<CoverRules>,
    /// The section of the text before the first heading.
    pub lead: Lead,
    /// The sections and their headings.
    #[serde(default, rename = "section")]
    pub sections: Vec<SectionPattern>,
    /// Whether a heading that opens no section is a subheading of the one it
    /// stands in; otherwise it opens a section of its own.
    #[serde(default)]
    pub subheadings: bool,
    /// The sections that every report has, by the years of the edition.
    #[serde(default)]
    pub always: Vec<Always>,
    /// How paragraphs are found.
    #[serde(default)]
    pub paragraphs: ParagraphRules,
    /// How the tier is found beside title lines.
    #[serde(default)]
    pub tier: TierRules,
    /// The keys of the JSON objects that are the records of the series.
    pub records: Option<RecordKeys>,
    /// Codes that mean another country up to some year.
    #[serde(default)]
    pub filed_under: Vec<FiledUnder>,
}

/// Templates of the bibliographic data of a series.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicationTemplate {
    /// The corporate author.
    pub author: Option<String>,
    /// The title of a report as a part of the publication that holds it.
    pub part: Option<String>,
    /// The publication that holds the reports.
    pub container: Option<String>,
    /// The publisher.
    pub publisher: Option<String>,
    /// The place of publication.
    pub place: Option<String>,
    /// What citation keys begin with, as `usdos`.
    pub key: Option<String>,
    /// Dates of issue by year of edition, ISO 8601.
    #[serde(default)]
    pub issued: BTreeMap<String, String>,
}

/// What the names of files, without their folders, and their URLs tell.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilePatterns {
    /// Names that make a file a report of the series.
    #[serde(default)]
    pub names: Vec<Pattern>,
    /// Names that tell country or year of a file known by its text.
    #[serde(default)]
    pub hints: Vec<Pattern>,
    /// URLs that make a file a report of the series.
    #[serde(default)]
    pub urls: Vec<Pattern>,
}

/// What the text of a report has, whoever copied it: one of the wordings, or
/// some of the headings.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Wordings that only reports of the series have.
    #[serde(default)]
    pub wording: Vec<Pattern>,
    /// How many different headings of the series are enough.
    pub headings: usize,
}

/// The sections that every report of some years has.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Always {
    /// The first year.
    pub from: Option<u16>,
    /// The last year.
    pub until: Option<u16>,
    /// The keys; `1*` is any that begins with `1`.
    pub keys: Vec<String>,
    /// The tiers whose reports may lack them.
    #[serde(default)]
    pub but_tiers: Vec<Tier>,
}

/// A line that says what the report is; it is no passage. A line with another
/// country than the one before begins another report.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleLine {
    /// What the whole line looks like.
    pub pattern: Pattern,
    /// What the line after it must look like; it is part of the title.
    pub next: Option<Pattern>,
    /// Whether the line makes the file a report of the series; otherwise it
    /// tells only of one that is known by something else.
    #[serde(default = "yes")]
    pub identifies: bool,
    /// Whether the line makes the file one of the series if its text has the
    /// evidence of it.
    #[serde(default)]
    pub with_evidence: bool,
    /// Whether the line counts only above the text, as a date.
    #[serde(default)]
    pub on_top: bool,
}

/// A line that heads the reports of several countries.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupLine {
    /// What the whole line looks like.
    pub pattern: Pattern,
    /// Whether the line makes the file one of the series.
    #[serde(default = "yes")]
    pub identifies: bool,
    /// Whether a country's name alone on a line begins its report.
    #[serde(default)]
    pub bare_names: bool,
    /// The tier of the reports that name none.
    pub tier: Option<Tier>,
}

fn yes() -> bool {
    true
}

/// What the first lines of the documents of a series look like: each a line, a
/// running head, or a part of one between `|` and the like.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverRules {
    /// What such lines look like that make a file one of the series: every one
    /// of these must be there.
    pub marks: Vec<Pattern>,
    /// The document's number, in the group `symbol`; the first that is found
    /// counts.
    pub numbers: Vec<Pattern>,
    /// The document's number anywhere in the text, where no other line has
    /// one: the mark of a file that holds one document.
    pub closing: Option<Pattern>,
    /// The date, in the group `date`, where it does not stand alone.
    #[serde(default)]
    pub dates: Vec<Pattern>,
    /// What titles look like, before any heading is taken for one.
    #[serde(default)]
    pub titles: Vec<Pattern>,
    /// What the line after the title looks like, where the file holds one
    /// document by its `closing`; that counts only behind such a line then.
    pub after_title: Option<Pattern>,
    /// What headings look like that are no titles.
    #[serde(default)]
    pub not_titles: Vec<Pattern>,
    /// Lines that name the country the document is about.
    #[serde(default)]
    pub countries: Vec<Pattern>,
    /// Whether one number has several versions, told apart by their dates.
    #[serde(default)]
    pub versions: bool,
}

/// The section of the text before the first heading.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lead {
    /// The canonical key.
    pub key: String,
    /// The name in citations.
    pub label: String,
    /// How a paragraph begins that leads back into it where there are no
    /// headings.
    #[serde(default)]
    pub openers: Vec<Pattern>,
}

/// A section and what opens it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionPattern {
    /// The canonical key, a template.
    pub key: String,
    /// The name in citations, a template.
    pub label: String,
    /// What the whole line of its heading looks like.
    #[serde(default)]
    pub headings: Vec<Pattern>,
    /// The names that the group `heading` may have, however spaced, wrapped or
    /// run into the text after it; a line with another name is a heading only
    /// by its markup.
    #[serde(default)]
    pub titles: Titles,
    /// Whether it is below the sections that are not: it takes their `number`.
    #[serde(default)]
    pub below: bool,
    /// Whether its heading stands over other sections, so that it is no passage
    /// where it has no text.
    #[serde(default)]
    pub over: bool,
    /// What its heading says where its text stands in another section, so that
    /// it is no passage either.
    #[serde(default)]
    pub refers: Vec<Pattern>,
    /// How a paragraph begins whose first words are the heading.
    #[serde(default)]
    pub run_in: Vec<Pattern>,
    /// How a paragraph begins that opens the section in a report without its
    /// heading.
    #[serde(default)]
    pub openers: Vec<Pattern>,
    /// The keys of the sections after which its openers count; empty for all.
    #[serde(default)]
    pub opens_after: Vec<String>,
    /// Whether it is a list, each item of which is a paragraph.
    #[serde(default)]
    pub items: bool,
}

/// How the tier is found beside title lines.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierRules {
    /// What a line looks like that says the tier and nothing else.
    #[serde(default)]
    pub lines: Vec<Pattern>,
    /// Wordings that tell the tier, the most certain first.
    #[serde(default)]
    pub prose: Vec<TierProse>,
    /// Wordings that tell that a country has none, whatever its group.
    #[serde(default)]
    pub none: Vec<Pattern>,
    /// What became of tiers after publication.
    #[serde(default)]
    pub notes: Vec<TierNote>,
}

/// A wording that tells the tier: its group `tier`, or the one given here.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierProse {
    /// What the text looks like, anywhere in a paragraph before the first
    /// heading.
    pub pattern: Pattern,
    /// The tier it tells.
    pub tier: Option<Tier>,
}

/// What became of the tiers of some countries after publication.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierNote {
    /// The year of the edition.
    pub year: u16,
    /// The codes of the countries, ISO 3166-1 alpha-3.
    pub countries: Vec<String>,
    /// What became of them.
    pub note: String,
}

/// How paragraphs are found.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParagraphRules {
    /// The number printed before a paragraph, which then begins there.
    pub number: Option<Pattern>,
    /// A number that could as well be the end of a sentence, as a year: it
    /// counts only where the paragraph before is finished.
    pub number_between_sentences: Option<Pattern>,
    /// Whether other printed numbers are looked for: `auto`, `always` or
    /// `never`.
    #[serde(default)]
    pub numbered: Numbered,
    /// Whether the end of a page may leave blank lines inside a sentence.
    #[serde(default)]
    pub pages_break_sentences: bool,
    /// Lines that say which printed page begins (group `page`), even inside a
    /// sentence; they are not text.
    pub page_line: Option<Pattern>,
    /// Lines that are no text, as page numbers.
    #[serde(default)]
    pub drop_lines: Vec<Pattern>,
    /// Characters that are dropped between two letters.
    #[serde(default)]
    pub drop_inside_words: String,
    /// Whether `thirty- sixth` is mended to `thirty-sixth`.
    #[serde(default)]
    pub rejoin_hyphens: bool,
}

/// Whether the numbers that run on over the paragraphs of a document are taken
/// for theirs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Numbered {
    /// Where a document numbers its paragraphs, which its text tells.
    Auto,
    /// In every document of the series, however few its numbers are.
    Always,
    /// Nowhere: numbers at the start of paragraphs are text.
    #[default]
    Never,
}

/// The keys that the records of a series have, in JSON Lines
/// and in the heads of tables.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordKeys {
    /// The record's own id.
    pub id: KeyNames,
    /// The text.
    pub text: KeyNames,
    /// The title.
    pub title: KeyNames,
    /// The country, by name or code.
    pub country: KeyNames,
    /// The year.
    pub year: KeyNames,
    /// The tier.
    pub tier: KeyNames,
    /// The heading of the section.
    pub section: KeyNames,
    /// Where it is published.
    pub url: KeyNames,
    /// A list of theme paths.
    pub themes: KeyNames,
}

/// The names that a key may have; the first that is there counts.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct KeyNames(Vec<String>);

impl KeyNames {
    /// One name and no other.
    pub fn one(name: &str) -> Self {
        KeyNames(vec![name.to_owned()])
    }

    /// The names, the first the usual one.
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// Whether a name, in any case, is one of them.
    pub fn is(&self, name: &str) -> bool {
        self.0.iter().any(|n| *n == name.trim().to_lowercase())
    }

    /// The name that an object has, or the usual one, and what stands there.
    pub fn find<'a>(&'a self, object: &'a Map<String, Value>) -> (&'a str, Option<&'a Value>) {
        let there = self.0.iter().find(|name| object.contains_key(*name));
        let name = there.or(self.0.first()).map_or("", String::as_str);
        (name, object.get(name))
    }
}

/// A code that means another country in files up to some year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FiledUnder {
    /// The code as filed.
    pub code: String,
    /// The last year in which it means the other.
    pub until: u16,
    /// The code of the country that is meant.
    pub means: String,
}

/// A regular expression that TOML can hold.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

impl Profile {
    /// Whether its templates use names that there are; what is wrong is quoted.
    pub(super) fn check(&self) -> Result<(), String> {
        let publication = &self.publication;
        let of_reports = [
            Some(&self.title),
            self.url.as_ref(),
            publication.author.as_ref(),
            publication.part.as_ref(),
            publication.container.as_ref(),
            publication.publisher.as_ref(),
        ];
        if self.records.is_some() && self.series != Series::doc() {
            return Err("`[records]` is for the series `doc` alone".to_owned());
        }
        // The title of a record holds its id.
        let names: &[&str] = match self.records {
            Some(_) => &["id"],
            None => &["country", "slug", "year", "session", "symbol"],
        };
        for template in of_reports.into_iter().flatten() {
            names_are_of(template, names)?;
        }
        for section in &self.sections {
            names_are_of(&section.key, &["number", "letter", "heading"])?;
            names_are_of(&section.label, &["number", "letter", "heading"])?;
        }
        Ok(())
    }
}

/// The names that the groups of patterns may have.
const GROUPS: [&str; 11] = [
    "year", "country", "tier", "session", "number", "letter", "heading", "symbol", "date", "title",
    "page",
];

/// Whether the names in braces in a template are some of `names`.
fn names_are_of(template: &str, names: &[&str]) -> Result<(), String> {
    for part in template.split('{').skip(1) {
        let name = part.split('}').next().unwrap_or_default();
        if !names.contains(&name) {
            let names: Vec<String> = names.iter().map(|n| format!("{{{n}}}")).collect();
            let names = names.join(", ");
            return Err(format!(
                "`{{{name}}}` is no name here; the names are {names}"
            ));
        }
    }
    Ok(())
}

impl Pattern {
    /// The expression.
    pub fn regex(&self) -> &Regex {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let regex = Regex::new(&text).map_err(Error::custom)?;
        let mut named = regex.capture_names().flatten();
        if let Some(name) = named.find(|name| !GROUPS.contains(name)) {
            let groups = GROUPS.join(", ");
            let message = format!("`<{name}>` is no group of a pattern; the groups are {groups}");
            return Err(Error::custom(message));
        }
        Ok(Pattern(regex))
    }
}
