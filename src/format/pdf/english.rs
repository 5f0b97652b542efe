//! A list of English words, by which words that a line end or a drop cap broke
//! are joined again. The list is SCOWL's, by Kevin Atkinson; its licence stands
//! beside it.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

/// The list: one word a line, sorted by bytes.
static PACKED: &[u8] = include_bytes!("english/words.zst");

/// Whether a word in lower case is one of the list.
///
/// Inflections are in the list; names are, in lower case.
pub(super) fn knows(word: &str) -> bool {
    static WORDS: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    WORDS
        .get_or_init(|| text().lines().collect())
        .contains(word)
}

fn text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        // The list is a part of the program: it was packed without fault.
        let bytes = zstd::decode_all(PACKED).unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole_and_sorted() {
        assert!(text().lines().is_sorted());
        assert!(text().lines().count() > 70_000);
        for word in [
            "trafficking",
            "labour",
            "labor",
            "children",
            "understanding",
        ] {
            assert!(knows(word), "{word}");
        }
        assert!(!knows("lainc"));
    }
}
