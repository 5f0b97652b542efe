//! The tree of a query; it prints itself as it was understood.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::word::{Form, Slot};
use crate::index::{FacetName, IndexPart};

/// What several bare words side by side mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MatchMode {
    /// All of them must match.
    #[default]
    All,
    /// At least one of them must match.
    Any,
}

/// A node with the bytes of the query it was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it asks for.
    pub kind: NodeKind,
    /// Where it stands in the query, half-open.
    pub span: Range<usize>,
}

/// What a node asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// A word or phrase.
    Term(Term),
    /// Two nodes near each other.
    Near(Near),
    /// All of two or more nodes.
    And(Vec<Node>),
    /// At least one of two or more nodes.
    Or(Vec<Node>),
    /// A function word beside other words: it need not match, and weighs in the
    /// score where it does.
    Maybe(Box<Node>),
    /// Not this node.
    Not(Box<Node>),
    /// At least so many matches of a node in one passage, counted without
    /// overlaps.
    AtLeast(u32, Box<Node>),
    /// A node that weighs so many times as much in the score.
    Boost(Box<Node>, f32),
    /// Passages with values of a facet.
    Field(FieldFilter),
}

/// A word or phrase: slots that must stand side by side, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The slots, at least one.
    pub slots: Vec<Slot>,
    /// Which forms its plain words match.
    pub form: Form,
    /// How many other words may stand between its slots in all.
    pub slop: u32,
    /// The text as typed, without quotes.
    pub typed: String,
    /// Where it is searched: in passages, or by `heading:` and `title:` in these
    /// alone.
    pub part: IndexPart,
}

/// Two nodes near each other, never overlapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// The first operand.
    pub left: Box<Node>,
    /// The second operand.
    pub right: Box<Node>,
    /// How near.
    pub within: Within,
    /// Whether the first must stand before the second.
    pub ordered: bool,
}

/// How near two matches must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// From the end of one to the start of the other at most so many words;
    /// 1 is side by side.
    Words(u32),
    /// In one sentence.
    Sentence,
    /// In one passage.
    Passage,
}

/// Values of a facet, any of which will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFilter {
    /// The facet.
    pub facet: FacetName,
    /// The values as typed, at least one.
    pub values: Vec<String>,
}

impl Node {
    /// The tree without its negated nodes; none where it only excludes.
    pub fn without_negations(&self) -> Option<Node> {
        if let NodeKind::Boost(inner, weight) = &self.kind {
            let inner = inner.without_negations()?;
            return Some(Node {
                kind: NodeKind::Boost(Box::new(inner), *weight),
                span: self.span.clone(),
            });
        }
        let (NodeKind::And(nodes) | NodeKind::Or(nodes)) = &self.kind else {
            let negates = matches!(self.kind, NodeKind::Not(_));
            return (!negates).then(|| self.clone());
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
            NodeKind::Not(_) => vec![self],
            _ => self
                .children()
                .into_iter()
                .flat_map(Node::negated)
                .collect(),
        }
    }

    /// The words and phrases in it, in order.
    pub fn terms(&self) -> Vec<(&Term, &Range<usize>)> {
        match &self.kind {
            NodeKind::Term(term) => vec![(term, &self.span)],
            _ => self.children().into_iter().flat_map(Node::terms).collect(),
        }
    }

    /// The nodes right below this one, in order.
    pub fn children(&self) -> Vec<&Node> {
        match &self.kind {
            NodeKind::Term(_) | NodeKind::Field(_) => Vec::new(),
            NodeKind::Near(near) => vec![&near.left, &near.right],
            NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().collect(),
            NodeKind::Not(node)
            | NodeKind::Maybe(node)
            | NodeKind::AtLeast(_, node)
            | NodeKind::Boost(node, _) => vec![node],
        }
    }

    /// Whether it may be missing from a match of the nodes beside it.
    pub fn is_optional(&self) -> bool {
        matches!(self.kind, NodeKind::Maybe(_))
    }

    /// The words that need not match, as typed, in order, each once.
    pub fn optional_words(&self) -> Vec<String> {
        if let NodeKind::Maybe(word) = &self.kind {
            return vec![word.to_string()];
        }
        let mut words = Vec::new();
        for word in self.children().into_iter().flat_map(Node::optional_words) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words
    }

    /// The tree with other words and phrases.
    #[must_use]
    pub fn map_terms(&self, to: &impl Fn(&Term) -> Term) -> Node {
        let map = |node: &Node| node.map_terms(to);
        let all = |nodes: &[Node]| nodes.iter().map(map).collect();
        let kind = match &self.kind {
            NodeKind::Term(term) => NodeKind::Term(to(term)),
            NodeKind::Near(near) => NodeKind::Near(Near {
                left: Box::new(map(&near.left)),
                right: Box::new(map(&near.right)),
                ..near.clone()
            }),
            NodeKind::And(nodes) => NodeKind::And(all(nodes)),
            NodeKind::Or(nodes) => NodeKind::Or(all(nodes)),
            NodeKind::Maybe(node) => NodeKind::Maybe(Box::new(map(node))),
            NodeKind::Not(node) => NodeKind::Not(Box::new(map(node))),
            NodeKind::AtLeast(n, node) => NodeKind::AtLeast(*n, Box::new(map(node))),
            NodeKind::Boost(node, weight) => NodeKind::Boost(Box::new(map(node)), *weight),
            NodeKind::Field(field) => NodeKind::Field(field.clone()),
        };
        Node {
            kind,
            span: self.span.clone(),
        }
    }

    /// Whether it asks for values of a facet, itself or a node below it.
    pub fn asks_for(&self, facet: FacetName) -> bool {
        match &self.kind {
            NodeKind::Field(field) => field.facet == facet,
            _ => self.children().into_iter().any(|node| node.asks_for(facet)),
        }
    }

    /// Whether its matches have places of their own in the text, so that
    /// nearness can be asked of them: words, phrases, proximities and what `OR`
    /// joins of these.
    pub fn is_positional(&self) -> bool {
        match &self.kind {
            NodeKind::Term(_) => true,
            NodeKind::Near(near) => near.within != Within::Passage,
            NodeKind::Or(nodes) => nodes.iter().all(Node::is_positional),
            _ => false,
        }
    }

    /// The operator of a node that has parts, else the node as it prints
    /// itself.
    pub fn label(&self) -> String {
        match &self.kind {
            NodeKind::Near(near) => near.operator(),
            NodeKind::And(_) => "AND".to_owned(),
            NodeKind::Or(_) => "OR".to_owned(),
            NodeKind::Not(_) => "NOT".to_owned(),
            NodeKind::Maybe(word) => format!("{word} (if there)"),
            NodeKind::AtLeast(n, _) => format!("ATLEAST{n}"),
            NodeKind::Boost(_, weight) => format!("^{weight}"),
            NodeKind::Term(_) | NodeKind::Field(_) => self.to_string(),
        }
    }

    fn is_one_thing(&self) -> bool {
        !matches!(
            self.kind,
            NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Near(_)
        )
    }
}

/// A node inside another one: in parentheses where it has several parts.
struct Inside<'a>(&'a Node);

impl fmt::Display for Inside<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.is_one_thing() {
            true => write!(f, "{}", self.0),
            false => write!(f, "({})", self.0),
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, nodes: &[Node], word: &str| {
            let asked = nodes.iter().filter(|node| !node.is_optional());
            for (i, node) in asked.enumerate() {
                if i > 0 {
                    f.write_str(word)?;
                }
                write!(f, "{}", Inside(node))?;
            }
            Ok(())
        };
        // Words that need not match stand last, without an operator.
        let optional = |f: &mut fmt::Formatter<'_>, nodes: &[Node]| {
            let mut optional = nodes.iter().filter(|node| node.is_optional());
            optional.try_for_each(|node| write!(f, " {node}"))
        };
        match &self.kind {
            NodeKind::Term(term) => write!(f, "{term}"),
            NodeKind::Near(near) => write!(
                f,
                "{} {} {}",
                Inside(&near.left),
                near.operator(),
                Inside(&near.right)
            ),
            NodeKind::And(nodes) => {
                list(f, nodes, " AND ")?;
                optional(f, nodes)
            }
            // In parentheses they are alternatives to none.
            NodeKind::Or(nodes) => {
                let asked = nodes.iter().filter(|node| !node.is_optional()).count();
                let is_group = (2..nodes.len()).contains(&asked);
                f.write_str(if is_group { "(" } else { "" })?;
                list(f, nodes, " OR ")?;
                f.write_str(if is_group { ")" } else { "" })?;
                optional(f, nodes)
            }
            NodeKind::Not(node) => write!(f, "NOT {}", Inside(node)),
            NodeKind::Maybe(node) => write!(f, "{node}"),
            NodeKind::AtLeast(n, node) => write!(f, "ATLEAST{n}({node})"),
            NodeKind::Boost(node, weight) => write!(f, "{}^{weight}", Inside(node)),
            NodeKind::Field(field) => write!(f, "{field}"),
        }
    }
}

impl Near {
    /// The operator as it is typed, as `w/5` or `+s`.
    pub fn operator(&self) -> String {
        match (self.within, self.ordered) {
            (Within::Words(n), false) => format!("w/{n}"),
            (Within::Words(n), true) => format!("pre/{n}"),
            (Within::Sentence, false) => "/s".to_owned(),
            (Within::Sentence, true) => "+s".to_owned(),
            (Within::Passage, false) => "/p".to_owned(),
            (Within::Passage, true) => "+p".to_owned(),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            IndexPart::Passages => {}
            IndexPart::Headings => f.write_str("heading:")?,
            IndexPart::Titles => f.write_str("title:")?,
        }
        match self.form {
            Form::Inflected => f.write_str(&self.typed)?,
            Form::Exact => write!(f, "\"{}\"", self.typed)?,
            Form::Printed => write!(f, "case:\"{}\"", self.typed)?,
        }
        match self.slop {
            0 => Ok(()),
            slop => write!(f, "~{slop}"),
        }
    }
}

impl fmt::Display for FieldFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.facet)?;
        let values = self.values.join(",");
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '/' | ',' | '_');
        match values.chars().all(plain) {
            true => f.write_str(&values),
            false => write!(f, "\"{values}\""),
        }
    }
}
