//! OpenDocument texts (`.odt`): paragraphs become lines, labelled with the
//! numbers that stand before them; rows of tables become a line each; foot- and endnotes stand as lines of text after the body.
//! Left out and counted: headers and footers, captions and the words for
//! pictures, tables of contents and indexes, hidden text, comments. Of tracked
//! changes, what is inserted is read and what is deleted is not.

mod numbering;
mod styles;
mod walker;

use super::dates;
use super::document::{Document, Metadata};
use super::flow::{names_in_text, real_author, real_title, web_address};
use super::names;
use super::package::{LIMIT, OLE, Package};
use super::xml::first_texts;
use walker::Walker;

/// Reads an OpenDocument text.
///
/// # Errors
///
/// If the file is encrypted, no whole zip package, without a text, or larger
/// than 200 MB uncompressed.
pub fn read(bytes: &[u8]) -> Result<Document<'static>, String> {
    if bytes.starts_with(&OLE) {
        return Err("an old Office file, no OpenDocument text: save it as .odt".to_owned());
    }
    let mut package = Package::open(bytes, LIMIT)?;
    let manifest = package.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err("encrypted: save it without a password".to_owned());
    }
    let content = package
        .text("content.xml")?
        .ok_or("no OpenDocument text: `content.xml` is missing")?;
    let mut walker = Walker::default();
    let styles = walker.flow.side_part(&mut package, "styles.xml");
    let meta = walker.flow.side_part(&mut package, "meta.xml");
    walker.styles(&styles, &content);
    walker.body(&content);
    walker.running_heads(&styles);

    let mut document = walker.flow.finish();
    document.metadata = metadata(&meta);
    let names = std::mem::take(&mut document.metadata.authors);
    document.metadata.authors = names_in_text(names, &document);
    Ok(document)
}

/// What the properties of a document say. Its `date` and `creator` are those of
/// its last change.
fn metadata(meta: &str) -> Metadata {
    let names = [
        "title",
        "identifier",
        "initial-creator",
        "publisher",
        "issued",
        "language",
    ];
    let [title, identifier, creator, publisher, issued, language] = first_texts(meta, names);
    Metadata {
        title: real_title(title),
        authors: real_author(creator),
        publisher: publisher.filter(|name| names::is_name(name)),
        site: None,
        date: issued.as_deref().and_then(dates::iso),
        number: identifier.clone().filter(|number| names::is_symbol(number)),
        language: language.as_deref().and_then(names::language),
        url: web_address(identifier),
    }
}

#[cfg(test)]
mod tests;
