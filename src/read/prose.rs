//! What the wording of paragraphs tells: sections whose heading is run into
//! their text or lost, and the tier.

use std::collections::HashSet;

use super::items::items;
use super::profile::{Profile, SectionPattern};
use crate::report::{FactSource, Paragraph, Section, SectionName, Tier};

/// The longest opening of a paragraph that is looked at, in bytes.
const OPENING: usize = 400;

/// Divides sections once more by what their paragraphs begin with, and blocks
/// of items into items.
///
/// A heading that is run into its text opens its section anywhere. A wording
/// opens one only where the report has no heading of its key.
pub(super) fn divide(profile: &Profile, sections: Vec<Section>) -> Vec<Section> {
    let headed: HashSet<String> = sections
        .iter()
        .filter(|s| s.name.source == Some(FactSource::Heading))
        .map(|s| s.name.key.clone())
        .collect();
    let mut divided = Divided::default();
    for section in sections {
        divided.open(section.name);
        for paragraph in section.paragraphs {
            divided.take(profile, &headed, paragraph);
        }
    }
    divided.finish(profile)
}

#[derive(Default)]
struct Divided {
    sections: Vec<Section>,
    /// Whether the section is a list that its first paragraph holds.
    is_run_in_list: bool,
}

impl Divided {
    fn open(&mut self, name: SectionName) {
        self.is_run_in_list = false;
        self.sections.push(Section {
            name,
            paragraphs: Vec::new(),
        });
    }

    fn take(&mut self, profile: &Profile, headed: &HashSet<String>, paragraph: Paragraph) {
        if let Some((section, heading, rest)) = run_in(profile, &paragraph.text) {
            let name = SectionName::new(&section.key, &section.label, Some(heading));
            self.open(name);
            self.is_run_in_list = section.items;
            let text = rest.to_owned();
            self.push(Paragraph { text, ..paragraph });
            return;
        }
        if let Some(name) = self.opened_by_wording(profile, headed, &paragraph.text) {
            self.open(name);
        } else if self.is_run_in_list {
            self.open(SectionName::new(
                &profile.lead.key,
                &profile.lead.label,
                None,
            ));
        }
        self.push(paragraph);
    }

    fn push(&mut self, paragraph: Paragraph) {
        if let Some(section) = self.sections.last_mut() {
            section.paragraphs.push(paragraph);
        }
    }

    /// The section that the wording of a paragraph opens, if it is another than
    /// the one that is open.
    fn opened_by_wording(
        &self,
        profile: &Profile,
        headed: &HashSet<String>,
        text: &str,
    ) -> Option<SectionName> {
        let now = &self.sections.last()?.name;
        let opening = opening(text);
        let is_of = |s: &&SectionPattern| {
            !headed.contains(&s.key)
                && (s.opens_after.is_empty() || s.opens_after.contains(&now.key))
                && s.openers.iter().any(|p| p.regex().is_match(opening))
        };
        let (key, label) = match profile.sections.iter().find(is_of) {
            Some(section) => (&section.key, &section.label),
            None => {
                let lead = &profile.lead;
                // Under a heading a text does not lead back.
                let back = now.source == Some(FactSource::Prose)
                    && lead.openers.iter().any(|p| p.regex().is_match(opening));
                back.then_some((&lead.key, &lead.label))?
            }
        };
        (*key != now.key).then(|| SectionName {
            source: Some(FactSource::Prose),
            ..SectionName::new(key, label, None)
        })
    }

    fn finish(mut self, profile: &Profile) -> Vec<Section> {
        for section in &mut self.sections {
            let mut lists = profile.sections.iter().filter(|s| s.items);
            if lists.any(|s| s.key == section.name.key) {
                section.paragraphs = items(std::mem::take(&mut section.paragraphs));
            }
        }
        number(self.sections)
    }
}

/// The sections with text or a heading, each with an id key of its own. Those
/// with text come first to theirs: ids of passages do not depend on headings
/// without text.
pub(super) fn number(mut sections: Vec<Section>) -> Vec<Section> {
    sections.retain(|s| !s.paragraphs.is_empty() || s.name.heading.is_some());
    let mut taken: HashSet<String> = HashSet::new();
    for with_text in [true, false] {
        let of_kind = |s: &&mut Section| s.paragraphs.is_empty() != with_text;
        for section in sections.iter_mut().filter(of_kind) {
            while !taken.insert(section.name.id_key()) {
                section.name.repeat += 1;
            }
        }
    }
    sections
}

/// The section whose heading a paragraph begins with, the heading, the rest.
fn run_in<'p, 't>(
    profile: &'p Profile,
    text: &'t str,
) -> Option<(&'p SectionPattern, String, &'t str)> {
    let opening = opening(text);
    profile.sections.iter().find_map(|section| {
        let found = section
            .run_in
            .iter()
            .find_map(|p| p.regex().find(opening))?;
        let heading = found
            .as_str()
            .trim()
            .trim_end_matches(['.', ':', '-', '–', '—']);
        let rest = text[found.end()..].trim_start();
        (found.start() == 0 && !rest.is_empty()).then(|| (section, heading.trim().to_owned(), rest))
    })
}

fn opening(text: &str) -> &str {
    let mut end = text.len().min(OPENING);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// What the text before the first heading says of the tier.
pub(super) enum ProseTier {
    /// The country is on this tier.
    Ranked(Tier),
    /// The country is on none.
    None,
}

/// The tier that the wording of a report tells, the most certain wording
/// first.
pub(super) fn tier(profile: &Profile, sections: &[Section]) -> Option<ProseTier> {
    let rules = &profile.tier;
    if rules.prose.is_empty() && rules.none.is_empty() {
        return None;
    }
    let is_before = |s: &&Section| s.name.source != Some(FactSource::Heading);
    let texts: Vec<&str> = sections
        .iter()
        .filter(is_before)
        .flat_map(|s| &s.paragraphs)
        .map(|p| p.text.as_str())
        .collect();
    let says =
        |pattern: &super::profile::Pattern| texts.iter().any(|t| pattern.regex().is_match(t));
    if rules.none.iter().any(says) {
        return Some(ProseTier::None);
    }
    rules.prose.iter().find_map(|rule| {
        texts.iter().find_map(|text| {
            let captures = rule.pattern.regex().captures(text)?;
            let named = captures.name("tier").and_then(|t| t.as_str().parse().ok());
            named.or(rule.tier).map(ProseTier::Ranked)
        })
    })
}
