//! What every chart has around it: a title and a line below it, a caption.

use super::canvas::{Anchor, Canvas, Type};
use super::caption::Caption;
use super::font::wrapped;
use super::palette::{FAINT, INK};

/// The space around a chart.
pub(super) const MARGIN: f64 = 24.0;
const TITLE: f64 = 18.0;
const SUBTITLE: f64 = 13.0;
const CAPTION: f64 = 11.0;
/// The distance of lines, for each pixel of their size.
pub(super) const LEADING: f64 = 1.35;

/// Writes the title and the line below it; tells where the rest begins.
pub(super) fn head(canvas: &mut Canvas, title: &str, subtitle: &str) -> f64 {
    let y = block(canvas, MARGIN, title, TITLE, INK);
    block(canvas, y + 2.0, subtitle, SUBTITLE, FAINT) + 8.0
}

/// Writes the caption; tells the height of the whole.
pub(super) fn foot(canvas: &mut Canvas, from: f64, caption: &Caption) -> f64 {
    let mut y = from;
    for line in &caption.lines {
        y = block(canvas, y, line, CAPTION, FAINT);
    }
    y + MARGIN / 2.0
}

/// Writes a text in lines; tells where the next begins.
fn block(canvas: &mut Canvas, from: f64, text: &str, size: f64, color: &'static str) -> f64 {
    let kind = Type {
        size,
        color,
        anchor: Anchor::Start,
    };
    let mut y = from;
    for line in wrapped(text, size, canvas.width() - 2.0 * MARGIN) {
        canvas.text(MARGIN, y + size, &line, kind);
        y += size * LEADING;
    }
    y
}

/// A text with a capital first letter.
pub(super) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
