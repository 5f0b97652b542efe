//! Numbers without a word, such as those at the axis of a chart or in a row of a
//! table, which are no paragraphs.

use super::breaks;
use super::paragraphs::Paragraph;
use crate::format::document::LineKind;

/// The longest line (bytes) of a chart or a list.
const ENTRY: usize = 90;

/// Appends numbers without a word to the line of the table or chart before or
/// after them, so that none is a paragraph of its own. Also returns how many
/// characters had no such line and were left out.
pub(super) fn clear(paragraphs: Vec<Paragraph>) -> (Vec<Paragraph>, u64) {
    let mut kept: Vec<Paragraph> = Vec::with_capacity(paragraphs.len());
    let mut waiting: Vec<Paragraph> = Vec::new();
    let mut left_out = 0;
    let mut leave = |waiting: &mut Vec<Paragraph>| {
        for figure in waiting.drain(..) {
            let shown = figure.shown();
            left_out += shown.chars().filter(|char| *char != ' ').count() as u64;
        }
    };
    for mut paragraph in paragraphs {
        if waiting
            .first()
            .is_some_and(|first| first.page != paragraph.page)
        {
            leave(&mut waiting);
        }
        let before = kept
            .last_mut()
            .filter(|last| last.takes_figures(&paragraph));
        match (paragraph.has_words(), before) {
            (false, Some(last)) if waiting.is_empty() => {
                // A heading inside a table is none.
                last.kind = LineKind::Text;
                last.tabular |= paragraph.tabular;
                last.text.push(' ');
                last.text.push_str(&paragraph.shown());
                last.parts.append(&mut paragraph.parts);
            }
            (false, _) => waiting.push(paragraph),
            (true, _) => {
                if paragraph.is_entry() {
                    let figures = waiting.drain(..).map(|figure| figure.shown() + " ");
                    let figures: String = figures.collect();
                    paragraph.text.insert_str(0, &figures);
                }
                leave(&mut waiting);
                kept.push(paragraph);
            }
        }
    }
    leave(&mut waiting);
    (kept, left_out)
}

impl Paragraph {
    /// Its text with the number printed before it.
    fn shown(&self) -> String {
        match &self.label {
            Some(label) => format!("{label} {}", self.text),
            None => self.text.clone(),
        }
    }

    /// Whether it has a word: two letters side by side, or with a stop between
    /// them, as in `U.S.C.`
    fn has_words(&self) -> bool {
        let chars: Vec<char> = self.text.chars().collect();
        let is_word = |run: &[char]| match run {
            [a, b] => a.is_alphabetic() && b.is_alphabetic(),
            [a, '.', b, '.'] => a.is_uppercase() && b.is_uppercase(),
            _ => false,
        };
        // A sign of a script without letters is a word.
        let is_sign = |char: &char| char.is_alphabetic() && *char >= '\u{2E80}';
        chars.windows(2).any(is_word) || chars.windows(4).any(is_word) || chars.iter().any(is_sign)
    }

    /// Whether it is a line of a table or chart, not one of a text.
    fn is_entry(&self) -> bool {
        let brief = self.text.len() <= ENTRY && !breaks::ends(&self.text);
        self.kind == LineKind::Text && (self.tabular || brief)
    }

    /// Whether figures behind it belong to it.
    fn takes_figures(&self, figures: &Paragraph) -> bool {
        let heads = self.kind == LineKind::Heading && figures.tabular;
        self.page == figures.page && (self.is_entry() || self.tabular || heads)
    }
}
