//! The names of members: made safe to show and to compare, each used once.

use std::borrow::Cow;
use std::collections::HashMap;

/// The names used so far in an archive, each with the last number that was
/// put behind it.
#[derive(Default)]
pub(super) struct Names {
    used: HashMap<String, u64>,
}

impl Names {
    /// A member's name as it is given on, and what is to be told of it.
    pub(super) fn clean(&mut self, raw: &[u8]) -> (String, Vec<String>) {
        let mut remarks = Vec::new();
        let decoded = decoded(raw);
        if let Cow::Owned(_) = decoded {
            remarks.push("its name is not in UTF-8: read as best can be".to_owned());
        }
        let (mut name, is_outside) = inside(&decoded);
        if is_outside {
            remarks.push(format!(
                "its path leads out of the archive, read as `{name}`"
            ));
        }
        if self.used.contains_key(&name) {
            remarks.push("second member of this name".to_owned());
            name = self.unused(&name);
        }
        self.used.insert(name.clone(), 1);
        (name, remarks)
    }

    /// The name with the first number behind its stem that makes it new.
    fn unused(&mut self, name: &str) -> String {
        let file = name.rfind('/').map_or(0, |at| at + 1);
        // A dot at the start of a name begins no ending.
        let dot = name[file..].rfind('.').filter(|at| *at > 0);
        let (stem, end) = name.split_at(dot.map_or(name.len(), |at| file + at));
        let mut number = self.used.get(name).copied().unwrap_or(1);
        let free = loop {
            number += 1;
            let other = format!("{stem}-{number}{end}");
            if !self.used.contains_key(&other) {
                break other;
            }
        };
        self.used.insert(name.to_owned(), number);
        free
    }
}

/// Whether a path is of a file that is no document: hidden, or put there by
/// the system that packed the archive.
pub(super) fn is_hidden(raw: &[u8]) -> bool {
    let parts = raw.split(|byte| matches!(byte, b'/' | b'\\'));
    parts.into_iter().any(|part| {
        let dots = part.iter().all(|byte| *byte == b'.');
        part == b"__MACOSX" || (part.starts_with(b".") && !dots)
    })
}

/// The text of a name: UTF-8, else the code page 437 of old zip files where
/// its letters are likely, else with U+FFFD for what does not decode.
fn decoded(raw: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(raw) {
        Ok(name) => Cow::Borrowed(name),
        Err(_) => {
            let letter = |byte: &u8| match byte {
                0..0x80 => char::from(*byte),
                0x80..=0xA5 => LETTERS[usize::from(byte - 0x80)],
                _ => char::REPLACEMENT_CHARACTER,
            };
            Cow::Owned(raw.iter().map(letter).collect())
        }
    }
}

/// The letters of code page 437 from 0x80 on; signs and lines follow them.
const LETTERS: [char; 0x26] = [
    'Ç', 'ü', 'é', 'â', 'ä', 'à', 'å', 'ç', 'ê', 'ë', 'è', 'ï', 'î', 'ì', 'Ä', 'Å', 'É', 'æ', 'Æ',
    'ô', 'ö', 'ò', 'û', 'ù', 'ÿ', 'Ö', 'Ü', '¢', '£', '¥', '₧', 'ƒ', 'á', 'í', 'ó', 'ú', 'ñ', 'Ñ',
];

/// A path without what leads out of the archive, and whether there was any.
fn inside(path: &str) -> (String, bool) {
    let path = path.replace('\\', "/");
    let path: String = path
        .chars()
        .map(|letter| match letter {
            _ if letter.is_control() => char::REPLACEMENT_CHARACTER,
            // These turn the direction of what is shown after them.
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
            _ => letter,
        })
        .collect();
    let is_drive = |part: &str| part.len() == 2 && part.ends_with(':');
    let is_outside = path.starts_with('/')
        || path.split('/').any(|part| part == "..")
        || path.split('/').next().is_some_and(is_drive);
    let parts: Vec<&str> = path
        .split('/')
        .enumerate()
        .filter(|(_, part)| !matches!(*part, "" | "." | ".."))
        .filter(|(at, part)| *at > 0 || !is_drive(part))
        .map(|(_, part)| part)
        .collect();
    let name = parts.join("/");
    let name = if name.is_empty() {
        "unnamed".to_owned()
    } else {
        name
    };
    (name, is_outside)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_cleaned_and_told() {
        let mut names = Names::default();
        let odd = "its name is not in UTF-8: read as best can be";
        let second = "second member of this name";
        for (raw, wanted, remarks) in [
            (&b"a/b.txt"[..], "a/b.txt", vec![]),
            (b"a\\.\\b.txt", "a/b-2.txt", vec![second]),
            (b"a/b.txt", "a/b-3.txt", vec![second]),
            (
                b"../../etc/x",
                "etc/x",
                vec!["its path leads out of the archive, read as `etc/x`"],
            ),
            (
                b"/",
                "unnamed",
                vec!["its path leads out of the archive, read as `unnamed`"],
            ),
            (
                b"C:\\x",
                "x",
                vec!["its path leads out of the archive, read as `x`"],
            ),
            (b"a\x1B[1m\n", "a\u{FFFD}[1m\u{FFFD}", vec![]),
            (b"r\x82sum\x82.txt", "résumé.txt", vec![odd]),
            (b"\x83\x65\xFF", "âe\u{FFFD}", vec![odd]),
        ] {
            assert_eq!(
                names.clean(raw),
                (
                    wanted.to_owned(),
                    remarks.iter().map(|it| (*it).to_owned()).collect()
                )
            );
        }
    }

    #[test]
    fn hidden_files_are_known() {
        for (path, hidden) in [
            (&b"a/.DS_Store"[..], true),
            (b"__MACOSX/._a.txt", true),
            (b".git/config", true),
            (b"./a.txt", false),
            (b"../a.txt", false),
            (b"a.txt", false),
        ] {
            assert_eq!(is_hidden(path), hidden);
        }
    }

    proptest! {
        #[test]
        fn names_are_safe_and_new(raw in prop::collection::vec(prop::collection::vec(0x20_u8..0x3A, 0..6), 0..40), wild in any::<Vec<u8>>()) {
            let mut names = Names::default();
            let mut seen = std::collections::HashSet::new();
            for raw in raw.iter().chain([&wild]) {
                let (name, _) = names.clean(raw);
                prop_assert!(!name.is_empty() && !name.starts_with('/'));
                prop_assert!(name.split('/').all(|part| !matches!(part, "" | "." | "..")));
                prop_assert!(!name.chars().any(char::is_control));
                prop_assert!(seen.insert(name));
            }
        }
    }
}
