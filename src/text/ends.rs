//! Where sentences of a text may end: where Unicode sees an end, and where a
//! reader does. Whether one does end there is told elsewhere.

use super::abbreviations::{goes_on_before, is_grammar, opens};
use super::bounds::sentence_ends_into;

/// How much of a word is looked at, in bytes, so that a text without white space
/// takes no longer than another.
const LONGEST: usize = 100;

/// A place where a sentence may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    /// Where its last mark ends, with closing quotes and brackets and white
    /// space; in bytes.
    pub(super) mark: usize,
    /// Where the sentence ends: behind the mark of a note that stands there.
    pub(super) at: usize,
}

/// The places where a sentence of a text may end, in order, the end of the text
/// last.
pub(super) fn ends(text: &str) -> Vec<End> {
    let mut bounds = Vec::new();
    sentence_ends_into(text, &mut bounds);
    let mut ends: Vec<End> = bounds
        .into_iter()
        .map(|bound| past_note(text, bound))
        .collect();
    let stops = text.match_indices('.');
    ends.extend(stops.filter_map(|(stop, _)| unseen(text, stop)));
    ends.push(End::plain(text.len()));
    ends.sort_unstable_by_key(|end| (end.at, end.mark));
    ends.dedup_by_key(|end| end.at);
    ends
}

/// Whether a character closes what a sentence stands in.
pub(super) fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | ')' | ']')
}

impl End {
    fn plain(at: usize) -> Self {
        End { mark: at, at }
    }
}

/// An end that Unicode sees, moved behind the mark of a note.
fn past_note(text: &str, bound: usize) -> End {
    // Unicode takes the bracket of `.[12]` and `.(The` for one that closes.
    let mark = text[..bound].trim_end_matches(['[', '(', '“', '‘']).len();
    match text[..mark].ends_with(char::is_whitespace) {
        true => End::plain(bound),
        false => End {
            mark,
            at: mark + note_length(&text[mark..]),
        },
    }
}

/// The end at a full stop where Unicode sees none but a reader does.
fn unseen(text: &str, stop: usize) -> Option<End> {
    let quoted = text[stop + 1..].trim_start_matches(is_closing);
    let mark = text.len() - quoted.len();
    let word = word_before(&text[..stop]);
    let next = quoted.chars().next()?;
    if next.is_uppercase() {
        let is_end = is_end_without_space(word, quoted) && !is_in_name(text, stop);
        return is_end.then(|| End::plain(mark));
    }
    if next.is_whitespace() {
        let rest = quoted.trim_start();
        let is_end = is_sentence_last(word) && begins(rest) && !goes_on_before(word, first(rest));
        return is_end.then(|| End::plain(text.len() - rest.len()));
    }
    let note = note_length(quoted);
    let is_end = note > 0 && is_end_before_note(&text[..stop], word, &quoted[note..]);
    is_end.then_some(End {
        mark,
        at: mark + note,
    })
}

/// The word that ends a text, with the full stops in it.
fn word_before(text: &str) -> &str {
    let text = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    let is_other = |c: char| !(c.is_alphanumeric() || c == '.');
    let start = text.char_indices().rfind(|(_, c)| is_other(*c));
    start.map_or(text, |(at, c)| &text[at + c.len_utf8()..])
}

/// The text up to the first white space.
fn first(text: &str) -> &str {
    let text = &text[..text.floor_char_boundary(LONGEST)];
    text.split_whitespace().next().unwrap_or_default()
}

/// Whether a sentence may end with a word: one in lower case, and none of grammar.
fn is_sentence_last(word: &str) -> bool {
    !is_grammar(word)
        && word.chars().nth(1).is_some()
        && word.chars().all(char::is_alphabetic)
        && word.ends_with(char::is_lowercase)
}

/// `at Fez.The opposing`
fn is_end_without_space(word: &str, next: &str) -> bool {
    let begins = match next.chars().nth(1) {
        // `Add.I and 2` has a number that was misread.
        Some(' ') => !goes_on_before(word, "1"),
        second => second.is_some_and(char::is_lowercase),
    };
    begins && is_sentence_last(word) && !goes_on_before(word, first(next))
}

/// Whether a full stop stands in the name of a file or a place of the web, or in
/// an office whose hyphen was misread, `Secretary.General`.
fn is_in_name(text: &str, stop: usize) -> bool {
    let before = &text[text.ceil_char_boundary(stop.saturating_sub(LONGEST))..stop];
    let before = before.split_whitespace().last().unwrap_or_default();
    let after = first(&text[stop + 1..]);
    let is_address = |part: &str| ["@", "_", "://", "www."].iter().any(|m| part.contains(m));
    let is_ending =
        |part: &str| (2..=5).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase());
    let word = after.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_office = word == "General" && before.starts_with(char::is_uppercase);
    is_address(before)
        || is_address(after)
        || is_office
        || matches!(word, "Com" | "Org" | "Net" | "Gov")
        || word.split('.').skip(1).last().is_some_and(is_ending)
}

/// Whether a sentence ends at a stop between a word and the mark of a note.
fn is_end_before_note(before: &str, word: &str, after: &str) -> bool {
    let next = first(after);
    let begins = next.trim_start_matches(['“', '‘', '"', '\'', '(', '[']);
    if !begins.starts_with(char::is_uppercase) || goes_on_before(word, next) {
        return false;
    }
    let is_acronym = word.len() >= 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    let is_year = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let is_dotted = word.contains('.') && !word.contains(char::is_numeric);
    match is_sentence_last(word) || is_acronym {
        true => !goes_on_before(word, "1"),
        // `3.12 The` may be a figure, `U.S.12 General` a part of a name.
        false => before.ends_with(is_closing) || ((is_year || is_dotted) && opens(next)),
    }
}

/// Whether a text begins as sentences do that Unicode does not see.
fn begins(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_digit())
        || rest.starts_with("(spoke in ")
        || is_list_mark(rest)
}

/// `(b) The`, `(ii) The`, `(3) The`
fn is_list_mark(rest: &str) -> bool {
    let Some((mark, _)) = rest.strip_prefix('(').and_then(|r| r.split_once(')')) else {
        return false;
    };
    let letter = mark.len() == 1 && mark.bytes().all(|b| b.is_ascii_lowercase());
    let roman = (1..=4).contains(&mark.len()) && mark.bytes().all(|b| b"ivx".contains(&b));
    let number = (1..=2).contains(&mark.len()) && mark.bytes().all(|b| b.is_ascii_digit());
    letter || roman || number
}

/// The text up to the first white space that no comma between two numbers stands
/// before: `12, 13`.
fn first_note(text: &str) -> &str {
    let mut end = first(text).len();
    while text[..end].ends_with(',')
        && text[..end - 1].ends_with(|c: char| c.is_ascii_digit())
        && let Some(next) = text[end..].strip_prefix(' ').map(first)
        && is_note_number(next.trim_end_matches(','))
    {
        end += 1 + next.len();
    }
    &text[..end]
}

/// How many bytes the mark of a note at the start of a text has: `12`, `12,13`,
/// `12, 13`, `[12]`, `[12][13]`, `(12)`, `¹²`, `*`; behind it is white space or nothing. 0 is none.
fn note_length(text: &str) -> usize {
    if text.starts_with(char::is_whitespace) {
        return 0;
    }
    let note = first_note(text);
    let within = |open, close| note.strip_prefix(open)?.strip_suffix(close);
    let bare = within('[', ']').or_else(|| within('(', ')'));
    let is_raised = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '*' | '†' | '‡');
    let mut numbers = bare
        .unwrap_or(note)
        .split("][")
        .flat_map(|list| list.split([',', '–', '-']).map(str::trim_start));
    let is_note = numbers.all(is_note_number) || !note.is_empty() && note.chars().all(is_raised);
    match is_note {
        true => note.len(),
        false => 0,
    }
}

fn is_note_number(number: &str) -> bool {
    (1..=3).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit())
        && !number.starts_with('0')
}
