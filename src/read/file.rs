//! One file: its format, its text, its reports.

use std::collections::{BTreeMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::facts::Facts;
use super::front_matter::{self, FrontMatter};
use super::input::bytes_of;
use super::notice::summed_up;
use super::{InputFile, Notice, Profiles, about, outline, records};
use crate::format::archive::Limits;
use crate::format::{Apart, Content, Document, Dropped, Failure, Format, Packed};
use crate::format::{decode, extract, html, markdown, table};
use crate::report::{Report, Series, slug};
use crate::text::digest::sha256;

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
    /// The column or key that holds the text of records, where it has another
    /// name than the profile says.
    pub text_column: Option<String>,
}

impl<'a> ReadConfig<'a> {
    /// Reads all formats in this process, archives within the usual limits.
    pub fn new(profiles: &'a Profiles) -> Self {
        ReadConfig {
            profiles,
            apart: None,
            limits: Limits::default(),
            text_column: None,
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
    /// The sections, by the id of the report, that every report of its series
    /// and year has but this one.
    pub lacking: BTreeMap<String, Vec<String>>,
    /// Whether it could not be read by what may pass, as a lack of memory.
    pub is_passing: bool,
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
    let bytes = match bytes_of(file) {
        Ok(bytes) => bytes,
        Err(reason) => {
            reading.skipped(reason);
            return take(reading);
        }
    };
    let mut reader = Reader {
        config,
        take,
        left: config.limits,
        taken: HashSet::new(),
        rows_within: &file.within,
        members: HashSet::new(),
    };
    reader.read(&Given {
        name: &file.name,
        record_id: &file.record_id,
        metadata: &file.metadata,
        bytes: &bytes,
        depth: 0,
    });
}

/// The reports of a file, or of all files in it.
pub fn reports_of(file: &InputFile, config: &ReadConfig<'_>) -> Vec<Report> {
    let mut reports = Vec::new();
    read_file(file, config, &mut |reading| reports.extend(reading.reports));
    reports
}

/// A file as it was found, or unpacked.
pub(super) struct Given<'a> {
    pub(super) name: &'a str,
    pub(super) record_id: &'a str,
    pub(super) metadata: &'a FrontMatter,
    pub(super) bytes: &'a [u8],
    /// How many archives it is in.
    pub(super) depth: usize,
}

/// Reads one input file, and the files in it.
pub(super) struct Reader<'c, 't> {
    config: &'c ReadConfig<'c>,
    take: &'t mut dyn FnMut(FileReading),
    /// How much the archives in it may still hold.
    pub(super) left: Limits,
    /// The record ids that have been given.
    taken: HashSet<String>,
    /// What a table beside the corpus says of the files in it.
    pub(super) rows_within: &'c BTreeMap<String, FrontMatter>,
    /// The names of the files in it so far.
    pub(super) members: HashSet<String>,
}

impl Reader<'_, '_> {
    /// Reads a file and gives what came of it.
    pub(super) fn read(&mut self, given: &Given<'_>) {
        let mut reading = FileReading {
            name: given.name.to_owned(),
            bytes: given.bytes.len() as u64,
            hash: sha256(given.bytes),
            ..FileReading::default()
        };
        // A library that stops on one file must not stop the others.
        let read = catch_unwind(AssertUnwindSafe(|| self.read_into(given, &mut reading)));
        let read = read.unwrap_or_else(|_| {
            reading.reports.clear();
            Err("reading it stopped at an internal error: it may be damaged".to_owned())
        });
        if let Err(reason) = read {
            reading.skipped(reason);
        }
        if given.depth == 0 {
            let rows = self.rows_within.keys();
            for name in rows.filter(|name| !self.members.contains(*name)) {
                let message = "a table beside the corpus names it, but it is not there";
                reading.notices.push(Notice::skipped(name, message));
            }
        }
        reading.notices = summed_up(reading.notices);
        (self.take)(reading);
    }

    /// An id that no text of this input file has: this one, or with `-2`,
    /// `-3` ... added.
    pub(super) fn free_id(&mut self, id: String) -> String {
        let mut free = id.clone();
        let mut repeats = (2..).map(|n| format!("{id}-{n}"));
        while !self.taken.insert(free.clone()) {
            free = repeats.next().unwrap_or_default();
        }
        free
    }

    fn read_into(&mut self, given: &Given<'_>, reading: &mut FileReading) -> Result<(), String> {
        let (format, remark) = Format::of(given.name, given.bytes)?;
        remark.into_iter().for_each(|remark| reading.mended(remark));
        reading.format = Some(format.to_string());
        match format {
            Format::Text | Format::Markdown => self.text(given, format, reading),
            Format::Html => {
                let text = decoded(given, html::charset(given.bytes), reading)?;
                self.document(given, given.metadata, html::read(&text), reading);
                Ok(())
            }
            Format::Records => {
                let text = decoded(given, None, reading)?;
                records::of_lines(&self.records(given), &text, reading);
                Ok(())
            }
            Format::Delimited(delimiter) => {
                let text = decoded(given, None, reading)?;
                let table = table::delimited(&text, delimiter)?;
                self.table(given, &table, given.record_id, reading);
                Ok(())
            }
            Format::Packed(packed) => self.packed(given, packed, reading),
            Format::Archive(kind) => self.archive(given, kind, reading),
        }
    }

    fn text(
        &mut self,
        given: &Given<'_>,
        format: Format,
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
        for remark in &headed.remarks {
            let message = &remark.message;
            let notice = match remark.is_left_out {
                true => {
                    Notice::skipped(given.name, format!("bad header, line left out: {message}"))
                }
                false => Notice::mended(given.name, message.clone()),
            };
            reading.notices.push(notice.at_line(remark.line));
        }
        let (own, bad) = without_bad_values(headed.front);
        for (key, message) in bad {
            let message = format!("bad header, `{key}` left out: {message}");
            reading.notices.push(Notice::skipped(given.name, message));
        }
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
        let front = given.metadata.clone().or(own);
        self.document(given, &front, document, reading);
        Ok(())
    }

    fn packed(
        &mut self,
        given: &Given<'_>,
        format: Packed,
        reading: &mut FileReading,
    ) -> Result<(), String> {
        let content = match &self.config.apart {
            Some(apart) => apart.extract(format, given.bytes),
            None => extract(format, given.bytes).map_err(Failure::Refused),
        };
        let content = content.map_err(|failure| match failure {
            Failure::Refused(reason) => reason,
            Failure::Passing(reason) => {
                reading.is_passing = true;
                reason
            }
        });
        match content? {
            Content::Document(document) => {
                self.document(given, given.metadata, *document, reading);
            }
            Content::Tables(tables) if tables.is_empty() => {
                return Err("no table in it".to_owned());
            }
            Content::Tables(tables) => {
                for (name, table) in &tables {
                    let id = match tables.len() {
                        1 => given.record_id.to_owned(),
                        _ => self.free_id(format!("{}.{}", given.record_id, slug(name))),
                    };
                    self.table(given, table, &id, reading);
                }
            }
        }
        Ok(())
    }

    fn table(&self, given: &Given<'_>, table: &table::Table, id: &str, reading: &mut FileReading) {
        for remark in &table.remarks {
            reading.mended(remark.clone());
        }
        records::of_table(&self.records(given), id, table, reading);
    }

    fn records<'g>(&'g self, given: &'g Given<'_>) -> records::Source<'g> {
        records::Source {
            name: given.name,
            record_id: given.record_id,
            front: given.metadata,
            profiles: self.config.profiles,
            text_column: self.config.text_column.as_deref(),
        }
    }

    fn document(
        &self,
        given: &Given<'_>,
        front: &FrontMatter,
        document: Document<'_>,
        reading: &mut FileReading,
    ) {
        for remark in &document.remarks {
            reading.mended(remark.clone());
        }
        reading.dropped.extend(document.dropped.iter().cloned());
        let source = about::Source {
            name: given.name,
            record_id: given.record_id,
            hash: reading.hash.clone(),
        };
        outline::read(&source, front, document, self.config.profiles, reading);
    }
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

/// What a header says, without the values that cannot be facts, and why they
/// cannot, each with its key.
fn without_bad_values(mut front: FrontMatter) -> (FrontMatter, Vec<(&'static str, String)>) {
    let mut bad = Vec::new();
    let mut check = |key: &'static str, of: FrontMatter| match Facts::of_header(&of) {
        Ok(_) => of,
        Err(message) => {
            bad.push((key, message));
            FrontMatter::default()
        }
    };
    let none = FrontMatter::default;
    let country = front.country.take();
    front.country = check("country", FrontMatter { country, ..none() }).country;
    let year = front.year.take();
    front.year = check("year", FrontMatter { year, ..none() }).year;
    let tier = front.tier.take();
    front.tier = check("tier", FrontMatter { tier, ..none() }).tier;
    let url = front.url.take();
    front.url = check("url", FrontMatter { url, ..none() }).url;
    (front, bad)
}
