//! An SVG as PNG, rendered with the embedded font alone, so that it is the same
//! on every machine.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::font;
use crate::error::{Error, Result};

/// Pixels of the PNG for one of the SVG.
const SCALE: f32 = 2.0;
/// The most pixels on a side, more than which the scale gives way.
const LONGEST: f32 = 16_000.0;

/// Renders an SVG that this program drew.
///
/// # Errors
/// A picture that is too large.
pub fn png(svg: &str) -> Result<Vec<u8>> {
    let tree = tree(svg)?;
    let size = tree.size();
    let scale = SCALE.min(LONGEST / size.width().max(size.height()));
    let (width, height) = (size.width() * scale, size.height() * scale);
    let pixmap = Pixmap::new(width.ceil() as u32, height.ceil() as u32);
    let mut pixmap = pixmap.ok_or_else(|| failed("it is too large".to_owned()))?;
    let transform = Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|e| failed(e.to_string()))
}

/// The picture that an SVG means, its text laid out.
pub(super) fn tree(svg: &str) -> Result<Tree> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_source(fontdb::Source::Binary(Arc::new(font::bytes())));
    let family = "DejaVu Sans";
    fonts.set_sans_serif_family(family);
    let options = Options {
        fontdb: Arc::new(fonts),
        font_family: family.to_owned(),
        ..Options::default()
    };
    Tree::from_str(svg, &options).map_err(|e| failed(e.to_string()))
}

fn failed(what: String) -> Error {
    Error::usage(format!("the chart cannot be drawn: {what}"))
}
