//! Any text is records or named line by line.
//!
//! Run with `cargo +nightly fuzz run records fuzz/corpus/records fuzz/seeds/records`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pincite::read::records::{Source, of_lines};
use pincite::read::{FileReading, FrontMatter, Profiles};

fuzz_target!(|text: &str| {
    let source = Source {
        name: "t.csv",
        record_id: "t",
        front: &FrontMatter::default(),
        profiles: Profiles::built_in(),
        text_column: None,
    };
    let mut reading = FileReading::default();
    of_lines(&source, text, &mut reading);
    let lines = text
        .split('\n')
        .filter(|line| !line.trim().is_empty())
        .count();
    assert!(reading.reports.len() + reading.notices.len() >= lines);
});
