//! The signs of the query language, and those of others.

use super::quotes::is_quote;
use super::token::TokenKind;
use super::tree::Within;
use crate::index::{FacetName, IndexPart};

/// The fields by name.
pub(super) const FIELDS: [&str; 11] = [
    "country", "region", "year", "tier", "section", "theme", "series", "in", "case", "heading",
    "title",
];

/// What stands before a colon.
#[derive(Debug, Clone, Copy)]
pub(super) enum FieldName {
    Facet(FacetName),
    Case,
    /// `heading:` and `title:`.
    Part(IndexPart),
}

impl FieldName {
    /// The field of a name in lower case.
    pub(super) fn of(name: &str) -> Option<Self> {
        match name {
            "in" => Some(FieldName::Facet(FacetName::Section)),
            "case" => Some(FieldName::Case),
            "heading" => Some(FieldName::Part(IndexPart::Headings)),
            "title" => Some(FieldName::Part(IndexPart::Titles)),
            _ => name.parse().ok().map(FieldName::Facet),
        }
    }
}

/// The ASCII digits that a text begins with.
pub(super) fn leading_digits(text: &str) -> &str {
    &text[..text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len())]
}

/// The bytes of a regular expression between slashes at the start of `rest`.
pub(super) fn regex_length(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('/')?;
    let mut escaped = false;
    for (i, c) in inside.char_indices() {
        match c {
            c if c.is_whitespace() => return None,
            '/' if !escaped => {
                let ends = inside[i + 1..]
                    .chars()
                    .next()
                    .is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '^') || is_quote(c));
                return (ends && i > 0).then_some(i + 2);
            }
            c => escaped = c == '\\' && !escaped,
        }
    }
    None
}

/// The operator that a whole chunk is.
pub(super) fn operator(chunk: &str) -> Option<TokenKind> {
    match chunk {
        "AND" => return Some(TokenKind::And),
        "OR" => return Some(TokenKind::Or),
        "NOT" => return Some(TokenKind::Not),
        _ => {}
    }
    let lower = chunk.to_lowercase();
    let near = |within, ordered| Some(TokenKind::Near { within, ordered });
    match lower.as_str() {
        "/s" | "w/s" | "w/sent" => return near(Within::Sentence, false),
        "+s" | "pre/s" => return near(Within::Sentence, true),
        "/p" | "w/p" | "w/para" => return near(Within::Passage, false),
        "+p" | "pre/p" => return near(Within::Passage, true),
        _ => {}
    }
    for (sign, ordered) in [
        ("w/", false),
        ("near/", false),
        ("/", false),
        ("pre/", true),
        ("+", true),
    ] {
        if let Some(digits) = lower.strip_prefix(sign)
            && !digits.is_empty()
            && leading_digits(digits) == digits
        {
            return near(Within::Words(digits.parse().unwrap_or(u32::MAX)), ordered);
        }
    }
    None
}

/// The number of an `ATLEAST3`.
pub(super) fn at_least(chunk: &str) -> Option<u32> {
    let digits = chunk.to_lowercase().strip_prefix("atleast")?.to_owned();
    (!digits.is_empty() && leading_digits(&digits) == digits)
        .then(|| digits.parse().unwrap_or(u32::MAX))
}

/// What of a chunk other languages would understand, or what looks like a
/// mistyped operator, with what to write instead: left alone it would silently
/// be taken for words. `before` and `after` are the text around the chunk.
pub(super) fn foreign(chunk: &str, before: &str, after: &str) -> Option<(String, &'static str)> {
    let is_number = |text: &str| !text.is_empty() && leading_digits(text) == text;
    let lower = chunk.to_lowercase();
    let near = ["w/", "pre/", "near/"]
        .iter()
        .find_map(|sign| lower.strip_prefix(sign));
    let edits = chunk.rsplit_once('~').filter(|(word, _)| !word.is_empty());
    let behind_closed = before.ends_with(')') || before.trim_end().ends_with(is_quote);
    let hint = if after.starts_with('(') && chunk == "AROUND" {
        "write `a w/6 b` for `a AROUND(5) b`"
    } else if after.starts_with('(') && matches!(&*lower, "caps" | "allcaps") {
        "write `case:\"NGO\"`"
    } else if chunk == "ATLEAST" || chunk.starts_with("ATLEAST") && at_least(chunk).is_some() {
        "write it without spaces, as `ATLEAST3(kiln)`"
    } else if chunk.chars().all(|c| c == '*') {
        "alone it stands for nothing; `pincite facets` without a query counts all passages"
    } else if matches!(chunk, "||" | "|") {
        "write `OR`"
    } else if chunk == "&&" {
        "words side by side must all match; or write `AND`"
    } else if chunk.strip_prefix('~').is_some_and(is_number) && behind_closed {
        "behind a phrase write it without a space, as `\"brick kilns\"~3`; for groups write `(a OR b) w/3 c`"
    } else if chunk
        .strip_prefix('^')
        .is_some_and(|n| n.parse::<f32>().is_ok())
    {
        "a weight stands right behind a word, phrase or group, as `kiln^2`"
    } else if chunk.len() > 1 && chunk.starts_with('!') {
        "to leave a word out, write `-word` or `NOT word`; `kiln!` finds what begins with `kiln`"
    } else if chunk == "NEAR" {
        "say how near, as `NEAR/5`; to search for the word, write `near`"
    } else if near.is_some_and(|rest| !matches!(rest, "o" | "out")) {
        "say how near by a number, as `w/5` or `pre/5`, or `/s` for one sentence"
    } else if chunk.starts_with('+') && chunk[1..].starts_with(char::is_alphabetic) {
        "words side by side must all match; `=word` finds this form alone, `+5` and `+s` stand between two words"
    } else if edits.is_some_and(|(_, n)| is_number(n) && !matches!(n, "1" | "2")) {
        "a word may differ by 1 or 2 edits: `word~1`, `word~2`; for words between, put a phrase in quotes: `\"brick kilns\"~3`"
    } else if chunk.starts_with('/') && lower.ends_with("/i") && chunk.len() > 3 {
        "letter case does not matter in `/kilns?/`; leave the `i` out"
    } else {
        return None;
    };
    Some((chunk.to_owned(), hint))
}
