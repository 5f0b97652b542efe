//! Profiles: what a series looks like, as data.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Deserializer};

use crate::report::Series;
use crate::text::Language;

/// The description of a series: how its reports are told from others, and how
/// title, country, year, tier, sections and paragraphs are found.
///
/// Patterns are regular expressions of the crate `regex`, tried on a trimmed
/// line. Their named groups say what they found: `year`, `country`, `tier`,
/// `session`, `number`. Templates hold the same names in braces.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The short name of the series.
    pub series: Series,
    /// The language of the texts. All texts of an index are stemmed alike, so
    /// far as English.
    pub language: Language,
    /// The template of the title.
    pub title: String,
    /// What a bibliography says.
    #[serde(default)]
    pub publication: PublicationTemplate,
    /// What the names of files tell.
    #[serde(default)]
    pub file: FilePatterns,
    /// Lines that say what the report is.
    #[serde(default, rename = "title_line")]
    pub title_lines: Vec<TitleLine>,
    /// The section of the text before the first heading.
    pub lead: SectionNames,
    /// The sections and their headings.
    #[serde(default, rename = "section")]
    pub sections: Vec<SectionPattern>,
    /// How paragraphs are found.
    #[serde(default)]
    pub paragraphs: ParagraphRules,
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

/// What the names of files tell, without their folders.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilePatterns {
    /// Names that make a file a report of the series.
    #[serde(default)]
    pub names: Vec<Pattern>,
    /// Names that tell country or year of a file known by its text.
    #[serde(default)]
    pub hints: Vec<Pattern>,
}

/// A line that says what the report is; it is no passage.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleLine {
    /// What the whole line looks like.
    pub pattern: Pattern,
}

/// The names of a section without a heading.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionNames {
    /// The canonical key.
    pub key: String,
    /// The name in citations.
    pub label: String,
}

/// A section and the headings that open it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionPattern {
    /// The canonical key.
    pub key: String,
    /// The name in citations.
    pub label: String,
    /// What the whole line of its heading looks like.
    pub headings: Vec<Pattern>,
    /// What divides the items of a list, each of which is a paragraph.
    pub items: Option<String>,
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
    /// Whether the end of a page may leave blank lines inside a sentence.
    #[serde(default)]
    pub pages_break_sentences: bool,
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

/// The keys that the records of a series have, in JSON Lines.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordKeys {
    /// The record's own id.
    pub id: String,
    /// The text.
    pub text: String,
    /// The title.
    pub title: String,
    /// The country, by name or code.
    pub country: String,
    /// The year.
    pub year: String,
    /// The tier.
    pub tier: String,
    /// The heading of the section.
    pub section: String,
    /// Where it is published.
    pub url: String,
    /// A list of theme paths.
    pub themes: String,
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

impl Pattern {
    /// The expression.
    pub fn regex(&self) -> &Regex {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Regex::new(&text)
            .map(Pattern)
            .map_err(serde::de::Error::custom)
    }
}

/// The profiles in the order in which they are asked whether a file is theirs.
#[derive(Debug, Clone)]
pub struct Profiles {
    profiles: Vec<Profile>,
    fingerprint: String,
}

const BUILT_IN: [&str; 3] = [
    include_str!("profiles/ungd.toml"),
    include_str!("profiles/tip.toml"),
    include_str!("profiles/doc.toml"),
];

static PROFILES: LazyLock<Profiles> = LazyLock::new(|| Profiles {
    profiles: BUILT_IN
        .iter()
        // The files are part of the program; a test below proves that they parse.
        .map(|text| toml::from_str(text).expect("a built-in profile parses"))
        .collect(),
    fingerprint: super::sha256(BUILT_IN.concat().as_bytes()),
});

impl Profiles {
    /// The built-in profiles.
    pub fn built_in() -> &'static Profiles {
        &PROFILES
    }

    /// The profiles.
    pub fn iter(&self) -> impl Iterator<Item = &Profile> {
        self.profiles.iter()
    }

    /// The profile of a series.
    pub fn get(&self, series: &str) -> Option<&Profile> {
        self.profiles.iter().find(|p| p.series.as_str() == series)
    }

    /// The profile that reads records.
    pub fn of_records(&self) -> Option<(&Profile, &RecordKeys)> {
        self.iter().find_map(|p| Some((p, p.records.as_ref()?)))
    }

    /// A digest of all profiles, in hexadecimal.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_profiles_parse_and_name_their_groups() {
        for profile in Profiles::built_in().iter() {
            let names = profile.file.names.iter().chain(&profile.file.hints);
            let lines = profile.title_lines.iter().map(|t| &t.pattern);
            for pattern in names.chain(lines) {
                let groups: Vec<_> = pattern.regex().capture_names().flatten().collect();
                assert!(groups.contains(&"country"), "{pattern:?}");
            }
        }
    }
}
