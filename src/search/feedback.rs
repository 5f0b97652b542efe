//! Pseudo-relevance feedback: words of the best passages rank the others.
//!
//! The relevance model of Lavrenko and Croft (SIGIR 2001), mixed with the
//! query as in RM3 (Abdul-Jaleel et al., TREC 2004). What matches stays as it
//! is: the added words only weigh in the order.

use rustc_hash::FxHashMap;

use crate::error::Result;
use crate::index::OpenIndex;
use crate::query::PassageQuery;
use crate::query::expand::Expander;
use crate::query::plan::{self, FeedbackWord};
use crate::text::{Analysis, Language, StemCache};

/// How feedback works.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FeedbackConfig {
    /// How many of the best passages are taken for relevant.
    pub passages: usize,
    /// How many words are added.
    pub words: usize,
    /// The share of the query as typed in the whole, from 0 to 1; the added
    /// words have the rest. A share below a hundredth counts as that.
    pub query_share: f32,
}

impl Default for FeedbackConfig {
    fn default() -> Self {
        FeedbackConfig {
            passages: 10,
            words: 20,
            query_share: 0.7,
        }
    }
}

/// How the likelihoods of passages follow from their scores: a score lower by
/// so much is `e` times less likely.
const TEMPERATURE: f32 = 1.1;
/// Words in more than this part of the passages are not added.
const MAX_PART: f32 = 0.2;
/// The shortest word that is added, in letters.
const MIN_LETTERS: usize = 3;

/// The words that feedback adds to a query, the weightiest first.
///
/// # Errors
/// A damaged index.
pub(super) fn learn(
    index: &OpenIndex,
    query: &PassageQuery,
    config: &FeedbackConfig,
) -> Result<Vec<FeedbackWord>> {
    let (_, best) = query.best(index, config.passages)?;
    let Some((top, _)) = best.first().copied() else {
        return Ok(Vec::new());
    };
    let plan = query.plan();
    let mut stems = StemCache::default();
    let mut analysis = Analysis::default();
    // How likely a word is in a relevant passage: its share of each passage,
    // weighed by how likely the query is in that one.
    let mut model: FxHashMap<String, f32> = FxHashMap::default();
    let mut likelihoods = 0.0;
    let mut passages = index.passages();
    for (score, doc) in best {
        let likelihood = ((score - top) / TEMPERATURE).exp();
        likelihoods += likelihood;
        let text = passages.passage(doc)?.text;
        analysis.run(&text);
        let share = likelihood / analysis.word_count().max(1) as f32;
        for token in analysis.tokens().iter().filter(|t| t.length == 1) {
            let form = analysis.form(token);
            if is_content(form) {
                *model.entry(stems.stem(form).to_owned()).or_default() += share;
            }
        }
    }
    let expander = Expander::new(index);
    let mut words = Vec::with_capacity(model.len());
    for (stem, likely) in model {
        let held = plan::held(&expander.expand_stem(&stem)?);
        if held > 1 && held as f32 <= MAX_PART * plan.passages as f32 {
            // Words that are rare elsewhere tell more.
            let weight = likely / likelihoods * plan.idf(held);
            words.push(FeedbackWord { stem, weight });
        }
    }
    words.sort_by(|a, b| {
        b.weight
            .total_cmp(&a.weight)
            .then_with(|| a.stem.cmp(&b.stem))
    });
    words.truncate(config.words);
    // The weights of the query's own words stay what they are; the added words
    // get, all together, what the other share is to them.
    let asked: f32 = plan.units.iter().map(|u| u.weight).sum();
    let all: f32 = words.iter().map(|w| w.weight).sum();
    let share = config.query_share.clamp(0.01, 1.0);
    let factor = asked / all.max(f32::MIN_POSITIVE) * (1.0 - share) / share;
    for word in &mut words {
        word.weight *= factor;
    }
    Ok(words)
}

fn is_content(form: &str) -> bool {
    form.chars().count() >= MIN_LETTERS
        && form.chars().all(char::is_alphabetic)
        && !Language::default().is_function_word(form)
}
