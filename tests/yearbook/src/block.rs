//! Blocks of the flow: paragraphs, items and headings, and how body text is set.

use super::gold::Kind;
use super::rich::{Run, Word, ligate, marked_up};
use super::setting::{Align, Manner};
use super::style::Style;

/// A large first letter.
#[derive(Clone, Debug)]
pub(super) struct Initial {
    pub(super) letter: Run,
    pub(super) lines: usize,
    /// Whether it is written after the paragraph.
    pub(super) late: bool,
}

/// A paragraph or heading of the flow.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) words: Vec<Word>,
    /// The numbers of words after which it may end.
    pub(super) ends: Vec<usize>,
    pub(super) manner: Manner,
    pub(super) initial: Option<Initial>,
    /// What hangs before the first line.
    pub(super) bullet: Option<Run>,
    /// Whether it stands in the margin.
    pub(super) side: bool,
    pub(super) marks: Vec<String>,
    pub(super) features: Vec<&'static str>,
}

impl Block {
    /// A heading.
    pub(super) fn heading(words: Vec<Word>, manner: Manner) -> Self {
        Self {
            kind: Kind::Heading,
            ends: vec![words.len()],
            words,
            manner,
            initial: None,
            bullet: None,
            side: false,
            marks: Vec::new(),
            features: Vec::new(),
        }
    }

    /// What is to be read.
    pub(super) fn gold(&self) -> String {
        super::rich::gold(&self.words)
    }

    /// Cuts it to its first `count` sentences.
    pub(super) fn cut(&mut self, count: usize) {
        self.ends.truncate(count);
        self.words.truncate(self.ends.last().copied().unwrap_or(0));
    }
}

/// A block of sentences, set as body text.
pub(super) fn body(kind: Kind, sentences: &[String], style: &Style) -> Block {
    let mut all = Vec::new();
    let mut ends = Vec::new();
    for sentence in sentences {
        all.extend(marked_up(sentence, style.text.plain, style.text.slanted));
        ends.push(all.len());
    }
    if style.ligatures {
        ligate(&mut all);
    }
    let manner = body_manner(style);
    let runs = || all.iter().flat_map(|word| &word.runs);
    let raised = runs().any(|run| run.rise > 0.0).then_some("raised");
    let lowered = runs().any(|run| run.rise < 0.0).then_some("lowered");
    let features = raised.into_iter().chain(lowered).collect();
    Block {
        kind,
        ends,
        features,
        ..Block::heading(all, manner)
    }
}

/// How body text is set.
pub(super) fn body_manner(style: &Style) -> Manner {
    Manner {
        size: style.size,
        leading: style.leading,
        space: style.text.space(),
        align: if style.justified {
            Align::Justified
        } else {
            Align::Left
        },
        hyphens: style.hyphens,
        indent: style.indent,
        hang: 0.0,
        right: 0.0,
        before: 0.0,
        after: if style.indent > 0.0 {
            0.0
        } else {
            style.leading * 0.6
        },
    }
}

/// Body text from the left, without indents and gaps.
pub(super) fn plain(style: &Style) -> Manner {
    Manner {
        align: Align::Left,
        hyphens: false,
        indent: 0.0,
        before: 0.0,
        after: 0.0,
        ..body_manner(style)
    }
}
