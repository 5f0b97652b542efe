//! Answering a batch with all threads, and one query in a process of its own.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use super::{Contest, Outcome};
use crate::measure::{Spread, milliseconds, percentile};
use crate::peers::pincite::batch_line;
use crate::queries;
use crate::table::{Better, Row};

impl Contest<'_> {
    /// Answers the batch with every engine, with all threads.
    pub(super) fn batch(&self, outcome: &mut Outcome) -> Result<()> {
        let queries = &self.questions.batch;
        let mut speeds = Vec::new();
        for peer in self.peers {
            (self.tell)(&format!("{} answers a batch", peer.name()));
            let index = self.index(*peer);
            let runs = self.effort.batches;
            speeds.push(Spread::of(&peer.batch(
                &index,
                queries,
                self.threads,
                runs,
            )?));
        }
        let number = queries.len();
        outcome.rows.push(Row {
            name: format!(
                "batch of {number}, {} threads, queries a second",
                self.threads
            ),
            better: Better::Higher,
            figures: speeds,
        });
        let file = self.work.join("batch.jsonl");
        let lines = queries.iter().enumerate().map(|(n, q)| batch_line(n, q));
        fs::write(&file, lines.collect::<String>())?;
        let index = self.index(self.pincite);
        let mut speeds = Vec::new();
        for _ in 0..self.effort.batches {
            let took = milliseconds(&mut self.pincite.batch_command(&index, &file))?;
            speeds.push(number as f64 / took * 1e3);
        }
        if let Some(speeds) = Spread::of(&speeds) {
            outcome.rows.push(Row {
                name: "`pincite batch` as a process, queries a second".to_owned(),
                better: Better::Higher,
                figures: self.alone(speeds),
            });
        }
        Ok(())
    }

    /// One query in a process of its own, beside an empty process and a scan of
    /// the files for its first word.
    pub(super) fn processes(&self, outcome: &mut Outcome) -> Result<()> {
        (self.tell)("one query, whole process");
        let mut classes = self.questions.classes.iter();
        let class = classes.find(|class| class.name == queries::ALL);
        let queries = &class.context("no class of two words")?.queries;
        let mut took: Vec<Vec<f64>> = self.peers.iter().map(|_| Vec::new()).collect();
        let (mut empty, mut scans) = (Vec::new(), Vec::new());
        for round in 0..self.effort.processes {
            let query = &queries[round % queries.len()];
            empty.push(milliseconds(&mut Command::new("true"))?);
            for (peer, took) in self.peers.iter().zip(&mut took) {
                took.push(milliseconds(&mut peer.ask(&self.index(*peer), query)?)?);
            }
            let mut grep = Command::new("grep");
            grep.args(["-rwF", &query.words[0]])
                .arg(&self.corpus.folder);
            scans.push(milliseconds(&mut grep)?);
        }
        let figures: Vec<Option<Spread>> = took.iter().map(|took| Spread::of(took)).collect();
        let empty = percentile(&empty, 0.5);
        let times = |s: &Spread| Spread::one(s.median / empty);
        let times = figures.iter().map(|f| f.as_ref().map(times)).collect();
        for (name, figures) in [
            ("one query, whole process, ms", figures),
            ("one query, times an empty process", times),
        ] {
            outcome.rows.push(Row {
                name: name.to_owned(),
                better: Better::Lower,
                figures,
            });
        }
        outcome.remarks.push(format!(
            "An empty process takes {empty:.2} ms, `grep -rwF` over the files {:.0} ms \
             (medians of {}).",
            percentile(&scans, 0.5),
            scans.len()
        ));
        Ok(())
    }
}
