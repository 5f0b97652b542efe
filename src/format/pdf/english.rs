//! A list of English words, by which words that a line end or a drop cap broke
//! are joined again. The list is SCOWL's, by Kevin Atkinson; its licence stands
//! beside it.

use std::cmp::Ordering;
use std::sync::OnceLock;

/// The list: one word a line, sorted by bytes.
static PACKED: &[u8] = include_bytes!("english/words.zst");

/// Whether a word in lower case is one of the list.
///
/// Inflections are in the list; names are, in lower case.
pub(super) fn knows(word: &str) -> bool {
    // Each file is read in a process of its own: halving the list again and
    // again costs less than building a set of it.
    let mut list = text().as_bytes();
    while !list.is_empty() {
        let is_end = |byte: &u8| *byte == b'\n';
        let before = list[..list.len() / 2].iter().rposition(is_end);
        let start = before.map_or(0, |end| end + 1);
        let rest = &list[start..];
        let end = rest.iter().position(is_end).unwrap_or(rest.len());
        list = match word.as_bytes().cmp(&rest[..end]) {
            Ordering::Equal => return true,
            Ordering::Less => &list[..start],
            Ordering::Greater => &rest[rest.len().min(end + 1)..],
        };
    }
    false
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
