//! The structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8): which
//! paragraph the marked content of a page belongs to. How far it is to be
//! trusted is decided elsewhere.

use std::collections::HashMap;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object};

/// How deep the tree may be.
const DEEPEST: usize = 64;

/// The most elements and marks that are read.
const MOST: u32 = 2_000_000;

/// The elements that are paragraphs, headings or items, in the standard's
/// words.
const BLOCKS: [&str; 16] = [
    "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "TD", "TH", "Caption", "Note", "TOCI",
    "BibEntry", "Title",
];

/// The paragraphs that the file tells of, by page and mark.
#[derive(Debug, Default)]
pub(super) struct Structure {
    /// The paragraph of each mark, by the place of its page (from 0) and the
    /// number of the mark.
    paragraphs: HashMap<(usize, u32), u32>,
}

impl Structure {
    /// The paragraph (from 1) that a mark of a page belongs to; 0 for none.
    pub(super) fn paragraph(&self, page: usize, mark: u32) -> u32 {
        self.paragraphs.get(&(page, mark)).copied().unwrap_or(0)
    }
}

/// What the file tells of its structure.
pub(super) fn of(pdf: &Pdf) -> Structure {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let root = catalog.and_then(|catalog| catalog.get::<Dict<'_>>(b"StructTreeRoot"));
    let Some(root) = root else {
        return Structure::default();
    };
    let pages = pdf.pages().iter().enumerate();
    let mut walk = Walk {
        pages: pages
            .filter_map(|(place, page)| Some((page.raw().obj_id()?.obj_number, place)))
            .collect(),
        roles: root.get::<Dict<'_>>(b"RoleMap"),
        count: 0,
        seen: 0,
        structure: Structure::default(),
    };
    walk.kids(&root, &At::default(), DEEPEST);
    walk.structure
}

/// Where in the tree an element stands.
#[derive(Default, Clone)]
struct At {
    page: Option<usize>,
    /// The paragraph around it.
    paragraph: u32,
    /// Whether that is an item, which holds its paragraphs.
    is_item: bool,
}

struct Walk<'a> {
    /// The place of each page by the number of its object.
    pages: HashMap<u32, usize>,
    roles: Option<Dict<'a>>,
    count: u32,
    /// How many elements and marks were seen.
    seen: u32,
    structure: Structure,
}

impl<'a> Walk<'a> {
    /// Reads what an element holds.
    fn kids(&mut self, element: &Dict<'a>, at: &At, depth: usize) {
        if let Some(kids) = element.get::<Array<'a>>(b"K") {
            for kid in kids.iter::<Object<'a>>() {
                self.kid(&kid, at, depth);
            }
        } else if let Some(kid) = element.get::<Object<'a>>(b"K") {
            self.kid(&kid, at, depth);
        }
    }

    fn kid(&mut self, kid: &Object<'a>, at: &At, depth: usize) {
        self.seen += 1;
        if self.seen > MOST {
            return;
        }
        match kid {
            Object::Number(number) => self.mark(number.as_i64(), at),
            Object::Dict(dict) => {
                let at = At {
                    page: self.page(dict).or(at.page),
                    ..at.clone()
                };
                if let Some(mark) = dict.get::<i64>(b"MCID") {
                    self.mark(mark, &at);
                } else if depth > 0 {
                    self.count += 1;
                    let at = self.inside(dict, at);
                    self.kids(dict, &at, depth - 1);
                }
            }
            _ => {}
        }
    }

    /// The page that an element or a mark names.
    fn page(&self, dict: &Dict<'a>) -> Option<usize> {
        let reference = dict.get_ref(b"Pg")?;
        self.pages.get(&reference.obj_number).copied()
    }

    fn mark(&mut self, mark: i64, at: &At) {
        if let (Some(page), Ok(mark)) = (at.page, u32::try_from(mark)) {
            let marks = &mut self.structure.paragraphs;
            marks.insert((page, mark), at.paragraph);
        }
    }

    /// Where what an element holds stands.
    fn inside(&self, element: &Dict<'a>, at: At) -> At {
        let Some(role) = element.get::<Name<'a>>(b"S") else {
            return at;
        };
        let mapped = self
            .roles
            .as_ref()
            .and_then(|roles| roles.get::<Name<'a>>(role.as_str().as_bytes()));
        let role = mapped.as_ref().unwrap_or(&role).as_str();
        match role {
            // A list in an item has items of its own.
            "L" => At {
                is_item: false,
                ..at
            },
            role if BLOCKS.contains(&role) && !at.is_item => At {
                paragraph: self.count,
                is_item: role == "LI",
                ..at
            },
            _ => at,
        }
    }
}
