//! Terms that one edition has and the other has not.
//!
//! A term is a word or two words side by side in a sentence, none of them of
//! grammar and none a number; inflections count as one. How much it tells is its
//! log-likelihood against the other edition (Dunning, "Accurate methods for the
//! statistics of surprise and coincidence", 1993): for a term that stands `k`
//! times in an edition of `n` words and not in the other of `m`,
//! `G2 = 2 k ln((n + m) / n)`. Above 3.84 the difference is significant at 5 %.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Comparison;
use crate::text::{Analysis, Language, StemCache};

/// How often a term stands in its edition at least: what is said once is in every
/// text in plenty.
pub const LEAST: u64 = 2;

/// A term of one edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The term, folded, in its most frequent form.
    pub term: String,
    /// How often it stands in its edition.
    pub count: u64,
    /// Its log-likelihood against the other edition.
    pub g2: f64,
}

/// The terms that were lost and gained, the most telling first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Terms {
    /// Those of the old edition alone.
    pub lost: Vec<Term>,
    /// Those of the new edition alone.
    pub gained: Vec<Term>,
}

/// The terms of two editions, in the paragraphs of their rows.
pub fn terms(comparison: &Comparison) -> Terms {
    let mut stems = StemCache::default();
    let mut old = Counted::default();
    let mut new = Counted::default();
    for row in comparison.rows() {
        let (before, now) = comparison.passages(row);
        before
            .into_iter()
            .for_each(|p| old.add(&p.text, &mut stems));
        now.into_iter().for_each(|p| new.add(&p.text, &mut stems));
    }
    Terms {
        lost: old.without(&new),
        gained: new.without(&old),
    }
}

/// The terms of an edition: by their stems how often each of their forms stands.
#[derive(Default)]
struct Counted {
    forms: FxHashMap<String, BTreeMap<String, u64>>,
    words: u64,
}

impl Counted {
    fn add(&mut self, text: &str, stems: &mut StemCache) {
        let analysis = Analysis::of(text);
        self.words += analysis.word_count() as u64;
        // The word before, where the next one follows it in the sentence.
        let mut before: Option<(String, String, usize)> = None;
        for token in analysis.tokens().iter().filter(|token| token.length == 1) {
            let form = analysis.form(token);
            if !is_content(form) {
                before = None;
                continue;
            }
            let stem = stems.stem(form).to_owned();
            self.count(&stem, form);
            if let Some((first_stem, first, end)) = before {
                let gap = text.get(end..token.span.start).unwrap_or_default();
                if gap.chars().all(|c| c.is_whitespace() || c == '-') {
                    self.count(&format!("{first_stem} {stem}"), &format!("{first} {form}"));
                }
            }
            before = Some((stem, form.to_owned(), token.span.end));
        }
    }

    fn count(&mut self, stem: &str, form: &str) {
        let forms = self.forms.entry(stem.to_owned()).or_default();
        *forms.entry(form.to_owned()).or_default() += 1;
    }

    /// The terms that another edition has not.
    fn without(&self, other: &Counted) -> Vec<Term> {
        let own = self.forms.iter();
        let own = own.filter(|(stem, _)| !other.forms.contains_key(*stem));
        let counted = own.map(|(stem, forms)| (stem.as_str(), forms, forms.values().sum::<u64>()));
        let counted: Vec<_> = counted.filter(|(_, _, count)| *count >= LEAST).collect();
        // A word that stands in one pair of words alone tells less than the pair.
        let mut in_pairs = FxHashMap::<&str, u64>::default();
        for (stem, _, count) in &counted {
            for word in stem.split_once(' ').into_iter().flat_map(|(a, b)| [a, b]) {
                let most = in_pairs.entry(word).or_default();
                *most = (*most).max(*count);
            }
        }
        let told = counted.iter();
        let told =
            told.filter(|(stem, _, count)| in_pairs.get(stem).is_none_or(|most| most < count));
        let all = (self.words + other.words) as f64;
        let mut terms: Vec<Term> = told
            .map(|(_, forms, count)| Term {
                // The first of the most frequent, by name.
                term: forms
                    .iter()
                    .max_by_key(|(form, n)| (**n, std::cmp::Reverse(*form)))
                    .map(|(form, _)| form.clone())
                    .unwrap_or_default(),
                count: *count,
                g2: 2.0 * *count as f64 * (all / self.words as f64).ln(),
            })
            .collect();
        terms.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.term.cmp(&b.term)));
        terms
    }
}

fn is_content(form: &str) -> bool {
    form.chars().any(char::is_alphabetic)
        && form.chars().count() > 1
        && !Language::default().is_function_word(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(texts: &[&str]) -> Counted {
        let mut counted = Counted::default();
        let mut stems = StemCache::default();
        texts.iter().for_each(|text| counted.add(text, &mut stems));
        counted
    }

    #[test]
    fn terms_of_one_edition_alone() {
        let old = counted(&["Brick kilns in Kandal. Brick kilns. Debts of 12 and 12, kilns."]);
        let new = counted(&["The debt of kiln owners. The owner of a kiln."]);
        let told = |terms: Vec<Term>| -> Vec<(String, u64)> {
            terms.into_iter().map(|t| (t.term, t.count)).collect()
        };
        assert_eq!(told(old.without(&new)), [("brick kilns".to_owned(), 2)]);
        assert_eq!(told(new.without(&old)), [("owner".to_owned(), 2)]);
        // 12 words against 10, the formula of the two by two table.
        let g2 = old.without(&new)[0].g2;
        let (k, n, m) = (2.0f64, 12.0f64, 10.0f64);
        assert!(
            (g2 - 2.0 * k * (k / (n * k / (n + m))).ln()).abs() < 1e-9,
            "{g2}"
        );
    }

    #[test]
    fn words_of_two_sentences_are_no_pair() {
        let one = counted(&["Police left. Police left, kilns stayed. Left kilns"]);
        let told: Vec<String> = one
            .without(&counted(&[""]))
            .into_iter()
            .map(|t| t.term)
            .collect();
        assert_eq!(told, ["left", "kilns", "police left"]);
    }
}
