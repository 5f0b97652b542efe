//! Any text is the main part of a Word document.
//!
//! Run with `cargo +nightly fuzz run docx fuzz/corpus/docx fuzz/seeds/docx`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pincite::format::{Packed, extract};
use pincite_fuzz::packed;

fuzz_target!(|bytes: &[u8]| {
    let file = packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", bytes),
    ]);
    if let Err(reason) = extract(Packed::Docx, &file) {
        assert!(!reason.contains("stopped"), "{reason}");
    }
    let _ = extract(Packed::Docx, bytes);
});
