//! The quotations of a draft: between quotation marks of any kind, and in block
//! quotations.
//!
//! A mark opens where nothing or a sign stands before it and a word after it;
//! what is quoted within a quotation is part of it. A quotation that goes on in
//! the next paragraph opens there again with the same mark. What stands in
//! brackets or a footnote right behind may say where it is from.

use super::behind::{
    claims_at_end, claims_behind, claims_inside, claims_of, guesses_at_end, whole_source,
};
use super::missing::missing as notes_missing;
use super::pages::{Pages, Paragraph, without_marks};
use super::quote::BREAK;
use super::typography::{is_invisible, is_quote};
use super::{Quotation, Spot};

/// The longest quotation that is looked for, in bytes.
const LONGEST: usize = 1_000_000;
/// The most paragraphs of a quotation.
const MOST_PARAGRAPHS: usize = 500;
/// How many marks that are never closed, or notes that are missing, are told.
const TOLD: usize = 5;

/// A quotation that was found, before it has its name.
struct Span {
    spot: Spot,
    text: String,
    /// Where it ends: the paragraph and the byte behind its mark.
    end: (usize, usize),
}

/// The quotations of the paragraphs of a draft, in order.
pub(super) fn quotations(pages: &Pages, remarks: &mut Vec<String>) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut stray: Vec<Spot> = Vec::new();
    let mut missing: Vec<(Spot, String)> = Vec::new();
    let mut at = (0, 0);
    while let Some(paragraph) = pages.paragraphs.get(at.0) {
        let next = match paragraph.block {
            Some(block) => {
                let (quotation, next) = block_quotation(pages, at.0, block);
                found.extend(quotation);
                (next, 0)
            }
            None => match next_span(pages, at, &mut stray) {
                Some(span) => {
                    let mut claims = claims_behind(pages, span.end);
                    claims.extend(claims_inside(pages, &span.text));
                    let marks = notes_missing(pages, &span.text, span.end).into_iter();
                    missing.extend(marks.map(|mark| (span.spot, mark)));
                    found.push(Quotation {
                        id: String::new(),
                        spot: span.spot,
                        text: printable(&span.text),
                        claims,
                    });
                    span.end
                }
                None => (at.0 + 1, 0),
            },
        };
        at = next;
    }
    for (quotation, number) in found.iter_mut().zip(1..) {
        quotation.id = format!("{number}");
    }
    tell(
        remarks,
        stray
            .iter()
            .map(|spot| format!("{spot}: a quotation mark that opens here is never closed")),
        "quotation marks are never closed",
    );
    tell(
        remarks,
        missing
            .iter()
            .map(|(spot, mark)| format!("{spot}: note {mark} is called but is not in the draft")),
        "calls of notes that are not in the draft",
    );
    found
}

/// Tells the first remarks of a kind, and how many more there are.
fn tell(remarks: &mut Vec<String>, kind: impl ExactSizeIterator<Item = String>, rest: &str) {
    let more = kind.len().saturating_sub(TOLD);
    remarks.extend(kind.take(TOLD));
    if more > 0 {
        remarks.push(format!("{more} more {rest}"));
    }
}

/// The next quotation between marks from a place of a paragraph on.
fn next_span(pages: &Pages, at: (usize, usize), stray: &mut Vec<Spot>) -> Option<Span> {
    let paragraph = &pages.paragraphs[at.0];
    let text = &paragraph.text;
    let mut from = at.1;
    while let Some((start, mark)) = opener(text, from) {
        let inside = start + mark.len_utf8();
        if let Some((quoted, end)) = closed(pages, at.0, inside, mark) {
            let spot = pages.spot(paragraph, start);
            let text = unwrapped(&quoted).to_owned();
            return Some(Span { spot, text, end });
        }
        // An apostrophe is no stray mark.
        if !matches!(mark, '\'' | '‘' | '’' | '‹') {
            stray.push(pages.spot(paragraph, start));
        }
        from = inside;
    }
    None
}

/// The next mark that opens a quotation.
fn opener(text: &str, from: usize) -> Option<(usize, char)> {
    let mut before = text[..from].chars().next_back();
    let mut chars = text[from..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        if is_opener(c, before, after) {
            return Some((from + at, c));
        }
        before = Some(c);
    }
    None
}

fn is_opener(c: char, before: Option<char>, after: Option<char>) -> bool {
    let is_free = before.is_none_or(|b| !b.is_alphanumeric() && !matches!(b, '.' | ',' | '\''));
    let leads = after.is_some_and(|a| !a.is_whitespace() && !matches!(a, ',' | ';' | ')' | '.'));
    match c {
        '“' | '„' | '«' | '‹' | '「' | '『' => after.is_some(),
        // As in German and Danish.
        '»' => is_free && after.is_some_and(char::is_alphanumeric),
        '"' => is_free && (leads || after == Some('.')),
        '‘' | '‚' | '\'' => is_free && leads,
        _ => false,
    }
}

/// Whether a straight mark stands where none closes: behind white space and before
/// what is quoted.
fn surely_opens(c: char, before: Option<char>, after: Option<char>) -> bool {
    c == '"' && before.is_some_and(char::is_whitespace) && is_opener(c, before, after)
}

/// The marks that close what a mark opens.
fn closers(mark: char) -> &'static [char] {
    match mark {
        '“' => &['”'],
        '„' => &['“', '”'],
        '«' => &['»'],
        '»' => &['«'],
        '‹' => &['›'],
        '「' => &['」'],
        '『' => &['』'],
        '"' => &['"', '”'],
        '‘' | '‚' => &['’', '\''],
        _ => &['\''],
    }
}

/// What stands between a mark and the one that closes it, in one paragraph or
/// several, and where it ends.
fn closed(
    pages: &Pages,
    first: usize,
    inside: usize,
    mark: char,
) -> Option<(String, (usize, usize))> {
    let mut quoted = String::new();
    let mut from = inside;
    let paragraphs = pages.paragraphs.iter().enumerate().skip(first);
    for (number, paragraph) in paragraphs.take(MOST_PARAGRAPHS) {
        let text = &paragraph.text;
        if number > first {
            // The next paragraph opens again.
            let start = text.len() - text.trim_start().len();
            if !text[start..].starts_with(mark) || paragraph.block.is_some() {
                return None;
            }
            quoted.push(BREAK);
            from = start + mark.len_utf8();
        }
        if let Some((at, length)) = closer_of(text, from, mark) {
            quoted.push_str(&text[from..at]);
            return Some((quoted, (number, at + length)));
        }
        quoted.push_str(&text[from..]);
        if quoted.len() > LONGEST {
            return None;
        }
    }
    None
}

/// The mark that closes a quotation, with its length. A straight mark may have
/// been taken wrongly for one that opens another, and may close a curly one.
fn closer_of(text: &str, from: usize, mark: char) -> Option<(usize, usize)> {
    let found = closer(text, from, mark, closers(mark), true);
    match mark {
        '"' => found.or_else(|| closer(text, from, mark, closers(mark), false)),
        '“' | '„' => found.or_else(|| closer(text, from, mark, &['"'], true)),
        _ => found,
    }
}

/// The mark of some that closes a quotation, with its length; `nests` where a mark that
/// opens in it asks for one of its own.
fn closer(
    text: &str,
    from: usize,
    mark: char,
    closers: &[char],
    nests: bool,
) -> Option<(usize, usize)> {
    let is_single = matches!(mark, '‘' | '‚' | '\'');
    let mut depth = 0usize;
    // Curly marks between straight ones are pairs of their own.
    let mut curly = 0usize;
    let mut before = None;
    let mut possessive = None;
    let mut chars = text[from..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if at > LONGEST {
            break;
        }
        let after = chars.peek().map(|(_, c)| *c);
        let is_inside_word = after.is_some_and(char::is_alphanumeric)
            && before.is_some_and(|b: char| b.is_alphanumeric());
        let found = (from + at, c.len_utf8());
        if nests && mark == '"' && (c == '“' || c == '”' && curly > 0) {
            curly = if c == '“' { curly + 1 } else { curly - 1 };
        } else if nests && c == mark && before.is_some() && is_opener(c, before, after) {
            depth += 1;
        } else if closers.contains(&c) && surely_opens(c, before, after) {
            break;
        } else if closers.contains(&c) && !(is_single && is_inside_word) {
            if depth > 0 {
                depth -= 1;
            } else if !is_single {
                return Some(found);
            } else if before.is_some_and(|b| !b.is_whitespace()) {
                // `victims’ rights`: the mark of a genitive, if a better one
                // comes.
                let is_genitive = matches!(before, Some('s' | 'S'))
                    && after == Some(' ')
                    && text[from + at..]
                        .chars()
                        .nth(2)
                        .is_some_and(char::is_lowercase);
                if !is_genitive {
                    return Some(found);
                }
                possessive = possessive.or(Some(found));
            }
        }
        before = Some(c);
    }
    possessive
}

/// A block quotation from a paragraph on, and the first paragraph after it.
fn block_quotation(pages: &Pages, first: usize, block: usize) -> (Option<Quotation>, usize) {
    let is_in = |p: &&Paragraph| p.block == Some(block);
    let count = pages.paragraphs[first..].iter().take_while(is_in).count();
    let next = first + count;
    // Each paragraph may stand between marks of its own, or all of them.
    let paragraphs = pages.paragraphs[first..next].iter();
    let paragraphs: Vec<&str> = paragraphs.map(|p| unwrapped(&p.text)).collect();
    let quoted = paragraphs.join(&BREAK.to_string());
    let text = unwrapped(&printable(&quoted)).to_owned();
    let mut claims = claims_at_end(&text);
    let line = last_line(&pages.paragraphs[next - 1]);
    claims.extend(guesses_at_end(&text, &printable(line)));
    claims.extend(claims_inside(pages, &quoted));
    let after = pages.paragraphs.get(next).filter(|p| p.block.is_none());
    let after = after.and_then(|paragraph| whole_source(&paragraph.text));
    claims.extend(after.into_iter().flat_map(|named| claims_of(pages, named)));
    let quotation = Quotation {
        id: String::new(),
        spot: pages.spot(&pages.paragraphs[first], 0),
        claims,
        text,
    };
    (Some(quotation).filter(|q| !q.text.is_empty()), next)
}

/// The last of the lines that a paragraph is from.
fn last_line(paragraph: &Paragraph) -> &str {
    let start = paragraph.lines.last().map_or(0, |(start, _)| *start);
    paragraph.text.get(start..).unwrap_or_default()
}

/// The text of a quotation as it is shown: without marks of notes and characters
/// that print nothing.
pub(super) fn printable(quoted: &str) -> String {
    let text = without_marks(quoted);
    let is_shown =
        |c: &char| *c == BREAK || c.is_whitespace() || !is_invisible(*c) || *c == '\u{ad}';
    text.chars().filter(is_shown).collect()
}

/// A text without the quotation marks around the whole of it.
pub(super) fn unwrapped(text: &str) -> &str {
    let trimmed = text.trim();
    let mut chars = trimmed.chars();
    let Some((first, last)) = chars.next().zip(chars.next_back()) else {
        return trimmed;
    };
    let inside = &trimmed[first.len_utf8()..trimmed.len() - last.len_utf8()];
    let is_around = is_quote(first)
        && closers(first).contains(&last)
        && !inside.contains(first)
        && !inside.contains(last);
    match is_around {
        true => inside.trim(),
        false => trimmed,
    }
}

#[cfg(test)]
mod tests {
    use super::super::pages::DraftNote;
    use super::*;

    fn of(paragraphs: &[&str]) -> (Vec<String>, Vec<String>) {
        let paragraphs = paragraphs.iter().zip(1..);
        let pages = Pages {
            paragraphs: paragraphs
                .map(|(text, number)| Paragraph {
                    text: (*text).to_owned(),
                    lines: vec![(0, number)],
                    ..Paragraph::default()
                })
                .collect(),
            ..Pages::default()
        };
        let mut remarks = Vec::new();
        let found = quotations(&pages, &mut remarks);
        (found.into_iter().map(|q| q.text).collect(), remarks)
    }

    #[test]
    fn marks_of_all_kinds_are_found() {
        for (text, quoted) in [
            (
                "He said “go away” and \"come back\".",
                vec!["go away", "come back"],
            ),
            (
                "It is «aujourd’hui même» or »so sagt man« or „so auch“.",
                vec!["aujourd’hui même", "so sagt man", "so auch"],
            ),
            (
                "The victims' rights and the state's 'first plan'.",
                vec!["first plan"],
            ),
            (
                "‘the victims’ rights are few’, said John’s",
                vec!["the victims’ rights are few"],
            ),
            (
                "“He said ‘we go’ and left”",
                vec!["He said ‘we go’ and left"],
            ),
            (
                "\"He said \"we go\" and left\"",
                vec!["He said \"we go\" and left"],
            ),
            ("a 5\" pipe and a \"5\" pipe\"", vec!["5"]),
            ("don't, won't, rock 'n' roll", vec!["n"]),
            ("“\"double\"”", vec!["double"]),
            ("“unclosed and “closed”", vec!["closed"]),
            ("(\"...and so on\")", vec!["...and so on"]),
            ("He said 「go away」 and 『come』.", vec!["go away", "come"]),
            ("no mark", vec![]),
        ] {
            assert_eq!(of(&[text]).0, quoted, "{text}");
        }
    }

    #[test]
    fn a_straight_mark_that_opens_never_closes() {
        let stray = "line 1: a quotation mark that opens here is never closed";
        for (text, quoted, remarks) in [
            (
                "He said \"one two. Next \"three four\" and end.",
                vec!["three four"],
                1,
            ),
            (
                "“one two. Next \"three four\" and end.",
                vec!["three four"],
                1,
            ),
            (
                "\"one \"two and three\" four\"",
                vec!["one \"two and three\" four"],
                0,
            ),
            ("\"one two \" and \"three\"", vec!["one two", "three"], 0),
        ] {
            assert_eq!(
                of(&[text]),
                (
                    quoted.into_iter().map(str::to_owned).collect(),
                    vec![stray.to_owned(); remarks]
                ),
                "{text}"
            );
        }
    }

    #[test]
    fn a_quotation_may_span_paragraphs_that_open_again() {
        let (found, remarks) = of(&["He said: “First words.", "“Last words,” and left."]);
        assert_eq!(found, ["First words.\u{2029}Last words,"]);
        assert!(remarks.is_empty());
        let (found, remarks) = of(&["He said: “First words.", "Last words,” and left."]);
        assert!(found.is_empty());
        assert_eq!(
            remarks,
            ["line 1: a quotation mark that opens here is never closed"]
        );
    }

    #[test]
    fn a_source_stands_right_behind() {
        let claim = |text: &str| {
            let paragraph = Paragraph {
                text: text.to_owned(),
                lines: vec![(0, 1)],
                ..Paragraph::default()
            };
            let pages = Pages {
                paragraphs: vec![paragraph],
                notes: vec![DraftNote::new("1", "1", "see it")],
                ..Pages::default()
            };
            let mut found = quotations(&pages, &mut Vec::new()).into_iter();
            let claims = found.next().map(|q| q.claims).unwrap_or_default();
            claims.into_iter().next().map(|claim| claim.typed)
        };
        for (text, typed) in [
            (
                "“a b c d” (tip-2021-khm:protection:1).",
                Some("tip-2021-khm:protection:1"),
            ),
            ("“a b c d,” [tip-2021-khm].", Some("tip-2021-khm")),
            (
                "“a b c d” (emphasis added) (tip-2021-khm)",
                Some("tip-2021-khm"),
            ),
            ("“a b c d.”\u{e000}1\u{e001}", Some("see it")),
            ("“a b c d.\u{e000}1\u{e001}” He", Some("see it")),
            ("“a b c d,” he said.\u{e000}1\u{e001} So", Some("see it")),
            ("“a b c d.” He left.\u{e000}1\u{e001} So", None),
            ("“a b c d” and “e”.\u{e000}1\u{e001} So", None),
            ("“a b c d” (A (2021), para. 3)", Some("A (2021), para. 3")),
            ("“a b c d” — tip-2021-khm", Some("tip-2021-khm")),
            ("“a b c d” — he said", None),
            ("“a b c d” (in part)", None),
            ("“a b c d” said the minister (tip-2021-khm)", None),
        ] {
            assert_eq!(claim(text).as_deref(), typed, "{text}");
        }
    }
}
