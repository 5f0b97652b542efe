//! What the first lines of a document say of it: title, date, number, names.
//! They are believed only where they say nothing else, as a line that is a date
//! and no more: a date that may be another is none.

mod date;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use regex::Regex;

use super::number_mark::Mark;
use super::paragraphs::{Layout, is_finished};
use super::profile::{CoverRules, Pattern, Profile};
use crate::format::{Document, Line, LineKind};
use crate::text::dates;
use crate::text::fold::fold_space;

/// How many lines with text a cover has at most.
const MOST: usize = 40;
/// How long a line of a cover is at most, in characters: a longer one is the
/// first paragraph of the text.
const LONG: usize = 200;
/// The same for a line that does not end like a sentence: titles are long.
const LONG_TITLE: usize = 300;
/// The most headings that a title is split over.
const MOST_TITLE_HEADINGS: usize = 3;
/// Words that a title does not end with.
const OPEN_WORDS: [&str; 8] = ["and", "by", "for", "in", "of", "on", "the", "to"];
/// The fewest characters of a title of one word that is not an abbreviation.
const SHORT_TITLE: usize = 12;
/// The most lines of a title.
const MOST_TITLE_LINES: usize = 6;
/// How long a line is at most that is looked at for a mark of a series.
const MAX_MARK: usize = 160;
/// How many of the first and of the last lines are looked at for marks.
const MARKS_WITHIN: (usize, usize) = (80, 40);

/// The signs that divide the parts of a line.
const SIGNS: [&str; 4] = [" | ", " · ", " • ", " / "];

/// The parts of a document that its first lines make.
pub(super) struct Cover<'d> {
    document: &'d Document<'d>,
    units: Vec<Unit>,
    heads: Vec<String>,
}

/// A line of the cover.
struct Unit {
    text: String,
    kind: LineKind,
    level: Option<u8>,
    /// Where it stands among the lines.
    at: usize,
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:report|document|publication|paper|working paper|discussion paper|doc\.?|symbol)\s*(?:no\.?|number|nº|n°|symbol)?\s*[:#]\s*(?<symbol>[A-Z0-9][A-Z0-9./()–-]{1,40})$|^(?i:report|document|publication|working paper)\s+(?i:no\.?|number)\s*(?<other>[A-Z0-9][A-Z0-9./()–-]{1,40})$",
    )
});
static SYMBOL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:United Nations\s+)?(?<symbol>(?:A|E|S|ST|T|CEDAW|CERD|CCPR|CAT|CRC|CRPD|CMW|CED|HRI|DP|TD|UNEP|FCCC)(?:/[A-Za-z0-9.()-]+)+)\s*\**$",
    )
});
static AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:authors?|auteurs?|autor(?:es|as?)?|prepared by|written by)\s*:\s*(?<name>\p{L}.{2,100})$",
    )
});
static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^By (?<name>\p{Lu}[\p{L}.’'-]+(?: \p{Lu}[\p{L}.’'-]*){1,3}(?:(?:,| and|, and) \p{Lu}[\p{L}.’'-]+(?: \p{Lu}[\p{L}.’'-]*){1,3})*)$",
    )
});
static PUBLISHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:published by|publisher|publié par|éditeur|publicado por)\s*:?\s+(?<name>\p{L}.{2,80})$",
    )
});
/// The caption of a table or picture.
static CAPTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^(?:exhibit|table|figure|fig\.|chart|box|map|annex|appendix)\s+[\dIVX]+\b")
});
/// The name of an institution, which heads covers.
static INSTITUTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:the |u\.? ?s\.? |united |state |federal |national |royal |republic |government |executive )*(?:states|nations|kingdom|department|ministry|office|bureau|agency|council|committee|commission|university|institute|centre|center|government|republic|parliament|congress)\b[^:]{0,60}$",
    )
});
/// Words for documents, which names of institutions do not contain.
static DOCUMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:acts?|analysis|assessment|bulletin|charter|code|guide|guidelines|handbook|law|manual|memorandum|overview|plan|policy|report|resolution|review|strategy|study|survey)\b|\d{4}",
    )
});
/// The year in the name of a yearly report.
static YEARLY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:.{0,60}\b)?(?:(?:FY|fiscal year)\s?(?<a>20\d\d|19\d\d)\b.{0,60}\bannual report|annual report(?: for)?(?: the)?(?: fiscal)?(?: year)?,? (?:FY ?)?(?<b>20\d\d|19\d\d)|(?<c>20\d\d|19\d\d) annual report)$",
    )
});

/// A pattern of this file.
fn pattern(text: &str) -> Regex {
    // The patterns are part of the program; a test below uses every one.
    Regex::new(text).expect("a pattern of the program compiles")
}

impl<'d> Cover<'d> {
    /// The cover of a document.
    pub(super) fn of(document: &'d Document<'d>) -> Self {
        Cover {
            document,
            units: units(document),
            heads: heads(document),
        }
    }

    /// The date of publication, ISO 8601, as far as it is sure.
    pub(super) fn date(&self, rules: Option<&CoverRules>) -> Option<String> {
        if let Some(rules) = rules {
            let by_rule = self.parts().find_map(|part| {
                group(&rules.dates, &part, "date").and_then(|d| dates::in_words(&d))
            });
            if by_rule.is_some() {
                return by_rule;
            }
        }
        date::of_lines(&self.units, &self.heads)
    }

    /// The year that the name of a yearly report has.
    pub(super) fn year(&self) -> Option<String> {
        let lines = self.units.iter().filter(|unit| unit.kind != LineKind::Item);
        let lines = lines.map(|unit| &unit.text).chain(&self.heads);
        let mut years = lines.filter_map(|line| {
            let captures =
                YEARLY.captures(line.trim_matches(|c: char| c.is_ascii_digit() || c == ' '));
            let captures = captures.or_else(|| YEARLY.captures(line))?;
            let year = ["a", "b", "c"]
                .iter()
                .find_map(|name| captures.name(name))?;
            Some(year.as_str().to_owned())
        });
        let year = years.next()?;
        years.all(|other| other == year).then_some(year)
    }

    /// The document number or symbol.
    pub(super) fn number(&self, rules: Option<&CoverRules>) -> Option<String> {
        if let Some(rules) = rules {
            let marks = self.marks();
            let mut parts = self
                .parts()
                .chain(marks.into_iter().flat_map(|mark| split(&mark)));
            let found = parts.find_map(|part| group(&rules.numbers, &part, "symbol"));
            // `A /HRC/44/42`, as some covers are set.
            let found = found.map(|number| number.replace(" /", "/"));
            return self.closing(rules).or(found);
        }
        self.parts().find_map(|part| {
            let captures = NUMBER.captures(&part).or_else(|| SYMBOL.captures(&part))?;
            let number = captures.name("symbol").or(captures.name("other"))?.as_str();
            let has_digit = number.contains(|c: char| c.is_ascii_digit());
            has_digit.then(|| number.to_owned())
        })
    }

    /// The number that closes a document, where the file holds one.
    fn closing(&self, rules: &CoverRules) -> Option<String> {
        self.single(rules).map(|(number, _)| number)
    }

    /// The number that closes the one document of a file, and its title: the
    /// line right before the one that always follows on a title. Pages of
    /// several documents have neither.
    fn single(&self, rules: &CoverRules) -> Option<(String, Option<String>)> {
        let closing = rules.closing.as_ref()?.regex();
        let lines = self.document.lines.iter();
        let lines: Vec<&Line<'_>> = lines.filter(|l| !l.text.trim().is_empty()).collect();
        let mut closed = (0usize..).zip(&lines).flat_map(|(at, line)| {
            let found = closing.captures_iter(&line.text);
            let symbols = found.filter_map(|c| Some(c.name("symbol")?.as_str().replace('–', "-")));
            symbols.map(move |symbol| (at, symbol)).collect::<Vec<_>>()
        });
        let (end, number) = closed.next()?;
        if closed.next().is_some() {
            return None;
        }
        let Some(after) = rules.after_title.as_ref().map(Pattern::regex) else {
            return Some((number, None));
        };
        let mut begun = (0..end).filter(|at| after.is_match(lines[*at].text.trim()));
        let at = begun.next()?;
        if begun.next().is_some() {
            return None;
        }
        let title = at.checked_sub(1).map(|last| self.wrapped(&lines[..=last]));
        Some((number, title.filter(|t| t.chars().count() <= LONG_TITLE)))
    }

    /// The last of some lines, joined where lines are wrapped with those right
    /// before it, up to a blank line.
    fn wrapped(&self, lines: &[&Line<'_>]) -> String {
        let follow = |pair: &[&Line<'_>]| pair[0].number + 1 == pair[1].number;
        let more = match self.document.whole {
            true => 0,
            false => lines
                .windows(2)
                .rev()
                .take_while(|pair| follow(pair))
                .count(),
        };
        let first = lines
            .len()
            .saturating_sub(1 + more.min(MOST_TITLE_LINES - 1));
        let texts: Vec<&str> = lines[first..]
            .iter()
            .map(|line| line.text.as_ref())
            .collect();
        fold_space(&texts.join(" "))
    }

    /// The author, where a line names one.
    pub(super) fn author(&self) -> Option<String> {
        let labelled = self.named(&AUTHOR);
        labelled.or_else(|| {
            let lines = self.units.iter().skip(1);
            let mut lines = lines.filter(|unit| unit.kind == LineKind::Text);
            lines.find_map(|unit| Some(BYLINE.captures(&unit.text)?["name"].to_owned()))
        })
    }

    /// The publisher, where a line names one.
    pub(super) fn publisher(&self) -> Option<String> {
        self.named(&PUBLISHER)
    }

    fn named(&self, pattern: &Regex) -> Option<String> {
        self.parts().find_map(|part| {
            let name = pattern.captures(&part)?.name("name")?.as_str().trim();
            (!name.ends_with(['.', '?', '!', ';'])).then(|| name.to_owned())
        })
    }

    /// The title by the rules of a series.
    pub(super) fn title_by(&self, rules: &CoverRules) -> Option<String> {
        let title_of = |text: &str| {
            let mut patterns = rules.titles.iter();
            let captures = patterns.find_map(|p| p.regex().captures(text))?;
            let title = captures.name("title").map_or(text, |m| m.as_str());
            Some(title.trim().trim_end_matches('*').to_owned())
        };
        let mut titled = (0..self.units.len()).filter_map(|at| {
            title_of(&self.units[at].text)?;
            // A title may be wrapped.
            (1..=self.block(at)).rev().find_map(|count| {
                let lines = self.units[at..at + count].iter();
                let lines: Vec<&str> = lines.map(|unit| unit.text.as_str()).collect();
                title_of(&lines.join(" "))
            })
        });
        titled
            .next()
            .or_else(|| self.single(rules).and_then(|(_, title)| title))
    }

    /// How many lines, starting with one, follow each other without a blank line
    /// and are of one kind, up to a note mark.
    fn block(&self, at: usize) -> usize {
        let units = &self.units[at..];
        let goes_on = |pair: &[Unit]| {
            let [unit, next] = pair else { return false };
            !self.document.whole
                && next.at == unit.at + 1
                && (next.kind, next.level) == (unit.kind, unit.level)
                && !unit.text.ends_with('*')
        };
        let more = units.windows(2).take(MOST_TITLE_LINES - 1);
        1 + more.take_while(|pair| goes_on(pair)).count()
    }

    /// The heading that is the title: of those before the first sentence the
    /// first of the outermost level that is no date, number or name of an
    /// institution.
    pub(super) fn title_heading(&self, rules: Option<&CoverRules>) -> Option<String> {
        let is_sentence = |u: &Unit| u.kind == LineKind::Text && u.text.ends_with(['.', '?', '!']);
        let before_text = self.units.iter().take_while(|unit| !is_sentence(unit));
        let headings = before_text.enumerate().filter(|(n, unit)| {
            let is_outermost = unit.level.is_none_or(|level| level <= 1) || *n == 0;
            unit.kind == LineKind::Heading && is_outermost && is_title(&unit.text, rules)
        });
        let mut headings: Vec<&Unit> = headings.map(|(_, unit)| unit).collect();
        // The publisher stands above the title.
        let names_it =
            |unit: &&Unit| !INSTITUTION.is_match(&unit.text) || DOCUMENT.is_match(&unit.text);
        if headings.iter().any(names_it) {
            headings.retain(names_it);
        }
        let level = |unit: &&&Unit| unit.level.unwrap_or(u8::MAX);
        // The first of equals is the least.
        let heading = headings.iter().min_by_key(level)?;
        let first = self.units.first()?;
        // A line in capitals above a heading without a level is the title.
        let is_above = heading.level.is_none()
            && first.kind == LineKind::Text
            && !first.text.contains(char::is_lowercase)
            && is_title(&first.text, rules);
        if is_above {
            return Some(first.text.clone());
        }
        // A title over several headings: `Handbook for`, `Standing Trustees`.
        let last = heading.text.rsplit(' ').next().unwrap_or_default();
        let is_open = OPEN_WORDS.contains(&last.to_lowercase().as_str());
        let begin = self
            .units
            .iter()
            .position(|unit| std::ptr::eq(unit, *heading))?;
        let is_part = |unit: &&Unit| {
            unit.kind == LineKind::Heading
                && unit.level == heading.level
                && is_title(&unit.text, rules)
        };
        let more = self.units[begin + 1..].iter().take(MOST_TITLE_HEADINGS - 1);
        let more = more.take_while(is_part).filter(|_| is_open);
        let parts: Vec<&str> = [heading.text.as_str()]
            .into_iter()
            .chain(more.map(|unit| unit.text.as_str()))
            .collect();
        Some(parts.join(" "))
    }

    /// Whether a title in the metadata may be that of a template, of a site, or
    /// of the document that the file was made from: the first lines do not print
    /// it, and it is an abbreviation, names a template, or begins like the
    /// heading on the cover and then differs.
    pub(super) fn doubts(&self, title: &str, heading: Option<&str>) -> bool {
        let words = |text: &str| -> Vec<String> {
            let words = text.split(|c: char| !c.is_alphanumeric());
            words
                .filter(|w| !w.is_empty())
                .map(str::to_lowercase)
                .collect()
        };
        let own = words(title);
        let has = |text: &str| words(text) == own;
        let lines = self.document.lines.iter().take(MARKS_WITHIN.0);
        let mut lines = lines
            .map(|line| line.text.as_ref())
            .chain(self.heads.iter().map(String::as_str));
        if lines.any(has) {
            return false;
        }
        let is_short = title.chars().count() < SHORT_TITLE && own.len() == 1;
        let other = heading.map(words).unwrap_or_default();
        let alike = own.iter().zip(&other).take_while(|(a, b)| a == b).count();
        let differs = alike >= 2 && alike < own.len().min(other.len());
        is_short || differs || own.iter().any(|word| word == "template")
    }

    /// The lines right below a title, or below a line that the title ends with,
    /// without note marks.
    pub(super) fn below(&self, title: &str) -> impl Iterator<Item = &str> {
        let plain = |unit: &'_ Unit| unit.text.trim_end_matches('*').trim().to_owned();
        let ends = move |pair: &&[Unit]| {
            let last = plain(&pair[0]);
            !last.is_empty() && title.ends_with(&last)
        };
        let pairs = self.units.windows(2).filter(ends);
        pairs.map(|pair| pair[1].text.trim_end_matches('*').trim())
    }

    /// The heading among the first lines that has the word report and a year, as
    /// `2019 Report on Salt`.
    pub(super) fn report_heading(&self) -> Option<&str> {
        static REPORT: LazyLock<Regex> = LazyLock::new(|| {
            pattern(r"(?i)\breport\b.*\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b.*\breport\b")
        });
        let headings = self.units.iter().take(MOST_TITLE_LINES);
        let mut headings = headings.filter(|unit| unit.kind == LineKind::Heading);
        let report = headings.find(|unit| REPORT.is_match(&unit.text))?;
        Some(&report.text)
    }

    /// The first line of a plain text whose cover has a date or a number, which
    /// is its title then.
    pub(super) fn title_line(&self) -> Option<String> {
        let first = self.units.first()?;
        let has_cover = self.date(None).is_some() || self.number(None).is_some();
        let is_line = first.text.chars().count() <= 150
            && first.text.starts_with(char::is_uppercase)
            && !first.text.ends_with(['.', ':', ';', ','])
            && first.text.contains(' ');
        let is_cover = has_cover && is_line && first.kind == LineKind::Text && first.at < 3;
        (is_cover && is_title(&first.text, None) && !INSTITUTION.is_match(&first.text))
            .then(|| first.text.clone())
    }

    /// Whether every mark of a series is there.
    pub(super) fn has_marks(&self, rules: &CoverRules, marks: &[String]) -> bool {
        let parts: Vec<String> = marks.iter().flat_map(|mark| split(mark)).collect();
        let has = |mark: &Pattern| parts.iter().any(|part| mark.regex().is_match(part));
        !rules.marks.is_empty() && rules.marks.iter().all(has)
    }

    /// The short lines that may mark a series: heads, the first and the last
    /// lines, and what the file says of itself.
    pub(super) fn marks(&self) -> Vec<String> {
        let metadata = &self.document.metadata;
        let own = [
            &metadata.title,
            &metadata.publisher,
            &metadata.site,
            &metadata.number,
        ];
        let own = own.into_iter().flatten().chain(&metadata.authors);
        let lines = self.document.lines.iter().map(|line| line.text.trim());
        let lines: Vec<&str> = lines.filter(|text| !text.is_empty()).collect();
        let (first, last) = MARKS_WITHIN;
        let end = lines.len().saturating_sub(last).max(first.min(lines.len()));
        let lines = lines[..first.min(lines.len())].iter().chain(&lines[end..]);
        let short = lines.filter(|text| text.chars().count() <= MAX_MARK);
        let short = short.flat_map(|text| [*text].into_iter().chain(cells(text)));
        let all = self
            .heads
            .iter()
            .cloned()
            .chain(own.map(|text| fold_space(text)));
        all.chain(short.map(fold_space)).collect()
    }

    /// The lines of the cover, in which a series finds the country that a
    /// document is about.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.units.iter().map(|unit| unit.text.as_str())
    }

    /// The lines and heads, and the parts of those that signs divide.
    fn parts(&self) -> impl Iterator<Item = String> + '_ {
        let lines = self.units.iter().map(|unit| &unit.text);
        lines.chain(&self.heads).flat_map(|text| split(text))
    }
}

/// A text in which the section headings of a profile are headings, where its
/// markup does not say so; none where nothing changes.
pub(super) fn with_headings<'d>(
    profile: &Profile,
    document: &Document<'d>,
) -> Option<Document<'d>> {
    let patterns: Vec<&Pattern> = profile.sections.iter().flat_map(|s| &s.headings).collect();
    let lines = &document.lines;
    let is_blank = |at: Option<usize>| {
        let line = at.and_then(|at| lines.get(at));
        line.is_none_or(|line| line.text.trim().is_empty())
    };
    let is_heading = |at: usize| {
        let line = &lines[at];
        let is_numbered = |at: usize| lines.get(at).and_then(Mark::of_line).is_some();
        let is_apart = document.whole
            || is_blank(at.checked_sub(1)) && (is_blank(Some(at + 1)) || is_numbered(at + 1));
        line.kind == LineKind::Text
            && is_apart
            && patterns
                .iter()
                .any(|p| p.regex().is_match(line.text.trim()))
    };
    let headings: Vec<usize> = (0..lines.len()).filter(|at| is_heading(*at)).collect();
    if headings.is_empty() {
        return None;
    }
    let mut marked = document.clone();
    for at in headings {
        marked.lines[at].kind = LineKind::Heading;
    }
    Some(marked)
}

/// A line, and its parts where signs divide it.
fn split(line: &str) -> Vec<String> {
    let mut parts = vec![line.to_owned()];
    for sign in SIGNS {
        if line.contains(sign) {
            parts.extend(line.split(sign).map(|part| part.trim().to_owned()));
        }
    }
    parts
}

/// What a group of the first of some patterns that fits has found.
fn group(patterns: &[Pattern], text: &str, name: &str) -> Option<String> {
    let mut captures = patterns.iter().filter_map(|p| p.regex().captures(text));
    captures.find_map(|c| c.name(name).map(|m| m.as_str().to_owned()))
}

/// The running heads: those that the format found, and short lines with signs
/// between their parts that come back on another page, their numbers aside.
fn heads(document: &Document<'_>) -> Vec<String> {
    let mut heads: Vec<String> = document.heads.iter().map(|h| fold_space(h)).collect();
    let is_number = |c: char| c.is_ascii_digit() || c == ' ';
    let mut seen: Vec<(String, u32)> = Vec::new();
    for line in &document.lines {
        let text = line.text.trim();
        let is_divided = text.len() <= MAX_MARK && SIGNS.iter().any(|sign| text.contains(sign));
        let Some(page) = line.page.filter(|_| is_divided && seen.len() < MOST) else {
            continue;
        };
        let text = fold_space(text.trim_matches(is_number));
        match seen.iter().find(|(known, _)| *known == text) {
            Some((_, on)) if *on != page && !heads.contains(&text) => heads.push(text),
            Some(_) => {}
            None => seen.push((text, page)),
        }
    }
    heads
}

/// The lines of the cover: those before the first long paragraph.
fn units(document: &Document<'_>) -> Vec<Unit> {
    let lines = &document.lines;
    let wrapped = !document.whole
        && matches!(
            Layout::of(lines.iter().take(400).map(|l| l.text.as_ref())),
            Layout::Wrapped { .. }
        );
    let mut units: Vec<Unit> = Vec::new();
    let mut at = 0;
    while at < lines.len() && units.len() < MOST {
        // A link leads to what another page says.
        let is_link = lines[at].is_link && lines[at].kind != LineKind::Heading;
        if lines[at].text.trim().is_empty() || is_link {
            at += 1;
            continue;
        }
        // The lines of a wrapped paragraph are one.
        let block = lines[at..].iter().take_while(|l| !l.text.trim().is_empty());
        let end = at + if wrapped { block.count() } else { 1 };
        let is_bracketed = |text: &str| text.starts_with('[') && text.ends_with(']');
        let length: usize = lines[at..end]
            .iter()
            .filter(|l| !is_bracketed(l.text.trim()))
            .map(|l| fold_space(&l.text).chars().count() + 1)
            .sum();
        let most = match is_finished(lines[end - 1].text.trim()) {
            true => LONG,
            false => LONG_TITLE,
        };
        if length > most && lines[at].kind != LineKind::Heading {
            break;
        }
        for (at, line) in (at..end).zip(&lines[at..end]) {
            units.extend(cells(&line.text).map(|text| Unit {
                text: fold_space(text),
                kind: line.kind,
                level: line.level,
                at,
            }));
        }
        at = end;
    }
    units
}

/// The parts of a line between wide gaps: covers have two columns.
fn cells(line: &str) -> impl Iterator<Item = &str> {
    static GAP: LazyLock<Regex> = LazyLock::new(|| pattern(r"\t+| {4,}"));
    GAP.split(line.trim())
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
}

/// Whether a heading can be a title.
fn is_title(text: &str, rules: Option<&CoverRules>) -> bool {
    let not = |patterns: &[Pattern]| patterns.iter().any(|p| p.regex().is_match(text));
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let signs = text.chars().filter(|c| !c.is_whitespace()).count();
    letters >= 4
        && letters * 2 > signs
        && !CAPTION.is_match(text)
        && !date::is_date(text)
        && !NUMBER.is_match(text)
        && !SYMBOL.is_match(text)
        && !text.contains("://")
        && !rules
            .is_some_and(|rules| not(&rules.not_titles) || not(&rules.marks) || not(&rules.numbers))
}
