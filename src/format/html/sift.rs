//! Lines that are no text of a report though they stand in it: links to
//! download it, to share it, and into it; copyright lines; the date below its
//! headline.

use super::super::dates;
use super::super::document::{Line, LineKind};
use super::anchors::{self, Anchors};
use super::furniture::Part;
use super::lines::Written;
use super::page::Page;

/// How long a copyright line may be, in characters.
const LONGEST_COPYRIGHT: usize = 250;

/// How long the line of a link to download may be, in characters.
const LONGEST_DOWNLOAD: usize = 120;

/// How long a line is that is prose, in characters.
const PROSE: usize = 80;

/// How many links in a row make a table of contents below its name.
const FEWEST_NAMED: usize = 2;

/// How many links into the page in a row make one without a name.
const FEWEST: usize = 3;

/// The lines of the text, and those that are none.
#[derive(Debug, Default)]
pub(super) struct Sifted {
    pub(super) lines: Vec<Line<'static>>,
    pub(super) left_out: Vec<(Part, String)>,
    /// The date that stands below the headline.
    pub(super) date: Option<String>,
}

/// Takes the lines out that are no text.
pub(super) fn sift(page: &Page<'_>, anchors: &Anchors, written: Vec<Written>) -> Sifted {
    let mut parts = contents(page, anchors, &written);
    let mut sifted = Sifted::default();
    let mut is_head = true;
    for (line, part) in written.iter().zip(&mut parts) {
        *part = part.or_else(|| of_line(page, line));
        let text = &line.line.text;
        is_head &= text.chars().count() < PROSE || line.line.kind == LineKind::Heading;
        if part.is_none() && is_head && line.line.kind == LineKind::Text {
            let date = date_alone(text);
            if date.is_some() {
                *part = Some(Part::Date);
                sifted.date = sifted.date.or(date);
            }
        }
    }
    // A page of such lines alone would be lost.
    let is_lost = parts.iter().all(Option::is_some);
    for (written, part) in written.into_iter().zip(parts) {
        match part.filter(|_| !is_lost) {
            Some(part) => sifted.left_out.push((part, written.line.text.into_owned())),
            None => sifted.lines.push(written.line),
        }
    }
    sifted
}

/// Which lines are a table of contents or its name.
fn contents(page: &Page<'_>, anchors: &Anchors, written: &[Written]) -> Vec<Option<Part>> {
    let mut parts = vec![None; written.len()];
    let mut at = 0;
    while at < written.len() {
        let is_named = anchors::is_name(&written[at].line.text);
        let first = at + usize::from(is_named);
        let is_entry = |line: &&Written| {
            let is_anchor = |link| is_named || anchors.is_anchor(page, link);
            line.line.level.is_none() && line.link.is_some_and(is_anchor)
        };
        let links = written[first..].iter().take_while(is_entry).count();
        let end = first + links;
        if links >= if is_named { FEWEST_NAMED } else { FEWEST } {
            parts[at..end].fill(Some(Part::Contents));
        }
        at = end.max(at + 1);
    }
    parts
}

fn of_line(page: &Page<'_>, written: &Written) -> Option<Part> {
    let text = written.line.text.to_lowercase();
    if written.line.level.is_none() && is_copyright(&text) {
        return Some(Part::Copyright);
    }
    let link = written.link?;
    match () {
        () if is_download(page, link, &text) => Some(Part::Download),
        () if is_share(&text) => Some(Part::ShareBox),
        () => None,
    }
}

/// Whether a line, in lower case, says whose the page is.
fn is_copyright(text: &str) -> bool {
    if text.chars().count() > LONGEST_COPYRIGHT {
        return false;
    }
    let after = |mark: &str| text.strip_prefix(mark).map(str::trim_start);
    let marked = after("©").or_else(|| after("copyright ©")).is_some()
        || ["(c)", "copyright (c)", "copyright"]
            .iter()
            .filter_map(|mark| after(mark))
            .any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let reserved = text.trim_end_matches('.');
    marked
        || reserved.ends_with("all rights reserved")
        || reserved.starts_with("all rights reserved")
}

/// What links to files are called, in lower case.
const DOWNLOAD: &[&str] = &[
    "baixar",
    "descargar",
    "download",
    "herunterladen",
    "scarica",
    "télécharger",
    "скачать",
    "تحميل",
];

/// Words that say no more of a file than what it is.
const OF_FILES: &[&str] = &[
    "a",
    "as",
    "doc",
    "docx",
    "document",
    "english",
    "epub",
    "file",
    "format",
    "full",
    "get",
    "in",
    "kb",
    "mb",
    "of",
    "open",
    "pdf",
    "print",
    "printable",
    "read",
    "report",
    "text",
    "the",
    "version",
    "view",
    "word",
];

fn is_download(page: &Page<'_>, link: usize, text: &str) -> bool {
    if text.chars().count() > LONGEST_DOWNLOAD {
        return false;
    }
    if DOWNLOAD.iter().any(|word| text.starts_with(word)) {
        return true;
    }
    let href = page.attribute(link, "href").unwrap_or_default();
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let end = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    let is_file = matches!(
        end.as_str(),
        "pdf" | "doc" | "docx" | "epub" | "odt" | "rtf"
    );
    let says_no_more =
        |word: &str| OF_FILES.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit());
    is_file && text.split(|c: char| !c.is_alphanumeric()).all(says_no_more)
}

/// Links of boxes to share and print a page, in lower case.
const SHARE: &[&str] = &[
    "back to top",
    "copy link",
    "e-mail",
    "email",
    "email this page",
    "facebook",
    "linkedin",
    "print",
    "print this page",
    "return to top",
    "share",
    "share this",
    "share this page",
    "skip to content",
    "skip to main content",
    "top",
    "tweet",
    "twitter",
    "whatsapp",
];

fn is_share(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    SHARE.contains(&text) || text.starts_with("share on ") || text.starts_with("share via ")
}

/// The day, month or year that a line is, with a word for it before.
fn date_alone(text: &str) -> Option<String> {
    const WORDS: &[&str] = &[
        "date",
        "issued",
        "last updated",
        "posted",
        "published",
        "updated",
    ];
    let lower = text.to_lowercase();
    let rest = WORDS.iter().find_map(|word| lower.strip_prefix(word));
    let rest = rest.unwrap_or(&lower).trim_start_matches(':').trim();
    let rest = rest.strip_prefix("on ").unwrap_or(rest);
    // A year alone may be anything.
    dates::iso(rest).filter(|date| date.len() == "2022-04-26".len())
}

#[cfg(test)]
mod tests {
    use super::super::super::document::Document;
    use super::super::read;

    fn left(text: &str) -> (Vec<String>, Vec<(String, u64)>) {
        let Document { lines, dropped, .. } = read(text);
        let lines = lines.into_iter().map(|line| line.text.into_owned());
        let dropped = dropped.into_iter().map(|it| (it.what, it.characters));
        (lines.collect(), dropped.collect())
    }

    #[test]
    fn lines_that_are_no_text_are_left_out_and_counted() {
        let cases = [
            ("<p>© 2021 A House</p>", "copyright lines"),
            ("<p>Copyright 2021 by A House</p>", "copyright lines"),
            ("<p>A House. All rights reserved.</p>", "copyright lines"),
            (
                "<p><a href=a.pdf>Download [127 KB]</a></p>",
                "download links",
            ),
            (
                "<p><a href=/a.pdf?x>Full Report (PDF, 2 MB)</a></p>",
                "download links",
            ),
            ("<p><a href=/x>Télécharger</a></p>", "download links"),
            ("<ul><li><a href=x>Share on Paper</a></ul>", "share box"),
            ("<p>April 26, 2022</p>", "dates"),
            ("<p>Published: 26 April 2022</p>", "dates"),
            (
                "<h2>Contents</h2><p><a href=a.htm>One</a></p><p><a href=b.htm>Two</a></p>",
                "table of contents",
            ),
            (
                "<p><a href=#a>A1</a></p><p><a href=#b>B1</a></p><p><a href=#c>C1</a></p>",
                "table of contents",
            ),
        ];
        for (markup, what) in cases {
            let (lines, dropped) = left(&format!("<h1>Title</h1>{markup}<p>Boats came.</p>"));
            assert_eq!(lines, ["Title", "Boats came."], "{markup}");
            assert_eq!(dropped.len(), 1, "{markup}");
            assert_eq!(dropped[0].0, what, "{markup}");
        }
    }

    #[test]
    fn lines_of_the_text_stay() {
        for markup in [
            "<p>Copyright law was changed.</p>",
            "<p>Download speeds were low.</p>",
            "<p><a href=a.pdf>Report on boats</a></p>",
            "<p><a href=x>Boats of the island</a></p>",
            "<p>In 2022</p>",
            "<p>2022</p>",
            "<h2>Share</h2>",
            "<h2>Contents</h2><p><a href=a.htm>One</a></p>",
        ] {
            let (lines, dropped) = left(&format!("<h1>Title</h1>{markup}<p>Boats came.</p>"));
            assert!(lines.len() >= 3, "{markup}");
            assert_eq!(dropped, [], "{markup}");
        }
        assert_eq!(left("<p><a href=a.pdf>Download</a></p>").0, ["Download"]);
    }
}
