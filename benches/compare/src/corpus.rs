//! The corpus as all engines get it: files for pincite, and the same passages
//! cut beforehand, a JSON object a line, for its peers.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use pincite::read::{Profiles, ReadConfig, find_files, reports_of};
use serde::{Deserialize, Serialize};

use pincite_generate::random::Random;

/// A passage as the peers get it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CutPassage {
    /// Its text.
    pub text: String,
    /// ISO 3166-1 alpha-3 code, or empty.
    pub country: String,
    /// The year of the edition, or 0.
    pub year: u16,
}

/// A corpus that is ready to be built and queried.
#[derive(Debug)]
pub struct Corpus {
    /// The folder of its files.
    pub folder: PathBuf,
    /// The file of its passages.
    pub passages: PathBuf,
    /// How much there is.
    pub size: Size,
    /// Some of its passages, from which queries are drawn.
    pub sample: Vec<CutPassage>,
    /// Its words in small letters, each with how many passages hold it.
    pub words: HashMap<String, u32>,
}

/// How much a corpus holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Size {
    /// Files.
    pub files: u64,
    /// Bytes of the files.
    pub file_bytes: u64,
    /// Passages.
    pub passages: u64,
    /// Bytes of the texts of the passages.
    pub text_bytes: u64,
}

impl Size {
    /// The texts of the passages, in MB (10^6 bytes).
    pub fn text_megabytes(&self) -> f64 {
        self.text_bytes as f64 / 1e6
    }
}

/// How many passages the sample holds at most.
const SAMPLE: usize = 20_000;
/// The fewest letters of a word that is counted.
const LETTERS: usize = 4;

/// Reads a corpus and writes its passages into a file. Of two reports with one
/// name the first stays, as in pincite's own build.
pub fn prepare(folder: &Path, passages: &Path, seed: u64) -> Result<Corpus> {
    let (files, _) = find_files(&[folder.to_owned()])?;
    let file =
        File::create(passages).with_context(|| format!("cannot write `{}`", passages.display()))?;
    let mut out = BufWriter::new(file);
    let mut gathered = Gathered::new(seed);
    let mut ids = HashSet::new();
    for file in &files {
        gathered.size.files += 1;
        gathered.size.file_bytes += file.path.metadata()?.len();
        for report in reports_of(file, &ReadConfig::new(Profiles::built_in())) {
            if !ids.insert(report.id.clone()) {
                continue;
            }
            for passage in report.passages() {
                let country = passage.report.country.as_ref();
                let cut = CutPassage {
                    text: passage.text,
                    country: country.map(|c| c.iso3.clone()).unwrap_or_default(),
                    year: passage.report.year.map_or(0, |y| y.get()),
                };
                serde_json::to_writer(&mut out, &cut)?;
                out.write_all(b"\n")?;
                gathered.add(cut);
            }
        }
    }
    out.flush()?;
    Ok(Corpus {
        folder: folder.to_owned(),
        passages: passages.to_owned(),
        size: gathered.size,
        sample: gathered.sample,
        words: gathered
            .words
            .into_iter()
            .map(|(word, (count, _))| (word, count))
            .collect(),
    })
}

/// The passages of a file that [`prepare`] wrote, in order.
pub fn read_passages(path: &Path) -> Result<impl Iterator<Item = Result<CutPassage>>> {
    let file = File::open(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let lines = BufReader::with_capacity(1 << 20, file).lines();
    Ok(lines.map(|line| Ok(serde_json::from_str(&line?)?)))
}

/// What the passages so far have given.
struct Gathered {
    size: Size,
    sample: Vec<CutPassage>,
    /// The number of passages and the last one, from 1, that holds a word.
    words: HashMap<String, (u32, u64)>,
    random: Random,
    word: String,
}

impl Gathered {
    fn new(seed: u64) -> Self {
        Gathered {
            size: Size::default(),
            sample: Vec::new(),
            words: HashMap::new(),
            random: Random::new(seed),
            word: String::new(),
        }
    }

    fn add(&mut self, passage: CutPassage) {
        self.size.passages += 1;
        self.size.text_bytes += passage.text.len() as u64;
        self.count_words(&passage.text);
        // Every passage stays with the same chance.
        if self.sample.len() < SAMPLE {
            self.sample.push(passage);
        } else {
            let place = self.random.place(self.size.passages as usize);
            if let Some(kept) = self.sample.get_mut(place) {
                *kept = passage;
            }
        }
    }

    fn count_words(&mut self, text: &str) {
        let this = self.size.passages;
        let words = text.split(|c: char| !c.is_alphanumeric());
        for typed in words.filter(|w| w.len() >= LETTERS) {
            if !typed.bytes().all(|b| b.is_ascii_alphabetic()) {
                continue;
            }
            self.word.clear();
            self.word.push_str(typed);
            self.word.make_ascii_lowercase();
            match self.words.get_mut(&self.word) {
                Some((_, last)) if *last == this => {}
                Some((count, last)) => {
                    *count += 1;
                    *last = this;
                }
                None => {
                    self.words.insert(self.word.clone(), (1, this));
                }
            }
        }
    }
}
