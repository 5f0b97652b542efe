//! Receipts: what a search was, what it found and what it was run on, kept so
//! that others can run it again. `docs/receipts.md` describes the file.

mod corpus;
mod reading;
mod search;

use serde::{Deserialize, Serialize};

pub(super) use corpus::hashes_of;
pub use corpus::{CorpusRecord, GapsRecord, REPORTS_KEPT, SeriesRecord};
pub use reading::{ReadingRecord, SynonymsRecord};
pub use search::{
    AddedRecord, Answer, FiltersRecord, PASSAGES_KEPT, PatternRecord, ReportAnswer, SearchCounts,
    SearchRecord, Searched, typed_filters,
};
pub(super) use search::{by_report, report_of, resolved_filters};

use super::answer::{Answered, answer_digest};
use crate::error::{Error, Result};
use crate::index::{Ledger, OpenIndex};
use crate::text::digest::sha256;

/// The version of the file, in its key `schema`.
pub const SCHEMA: u32 = 1;
/// The id of the search for all passages that a command compares with: what
/// shares are of, what key words are keys against.
pub const REFERENCE: &str = "reference";
/// What tells a receipt from other JSON, in its key `kind`.
pub const KIND: &str = "pincite receipt";

/// What searches were, what they found and what they were run on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// [`KIND`].
    pub kind: String,
    /// [`SCHEMA`].
    pub schema: u32,
    /// The version of pincite that ran the searches.
    pub pincite: String,
    /// When they were run, RFC 3339, UTC.
    pub date: String,
    /// The command as typed, for a POSIX shell.
    pub command: String,
    /// What [`Receipt::digest_now`] gave when it was written.
    pub digest: String,
    /// The [answer digest](answer_digest), which charts print too.
    pub answer: String,
    /// The searches in order.
    pub searches: Vec<SearchRecord>,
    /// What they were run on.
    pub corpus: CorpusRecord,
}

impl Receipt {
    /// The receipt of searches on an index, run now by a command.
    ///
    /// # Errors
    /// A query that cannot be run on the index, or a damaged index.
    pub fn of(
        index: &OpenIndex,
        ledger: &Ledger,
        searches: &[Searched<'_>],
        command: String,
    ) -> Result<Self> {
        let searches = searches.iter().map(|search| search.record(index));
        let mut receipt = Receipt {
            kind: KIND.to_owned(),
            schema: SCHEMA,
            pincite: env!("CARGO_PKG_VERSION").to_owned(),
            date: now(),
            command,
            digest: String::new(),
            answer: String::new(),
            searches: searches.collect::<Result<_>>()?,
            corpus: CorpusRecord::of(index, ledger)?,
        };
        receipt.answer = receipt.answer_now();
        receipt.digest = receipt.digest_now();
        Ok(receipt)
    }

    /// The digest of all that it holds but this digest: SHA-256 in lower-case
    /// hexadecimal.
    pub fn digest_now(&self) -> String {
        let all = (
            (&self.kind, self.schema, &self.pincite, &self.date),
            (&self.command, &self.answer, &self.searches, &self.corpus),
        );
        // Plain structs with text keys always serialize.
        sha256(&serde_json::to_vec(&all).unwrap_or_default())
    }

    /// The [answer digest](answer_digest) of its searches, that of a
    /// [reference](REFERENCE) aside.
    pub fn answer_now(&self) -> String {
        let is_asked = |search: &&SearchRecord| search.id.as_deref() != Some(REFERENCE);
        let searches = self.searches.iter().filter(is_asked);
        let searches = searches.map(|search| Answered {
            query: search.query.clone(),
            understood: search.understood.clone(),
            filters: search.filters.resolved.clone(),
            counts: search.counts,
        });
        answer_digest(&self.corpus.digest, &searches.collect::<Vec<_>>())
    }

    /// Reads the text of a file; `name` is for errors.
    ///
    /// # Errors
    /// A text that is no receipt, one of another version, or a damaged one,
    /// with its line.
    pub fn read(text: &str, name: &str) -> Result<Self> {
        let head: Head = serde_json::from_str(text)
            .map_err(|e| told(format!("`{name}` is no receipt"), text, name, &e))?;
        if head.kind.as_deref() != Some(KIND) {
            return Err(Error::input(format!("`{name}` is no receipt of pincite"))
                .with_hint("`pincite search QUERY --receipt FILE` writes one"));
        }
        match head.schema {
            Some(schema) if schema == u64::from(SCHEMA) => {}
            Some(other) => {
                let by = head
                    .pincite
                    .map(|v| format!("by pincite {v} "))
                    .unwrap_or_default();
                let ours = env!("CARGO_PKG_VERSION");
                return Err(Error::input(format!(
                    "`{name}` was written {by}as a receipt of schema {other}, and this pincite {ours} reads schema {SCHEMA}"
                ))
                .with_hint("replay it with the pincite that wrote it"));
            }
            None => {
                return Err(Error::input(format!(
                    "`{name}` is a receipt without a schema"
                )));
            }
        }
        serde_json::from_str(text)
            .map_err(|e| told(format!("`{name}` is a damaged receipt"), text, name, &e))
    }
}

/// What tells a receipt and its version, whatever else it holds.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    schema: Option<u64>,
    #[serde(default)]
    pincite: Option<String>,
}

/// Whether a text is a receipt of some version, whole or not.
pub fn is_receipt(text: &str) -> bool {
    let head: Result<Head, _> = serde_json::from_str(text);
    head.is_ok_and(|head| head.kind.as_deref() == Some(KIND))
}

/// The time now, RFC 3339, UTC, in seconds.
pub fn now() -> String {
    let now = jiff::Timestamp::now();
    now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// An error of the reader of JSON, at its line.
pub(super) fn told(what: String, text: &str, name: &str, e: &serde_json::Error) -> Error {
    let message = e.to_string();
    let message = message.split(" at line").next().unwrap_or_default();
    let error = Error::input(format!("{what}: {message}"));
    if e.line() == 0 {
        return error.with_snippet(name, "", 0..0);
    }
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1));
    let start = starts.clone().nth(e.line() - 1).unwrap_or_default();
    let end = text[start..].find('\n').map_or(text.len(), |i| start + i);
    // The column is in bytes, from 1; it may fall inside a character.
    let mut at = (start + e.column().saturating_sub(1)).min(end);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let next = text[at..end].chars().next().map_or(0, char::len_utf8);
    error.in_file(name, text, at..at + next)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::desk::Found;
    use crate::index::Counts;
    use crate::query::MatchMode;

    prop_compose! {
        fn a_search()(
            id in proptest::option::of("[a-z0-9]{1,4}"),
            query in proptest::option::of("\\PC{0,30}"),
            words in proptest::collection::btree_map("\\PC{1,8}", any::<u32>(), 0..4),
            typed in proptest::collection::btree_map("(not-)?(year|theme)", proptest::collection::vec("\\PC{0,9}", 1..3), 0..3),
            found in proptest::collection::btree_map("[a-z]{3}:[0-9]", "[0-9a-f]{16}", 0..9),
            literal in any::<bool>(),
            expand in proptest::option::of("[0-9a-f]{8}"),
            hits in any::<u64>(),
        ) -> SearchRecord {
            let found: Found = found.into_iter().collect();
            SearchRecord {
                id,
                understood: query.clone(),
                reading: ReadingRecord {
                    mode: if literal { MatchMode::Any } else { MatchMode::All },
                    literal,
                    synonyms: expand.clone().map(|sha256| SynonymsRecord {
                        path: query.clone().unwrap_or_default(),
                        sha256,
                    }),
                    expand,
                },
                query,
                added: Vec::new(),
                expansions: vec![PatternRecord { pattern: "a*".to_owned(), words }],
                filters: FiltersRecord { resolved: typed.clone(), typed },
                counts: SearchCounts { passages: found.len() as u64, reports: 0, hits },
                answer: Answer::of(&found),
            }
        }
    }

    fn receipt(searches: Vec<SearchRecord>) -> Receipt {
        let mut receipt = Receipt {
            kind: KIND.to_owned(),
            schema: SCHEMA,
            pincite: "0.1.0".to_owned(),
            date: now(),
            command: "pincite search 'a'".to_owned(),
            digest: String::new(),
            answer: String::new(),
            searches,
            corpus: CorpusRecord {
                counts: Counts::default(),
                reports: Some(BTreeMap::new()),
                ..CorpusRecord::default()
            },
        };
        receipt.digest = receipt.digest_now();
        receipt
    }

    proptest! {
        #[test]
        fn receipts_come_back(searches in proptest::collection::vec(a_search(), 0..3)) {
            let receipt = receipt(searches);
            let text = serde_json::to_string_pretty(&receipt).unwrap();
            let read = Receipt::read(&text, "r.json").unwrap();
            prop_assert_eq!(&read, &receipt);
            prop_assert_eq!(read.digest_now(), receipt.digest);
        }

        #[test]
        fn no_text_is_too_much(text in "\\PC{0,60}", cut in any::<prop::sample::Index>()) {
            prop_assert!(Receipt::read(&text, "r.json").is_err());
            let whole = serde_json::to_string_pretty(&receipt(Vec::new())).unwrap();
            let at = cut.index(whole.len());
            prop_assert!(Receipt::read(&whole[..at], "r.json").is_err());
        }
    }

    #[test]
    fn what_is_no_receipt_of_this_version_is_told() {
        let whole = serde_json::to_string_pretty(&receipt(Vec::new())).unwrap();
        for (text, message, place) in [
            (
                "{\n  \"a\": 1,\n  é\n}".to_owned(),
                "`r.json` is no receipt: key must be a string",
                Some("r.json:3"),
            ),
            (
                "{\"schema\": 1}".to_owned(),
                "`r.json` is no receipt of pincite",
                None,
            ),
            ("[]".to_owned(), "`r.json` is no receipt of pincite", None),
            (
                whole.replace("\"schema\": 1", "\"schema\": 2"),
                "`r.json` was written by pincite 0.1.0 as a receipt of schema 2, and this pincite",
                None,
            ),
            (
                whole.replace("\"searches\": []", "\"searches\": 7"),
                "`r.json` is a damaged receipt: invalid type: integer `7`",
                Some("r.json:9"),
            ),
        ] {
            let error = Receipt::read(&text, "r.json").unwrap_err();
            assert!(error.to_string().starts_with(message), "{error}");
            if let Some(place) = place {
                assert_eq!(error.snippet().unwrap().place, place);
            }
        }
        assert!(is_receipt(&whole.replace("\"schema\": 1", "\"schema\": 2")));
        assert!(!is_receipt("{\"kind\": 7}") && !is_receipt("kiln"));
    }
}
