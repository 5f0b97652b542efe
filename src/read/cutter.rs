//! Cutting lines into sections of paragraphs.

use super::bare_headings::{Headed, settled};
use super::number_mark::with_label;
use super::numbered_units::{PART, Parting};
use super::numbering::{Numbering, spread};
use super::paragraphs::{Gatherer, Layout, OnPage};
use super::profile::{Numbered, ParagraphRules};
use crate::format::document::characters;
use crate::format::{Document, Dropped, Line, LineKind};
use crate::report::{Section, SectionName};
use crate::text::Doubts;

/// Cuts the lines of a document into sections of paragraphs.
pub(super) struct Cutter<'a> {
    gatherer: Gatherer<'a>,
    numbering: Numbering,
    /// Whether a number stood alone on the last line and waits for its text.
    awaits_text: bool,
    /// Whether every line is a paragraph.
    whole: bool,
    /// Whether the last line ends a sentence or clause.
    is_parted: bool,
    /// The page named by the last line that names one.
    page: Option<u32>,
    /// How many characters the lines had that name a page.
    page_lines: u64,
    /// The section that is open.
    open: Option<Opened>,
    sections: Vec<Headed>,
}

/// A section that is open.
struct Opened {
    name: SectionName,
    /// The level of its heading.
    level: Option<u8>,
    /// What is doubtful about the page that its heading is on.
    doubts: Option<Doubts>,
}

impl<'a> Cutter<'a> {
    pub(super) fn new(rules: &'a ParagraphRules, document: &Document<'_>) -> Self {
        let lines = document.lines.iter().map(|l| l.text.as_ref());
        let layout = match document.whole {
            true => Layout::Lines,
            false => Layout::of(lines.clone()),
        };
        let parting = match layout {
            _ if document.whole => Parting::Lines,
            Layout::Lines => Parting::Sentences,
            Layout::Wrapped { .. } => Parting::Blanks,
        };
        let numbering = match rules.numbered {
            Numbered::Auto => Numbering::of(&document.lines, parting),
            Numbered::Always => Numbering::of_numbered(&document.lines, parting),
            Numbered::Never => Numbering::default(),
        };
        Cutter {
            numbering,
            awaits_text: false,
            is_parted: false,
            page: None,
            page_lines: 0,
            gatherer: Gatherer::new(rules, layout, lines),
            whole: document.whole,
            open: None,
            sections: Vec::new(),
        }
    }

    /// The usual length of a full line, in characters, where lines are wrapped.
    pub(super) fn width(&self) -> Option<usize> {
        match self.gatherer.layout() {
            Layout::Wrapped { width } => Some(width),
            Layout::Lines => None,
        }
    }

    /// Begins a section; the one before keeps what it has.
    pub(super) fn open(&mut self, name: SectionName) {
        self.finish_section();
        self.open = Some(Opened {
            name,
            level: None,
            doubts: None,
        });
    }

    /// Begins a section whose heading is a line; `level` is that of the
    /// heading, see [`Line::level`].
    pub(super) fn open_at(&mut self, name: SectionName, level: Option<u8>, heading: &Line<'_>) {
        self.finish_section();
        self.open = Some(Opened {
            name,
            level,
            doubts: heading.doubts,
        });
    }

    /// Takes a line of text.
    pub(super) fn line(&mut self, line: &Line<'_>) {
        if let Some(page) = self.gatherer.page_line(&line.text) {
            self.page = Some(page);
            self.page_lines += characters(line.text.trim());
            self.gatherer.turn_page();
            return;
        }
        let is_unsure = line.doubts.is_some_and(|doubts| doubts.number);
        let page = OnPage {
            number: line.page.or(self.page).filter(|_| !is_unsure),
            doubts: line.doubts,
        };
        let printed = self.numbering.printed(line);
        let is_whole = self.whole || line.kind == LineKind::Item;
        let goes_on = self.awaits_text || self.gatherer.is_turned();
        if is_whole && (!goes_on || printed.is_some()) {
            self.gatherer.close();
        }
        // Parts of a numbered paragraph stand in lines of their own.
        let text = line.text.trim();
        if self.is_parted && !self.numbering.is_empty() && PART.is_match(text) {
            self.gatherer.close();
        }
        self.is_parted = text.ends_with(['.', ';', ':', ')', ',', '”']);
        match &printed {
            Some(mark) => self.gatherer.numbered(mark, page),
            None => self.gatherer.line(&with_label(line), page),
        }
        let is_blank = line.text.trim().is_empty() && printed.is_none();
        self.awaits_text = match &printed {
            Some(mark) => mark.rest.is_empty(),
            None => self.awaits_text && is_blank,
        };
        if is_whole && !self.awaits_text {
            self.gatherer.close();
        }
    }

    /// Ends the paragraph that is open.
    pub(super) fn end_paragraph(&mut self) {
        self.awaits_text = false;
        self.gatherer.close();
    }

    /// Whether nothing but headings has been read since the beginning of the
    /// text.
    pub(super) fn is_empty(&self) -> bool {
        let is_bare = |headed: &Headed| headed.section.paragraphs.is_empty();
        self.sections.iter().all(is_bare) && self.gatherer.is_empty()
    }

    fn finish_section(&mut self) {
        let mut paragraphs = self.gatherer.take();
        self.awaits_text = false;
        if !self.numbering.is_empty() {
            spread(&mut paragraphs);
        }
        if let Some(opened) = self.open.take()
            && (opened.name.heading.is_some() || !paragraphs.is_empty())
        {
            self.sections.push(Headed {
                section: Section {
                    name: opened.name,
                    paragraphs,
                },
                level: opened.level,
                doubts: opened.doubts,
            });
        }
    }

    /// What was taken and is not text, counted.
    pub(super) fn dropped(&self) -> Vec<Dropped> {
        let counted = [
            ("lines of the page", self.gatherer.dropped()),
            ("page numbers", self.page_lines),
        ];
        let counted = counted.into_iter().filter(|(_, n)| *n > 0);
        let dropped = counted.map(|(what, characters)| Dropped {
            what: what.to_owned(),
            characters,
        });
        dropped.collect()
    }

    /// The sections that have a heading or text, in order. A heading that
    /// nothing stands below is a paragraph of its own section.
    pub(super) fn finish(mut self) -> Vec<Section> {
        self.finish_section();
        settled(self.sections)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paragraphs of lines, each given as label and text, as number and
    /// text.
    fn cut(
        lines: &[(&str, &str)],
        numbered: Numbered,
        whole: bool,
    ) -> Vec<(Option<String>, String)> {
        let line = |(number, (label, text)): (u64, &(&str, &str))| Line {
            label: (!label.is_empty()).then(|| (*label).to_owned().into()),
            ..Line::text(number, (*text).to_owned())
        };
        let document = Document {
            lines: (1..).zip(lines).map(line).collect(),
            whole,
            ..Document::default()
        };
        let rules = ParagraphRules {
            numbered,
            ..ParagraphRules::default()
        };
        let mut cutter = Cutter::new(&rules, &document);
        cutter.open(SectionName::new("text", "Text", None));
        document.lines.iter().for_each(|line| cutter.line(line));
        let sections = cutter.finish().into_iter();
        let paragraphs = sections.flat_map(|section| section.paragraphs);
        paragraphs.map(|p| (p.printed_number, p.text)).collect()
    }

    fn shown(cut: &[(Option<String>, String)]) -> Vec<String> {
        let line = |(number, text): &(Option<String>, String)| match number {
            Some(number) => format!("{number}| {text}"),
            None => text.clone(),
        };
        cut.iter().map(line).collect()
    }

    #[test]
    fn a_line_that_names_a_page_parts_no_sentence() {
        let texts = [
            "The kilns of the north were closed by the ministry of",
            "",
            "[[Page 12]]",
            "",
            "Labor in May.",
            "",
            "[[Page 13]]",
            "",
            "The salt pans stayed open.",
        ];
        let rules: ParagraphRules =
            toml::from_str(r"page_line = '^\[\[Page (?<page>\d+)\]\]$'").unwrap();
        for whole in [true, false] {
            let lines = (1..).zip(texts).filter(|(_, t)| !whole || !t.is_empty());
            let document = Document {
                lines: lines.map(|(n, text)| Line::text(n, text)).collect(),
                whole,
                ..Document::default()
            };
            let mut cutter = Cutter::new(&rules, &document);
            cutter.open(SectionName::new("text", "Text", None));
            document.lines.iter().for_each(|line| cutter.line(line));
            let dropped = cutter.dropped();
            assert_eq!(dropped.len(), 1);
            assert_eq!(dropped[0].what, "page numbers");
            assert_eq!(dropped[0].characters, 2 * characters("[[Page 12]]"));
            let found: Vec<_> = cutter.finish().remove(0).paragraphs;
            let found: Vec<_> = found.iter().map(|p| (p.page, p.text.as_str())).collect();
            assert_eq!(
                found,
                [
                    (
                        None,
                        "The kilns of the north were closed by the ministry of Labor in May."
                    ),
                    (Some(13), "The salt pans stayed open."),
                ],
                "{whole}"
            );
        }
    }

    #[test]
    fn a_paragraph_has_the_doubts_of_the_pages_it_is_from() {
        let garbled = |sheet| Doubts {
            garbled: true,
            ..Doubts::of(sheet)
        };
        let unsure = |sheet| Doubts {
            number: true,
            ..Doubts::of(sheet)
        };
        let lines = [
            ("The kilns of the north were closed", Some(9), None),
            ("by the ministry of Labor", Some(10), Some(garbled(12))),
            ("in May.", None, Some(unsure(13))),
            ("", None, None),
            ("The salt pans stayed open.", Some(11), Some(unsure(13))),
            ("", None, None),
            ("The quarries closed.", Some(12), None),
        ];
        let line = |(number, (text, page, doubts)): (u64, (&'static str, _, _))| Line {
            page,
            doubts,
            ..Line::text(number, text)
        };
        let document = Document {
            lines: (1..).zip(lines).map(line).collect(),
            ..Document::default()
        };
        let rules = ParagraphRules::default();
        let mut cutter = Cutter {
            gatherer: Gatherer::new(&rules, Layout::Wrapped { width: 30 }, [].into_iter()),
            ..Cutter::new(&rules, &document)
        };
        cutter.open(SectionName::new("text", "Text", None));
        document.lines.iter().for_each(|line| cutter.line(line));
        // A heading that nothing stands below is a passage.
        let heading = Line {
            doubts: Some(garbled(20)),
            ..Line::text(8, "Glass works")
        };
        let name = SectionName::new("works", "Works", Some(heading.text.to_string()));
        cutter.open_at(name, None, &heading);
        let sections = cutter.finish().into_iter();
        let found = sections.flat_map(|section| section.paragraphs);
        let found: Vec<_> = found.map(|p| (p.page, p.doubts)).collect();
        let both = Doubts {
            number: true,
            ..garbled(12)
        };
        assert_eq!(
            found,
            [
                (Some(9), Some(both)),
                // What number the line has is not believed.
                (None, Some(unsure(13))),
                (Some(12), None),
                (None, Some(garbled(20))),
            ]
        );
    }

    #[test]
    fn numbers_go_before_paragraphs_wherever_they_stand() {
        let labels = [
            ("", "A note on the kilns of the north."),
            ("12.", "The ministry closed the kilns of the north."),
            ("13.", "The owners of the kilns paid the wages:"),
            ("(a)", "in the north;"),
            ("•", "in the south."),
            ("", "14. The courts fined the owners of three kilns."),
            ("", "15."),
            ("", ""),
            ("", "The police did not go to the other kilns."),
        ];
        let wanted = [
            "A note on the kilns of the north.",
            "12| The ministry closed the kilns of the north.",
            "13| The owners of the kilns paid the wages:",
            "13| (a) in the north;",
            "13| in the south.",
            "14| The courts fined the owners of three kilns.",
            "15| The police did not go to the other kilns.",
        ];
        assert_eq!(shown(&cut(&labels, Numbered::Auto, true)), wanted);
    }

    #[test]
    fn numbers_that_are_none_of_paragraphs_stay_in_the_text() {
        let labels = [
            (
                "",
                "The ministry should do three things in the year that comes:",
            ),
            ("1.", "Train the inspectors."),
            ("2.", "Fund the shelters."),
            ("•", "Pay the wages."),
            (
                "",
                "It did none of them in the year before, as the survey of the kilns shows.",
            ),
        ];
        let wanted = [
            "The ministry should do three things in the year that comes:",
            "1. Train the inspectors.",
            "2. Fund the shelters.",
            "Pay the wages.",
            "It did none of them in the year before, as the survey of the kilns shows.",
        ];
        for numbered in [Numbered::Auto, Numbered::Never] {
            assert_eq!(shown(&cut(&labels, numbered, true)), wanted);
        }
    }

    #[test]
    fn numbers_begin_paragraphs_of_wrapped_lines() {
        let lines = [
            ("", "12. The ministry closed all of the kilns"),
            ("", "in the north of the land in the year of"),
            ("", "2019. It paid the wages of the workers."),
            ("", "13. The owners of the kilns went to court"),
            ("", "and lost their case in the same year as"),
            ("", "the ministry had said."),
            ("", "14."),
            ("", ""),
            ("", "The courts fined three of the owners and"),
            ("", "closed the case in the spring."),
        ];
        let wanted = [
            "12| The ministry closed all of the kilns in the north of the land in the year of 2019. \
             It paid the wages of the workers.",
            "13| The owners of the kilns went to court and lost their case in the same year as the \
             ministry had said.",
            "14| The courts fined three of the owners and closed the case in the spring.",
        ];
        assert_eq!(shown(&cut(&lines, Numbered::Auto, false)), wanted);
    }

    proptest::proptest! {
        #[test]
        fn no_letter_or_digit_is_lost(
            lines in proptest::collection::vec(
                ("([0-9]{1,2}[.]|[(][a-z][)]|•|)", "([0-9]{1,2}[.)] {0,1}){0,1}[A-Za-z0-9 ,.:]{0,50}"),
                0..30,
            ),
            whole: bool,
            is_auto: bool,
        ) {
            let lines: Vec<(&str, &str)> = lines.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            let numbered = if is_auto { Numbered::Auto } else { Numbered::Never };
            let kept = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            // What a part of a paragraph has of its number is the paragraph's.
            let mut numbers: Option<String> = None;
            let mut after = String::new();
            for (number, text) in cut(&lines, numbered, whole) {
                if let Some(own) = number.filter(|number| Some(number) != numbers.as_ref()) {
                    after += &own;
                    numbers = Some(own);
                }
                after += &kept(&text);
            }
            let before: String = lines.iter().map(|(label, text)| kept(label) + &kept(text)).collect();
            proptest::prop_assert_eq!(after, before);
        }
    }
}
