//! The machine names of reports and passages, and their one order.

use std::fmt;
use std::str::FromStr;

use super::{Series, Year};
use crate::error::{Error, Result};

/// The longest name of an edition, in bytes.
const MAX_NAME: usize = 240;

/// The name of a report: `tip-2021-khm` or `gao-2005-gao-05-927` for an
/// edition, `doc-{id}` for a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportId {
    /// A record or a text without a family; the name is its own id.
    Record(String),
    /// One text of one year of one series: a country's, or a document of its
    /// own.
    Edition {
        /// The series.
        series: Series,
        /// The year of the edition.
        year: Year,
        /// The country code in lower case, as `khm`, or the slug of the number
        /// or title of a document, as `gao-05-927`.
        name: String,
    },
}

/// The name of a passage: `{report}:{section}:{number}`.
///
/// Passages are ordered by series, year, country or document (for records: by
/// their id), then section key, then number *as a number*. [`PassageId::sort_key`] is a
/// string in the same order.
///
/// ```
/// use pincite::report::PassageId;
/// let id: PassageId = "TIP-2021-KHM:protection:3".parse().unwrap();
/// assert_eq!(id.to_string(), "tip-2021-khm:protection:3");
/// let later: PassageId = "tip-2021-khm:protection:10".parse().unwrap();
/// assert!(id < later && id.sort_key() < later.sort_key());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PassageId {
    /// The report it is in.
    pub report: ReportId,
    /// The section key.
    pub section: String,
    /// The paragraph in the section, from 1; 0 is the heading of the section.
    pub number: u32,
}

impl ReportId {
    /// The series the report belongs to.
    pub fn series(&self) -> Series {
        match self {
            ReportId::Record(_) => Series::doc(),
            ReportId::Edition { series, .. } => series.clone(),
        }
    }

    /// The id with a number behind the name, as `gao-2005-gao-05-927-2`; none
    /// of a record.
    pub fn numbered(&self, number: u32) -> Option<ReportId> {
        match self {
            ReportId::Record(_) => None,
            ReportId::Edition { series, year, name } => Some(ReportId::Edition {
                series: series.clone(),
                year: *year,
                name: format!("{name}-{number}"),
            }),
        }
    }

    /// What the sort keys of its passages, and of no others, begin with.
    pub fn sort_prefix(&self) -> String {
        match self {
            ReportId::Record(id) => format!("doc {} ", spaceless(id)),
            ReportId::Edition { series, year, name } => format!("{series} {year} {name} "),
        }
    }
}

/// The id of a record without spaces, so that a sort key shows where it ends.
/// `!` is the character after the space: the order of ids stays what it is.
fn spaceless(id: &str) -> String {
    id.replace('!', "!b").replace(' ', "!a")
}

/// Whether a text can be the name of an edition: letters and digits, single
/// hyphens between them.
fn is_slug(text: &str) -> bool {
    (2..=MAX_NAME).contains(&text.len())
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.chars().all(char::is_alphanumeric))
}

fn with_spaces(id: &str) -> String {
    id.replace("!a", " ").replace("!b", "!")
}

impl PassageId {
    /// A string that sorts as the ids do, byte by byte; [`from_sort_key`]
    /// gives the id back.
    ///
    /// [`from_sort_key`]: PassageId::from_sort_key
    pub fn sort_key(&self) -> String {
        self.report.sort_prefix() + &self.place_key()
    }

    /// What a sort key has behind [`ReportId::sort_prefix`].
    pub fn place_key(&self) -> String {
        format!("{} {:010}", self.section, self.number)
    }

    /// The id that a sort key was made from.
    ///
    /// # Errors
    /// A text that is no sort key.
    pub fn from_sort_key(key: &str) -> Result<Self> {
        let no_key = || Error::index(format!("`{key}` is no sort key of a passage"));
        let (rest, number) = key.rsplit_once(' ').ok_or_else(no_key)?;
        let (rest, section) = rest.rsplit_once(' ').ok_or_else(no_key)?;
        let (series, rest) = rest.split_once(' ').ok_or_else(no_key)?;
        let report = if series == Series::doc().as_str() {
            ReportId::Record(with_spaces(rest))
        } else {
            let (year, name) = rest.split_once(' ').ok_or_else(no_key)?;
            ReportId::Edition {
                series: series.parse()?,
                year: year.parse()?,
                name: name.to_owned(),
            }
        };
        Ok(PassageId {
            report,
            section: section.to_owned(),
            number: number.parse().map_err(|_| no_key())?,
        })
    }
}

impl Ord for PassageId {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.sort_key().cmp(&other.sort_key())
    }
}

impl PartialOrd for PassageId {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl FromStr for ReportId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let no_id = || {
            Error::usage(format!("`{text}` is no report id"))
                .with_hint("a report id looks like `tip-2021-khm`")
        };
        if let Some((series, id)) = text.split_once('-')
            && series.eq_ignore_ascii_case("doc")
            && !id.is_empty()
        {
            return Ok(ReportId::Record(id.to_owned()));
        }
        let lower = text.to_lowercase();
        let mut parts = lower.splitn(3, '-');
        let (Some(series), Some(year), Some(name)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(no_id());
        };
        if !is_slug(name) {
            return Err(no_id());
        }
        Ok(ReportId::Edition {
            series: series.parse().map_err(|_| no_id())?,
            year: year.parse().map_err(|_| no_id())?,
            name: name.to_owned(),
        })
    }
}

impl FromStr for PassageId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let no_id = || {
            Error::usage(format!("`{text}` is no passage id"))
                .with_hint("a passage id looks like `tip-2021-khm:protection:3`")
        };
        let (rest, number) = text.rsplit_once(':').ok_or_else(no_id)?;
        let (report, section) = rest.rsplit_once(':').ok_or_else(no_id)?;
        let fine = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_alphanumeric() || c == '-');
        let number: u32 = number.parse().map_err(|_| no_id())?;
        if !fine(section) {
            return Err(no_id());
        }
        Ok(PassageId {
            report: report.parse().map_err(|_| no_id())?,
            section: section.to_lowercase(),
            number,
        })
    }
}

impl fmt::Display for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReportId::Record(id) => write!(f, "doc-{id}"),
            ReportId::Edition { series, year, name } => write!(f, "{series}-{year}-{name}"),
        }
    }
}

impl fmt::Display for PassageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.report, self.section, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_print_what_they_parse() {
        for text in [
            "tip-2021-khm:protection:3",
            "doc-a b:c-1:text:1",
            "doc-a!a b!:text:1",
            "ungd-1979-sun:statement:12",
            "tip-2021-khm:protection:0",
            "gao-2005-gao-05-927:conclusions:2",
            "un-2020-a-hrc-44-42:text:1",
            "crs-2026-r45100-04-22:summary:3",
        ] {
            let id: PassageId = text.parse().unwrap();
            assert_eq!(id.to_string(), text);
            assert_eq!(PassageId::from_sort_key(&id.sort_key()).unwrap(), id);
        }
        for text in [
            "",
            "tip-2021-khm",
            "tip-2021-khm:protection",
            "tip-2021-khm::1",
            "tip-2021-khm:protection:-1",
            "tip-21-khm:protection:1",
            "tip:2021:khm",
            ":a:1",
            "tip-2021-:a:1",
            "gao-2005--05-927:a:1",
            "gao-2005-gao-05-:a:1",
            "gao-2005-gao 05:a:1",
            "doc-:text:1",
        ] {
            assert!(text.parse::<PassageId>().is_err(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_parses_or_fails_quietly(text in "\\PC{0,30}") {
            if let Ok(id) = text.parse::<PassageId>() {
                let printed = id.to_string();
                proptest::prop_assert_eq!(printed.parse::<PassageId>().unwrap(), id.clone());
                proptest::prop_assert_eq!(PassageId::from_sort_key(&id.sort_key()).unwrap(), id);
            }
        }

        #[test]
        fn the_order_is_by_section_and_number(
            a in "[a-c](-[0-9])?", b in "[a-c](-[0-9])?", m in 1u32..200, n in 1u32..200,
        ) {
            let id = |section: &str, number| PassageId {
                report: "tip-2021-khm".parse().unwrap(), section: section.to_owned(), number,
            };
            proptest::prop_assert_eq!(id(&a, m).cmp(&id(&b, n)), (a.as_str(), m).cmp(&(b.as_str(), n)));
        }
    }
}
