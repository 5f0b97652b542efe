//! Cutting lines into sections of paragraphs.

use super::paragraphs::{Gatherer, Layout};
use super::profile::ParagraphRules;
use crate::format::{Document, Line, LineKind};
use crate::report::{Section, SectionName};

/// Cuts the lines of a document into sections of paragraphs.
pub(super) struct Cutter<'a> {
    gatherer: Gatherer<'a>,
    /// Whether every line is a paragraph.
    whole: bool,
    name: Option<SectionName>,
    sections: Vec<Section>,
}

impl<'a> Cutter<'a> {
    pub(super) fn new(rules: &'a ParagraphRules, document: &Document<'_>) -> Self {
        let lines = document.lines.iter().map(|l| l.text.as_ref());
        let layout = match document.whole {
            true => Layout::Lines,
            false => Layout::of(lines.clone()),
        };
        Cutter {
            gatherer: Gatherer::new(rules, layout, lines),
            whole: document.whole,
            name: None,
            sections: Vec::new(),
        }
    }

    /// Begins a section; the one before keeps what it has.
    pub(super) fn open(&mut self, name: SectionName) {
        self.finish_section();
        self.name = Some(name);
    }

    /// Takes a line of text.
    pub(super) fn line(&mut self, line: &Line<'_>) {
        let is_whole = self.whole || line.kind == LineKind::Item;
        if is_whole {
            self.gatherer.close();
        }
        self.gatherer.line(&line.text, line.page);
        if is_whole {
            self.gatherer.close();
        }
    }

    /// Ends the paragraph that is open.
    pub(super) fn end_paragraph(&mut self) {
        self.gatherer.close();
    }

    /// Whether nothing has been read since the beginning of the text.
    pub(super) fn is_empty(&self) -> bool {
        self.sections.is_empty() && self.gatherer.is_empty()
    }

    fn finish_section(&mut self) {
        let paragraphs = self.gatherer.take();
        if let (Some(name), false) = (self.name.take(), paragraphs.is_empty()) {
            self.sections.push(Section { name, paragraphs });
        }
    }

    /// The sections that have text, in order.
    pub(super) fn finish(mut self) -> Vec<Section> {
        self.finish_section();
        self.sections
    }
}
