//! A quotation as it is compared: its words, and what stands between them.
//!
//! A quotation is read as quoting does: an ellipsis stands for words that were
//! left out, square brackets hold what was put in or in place of something, a
//! paragraph may end in the middle.

use std::ops::Range;

use super::Licence;
use super::marks::without_note_marks;
use super::remark::is_remark;
use super::typography::{clean, gap_key, is_quote, word_key};
use crate::text::Analysis;
use crate::text::shingles::word_hash;

/// What ends a paragraph within the text of a quotation.
pub(super) const BREAK: char = '\u{2029}';

/// The longest text between square brackets, in bytes.
const LONGEST_BRACKET: usize = 200;

/// The most ellipses and brackets that are read as such in a text of so many
/// words; a text with more is no quotation, but a table or a program.
const MOST_MARKS: usize = 64;
const WORDS_PER_MARK: usize = 8;

/// A quotation made ready to be compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Quote {
    /// The text that the words are cut from: without marks of quoting.
    pub(super) plain: String,
    /// The words.
    pub(super) words: Vec<QuoteWord>,
    /// What stands before each word and, last, behind all: one more than there
    /// are words.
    pub(super) joints: Vec<Joint>,
    /// What was used by reading it so.
    pub(super) licences: Vec<Licence>,
    /// Whether marks of notes were taken out of it.
    pub(super) is_bare: bool,
}

/// A word of a quotation.
#[derive(Debug, Clone)]
pub(super) struct QuoteWord {
    /// Where it stands in the plain text.
    pub(super) span: Range<usize>,
    /// Its folded form.
    pub(super) folded: String,
    /// The hash of the folded form.
    pub(super) hash: u64,
    /// The bytes of it (counted in the word) that stood in brackets.
    pub(super) patch: Option<Range<usize>>,
}

/// What stands between two words.
#[derive(Debug, Clone, Default)]
pub(super) struct Joint {
    /// The signs, in one typography.
    pub(super) signs: String,
    /// Whether words may be left out here.
    pub(super) ellipsis: bool,
    /// What stands in brackets here.
    pub(super) bracket: Option<String>,
    /// Whether a paragraph ends here.
    pub(super) is_break: bool,
}

impl Joint {
    /// Whether the words on both sides stand side by side in the source.
    pub(super) fn is_direct(&self) -> bool {
        !self.ellipsis && self.bracket.is_none()
    }
}

enum Mark {
    Ellipsis,
    Bracket(String),
}

impl Quote {
    /// The ways to read a quotation: first each sign as it stands, for a source
    /// may have brackets of its own; then as quoting does; then so without the
    /// marks of notes.
    pub(super) fn readings(text: &str) -> Vec<Quote> {
        let (text, was_mended) = clean(text);
        let mut readings = vec![Quote::cut(text.clone(), &[], &[])];
        readings.extend(Quote::licensed(&text, Numbers::Kept));
        let words = readings.last().map_or(0, Quote::len);
        let plain = without_note_marks(&text);
        let is_marked = plain.is_some();
        let plain = plain.unwrap_or(text);
        let bare = Quote::licensed(&plain, Numbers::Dropped);
        let bare = bare.unwrap_or_else(|| Quote::cut(plain, &[], &[]));
        if is_marked || bare.len() != words {
            readings.push(Quote {
                is_bare: true,
                ..bare
            });
        }
        for quote in &mut readings {
            quote
                .licences
                .extend(was_mended.then_some(Licence::Typography));
            quote
                .licences
                .extend(quote.is_bare.then_some(Licence::NoteMarks));
        }
        readings
    }

    /// The reading that differences are shown in: as quoting does, with all
    /// numbers.
    pub(super) fn main(readings: &[Quote]) -> Option<&Quote> {
        readings.iter().rfind(|quote| !quote.is_bare)
    }

    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The words as printed.
    pub(super) fn printed(&self, word: usize) -> &str {
        &self.plain[self.words[word].span.clone()]
    }

    /// The runs of words that must stand side by side: no ellipsis, bracket or
    /// end of a paragraph between them, no word mended in brackets among them.
    pub(super) fn pieces(&self) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut start = 0;
        for i in 0..self.len() {
            let joint = &self.joints[i];
            if !joint.is_direct() || joint.is_break {
                pieces.push(start..i);
                start = i;
            }
            if self.words[i].patch.is_some() {
                pieces.push(start..i);
                start = i + 1;
            }
        }
        pieces.push(start.min(self.len())..self.len());
        pieces.retain(|piece| !piece.is_empty());
        pieces
    }

    /// The quotation as quoting reads it; nothing where it has no marks of
    /// quoting, or too many.
    fn licensed(text: &str, numbers: Numbers) -> Option<Quote> {
        let marked = Marked::of(text, numbers);
        let marks = marked.marks.len() + marked.patches.len();
        if marks == 0 && marked.licences.is_empty() {
            return None;
        }
        let mut quote = Quote::cut(marked.plain, &marked.marks, &marked.patches);
        quote.licences = marked.licences;
        (marks <= MOST_MARKS.max(quote.len() / WORDS_PER_MARK)).then_some(quote)
    }

    fn cut(plain: String, marks: &[(usize, Mark)], patches: &[Range<usize>]) -> Quote {
        let analysis = Analysis::of(&plain);
        let mut words = Vec::new();
        let mut joints = Vec::new();
        let mut end = 0;
        let mut next_mark = 0;
        let mut joint = |from: usize, to: usize| {
            let gap = &plain[from..to];
            let mut joint = Joint {
                signs: gap_key(gap),
                is_break: gap.contains(BREAK),
                ..Joint::default()
            };
            while let Some((_, mark)) = marks.get(next_mark).filter(|(at, _)| *at <= to) {
                match mark {
                    Mark::Ellipsis => joint.ellipsis = true,
                    Mark::Bracket(text) => {
                        let before = joint.bracket.take().map(|before| before + " ");
                        joint.bracket = Some(before.unwrap_or_default() + text);
                    }
                }
                next_mark += 1;
            }
            joint
        };
        for token in analysis.tokens().iter().filter(|t| t.length == 1) {
            let span = token.span.clone();
            joints.push(joint(end, span.start));
            end = span.end;
            let touched = |p: &&Range<usize>| p.start <= span.end && p.end >= span.start;
            let inside = |p: &Range<usize>| {
                p.start.max(span.start) - span.start..p.end.min(span.end) - span.start
            };
            let folded = analysis.form(token).to_owned();
            words.push(QuoteWord {
                hash: word_hash(&folded),
                folded,
                patch: patches.iter().find(touched).map(inside),
                span,
            });
        }
        joints.push(joint(end, plain.len()));
        // What a quotation begins with is not compared; an ellipsis is told.
        joints[0].ellipsis |= joints[0].signs.contains('…');
        Quote {
            words,
            joints,
            plain,
            ..Quote::default()
        }
    }
}

/// What becomes of a number in square brackets that stands by itself: it may be
/// a word, or the mark of a note.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbers {
    Kept,
    Dropped,
}

/// A text whose marks of quoting are told apart.
#[derive(Default)]
struct Marked {
    /// The text without them.
    plain: String,
    /// The ellipses and brackets, each with its place in it.
    marks: Vec<(usize, Mark)>,
    /// What stood in brackets as a part of a word.
    patches: Vec<Range<usize>>,
    licences: Vec<Licence>,
}

impl Marked {
    fn of(text: &str, numbers: Numbers) -> Self {
        let mut marked = Marked::default();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let rest = &text[at..];
            at += if let Some(length) = ellipsis(rest) {
                marked.push(Mark::Ellipsis);
                length
            } else if let Some((inner, length)) = bracket(rest) {
                marked.take(inner, rest[length..].chars().next(), numbers);
                length
            } else if let Some(length) = round_remark(rest) {
                marked.licences.push(Licence::Brackets);
                length
            } else {
                marked.plain.push(c);
                c.len_utf8()
            };
        }
        marked
    }

    /// Takes what stands between square brackets, `after` behind them.
    fn take(&mut self, inner: &str, after: Option<char>, numbers: Numbers) {
        let before = self.plain.chars().next_back();
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let touches = is_letter(before) || is_letter(after);
        let is_word = before.is_none_or(char::is_whitespace) && numbers == Numbers::Kept;
        if ellipsis(inner).is_some_and(|n| n == inner.len()) {
            self.push(Mark::Ellipsis);
        } else if inner.starts_with('^') || is_number(inner) && !is_word {
            self.licences.push(Licence::NoteMarks);
        } else if is_remark(inner) {
            self.licences.push(Licence::Brackets);
        } else if (touches || is_number(inner))
            && inner.chars().all(|c| c.is_alphanumeric() || is_quote(c))
        {
            self.licences.push(Licence::Brackets);
            self.patches
                .push(self.plain.len()..self.plain.len() + inner.len());
            self.plain.push_str(inner);
        } else {
            self.push(Mark::Bracket(inner.to_owned()));
        }
    }

    fn push(&mut self, mark: Mark) {
        self.licences.push(match mark {
            Mark::Ellipsis => Licence::Ellipsis,
            Mark::Bracket(_) => Licence::Brackets,
        });
        self.plain.push(' ');
        self.marks.push((self.plain.len(), mark));
        self.plain.push(' ');
    }
}

/// How a word of a quotation fits a word of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// Letter by letter.
    Same,
    /// But for its typography.
    Typography,
    /// But for the case of its first letter.
    Case,
    /// As mended in brackets.
    Mended,
}

/// How a word fits one of the source, if it does.
pub(super) fn fit(word: &str, patch: Option<&Range<usize>>, source: &str) -> Option<Fit> {
    if let Some(patch) = patch {
        return mended(word, patch, source);
    }
    if word == source {
        return Some(Fit::Same);
    }
    let (word, source) = (word_key(word), word_key(source));
    if word == source {
        return Some(Fit::Typography);
    }
    same_but_first_case(&word, &source).then_some(Fit::Case)
}

fn same_but_first_case(one: &str, other: &str) -> bool {
    let (mut a, mut b) = (one.chars(), other.chars());
    match (a.next(), b.next()) {
        (Some(x), Some(y)) => x.to_lowercase().eq(y.to_lowercase()) && a.as_str() == b.as_str(),
        _ => false,
    }
}

/// `[T]he` is `the`; `investigat[ed]` is `investigating`: what stands outside
/// the brackets must be as it is, what stands inside may be anything.
fn mended(word: &str, patch: &Range<usize>, source: &str) -> Option<Fit> {
    let (before, after) = (word.get(..patch.start)?, word.get(patch.end..)?);
    let inner = word.get(patch.clone())?;
    let (word, source) = (word_key(word), word_key(source));
    if word == source {
        return Some(Fit::Mended);
    }
    // `20[21]` is another number than `2019`.
    if [&word, &source]
        .iter()
        .any(|w| w.contains(char::is_numeric))
    {
        return None;
    }
    if before.is_empty() && inner.chars().count() == 1 {
        return same_but_first_case(&word, &source).then_some(Fit::Case);
    }
    let (before, after) = (word_key(before), word_key(after));
    let fits = source.len() >= before.len() + after.len()
        && source.starts_with(&before)
        && source.ends_with(&after)
        && before.len() + after.len() > 1;
    fits.then_some(Fit::Mended)
}

/// The length of an ellipsis that a text begins with, in bytes: `…`, or three
/// points or stars and more, with spaces between them or without.
fn ellipsis(text: &str) -> Option<usize> {
    let (mut end, mut points) = (0, 0);
    let is_starred = text.starts_with("* * *");
    for (at, c) in text.char_indices() {
        match c {
            '*' if is_starred => points += 1,
            '.' if !is_starred => points += 1,
            '…' if !is_starred => points += 3,
            ' ' if points > 0 => continue,
            _ => break,
        }
        end = at + c.len_utf8();
    }
    (points >= 3).then_some(end)
}

/// What stands between the brackets that a text begins with, and the length of
/// all in bytes.
fn bracket(text: &str) -> Option<(&str, usize)> {
    let inside = text.strip_prefix('[')?;
    let end = inside.find([']', '['])?;
    let is_closed = inside[end..].starts_with(']') && end <= LONGEST_BRACKET;
    is_closed.then(|| (inside[..end].trim(), end + 2))
}

/// The length of a remark in round brackets that a text begins with, in bytes.
fn round_remark(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('(')?;
    let end = inside.find([')', '('])?;
    let is_closed = inside[end..].starts_with(')') && end <= LONGEST_BRACKET;
    (is_closed && is_remark(&inside[..end])).then_some(end + 2)
}

/// Whether square brackets hold a number that a note may have, and no year.
fn is_number(inner: &str) -> bool {
    (1..4).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(quote: &Quote) -> Vec<&str> {
        (0..quote.len()).map(|i| quote.printed(i)).collect()
    }

    #[test]
    fn marks_of_quoting_are_read_apart() {
        let quote = &Quote::readings("[T]he police . . . visited [the old] kiln[s], [sic] they")[1];
        assert_eq!(words(quote), ["The", "police", "visited", "kilns", "they"]);
        assert_eq!(quote.words[0].patch, Some(0..1));
        assert_eq!(quote.words[3].patch, Some(4..5));
        assert!(quote.joints[2].ellipsis);
        assert_eq!(quote.joints[3].bracket.as_deref(), Some("the old"));
        assert!(quote.joints[4].is_direct());
        assert_eq!(quote.joints[4].signs, ",");
        assert_eq!(Quote::readings("no mark at all.").len(), 1);
    }

    #[test]
    fn remarks_and_marks_of_notes_are_no_words() {
        for (text, plain) in [
            ("The kilns (emphasis added) ran.", "The kilns  ran."),
            (
                "The kilns (see annex) ran [emphasis in original].",
                "The kilns (see annex) ran .",
            ),
            ("The kilns[12] ran", "The kilns ran"),
            ("The kilns.12 They ran", "The kilns. They ran"),
            ("The [12] kilns ran", "The  kilns ran"),
            ("The kilns¹² ran (footnote omitted)", "The kilns ran "),
        ] {
            let plain_of = |quote: &Quote| quote.plain.clone();
            let last = Quote::readings(text).last().map(plain_of);
            assert_eq!(last.as_deref(), Some(plain), "{text}");
        }
        let main = Quote::main(&Quote::readings("The [12] kilns")).cloned();
        assert_eq!(
            main.map(|quote| quote.plain).as_deref(),
            Some("The 12 kilns")
        );
        let readings = Quote::readings("kilns¹² [and] ran");
        let main = Quote::main(&readings).map(|quote| quote.plain.as_str());
        assert_eq!(main, Some("kilns¹²    ran"));
    }

    #[test]
    fn ellipses_in_all_their_forms() {
        for (text, length) in [
            ("* * * a", Some(5)),
            ("***a***", None),
            (". . . . A", Some(7)),
            ("… a", Some(3)),
            ("... a", Some(3)),
            (". . . a", Some(5)),
            (".... a", Some(4)),
            (". A", None),
            (".. a", None),
        ] {
            assert_eq!(ellipsis(text), length, "{text}");
        }
        for text in [
            "a [...] b",
            "a […] b",
            "a (...) b",
            "a [. . .] b",
            "a . . . b",
            "a. . . . b",
            "a,\u{a0}.\u{a0}.\u{a0}. b",
        ] {
            assert!(Quote::readings(text)[1].joints[1].ellipsis, "{text}");
        }
    }

    #[test]
    fn words_fit_as_quoting_does() {
        for (word, patch, source, expected) in [
            ("kiln", None, "kiln", Some(Fit::Same)),
            ("police’s", None, "police's", Some(Fit::Typography)),
            ("The", None, "the", Some(Fit::Case)),
            ("NGO", None, "ngo", None),
            ("government", None, "government's", None),
            ("Cote", None, "Côte", None),
            ("The", Some(0..1), "the", Some(Fit::Case)),
            ("There", Some(0..1), "where", None),
            (
                "investigated",
                Some(10..12),
                "investigating",
                Some(Fit::Mended),
            ),
            ("investigated", Some(10..12), "investing", None),
            ("2021", Some(2..4), "2019", None),
            ("2021", Some(2..4), "2021", Some(Fit::Mended)),
        ] {
            assert_eq!(
                fit(word, patch.as_ref(), source),
                expected,
                "{word} {source}"
            );
        }
    }
}
