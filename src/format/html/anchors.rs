//! Links into the page itself, and the lists of them: `On This Page`, tables
//! of contents.

use super::page::Page;

/// What lists of links into a page are called, in lower case.
const NAMES: &[&str] = &[
    "contents",
    "index",
    "in this article",
    "in this chapter",
    "in this document",
    "in this report",
    "in this section",
    "inhalt",
    "inhaltsverzeichnis",
    "jump to",
    "jump to section",
    "list of contents",
    "on this page",
    "page contents",
    "quick links",
    "sommaire",
    "table des matières",
    "table of contents",
    "tabla de contenido",
    "índice",
];

/// Whether a text is what a list of contents is called.
pub(in crate::format) fn is_name(text: &str) -> bool {
    let text = text.trim().trim_end_matches(':').trim_end().to_lowercase();
    NAMES.contains(&text.as_str())
}

/// Which links lead into the page.
pub(super) struct Anchors {
    /// The page's own address, without its fragment and scheme.
    own: Option<String>,
}

impl Anchors {
    /// Of a page that is published at an address.
    pub(super) fn of(address: Option<&str>) -> Self {
        let own = address.map(|address| bare(address).to_owned());
        Anchors { own }
    }

    /// Whether a node is a link into the page.
    pub(super) fn is_anchor(&self, page: &Page<'_>, at: usize) -> bool {
        let Some(href) = page.attribute(at, "href").map(str::trim) else {
            return false;
        };
        page.name(at) == "a"
            && match href.split_once('#') {
                Some(("", _)) => true,
                Some((before, _)) => self.own.as_deref() == Some(bare(before)),
                None => false,
            }
    }

    /// Whether a link leads to a site other than that of the page.
    pub(super) fn leads_away(&self, page: &Page<'_>, at: usize) -> bool {
        let host = |address: &str| bare(address).split('/').next().map(str::to_lowercase);
        let href = page.attribute(at, "href").unwrap_or_default().trim();
        href.contains("://") && host(href) != self.own.as_deref().and_then(host)
    }
}

fn bare(address: &str) -> &str {
    let address = address.split('#').next().unwrap_or_default();
    let after = address.split_once("://").map_or(address, |(_, rest)| rest);
    after.trim_end_matches('/')
}

/// Elements that may be such a list.
const LISTS: &[&str] = &[
    "aside", "details", "dir", "div", "dl", "menu", "nav", "ol", "p", "section", "table", "td",
    "ul",
];

/// How many links make a list of what is nothing else.
const FEWEST: u64 = 2;

/// How many make one of what holds some words more.
const FEWEST_AMID_WORDS: u64 = 4;

/// How many letters of such a list may stand outside of its links, in percent.
const WORDS: u64 = 15;

/// The longest name of a list, in nodes.
const LARGEST_NAME: usize = 6;

/// What the nodes before each node hold.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    letters: u64,
    linked: u64,
    links: u64,
    headings: u64,
}

/// Which nodes are lists of links into the page, or what such a list is
/// called.
pub(super) fn contents(page: &Page<'_>, anchors: &Anchors) -> Vec<bool> {
    let named = |at: usize| {
        page.is_block(at) && page.subtree(at).len() <= LARGEST_NAME && is_name(&page.text(at))
    };
    let mut is_contents = vec![false; page.len()];
    let mut sums = vec![Sums::default(); page.len() + 1];
    let (mut in_link, mut in_name) = (0..0, 0..0);
    let mut names = vec![false; page.len()];
    let previous = elements_before(page);
    for at in page.body() {
        let mut sum = sums[at];
        let is_heading = is_heading(page.name(at));
        if anchors.is_anchor(page, at) {
            in_link = page.subtree(at);
            sum.links += u64::from(page.text(at).contains(char::is_alphabetic));
        } else if !in_name.contains(&at) && named(at) {
            in_name = page.subtree(at);
            names[at] = true;
        }
        sum.headings += u64::from(is_heading && !in_name.contains(&at));
        if let Some(text) = page.raw(at).filter(|_| !in_name.contains(&at)) {
            let letters = text.chars().filter(|c| c.is_alphabetic()).count() as u64;
            sum.letters += letters;
            sum.linked += if in_link.contains(&at) { letters } else { 0 };
        }
        sums[at + 1] = sum;
    }
    for at in page.body().skip(1) {
        let range = page.subtree(at);
        let (before, after) = (sums[range.start], sums[range.end]);
        let (letters, links) = (after.letters - before.letters, after.links - before.links);
        let outside = letters - (after.linked - before.linked);
        let all = outside == 0 && links >= FEWEST;
        let most = outside * 100 <= letters * WORDS && links >= FEWEST_AMID_WORDS;
        is_contents[at] =
            LISTS.contains(&page.name(at)) && after.headings == before.headings && (all || most);
        if !is_contents[at] {
            continue;
        }
        if let Some(name) = previous[at].filter(|&name| names[name]) {
            is_contents[name] = true;
        }
    }
    is_contents
}

pub(super) fn is_heading(name: &str) -> bool {
    HEADINGS.contains(&name)
}

/// The elements that are headings.
pub(super) const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];

/// The element before each node in its parent.
fn elements_before(page: &Page<'_>) -> Vec<Option<usize>> {
    let mut last = vec![None; page.len()];
    let mut before = vec![None; page.len()];
    for at in page.body() {
        if let Some(parent) = page.parent(at) {
            before[at] = last[parent];
            if !page.name(at).is_empty() {
                last[parent] = Some(at);
            }
        }
    }
    before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_links_into_the_page_are_told() {
        let two = "<li><a href='#a'>Scope</a> 3</li><li><a href='#b'>Methods</a></li>";
        let cases = [
            (format!("<ul>{two}</ul>"), vec!["ul"]),
            (
                format!("<h3>On This Page</h3><ol>{two}</ol>"),
                vec!["h3", "ol"],
            ),
            (
                format!("<div><h3>On This Page</h3><div><ol>{two}</ol></div></div>"),
                vec!["div", "h3", "div", "ol"],
            ),
            (
                "<p><a href='https://a.org/x/#a'>One</a> | <a href='#b'>Two</a></p>".to_owned(),
                vec!["p"],
            ),
            (format!("<ul>{two}<li>A word of its own</li></ul>"), vec![]),
            (format!("<div><h2>Scope</h2><p>{two}</div>"), vec![]),
            ("<ul><li><a href='#a'>Scope</a></ul>".to_owned(), vec![]),
            (
                "<ul><li><a href='/a'>Scope</a><li><a href='/b'>Two</a></ul>".to_owned(),
                vec![],
            ),
            (
                "<p><a href='#a'>1</a> <a href='#b'>2</a></p>".to_owned(),
                vec![],
            ),
        ];
        for (text, want) in cases {
            let html = scraper::Html::parse_document(&text);
            let page = Page::new(&html);
            let anchors = Anchors::of(Some("https://a.org/x"));
            let contents = contents(&page, &anchors);
            let found: Vec<_> = page
                .body()
                .filter(|&at| contents[at] && page.name(at) != "li")
                .map(|at| page.name(at))
                .collect();
            assert_eq!(found, want, "{text}");
        }
    }
}
