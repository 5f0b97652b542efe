//! PDF: the text layer, read by where its glyphs stand. Pictures are not read,
//! and no font is drawn. `docs/pdf.md` shows each step.
//!
//! From the page to the text:
//!
//! 1. `intake` reads the pages side by side: `glyphs` catches what a page draws,
//!    each glyph at its `place`, `leaf` turns the page upright, with the rules and
//!    boxes of its `shapes`, and `body` sees what most of the text looks like.
//! 2. `rows` gathers what stands on one baseline, and the small print that it
//!    touches; `words` and `marks` tell words, notes and powers, `bullets` the signs
//!    of lists; `segments` cuts
//!    rows where columns may be; `direction` puts them in the order of reading.
//! 3. `furniture`, by its `heights`, and `tabs` take out what is no text;
//!    `numbers` tells the pages apart, with the `labels` of the file.
//! 4. `initials` joins drop caps, `grids` and `tables` the cells of a row; `blocks` gathers
//!    what touches; `columns` divides it, `order` and `margins` put it in order;
//!    `layout` makes lines of it, without the `contents`.
//! 5. `paragraphs`, by the rules of `breaks` and `lists`, and by the `structure`
//!    and the `outline` of the file, says what the lines are; `continuation` joins
//!    what a column or a page broke, `mend` the words that a line end broke, by the
//!    list of `english` words, and `figures` the numbers that have no words.
//! 6. `trouble` and `garbled` name what may be wrong with all that, and
//!    `drawing` shows it.
//!
//! `book` takes these steps one after the other.

mod blocks;
mod body;
mod book;
mod breaks;
mod bullets;
mod columns;
mod contents;
mod continuation;
mod direction;
mod drawing;
mod english;
mod figures;
mod furniture;
mod garbled;
mod glyphs;
mod grids;
mod heights;
mod initials;
mod intake;
mod labels;
mod layout;
mod leaf;
mod lists;
mod margins;
mod marks;
mod mend;
mod metadata;
mod numbers;
mod order;
mod outline;
mod paragraphs;
mod place;
mod rows;
mod segments;
mod shapes;
mod structure;
mod tables;
mod tabs;
#[cfg(test)]
mod tests;
mod trouble;
mod words;

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

pub use self::drawing::Step;

use self::book::Book;
use self::drawing::Trace;
use super::document::Document;

/// How many bytes at the start may precede the mark of a PDF, and at the end
/// may follow its last one.
const NEAR: usize = 1024;

/// Reads the text layer of a PDF: a line for each paragraph, in reading order.
///
/// # Errors
///
/// Says in lower case why nothing can be read: no PDF, encrypted with a
/// password, damaged beyond repair.
pub fn read(bytes: &[u8]) -> Result<Document<'static>, String> {
    let (pdf, complete) = open(bytes)?;
    let mut document = Book::of(&pdf).read(&mut Trace::default());
    if !complete {
        let remark = "the file is cut short: pages may be missing";
        document.remarks.insert(0, remark.to_owned());
    }
    document.metadata = metadata::of(&pdf, &document.lines);
    Ok(document)
}

/// Draws how a page (by its place in the file, from 1) is read, as SVG: one step
/// of it, or its regions in the order of reading, what its paragraphs are taken
/// for, and what is left out.
///
/// # Errors
///
/// Says in lower case why nothing can be read, or that there is no such page.
pub fn drawing(bytes: &[u8], page: usize, step: Option<Step>) -> Result<String, String> {
    let (pdf, _) = open(bytes)?;
    let count = pdf.pages().len();
    if page == 0 || page > count {
        let pages = if count == 1 { "page" } else { "pages" };
        return Err(format!(
            "there is no page {page}: the file has {count} {pages}"
        ));
    }
    let mut trace = Trace::of(page - 1);
    Book::of(&pdf).read(&mut trace);
    Ok(trace.svg(step))
}

/// Opens a file; also says whether its end is there.
fn open(bytes: &[u8]) -> Result<(Pdf, bool), String> {
    let start = &bytes[..bytes.len().min(NEAR)];
    if bytes.is_empty() {
        return Err("the file is empty".to_owned());
    }
    if !holds(start, b"%PDF-") {
        return Err("no PDF: the file does not begin with `%PDF-`".to_owned());
    }
    let complete = holds(&bytes[bytes.len().saturating_sub(NEAR)..], b"%%EOF");
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| reason(error, complete))?;
    if pdf.pages().is_empty() {
        return Err(beyond_repair(complete));
    }
    Ok((pdf, complete))
}

fn holds(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}

fn reason(error: LoadPdfError, complete: bool) -> String {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "encrypted: a password is needed to open it".to_owned()
        }
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => {
            "encrypted in a way that cannot be read: a copy without a password is needed".to_owned()
        }
        LoadPdfError::Decryption(_) => {
            "encrypted, and its encryption is damaged: a copy without a password is needed"
                .to_owned()
        }
        LoadPdfError::Invalid => beyond_repair(complete),
    }
}

fn beyond_repair(complete: bool) -> String {
    let what = if complete { "damaged" } else { "truncated" };
    format!("{what} beyond repair: no page can be found")
}
