//! A draft: a text with quotations in it, or a table of them.

use super::pages::{DraftNote, NOTE, Pages, Paragraph};
use super::quote::Quote;
use super::{Quotation, find, inline_notes, markdown, plain, rows, typed_notes};
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
        Format::Text => quotations_of(plain::read(&text(None)?), &mut draft.remarks),
        Format::Markdown => quotations_of(markdown::read(&text(None)?), &mut draft.remarks),
        Format::Html => {
            let text = text(html::charset(bytes))?;
            let document = html::read_whole(&text);
            draft.remarks.extend(document.remarks.iter().cloned());
            quotations_of(document_pages(&document), &mut draft.remarks)
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
                    quotations_of(document_pages(&document), &mut draft.remarks)
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
        let readings = Quote::readings(quotation.before_source());
        let words = Quote::main(&readings).map_or(0, Quote::len);
        match words >= min_words.max(1) {
            true => draft.quotations.push(quotation),
            false => draft.short.push(quotation),
        }
    }
    Ok(draft)
}

/// The quotations of the paragraphs of a draft, its typed notes and those in its lines read.
fn quotations_of(mut pages: Pages, remarks: &mut Vec<String>) -> Vec<Quotation> {
    pages.paragraphs.iter_mut().for_each(Paragraph::curl);
    inline_notes::read(&mut pages);
    typed_notes::read(&mut pages);
    pages.sort_notes();
    find::quotations(&pages, remarks)
}

/// The paragraphs of a document whose lines are paragraphs, with its notes.
fn document_pages(document: &Document<'_>) -> Pages {
    let mut pages = Pages {
        by_paragraph: true,
        ..Pages::default()
    };
    let mut blocks = 0;
    let mut in_block = false;
    for line in &document.lines {
        let is_quote = line.kind == LineKind::Quote;
        let begins = !in_block || document.quotes.contains(&line.number);
        blocks += usize::from(is_quote && begins);
        in_block = is_quote;
        pages.paragraphs.push(Paragraph {
            text: line.text.replace(NOTE, " "),
            number: line.label.as_deref().map(str::to_owned),
            lines: vec![(0, line.number)],
            block: is_quote.then_some(blocks),
        });
    }
    let called: Vec<(u64, u64, DraftNote)> = document
        .notes
        .iter()
        .zip(1..)
        .map(|(note, number)| {
            let label = format!("{number}");
            let said = DraftNote::new(label, &note.mark, &note.text);
            (note.line, note.before, said)
        })
        .collect();
    pages.call(called);
    pages
}

#[cfg(test)]
mod tests {
    use super::super::Spot;
    use super::*;

    fn read(name: &str, text: &str) -> Vec<(Spot, String, Option<String>)> {
        let draft = read_draft(text.as_bytes(), name, None, 1).unwrap();
        let claim = |q: &Quotation| q.claims.first().map(|claim| claim.typed.clone());
        let quotations = draft.quotations.iter();
        quotations
            .map(|q| (q.spot, q.before_source().to_owned(), claim(q)))
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
