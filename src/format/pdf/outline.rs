//! The outline of a file, its bookmarks (ISO 32000-1, 12.3.3): the headings
//! that it names are headings on the pages that it refers to.

use std::collections::HashMap;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, String as PdfString};

use super::metadata;

/// How deep the outline may be.
const DEEPEST: usize = 16;

/// The most entries that are read.
const MOST: usize = 20_000;

/// The longest heading (code points).
const LONGEST: usize = 200;

/// The headings that the outline names.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The pages (by their places from 0) that each title refers to.
    titles: HashMap<String, Vec<usize>>,
}

impl Outline {
    /// Whether the outline names a line of a page (by its place from 0).
    pub(super) fn names(&self, text: &str, page: usize) -> bool {
        !self.titles.is_empty()
            && text.chars().count() <= LONGEST
            && self
                .titles
                .get(&fold(text))
                .is_some_and(|pages| pages.contains(&page))
    }
}

/// The outline of a file; empty where it has none.
pub(super) fn of(pdf: &Pdf) -> Outline {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let root = catalog.and_then(|catalog| catalog.get::<Dict<'_>>(b"Outlines"));
    let pages = pdf.pages().iter().enumerate();
    let mut walk = Walk {
        pages: pages
            .filter_map(|(place, page)| Some((page.raw().obj_id()?.obj_number, place)))
            .collect(),
        left: MOST,
        outline: Outline::default(),
    };
    if let Some(root) = root {
        walk.gather(&root, DEEPEST);
    }
    walk.outline
}

struct Walk {
    /// The place of each page by the number of its object.
    pages: HashMap<u32, usize>,
    /// How many entries may still be read.
    left: usize,
    outline: Outline,
}

impl Walk {
    fn gather(&mut self, node: &Dict<'_>, depth: usize) {
        let mut next = node.get::<Dict<'_>>(b"First");
        while let Some(entry) = next.filter(|_| self.left > 0) {
            self.left -= 1;
            if let (Some(title), Some(page)) =
                (entry.get::<PdfString<'_>>(b"Title"), self.page(&entry))
                && title.as_bytes().len() <= 4 * LONGEST
            {
                let title = fold(&metadata::decode(title.as_bytes()));
                if title.chars().filter(|char| char.is_alphabetic()).count() >= 3 {
                    self.outline.titles.entry(title).or_default().push(page);
                }
            }
            if depth > 0 {
                self.gather(&entry, depth - 1);
            }
            next = entry.get::<Dict<'_>>(b"Next");
        }
    }

    /// The page that an entry refers to by itself, not by a name.
    fn page(&self, entry: &Dict<'_>) -> Option<usize> {
        let action = || entry.get::<Dict<'_>>(b"A")?.get::<Array<'_>>(b"D");
        let target = entry.get::<Array<'_>>(b"Dest").or_else(action)?;
        match target.raw_iter().next()? {
            MaybeRef::Ref(page) => self.pages.get(&page.obj_number).copied(),
            MaybeRef::NotRef(_) => None,
        }
    }
}

/// The letters and digits of a title in lower case.
fn fold(text: &str) -> String {
    let kept = text.chars().filter(|char| char.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}
