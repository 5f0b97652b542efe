//! The font of charts: DejaVu Sans, which comes with the program, and the width
//! of text in it.

use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// The families that an SVG asks for: the embedded font, then two that are as
/// wide or narrower.
pub(super) const FAMILIES: &str = "DejaVu Sans, Verdana, sans-serif";

/// How much more than measured a text may take: kerning and rounding.
const SLACK: f64 = 1.01;

/// The bytes of the font.
pub(super) fn bytes() -> &'static [u8] {
    dejavu::sans::regular()
}

/// The width of a text, in the unit of `size`.
pub(super) fn width(text: &str, size: f64) -> f64 {
    static FONT: LazyLock<Option<FontRef<'static>>> = LazyLock::new(|| FontRef::new(bytes()).ok());
    let Some(font) = &*FONT else {
        // The font is part of the program; a test reads it.
        return size * text.chars().count() as f64;
    };
    let glyphs = font.charmap();
    let metrics = font.glyph_metrics(Size::new(size as f32), LocationRef::default());
    let advance = |c: char| {
        let glyph = glyphs.map(c).unwrap_or_default();
        f64::from(metrics.advance_width(glyph).unwrap_or(size as f32))
    };
    text.chars().map(advance).sum::<f64>() * SLACK
}

/// A text in lines no wider than `room`. A word that is wider is cut.
pub(super) fn wrapped(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = match line.is_empty() {
            true => word.to_owned(),
            false => format!("{line} {word}"),
        };
        if width(&longer, size) <= room {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            line.push(c);
            if line.chars().count() > 1 && width(&line, size) > room {
                line.pop();
                lines.push(std::mem::replace(&mut line, c.to_string()));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// A text cut to a width, `…` where something is left out.
pub(super) fn cut(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        if width(&format!("{short}{c}…"), size) > room {
            break;
        }
        short.push(c);
    }
    short.trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_measured_in_the_font_itself() {
        assert!(FontRef::new(bytes()).is_ok());
        // DejaVu Sans 2.37: `m` advances 1995 of 2048 units, `i` 569.
        let units = |text: &str| width(text, 2048.0) / SLACK;
        assert!((units("m") - 1995.0).abs() < 0.5);
        assert!((units("mi") - 2564.0).abs() < 0.5);
    }

    #[test]
    fn lines_fit_and_keep_every_word() {
        let text = "new international economic order Donaudampfschifffahrtsgesellschaft";
        for room in [20.0, 60.0, 200.0, 1000.0] {
            let lines = wrapped(text, 11.0, room);
            assert!(lines.iter().all(|l| width(l, 11.0) <= room), "{lines:?}");
            let words = |text: &str| text.replace(' ', "");
            assert_eq!(words(&lines.concat()), words(text));
        }
        assert_eq!(wrapped("  ", 11.0, 10.0), [""; 0]);
        assert!(width(&cut(text, 11.0, 90.0), 11.0) <= 90.0);
        assert_eq!(cut("kiln", 11.0, 90.0), "kiln");
    }
}
