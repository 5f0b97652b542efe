//! One file: its format, its text, its reports; and the files in it, where it
//! is an archive.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::front_matter::{self, FrontMatter};
use super::{InputFile, Notice, Profiles, hex, outline, records, sha256};
use crate::format::archive::{self, ArchiveKind, Limits};
use crate::format::{Apart, Content, Document, Dropped, Format, Packed};
use crate::format::{decode, extract, html, markdown, table};
use crate::report::{Report, Series, slug};

/// The largest file that is read, in bytes.
const MAX_FILE: u64 = 1 << 30;

/// How files are read.
#[derive(Debug, Clone)]
pub struct ReadConfig<'a> {
    /// What the series look like.
    pub profiles: &'a Profiles,
    /// How formats are read whose libraries may break; in this process where
    /// this is none.
    pub apart: Option<Apart>,
    /// How far archives may go.
    pub limits: Limits,
}

impl<'a> ReadConfig<'a> {
    /// Reads all formats in this process, archives within the usual limits.
    pub fn new(profiles: &'a Profiles) -> Self {
        ReadConfig {
            profiles,
            apart: None,
            limits: Limits::default(),
        }
    }
}

/// What one file gave, or one file in an archive.
#[derive(Debug, Default)]
pub struct FileReading {
    /// Its name below its corpus folder; of a file in an archive, the name of
    /// the archive, `/` and its name there.
    pub name: String,
    /// The reports, in the order of the file.
    pub reports: Vec<Report>,
    /// What was skipped, mended or guessed.
    pub notices: Vec<Notice>,
    /// The size of the file, bytes.
    pub bytes: u64,
    /// The SHA-256 of the file, in hexadecimal; empty where it could not be
    /// read.
    pub hash: String,
    /// The format, as `html`; none where it is none that is read.
    pub format: Option<String>,
    /// The encoding of its text, as `UTF-8`, where the format has one.
    pub encoding: Option<&'static str>,
    /// The series whose profile read it.
    pub profile: Option<Series>,
    /// How much text its format gave, in characters (code points), white space
    /// aside.
    pub characters: u64,
    /// What of the text is in no passage.
    pub dropped: Vec<Dropped>,
}

impl FileReading {
    fn skipped(&mut self, reason: impl Into<String>) {
        self.notices.push(Notice::skipped(&self.name, reason));
    }

    fn mended(&mut self, remark: impl Into<String>) {
        self.notices.push(Notice::mended(&self.name, remark));
    }
}

/// Reads one file into reports, and gives what came of it to `take`; of an
/// archive what came of each file in it, before the archive itself.
pub fn read_file(file: &InputFile, config: &ReadConfig<'_>, take: &mut dyn FnMut(FileReading)) {
    let mut reading = FileReading {
        name: file.name.clone(),
        ..FileReading::default()
    };
    match bytes_of(file) {
        Ok(bytes) => {
            let given = Given {
                name: &file.name,
                record_id: &file.record_id,
                metadata: &file.metadata,
                within: &file.within,
                bytes: &bytes,
                depth: 0,
            };
            read(&given, config, take);
        }
        Err(reason) => {
            reading.skipped(reason);
            take(reading);
        }
    }
}

/// The reports of a file, or of all files in it.
pub fn reports_of(file: &InputFile, config: &ReadConfig<'_>) -> Vec<Report> {
    let mut reports = Vec::new();
    read_file(file, config, &mut |reading| reports.extend(reading.reports));
    reports
}

/// The SHA-256 of a file, in hexadecimal; empty where it is not read.
pub fn hash_of(file: &InputFile) -> String {
    let mut hash = Hash(Sha256::new());
    let hashed = size_of(file)
        .and_then(|()| File::open(&file.path).map_err(|e| e.to_string()))
        .and_then(|mut bytes| io::copy(&mut bytes, &mut hash).map_err(|e| e.to_string()));
    match hashed {
        Ok(_) => hex(&hash.0.finalize()),
        Err(_) => String::new(),
    }
}

/// A hash that bytes are written to.
struct Hash(Sha256);

impl Write for Hash {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether a file is small enough to be read.
fn size_of(file: &InputFile) -> Result<(), String> {
    match file.path.metadata() {
        Ok(metadata) if metadata.len() > MAX_FILE => {
            let (size, most) = (metadata.len() >> 20, MAX_FILE >> 20);
            Err(format!(
                "{size} MB: files of more than {most} MB are not read"
            ))
        }
        // What is wrong otherwise is told when it is read.
        _ => Ok(()),
    }
}

fn bytes_of(file: &InputFile) -> Result<Vec<u8>, String> {
    size_of(file)?;
    std::fs::read(&file.path).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => "is no longer there".to_owned(),
        _ => format!("cannot be read: {cause}"),
    })
}

/// A file as it was found, or unpacked.
struct Given<'a> {
    name: &'a str,
    record_id: &'a str,
    metadata: &'a FrontMatter,
    within: &'a BTreeMap<String, FrontMatter>,
    bytes: &'a [u8],
    /// How many archives it is in.
    depth: usize,
}

fn read(given: &Given<'_>, config: &ReadConfig<'_>, take: &mut dyn FnMut(FileReading)) {
    let mut reading = FileReading {
        name: given.name.to_owned(),
        bytes: given.bytes.len() as u64,
        hash: sha256(given.bytes),
        ..FileReading::default()
    };
    let format = match Format::of(given.name, given.bytes) {
        Ok((format, remark)) => {
            remark.into_iter().for_each(|remark| reading.mended(remark));
            format
        }
        Err(reason) => {
            reading.skipped(reason);
            return take(reading);
        }
    };
    reading.format = Some(format.to_string());
    let read = match format {
        Format::Text | Format::Markdown => read_text(given, format, config, &mut reading),
        Format::Html => read_html(given, config, &mut reading),
        Format::Records => decoded(given, None, &mut reading)
            .map(|text| records::of_lines(given.name, &text, config.profiles, &mut reading)),
        Format::Delimited(delimiter) => read_delimited(given, delimiter, config, &mut reading),
        Format::Packed(packed) => read_packed(given, packed, config, &mut reading),
        Format::Archive(kind) => read_archive(given, kind, config, take, &mut reading),
    };
    if let Err(reason) = read {
        reading.skipped(reason);
    }
    take(reading);
}

/// The text of a file.
fn decoded(
    given: &Given<'_>,
    declared: Option<&'static encoding_rs::Encoding>,
    reading: &mut FileReading,
) -> Result<String, String> {
    let decoded = decode::decode_declared(given.bytes, declared)?;
    reading.encoding = Some(decoded.encoding);
    if let Some(remark) = decoded.remark {
        reading.mended(remark);
    }
    Ok(decoded.text)
}

fn read_text(
    given: &Given<'_>,
    format: Format,
    config: &ReadConfig<'_>,
    reading: &mut FileReading,
) -> Result<(), String> {
    let text = decoded(given, None, reading)?;
    let headed = match front_matter::split(&text) {
        Ok(headed) => headed,
        Err((message, line)) => {
            let message = format!("bad header, file left out: {message}");
            let notice = Notice::skipped(given.name, message).at_line(line);
            reading.notices.push(notice);
            return Ok(());
        }
    };
    if !headed.unused.is_empty() {
        let message = format!(
            "keys of its header that say nothing here: {}; the keys are {}",
            headed.unused.join(", "),
            FrontMatter::KEYS.join(", ")
        );
        let notice = Notice::mended(given.name, message).at_line(1);
        reading.notices.push(notice);
    }
    let first = headed.lines + 1;
    let document = match format {
        Format::Markdown => markdown::read(headed.text, first),
        _ => Document::of_text(headed.text, first),
    };
    // What a table beside the corpus says goes before what the file says.
    let front = given.metadata.clone().or(headed.front);
    read_document(given, &front, document, config, reading);
    Ok(())
}

fn read_html(
    given: &Given<'_>,
    config: &ReadConfig<'_>,
    reading: &mut FileReading,
) -> Result<(), String> {
    let text = decoded(given, html::charset(given.bytes), reading)?;
    read_document(given, given.metadata, html::read(&text), config, reading);
    Ok(())
}

fn read_delimited(
    given: &Given<'_>,
    delimiter: u8,
    config: &ReadConfig<'_>,
    reading: &mut FileReading,
) -> Result<(), String> {
    let text = decoded(given, None, reading)?;
    let table = table::delimited(&text, delimiter)?;
    read_table(given, &table, given.record_id, config, reading);
    Ok(())
}

fn read_packed(
    given: &Given<'_>,
    format: Packed,
    config: &ReadConfig<'_>,
    reading: &mut FileReading,
) -> Result<(), String> {
    let content = match &config.apart {
        Some(apart) => apart.extract(format, given.bytes)?,
        None => extract(format, given.bytes)?,
    };
    match content {
        Content::Document(document) => {
            read_document(given, given.metadata, document, config, reading)
        }
        Content::Tables(tables) => {
            if tables.is_empty() {
                return Err("no table in it".to_owned());
            }
            for (name, table) in &tables {
                let id = match tables.len() {
                    1 => given.record_id.to_owned(),
                    _ => format!("{}-{}", given.record_id, slug(name)),
                };
                read_table(given, table, &id, config, reading);
            }
        }
    }
    Ok(())
}

fn read_table(
    given: &Given<'_>,
    table: &table::Table,
    id: &str,
    config: &ReadConfig<'_>,
    reading: &mut FileReading,
) {
    for remark in &table.remarks {
        reading.mended(remark.clone());
    }
    records::of_table(given.name, id, table, config.profiles, reading);
}

fn read_document(
    given: &Given<'_>,
    front: &FrontMatter,
    document: Document<'_>,
    config: &ReadConfig<'_>,
    reading: &mut FileReading,
) {
    for remark in &document.remarks {
        reading.mended(remark.clone());
    }
    reading.dropped.extend(document.dropped.iter().cloned());
    let source = outline::Source {
        name: given.name,
        record_id: given.record_id,
        hash: reading.hash.clone(),
    };
    outline::read(&source, front, document, config.profiles, reading);
}

/// Reads the files in an archive, each as if it were in a folder of its name.
fn read_archive(
    given: &Given<'_>,
    kind: ArchiveKind,
    config: &ReadConfig<'_>,
    take: &mut dyn FnMut(FileReading),
    reading: &mut FileReading,
) -> Result<(), String> {
    if given.depth > config.limits.depth {
        let depth = config.limits.depth;
        return Err(format!("more than {depth} archives deep, left out"));
    }
    let within = |name: &str| match name.is_empty() {
        true => given.name.to_owned(),
        false => format!("{}/{name}", given.name),
    };
    let mut notices = Vec::new();
    let mut members = 0u64;
    let mut read_member = |member: archive::Member| {
        members += 1;
        let stem = member
            .name
            .rsplit_once('.')
            .map_or(&*member.name, |(s, _)| s);
        let record_id = format!("{}-{}", given.record_id, slug(stem));
        let name = within(&member.name);
        let inner = Given {
            name: &name,
            record_id: &record_id,
            metadata: given.within.get(&name).unwrap_or(given.metadata),
            within: given.within,
            bytes: &member.bytes,
            depth: given.depth + 1,
        };
        read(&inner, config, take);
    };
    let mut told = |name: &str, reason: String| {
        notices.push(Notice::skipped(&within(name), reason));
    };
    archive::members(
        given.bytes,
        given.name,
        kind,
        &config.limits,
        &mut read_member,
        &mut told,
    )?;
    if members == 0 && notices.is_empty() {
        return Err("an archive without files".to_owned());
    }
    reading.notices.extend(notices);
    Ok(())
}
