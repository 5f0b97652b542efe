//! Any text is the content of an OpenDocument text.
//!
//! Run with `cargo +nightly fuzz run odt fuzz/corpus/odt fuzz/seeds/odt`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pincite::format::{Packed, extract};
use pincite_fuzz::packed;

fuzz_target!(|bytes: &[u8]| {
    let kind = b"application/vnd.oasis.opendocument.text";
    let file = packed(&[
        ("mimetype", kind),
        ("content.xml", bytes),
        ("styles.xml", bytes),
    ]);
    if let Err(reason) = extract(Packed::Odt, &file) {
        assert!(!reason.contains("stopped"), "{reason}");
    }
    let _ = extract(Packed::Odt, bytes);
});
