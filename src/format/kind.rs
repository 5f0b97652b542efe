//! Which format a file has: by what it holds, and where that does not say, by
//! its name.

use std::fmt;

use super::archive::ArchiveKind;
use super::package::{LIMIT, OLE, Package};

/// A format whose bytes hold text in a form of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packed {
    /// PDF.
    Pdf,
    /// Word.
    Docx,
    /// OpenDocument text.
    Odt,
    /// A book.
    Epub,
    /// Excel, old or new, or OpenDocument.
    Spreadsheet,
}

impl Packed {
    /// All of them.
    pub const ALL: [Packed; 5] = [
        Packed::Pdf,
        Packed::Docx,
        Packed::Odt,
        Packed::Epub,
        Packed::Spreadsheet,
    ];

    /// The name, as `pdf`.
    pub fn as_str(self) -> &'static str {
        match self {
            Packed::Pdf => "pdf",
            Packed::Docx => "docx",
            Packed::Odt => "odt",
            Packed::Epub => "epub",
            Packed::Spreadsheet => "spreadsheet",
        }
    }
}

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// A table whose cells stand between commas, or another sign.
    Delimited(u8),
    /// JSON Lines.
    Records,
    /// A format that is read from bytes.
    Packed(Packed),
    /// An archive of files.
    Archive(ArchiveKind),
}

/// What is said of a file that is in no format pincite reads.
const NOT_READ: &str = "not a format that pincite reads (text, Markdown, HTML, PDF, DOCX, ODT, \
                        EPUB, CSV, TSV, XLSX, JSONL, or these in zip, tar.gz or zst)";

/// How many bytes are looked at for the marks of formats.
const HEAD: usize = 1024;

impl Format {
    /// The format of a file, and a remark where its name says another.
    ///
    /// ```
    /// use pincite::format::{Format, Packed};
    /// let (format, remark) = Format::of("report.txt", b"%PDF-1.7 ...").unwrap();
    /// assert_eq!(format, Format::Packed(Packed::Pdf));
    /// assert_eq!(remark.as_deref(), Some("named `.txt`, but holds pdf"));
    /// ```
    ///
    /// # Errors
    /// Why it is not read, in lower case without a final period.
    pub fn of(name: &str, bytes: &[u8]) -> Result<(Format, Option<String>), String> {
        if bytes.is_empty() {
            return Err("an empty file".to_owned());
        }
        let named = Format::named(name);
        let Some(held) = Format::held(name, bytes, named)? else {
            return match named {
                // No mark of the format that it is named after.
                Some(Format::Packed(_) | Format::Archive(_)) if bytes.contains(&0) => {
                    Err(format!("named `{}`, but is none", end(name)))
                }
                Some(Format::Packed(_) | Format::Archive(_)) => {
                    let remark = format!("named `{}`, but holds text", end(name));
                    Ok((Format::Text, Some(remark)))
                }
                Some(format) => Ok((format, None)),
                None => Err(NOT_READ.to_owned()),
            };
        };
        let is_as_named = named.is_none_or(|named| named == held)
            || matches!(
                (named, held),
                (Some(Format::Archive(_)), Format::Archive(_))
            );
        let remark = (!is_as_named).then(|| format!("named `{}`, but holds {held}", end(name)));
        Ok((held, remark))
    }

    /// What the bytes are by their marks.
    fn held(name: &str, bytes: &[u8], named: Option<Format>) -> Result<Option<Format>, String> {
        let head = &bytes[..bytes.len().min(HEAD)];
        for (mark, what) in NO_TEXT {
            if head.starts_with(mark) {
                return Err((*what).to_owned());
            }
        }
        if head.windows(5).any(|w| w == b"%PDF-") {
            return Ok(Some(Format::Packed(Packed::Pdf)));
        }
        if head.starts_with(&OLE) {
            // Encrypted files of the new kinds are told by their readers.
            return match named {
                Some(Format::Packed(packed)) => Ok(Some(Format::Packed(packed))),
                _ if end(name).eq_ignore_ascii_case(".xls") => {
                    Ok(Some(Format::Packed(Packed::Spreadsheet)))
                }
                _ => Err(
                    "an old Office file, which pincite does not read: save it as .docx \
                          or .xlsx"
                        .to_owned(),
                ),
            };
        }
        if let Some(kind) = ArchiveKind::of(name, head) {
            return Ok(Some(Format::Archive(kind)));
        }
        if [&b"PK\x03\x04"[..], b"PK\x05\x06", b"PK\x07\x08"]
            .iter()
            .any(|mark| head.starts_with(mark))
        {
            return package(bytes, named).map(Some);
        }
        if is_html(head) {
            return Ok(Some(Format::Html));
        }
        // A page without a tag is a text.
        let is_bare = named == Some(Format::Html) && !bytes.contains(&b'<');
        Ok(is_bare.then_some(Format::Text))
    }

    /// What the name says.
    fn named(name: &str) -> Option<Format> {
        let end = end(name).to_ascii_lowercase();
        Some(match end.as_str() {
            ".txt" | ".text" => Format::Text,
            ".md" | ".markdown" => Format::Markdown,
            ".html" | ".htm" | ".xhtml" | ".shtml" | ".asp" | ".aspx" | ".php" | ".jsp" => {
                Format::Html
            }
            ".csv" => Format::Delimited(b','),
            ".tsv" | ".tab" => Format::Delimited(b'\t'),
            ".jsonl" | ".ndjson" => Format::Records,
            ".pdf" => Format::Packed(Packed::Pdf),
            ".docx" | ".docm" | ".dotx" => Format::Packed(Packed::Docx),
            ".odt" | ".ott" => Format::Packed(Packed::Odt),
            ".epub" => Format::Packed(Packed::Epub),
            ".xlsx" | ".xlsm" | ".xlsb" | ".xls" | ".ods" => Format::Packed(Packed::Spreadsheet),
            ".zip" => Format::Archive(ArchiveKind::Zip),
            ".tar" => Format::Archive(ArchiveKind::Tar),
            ".tgz" | ".gz" => Format::Archive(ArchiveKind::Gz),
            ".zst" | ".tzst" => Format::Archive(ArchiveKind::Zst),
            _ => return None,
        })
    }
}

/// Files whose first bytes say that they hold no text that can be read.
const NO_TEXT: &[(&[u8], &str)] = &[
    (
        b"{\\rtf",
        "RTF, which pincite does not read: save it as .docx",
    ),
    (b"\x89PNG", "a picture: it has no text to read"),
    (b"\xff\xd8\xff", "a picture: it has no text to read"),
    (b"GIF8", "a picture: it has no text to read"),
    (b"II*\0", "a picture: it has no text to read"),
    (b"MM\0*", "a picture: it has no text to read"),
    (
        b"7z\xbc\xaf",
        "a 7z archive, which pincite does not read: unpack it",
    ),
    (
        b"Rar!\x1a\x07",
        "a rar archive, which pincite does not read: unpack it",
    ),
    (
        b"BZh91AY&SY",
        "compressed by bzip2, which pincite does not read: unpack it",
    ),
    (
        b"\xfd7zXZ",
        "compressed by xz, which pincite does not read: unpack it",
    ),
];

/// What a zip file that begins as a document is.
fn package(bytes: &[u8], named: Option<Format>) -> Result<Format, String> {
    let Ok(package) = Package::open(bytes, LIMIT) else {
        // Its reader says what is wrong.
        return match named {
            Some(format @ Format::Packed(_)) => Ok(format),
            _ => Ok(Format::Archive(ArchiveKind::Zip)),
        };
    };
    let names = package.names();
    let below = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    let has = |name: &str| names.iter().any(|n| n == name);
    Ok(if below("word/") {
        Format::Packed(Packed::Docx)
    } else if below("xl/") {
        Format::Packed(Packed::Spreadsheet)
    } else if has("META-INF/container.xml") {
        Format::Packed(Packed::Epub)
    } else if has("content.xml") {
        match named {
            Some(format @ Format::Packed(Packed::Spreadsheet)) => format,
            _ => Format::Packed(Packed::Odt),
        }
    } else if below("ppt/") {
        return Err("a presentation, which pincite does not read: save it as PDF".to_owned());
    } else {
        match named {
            Some(format @ Format::Packed(_)) if has("[Content_Types].xml") || has("mimetype") => {
                format
            }
            _ => Format::Archive(ArchiveKind::Zip),
        }
    })
}

/// Whether a text begins as HTML does, in any encoding with ASCII in it.
fn is_html(head: &[u8]) -> bool {
    let plain = head.iter().copied().filter(|b| (1..0x80).contains(b));
    let plain: String = plain.map(|b| char::from(b).to_ascii_lowercase()).collect();
    let mut rest = plain.trim_start();
    loop {
        let skipped = match rest {
            _ if rest.starts_with("<?xml") => rest.split_once("?>"),
            _ if rest.starts_with("<!--") => rest.split_once("-->"),
            _ => break,
        };
        let Some((_, after)) = skipped else { break };
        rest = after.trim_start();
    }
    ["<!doctype html", "<html", "<head"]
        .iter()
        .any(|mark| rest.starts_with(mark))
}

/// The end of a name, as `.txt`.
fn end(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rfind('.').map_or("", |at| &file[at..])
}

impl fmt::Display for Packed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Format {
    /// The name, as `html`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Delimited(b'\t') => "tsv",
            Format::Delimited(_) => "csv",
            Format::Records => "jsonl",
            Format::Packed(packed) => packed.as_str(),
            Format::Archive(ArchiveKind::Zip) => "zip",
            Format::Archive(ArchiveKind::Tar) => "tar",
            Format::Archive(ArchiveKind::TarGz) => "tar.gz",
            Format::Archive(ArchiveKind::TarZst) => "tar.zst",
            Format::Archive(ArchiveKind::Gz) => "gz",
            Format::Archive(ArchiveKind::Zst) => "zst",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_marks() {
        let of = |name: &str, bytes: &[u8]| Format::of(name, bytes).unwrap();
        assert_eq!(of("a.txt", b"text"), (Format::Text, None));
        assert_eq!(
            of("a/b.HTM", b"\xef\xbb\xbf <!-- x --> <HTML>").0,
            Format::Html
        );
        assert_eq!(of("a", b"<!DOCTYPE html>"), (Format::Html, None));
        let (format, remark) = of("a.pdf", b"<html><body>Not found");
        assert_eq!(format, Format::Html);
        assert_eq!(remark.as_deref(), Some("named `.pdf`, but holds html"));
        assert_eq!(
            of("a.html", b"only text"),
            (Format::Text, Some("named `.html`, but holds text".into()))
        );
        assert_eq!(of("a.docx", b"only text").0, Format::Text);
        let told = |name: &str, bytes: &[u8]| Format::of(name, bytes).unwrap_err();
        assert_eq!(told("a.txt", b""), "an empty file");
        assert_eq!(told("a.pdf", b"\0\0"), "named `.pdf`, but is none");
        assert!(told("a.exe", b"MZ").starts_with("not a format"));
        assert!(told("a.txt", b"{\\rtf1 ").starts_with("RTF"));
        assert!(told("a.doc", &OLE).contains("old Office file"));
        for text in [&b"PKK militants"[..], b"BZh notes", b"Rar! A cry."] {
            assert_eq!(of("a.txt", text), (Format::Text, None));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_file_has_a_format_or_a_reason(
            name in "[a-z./]{0,8}\\.(txt|pdf|docx|zip|html|xls|gz|x)",
            bytes in "(PK\x03\x04|%PDF-|<html>|\x1f|)[\\PC]{0,40}",
        ) {
            let _ = Format::of(&name, bytes.as_bytes());
        }
    }
}
