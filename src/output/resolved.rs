//! What became of old ids, as JSON and CSV: every line of the file in its place.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::cells::CsvWriter;
use super::changes::changes_json;
use super::json::{SCHEMA, write_line};
use crate::desk::resolve::Verdict;
use crate::desk::{Resolved, count_verdicts};
use crate::report::{Passage, PassageId};

/// Writes what became of old ids as one object.
///
/// # Errors
/// What writing fails with.
pub fn write_json(out: &mut dyn Write, resolved: &[Resolved]) -> io::Result<()> {
    let counts: Map<String, Value> = count_verdicts(resolved)
        .into_iter()
        .map(|(verdict, n)| (verdict.as_str().replace(' ', "_"), json!(n)))
        .collect();
    let ids: Vec<Value> = resolved.iter().map(one_json).collect();
    write_line(
        out,
        &json!({ "schema": SCHEMA, "counts": counts, "ids": ids }),
    )
}

fn one_json(one: &Resolved) -> Value {
    let (line, id, text) = written(one);
    let old = one.old.as_ref().ok();
    let changes = match (one.verdict, text, &one.now) {
        (Verdict::Changed, Some(text), Some(now)) => changes_json(text, &now.text, str::to_owned),
        _ => Value::Null,
    };
    json!({
        "line": line,
        "id": id,
        "verdict": one.verdict.as_str(),
        "new_id": new_id(one).map(ToString::to_string),
        "old_hash": old.and_then(|old| old.hash.as_ref()),
        "hash": one.now.as_ref().map(Passage::hash),
        "others": one.others,
        "nearest": one.nearest.as_ref().map(|(id, likeness)| json!({
            "id": id.to_string(),
            "resemblance": likeness.resemblance(),
        })),
        "changes": changes,
        "problem": one.old.as_ref().err().map(|no| no.error.to_string()),
    })
}

/// Line, id and text as written.
fn written(one: &Resolved) -> (u64, String, Option<&str>) {
    match &one.old {
        Ok(old) => (old.line, old.id.to_string(), old.text.as_deref()),
        Err(no) => (no.line, no.written.clone(), None),
    }
}

/// The id to write now: none where the passage is gone.
fn new_id(one: &Resolved) -> Option<&PassageId> {
    one.now.as_ref().map(|passage| &passage.id)
}

/// Writes what became of old ids as a table: the old id, what became of it, the
/// id to write now and the hash of what stands there.
///
/// # Errors
/// What writing fails with.
pub fn write_csv(out: &mut dyn Write, resolved: &[Resolved]) -> io::Result<()> {
    let mut writer = CsvWriter::new(out);
    let header = [
        "line",
        "id",
        "verdict",
        "new_id",
        "hash",
        "nearest",
        "resemblance",
    ];
    writer.row(header)?;
    for one in resolved {
        let (line, id, _) = written(one);
        let nearest = one.nearest.as_ref();
        let row = [
            line.to_string(),
            id,
            one.verdict.as_str().to_owned(),
            new_id(one).map(ToString::to_string).unwrap_or_default(),
            one.now.as_ref().map(Passage::hash).unwrap_or_default(),
            nearest.map(|(id, _)| id.to_string()).unwrap_or_default(),
            nearest
                .map(|(_, likeness)| format!("{:.4}", likeness.resemblance()))
                .unwrap_or_default(),
        ];
        writer.row(row)?;
    }
    writer.flush()
}
