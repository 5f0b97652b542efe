//! The headings of a report: which lines open a section, and which one.

use regex::Captures;

use super::profile::{Profile, SectionPattern};
use super::titles::Found;
use crate::format::{Line, LineKind};
use crate::report::{SectionName, slug};
use crate::text::fold::fold_space;

/// The longest heading, in bytes.
const MAX_HEADING: usize = 200;
/// The longest subheading that is told by its capitals alone, in characters.
const MAX_CAPITALIZED: usize = 90;

/// What a line is to the outline.
#[derive(Debug)]
pub(super) enum Heading<'l> {
    /// Text.
    None,
    /// A heading over the whole text, as a title that no pattern knows.
    OfPage,
    /// The heading of a section.
    Section(Opened<'l>),
}

/// A section that a line opens.
#[derive(Debug)]
pub(super) struct Opened<'l> {
    pub(super) name: SectionName,
    /// The text that comes after the heading in its line.
    pub(super) rest: &'l str,
    /// Whether the next line is the end of the heading.
    pub(super) takes_next: bool,
}

/// Finds the headings of one report, line after line.
pub(super) struct Headings<'p> {
    profile: &'p Profile,
    /// The number of the section that the lines are in, where sections have
    /// numbers.
    number: Option<String>,
    /// The section of a key that the lines are in.
    section: Option<SectionName>,
    /// Whether the line before ended a paragraph, or there was none.
    is_apart: bool,
}

impl<'p> Headings<'p> {
    pub(super) fn new(profile: &'p Profile) -> Self {
        Headings {
            profile,
            number: None,
            section: None,
            is_apart: true,
        }
    }

    /// What a line is; `next` is the line after it, `is_first` whether no text
    /// was read before it.
    pub(super) fn of<'l>(
        &mut self,
        line: &'l Line<'_>,
        next: Option<&Line<'_>>,
        is_first: bool,
    ) -> Heading<'l> {
        let text = line.text.trim();
        let was_apart = self.is_apart;
        self.is_apart = text.is_empty() || text.ends_with(['.', '?', '!', ':', ';', '”', '"']);
        if text.is_empty()
            || text.len() > MAX_HEADING && self.profile.sections.iter().all(|s| s.titles.is_empty())
        {
            return Heading::None;
        }
        if let Some(opened) = self.known(line, next) {
            self.is_apart = opened.rest.is_empty();
            self.section = Some(opened.name.clone());
            return Heading::Section(opened);
        }
        let by_markup = line.kind == LineKind::Heading;
        if !self.profile.subheadings {
            return match by_markup {
                true if is_first => Heading::OfPage,
                true => own(text),
                false => Heading::None,
            };
        }
        let is_set_apart = was_apart && is_capitalized(text) && begins_apart(next);
        match &self.section {
            Some(section) if by_markup || is_set_apart => {
                self.is_apart = true;
                let mut name = section.clone();
                name.subheading = Some(fold_space(text));
                name.repeat = 1;
                Heading::Section(Opened {
                    name,
                    rest: "",
                    takes_next: false,
                })
            }
            Some(_) => Heading::None,
            None if by_markup && is_first => Heading::OfPage,
            None if by_markup => own(text),
            None => Heading::None,
        }
    }

    /// The section of the profile that a line opens.
    fn known<'l>(&mut self, line: &'l Line<'_>, next: Option<&Line<'_>>) -> Option<Opened<'l>> {
        let profile = self.profile;
        // Capture groups are looked at in the line itself, for its rest to be
        // part of it.
        let text = line.text.trim();
        profile.sections.iter().find_map(|section| {
            if section.below && self.number.is_none() {
                return None;
            }
            let captures = section
                .headings
                .iter()
                .find_map(|p| p.regex().captures(text))?;
            self.opened(section, line, &captures, next)
        })
    }

    fn opened<'l>(
        &mut self,
        section: &SectionPattern,
        line: &'l Line<'_>,
        captures: &Captures<'l>,
        next: Option<&Line<'_>>,
    ) -> Option<Opened<'l>> {
        let text = line.text.trim();
        let group = |name: &str| captures.name(name).map(|m| m.as_str());
        let printed = group("heading").unwrap_or(text);
        let mut heading = fold_space(text);
        let mut label = fold_space(printed);
        let mut rest = "";
        let mut takes_next = false;
        if !section.titles.is_empty() {
            let wrapped = next.map(|next| format!("{printed} {}", next.text.trim()));
            match section.titles.find(printed) {
                Some(Found::Heading(name, after)) => {
                    heading = fold_space(text[..text.len() - after.len()].trim_end());
                    (label, rest) = (name.to_owned(), after);
                }
                Some(Found::Begun) => {
                    let whole = wrapped.as_deref().and_then(|w| section.titles.find(w));
                    if let Some(Found::Heading(name, "")) = whole {
                        heading =
                            fold_space(&format!("{text} {}", next.map_or("", |n| n.text.trim())));
                        (label, takes_next) = (name.to_owned(), true);
                    }
                }
                None if line.kind == LineKind::Heading => {}
                None => return None,
            }
        }
        if !section.below {
            self.number = group("number").map(str::to_owned);
        }
        let number = self.number.clone().unwrap_or_default();
        let letter = group("letter").unwrap_or_default().to_lowercase();
        let fill = |template: &str| {
            template
                .replace("{number}", &number)
                .replace("{letter}", &letter)
                .replace("{heading}", &label)
        };
        Some(Opened {
            name: SectionName::new(&fill(&section.key), &fill(&section.label), Some(heading)),
            rest,
            takes_next,
        })
    }
}

fn own(text: &str) -> Heading<'static> {
    let heading = fold_space(text);
    Heading::Section(Opened {
        name: SectionName::new(&slug(&heading), &heading, Some(heading.clone())),
        rest: "",
        takes_next: false,
    })
}

/// Whether a line looks like a heading by its capitals: `Wage and Hour Laws`.
fn is_capitalized(text: &str) -> bool {
    let is_short = text.chars().count() <= MAX_CAPITALIZED;
    let is_open = text.ends_with(['.', '?', '!', ':', ';', ',', '”', '"']);
    let long_words = |w: &&str| w.chars().count() > 3;
    is_short
        && !is_open
        && text.starts_with(char::is_uppercase)
        && text.split_whitespace().any(|w| long_words(&w))
        && text.split_whitespace().filter(long_words).all(|w| {
            w.trim_start_matches(['(', '“', '"'])
                .starts_with(|c: char| !c.is_lowercase())
        })
}

/// Whether a line can be the first of a paragraph.
fn begins_apart(next: Option<&Line<'_>>) -> bool {
    next.is_none_or(|next| !next.text.trim().starts_with(char::is_lowercase))
}
