//! A walk through the content of an OpenDocument text: what is a paragraph
//! of the text, and what is only counted.

use super::super::calls::{Call, NoteKind, NoteName};
use super::super::document::LineKind;
use super::super::flow::{Flow, Piece, is_paragraph, looks_like_heading, web_address};
use super::super::xml::{Node, Tag, walk};
use super::numbering::Numbering;
use super::styles::Styles;

/// A paragraph that is open.
struct Paragraph {
    text: String,
    /// The calls of notes in it.
    calls: Vec<Call>,
    style: String,
    label: Option<String>,
    level: Option<u8>,
    is_heading: bool,
    is_item: bool,
    is_quote: bool,
    is_hidden: bool,
    page: Option<u32>,
    bold: u64,
    plain: u64,
    linked: u64,
    unlinked: u64,
    /// What the open spans say of weight and hiding, the paragraph first.
    spans: Vec<(bool, bool)>,
}

/// A note that is open.
struct OpenNote {
    name: NoteName,
    text: String,
    /// How many paragraphs were open before it.
    outside: usize,
}

/// A walk through the parts of a document.
#[derive(Default)]
pub(super) struct Walker {
    /// What was gathered.
    pub(super) flow: Flow,
    styles: Styles,
    page: Option<u32>,
    /// How many elements deep the walk is in one that is left out.
    skipped: u64,
    /// What text is counted as, and how many elements deep the walk is there.
    apart: Option<(&'static str, u64)>,
    /// The open paragraphs: one in another is in a text box or note of it.
    open: Vec<Paragraph>,
    /// The text boxes of the outermost open paragraph.
    boxed: Vec<Piece>,
    note: Option<OpenNote>,
    /// How many notes there were.
    notes: u64,
    numbering: Numbering,
    /// The number that the file gives to the next paragraph.
    number: String,
    in_number: bool,
    items: u64,
    /// Where the links that are open lead; none where that is no page of the web.
    links: Vec<Option<String>>,
}

impl Walker {
    /// Takes the styles in, of `styles.xml` and of the content itself.
    pub(super) fn styles(&mut self, styles: &str, content: &str) {
        self.styles.read(styles);
        self.styles.read(content);
        self.numbering.read(styles);
        self.numbering.read(content);
    }

    /// Walks through `content.xml`.
    pub(super) fn body(&mut self, text: &str) {
        self.page = text.contains("soft-page-break").then_some(1);
        let end = walk(text, |node| match node {
            Node::Open(tag) if self.skipped > 0 || is_left_out(tag.name()) => {
                self.skipped += 1;
                if tag.name() == "deletion" {
                    self.flow.remark("tracked changes: deletions left out");
                }
            }
            Node::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Node::Text(_) if self.skipped > 0 => {}
            node => self.take(node),
        });
        if let Some(end) = end {
            self.apart = None;
            while !self.open.is_empty() {
                self.close_paragraph();
            }
            self.close_note();
            self.flow.remark(format!("`content.xml` breaks off: {end}"));
        }
    }

    /// Counts the headers and footers in `styles.xml`.
    pub(super) fn running_heads(&mut self, text: &str) {
        let mut depth = 0_u64;
        walk(text, |node| match node {
            Node::Open(tag) => {
                let name = tag.name();
                // Not the properties of one.
                let begins = (name.starts_with("header") || name.starts_with("footer"))
                    && !name.ends_with("-style");
                if depth > 0 || begins {
                    depth += 1;
                }
            }
            Node::Close(_) => depth = depth.saturating_sub(1),
            Node::Text(text) if depth > 0 => self.flow.drop_text("running heads", &text),
            Node::Text(_) => {}
        });
    }

    /// Takes a piece that is not left out.
    fn take(&mut self, node: Node<'_>) {
        match (node, &mut self.apart) {
            (Node::Open(_), Some((_, depth))) => *depth += 1,
            (Node::Close(_), Some((_, depth))) => {
                *depth -= 1;
                if *depth == 0 {
                    self.apart = None;
                }
            }
            (Node::Text(text), Some((what, _))) => self.flow.drop_text(what, &text),
            (Node::Open(tag), None) => match self.apart(&tag) {
                Some(what) => self.apart = Some((what, 1)),
                None => self.open(&tag),
            },
            (Node::Close(name), None) => self.close(name),
            (Node::Text(text), None) if self.in_number => self.number.push_str(&text),
            (Node::Text(text), None) => self.text(&text),
        }
    }

    /// What the text of an element is counted as, where it is no text of the
    /// document.
    fn apart(&self, tag: &Tag<'_>) -> Option<&'static str> {
        let is_hidden = |tag: &Tag<'_>| tag.get("is-hidden").as_deref() == Some("true");
        match tag.name() {
            "table-of-content" | "illustration-index" | "table-index" | "object-index"
            | "user-index" | "alphabetical-index" => Some("navigation"),
            "annotation" => Some("comments"),
            "desc" => Some("captions"),
            "title" if tag.is_of("svg") => Some("captions"),
            "hidden-text" if is_hidden(tag) => Some("hidden text"),
            "section" => {
                let style = tag.get("style-name").unwrap_or_default();
                let hidden = tag.get("display").as_deref() == Some("none")
                    || self.styles.hidden("section", &style) == Some(true);
                hidden.then_some("hidden text")
            }
            _ => None,
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "h" | "p" => self.open_paragraph(tag),
            "span" => {
                let style = tag.get("style-name").unwrap_or_default();
                if let Some(paragraph) = self.open.last_mut() {
                    let (bold, hidden) = paragraph.spans.last().copied().unwrap_or_default();
                    let bold = self.styles.bold("text", &style).unwrap_or(bold);
                    let hidden = self.styles.hidden("text", &style).unwrap_or(hidden);
                    paragraph.spans.push((bold, hidden));
                }
            }
            "s" | "tab" | "line-break" => self.text(" "),
            "soft-page-break" => self.page = self.page.map(|page| page.saturating_add(1)),
            "note" => self.open_note(tag),
            "list" => self.numbering.open_list(tag),
            "list-item" => {
                self.items += 1;
                self.numbering.open_item(tag);
            }
            "a" if !self.open.is_empty() => self.links.push(web_address(tag.get("href"))),
            "number" => self.in_number = true,
            "hidden-paragraph" if tag.get("is-hidden").as_deref() == Some("true") => {
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.is_hidden = true;
                }
            }
            "table" => self.flow.open_table(),
            "table-row" => self.flow.open_row(),
            "table-cell" | "covered-table-cell" => self.flow.open_cell(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "h" | "p" => self.close_paragraph(),
            "span" => {
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.spans.pop();
                }
            }
            "note" => self.close_note(),
            "list" => self.numbering.close_list(),
            "list-item" => self.items = self.items.saturating_sub(1),
            "a" => {
                let target = self.links.pop().flatten();
                if let (Some(target), Some(paragraph)) = (target, self.open.last_mut()) {
                    paragraph.calls.push(Call::link(&paragraph.text, target));
                }
            }
            "number" => self.in_number = false,
            "table" => self.flow.close_table(),
            "table-row" => self.flow.close_row(),
            "table-cell" | "covered-table-cell" => self.flow.close_cell(),
            _ => {}
        }
    }

    fn open_paragraph(&mut self, tag: &Tag<'_>) {
        let style = tag.get("style-name").unwrap_or_default();
        // A break before the first paragraph begins no second page.
        if self.open.is_empty() && !self.flow.is_empty() && self.styles.breaks_page(&style) {
            self.page = self.page.map(|page| page.saturating_add(1));
        }
        let bold = self.styles.bold("paragraph", &style) == Some(true);
        let hidden = self.styles.hidden("paragraph", &style) == Some(true);
        let outline = tag.get("outline-level");
        let outline = outline.and_then(|level| level.parse().ok());
        let level = outline
            .filter(|_| tag.name() == "h")
            .or(self.styles.level(&style));
        let is_heading = tag.name() == "h" || self.styles.is_heading(&style);
        let label = self.label(tag, level, &style);
        self.open.push(Paragraph {
            text: String::new(),
            calls: Vec::new(),
            label,
            level,
            is_heading,
            is_item: self.items > 0,
            is_quote: self.styles.is_quote(&style),
            linked: 0,
            unlinked: 0,
            is_hidden: false,
            page: None,
            bold: 0,
            plain: 0,
            spans: vec![(bold, hidden)],
            style,
        });
    }

    /// The number that stands before a paragraph: as the file gives it, else as
    /// it is counted.
    fn label(&mut self, tag: &Tag<'_>, level: Option<u8>, style: &str) -> Option<String> {
        // A note or a box in an item is no part of its list.
        if !self.open.is_empty() {
            return None;
        }
        let own = self.styles.list(style);
        let is_numbered = tag.name() == "h" && tag.get("is-list-header").as_deref() != Some("true");
        let counted = self.numbering.item(own).or_else(|| {
            let level = level.filter(|_| is_numbered)?;
            self.numbering.heading(level)
        });
        let given = std::mem::take(&mut self.number).trim().to_owned();
        Some(given).filter(|given| !given.is_empty()).or(counted)
    }

    fn text(&mut self, text: &str) {
        let depth = self.open.len();
        if self.note.as_ref().is_some_and(|note| depth <= note.outside) {
            return;
        }
        let Some(paragraph) = self.open.last_mut() else {
            return;
        };
        let (bold, hidden) = paragraph.spans.last().copied().unwrap_or_default();
        if hidden {
            self.flow.drop_text("hidden text", text);
            return;
        }
        let letters = text
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .count() as u64;
        if letters > 0 {
            let count = if bold {
                &mut paragraph.bold
            } else {
                &mut paragraph.plain
            };
            *count += letters;
            match self.links.is_empty() {
                true => paragraph.unlinked += letters,
                false => paragraph.linked += letters,
            }
            paragraph.page = paragraph.page.or(self.page);
        }
        paragraph.text.push_str(text);
    }

    fn close_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else {
            return;
        };
        if paragraph.is_hidden {
            self.flow.drop_text("hidden text", &paragraph.text);
        } else if let Some(note) = &mut self.note {
            note.text.push_str(&paragraph.text);
            note.text.push(' ');
        } else if self.styles.is_caption(&paragraph.style) {
            self.flow.drop_text("captions", &paragraph.text);
        } else if !paragraph.text.trim().is_empty() {
            self.boxed.push(paragraph.into_piece(self.flow.in_table()));
            // Before the text boxes that it holds.
            if self.open.is_empty() {
                self.boxed.rotate_right(1);
            }
        }
        if self.open.is_empty() {
            for piece in std::mem::take(&mut self.boxed) {
                self.flow.paragraph(piece);
            }
        }
    }

    fn open_note(&mut self, tag: &Tag<'_>) {
        self.notes += 1;
        let kind = match tag.get("note-class").as_deref() {
            Some("endnote") => NoteKind::End,
            _ => NoteKind::Foot,
        };
        let name = NoteName {
            kind,
            name: self.notes.to_string(),
        };
        if let Some(paragraph) = self.open.last_mut() {
            let call = Call::behind(&paragraph.text, name.clone());
            paragraph.calls.push(call);
        }
        self.note = Some(OpenNote {
            name,
            text: String::new(),
            outside: self.open.len(),
        });
    }

    fn close_note(&mut self) {
        if let Some(note) = self.note.take() {
            self.flow.note(note.name, &note.text);
        }
    }
}

impl Paragraph {
    /// The paragraph for the flow. The number of a heading is part of it; that
    /// of others stands apart.
    fn into_piece(self, in_table: bool) -> Piece {
        let kind = self.kind(in_table);
        let is_heading = kind == LineKind::Heading;
        let is_link = self.linked > 0 && self.unlinked == 0;
        let (text, calls, label) = match self.label {
            Some(label) if is_heading => {
                let calls = self.calls.iter().map(|call| call.moved(&label));
                (format!("{label} {}", self.text), calls.collect(), None)
            }
            label => (self.text, self.calls, label),
        };
        Piece {
            text,
            kind,
            page: self.page,
            level: self.level.filter(|_| is_heading),
            label,
            is_link,
            calls,
        }
    }

    /// What the paragraph is; in a table bold is no sign of a heading.
    fn kind(&self, in_table: bool) -> LineKind {
        let bold = self.bold > 0 && self.plain == 0 && !in_table;
        if self.is_heading && !is_paragraph(&self.text) {
            LineKind::Heading
        } else if self.is_item {
            LineKind::Item
        } else if self.is_quote {
            LineKind::Quote
        } else if bold && looks_like_heading(&self.text) {
            LineKind::Heading
        } else {
            LineKind::Text
        }
    }
}

/// Whether an element is left out with all that it holds, and not counted.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "tracked-changes"
            | "note-citation"
            | "automatic-styles"
            | "font-face-decls"
            | "scripts"
            | "forms"
            | "sequence-decls"
            | "ruby-text"
    )
}
