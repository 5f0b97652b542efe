//! A walk through the parts of a Word document: what is a paragraph of the
//! text, and what is only counted.

use std::collections::HashMap;

use super::super::calls::{Call, NoteKind, NoteName};
use super::super::document::LineKind;
use super::super::flow::{Flow, Piece, is_paragraph, looks_like_heading};
use super::super::xml::{Node, Tag, walk};
use super::numbering::Numbering;
use super::paragraph::Paragraph;
use super::styles::{Role, Styles};

/// What a part is for.
#[derive(Default, Clone, Copy, PartialEq)]
pub(super) enum Part {
    #[default]
    Body,
    Notes,
    /// Text that is only counted, as what it is.
    Apart(&'static str),
}

/// A walk through the parts of a document.
#[derive(Default)]
pub(super) struct Walker {
    pub(super) flow: Flow,
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    part: Part,
    /// The page at hand, where the file tells its pages.
    pub(super) page: Option<u32>,
    /// How many elements deep the walk is in one that is left out.
    skipped: u64,
    /// The open paragraphs: one in another is in a text box of it.
    open: Vec<Paragraph>,
    /// The text boxes of the outermost open paragraph.
    boxed: Vec<Piece>,
    /// The note that is open, and what it says as yet.
    note: Option<(NoteName, String)>,
    /// Text whose paragraph mark is deleted, so that it runs on, with its calls
    /// of notes.
    carried: (String, Vec<Call>),
    in_paragraph_properties: bool,
    in_row_properties: bool,
    in_run_properties: bool,
    in_text: bool,
    /// Where the links of the part lead, by their names.
    pub(super) targets: HashMap<String, String>,
    /// Where the links that are open lead.
    links: Vec<Option<String>>,
    row_deleted: bool,
}

impl Walker {
    /// Walks through one part.
    pub(super) fn part(&mut self, name: &str, text: &str, part: Part) {
        self.part = part;
        self.skipped = 0;
        self.links.clear();
        self.open.clear();
        let end = walk(text, |node| match node {
            Node::Open(tag) if self.skipped > 0 || self.is_left_out(&tag) => self.skipped += 1,
            Node::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Node::Open(tag) => self.open(&tag),
            Node::Close(name) => self.close(name),
            Node::Text(text) if self.skipped == 0 && self.in_text => self.text(&text),
            Node::Text(_) => {}
        });
        if let Some(end) = end.filter(|_| !text.is_empty()) {
            while !self.open.is_empty() {
                self.close_paragraph();
            }
            self.flow.remark(format!("`{name}` breaks off: {end}"));
        }
    }

    /// Whether an element is left out with all that it holds.
    fn is_left_out(&mut self, tag: &Tag<'_>) -> bool {
        match tag.name() {
            "del" | "moveFrom" => {
                self.flow.remark("tracked changes: deletions left out");
                let in_properties = self.in_paragraph_properties || self.in_row_properties;
                if self.in_row_properties {
                    self.row_deleted = true;
                } else if let Some(paragraph) = self.open.last_mut().filter(|_| in_properties) {
                    paragraph.mark_deleted = true;
                }
                true
            }
            "footnote" | "endnote" => tag.get("type").is_some_and(|kind| kind != "normal"),
            "pPrChange" | "rPrChange" | "sectPr" | "sdtPr" | "tblPr" | "tcPr" | "Fallback"
            | "instrText" | "delText" | "delInstrText" | "rt" => true,
            _ => false,
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "p" => {
                let (text, calls) = std::mem::take(&mut self.carried);
                self.open.push(Paragraph {
                    text,
                    calls,
                    ..Paragraph::default()
                });
            }
            "pPr" => self.in_paragraph_properties = true,
            "rPr" => self.in_run_properties = true,
            "trPr" => self.in_row_properties = true,
            "tbl" => self.flow.open_table(),
            "tr" => {
                self.row_deleted = false;
                self.flow.open_row();
            }
            "tc" => self.flow.open_cell(),
            "hyperlink" => {
                let target = tag.get("id").and_then(|id| self.targets.get(&id));
                self.links.push(target.cloned());
            }
            "footnote" | "endnote" => {
                self.note = Some((note_name(tag), String::new()));
            }
            "docPr" => {
                let words = tag.get("descr").unwrap_or_default();
                self.flow.drop_text("captions", &words);
            }
            "lastRenderedPageBreak" => self.page = self.page.map(|page| page.saturating_add(1)),
            name => {
                if let Some(paragraph) = self.open.last_mut() {
                    if self.in_paragraph_properties {
                        paragraph.property(name, tag);
                    } else if self.in_run_properties {
                        paragraph.run_property(name, tag, &self.styles);
                    } else {
                        self.sign(name, tag);
                    }
                }
            }
        }
    }

    /// Takes what stands in a run or holds one.
    fn sign(&mut self, name: &str, tag: &Tag<'_>) {
        match name {
            "t" => self.in_text = true,
            "tab" | "br" | "cr" | "ptab" => self.text(" "),
            "noBreakHyphen" => self.text("-"),
            "sym" => {
                let code = tag
                    .get("char")
                    .and_then(|code| u32::from_str_radix(&code, 16).ok());
                // The private use area holds the glyphs of symbol fonts.
                let code = code.filter(|code| !(0xE000..0xF900).contains(code));
                if let Some(letter) = code.and_then(char::from_u32) {
                    self.text(letter.encode_utf8(&mut [0; 4]));
                }
            }
            "footnoteReference" | "endnoteReference" => {
                if let Some(paragraph) = self.open.last_mut() {
                    let call = Call::behind(&paragraph.text, note_name(tag));
                    paragraph.calls.push(call);
                }
            }
            "r" => {
                if let Some(paragraph) = self.open.last_mut() {
                    (paragraph.run_bold, paragraph.run_hidden) = (None, None);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => self.close_paragraph(),
            "pPr" => self.in_paragraph_properties = false,
            "rPr" => self.in_run_properties = false,
            "trPr" => self.in_row_properties = false,
            "t" => self.in_text = false,
            "hyperlink" => {
                let target = self.links.pop().flatten();
                if let (Some(target), Some(paragraph)) = (target, self.open.last_mut()) {
                    paragraph.calls.push(Call::link(&paragraph.text, target));
                }
            }
            "tbl" => self.flow.close_table(),
            // Opening it anew forgets the row.
            "tr" if self.row_deleted => self.flow.open_row(),
            "tr" => self.flow.close_row(),
            "tc" => self.flow.close_cell(),
            "footnote" | "endnote" if self.part == Part::Notes => {
                if let Some((name, text)) = self.note.take() {
                    self.flow.note(name, &text);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let Some(paragraph) = self.open.last_mut() else {
            return;
        };
        let style = paragraph.style.as_deref();
        let hidden = paragraph.run_hidden;
        if hidden.unwrap_or_else(|| self.styles.is_hidden(style)) {
            self.flow.drop_text("hidden text", text);
            return;
        }
        let letters = text
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .count() as u64;
        if letters > 0 {
            let bold = paragraph.run_bold;
            match bold.unwrap_or_else(|| self.styles.is_bold(style)) {
                true => paragraph.bold += letters,
                false => paragraph.plain += letters,
            }
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
        if paragraph.mark_deleted {
            self.carried = (paragraph.text, paragraph.calls);
            return;
        }
        match self.part {
            Part::Body => self.place(paragraph),
            Part::Notes => {
                if let Some((_, note)) = &mut self.note {
                    note.push_str(&paragraph.text);
                    note.push(' ');
                }
            }
            Part::Apart(what) => self.flow.drop_text(what, &paragraph.text),
        }
    }

    /// Puts a paragraph of the body where it belongs.
    fn place(&mut self, paragraph: Paragraph) {
        if !paragraph.text.trim().is_empty() {
            let role = self.styles.role(paragraph.style.as_deref());
            match role {
                Role::Caption => self.flow.drop_text("captions", &paragraph.text),
                Role::Contents => self.flow.drop_text("navigation", &paragraph.text),
                Role::Body | Role::Heading | Role::Quote => {
                    let piece = self.piece(&paragraph, role);
                    self.boxed.push(piece);
                    // Before the text boxes that it holds.
                    if self.open.is_empty() {
                        self.boxed.rotate_right(1);
                    }
                }
            }
        }
        if self.open.is_empty() {
            for piece in std::mem::take(&mut self.boxed) {
                self.flow.paragraph(piece);
            }
        }
    }

    /// What a paragraph is. The number of a heading is part of it; that of
    /// other paragraphs stands apart.
    fn piece(&mut self, paragraph: &Paragraph, role: Role) -> Piece {
        let styled = self.styles.list(paragraph.style.as_deref());
        let (styled, styled_level) = styled.unzip();
        let list = paragraph.list.clone().or(styled).filter(|list| list != "0");
        let level = paragraph.level.or(styled_level).unwrap_or(0);
        let label = list
            .as_deref()
            .and_then(|list| self.numbering.label(list, level));
        let bold = paragraph.bold > 0 && paragraph.plain == 0;
        let looks = || bold && !self.flow.in_table() && looks_like_heading(&paragraph.text);
        let is_text = is_paragraph(&paragraph.text);
        let kind = match paragraph.outline {
            Some(0..=8) if !is_text => LineKind::Heading,
            None if role == Role::Heading && !is_text => LineKind::Heading,
            _ if list.is_some() => LineKind::Item,
            _ if role == Role::Quote => LineKind::Quote,
            _ if looks() => LineKind::Heading,
            _ => LineKind::Text,
        };
        let outline = paragraph.outline.filter(|level| *level < 9);
        let outline = outline.map(|level| level + 1);
        let (text, calls, label) = match label {
            Some(label) if kind == LineKind::Heading => {
                let calls = paragraph.calls.iter().map(|call| call.moved(&label));
                let text = format!("{label} {}", paragraph.text);
                (text, calls.collect(), None)
            }
            label => (paragraph.text.clone(), paragraph.calls.clone(), label),
        };
        Piece {
            text,
            kind,
            page: paragraph.page,
            level: match kind {
                LineKind::Heading => outline.or(self.styles.level(paragraph.style.as_deref())),
                _ => None,
            },
            label,
            is_link: paragraph.linked > 0 && paragraph.unlinked == 0,
            calls,
        }
    }
}

/// The name of the note that an element is or calls.
fn note_name(tag: &Tag<'_>) -> NoteName {
    let kind = match tag.name().starts_with("end") {
        true => NoteKind::End,
        false => NoteKind::Foot,
    };
    let name = tag.get("id").unwrap_or_default();
    NoteName { kind, name }
}
