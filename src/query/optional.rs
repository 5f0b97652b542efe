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
    let months: Vec<bool> = (0..nodes.len()).map(|at| is_month(&nodes, at)).collect();
    let maybe = |((node, bound), is_month): ((Node, bool), bool)| match !bound
        && !is_month
        && is_function_word(&node)
    {
        true => Node {
            span: node.span.clone(),
            kind: NodeKind::Maybe(Box::new(node)),
        },
        false => node,
    };
    nodes.into_iter().zip(months).map(maybe).collect()
}

/// Whether a node is `may` beside a day or a year.
fn is_month(nodes: &[(Node, bool)], at: usize) -> bool {
    let typed = |at: usize| match &nodes.get(at)?.0.kind {
        NodeKind::Term(term) => Some(term.typed.as_str()),
        _ => None,
    };
    let is_number = |at: Option<usize>| {
        at.and_then(typed)
            .is_some_and(|typed| typed.starts_with(|c: char| c.is_ascii_digit()))
    };
    typed(at).is_some_and(|typed| typed.eq_ignore_ascii_case("may"))
        && (is_number(at.checked_sub(1)) || is_number(Some(at + 1)))
}

/// Whether a node is a bare function word, such as `the` or `which`.
pub(super) fn is_function_word(node: &Node) -> bool {
    let NodeKind::Term(term) = &node.kind else {
        return false;
    };
    match term.slots.as_slice() {
        [Slot::Word(Word::Plain { form, printed })] => {
            // `u.s.` and `US` are a country, in a query of capitals too.
            let is_country = form == "us"
                && (printed.as_deref() == Some("US") || term.typed.trim_matches('.').contains('.'));
            term.form == Form::Inflected
                && !is_country
                && Language::default().is_function_word(form)
        }
        _ => false,
    }
}
