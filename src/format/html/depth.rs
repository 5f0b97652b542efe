//! Markup nested so deep that parsing would take minutes: parsers look
//! through all open elements at each tag. Tags beyond a depth no page needs
//! are left out before parsing; text never is.

use std::borrow::Cow;
use std::collections::HashMap;

/// How many elements may be open; browsers stop at half of it.
const DEEPEST: usize = 1_000;

/// How many elements of formatting may be open: parsers open all of them again
/// in each paragraph that follows.
const DEEPEST_FORMATTING: usize = 50;

/// Elements that never hold others, and those that close by themselves: pages
/// leave them open by the thousand.
const UNCOUNTED: &[&str] = &[
    "area", "base", "basefont", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li",
    "link", "meta", "option", "p", "param", "source", "tbody", "td", "th", "thead", "tr", "track",
    "wbr",
];

/// Elements of formatting: without their tags their text is what it was, but
/// for its looks.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// A text whose tags are not nested too deep.
pub(super) struct Flat<'a> {
    pub(super) text: Cow<'a, str>,
}

impl Flat<'_> {
    /// That tags were left out, if any were.
    pub(super) fn remark(&self) -> Option<String> {
        matches!(self.text, Cow::Owned(_)).then(|| {
            format!(
                "elements are nested more than {DEEPEST} deep, or those of formatting \
                 {DEEPEST_FORMATTING}; the tags beyond are left out"
            )
        })
    }
}

/// Leaves out the tags of elements that are nested too deep.
pub(super) fn flatten(text: &str) -> Flat<'_> {
    let mut open: HashMap<String, usize> = HashMap::new();
    let (mut depth, mut formatting) = (0usize, 0usize);
    let mut kept = String::new();
    let mut copied = 0;
    for tag in tags(text) {
        let (depth, deepest) = match FORMATTING.contains(&tag.name.as_str()) {
            true => (&mut formatting, DEEPEST_FORMATTING),
            false => (&mut depth, DEEPEST),
        };
        let count = open.entry(tag.name).or_default();
        let beyond = if tag.closes {
            if *count == 0 {
                continue;
            }
            *count -= 1;
            *depth -= 1;
            *depth >= deepest
        } else {
            *count += 1;
            *depth += 1;
            *depth > deepest
        };
        if beyond {
            kept.push_str(&text[copied..tag.start]);
            copied = tag.end;
        }
    }
    if copied == 0 {
        return Flat { text: text.into() };
    }
    kept.push_str(&text[copied..]);
    Flat { text: kept.into() }
}

/// A tag that counts; `start..end` in bytes.
struct Tag {
    name: String,
    closes: bool,
    start: usize,
    end: usize,
}

fn tags(text: &str) -> Tags<'_> {
    Tags { text, at: 0 }
}

/// The tags of a text that count, in order.
struct Tags<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Tags<'_> {
    type Item = Tag;

    fn next(&mut self) -> Option<Tag> {
        loop {
            let start = self.at + self.text[self.at..].find('<')?;
            let rest = &self.text[start + 1..];
            let closes = rest.starts_with('/');
            let name = &rest[usize::from(closes)..];
            let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
            let name = name[..length.unwrap_or(name.len())].to_ascii_lowercase();
            self.at = start + 1;
            if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let end = start + 1 + rest.find('>')? + 1;
            if !UNCOUNTED.contains(&name.as_str()) {
                self.at = end;
                return Some(Tag {
                    name,
                    closes,
                    start,
                    end,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_stay_as_they_are() {
        let text = "<div><p>one<p>two<br></div></span><a".to_owned() + &"<li>x".repeat(5_000);
        let flat = flatten(&text);
        assert_eq!(flat.text, text.as_str());
        assert!(flat.remark().is_none());
    }

    #[test]
    fn formatting_without_end_is_left_out() {
        let open: String = (0..3_000).map(|n| format!("<font color=c{n}>")).collect();
        let text = format!("<p>{open}one</p>{}", "<p>two</p>".repeat(3_000));
        let flat = flatten(&text);
        assert_eq!(flat.text.matches("<font").count(), DEEPEST_FORMATTING);
        assert!(flat.text.ends_with("<p>two</p>"));
        let document = crate::format::html::read(&text);
        assert_eq!(document.lines.len(), 3_001);
    }

    #[test]
    fn tags_beyond_are_left_out_in_pairs() {
        let text = "<div>".repeat(2_000) + "deep" + &"</div>".repeat(2_000) + "after";
        let flat = flatten(&text);
        let want = "<div>".repeat(1_000) + "deep" + &"</div>".repeat(1_000) + "after";
        assert_eq!(flat.text, want.as_str());
        assert!(flat.remark().is_some());
    }
}
