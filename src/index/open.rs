//! Opening an index to search it.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tantivy::directory::{Directory, MmapDirectory};
use tantivy::schema::Facet;
use tantivy::{
    DocId, Index, ReloadPolicy, Searcher, SegmentReader, TantivyError, Term as EngineTerm,
};

use super::facet::doubtful;
use super::groups::FacetGroups;
use super::read_only::ReadOnlyDirectory;
use super::schema::{Fields, schema};
use super::shingles::{self, Shingles};
use super::texts::{PassageReader, Reports, Texts};
use super::{FacetName, IndexFolder, IndexPart, Manifest};
use crate::error::{Error, Result};
use crate::report::{ReportId, ReportInfo};

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
    /// The least shingles of its passages.
    pub shingles: Shingles,
    texts: Texts,
    /// Its headings and titles, each searched as the passages are; none if
    /// there are none of them, or in the part itself.
    headings: Option<Box<OpenIndex>>,
    titles: Option<Box<OpenIndex>>,
    words: OnceLock<String>,
    groups: OnceLock<FacetGroups>,
}

/// A report of an index.
#[derive(Debug, Clone)]
pub struct IndexedReport {
    /// Its name.
    pub id: ReportId,
    /// All but its text.
    pub info: Arc<ReportInfo>,
    /// Its passages, half-open, in order of id.
    pub passages: Range<DocId>,
}

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
                Ok(index) => return Ok(index),
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

    /// A part of the index, to be searched as the index is; none if the index
    /// holds nothing of it.
    pub fn part(&self, part: IndexPart) -> Option<&OpenIndex> {
        match part {
            IndexPart::Passages => Some(self),
            IndexPart::Headings => self.headings.as_deref(),
            IndexPart::Titles => self.titles.as_deref(),
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

    /// The engine's term of passages from doubtful pages; none if the
    /// index holds no such passage.
    pub fn doubtful(&self) -> Option<EngineTerm> {
        let term = EngineTerm::from_facet(self.fields.facet, &doubtful());
        // What cannot be looked up is told by the search that asks for it.
        let held = self.searcher.doc_freq(&term).unwrap_or(1);
        (held > 0).then_some(term)
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

    /// The reports of the index, in order of id.
    ///
    /// # Errors
    /// A damaged index.
    pub fn reports(&self) -> Result<Vec<IndexedReport>> {
        let columns = self.segment().fast_fields();
        let report_of = columns.u64("report").map_err(unreadable)?;
        let mut ranges: Vec<Range<DocId>> = Vec::new();
        for doc in 0..self.segment().max_doc() {
            let number = report_of.first(doc).unwrap_or_default() as usize;
            if number >= ranges.len() {
                ranges.resize(number + 1, doc..doc);
            }
            ranges[number].end = doc + 1;
        }
        let mut reader = self.passages();
        let named = (0..).zip(ranges).map(|(number, passages)| {
            let (id, info) = reader.report(number)?;
            Ok(IndexedReport { id, info, passages })
        });
        named.collect()
    }

    /// Reads passages one after another.
    pub fn passages(&self) -> PassageReader<'_> {
        self.texts.passages()
    }

    fn open_generation(folder: &IndexFolder, manifest: &Manifest) -> tantivy::Result<Self> {
        let generation = folder.generation(&manifest.generation);
        let reports = Arc::new(Reports::open(&MmapDirectory::open(&generation)?)?);
        let below = |part: IndexPart| -> tantivy::Result<Option<Box<OpenIndex>>> {
            let path = part.folder().map(|name| generation.join(name));
            let path = path.filter(|path| path.is_dir());
            let open = |path: PathBuf| Self::open_part(&path, manifest, Arc::clone(&reports));
            Ok(path.map(open).transpose()?.map(Box::new))
        };
        Ok(OpenIndex {
            headings: below(IndexPart::Headings)?,
            titles: below(IndexPart::Titles)?,
            ..Self::open_part(&generation, manifest, Arc::clone(&reports))?
        })
    }

    fn open_part(
        path: &Path,
        manifest: &Manifest,
        reports: Arc<Reports>,
    ) -> tantivy::Result<OpenIndex> {
        let files = MmapDirectory::open(path)?;
        let texts = Texts::open(&files, reports)?;
        let shingles = files.open_read(Path::new(shingles::FILE))?.read_bytes()?;
        let index = Index::open(ReadOnlyDirectory(files))?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let searcher = reader.searcher();
        let passages = searcher.segment_reader(0).max_doc();
        Ok(OpenIndex {
            manifest: manifest.clone(),
            searcher,
            fields: schema().1,
            shingles: Shingles::open(shingles, passages)?,
            texts,
            headings: None,
            titles: None,
            words: OnceLock::new(),
            groups: OnceLock::new(),
        })
    }
}

impl std::fmt::Debug for OpenIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenIndex")
            .field("manifest", &self.manifest)
            .finish_non_exhaustive()
    }
}
