//! One thread of a build: it reads files, cuts and tags their passages, and
//! keeps what the index will hold of them.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tantivy::fieldnorm::FieldNormReader;

use super::gather::Gathered;
use super::ledger::{EditionEntry, FileEntry, ReportEntry, SectionEntry};
use super::previous::Previous;
use super::record::push_passage;
use super::shingles::{self, KEPT};
use super::sketch::{Sketch, Sketcher};
use super::spool::{Kept, Spool};
use super::varint::push_number;
use super::vocabulary::Vocabulary;
use super::{BuildConfig, FacetName, IndexPart};
use crate::error::Result;
use crate::read::{self, InputFile, NoticeKind};
use crate::report::{FactSource, Passage, Report, ReportId, ReportInfo, Section, ThemeMark};
use crate::text::sentences;
use crate::text::shingles::shingle_hashes;
use crate::text::words::Cut;
use crate::theme::tagger::{TaggerWord, tag_words};

/// A report, with where its passages are kept, in the order of their ids.
pub(super) struct GatheredReport {
    pub(super) id: ReportId,
    pub(super) info: ReportInfo,
    /// The worker that read it.
    pub(super) worker: usize,
    /// What is kept of each [`IndexPart`] of it.
    pub(super) parts: [KeptPassages; IndexPart::COUNT],
    /// The file it is from, and which report of the file it is.
    pub(super) origin: (usize, usize),
    /// The line of the file that it is, where a file holds many; from 1.
    pub(super) line: Option<u64>,
    /// How it compares with others of its name.
    pub(super) rank: Rank,
    /// A sketch of its text; none of records and short texts.
    pub(super) sketch: Option<Sketch>,
}

/// Where the passages of a report are kept, or its headings, or its title.
#[derive(Default)]
pub(super) struct KeptPassages {
    /// The numbers of the words of every passage: how many, then each.
    pub(super) words: Kept,
    /// The stored records of the passages, each after its length.
    pub(super) records: Kept,
    /// An [`Attributes`] for every passage.
    pub(super) attributes: Kept,
    pub(super) passages: u32,
    /// The lengths of the passages, in words, as the engine codes them.
    pub(super) lengths: Box<[u8]>,
    /// The sum of the lengths, exact.
    pub(super) length: u64,
    /// How many words there are.
    pub(super) word_count: u64,
}

/// How a report compares with another of its name: the less, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    /// The place of its site among the sources of its series, the best first.
    pub(super) source: u32,
    /// How many of its sections have a heading.
    pub(super) headings: Reverse<usize>,
    /// How much text it has, in bytes.
    pub(super) text: Reverse<usize>,
}

impl Rank {
    fn of(report: &Report) -> Self {
        let is_headed = |section: &&Section| {
            section.name.source == Some(FactSource::Heading) && !section.paragraphs.is_empty()
        };
        let paragraphs = report.sections.iter().flat_map(|s| &s.paragraphs);
        Rank {
            source: report.info.source_rank,
            headings: Reverse(report.sections.iter().filter(is_headed).count()),
            text: Reverse(paragraphs.map(|p| p.text.len()).sum()),
        }
    }
}

/// What a passage is found and counted by, beside its words.
#[derive(Serialize, Deserialize)]
pub(super) struct Attributes<'a> {
    /// What the sort key of its id has behind that of its report.
    pub(super) key: &'a str,
    pub(super) place: u32,
    /// How many words it has, the parts of a compound counted one by one.
    pub(super) words: u32,
    /// The least of its shingles.
    pub(super) shingles: [u32; KEPT],
    /// The engine's coding of its facet values.
    #[serde(borrow)]
    pub(super) facets: Vec<&'a str>,
    /// Whether there is a doubt about a page that it is from.
    pub(super) is_doubtful: bool,
}

/// One thread that reads.
pub(super) struct Worker<'c> {
    number: usize,
    config: &'c BuildConfig<'c>,
    /// The words of each [`IndexPart`].
    vocabularies: [Vocabulary<'c>; IndexPart::COUNT],
    theme_numbers: HashMap<&'c str, usize>,
    spool: Spool,
    cut: Cut,
    reports: Vec<GatheredReport>,
    /// What became of the files, each with its number.
    files: Vec<(usize, FileEntry)>,
    files_read: u64,
}

impl<'c> Worker<'c> {
    /// A worker that has read nothing.
    pub(super) fn new(number: usize, config: &'c BuildConfig<'c>, spool: Spool) -> Self {
        let paths = config.lexicon.paths().iter().enumerate();
        Worker {
            number,
            config,
            vocabularies: std::array::from_fn(|_| Vocabulary::new(config.lexicon)),
            theme_numbers: paths.map(|(n, path)| (path.as_str(), n)).collect(),
            spool,
            cut: Cut::default(),
            reports: Vec::new(),
            files: Vec::new(),
            files_read: 0,
        }
    }

    /// Reads a file; gives its size in bytes.
    pub(super) fn read(&mut self, file: usize, input: &InputFile) -> std::io::Result<u64> {
        let config = self.config;
        let (mut bytes, mut reports, mut kept) = (0, 0, Ok(()));
        read::read_file(input, &config.read, &mut |reading| {
            let mut entry = FileEntry::of(input, &reading);
            if entry.is_input() {
                bytes = reading.bytes;
            }
            for report in reading.reports {
                let lacks = reading.lacking.get(&report.id.to_string());
                if kept.is_ok() {
                    kept = self.keep(&report, (file, reports)).map(|mut report| {
                        if let (Some(edition), Some(lacks)) = (&mut report.edition, lacks) {
                            edition.lacks.clone_from(lacks);
                        }
                        entry.reports.push(report);
                    });
                }
                reports += 1;
            }
            self.files.push((file, entry));
        });
        kept?;
        self.files_read += 1;
        Ok(bytes)
    }

    /// Takes over what the index had of a file that has not changed; gives its
    /// size in bytes. What cannot be taken over is read.
    pub(super) fn take_over(
        &mut self,
        file: usize,
        input: &InputFile,
        entries: &[FileEntry],
        previous: &Previous,
    ) -> std::io::Result<u64> {
        let reports = entries.iter().flat_map(|entry| &entry.reports);
        let reports = reports.map(|report| previous.report(&report.id, report.line));
        let Ok(reports) = reports.collect::<Result<Vec<Report>>>() else {
            return self.read(file, input);
        };
        let mut reports = reports.iter().enumerate();
        let mut bytes = 0;
        for entry in entries {
            let mut new = FileEntry {
                reports: Vec::with_capacity(entry.reports.len()),
                ..entry.clone()
            };
            // What it is beside others is found anew.
            new.notices
                .retain(|notice| notice.kind != NoticeKind::Similar);
            let known = entry.reports.iter();
            for ((i, report), known) in reports.by_ref().zip(known) {
                let mut kept = self.keep(report, (file, i))?;
                if let (Some(edition), Some(known)) = (&mut kept.edition, &known.edition) {
                    // What it lacks was told when it was read.
                    edition.lacks.clone_from(&known.lacks);
                }
                new.reports.push(kept);
            }
            if new.is_input() {
                bytes = new.bytes;
            }
            self.files.push((file, new));
        }
        Ok(bytes)
    }

    /// Gives all that was read.
    pub(super) fn give(self, all: &mut Gathered) {
        all.files_read += self.files_read;
        all.files.extend(self.files);
        all.reports.extend(self.reports);
        for (all, own) in all.vocabularies.iter_mut().zip(self.vocabularies) {
            all.push(own.into_entries());
        }
        all.spools.push(self.spool);
    }

    fn keep(&mut self, report: &Report, origin: (usize, usize)) -> std::io::Result<ReportEntry> {
        let mut sketcher = Sketcher::new();
        let mut parts: [KeptPassages; IndexPart::COUNT] = Default::default();
        for (part, kept) in IndexPart::ALL.into_iter().zip(&mut parts) {
            let passages = match part {
                IndexPart::Passages => report.passages(),
                IndexPart::Headings => report.headings(),
                IndexPart::Titles => vec![report.title()],
            };
            // Records are short, and their headings say nothing of them.
            let is_sketched = part == IndexPart::Passages && !report.info.is_record;
            *kept = self.keep_part(part, passages, is_sketched.then_some(&mut sketcher))?;
        }
        let words = parts[IndexPart::Passages as usize].word_count;
        let entry = ReportEntry {
            id: report.id.to_string(),
            line: report.line,
            digest: digest(report)?,
            left_out: false,
            edition: (!report.info.is_record).then(|| Box::new(edition(report, words))),
        };
        self.reports.push(GatheredReport {
            id: report.id.clone(),
            info: report.info.clone(),
            worker: self.number,
            parts,
            origin,
            line: report.line,
            rank: Rank::of(report),
            sketch: sketcher.finish(),
        });
        Ok(entry)
    }

    /// Keeps the passages of a part; their words go into the sketch too.
    fn keep_part(
        &mut self,
        part: IndexPart,
        mut passages: Vec<Passage>,
        mut sketcher: Option<&mut Sketcher>,
    ) -> std::io::Result<KeptPassages> {
        passages.sort_by_cached_key(|p| p.id.sort_key());
        let mut kept = KeptReport::default();
        for passage in &mut passages {
            let words = self.cut_passage(part, &passage.text, &mut kept);
            self.tag(part, passage, &words);
            let vocabulary = &self.vocabularies[part as usize];
            let hashes = || words.iter().map(|(_, n)| vocabulary.entry(*n).hash);
            if let Some(sketcher) = &mut sketcher {
                sketcher.add(hashes());
            }
            let shingles = shingles::least(shingle_hashes(hashes()));
            let counted = (words.len() as u32, shingles);
            kept.word_count += words.len() as u64;
            self.keep_passage(passage, counted, &mut kept)?;
        }
        Ok(KeptPassages {
            words: self.spool.push(&kept.words)?,
            records: self.spool.push(&kept.records)?,
            attributes: self.spool.push(&kept.attributes)?,
            passages: passages.len() as u32,
            lengths: kept.lengths.into(),
            length: kept.length,
            word_count: kept.word_count,
        })
    }

    /// Cuts a passage into words and sentences and keeps their numbers; the
    /// words are given with theirs.
    fn cut_passage(
        &mut self,
        part: IndexPart,
        text: &str,
        kept: &mut KeptReport,
    ) -> Vec<(Range<usize>, u32)> {
        let vocabulary = &mut self.vocabularies[part as usize];
        self.cut.run(text);
        let sentences = sentences(text);
        let mut sentences = sentences.iter().peekable();
        kept.numbers.clear();
        let mut words = Vec::with_capacity(self.cut.words().len());
        let mut length = 0;
        while let Some(chain) = self.cut.chain(text, words.len()) {
            let parts = &self.cut.words()[chain.words];
            for (i, span) in parts.iter().enumerate() {
                while sentences.next_if(|s| s.start <= span.start).is_some() {
                    kept.numbers.push(vocabulary.sentence());
                }
                let number = vocabulary.number(&text[span.clone()], 1);
                kept.numbers.push(number);
                words.push((span.clone(), number));
                length += 1;
                if i == 0 && chain.is_compound {
                    let whole = &text[span.start..parts[parts.len() - 1].end];
                    let joined = vocabulary.number(whole, parts.len() as u32);
                    kept.numbers.push(joined);
                    length += 1;
                }
            }
        }
        push_number(kept.numbers.len() as u32, &mut kept.words);
        for number in &kept.numbers {
            push_number(*number, &mut kept.words);
        }
        kept.length += u64::from(length);
        kept.lengths.push(FieldNormReader::fieldnorm_to_id(length));
        words
    }

    /// Gives a passage the themes that its words have.
    fn tag(&self, part: IndexPart, passage: &mut Passage, words: &[(Range<usize>, u32)]) {
        let vocabulary = &self.vocabularies[part as usize];
        let word = |(span, number): &(Range<usize>, u32)| {
            let entry = vocabulary.entry(*number);
            TaggerWord {
                span: span.clone(),
                form: &entry.form,
                stem: entry.theme_stem,
            }
        };
        let words: Vec<TaggerWord<'_>> = words.iter().map(word).collect();
        let marks = tag_words(self.config.lexicon, &passage.text, &words);
        let named_alone = |t: &ThemeMark| marks.iter().all(|m| m.path != t.path);
        passage.themes.retain(named_alone);
        passage.themes.extend(marks);
        passage.themes.sort_by(|a, b| a.path.cmp(&b.path));
        passage.themes.dedup_by(|a, b| a.path == b.path);
    }

    fn keep_passage(
        &self,
        passage: &Passage,
        (words, shingles): (u32, [u32; KEPT]),
        kept: &mut KeptReport,
    ) -> std::io::Result<()> {
        kept.record.clear();
        let number = |path: &str| self.theme_numbers.get(path).copied();
        push_passage(passage, number, &mut kept.record)?;
        push_number(kept.record.len() as u32, &mut kept.records);
        kept.records.extend_from_slice(&kept.record);
        let facets: Vec<String> = FacetName::ALL
            .into_iter()
            .flat_map(|name| {
                let values = name.values_of(passage).into_iter();
                values.map(move |v| name.to_facet(&v).encoded_str().to_owned())
            })
            .collect();
        let attributes = Attributes {
            key: &passage.id.place_key(),
            place: passage.place,
            words,
            shingles,
            facets: facets.iter().map(String::as_str).collect(),
            is_doubtful: passage.doubts.is_some(),
        };
        let all = std::mem::take(&mut kept.attributes);
        kept.attributes = postcard::to_extend(&attributes, all).map_err(std::io::Error::other)?;
        Ok(())
    }
}

/// A digest of all that the index holds of a report, but for the file it is
/// from.
fn digest(report: &Report) -> std::io::Result<u64> {
    let mut digest = Sha256::new();
    let info = ReportInfo {
        path: String::new(),
        hash: String::new(),
        ..report.info.clone()
    };
    digest.update(serde_json::to_vec(&info)?);
    for section in &report.sections {
        digest.update(serde_json::to_vec(&section.name)?);
        for paragraph in &section.paragraphs {
            let place = (
                &paragraph.printed_number,
                paragraph.page,
                paragraph.doubts,
                paragraph.text.len(),
            );
            digest.update(serde_json::to_vec(&place)?);
            digest.update(&paragraph.text);
        }
    }
    let mut first = [0; 8];
    first.copy_from_slice(&digest.finalize()[..8]);
    Ok(u64::from_le_bytes(first))
}

/// What the ledger tells of an edition.
fn edition(report: &Report, words: u64) -> EditionEntry {
    let info = &report.info;
    let with_text = report.sections.iter();
    let with_text = with_text.filter(|section| !section.paragraphs.is_empty());
    let sections = with_text.map(|section| SectionEntry {
        key: section.name.key.clone(),
        source: section.name.source,
        passages: section.paragraphs.len() as u32,
    });
    EditionEntry {
        country: info.country.as_ref().map(|c| c.name.clone()),
        year: info.year.map(|y| y.get()),
        tier: info.tier,
        tier_source: info.tier_source,
        sections: sections.collect(),
        lacks: Vec::new(),
        words,
    }
}

/// What is kept of a report, while its passages are gone through.
#[derive(Default)]
struct KeptReport {
    words: Vec<u8>,
    records: Vec<u8>,
    attributes: Vec<u8>,
    lengths: Vec<u8>,
    length: u64,
    word_count: u64,
    /// The numbers of the words of one passage, and its record.
    numbers: Vec<u32>,
    record: Vec<u8>,
}
