//! Pictures of counts: one drawing, written as SVG, or as PNG rendered from it.
//!
//! The drawing knows no terminal and no file. Text is measured with the font
//! that the PNG is rendered with (`font`), so that nothing overlaps; the `canvas`
//! is the little of SVG that is needed. Libraries for charts guess the width of
//! text, and have no broken lines with labels at their ends.

mod bars;
mod canvas;
mod caption;
mod file;
mod font;
mod frame;
mod heat;
mod legend;
mod lines;
mod palette;
mod png;
mod scale;
#[cfg(test)]
mod tests;

pub use bars::bars;
pub use caption::{Caption, filters_text};
pub use file::{ChartFormat, ChartPath};
pub use heat::heat;
pub use lines::lines;
pub use png::png;

use crate::desk::{Measure, Trend};
use crate::index::FacetName;

/// The most queries that one chart tells apart.
pub const MOST_QUERIES: usize = 12;

/// Draws trends as SVG: lines for years, bars for other facets.
pub fn trend_svg(trend: &Trend, measure: Measure, caption: &Caption) -> String {
    match trend.by {
        FacetName::Year => lines(trend, measure, caption),
        _ => bars(trend, measure, caption),
    }
}
