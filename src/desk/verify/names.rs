//! How drafts name a report and a place in it, other than by id: addresses,
//! titles in other words, `para. 3`.

use std::collections::HashSet;

use crate::cite::pincite::locator;
use crate::report::{Passage, ReportInfo};
use crate::text::fold::{fold, fold_name};

/// Words that stand before a source and are no part of it.
const LEADS: [&str; 7] = [
    "see also ",
    "see, e.g., ",
    "see ",
    "cf. ",
    "cited in ",
    "from ",
    "in ",
];

/// Words that a draft may put into any name of a report.
const FREE: [&str; 12] = [
    "the",
    "of",
    "in",
    "on",
    "for",
    "a",
    "us",
    "report",
    "narrative",
    "country",
    "dept",
    "department",
];

/// A source without the words that lead to it and the sign that ends it.
pub(super) fn without_lead(typed: &str) -> &str {
    let typed = typed.trim().trim_end_matches(['.', ';', ',']);
    let lower = typed.to_lowercase();
    let lead = LEADS.iter().find(|lead| lower.starts_with(**lead));
    lead.and_then(|lead| typed.get(lead.len()..))
        .unwrap_or(typed)
        .trim()
}

/// The addresses in a text, each so that forms of one address are the same.
pub(super) fn addresses(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| c.is_whitespace() || "<>()[]\"“”".contains(c))
        .filter_map(address)
}

/// An address without scheme, `www.`, fragment and the signs behind it.
pub(super) fn address(word: &str) -> Option<String> {
    let word = word.trim_end_matches(['.', ',', ';', ':']);
    let lower = word.to_ascii_lowercase();
    let host = ["https://", "http://"]
        .iter()
        .find(|scheme| lower.starts_with(**scheme));
    let bare = match host {
        Some(scheme) => &lower[scheme.len()..],
        None => lower.strip_prefix("www.").map(|_| lower.as_str())?,
    };
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let bare = bare.split('#').next().unwrap_or_default();
    Some(bare.trim_end_matches('/').to_owned()).filter(|bare| bare.contains('.'))
}

/// Whether a text names a report in other words than its title: with its
/// country and year, and else with words of its title, series and publication
/// alone.
pub(super) fn is_named(info: &ReportInfo, typed: &HashSet<String>) -> bool {
    let (Some(country), Some(year)) = (&info.country, info.year) else {
        return false;
    };
    if !typed.contains(&year.to_string()) {
        return false;
    }
    let has_all = |name: &str| words(name).iter().all(|word| typed.contains(word));
    if !has_all(&country.name) && !has_all(&country.printed) {
        return false;
    }
    let publication = &info.publication;
    let told = [
        &publication.author,
        &publication.publisher,
        &publication.number,
    ];
    let told = told.into_iter().flatten().map(|told| told.value.as_str());
    let own = [&publication.part, &publication.container, &publication.key];
    let own = own.into_iter().flatten().map(String::as_str);
    let named = told.chain(own).chain([
        info.title.as_str(),
        info.series.as_str(),
        country.name.as_str(),
        country.printed.as_str(),
    ]);
    let known: HashSet<String> = named.flat_map(words).collect();
    let is_known = |word: &String| known.contains(word) || FREE.contains(&word.as_str());
    // A country and a year alone are no report.
    let says_what = words(&info.title)
        .into_iter()
        .chain(words(info.series.as_str()));
    let about = words(&country.name);
    let says_what = says_what
        .filter(|word| !about.contains(word) && !FREE.contains(&word.as_str()))
        .any(|word| word != year.to_string() && typed.contains(&word));
    says_what && typed.iter().all(is_known)
}

/// The words of a name, folded.
pub(super) fn words(text: &str) -> HashSet<String> {
    let folded = fold_name(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether what a draft says behind the name of a report may be a place in it.
pub(super) fn is_pinpoint(typed: &str) -> bool {
    let typed = place_key(typed);
    let mut words = typed.split([' ', ',']).filter(|word| !word.is_empty());
    let is_known = |word: &str| {
        matches!(
            word,
            "para"
                | "p"
                | "pp"
                | "page"
                | "pages"
                | "sec"
                | "section"
                | "ch"
                | "chapter"
                | "art"
                | "line"
        ) || word.starts_with(|c: char| c.is_ascii_digit())
    };
    !typed.is_empty() && typed.contains(|c: char| c.is_ascii_digit()) && words.all(is_known)
}

/// Whether a place that a draft names is that of a passage: `Protection, para.
/// 3`, `¶ 3`, `at paragraph 3, p. 12`.
pub(super) fn is_at(passage: &Passage, typed: &str) -> bool {
    let typed = place_key(typed);
    let own = place_key(&locator(passage));
    let own = own.as_str();
    let without_page = own.rsplit_once(", p ").map_or(own, |(place, _)| place);
    let paragraph = |place: &str| -> Option<String> {
        let at = place.rfind("para ")?;
        Some(place[at..].to_owned())
    };
    typed == own
        || typed == without_page
        || typed.starts_with("para ") && paragraph(without_page).as_deref() == Some(&typed)
}

/// Whether a place that a draft names is one paragraph by its number alone.
pub(super) fn is_paragraph(typed: &str) -> bool {
    let key = place_key(typed);
    let number = key.strip_prefix("para ").unwrap_or_default();
    !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
}

fn place_key(place: &str) -> String {
    let spaced = fold(place).replace('¶', " para ").replace('§', " sec ");
    let key = fold_name(&spaced);
    let words = key.split(' ').filter(|word| *word != "at");
    let words = words.map(|word| match word {
        "paragraph" | "paragraphs" | "paras" | "par" => "para",
        "page" | "pages" | "pp" => "p",
        word => word,
    });
    let key: Vec<&str> = words.collect();
    key.join(" ").trim_matches([',', ' ']).replace(" ,", ",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::verify::tests::source;

    #[test]
    fn addresses_are_one_in_all_forms() {
        for typed in [
            "https://www.example.org/a/b/",
            "http://example.org/a/b#c.",
            "see <HTTPS://example.org/a/b>, p. 3",
            "(www.example.org/a/b)",
        ] {
            let found: Vec<String> = addresses(typed).collect();
            assert_eq!(found, ["example.org/a/b"], "{typed}");
        }
        assert_eq!(addresses("tip-2021-khm, para. 3").count(), 0);
    }

    #[test]
    fn places_are_one_in_all_forms() {
        let source = source(&["one", "two"]);
        for typed in [
            "para. 2",
            "¶ 2",
            "¶2",
            "paragraph 2",
            "at para. 2",
            ", para. 2.",
        ] {
            assert!(is_at(&source.passages[1], typed), "{typed}");
            assert!(!is_at(&source.passages[0], typed), "{typed}");
            assert!(is_pinpoint(typed), "{typed}");
        }
        assert!(is_paragraph("at ¶ 9.") && !is_paragraph("Protection, para. 9"));
        for typed in ["p. 3", "at 5", "§ 4", "12-14"] {
            assert!(is_pinpoint(typed), "{typed}");
        }
        for typed in ["", "and Report C", "para.", "3 Report"] {
            assert!(!is_pinpoint(typed), "{typed}");
        }
    }
}
