//! PDF: the text layer, read by where its glyphs stand. Pictures are not read,
//! and no font is drawn.
//!
//! `glyphs` catches what the pages draw, each glyph at its `place`, and `leaf`
//! turns the page upright; `words` and `chunks` make words of it; `furniture`
//! takes out heads and page numbers by their `heights`; `layout` and `columns`
//! put lines in reading order; `paragraphs`, `breaks` and `lists` say what the
//! lines are; `mend` joins words that a line end broke; and `trouble` names what
//! may be wrong with all that.

mod breaks;
mod chunks;
mod columns;
mod furniture;
mod glyphs;
mod heights;
mod layout;
mod leaf;
mod lists;
mod mend;
mod metadata;
mod paragraphs;
mod place;
#[cfg(test)]
mod tests;
mod trouble;
mod words;

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use self::chunks::Body;
use self::furniture::{Furniture, Sheet};
use self::glyphs::Reader;
use self::layout::Region;
use self::leaf::Leaf;
use self::mend::{Mended, Vocabulary};
use self::paragraphs::{Paragraph, Setting};
use super::document::{Document, Doubts, Dropped, Line, LineKind};

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
    let mut reader = Reader::new();
    let mut leaves: Vec<Leaf> = pdf.pages().iter().map(|page| reader.read(page)).collect();
    let mut document = Document {
        whole: true,
        ..Document::default()
    };
    if !complete {
        document
            .remarks
            .push("the file is cut short: pages may be missing".to_owned());
    }
    document.remarks.extend(trouble::of_pages(&mut leaves));
    compose(&leaves, &mut document);
    document.metadata = metadata::of(&pdf, &document.lines);
    Ok(document)
}

/// Fills the document with the text of the pages.
fn compose(leaves: &[Leaf], document: &mut Document<'static>) {
    let body = Body::of(leaves);
    let mut sheets: Vec<Sheet> = leaves
        .iter()
        .map(|leaf| Sheet {
            chunks: chunks::chunks(leaf, &body),
            height: leaf.height,
        })
        .collect();
    chunks::embolden(sheets.iter_mut().map(|sheet| &mut sheet.chunks));
    let marks = sheets
        .iter()
        .flat_map(|sheet| &sheet.chunks)
        .map(|chunk| chunk.marks)
        .sum();
    let furniture = furniture::clear(&mut sheets);
    let pages: Vec<(usize, Vec<Region>)> = sheets
        .into_iter()
        .map(|sheet| layout::regions(sheet.chunks))
        .enumerate()
        .collect();
    let regions = || pages.iter().flat_map(|(_, regions)| regions);
    let vocabulary = Vocabulary::of(
        regions()
            .flat_map(|region| &region.rows)
            .map(|row| row.text.as_str()),
    );
    let leading = paragraphs::leading(regions()).unwrap_or(1.2);
    let setting = Setting {
        size: body.size,
        leading,
        vocabulary: &vocabulary,
    };
    let mut mended = Mended::default();
    let paragraphs = paragraphs::paragraphs(&pages, &setting, &mut mended);
    document.dropped = dropped(leaves, &furniture, marks);
    document
        .remarks
        .extend(trouble::of_numbers(&furniture.numbers));
    document.remarks.extend(trouble::of_mending(mended));
    document.remarks.extend(trouble::of_text(&paragraphs));
    document.lines = lines(paragraphs, &furniture, &doubts(leaves));
    document.heads = furniture.first_heads;
}

/// What is doubtful about each page, by its place from 0.
fn doubts(leaves: &[Leaf]) -> Vec<Option<Doubts>> {
    let doubts = |(sheet, leaf): (u32, &Leaf)| {
        let doubts = Doubts {
            garbled: leaf.garbled(),
            ..Doubts::of(sheet)
        };
        doubts.if_any()
    };
    (1..).zip(leaves).map(doubts).collect()
}

fn lines(
    paragraphs: Vec<Paragraph>,
    furniture: &Furniture,
    doubts: &[Option<Doubts>],
) -> Vec<Line<'static>> {
    let line = |(number, paragraph): (u64, Paragraph)| Line {
        number,
        page: furniture.numbers.get(paragraph.page).copied().flatten(),
        doubts: doubts.get(paragraph.page).copied().flatten(),
        kind: paragraph.kind,
        text: paragraph.text.into(),
        level: None,
        label: paragraph.label.map(Into::into),
        is_link: false,
    };
    (1..).zip(paragraphs).map(line).collect()
}

fn dropped(leaves: &[Leaf], furniture: &Furniture, marks: u64) -> Vec<Dropped> {
    let kinds = [
        ("running heads", furniture.heads),
        ("page numbers", furniture.numerals),
        ("side tabs", leaves.iter().map(|leaf| leaf.turned).sum()),
        (
            "text outside the page",
            leaves.iter().map(|leaf| leaf.outside).sum(),
        ),
        ("footnote marks", marks),
    ];
    let kinds = kinds.into_iter().filter(|&(_, characters)| characters > 0);
    kinds
        .map(|(what, characters)| Dropped {
            what: what.to_owned(),
            characters,
        })
        .collect()
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
