//! What nearness can be asked of.

use super::tree::{Node, NodeKind};
use crate::error::{Error, Result};

/// Refuses an operand of nearness that has no place in the text of its own;
/// `query` is the whole query and `operator` the sign as typed in it.
pub(super) fn check_operand(node: &Node, operator: &str, query: &str) -> Result<()> {
    let Some(slip) = misplaced(node) else {
        return Ok(());
    };
    let (what, hint) = match &slip.kind {
        NodeKind::And(nodes) if !nodes.iter().any(|n| matches!(n.kind, NodeKind::Not(_))) => (
            "`AND`",
            format!("give each word its own: `a {operator} c AND b {operator} c`"),
        ),
        NodeKind::And(_) | NodeKind::Not(_) => (
            "a negation",
            format!("put it outside: `(a {operator} b) AND NOT c`"),
        ),
        NodeKind::Boost(..) => (
            "a weight",
            format!("put it on the whole: `(a {operator} b)^2`"),
        ),
        NodeKind::Near(_) => ("`+p`", "divide it: `(a +p b) AND (b +p c)`".to_owned()),
        _ => (
            "a field or `ATLEAST`",
            format!("put it outside: `(a {operator} b) AND ...`"),
        ),
    };
    Err(Error::query(
        format!("{what} has no place in the text, so nothing can be near it"),
        query,
        slip.span.clone(),
    )
    .with_hint(hint))
}

/// The node in a tree that keeps it from having places in the text.
pub(super) fn misplaced(node: &Node) -> Option<&Node> {
    match &node.kind {
        _ if node.is_positional() => None,
        NodeKind::Or(nodes) => nodes.iter().find_map(misplaced),
        _ => Some(node),
    }
}
