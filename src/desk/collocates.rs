//! Collocates: the words that go with the matches of a query.

use std::cmp::Ordering;
use std::str::FromStr;

use tantivy::DocId;

use super::keyness::{Cutoffs, is_function_word};
use super::measures::{critical_value, log_dice, mutual_information, table_g2};
use crate::error::{Error, Result};
use crate::index::{OpenIndex, WordUnit};
use crate::search::{Matches, PartSize, Reach, company};

/// What makes a word a collocate.
#[derive(Debug, Clone, PartialEq)]
pub struct CollocatesConfig {
    /// What counts as one word.
    pub unit: WordUnit,
    /// How near it must stand.
    pub reach: Reach,
    /// What words must pass; `count` and `reports` are of the times they stand
    /// together with a match.
    pub cutoffs: Cutoffs,
    /// The order.
    pub order: CollocateOrder,
}

/// The order of collocates; equal ones are in order of the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CollocateOrder {
    /// The closest bond first.
    #[default]
    LogDice,
    /// The most certain bond first.
    G2,
    /// The least expected first, which favours rare words.
    MutualInformation,
    /// What stands together most often first.
    Count,
}

impl CollocateOrder {
    /// The names of the orders.
    pub const NAMES: [&'static str; 4] = ["log-dice", "g2", "mi", "count"];
}

impl FromStr for CollocateOrder {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "log-dice" => Ok(CollocateOrder::LogDice),
            "g2" => Ok(CollocateOrder::G2),
            "mi" => Ok(CollocateOrder::MutualInformation),
            "count" => Ok(CollocateOrder::Count),
            _ => Err(Error::usage(format!("collocates have no order `{text}`"))
                .with_hint(format!("the orders are `{}`", Self::NAMES.join("`, `")))),
        }
    }
}

/// A collocate.
#[derive(Debug, Clone, PartialEq)]
pub struct Collocate {
    /// Its folded forms, the most frequent first.
    pub forms: Vec<String>,
    /// How many units hold it and a match; see
    /// [`Companion::together`](crate::search::Companion::together).
    pub together: u64,
    /// How many units of the slice hold it.
    pub held: u64,
    /// In how many reports it stands together with a match.
    pub reports: u64,
    /// [`log_dice`].
    pub log_dice: f64,
    /// [`table_g2`].
    pub g2: f64,
    /// [`mutual_information`].
    pub mutual_information: f64,
}

/// The collocates of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Collocates {
    /// The size of the slice.
    pub slice: PartSize,
    /// How many units hold a match; with [`Reach::Words`] how many matches there
    /// are.
    pub matched: u64,
    /// How many units the slice has; with [`Reach::Words`] how many words.
    pub all: u64,
    /// How many words are frequent enough to be tested.
    pub tested: u64,
    /// The G2 that a collocate has at least.
    pub critical: f64,
    /// The G2 that `p` asks for if it is divided by the number of words tested.
    pub bonferroni: f64,
    /// The collocates, in order.
    pub words: Vec<Collocate>,
}

/// The collocates of the matches of a query in a slice, the passages `slice` in
/// order; `matches` are within it. Words that stand less often with a match than
/// by chance are none.
///
/// # Errors
/// A damaged index.
pub fn collocates(
    index: &OpenIndex,
    matches: &Matches<'_>,
    slice: &[DocId],
    config: &CollocatesConfig,
) -> Result<Collocates> {
    let company = company(index, matches, slice, config.reach, config.unit)?;
    let cutoffs = &config.cutoffs;
    let (near, all) = (company.near, company.all);
    let mut words = Vec::new();
    let mut tested: u64 = 0;
    for word in company.words {
        if word.together < cutoffs.count
            || word.reports < cutoffs.reports.min(company.slice.reports)
            || (!cutoffs.function_words && word.forms.iter().any(|f| is_function_word(f)))
        {
            continue;
        }
        tested += 1;
        let log_dice = log_dice(word.together, company.matched, word.held);
        let information = mutual_information(word.near, near, word.held, all);
        let (Some(log_dice), Some(mutual_information)) = (log_dice, information) else {
            continue;
        };
        if mutual_information > 0.0 {
            words.push(Collocate {
                forms: word.forms,
                together: word.together,
                held: word.held,
                reports: word.reports,
                log_dice,
                g2: table_g2(word.near, near, word.held, all),
                mutual_information,
            });
        }
    }
    let bonferroni = critical_value(cutoffs.p / tested.max(1) as f64);
    let critical = match cutoffs.bonferroni {
        true => bonferroni,
        false => critical_value(cutoffs.p),
    };
    words.retain(|word| word.g2 >= critical);
    words.sort_by(|a, b| order(a, b, config.order).then_with(|| a.forms.cmp(&b.forms)));
    Ok(Collocates {
        slice: company.slice,
        matched: company.matched,
        all,
        tested,
        critical,
        bonferroni,
        words,
    })
}

fn order(a: &Collocate, b: &Collocate, order: CollocateOrder) -> Ordering {
    match order {
        CollocateOrder::LogDice => b.log_dice.total_cmp(&a.log_dice),
        CollocateOrder::G2 => b.g2.total_cmp(&a.g2),
        CollocateOrder::MutualInformation => b.mutual_information.total_cmp(&a.mutual_information),
        CollocateOrder::Count => b.together.cmp(&a.together),
    }
}
