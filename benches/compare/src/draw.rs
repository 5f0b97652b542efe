//! Drawing queries from the passages of a corpus, so that all match something.

use anyhow::{Context, Result};

use crate::corpus::{Corpus, CutPassage};
use crate::queries::{Join, Place, Query};
use pincite_generate::random::Random;

/// In how many passages a rare word is, from and to, both included.
const RARE: (u32, u32) = (5, 50);
/// From how many of the most frequent words frequent ones are drawn.
const FREQUENT: usize = 300;
/// How many letters the words of bare-word queries have at least.
const LETTERS: usize = 4;
/// How many years before and after that of its passage a query takes in.
const YEARS: u16 = 5;
/// How many passages are tried for a query.
const TRIES: usize = 10_000;

/// A drawing of queries from a corpus.
pub struct Draw<'a> {
    corpus: &'a Corpus,
    random: Random,
}

impl<'a> Draw<'a> {
    /// The drawing of a seed.
    pub fn new(corpus: &'a Corpus, seed: u64) -> Self {
        Draw {
            corpus,
            random: Random::new(seed),
        }
    }

    /// A number of queries, each the first that a passage gives.
    pub fn some(
        &mut self,
        number: usize,
        draw: impl Fn(&mut Self) -> Option<Query>,
    ) -> Result<Vec<Query>> {
        let found = |this: &mut Self| (0..TRIES).find_map(|_| draw(this));
        (0..number)
            .map(|_| found(self).context("the corpus is too small to draw queries from"))
            .collect()
    }

    fn passage(&mut self) -> Option<&CutPassage> {
        let sample = &self.corpus.sample;
        (!sample.is_empty()).then(|| &sample[self.random.place(sample.len())])
    }

    /// Words that a few passages hold.
    pub fn rare(&mut self, number: usize) -> Result<Vec<Query>> {
        let (from, to) = RARE;
        let words = self.by_frequency();
        let rare = words.iter().filter(|w| (from..=to).contains(&w.0));
        let rare: Vec<&str> = rare.map(|w| w.1).collect();
        self.words_of(&rare, number)
    }

    /// Words that most passages hold.
    pub fn frequent(&mut self, number: usize) -> Result<Vec<Query>> {
        let words = self.by_frequency();
        let words: Vec<&str> = words.iter().take(FREQUENT).map(|w| w.1).collect();
        self.words_of(&words, number)
    }

    /// The words, the most frequent first.
    fn by_frequency(&self) -> Vec<(u32, &'a str)> {
        let words = self.corpus.words.iter();
        let mut words: Vec<(u32, &str)> = words.map(|(w, n)| (*n, w.as_str())).collect();
        words.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        words
    }

    fn words_of(&mut self, words: &[&str], number: usize) -> Result<Vec<Query>> {
        self.some(number, |draw| {
            let place = (!words.is_empty()).then(|| draw.random.place(words.len()))?;
            Some(query(vec![words[place].to_owned()], Join::All))
        })
    }

    /// Different words of one passage.
    pub fn together(&mut self, number: usize, join: Join) -> Option<Query> {
        let text = self.passage()?.text.clone();
        let mut words: Vec<String> = plain_words(&text)
            .into_iter()
            .flatten()
            .filter(|w| w.len() >= LETTERS)
            .map(str::to_owned)
            .collect();
        words.sort();
        words.dedup();
        shuffle(&mut words, &mut self.random);
        words.truncate(number);
        (words.len() == number).then(|| query(words, join))
    }

    /// Two or three words that stand side by side, and their passage.
    pub fn phrase(&mut self) -> Option<(Query, CutPassage)> {
        let passage = self.passage()?.clone();
        let words = plain_words(&passage.text);
        let number = 2 + self.random.place(2);
        let starts = words.len().checked_sub(number)? + 1;
        let start = self.random.place(starts);
        let phrase: Vec<&str> = words[start..start + number]
            .iter()
            .copied()
            .collect::<Option<_>>()?;
        let long = phrase.iter().any(|w| w.len() > LETTERS);
        let phrase = phrase.into_iter().map(str::to_owned).collect();
        long.then(|| (query(phrase, Join::Phrase), passage))
    }

    /// A phrase in the country and about the year of its passage.
    pub fn placed(&mut self) -> Option<Query> {
        let (phrase, passage) = self.phrase()?;
        if passage.country.is_empty() || passage.year == 0 {
            return None;
        }
        let place = Place {
            country: passage.country,
            from: passage.year - YEARS,
            to: passage.year + YEARS,
        };
        Some(Query {
            place: Some(place),
            ..phrase
        })
    }
}

fn query(words: Vec<String>, join: Join) -> Query {
    Query {
        words,
        join,
        place: None,
        facets: false,
    }
}

/// What stands between spaces: words of two small ASCII letters and more, and
/// none for all else, which keeps phrases from reaching over it.
fn plain_words(text: &str) -> Vec<Option<&str>> {
    let plain = |w: &&str| w.len() > 1 && w.bytes().all(|b| b.is_ascii_lowercase());
    text.split(' ').map(|w| Some(w).filter(plain)).collect()
}

/// Puts a list into another order.
pub fn shuffle<T>(list: &mut [T], random: &mut Random) {
    for last in (1..list.len()).rev() {
        list.swap(last, random.place(last + 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_do_not_reach_over_other_words() {
        assert_eq!(
            plain_words("debt, bondage in Asian kilns"),
            [None, Some("bondage"), Some("in"), None, Some("kilns")]
        );
    }
}
