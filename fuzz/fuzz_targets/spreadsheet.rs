//! Any bytes are a spreadsheet, or a part of one, or refused with a reason.
//!
//! Run with `cargo +nightly fuzz run spreadsheet fuzz/corpus/spreadsheet fuzz/seeds/spreadsheet`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pincite::format::{Packed, extract};
use pincite_fuzz::packed;

const WORKBOOK: &[u8] =
    b"<workbook><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
const RELATIONS: &[u8] = b"<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";

// The library may panic on damaged files of the old kind, which is caught and
// told; so any answer is fine, and none at all is not.
fuzz_target!(|bytes: &[u8]| {
    let _ = extract(Packed::Spreadsheet, bytes);
    let file = packed(&[
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/worksheets/sheet1.xml", bytes),
        ("xl/sharedStrings.xml", bytes),
    ]);
    let _ = extract(Packed::Spreadsheet, &file);
    let _ = extract(Packed::Spreadsheet, &packed(&[("content.xml", bytes)]));
});
