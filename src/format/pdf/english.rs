//! A list of English words, by which words that a line end or a drop cap broke
//! are joined again. The list is SCOWL's, by Kevin Atkinson; its licence stands
//! beside it.

use std::sync::OnceLock;

use crate::text::sorted_lines::values;

/// The list: one word a line, sorted by bytes.
static PACKED: &[u8] = include_bytes!("english/words.zst");

/// Whether a word in lower case is one of the list.
///
/// Inflections are in the list; names are, in lower case.
pub(super) fn knows(word: &str) -> bool {
    values(text(), word).next().is_some()
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
        let lines: Vec<&str> = text().lines().collect();
        let some = lines.iter().step_by(97).chain(lines.last());
        assert!(some.copied().all(knows));
        for word in ["", "\n", "lainc", "traffickin", "zzzz", "a\nb", "\u{FF}"] {
            assert!(!knows(word), "{word}");
        }
    }
}
