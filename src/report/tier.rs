//! The tier that a Trafficking in Persons Report puts a country on.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// A tier ranking (22 U.S.C. 7107(b)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Tier {
    /// Tier 1.
    One,
    /// Tier 2.
    Two,
    /// Tier 2 Watch List.
    WatchList,
    /// Tier 3.
    Three,
    /// A special case, outside the ranking.
    Special,
}

impl Tier {
    /// The short form, as filters and ids write it: `1`, `2`, `2WL`, `3`,
    /// `special`.
    pub fn code(self) -> &'static str {
        match self {
            Tier::One => "1",
            Tier::Two => "2",
            Tier::WatchList => "2WL",
            Tier::Three => "3",
            Tier::Special => "special",
        }
    }

    /// The form that is read, as `Tier 2 Watch List`.
    pub fn label(self) -> &'static str {
        match self {
            Tier::One => "Tier 1",
            Tier::Two => "Tier 2",
            Tier::WatchList => "Tier 2 Watch List",
            Tier::Three => "Tier 3",
            Tier::Special => "Special Case",
        }
    }
}

impl FromStr for Tier {
    type Err = Error;

    /// Takes the short form and every printed form, in any case and with any
    /// dash: `2wl`, `Tier 2 Watch List`, `TIER 2 - WATCH LIST`, `Special Case`.
    fn from_str(text: &str) -> Result<Self> {
        let plain: String = text
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        match plain.strip_prefix("tier").unwrap_or(&plain) {
            "1" | "one" => Ok(Tier::One),
            "2" | "two" => Ok(Tier::Two),
            "2wl" | "2watchlist" | "twowatchlist" | "watchlist" => Ok(Tier::WatchList),
            "3" | "three" => Ok(Tier::Three),
            "special" | "specialcase" => Ok(Tier::Special),
            _ => Err(Error::usage(format!("`{text}` is no tier"))
                .with_hint("the tiers are `1`, `2`, `2WL` (Watch List), `3` and `special`")),
        }
    }
}

impl TryFrom<String> for Tier {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Tier> for String {
    fn from(tier: Tier) -> Self {
        tier.code().to_owned()
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_and_short_forms_parse() {
        for (text, tier) in [
            ("Tier 2 Watch List", Tier::WatchList),
            ("TIER 2 - WATCH LIST", Tier::WatchList),
            ("Tier 2 – Watch  List", Tier::WatchList),
            ("2wl", Tier::WatchList),
            ("TIER 1", Tier::One),
            ("3", Tier::Three),
            ("SPECIAL CASE", Tier::Special),
        ] {
            assert_eq!(text.parse::<Tier>().unwrap(), tier, "{text}");
        }
        for tier in [
            Tier::One,
            Tier::Two,
            Tier::WatchList,
            Tier::Three,
            Tier::Special,
        ] {
            assert_eq!(tier.code().parse::<Tier>().unwrap(), tier);
            assert_eq!(tier.label().parse::<Tier>().unwrap(), tier);
        }
        for text in ["4", "", "tier", "2 list"] {
            assert!(text.parse::<Tier>().is_err(), "{text}");
        }
    }
}
