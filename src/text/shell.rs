//! Words as a POSIX shell takes them, for commands that are printed to be pasted.

/// A word of a command: as it is where the shell leaves it alone, else in single
/// quotes.
pub fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./,:=+@%".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shell_gives_the_word_back() {
        for (word, typed) in [
            ("kiln", "kiln"),
            ("2019..", "2019.."),
            ("my reports", "'my reports'"),
            ("\"brick kilns\"", "'\"brick kilns\"'"),
            ("it's", "'it'\\''s'"),
            ("", "''"),
        ] {
            assert_eq!(shell_word(word), typed);
        }
    }
}
