//! The little of SVG that charts need. Coordinates and sizes are pixels.

use std::fmt::Write;

use super::font::FAMILIES;
use super::palette::Marker;
use crate::output::markup::escaped;

/// Where a text stands to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn as_str(self) -> &'static str {
        match self {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        }
    }
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    pub(super) size: f64,
    pub(super) color: &'static str,
    pub(super) anchor: Anchor,
}

/// How a line looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    pub(super) color: &'static str,
    pub(super) width: f64,
    /// Lengths of strokes and gaps in turns; empty for a whole line.
    pub(super) dash: &'static str,
}

/// A drawing that grows.
#[derive(Debug)]
pub(super) struct Canvas {
    width: f64,
    body: String,
}

impl Canvas {
    pub(super) fn new(width: f64) -> Self {
        Canvas {
            width,
            body: String::new(),
        }
    }

    pub(super) fn width(&self) -> f64 {
        self.width
    }

    pub(super) fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, fill: &str, edge: &str) {
        self.push(format_args!(
            r#"<rect x="{}" y="{}" width="{}" height="{}" fill="{fill}" stroke="{edge}"/>"#,
            n(x),
            n(y),
            n(width),
            n(height)
        ));
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: Stroke) {
        self.path(&[from, to], stroke);
    }

    /// A line through points.
    pub(super) fn path(&mut self, points: &[(f64, f64)], stroke: Stroke) {
        let points: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{},{}", n(*x), n(*y)))
            .collect();
        let dash = match stroke.dash {
            "" => String::new(),
            dash => format!(r#" stroke-dasharray="{dash}""#),
        };
        self.push(format_args!(
            r#"<polyline points="{}" fill="none" stroke="{}" stroke-width="{}" stroke-linejoin="round"{dash}/>"#,
            points.join(" "),
            stroke.color,
            n(stroke.width)
        ));
    }

    /// A text on a baseline.
    pub(super) fn text(&mut self, x: f64, y: f64, text: &str, kind: Type) {
        self.turned(x, y, text, kind, 0);
    }

    /// A text turned around its point, in degrees.
    pub(super) fn turned(&mut self, x: f64, y: f64, text: &str, kind: Type, degrees: i32) {
        let turn = match degrees {
            0 => String::new(),
            _ => format!(r#" transform="rotate({degrees} {} {})""#, n(x), n(y)),
        };
        self.push(format_args!(
            r#"<text x="{}" y="{}" font-size="{}" fill="{}" text-anchor="{}"{turn}>{}</text>"#,
            n(x),
            n(y),
            n(kind.size),
            kind.color,
            kind.anchor.as_str(),
            escaped(text)
        ));
    }

    /// A marker of a series, filled or hollow.
    pub(super) fn marker(&mut self, at: (f64, f64), marker: Marker, color: &str, is_hollow: bool) {
        let fill = if is_hollow { "#ffffff" } else { color };
        let (x, y) = at;
        let points = |points: &[(f64, f64)]| -> String {
            let points = points.iter();
            let points: Vec<String> = points
                .map(|(dx, dy)| format!("{},{}", n(x + dx), n(y + dy)))
                .collect();
            points.join(" ")
        };
        let shape = match marker {
            Marker::Circle => format!(r#"<circle cx="{}" cy="{}" r="3.6""#, n(x), n(y)),
            Marker::Square => format!(
                r#"<rect x="{}" y="{}" width="6.6" height="6.6""#,
                n(x - 3.3),
                n(y - 3.3)
            ),
            Marker::Triangle => format!(
                r#"<polygon points="{}""#,
                points(&[(0.0, -4.4), (4.2, 3.2), (-4.2, 3.2)])
            ),
            Marker::Diamond => format!(
                r#"<polygon points="{}""#,
                points(&[(0.0, -4.8), (4.8, 0.0), (0.0, 4.8), (-4.8, 0.0)])
            ),
            Marker::Drop => format!(
                r#"<polygon points="{}""#,
                points(&[(0.0, 4.4), (4.2, -3.2), (-4.2, -3.2)])
            ),
        };
        self.push(format_args!(
            r#"{shape} fill="{fill}" stroke="{color}" stroke-width="1.4"/>"#
        ));
    }

    /// The whole picture; `title` and `description` are for those who do not see it.
    pub(super) fn finish(self, height: f64, title: &str, description: &str) -> String {
        let (width, height) = (n(self.width.ceil()), n(height.ceil()));
        format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" "#,
                r#"viewBox="0 0 {w} {h}" role="img" font-family="{f}">"#,
                "\n<title>{t}</title>\n<desc>{d}</desc>\n",
                r##"<defs><pattern id="none" width="5" height="5" patternUnits="userSpaceOnUse">"##,
                r##"<rect width="5" height="5" fill="#f2f2f2"/>"##,
                r##"<path d="M-1,6 L6,-1" stroke="#b5b5b5" stroke-width="1"/></pattern></defs>"##,
                "\n",
                r##"<rect width="{w}" height="{h}" fill="#ffffff"/>"##,
                "\n{body}</svg>\n"
            ),
            w = width,
            h = height,
            f = FAMILIES,
            t = escaped(title),
            d = escaped(description),
            body = self.body
        )
    }

    fn push(&mut self, element: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.body, "{element}");
    }
}

/// The fill of what is not there.
pub(super) const HATCHED: &str = "url(#none)";

/// A number with at most two decimals.
fn n(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match text {
        "-0" => "0".to_owned(),
        text => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_short() {
        for (value, shown) in [(1.0, "1"), (0.126, "0.13"), (-0.001, "0"), (10.0, "10")] {
            assert_eq!(n(value), shown);
        }
    }

    proptest! {
        #[test]
        fn any_text_makes_a_picture_that_reads(text in any::<String>()) {
            let mut canvas = Canvas::new(100.0);
            let kind = Type { size: 10.0, color: "#000000", anchor: Anchor::Start };
            canvas.text(1.0, 20.0, &text, kind);
            let svg = canvas.finish(30.0, &text, &text);
            let options = resvg::usvg::Options::default();
            prop_assert!(resvg::usvg::Tree::from_str(&svg, &options).is_ok(), "{}", svg);
        }
    }
}
