//! The Bluebook form, which no style of hayagriva carries.
//!
//! Institutional author and title in capitals (small capitals in print), the
//! paragraph by its sign, the page after `at`, the year in parentheses, then the URL (The
//! Bluebook, rules 15.1(d), 15.3 and 18.2).

use super::record::SourceRecord;

/// A Bluebook citation of a source and the places in it.
pub fn bluebook(record: &SourceRecord) -> String {
    let mut citation = String::new();
    if let Some(author) = &record.author {
        let author = author.replace("Department", "Dep’t");
        citation.push_str(&capitals(&author));
        citation.push_str(", ");
    }
    if let Some(number) = record.number_beside_title() {
        let by_other = record
            .publisher
            .as_ref()
            .filter(|p| record.author.as_ref() != Some(p));
        let by_other = by_other.map(String::as_str);
        for part in by_other.into_iter().chain([number]) {
            citation.push_str(&capitals(part));
            citation.push_str(", ");
        }
    }
    let title = match &record.container {
        Some(container) => format!("{container}: {}", record.title),
        None => record.title.clone(),
    };
    citation.push_str(&capitals(&title));
    for locator in &record.locators {
        let section = locator
            .section
            .as_ref()
            .map(|s| format!("{s} "))
            .unwrap_or_default();
        let paragraph = locator.paragraph.as_ref().map(|n| format!("¶ {n}"));
        let place = format!("{section}{}", paragraph.unwrap_or_default());
        citation.push_str(&format!(", {}", place.trim_end()));
        if let Some(page) = locator.page {
            citation.push_str(&format!(", at {page}"));
        }
    }
    if let Some(year) = record.year {
        citation.push_str(&format!(" ({year})"));
    }
    if let Some(url) = &record.url {
        citation.push_str(&format!(", {url}"));
    }
    citation.push('.');
    citation
}

fn capitals(text: &str) -> String {
    // `Dep’t` and its kind keep their ending in capitals too.
    text.to_uppercase()
}
