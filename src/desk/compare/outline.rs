//! What changed in the outline of a report: where it did, paragraphs may seem to
//! be added, removed or moved that were not.

use super::rows::order_of;
use super::{SectionChange, SectionSide};
use crate::report::FactSource;

/// A change of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutlineChange {
    /// A section is in the old edition alone: its key.
    Gone(String),
    /// A section is in the new edition alone: its key.
    New(String),
    /// What tells where a section begins is another: a heading in the one, the
    /// wording in the other, so it may begin elsewhere.
    Source {
        /// The key of the section.
        key: String,
        /// What tells it in the old edition.
        old: Option<FactSource>,
        /// What tells it in the new edition.
        new: Option<FactSource>,
    },
    /// The sections of both come in another order: their keys in the new one.
    Order(Vec<String>),
}

impl OutlineChange {
    /// Whether it is about some sections, by their keys.
    pub(super) fn is_in(&self, keys: &[&str]) -> bool {
        match self {
            OutlineChange::Gone(key)
            | OutlineChange::New(key)
            | OutlineChange::Source { key, .. } => keys.contains(&key.as_str()),
            OutlineChange::Order(order) => order.iter().all(|key| keys.contains(&key.as_str())),
        }
    }
}

/// What changed in the outline; the keys are those of the paragraphs of the old
/// edition and of the new one.
pub(super) fn changes(sections: &[SectionChange], keys: [&[String]; 2]) -> Vec<OutlineChange> {
    let mut changes = Vec::new();
    for section in sections {
        let key = section.key.clone();
        let source = |side: &SectionSide| side.name.source;
        match (&section.old, &section.new) {
            (Some(_), None) => changes.push(OutlineChange::Gone(key)),
            (None, Some(_)) => changes.push(OutlineChange::New(key)),
            (Some(old), Some(new)) if source(old) != source(new) => {
                changes.push(OutlineChange::Source {
                    key,
                    old: source(old),
                    new: source(new),
                });
            }
            _ => {}
        }
    }
    let [old, new] = keys.map(order_of);
    let shared = |one: &[&str], other: &[&str]| -> Vec<String> {
        let shared = one.iter().filter(|key| other.contains(key));
        shared.map(|key| (*key).to_owned()).collect()
    };
    let (before, now) = (shared(&old, &new), shared(&new, &old));
    if before != now {
        changes.push(OutlineChange::Order(now));
    }
    changes
}
