//! Folders that pincite itself wrote: they hold no reports, wherever they stand.

use std::path::Path;

use serde_json::Value;

/// The file that makes a folder an index.
pub const INDEX_MANIFEST: &str = "pincite.json";
/// The file by which a build holds the folder of an index.
pub const INDEX_LOCK: &str = "pincite.lock";
/// The file that makes a folder an evidence pack.
pub const PACK_MANIFEST: &str = "MANIFEST.json";
/// What the manifest of a pack calls itself, in its key `kind`.
pub const PACK_KIND: &str = "pincite evidence pack";

/// What a folder is where pincite wrote it, as `an index`.
pub(super) fn written_as(folder: &Path) -> Option<&'static str> {
    let is_index = folder.join(INDEX_LOCK).is_file()
        || key(&folder.join(INDEX_MANIFEST), "generation").is_some();
    let is_pack = || key(&folder.join(PACK_MANIFEST), "kind").as_deref() == Some(PACK_KIND);
    match is_index {
        true => Some("an index"),
        false => is_pack().then_some("an evidence pack"),
    }
}

/// A text in a file of JSON.
fn key(file: &Path, name: &str) -> Option<String> {
    let bytes = file.is_file().then(|| std::fs::read(file).ok())??;
    let value: Value = serde_json::from_slice(&bytes).ok()?;
    value.get(name)?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_known_by_what_its_manifest_says() {
        let pack = format!("{{\"kind\": \"{PACK_KIND}\"}}");
        for (file, text, expected) in [
            (
                INDEX_MANIFEST,
                "{\"generation\": \"generation-1\"}",
                Some("an index"),
            ),
            (INDEX_MANIFEST, "{\"id\": 1, \"text\": \"Kilns.\"}", None),
            (INDEX_MANIFEST, "", None),
            (INDEX_LOCK, "", Some("an index")),
            (PACK_MANIFEST, pack.as_str(), Some("an evidence pack")),
            (PACK_MANIFEST, "{\"kind\": \"other\"}", None),
            ("a.txt", "Kilns.", None),
        ] {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join(file), text).unwrap();
            assert_eq!(written_as(folder.path()), expected, "{file}: {text}");
        }
    }
}
