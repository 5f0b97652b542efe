//! The index that an update begins with: which files it has read already, and
//! their reports as they are in it.

use std::collections::HashMap;
use std::ops::Range;

use super::gather::Item;
use super::ledger::{FileEntry, Ledger, settings_of};
use super::{BuildConfig, IndexFolder, IndexPart, OpenIndex};
use crate::error::{Error, Result};
use crate::read::{InputFile, KnownFiles, Notice, hash_of};
use crate::report::{Passage, Report};

/// The index that an update begins with.
pub(super) struct Previous {
    pub(super) index: OpenIndex,
    pub(super) ledger: Ledger,
    /// Whether files are read as they were for it: by the same profiles, the
    /// same column of text and the same version.
    pub(super) reads_alike: bool,
    /// The entries of each file, by its name and record id.
    by_file: HashMap<(String, String), Range<usize>>,
    /// The passages of each report, by its id.
    passages: HashMap<String, Range<u32>>,
    /// The headings of each report, by its id.
    headings: HashMap<String, Range<u32>>,
}

impl Previous {
    /// The index of a folder, if there is one that can be read.
    pub(super) fn open(folder: &IndexFolder, config: &BuildConfig<'_>) -> Option<Self> {
        let index = OpenIndex::open(folder).ok()?;
        let reads_alike = index.manifest.profiles == config.read.profiles.fingerprint()
            && index.manifest.text_column == config.read.text_column
            && index.manifest.pincite == env!("CARGO_PKG_VERSION");
        let ledger = folder.ledger(&index.manifest).ok()?;
        let mut by_file: HashMap<_, Range<usize>> = HashMap::new();
        for (at, entry) in ledger.files.iter().enumerate() {
            let key = (entry.input.clone(), entry.record_id.clone());
            by_file.entry(key).or_insert(at..at).end = at + 1;
        }
        let by_report = |index: &OpenIndex| -> Option<HashMap<String, Range<u32>>> {
            let reports = index.reports().ok()?.into_iter();
            Some(reports.map(|r| (r.id.to_string(), r.passages)).collect())
        };
        let passages = by_report(&index)?;
        let headings = match index.part(IndexPart::Headings) {
            Some(headings) => by_report(headings)?,
            None => HashMap::new(),
        };
        Some(Previous {
            reads_alike,
            index,
            ledger,
            by_file,
            passages,
            headings,
        })
    }

    /// The record ids of all files, by name.
    pub(super) fn known_files(&self) -> KnownFiles<'_> {
        let mut known = KnownFiles::new();
        for entry in self.ledger.files.iter().filter(|e| e.is_input()) {
            let of_name = known.entry(entry.input.as_str()).or_default();
            of_name.push((entry.record_id.as_str(), entry.hash.as_str()));
        }
        known
    }

    /// What was made of a file before, if it has not changed since.
    pub(super) fn unchanged(&self, input: &InputFile) -> Option<&[FileEntry]> {
        let entries = self.entries(input)?;
        let own = entries.iter().find(|entry| entry.is_input())?;
        if !self.reads_alike || entries.iter().any(|entry| entry.again) {
            return None;
        }
        let is_same = own.settings == settings_of(input) && own.hash == hash_of(input);
        is_same.then_some(entries)
    }

    /// Whether the index is what a build of these files would give.
    pub(super) fn is_up_to_date(
        &self,
        folder: &IndexFolder,
        config: &BuildConfig<'_>,
        items: &[Item<'_>],
        found: &[Notice],
    ) -> bool {
        let inputs = self.ledger.files.iter().filter(|entry| entry.is_input());
        self.index.manifest.lexicon == config.lexicon.fingerprint()
            && self.index.manifest.folders == config.places(folder)
            && self.ledger.found == found
            && inputs.count() == items.len()
            && items.iter().all(|item| item.unchanged.is_some())
    }

    fn entries(&self, input: &InputFile) -> Option<&[FileEntry]> {
        let key = (input.name.clone(), input.record_id.clone());
        self.ledger.files.get(self.by_file.get(&key)?.clone())
    }

    /// A report as the index holds it.
    ///
    /// # Errors
    /// A damaged index.
    pub(super) fn report(&self, id: &str, line: Option<u64>) -> Result<Report> {
        let damaged = || Error::index(format!("the index does not hold `{id}`, which it names"));
        let docs = self.passages.get(id).ok_or_else(damaged)?.clone();
        let read = |index: &OpenIndex, docs: Range<u32>| -> Result<Vec<Passage>> {
            let mut reader = index.passages();
            docs.map(|doc| reader.passage(doc)).collect()
        };
        let passages = read(&self.index, docs)?;
        let headings = match self.index.part(IndexPart::Headings) {
            Some(part) => read(part, self.headings.get(id).cloned().unwrap_or_default())?,
            None => Vec::new(),
        };
        Report::of_passages(passages, headings, line).ok_or_else(damaged)
    }
}
