//! The header of a text file: TOML between two lines of `+++`.
//!
//! What it says goes before what is found in the text or the file's name.

use serde::Deserialize;

/// What a header may say; every key is optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontMatter {
    /// The series, as `tip`.
    pub series: Option<String>,
    /// The title of the report.
    pub title: Option<String>,
    /// The country, by name or code.
    pub country: Option<String>,
    /// The year of the edition.
    pub year: Option<u16>,
    /// The tier, in any form.
    pub tier: Option<String>,
    /// Where the original is published.
    pub url: Option<String>,
    /// What a reader must know of this text.
    pub note: Option<String>,
    /// Whether there is a header of YAML, which is not read.
    #[serde(skip)]
    pub yaml_left_out: bool,
}

const FENCE: &str = "+++";

/// Splits a text into its header and the rest. A text without a header is all
/// rest. The third value is the number of lines that the header takes.
///
/// # Errors
/// A header that is no TOML or has an unknown key: the message and the line.
pub fn split(text: &str) -> Result<(FrontMatter, &str, usize), (String, u64)> {
    if let Some(rest) = after_yaml(text) {
        let lines = text[..text.len() - rest.len()].matches('\n').count();
        let front = FrontMatter {
            yaml_left_out: true,
            ..FrontMatter::default()
        };
        return Ok((front, rest, lines));
    }
    let Some(after) = text.strip_prefix(FENCE).and_then(|t| t.strip_prefix('\n')) else {
        return Ok((FrontMatter::default(), text, 0));
    };
    let mut end = 0;
    for line in after.split_inclusive('\n') {
        if line.trim_end() == FENCE {
            let header = &after[..end];
            let rest = &after[end + line.len()..];
            let lines = header.matches('\n').count() + 2;
            return match toml::from_str(header) {
                Ok(front) => Ok((front, rest, lines)),
                Err(e) => {
                    let at = e.span().map_or(0, |s| s.start.min(header.len()));
                    let line = header[..at].matches('\n').count() as u64 + 2;
                    Err((e.message().replace('\n', " "), line))
                }
            };
        }
        end += line.len();
    }
    Err((format!("the header has no closing `{FENCE}`"), 1))
}

/// What comes after a header of YAML between two lines of `---`: lines of
/// `key: value`, their continuations and lists.
fn after_yaml(text: &str) -> Option<&str> {
    let after = text.strip_prefix("---\n")?;
    let mut end = 0;
    for line in after.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == "---" || bare == "..." {
            return (end > 0).then(|| &after[end + line.len()..]);
        }
        let is_key = |l: &str| {
            let key = l.split(':').next().unwrap_or_default();
            l.contains(':')
                && !key.is_empty()
                && key.chars().all(|c| c.is_alphanumeric() || "_-".contains(c))
        };
        let is_inner = bare.is_empty() || bare.starts_with([' ', '-', '#', '\t']);
        if !is_inner && !is_key(bare) {
            return None;
        }
        end += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_split_from_the_text() {
        let (front, rest, lines) = split("+++\nurl = \"u\"\nyear = 2021\n+++\nText\n").unwrap();
        assert_eq!((front.url.as_deref(), front.year), (Some("u"), Some(2021)));
        assert_eq!((rest, lines), ("Text\n", 4));
        assert_eq!(split("Text").unwrap().1, "Text");
    }

    #[test]
    fn a_yaml_header_is_no_text() {
        let (front, rest, lines) = split("---\ntitle: A\ntags:\n  - b\n---\nText\n").unwrap();
        assert_eq!((front.yaml_left_out, rest, lines), (true, "Text\n", 5));
        for text in ["---\n---\nText", "---\nA rule above.\n---\n", "--- \n"] {
            assert_eq!(split(text).unwrap().1, text);
        }
    }

    #[test]
    fn bad_headers_name_the_line() {
        assert_eq!(
            split("+++\nurl = \"u\"\ncolour = 1\n+++\n").unwrap_err().1,
            3
        );
        assert_eq!(split("+++\nurl = \n+++\n").unwrap_err().1, 2);
        assert!(split("+++\nurl = 1").unwrap_err().0.contains("closing"));
    }
}
