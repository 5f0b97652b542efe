//! The words of a passage, or of passages that follow each other in a report.

use std::ops::Range;

use super::marks::note_marks;
use super::typography::gap_key;
use crate::report::Passage;
use crate::text::shingles::word_hash;
use crate::text::{Analysis, sentences};

/// Words of passages in the order of the text.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// The passages.
    pub(super) passages: Vec<Passage>,
    /// Their words.
    pub(super) words: Vec<SourceWord>,
    /// The marks of notes that were taken out of each passage, in bytes of its
    /// text.
    marks: Vec<Vec<Range<usize>>>,
}

/// A word of a source.
#[derive(Debug, Clone)]
pub(super) struct SourceWord {
    /// Its passage, by its place in [`Source::passages`].
    pub(super) part: usize,
    /// Where it stands in the text of that passage, in bytes.
    pub(super) span: Range<usize>,
    /// The hash of its folded form.
    pub(super) hash: u64,
}

impl Source {
    /// The words of passages that follow each other.
    pub(super) fn of(passages: Vec<Passage>) -> Self {
        let mut analysis = Analysis::default();
        let mut words = Vec::new();
        for (part, passage) in passages.iter().enumerate() {
            analysis.run(&passage.text);
            let cut = analysis.tokens().iter().filter(|t| t.length == 1);
            words.extend(cut.map(|token| SourceWord {
                part,
                span: token.span.clone(),
                hash: word_hash(analysis.form(token)),
            }));
        }
        Source {
            marks: vec![Vec::new(); passages.len()],
            passages,
            words,
        }
    }

    /// The same without the marks of notes; nothing where it has none.
    pub(super) fn bare(&self) -> Option<Self> {
        let texts = self
            .passages
            .iter()
            .map(|passage| note_marks(&passage.text));
        let marks: Vec<Vec<Range<usize>>> = texts.collect();
        if marks.iter().all(Vec::is_empty) {
            return None;
        }
        let is_mark = |word: &SourceWord| {
            let mut marks = marks[word.part].iter();
            marks.any(|mark| mark.start <= word.span.start && word.span.end <= mark.end)
        };
        let words = self.words.iter().filter(|word| !is_mark(word));
        Some(Source {
            passages: self.passages.clone(),
            words: words.cloned().collect(),
            marks,
        })
    }

    /// A word as printed.
    pub(super) fn printed(&self, word: usize) -> &str {
        let SourceWord { part, span, .. } = &self.words[word];
        &self.passages[*part].text[span.clone()]
    }

    /// What stands between a word and the next of its passage, or behind the
    /// last.
    pub(super) fn gap_after(&self, word: usize) -> &str {
        let SourceWord { part, span, .. } = &self.words[word];
        let text = &self.passages[*part].text;
        let end = match self.words.get(word + 1) {
            Some(next) if next.part == *part => next.span.start,
            _ => text.len(),
        };
        &text[span.end..end]
    }

    /// What stands between a word and the next without marks of notes, and
    /// whether there are any that were taken out.
    pub(super) fn bare_gap_after(&self, word: usize) -> (String, bool) {
        let SourceWord { part, span, .. } = &self.words[word];
        let gap = self.gap_after(word);
        let is_in_mark = |at: usize| {
            let mut marks = self.marks[*part].iter();
            marks.any(|mark| mark.contains(&(span.end + at)))
        };
        let kept = gap.char_indices().filter(|(at, _)| !is_in_mark(*at));
        let kept: String = kept.map(|(_, c)| c).collect();
        let is_marked = kept.len() < gap.len();
        (kept, is_marked)
    }

    /// What stands between a word and the next, in one typography.
    pub(super) fn signs_after(&self, word: usize) -> String {
        gap_key(&self.bare_gap_after(word).0)
    }

    /// The text from the first of some words to the last.
    pub(super) fn text_of(&self, words: Range<usize>) -> String {
        let mut text = String::new();
        for word in words.clone() {
            text.push_str(self.printed(word));
            if word + 1 < words.end {
                text.push_str(self.gap_after(word));
                text.push_str(if self.ends_passage(word) { " " } else { "" });
            }
        }
        text
    }

    /// What stands behind a word in its sentence, without the sign that ends it.
    pub(super) fn rest_of_sentence(&self, word: usize) -> &str {
        let SourceWord { part, span, .. } = &self.words[word];
        let text = &self.passages[*part].text[span.start..];
        let behind = span.len();
        let end = sentences(text)
            .first()
            .map_or(text.len(), |first| first.end);
        let rest = text.get(behind..end.max(behind)).unwrap_or_default();
        rest.trim_matches(|c: char| !c.is_alphanumeric())
    }

    /// What stands before a word in its sentence.
    pub(super) fn start_of_sentence(&self, word: usize) -> &str {
        let SourceWord { part, span, .. } = &self.words[word];
        let text = &self.passages[*part].text;
        let sentences = sentences(text).into_iter().rev();
        let start = sentences
            .map(|sentence| sentence.start)
            .find(|start| *start <= span.start);
        let before = text.get(start.unwrap_or(0)..span.start).unwrap_or_default();
        before.trim_matches(|c: char| !c.is_alphanumeric())
    }

    /// Whether a word is the last of its passage.
    pub(super) fn ends_passage(&self, word: usize) -> bool {
        self.words
            .get(word + 1)
            .is_none_or(|next| next.part != self.words[word].part)
    }
}
