//! Where in a document the reports begin: title lines, the heads of groups of
//! countries, and countries' names alone on a line.

use super::facts::{Facts, bare_name, captured, is_part_of};
use super::profile::{GroupLine, Profile};
use crate::format::{Document, Line, LineKind};
use crate::report::{FactSource, Tier};
use crate::text::fold::fold_space;

/// Within how many lines with text a line must stand to tell the series.
const TITLE_WITHIN: usize = 40;
/// Within how many lines after a title without a country its name may stand.
const COUNTRY_WITHIN: usize = 10;
/// Within how many lines what must follow on a bare name does.
const AFTER_NAME_WITHIN: usize = 3;
/// The longest title line, in bytes.
const MAX_TITLE: usize = 240;

/// A line of a narrative.
#[derive(Debug, Clone)]
pub(super) enum Piece<'d> {
    /// A line of text.
    Line(&'d Line<'d>),
    /// A title line stood here, which ends a paragraph.
    Title,
}

/// The lines of one report.
#[derive(Debug, Default, Clone)]
pub(super) struct Narrative<'d> {
    pub(super) facts: Facts,
    pub(super) pieces: Vec<Piece<'d>>,
}

impl Narrative<'_> {
    fn has_text(&self) -> bool {
        let has = |p: &Piece<'_>| matches!(p, Piece::Line(line) if !line.text.trim().is_empty());
        self.pieces.iter().any(has)
    }
}

/// A document as one profile sees it.
#[derive(Debug, Default)]
pub(super) struct Narratives<'d> {
    /// Whether a line among the first tells that it is of the series.
    pub(super) is_of_series: bool,
    /// What is true of all its reports.
    pub(super) facts: Facts,
    /// The lines before the first report and outside all of them.
    pub(super) front: Vec<Piece<'d>>,
    pub(super) list: Vec<Narrative<'d>>,
}

/// Finds the reports of a document. What its title and its first lines tell is
/// taken where they stand, before any paragraph is joined.
pub(super) fn find<'d>(profile: &Profile, document: &'d Document<'d>) -> Narratives<'d> {
    let mut finder = Finder {
        profile,
        found: Narratives::default(),
        group: None,
        lines_with_text: 0,
        untitled_since: None,
        is_between: false,
    };
    if let Some(title) = &document.metadata.title {
        finder.title(&fold_space(title), None);
    }
    let lines = &document.lines;
    let mut at = 0;
    while at < lines.len() {
        at += finder.line(lines, at);
    }
    finder.found
}

struct Finder<'p, 'd> {
    profile: &'p Profile,
    found: Narratives<'d>,
    /// The head of the group of reports that the lines are in.
    group: Option<&'p GroupLine>,
    lines_with_text: usize,
    /// At which line a title without a country stood.
    untitled_since: Option<usize>,
    /// Whether the last report has ended and no other begun.
    is_between: bool,
}

impl<'d> Finder<'_, 'd> {
    /// Takes the line at a place; gives how many lines that were.
    fn line(&mut self, lines: &'d [Line<'d>], at: usize) -> usize {
        let line = &lines[at];
        if line.text.trim().is_empty() {
            self.push(Piece::Line(line));
            return 1;
        }
        self.lines_with_text += 1;
        if line.text.len() > MAX_TITLE {
            self.push(Piece::Line(line));
            return 1;
        }
        let text = fold_space(&line.text);
        let mut next = lines[at + 1..].iter().zip(at + 1..);
        let next = next.find(|(l, _)| !l.text.trim().is_empty());
        let next = next.map(|(l, at)| (fold_space(&l.text), at));
        let taken = self.group_line(&text).then_some(1).or_else(|| {
            let next_text = next.as_ref().map(|(text, _)| text.as_str());
            let has_next = self.title(&text, next_text)?;
            Some(match (has_next, &next) {
                (true, Some((_, next))) => next - at + 1,
                _ => 1,
            })
        });
        if let Some(taken) = taken {
            return taken;
        }
        if self.tier_line(&text) || self.name_alone(&text, line.kind, &lines[at + 1..]) {
            return 1;
        }
        self.push(Piece::Line(line));
        1
    }

    fn push(&mut self, piece: Piece<'d>) {
        match self.found.list.last_mut() {
            Some(narrative) if !self.is_between => narrative.pieces.push(piece),
            _ => self.found.front.push(piece),
        }
    }

    fn is_first(&self) -> bool {
        self.lines_with_text <= TITLE_WITHIN
    }

    /// Takes the head of a group; whether the line is one.
    fn group_line(&mut self, text: &str) -> bool {
        let groups = self.profile.group_lines.iter();
        let found = groups
            .filter_map(|g| Some((g, g.pattern.regex().captures(text)?)))
            .find_map(|(g, c)| Some((g, captured(self.profile, &c, FactSource::Heading)?)));
        let Some((group, facts)) = found else {
            return false;
        };
        self.found.is_of_series |= group.identifies && self.is_first();
        self.found.facts.complete(Facts {
            country: None,
            ..facts
        });
        self.group = Some(group);
        self.is_between |= self.found.list.last().is_some_and(Narrative::has_text);
        self.push(Piece::Title);
        true
    }

    /// Takes a title line; whether it is one, and takes the next with it.
    fn title(&mut self, text: &str, next: Option<&str>) -> Option<bool> {
        let profile = self.profile;
        let (title, mut facts) = profile.title_lines.iter().find_map(|title| {
            let captures = title.pattern.regex().captures(text)?;
            let mut facts = captured(profile, &captures, FactSource::Heading)?;
            if let Some(pattern) = &title.next {
                let captures = pattern.regex().captures(next?)?;
                facts.complete(captured(profile, &captures, FactSource::Heading)?);
            }
            Some((title, facts))
        })?;
        self.found.is_of_series |= title.identifies && self.is_first();
        if facts.country.is_some() {
            self.begin(facts);
        } else {
            if self.found.list.is_empty() {
                self.untitled_since = Some(self.lines_with_text);
            }
            facts.tier = None;
            self.found.facts.complete(facts);
            self.push(Piece::Title);
        }
        Some(title.next.is_some())
    }

    /// Begins the report of a country, unless it is the one that is open or a
    /// part of it.
    fn begin(&mut self, facts: Facts) {
        self.untitled_since = None;
        if self.stands_over_open(&facts) {
            return;
        }
        self.is_between = false;
        self.found.list.push(Narrative {
            facts,
            pieces: Vec::new(),
        });
    }

    /// Whether a title is another of the report that is open, which takes it.
    fn stands_over_open(&mut self, facts: &Facts) -> bool {
        let (Some(open), Some(country)) = (self.found.list.last_mut(), &facts.country) else {
            return false;
        };
        if self.is_between {
            return false;
        }
        let Some(of_open) = &open.facts.country else {
            return false;
        };
        // The title with the tier is the report's own: what stands before it
        // is the page's.
        let is_own = facts.tier.is_some() && open.facts.tier.is_none();
        if of_open.iso3 == country.iso3 {
            if is_own {
                self.found.front.append(&mut open.pieces);
            }
            open.facts.complete(facts.clone());
        } else if is_own && !open.has_text() {
            let of_page = std::mem::replace(&mut open.facts, facts.clone());
            open.facts.complete(of_page);
        } else if !is_part_of(country, of_open) {
            return false;
        }
        open.pieces.push(Piece::Title);
        true
    }

    /// Takes a line that is the tier and no more; whether it is one.
    fn tier_line(&mut self, text: &str) -> bool {
        let lines = &self.profile.tier.lines;
        let found = Facts::found(self.profile, lines, text, FactSource::Heading);
        let Some(facts) = found else { return false };
        let is_first = self.is_first();
        match self.found.list.last_mut() {
            Some(open) if !open.has_text() => open.facts.complete(facts),
            None if is_first => self.found.facts.complete(facts),
            _ => return false,
        }
        self.push(Piece::Title);
        true
    }

    /// Takes a country's name alone on a line where it begins a report or
    /// stands over the one that is open; whether it does.
    fn name_alone(&mut self, text: &str, kind: LineKind, after: &[Line<'_>]) -> bool {
        let profile = self.profile;
        let knows_names = !profile.after_bare_name.is_empty() || !profile.group_lines.is_empty();
        let Some(country) = knows_names.then(|| bare_name(text)).flatten() else {
            return false;
        };
        let open = self.found.list.last();
        if open
            .and_then(|n| n.facts.country.as_ref())
            .is_some_and(|c| c.iso3 == country.iso3)
        {
            // Over its own text, or as a heading of the page.
            let is_head = kind == LineKind::Heading || !open.is_some_and(Narrative::has_text);
            if is_head {
                self.push(Piece::Title);
            }
            return is_head;
        }
        let of_open = open.and_then(|n| n.facts.country.as_ref());
        if of_open.is_some_and(|whole| is_part_of(&country, whole)) {
            // Over the part of a report of two countries.
            self.push(Piece::Title);
            return true;
        }
        let is_awaited = self
            .untitled_since
            .is_some_and(|since| self.lines_with_text - since <= COUNTRY_WITHIN);
        let is_followed = || {
            let followers = after.iter().map(|l| fold_space(&l.text));
            followers
                .filter(|t| !t.is_empty())
                .take(AFTER_NAME_WITHIN)
                .any(|t| {
                    profile
                        .after_bare_name
                        .iter()
                        .any(|p| p.regex().is_match(&t))
                })
        };
        let group = self.group.filter(|g| g.bare_names);
        if !is_awaited && group.is_none() && !is_followed() {
            return false;
        }
        let tier: Option<Tier> = group.and_then(|g| g.tier);
        self.begin(Facts {
            country: Some(country),
            tier,
            tier_source: tier.map(|_| FactSource::Heading),
            ..Facts::default()
        });
        true
    }
}
