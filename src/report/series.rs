//! The name of a series: a family of reports that is read one way.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// The short name of a series, as `tip`: ASCII lower-case letters and digits,
/// a letter first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Series(String);

impl Series {
    /// The series of records and of texts without a family.
    pub fn doc() -> Self {
        Series("doc".to_owned())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Series {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let fine = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        if fine {
            Ok(Series(name.to_owned()))
        } else {
            Err(Error::usage(format!("`{name}` is no name for a series"))
                .with_hint("use lower-case letters and digits, as `tip`"))
        }
    }
}

impl TryFrom<String> for Series {
    type Error = Error;

    fn try_from(name: String) -> Result<Self> {
        name.parse()
    }
}

impl From<Series> for String {
    fn from(series: Series) -> Self {
        series.0
    }
}

impl fmt::Display for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
