//! The tree of a query; it prints itself as it was understood.

use std::fmt;
use std::ops::Range;

use crate::text::Analysis;

/// What several bare words side by side mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MatchMode {
    /// All of them must match.
    #[default]
    All,
    /// At least one of them must match.
    Any,
}

/// A node with the bytes of the query it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it asks for.
    pub kind: NodeKind,
    /// Where it stands in the query, half-open.
    pub span: Range<usize>,
}

/// What a node asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// A word or phrase.
    Term(Term),
    /// All of two or more nodes.
    And(Vec<Node>),
    /// At least one of two or more nodes.
    Or(Vec<Node>),
    /// Not this node.
    Not(Box<Node>),
}

/// A word or phrase: slots that must stand side by side, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The slots, at least one.
    pub slots: Vec<Slot>,
    /// Whether it matches word for word (quoted) or by inflection.
    pub exact: bool,
    /// The text as typed, without quotes.
    pub typed: String,
}

/// One word of a term as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// A plain word, folded. It matches this word, and a hyphenated compound
    /// whose joined form it is.
    Word(String),
    /// A compound typed with hyphens. It matches its parts side by side (with
    /// or without hyphens between) and its joined form.
    Compound {
        /// The folded parts.
        parts: Vec<String>,
        /// The parts joined.
        joined: String,
    },
}

impl Term {
    /// The term of a typed word or phrase; none where it holds no word.
    pub fn new(typed: &str, exact: bool) -> Option<Self> {
        let analysis = Analysis::of(typed);
        let tokens = analysis.tokens();
        let mut slots = Vec::new();
        let mut i = 0;
        while i < tokens.len() {
            match tokens.get(i + 1).filter(|t| t.length > 1) {
                Some(joined) => {
                    let parts = tokens[i..]
                        .iter()
                        .take_while(|t| t.position < joined.position + joined.length)
                        .filter(|t| t.length == 1)
                        .map(|t| analysis.form(t).to_owned())
                        .collect();
                    slots.push(Slot::Compound {
                        parts,
                        joined: analysis.form(joined).to_owned(),
                    });
                    i += joined.length as usize + 1;
                }
                None => {
                    slots.push(Slot::Word(analysis.form(&tokens[i]).to_owned()));
                    i += 1;
                }
            }
        }
        (!slots.is_empty()).then(|| Term {
            slots,
            exact,
            typed: typed.trim().to_owned(),
        })
    }
}

impl Node {
    /// The terms that a match may light up: all but the negated, in order.
    pub fn positive_terms(&self) -> Vec<(&Term, &Range<usize>)> {
        let mut terms = Vec::new();
        self.collect_positive(&mut terms);
        terms
    }

    /// The tree without its negated nodes; none where it only excludes.
    pub fn without_negations(&self) -> Option<Node> {
        let (NodeKind::And(nodes) | NodeKind::Or(nodes)) = &self.kind else {
            let is_term = matches!(self.kind, NodeKind::Term(_));
            return is_term.then(|| self.clone());
        };
        let mut nodes: Vec<Node> = nodes.iter().filter_map(Node::without_negations).collect();
        if nodes.len() < 2 {
            return nodes.pop();
        }
        let kind = match self.kind {
            NodeKind::And(_) => NodeKind::And(nodes),
            _ => NodeKind::Or(nodes),
        };
        Some(Node {
            kind,
            span: self.span.clone(),
        })
    }

    /// The nodes that are negated, outermost first, in order.
    pub fn negated(&self) -> Vec<&Node> {
        match &self.kind {
            NodeKind::Term(_) => Vec::new(),
            NodeKind::Not(_) => vec![self],
            NodeKind::And(nodes) | NodeKind::Or(nodes) => {
                nodes.iter().flat_map(Node::negated).collect()
            }
        }
    }

    fn collect_positive<'a>(&'a self, terms: &mut Vec<(&'a Term, &'a Range<usize>)>) {
        match &self.kind {
            NodeKind::Term(term) => terms.push((term, &self.span)),
            NodeKind::And(nodes) | NodeKind::Or(nodes) => {
                nodes.iter().for_each(|n| n.collect_positive(terms));
            }
            NodeKind::Not(_) => {}
        }
    }

    fn fmt_inside(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            NodeKind::And(_) | NodeKind::Or(_) => write!(f, "({self})"),
            _ => write!(f, "{self}"),
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, nodes: &[Node], word: &str| {
            for (i, node) in nodes.iter().enumerate() {
                if i > 0 {
                    f.write_str(word)?;
                }
                node.fmt_inside(f)?;
            }
            Ok(())
        };
        match &self.kind {
            NodeKind::Term(term) if term.exact => write!(f, "\"{}\"", term.typed),
            NodeKind::Term(term) => f.write_str(&term.typed),
            NodeKind::And(nodes) => list(f, nodes, " AND "),
            NodeKind::Or(nodes) => list(f, nodes, " OR "),
            NodeKind::Not(node) => {
                f.write_str("NOT ")?;
                node.fmt_inside(f)
            }
        }
    }
}
