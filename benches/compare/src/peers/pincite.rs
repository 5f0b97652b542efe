//! pincite: built and asked as the program that users have; queried in process
//! through its library, with what a user gets: highlights and a citation for
//! every hit, and the number of all matches.

use std::path::{Path, PathBuf};
use std::process::Command;

use ::pincite::cite::pincite;
use ::pincite::index::{FacetName, IndexFolder, OpenIndex};
use ::pincite::query::{FilterSpec, Filters, Reading};
use ::pincite::search::{SearchRequest, search};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::{Engine, HITS, Peer, Source};
use crate::queries::{Join, Place, Query};

/// Exit statuses of a build that ended well; with 4 some inputs were no
/// reports.
pub const BUILT: [i32; 2] = [0, 4];

/// The program.
#[derive(Debug)]
pub struct Pincite {
    /// Where it is.
    pub program: PathBuf,
}

impl Pincite {
    /// The program in the main crate's own target folder, built anew where its
    /// sources have changed.
    pub fn built(repository: &Path) -> Result<Self> {
        let output = Command::new("cargo")
            .current_dir(repository)
            .args(["build", "--release", "--bin", "pincite"])
            .arg("--message-format=json-render-diagnostics")
            .stderr(std::process::Stdio::inherit())
            .output()
            .context("cannot start `cargo`")?;
        if !output.status.success() {
            bail!("the pincite program cannot be built");
        }
        let messages = String::from_utf8_lossy(&output.stdout);
        let program = messages
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter_map(|message| Some(PathBuf::from(message["executable"].as_str()?)))
            .next_back()
            .context("cargo tells of no program")?;
        Ok(Pincite { program })
    }

    /// The command that answers a file of queries (see [`batch_line`]).
    pub fn batch_command(&self, index: &Path, queries: &Path) -> Command {
        let mut command = self.command(index);
        command.arg("batch").arg(queries);
        command
    }

    fn command(&self, index: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--index").arg(index);
        command
    }
}

/// A query as a line of a batch file of JSON objects.
pub fn batch_line(number: usize, query: &Query) -> String {
    let mut line = json!({"id": number, "query": typed(query)});
    if let Some(place) = &query.place {
        line["country"] = json!(place.country);
        line["year"] = json!(years(place));
    }
    format!("{line}\n")
}

impl Peer for Pincite {
    fn name(&self) -> &'static str {
        "pincite"
    }

    fn version(&self) -> String {
        let output = Command::new(&self.program).arg("--version").output();
        let text = output.map(|o| String::from_utf8_lossy(&o.stdout).into_owned());
        let text = text.unwrap_or_default();
        text.trim().trim_start_matches("pincite ").to_owned()
    }

    fn build(&self, source: Source<'_>, index: &Path) -> Command {
        let mut command = self.command(index);
        command.arg("index").arg(source.folder);
        command
    }

    fn has_facets(&self) -> bool {
        true
    }

    fn open(&self, index: &Path) -> Result<Box<dyn Engine>> {
        let index = OpenIndex::open(&IndexFolder::new(index))?;
        Ok(Box::new(Open {
            index,
            reading: Reading::default(),
        }))
    }

    fn ask(&self, index: &Path, query: &Query) -> Result<Command> {
        let mut command = self.command(index);
        command.arg("search").arg(typed(query));
        if let Some(place) = &query.place {
            command.args(["--country", &place.country, "--year", &years(place)]);
        }
        Ok(command)
    }
}

struct Open {
    index: OpenIndex,
    reading: Reading,
}

impl Engine for Open {
    fn answer(&mut self, query: &Query) -> Result<Vec<String>> {
        let mut request = SearchRequest::new(self.reading.read(&typed(query))?);
        request.limit = HITS;
        if let Some(place) = &query.place {
            let mut spec = FilterSpec::default();
            spec.add(
                FacetName::Country,
                false,
                std::slice::from_ref(&place.country),
            );
            spec.add(FacetName::Year, false, &[years(place)]);
            request.filters = Filters::resolve(&spec, &self.index)?;
        }
        if query.facets {
            request.facets = FacetName::ALL.to_vec();
        }
        let results = search(&self.index, &request)?;
        let hits = results.hits.iter();
        Ok(hits
            .map(|hit| format!("{}\n{}", pincite(&hit.passage), hit.passage.text))
            .collect())
    }
}

/// A query as a user types it.
fn typed(query: &Query) -> String {
    match query.join {
        Join::All => query.words.join(" "),
        Join::Any => query.words.join(" OR "),
        Join::Phrase => format!("\"{}\"", query.words.join(" ")),
    }
}

fn years(place: &Place) -> String {
    format!("{}..{}", place.from, place.to)
}
