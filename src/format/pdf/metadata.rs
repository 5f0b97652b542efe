//! What a PDF says of itself: title, authors, publisher, date, number. What a
//! program or a typist left there is none of it, and the day on which the file
//! was made is no date of publication. Nothing here reads pages.

use std::collections::HashSet;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, Stream};

use crate::format::document::{Line, Metadata};
use crate::text::dates;

/// The fewest words of a text that can tell whether a title is its own.
const MANY_WORDS: usize = 100;

/// What the file says of itself, as far as its text bears it out.
pub(super) fn of(pdf: &Pdf, lines: &[Line<'_>]) -> Metadata {
    let info = pdf.metadata();
    let packet = packet(pdf).unwrap_or_default();
    let text = |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(decode);
    let words = Words::of(lines);
    let titles = [text(&info.title), item(&packet, "dc:title")];
    let mut titles = titles.into_iter().flatten();
    let title = titles.find_map(|title| meaningful(&title).filter(|t| words.have_title(t)));
    let author = text(&info.author).or_else(|| item(&packet, "dc:creator"));
    let authors = author.map(|author| names(&author)).unwrap_or_default();
    let publisher = item(&packet, "dc:publisher").map(|name| fold(&name));
    let keywords = text(&info.keywords).unwrap_or_default();
    let date = item(&packet, "prism:publicationDate").or_else(|| item(&packet, "prism:coverDate"));
    Metadata {
        title,
        authors: authors.into_iter().filter(|a| words.have(a)).collect(),
        publisher: publisher.filter(|name| words.have(name)),
        date: date
            .and_then(|date| dates::iso(&date))
            .or_else(|| cover_date(&keywords)),
        language: item(&packet, "dc:language").and_then(|tag| language(&tag)),
        ..Metadata::default()
    }
}

/// The words of a text, as what stands in the properties is compared with them.
struct Words {
    all: HashSet<String>,
    /// All of them in a line, a space around each.
    line: String,
    count: usize,
}

impl Words {
    fn of(lines: &[Line<'_>]) -> Self {
        let mut line = String::from(" ");
        for word in lines.iter().flat_map(|line| words(&line.text)) {
            line.push_str(&word);
            line.push(' ');
        }
        let all: HashSet<String> = line.split_whitespace().map(str::to_owned).collect();
        let count = line.split_whitespace().count();
        Words { all, line, count }
    }

    /// Whether a name stands in the text: a name that only the properties have
    /// is that of a typist or of a program.
    fn have(&self, name: &str) -> bool {
        let name: Vec<String> = words(name).collect();
        !name.is_empty() && self.line.contains(&format!(" {} ", name.join(" ")))
    }

    /// Whether a title is one of this text: most of its longer words are in it.
    fn have_title(&self, title: &str) -> bool {
        let long: Vec<String> = words(title).filter(|w| w.chars().count() >= 4).collect();
        let found = long.iter().filter(|word| self.all.contains(*word)).count();
        self.count < MANY_WORDS || found * 2 > long.len()
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn fold(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The names in a list of authors. Addresses and logins are none; names between
/// commas are several where each has two words or more.
fn names(author: &str) -> Vec<String> {
    let is_name = |name: &&str| {
        name.contains(' ')
            && !name.contains(['@', '\\', '/', '_', '\u{FFFD}'])
            && !name.chars().any(|c| c.is_ascii_digit())
    };
    let author = fold(author);
    let of_list: Vec<&str> = author.split(';').map(str::trim).collect();
    let parts = of_list.into_iter().flat_map(|part| {
        let by_comma: Vec<&str> = part.split(',').map(str::trim).collect();
        let apart = by_comma
            .iter()
            .all(|name| name.contains(' ') || name.contains("://"));
        if apart { by_comma } else { vec![part] }
    });
    parts.filter(is_name).map(str::to_owned).collect()
}

/// The date on the cover, where the keywords give it: `Cover Date: June 3, 2020`.
fn cover_date(keywords: &str) -> Option<String> {
    let at = keywords.to_ascii_lowercase().find("cover date:")?;
    let date = keywords.get(at + "cover date:".len()..)?;
    let date = date.split([';', '\n', '\r']).next()?;
    dates::in_words(date)
}

/// A language tag in its usual form; none where it is a word or a placeholder.
fn language(tag: &str) -> Option<String> {
    let tag = tag.trim();
    let mut parts = tag.split('-');
    let primary = parts.next()?;
    let is_tag = (2..=3).contains(&primary.len())
        && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    (is_tag && !primary.eq_ignore_ascii_case("und")).then(|| tag.to_owned())
}

/// A text string of PDF: UTF-16 or UTF-8 with a mark, else by bytes (the
/// typographic ones as PDF numbers them, the others as Latin 1).
pub(super) fn decode(bytes: &[u8]) -> String {
    const TYPOGRAPHIC: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚',
        '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{FFFD}', '€',
    ];
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return utf16(rest, u16::from_be_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return String::from_utf8_lossy(rest).into_owned();
    }
    bytes
        .iter()
        .map(|&byte| match byte {
            0x80..=0xA0 => TYPOGRAPHIC[usize::from(byte - 0x80)],
            _ => char::from(byte),
        })
        .collect()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| unit([pair[0], pair[1]]))
        .collect();
    String::from_utf16_lossy(&units)
}

/// The metadata packet (XMP) of the file.
fn packet(pdf: &Pdf) -> Option<String> {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
    let stream = catalog.get::<Stream<'_>>(b"Metadata")?;
    let bytes = stream.decoded_data().ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The text of an element of a packet, or of the first `rdf:li` in it.
fn item(packet: &str, element: &str) -> Option<String> {
    let (_, rest) = packet.split_once(&format!("<{element}"))?;
    let (inside, _) = rest.split_once(&format!("</{element}>"))?;
    let text = match inside.split_once("<rdf:li") {
        Some((_, item)) => item.split_once('>')?.1.split_once('<')?.0,
        None => inside.split_once('>')?.1,
    };
    let plain = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    let text = plain.iter().fold(text.to_owned(), |text, (name, char)| {
        text.replace(name, char)
    });
    (!text.contains('<') && !text.trim().is_empty()).then_some(text)
}

/// The title without noise; none where it is what a program makes up.
fn meaningful(title: &str) -> Option<String> {
    const ENDINGS: [&str; 20] = [
        "doc", "docx", "indd", "qxd", "qxp", "pdf", "rtf", "pub", "wpd", "ppt", "pptx", "htm",
        "html", "txt", "exe", "odt", "xls", "xlsx", "tex", "dvi",
    ];
    let title: String = title.chars().filter(|char| !char.is_control()).collect();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let folded = title.to_lowercase();
    let made_up = folded.starts_with("microsoft word")
        || folded.starts_with("untitled")
        || ["document", "title", "slide 1", "print", "layout 1"].contains(&folded.as_str())
        || folded
            .rsplit_once('.')
            .is_some_and(|(_, end)| ENDINGS.contains(&end))
        || folded.contains(['\\', '\u{FFFD}'])
        || (!folded.contains(' ') && folded.contains('_'))
        || is_copy(&folded);
    let letters = title.chars().filter(|char| char.is_alphabetic()).count();
    (!made_up && letters >= 4).then_some(title)
}

/// Whether a title ends as copies of files are named: `A-Z copy 1`.
fn is_copy(folded: &str) -> bool {
    let bare = folded.trim_end_matches(|c: char| c.is_ascii_digit() || " ()._-".contains(c));
    [" copy", " final", " draft", " version"]
        .iter()
        .any(|ending| bare.ends_with(ending))
        && (bare.len() < folded.len() || bare.ends_with(" copy"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_titles_are_none() {
        for (title, kept) in [
            ("Microsoft Word - report.doc", None),
            ("final_v3.indd", None),
            ("tip_report_2013", None),
            ("  A  Report\u{0} on Work ", Some("A Report on Work")),
            ("Untitled-1", None),
            ("2014", None),
            ("A-Z copy 1", None),
            ("10811.exe", None),
            ("Report final 2", None),
            ("The Final Report", Some("The Final Report")),
        ] {
            assert_eq!(meaningful(title).as_deref(), kept, "{title}");
        }
    }

    #[test]
    fn strings_are_decoded_by_their_mark() {
        assert_eq!(decode(b"\xFE\xFF\x00A\x20\x19"), "A\u{2019}");
        assert_eq!(decode(b"\xEF\xBB\xBFna\xC3\xAFve"), "naïve");
        assert_eq!(decode(b"na\xEFve \x84 end"), "naïve — end");
    }

    #[test]
    fn a_packet_names_its_title() {
        let packet = "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">Work &amp; Rest</rdf:li></rdf:Alt></dc:title>\
                      <dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>\
                      <prism:publicationDate>2019-05-02</prism:publicationDate><dc:publisher/>";
        assert_eq!(item(packet, "dc:title").as_deref(), Some("Work & Rest"));
        assert_eq!(item(packet, "dc:language").as_deref(), Some("en-GB"));
        assert_eq!(
            item(packet, "prism:publicationDate").as_deref(),
            Some("2019-05-02")
        );
        assert_eq!(item(packet, "dc:publisher"), None);
    }

    #[test]
    fn logins_and_addresses_are_no_authors() {
        for (author, expected) in [
            ("lindner", &[][..]),
            ("Office of Salt, http://salt.example", &["Office of Salt"]),
            ("Ann Reed, Ben Kiln", &["Ann Reed", "Ben Kiln"]),
            ("Reed, Ann", &["Reed, Ann"]),
            ("Ann Reed; Office of Salt", &["Ann Reed", "Office of Salt"]),
            ("user01 PC", &[]),
            ("ann@salt.example", &[]),
        ] {
            assert_eq!(names(author), expected, "{author}");
        }
    }

    #[test]
    fn the_text_bears_names_and_titles_out() {
        let text = format!(
            "By Ann Reed of the Office of Salt. {}",
            "Pans and wages. ".repeat(40)
        );
        let words = Words::of(&[Line::text(1, text)]);
        for (name, stands) in [
            ("Ann Reed", true),
            ("Quill Typist", false),
            ("Salt. Pans", true),
        ] {
            assert_eq!(words.have(name), stands, "{name}");
        }
        for (title, own) in [
            ("Wages of the Pans", true),
            ("Quarterly Budget Template", false),
        ] {
            assert_eq!(words.have_title(title), own, "{title}");
        }
    }

    #[test]
    fn only_a_cover_date_is_a_date() {
        assert_eq!(
            cover_date("Cover Date:  April 22, 2026").as_deref(),
            Some("2026-04-22")
        );
        assert_eq!(cover_date("salt, April 22, 2026"), None);
    }
}
