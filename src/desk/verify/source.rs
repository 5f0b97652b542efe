//! The words of a passage, or of passages that follow each other in a report.

use std::ops::Range;

use super::typography::gap_key;
use crate::report::Passage;
use crate::text::Analysis;
use crate::text::shingles::word_hash;

/// Words of passages in the order of the text.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// The passages.
    pub(super) passages: Vec<Passage>,
    /// Their words.
    pub(super) words: Vec<SourceWord>,
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
        Source { passages, words }
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

    /// What stands between a word and the next, in one typography.
    pub(super) fn signs_after(&self, word: usize) -> String {
        gap_key(self.gap_after(word))
    }

    /// Whether a word is the last of its passage.
    pub(super) fn ends_passage(&self, word: usize) -> bool {
        self.words
            .get(word + 1)
            .is_none_or(|next| next.part != self.words[word].part)
    }
}
