//! Which block of a page holds its text, and the headline outside of it.
//!
//! Blocks that known sites put their text in go first, then `main` and
//! `article`, then the smallest block that holds nearly all of the prose. A
//! block that holds too little of it gives way to one around it: a report is
//! never lost to a wrong name.

use super::furniture::Furniture;
use super::metadata::Metadata;
use super::page::Page;
use super::tables;
use super::weight::Weights;

/// How much of the page's prose the block must hold, in percent.
const LEAST: u64 = 40;

/// How much of it the smallest block must hold that is found by weight alone.
const NEARLY_ALL: u64 = 90;

/// How much of the prose in blocks of one kind one of them must hold to count.
const SHARE: u64 = 10;

/// How a block is known.
enum Mark {
    Class(&'static str),
    Id(&'static str),
    Name(&'static str),
    Role(&'static str),
}

/// Blocks of text by site, the surest first; a site is named by a part of its
/// host or name, if they are of one.
const BLOCKS: &[(Option<&str>, Mark)] = &[
    (None, Mark::Class("entry-content")),
    (None, Mark::Id("centerblock")),
    (Some("refworld"), Mark::Class("document-content")),
    (Some("refworld"), Mark::Id("content")),
    (Some("refworld"), Mark::Name("article")),
    (Some("ecoi.net"), Mark::Class("document-content")),
    (Some("ecoi.net"), Mark::Class("content")),
    (Some("ecoi.net"), Mark::Name("article")),
    (None, Mark::Name("main")),
    (None, Mark::Role("main")),
    (None, Mark::Name("article")),
];

/// Headlines of known sites, the surest first.
const HEADLINES: &[Mark] = &[
    Mark::Class("featured-content__headline"),
    Mark::Class("page-header__title"),
    Mark::Id("tier3-landing-name"),
    Mark::Name("h1"),
];

/// Where the text of a page is.
pub(super) struct Text {
    /// The block that holds it.
    pub(super) block: usize,
    /// The page's headline, in the block or outside of it.
    pub(super) headline: Option<usize>,
}

impl Text {
    pub(super) fn choose(
        page: &Page<'_>,
        furniture: &Furniture,
        weights: &Weights,
        metadata: &Metadata,
    ) -> Self {
        let body = page.body().start;
        let mut known = BLOCKS
            .iter()
            .filter(|(site, _)| site.is_none_or(|site| metadata.is_of(site)));
        let mut block = known
            .find_map(|(_, mark)| around_all(page, furniture, weights, mark))
            .unwrap_or_else(|| densest(page, furniture, weights));
        while block != body && !weights.holds(page, block, LEAST) {
            block = page.parent(block).unwrap_or(body);
        }
        let headline = headline(page, furniture, metadata);
        Text { block, headline }
    }

    /// The headline, if it stands outside the block.
    pub(super) fn outside(&self, page: &Page<'_>) -> Option<usize> {
        let block = page.subtree(self.block);
        self.headline.filter(|at| !block.contains(at))
    }
}

fn is(page: &Page<'_>, at: usize, mark: &Mark) -> bool {
    match mark {
        Mark::Class(class) => page.has_class(at, class),
        Mark::Id(id) => page.attribute(at, "id") == Some(id),
        Mark::Name(name) => page.name(at) == *name,
        Mark::Role(role) => page.attribute(at, "role") == Some(role),
    }
}

/// The smallest block around all blocks of a kind that hold prose.
fn around_all(
    page: &Page<'_>,
    furniture: &Furniture,
    weights: &Weights,
    mark: &Mark,
) -> Option<usize> {
    let shown = |at: &usize| furniture.part(*at).is_none() && is(page, *at, mark);
    let blocks: Vec<usize> = page.body().filter(shown).collect();
    let weight = |at: &usize| weights.in_node(page, *at);
    let all: u64 = blocks.iter().map(weight).sum();
    let mut counted = blocks.iter().filter(|at| weight(at) * 100 >= all * SHARE);
    let first = *counted.next()?;
    let last = counted.next_back().copied().unwrap_or(first);
    let mut around = first;
    while !page.subtree(around).contains(&last) {
        around = page.parent(around)?;
    }
    Some(around)
}

/// Elements that are text themselves, not blocks around it.
const TEXTS: &[&str] = &[
    "", "a", "b", "dl", "em", "h1", "h2", "h3", "h4", "h5", "h6", "i", "li", "ol", "p", "pre",
    "strong", "u", "ul",
];

/// Goes into the page as long as one block holds nearly all of its prose and
/// no text stands beside it.
fn densest(page: &Page<'_>, furniture: &Furniture, weights: &Weights) -> usize {
    let body = page.body().start;
    let mut at = body;
    if weights.all() == 0 {
        return body;
    }
    loop {
        let holds = |child: &usize| {
            !TEXTS.contains(&page.name(*child)) && weights.holds(page, *child, NEARLY_ALL)
        };
        let data = page.name(at) == "table" && tables::is_data(page, at);
        let next = page.children(at).find(holds).filter(|_| !data);
        let Some(next) = next else { return at };
        let beside = |child: usize| {
            let name = page.name(child);
            // Stray words and links of a banner stand right in the body.
            let text = at != body || !matches!(name, "" | "a" | "ul");
            text && TEXTS.contains(&name)
                && furniture.part(child).is_none()
                && weights_of_text(page, child) > 0
        };
        if page.children(at).any(beside) {
            return at;
        }
        at = next;
    }
}

/// How much text outside links a node has, in characters.
fn weights_of_text(page: &Page<'_>, at: usize) -> usize {
    let mut size = 0;
    let mut links = 0..0;
    for node in page.subtree(at) {
        if page.name(node) == "a" {
            links = page.subtree(node);
        }
        if let Some(text) = page.raw(node).filter(|_| !links.contains(&node)) {
            size += text.chars().filter(|c| !c.is_whitespace()).count();
        }
    }
    size
}

/// Whether a class or id says that a headline names a menu, for users of screen
/// readers.
fn names_menu(page: &Page<'_>, at: usize) -> bool {
    let named = [page.attribute(at, "class"), page.attribute(at, "id")];
    let mut named = named.into_iter().flatten().map(str::to_ascii_lowercase);
    named.any(|value| value.contains("skip") || value.starts_with("nav"))
}

fn headline(page: &Page<'_>, furniture: &Furniture, metadata: &Metadata) -> Option<usize> {
    HEADLINES.iter().find_map(|mark| {
        page.body().find(|&at| {
            if furniture.part(at).is_some() || !is(page, at, mark) || names_menu(page, at) {
                return false;
            }
            let text = page.text(at);
            !text.is_empty() && !metadata.is_site(&text)
        })
    })
}
