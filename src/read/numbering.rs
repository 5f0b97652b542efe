//! Printed paragraph numbers: where a document numbers its paragraphs, and
//! which lines carry the numbers.
//!
//! A number at the start of a line may be that of a paragraph, of an item in a
//! list, of a footnote, of a heading or a year. What tells them apart is the
//! whole document: the numbers of its paragraphs run on in order over most of
//! its text. Whatever is not taken stays in the text.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::RangeInclusive;

use super::number_mark::{Mark, Style};
use super::numbered_units::{PARAGRAPH, PART, Parting, Unit, units};
use crate::format::Line;
use crate::report::Paragraph;

/// How many paragraphs between two numbers may be parts of the first.
const MOST_PARTS: usize = 12;
/// How many numbers may be missing between two that follow each other.
const MAX_GAP: u32 = 3;
/// What a missing number costs, in members of a run.
const GAP_COST: f64 = 0.6;
/// What a number costs that stands inside a run and is none of it.
const SKIPPED_COST: f64 = 0.5;
/// What it costs to begin another run.
const RUN_COST: f64 = 1.5;
/// How far from a run, in units, a number of another style may go on with it.
const REACH: usize = 30;
/// Numbers that may be years.
const YEARS: RangeInclusive<u32> = 1500..=2100;

/// The printed paragraph numbers of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// The number of each line that carries one, by the number of the line.
    lines: HashMap<u64, u32>,
}

impl Numbering {
    /// The numbering of a document whose paragraphs are parted in a way.
    pub(super) fn of(lines: &[Line<'_>], parting: Parting) -> Self {
        let units = units(lines, parting);
        let members = members(&units);
        Numbering::by(lines, &units, members)
    }

    /// The numbering of a document of a series that numbers its paragraphs: a few
    /// numbers are enough, even far apart.
    pub(super) fn of_numbered(lines: &[Line<'_>], parting: Parting) -> Self {
        let units = units(lines, parting);
        let mut members = members(&units);
        if members.is_empty() {
            members = few_members(&units);
        }
        Numbering::by(lines, &units, members)
    }

    fn by(lines: &[Line<'_>], units: &[Unit], members: Vec<(usize, u32)>) -> Self {
        let lines = members.into_iter().map(|(unit, number)| {
            let line = &lines[units[unit].line];
            (line.number, number)
        });
        Numbering {
            lines: lines.collect(),
        }
    }

    /// Whether the document numbers nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The paragraph number that a line carries, with the text behind it.
    pub(super) fn printed<'l>(&self, line: &'l Line<'_>) -> Option<Mark<'l>> {
        let number = *self.lines.get(&line.number)?;
        Mark::of_line(line).filter(|mark| mark.number == number)
    }
}

/// Gives the paragraphs of a section that are parts of a numbered one its
/// number, for a quotation of them to be cited by it: lettered items behind it,
/// and whatever stands between two numbers that follow each other.
pub(super) fn spread(paragraphs: &mut [Paragraph]) {
    let number = |paragraph: &Paragraph| {
        let printed = paragraph.printed_number.as_ref()?;
        printed.parse::<u32>().ok()
    };
    let numbered: Vec<(usize, u32)> = paragraphs
        .iter()
        .enumerate()
        .filter_map(|(at, paragraph)| Some((at, number(paragraph)?)))
        .collect();
    for (place, &(at, number)) in numbered.iter().enumerate() {
        let next = numbered.get(place + 1);
        let end = next.map_or(paragraphs.len(), |(end, _)| *end);
        // More are not parts of one paragraph: a table, notes, a summary.
        let is_closed = end - at <= MOST_PARTS
            && next.is_some_and(|(_, next)| number.checked_add(1) == Some(*next));
        let whole = format!("{number}.");
        let own = |text: &str| {
            let decimal = decimal(text).filter(|decimal| decimal.starts_with(&whole));
            decimal.map(str::to_owned)
        };
        // One alone may begin a sentence: `3.5 Million people`.
        let parts = paragraphs[at + 1..end].iter();
        let are_numbers = parts.filter(|part| own(&part.text).is_some()).count() > 1;
        for part in &mut paragraphs[at + 1..end] {
            let text = &part.text;
            // A footnote, or a number that was not taken.
            if Mark::of(text).is_some() {
                continue;
            }
            let goes_on = PART.is_match(text) || text.starts_with(char::is_lowercase);
            if !(is_closed || goes_on) {
                break;
            }
            // A running head, a heading that no markup tells, a note.
            if !(goes_on || is_text(text)) {
                continue;
            }
            let own = own(text).filter(|_| are_numbers);
            part.printed_number = Some(own.unwrap_or_else(|| number.to_string()));
        }
    }
}

/// Whether what stands between two numbers reads as text of a paragraph.
fn is_text(text: &str) -> bool {
    let ends = text.ends_with(['.', '!', '?', ':', ';', ',', '”', '"', '»', '’', ')']);
    !text.starts_with('*') && (ends || text.chars().count() >= PARAGRAPH)
}

/// The decimal that a part of a paragraph begins with: `121.3`.
fn decimal(text: &str) -> Option<&str> {
    let end = text.find(char::is_whitespace)?;
    let number = text[..end].trim_end_matches('.');
    let (whole, part) = number.split_once('.')?;
    let is_number = |digits: &str| {
        (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    };
    (is_number(whole) && is_number(part)).then_some(number)
}

/// The units that begin with a paragraph number, in order, and their numbers;
/// none where the document does not number its paragraphs.
fn members(units: &[Unit]) -> Vec<(usize, u32)> {
    let total: usize = units.iter().map(|unit| unit.length).sum();
    let whole = Whole { units, total };
    let mut best: Vec<(usize, u32)> = Vec::new();
    let mut most = 0;
    for style in Style::ALL {
        let found = whole.accepted(style);
        let covered: usize = found.iter().map(|(unit, _)| units[*unit].length).sum();
        if covered > most {
            (best, most) = (found, covered);
        }
    }
    complete(units, &mut best);
    best
}

/// The units that begin with a paragraph number in a document that numbers its
/// paragraphs, if there are too few to prove it: the longest run from 1.
fn few_members(units: &[Unit]) -> Vec<(usize, u32)> {
    let total: usize = units.iter().map(|unit| unit.length).sum();
    let whole = Whole { units, total };
    let styles = Style::ALL.iter().filter(|style| **style != Style::Bare);
    let runs = styles.flat_map(|style| whole.runs(*style));
    let runs = runs.map(|run| (whole.evidence(&run), run));
    let of_paragraphs = runs.filter(|(e, _)| {
        e.first == 1 && e.members >= 3 && e.prose >= 0.6 && e.length >= 60.0 && e.notes < 0.3
    });
    // At most a note or a summary may precede it.
    let begins = |run: &Run| {
        let first = run.members.first().map_or(0, |(unit, _)| *unit);
        units[..first]
            .iter()
            .filter(|unit| unit.is_plain_paragraph())
            .count()
            <= 1
    };
    let of_paragraphs = of_paragraphs.filter(|(_, run)| begins(run));
    let most = of_paragraphs.max_by(|(a, _), (b, _)| a.share.total_cmp(&b.share));
    most.map(|(_, run)| run.members).unwrap_or_default()
}

/// Takes numbers of other styles that stand where one is missing.
fn complete(units: &[Unit], members: &mut Vec<(usize, u32)>) {
    let (Some(&first), Some(&last)) = (members.first(), members.last()) else {
        return;
    };
    let fits = |unit: usize, number: u32| {
        let unit = &units[unit];
        let is_number = |(style, n): (Style, u32)| n == number && style != Style::Bare;
        unit.mark.is_some_and(is_number) && !unit.is_note
    };
    let mut found = Vec::new();
    let spans = members.windows(2).map(|pair| (pair[0], pair[1]));
    for ((unit, number), (end, next)) in spans {
        let mut from = unit + 1;
        for missing in number + 1..next.min(number + 1 + MAX_GAP + 1) {
            if let Some(unit) = (from..end).find(|unit| fits(*unit, missing)) {
                found.push((unit, missing));
                from = unit + 1;
            }
        }
    }
    let (mut unit, mut number) = last;
    while let Some(next) =
        (unit + 1..units.len().min(unit + REACH)).find(|next| fits(*next, number + 1))
    {
        (unit, number) = (next, number + 1);
        found.push((unit, number));
    }
    let (mut unit, mut number) = first;
    while number > 1
        && let Some(next) = (unit.saturating_sub(REACH)..unit)
            .rev()
            .find(|next| fits(*next, number - 1))
    {
        (unit, number) = (next, number - 1);
        found.push((unit, number));
    }
    members.extend(found);
    members.sort_unstable();
}

/// A document as its units, and how many characters they have.
struct Whole<'u> {
    units: &'u [Unit],
    total: usize,
}

/// Numbers of one style that run on in order.
#[derive(Debug, Default)]
struct Run {
    /// Units and their numbers, in order.
    members: Vec<(usize, u32)>,
}

/// What tells whether a run numbers paragraphs.
#[derive(Debug)]
struct Evidence {
    members: usize,
    first: u32,
    last: u32,
    /// The share of members that are prose, not headings or cells.
    prose: f64,
    /// The share of members among the paragraphs from the first to the last.
    density: f64,
    /// The same, of their characters.
    covered: f64,
    /// The share of the document from the first to the last.
    share: f64,
    /// The share of members that look like notes, or stand under their heading.
    notes: f64,
    /// The mean length of members, in characters.
    length: f64,
    /// Where the first stands, as a share of the document.
    begins: f64,
}

impl Whole<'_> {
    /// The members of the runs of a style that number paragraphs.
    fn accepted(&self, style: Style) -> Vec<(usize, u32)> {
        let runs = self.runs(style);
        let told: Vec<(Run, Evidence)> = runs
            .into_iter()
            .map(|run| {
                let evidence = self.evidence(&run);
                (run, evidence)
            })
            .collect();
        let is_candidate = |e: &Evidence| e.is_prose(style);
        // Lists that begin again and again, and nothing that outweighs them.
        let lists = told.iter().filter(|(_, e)| e.members >= 2 && e.first <= 2);
        let longest = told.iter().map(|(_, e)| e.members).max().unwrap_or(0);
        if lists.count() >= 2 && longest < 8 {
            return Vec::new();
        }
        let is_long = |e: &Evidence| e.members >= 8 && e.density >= 0.7 && is_candidate(e);
        let has_main = told
            .iter()
            .any(|(_, e)| is_candidate(e) && e.numbers_a_document());
        let shares: f64 = told
            .iter()
            .filter(|(_, e)| is_long(e))
            .map(|(_, e)| e.share)
            .sum();
        if !has_main && shares < 0.4 {
            return Vec::new();
        }
        told.into_iter()
            .filter(|(_, e)| is_long(e) || (is_candidate(e) && e.numbers_a_document()))
            .flat_map(|(run, _)| run.members)
            .collect()
    }

    /// The runs of a style that together explain most of its numbers.
    fn runs(&self, style: Style) -> Vec<Run> {
        let candidates: Vec<(usize, u32, f64)> = self
            .units
            .iter()
            .enumerate()
            .filter_map(|(at, unit)| {
                let (_, number) = unit.mark.filter(|(s, _)| *s == style)?;
                Some((at, number, unit.weight()))
            })
            .collect();
        let mut runs: Vec<Run> = Vec::new();
        for run in best_runs(&candidates) {
            let members = run
                .into_iter()
                .map(|at| (candidates[at].0, candidates[at].1));
            let run: Vec<(usize, u32)> = members.collect();
            if let Some(outer) = outer(&runs, &run) {
                // The lists between belong to its last paragraph.
                runs.truncate(outer + 1);
            }
            match runs.last_mut() {
                // Numbers are missing; the sequence is the same.
                Some(before) if goes_on(&before.members, &run) => before.members.extend(run),
                _ => runs.push(Run { members: run }),
            }
        }
        runs
    }

    fn evidence(&self, run: &Run) -> Evidence {
        let of = |(at, _): &(usize, u32)| &self.units[*at];
        let members = run.members.len();
        let (start, first) = run.members.first().copied().unwrap_or_default();
        let (end, last) = run.members.last().copied().unwrap_or_default();
        let count = |is: &dyn Fn(&Unit) -> bool| {
            run.members.iter().filter(|member| is(of(member))).count() as f64
        };
        let prose = count(&|unit| unit.is_prose);
        let within = self.units.get(start..=end).unwrap_or_default();
        let others = || within.iter().filter(|unit| unit.is_plain_paragraph());
        let plain = others().count() as f64;
        let plain_length: usize = others().map(|unit| unit.length).sum();
        let mut length: usize = within.iter().map(|unit| unit.length).sum();
        // The last may hold all that follows, where nothing parts it off.
        if let Some(unit) = within.last().filter(|_| members > 1) {
            let others = length - unit.length;
            length = others + unit.length.min(2 * others / (members - 1));
        }
        let before: usize = self.units[..start].iter().map(|unit| unit.length).sum();
        let total = self.total.max(1) as f64;
        let own: usize = run.members.iter().map(|member| of(member).length).sum();
        let all = members.max(1) as f64;
        Evidence {
            members,
            first,
            last,
            prose: prose / all,
            density: prose / (prose + plain).max(1.0),
            covered: own as f64 / (own + plain_length).max(1) as f64,
            share: length as f64 / total,
            notes: count(&|unit| unit.is_note) / all,
            length: own as f64 / all,
            begins: before as f64 / total,
        }
    }
}

impl Evidence {
    /// Whether the members are paragraphs at all, and most of those around.
    fn is_prose(&self, style: Style) -> bool {
        let are_years = YEARS.contains(&self.first) && YEARS.contains(&self.last);
        let is_fit = match style {
            // Bare numbers may be those of footnotes, rows, pages, lines.
            Style::Bare => {
                self.members >= 5
                    && self.prose >= 0.8
                    && (60.0..1500.0).contains(&self.length)
                    && self.density >= 0.8
                    && self.covered >= 0.75
                    && self.notes < 0.15
            }
            _ => {
                self.prose >= 0.6
                    && self.length >= 30.0
                    && self.density >= 0.5
                    && self.covered >= 0.5
                    && self.notes < 0.3
            }
        };
        is_fit && !are_years
    }

    /// Whether they are numbers of the document's paragraphs, not those of a
    /// list in it: there are enough for where they begin, over enough of it.
    fn numbers_a_document(&self) -> bool {
        let enough = match self.first {
            1 => 5,
            2..=4 => 4,
            _ => 2,
        };
        let needed = match (self.first, self.members) {
            (_, 30..) if self.begins < 0.5 => 0.15,
            (1..=4, ..8) => 0.6,
            (_, ..8) => 0.5,
            _ => 0.35,
        };
        self.members >= enough && self.share >= needed
    }
}

/// The run that another continues after lists that begin with 1; the lists
/// belong to the last paragraph of that run.
fn outer(runs: &[Run], run: &[(usize, u32)]) -> Option<usize> {
    let next = run.first()?.1;
    let precedes = |before: &Run| before.members.last().is_some_and(|last| last.1 + 1 == next);
    let (at, before) = runs
        .iter()
        .enumerate()
        .rev()
        .skip(1)
        .find(|(_, run)| precedes(run))?;
    let is_list = |list: &Run| list.members.first().is_some_and(|first| first.1 == 1);
    let lists = &runs[at + 1..];
    // A list that ends with the same number begins right behind the paragraph.
    let begins_behind = || {
        let begin = lists.first()?.members.first()?.0;
        Some(begin - before.members.last()?.0 <= 2)
    };
    let is_sure = !lists.last().is_some_and(precedes) || begins_behind().unwrap_or(false);
    (lists.iter().all(is_list) && is_sure).then_some(at)
}

/// Whether a run goes on with the one before it.
fn goes_on(before: &[(usize, u32)], run: &[(usize, u32)]) -> bool {
    matches!((before.last(), run.first()), (Some(last), Some(first)) if first.1 > last.1)
}

/// The places of candidates (unit, number, weight) in the best runs: those with
/// the most weight, less what is missing in them or stands in them besides.
fn best_runs(candidates: &[(usize, u32, f64)]) -> Vec<Vec<usize>> {
    /// The best that ends with a candidate.
    #[derive(Clone, Copy)]
    struct End {
        value: f64,
        before: Option<usize>,
        begins: bool,
    }
    let mut ends: Vec<End> = Vec::with_capacity(candidates.len());
    // By number: the best end so far, what was passed before it set aside.
    let mut open: HashMap<u32, (f64, usize)> = HashMap::new();
    let mut best: Option<(f64, usize)> = None;
    let mut passed = 0.0;
    for (at, &(_, number, weight)) in candidates.iter().enumerate() {
        let (value, before) = best.map_or((0.0, None), |(value, end)| (value, Some(end)));
        let mut end = End {
            value: value - RUN_COST + weight,
            before,
            begins: true,
        };
        for gap in 0..=MAX_GAP {
            let Some((value, before)) = number
                .checked_sub(1 + gap)
                .and_then(|number| open.get(&number))
            else {
                continue;
            };
            let value = value - SKIPPED_COST * passed + weight - GAP_COST * f64::from(gap);
            if value >= end.value {
                end = End {
                    value,
                    before: Some(*before),
                    begins: false,
                };
            }
        }
        ends.push(end);
        passed += weight;
        let kept = end.value + SKIPPED_COST * passed;
        if open.get(&number).is_none_or(|(value, _)| kept >= *value) {
            open.insert(number, (kept, at));
        }
        if end.value > best.map_or(0.0, |(value, _)| value) {
            best = Some((end.value, at));
        }
    }
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let mut run = Vec::new();
    let mut at = best.map(|(_, at)| at);
    while let Some(place) = at {
        run.push(place);
        if ends[place].begins {
            run.reverse();
            runs.push(std::mem::take(&mut run));
        }
        at = ends[place].before;
    }
    runs.reverse();
    runs
}
