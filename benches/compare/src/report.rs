//! The report: the machine and the versions, then for each size of the corpus
//! the table, the memory of the builds and remarks.

use std::fmt::Write;
use std::path::Path;

use crate::contest::{Contest, Outcome};
use crate::machine;
use crate::measure::Process;
use crate::peers::Peer;
use crate::table;

/// What every reader of the tables must know.
pub const FOOTNOTES: &str = "\
## What the figures mean

- A figure is a median, in parentheses the least and the greatest of its runs \
(of a percentile over queries: of the single runs; the figure itself is over the \
median of each query); \
`÷` is pincite's figure divided by that of a peer, `÷ best` by the best peer's. \
The p99 of 50 queries is that of the slowest.
- Builds: pincite reads the files, cuts paragraphs and sentences, tags themes and \
indexes every word in two ways; its peers read passages cut beforehand, a JSON \
object a line, and index words in one way. For passages not yet written its peers may \
take 512 MB and pincite its default; all use all threads (FTS5: one) and end with \
one segment. Peak memory counts pages of mapped files too, own memory does not.
- Queries are typed as users type them: in pincite bare words match their \
inflections too, in its peers this form alone. Quoted phrases match word for word \
everywhere. pincite gives highlights, the ten citations and the exact number of \
matches; its peers give the texts. Facet counts are of all seven facets in \
pincite, of country and year in Tantivy.
- A whole process opens the index, answers two words AND and prints ten passages.
";

/// The title, the machine and the versions.
pub fn header(
    repository: &Path,
    seed: u64,
    peers: &[&dyn Peer],
    no_lucene: Option<&anyhow::Error>,
) -> String {
    let versions = peers
        .iter()
        .map(|p| format!("{} {}", p.name(), p.version()));
    let versions: Vec<String> = versions.collect();
    let mut out = "# pincite beside its peers\n\n".to_owned();
    put(&mut out, format!("Printed by `{}`.\n", command()));
    out += &machine::describe(repository);
    put(&mut out, format!("- versions: {}", versions.join(", ")));
    put(&mut out, format!("- seed: {seed}"));
    if let Some(why) = no_lucene {
        put(&mut out, format!("- Lucene: not run: {why}"));
    }
    out
}

/// The command that was typed, but for the files that it writes and reads.
fn command() -> String {
    let mut command = "cargo run --release -p pincite-compare --".to_owned();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--out" | "--binary" | "--corpus" => {
                arguments.next();
            }
            other => command += &format!(" {other}"),
        }
    }
    command
}

/// All that came out of a corpus of one size.
pub fn section(contest: &Contest<'_>, scale: u16, outcome: &Outcome) -> String {
    let size = contest.corpus.size;
    let effort = contest.effort;
    let mut out = format!("\n## The corpus, {scale} ×\n\n");
    put(
        &mut out,
        format!(
            "{} files, {:.1} MB; {} passages, {:.1} MB of text. Medians of {} builds, \
             {} answers to each of {} queries a class, {} batches, {} processes.\n",
            size.files,
            size.file_bytes as f64 / 1e6,
            size.passages,
            size.text_megabytes(),
            effort.builds,
            effort.answers,
            effort.numbers.class,
            effort.batches,
            effort.processes,
        ),
    );
    let names = names(contest.peers);
    out += &table::table(&names, &outcome.rows);
    out += "\nMemory while building, the most in each eighth of the time:\n\n";
    let builds: Vec<(&str, &Process)> = names.into_iter().zip(&outcome.builds).collect();
    out += &table::memory(&builds);
    out.push('\n');
    for remark in &outcome.remarks {
        put(&mut out, format!("- {remark}"));
    }
    out.push('\n');
    out
}

/// How figures grow from a small to a large corpus.
pub fn growth(
    peers: &[&dyn Peer],
    small: u16,
    large: u16,
    before: &Outcome,
    after: &Outcome,
) -> String {
    let table = table::growth(&names(peers), &before.rows, &after.rows);
    format!("## Growth: figures at {large} × ÷ those at {small} ×\n\n{table}\n")
}

fn names<'a>(peers: &[&'a dyn Peer]) -> Vec<&'a str> {
    peers.iter().map(|p| p.name()).collect()
}

fn put(out: &mut String, line: String) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{line}");
}
