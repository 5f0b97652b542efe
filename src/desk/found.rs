//! What a search found, kept so that it can be compared with what it finds
//! another time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tantivy::DocId;

use crate::error::Result;
use crate::index::OpenIndex;
use crate::text::digest::sha256;

/// The passages that a search found: the hash of each
/// ([`Passage::hash`](crate::report::Passage::hash)) by its id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Found(BTreeMap<String, String>);

/// How what was found differs from what was found before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The ids of passages that were not found before, in order.
    pub new: Vec<String>,
    /// The ids of passages that say something else than before, in order.
    pub changed: Vec<String>,
    /// The ids of passages that are not found any more, in order.
    pub gone: Vec<String>,
    /// How many passages are as before.
    pub same: usize,
}

impl Found {
    /// Passages of an index.
    ///
    /// # Errors
    /// A damaged index.
    pub fn of(index: &OpenIndex, docs: &[DocId]) -> Result<Self> {
        let mut reader = index.passages();
        let passages = docs.iter().map(|doc| {
            let passage = reader.passage(*doc)?;
            Ok((passage.id.to_string(), passage.hash()))
        });
        passages.collect::<Result<_>>().map(Found)
    }

    /// How many passages there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ids with their hashes, in order of id as text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(id, hash)| (id.as_str(), hash.as_str()))
    }

    /// A digest of all ids and hashes: SHA-256 in lower-case hexadecimal.
    pub fn digest(&self) -> String {
        let lines = self.iter().map(|(id, hash)| format!("{id} {hash}\n"));
        sha256(lines.collect::<String>().as_bytes())
    }

    /// How `now` differs from this.
    pub fn difference(&self, now: &Found) -> Difference {
        let mut difference = Difference::default();
        for (id, hash) in &now.0 {
            match self.0.get(id) {
                None => difference.new.push(id.clone()),
                Some(before) if before != hash => difference.changed.push(id.clone()),
                Some(_) => difference.same += 1,
            }
        }
        let gone = self.0.keys().filter(|id| !now.0.contains_key(*id));
        difference.gone.extend(gone.cloned());
        difference
    }
}

impl Difference {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.gone.is_empty()
    }
}

impl FromIterator<(String, String)> for Found {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(passages: I) -> Self {
        Found(passages.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(passages: &[(&str, &str)]) -> Found {
        let owned = passages.iter().map(|(i, h)| (i.to_string(), h.to_string()));
        owned.collect()
    }

    #[test]
    fn every_passage_is_new_changed_gone_or_the_same() {
        let before = found(&[("a:1", "x"), ("b:1", "x"), ("c:1", "x")]);
        let now = found(&[("b:1", "y"), ("c:1", "x"), ("d:1", "x")]);
        let difference = before.difference(&now);
        assert_eq!(difference.new, ["d:1"]);
        assert_eq!(difference.changed, ["b:1"]);
        assert_eq!(difference.gone, ["a:1"]);
        assert_eq!(difference.same, 1);
        assert!(!difference.is_empty() && before.difference(&before).is_empty());
        assert_ne!(before.digest(), now.digest());
        let kept = serde_json::to_string(&before).unwrap();
        assert_eq!(serde_json::from_str::<Found>(&kept).unwrap(), before);
    }
}
