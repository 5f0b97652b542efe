//! `MANIFEST.json`: what a pack holds, where it comes from, and the hash of each
//! of its files.

use serde_json::{Map, Value, json};

use crate::desk::pack::Pack;
use crate::output::json::{SCHEMA, filters_json};
use crate::read::own::PACK_KIND;
use crate::text::digest::sha256;

/// The manifest of a pack with these files.
pub fn manifest(pack: &Pack, files: &[(&'static str, Vec<u8>)]) -> Value {
    let from = &pack.provenance;
    let hashes: Map<String, Value> = files
        .iter()
        .map(|(name, bytes)| {
            let about = json!({ "bytes": bytes.len(), "sha256": sha256(bytes) });
            ((*name).to_owned(), about)
        })
        .collect();
    json!({
        "schema": SCHEMA,
        "kind": PACK_KIND,
        "query": from.query,
        "understood": from.understood,
        "added": from.added.iter().map(|a| json!({"of": a.of, "words": a.words})).collect::<Vec<_>>(),
        "patterns": from.expansions.iter().map(|e| json!({
            "pattern": e.pattern,
            "words": e.words.iter().map(|(word, passages)| json!([word, passages])).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "filters": filters_json(&from.filters),
        "total": pack.total,
        "passages": pack.quotes.len(),
        "reports": pack.reports(),
        "order": pack.order,
        "context": pack.context,
        "corpus": {
            "digest": from.corpus_digest,
            "reports": from.searched.0,
            "passages": from.searched.1,
        },
        "pincite": from.pincite,
        "date": from.date.to_string(),
        "files": hashes,
    })
}
