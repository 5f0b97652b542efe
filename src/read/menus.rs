//! Lines of a page that are no text of its report: lists of links, links on
//! top, and the lines that a profile drops. What was dropped is counted.

use std::sync::LazyLock;

use regex::Regex;

use super::profile::Profile;
use crate::format::document::characters;
use crate::format::{Dropped, Line, LineKind};
use crate::text::fold::fold_space;

/// The longest entry of a list of links, in bytes.
const MAX_ENTRY: usize = 240;
/// The longest entry without markup, in bytes: a title, and not the first line
/// of a wrapped paragraph.
const MAX_UNMARKED: usize = 60;
/// The fewest words of a sentence, which ends a list of links.
const FEWEST_WORDS: usize = 4;

/// An entry of a list of contents, with dots up to its page.
static LEADERS: LazyLock<Regex> = LazyLock::new(|| {
    // The pattern is a constant; the tests below run it.
    Regex::new(r"(?:\.\s?){4,}\s*[\divx]{1,5}$|…\s*\d{1,4}$").expect("a valid pattern")
});

/// What a line is that is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoText {
    /// A line that may stand inside a paragraph, as a page number does.
    Inside,
    /// A line that stands between paragraphs.
    Between,
}

/// Finds the lines that are no text, one after the other.
pub(super) struct Menus<'p> {
    profile: &'p Profile,
    /// The entries of the list that is open.
    open: Option<Vec<String>>,
    links: u64,
    lines: u64,
}

impl<'p> Menus<'p> {
    pub(super) fn new(profile: &'p Profile) -> Self {
        Menus {
            profile,
            open: None,
            links: 0,
            lines: 0,
        }
    }

    /// Takes a line that is no text; none if it is text. `next` is the line after
    /// it, if it is known; `is_first` says that no
    /// text was read before it.
    pub(super) fn take(
        &mut self,
        line: &Line<'_>,
        next: Option<&Line<'_>>,
        is_first: bool,
    ) -> Option<NoText> {
        let text = line.text.trim();
        if text.is_empty() {
            return None;
        }
        let mut dropped = self.profile.paragraphs.drop_lines.iter();
        if dropped.any(|p| p.regex().is_match(text)) {
            self.lines += characters(text);
            return Some(NoText::Inside);
        }
        let mut heads = self.profile.menu_heads.iter();
        // In the middle of a text such words are a sentence's, unless marked.
        let is_set_apart = text.contains(" | ") || !text.contains(char::is_lowercase);
        let is_marked = line.is_link || line.kind == LineKind::Heading || is_set_apart;
        let may_head = is_first || is_marked;
        let is_head = may_head
            && text.len() <= MAX_ENTRY
            && !is_sentence(text)
            && heads.any(|p| p.regex().is_match(text));
        // Items before the text that are headings of sections list them.
        let is_item =
            |line: &Line<'_>| line.kind == LineKind::Item && self.is_section(line.text.trim());
        let begins = is_first && is_item(line) && next.is_some_and(is_item);
        if is_head || begins && self.open.is_none() {
            self.open = Some(Vec::new());
        }
        let is_entry = is_head || has_leaders(text) || self.is_entry(line);
        if !is_entry {
            self.open = None;
        }
        let is_link = is_first && line.is_link && line.kind != LineKind::Heading;
        let is_taken = is_entry || is_link && !is_sentence(text);
        if is_taken {
            self.links += characters(text);
        }
        is_taken.then_some(NoText::Between)
    }

    /// Whether a line is an entry of the list that is open, which a heading, a
    /// sentence, or the first heading of the text itself ends.
    fn is_entry(&mut self, line: &Line<'_>) -> bool {
        if self.open.is_none() {
            return false;
        }
        let text = fold_space(&line.text);
        let is_section = self.is_section(&text);
        let Some(entries) = &mut self.open else {
            return false;
        };
        let is_marked = line.is_link || line.kind == LineKind::Item;
        let is_over = match line.kind {
            LineKind::Heading => true,
            _ => !is_marked && (is_sentence(&text) || entries.contains(&text)),
        };
        let most = match is_marked || is_section {
            true => MAX_ENTRY,
            false => MAX_UNMARKED,
        };
        if is_over || text.len() > most {
            return false;
        }
        entries.push(text);
        true
    }

    /// Whether a text is the heading of a section.
    fn is_section(&self, text: &str) -> bool {
        let mut headings = self.profile.sections.iter().flat_map(|s| &s.headings);
        headings.any(|p| p.regex().is_match(text))
    }

    /// What was dropped.
    pub(super) fn dropped(self) -> Vec<Dropped> {
        let counted = [
            ("lists of links", self.links),
            ("lines of the page", self.lines),
        ];
        let counted = counted
            .into_iter()
            .filter(|(_, characters)| *characters > 0);
        let dropped = counted.map(|(what, characters)| Dropped {
            what: what.to_owned(),
            characters,
        });
        dropped.collect()
    }
}

fn has_leaders(text: &str) -> bool {
    // Most lines do not end with a number.
    let has_dots = || text.contains("..") || text.contains(". .") || text.contains('…');
    text.ends_with(|c: char| c.is_ascii_digit() || "ivx".contains(c))
        && has_dots()
        && LEADERS.is_match(text)
}

fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', '?', '!', '”', '"']) && text.split_whitespace().count() >= FEWEST_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Profiles;

    fn of(text: &'static str, kind: LineKind, is_link: bool) -> Line<'static> {
        Line {
            kind,
            is_link,
            ..Line::text(1, text)
        }
    }

    fn kept(lines: &[Line<'static>]) -> (Vec<String>, Vec<Dropped>) {
        // The built-in profile is there.
        let mut menus = Menus::new(Profiles::built_in().get("hrr").unwrap());
        let mut kept: Vec<String> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let next = lines.get(at + 1);
            if menus.take(line, next, kept.is_empty()).is_none() {
                kept.push(line.text.to_string());
            }
        }
        (kept, menus.dropped())
    }

    #[test]
    fn lists_of_links_end_where_the_text_begins() {
        use LineKind::{Heading, Item, Text};
        let lines = [
            of("On This Page", Heading, false),
            of("Executive Summary", Item, true),
            of("Section 1. Life", Item, true),
            of("Download [127 KB]", Text, true),
            of("EXECUTIVE SUMMARY", Heading, false),
            of("Wages were low in the salt pans.", Text, false),
            of("Salt pans", Text, true),
        ];
        let (kept, dropped) = kept(&lines);
        assert_eq!(
            kept,
            [
                "EXECUTIVE SUMMARY",
                "Wages were low in the salt pans.",
                "Salt pans"
            ]
        );
        assert_eq!(dropped.len(), 2);
    }

    #[test]
    fn lists_of_contents_without_links_end_where_the_text_begins() {
        let long = "c. Torture and Other Cruel, Inhuman, or Degrading Treatment or Punishment";
        let lines = [
            ("Contents", LineKind::Heading),
            ("Executive Summary", LineKind::Text),
            ("b. Disappearance ...... 4", LineKind::Text),
            (long, LineKind::Text),
            ("Executive Summary", LineKind::Text),
            (long, LineKind::Text),
        ];
        let lines = lines.map(|(text, kind)| of(text, kind, false));
        assert_eq!(kept(&lines).0, ["Executive Summary", long]);
    }

    #[test]
    fn items_that_list_the_sections_are_no_text() {
        let lines = [
            ("Executive Summary", LineKind::Item),
            ("b. Disappearance", LineKind::Item),
            ("Executive Summary", LineKind::Heading),
            ("Wages were low in the salt pans.", LineKind::Item),
        ];
        let lines = lines.map(|(text, kind)| of(text, kind, false));
        let expected = ["Executive Summary", "Wages were low in the salt pans."];
        assert_eq!(kept(&lines).0, expected);
    }

    #[test]
    fn lists_without_markup_end_where_their_first_entry_comes_again() {
        let lines = [
            "On This Page",
            "Executive Summary",
            "Section 1. Life",
            "Executive Summary",
            "Wages were low in the salt pans.",
        ];
        let lines = lines.map(|text| of(text, LineKind::Text, false));
        let (kept, _) = kept(&lines);
        assert_eq!(
            kept,
            ["Executive Summary", "Wages were low in the salt pans."]
        );
    }

    #[test]
    fn links_to_other_parts_stand_below_the_text_too() {
        let lines = [
            "Wages were low in the salt pans.",
            "READ A SECTION: MAINLAND (ABOVE) | ISLANDS",
            "In this section of the coast wages were low.",
        ];
        let lines = lines.map(|text| of(text, LineKind::Text, false));
        let (kept, _) = kept(&lines);
        assert_eq!(
            kept,
            [
                "Wages were low in the salt pans.",
                "In this section of the coast wages were low."
            ]
        );
    }

    #[test]
    fn links_are_text_once_there_is_text() {
        let lines = [
            of("Hong Kong", LineKind::Text, true),
            of(
                "The ministry tells it in its report of the year.",
                LineKind::Text,
                true,
            ),
        ];
        let (kept, _) = kept(&lines);
        assert_eq!(kept.len(), 1);
    }
}
