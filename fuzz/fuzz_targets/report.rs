//! Any file of a corpus is read as reports, in this process.
//!
//! Run with `cargo +nightly fuzz run report fuzz/corpus/report fuzz/seeds/report`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pincite::read::{InputFile, Profiles, ReadConfig, read_file};

// The first byte chooses the name, the rest is the file.
const NAMES: [&str; 6] = [
    "a.txt",
    "a.md",
    "a.html",
    "tip-2021-kenya.txt",
    "KEN_30_1975.txt",
    "hrr-2019-kenya.txt",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let name = NAMES[usize::from(*first) % NAMES.len()];
    let path = std::env::temp_dir().join(format!("pincite-fuzz-{}", std::process::id()));
    std::fs::write(&path, rest).expect("a file");
    let file = InputFile::new(&path, name, "a");
    read_file(
        &file,
        &ReadConfig::new(Profiles::built_in()),
        &mut |reading| {
            assert!(!reading.reports.is_empty() || !reading.notices.is_empty());
            for report in &reading.reports {
                assert!(!report.passages().is_empty());
            }
        },
    );
});
