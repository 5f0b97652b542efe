//! The arguments of `pincite words`.

use clap::Args as ClapArgs;
use clap::builder::PossibleValuesParser;
use pincite::desk::keyness::Cutoffs;
use pincite::error::{Error, Result};
use pincite::index::{FacetName, WordUnit};
use pincite::query::FilterSpec;
use pincite::search::Reach;

use super::{AskArgs, TEMPLATE, TableFormat};

/// Tell which words are special to some passages, or go with a query
#[derive(Debug, ClapArgs)]
#[command(help_template = TEMPLATE, before_help = "\
Examples:
  pincite words --year 1990..1999                   key words against the rest
  pincite words --country cambodia --against country=nepal,pakistan
  pincite words --tier 3 --negative                 what is said less often
  pincite words apartheid                           collocates in a sentence
  pincite words apartheid --window 5 --sort g2      collocates within 5 words
  pincite words apartheid --key                     key words of its passages

Without a query: the passages of the filters against all others. a of c words
here and b of d words there are the word:
  G2     2 (a ln(a/E1) + b ln(b/E2)), E1 = c(a+b)/(c+d), E2 = d(a+b)/(c+d)
         (Rayson & Garside 2000); negative where it is said less often
  log r. log2((a/c) / (b/d)), 0 counted as 0.5 (Hardie 2014)
  %DIFF  100 (a/c - b/d) / (b/d) (Gabrielatos & Marchi 2011); in JSON and CSV
  rep.   in how many reports it is said

With a query: the words that stand in one sentence with a match. Of n sentences
fx hold a match, fy the word, fxy both; what stands in a match does not count:
  logDice  14 + log2(2 fxy / (fx + fy)) (Rychly 2008); at most 14
  G2       2 sum O ln(O/E) over the table of two by two (Dunning 1993)
  MI       log2(fxy n / (fx fy)) (Church & Hanks 1990)

Words are folded forms; the parts of a compound are words of their own. Counts
are exact. docs/measures.md tells more.
")]
pub(crate) struct WordsArgs {
    /// The query whose collocates are wanted; without one, filters
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// Tell key words of the query's passages against the others of the filters
    #[arg(long, requires = "query")]
    pub(crate) key: bool,
    /// How near a collocate stands: sentence, passage, or so many words
    #[arg(long, value_name = "REACH", value_parser = parse_reach, requires = "query", conflicts_with = "key")]
    pub(crate) window: Option<Reach>,
    /// Compare with these passages instead of all others, as year=1970..1979;
    /// may be repeated as filters may
    #[arg(long, value_name = "FACET=VALUES")]
    against: Vec<String>,
    /// Tell key words that are said less often
    #[arg(long)]
    pub(crate) negative: bool,
    /// Count all inflections of a word as one
    #[arg(long)]
    stems: bool,
    /// Tell function words too, as `the` and `which`
    #[arg(long)]
    all_words: bool,
    /// The probability of so large a G2 by chance, at most
    #[arg(long, value_name = "P", default_value = "0.0001", value_parser = parse_p)]
    p: f64,
    /// Divide P by the number of words tested
    #[arg(long)]
    bonferroni: bool,
    /// How often a word must stand (for collocates: together with a match)
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..))]
    min_count: u64,
    /// In how many reports it must do so
    #[arg(long, value_name = "N", default_value_t = 2)]
    min_reports: u64,
    /// The order [default: g2 for key words, log-dice for collocates]
    #[arg(long, value_name = "ORDER", value_parser = PossibleValuesParser::new(["g2", "log-dice", "log-ratio", "mi", "count"]))]
    pub(crate) sort: Option<String>,
    /// How many words to show [default: in text 25, else all]
    #[arg(long, short = 'n', value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// How to write them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: TableFormat,
    #[command(flatten)]
    pub(crate) ask: AskArgs,
}

impl WordsArgs {
    /// What counts as one word.
    pub(crate) fn unit(&self) -> WordUnit {
        match self.stems {
            true => WordUnit::Stem,
            false => WordUnit::Form,
        }
    }

    /// What words must pass.
    pub(crate) fn cutoffs(&self) -> Cutoffs {
        Cutoffs {
            p: self.p,
            bonferroni: self.bonferroni,
            count: self.min_count,
            reports: self.min_reports,
            function_words: self.all_words,
        }
    }

    /// How many words are shown at most.
    pub(crate) fn shown(&self) -> usize {
        let all = match self.format {
            TableFormat::Text => 25,
            _ => usize::MAX,
        };
        self.limit.unwrap_or(all)
    }

    /// The filters of `--against`; none where it is not there.
    ///
    /// # Errors
    /// A text that is no filter.
    pub(crate) fn against(&self) -> Result<Option<FilterSpec>> {
        let mut spec = FilterSpec::default();
        for typed in &self.against {
            let refused = || {
                Error::usage(format!("`--against {typed}` is no filter")).with_hint(format!(
                    "write a facet and its values, as `year=1970..1979`; the facets are {}",
                    FacetName::NAMES.join(", ")
                ))
            };
            let (name, values) = typed.split_once('=').ok_or_else(refused)?;
            let (name, negated) = match name.trim().strip_prefix("not-") {
                Some(name) => (name, true),
                None => (name.trim(), false),
            };
            let facet: FacetName = name.parse().map_err(|_| refused())?;
            if !spec.add(facet, negated, &[values.to_owned()]) {
                return Err(refused());
            }
        }
        Ok((!self.against.is_empty()).then_some(spec))
    }
}

fn parse_reach(text: &str) -> std::result::Result<Reach, String> {
    match text {
        "sentence" => Ok(Reach::Sentence),
        "passage" => Ok(Reach::Passage),
        number => match number.parse::<u32>() {
            Ok(words) if (1..=1000).contains(&words) => Ok(Reach::Words(words)),
            _ => Err("write `sentence`, `passage` or a number of words from 1 to 1000".to_owned()),
        },
    }
}

fn parse_p(text: &str) -> std::result::Result<f64, String> {
    match text.parse::<f64>() {
        Ok(p) if p > 0.0 && p < 1.0 => Ok(p),
        _ => Err("a probability stands between 0 and 1, as 0.001".to_owned()),
    }
}
