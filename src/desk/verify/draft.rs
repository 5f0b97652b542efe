//! A draft: a text with quotations in it, or a table of them.

use std::collections::BTreeMap;

use super::quote::Quote;
use super::typography::NOTE;
use super::{Quotation, Spot, find, markdown, plain, rows};
use crate::error::{Error, Result};
use crate::format::{Apart, Content, Document, Failure, Format, LineKind};
use crate::format::{decode, extract, html, table};

/// The quotations of a draft.
#[derive(Debug, Default)]
pub struct Draft {
    /// Those that are long enough to be verified, in order.
    pub quotations: Vec<Quotation>,
    /// Those that are too short.
    pub short: Vec<Quotation>,
    /// Rows that hold no quotation that could be read.
    pub errors: Vec<Error>,
    /// What to know of the reading: each in lower case without a final period.
    pub remarks: Vec<String>,
}

/// A paragraph of a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Its text on one line; the label of a footnote stands between private
    /// characters ([`NOTE`]).
    pub(super) text: String,
    /// The lines it is from: from which byte of the text, which line.
    pub(super) lines: Vec<(usize, u64)>,
    /// The block quotation that it is part of.
    pub(super) block: Option<usize>,
}

/// The paragraphs of a draft with its footnotes.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) notes: BTreeMap<String, String>,
    /// Whether a paragraph has a number, but no line.
    pub(super) by_paragraph: bool,
}

impl Pages {
    /// Where a byte of a paragraph stands in the draft.
    pub(super) fn spot(&self, paragraph: &Paragraph, byte: usize) -> Spot {
        let after = paragraph.lines.partition_point(|(start, _)| *start <= byte);
        let at = paragraph.lines.get(after.saturating_sub(1));
        let number = at.map_or(1, |(_, number)| *number);
        match self.by_paragraph {
            true => Spot::Paragraph(number),
            false => Spot::Line(number),
        }
    }
}

/// Reads a draft. `name` is what the file is called: its ending counts where its
/// content does not say what it is; `apart` is how office files are read in a
/// process of their own. A quotation of fewer than `min_words` words is put
/// aside.
///
/// # Errors
/// A file that cannot be read as a text or table, or a table without a column
/// `quote`.
pub fn read_draft(
    bytes: &[u8],
    name: &str,
    apart: Option<&Apart>,
    min_words: usize,
) -> Result<Draft> {
    let unreadable =
        |reason: String| Error::input(format!("`{name}` cannot be read")).with_cause(reason);
    let is_named = name != "-";
    let (format, remark) = match bytes.iter().all(u8::is_ascii_whitespace) {
        true => (Format::Text, None),
        false => {
            let typed = if is_named { name } else { "-.txt" };
            Format::of(typed, bytes).map_err(unreadable)?
        }
    };
    let mut draft = Draft::default();
    draft.remarks.extend(remark.filter(|_| is_named));
    let mut text = |declared| -> Result<String> {
        let decoded = decode::decode_declared(bytes, declared).map_err(unreadable)?;
        draft.remarks.extend(decoded.remark);
        Ok(decoded.text)
    };
    let quotations = match format {
        Format::Text => find::quotations(&plain::read(&text(None)?), &mut draft.remarks),
        Format::Markdown => find::quotations(&markdown::read(&text(None)?), &mut draft.remarks),
        Format::Html => {
            let text = text(html::charset(bytes))?;
            let pages = document_pages(&html::read_whole(&text));
            find::quotations(&pages, &mut draft.remarks)
        }
        Format::Records => rows::of_lines(&text(None)?, name, &mut draft.errors),
        Format::Delimited(delimiter) => {
            let table = table::delimited(&text(None)?, delimiter).map_err(unreadable)?;
            rows::of_table(&table, name, &mut draft.errors)?
        }
        Format::Packed(packed) => {
            let content = match apart {
                Some(apart) => apart.extract(packed, bytes),
                None => extract(packed, bytes).map_err(Failure::Refused),
            };
            let content = content.map_err(|failure| match failure {
                Failure::Refused(reason) | Failure::Passing(reason) => unreadable(reason),
            })?;
            match content {
                Content::Document(document) => {
                    draft.remarks.extend(document.remarks.iter().cloned());
                    find::quotations(&document_pages(&document), &mut draft.remarks)
                }
                Content::Tables(tables) => {
                    let (_, table) = tables
                        .first()
                        .ok_or_else(|| unreadable("no table in it".to_owned()))?;
                    rows::of_table(table, name, &mut draft.errors)?
                }
            }
        }
        Format::Archive(_) => {
            return Err(unreadable("an archive: unpack it".to_owned()));
        }
    };
    for quotation in quotations {
        let readings = Quote::readings(&quotation.text);
        let words = readings.last().map_or(0, Quote::len);
        match words >= min_words.max(1) {
            true => draft.quotations.push(quotation),
            false => draft.short.push(quotation),
        }
    }
    Ok(draft)
}

/// The paragraphs of a document whose lines are paragraphs.
fn document_pages(document: &Document<'_>) -> Pages {
    let mut pages = Pages {
        by_paragraph: true,
        ..Pages::default()
    };
    let mut blocks = 0;
    let mut in_block = false;
    for line in &document.lines {
        let is_quote = line.kind == LineKind::Quote;
        blocks += usize::from(is_quote && !in_block);
        in_block = is_quote;
        pages.paragraphs.push(Paragraph {
            text: line.text.replace(NOTE, " "),
            lines: vec![(0, line.number)],
            block: is_quote.then_some(blocks),
        });
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Vec<(Spot, String, Option<String>)> {
        let draft = read_draft(text.as_bytes(), name, None, 1).unwrap();
        let claim = |q: &Quotation| q.claim.as_ref().map(|claim| claim.typed.clone());
        let quotations = draft.quotations.iter();
        quotations
            .map(|q| (q.spot, q.text.clone(), claim(q)))
            .collect()
    }

    #[test]
    fn drafts_of_all_formats_have_one_meaning() {
        let text = "He said:\n\n> Nobody was there\n> at noon. (tip-2021-khm)\n\nAnd “we\nleft”.[^1]\n\n[^1]: tip-2020-khm.\n";
        for name in ["a.txt", "a.md"] {
            assert_eq!(
                read(name, text),
                [
                    (
                        Spot::Line(3),
                        "Nobody was there at noon.".to_owned(),
                        Some("tip-2021-khm".to_owned())
                    ),
                    (
                        Spot::Line(6),
                        "we left".to_owned(),
                        Some("tip-2020-khm.".to_owned())
                    ),
                ],
                "{name}"
            );
        }
        let page = "<p>He said:<blockquote>Nobody was there<br>at noon.</blockquote><p>And <q>we <b>left</b></q> (tip-2020-khm).<script>\"no\"</script>";
        assert_eq!(
            read("a.html", page),
            [
                (
                    Spot::Paragraph(2),
                    "Nobody was there at noon.".to_owned(),
                    None
                ),
                (
                    Spot::Paragraph(3),
                    "we left".to_owned(),
                    Some("tip-2020-khm".to_owned())
                ),
            ]
        );
    }

    #[test]
    fn short_quotations_are_put_aside() {
        let draft = read_draft("“One two” and “one two three”".as_bytes(), "-", None, 3).unwrap();
        assert_eq!((draft.quotations.len(), draft.short.len()), (1, 1));
        assert_eq!(read("a.txt", " \n").len(), 0);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_draft(text in "[\\PC\n\"'“”‘’«»>\\[\\]^:(). \u{e000}\u{e001}]{0,120}") {
            for name in ["a.txt", "a.md", "a.html", "a.csv", "a.jsonl"] {
                let _ = read_draft(text.as_bytes(), name, None, 1);
            }
        }
    }
}
