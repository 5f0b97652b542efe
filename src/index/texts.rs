//! The texts of an index: its passages and reports, in two stores beside the
//! engine's files.

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::directory::Directory;

use super::gather::Gathered;
use super::open::unreadable;
use super::part::GatheredPart;
use super::record::{self, report_record};
use super::store::{Dictionary, Store, StoreReader, StoreWriter, train};
use super::varint::{push_number, take_number};
use crate::error::{Error, Result};
use crate::report::{Passage, ReportId, ReportInfo};

/// The file of the passages' texts, in the folder of the engine's files.
const PASSAGES: &str = "passages";
/// The file of the reports; the record behind the last is the paths of the
/// lexicon.
const REPORTS: &str = "reports";

/// How much text a dictionary is made from, and how much of it from one report
/// at most, in bytes.
const SAMPLES: usize = 3 << 20;
const SAMPLES_OF_REPORT: usize = SAMPLES / 16;
/// How many reports that were read are kept.
const RECENT: usize = 1024;

/// Writes the texts of a part into its folder.
pub(super) fn write_passages(part: GatheredPart<'_>, folder: &Path) -> io::Result<()> {
    let dictionary = Dictionary::new(dictionary(part)?);
    let mut store = StoreWriter::create(&folder.join(PASSAGES), &dictionary)?;
    let mut buffer = Vec::new();
    let mut prefix = Vec::new();
    for (number, (report, kept)) in part.reports().enumerate() {
        prefix.clear();
        push_number(number as u32, &mut prefix);
        let spool = &part.gathered.spools[report.worker];
        let records = spool.get(kept.records, &mut buffer)?;
        for record in records_of(records) {
            store.add(&[&prefix, record])?;
        }
    }
    store.close()
}

/// A dictionary from passages of reports all over the corpus.
fn dictionary(part: GatheredPart<'_>) -> io::Result<Vec<u8>> {
    let mut samples = Vec::new();
    let mut lengths = Vec::new();
    let mut buffer = Vec::new();
    let sizes = part
        .reports()
        .map(|(_, kept)| kept.records.length() as usize);
    let step = (sizes.sum::<usize>() / SAMPLES).max(1);
    for (report, kept) in part.reports().step_by(step) {
        let spool = &part.gathered.spools[report.worker];
        let records = spool.get(kept.records, &mut buffer)?;
        let mut left = SAMPLES_OF_REPORT;
        for record in records_of(records) {
            if samples.len() >= SAMPLES || record.len() > left {
                break;
            }
            left -= record.len();
            samples.extend_from_slice(record);
            lengths.push(record.len());
        }
    }
    Ok(train(&samples, &lengths))
}

/// Records that each stand after their length.
fn records_of(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let length = take_number(&mut bytes) as usize;
        let (record, rest) = bytes.split_at_checked(length)?;
        bytes = rest;
        Some(record)
    })
}

/// Writes the reports of all parts into the folder of an index; `lexicon` are
/// the paths of its themes.
pub(super) fn write_reports(
    gathered: &Gathered,
    lexicon: &[String],
    folder: &Path,
) -> io::Result<()> {
    let dictionary = Dictionary::new(Vec::new());
    let mut store = StoreWriter::create(&folder.join(REPORTS), &dictionary)?;
    for report in &gathered.reports {
        store.add(&[&report_record(&report.id, &report.info)])?;
    }
    store.add(&[&serde_json::to_vec(lexicon)?])?;
    store.close()
}

/// A report without its text.
pub(super) type Named = (ReportId, Arc<ReportInfo>);

/// The texts of an open index.
pub(super) struct Texts {
    passages: Store,
    reports: Arc<Reports>,
}

/// The reports of an index, which its parts share.
pub(super) struct Reports {
    store: Store,
    /// The paths of the lexicon that gave the themes.
    themes: OnceLock<Vec<String>>,
    /// Reports that were read lately, by their place.
    recent: Mutex<FxHashMap<u32, Named>>,
}

impl Texts {
    /// The texts of a part, in the folder of its files.
    ///
    /// # Errors
    /// A file that is not there, or is damaged.
    pub(super) fn open(folder: &dyn Directory, reports: Arc<Reports>) -> tantivy::Result<Self> {
        Ok(Texts {
            passages: open_store(folder, PASSAGES)?,
            reports,
        })
    }

    /// Reads passages one after another.
    pub(super) fn passages(&self) -> PassageReader<'_> {
        PassageReader {
            texts: self,
            passages: self.passages.reader(),
            reports: self.reports.store.reader(),
        }
    }
}

fn open_store(folder: &dyn Directory, name: &str) -> tantivy::Result<Store> {
    let file = folder.open_read(Path::new(name))?;
    Ok(Store::open(file.read_bytes()?)?)
}

impl Reports {
    /// The reports in the folder of an index.
    ///
    /// # Errors
    /// A file that is not there, or is damaged.
    pub(super) fn open(folder: &dyn Directory) -> tantivy::Result<Self> {
        Ok(Reports {
            store: open_store(folder, REPORTS)?,
            themes: OnceLock::new(),
            recent: Mutex::default(),
        })
    }

    fn report(&self, place: u32, reports: &mut StoreReader<'_>) -> Result<Named> {
        let recent = || self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(report) = recent().get(&place) {
            return Ok(report.clone());
        }
        let report = record::report(reports.record(place).map_err(unreadable)?)?;
        let mut recent = recent();
        if recent.len() >= RECENT {
            recent.clear();
        }
        recent.insert(place, report.clone());
        Ok(report)
    }

    fn themes(&self, reports: &mut StoreReader<'_>) -> Result<&[String]> {
        if let Some(themes) = self.themes.get() {
            return Ok(themes);
        }
        let last = self.store.records().saturating_sub(1);
        let record = reports.record(last).map_err(unreadable)?;
        let themes = serde_json::from_slice(record)
            .map_err(|e| Error::index("the themes of the index cannot be read").with_cause(e))?;
        Ok(self.themes.get_or_init(|| themes))
    }
}

/// Reads passages.
pub struct PassageReader<'t> {
    texts: &'t Texts,
    passages: StoreReader<'t>,
    reports: StoreReader<'t>,
}

impl PassageReader<'_> {
    /// A report without its text, by its place in the order of ids.
    pub(super) fn report(&mut self, place: u32) -> Result<Named> {
        self.texts.reports.report(place, &mut self.reports)
    }

    /// A passage, by its place in the order of ids.
    ///
    /// # Errors
    /// A damaged index.
    pub fn passage(&mut self, doc: DocId) -> Result<Passage> {
        let mut record = self.passages.record(doc).map_err(unreadable)?;
        let place = take_number(&mut record);
        let report = self.texts.reports.report(place, &mut self.reports)?;
        let themes = self.texts.reports.themes(&mut self.reports)?;
        record::passage(record, &report, themes)
    }
}
