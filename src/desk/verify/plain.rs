//! A draft in plain text: its paragraphs, block quotations and footnotes.

use std::ops::Range;

use super::pages::{DraftNote, NOTE, Pages, Paragraph, mark_of};

/// The paragraphs of a plain text: empty lines divide them, lines after `>` are
/// a block quotation, `[^1]: ...` is a footnote.
pub(super) fn read(text: &str) -> Pages {
    let mut pages = Pages::default();
    let mut open: Option<Paragraph> = None;
    let mut blocks = 0;
    let mut in_block = false;
    for (line, number) in text.lines().zip(1..) {
        let trimmed = line.trim_start();
        let quoted = trimmed.strip_prefix('>');
        if quoted.is_some() != in_block {
            pages.paragraphs.extend(open.take());
            in_block = quoted.is_some();
            blocks += usize::from(in_block);
        }
        let mut words = quoted.unwrap_or(line);
        while let Some(deeper) = words.trim_start().strip_prefix('>') {
            words = deeper;
        }
        let words = words.trim();
        if words.is_empty() {
            pages.paragraphs.extend(open.take());
            continue;
        }
        if words.starts_with("[^") && words.contains("]:") {
            pages.paragraphs.extend(open.take());
        }
        let paragraph = open.get_or_insert_with(|| Paragraph {
            block: in_block.then_some(blocks),
            ..Paragraph::default()
        });
        if !paragraph.text.is_empty() {
            paragraph.text.push(' ');
        }
        paragraph.lines.push((paragraph.text.len(), number));
        paragraph.text.push_str(&words.replace(NOTE, " "));
    }
    pages.paragraphs.extend(open.take());
    for paragraph in &mut pages.paragraphs {
        mark_notes(paragraph, &mut pages.notes);
    }
    pages
}

/// Puts the labels of footnotes between private characters, and keeps what a
/// footnote says.
fn mark_notes(paragraph: &mut Paragraph, notes: &mut Vec<DraftNote>) {
    let mut calls: Vec<(Range<usize>, String)> = Vec::new();
    let mut from = 0;
    while let Some(start) = paragraph.text[from..].find("[^").map(|at| from + at) {
        let inside = &paragraph.text[start + 2..];
        let Some(end) = inside.find(']') else { break };
        let label = &inside[..end];
        let next = start + 2 + end + 1;
        if start == 0 && paragraph.text[next..].starts_with(':') {
            notes.push(DraftNote::new(label, label, &paragraph.text[next + 1..]));
            calls.push((start..next, String::new()));
        } else if !label.is_empty() && !label.contains(char::is_whitespace) {
            calls.push((start..next, mark_of(label)));
        }
        from = next;
    }
    paragraph.replace(&calls);
}
