//! All text of a page as paragraphs, block quotations marked as such.
//!
//! A report stands among much that is not its own, and [`read`](super::read)
//! looks for it; a draft is all text, and its quotations may be marked up.

use super::depth;
use super::fold::Folded;
use super::page::Page;
use crate::format::document::{Document, Line, LineKind};

/// Elements whose words are not shown.
const UNSEEN: [&str; 7] = [
    "script", "style", "template", "head", "noscript", "svg", "math",
];

/// The text of an HTML page, a line for each paragraph, heading, item or row. A
/// paragraph of a block quotation is a [`LineKind::Quote`]; a quotation in a
/// line (`<q>`) stands between curly quotation marks.
pub fn read_whole(text: &str) -> Document<'static> {
    let flat = depth::flatten(text);
    let html = scraper::Html::parse_document(&flat.text);
    let page = Page::new(&html);
    let mut lines = Vec::new();
    let mut folded = Folded::default();
    // Elements that are open and end somewhere: their ends and whether they are
    // block quotations, lines of their own or quotations in a line.
    let mut open: Vec<Open> = Vec::new();
    let body = page.body();
    let mut at = body.start;
    let mut close = |folded: &mut Folded, is_quote: bool| {
        let text = std::mem::take(folded).into_text();
        if !text.is_empty() {
            lines.push(Line {
                number: lines.len() as u64 + 1,
                text: text.into(),
                kind: match is_quote {
                    true => LineKind::Quote,
                    false => LineKind::Text,
                },
                page: None,
                doubts: None,
                level: None,
                label: None,
                is_link: false,
            });
        }
    };
    loop {
        while let Some(left) = open.pop_if(|open| open.end <= at || at >= body.end) {
            match left.kind {
                Kind::Inline => {
                    folded.push("”");
                }
                kind => close(&mut folded, kind == Kind::Quote || is_quoted(&open)),
            }
        }
        if at >= body.end {
            break;
        }
        let name = page.name(at);
        if UNSEEN.contains(&name) {
            at = page.subtree(at).end;
            continue;
        }
        if let Some(text) = page.raw(at) {
            folded.push(text);
        } else if name == "br" {
            folded.space();
        } else if name == "q" {
            folded.push("“");
            open.push(Open {
                end: page.subtree(at).end,
                kind: Kind::Inline,
            });
        } else if page.is_block(at) {
            close(&mut folded, is_quoted(&open));
            open.push(Open {
                end: page.subtree(at).end,
                kind: match name {
                    "blockquote" => Kind::Quote,
                    _ => Kind::Block,
                },
            });
        }
        at += 1;
    }
    close(&mut folded, false);
    Document {
        lines,
        whole: true,
        remarks: flat.remark().into_iter().collect(),
        ..Document::default()
    }
}

struct Open {
    end: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Block,
    Quote,
    Inline,
}

fn is_quoted(open: &[Open]) -> bool {
    open.iter().any(|open| open.kind == Kind::Quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_quotations_are_told_apart() {
        let page = "<nav>Menu</nav><p>One <q>two</q>.<blockquote><p>Three<p>four</blockquote>five";
        let document = read_whole(page);
        let told: Vec<(&str, LineKind)> =
            document.lines.iter().map(|l| (&*l.text, l.kind)).collect();
        assert_eq!(
            told,
            [
                ("Menu", LineKind::Text),
                ("One “two”.", LineKind::Text),
                ("Three", LineKind::Quote),
                ("four", LineKind::Quote),
                ("five", LineKind::Text),
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_page(text in "[\\PC<>/]{0,80}|(<(q|p|/q|/p|b|blockquote)>|a ){0,30}") {
            let _ = read_whole(&text);
        }
    }
}
