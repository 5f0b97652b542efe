//! Books (`.epub`): the chapters in their reading order, each read by the
//! reader of HTML that the caller gives. Of tables of contents the links are
//! counted, not read; protected books are refused.

use std::collections::{HashMap, HashSet};

use super::dates;
use super::document::{Document, Dropped, Line, LineKind, Metadata};
use super::flow::{real_title, web_address};
use super::html::is_name_of_contents;
use super::names;
use super::package::{LIMIT, Package};
use super::xml::{Node, all_texts, first_texts, walk};

/// How many missing chapters are told one by one.
const MISSING: usize = 10;

/// Reads a book, its chapters by `html`.
///
/// # Errors
///
/// If the file is no whole zip package, names no contents, is protected, or
/// is larger than 200 MB uncompressed.
pub fn read(
    bytes: &[u8],
    html: impl Fn(&str) -> Document<'static>,
) -> Result<Document<'static>, String> {
    let mut package = Package::open(bytes, LIMIT)?;
    let encryption = package.text("META-INF/encryption.xml")?;
    if encryption.is_some_and(|text| protects_text(&text)) {
        return Err("encrypted: the book is protected (DRM)".to_owned());
    }
    let contents_name = contents_name(&mut package)?;
    let text = package
        .text(&contents_name)?
        .ok_or_else(|| format!("no book: `{contents_name}` is missing"))?;
    let contents = Contents::read(&text);
    let folder = contents_name
        .rfind('/')
        .map_or("", |end| &contents_name[..end]);

    let mut book = Document {
        whole: true,
        metadata: contents.metadata.clone(),
        ..Document::default()
    };
    if let Some(end) = &contents.end {
        book.remarks
            .push(format!("`{contents_name}` breaks off: {end}"));
    }
    let mut missing = Vec::new();
    for (item, is_navigation) in contents.chapters() {
        let name = resolved(folder, &item.href);
        match package.text(&name) {
            Ok(Some(text)) => append(&mut book, html(&text), is_navigation),
            Ok(None) => missing.push(name),
            Err(error) => book.remarks.push(error),
        }
    }
    for name in missing.iter().take(MISSING) {
        book.remarks.push(format!("`{name}` is missing"));
    }
    if missing.len() > MISSING {
        let more = missing.len() - MISSING;
        book.remarks
            .push(format!("{more} more chapters are missing"));
    }
    Ok(book)
}

/// Puts a chapter at the end of the book.
fn append(book: &mut Document<'static>, chapter: Document<'static>, is_navigation: bool) {
    let drop_text = |book: &mut Document<'static>, dropped: Dropped| match book
        .dropped
        .iter_mut()
        .find(|other| other.what == dropped.what)
    {
        Some(other) => other.characters += dropped.characters,
        None if dropped.characters > 0 => book.dropped.push(dropped),
        None => {}
    };
    let mut lines = chapter.lines;
    if is_navigation {
        let entries = without_text(&lines);
        let characters = |line: &Line<'_>| line.text.chars().count() as u64;
        let left_out = lines
            .iter()
            .zip(&entries)
            .filter(|(_, is_entry)| **is_entry);
        let dropped = Dropped {
            what: "navigation".to_owned(),
            characters: left_out.map(|(line, _)| characters(line)).sum(),
        };
        drop_text(book, dropped);
        let mut entries = entries.into_iter();
        lines.retain(|_| !entries.next().unwrap_or(false));
    }
    book.whole &= chapter.whole || lines.is_empty();
    for dropped in chapter.dropped {
        drop_text(book, dropped);
    }
    // A table of contents lacks nothing if it has no text.
    let is_told = !is_navigation || !lines.is_empty();
    for remark in chapter.remarks.into_iter().filter(|_| is_told) {
        if !book.remarks.contains(&remark) {
            book.remarks.push(remark);
        }
    }
    for mut line in lines {
        line.number = book.lines.len() as u64 + 1;
        line.page = None;
        book.lines.push(line);
    }
}

/// How many words a sentence has at least.
const SENTENCE: usize = 4;

/// Which lines of a chapter that the book calls a table of contents are no
/// more: its links and their heading; all of it where it has no sentence.
fn without_text(lines: &[Line<'_>]) -> Vec<bool> {
    let is_sentence = |line: &Line<'_>| {
        let text = line.text.trim_end_matches(['"', '”', '’', ')', '»']);
        !line.is_link
            && line.kind != LineKind::Heading
            && text.ends_with(['.', '?', '!', '。', '؟', '।'])
            && text.split_whitespace().count() >= SENTENCE
    };
    if !lines.iter().any(is_sentence) {
        return vec![true; lines.len()];
    }
    let is_before_links = |at: usize| {
        let next = lines.get(at + 1);
        is_name_of_contents(&lines[at].text) && next.is_some_and(|next| next.is_link)
    };
    let is_entry = |at: usize| lines[at].is_link || is_before_links(at);
    (0..lines.len()).map(is_entry).collect()
}

/// The name of the part that lists the contents.
fn contents_name(package: &mut Package<'_>) -> Result<String, String> {
    let mut named = None;
    let container = package.text("META-INF/container.xml")?.unwrap_or_default();
    walk(&container, |node| {
        if let Node::Open(tag) = node
            && tag.name() == "rootfile"
            && named.is_none()
        {
            named = tag.get("full-path");
        }
    });
    named
        .or_else(|| {
            package
                .names()
                .into_iter()
                .find(|name| name.ends_with(".opf"))
        })
        .map(|name| resolved("", &name))
        .ok_or_else(|| "no book: it names no contents".to_owned())
}

/// Whether an `encryption.xml` covers more than fonts.
fn protects_text(text: &str) -> bool {
    const FONTS: [&str; 2] = [
        "http://www.idpf.org/2008/embedding",
        "http://ns.adobe.com/pdf/enc#RC",
    ];
    let is_font = |name: &str| {
        let end = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        matches!(
            end.as_str(),
            "otf" | "ttf" | "woff" | "woff2" | "ttc" | "eot"
        )
    };
    let mut protects = false;
    let mut masked = false;
    walk(text, |node| {
        let Node::Open(tag) = node else { return };
        match tag.name() {
            "EncryptedData" => masked = false,
            "EncryptionMethod" => {
                let algorithm = tag.get("Algorithm").unwrap_or_default();
                masked = FONTS.contains(&algorithm.as_str());
            }
            "CipherReference" => {
                protects |= !masked && !is_font(&tag.get("URI").unwrap_or_default());
            }
            _ => {}
        }
    });
    protects
}

/// A file that the book lists.
struct Item {
    id: String,
    href: String,
    is_chapter: bool,
    is_navigation: bool,
}

/// What the package document of a book says.
#[derive(Default)]
struct Contents {
    metadata: Metadata,
    items: Vec<Item>,
    spine: Vec<String>,
    guides: HashSet<String>,
    end: Option<String>,
}

impl Contents {
    /// Reads a package document, as far as it goes.
    fn read(text: &str) -> Self {
        let mut contents = Self::default();
        contents.end = walk(text, |node| {
            let Node::Open(tag) = node else { return };
            let value = |name| tag.get(name).unwrap_or_default();
            match tag.name() {
                "item" => contents.items.push(Item {
                    id: value("id"),
                    href: value("href"),
                    is_chapter: matches!(
                        value("media-type").as_str(),
                        "application/xhtml+xml" | "text/html" | "text/x-oeb1-document"
                    ),
                    is_navigation: value("properties").split_whitespace().any(|it| it == "nav"),
                }),
                "itemref" => contents.spine.push(value("idref")),
                "reference" if value("type") == "toc" => {
                    contents.guides.insert(resolved("", &value("href")));
                }
                _ => {}
            }
        });
        contents.metadata = metadata(text);
        contents
    }

    /// The chapters in reading order, each with whether it is a table of
    /// contents; where no order is given, in the order of the list.
    fn chapters(&self) -> Vec<(&Item, bool)> {
        let by_id: HashMap<&str, &Item> = self
            .items
            .iter()
            .map(|item| (item.id.as_str(), item))
            .collect();
        let ordered: Vec<&Item> = if self.spine.is_empty() {
            self.items.iter().collect()
        } else {
            let items = self.spine.iter().map(|id| by_id.get(id.as_str()).copied());
            items.flatten().collect()
        };
        let navigates =
            |item: &Item| item.is_navigation || self.guides.contains(&resolved("", &item.href));
        // A chapter is read once, however often the order names it.
        let mut seen = HashSet::new();
        let chapters = ordered
            .into_iter()
            .filter(|item| item.is_chapter && seen.insert(item.href.as_str()));
        chapters.map(|item| (item, navigates(item))).collect()
    }
}

/// What the package document of a book says of it. Of several dates, that of
/// publication goes first, and none is that of a change or of the copy.
fn metadata(text: &str) -> Metadata {
    let names = ["title", "source", "publisher", "issued", "language"];
    let [title, source, publisher, issued, language] = first_texts(text, names);
    let identifiers = all_texts(text, "identifier");
    let identifiers = || identifiers.iter().map(|(_, identifier)| identifier.clone());
    let dates = all_texts(text, "date");
    let date = |events: &[&str]| {
        let of = |(event, _): &&(Option<String>, String)| {
            events.contains(&event.as_deref().unwrap_or_default())
        };
        dates
            .iter()
            .filter(of)
            .find_map(|(_, date)| dates::iso(date))
    };
    let issued = issued.as_deref().and_then(dates::iso);
    let symbol = |text: &String| names::is_symbol(text);
    Metadata {
        title: real_title(title),
        authors: names::authors(all_texts(text, "creator").into_iter().map(|(_, name)| name)),
        publisher: publisher.filter(|name| names::is_name(name)),
        site: None,
        date: issued
            .or_else(|| date(&["publication", "original-publication", "issued"]))
            .or_else(|| date(&[""])),
        number: identifiers().find(symbol),
        language: language.as_deref().and_then(names::language),
        url: web_address(source).or(identifiers().find_map(|text| web_address(Some(text)))),
    }
}

/// The name of a part that is referred to from a folder: percent signs
/// decoded, the fragment cut, `.` and `..` taken.
fn resolved(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let mut parts: Vec<Vec<u8>> = Vec::new();
    let from = if href.starts_with('/') { "" } else { folder };
    let folder = from.split('/').map(|part| part.as_bytes().to_vec());
    for part in folder.chain(href.split('/').map(percent_decoded)) {
        match part.as_slice() {
            b"" | b"." => {}
            b".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    String::from_utf8_lossy(&parts.join(&b'/')).into_owned()
}

/// The bytes that a part of an address stands for.
fn percent_decoded(part: &str) -> Vec<u8> {
    let bytes = part.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;
