//! Receipts and what came of replaying them, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{SCHEMA, write_line};
use super::methods::{Item, methods};
use crate::desk::{Receipt, Replayed};

#[derive(Serialize)]
struct JsonReceipt<'a> {
    #[serde(flatten)]
    receipt: &'a Receipt,
    prisma_s: &'a [Item],
    methods: String,
}

#[derive(Serialize)]
struct JsonReplayed<'a> {
    schema: u32,
    #[serde(flatten)]
    replayed: &'a Replayed,
}

/// Writes a receipt with the text of a methods section, indented: a passage a
/// line.
///
/// # Errors
/// What writing fails with.
pub fn write_receipt(out: &mut dyn Write, receipt: &Receipt) -> io::Result<()> {
    let items = methods(receipt);
    let text: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
    let object = JsonReceipt {
        receipt,
        methods: text.join(" "),
        prisma_s: &items,
    };
    serde_json::to_writer_pretty(&mut *out, &object)?;
    out.write_all(b"\n")
}

/// Writes what came of replaying a receipt as one object.
///
/// # Errors
/// What writing fails with.
pub fn write_replayed(out: &mut dyn Write, replayed: &Replayed) -> io::Result<()> {
    let schema = SCHEMA;
    write_line(out, &JsonReplayed { schema, replayed })
}
