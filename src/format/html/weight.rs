//! How much prose a part of a page holds: the text of its paragraphs outside
//! links. Menus, tickers and captions weigh nothing.

use super::page::Page;

/// How many characters (code points, without white space) a block's own text
/// needs to be a paragraph.
const PARAGRAPH: u64 = 60;

/// A page with less prose than this is weighed by all its text outside links.
const SHORT_PAGE: u64 = 400;

/// The prose before each node of a page.
pub(super) struct Weights {
    before: Vec<u64>,
}

/// A block's own text, outside and inside links.
#[derive(Default, Clone)]
struct Own {
    plain: u64,
    linked: u64,
}

impl Weights {
    /// Weighs a page without the nodes that are `left_out` and what is in
    /// them.
    pub(super) fn of(page: &Page<'_>, left_out: impl Fn(usize) -> bool) -> Self {
        let own = own_texts(page, left_out);
        let least = |least: u64| move |own: &Own| own.plain >= least && own.plain > own.linked;
        let weights = Weights::sum(&own, least(PARAGRAPH));
        if weights.all() >= SHORT_PAGE {
            return weights;
        }
        Weights::sum(&own, least(1))
    }

    fn sum(own: &[Own], counts: impl Fn(&Own) -> bool) -> Self {
        let mut before = Vec::with_capacity(own.len() + 1);
        let mut sum = 0;
        before.push(sum);
        for own in own {
            sum += if counts(own) { own.plain } else { 0 };
            before.push(sum);
        }
        Weights { before }
    }

    /// The prose of the page.
    pub(super) fn all(&self) -> u64 {
        self.before.last().copied().unwrap_or_default()
    }

    /// The prose in a node.
    pub(super) fn in_node(&self, page: &Page<'_>, at: usize) -> u64 {
        let range = page.subtree(at);
        self.before[range.end] - self.before[range.start]
    }

    /// The prose between two nodes, in whatever order they stand.
    pub(super) fn between(&self, one: usize, other: usize) -> u64 {
        self.before[one].abs_diff(self.before[other])
    }

    /// Whether a node holds at least `percent` of the page's prose.
    pub(super) fn holds(&self, page: &Page<'_>, at: usize, percent: u64) -> bool {
        self.in_node(page, at) * 100 >= self.all() * percent
    }
}

fn own_texts(page: &Page<'_>, left_out: impl Fn(usize) -> bool) -> Vec<Own> {
    let mut own = vec![Own::default(); page.len()];
    // The block that each node's text belongs to, and whether it is in a link.
    let mut places: Vec<(usize, bool)> = vec![(0, false); page.len()];
    for at in page.body() {
        let (block, linked) = match page.parent(at) {
            Some(parent) => places[parent],
            None => (at, false),
        };
        let linked = linked || (page.name(at) == "a" && page.attribute(at, "href").is_some());
        let block = if page.is_block(at) { at } else { block };
        places[at] = (block, linked);
        if let Some(text) = page.raw(at).filter(|_| !left_out(at)) {
            let size = text.chars().filter(|c| !c.is_whitespace()).count() as u64;
            let of = &mut own[block];
            *(if linked {
                &mut of.linked
            } else {
                &mut of.plain
            }) += size;
        }
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_short_lines_weigh_nothing_beside_prose() {
        let prose = "word ".repeat(100);
        let text = format!("<ul><li><a href=x>{prose}</a></ul><p>{prose}</p><p>short</p>");
        let html = scraper::Html::parse_document(&text);
        let page = Page::new(&html);
        let weights = Weights::of(&page, |_| false);
        assert_eq!(weights.all(), 400);
        let body: Vec<_> = page.children(page.body().start).collect();
        assert_eq!(weights.in_node(&page, body[0]), 0);
        assert!(weights.holds(&page, body[1], 100));
    }

    #[test]
    fn a_short_page_is_weighed_whole() {
        let html = scraper::Html::parse_document("<p>three <a href=x>two</a></p>");
        let page = Page::new(&html);
        assert_eq!(Weights::of(&page, |_| false).all(), 5);
    }
}
