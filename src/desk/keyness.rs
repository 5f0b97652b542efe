//! Key words: what a part of the passages says more often than another, or
//! less often.

use std::cmp::Ordering;
use std::str::FromStr;

use super::measures::{critical_value, keyness_g2, log_ratio, percent_diff};
use crate::error::{Error, Result};
use crate::index::{OpenIndex, WordUnit};
use crate::search::{Contrast, Frequency, PartSize};
use crate::text::Language;

/// What makes a word a key word.
#[derive(Debug, Clone, PartialEq)]
pub struct KeynessConfig {
    /// What counts as one word.
    pub unit: WordUnit,
    /// Which side of a difference is wanted.
    pub direction: Direction,
    /// What words must pass.
    pub cutoffs: Cutoffs,
    /// The order.
    pub order: KeyOrder,
}

/// What a word must pass to be told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cutoffs {
    /// The probability that G2 may have at most where nothing differs, from 0
    /// to 1 without the ends.
    pub p: f64,
    /// Whether `p` is divided by the number of words that are tested.
    pub bonferroni: bool,
    /// How often the word must stand at least where it is said more.
    pub count: u64,
    /// In how many reports it must stand at least where it is said more, so that
    /// one speech makes no key word; a part of fewer reports asks for all.
    pub reports: u64,
    /// Whether function words are told too.
    pub function_words: bool,
}

impl Default for Cutoffs {
    /// p < 0.0001 (G2 above 15.13), 3 times, in 2 reports, no function words.
    fn default() -> Self {
        Cutoffs {
            p: 0.0001,
            bonferroni: false,
            count: 3,
            reports: 2,
            function_words: false,
        }
    }
}

/// A side of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// What is said more often in the part that is asked about.
    #[default]
    More,
    /// What is said less often in it.
    Less,
}

/// The order of key words; equal ones are in order of the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeyOrder {
    /// The most certain difference first.
    #[default]
    G2,
    /// The largest difference first.
    LogRatio,
    /// The most frequent first, where it is said more.
    Count,
}

impl KeyOrder {
    /// The names of the orders.
    pub const NAMES: [&'static str; 3] = ["g2", "log-ratio", "count"];
}

impl FromStr for KeyOrder {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "g2" => Ok(KeyOrder::G2),
            "log-ratio" => Ok(KeyOrder::LogRatio),
            "count" => Ok(KeyOrder::Count),
            _ => Err(Error::usage(format!("key words have no order `{text}`"))
                .with_hint(format!("the orders are `{}`", Self::NAMES.join("`, `")))),
        }
    }
}

/// A key word.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyWord {
    /// Its folded forms, the most frequent first.
    pub forms: Vec<String>,
    /// How often it stands in what is asked about.
    pub focus: Frequency,
    /// How often it stands in what that is compared with.
    pub reference: Frequency,
    /// [`keyness_g2`], negative where the word is said less often.
    pub g2: f64,
    /// [`log_ratio`].
    pub log_ratio: f64,
    /// [`percent_diff`].
    pub percent_diff: Option<f64>,
}

/// The key words of a part.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyness {
    /// The size of what is asked about.
    pub focus: PartSize,
    /// The size of what it is compared with.
    pub reference: PartSize,
    /// How many words are frequent enough, in either direction, to be tested.
    pub tested: u64,
    /// The G2 that a key word has at least.
    pub critical: f64,
    /// The G2 that `p` asks for if it is divided by the number of words tested.
    pub bonferroni: f64,
    /// The key words, in order.
    pub words: Vec<KeyWord>,
}

/// The key words of two parts that are compared.
///
/// # Errors
/// A damaged index.
pub fn keyness(index: &OpenIndex, parts: &Contrast, config: &KeynessConfig) -> Result<Keyness> {
    let (focus, reference) = (parts.focus, parts.reference);
    let cutoffs = &config.cutoffs;
    let mut tested = Vec::new();
    for word in parts.words(index, config.unit)? {
        if !cutoffs.function_words && word.forms.iter().any(|f| is_function_word(f)) {
            continue;
        }
        let (a, b) = (word.focus.count, word.reference.count);
        let ratio = log_ratio(a, b, focus.words, reference.words);
        let (side, size) = match ratio >= 0.0 {
            true => (word.focus, focus),
            false => (word.reference, reference),
        };
        if side.count < cutoffs.count || side.reports < cutoffs.reports.min(size.reports) {
            continue;
        }
        let g2 = keyness_g2(a, b, focus.words, reference.words);
        tested.push(KeyWord {
            forms: word.forms,
            focus: word.focus,
            reference: word.reference,
            g2: if ratio >= 0.0 { g2 } else { -g2 },
            log_ratio: ratio,
            percent_diff: percent_diff(a, b, focus.words, reference.words),
        });
    }
    let number = tested.len() as u64;
    let bonferroni = critical_value(cutoffs.p / number.max(1) as f64);
    let critical = match cutoffs.bonferroni {
        true => bonferroni,
        false => critical_value(cutoffs.p),
    };
    let sign = match config.direction {
        Direction::More => 1.0,
        Direction::Less => -1.0,
    };
    let mut words = tested;
    words.retain(|word| word.g2 * sign >= critical);
    words.sort_by(|a, b| {
        order(a, b, config.order, config.direction).then_with(|| a.forms.cmp(&b.forms))
    });
    Ok(Keyness {
        focus,
        reference,
        tested: number,
        critical,
        bonferroni,
        words,
    })
}

fn order(a: &KeyWord, b: &KeyWord, order: KeyOrder, direction: Direction) -> Ordering {
    match order {
        KeyOrder::G2 => b.g2.abs().total_cmp(&a.g2.abs()),
        KeyOrder::LogRatio => b.log_ratio.abs().total_cmp(&a.log_ratio.abs()),
        KeyOrder::Count => match direction {
            Direction::More => b.focus.count.cmp(&a.focus.count),
            Direction::Less => b.reference.count.cmp(&a.reference.count),
        },
    }
}

/// Whether a folded form is a function word.
pub(super) fn is_function_word(form: &str) -> bool {
    Language::default().is_function_word(form)
}
