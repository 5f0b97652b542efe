//! Parsing a query.
//!
//! ```text
//! query = and { "OR" and }
//! and   = unary { [ "AND" ] unary }
//! unary = ( "NOT" | "-" ) unary | "(" query ")" | "\"" words "\"" | word
//! ```
//!
//! `NOT` binds tightest, then `AND` (written or not), then `OR`. Operators are
//! upper-case. With [`MatchMode::Any`] words side by side without `AND` bind
//! like `OR`; what is negated among them is still left out of every match.

use std::ops::Range;

use super::lex::{Token, TokenKind, lex};
use super::tree::{MatchMode, Node, NodeKind};
use crate::error::{Error, Result};

/// How deep parentheses and negations may nest.
const MAX_DEPTH: usize = 64;

/// A query as understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The query as typed.
    pub text: String,
    /// Its tree.
    pub tree: Node,
    /// Signs that hold no word and ask for nothing, as bytes of `text`.
    pub ignored: Vec<Range<usize>>,
}

/// Parses a query.
///
/// ```
/// use pincite::query::{MatchMode, parse};
/// let parsed = parse("kiln debt OR -\"brick kilns\"", MatchMode::All).unwrap();
/// assert_eq!(parsed.tree.to_string(), "(kiln AND debt) OR NOT \"brick kilns\"");
/// ```
///
/// # Errors
/// A query without words or with an open quote or parenthesis, an operator
/// without its operand: each names the bytes that are meant.
pub fn parse(text: &str, mode: MatchMode) -> Result<Parsed> {
    let mut ignored = Vec::new();
    let tokens = lex(text, &mut ignored)?;
    let mut parser = Parser {
        text,
        tokens,
        next: 0,
        mode,
    };
    if parser.tokens.is_empty() {
        return Err(Error::query("the query holds no word", text, 0..text.len())
            .with_hint("type words, or a phrase in quotes, as `\"brick kilns\"`"));
    }
    let tree = parser.query(0)?;
    if let Some(token) = parser.peek() {
        return Err(
            Error::query("this `)` closes nothing", text, token.span.clone())
                .with_hint("remove it, or open it with `(`"),
        );
    }
    Ok(Parsed {
        text: text.to_owned(),
        tree,
        ignored,
    })
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    next: usize,
    mode: MatchMode,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn query(&mut self, depth: usize) -> Result<Node> {
        let mut branches = vec![self.and(depth)?];
        // For each branch but the first, whether `OR` stands before it.
        let mut written = Vec::new();
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::Or => {
                    self.next += 1;
                    written.push(true);
                }
                TokenKind::Close => break,
                // Only `MatchMode::Any` leaves words side by side to here.
                _ => written.push(false),
            }
            branches.push(self.and(depth)?);
        }
        let beside_or =
            |i: usize| (i > 0 && written[i - 1]) || written.get(i).copied().unwrap_or(false);
        let mut barred = Vec::new();
        let mut rest = Vec::new();
        let alone = branches.len() == 1;
        for (i, node) in branches.into_iter().enumerate() {
            let negated = matches!(node.kind, NodeKind::Not(_));
            if negated && !alone && !beside_or(i) {
                barred.push(node)
            } else {
                rest.push(node)
            }
        }
        let mut parts: Vec<Node> = Vec::new();
        if !rest.is_empty() {
            parts.push(join(rest, NodeKind::Or));
        }
        parts.extend(barred);
        Ok(join(parts, NodeKind::And))
    }

    fn and(&mut self, depth: usize) -> Result<Node> {
        let mut parts = vec![self.unary(depth)?];
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::And => {
                    self.next += 1;
                    parts.push(self.unary(depth)?);
                }
                TokenKind::Or | TokenKind::Close => break,
                _ if self.mode == MatchMode::Any => break,
                _ => parts.push(self.unary(depth)?),
            }
        }
        Ok(join(parts, NodeKind::And))
    }

    fn unary(&mut self, depth: usize) -> Result<Node> {
        let Some(token) = self.peek().cloned() else {
            let last = self.tokens.last().map_or(0..0, |t| t.span.clone());
            let word = &self.text[last.clone()];
            return Err(
                Error::query(format!("`{word}` has nothing after it"), self.text, last)
                    .with_hint("write a word or phrase after it, or remove it"),
            );
        };
        if depth >= MAX_DEPTH {
            return Err(Error::query(
                format!("more than {MAX_DEPTH} levels of parentheses and negations"),
                self.text,
                token.span,
            ));
        }
        self.next += 1;
        match token.kind {
            TokenKind::Term(term) => Ok(Node {
                kind: NodeKind::Term(term),
                span: token.span,
            }),
            TokenKind::Not => {
                let inner = self.unary(depth + 1)?;
                let span = token.span.start..inner.span.end;
                Ok(Node {
                    kind: NodeKind::Not(Box::new(inner)),
                    span,
                })
            }
            TokenKind::Open => {
                if let Some(Token {
                    kind: TokenKind::Close,
                    span,
                }) = self.peek()
                {
                    let span = token.span.start..span.end;
                    return Err(
                        Error::query("nothing between the parentheses", self.text, span)
                            .with_hint("write words between them, or remove them"),
                    );
                }
                if self.peek().is_none() {
                    return Err(self.never_closed(token.span));
                }
                let mut inner = self.query(depth + 1)?;
                match self.peek() {
                    Some(Token {
                        kind: TokenKind::Close,
                        span,
                    }) => {
                        inner.span = token.span.start..span.end;
                        self.next += 1;
                        Ok(inner)
                    }
                    _ => Err(self.never_closed(token.span)),
                }
            }
            TokenKind::Close => Err(
                Error::query("this `)` closes nothing", self.text, token.span)
                    .with_hint("remove it, or open it with `(`"),
            ),
            TokenKind::And | TokenKind::Or => {
                let word = &self.text[token.span.clone()];
                Err(Error::query(
                    format!("`{word}` has nothing before it"),
                    self.text,
                    token.span.clone(),
                )
                .with_hint(format!(
                    "write a word or phrase before it; to search for the word, write `\"{}\"`",
                    word.to_lowercase()
                )))
            }
        }
    }

    fn never_closed(&self, span: Range<usize>) -> Error {
        Error::query("this `(` is never closed", self.text, span)
            .with_hint("write `)` where it ends")
    }
}

/// One node of several; a node alone is itself.
fn join(mut nodes: Vec<Node>, kind: fn(Vec<Node>) -> NodeKind) -> Node {
    if nodes.len() == 1 {
        // The length has just been looked at.
        return nodes.remove(0);
    }
    let start = nodes.iter().map(|n| n.span.start).min().unwrap_or(0);
    let end = nodes.iter().map(|n| n.span.end).max().unwrap_or(0);
    Node {
        kind: kind(nodes),
        span: start..end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Slot;

    fn shown(text: &str, mode: MatchMode) -> String {
        parse(text, mode).unwrap().tree.to_string()
    }

    #[test]
    fn queries_are_understood_as_documented() {
        for (text, expected) in [
            ("kiln", "kiln"),
            ("brick kiln", "brick AND kiln"),
            ("\"brick kilns\"", "\"brick kilns\""),
            ("“brick kilns” debt", "\"brick kilns\" AND debt"),
            ("a OR b c", "a OR (b AND c)"),
            ("a AND b OR NOT c", "(a AND b) OR NOT c"),
            ("(a OR b) c", "(a OR b) AND c"),
            ("a -b", "a AND NOT b"),
            ("a -(b OR c)", "a AND NOT (b OR c)"),
            ("anti-trafficking", "anti-trafficking"),
            ("a and b", "a AND and AND b"),
            ("-a", "NOT a"),
            ("a & b —", "a AND b"),
        ] {
            assert_eq!(shown(text, MatchMode::All), expected, "{text}");
        }
        for (text, expected) in [
            ("a b c", "a OR b OR c"),
            ("a b AND c", "a OR (b AND c)"),
            ("a b -c", "(a OR b) AND NOT c"),
            ("-c a b", "(a OR b) AND NOT c"),
            ("a OR NOT b", "a OR NOT b"),
        ] {
            assert_eq!(shown(text, MatchMode::Any), expected, "{text}");
        }
    }

    #[test]
    fn slips_are_pointed_at() {
        for (text, span, message) in [
            ("", 0..0, "no word"),
            ("— &", 0..5, "no word"),
            ("debt \"brick kilns", 5..17, "never closed"),
            ("(debt", 0..1, "never closed"),
            ("debt)", 4..5, "closes nothing"),
            ("debt ()", 5..7, "nothing between"),
            ("AND debt", 0..3, "nothing before"),
            ("debt OR", 5..7, "nothing after"),
            ("debt NOT", 5..8, "nothing after"),
            ("\"\" debt", 0..2, "no word"),
            ("country:kenya debt", 0..13, "not part of the query"),
            ("kiln*", 0..5, "not understood"),
            ("debt !kiln", 5..10, "not understood"),
            ("debt || kiln", 5..7, "not understood"),
            ("\"brick kilns\"~3", 13..15, "not understood"),
            ("debt^2", 0..6, "not understood"),
            ("debt w/5 kiln", 5..8, "not understood"),
        ] {
            let error = parse(text, MatchMode::All).unwrap_err();
            assert!(error.to_string().contains(message), "{text}: {error}");
            assert_eq!(error.snippet().unwrap().span, span, "{text}");
        }
        assert!(parse(&"(".repeat(5000), MatchMode::All).is_err());
        assert!(parse(&format!("{}a", "NOT ".repeat(5000)), MatchMode::All).is_err());
    }

    #[test]
    fn compounds_keep_both_readings() {
        let Node {
            kind: NodeKind::Term(term),
            ..
        } = parse("\"an anti-trafficking law\"", MatchMode::All)
            .unwrap()
            .tree
        else {
            panic!("a term")
        };
        assert_eq!(
            term.slots,
            [
                Slot::Word("an".into()),
                Slot::Compound {
                    parts: vec!["anti".into(), "trafficking".into()],
                    joined: "antitrafficking".into()
                },
                Slot::Word("law".into()),
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_parses_or_points(text in "[\\PC]{0,40}|([a-c]|\"|\\(|\\)| |-|AND|OR|NOT| ){0,20}") {
            for mode in [MatchMode::All, MatchMode::Any] {
                match parse(&text, mode) {
                    Ok(parsed) => {
                        let shown = parsed.tree.to_string();
                        // What is shown is understood as it was.
                        proptest::prop_assert_eq!(parse(&shown, MatchMode::All).unwrap().tree.to_string(), shown);
                    }
                    Err(error) => {
                        let span = error.snippet().unwrap().span.clone();
                        proptest::prop_assert!(text.get(span).is_some());
                    }
                }
            }
        }
    }
}
