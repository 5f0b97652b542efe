//! A parsed page as a row of nodes in document order, so that every walk is a
//! loop and every subtree a range.
//!
//! Elements without text of their own kind (scripts, styles, drawings) are
//! not among the nodes.

use std::ops::Range;

use scraper::node::Element;
use scraper::{Html, Node};

use super::fold::Folded;

/// Elements whose contents nobody reads as text.
const SILENT: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "iframe", "frameset", "object",
    "canvas", "audio", "video", "embed", "datalist",
];

/// Elements that a browser shows as a block, or whose edges end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// A node of a page.
enum Kind<'a> {
    Element(&'a Element),
    Text(&'a str),
    Comment(&'a str),
}

struct Entry<'a> {
    kind: Kind<'a>,
    /// The place of its parent; none for nodes of the document itself.
    parent: Option<usize>,
    /// The place after its last descendant.
    end: usize,
}

/// The nodes of a page; a node is named by its place, from 0.
pub(super) struct Page<'a> {
    nodes: Vec<Entry<'a>>,
    body: Range<usize>,
}

impl<'a> Page<'a> {
    pub(super) fn new(html: &'a Html) -> Self {
        let nodes = in_order(html);
        let is = |name| move |entry: &Entry<'_>| matches!(entry.kind, Kind::Element(e) if e.name() == name);
        let found = nodes.iter().position(is("body"));
        let body = match found.or_else(|| nodes.iter().position(is("html"))) {
            Some(at) => at..nodes[at].end,
            None => 0..nodes.len(),
        };
        Page { nodes, body }
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The body and all in it; of pages without one, the page.
    pub(super) fn body(&self) -> Range<usize> {
        self.body.clone()
    }

    /// A node and all in it.
    pub(super) fn subtree(&self, at: usize) -> Range<usize> {
        at..self.nodes[at].end
    }

    pub(super) fn parent(&self, at: usize) -> Option<usize> {
        self.nodes[at].parent
    }

    /// The nodes right inside a node.
    pub(super) fn children(&self, at: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes[at].end;
        let first = (at + 1 < end).then_some(at + 1);
        std::iter::successors(first, move |&child| {
            Some(self.nodes[child].end).filter(|&next| next < end)
        })
    }

    /// The name of an element in lower case; empty for other nodes.
    pub(super) fn name(&self, at: usize) -> &'a str {
        match self.nodes[at].kind {
            Kind::Element(element) => element.name(),
            _ => "",
        }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, at: usize, name: &str) -> Option<&'a str> {
        match self.nodes[at].kind {
            Kind::Element(element) => element.attr(name),
            _ => None,
        }
    }

    pub(super) fn has_class(&self, at: usize, class: &str) -> bool {
        let classes = self.attribute(at, "class").unwrap_or_default();
        classes.split_ascii_whitespace().any(|c| c == class)
    }

    /// What a text node says.
    pub(super) fn raw(&self, at: usize) -> Option<&'a str> {
        match self.nodes[at].kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The comments of the page.
    pub(super) fn comments(&self) -> impl Iterator<Item = &'a str> {
        self.nodes.iter().filter_map(|entry| match entry.kind {
            Kind::Comment(text) => Some(text),
            _ => None,
        })
    }

    /// Whether a node is shown as a block.
    pub(super) fn is_block(&self, at: usize) -> bool {
        BLOCKS.binary_search(&self.name(at)).is_ok() || self.style(at, "display") == Some("block")
    }

    /// What the node's own style gives for a property.
    pub(super) fn style(&self, at: usize, property: &str) -> Option<&'a str> {
        let declarations = self.attribute(at, "style")?.split(';');
        let mut pairs = declarations.filter_map(|declaration| declaration.split_once(':'));
        let (_, value) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case(property))?;
        value.split_ascii_whitespace().next()
    }

    /// The text in a node, folded; its blocks set apart by spaces.
    pub(super) fn text(&self, at: usize) -> String {
        let mut folded = Folded::default();
        for node in self.subtree(at) {
            match self.raw(node) {
                Some(text) => {
                    folded.push(text);
                }
                None if self.is_block(node) || self.name(node) == "br" => folded.space(),
                None => {}
            }
        }
        folded.into_text()
    }
}

fn in_order(html: &Html) -> Vec<Entry<'_>> {
    let mut nodes = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut here = html.tree.root();
    loop {
        let kind = match here.value() {
            Node::Element(element) if !SILENT.contains(&element.name()) => {
                Some(Kind::Element(element))
            }
            Node::Text(text) => Some(Kind::Text(text)),
            Node::Comment(comment) => Some(Kind::Comment(comment)),
            _ => None,
        };
        if let Some(kind) = kind {
            let end = nodes.len() + 1;
            let parent = open.last().copied();
            nodes.push(Entry { kind, parent, end });
            if let Some(child) = here.first_child() {
                open.push(nodes.len() - 1);
                here = child;
                continue;
            }
        } else if here.parent().is_none()
            && let Some(child) = here.first_child()
        {
            // The document itself has nodes inside but is none.
            here = child;
            continue;
        }
        loop {
            if let Some(next) = here.next_sibling() {
                here = next;
                break;
            }
            let Some(parent) = here.parent() else {
                return nodes;
            };
            if let Some(closed) = open.pop() {
                nodes[closed].end = nodes.len();
            }
            here = parent;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_sorted_to_be_searched() {
        assert!(BLOCKS.is_sorted());
    }

    #[test]
    fn a_subtree_is_a_range() {
        let html = Html::parse_document("<!--c--><p>a<b>b</b><script>x</script></p><p>c</p>");
        let page = Page::new(&html);
        let names: Vec<_> = page.body().map(|at| page.name(at)).collect();
        assert_eq!(names, ["body", "p", "", "b", "", "p", ""]);
        let body = page.body().start;
        let texts: Vec<_> = page.children(body).map(|at| page.text(at)).collect();
        assert_eq!(texts, ["ab", "c"]);
        assert_eq!(page.comments().collect::<Vec<_>>(), ["c"]);
        let last = page.children(body).last().unwrap();
        assert_eq!(page.parent(last), Some(body));
        assert_eq!(page.subtree(last).end, page.len());
    }
}
