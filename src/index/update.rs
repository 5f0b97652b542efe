//! What an update changed.

use std::collections::HashMap;

use serde::Serialize;

use super::ledger::Ledger;

/// How many reports an update added, changed and removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Update {
    /// Reports that the index did not hold before.
    pub added: u64,
    /// Reports that it holds otherwise than before.
    pub changed: u64,
    /// Reports that it holds no more.
    pub removed: u64,
    /// Reports that it holds as before.
    pub unchanged: u64,
    /// Files that were read; the others had not changed.
    pub files_read: u64,
    /// Whether all were read, as the profiles or pincite itself changed.
    pub read_anew: bool,
}

impl Update {
    /// What changed between two ledgers.
    pub(super) fn between(old: &Ledger, new: &Ledger) -> Self {
        let mut before = digests(old);
        let mut update = Update::default();
        for (id, digest) in digests(new) {
            match before.remove(id) {
                None => update.added += 1,
                Some(same) if same == digest => update.unchanged += 1,
                Some(_) => update.changed += 1,
            }
        }
        update.removed = before.len() as u64;
        update
    }
}

fn digests(ledger: &Ledger) -> HashMap<&str, u64> {
    let reports = ledger.files.iter().flat_map(|file| &file.reports);
    let kept = reports.filter(|report| !report.left_out);
    kept.map(|report| (report.id.as_str(), report.digest))
        .collect()
}
