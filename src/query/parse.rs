//! Parsing a query.
//!
//! ```text
//! query    = and { "OR" and }
//! and      = passage { [ "AND" ] passage }
//! passage  = sentence { ( "/p" | "+p" ) sentence }
//! sentence = near { ( "/s" | "+s" ) near }
//! near     = unary { ( "w/N" | "/N" | "NEAR/N" | "pre/N" | "+N" ) unary }
//! unary    = ( "NOT" | "-" ) unary | atom [ "^" NUMBER ]
//! atom     = "(" query ")" | "ATLEAST" N "(" query ")" | field ":" value
//!          | [ "case:" ] '"' words '"' [ "~" N ] | [ "=" ] word
//! ```
//!
//! `NOT` binds tightest, then nearness in words, in a sentence, in a passage,
//! then `AND` (written or not), then `OR`. Nearness groups from the left.
//! `AND`, `OR` and `NOT` are upper-case. With [`MatchMode::Any`] words side by
//! side without `AND` bind like `OR`; what is negated among them is still left
//! out of every match, a field still narrows every match, and the parts of a
//! bare compound are words of their own.
//!
//! A bare function word (`the`, `of`) beside other words, without an operator
//! on either side, need not match.

use std::ops::Range;

use super::lex::lex;
use super::literal::spread;
use super::operand::{check_operand, misplaced};
use super::optional::optional_words;
use super::quotes::with_gershayim;
use super::synonyms::Added;
use super::token::{Token, TokenKind};
use super::tree::{MatchMode, Near, Node, NodeKind, Within};
use crate::error::{Error, Result};
use crate::index::IndexPart;

/// How deep parentheses and negations may nest.
const MAX_DEPTH: usize = 64;

/// A query as understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The query as typed.
    pub text: String,
    /// Its tree.
    pub tree: Node,
    /// Signs that hold no word and ask for nothing, as bytes of `text`.
    pub ignored: Vec<Range<usize>>,
    /// Whether operators that bind differently stand side by side without
    /// parentheses, so that a reader may take it otherwise.
    pub mixed: bool,
    /// What synonyms added to it.
    pub added: Vec<Added>,
    /// Where all of its words are searched.
    pub part: IndexPart,
}

/// Parses a query.
///
/// ```
/// use pincite::query::{MatchMode, parse};
/// let parsed = parse("kiln debt OR -\"brick kilns\"", MatchMode::All).unwrap();
/// assert_eq!(parsed.tree.to_string(), "(kiln AND debt) OR NOT \"brick kilns\"");
/// assert!(parsed.mixed);
/// ```
///
/// # Errors
/// A query without words or with an open quote or parenthesis, an operator
/// without its operand or with one that it cannot have: each names the bytes
/// that are meant.
pub fn parse(text: &str, mode: MatchMode) -> Result<Parsed> {
    let text = &*with_gershayim(text);
    let mut ignored = Vec::new();
    let tokens = lex(text, &mut ignored)?;
    let mut parser = Parser {
        text,
        tokens,
        next: 0,
        mode,
        mixed: false,
        closed: Vec::new(),
    };
    if parser.tokens.is_empty() {
        return Err(no_word(text));
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
        part: part_of(&tree, text)?,
        tree,
        ignored,
        mixed: parser.mixed,
        added: Vec::new(),
    })
}

/// Where the words of a query are searched.
///
/// # Errors
/// Words of several parts: a heading and a passage are never one match.
fn part_of(tree: &Node, query: &str) -> Result<IndexPart> {
    let terms = tree.terms();
    let first = terms.first().map_or(IndexPart::Passages, |(t, _)| t.part);
    match terms.iter().find(|(term, _)| term.part != first) {
        None => Ok(first),
        Some((term, span)) => {
            let other = match term.part {
                IndexPart::Passages => first,
                part => part,
            };
            let (noun, field) = match other {
                IndexPart::Titles => ("titles", "title:"),
                _ => ("headings", "heading:"),
            };
            let message =
                format!("`{field}` searches {noun} alone, and other words stand beside it");
            Err(
                Error::query(message, query, (*span).clone()).with_hint(format!(
                    "write `{field}` before each word, or narrow passages by `section:KEY`"
                )),
            )
        }
    }
}

/// The error of a query without words.
pub(super) fn no_word(text: &str) -> Error {
    Error::query("the query holds no word", text, 0..text.len())
        .with_hint("type words, or a phrase in quotes, as `\"brick kilns\"`")
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    next: usize,
    mode: MatchMode,
    mixed: bool,
    /// What stands in parentheses, as bytes of the text, parentheses included.
    closed: Vec<Range<usize>>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    /// Whether a node was put in parentheses or is a single thing, so that none
    /// can take it otherwise.
    fn is_closed(&self, node: &Node) -> bool {
        self.closed.contains(&node.span)
            || !matches!(
                node.kind,
                NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Near(_)
            )
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
        let alone = branches.len() == 1;
        self.mixed |= !alone && branches.iter().any(|b| !self.is_closed(b));
        let mut barred = Vec::new();
        let mut rest = Vec::new();
        for (i, node) in branches.into_iter().enumerate() {
            let narrows = matches!(node.kind, NodeKind::Not(_) | NodeKind::Field(_));
            let bound = beside_or(i);
            if narrows && !alone && !bound {
                barred.push(node)
            } else if self.mode == MatchMode::Any {
                rest.extend(spread(node).into_iter().map(|node| (node, bound)));
            } else {
                rest.push((node, true))
            }
        }
        let mut parts: Vec<Node> = Vec::new();
        if !rest.is_empty() {
            parts.push(join(optional_words(rest), NodeKind::Or));
        }
        parts.extend(barred);
        Ok(join(parts, NodeKind::And))
    }

    fn and(&mut self, depth: usize) -> Result<Node> {
        // Each part, and whether `AND` stands on a side of it.
        let mut parts = vec![(self.passage(depth)?, false)];
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::And => {
                    self.next += 1;
                    if let Some((_, bound)) = parts.last_mut() {
                        *bound = true;
                    }
                    parts.push((self.passage(depth)?, true));
                }
                TokenKind::Or | TokenKind::Close => break,
                _ if self.mode == MatchMode::Any => break,
                _ => parts.push((self.passage(depth)?, false)),
            }
        }
        let near = |n: &Node| matches!(n.kind, NodeKind::Near(_)) && !self.is_closed(n);
        self.mixed |= parts.len() > 1 && parts.iter().any(|(part, _)| near(part));
        Ok(join(optional_words(parts), NodeKind::And))
    }

    /// Operands joined by `/p` and `+p`. A passage being what matches, `/p`
    /// asks what `AND` asks.
    fn passage(&mut self, depth: usize) -> Result<Node> {
        self.chain(
            depth,
            |within| within == Within::Passage,
            |parser, depth| {
                parser.chain(
                    depth,
                    |within| within == Within::Sentence,
                    |parser, depth| {
                        parser.chain(
                            depth,
                            |within| matches!(within, Within::Words(_)),
                            Self::unary,
                        )
                    },
                )
            },
        )
    }

    /// Operands of one level of nearness, grouped from the left.
    fn chain(
        &mut self,
        depth: usize,
        level: impl Fn(Within) -> bool,
        operand: impl Fn(&mut Self, usize) -> Result<Node>,
    ) -> Result<Node> {
        let mut left = operand(self, depth)?;
        let mut links = 0;
        while let Some(Token {
            kind: TokenKind::Near { within, ordered },
            span,
        }) = self.peek().cloned()
            && level(within)
        {
            self.next += 1;
            links += 1;
            if depth + links >= MAX_DEPTH {
                return Err(Error::query(
                    format!("more than {MAX_DEPTH} operators of nearness in a row"),
                    self.text,
                    span,
                ));
            }
            let right = operand(self, depth)?;
            self.mixed |= links > 1 || !self.is_closed(&left) || !self.is_closed(&right);
            let whole = left.span.start..right.span.end;
            if within == Within::Passage && !ordered {
                let mut both = match left.kind {
                    NodeKind::And(nodes) if links > 1 => nodes,
                    _ => vec![left],
                };
                both.push(right);
                left = Node {
                    kind: NodeKind::And(both),
                    span: whole,
                };
                continue;
            }
            for side in [&left, &right] {
                check_operand(side, &self.text[span.clone()], self.text)?;
            }
            left = Node {
                kind: NodeKind::Near(Near {
                    left: Box::new(left),
                    right: Box::new(right),
                    within,
                    ordered,
                }),
                span: whole,
            };
        }
        Ok(left)
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
            TokenKind::Term(term) => {
                let kind = NodeKind::Term(term);
                self.weighed(kind, token.span)
            }
            TokenKind::Field(field) => Ok(Node {
                kind: NodeKind::Field(field),
                span: token.span,
            }),
            TokenKind::AtLeast(n) => {
                let inner = self.unary(depth + 1)?;
                if let Some(slip) = misplaced(&inner) {
                    return Err(Error::query(
                        "`ATLEAST` counts words, phrases and proximities",
                        self.text,
                        slip.span.clone(),
                    )
                    .with_hint(format!(
                        "write one for each, as `ATLEAST{n}(kiln) AND ATLEAST{n}(debt)`"
                    )));
                }
                let (inner, weight) = match inner.kind {
                    NodeKind::Boost(inner, weight) => (inner, Some(weight)),
                    _ => (Box::new(inner), None),
                };
                let span = token.span.start..inner.span.end;
                let counted = NodeKind::AtLeast(n, inner);
                match weight {
                    Some(weight) => Ok(boost(counted, span, weight)),
                    None => self.weighed(counted, span),
                }
            }
            TokenKind::Boost(_) => {
                Err(
                    Error::query("this weight stands behind nothing", self.text, token.span)
                        .with_hint("write it right after a word, phrase or group, as `kiln^2`"),
                )
            }
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
                        self.closed.push(inner.span.clone());
                        self.next += 1;
                        let Node { kind, span } = inner;
                        self.weighed(kind, span)
                    }
                    _ => Err(self.never_closed(token.span)),
                }
            }
            TokenKind::Close => Err(
                Error::query("this `)` closes nothing", self.text, token.span)
                    .with_hint("remove it, or open it with `(`"),
            ),
            TokenKind::And | TokenKind::Or | TokenKind::Near { .. } => {
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

    /// The node with the weight that follows it, if one does.
    fn weighed(&mut self, kind: NodeKind, span: Range<usize>) -> Result<Node> {
        match self.peek() {
            Some(Token {
                kind: TokenKind::Boost(weight),
                span: sign,
            }) => {
                let (weight, span) = (*weight, span.start..sign.end);
                if matches!(kind, NodeKind::Field(_)) {
                    return Err(Error::query(
                        "a field narrows and weighs nothing",
                        self.text,
                        sign.clone(),
                    )
                    .with_hint("leave the weight out"));
                }
                self.next += 1;
                Ok(boost(kind, span, weight))
            }
            _ => Ok(Node { kind, span }),
        }
    }

    fn never_closed(&self, span: Range<usize>) -> Error {
        Error::query("this `(` is never closed", self.text, span)
            .with_hint("write `)` where it ends; `--literal` takes all signs as text")
    }
}

/// A node that weighs so many times as much.
pub(super) fn boost(kind: NodeKind, span: Range<usize>, weight: f32) -> Node {
    let inner = Node {
        kind,
        span: span.clone(),
    };
    Node {
        kind: NodeKind::Boost(Box::new(inner), weight),
        span,
    }
}

/// One node of several; a node alone is itself.
pub(super) fn join(mut nodes: Vec<Node>, kind: fn(Vec<Node>) -> NodeKind) -> Node {
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
    use crate::query::parse_literal;

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
            ("e OR b c", "e OR (b AND c)"),
            ("e AND b OR NOT c", "(e AND b) OR NOT c"),
            ("(e OR b) c", "(e OR b) AND c"),
            ("e -b", "e AND NOT b"),
            ("e -(b OR c)", "e AND NOT (b OR c)"),
            ("anti-trafficking", "anti-trafficking"),
            ("e and b", "e AND b and"),
            ("-e", "NOT e"),
            ("e & b —", "e AND b"),
            ("e w/5 b", "e w/5 b"),
            ("e /5 b NEAR/3 c", "(e w/5 b) w/3 c"),
            ("e pre/5 b +2 c", "(e pre/5 b) pre/2 c"),
            ("e b w/5 c", "e AND (b w/5 c)"),
            ("e OR b w/5 c", "e OR (b w/5 c)"),
            ("e w/5 b /s c +s d", "((e w/5 b) /s c) +s d"),
            ("e /s b w/5 c", "e /s (b w/5 c)"),
            ("e /p b c", "(e AND b) AND c"),
            ("e /p b /p c", "e AND b AND c"),
            ("case:NAP^2", "case:\"NAP\"^2"),
            ("/[^e]ilns/", "/[^e]ilns/"),
            ("e +p b", "e +p b"),
            ("e w/s b", "e /s b"),
            ("(e OR b) w/8 (c! OR d*)", "(e OR b) w/8 (c! OR d*)"),
            ("\"e b\"~3", "\"e b\"~3"),
            ("=kilns", "\"kilns\""),
            ("case:NAP", "case:\"NAP\""),
            ("case:\"The NAP\"", "case:\"The NAP\""),
            ("kiln^2 (e b)^0.5", "kiln^2 AND (e AND b)^0.5"),
            ("\"e b\"~2^3", "\"e b\"~2^3"),
            ("ATLEAST3(kiln)", "ATLEAST3(kiln)"),
            ("atleast2(e w/3 b)", "ATLEAST2(e w/3 b)"),
            ("kiln~1 kiln~2 kiln~", "kiln~1 AND kiln~2 AND kiln~2"),
            ("/kil.s?/ x", "/kil.s?/ AND x"),
            ("/(kil|brick)s/^2", "/(kil|brick)s/^2"),
            ("country:kenya,nepal e", "country:kenya,nepal AND e"),
            ("in:protection", "section:protection"),
            (
                "section:\"government efforts\"",
                "section:\"government efforts\"",
            ),
            ("year:2015..2020 -tier:3", "year:2015..2020 AND NOT tier:3"),
            ("why debt?", "debt? why"),
            ("may 2019 raids", "may AND 2019 AND raids"),
            ("3 May raids", "3 AND May AND raids"),
            ("raids may follow", "raids AND follow may"),
            ("US EMBASSY", "US AND EMBASSY"),
            ("u.s. embassy", "u.s. AND embassy"),
            ("tell us", "tell us"),
            ("='brick kilns' e", "\"brick kilns\" AND e"),
            ("=\"brick kilns\"", "\"brick kilns\""),
            ("צה\"ל e", "צה״ל AND e"),
            ("?wom?n?", "wom?n"),
            ("e w/o b ~5 c", "e AND w/o AND b AND ~5 AND c"),
        ] {
            let tree = shown(text, MatchMode::All);
            assert_eq!(tree, expected, "{text}");
            assert_eq!(shown(&tree, MatchMode::All), tree, "{text}");
        }
        for (text, expected) in [
            ("e b c", "e OR b OR c"),
            ("e b AND c", "e OR (b AND c)"),
            ("e b -c", "(e OR b) AND NOT c"),
            ("-c e b", "(e OR b) AND NOT c"),
            ("e OR NOT b", "e OR NOT b"),
            ("e b country:kenya", "(e OR b) AND country:kenya"),
            ("e b w/5 c", "e OR (b w/5 c)"),
            ("e b-c", "e OR b OR c OR bc^0.5"),
            ("e/b c", "e OR b OR c"),
            ("e \"b-c\" -d-e", "(e OR \"b-c\") AND NOT d-e"),
        ] {
            assert_eq!(shown(text, MatchMode::Any), expected, "{text}");
        }
    }

    #[test]
    fn mixed_operators_are_told() {
        for (text, mixed) in [
            ("e b c", false),
            ("e OR b", false),
            ("e OR b c", true),
            ("e OR (b c)", false),
            ("e w/5 b", false),
            ("e w/5 b c", true),
            ("(e w/5 b) c", false),
            ("e w/5 b w/3 c", true),
            ("e w/5 b /s c", true),
            ("(e OR b) w/3 c", false),
            ("(e) b OR (c)", true),
            ("e -b", false),
        ] {
            let parsed = parse(text, MatchMode::All).unwrap();
            assert_eq!(parsed.mixed, mixed, "{text}");
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
            ("debt w/5", 5..8, "nothing after"),
            ("w/5 debt", 0..3, "nothing before"),
            ("debt w/0 kiln", 5..8, "a distance is"),
            ("debt w/256 kiln", 5..10, "a distance is"),
            ("debt w/99999999999 kiln", 5..18, "a distance is"),
            ("debt w/5 NOT kiln", 9..17, "a negation"),
            ("debt w/5 (kiln AND brick)", 9..25, "`AND`"),
            ("debt w/5 (e OR (kiln AND brick))", 15..31, "`AND`"),
            ("debt w/5 kiln^2", 9..15, "a weight"),
            ("debt w/5 year:2020", 9..18, "a field"),
            ("(e +p b) w/5 c", 0..8, "`+p`"),
            ("ATLEAST2(e AND b)", 8..17, "counts words"),
            ("ATLEAST0(e)", 0..8, "a number from 1"),
            ("kiln^", 4..5, "a weight"),
            ("kiln^0", 4..6, "a weight"),
            ("kiln^2x", 4..7, "a weight"),
            ("(year:2020)^2", 11..13, "weighs nothing"),
            ("year:2020^2", 9..11, "weighs nothing"),
            ("\"e * b\"", 3..4, "no word"),
            ("=kiln*", 0..6, "one form"),
            ("case:\"kil*\"", 6..10, "letter case"),
            ("e AROUND(5) b", 2..8, "not understood"),
            ("(e b)~3", 5..7, "not understood"),
            ("\"e b\" ~3", 6..8, "not understood"),
            ("debt w/five kiln", 5..11, "not understood"),
            ("debt w/5.5 kiln", 5..10, "not understood"),
            ("/kilns?/i", 0..9, "not understood"),
            ("ATLEAST3 (kiln)", 0..8, "not understood"),
            ("ATLEAST(kiln)", 0..7, "not understood"),
            ("debt w/5 (e NOT b)", 9..18, "a negation"),
            ("country:, e", 0..9, "no value"),
            ("kiln ^2", 5..7, "not understood"),
            ("\"e b\"~x", 5..6, "the number of words"),
            ("kiln~3", 0..6, "not understood"),
            ("*", 0..1, "not understood"),
            ("e/b*", 0..4, "not understood"),
            ("debt !kiln", 5..10, "not understood"),
            ("debt || kiln", 5..7, "not understood"),
            ("debt | kiln", 5..6, "`|` is not"),
            ("debt NEAR kiln", 5..9, "not understood"),
            ("+debt kiln", 0..5, "not understood"),
            ("counrty:kenya debt", 0..8, "no field"),
            ("author:kenya", 0..7, "no field"),
            ("heading:kenya debt", 14..18, "headings alone"),
            ("debt title:kenya", 5..16, "titles alone"),
            ("heading: kenya", 0..8, "no word"),
            ("heading:(forced labor)", 0..9, "a word or a phrase"),
            ("heading:case:\"NAP\"", 0..13, "a word or a phrase"),
            ("debt country: kenya", 5..13, "no value"),
            ("/kil[n/", 0..7, "cannot be read"),
            ("/^kiln/", 0..7, "cannot be read"),
        ] {
            let error = parse(text, MatchMode::All).expect_err(text);
            assert!(error.to_string().contains(message), "{text}: {error}");
            assert_eq!(error.snippet().unwrap().span, span, "{text}");
            assert!(error.hint().is_some() || text.is_empty(), "{text}");
        }
        assert!(parse(&"(".repeat(5000), MatchMode::All).is_err());
        assert!(parse(&format!("{}e", "NOT ".repeat(5000)), MatchMode::All).is_err());
        assert!(parse(&"ATLEAST2(".repeat(5000), MatchMode::All).is_err());
        assert!(parse(&"e w/5 ".repeat(5000), MatchMode::All).is_err());
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(1000))]
        #[test]
        fn any_text_parses_or_points(
            text in "[\\PC]{0,40}|([a-c]|s|'|‘|’|\"|\\(|\\)| |-|\\*|\\?|!|~[12]|\\^2|/|=|AND|OR|NOT| w/3 | /s | \\+p | pre/2 |ATLEAST2\\(|year:|case:|in:| ){0,20}"
        ) {
            for mode in [MatchMode::All, MatchMode::Any] {
                match parse(&text, mode) {
                    Ok(parsed) => {
                        let shown = parsed.tree.to_string();
                        // What is shown is understood as it was.
                        let again = parse(&shown, MatchMode::All);
                        proptest::prop_assert!(again.is_ok(), "{shown}");
                        proptest::prop_assert_eq!(again.unwrap().tree.to_string(), shown);
                    }
                    Err(error) => {
                        let span = error.snippet().unwrap().span.clone();
                        proptest::prop_assert!(text.get(span).is_some());
                    }
                }
                // A colon inside a word, which is a letter to Unicode, prints as a field does.
                if text.is_ascii() && !text.contains(':') && let Ok(parsed) = parse_literal(&text, mode) {
                    let shown = parsed.tree.to_string();
                    proptest::prop_assert_eq!(parse(&shown, MatchMode::All).unwrap().tree.to_string(), shown);
                }
            }
        }
    }
}
