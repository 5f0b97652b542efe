//! Any text is a page.
//!
//! Run with `cargo +nightly fuzz run html fuzz/corpus/html fuzz/seeds/html`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pincite::format::html;

fuzz_target!(|bytes: &[u8]| {
    html::charset(bytes);
    let document = html::read(&String::from_utf8_lossy(bytes));
    for (line, number) in document.lines.iter().zip(1..) {
        assert_eq!(line.number, number);
        assert!(!line.text.trim().is_empty() && !line.text.contains('\n'));
    }
});
