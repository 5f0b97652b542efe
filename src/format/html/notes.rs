//! The notes of a page: what calls them, and what they say.

use std::collections::{HashMap, HashSet};

use super::fold::Folded;
use super::marks::{is_mark, is_number};
use super::page::Page;

/// The longest mark, in characters.
const LONGEST: usize = 8;

/// What the names of notes have in them.
const NAMES: [&str; 5] = ["fn", "ftn", "edn", "note", "cite"];

/// The notes of a page, by the names that links call them by.
pub(super) struct Notes<'p, 'a> {
    page: &'p Page<'a>,
    /// The elements that have a name.
    named: HashMap<&'a str, usize>,
    /// The elements that a mark calls.
    called: HashSet<usize>,
}

/// A mark of a note.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// It links to the note.
    Linked {
        /// The mark without brackets, as `3`.
        mark: String,
        /// What the note says.
        text: String,
    },
    /// It is raised and links to no note of the page; the text is as it is read
    /// without markup, as `³`.
    Raised(String),
}

impl<'p, 'a> Notes<'p, 'a> {
    /// The notes of a page.
    pub(super) fn of(page: &'p Page<'a>) -> Self {
        let mut named = HashMap::new();
        for at in page.body() {
            for name in ["id", "name"] {
                if let Some(name) = page.attribute(at, name) {
                    named.entry(name).or_insert(at);
                }
            }
        }
        let mut notes = Notes {
            page,
            named,
            called: HashSet::new(),
        };
        let marks = page.body().filter(|at| page.name(*at) == "a");
        let marks = marks.filter(|at| notes.may_call(*at));
        notes.called = marks.filter_map(|at| notes.target(at)).collect();
        notes
    }

    /// What an element is, where it is a mark; none is that stands first in its
    /// paragraph, for that is the mark of the note itself.
    pub(super) fn mark(&self, at: usize) -> Option<Mark> {
        let page = self.page;
        if !matches!(page.name(at), "a" | "sup" | "span") {
            return None;
        }
        let link = page.subtree(at).find(|node| page.name(*node) == "a");
        let called = link.filter(|link| page.text(*link) == page.text(at));
        let called = called.filter(|link| self.may_call(*link));
        if let Some(target) = called.and_then(|link| self.target(link)) {
            let mark = bare(&page.text(at)).to_owned();
            let text = self.said(target, &mark);
            return (!text.is_empty()).then_some(Mark::Linked { mark, text });
        }
        let is_raised = page.name(at) == "sup" && is_mark(page, at);
        is_raised.then(|| Mark::Raised(raised(&page.text(at))))
    }

    /// Whether a link looks like the mark of a note.
    fn may_call(&self, link: usize) -> bool {
        let page = self.page;
        if self.leads_back(link) {
            return false;
        }
        let text = page.text(link);
        let is_short = !text.is_empty() && text.chars().count() <= LONGEST;
        let is_marked = is_mark(page, link) || is_number(&text) && self.is_raised(link);
        is_short && (is_marked || self.is_named(link))
    }

    /// Whether a link says of itself that it calls a note.
    fn is_named(&self, link: usize) -> bool {
        let page = self.page;
        let role = [
            page.attribute(link, "role"),
            page.attribute(link, "epub:type"),
        ];
        let name = page.attribute(link, "href").unwrap_or_default();
        let name = name.split_once('#').unwrap_or_default().1.to_lowercase();
        role.into_iter()
            .flatten()
            .any(|role| role.contains("noteref"))
            || page.has_class(link, "footnote-ref")
            || is_number(&page.text(link)) && NAMES.iter().any(|of| name.contains(of))
    }

    fn is_raised(&self, link: usize) -> bool {
        let page = self.page;
        let is_sup = |at: usize| page.name(at) == "sup";
        page.subtree(link).any(is_sup) || page.parent(link).is_some_and(is_sup)
    }

    /// Whether a link leads from a note back to its mark.
    fn leads_back(&self, link: usize) -> bool {
        let page = self.page;
        let is_role = page.attribute(link, "role") == Some("doc-backlink");
        let class = page.attribute(link, "class").unwrap_or_default();
        is_role || class.contains("footnote-back") || !has_sign(&page.text(link))
    }

    /// The element of the page that a link leads to.
    fn target(&self, link: usize) -> Option<usize> {
        let (_, name) = self.page.attribute(link, "href")?.split_once('#')?;
        let target = *self.named.get(name)?;
        (target != link).then_some(target)
    }

    /// What the note says that an element holds or begins: without its mark and
    /// the links back.
    fn said(&self, target: usize, mark: &str) -> String {
        let page = self.page;
        let mut block = target;
        while !page.is_block(block) {
            let Some(parent) = page.parent(block) else {
                break;
            };
            block = parent;
        }
        let mut said = Folded::default();
        let mut at = target;
        while at < page.subtree(block).end {
            if at > target && self.called.contains(&at) {
                break;
            }
            let is_back = page.name(at) == "a" && at != target && self.is_link_of_note(at);
            match page.raw(at) {
                _ if is_back => {
                    at = page.subtree(at).end;
                    continue;
                }
                Some(text) => {
                    said.push(text);
                }
                None if page.is_block(at) || page.name(at) == "br" => said.space(),
                None => {}
            }
            at += 1;
        }
        without_mark(&said.into_text(), mark).to_owned()
    }

    fn is_link_of_note(&self, link: usize) -> bool {
        let is_inside = self
            .page
            .attribute(link, "href")
            .is_some_and(|href| href.contains('#'));
        is_inside && (self.leads_back(link) || is_number(&self.page.text(link)))
    }
}

/// Whether a mark has anything that a mark is made of; arrows lead back.
fn has_sign(text: &str) -> bool {
    text.contains(|c: char| c.is_alphanumeric() || "*†‡§".contains(c))
}

/// A mark without its brackets.
fn bare(mark: &str) -> &str {
    mark.trim_matches(['[', ']', '(', ')', '.', ' '])
}

/// A note without the mark that it begins with.
fn without_mark<'t>(note: &'t str, mark: &str) -> &'t str {
    let inside = note.trim_start_matches(['[', '(', '^', ' ']);
    match inside.strip_prefix(mark) {
        Some(rest) if !rest.starts_with(char::is_alphanumeric) => {
            rest.trim_start_matches([']', ')', '.', ':', '^', ' '])
        }
        _ => note,
    }
}

/// Digits as raised ones.
fn raised(mark: &str) -> String {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    match mark.bytes().all(|b| b.is_ascii_digit()) {
        true => mark
            .bytes()
            .map(|b| digits[usize::from(b - b'0')])
            .collect(),
        false => mark.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_lead_to_what_notes_say() {
        let linked = |mark: &str, text: &str| {
            Some(Mark::Linked {
                mark: mark.to_owned(),
                text: text.to_owned(),
            })
        };
        for (html, want) in [
            (
                "law<sup><a href='#f'>1</a></sup><p id='f'>1 See <i>it</i>.</p>",
                linked("1", "See it."),
            ),
            (
                "law<a href='#f' role='doc-noteref'><sup>2</sup></a><ol><li id='f'><p>See it.\
                 <a href='#r' role='doc-backlink'>↩︎</a></p></ol>",
                linked("2", "See it."),
            ),
            (
                "law<a href='#_ftn1' name='_ftnref1'><span>[1]</span></a><div id='ftn1'><p>\
                 <a href='#_ftnref1' name='_ftn1'><span>[1]</span></a> See it.</p></div>",
                linked("1", "See it."),
            ),
            (
                "law<a href='#fn2'>2</a><p><a name='fn1'>1</a> One.<br><a name='fn2'></a>2. See it.<br>\
                 <a name='fn3'>3</a> Three. <a href='#fn3'>3</a>",
                linked("2", "See it."),
            ),
            ("law<sup>12</sup>", Some(Mark::Raised("¹²".to_owned()))),
            (
                "law<sup><a href='#none'>3</a></sup>",
                Some(Mark::Raised("³".to_owned())),
            ),
            ("in <a href='#y'>2019</a><p id='y'>that year", None),
            ("19<sup>th</sup> law<a href='#f'>see</a><p id='f'>see", None),
        ] {
            let parsed = scraper::Html::parse_document(html);
            let page = Page::new(&parsed);
            let notes = Notes::of(&page);
            let found = page.body().find_map(|at| notes.mark(at));
            assert_eq!(found, want, "{html}");
        }
    }
}
