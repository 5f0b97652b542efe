//! Any text is a query or an error that points into it; what a query prints is
//! understood as it was.
//!
//! Run with `cargo +nightly fuzz run query fuzz/corpus/query fuzz/seeds/query`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pincite::query::{MatchMode, Synonyms, parse, parse_literal};

fuzz_target!(|text: &str| {
    for mode in [MatchMode::All, MatchMode::Any] {
        match parse(text, mode) {
            Ok(parsed) => {
                let shown = parsed.tree.to_string();
                // Words beyond ASCII may fold to other words when they are read again.
                if text.is_ascii() {
                    let again = parse(&shown, MatchMode::All).expect("what is printed parses");
                    assert_eq!(again.tree.to_string(), shown);
                }
                let _ = Synonyms::built_in().widen(parsed, mode);
            }
            Err(error) => {
                let span = error.snippet().expect("a place").span.clone();
                assert!(text.get(span).is_some());
            }
        }
        let _ = parse_literal(text, mode);
    }
});
