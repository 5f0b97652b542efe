//! An evidence pack: passages with what stands around them, links and hashes.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::Provenance;
use crate::cite::fragment::{TextDirective, link};
use crate::error::{Error, Result};
use crate::index::OpenIndex;
use crate::report::{Passage, ReportId};
use crate::search::{Hit, LookedUp, look_up, passages_of};
use crate::text::sentences;
use crate::text::sentences::numbers_of;

/// Passages to hand on.
#[derive(Debug, Clone, PartialEq)]
pub struct Pack {
    /// Where they come from.
    pub provenance: Provenance,
    /// How many passages there are in all, in the pack or not.
    pub total: u64,
    /// The order they are in, as `score`.
    pub order: String,
    /// How many paragraphs stand before and after each at most.
    pub context: usize,
    /// The passages.
    pub quotes: Vec<Quote>,
}

/// A passage of a pack.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// The passage.
    pub passage: Passage,
    /// What matched: half-open byte ranges of the text, in order.
    pub highlights: Vec<Range<usize>>,
    /// The paragraphs right before it in the report.
    pub before: Vec<Passage>,
    /// The paragraphs right after it.
    pub after: Vec<Passage>,
    /// A link to the sentence of the first match; none where the report has no
    /// URL.
    pub link: Option<String>,
}

impl Pack {
    /// How many reports the passages are from.
    pub fn reports(&self) -> usize {
        self.sources().len()
    }

    /// The first passage of every report, in the order of the pack.
    pub fn sources(&self) -> Vec<&Passage> {
        let mut seen = std::collections::HashSet::new();
        let quotes = self.quotes.iter().map(|quote| &quote.passage);
        quotes.filter(|p| seen.insert(&p.id.report)).collect()
    }
}

/// The passages that ids name, each once, in the order of the ids; a section or
/// a report stands for all its passages. What cannot be looked up is told beside
/// them.
///
/// # Errors
/// A damaged index.
pub fn named(index: &OpenIndex, ids: &[String]) -> Result<(Vec<Passage>, Vec<Error>)> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut failed = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for id in ids {
        let found = match look_up(index, id) {
            Ok(LookedUp::Passage { mut report, at }) => vec![report.swap_remove(at)],
            Ok(LookedUp::Section(passages) | LookedUp::Report(passages)) => passages,
            Err(error) if error.kind() == crate::error::ErrorKind::Index => return Err(error),
            Err(error) => {
                failed.push(error);
                continue;
            }
        };
        passages.extend(found.into_iter().filter(|p| seen.insert(p.id.clone())));
    }
    Ok((passages, failed))
}

/// Hits as the passages of a pack, with at most `context` paragraphs before and
/// after each.
///
/// # Errors
/// A damaged index.
pub fn quotes(index: &OpenIndex, hits: Vec<Hit>, context: usize) -> Result<Vec<Quote>> {
    let found = hits.into_iter().map(|hit| (hit.passage, hit.highlights));
    gather(index, found, context)
}

/// Passages that ids named as those of a pack; nothing in them is marked.
///
/// # Errors
/// A damaged index.
pub fn unmarked(index: &OpenIndex, passages: Vec<Passage>, context: usize) -> Result<Vec<Quote>> {
    gather(
        index,
        passages.into_iter().map(|p| (p, Vec::new())),
        context,
    )
}

fn gather(
    index: &OpenIndex,
    found: impl Iterator<Item = (Passage, Vec<Range<usize>>)>,
    context: usize,
) -> Result<Vec<Quote>> {
    let mut reports: HashMap<ReportId, Rc<Vec<Passage>>> = HashMap::new();
    let mut quotes = Vec::new();
    for (passage, highlights) in found {
        let report = match reports.get(&passage.id.report) {
            Some(report) => Rc::clone(report),
            None => {
                let report = Rc::new(passages_of(index, &passage.id.report)?);
                reports.insert(passage.id.report.clone(), Rc::clone(&report));
                report
            }
        };
        let at = report.iter().position(|p| p.id == passage.id).unwrap_or(0);
        let after = report.len().min((at + 1).saturating_add(context));
        quotes.push(Quote {
            before: report[at.saturating_sub(context)..at].to_vec(),
            after: report[(at + 1).min(report.len())..after].to_vec(),
            link: link_to(&passage, &highlights, &report),
            highlights,
            passage,
        });
    }
    Ok(quotes)
}

/// The link to the sentence that holds the first match, or to the whole
/// paragraph where nothing is marked.
fn link_to(passage: &Passage, highlights: &[Range<usize>], report: &[Passage]) -> Option<String> {
    let url = passage.report.url.as_deref()?;
    let mut page = String::new();
    let mut start = 0;
    for paragraph in report {
        if paragraph.id == passage.id {
            start = page.len();
        }
        page.push_str(&paragraph.text);
        page.push('\n');
    }
    let target = target(&passage.text, highlights);
    let directive = TextDirective::of(&page, start + target.start..start + target.end)?;
    link(url, &directive)
}

/// The sentences that the first highlight touches; the whole text without one.
fn target(text: &str, highlights: &[Range<usize>]) -> Range<usize> {
    let sentences = sentences(text);
    let numbers = numbers_of(&sentences, highlights.get(..1).unwrap_or_default());
    match (numbers.first(), numbers.last()) {
        (Some(first), Some(last)) => sentences[first - 1].start..sentences[last - 1].end,
        _ => 0..text.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_sentence_of_the_first_match() {
        let text = "One is here. Two holds kilns. Three too.";
        let lit = [23..28, 36..39];
        assert_eq!(&text[target(text, &lit)], "Two holds kilns.");
        let across = [23..35, 36..39];
        assert_eq!(&text[target(text, &across)], "Two holds kilns. Three too.");
        assert_eq!(&text[target(text, &[])], text);
    }
}
