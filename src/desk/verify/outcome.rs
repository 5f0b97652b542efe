//! From what was found of a quotation to what is told of it.

use super::align::{Alignment, DIFFERS};
use super::negation::negations;
use super::place::Placement;
use super::quote::{BREAK, Quote};
use super::source::Source;
use super::stitch::{Part, covered};
use super::{Compared, Held, Quotation, Verdict, Verified};
use crate::error::Error;
use crate::report::PassageId;

/// A quotation found word for word.
pub(super) struct Exact {
    pub(super) placement: Placement,
    pub(super) source: Source,
    pub(super) quote: Quote,
    /// Some of the other passages that hold it, and how many do.
    pub(super) also: Vec<PassageId>,
    pub(super) others: usize,
}

/// A quotation of which nothing is said yet.
pub(super) fn absent(quotation: Quotation) -> Verified {
    Verified {
        quotation,
        verdict: Verdict::Absent,
        licences: Vec::new(),
        negations: Vec::new(),
        held: Vec::new(),
        also: Vec::new(),
        others: 0,
        resemblance: 0.0,
        compared: None,
        claim: None,
        failure: None,
    }
}

/// A quotation that could not be judged.
pub(super) fn failed(quotation: Quotation, error: &Error) -> Verified {
    Verified {
        verdict: Verdict::Failed,
        failure: Some(error.to_string()),
        ..absent(quotation)
    }
}

/// A quotation that stands somewhere word for word.
pub(super) fn found(quotation: Quotation, exact: Exact) -> Verified {
    let Exact {
        placement,
        source,
        quote,
        also,
        others,
    } = exact;
    let held = held_in(&source, placement.at.iter().copied());
    let held = match held.len() {
        0 | 1 => held,
        // Which words stand in which passage.
        _ => held
            .into_iter()
            .map(|held| {
                let is_here = |word: &usize| {
                    let part = source.words[placement.at[*word]].part;
                    source.passages[part].id == held.passage.id
                };
                let words: Vec<usize> = (0..quote.len()).filter(is_here).collect();
                let part = words.first().zip(words.last());
                let part = part.map(|(first, last)| part_of(&quote, *first, *last));
                Held { part, ..held }
            })
            .collect(),
    };
    Verified {
        verdict: Verdict::Exact,
        negations: negations(&quote, &source, &placement),
        licences: placement.licences,
        held,
        also,
        others,
        resemblance: 1.0,
        ..absent(quotation)
    }
}

/// A quotation that is much like a stretch of a source, or a little.
pub(super) fn unlike(
    quotation: Quotation,
    quote: &Quote,
    source: &Source,
    aligned: &Alignment,
) -> Verified {
    let (held, quoted) = aligned.texts(quote, source);
    let verdict = match aligned.resemblance >= DIFFERS {
        true => Verdict::Differs,
        false => Verdict::Absent,
    };
    Verified {
        verdict,
        held: held_in(source, aligned.stretch.clone()),
        resemblance: aligned.resemblance,
        compared: (verdict == Verdict::Differs).then_some(Compared {
            source: held,
            quote: quoted,
        }),
        ..absent(quotation)
    }
}

/// A quotation whose parts are from several places.
pub(super) fn stitched(
    quotation: Quotation,
    quote: &Quote,
    sources: &[Source],
    parts: &[Part],
) -> Verified {
    let held = parts.iter().flat_map(|part| {
        let words = part.at..part.at + part.words.len();
        let text = part_of(quote, part.words.start, part.words.end - 1);
        let held = held_in(&sources[part.source], words).into_iter();
        held.map(move |held| Held {
            part: Some(text.clone()),
            ..held
        })
    });
    Verified {
        verdict: Verdict::Stitched,
        held: held.collect(),
        resemblance: covered(parts) as f64 / quote.len() as f64,
        ..absent(quotation)
    }
}

/// The text of a quotation from one word to another, both in.
fn part_of(quote: &Quote, first: usize, last: usize) -> String {
    let span = quote.words[first].span.start..quote.words[last].span.end;
    quote.plain[span].replace(BREAK, " ")
}

/// The passages that words of a source stand in, each with the bytes from the
/// first of them to the last.
fn held_in(source: &Source, words: impl Iterator<Item = usize>) -> Vec<Held> {
    let mut held: Vec<Held> = Vec::new();
    let mut last = None;
    for word in words {
        let word = &source.words[word];
        match held.last_mut().filter(|_| last == Some(word.part)) {
            Some(held) => held.span.end = word.span.end,
            None => held.push(Held {
                passage: source.passages[word.part].clone(),
                span: word.span.clone(),
                part: None,
            }),
        }
        last = Some(word.part);
    }
    held
}
