//! The header of a text file: TOML between two lines of `+++`, or YAML between
//! two lines of `---`.
//!
//! What it says goes before what is found in the text or the file's name.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What a header, or a row of a table beside the corpus, may say of a report;
/// every key is optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontMatter {
    /// The series, as `tip`.
    pub series: Option<String>,
    /// The title of the report.
    pub title: Option<String>,
    /// The subtitle.
    pub subtitle: Option<String>,
    /// The author or institution; several between semicolons.
    pub author: Option<String>,
    /// The publisher.
    pub publisher: Option<String>,
    /// The place of publication.
    pub place: Option<String>,
    /// The date of publication, ISO 8601: `2022-04-26`, `2022-04` or `2022`.
    pub date: Option<String>,
    /// The document number or symbol, as `A/HRC/44/42`.
    pub number: Option<String>,
    /// The language, as BCP 47 tags it.
    pub language: Option<String>,
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

impl FrontMatter {
    /// The keys that a header may have.
    pub const KEYS: [&str; 14] = [
        "series",
        "title",
        "subtitle",
        "author",
        "publisher",
        "place",
        "date",
        "number",
        "language",
        "country",
        "year",
        "tier",
        "url",
        "note",
    ];

    /// Sets a key, in lower case; whether there is such a key.
    ///
    /// # Errors
    /// A value that the key cannot have, in words.
    pub fn set(&mut self, key: &str, value: &str) -> Result<bool, String> {
        let text = Some(value.trim().to_owned()).filter(|t| !t.is_empty());
        match key {
            "series" => self.series = text,
            "title" => self.title = text,
            "subtitle" => self.subtitle = text,
            "author" => self.author = text,
            "publisher" => self.publisher = text,
            "place" => self.place = text,
            "date" => self.date = text,
            "number" => self.number = text,
            "language" => self.language = text,
            "country" => self.country = text,
            "tier" => self.tier = text,
            "url" => self.url = text,
            "note" => self.note = text,
            "year" => {
                let year = text.as_deref().map(str::parse).transpose();
                self.year = year.map_err(|_| format!("`year` is {value}, which is no year"))?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Takes from `other` what this does not say.
    #[must_use]
    pub fn or(self, other: FrontMatter) -> FrontMatter {
        FrontMatter {
            series: self.series.or(other.series),
            title: self.title.or(other.title),
            subtitle: self.subtitle.or(other.subtitle),
            author: self.author.or(other.author),
            publisher: self.publisher.or(other.publisher),
            place: self.place.or(other.place),
            date: self.date.or(other.date),
            number: self.number.or(other.number),
            language: self.language.or(other.language),
            country: self.country.or(other.country),
            year: self.year.or(other.year),
            tier: self.tier.or(other.tier),
            url: self.url.or(other.url),
            note: self.note.or(other.note),
        }
    }
}

/// A text without its header.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Headed<'a> {
    /// What the header says.
    pub front: FrontMatter,
    /// The text after it.
    pub text: &'a str,
    /// How many lines the header takes.
    pub lines: u64,
    /// Keys of other programs in a header of YAML, which say nothing here.
    pub unused: Vec<String>,
}

const TOML_FENCE: &str = "+++";

/// Splits a text into its header and the rest. A text without a header is all
/// rest.
///
/// # Errors
/// A header that cannot be read: the message and the line.
pub fn split(text: &str) -> Result<Headed<'_>, (String, u64)> {
    if let Some((header, rest)) = yaml(text) {
        let lines = text[..text.len() - rest.len()].matches('\n').count() as u64;
        let (front, unused) = of_yaml(header)?;
        return Ok(Headed {
            front,
            text: rest,
            lines,
            unused,
        });
    }
    let whole = Headed {
        text,
        ..Headed::default()
    };
    let Some(after) = text
        .strip_prefix(TOML_FENCE)
        .and_then(|t| t.strip_prefix('\n'))
    else {
        return Ok(whole);
    };
    let mut end = 0;
    for line in after.split_inclusive('\n') {
        if line.trim_end() == TOML_FENCE {
            let header = &after[..end];
            let front = toml::from_str(header).map_err(|e| {
                let at = e.span().map_or(0, |s| s.start.min(header.len()));
                let line = header[..at].matches('\n').count() as u64 + 2;
                (e.message().replace('\n', " "), line)
            })?;
            return Ok(Headed {
                front,
                text: &after[end + line.len()..],
                lines: header.matches('\n').count() as u64 + 2,
                ..whole
            });
        }
        end += line.len();
    }
    Err((format!("the header has no closing `{TOML_FENCE}`"), 1))
}

/// What a header of YAML says, and its keys that say nothing here.
fn of_yaml(header: &str) -> Result<(FrontMatter, Vec<String>), (String, u64)> {
    let object: Map<String, Value> = serde_saphyr::from_str(header).map_err(|e| {
        let line = e.location().map_or(0, |at| at.line());
        let message = e.to_string();
        let message = message.lines().next().unwrap_or_default();
        (message.to_owned(), line + 1)
    })?;
    let mut front = FrontMatter::default();
    let mut unused = Vec::new();
    for (key, value) in object {
        let text = match value {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            // Lists and maps are of other programs, or say nothing.
            Value::Null => String::new(),
            _ => {
                unused.push(key);
                continue;
            }
        };
        if !front
            .set(&key.to_ascii_lowercase(), &text)
            .map_err(|e| (e, 1))?
        {
            unused.push(key);
        }
    }
    Ok((front, unused))
}

/// A header of YAML, without its fences, and what comes after it: lines of
/// `key: value`, their continuations and lists. A text that begins with a rule
/// has no header.
fn yaml(text: &str) -> Option<(&str, &str)> {
    let after = text.strip_prefix("---\n")?;
    let mut end = 0;
    for line in after.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == "---" || bare == "..." {
            return (end > 0).then(|| (&after[..end], &after[end + line.len()..]));
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
        let headed = split("+++\nurl = \"u\"\nyear = 2021\n+++\nText\n").unwrap();
        assert_eq!(headed.front.url.as_deref(), Some("u"));
        assert_eq!(headed.front.year, Some(2021));
        assert_eq!((headed.text, headed.lines), ("Text\n", 4));
        assert_eq!(split("Text").unwrap().text, "Text");
    }

    #[test]
    fn headers_of_yaml_are_read_and_keys_of_others_named() {
        let headed = split("---\ntitle: 'A: b'\nyear: 2021\ntags:\n  - b\n---\nText\n").unwrap();
        assert_eq!(headed.front.title.as_deref(), Some("A: b"));
        assert_eq!(headed.front.year, Some(2021));
        assert_eq!((headed.text, headed.lines), ("Text\n", 6));
        assert_eq!(headed.unused, ["tags"]);
        for text in ["---\n---\nText", "---\nA rule above.\n---\n", "--- \n"] {
            assert_eq!(split(text).unwrap().text, text);
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
        assert_eq!(split("---\ntitle: a\nyear: [1\n---\n").unwrap_err().1, 3);
        let no_year = split("---\nyear: soon\n---\n").unwrap_err().0;
        assert!(no_year.contains("no year"), "{no_year}");
    }

    proptest::proptest! {
        #[test]
        fn any_header_is_split_or_named(text in "(---|\\+\\+\\+)\n([a-z]{1,5}: ?[\\PC]{0,12}\n){0,4}(---|\\+\\+\\+)?\n?") {
            if let Ok(headed) = split(&text) {
                proptest::prop_assert!(text.ends_with(headed.text));
            }
        }
    }
}
