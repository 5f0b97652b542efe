//! Drawing passages of a query to be coded by people.

use std::collections::BTreeMap;

use tantivy::DocId;

use super::draw::{draw, draw_stratified};
use crate::error::{Error, Result};
use crate::index::{FacetName, OpenIndex};
use crate::search::{Hit, Matches};

/// How a sample is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleConfig {
    /// How many passages at most.
    pub number: usize,
    /// The seed.
    pub seed: u64,
    /// The facet whose values are the strata; none for one draw from all.
    pub stratify: Option<FacetName>,
}

/// A sample of the passages of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// How it was drawn.
    pub config: SampleConfig,
    /// How many passages it was drawn from.
    pub population: usize,
    /// The strata in order of their values; one, `all`, without a facet.
    pub strata: Vec<Stratum>,
    /// The passages, in order of id, ranked from 1.
    pub hits: Vec<Hit>,
    /// The place in `strata` of each passage.
    pub stratum_of: Vec<usize>,
}

/// A stratum of a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stratum {
    /// The value of the facet; `none` for passages without one.
    pub value: String,
    /// How many passages it has.
    pub population: usize,
    /// How many of them were drawn.
    pub sample: usize,
}

impl Stratum {
    /// How many passages each drawn one stands for; none where none was drawn.
    pub fn weight(&self) -> Option<f64> {
        (self.sample > 0).then(|| self.population as f64 / self.sample as f64)
    }
}

/// The facets that strata can be made by: those of which a passage has one value
/// at most.
pub const STRATA: [FacetName; 6] = [
    FacetName::Country,
    FacetName::Region,
    FacetName::Year,
    FacetName::Tier,
    FacetName::Section,
    FacetName::Series,
];

/// Draws a sample of the passages of a query, each stratum in proportion to its
/// size and at least one passage of each while there are enough
/// ([`draw_stratified`]); all passages where there are no more than asked for.
///
/// # Errors
/// A facet of which a passage may have several values, or a damaged index.
pub fn sample(index: &OpenIndex, matches: &Matches<'_>, config: &SampleConfig) -> Result<Sample> {
    if let Some(facet) = config.stratify
        && !STRATA.contains(&facet)
    {
        let names: Vec<&str> = STRATA.iter().map(|f| f.as_str()).collect();
        return Err(Error::usage(format!(
            "a passage has several values of `{facet}`: no strata"
        ))
        .with_hint(format!("stratify by {}", names.join(", "))));
    }
    let population = population(index, matches.docs(), config.stratify)?;
    let name = |item: &Drawable| item.name.clone();
    let drawn = match config.stratify {
        None => draw(&population, config.number, config.seed, name),
        Some(_) => {
            let stratum = |item: &Drawable| item.stratum.clone();
            draw_stratified(&population, config.number, config.seed, name, stratum)
        }
    };
    let mut sizes: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for item in &population {
        sizes.entry(&item.stratum).or_default().0 += 1;
    }
    for item in &drawn {
        sizes.entry(&item.stratum).or_default().1 += 1;
    }
    let strata: Vec<Stratum> = sizes
        .iter()
        .map(|(value, (population, sample))| Stratum {
            value: (*value).to_owned(),
            population: *population,
            sample: *sample,
        })
        .collect();
    let place = |item: &Drawable| strata.binary_search_by(|s| s.value.cmp(&item.stratum));
    let docs: Vec<DocId> = drawn.iter().map(|item| item.doc).collect();
    Ok(Sample {
        config: *config,
        population: population.len(),
        stratum_of: drawn.iter().map(|item| place(item).unwrap_or(0)).collect(),
        hits: matches.hits(&docs)?,
        strata,
    })
}

/// A passage that may be drawn.
#[derive(Debug, Clone)]
struct Drawable {
    doc: DocId,
    /// Its id, by which it is drawn.
    name: String,
    stratum: String,
}

fn population(
    index: &OpenIndex,
    docs: &[DocId],
    stratify: Option<FacetName>,
) -> Result<Vec<Drawable>> {
    let mut reader = index.passages();
    let drawable = docs.iter().map(|doc| {
        let passage = reader.passage(*doc)?;
        let stratum = match stratify {
            None => "all".to_owned(),
            Some(facet) => {
                let mut values = facet.values_of(&passage).into_iter();
                values.next().unwrap_or_else(|| "none".to_owned())
            }
        };
        Ok(Drawable {
            doc: *doc,
            name: passage.id.to_string(),
            stratum,
        })
    });
    drawable.collect()
}
