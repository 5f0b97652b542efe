//! Why an answer is another than that of a receipt, as far as can be told.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::desk::receipt::{Receipt, SearchRecord};
use crate::index::{FacetName, OpenIndex};
use crate::query::{Parsed, Reading};

/// Something that is other than it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Reason {
    /// The version of pincite that searches, or that built the index.
    Version {
        /// Then.
        before: String,
        /// Now.
        now: String,
    },
    /// The rules for words, or the format of the index.
    Words {
        /// Then.
        before: String,
        /// Now.
        now: String,
    },
    /// The profiles that cut reports into passages.
    Profiles,
    /// The lexicon that gives the themes, where the search asks for one.
    Lexicon,
    /// The built-in synonyms.
    BuiltInSynonyms,
    /// A file of synonyms.
    Synonyms {
        /// Its path.
        path: String,
    },
    /// What the query is understood as.
    Understood {
        /// Then.
        before: String,
        /// Now.
        now: String,
    },
    /// The words that a pattern stands for.
    Pattern {
        /// The pattern.
        pattern: String,
        /// Words that it did not stand for.
        new: Vec<String>,
        /// Words that it stands for no more.
        gone: Vec<String>,
    },
    /// The values that a filter means.
    Filter {
        /// The name of the filter.
        filter: String,
        /// Values that it did not mean.
        new: Vec<String>,
        /// Values that it means no more.
        gone: Vec<String>,
    },
    /// The corpus, of which no more can be told.
    Corpus,
    /// What became of the reports of what is new, changed and gone.
    Reports {
        /// Of what is new.
        new: InReports,
        /// Of what changed.
        changed: InReports,
        /// Of what is gone.
        gone: InReports,
    },
}

/// How many passages (or reports of an answer kept by report) are in reports
/// that became so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct InReports {
    /// In reports that were added to the corpus.
    pub new: u64,
    /// In reports that say something else.
    pub changed: u64,
    /// In reports that are not in the corpus any more.
    pub gone: u64,
    /// In reports that are as they were.
    pub same: u64,
}

/// What is other about pincite and the index, whatever is searched for.
pub(super) fn of_index(receipt: &Receipt, index: &OpenIndex) -> Vec<Reason> {
    let (then, manifest) = (&receipt.corpus, &index.manifest);
    let ours = env!("CARGO_PKG_VERSION");
    let mut reasons = Vec::new();
    for (before, now) in [
        (receipt.pincite.as_str(), ours),
        (then.built_by.as_str(), manifest.pincite.as_str()),
    ] {
        let version = Reason::Version {
            before: before.to_owned(),
            now: now.to_owned(),
        };
        if before != now && !reasons.contains(&version) {
            reasons.push(version);
        }
    }
    let words = |format: u32, tokenizer: &str| format!("format {format}, {tokenizer}");
    let before = words(then.format, &then.tokenizer);
    let now = words(manifest.format, &manifest.tokenizer);
    if before != now {
        reasons.push(Reason::Words { before, now });
    }
    if then.profiles != manifest.profiles {
        reasons.push(Reason::Profiles);
    }
    reasons
}

/// What is other about a search itself.
pub(super) fn of_search(
    before: &SearchRecord,
    now: &SearchRecord,
    receipt: &Receipt,
    index: &OpenIndex,
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if receipt.corpus.lexicon != index.manifest.lexicon && asks_for_themes(now) {
        reasons.push(Reason::Lexicon);
    }
    if before.reading.expand != now.reading.expand {
        reasons.push(Reason::BuiltInSynonyms);
    }
    if let Some(file) = &now.reading.synonyms
        && before.reading.synonyms.as_ref() != Some(file)
    {
        reasons.push(Reason::Synonyms {
            path: file.path.clone(),
        });
    }
    if let (Some(before), Some(now)) = (&before.understood, &now.understood)
        && before != now
    {
        reasons.push(Reason::Understood {
            before: before.clone(),
            now: now.clone(),
        });
    }
    for pattern in &now.expansions {
        let then = before.expansions.iter();
        let then = then.filter(|p| p.pattern == pattern.pattern);
        let words: Vec<&String> = then.flat_map(|p| p.words.keys()).collect();
        let (new, gone) = apart(&words, &pattern.words.keys().collect::<Vec<_>>());
        if !(new.is_empty() && gone.is_empty()) {
            reasons.push(Reason::Pattern {
                pattern: pattern.pattern.clone(),
                new,
                gone,
            });
        }
    }
    let (then, now) = (&before.filters.resolved, &now.filters.resolved);
    for (filter, values) in now {
        let (new, gone) = apart(&list(then, filter), &values.iter().collect::<Vec<_>>());
        if !(new.is_empty() && gone.is_empty()) {
            reasons.push(Reason::Filter {
                filter: filter.clone(),
                new,
                gone,
            });
        }
    }
    reasons
}

fn list<'a>(filters: &'a BTreeMap<String, Vec<String>>, name: &str) -> Vec<&'a String> {
    filters.get(name).into_iter().flatten().collect()
}

/// What is in the second list alone, and what is in the first alone.
fn apart(before: &[&String], now: &[&String]) -> (Vec<String>, Vec<String>) {
    let but = |list: &[&String], other: &[&String]| {
        let rest = list.iter().filter(|value| !other.contains(value));
        rest.map(|value| (*value).clone()).collect()
    };
    (but(now, before), but(before, now))
}

/// Whether a search asks for a theme, by a filter or in its query.
fn asks_for_themes(search: &SearchRecord) -> bool {
    let typed = &search.filters.typed;
    let by_filter = typed.contains_key("theme") || typed.contains_key("not-theme");
    by_filter || parsed(search).is_some_and(|query| query.tree.asks_for(FacetName::Theme))
}

/// The query without synonyms, which never ask for a facet.
fn parsed(search: &SearchRecord) -> Option<Parsed> {
    let reading = Reading {
        mode: search.reading.mode,
        literal: search.reading.literal,
        synonyms: None,
    };
    reading.read(search.query.as_ref()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_one_list_alone() {
        let list = |words: &str| -> Vec<String> { words.split(' ').map(str::to_owned).collect() };
        let (before, now) = (list("a b c"), list("b c d"));
        let (before, now): (Vec<_>, Vec<_>) = (before.iter().collect(), now.iter().collect());
        assert_eq!(apart(&before, &now), (list("d"), list("a")));
    }
}
