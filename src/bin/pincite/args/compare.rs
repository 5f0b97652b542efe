//! The arguments of `pincite compare`.

use clap::{Args as ClapArgs, ValueEnum};
use pincite::error::{Error, Result};
use pincite::report::Year;

use super::TEMPLATE;

/// Compare two editions of a report, paragraph by paragraph
#[derive(Debug, ClapArgs)]
#[command(
    help_template = TEMPLATE,
    override_usage = "pincite compare [OPTIONS] COUNTRY YEAR YEAR\n       pincite compare [OPTIONS] --all YEAR YEAR",
    before_help = "\
Examples:
  pincite compare cambodia 2019 2020
  pincite compare cambodia 2019 2020 --section prosecution
  pincite compare cambodia 2019 2020 --format html > cambodia.html
  pincite compare --all 2019 2020            every country, most changed first

Sections are aligned by key, then paragraphs, each of both editions told once:
kept (the same words, whatever their case and typography), renumbered (the same
words behind another number), reworded (at least half alike: twice the words in
both in order, as a share of all, grammar words weighing a quarter), moved (to
another section, or out of the order of the others, so that as few words as
possible moved), divided (a paragraph that the newer edition splits, or one of
its pieces), joined (a paragraph that the newer edition merges with others, or
the result), added, removed.

Change is the share of the words of both editions that are not kept: those that
do not stand, in order, in the paragraph that their own is paired with, was
divided into or joined to.
")]
pub(crate) struct CompareArgs {
    /// Name, alias or code of a country, and the years of two editions
    #[arg(required = true, value_name = "COUNTRY YEAR YEAR")]
    asked: Vec<String>,
    /// The country, where it does not stand before the years
    #[arg(long, value_name = "COUNTRY")]
    country: Option<String>,
    /// Compare every country that has both editions, ranked by change
    #[arg(long, conflicts_with = "country")]
    pub(crate) all: bool,
    /// These sections alone, by key, as prosecution; what moved into or out of
    /// them too
    #[arg(long, value_name = "SECTION", value_delimiter = ',')]
    pub(crate) section: Vec<String>,
    /// The series, where a country has editions of several, as tip
    #[arg(long, value_name = "SERIES")]
    pub(crate) series: Option<String>,
    /// Show added, removed and reworded paragraphs whole
    #[arg(long)]
    pub(crate) full: bool,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: CompareFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareFormat {
    Text,
    // A page with the two editions side by side
    Html,
    Json,
    // A row a paragraph; with --all a row a country
    Csv,
}

/// What to compare.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// The country; none where all are meant.
    pub(crate) country: Option<String>,
    /// The years, the older first.
    pub(crate) years: [Year; 2],
    /// Whether the newer year was typed first.
    pub(crate) is_turned: bool,
}

impl CompareArgs {
    /// The country and the years, whichever way they were typed.
    ///
    /// # Errors
    /// Words that are no country and two years.
    pub(crate) fn wanted(&self) -> Result<Wanted> {
        let hint = "write a country and two years, as `pincite compare cambodia 2019 2020`, or \
                    `pincite compare --all 2019 2020`";
        let [country @ .., one, other] = self.asked.as_slice() else {
            let message = "two editions are wanted, and one year is not enough";
            return Err(Error::usage(message).with_hint(hint));
        };
        let year = |typed: &str| -> Result<Year> {
            let wrong = |_| Error::usage(format!("`{typed}` is no year")).with_hint(hint);
            typed.parse::<Year>().map_err(wrong)
        };
        let (one, other) = (year(one)?, year(other)?);
        if one == other {
            return Err(Error::usage(format!("both editions are of {one}")).with_hint(hint));
        }
        // The words of a name need no quotes.
        let typed = country.join(" ");
        let country = match (typed.trim(), &self.country) {
            (typed, Some(_)) if !typed.is_empty() => {
                return Err(Error::usage(format!(
                    "`--country` names a country, and so does `{typed}`"
                ))
                .with_hint("leave one of them out"));
            }
            (typed, None) if self.all && !typed.is_empty() => {
                return Err(
                    Error::usage(format!("`--all` takes no country, as `{typed}`"))
                        .with_hint("leave one of them out"),
                );
            }
            ("", None) if self.all => None,
            ("", None) => return Err(Error::usage("no country is named").with_hint(hint)),
            ("", Some(named)) => Some(named.clone()),
            (typed, _) => Some(typed.to_owned()),
        };
        Ok(Wanted {
            country,
            years: [one.min(other), one.max(other)],
            is_turned: other < one,
        })
    }
}
