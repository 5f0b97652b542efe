//! The commands of the researcher's desk, each as a user runs it: the program
//! started anew, its output thrown away.
//!
//! Corpus: narratives made from a seed (`SEED`), so that nothing outside the
//! project is needed; or the folder that `PINCITE_BENCH_CORPUS` names. The
//! queries are the first of `WORDS` and `PHRASES` that the corpus holds; the
//! draft of 500 quotations is made from its passages, four in five as they
//! stand, the others with a word altered.
//!
//! Measured: the median of wall times of five runs, how often the time of
//! `search WORD` goes into it, and the most memory that the process held (on
//! Linux alone: its high-water mark, read every half millisecond).
//!
//! Run `cargo bench --bench desk`; `cargo bench --bench desk -- --test` runs each
//! command once on a small corpus to show that it works.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pincite::index::{IndexFolder, OpenIndex};
use pincite::query::{Filters, MatchMode, parse};
use pincite::search::Matches;

use pincite_generate::generate;
use pincite_generate::random::Random;

const SEED: u64 = 2026;
const WORDS: [&str; 3] = ["apartheid", "debt", "government"];
const PHRASES: [&str; 2] = ["\"human rights\"", "\"forced labor\""];
/// How many quotations the draft has.
const QUOTES: usize = 500;

fn main() {
    let small = std::env::args().any(|a| a == "--test");
    let work = tempfile::tempdir().expect("a folder");
    let corpus = match std::env::var_os("PINCITE_BENCH_CORPUS") {
        Some(folder) => PathBuf::from(folder),
        None => {
            let corpus = work.path().join("corpus");
            generate(&corpus, SEED, if small { 1 } else { 60 }).expect("a corpus");
            corpus
        }
    };
    let desk = Desk {
        index: work.path().join("index"),
        folder: work.path().to_owned(),
        runs: if small { 1 } else { 5 },
    };
    let corpus = corpus.display().to_string();
    desk.run(&["index", &corpus]);
    let index = OpenIndex::open(&IndexFolder::new(&desk.index)).expect("an index");
    let subject = Subject::of(&index);
    prepare(&desk, &index, &subject);
    let mut out = format!(
        "{} passages; word `{}` in {}, phrase {}\n\n{:<44} {:>9} {:>7} {:>8}\n",
        index.manifest.counts.passages,
        subject.word,
        subject.passages,
        subject.phrase,
        "command",
        "median ms",
        "ratio",
        "peak MB"
    );
    let search = desk.measure(&["search", &subject.word]);
    for command in commands(&subject) {
        let measured = desk.measure(&command.iter().map(String::as_str).collect::<Vec<_>>());
        let peak = match measured.peak {
            Some(kilobytes) => format!("{:.0}", kilobytes as f64 / 1024.0),
            None => "-".to_owned(),
        };
        out += &format!(
            "{:<44} {:>9.1} {:>7.1} {peak:>8}\n",
            command.join(" "),
            measured.median.as_secs_f64() * 1e3,
            measured.median.as_secs_f64() / search.median.as_secs_f64(),
        );
    }
    use std::io::Write;
    std::io::stdout().write_all(out.as_bytes()).expect("stdout");
}

/// What the commands are asked about.
struct Subject {
    word: String,
    phrase: String,
    /// How many passages hold the word.
    passages: usize,
    /// A passage that holds it.
    id: String,
    country: String,
    /// Two years of the country.
    years: [String; 2],
}

impl Subject {
    fn of(index: &OpenIndex) -> Self {
        let found = |query: &str| {
            let parsed = parse(query, MatchMode::All).expect("a query");
            let matches = Matches::of(index, Some(&parsed), &Filters::default());
            matches.expect("matches").docs().to_vec()
        };
        let first = |queries: &[&str]| {
            let held = queries.iter().find(|query| !found(query).is_empty());
            (*held.expect("a query that finds something")).to_owned()
        };
        let word = first(&WORDS);
        let docs = found(&word);
        // A report with an edition of the next year beside it.
        let reports = index.reports().expect("reports");
        let named = reports.iter().filter_map(|report| {
            let country = report.info.country.as_ref()?;
            Some((country.iso3.clone(), report.info.year?.get()))
        });
        let named: Vec<(String, u16)> = named.collect();
        let (country, year) = named
            .iter()
            .find(|(country, year)| named.contains(&(country.clone(), year + 1)))
            .expect("a country with editions of two years");
        let middle = docs[docs.len() / 2];
        let passage = index.passages().passage(middle).expect("a passage");
        Subject {
            word,
            phrase: first(&PHRASES),
            passages: docs.len(),
            id: passage.id.to_string(),
            country: country.clone(),
            years: [year.to_string(), (year + 1).to_string()],
        }
    }
}

/// The commands, the arguments of each.
fn commands(subject: &Subject) -> Vec<Vec<String>> {
    let Subject {
        word,
        phrase,
        id,
        country,
        years: [year, next],
        ..
    } = subject;
    let lines = [
        format!("search {word}"),
        "verify draft.md".to_owned(),
        format!("silence {word}"),
        format!("trend {word}"),
        format!("compare {country} {year} {next}"),
        format!("compare --all {year} {next}"),
        format!("origin {id}"),
        format!("search --fold {word}"),
        "resolve ids.csv".to_owned(),
        format!("kwic {word}"),
        format!("kwic {word} --sample 200 --seed 7"),
        format!("words --year {year}"),
        format!("words {word}"),
        format!("search {word} -n 0 --receipt receipt.json"),
        "replay receipt.json".to_owned(),
        "saved run kept --since-last --peek".to_owned(),
        format!("export {word} --to pack"),
        format!("sample {word} --n 200 --stratify country --seed 7 --sheet sheet.xlsx"),
        "agreement coded.csv".to_owned(),
        "batch queries.txt".to_owned(),
        "batch queries.txt --summary --by year".to_owned(),
        "batch queries.txt --overlap".to_owned(),
    ];
    let mut commands: Vec<Vec<String>> = lines
        .iter()
        .map(|line| line.split(' ').map(str::to_owned).collect())
        .collect();
    // A phrase is one argument.
    commands.push(["trend", word, phrase].map(str::to_owned).to_vec());
    commands
}

/// Writes the files that commands read.
fn prepare(desk: &Desk, index: &OpenIndex, subject: &Subject) {
    let Subject { word, phrase, .. } = subject;
    let write = |name: &str, text: String| {
        std::fs::write(desk.folder.join(name), text).expect("a file");
    };
    write("draft.md", draft(index));
    desk.run(&["search", word, "-n", "0", "--receipt", "receipt.json"]);
    write("pincite.toml", format!("[saved.kept]\nquery = '{word}'\n"));
    desk.run(&["saved", "run", "kept", "--since-last"]);
    let mut passages = index.passages();
    let held = index.manifest.counts.passages as u32;
    let step = (held / 500).max(1) as usize;
    let mut ids = "id,hash\n".to_owned();
    let mut coded = "id,coder_1,coder_2\n".to_owned();
    let mut queries = format!("{word}\n{phrase}\n");
    for (at, doc) in (0..held).step_by(step).enumerate() {
        let passage = passages.passage(doc).expect("a passage");
        ids += &format!("{},{}\n", passage.id, passage.hash());
        let code = |wrong: bool| if wrong { "no" } else { "yes" };
        coded += &format!(
            "{},{},{}\n",
            passage.id,
            code(at % 3 == 0),
            code(at % 4 == 0)
        );
        let words = passage.text.split_whitespace();
        let plain = words.filter(|w| w.len() > 4 && w.bytes().all(|b| b.is_ascii_lowercase()));
        let two: Vec<&str> = plain.take(2).collect();
        if two.len() == 2 && at < 200 {
            queries += &format!("{}\n", two.join(" "));
        }
    }
    write("ids.csv", ids);
    write("coded.csv", coded);
    write("queries.txt", queries);
}

/// A draft with quotations of passages.
fn draft(index: &OpenIndex) -> String {
    let mut random = Random::new(SEED);
    let mut passages = index.passages();
    let mut draft = String::new();
    let held = index.manifest.counts.passages as usize;
    let mut quotes = 0;
    while quotes < QUOTES {
        let passage = passages.passage(random.place(held) as u32);
        let text = passage
            .expect("a passage")
            .text
            .replace(['"', '“', '”'], "");
        let mut words: Vec<&str> = text.split_whitespace().collect();
        words.truncate(20);
        // Few words stand in many places.
        if words.len() < 8 {
            continue;
        }
        if quotes % 5 == 4 {
            words[5] = "zebra";
        }
        draft += &format!("One report says: “{}”.\n\n", words.join(" "));
        quotes += 1;
    }
    draft
}

/// The program with an index, in a folder.
struct Desk {
    index: PathBuf,
    folder: PathBuf,
    runs: usize,
}

struct Measured {
    median: Duration,
    /// The most memory of a run, in kilobytes.
    peak: Option<u64>,
}

impl Desk {
    fn measure(&self, args: &[&str]) -> Measured {
        let mut times = Vec::new();
        let mut peak = None;
        for _ in 0..self.runs {
            let (time, memory) = self.run(args);
            times.push(time);
            peak = peak.max(memory);
        }
        times.sort_unstable();
        Measured {
            median: times[times.len() / 2],
            peak,
        }
    }

    /// Runs the program once; a status that tells of a failure ends the bench.
    fn run(&self, args: &[&str]) -> (Duration, Option<u64>) {
        let start = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_pincite"))
            .arg("--index")
            .arg(&self.index)
            .args(args)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let status = Path::new("/proc")
            .join(child.id().to_string())
            .join("status");
        let mut peak = None;
        let ended = loop {
            peak = peak.max(high_water_mark(&status));
            if let Some(ended) = child.try_wait().expect("a status") {
                break ended;
            }
            std::thread::sleep(Duration::from_micros(500));
        };
        let took = start.elapsed();
        let code = ended.code();
        assert!(
            matches!(code, Some(0 | 1 | 5)),
            "`pincite {}` ended with {code:?}",
            args.join(" ")
        );
        (took, peak)
    }
}

fn high_water_mark(status: &Path) -> Option<u64> {
    let status = std::fs::read_to_string(status).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
