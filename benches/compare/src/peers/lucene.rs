//! Lucene, through `lucene/Bench.java`, in processes of its own; only where
//! `lucene/fetch` has put it into `target/lucene`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{Engine, Peer, Source, Timed};
use crate::queries::Query;

/// The engine.
#[derive(Debug)]
pub struct Lucene {
    /// The folder of its jar and of the compiled program.
    folder: PathBuf,
    version: String,
}

impl Lucene {
    /// The engine that was fetched.
    ///
    /// # Errors
    /// Why there is none.
    pub fn found() -> Result<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/lucene");
        if !folder.join("Bench.class").exists() {
            bail!("`lucene/fetch` has not been run");
        }
        if Command::new("java").arg("-version").output().is_err() {
            bail!("there is no `java`");
        }
        let version = std::fs::read_dir(&folder)?.find_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            let version = name.strip_prefix("lucene-core-")?.strip_suffix(".jar")?;
            Some(version.to_owned())
        });
        let version = version.context("its jar is missing")?;
        Ok(Lucene { folder, version })
    }

    fn java(&self, task: &str) -> Command {
        let mut command = Command::new("java");
        let jars = self.folder.join("*");
        let classes = format!("{}:{}", self.folder.display(), jars.display());
        command.args(["-Xmx2g", "-cp", &classes, "Bench", task]);
        command
    }
}

impl Peer for Lucene {
    fn name(&self) -> &'static str {
        "Lucene"
    }

    fn version(&self) -> String {
        self.version.clone()
    }

    fn build(&self, source: Source<'_>, index: &Path) -> Command {
        let mut command = self.java("build");
        command.arg(source.passages).arg(index);
        command.arg(source.threads.to_string());
        command
    }

    fn open(&self, _: &Path) -> Result<Box<dyn Engine>> {
        bail!("Lucene answers in processes of its own only")
    }

    fn ask(&self, index: &Path, query: &Query) -> Result<Command> {
        let mut command = self.java("ask");
        command.arg(index).arg(fields(query));
        Ok(command)
    }

    fn time(&self, index: &Path, queries: &[Query], runs: usize) -> Result<Timed> {
        let file = file_of(queries)?;
        let mut command = self.java("time");
        command.arg(index).arg(file.path()).arg(runs.to_string());
        let mut timed = Timed::default();
        for line in printed(&mut command)?.lines() {
            let mut numbers = line.split(' ').map(str::parse::<f64>);
            let hits = numbers.next().context("a line without hits")??;
            timed.empty += usize::from(hits == 0.0);
            let took = numbers.map(|n| Ok(n? / 1e6)).collect::<Result<_>>()?;
            timed.milliseconds.push(took);
        }
        Ok(timed)
    }

    fn batch(
        &self,
        index: &Path,
        queries: &[Query],
        threads: usize,
        runs: usize,
    ) -> Result<Vec<f64>> {
        let file = file_of(queries)?;
        let mut command = self.java("batch");
        command.arg(index).arg(file.path());
        command.args([threads.to_string(), runs.to_string()]);
        let speeds = printed(&mut command)?;
        speeds.lines().map(|line| Ok(line.parse()?)).collect()
    }
}

/// A query as `Bench.java` reads it.
fn fields(query: &Query) -> String {
    let words = query.words.join(" ");
    match &query.place {
        None => format!("{:?}\t{words}\t\t\t", query.join),
        Some(place) => format!(
            "{:?}\t{words}\t{}\t{}\t{}",
            query.join, place.country, place.from, place.to
        ),
    }
}

fn file_of(queries: &[Query]) -> Result<tempfile::NamedTempFile> {
    let mut file = tempfile::NamedTempFile::new()?;
    for query in queries {
        writeln!(file, "{}", fields(query))?;
    }
    Ok(file)
}

fn printed(command: &mut Command) -> Result<String> {
    let output = command.output()?;
    if !output.status.success() {
        bail!("`java` failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}
