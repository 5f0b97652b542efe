//! Where a glyph is drawn and how wide it is.

use hayro_interpret::font::Glyph as Drawn;
use hayro_interpret::kurbo::{Affine, Point};

/// Where a glyph is drawn.
pub(super) struct Placed {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) along: (f32, f32),
    pub(super) size: f32,
    /// Its width without any spacing.
    pub(super) width: f32,
}

impl Placed {
    /// Of a transform from thousandths of an em to the page.
    pub(super) fn new(transform: Affine, advance: f32) -> Self {
        let origin = transform * Point::ZERO;
        let along = transform * Point::new(1000.0, 0.0) - origin;
        let up = transform * Point::new(0.0, 1000.0) - origin;
        let length = along.hypot().max(1e-6);
        let along = ((along.x / length) as f32, (along.y / length) as f32);
        let size = up.hypot() as f32;
        Self {
            x: origin.x as f32,
            y: origin.y as f32,
            along,
            size,
            width: advance / 1000.0 * size,
        }
    }

    /// How far the next glyph begins after the end of this one.
    pub(super) fn slack(&self, next: &Self) -> f32 {
        (next.x - self.x) * self.along.0 + (next.y - self.y) * self.along.1 - self.width
    }
}

/// How wide a glyph is, in thousandths of an em.
pub(super) fn advance(glyph: &Drawn<'_>) -> f32 {
    let advance = match glyph {
        Drawn::Outline(outline) => outline.advance_width(),
        Drawn::Type3(drawing) => drawing.advance_width(),
    };
    advance
        .filter(|advance| advance.is_finite())
        .unwrap_or(500.0)
        .clamp(0.0, 4000.0)
}
