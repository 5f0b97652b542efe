//! The headings of a report: which lines open a section, and which one.

use regex::Captures;

use super::narrative::Piece;
use super::profile::{Profile, SectionPattern};
use super::titles::Title;
use crate::format::{Line, LineKind};
use crate::report::{SectionName, Year, slug};
use crate::text::dates;
use crate::text::fold::fold_space;

/// The longest heading, in bytes.
const MAX_HEADING: usize = 200;
/// The longest subheading that is told by its capitals alone, in characters.
const MAX_CAPITALIZED: usize = 150;
/// The most lines of a wrapped subheading.
const MAX_WRAPPED: usize = 3;
/// The most empty lines between the number of a section and its title.
const MAX_BETWEEN: usize = 2;
/// The fewest words of a section's title that is told without number or markup.
const FEWEST_WORDS: usize = 3;

/// Words of more than three letters that titles have in lower case.
const PREPOSITIONS: &[&str] = &[
    "after",
    "against",
    "among",
    "before",
    "between",
    "during",
    "from",
    "including",
    "into",
    "over",
    "than",
    "through",
    "toward",
    "under",
    "upon",
    "with",
    "within",
    "without",
];

/// What a line is to the outline.
#[derive(Debug)]
pub(super) enum Heading<'d> {
    /// Text.
    None,
    /// A heading over the whole text, as a title that no pattern knows.
    OfPage,
    /// The heading of a section.
    Section(Opened<'d>),
}

/// A section that a line opens.
#[derive(Debug)]
pub(super) struct Opened<'d> {
    pub(super) name: SectionName,
    /// The text that comes after the heading in its last line.
    pub(super) rest: &'d str,
    /// How many of the pieces after the line are the rest of the heading.
    pub(super) takes: usize,
    /// Whether the profile knows its name, and markup alone does not tell it.
    is_named: bool,
}

/// What of the numbers of sections the source does not say.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// The headings whose number was told by their title.
    pub(super) told_by_title: Vec<String>,
    /// The headings with a letter that have no number.
    pub(super) without: Vec<String>,
    /// The headings with a letter that stand in another section than their
    /// title is of, each with the number of the section they stand in.
    pub(super) elsewhere: Vec<(String, String)>,
}

/// Finds the headings of one report, line after line.
pub(super) struct Headings<'p> {
    profile: &'p Profile,
    /// The year of the edition.
    year: Option<Year>,
    /// The usual length of a full line, in characters, where lines are wrapped.
    width: Option<usize>,
    /// The number of the section that the lines are in, where sections have
    /// numbers.
    number: Option<String>,
    /// The number that its title has in editions of the year.
    number_of_title: Option<String>,
    /// The section of a key that the lines are in.
    section: Option<SectionName>,
    /// Whether the line before ended a paragraph, or there was none.
    is_apart: bool,
    numbering: Numbering,
}

/// A heading as it is read from its lines.
struct Read<'p, 'd> {
    /// As printed.
    heading: String,
    /// The title as the profile names it, or as printed.
    label: String,
    title: Option<&'p Title>,
    rest: &'d str,
    takes: usize,
}

impl<'p> Headings<'p> {
    /// The headings of an edition; `width` as in [`Layout::Wrapped`].
    ///
    /// [`Layout::Wrapped`]: super::paragraphs::Layout::Wrapped
    pub(super) fn new(profile: &'p Profile, year: Option<Year>, width: Option<usize>) -> Self {
        Headings {
            profile,
            year,
            width,
            number: None,
            number_of_title: None,
            section: None,
            is_apart: true,
            numbering: Numbering::default(),
        }
    }

    /// What of the numbers of sections was not said.
    pub(super) fn numbering(self) -> Numbering {
        self.numbering
    }

    /// What a line is; `after` is what comes after it, `is_first` whether no
    /// text was read before it.
    pub(super) fn of<'d>(
        &mut self,
        line: &'d Line<'d>,
        after: &[Piece<'d>],
        is_first: bool,
    ) -> Heading<'d> {
        let text = line.text.trim();
        let was_apart = self.is_apart;
        self.is_apart = text.is_empty() || text.ends_with(['.', '?', '!', ':', ';', '”', '"']);
        if text.is_empty()
            || text.len() > MAX_HEADING && self.profile.sections.iter().all(|s| s.titles.is_empty())
        {
            return Heading::None;
        }
        let by_markup = line.kind == LineKind::Heading;
        let next = lines(after).next();
        let is_set_apart = was_apart && begins_apart(next);
        let known = self.known(line, after);
        let known = known.or_else(|| self.unnumbered(line, after, is_set_apart));
        if let Some(opened) = known {
            self.is_apart = opened.rest.is_empty();
            self.section = Some(opened.name.clone());
            return Heading::Section(opened);
        }
        if !self.profile.subheadings {
            return match by_markup {
                true if is_first => Heading::OfPage,
                true => own(text),
                false => Heading::None,
            };
        }
        let is_date = || dates::in_words(text).is_some();
        let wrapped = match is_set_apart && !by_markup {
            true => self.wrapped(text, after),
            false => None,
        };
        let goes_on = || wrapped.is_none() && self.goes_on(text, next);
        let by_capitals = || {
            let is_title = wrapped.is_some() || is_capitalized(text);
            is_set_apart && !line.is_link && is_title && !is_date() && !goes_on()
        };
        let mut name = match &self.section {
            None if by_markup && is_first => return Heading::OfPage,
            None if by_markup => {
                let lead = &self.profile.lead;
                SectionName::new(&lead.key, &lead.label, None)
            }
            Some(section) if by_markup || by_capitals() => section.clone(),
            _ => return Heading::None,
        };
        self.is_apart = true;
        let (text, takes) = wrapped.unwrap_or_else(|| (text.to_owned(), 0));
        name.subheading = Some(fold_space(text.trim_end_matches(':')));
        name.repeat = 1;
        Heading::Section(Opened {
            name,
            rest: "",
            takes,
            is_named: false,
        })
    }

    /// A heading in capitals that is wrapped over lines, up to a blank one, with
    /// the number of lines that it takes besides the first.
    fn wrapped(&self, text: &str, after: &[Piece<'_>]) -> Option<(String, usize)> {
        self.width?;
        self.goes_on(text, lines(after).next()).then_some(())?;
        let more: Vec<&str> = lines(after)
            .map(|line| line.text.trim())
            .take(MAX_WRAPPED)
            .take_while(|text| !text.is_empty())
            .collect();
        let heading = [&[text], more.as_slice()].concat().join(" ");
        let fits = (1..MAX_WRAPPED).contains(&more.len()) && is_capitalized(&heading);
        fits.then_some((heading, more.len()))
    }

    /// Whether a line is full and another follows without a blank line: then it
    /// begins a paragraph.
    fn goes_on(&self, text: &str, next: Option<&Line<'_>>) -> bool {
        let next = next.and_then(|next| next.text.split_whitespace().next());
        let length = |word: &str| text.chars().count() + 1 + word.chars().count();
        let width = self.width.unwrap_or(usize::MAX);
        next.is_some_and(|word| length(word) >= width)
    }

    /// The key of the section of the profile that a line opens by a name or
    /// title that the profile knows.
    pub(super) fn key_of<'d>(&mut self, line: &'d Line<'d>, after: &[Piece<'d>]) -> Option<String> {
        let opened = self.known(line, after)?;
        opened.is_named.then_some(opened.name.key)
    }

    /// The section of the profile that a line opens.
    fn known<'d>(&mut self, line: &'d Line<'d>, after: &[Piece<'d>]) -> Option<Opened<'d>> {
        let profile = self.profile;
        // Capture groups are looked at in the line itself, for its rest to be
        // part of it.
        let text = line.text.trim();
        profile.sections.iter().find_map(|section| {
            let captures = section
                .headings
                .iter()
                .find_map(|p| p.regex().captures(text))?;
            self.opened(section, line, &captures, after)
        })
    }

    fn opened<'d>(
        &mut self,
        section: &'p SectionPattern,
        line: &'d Line<'d>,
        captures: &Captures<'d>,
        after: &[Piece<'d>],
    ) -> Option<Opened<'d>> {
        let group = |name: &str| captures.name(name).map(|m| m.as_str());
        let read = match (group("heading"), group("number")) {
            (None, Some(_)) if !section.titles.is_empty() => {
                self.title_behind(section, line, after)?
            }
            (printed, _) => {
                let printed = printed.unwrap_or(line.text.trim());
                title_of(section, line, printed, after)?
            }
        };
        let of_title = read.title.and_then(|title| title.number_in(self.year));
        if section.below {
            self.number_below(&read, of_title)?;
        } else {
            self.number = group("number").map(str::to_owned);
            self.number_of_title = of_title.map(str::to_owned);
        }
        let letter = group("letter").unwrap_or_default().to_lowercase();
        Some(self.open(section, read, &letter))
    }

    fn open<'d>(&self, section: &SectionPattern, read: Read<'_, 'd>, letter: &str) -> Opened<'d> {
        let number = self.number.as_deref().unwrap_or_default();
        let fill = |template: &str| {
            let filled = template
                .replace("{number}", number)
                .replace("{letter}", letter)
                .replace("{heading}", &read.label);
            filled.trim_end().to_owned()
        };
        Opened {
            name: SectionName::new(
                &fill(&section.key),
                &fill(&section.label),
                Some(read.heading),
            ),
            rest: read.rest,
            takes: read.takes,
            is_named: section.titles.is_empty() || read.title.is_some(),
        }
    }

    /// Settles the number of the section that a heading with a letter is in:
    /// the one above it, unless the title is of a later section, whose heading
    /// is then lost; none where neither tells it.
    fn number_below(&mut self, read: &Read<'_, '_>, of_title: Option<&str>) -> Option<()> {
        let Some(number) = &self.number else {
            let Some(told) = of_title else {
                self.numbering.without.push(read.heading.clone());
                return None;
            };
            self.take_number(told, &read.heading);
            return Some(());
        };
        // A section may have another number in this copy than in its year.
        let here = self.number_of_title.as_deref().unwrap_or(number);
        match of_title.map(|told| (told, is_later(told, here))) {
            Some((told, true)) => self.take_number(told, &read.heading),
            Some((told, false)) if told != here => {
                let elsewhere = (read.heading.clone(), number.clone());
                self.numbering.elsewhere.push(elsewhere);
            }
            _ => {}
        }
        Some(())
    }

    fn take_number(&mut self, told: &str, heading: &str) {
        self.number = Some(told.to_owned());
        self.number_of_title = Some(told.to_owned());
        self.numbering.told_by_title.push(heading.to_owned());
    }

    /// The title behind the number of a section that stands in a line of its
    /// own; none where that is no heading but the end of a sentence.
    fn title_behind<'d>(
        &self,
        section: &'p SectionPattern,
        line: &'d Line<'d>,
        after: &[Piece<'d>],
    ) -> Option<Read<'p, 'd>> {
        let number = fold_space(&line.text);
        let is_blank =
            |piece: &&Piece<'_>| matches!(piece, Piece::Line(l) if l.text.trim().is_empty());
        let blank = after.iter().take(MAX_BETWEEN).take_while(is_blank).count();
        if let Some(Piece::Line(behind)) = after.get(blank)
            && !self.is_other(section, behind)
            && let Some(read) = title_of(section, behind, behind.text.trim(), &after[blank + 1..])
        {
            return Some(Read {
                heading: format!("{number} {}", read.heading),
                takes: blank + 1 + read.takes,
                ..read
            });
        }
        (line.kind == LineKind::Heading).then(|| Read {
            heading: number,
            label: String::new(),
            title: None,
            rest: "",
            takes: 0,
        })
    }

    /// Whether a line is a heading of its own, and no title of a section.
    fn is_other(&self, section: &SectionPattern, line: &Line<'_>) -> bool {
        let text = line.text.trim();
        let is = |s: &SectionPattern| s.headings.iter().any(|p| p.regex().is_match(text));
        let others = &self.profile.sections;
        is(section)
            || others
                .iter()
                .filter(|s| s.below || s.titles.is_empty())
                .any(is)
    }

    /// The section whose title stands alone, its number lost.
    fn unnumbered<'d>(
        &mut self,
        line: &'d Line<'d>,
        after: &[Piece<'d>],
        is_set_apart: bool,
    ) -> Option<Opened<'d>> {
        let by_markup = line.kind == LineKind::Heading;
        if !by_markup && !is_set_apart {
            return None;
        }
        let profile = self.profile;
        let text = line.text.trim();
        if text.len() > MAX_HEADING {
            return None;
        }
        let mut numbered = profile
            .sections
            .iter()
            .filter(|s| !s.below && !s.titles.is_empty());
        let (section, read, told) = numbered.find_map(|section| {
            let read = title_of(section, line, text, after)?;
            let told = read.title?.number_in(self.year)?;
            // A line that is only the beginning of a title tells nothing.
            let is_whole = read.title.is_some_and(|title| title.name() == read.label);
            (is_whole && read.rest.is_empty()).then_some((section, read, told))
        })?;
        let before: u32 = self.number.as_deref().unwrap_or("0").parse().ok()?;
        let number: u32 = told.parse().ok()?;
        let fits = match by_markup {
            true => number > before,
            false => number == before + 1 && text.split_whitespace().count() >= FEWEST_WORDS,
        };
        if !fits {
            return None;
        }
        self.take_number(told, &read.heading);
        Some(self.open(section, read, ""))
    }
}

/// The lines of some pieces, to the next title.
fn lines<'a, 'd>(pieces: &'a [Piece<'d>]) -> impl Iterator<Item = &'d Line<'d>> + use<'a, 'd> {
    pieces.iter().map_while(|piece| match piece {
        Piece::Line(line) => Some(*line),
        Piece::Title => None,
    })
}

/// The title of a section that begins in a line with `printed`; none if it is
/// none that is known and markup does not say that it is a heading.
fn title_of<'p, 'd>(
    section: &'p SectionPattern,
    line: &'d Line<'d>,
    printed: &str,
    after: &[Piece<'d>],
) -> Option<Read<'p, 'd>> {
    let text = line.text.trim();
    let as_printed = |title: Option<&'p Title>| Read {
        heading: fold_space(text),
        label: fold_space(printed),
        title,
        rest: "",
        takes: 0,
    };
    if section.titles.is_empty() {
        return Some(as_printed(None));
    }
    let by_markup = line.kind == LineKind::Heading;
    let after_it = lines(after).map(|line| line.text.as_ref());
    let Some(spread) = section.titles.spread(printed, after_it) else {
        let begun = section.titles.begun(printed);
        // `Section 5 of the Penal Code` may be bold, but names no section of
        // this report.
        let may_be_title = by_markup && !printed.starts_with(char::is_lowercase);
        return (may_be_title || begun.is_some()).then(|| as_printed(begun));
    };
    let last = match spread.lines {
        0 => text,
        n => lines(after)
            .nth(n - 1)
            .map_or(text, |line| line.text.trim()),
    };
    // A heading by its markup has no text in it that is not a sentence.
    let rest = last.len().checked_sub(spread.rest);
    let rest = rest.and_then(|at| last.get(at..)).unwrap_or_default();
    let rest = match by_markup && !is_sentence(rest) {
        true => "",
        false => rest,
    };
    let mut heading = text.to_owned();
    for line in lines(after).take(spread.lines) {
        heading.push(' ');
        heading.push_str(line.text.trim());
    }
    heading.truncate(heading.len() - rest.len());
    Some(Read {
        heading: fold_space(&heading),
        label: spread.title.name().to_owned(),
        title: Some(spread.title),
        rest,
        takes: spread.lines,
    })
}

/// Whether a text ends as a sentence does.
fn is_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', ')', '’'])
        .ends_with(['.', '?', '!'])
}

/// Whether a number is higher than another; words are not.
fn is_later(number: &str, than: &str) -> bool {
    let parsed = number.parse::<u32>().ok().zip(than.parse::<u32>().ok());
    parsed.is_some_and(|(number, than)| number > than)
}

/// A section of its own.
fn own(text: &str) -> Heading<'static> {
    let heading = fold_space(text);
    Heading::Section(Opened {
        name: SectionName::new(&slug(&heading), &heading, Some(heading.clone())),
        rest: "",
        takes: 0,
        is_named: false,
    })
}

/// Whether a line looks like a heading by its capitals: `Wage and Hour Laws`.
fn is_capitalized(text: &str) -> bool {
    let is_short = text.chars().count() <= MAX_CAPITALIZED;
    let is_open = text.ends_with(['.', '?', '!', ';', ',', '”', '"']) || text.contains(": ");
    let long_words = |w: &&str| w.chars().count() > 3 && !PREPOSITIONS.contains(w);
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
