//! The year of an edition, and ranges of years.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// The year of an edition, 1000 to 2999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Year(u16);

impl Year {
    /// The year as a number.
    pub fn get(self) -> u16 {
        self.0
    }

    /// The year of a date of ISO 8601, as `2022-04-26` or `2022`.
    pub fn of_date(date: &str) -> Option<Self> {
        date.get(..4)?.parse().ok()
    }
}

impl TryFrom<u16> for Year {
    type Error = Error;

    fn try_from(year: u16) -> Result<Self> {
        if (1000..3000).contains(&year) {
            Ok(Year(year))
        } else {
            Err(Error::usage(format!("`{year}` is no year"))
                .with_hint("a year has four digits, 1000 to 2999"))
        }
    }
}

impl From<Year> for u16 {
    fn from(year: Year) -> Self {
        year.0
    }
}

impl FromStr for Year {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let no_year = || {
            Error::usage(format!("`{text}` is no year"))
                .with_hint("write four digits, as `2021`, or a range, as `2019..2021` or `2019..`")
        };
        if text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(no_year());
        }
        text.parse::<u16>()
            .ok()
            .and_then(|y| Year::try_from(y).ok())
            .ok_or_else(no_year)
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A range of years with both ends included; an open end has no bound.
///
/// ```
/// use pincite::report::YearRange;
/// let range: YearRange = "2019..2021".parse().unwrap();
/// assert!(range.contains("2021".parse().unwrap()));
/// assert_eq!(range.to_string(), "2019..2021");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearRange {
    from: Option<Year>,
    to: Option<Year>,
}

impl YearRange {
    /// Whether the range holds `year`.
    pub fn contains(self, year: Year) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }
}

impl FromStr for YearRange {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let Some((from, to)) = text.split_once("..") else {
            let year: Year = text.parse()?;
            return Ok(YearRange {
                from: Some(year),
                to: Some(year),
            });
        };
        let end = |s: &str| -> Result<Option<Year>> {
            if s.is_empty() {
                Ok(None)
            } else {
                s.parse().map(Some)
            }
        };
        let range = YearRange {
            from: end(from)?,
            to: end(to)?,
        };
        match (range.from, range.to) {
            (None, None) => Err(Error::usage("`..` names no year")
                .with_hint("write a range as `2019..2021`, `2019..` or `..2021`")),
            (Some(from), Some(to)) if from > to => Err(Error::usage(format!(
                "the range `{text}` ends before it begins"
            ))
            .with_hint(format!("write `{to}..{from}`"))),
            _ => Ok(range),
        }
    }
}

impl fmt::Display for YearRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to
            && let Some(year) = self.from
        {
            return write!(f, "{year}");
        }
        if let Some(from) = self.from {
            write!(f, "{from}")?;
        }
        f.write_str("..")?;
        if let Some(to) = self.to {
            write!(f, "{to}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_parse_print_and_hold() {
        for (text, inside, outside) in [
            ("2021", Some("2021"), Some("2020")),
            ("2019..2021", Some("2020"), Some("2022")),
            ("2019..", Some("2050"), Some("2018")),
            ("..2001", Some("1950"), Some("2002")),
        ] {
            let range: YearRange = text.parse().unwrap();
            assert_eq!(range.to_string(), text);
            assert!(range.contains(inside.unwrap().parse().unwrap()), "{text}");
            assert!(!range.contains(outside.unwrap().parse().unwrap()), "{text}");
        }
        for text in [
            "",
            "..",
            "21",
            "20210",
            "+201",
            "2021..2019",
            "a..b",
            "2019...2020",
            "0000",
        ] {
            assert!(text.parse::<YearRange>().is_err(), "{text}");
        }
    }
}
