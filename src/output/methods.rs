//! What a methods section says of a search, from its receipt, after the items
//! of PRISMA-S that apply to a search of a corpus (Rethlefsen et al. 2021,
//! Systematic Reviews 10:39, doi:10.1186/s13643-020-01542-z).

use serde::Serialize;

use super::text::{count, grouped};
use crate::desk::Receipt;
use crate::desk::receipt::SearchRecord;
use crate::query::filter::{STRICT_SHOWN, STRICT_VALUE};
use crate::query::{MatchMode, STRICT, parse};

/// How many digits of a digest are printed.
const DIGITS: usize = 12;
/// How many words of a pattern are named.
const NAMED: usize = 20;

/// An item of PRISMA-S and what the receipt says to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Its number.
    pub item: u32,
    /// Its name.
    pub name: &'static str,
    /// One or more sentences.
    pub text: String,
}

/// What a receipt says to each item, in order; the texts one after another are
/// a paragraph.
pub fn methods(receipt: &Receipt) -> Vec<Item> {
    let item = |item, name, text: String| Item { item, name, text };
    let searches = &receipt.searches;
    vec![
        item(1, "database name", database(receipt)),
        item(8, "full search strategies", strategies(searches)),
        item(9, "limits and restrictions", limits(searches)),
        item(13, "dates of searches", date(receipt)),
        item(15, "total records", total(receipt)),
        item(16, "deduplication", copies(receipt)),
    ]
}

fn database(receipt: &Receipt) -> String {
    let corpus = &receipt.corpus;
    let series = corpus.series.iter().map(|(name, series)| {
        let years = match series.years.as_str() {
            "" => String::new(),
            years => format!(", {years}"),
        };
        format!("`{name}`: {}{years}", count(series.reports, "report"))
    });
    let series: Vec<String> = series.collect();
    let mut text = format!(
        "We searched a corpus of {} ({}; {}, {}) with pincite {}, in a local index built on {} (SHA-256 of the corpus {}).",
        count(corpus.counts.reports, "report"),
        series.join("; "),
        count(corpus.counts.passages, "passage"),
        count(corpus.counts.words, "word"),
        receipt.pincite,
        day(&corpus.built),
        short(&corpus.digest),
    );
    let gaps = &corpus.gaps;
    if gaps.missing > 0 {
        text.push_str(&format!(
            " Of countries with a report in some year of a series, {} between its first and its last year {} none in the corpus.",
            count(gaps.missing, "country-year"),
            if gaps.missing == 1 { "has" } else { "have" },
        ));
    }
    for (note, reports) in &corpus.notes {
        let of = count(*reports, "report");
        text.push_str(&format!(" Note of {of}: {note}."));
    }
    if gaps.files_without_report > 0 {
        text.push_str(&format!(
            " {} of {} gave no report.",
            grouped(gaps.files_without_report),
            count(corpus.counts.files, "file"),
        ));
    }
    text
}

fn strategies(searches: &[SearchRecord]) -> String {
    let all: Vec<String> = searches.iter().map(strategy).collect();
    let rules = "Unless a query says otherwise, words match their inflections, words side by side all have to match in one passage, function words beside others aside, and phrases match word for word.";
    match all.len() {
        0 => "No search was run.".to_owned(),
        1 if searches[0].query.is_none() => "No query was given: all passages count.".to_owned(),
        1 => format!("The search was run as typed here: {} {rules}", all[0]),
        n => format!(
            "{n} searches were run as typed here: {} {rules}",
            all.join(" ")
        ),
    }
}

fn strategy(search: &SearchRecord) -> String {
    let name = search.id.as_ref().map(|id| format!("({id}) "));
    let name = name.unwrap_or_default();
    let (Some(query), Some(understood)) = (&search.query, &search.understood) else {
        return format!("{name}all passages.");
    };
    let mut text = format!("{name}`{query}`");
    if understood != query {
        text.push_str(&format!(" (understood as `{understood}`)"));
    }
    text.push('.');
    if search.reading.literal {
        text.push_str(" It was taken as plain words.");
    }
    if search.reading.mode == MatchMode::Any {
        text.push_str(" Of words side by side at least one had to match.");
    }
    let parsed = parse(understood, search.reading.mode);
    let optional = parsed.map(|parsed| {
        let words = parsed.tree.optional_words();
        words
            .into_iter()
            .map(|word| format!("`{word}`"))
            .collect::<Vec<_>>()
    });
    let optional = optional.unwrap_or_default();
    if !optional.is_empty() {
        text.push_str(&format!(" Not every match has {}.", optional.join(", ")));
    }
    for pattern in &search.expansions {
        let words: Vec<&str> = pattern.words.keys().map(String::as_str).collect();
        let named = words[..words.len().min(NAMED)].join(", ");
        let more = match words.len() - words.len().min(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let all = count(words.len() as u64, "word");
        let stood = format!("stood for {all} of the corpus");
        text.push_str(&match words.is_empty() {
            true => format!(" The pattern `{}` {stood}.", pattern.pattern),
            false => format!(" The pattern `{}` {stood}: {named}{more}.", pattern.pattern),
        });
    }
    for added in &search.added {
        let words = added.words.join(", ");
        text.push_str(&format!(" Searched for beside {}: {words}.", added.of));
    }
    text
}

fn limits(searches: &[SearchRecord]) -> String {
    let of = |search: &SearchRecord| -> String {
        let filters = search.filters.typed.iter().map(|(name, values)| {
            let values = values.join(" or ");
            match name.strip_prefix("not-") {
                _ if name == STRICT && values == STRICT_VALUE => STRICT_SHOWN.to_owned(),
                Some(name) => format!("{name} not {values}"),
                None => format!("{name} {values}"),
            }
        });
        filters.collect::<Vec<_>>().join("; ")
    };
    let all: Vec<String> = searches.iter().map(of).collect();
    let first = all.first().map_or("", String::as_str);
    if all.iter().all(|limits| limits == first) {
        return match first {
            "" => "No limits were set.".to_owned(),
            limits => format!("Limits: {limits}."),
        };
    }
    let named = searches.iter().zip(&all).filter(|(_, l)| !l.is_empty());
    let named = named.map(|(search, limits)| format!("{}: {limits}", name(search)));
    format!("Limits of {}.", named.collect::<Vec<_>>().join("; of "))
}

fn date(receipt: &Receipt) -> String {
    let what = match receipt.searches.len() {
        1 => "The search was run",
        _ => "The searches were run",
    };
    format!("{what} on {} (UTC).", day(&receipt.date))
}

fn total(receipt: &Receipt) -> String {
    let found = |search: &SearchRecord| {
        let counts = search.counts;
        let hits = match search.query {
            Some(_) if counts.hits == 1 => " (1 match)".to_owned(),
            Some(_) => format!(" ({} matches)", grouped(counts.hits)),
            None => String::new(),
        };
        let passages = count(counts.passages, "passage");
        format!("{passages}{hits} in {}", count(counts.reports, "report"))
    };
    let found = match receipt.searches.as_slice() {
        [search] => format!("It found {}.", found(search)),
        searches => {
            let all = searches.iter();
            let all = all.map(|search| format!("{} found {}", name(search), found(search)));
            format!("{}.", all.collect::<Vec<_>>().join("; "))
        }
    };
    format!(
        "{found} The receipt of the search (digest {}) keeps what was found by hashes of the texts; `pincite replay` runs it again.",
        short(&receipt.digest)
    )
}

fn copies(receipt: &Receipt) -> String {
    match receipt.corpus.gaps.left_out {
        0 => "A passage counts once; no report was in the corpus twice.".to_owned(),
        1 => "A passage counts once; 1 copy of a report was left out when the index was built, in favour of a better source.".to_owned(),
        n => format!(
            "A passage counts once; {} copies of reports were left out when the index was built, in favour of better sources.",
            grouped(n)
        ),
    }
}

/// What a search of several is called.
fn name(search: &SearchRecord) -> String {
    match (&search.id, &search.query) {
        (Some(id), _) => format!("({id})"),
        (None, Some(query)) => format!("`{query}`"),
        (None, None) => "all passages".to_owned(),
    }
}

fn short(digest: &str) -> &str {
    digest.get(..DIGITS).unwrap_or(digest)
}

/// The day of a time, as `26 November 2026`.
fn day(time: &str) -> String {
    match time.parse::<jiff::Timestamp>() {
        Ok(time) => time.strftime("%-d %B %Y").to_string(),
        Err(_) => time.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        assert_eq!(day("2026-11-06T15:51:59Z"), "6 November 2026");
        assert_eq!(day("then"), "then");
    }
}
