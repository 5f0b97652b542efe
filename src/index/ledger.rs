//! The ledger: what became of every input file of a build. It stands beside the
//! engine's files, and an update goes by it.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::format::Dropped;
use crate::format::document::characters;
use crate::read::{FileReading, InputFile, Notice};
use crate::report::{FactSource, Report, Tier};
use crate::text::digest::sha256;

const LEDGER: &str = "ledger";
/// The level of compression.
const LEVEL: i32 = 3;

/// What became of every input file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// What was said while the files were looked for.
    pub found: Vec<Notice>,
    /// The files in the order of reading, those in an archive before it.
    pub files: Vec<FileEntry>,
}

/// What became of an input file, or of a file in an archive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its name below its corpus folder.
    pub name: String,
    /// The file of the corpus that it is in, or its own name.
    pub input: String,
    /// The id of that file's text should no profile know it.
    pub record_id: String,
    /// A digest of what stands beside that file; empty where nothing does.
    pub settings: String,
    /// Its size, in bytes.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal; empty where it could not be read.
    pub hash: String,
    /// Whether it could not be read by what may pass, and is to be tried again.
    pub again: bool,
    /// Its format, as `html`; none where it is none that is read.
    pub format: Option<String>,
    /// The encoding of its text, where the format has one.
    pub encoding: Option<String>,
    /// The series whose profile read it; none for a text that none knows.
    pub profile: Option<String>,
    /// How much text its format gave, in characters (code points), white space
    /// aside.
    pub characters: u64,
    /// How much of it is in passages, in characters.
    pub in_passages: u64,
    /// How much of it is in headings that are no passages, in characters.
    pub in_headings: u64,
    /// What of the text is in no passage.
    pub dropped: Vec<Dropped>,
    /// What was skipped, mended or guessed.
    pub notices: Vec<Notice>,
    /// The reports it gave.
    pub reports: Vec<ReportEntry>,
}

/// A report as a file gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportEntry {
    /// Its id.
    pub id: String,
    /// The line of the file that it is, where a file holds many; from 1.
    pub line: Option<u64>,
    /// A digest of all that the index holds of it.
    pub digest: u64,
    /// Whether it was left out, as the same report came from a better source.
    pub left_out: bool,
    /// More of an edition; none of a record.
    pub edition: Option<Box<EditionEntry>>,
}

/// What is told of the edition of a series for a country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionEntry {
    /// The name of the country.
    pub country: Option<String>,
    /// The year of the edition.
    pub year: Option<u16>,
    /// The tier.
    pub tier: Option<Tier>,
    /// What told the tier.
    pub tier_source: Option<FactSource>,
    /// The sections in order.
    pub sections: Vec<SectionEntry>,
    /// The keys of the sections that every report of its series and year has
    /// but this one.
    pub lacks: Vec<String>,
    /// How many words it has.
    pub words: u64,
}

/// A section of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionEntry {
    /// Its canonical key.
    pub key: String,
    /// What told where it begins; none for text before the first heading.
    pub source: Option<FactSource>,
    /// How many passages it has.
    pub passages: u32,
}

impl EditionEntry {
    /// What told where its sections begin: a heading if any did.
    pub fn heading_source(&self) -> Option<FactSource> {
        self.sections
            .iter()
            .filter_map(|section| section.source)
            .min()
    }

    /// How many passages it has.
    pub fn passages(&self) -> u64 {
        self.sections.iter().map(|s| u64::from(s.passages)).sum()
    }
}

impl FileEntry {
    /// The entry of what was read, but for its reports.
    pub(super) fn of(input: &InputFile, reading: &FileReading) -> Self {
        FileEntry {
            name: reading.name.clone(),
            input: input.name.clone(),
            record_id: input.record_id.clone(),
            settings: settings_of(input),
            bytes: reading.bytes,
            hash: reading.hash.clone(),
            again: reading.is_passing,
            format: reading.format.clone(),
            encoding: reading.encoding.map(str::to_owned),
            profile: reading.profile.as_ref().map(ToString::to_string),
            characters: reading.characters,
            in_passages: reading.reports.iter().map(in_passages).sum(),
            in_headings: reading.reports.iter().map(in_headings).sum(),
            dropped: reading.dropped.clone(),
            notices: reading.notices.clone(),
            reports: Vec::new(),
        }
    }

    /// Whether the index holds all reports that it gave.
    pub(super) fn is_whole(&self) -> bool {
        self.reports.iter().all(|report| !report.left_out)
    }

    /// Whether it is a file of the corpus itself, not one in an archive.
    pub fn is_input(&self) -> bool {
        self.name == self.input
    }
}

/// How many characters of a report are in headings that are no passages.
fn in_headings(report: &Report) -> u64 {
    let headings = report.sections.iter().filter_map(|section| {
        let name = &section.name;
        let text = name.subheading.as_ref().or(name.heading.as_ref())?;
        let is_passage = section.paragraphs.iter().any(|p| p.text == *text);
        (!is_passage).then(|| characters(text))
    });
    headings.sum()
}

/// How many characters of a report are in passages, with the numbers that were
/// taken off paragraphs; parts of a paragraph share its number.
fn in_passages(report: &Report) -> u64 {
    let paragraphs = report.sections.iter().flat_map(|s| &s.paragraphs);
    let mut sum = 0;
    let mut last: Option<&String> = None;
    for paragraph in paragraphs {
        let number = paragraph.printed_number.as_ref();
        if let Some(own) = number.filter(|_| number != last) {
            sum += characters(own);
            last = number;
        }
        sum += characters(&paragraph.text);
    }
    sum
}

/// A digest of what stands beside a file.
pub(super) fn settings_of(input: &InputFile) -> String {
    if input.metadata == Default::default() && input.within.is_empty() {
        return String::new();
    }
    // Plain structs with text keys always serialize.
    sha256(&serde_json::to_vec(&(&input.metadata, &input.within)).unwrap_or_default())
}

impl Ledger {
    /// Writes it into the folder of the engine's files.
    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        let bytes = postcard::to_allocvec(self).map_err(io::Error::other)?;
        let mut file = File::create_new(folder.join(LEDGER))?;
        file.write_all(&zstd::encode_all(&bytes[..], LEVEL)?)?;
        file.sync_all()
    }

    /// Reads it from the folder of the engine's files.
    ///
    /// # Errors
    /// A ledger that is not there, or is damaged.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let damaged = || {
            Error::index("the ledger of the index cannot be read")
                .with_hint("build it again: `pincite index --rebuild CORPUS`")
        };
        let file = File::open(folder.join(LEDGER)).map_err(|e| damaged().with_cause(e))?;
        let bytes = zstd::decode_all(file).map_err(|e| damaged().with_cause(e))?;
        postcard::from_bytes(&bytes).map_err(|e| damaged().with_cause(e))
    }

    /// All that there is to say, of files and of what was looked for, in order.
    pub fn notices(&self) -> Vec<Notice> {
        let files = self.files.iter().flat_map(|file| &file.notices);
        let mut notices: Vec<Notice> = self.found.iter().chain(files).cloned().collect();
        notices.sort();
        notices
    }
}
