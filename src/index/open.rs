//! Opening an index to search it.

use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::directory::{Directory, MmapDirectory};
use tantivy::schema::Facet;
use tantivy::{DocId, Index, ReloadPolicy, Searcher, SegmentReader, TantivyError};

use super::groups::FacetGroups;
use super::read_only::ReadOnlyDirectory;
use super::schema::{Fields, schema};
use super::segment::{PASSAGES, REPORTS};
use super::spool::take_number;
use super::store::{Store, StoreReader};
use super::{FacetName, IndexFolder, Manifest, record};
use crate::error::{Error, Result};
use crate::report::{Passage, ReportId, ReportInfo};

/// The error of an index that opened and then cannot be read.
pub fn unreadable(cause: impl Into<TantivyError>) -> Error {
    Error::index("the index cannot be read")
        .with_cause(cause.into())
        .with_hint("it may be damaged: build it again with `pincite index`")
}

/// An index that is open for searching. It keeps answering from the files it
/// opened, whatever a build does meanwhile.
pub struct OpenIndex {
    /// What it holds and how it was made.
    pub manifest: Manifest,
    /// The engine's searcher.
    pub searcher: Searcher,
    /// The fields of its documents.
    pub fields: Fields,
    passages: Store,
    reports: Store,
    words: OnceLock<String>,
    themes: OnceLock<Vec<String>>,
    groups: OnceLock<FacetGroups>,
    /// Reports that were read lately, by their place.
    recent: Mutex<FxHashMap<u32, KnownReport>>,
}

/// A report without its text.
type KnownReport = (ReportId, Arc<ReportInfo>);

/// How many reports that were read are kept.
const RECENT: usize = 1024;

/// How often opening is tried while a build replaces the index.
const TRIES: usize = 5;

impl OpenIndex {
    /// Opens the index of a folder.
    ///
    /// # Errors
    /// No index, a damaged one, or one that this program cannot read.
    pub fn open(folder: &IndexFolder) -> Result<Self> {
        let mut tries = 0;
        loop {
            tries += 1;
            let manifest = folder.manifest()?;
            match Self::open_generation(folder, &manifest) {
                Ok((searcher, passages, reports)) => {
                    return Ok(OpenIndex {
                        manifest,
                        searcher,
                        fields: schema().1,
                        passages,
                        reports,
                        words: OnceLock::new(),
                        themes: OnceLock::new(),
                        groups: OnceLock::new(),
                        recent: Mutex::default(),
                    });
                }
                // A build may have replaced the index since the manifest was read.
                Err(_)
                    if tries < TRIES
                        && folder
                            .manifest()
                            .is_ok_and(|m| m.generation != manifest.generation) => {}
                Err(e) => {
                    return Err(Error::index(format!(
                        "the index in `{}` is damaged",
                        folder.root().display()
                    ))
                    .with_cause(e)
                    .with_hint(folder.rebuild_hint(Some(&manifest))));
                }
            }
        }
    }

    /// The one segment of the index, its documents in order of passage id.
    pub fn segment(&self) -> &SegmentReader {
        self.searcher.segment_reader(0)
    }

    /// The folded words of the index and the joined forms of compounds, a line
    /// each, some in two. They are read at the first call and kept.
    ///
    /// # Errors
    /// A damaged index.
    pub fn words(&self) -> Result<&str> {
        if let Some(words) = self.words.get() {
            return Ok(words);
        }
        let inverted = self
            .segment()
            .inverted_index(self.fields.exact)
            .map_err(unreadable)?;
        let mut words = String::new();
        let mut last = String::new();
        let mut terms = inverted.terms().stream().map_err(unreadable)?;
        while terms.advance() {
            let term = std::str::from_utf8(terms.key()).unwrap_or_default();
            let word = term.split('-').next().unwrap_or_default();
            if word != last {
                last.clear();
                last.push_str(word);
                words.push_str(word);
                words.push('\n');
            }
        }
        Ok(self.words.get_or_init(|| words))
    }

    /// The values of a facet that the index holds, paths with all above them,
    /// in order.
    ///
    /// # Errors
    /// A damaged index.
    pub fn facet_values(&self, name: FacetName) -> Result<Vec<String>> {
        let mut values = std::collections::BTreeSet::new();
        let from = format!("{}\0", name.as_str());
        let to = format!("{}\u{1}", name.as_str());
        for segment in self.searcher.segment_readers() {
            let inverted = segment
                .inverted_index(self.fields.facet)
                .map_err(unreadable)?;
            let range = inverted.terms().range().ge(&from).lt(&to).into_stream();
            let mut terms = range.map_err(unreadable)?;
            while terms.advance() {
                let facet = Facet::from_encoded(terms.key().to_vec());
                values.extend(
                    facet
                        .ok()
                        .and_then(|f| FacetName::from_facet(&f))
                        .map(|f| f.1),
                );
            }
        }
        Ok(values.into_iter().collect())
    }

    /// The groups that passages are counted by. They are read at the first call
    /// and kept.
    ///
    /// # Errors
    /// A damaged index.
    pub fn facet_groups(&self) -> Result<&FacetGroups> {
        if let Some(groups) = self.groups.get() {
            return Ok(groups);
        }
        let groups = FacetGroups::read(self.segment()).map_err(unreadable)?;
        Ok(self.groups.get_or_init(|| groups))
    }

    /// Reads passages one after another.
    pub fn passages(&self) -> PassageReader<'_> {
        PassageReader {
            index: self,
            passages: self.passages.reader(),
            reports: self.reports.reader(),
            report: None,
        }
    }

    fn recent_report(&self, number: u32, reports: &mut StoreReader<'_>) -> Result<KnownReport> {
        let recent = || self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(report) = recent().get(&number) {
            return Ok(report.clone());
        }
        let report = record::report(reports.record(number).map_err(unreadable)?)?;
        let mut recent = recent();
        if recent.len() >= RECENT {
            recent.clear();
        }
        recent.insert(number, report.clone());
        Ok(report)
    }

    /// The paths of the lexicon that gave the themes.
    fn themes(&self) -> Result<&[String]> {
        if let Some(themes) = self.themes.get() {
            return Ok(themes);
        }
        let mut reports = self.reports.reader();
        let last = self.reports.records().saturating_sub(1);
        let record = reports.record(last).map_err(unreadable)?;
        let themes = serde_json::from_slice(record)
            .map_err(|e| Error::index("the themes of the index cannot be read").with_cause(e))?;
        Ok(self.themes.get_or_init(|| themes))
    }

    fn open_generation(
        folder: &IndexFolder,
        manifest: &Manifest,
    ) -> tantivy::Result<(Searcher, Store, Store)> {
        let files = MmapDirectory::open(folder.generation(&manifest.generation))?;
        let store = |name: &str| -> tantivy::Result<Store> {
            let file = files.open_read(Path::new(name))?;
            Ok(Store::open(file.read_bytes()?)?)
        };
        let (passages, reports) = (store(PASSAGES)?, store(REPORTS)?);
        let index = Index::open(ReadOnlyDirectory(files))?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok((reader.searcher(), passages, reports))
    }
}

/// Reads passages; it keeps the report it read last.
pub struct PassageReader<'i> {
    index: &'i OpenIndex,
    passages: StoreReader<'i>,
    reports: StoreReader<'i>,
    report: Option<(u32, KnownReport)>,
}

impl PassageReader<'_> {
    /// A passage, by its place in the order of ids.
    ///
    /// # Errors
    /// A damaged index.
    pub fn passage(&mut self, doc: DocId) -> Result<Passage> {
        let mut record = self.passages.record(doc).map_err(unreadable)?;
        let number = take_number(&mut record);
        let report = match &mut self.report {
            Some((last, report)) if *last == number => report,
            report => {
                let read = self.index.recent_report(number, &mut self.reports)?;
                &mut report.insert((number, read)).1
            }
        };
        record::passage(record, report, self.index.themes()?)
    }
}

impl std::fmt::Debug for OpenIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenIndex")
            .field("manifest", &self.manifest)
            .finish_non_exhaustive()
    }
}
