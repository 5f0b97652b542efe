//! Pages that are not the page they should be: cut off, empty, or an error
//! page saved in place of a report.

use super::super::document::Line;

/// How much text an error page has at most, in characters.
const ERROR_PAGE: usize = 2_000;

/// How the titles or first words of error pages and bot checks begin, in
/// lower case.
const ERRORS: &[&str] = &[
    "403 - forbidden",
    "403 forbidden",
    "404 - page not found",
    "404 not found",
    "429 too many requests",
    "500 internal server error",
    "502 bad gateway",
    "503 service",
    "access denied",
    "access to this page has been denied",
    "attention required! | cloudflare",
    "attention required!",
    "error 403",
    "error 404",
    "just a moment",
    "page not found",
    "service unavailable",
    "technical difficulties",
    "we're sorry, this site is currently experiencing technical difficulties",
    "are you a robot",
    "verify you are human",
    "checking your browser",
];

/// What the markup says of the page as it came down.
pub(super) fn of_download(text: &str) -> Option<String> {
    let has = |tag: &str| {
        let mut tags = text.match_indices(tag.chars().next()?);
        tags.find(|&(at, _)| {
            let found = text.as_bytes().get(at..at + tag.len());
            found.is_some_and(|found| found.eq_ignore_ascii_case(tag.as_bytes()))
        })
    };
    let unclosed = has("<html").is_some() && has("</html").is_none() && has("</body").is_none();
    (unclosed || ends_in_tag(text))
        .then(|| "ends before the page does: half downloaded?".to_owned())
}

/// Whether the text ends inside a tag.
fn ends_in_tag(text: &str) -> bool {
    let Some(start) = text.rfind('<') else {
        return false;
    };
    let tag = &text[start + 1..];
    let named = tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
    !tag.contains('>') && (named || tag.is_empty())
}

/// What the lines say of the page.
pub(super) fn of_page(lines: &[Line<'_>], title: Option<&str>) -> Option<String> {
    if lines.is_empty() {
        return Some("no text in its body".to_owned());
    }
    let size: usize = lines.iter().map(|line| line.text.chars().count()).sum();
    if size >= ERROR_PAGE {
        return None;
    }
    let first = lines.iter().take(2).map(|line| line.text.as_ref());
    let error = title.into_iter().chain(first).find(|text| is_error(text))?;
    let shown: String = error.chars().take(60).collect();
    Some(format!("the page is an error page of its site (`{shown}`)"))
}

fn is_error(text: &str) -> bool {
    let text = text.to_lowercase().replace('’', "'");
    ERRORS.iter().any(|error| text.starts_with(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_pages_are_told() {
        let cases = [
            ("<html><body><p>a</p></body></html>", false),
            ("<HTML><BODY><p>a</p></BODY></HTML>\n<!-- cached -->", false),
            ("<html><body><p>a</p></body>", false),
            ("<html><body><p>a</p>", true),
            ("<p>a</p><p cla", true),
            ("<p>a</p><", true),
            ("<p>a</p>", false),
            ("<p>1 < 2", false),
            ("a text", false),
        ];
        for (text, want) in cases {
            assert_eq!(of_download(text).is_some(), want, "{text}");
        }
    }
}
