//! Lines to paragraphs: wrapped lines joined, numbers and page numbers taken
//! off, broken words mended.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::number_mark::Mark;
use super::numbered_units::PART;
use super::profile::ParagraphRules;
use crate::format::document::{characters, is_rule};
use crate::report::Paragraph;
use crate::text::Doubts;
use crate::text::fold::fold_space;
use crate::text::sentences::ends_in_title;

/// How the lines of a text make its paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Every line is a paragraph.
    Lines,
    /// Lines are wrapped at about `width` characters; a paragraph is several.
    Wrapped {
        /// The usual length of a full line, in characters.
        width: usize,
    },
}

/// The longest line, in characters, that nine tenths of the lines of a
/// wrapped text stay below.
const MAX_WRAPPED: usize = 100;
/// The fewest lines that can tell a wrapped text.
const MIN_WRAPPED_LINES: usize = 6;
/// The least indent of the first line of a paragraph, beyond that of the line
/// before, in characters.
const SET_IN: usize = 2;
/// How much shorter than usual a full line may be, in characters: letters of
/// a printed column have different widths.
const SLACK: usize = 2;

impl Layout {
    /// The layout of a text, from its lines: wrapped where lines are short and
    /// most of them stop in the middle of a sentence.
    pub fn of<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut lengths: Vec<usize> = lines
            .clone()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(|l| l.chars().count())
            .collect();
        if lengths.len() < MIN_WRAPPED_LINES {
            return Layout::Lines;
        }
        lengths.sort_unstable();
        let at = |share: f64| lengths[((lengths.len() - 1) as f64 * share) as usize];
        let (mut followed, mut unfinished) = (0usize, 0usize);
        for (line, next) in lines.clone().zip(lines.skip(1)) {
            if !line.trim().is_empty() && !next.trim().is_empty() {
                followed += 1;
                unfinished += usize::from(!is_finished(line.trim()));
            }
        }
        if at(0.9) <= MAX_WRAPPED && followed > 0 && unfinished * 2 > followed {
            Layout::Wrapped { width: at(0.5) }
        } else {
            Layout::Lines
        }
    }
}

/// The page that a line is on.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OnPage {
    /// Its number; none where there is none, or it is unsure.
    pub(super) number: Option<u32>,
    pub(super) doubts: Option<Doubts>,
}

/// Gathers the lines of one text into paragraphs.
#[derive(Debug)]
pub struct Gatherer<'a> {
    rules: &'a ParagraphRules,
    layout: Layout,
    /// Whether the source numbers its paragraphs.
    numbered: bool,
    vocabulary: Vocabulary,
    open: Option<Open>,
    /// A line that waits for the one after it.
    waiting: Option<Waiting>,
    blank_before: bool,
    /// Whether a page began since the last line of text.
    turned: bool,
    /// How many characters the lines had that the rules drop.
    dropped: u64,
    done: Vec<Paragraph>,
}

#[derive(Debug)]
struct Waiting {
    /// The paragraph number that was taken off it, as printed and alone.
    number: Option<(String, String)>,
    text: String,
    page: OnPage,
    /// Its length with the number, in characters.
    length: usize,
    /// Its indent, in characters.
    indent: usize,
    /// Whether it is the first of a page that a line tells of.
    turned: bool,
}

#[derive(Debug)]
struct Open {
    number: Option<String>,
    /// The number as printed, to be kept should no text follow it.
    printed: String,
    page: OnPage,
    text: String,
    /// The length of the last line, in characters.
    last_line: usize,
    /// The indent of the last line, in characters; none if it is the first.
    indent: Option<usize>,
}

impl<'a> Gatherer<'a> {
    /// A gatherer for a text by the rules of its profile; `lines` are the whole
    /// of it, to know its words.
    pub fn new<'l>(
        rules: &'a ParagraphRules,
        layout: Layout,
        lines: impl Iterator<Item = &'l str> + Clone,
    ) -> Self {
        let vocabulary = match layout {
            Layout::Lines => Vocabulary::default(),
            Layout::Wrapped { .. } => Vocabulary::of(lines.clone()),
        };
        let numbered = rules.number.as_ref().is_some_and(|number| {
            let lines = lines.filter(|l| !l.trim().is_empty());
            let is_numbered = |l: &&str| number.regex().is_match(l);
            lines.clone().filter(is_numbered).count() * 2 > lines.count()
        });
        Gatherer {
            rules,
            layout,
            numbered,
            vocabulary,
            open: None,
            waiting: None,
            blank_before: false,
            turned: false,
            dropped: 0,
            done: Vec::new(),
        }
    }

    /// How its lines make paragraphs.
    pub(super) fn layout(&self) -> Layout {
        self.layout
    }

    /// Takes the next line, and the page it is on.
    pub(super) fn line(&mut self, line: &str, page: OnPage) {
        if is_rule(line) {
            self.close();
        } else if line.trim().is_empty() {
            self.settle(None);
            // A number on a line of its own waits for its text.
            self.blank_before = !self.awaits_text() && !self.turned;
        } else if self.is_dropped(line) {
            self.dropped += characters(line.trim());
        } else {
            self.settle(Some(line));
            self.waiting = Some(Waiting {
                number: None,
                text: line.to_owned(),
                page,
                length: line.trim().chars().count(),
                indent: line.chars().take_while(|c| c.is_whitespace()).count(),
                turned: std::mem::take(&mut self.turned),
            });
        }
    }

    /// The number of the page that begins with a line, if the line says so.
    pub(super) fn page_line(&self, line: &str) -> Option<u32> {
        let rule = self.rules.page_line.as_ref()?;
        let page = rule.regex().captures(line.trim())?.name("page")?;
        page.as_str().parse().ok()
    }

    /// Begins a page; an unfinished sentence continues on it.
    pub(super) fn turn_page(&mut self) {
        self.settle(None);
        if self.open.is_none()
            && let Some(last) = self.done.pop_if(|last| !is_finished(&last.text))
        {
            self.open = Some(Open {
                last_line: last.text.chars().count(),
                number: last.printed_number,
                printed: String::new(),
                page: OnPage {
                    number: last.page,
                    doubts: last.doubts,
                },
                text: last.text,
                indent: None,
            });
        }
        self.blank_before = false;
        self.turned = true;
    }

    /// Whether a page began since the last line of text.
    pub(super) fn is_turned(&self) -> bool {
        self.turned
    }

    /// Takes a line that begins a paragraph, its printed number taken off;
    /// there may be no text behind it yet.
    pub(super) fn numbered(&mut self, mark: &Mark<'_>, page: OnPage) {
        let whole = format!("{} {}", mark.printed, mark.rest);
        if self.is_dropped(&whole) {
            self.dropped += characters(whole.trim());
            return;
        }
        self.settle(Some(&whole));
        self.waiting = Some(Waiting {
            number: Some((mark.printed.to_owned(), mark.number.to_string())),
            text: mark.rest.to_owned(),
            page,
            length: whole.trim().chars().count(),
            indent: 0,
            turned: std::mem::take(&mut self.turned),
        });
    }

    fn is_dropped(&self, line: &str) -> bool {
        let mut patterns = self.rules.drop_lines.iter();
        patterns.any(|p| p.regex().is_match(line))
    }

    /// Whether a printed number waits for its text.
    fn awaits_text(&self) -> bool {
        let open = self.open.as_ref();
        open.is_some_and(|open| !open.printed.is_empty() && open.text.is_empty())
    }

    /// Gives the waiting line its paragraph, now that the next one is known.
    fn settle(&mut self, next: Option<&str>) {
        let Some(waiting) = self.waiting.take() else {
            return;
        };
        let (line, page) = (&waiting.text, waiting.page);
        let (number, printed, rest) = match waiting.number {
            Some((printed, number)) => (Some(number), printed, line.trim()),
            None => {
                let (number, rest) = self.split_number(line);
                (number, String::new(), rest)
            }
        };
        let goes_on = match waiting.turned {
            true => self.is_unfinished() && !begins_part(line),
            false => {
                !self.is_set_in(waiting.indent) && self.goes_on(line.trim(), next.map(str::trim))
            }
        };
        if number.is_some() || !goes_on {
            self.close_open();
        }
        self.blank_before = false;
        let last_line = waiting.length;
        match &mut self.open {
            None => {
                self.open = Some(Open {
                    number,
                    printed,
                    page,
                    text: rest.to_owned(),
                    last_line,
                    indent: None,
                })
            }
            Some(open) => {
                match open.text.is_empty() {
                    true => open.text.push_str(rest),
                    false => self.vocabulary.join(&mut open.text, rest),
                }
                open.page.doubts = Doubts::joined(open.page.doubts, page.doubts);
                open.last_line = last_line;
                open.indent = Some(waiting.indent);
            }
        }
    }

    /// Whether a line is indented after the end of a sentence, like the first of
    /// a paragraph.
    fn is_set_in(&self, indent: usize) -> bool {
        let open = self.open.as_ref();
        let before = open.and_then(|open| open.indent);
        before.is_some_and(|before| indent >= before + SET_IN) && !self.is_unfinished()
    }

    /// Whether the open paragraph stops in the middle of a sentence.
    fn is_unfinished(&self) -> bool {
        let open = self.open.as_ref();
        open.is_some_and(|open| !is_finished(open.text.trim_end()))
    }

    /// Ends the paragraph that is open: a heading comes, or the text ends.
    pub fn close(&mut self) {
        self.settle(None);
        self.close_open();
        self.blank_before = false;
        self.turned = false;
    }

    fn close_open(&mut self) {
        let Some(open) = self.open.take() else { return };
        let text = fold_space(&self.mend(&open.text));
        let (printed_number, text) = match text.contains(char::is_alphanumeric) {
            true => (open.number, text),
            // A number that no text follows is no paragraph's.
            false => (None, open.printed),
        };
        if text.contains(char::is_alphanumeric) {
            self.done.push(Paragraph {
                printed_number,
                page: open.page.number,
                doubts: open.page.doubts,
                text,
            });
        }
    }

    /// How many characters the lines had that the rules drop.
    pub(super) fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Whether no line has been taken since the last paragraphs were.
    pub fn is_empty(&self) -> bool {
        self.open.is_none() && self.waiting.is_none() && self.done.is_empty()
    }

    /// The paragraphs so far, in order; they are taken out.
    pub fn take(&mut self) -> Vec<Paragraph> {
        self.close();
        std::mem::take(&mut self.done)
    }

    fn split_number<'l>(&self, line: &'l str) -> (Option<String>, &'l str) {
        let inside = self
            .open
            .as_ref()
            .is_some_and(|o| !is_finished(o.text.trim_end()));
        let always = self.rules.number.iter();
        // `1995. We` at the start of a line is a number only between sentences.
        let between = self
            .rules
            .number_between_sentences
            .iter()
            .filter(|_| !inside);
        for pattern in always.chain(between) {
            if let Some(captures) = pattern.regex().captures(line) {
                let whole = captures.get(0).map_or(0, |m| m.end());
                let number = captures.name("number").map(|m| m.as_str().to_owned());
                return (number, line[whole..].trim());
            }
        }
        (None, line.trim())
    }

    /// Whether `line` goes on with the paragraph that is open; `next` is the
    /// line after it, if one follows at once.
    fn goes_on(&self, line: &str, next: Option<&str>) -> bool {
        let Some(open) = &self.open else { return false };
        if open.text.is_empty() {
            // A number on a line of its own.
            return true;
        }
        let finished = is_finished(open.text.trim_end());
        let begins_inside = line.starts_with(char::is_lowercase);
        if self.blank_before && !self.rules.pages_break_sentences {
            return false;
        }
        let Layout::Wrapped { width } = self.layout else {
            // A line that stops in the middle of a sentence, at the end of a page.
            return !finished && !open.text.ends_with(';') && (begins_inside || self.numbered);
        };
        let full = |length: usize, next: &str| {
            let word = next
                .split_whitespace()
                .next()
                .unwrap_or_default()
                .chars()
                .count();
            length + 1 + word + SLACK > width
        };
        if self.blank_before {
            // A blank line inside a sentence is the break of a page.
            return !finished && (full(open.last_line, line) || begins_inside);
        }
        if !finished {
            return true;
        }
        // A line that stops short inside a sentence was set in: it is the first
        // of a paragraph, though the line before it is full.
        let set_in =
            next.is_some_and(|next| !is_finished(line) && !full(line.chars().count(), next));
        full(open.last_line, line) && !set_in
    }

    fn mend<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let whole = self.without_marks(text);
        if self.rules.rejoin_hyphens && whole.contains("- ") {
            return Cow::Owned(rejoin_hyphens(&whole));
        }
        whole
    }

    /// The text without the marks that stand between two letters.
    fn without_marks<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let marks = &self.rules.drop_inside_words;
        if !text.contains(|c| marks.contains(c)) {
            return Cow::Borrowed(text);
        }
        let mut mended = String::with_capacity(text.len());
        let mut chars = text.chars().peekable();
        let mut last = ' ';
        while let Some(c) = chars.next() {
            let inside = last.is_alphabetic() && chars.peek().is_some_and(|n| n.is_alphabetic());
            if !(marks.contains(c) && inside) {
                mended.push(c);
                last = c;
            }
        }
        Cow::Owned(mended)
    }
}

/// Whether a line ends as sentences end.
pub(super) fn is_finished(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '*'])
        .ends_with(['.', '?', '!', ':'])
        && !ends_in_title(line)
}

/// Whether a line begins with the mark of a part or of a heading: `(b)`, `II.`.
fn begins_part(line: &str) -> bool {
    static HEADING: LazyLock<Regex> =
        // The pattern is a constant; the tests below run it.
        LazyLock::new(|| Regex::new(r"^(?:[IVX]{1,5}|[A-H])\.\s").expect("a valid pattern"));
    PART.is_match(line.trim()) || HEADING.is_match(line.trim())
}

/// Words that stand after a hyphen left hanging: `short- and long-term`.
const AFTER_HANGING: &[&str] = &["and", "or", "to", "nor", "but", "as", "than", "versus"];

/// Joins `thirty- sixth`, which the end of a line once broke, to
/// `thirty-sixth`; `short- and long-term` stays.
fn rejoin_hyphens(text: &str) -> String {
    static BROKEN: LazyLock<Regex> =
        // The pattern is a constant; the tests below run it.
        LazyLock::new(|| Regex::new(r"(\p{L}-) (\p{Ll}+)").expect("a valid pattern"));
    BROKEN
        .replace_all(text, |c: &regex::Captures<'_>| {
            if AFTER_HANGING.contains(&&c[2]) {
                c[0].to_owned()
            } else {
                format!("{}{}", &c[1], &c[2])
            }
        })
        .into_owned()
}

/// The words of a text, to decide whether a hyphen at a line's end is part of
/// its word.
#[derive(Debug, Default)]
struct Vocabulary(HashSet<String>);

impl Vocabulary {
    fn of<'l>(lines: impl Iterator<Item = &'l str>) -> Self {
        let is_part = |c: char| c.is_alphabetic() || c == '-';
        let words = lines.flat_map(|l| l.split(move |c| !is_part(c)).filter(|w| w.len() > 1));
        Vocabulary(words.map(str::to_lowercase).collect())
    }

    /// Appends a line to a paragraph. A hyphen at the end of the paragraph
    /// goes only where the text has the joined word elsewhere and never the
    /// hyphenated one: `Govern-`/`ment` is joined, `thirty-`/`eighth` keeps it.
    fn join(&self, paragraph: &mut String, line: &str) {
        let Some(body) = paragraph.strip_suffix('-') else {
            paragraph.push(' ');
            paragraph.push_str(line);
            return;
        };
        let is_part = |c: char| c.is_alphabetic() || c == '-';
        let left = body.rsplit(|c| !is_part(c)).next().unwrap_or_default();
        let right: &str = line.split(|c| !is_part(c)).next().unwrap_or_default();
        if left.is_empty() || right.is_empty() || AFTER_HANGING.contains(&right) {
            paragraph.push(' ');
        } else {
            let joined = format!("{left}{right}").to_lowercase();
            let hyphenated = format!("{left}-{right}").to_lowercase();
            if self.0.contains(&joined) && !self.0.contains(&hyphenated) {
                paragraph.pop();
            }
        }
        paragraph.push_str(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Profiles;

    fn gather(text: &str) -> Vec<(Option<String>, String)> {
        let rules = &Profiles::built_in().get("ungd").unwrap().paragraphs;
        let mut gatherer = Gatherer::new(rules, Layout::of(text.lines()), text.lines());
        text.lines()
            .for_each(|l| gatherer.line(l, OnPage::default()));
        gatherer
            .take()
            .into_iter()
            .map(|p| (p.printed_number, p.text))
            .collect()
    }

    #[test]
    fn numbered_lines() {
        let text = "33: May I begin?\n34.\tIn the twenty- fifth session.\n35. \n\tShort- and long-term aims.";
        assert_eq!(
            gather(text),
            [
                (Some("33".into()), "May I begin?".into()),
                (Some("34".into()), "In the twenty-fifth session.".into()),
                (Some("35".into()), "Short- and long-term aims.".into()),
            ]
        );
    }

    #[test]
    fn a_year_at_the_start_of_a_line_is_no_number() {
        let text = "We welcome that the Conference on Women is\nscheduled for the autumn of the coming year,\n\
                    1995. We also give our vigorous support to\nthe Summit, which will be held in Copenhagen\n\
                    in March of that year, and we shall do all\nthat is in our power to make it a success.";
        let gathered = gather(text);
        assert_eq!(gathered.len(), 1);
        assert!(
            gathered[0].1.contains("coming year, 1995. We also"),
            "{gathered:?}"
        );
    }

    #[test]
    fn wrapped_lines_come_out_whole() {
        let text = "\
First of all, may I congratulate the thirty-
eighth President of the Assembly, whose Govern-
ment has done so much for the spur-of-the-
moment success of the forty-eighth session as
it was. I wish him well in his task, which is
a great one.
The Government of my country wishes to
congratulate the Secretary-General also, for
a pro\u{ac}blem was solved by the patience that
12


he showed in all those years when nobody was
there to help.";
        assert_eq!(
            gather(text).into_iter().map(|p| p.1).collect::<Vec<_>>(),
            [
                "First of all, may I congratulate the thirty-eighth President of the Assembly, whose \
                 Government has done so much for the spur-of-the-moment success of the forty-eighth \
                 session as it was. I wish him well in his task, which is a great one.",
                "The Government of my country wishes to congratulate the Secretary-General also, for a \
                 problem was solved by the patience that he showed in all those years when nobody was \
                 there to help.",
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn no_letter_is_lost(lines in proptest::collection::vec("[a-zA-Z ,.-]{0,60}", 0..20)) {
            let text = lines.join("\n");
            let letters = |s: &str| s.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            let gathered: String = gather(&text).into_iter().map(|p| p.1 + "\n").collect();
            proptest::prop_assert_eq!(letters(&gathered), letters(&text));
        }
    }
}
