//! Chains of likeness: from a passage to those that are like it, and on to those
//! that are like them.

use std::collections::BTreeMap;

use tantivy::DocId;

use crate::text::{Likeness, Wording};

/// How a passage was found.
#[derive(Clone, Copy)]
pub(super) struct Found {
    /// The passage that it is like.
    pub(super) by: DocId,
    pub(super) likeness: Likeness,
}

/// A passage and all that a chain of likeness leads to from it: each is like the
/// one by way of which it was found, the nearest of those found a step before.
pub(super) fn chain(from: DocId, known: &BTreeMap<DocId, Wording>) -> BTreeMap<DocId, Found> {
    let itself = Found {
        by: from,
        likeness: Likeness::Same,
    };
    let mut found = BTreeMap::from([(from, itself)]);
    let mut last = vec![from];
    while !last.is_empty() {
        let mut next: BTreeMap<DocId, Found> = BTreeMap::new();
        for (doc, wording) in known.iter().filter(|(doc, _)| !found.contains_key(doc)) {
            let near = last.iter().filter_map(|by| {
                let likeness = known.get(by)?.likeness(wording)?;
                Some(Found { by: *by, likeness })
            });
            // Of equals the first.
            let best = near.reduce(|best, other| {
                match other.likeness.resemblance() > best.likeness.resemblance() {
                    true => other,
                    false => best,
                }
            });
            next.extend(best.map(|best| (*doc, best)));
        }
        last = next.keys().copied().collect();
        found.extend(next);
    }
    found
}
