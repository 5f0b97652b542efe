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

/// How what was found differs from what was found before. Each passage of both
/// times is in exactly one of the lists or among the same, but that a passage
/// that was divided or joined is there once for each part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The ids of passages that were not found before, in order.
    pub new: Vec<String>,
    /// Passages that have another id now and say the same.
    pub moved: Vec<Carried>,
    /// Passages that say the same behind another printed number.
    pub renumbered: Vec<Carried>,
    /// The parts of passages that were divided.
    pub divided: Vec<Carried>,
    /// Passages that were joined into one, each with that one.
    pub joined: Vec<Carried>,
    /// The ids of passages that say something else than before, in order.
    pub changed: Vec<String>,
    /// The ids of passages that are not found any more, in order.
    pub gone: Vec<String>,
    /// How many passages are as before.
    pub same: usize,
}

/// The id of a passage that differs, and where its words stood before if they are
/// kept.
pub type Told<'d> = (&'d str, Option<&'d str>);

/// A passage whose words are kept under another id, number or division.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Carried {
    /// Its id now.
    pub id: String,
    /// The id under which its words stood.
    pub was: String,
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

    /// How `now` differs from this by the ids alone, as of reports, whose ids say
    /// what they are; see [`changes`](super::changes()) for passages.
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
        self.kinds().iter().all(|(_, passages)| passages.is_empty())
    }

    /// The passages that differ by how they do, in the order in which they are
    /// told: the id, and what it was where its words are kept.
    pub fn kinds(&self) -> [(&'static str, Vec<Told<'_>>); 7] {
        fn ids(list: &[String]) -> Vec<Told<'_>> {
            list.iter().map(|id| (id.as_str(), None)).collect()
        }
        fn carried(list: &[Carried]) -> Vec<Told<'_>> {
            list.iter()
                .map(|one| (one.id.as_str(), Some(one.was.as_str())))
                .collect()
        }
        [
            ("new", ids(&self.new)),
            ("moved", carried(&self.moved)),
            ("renumbered", carried(&self.renumbered)),
            ("divided", carried(&self.divided)),
            ("joined", carried(&self.joined)),
            ("changed", ids(&self.changed)),
            ("gone", ids(&self.gone)),
        ]
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
