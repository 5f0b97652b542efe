//! Building the indexes: time, memory, size.

use std::fs;

use anyhow::Result;

use super::{Contest, Outcome};
use crate::measure::{Process, Spread, run};
use crate::peers::Peer;
use crate::peers::pincite::BUILT;
use crate::table::{Better, Row};

impl Contest<'_> {
    /// Builds the index of every engine.
    pub(super) fn build(&self, outcome: &mut Outcome) -> Result<()> {
        let mut builds: Vec<Vec<Process>> = self.peers.iter().map(|_| Vec::new()).collect();
        for _ in 0..self.effort.builds {
            for (peer, builds) in self.peers.iter().zip(&mut builds) {
                (self.tell)(&format!("{} builds", peer.name()));
                let index = self.index(*peer);
                if index.exists() {
                    fs::remove_dir_all(&index)?;
                }
                builds.push(run(&mut peer.build(self.source(), &index), &BUILT)?);
            }
        }
        let megabytes = self.corpus.size.text_megabytes();
        let mut row = |name: &str, better, figure: &dyn Fn(&Process) -> f64| {
            let figures = builds.iter().map(|builds| {
                let figures: Vec<f64> = builds.iter().map(figure).collect();
                Spread::of(&figures)
            });
            outcome.rows.push(Row {
                name: name.to_owned(),
                better,
                figures: figures.collect(),
            });
        };
        row("build, s", Better::Lower, &|p| p.seconds);
        row("build, MB of text a second", Better::Higher, &|p| {
            megabytes / p.seconds
        });
        row("build, processor s", Better::Lower, &|p| p.cpu);
        row("build, peak memory, MB", Better::Lower, &Process::peak);
        row(
            "build, peak of own memory, MB",
            Better::Lower,
            &Process::own_peak,
        );
        let sizes = self.peers.iter().map(|peer| {
            let bytes = peer.size(&self.index(*peer))?;
            Ok(Some(Spread::one(
                bytes as f64 / self.corpus.size.text_bytes as f64,
            )))
        });
        outcome.rows.push(Row {
            name: "index ÷ text".to_owned(),
            better: Better::Lower,
            figures: sizes.collect::<Result<_>>()?,
        });
        outcome.builds = builds.into_iter().filter_map(|mut b| b.pop()).collect();
        Ok(())
    }

    /// A second build over files that have not changed, of pincite alone.
    pub(super) fn build_again(&self, outcome: &mut Outcome) -> Result<()> {
        (self.tell)("pincite builds again");
        let index = self.index(self.pincite);
        let again = run(&mut self.pincite.build(self.source(), &index), &BUILT)?;
        outcome.rows.push(Row {
            name: "second build, files unchanged, s".to_owned(),
            better: Better::Lower,
            figures: self.alone(Spread::one(again.seconds)),
        });
        Ok(())
    }
}
