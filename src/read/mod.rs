//! From files to reports: decoding, formats, profiles, headings, paragraphs.
//!
//! Reading never fails as a whole: a file gives the reports that could be
//! made of it and [`Notice`]s on what could not. What a series looks like is
//! data (`profiles/*.toml`); this room has no rule for a single series.

pub mod corpus;
mod cutter;
pub mod decode;
pub mod document;
mod facts;
pub mod front_matter;
mod headings;
mod items;
pub mod markdown;
mod narrative;
pub mod notice;
pub mod outline;
pub mod paragraphs;
pub mod profile;
mod prose;
mod recognize;
pub mod records;
mod titles;

use std::path::Path;

use sha2::{Digest, Sha256};

pub use corpus::{InputFile, find_files};
pub use document::{Document, Dropped, Line, LineKind};
pub use front_matter::FrontMatter;
pub use notice::{Notice, NoticeKind};
pub use profile::{Profile, Profiles};

use crate::report::Report;

/// What one file gave.
#[derive(Debug, Default)]
pub struct FileReading {
    /// The reports, in the order of the file.
    pub reports: Vec<Report>,
    /// What was skipped, mended or guessed.
    pub notices: Vec<Notice>,
    /// The size of the file, bytes.
    pub bytes: u64,
    /// How much text its format gave, in characters (code points).
    pub characters: u64,
    /// What of the text is in no passage.
    pub dropped: Vec<Dropped>,
}

/// The formats that are read, by the ending of the file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Markdown,
    Records,
}

impl Format {
    fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Format::Text),
            "md" | "markdown" => Some(Format::Markdown),
            "jsonl" | "ndjson" => Some(Format::Records),
            _ => None,
        }
    }
}

/// Reads one file into reports.
pub fn read_file(file: &InputFile, profiles: &Profiles) -> FileReading {
    let mut reading = FileReading::default();
    let name = &file.name;
    let Some(format) = Format::of(&file.path) else {
        reading.notices.push(Notice::skipped(
            name,
            "not a format that pincite reads (`.txt`, `.md`, `.jsonl`)",
        ));
        return reading;
    };
    let bytes = match std::fs::read(&file.path) {
        Ok(bytes) => bytes,
        Err(cause) => {
            let message = format!("cannot be read: {cause}");
            reading.notices.push(Notice::skipped(name, message));
            return reading;
        }
    };
    reading.bytes = bytes.len() as u64;
    let text = match decode::decode(&bytes) {
        Ok(decoded) => {
            if let Some(remark) = decoded.remark {
                reading.notices.push(Notice::mended(name, remark));
            }
            decoded.text
        }
        Err(reason) => {
            reading.notices.push(Notice::skipped(name, reason));
            return reading;
        }
    };
    if format == Format::Records {
        records::read(name, &text, profiles, &mut reading);
        return reading;
    }
    let headed = match front_matter::split(&text) {
        Ok(headed) => headed,
        Err((message, line)) => {
            let message = format!("bad header, file left out: {message}");
            let notice = Notice::skipped(name, message).at_line(line);
            reading.notices.push(notice);
            return reading;
        }
    };
    if !headed.unused.is_empty() {
        let message = format!(
            "keys of its header that say nothing here: {}; the keys are {}",
            headed.unused.join(", "),
            FrontMatter::KEYS.join(", ")
        );
        reading
            .notices
            .push(Notice::mended(name, message).at_line(1));
    }
    let first = headed.lines + 1;
    let document = match format {
        Format::Markdown => markdown::read(headed.text, first),
        _ => Document::of_text(headed.text, first),
    };
    let source = outline::Source {
        name,
        record_id: &file.record_id,
        hash: sha256(&bytes),
    };
    outline::read(&source, &headed.front, document, profiles, &mut reading);
    reading
}

/// The SHA-256 of bytes, in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
