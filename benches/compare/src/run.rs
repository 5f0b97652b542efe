//! One run: the corpus at each size, the contest on it, the report.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::contest::{Contest, Effort, Outcome};
use crate::corpus::{Corpus, prepare};
use crate::peers::Peer;
use crate::peers::fts5::Fts5;
use crate::peers::lucene::Lucene;
use crate::peers::pincite::Pincite;
use crate::peers::tantivy::Tantivy;
use crate::queries::{Numbers, Questions};
use crate::{copies, machine, report, tell};

/// What to measure on what corpus.
#[derive(Args)]
pub struct Options {
    /// The folder of the corpus
    #[arg(long, value_name = "DIR", conflicts_with = "generated")]
    corpus: Option<PathBuf>,
    /// Make a corpus of this many MB instead
    #[arg(long, value_name = "MB")]
    generated: Option<u64>,
    /// The seed of queries and of a corpus that is made
    #[arg(long, default_value_t = crate::SEED)]
    seed: u64,
    /// How many times the corpus is taken, its years moved on
    #[arg(long, value_name = "N", conflicts_with = "scales")]
    copies: Option<u16>,
    /// Several such numbers, the first compared with each of the others
    #[arg(long, value_name = "N,N", value_delimiter = ',')]
    scales: Vec<u16>,
    /// The pincite program; by default it is built from the repository
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
    /// Write the table to this file too
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// How often each index is built (once where the corpus is taken several
    /// times)
    #[arg(long, default_value_t = 3)]
    builds: usize,
    /// Show in seconds that all works: 2 MB and few queries
    #[arg(long)]
    quick: bool,
}

/// How large a quick corpus is, in MB.
const QUICK: u64 = 2;

/// Measures, and gives the report, which is kept in a file too where that is
/// asked for.
pub fn run(options: &Options) -> Result<String> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let origin = Origin::of(options, &repository)?;
    let pincite = match options.binary.clone() {
        Some(program) => Pincite { program },
        None => Pincite::built(&repository)?,
    };
    let lucene = Lucene::found();
    let mut peers: Vec<&dyn Peer> = vec![&pincite, &Tantivy, &Fts5];
    if let Ok(lucene) = &lucene {
        peers.push(lucene);
    }
    let mut out = report::header(&repository, options.seed, &peers, lucene.as_ref().err());
    if options.binary.is_some() {
        out += "- the pincite program is another one, given by `--binary`\n";
    }
    let scales = options.scales();
    let mut questions: Option<Questions> = None;
    let mut first: Option<Outcome> = None;
    for scale in &scales {
        let work = tempfile::tempdir()?;
        let effort = options.effort(*scale);
        let corpus = origin.corpus(*scale, options.seed, work.path())?;
        // Copies hold all that the first holds; what is made anew does not.
        let asked = match questions.take() {
            Some(asked) if matches!(origin, Origin::Folder(_)) => asked,
            _ => Questions::drawn(&corpus, options.seed, effort.numbers)?,
        };
        let contest = Contest {
            pincite: &pincite,
            peers: &peers,
            corpus: &corpus,
            work: work.path(),
            threads: machine::cores(),
            questions: &asked,
            effort,
            tell: &tell,
        };
        let outcome = contest.run()?;
        out += &report::section(&contest, *scale, &outcome);
        questions = Some(asked);
        match &first {
            Some(first) => out += &report::growth(&peers, scales[0], *scale, first, &outcome),
            None => first = Some(outcome),
        }
    }
    out += report::FOOTNOTES;
    if let Some(file) = &options.out {
        std::fs::write(file, &out).with_context(|| format!("cannot write `{}`", file.display()))?;
    }
    Ok(out)
}

impl Options {
    fn scales(&self) -> Vec<u16> {
        match (self.copies, self.scales.as_slice()) {
            (Some(copies), _) => vec![copies],
            (None, []) => vec![1],
            (None, scales) => scales.to_vec(),
        }
    }

    fn effort(&self, scale: u16) -> Effort {
        if self.quick {
            return Effort {
                numbers: Numbers {
                    class: 5,
                    batch: 30,
                },
                builds: 1,
                answers: 2,
                batches: 1,
                processes: 3,
            };
        }
        Effort {
            numbers: Numbers {
                class: 50,
                batch: 300,
            },
            builds: if scale > 1 { 1 } else { self.builds },
            answers: 5,
            batches: 3,
            processes: 40,
        }
    }
}

/// Where the corpus comes from.
enum Origin {
    /// A folder, copied where more is wanted.
    Folder(PathBuf),
    /// Made up, this many MB, or a multiple of it where more is wanted.
    Made(u64),
}

impl Origin {
    fn of(options: &Options, repository: &Path) -> Result<Self> {
        Ok(match (options.generated, &options.corpus) {
            (Some(megabytes), _) => Origin::Made(megabytes),
            (None, Some(folder)) => Origin::Folder(folder.clone()),
            (None, None) if options.quick => Origin::Made(QUICK),
            (None, None) => {
                let folder = repository.join("../shared/corpus");
                if !folder.exists() {
                    bail!(
                        "no corpus: name a folder with `--corpus`, or have one made: `--generated 100`"
                    );
                }
                Origin::Folder(folder)
            }
        })
    }

    /// The corpus `scale` times, what must be written of it below `work`.
    fn corpus(&self, scale: u16, seed: u64, work: &Path) -> Result<Corpus> {
        tell(&format!("the corpus, {scale} ×"));
        let written = work.join("corpus");
        let folder = match self {
            Origin::Folder(folder) if scale == 1 => folder,
            Origin::Folder(folder) => {
                copies::copy(folder, &written, scale)?;
                &written
            }
            Origin::Made(megabytes) => {
                pincite_generate::generate(&written, seed, megabytes * u64::from(scale))?;
                &written
            }
        };
        prepare(folder, &work.join("passages.jsonl"), seed)
    }
}
