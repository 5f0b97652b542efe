//! Cutting a query into its tokens, and pointing at what it cannot hold.

use std::ops::Range;

use super::tree::Term;
use crate::error::{Error, Result};
use crate::index::FacetName;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    Term(Term),
    And,
    Or,
    Not,
    Open,
    Close,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Range<usize>,
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// The tokens of a query; signs that hold no word go to `ignored`.
pub(super) fn lex(text: &str, ignored: &mut Vec<Range<usize>>) -> Result<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let start = at;
        at += c.len_utf8();
        let kind = if c.is_whitespace() {
            continue;
        } else if c == '(' {
            TokenKind::Open
        } else if c == ')' {
            TokenKind::Close
        } else if is_quote(c) {
            let Some(length) = text[at..].find(is_quote) else {
                return Err(
                    Error::query("this quote is never closed", text, start..text.len()).with_hint(
                        format!(
                            "write `{}\"` at its end",
                            text[start..].replacen(c, "\"", 1).trim_end()
                        ),
                    ),
                );
            };
            let inside = &text[at..at + length];
            at += length;
            at += text[at..].chars().next().map_or(0, char::len_utf8);
            match Term::new(inside, true) {
                Some(term) => TokenKind::Term(term),
                None => {
                    return Err(Error::query("these quotes hold no word", text, start..at)
                        .with_hint("write a phrase between them, as `\"brick kilns\"`"));
                }
            }
        } else if matches!(c, '-' | '−') && begins_operand(&text[at..]) {
            TokenKind::Not
        } else {
            let stop = |c: char| c.is_whitespace() || matches!(c, '(' | ')') || is_quote(c);
            at = text[at..].find(stop).map_or(text.len(), |i| at + i);
            match &text[start..at] {
                "AND" => TokenKind::And,
                "OR" => TokenKind::Or,
                "NOT" => TokenKind::Not,
                word => {
                    refuse_other_languages(text, word, start..at)?;
                    match Term::new(word, false) {
                        Some(term) => TokenKind::Term(term),
                        None => {
                            ignored.push(start..at);
                            continue;
                        }
                    }
                }
            }
        };
        tokens.push(Token {
            kind,
            span: start..at,
        });
    }
    Ok(tokens)
}

/// Whether a `-` before `rest` negates it: nothing but an operand follows.
fn begins_operand(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_some_and(|c| !c.is_whitespace() && !matches!(c, ')'))
}

/// Refuses what other languages would understand and this one would silently
/// take for punctuation.
fn refuse_other_languages(text: &str, word: &str, span: Range<usize>) -> Result<()> {
    if let Some((field, value)) = word.split_once(':')
        && FacetName::ALL
            .iter()
            .any(|f| f.as_str() == field.to_lowercase())
    {
        let value = if value.is_empty() { "VALUE" } else { value };
        return Err(
            Error::query("filters are not part of the query", text, span).with_hint(format!(
                "write `--{} {value}` beside it",
                field.to_lowercase()
            )),
        );
    }
    let ends_in_number = |sign: char| {
        word.rsplit_once(sign)
            .is_some_and(|(_, n)| n.bytes().all(|b| b.is_ascii_digit()))
    };
    let slashed = ["/s", "/p", "+s"].contains(&word)
        || ["w/", "pre/", "near/", "/", "+"].iter().any(|sign| {
            let rest = word.to_lowercase();
            let rest = rest.strip_prefix(sign).map(str::to_owned);
            rest.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
        });
    let (sign, hint) = if word.contains('*') {
        (
            "*",
            "a bare word matches its inflections already: `kiln` finds `kilns`",
        )
    } else if word == "||" || word == "|" {
        ("||", "write `OR`")
    } else if word == "&&" {
        ("&&", "words side by side must all match; or write `AND`")
    } else if word.starts_with('!') || (word.ends_with('!') && word.len() > 1) {
        ("!", "to leave a word out, write `-word` or `NOT word`")
    } else if ends_in_number('~') || ends_in_number('^') {
        ("~ and ^", "distances and weights are not part of the query")
    } else if slashed {
        (
            word,
            "distances are not part of the query; a phrase in quotes stands side by side",
        )
    } else if word.starts_with('=') && word.len() > 1 {
        ("=", "for this form alone write the word in quotes")
    } else {
        return Ok(());
    };
    Err(Error::query(format!("`{sign}` is not understood"), text, span).with_hint(hint))
}
