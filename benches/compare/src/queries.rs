//! The queries, the same for all engines, in classes. Their words are drawn
//! from passages of the corpus, so that all match something.

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::draw::{Draw, shuffle};
use pincite_generate::random::Random;

/// How the words of a query belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Join {
    /// All must match.
    All,
    /// One at least must match.
    Any,
    /// All side by side, in order.
    Phrase,
}

/// A query, as every engine can write it in its own way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Words of small ASCII letters.
    pub words: Vec<String>,
    /// How they belong together.
    pub join: Join,
    /// Where it must match.
    pub place: Option<Place>,
    /// Whether the matches are counted, and counted by facets.
    pub facets: bool,
}

/// A country and some years, both ends included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// ISO 3166-1 alpha-3 code.
    pub country: String,
    /// The first year.
    pub from: u16,
    /// The last year.
    pub to: u16,
}

/// Queries of one kind.
#[derive(Debug)]
pub struct Class {
    /// What they are.
    pub name: &'static str,
    /// The queries.
    pub queries: Vec<Query>,
}

/// All that is asked.
#[derive(Debug)]
pub struct Questions {
    /// Queries by class.
    pub classes: Vec<Class>,
    /// Queries of all classes in a mixed order, without facets.
    pub batch: Vec<Query>,
}

impl Questions {
    /// The questions that a seed draws from a corpus.
    pub fn drawn(corpus: &Corpus, seed: u64, numbers: Numbers) -> Result<Self> {
        Ok(Questions {
            classes: classes(corpus, seed, numbers.class)?,
            batch: batch(corpus, seed.wrapping_add(1), numbers.batch)?,
        })
    }
}

/// How many queries are drawn.
#[derive(Debug, Clone, Copy)]
pub struct Numbers {
    /// Of each class.
    pub class: usize,
    /// Of a batch.
    pub batch: usize,
}

/// The names of classes that others are compared with.
pub const ALL: &str = "two words AND";
/// The same queries as [`ALL`], with counts by facet.
pub const ALL_WITH_FACETS: &str = "two words AND, with all facet counts";
/// Phrases.
pub const PHRASE: &str = "phrase";
/// Phrases within a country and some years.
pub const PLACED: &str = "phrase with country and years";
/// The same phrases as [`PLACED`], anywhere.
pub const UNPLACED: &str = "the same phrases alone";

/// Every class of queries, drawn from a corpus.
fn classes(corpus: &Corpus, seed: u64, number: usize) -> Result<Vec<Class>> {
    let mut draw = Draw::new(corpus, seed);
    let words = draw.some(number, |d| d.together(2, Join::All))?;
    let placed = draw.some(number, |d| d.placed())?;
    let with_facets = words.iter().cloned().map(|query| Query {
        facets: true,
        ..query
    });
    let unplaced = placed.iter().cloned().map(|query| Query {
        place: None,
        ..query
    });
    let class = |name, queries| Class { name, queries };
    Ok(vec![
        class("rare word", draw.rare(number)?),
        class("frequent word", draw.frequent(number)?),
        class(ALL_WITH_FACETS, with_facets.collect()),
        class(ALL, words),
        class(
            "three words OR",
            draw.some(number, |d| d.together(3, Join::Any))?,
        ),
        class(PHRASE, draw.some(number, |d| d.phrase().map(|p| p.0))?),
        class(UNPLACED, unplaced.collect()),
        class(PLACED, placed),
    ])
}

fn batch(corpus: &Corpus, seed: u64, number: usize) -> Result<Vec<Query>> {
    let classes = classes(corpus, seed, number.div_ceil(BATCH_CLASSES))?;
    let mut queries: Vec<Query> = classes
        .into_iter()
        .filter(|class| class.name != ALL_WITH_FACETS && class.name != UNPLACED)
        .flat_map(|class| class.queries)
        .collect();
    shuffle(&mut queries, &mut Random::new(seed));
    queries.truncate(number);
    Ok(queries)
}

/// Of how many classes a batch is.
const BATCH_CLASSES: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::CutPassage;

    #[test]
    fn the_same_seed_draws_the_same_queries_and_all_match() {
        let text = "brick kilns hold debt bondage and child labour in many regions";
        let passage = CutPassage {
            text: text.to_owned(),
            country: "IND".to_owned(),
            year: 2001,
        };
        let corpus = Corpus {
            folder: "".into(),
            passages: "".into(),
            size: crate::corpus::Size::default(),
            sample: vec![passage],
            words: text.split(' ').map(|w| (w.to_owned(), 5)).collect(),
        };
        let numbers = Numbers {
            class: 4,
            batch: 10,
        };
        let drawn = Questions::drawn(&corpus, 7, numbers).unwrap();
        let again = Questions::drawn(&corpus, 7, numbers).unwrap();
        for (class, same) in drawn.classes.iter().zip(&again.classes) {
            assert_eq!(class.queries, same.queries);
            for query in &class.queries {
                assert!(query.words.iter().all(|w| text.contains(w)), "{query:?}");
                if query.join == Join::Phrase {
                    assert!(text.contains(&query.words.join(" ")), "{query:?}");
                }
            }
        }
        assert_eq!(drawn.batch.len(), 10);
        assert_eq!(drawn.batch, again.batch);
    }
}
