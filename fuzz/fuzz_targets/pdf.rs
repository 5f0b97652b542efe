//! Any bytes are a PDF or refused with a reason.
//!
//! Run with `cargo +nightly fuzz run pdf fuzz/corpus/pdf fuzz/seeds/pdf`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pincite::format::{Packed, extract};

fuzz_target!(|bytes: &[u8]| {
    if let Err(reason) = extract(Packed::Pdf, bytes) {
        assert!(
            !reason.is_empty() && !reason.contains("stopped"),
            "{reason}"
        );
    }
});
