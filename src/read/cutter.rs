//! Cutting lines into sections of paragraphs.

use super::outline::{Line, Source};
use super::paragraphs::{Gatherer, Layout};
use super::profile::ParagraphRules;
use crate::report::{Paragraph, Section, SectionName};

/// The layout of a text; a line of Markdown is a paragraph already.
pub(super) fn layout(source: &Source<'_>, text: &str) -> Layout {
    match source.markdown {
        true => Layout::Lines,
        false => Layout::of(text.lines()),
    }
}

/// Cuts lines into sections of paragraphs.
pub(super) struct Cutter<'a> {
    gatherer: Gatherer<'a>,
    name: Option<SectionName>,
    items: Option<String>,
    sections: Vec<Section>,
}

impl<'a> Cutter<'a> {
    pub(super) fn new(rules: &'a ParagraphRules, layout: Layout, text: &str) -> Self {
        Cutter {
            gatherer: Gatherer::new(rules, layout, text),
            name: None,
            items: None,
            sections: Vec::new(),
        }
    }

    /// Begins a section; the one before keeps what it has.
    pub(super) fn open(&mut self, name: SectionName, items: Option<&str>) {
        self.finish_section();
        self.name = Some(name);
        self.items = items.map(str::to_owned);
    }

    /// Takes a line of text, which of Markdown is a whole paragraph.
    pub(super) fn line(&mut self, line: &Line<'_>, whole: bool) {
        self.gatherer.line(&line.text);
        if whole {
            self.gatherer.close();
        }
    }

    /// Ends the paragraph that is open.
    pub(super) fn end_paragraph(&mut self) {
        self.gatherer.close();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sections.is_empty() && self.gatherer.is_empty()
    }

    fn finish_section(&mut self) {
        let paragraphs = self.gatherer.take();
        let Some(mut name) = self.name.take() else {
            return;
        };
        let paragraphs: Vec<Paragraph> = match self.items.as_deref() {
            Some(divider) => paragraphs
                .into_iter()
                .flat_map(|p| items(p, divider))
                .collect(),
            None => paragraphs,
        };
        if paragraphs.is_empty() {
            return;
        }
        name.repeat = self.next_repeat(&name);
        self.sections.push(Section { name, paragraphs });
    }

    /// The repeat that makes the id key of a section new in this report.
    fn next_repeat(&self, name: &SectionName) -> u32 {
        let taken: Vec<String> = self.sections.iter().map(|s| s.name.id_key()).collect();
        let mut name = name.clone();
        while taken.contains(&name.id_key()) {
            name.repeat += 1;
        }
        name.repeat
    }

    pub(super) fn finish(mut self) -> Vec<Section> {
        self.finish_section();
        self.sections
    }
}

fn items(paragraph: Paragraph, divider: &str) -> Vec<Paragraph> {
    paragraph
        .text
        .split(divider)
        .map(str::trim)
        .filter(|item| item.chars().any(char::is_alphanumeric))
        .map(|item| Paragraph {
            printed_number: paragraph.printed_number.clone(),
            text: item.to_owned(),
        })
        .collect()
}
