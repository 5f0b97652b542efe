//! The header of a text file: TOML between two lines of `+++`, or YAML between
//! two lines of `---`.
//!
//! What it says goes before what is found in the text or the file's name.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::text::dates;

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
    #[serde(default, deserialize_with = "date")]
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

    /// The date of publication, ISO 8601; none where `date` is no date.
    pub fn issued(&self) -> Option<String> {
        let date = self.date.as_deref()?;
        dates::iso(date).or_else(|| dates::in_words(date))
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

/// A date that TOML has as text or as a date of its own.
fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Date {
        Text(String),
        Date(toml::value::Datetime),
    }
    Ok(match Option::<Date>::deserialize(deserializer)? {
        Some(Date::Text(text)) => Some(text),
        Some(Date::Date(date)) => Some(date.to_string()),
        None => None,
    })
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
    /// What was wrong with the header.
    pub remarks: Vec<HeaderRemark>,
}

/// What was wrong with a line of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderRemark {
    /// The line of the file, from 1.
    pub line: u64,
    /// What is wrong with it, in lower case without a final period.
    pub message: String,
    /// Whether the line says nothing for it; otherwise it was mended.
    pub is_left_out: bool,
}

impl HeaderRemark {
    fn left_out(line: usize, message: String) -> Self {
        HeaderRemark {
            line: line as u64,
            message,
            is_left_out: true,
        }
    }
}

const TOML_FENCE: &str = "+++";

/// Splits a text into its header and the rest. A text without a header is all
/// rest. A line of the header that cannot be read is left out and told.
///
/// # Errors
/// A header without an end: the message and the line.
pub fn split(text: &str) -> Result<Headed<'_>, (String, u64)> {
    if let Some((header, rest)) = yaml(text) {
        let lines = text[..text.len() - rest.len()].matches('\n').count() as u64;
        let mut remarks = Vec::new();
        let object = of_yaml(header, &mut remarks);
        let (front, unused) = taken(header, object, &mut remarks);
        return Ok(Headed {
            front,
            text: rest,
            lines,
            unused,
            remarks,
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
            let mut remarks = Vec::new();
            let front = without_bad_lines(&with_dates_as_text(header), of_toml, &mut remarks);
            return Ok(Headed {
                front,
                text: &after[end + line.len()..],
                lines: header.matches('\n').count() as u64 + 2,
                remarks,
                ..whole
            });
        }
        end += line.len();
    }
    Err((format!("the header has no closing `{TOML_FENCE}`"), 1))
}

/// What a header says without the lines that cannot be read; `parse` gives the
/// message and the line of the header, from 1.
fn without_bad_lines<T: Default>(
    header: &str,
    parse: impl Fn(&str) -> Result<T, (String, usize)>,
    remarks: &mut Vec<HeaderRemark>,
) -> T {
    let mut lines: Vec<&str> = header.lines().collect();
    loop {
        let (message, line) = match parse(&lines.join("\n")) {
            Ok(parsed) => return parsed,
            Err(bad) => bad,
        };
        // The fence is the first line of the file.
        remarks.push(HeaderRemark::left_out(line + 1, message));
        match line.checked_sub(1).and_then(|at| lines.get_mut(at)) {
            Some(bad) if !bad.is_empty() => *bad = "",
            // No line is to blame, so none is believed.
            _ => return T::default(),
        }
    }
}

fn of_toml(header: &str) -> Result<FrontMatter, (String, usize)> {
    toml::from_str(header).map_err(|e| {
        let at = e.span().map_or(0, |s| s.start.min(header.len()));
        let line = header.as_bytes()[..at]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count()
            + 1;
        (e.message().replace('\n', " "), line)
    })
}

/// The header with quotes around dates, which TOML has a type for.
fn with_dates_as_text(header: &str) -> String {
    let quoted = header.lines().map(|line| {
        let date = line.split_once('=').filter(|(key, value)| {
            key.trim() == "date" && value.trim_start().starts_with(|c: char| c.is_ascii_digit())
        });
        match date {
            Some((key, value)) => format!("{key}= \"{}\"", value.trim()),
            None => line.to_owned(),
        }
    });
    quoted.collect::<Vec<_>>().join("\n")
}

/// The keys and values of a header of YAML. A value with a colon needs quotes;
/// where that is what is wrong, they are put in, and it is told.
fn of_yaml(header: &str, remarks: &mut Vec<HeaderRemark>) -> Map<String, Value> {
    let parse = |header: &str| {
        serde_saphyr::from_str(header).map_err(|e: serde_saphyr::Error| {
            let line = e.location().map_or(0, |at| at.line() as usize);
            let message = e.to_string();
            let message = message.lines().next().unwrap_or_default();
            (message.to_owned(), line)
        })
    };
    if let Ok(object) = parse(header) {
        return object;
    }
    let mut quoted = String::new();
    for (line, number) in header.lines().zip(2..) {
        match with_quotes(line) {
            Some((key, line)) => {
                remarks.push(HeaderRemark {
                    line: number,
                    message: format!("the value of `{key}` holds a colon: put it in quotes"),
                    is_left_out: false,
                });
                quoted.push_str(&line);
            }
            None => quoted.push_str(line),
        }
        quoted.push('\n');
    }
    without_bad_lines(&quoted, parse, remarks)
}

/// The key of a line whose value holds a colon and has no quotes, and the line
/// with them.
fn with_quotes(line: &str) -> Option<(&str, String)> {
    let (key, value) = line.split_once(": ")?;
    let value = value.trim();
    let is_plain = !value.starts_with([
        '"', '\'', '[', '{', '|', '>', '&', '*', '!', '#', '%', '@', '`',
    ]);
    let has_colon = value.contains(": ") || value.ends_with(':');
    let is_key = !key.starts_with([' ', '-', '\t']);
    (is_plain && has_colon && is_key)
        .then(|| (key, format!("{key}: '{}'", value.replace('\'', "''"))))
}

/// What the keys and values of a header say, and the keys that say nothing
/// here.
fn taken(
    header: &str,
    object: Map<String, Value>,
    remarks: &mut Vec<HeaderRemark>,
) -> (FrontMatter, Vec<String>) {
    let mut front = FrontMatter::default();
    let mut unused = Vec::new();
    for (key, value) in object {
        let text = match value {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            Value::Array(values) if is_author(&key) => list(&values),
            // Lists and maps are of other programs, or say nothing.
            Value::Null => String::new(),
            _ => {
                unused.push(key);
                continue;
            }
        };
        match front.set(&key.to_ascii_lowercase(), &text) {
            Ok(true) => {}
            Ok(false) => unused.push(key),
            Err(message) => {
                let is_its = |line: &str| line.split(':').next() == Some(key.as_str());
                let line = header.lines().position(is_its).map_or(1, |at| at + 2);
                remarks.push(HeaderRemark::left_out(line, message));
            }
        }
    }
    (front, unused)
}

fn is_author(key: &str) -> bool {
    key.eq_ignore_ascii_case("author")
}

/// The texts of a list between semicolons.
fn list(values: &[Value]) -> String {
    let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    texts.join("; ")
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
    fn dates_are_text_or_dates() {
        for (header, issued) in [
            ("+++\ndate = \"2021-03-04\"\n+++\n", Some("2021-03-04")),
            ("+++\ndate = 2021-03-04\n+++\n", Some("2021-03-04")),
            ("+++\ndate = \"March 2021\"\n+++\n", Some("2021-03")),
            ("---\ndate: 2021-03-04 10:00\n---\n", Some("2021-03-04")),
            ("---\ndate: 2021\n---\n", Some("2021")),
            ("---\ndate: soon\n---\n", None),
            ("+++\nyear = 2021\n+++\n", None),
        ] {
            let front = split(header).unwrap().front;
            assert_eq!(front.issued().as_deref(), issued, "{header}");
        }
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
    fn bad_lines_are_named_and_left_out() {
        let cases = [
            ("+++\nurl = \"u\"\ncolour = 1\n+++\nText\n", 3, Some("u")),
            ("+++\nurl = \n+++\nText\n", 2, None),
            ("---\nurl: u\nyear: [1\n---\nText\n", 3, Some("u")),
            ("---\nurl: u\nyear: soon\n---\nText\n", 3, Some("u")),
        ];
        for (text, line, url) in cases {
            let headed = split(text).unwrap();
            let told: Vec<_> = headed
                .remarks
                .iter()
                .map(|r| (r.line, r.is_left_out))
                .collect();
            assert_eq!(told, [(line, true)], "{text}");
            assert_eq!(headed.front.url.as_deref(), url, "{text}");
            assert_eq!(headed.text, "Text\n");
        }
        let no_year = &split("---\nyear: soon\n---\n").unwrap().remarks[0];
        assert!(no_year.message.contains("no year"), "{no_year:?}");
        assert!(split("+++\nurl = 1").unwrap_err().0.contains("closing"));
    }

    #[test]
    fn a_colon_in_a_value_is_read_and_told() {
        let headed =
            split("---\ntitle: Norland: it's a coast\nyear: 2019\nnote: 'a: b'\n---\nText\n")
                .unwrap();
        assert_eq!(headed.front.title.as_deref(), Some("Norland: it's a coast"));
        assert_eq!(headed.front.year, Some(2019));
        assert_eq!(headed.front.note.as_deref(), Some("a: b"));
        assert_eq!(headed.remarks.len(), 1);
        assert!(!headed.remarks[0].is_left_out);
        assert!(headed.remarks[0].message.contains("quotes"));
    }

    #[test]
    fn authors_may_be_a_list_and_dates_bare() {
        let headed =
            split("---\nauthor:\n  - A. Hall\n  - B. Moor\ndate: 2022-04-26\n---\n").unwrap();
        assert_eq!(headed.front.author.as_deref(), Some("A. Hall; B. Moor"));
        assert_eq!(headed.front.date.as_deref(), Some("2022-04-26"));
        let headed = split("+++\ndate = 2022-04-26\n+++\n").unwrap();
        assert_eq!(headed.front.date.as_deref(), Some("2022-04-26"));
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
