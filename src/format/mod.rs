//! From bytes to lines: what the format of a file says of its text.
//!
//! A format is told by what a file holds ([`Format::of`]), not by its name
//! alone. Each reader gives a [`Document`] or tables, and says what it left
//! out. Formats whose libraries may panic or run away on bad input are read in
//! a process of their own ([`Apart`]).

mod apart;
pub mod archive;
mod calls;
mod counts;
mod dates;
pub mod decode;
pub mod document;
pub mod docx;
pub mod epub;
mod flow;
pub mod html;
mod kind;
pub mod markdown;
mod names;
pub mod odt;
mod package;
pub mod pdf;
pub mod table;
mod xml;

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Deserialize, Serialize};

pub use apart::{Apart, Failure, serve};
pub use document::{Document, Doubts, Dropped, Line, LineKind, Metadata, Note, characters};
pub use kind::{Format, Packed};
pub use pdf::Step;
use table::Table;

/// What a packed or composed file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// A text.
    Document(Box<Document<'static>>),
    /// Tables of records, each with its name.
    Tables(Vec<(String, Table)>),
}

/// Draws how a page of a PDF (by its place in the file, from 1) is read, or one
/// step of that, as SVG, in this process.
///
/// # Errors
/// Why it cannot be drawn, in lower case without a final period. A panic of a
/// library is one.
pub fn draw_page(bytes: &[u8], page: usize, step: Option<Step>) -> Result<String, String> {
    catch_unwind(|| pdf::drawing(bytes, page, step))
        .unwrap_or_else(|_| Err("its pdf reader stopped on it: it is damaged".to_owned()))
}

/// Reads a packed or composed file in this process.
///
/// # Errors
/// Why it cannot be read, in lower case without a final period. A panic of a
/// library is one.
pub fn extract(format: Packed, bytes: &[u8]) -> Result<Content, String> {
    let of_text = |document| Content::Document(Box::new(document));
    let read = || match format {
        Packed::Pdf => pdf::read(bytes).map(of_text),
        Packed::Docx => docx::read(bytes).map(of_text),
        Packed::Odt => odt::read(bytes).map(of_text),
        Packed::Epub => epub::read(bytes, html::read).map(of_text),
        Packed::Spreadsheet => table::spreadsheet(bytes).map(Content::Tables),
    };
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(format!("its {format} reader stopped on it: it is damaged")))
}
