//! Bare text as words: queries without operators, and words that one chunk of
//! text joins.

use super::optional::optional_words;
use super::parse::{Parsed, boost, join, no_word};
use super::spelled_apart::{is_spelled_apart, slots_spelled_apart};
use super::tree::{MatchMode, Node, NodeKind, Term};
use super::word::{Form, Slot, Word};
use crate::error::Result;
use crate::index::IndexPart;

/// Takes a query as plain words: no sign in it is an operator. A function
/// word beside others need not match and stands last.
///
/// ```
/// use pincite::query::{MatchMode, parse_literal};
/// let parsed = parse_literal("(AND kiln* -debt", MatchMode::All).unwrap();
/// assert_eq!(parsed.tree.to_string(), "kiln AND debt and");
/// ```
///
/// # Errors
/// A query without words.
pub fn parse_literal(text: &str, mode: MatchMode) -> Result<Parsed> {
    let terms = slots_spelled_apart(text).into_iter().map(|slot| {
        let typed = slot.to_string();
        Node {
            kind: NodeKind::Term(Term {
                slots: vec![slot],
                form: Form::Inflected,
                slop: 0,
                typed,
                part: IndexPart::Passages,
            }),
            span: 0..text.len(),
        }
    });
    let terms: Vec<Node> = terms.collect();
    if terms.is_empty() {
        return Err(no_word(text));
    }
    let tree = match mode {
        MatchMode::All => join(side_by_side(terms), NodeKind::And),
        MatchMode::Any => {
            let words = terms.into_iter().flat_map(spread).collect();
            join(side_by_side(words), NodeKind::Or)
        }
    };
    Ok(Parsed {
        text: text.to_owned(),
        tree,
        ignored: Vec::new(),
        mixed: false,
        added: Vec::new(),
        part: IndexPart::Passages,
    })
}

fn side_by_side(words: Vec<Node>) -> Vec<Node> {
    optional_words(words.into_iter().map(|word| (word, false)).collect())
}

/// What a bare chunk such as `men/women` joins, and a bare compound, as words
/// of their own: of a compound its parts, and at half their weight its joined
/// form; any other node as it is, and what is one word spelled apart.
pub(super) fn spread(node: Node) -> Vec<Node> {
    let NodeKind::Term(Term {
        slots,
        form: Form::Inflected,
        part,
        ..
    }) = &node.kind
    else {
        return vec![node];
    };
    let single = match slots.as_slice() {
        [Slot::Word(_)] => true,
        [slot] => is_spelled_apart(slot),
        _ => false,
    };
    // Other signs than these, as a colon, would print as something else.
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '.' | ',' | '_');
    let is_plain = |word: &Word| {
        let text = word.to_string();
        !text.is_empty() && text.chars().all(is_plain)
    };
    if single || !slots.iter().flat_map(Slot::words).all(is_plain) {
        return vec![node];
    }
    let word = |word: &Word| Node {
        kind: NodeKind::Term(Term {
            slots: vec![Slot::Word(word.clone())],
            form: Form::Inflected,
            slop: 0,
            typed: word.to_string(),
            part: *part,
        }),
        span: node.span.clone(),
    };
    let mut words = Vec::new();
    for slot in slots {
        match slot {
            Slot::Word(plain) => words.push(word(plain)),
            Slot::Compound { parts, joined } => {
                words.extend(parts.iter().map(word));
                let joined = word(joined);
                words.push(boost(joined.kind, joined.span, JOINED_WEIGHT));
            }
        }
    }
    words
}

/// What the joined form of a compound weighs beside its parts.
const JOINED_WEIGHT: f32 = 0.5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literal_text_has_no_operators() {
        for (text, expected) in [
            ("kiln* OR -debt", "kiln AND debt or"),
            ("w/5 \"anti-trafficking", "w AND 5 AND anti-trafficking"),
            ("US embassy", "US AND embassy"),
        ] {
            let tree = parse_literal(text, MatchMode::All)
                .unwrap()
                .tree
                .to_string();
            assert_eq!(tree, expected, "{text}");
        }
        assert!(parse_literal("—", MatchMode::All).is_err());
    }

    #[test]
    fn words_spelled_apart_are_one_word() {
        for (text, as_text, as_query) in [
            ("percent wages", "per-cent OR wages", "percent OR wages"),
            ("per cent wages", "per-cent OR wages", "per cent OR wages"),
            ("per-cent wages", "per-cent OR wages", "per-cent OR wages"),
            ("U. N. kiln", "u-n OR kiln", "U. N. OR kiln"),
            (
                "b-c kiln",
                "b OR c OR bc^0.5 OR kiln",
                "b OR c OR bc^0.5 OR kiln",
            ),
        ] {
            let shown = |parsed: Result<Parsed>| parsed.unwrap().tree.to_string();
            let literal = parse_literal(text, MatchMode::Any);
            assert_eq!(shown(literal), as_text, "{text}");
            let parsed = crate::query::parse(text, MatchMode::Any);
            assert_eq!(shown(parsed), as_query, "{text}");
        }
    }
}
