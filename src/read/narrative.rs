//! Where in a document the reports begin: title lines, the heads of groups of
//! countries, and countries' names alone on a line.

use super::facts::{Facts, bare_name, captured, is_part_of};
use super::profile::{GroupLine, Profile};
use crate::format::document::characters;
use crate::format::{Document, Line, LineKind};
use crate::report::{FactSource, PrintedCountry, Tier};
use crate::text::fold::fold_space;

/// Within how many lines with text a line must stand to tell the series.
const TITLE_WITHIN: usize = 40;
/// Within how many lines after a title without a country its name may stand.
const COUNTRY_WITHIN: usize = 10;
/// Within how many lines what must follow on a bare name does.
const AFTER_NAME_WITHIN: usize = 3;
/// A line of fewer bytes may be part of a page's banner.
const LEAST_PROSE: usize = 100;
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
        self.pieces.iter().any(Piece::is_text)
    }

    /// Whether its text has begun. What the head of a page names may still have
    /// the banner of the page before its title.
    fn has_begun(&self) -> bool {
        match self.facts.country_source {
            Some(FactSource::Embedded) => self.pieces.iter().any(Piece::is_prose),
            _ => self.has_text(),
        }
    }
}

impl Piece<'_> {
    fn is_text(&self) -> bool {
        matches!(self, Piece::Line(line) if !line.text.trim().is_empty())
    }

    fn is_sentence(&self) -> bool {
        matches!(self, Piece::Line(line) if line.text.trim_end().ends_with('.'))
    }

    fn is_prose(&self) -> bool {
        matches!(self, Piece::Line(line) if line.text.len() >= LEAST_PROSE)
    }
}

/// A document as one profile sees it.
#[derive(Debug, Default)]
pub(super) struct Narratives<'d> {
    /// Whether a line among the first tells that it is of the series.
    pub(super) is_of_series: bool,
    /// Whether a line tells so if the text has the evidence of it.
    pub(super) may_be_of_series: bool,
    /// What is true of all its reports.
    pub(super) facts: Facts,
    /// The lines before the first report and outside all of them.
    pub(super) front: Vec<Piece<'d>>,
    pub(super) list: Vec<Narrative<'d>>,
    /// What of it contradicts itself, in words.
    pub(super) remarks: Vec<String>,
    /// How much text its title lines have, in characters.
    pub(super) titles: u64,
}

/// Finds the reports of a document. What its title and its first lines tell is
/// taken where they stand, before any paragraph is joined.
///
/// `page` is what its address or name tells. If that is country and year, or a
/// title line says both, the document is one report, and no name of a country
/// begins another.
pub(super) fn find<'d>(
    profile: &Profile,
    document: &'d Document<'d>,
    page: &Facts,
) -> Narratives<'d> {
    let mut finder = Finder {
        profile,
        page: page.name_an_edition().then_some(page),
        is_titled: false,
        found: Narratives::default(),
        group: None,
        lines_with_text: 0,
        untitled_since: None,
        is_between: false,
    };
    if let Some(title) = &document.metadata.title {
        finder.title(&fold_space(title), None, None);
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
    /// The edition that the document is, where its address or name tells it.
    page: Option<&'p Facts>,
    /// Whether a title line told country and year.
    is_titled: bool,
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
        // A link leads to another page, and says nothing of this one; but a
        // heading may be a link that unfolds what is below it.
        let is_heading = line.kind == LineKind::Heading;
        let is_headline = is_heading && line.level == Some(1);
        let is_lone_link = line.is_link && !is_headline;
        if is_lone_link && !(is_heading && self.is_title_of_open(&fold_space(&line.text))) {
            self.push(Piece::Line(line));
            return 1;
        }
        let taken = self.group_line(&text).then_some(1).or_else(|| {
            let next_text = next.as_ref().map(|(text, _)| text.as_str());
            let has_next = self.title(&text, next_text, Some(line))?;
            Some(match (has_next, &next) {
                (true, Some((_, next))) => next - at + 1,
                _ => 1,
            })
        });
        if let Some(taken) = taken {
            let titles = lines[at..].iter().take(taken);
            self.found.titles += titles.map(|line| characters(&line.text)).sum::<u64>();
            return taken;
        }
        if self.tier_line(&text) || self.name_alone(&text, line, &lines[at + 1..]) {
            self.found.titles += characters(&line.text);
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

    /// Whether no text of a report was read yet, since it or the page began.
    fn is_on_top(&self) -> bool {
        match self.found.list.last() {
            Some(open) => !self.is_between && !open.has_begun(),
            None => self.is_first(),
        }
    }

    /// Whether a line is a title of the report that is open, or of the page.
    fn is_title_of_open(&self, text: &str) -> bool {
        let patterns = self.profile.title_lines.iter().map(|title| &title.pattern);
        let facts = Facts::found(self.profile, patterns, text, FactSource::Heading);
        let Some(country) = facts.and_then(|facts| facts.country) else {
            return false;
        };
        let open = self.found.list.last().map(|open| &open.facts);
        let countries = [open, self.page].into_iter().flatten();
        let mut countries = countries.filter_map(|facts| facts.country.as_ref());
        countries.any(|known| known.iso3 == country.iso3)
    }

    /// Whether all of the document is one report.
    fn is_one(&self) -> bool {
        let is_group_of_names = self.group.is_some_and(|group| group.bare_names);
        self.page.is_some() || self.is_titled && !is_group_of_names
    }

    /// Whether facts are of another edition than the page.
    fn is_elsewhere(&self, facts: &Facts) -> bool {
        let Some(page) = self.page else { return false };
        let is_other_country = match (&page.country, &facts.country) {
            (Some(of_page), Some(country)) => of_page.iso3 != country.iso3,
            _ => false,
        };
        is_other_country || facts.year.is_some_and(|year| page.year != Some(year))
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
    /// There is no line where the head of the document says it.
    fn title(&mut self, text: &str, next: Option<&str>, line: Option<&Line<'_>>) -> Option<bool> {
        let profile = self.profile;
        let source = match line {
            Some(_) => FactSource::Heading,
            None => FactSource::Embedded,
        };
        let is_on_top = line.is_none() || self.is_on_top();
        let mut titles = profile
            .title_lines
            .iter()
            .filter(|t| is_on_top || !t.on_top);
        let (title, mut facts) = titles.find_map(|title| {
            let captures = title.pattern.regex().captures(text)?;
            let mut facts = captured(profile, &captures, source)?;
            if let Some(pattern) = &title.next {
                let captures = pattern.regex().captures(next?)?;
                facts.complete(captured(profile, &captures, source)?);
            }
            Some((title, facts))
        })?;
        if facts.country.is_some() && !is_on_top && self.is_elsewhere(&facts) {
            // It names another report, as a list of those before it does.
            return None;
        }
        self.found.is_of_series |= title.identifies && self.is_first();
        self.found.may_be_of_series |= title.with_evidence && self.is_first();
        if facts.country.is_some() {
            self.is_titled |= title.identifies && facts.name_an_edition();
            self.begin(facts);
        } else {
            if self.found.list.is_empty() {
                self.untitled_since = Some(self.lines_with_text);
            }
            facts.tier = None;
            if let Some(open) = self.found.list.last_mut().filter(|_| is_on_top) {
                open.facts.complete(facts.clone());
            }
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
        let is_other_year = match (open.facts.year, facts.year) {
            (Some(of_open), Some(year)) => of_open != year && open.has_text(),
            _ => false,
        };
        if is_other_year {
            return false;
        }
        let is_of_head = open.facts.country_source == Some(FactSource::Embedded);
        if is_of_head && !open.has_begun() {
            // What the page shows goes before what its head says.
            if of_open.iso3 != country.iso3 {
                self.found.remarks.push(format!(
                    "its metadata names {}, its heading {}; the heading stands",
                    of_open.printed, country.printed
                ));
            }
            self.found.front.append(&mut open.pieces);
            let of_head = std::mem::replace(&mut open.facts, facts.clone());
            open.facts.complete(of_head);
        } else if of_open.iso3 == country.iso3 {
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
    fn name_alone(&mut self, text: &str, line: &Line<'_>, after: &[Line<'_>]) -> bool {
        let profile = self.profile;
        let knows_names = !profile.after_bare_name.is_empty() || !profile.group_lines.is_empty();
        let Some(country) = knows_names.then(|| bare_name(text)).flatten() else {
            return false;
        };
        let is_heading = line.kind == LineKind::Heading;
        let open = self.found.list.last();
        if open
            .and_then(|n| n.facts.country.as_ref())
            .is_some_and(|c| c.iso3 == country.iso3)
        {
            // Over its own text, or as a heading of the page.
            let is_head = is_heading || !open.is_some_and(Narrative::has_text);
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
        let is_followed = || follows(profile, after);
        if self.is_one() {
            let of_page = self.page.and_then(|page| page.country.as_ref());
            let is_of_page = of_page.is_some_and(|c| c.iso3 == country.iso3);
            // A heading under text is a part of it.
            let is_headline = is_heading && !self.found.front.iter().any(Piece::is_sentence);
            if is_of_page && open.is_none() && self.is_first() && (is_headline || is_followed()) {
                self.begin(named(country, None));
                return true;
            }
            // The name of a part, or of a page beside it, above the text.
            let is_above = match open {
                Some(open) => !open.has_text(),
                None => is_headline && self.is_first(),
            };
            if is_above {
                self.push(Piece::Title);
            }
            return is_above;
        }
        let is_awaited = self
            .untitled_since
            .is_some_and(|since| self.lines_with_text - since <= COUNTRY_WITHIN);
        let group = self.group.filter(|g| g.bare_names);
        if !is_awaited && group.is_none() && !is_followed() {
            return false;
        }
        self.begin(named(country, group.and_then(|g| g.tier)));
        true
    }
}

/// What a country's name alone on a line says, in a group of some tier.
fn named(country: PrintedCountry, tier: Option<Tier>) -> Facts {
    Facts {
        country: Some(country),
        country_source: Some(FactSource::Heading),
        tier,
        tier_source: tier.map(|_| FactSource::Heading),
        ..Facts::default()
    }
}

/// Whether what follows on a bare name where it begins a report does.
fn follows(profile: &Profile, after: &[Line<'_>]) -> bool {
    let lines = after.iter().map(|l| fold_space(&l.text));
    let mut near = lines.filter(|t| !t.is_empty()).take(AFTER_NAME_WITHIN);
    near.any(|text| {
        let mut patterns = profile.after_bare_name.iter();
        patterns.any(|p| p.regex().is_match(&text))
    })
}
