//! Any text is a part of a book.
//!
//! Run with `cargo +nightly fuzz run epub fuzz/corpus/epub fuzz/seeds/epub`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pincite::format::{Packed, extract};
use pincite_fuzz::packed;

const CONTAINER: &[u8] =
    b"<container><rootfiles><rootfile full-path=\"b.opf\"/></rootfiles></container>";
const CONTENTS: &[u8] = b"<package><manifest><item id=\"a\" href=\"a.xhtml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>";

fuzz_target!(|bytes: &[u8]| {
    for parts in [
        [
            ("META-INF/container.xml", CONTAINER),
            ("b.opf", CONTENTS),
            ("a.xhtml", bytes),
        ],
        [
            ("META-INF/container.xml", CONTAINER),
            ("b.opf", bytes),
            ("a.xhtml", b"<p>Text.</p>"),
        ],
        [
            ("META-INF/container.xml", bytes),
            ("b.opf", CONTENTS),
            ("a.xhtml", b""),
        ],
    ] {
        if let Err(reason) = extract(Packed::Epub, &packed(&parts)) {
            assert!(!reason.contains("stopped"), "{reason}");
        }
    }
});
