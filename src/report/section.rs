//! Sections: their canonical keys, their headings as printed, their slugs.

use serde::{Deserialize, Serialize};

use super::FactSource;
use super::passage::Paragraph;
use crate::text::fold;

/// How a section is named: by a key that filters and ids use, by a label that
/// citations use, by the heading as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionName {
    /// The canonical key, as `prevention`, or the slug of the heading; filters
    /// and counts go by it.
    pub key: String,
    /// Which section of this key in its report it is, from 1.
    pub repeat: u32,
    /// The name in a citation, as `Prevention`.
    pub label: String,
    /// The heading as printed; none for text before the first heading.
    pub heading: Option<String>,
    /// The heading below that one, as printed, which has no key of its own.
    pub subheading: Option<String>,
    /// What told where the section begins; none for text before the first
    /// heading.
    pub source: Option<FactSource>,
}

impl SectionName {
    /// A section that is the first of its key, opened by a heading if there
    /// is one.
    pub fn new(key: &str, label: &str, heading: Option<String>) -> Self {
        SectionName {
            key: key.to_owned(),
            repeat: 1,
            label: label.to_owned(),
            source: heading.is_some().then_some(FactSource::Heading),
            heading,
            subheading: None,
        }
    }

    /// The key in passage ids: the subheading's slug is added, and to a section
    /// that comes again `-2`, `-3` ...
    pub fn id_key(&self) -> String {
        let mut key = self.key.clone();
        if let Some(subheading) = &self.subheading {
            key.push('-');
            key.push_str(&slug(subheading));
        }
        if self.repeat > 1 {
            key.push_str(&format!("-{}", self.repeat));
        }
        key
    }

    /// The name in a citation: a subheading follows, and to a section that
    /// comes again its number is added, as `Prosecution (2)`.
    pub fn cited(&self) -> String {
        let mut cited = self.label.clone();
        if let Some(subheading) = &self.subheading {
            cited.push_str(": ");
            cited.push_str(subheading);
        }
        if self.repeat > 1 {
            cited.push_str(&format!(" ({})", self.repeat));
        }
        cited
    }
}

/// A part of a report with its paragraphs in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its names.
    pub name: SectionName,
    /// Its paragraphs, in the order of the text; none if its heading stands
    /// over other sections alone.
    pub paragraphs: Vec<Paragraph>,
}

/// The longest slug, in characters.
const MAX_SLUG: usize = 60;

/// The slug of a heading or file name: folded letters and digits, hyphens
/// between words, at most 60 characters; `untitled` where nothing is left.
///
/// ```
/// use pincite::report::slug;
/// assert_eq!(slug("Scope & Magnitude — 2009"), "scope-magnitude-2009");
/// ```
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in fold(text).chars() {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if c != '\'' && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.chars().take(MAX_SLUG).collect();
    match slug.trim_end_matches('-') {
        "" => "untitled".to_owned(),
        slug => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_ids() {
        assert_eq!(
            slug("a. Arbitrary Deprivation of Life"),
            "a-arbitrary-deprivation-of-life"
        );
        assert_eq!(slug("Côte d’Ivoire"), "cote-divoire");
        assert_eq!(slug(" -- "), "untitled");
        assert!(slug(&"long heading ".repeat(20)).len() <= 60);
    }
}
