//! Text as a reader sees it: white space folded, invisible characters left
//! out.

/// Text that is folded as it grows.
#[derive(Debug, Default)]
pub(super) struct Folded {
    text: String,
    /// Whether a space is due before the next character.
    space: bool,
}

impl Folded {
    /// Takes more text; whether any of it can be seen.
    pub(super) fn push(&mut self, raw: &str) -> bool {
        let mut seen = false;
        for c in raw.chars() {
            if c.is_whitespace() {
                self.space = true;
            } else if !is_invisible(c) {
                if self.space && !self.text.is_empty() {
                    self.text.push(' ');
                }
                self.space = false;
                self.text.push(c);
                seen = true;
            }
        }
        seen
    }

    /// Sets what follows apart from what stands.
    pub(super) fn space(&mut self) {
        self.space = true;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// Soft hyphens, marks of width zero where a line may break or not, and
/// controls.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}') || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_fold_across_pieces() {
        let mut folded = Folded::default();
        assert!(!folded.push(" \n"));
        assert!(folded.push("traf\u{ad}fick"));
        assert!(folded.push("ing\u{a0} "));
        assert!(folded.push("\u{202f}in  persons "));
        assert_eq!(folded.into_text(), "trafficking in persons");
    }
}
