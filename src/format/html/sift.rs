//! Lines that are no text of a report though they stand in it: links to
//! download it, to share it, and into it; copyright lines; the date below its
//! headline.

use std::sync::LazyLock;

use regex::Regex;

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

/// Words before a date that are not places, in lower case.
const NOT_PLACES: &[&str] = &[
    "adopted", "born", "died", "done", "filed", "hearing", "judgment", "lodged", "signed",
];

/// The longest name of a place before a date, in characters.
const LONGEST_PLACE: usize = 30;

/// The shortest sentence, in characters.
const SENTENCE: usize = 40;

/// The longest entry of a menu, in characters.
const LONGEST_ENTRY: usize = 200;

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
pub(super) fn sift(
    page: &Page<'_>,
    anchors: &Anchors,
    written: Vec<Written>,
    headline: Option<&str>,
) -> Sifted {
    let mut parts = contents(page, anchors, &written);
    let menus = above(&written, headline);
    parts[..menus].fill(Some(Part::Navigation));
    let mut sifted = Sifted::default();
    for (line, part) in written.iter().zip(&mut parts) {
        *part = part.or_else(|| of_line(page, line));
    }
    if let Some((at, date)) = date_below_headline(&written, &parts) {
        parts[at] = Some(Part::Date);
        sifted.date = Some(date);
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

/// How many lines stand above the headline, if they are menus: mostly links,
/// with the names of the menus, and no sentence; else 0.
fn above(written: &[Written], headline: Option<&str>) -> usize {
    let is_headline = |written: &Written| {
        let line = &written.line;
        line.kind == LineKind::Heading && Some(line.text.as_ref()) == headline
    };
    let Some(end) = written.iter().position(is_headline) else {
        return 0;
    };
    let lines = &written[..end];
    let is_sentence =
        |text: &str| text.chars().count() >= SENTENCE && text.ends_with(['.', '?', '!', '”', '"']);
    let has_text = lines.iter().any(|written| {
        is_sentence(&written.line.text) || written.line.text.chars().count() > LONGEST_ENTRY
    });
    let items = lines
        .iter()
        .filter(|line| line.line.kind != LineKind::Heading);
    let links = items.clone().filter(|line| line.link.is_some()).count();
    match !has_text && links >= FEWEST && links * 2 >= items.count() {
        true => end,
        false => 0,
    }
}

/// The line right below a headline if it is a date and nothing else, with that
/// date. If several lines are dates, as in a chronology, or if text stands
/// before it, which may say what the date is of, there is none.
fn date_below_headline(written: &[Written], parts: &[Option<Part>]) -> Option<(usize, String)> {
    let is_text = |at: &usize| written[*at].line.kind != LineKind::Heading;
    let lines = (0..written.len()).filter(|at| parts[*at].is_none());
    let mut text = lines.filter(is_text);
    let first = text.next()?;
    let date = date_alone(&written[first].line.text)?;
    let others = text.filter(|at| date_alone(&written[*at].line.text).is_some());
    let is_below = written[..first]
        .iter()
        .any(|line| line.line.kind == LineKind::Heading);
    (others.count() == 0 && (is_below || first == 0)).then_some((first, date))
}

/// Which lines are a table of contents or its name.
fn contents(page: &Page<'_>, anchors: &Anchors, written: &[Written]) -> Vec<Option<Part>> {
    let mut parts = vec![None; written.len()];
    let mut at = 0;
    while at < written.len() {
        let is_named = anchors::is_name(&written[at].line.text);
        let first = at + usize::from(is_named);
        let is_entry = |line: &&Written| {
            let is_anchor =
                |link| is_named && !anchors.leads_away(page, link) || anchors.is_anchor(page, link);
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
    // A heading is the name of a section, whatever it says.
    if written.line.kind == LineKind::Heading {
        return None;
    }
    if is_copyright(&written.line.text) {
        return Some(Part::Copyright);
    }
    let text = written.line.text.to_lowercase();
    let link = written.link?;
    match () {
        () if is_download(page, link, &text) => Some(Part::Download),
        () if is_share(&text) => Some(Part::ShareBox),
        () => None,
    }
}

/// A copyright mark, years and an owner, as printed: `© 2021 A House`,
/// `Copyright (c) 2019-21 by A House`. `(c)` alone is the third of a list.
static COPYRIGHT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:[Cc]opyright|COPYRIGHT)?\s*(?:©|\([Cc]\))?\s*",
        r"(?:19|20)\d\d(?:\s?[-–,]\s?\d{2,4})*[,.]?\s*(?:[Bb]y\s+)?(?:\p{Lu}|$)",
    ))
    // The pattern is a constant; the tests below run it.
    .expect("a valid pattern")
});

/// Whether a line says whose the page is.
fn is_copyright(text: &str) -> bool {
    let lower = text.to_lowercase();
    let lower = lower.trim_end_matches('.');
    let is_marked = (text.starts_with('©') || lower.starts_with("copyright"))
        && COPYRIGHT.is_match(text)
        && !text.ends_with(['?', '!', ';', ':']);
    let is_owner = text.starts_with('©') && !text.contains(|c: char| c.is_ascii_digit());
    let is_reserved =
        lower.ends_with("all rights reserved") || lower.starts_with("all rights reserved");
    text.chars().count() <= LONGEST_COPYRIGHT && (is_marked || is_owner || is_reserved)
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
    // `Lübeck, 31. März 2003`.
    let is_place = |place: &str| {
        let letters = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '’' | '\'' | '.');
        let mut words = place.split_whitespace();
        place.chars().count() <= LONGEST_PLACE
            && place.chars().all(letters)
            && words.all(|word| word.starts_with(char::is_uppercase))
            && !NOT_PLACES.contains(&place.to_lowercase().as_str())
    };
    let behind_place = || {
        let (place, rest) = text.trim().split_once(", ")?;
        dates::iso(rest).filter(|_| is_place(place))
    };
    // A year alone may be anything.
    let date = dates::iso(rest).or_else(behind_place);
    date.filter(|date| date.len() == "2022-04-26".len())
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
            ("<p>Lübeck, 31. März 2003</p>", "dates"),
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
    fn menus_above_the_headline_are_left_out() {
        let menu = "<h1 class=navSkip>Service</h1><p>Go to:</p><h2>Menu</h2><ul><li><a href=a>Kilns</a>\
                    <li><a href=b>Pans</a><li><a href=c>Boats</a></ul>";
        let text = "<h1>Title</h1><p>Boats came.</p>";
        let (lines, dropped) = left(&format!("{menu}{text}"));
        assert_eq!(lines, ["Title", "Boats came."]);
        assert_eq!(dropped.len(), 1);
        assert_eq!(dropped[0].0, "navigation");
        let summary = "<p>Boats came to the islands of the north in May.</p>";
        let (lines, dropped) = left(&format!("{menu}{summary}{text}"));
        assert!(lines.len() > 3);
        assert_eq!(dropped, []);
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
