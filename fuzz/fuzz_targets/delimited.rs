//! Any text is a table or refused with a reason.
//!
//! Run with `cargo +nightly fuzz run delimited fuzz/corpus/delimited fuzz/seeds/delimited`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pincite::format::table;
use pincite::read::records::{Source, of_table};
use pincite::read::{FileReading, FrontMatter, Profiles};

fuzz_target!(|text: &str| {
    if let Ok(table) = table::delimited(text, b',') {
        for (_, row) in &table.rows {
            assert!(row.len() >= table.columns.len());
        }
        let source = Source {
            name: "t.csv",
            record_id: "t",
            front: &FrontMatter::default(),
            profiles: Profiles::built_in(),
            text_column: None,
        };
        let mut reading = FileReading::default();
        of_table(&source, "t", &table, &mut reading);
    }
});
