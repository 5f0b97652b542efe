//! Which of the dates on a cover is that of publication.

use std::sync::LazyLock;

use regex::Regex;

use super::{Unit, pattern, split};
use crate::format::LineKind;
use crate::text::dates;

/// How a date is marked, the best last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// It stands alone.
    None,
    /// It is said to be that of publication.
    Published,
    /// It is said to be that of the text as it stands.
    Updated,
}

static UPDATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:last |date )?(?:updated|revised|mise? à jour|actualizado|aktualisiert)(?: on| le| el| am)?\s*[:–-]?\s+(?<date>.+)$",
    )
});
static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^(?:(?:first |originally )?(?:published|released|posted|issued)(?: online)?(?: on)?",
        r"|(?:publication|release|issue|cover) date|date (?:of )?(?:publication|published|issued?|release)",
        r"|date[d]?|distr\.?:? ?(?:general|limited|restricted)|publiée?(?: le)?|publicad[oa](?: el| em)?",
        r"|veröffentlicht(?: am)?|date de publication|fecha(?: de publicación)?)\s*[:–-]?\s+(?<date>.+)$"
    ))
});
/// What stands before or above dates that are others than that of publication.
static OTHER_DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:effective(?: date)?|deadline(?: for \w+)?|due(?: date| by| on)?|expir\w*(?: on)?",
        r"|hearing(?: on| held)?|meeting|session|held(?: on)?|born(?: on)?|accessed|retrieved",
        r"|downloaded|printed|until|ended|ending|as of|adopted|approved|signed)\W*$"
    ))
});
/// The date of publication that the lines of a cover and its running heads
/// tell, ISO 8601; none where it is not sure.
pub(super) fn of_lines(units: &[Unit], heads: &[String]) -> Option<String> {
    let mut found: Vec<(Mark, String)> = Vec::new();
    for (n, unit) in units.iter().enumerate() {
        let before = n.checked_sub(1).map(|n| units[n].text.as_str());
        found.extend(of_line(unit, before));
    }
    let in_heads = heads.iter().flat_map(|head| split(head));
    found.extend(in_heads.filter_map(|part| Some((Mark::None, dates::in_words(&part)?))));
    let best = found.iter().map(|(mark, _)| *mark).max()?;
    let dates = found.into_iter().filter(|(mark, _)| *mark == best);
    settle(best, dates.map(|(_, date)| date).collect())
}

/// Whether a text is a date, marked or not.
pub(super) fn is_date(text: &str) -> bool {
    dated(text).is_some()
}

/// The date that a line of the cover says; `before` is the line before it.
fn of_line(unit: &Unit, before: Option<&str>) -> Option<(Mark, String)> {
    let found = split(&unit.text)
        .into_iter()
        .filter_map(|part| dated(&part));
    let (mark, date) = found.max_by_key(|(mark, _)| *mark)?;
    if mark != Mark::None {
        return Some((mark, date));
    }
    // A heading by its markup, or an item, that is a date is one of many.
    if unit.level.is_some() || unit.kind == LineKind::Item {
        return None;
    }
    let label = before.filter(|line| line.chars().count() < 80);
    match label {
        Some(label) if label.ends_with(':') => dated(&format!("{label} {date}")),
        Some(label) if OTHER_DATE.is_match(label) => None,
        _ => Some((mark, date)),
    }
}

/// The date that a text is, and what marks it.
fn dated(text: &str) -> Option<(Mark, String)> {
    for (label, mark) in [(&UPDATED, Mark::Updated), (&PUBLISHED, Mark::Published)] {
        if let Some(captures) = label.captures(text) {
            return Some((mark, dates::in_words(&captures["date"])?));
        }
    }
    Some((Mark::None, dates::in_words(text)?))
}

/// The one date of several: the latest update, else the first publication; of
/// unmarked ones the one that all agree with.
fn settle(mark: Mark, dates: Vec<String>) -> Option<String> {
    match mark {
        Mark::Updated => dates.into_iter().max(),
        Mark::Published => dates.into_iter().next(),
        Mark::None => {
            let longest = dates.iter().max_by_key(|date| date.len())?.clone();
            dates
                .iter()
                .all(|date| longest.starts_with(date.as_str()))
                .then_some(longest)
        }
    }
}
