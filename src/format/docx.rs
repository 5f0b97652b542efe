//! Word documents (`.docx`): paragraphs become lines, labelled with the numbers
//! that Word puts before them; rows of tables become a line each; foot- and
//! endnotes stand as lines of text after the body. Left out and counted:
//! headers and footers, captions and the words for pictures, tables of
//! contents, hidden text, comments. Of tracked changes, what is inserted is
//! read and what is deleted is not.

mod numbering;
mod paragraph;
mod styles;
mod walker;

use std::collections::HashMap;

use super::dates;
use super::document::{Document, Metadata};
use super::flow::{names_in_text, real_author, real_title, web_address};
use super::names;
use super::package::{LIMIT, OLE, Package};
use super::xml::{Node, first_texts, walk};
use numbering::Numbering;
use styles::Styles;
use walker::{Part, Walker};

/// Reads a Word document.
///
/// # Errors
///
/// If the file is encrypted, an old Word file, no whole zip package, without
/// a main text, or larger than 200 MB uncompressed.
pub fn read(bytes: &[u8]) -> Result<Document<'static>, String> {
    if bytes.starts_with(&OLE) {
        return Err(
            "encrypted, or an old Word file (.doc): save it as .docx without a password".to_owned(),
        );
    }
    let mut package = Package::open(bytes, LIMIT)?;
    let main = main_part(&mut package)?;
    let body = package
        .text(&main)?
        .ok_or_else(|| format!("no Word document: `{main}` is missing"))?;
    let folder = main.rfind('/').map_or("", |end| &main[..=end]);

    let mut walker = Walker::default();
    walker.styles = Styles::read(
        &walker
            .flow
            .side_part(&mut package, &format!("{folder}styles.xml")),
    );
    walker.numbering = Numbering::read(
        &walker
            .flow
            .side_part(&mut package, &format!("{folder}numbering.xml")),
    );
    let has_pages = body.contains("lastRenderedPageBreak");
    walker.page = has_pages.then_some(1);
    let file = &main[folder.len()..];
    let links = format!("{folder}_rels/{file}.rels");
    walker.targets = targets(&walker.flow.side_part(&mut package, &links));
    walker.part(&main, &body, Part::Body);
    walker.page = None;
    walker.targets.clear();
    for name in ["footnotes.xml", "endnotes.xml"] {
        let name = format!("{folder}{name}");
        let text = walker.flow.side_part(&mut package, &name);
        walker.part(&name, &text, Part::Notes);
    }
    let core = walker.flow.side_part(&mut package, "docProps/core.xml");
    for name in package.names() {
        let kind = name.strip_prefix(folder).unwrap_or_default();
        let what = match kind {
            _ if kind.starts_with("header") || kind.starts_with("footer") => "running heads",
            "comments.xml" => "comments",
            _ => continue,
        };
        if let Ok(Some(text)) = package.text(&name) {
            walker.part(&name, &text, Part::Apart(what));
        }
    }
    let mut document = walker.flow.finish();
    document.metadata = metadata(&core);
    let names = std::mem::take(&mut document.metadata.authors);
    document.metadata.authors = names_in_text(names, &document);
    Ok(document)
}

/// What the core properties of a document say. When it was created and
/// changed says nothing of when it was published.
fn metadata(core: &str) -> Metadata {
    let names = [
        "title",
        "identifier",
        "creator",
        "publisher",
        "issued",
        "date",
        "language",
    ];
    let [
        title,
        identifier,
        creator,
        publisher,
        issued,
        date,
        language,
    ] = first_texts(core, names);
    Metadata {
        title: real_title(title),
        authors: real_author(creator),
        publisher: publisher.filter(|name| names::is_name(name)),
        site: None,
        date: issued.or(date).as_deref().and_then(dates::iso),
        number: identifier.clone().filter(|number| names::is_symbol(number)),
        language: language.as_deref().and_then(names::language),
        url: web_address(identifier),
    }
}

/// Where the links of a part lead on the web, by their names, as the
/// relationships of the part give them.
fn targets(relationships: &str) -> HashMap<String, String> {
    let mut targets = HashMap::new();
    walk(relationships, |node| {
        if let Node::Open(tag) = node
            && let Some(id) = tag.get("Id")
            && let Some(target) = web_address(tag.get("Target"))
        {
            targets.insert(id, target);
        }
    });
    targets
}

/// The name of the main part, as the package's relationships give it.
fn main_part(package: &mut Package<'_>) -> Result<String, String> {
    let mut main = None;
    let relationships = package.text("_rels/.rels")?.unwrap_or_default();
    walk(&relationships, |node| {
        if let Node::Open(tag) = node
            && tag
                .get("Type")
                .is_some_and(|kind| kind.ends_with("/officeDocument"))
        {
            main = tag.get("Target");
        }
    });
    let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
    Ok(main.trim_start_matches('/').to_owned())
}

#[cfg(test)]
mod tests;
