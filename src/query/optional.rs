//! Function words (`the`, `of`, `who`), which need not match beside other words.

use super::tree::{Node, NodeKind};
use super::word::{Form, Slot, Word};
use crate::text::Language;

/// Nodes side by side, each with whether an operator binds it: bare words of
/// grammar beside others need not match, unless there is nothing else.
pub(super) fn optional_words(nodes: Vec<(Node, bool)>) -> Vec<Node> {
    let asks = |(node, bound): &(Node, bool)| {
        *bound
            || !(is_function_word(node)
                || matches!(node.kind, NodeKind::Not(_) | NodeKind::Field(_)))
    };
    if !nodes.iter().any(asks) {
        return nodes.into_iter().map(|(node, _)| node).collect();
    }
    let maybe = |(node, bound): (Node, bool)| match !bound && is_function_word(&node) {
        true => Node {
            span: node.span.clone(),
            kind: NodeKind::Maybe(Box::new(node)),
        },
        false => node,
    };
    nodes.into_iter().map(maybe).collect()
}

/// Whether a node is a bare function word, as `the` or `which`.
pub(super) fn is_function_word(node: &Node) -> bool {
    let NodeKind::Term(term) = &node.kind else {
        return false;
    };
    match term.slots.as_slice() {
        [Slot::Word(Word::Plain { form, .. })] => {
            term.form == Form::Inflected && Language::default().is_function_word(form)
        }
        _ => false,
    }
}
