//! The sections that every report of an edition has, and one lacks.

use super::facts::Facts;
use super::profile::{Always, Profile};
use crate::report::Section;

/// The keys of the sections that a report lacks, as its profile names them: of
/// `1*`, any section whose key begins with `1`, the `1`. A heading without text
/// is no section that it has.
pub(super) fn lacking(profile: &Profile, facts: &Facts, sections: &[Section]) -> Vec<String> {
    let Some(year) = facts.year else {
        return Vec::new();
    };
    let is_of = |always: &&Always| {
        always.from.is_none_or(|from| from <= year.get())
            && always.until.is_none_or(|until| year.get() <= until)
            && facts
                .tier
                .is_none_or(|tier| !always.but_tiers.contains(&tier))
    };
    let has = |key: &str| {
        let mut with_text = sections.iter().filter(|s| !s.paragraphs.is_empty());
        with_text.any(|s| match key.strip_suffix('*') {
            Some(start) => s.name.key.starts_with(start),
            None => s.name.key == key,
        })
    };
    let keys = profile.always.iter().filter(is_of).flat_map(|a| &a.keys);
    let lacks = keys.filter(|key| !has(key));
    lacks
        .map(|key| key.trim_end_matches('*').to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Profiles;
    use crate::report::{Paragraph, SectionName, Year};

    #[test]
    fn country_reports_have_the_sections_of_their_year() {
        let sections = ["executive-summary", "1a", "2", "3"].map(|key| Section {
            name: SectionName::new(key, key, None),
            paragraphs: vec![Paragraph {
                printed_number: None,
                page: None,
                doubts: None,
                text: "Text.".to_owned(),
            }],
        });
        let profile = Profiles::built_in().get("hrr").unwrap();
        for (year, expected) in [
            (1999u16, "4, 5, 6"),
            (2010, "4, 5, 6"),
            (2019, "4, 5, 6, 7"),
            (2024, ""),
        ] {
            let facts = Facts {
                year: Year::try_from(year).ok(),
                ..Facts::default()
            };
            let lacks = lacking(profile, &facts, &sections).join(", ");
            assert_eq!(lacks, expected, "{year}");
        }
        assert!(lacking(profile, &Facts::default(), &[]).is_empty());
    }
}
