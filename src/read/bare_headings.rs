//! Headings without text: those that stand over other sections, and those that
//! nothing stands below.

use crate::report::{Paragraph, Section, SectionName};
use crate::text::Doubts;

/// A section with the level of its heading, from 1 for the outermost.
pub(super) struct Headed {
    pub(super) section: Section,
    /// None if its markup tells no level, as of a bold line.
    pub(super) level: Option<u8>,
    /// What is doubtful about the page that its heading is on.
    pub(super) doubts: Option<Doubts>,
}

/// The sections, where a heading that nothing stands below has become the one
/// paragraph of its section: what it says is said nowhere else, such as `Death
/// penalty: abolished` in a list of facts. A heading over other sections stays
/// without paragraphs.
pub(super) fn settled(mut sections: Vec<Headed>) -> Vec<Section> {
    for at in 0..sections.len() {
        let is_over = sections
            .get(at + 1)
            .is_some_and(|next| stands_over(&sections[at], next));
        let Headed {
            section, doubts, ..
        } = &mut sections[at];
        if section.paragraphs.is_empty() && !is_over {
            section
                .paragraphs
                .extend(of_heading(&section.name, *doubts));
        }
    }
    sections.into_iter().map(|headed| headed.section).collect()
}

/// Whether the heading of a section stands over the next one: by its level, or
/// as the section that the next is a part of.
fn stands_over(one: &Headed, next: &Headed) -> bool {
    let by_level = one
        .level
        .is_some_and(|level| next.level.is_none_or(|next| next > level));
    let (name, next) = (&one.section.name, &next.section.name);
    let by_key = next.key.len() > name.key.len() && next.key.starts_with(&name.key);
    let by_subheading =
        next.key == name.key && name.subheading.is_none() && next.subheading.is_some();
    by_level || by_key || by_subheading
}

fn of_heading(name: &SectionName, doubts: Option<Doubts>) -> Option<Paragraph> {
    let text = name.subheading.as_ref().or(name.heading.as_ref())?;
    // A lone letter or number over nothing, as in an index, says nothing.
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (letters > 1).then(|| Paragraph {
        printed_number: None,
        page: None,
        doubts,
        text: text.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headed(key: &str, subheading: Option<&str>, level: Option<u8>, texts: usize) -> Headed {
        let mut name = SectionName::new(key, key, Some(format!("Heading {key}")));
        name.subheading = subheading.map(str::to_owned);
        let paragraph = |_| Paragraph {
            printed_number: None,
            page: None,
            doubts: None,
            text: "Text.".to_owned(),
        };
        Headed {
            section: Section {
                name,
                paragraphs: (0..texts).map(paragraph).collect(),
            },
            level,
            doubts: None,
        }
    }

    #[test]
    fn headings_over_others_are_told_from_headings_over_nothing() {
        for (sections, expected) in [
            // By level: a chapter over a section, and one over nothing.
            (
                vec![
                    headed("a", None, Some(1), 0),
                    headed("b", None, Some(2), 1),
                    headed("c", None, Some(2), 0),
                    headed("d", None, Some(1), 0),
                ],
                vec!["", "Text.", "Heading c", "Heading d"],
            ),
            // A bold line below a heading of a level; two bold lines.
            (
                vec![
                    headed("a", None, Some(3), 0),
                    headed("b", None, None, 0),
                    headed("c", None, None, 1),
                ],
                vec!["", "Heading b", "Text."],
            ),
            // Parts by their keys and subheadings.
            (
                vec![
                    headed("1", None, None, 0),
                    headed("1a", None, None, 0),
                    headed("1a", Some("Prisons"), None, 0),
                    headed("2", None, None, 1),
                ],
                vec!["", "", "Prisons", "Text."],
            ),
        ] {
            let texts: Vec<String> = settled(sections)
                .iter()
                .map(|s| s.paragraphs.iter().map(|p| p.text.as_str()).collect())
                .collect();
            assert_eq!(texts, expected);
        }
    }
}
