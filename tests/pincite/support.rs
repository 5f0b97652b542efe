//! Running the program and building indexes in folders of their own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use pincite::index::{BuildConfig, BuildSummary, IndexFolder, OpenIndex, build};
use pincite::read::{Profiles, ReadConfig};
use pincite::theme::Lexicon;
use tempfile::TempDir;

/// What a run of the program gave.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) status: i32,
}

/// The root of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A command of the program in a folder, its environment without colour,
/// pager and the like.
pub(crate) fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pincite"));
    command
        .args(args)
        .current_dir(folder)
        .env_remove("PAGER")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::null());
    command
}

/// Runs the program in a folder.
pub(crate) fn run(folder: &Path, args: &[&str]) -> Run {
    let output = command(folder, args).output().expect("the program starts");
    Run {
        stdout: String::from_utf8(output.stdout).expect("UTF-8 on stdout"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
        status: output.status.code().expect("an exit status"),
    }
}

/// A folder with files; missing folders between are made.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    folder
}

/// A zip file of some files.
pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A narrative of one overview paragraph.
pub(crate) fn narrative(year: u16, country: &str, text: &str) -> Vec<u8> {
    let name = country.to_uppercase();
    format!("{year} Trafficking in Persons Report: {country}\n\n{name}: Tier 2\n\n{text}\n")
        .into_bytes()
}

/// Builds an index by the library.
pub(crate) fn build_index(corpora: &[PathBuf], index: &Path, threads: usize) -> BuildSummary {
    build_index_in(256_000_000, corpora, index, threads)
}

/// Builds an index with so many bytes of memory.
pub(crate) fn build_index_in(
    memory: usize,
    corpora: &[PathBuf],
    index: &Path,
    threads: usize,
) -> BuildSummary {
    let config = BuildConfig {
        corpora: corpora.to_vec(),
        threads,
        memory,
        read: ReadConfig::new(Profiles::built_in()),
        lexicon: Lexicon::built_in(),
        themes: None,
        rebuild: true,
        profile_files: Vec::new(),
    };
    build(&IndexFolder::new(index), &config, &|_| {}).expect("the index builds")
}

pub(crate) fn open(index: &Path) -> OpenIndex {
    OpenIndex::open(&IndexFolder::new(index)).expect("the index opens")
}

/// An index that lives as long as the tests.
pub(crate) struct Kept {
    _folder: TempDir,
    pub(crate) path: PathBuf,
    pub(crate) summary: BuildSummary,
}

impl Kept {
    fn build(corpus: PathBuf) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("index");
        let summary = build_index(&[corpus], &path, 0);
        Kept {
            _folder: folder,
            path,
            summary,
        }
    }

    /// Runs the program on this index.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        let index = self.path.to_str().expect("a UTF-8 path");
        run(root(), &[&["--index", index], args].concat())
    }

    pub(crate) fn open(&self) -> OpenIndex {
        open(&self.path)
    }
}

/// The index of the sample corpus.
pub(crate) fn samples() -> &'static Kept {
    static SAMPLES: OnceLock<Kept> = OnceLock::new();
    SAMPLES.get_or_init(|| Kept::build(root().join("corpus")))
}

/// The folder of shared texts, where `PINCITE_SHARED` names one.
///
/// # Panics
/// Where the variable names a folder that is not there.
pub(crate) fn shared() -> Option<PathBuf> {
    let Some(name) = std::env::var_os("PINCITE_SHARED").filter(|n| !n.is_empty()) else {
        // `println` goes through the test harness, which shows it with `--nocapture`;
        // a line on the terminal itself is always seen.
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            b"skipped: PINCITE_SHARED names no folder of shared texts\n",
        );
        return None;
    };
    // Cargo runs tests in the root of the project.
    let path = root().join(name);
    assert!(
        path.is_dir(),
        "PINCITE_SHARED is set, and `{}` is not there",
        path.display()
    );
    Some(path)
}

/// The index of the shared corpus, where there is one.
pub(crate) fn shared_index() -> Option<&'static Kept> {
    static SHARED: OnceLock<Option<Kept>> = OnceLock::new();
    SHARED
        .get_or_init(|| shared().map(|path| Kept::build(path.join("corpus"))))
        .as_ref()
}

/// A small generator of random numbers (xorshift64*), the same on every
/// machine.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed.max(1))
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % n.max(1)
    }
}
