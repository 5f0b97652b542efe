//! The files of an evidence pack. The folder stands alone: nothing in it needs
//! another file or the network, and no path of the machine is in it.

mod folder;
mod html;
mod manifest;
mod markdown;
mod table;

use crate::cite::style::Cited;
use crate::cite::{Style, cite};
use crate::desk::pack::{Pack, Quote};
use crate::error::{Error, Result};
use crate::read::own::PACK_MANIFEST;

pub use folder::PackFolder;
pub use manifest::manifest;
pub(super) use table::matches;

/// How the files of a pack can be checked, for whoever gets it.
const CHECK: &str = "The hash of a passage is the first 16 hexadecimal digits of the SHA-256 of its \
text as it stands in passages.csv, in UTF-8. MANIFEST.json has the SHA-256 of every other file. In \
passages.csv an apostrophe stands before a cell that a spreadsheet would take for a formula.";

/// The files of a pack, by name; the manifest is the last.
///
/// # Errors
/// What a format has no room for.
pub fn files(pack: &Pack) -> Result<Vec<(&'static str, Vec<u8>)>> {
    let cited: Vec<Cited> = pack
        .quotes
        .iter()
        .map(|quote| Cited::Passage(Box::new(quote.passage.clone())))
        .collect();
    let mut csv = Vec::new();
    table::write_csv(&mut csv, pack).map_err(|e| Error::io("a table cannot be written", e))?;
    let mut files = vec![
        ("index.html", html::page(pack).into_bytes()),
        ("passages.csv", csv),
        ("passages.xlsx", table::workbook(pack)?),
        ("quotes.md", markdown::page(pack).into_bytes()),
        (
            "references.bib",
            cite(&cited, Style::Bibtex, None)?.into_bytes(),
        ),
        (
            "references.ris",
            cite(&cited, Style::Ris, None)?.into_bytes(),
        ),
    ];
    let manifest = manifest(pack, &files);
    let mut text = serde_json::to_vec_pretty(&manifest)
        .map_err(|e| Error::io("the manifest cannot be written", e.into()))?;
    text.push(b'\n');
    files.push((PACK_MANIFEST, text));
    Ok(files)
}

/// What a pack is called.
fn title(pack: &Pack) -> String {
    match &pack.provenance.query {
        Some(query) => format!("Evidence for {query}"),
        None => "Evidence".to_owned(),
    }
}

/// How many passages a pack holds, and of how many.
fn summary(pack: &Pack) -> String {
    use crate::output::text::{count, grouped};
    let held = pack.quotes.len() as u64;
    let of = match held < pack.total {
        true => format!(" of {}", grouped(pack.total)),
        false => String::new(),
    };
    let passages = count(held, "passage");
    let (number, noun) = passages.split_once(' ').unwrap_or((&passages, ""));
    let reports = count(pack.reports() as u64, "report");
    format!(
        "{number}{of} {noun} from {reports}, in order of {}",
        pack.order
    )
}

/// A text cut into what is marked and what is not, in order.
fn pieces(quote: &Quote) -> Vec<(bool, &str)> {
    let text = quote.passage.text.as_str();
    let mut pieces = Vec::new();
    let mut at = 0;
    for span in &quote.highlights {
        let start = span.start.max(at);
        if start < span.end {
            pieces.push((false, &text[at..start]));
            pieces.push((true, &text[start..span.end]));
            at = span.end;
        }
    }
    pieces.push((false, &text[at..]));
    pieces.retain(|(_, piece)| !piece.is_empty());
    pieces
}
