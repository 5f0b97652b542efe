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
}

const FENCE: &str = "+++";

/// Splits a text into its header and the rest. A text without a header is all
/// rest. The third value is the number of lines that the header takes.
///
/// # Errors
/// A header that is no TOML or has an unknown key: the message and the line.
pub fn split(text: &str) -> Result<(FrontMatter, &str, usize), (String, u64)> {
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
    fn bad_headers_name_the_line() {
        assert_eq!(
            split("+++\nurl = \"u\"\ncolour = 1\n+++\n").unwrap_err().1,
            3
        );
        assert_eq!(split("+++\nurl = \n+++\n").unwrap_err().1, 2);
        assert!(split("+++\nurl = 1").unwrap_err().0.contains("closing"));
    }
}
