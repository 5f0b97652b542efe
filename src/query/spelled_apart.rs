//! Words that are typed in one piece or in several: `percent` and `per cent`,
//! `UN` and `U. N.`. Bare ones are read as a compound, which matches either.

use super::token::{Token, TokenKind};
use super::tree::Term;
use super::word::{Form, Slot, Word, mark_abbreviations, slots_of};
use crate::text::forms::APART;

/// Reads the bare words of a query that are spelled apart, or may be, as
/// compounds.
pub(super) fn join_spelled_apart(tokens: Vec<Token>, query: &str) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        if let Some(last) = joined.last_mut()
            && let Some(both) = as_one(last, &token, query)
        {
            *last = both;
        } else {
            joined.push(in_pieces(token));
        }
    }
    joined
}

/// Two words side by side that are one spelled apart.
fn as_one(left: &Token, right: &Token, query: &str) -> Option<Token> {
    let (first, second) = (bare(left)?, bare(right)?);
    let between = query.get(left.span.end..right.span.start)?;
    if first.part != second.part || between.is_empty() || !between.trim().is_empty() {
        return None;
    }
    let typed = format!("{} {}", first.typed, second.typed);
    let pieces = plain(first).zip(plain(second)).map(|(a, b)| [a, b]);
    let slot = match pieces.filter(|pieces| APART.contains(pieces)) {
        Some(pieces) => compound(pieces),
        None => initials(&typed, query)?,
    };
    Some(Token {
        kind: TokenKind::Term(Term {
            slots: vec![slot],
            typed,
            ..first.clone()
        }),
        span: left.span.start..right.span.end,
    })
}

/// The slots of a text without operators: its words that are spelled apart, or
/// may be, as compounds, and its abbreviations as such.
pub(super) fn slots_spelled_apart(text: &str) -> Vec<Slot> {
    let mut slots = slots_of(text, true);
    mark_abbreviations(&mut slots, text);
    let mut joined: Vec<Slot> = Vec::with_capacity(slots.len());
    for slot in slots {
        let last = joined.last().and_then(form_of);
        let here = form_of(&slot);
        if let Some(pieces) = last.zip(here).map(|(last, here)| [last, here])
            && APART.contains(&pieces)
        {
            let slot = compound(pieces);
            joined.pop();
            joined.push(slot);
        } else {
            let pieces = here.and_then(pieces_of).map(compound);
            joined.push(pieces.unwrap_or(slot));
        }
    }
    joined
}

/// Whether a slot is one word or abbreviation spelled apart, whose pieces are
/// no words of their own.
pub(super) fn is_spelled_apart(slot: &Slot) -> bool {
    let Slot::Compound { parts, joined } = slot else {
        return false;
    };
    let is_initial = |part: &Word| match part {
        Word::Plain { printed, .. } => printed.as_ref().is_some_and(|p| p.chars().count() == 1),
        _ => false,
    };
    parts.iter().all(is_initial) || pieces_of(&joined.to_string()).is_some()
}

/// The pieces of a word that may be spelled apart.
fn pieces_of(word: &str) -> Option<[&'static str; 2]> {
    APART.into_iter().find(|pieces| pieces.concat() == word)
}

/// A word that may be spelled apart as a compound of its pieces.
fn in_pieces(token: Token) -> Token {
    let pieces = bare(&token).and_then(plain).and_then(pieces_of);
    match (token.kind, pieces) {
        (TokenKind::Term(term), Some(pieces)) => Token {
            kind: TokenKind::Term(Term {
                slots: vec![compound(pieces)],
                ..term
            }),
            span: token.span,
        },
        (kind, _) => Token {
            kind,
            span: token.span,
        },
    }
}

/// The letters of a spaced abbreviation, as a text has them.
fn initials(typed: &str, query: &str) -> Option<Slot> {
    let mut slots = slots_of(typed, true);
    mark_abbreviations(&mut slots, query);
    let is_joined = matches!(slots.as_slice(), [Slot::Compound { .. }]);
    slots.pop().filter(|_| is_joined && typed.contains('.'))
}

/// The term of a bare word.
fn bare(token: &Token) -> Option<&Term> {
    match &token.kind {
        TokenKind::Term(term) if term.form == Form::Inflected => Some(term),
        _ => None,
    }
}

/// The folded form of a term that is a single word.
fn plain(term: &Term) -> Option<&str> {
    match term.slots.as_slice() {
        [slot] => form_of(slot),
        _ => None,
    }
}

/// The folded form of a slot that is a single word.
fn form_of(slot: &Slot) -> Option<&str> {
    match slot {
        Slot::Word(Word::Plain { form, .. }) => Some(form),
        _ => None,
    }
}

fn compound(pieces: [&str; 2]) -> Slot {
    let word = |form: &str| Word::Plain {
        form: form.to_owned(),
        printed: None,
    };
    Slot::Compound {
        parts: pieces.into_iter().map(word).collect(),
        joined: word(&pieces.concat()),
    }
}
