//! The contest: every engine builds the same corpus and answers the same
//! queries, in turn, so that what else the machine does meets all alike.

mod answering;
mod building;
mod processes;

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::corpus::Corpus;
use crate::measure::{Process, Spread};
use crate::peers::pincite::Pincite;
use crate::peers::{Peer, Source};
use crate::queries::{Numbers, Questions};
use crate::table::Row;

/// How much is measured.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// How many queries.
    pub numbers: Numbers,
    /// How often each index is built.
    pub builds: usize,
    /// How often each query is answered.
    pub answers: usize,
    /// How often a batch is answered.
    pub batches: usize,
    /// How many processes answer one query.
    pub processes: usize,
}

/// Engines with a corpus.
pub struct Contest<'a> {
    /// pincite, once more as the program that it is.
    pub pincite: &'a Pincite,
    /// All engines, pincite first.
    pub peers: &'a [&'a dyn Peer],
    /// The corpus.
    pub corpus: &'a Corpus,
    /// Where the indexes are written.
    pub work: &'a Path,
    /// How many threads.
    pub threads: usize,
    /// What is asked.
    pub questions: &'a Questions,
    /// How much is measured.
    pub effort: Effort,
    /// What to do with remarks on how far it is.
    pub tell: &'a dyn Fn(&str),
}

/// What came out.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The figures.
    pub rows: Vec<Row>,
    /// The last build of each engine.
    pub builds: Vec<Process>,
    /// Remarks on the figures, a sentence each.
    pub remarks: Vec<String>,
}

impl Contest<'_> {
    /// Builds and queries.
    pub fn run(&self) -> Result<Outcome> {
        let mut outcome = Outcome::default();
        self.build(&mut outcome)?;
        self.build_again(&mut outcome)?;
        for class in &self.questions.classes {
            self.answer(class, &mut outcome)?;
        }
        self.compare_classes(&mut outcome);
        self.batch(&mut outcome)?;
        self.processes(&mut outcome)?;
        Ok(outcome)
    }

    fn index(&self, peer: &dyn Peer) -> PathBuf {
        self.work.join(peer.name())
    }

    fn source(&self) -> Source<'_> {
        Source {
            folder: &self.corpus.folder,
            passages: &self.corpus.passages,
            threads: self.threads,
        }
    }

    /// A figure of pincite's where its peers have none.
    fn alone(&self, figure: Spread) -> Vec<Option<Spread>> {
        let mut figures = vec![None; self.peers.len()];
        figures[0] = Some(figure);
        figures
    }
}
