//! A drawing of how a page was read: what its segments are, in which order its
//! regions were read, what each paragraph was taken for, and what was left out.
//! It is for people who ask why a page reads as it does.

use std::fmt::Write as _;

use super::furniture::Sheet;
use super::layout::Region;
use super::leaf::{Glyph, Leaf, Shift};
use super::numbers::Number;
use super::paragraphs::Paragraph;
use super::segments::{Piece, Segment};
use super::shapes::{Area, Shapes};
use crate::format::document::{Doubts, LineKind};

/// A step of reading a page that a drawing can show by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The words of its rows, and print that is raised or lowered.
    Words,
    /// The segments of its rows.
    Segments,
    /// What was left out as no text.
    LeftOut,
    /// The regions, in the order of reading.
    Order,
    /// What the paragraphs were taken for.
    Paragraphs,
}

impl Step {
    /// All steps, one after the other.
    pub const ALL: [Step; 5] = [
        Step::Words,
        Step::Segments,
        Step::LeftOut,
        Step::Order,
        Step::Paragraphs,
    ];

    /// Its name: `words`, `segments`, `left-out`, `order`, `paragraphs`.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Words => "words",
            Step::Segments => "segments",
            Step::LeftOut => "left-out",
            Step::Order => "order",
            Step::Paragraphs => "paragraphs",
        }
    }
}

/// What was seen of a page while it was read.
#[derive(Debug, Default)]
pub(super) struct Trace {
    /// The place (from 0) of the page looked at, if any is.
    page: Option<usize>,
    width: f32,
    height: f32,
    /// Whether the places are mirrored, as on pages read from right to left.
    mirrored: bool,
    shapes: Shapes,
    /// The words, and the small print in them that is raised or lowered.
    words: Vec<Area>,
    shifted: Vec<Area>,
    /// All segments, before anything was left out.
    segments: Vec<Segment>,
    /// Those that no step has left out so far.
    kept: Vec<Segment>,
    /// What was left out, and as what.
    gone: Vec<(Area, &'static str)>,
    /// The regions in the order of reading.
    regions: Vec<Area>,
    /// The parts of paragraphs on the page, in the order of reading.
    parts: Vec<Part>,
    /// What else is to be said of the page.
    notes: Vec<String>,
}

/// A part of a paragraph on the page.
#[derive(Debug)]
struct Part {
    area: Area,
    /// The number of its paragraph among the lines of the file.
    number: usize,
    kind: LineKind,
    tabular: bool,
}

impl Trace {
    /// Of the page at a place from 0.
    pub(super) fn of(page: usize) -> Self {
        Self {
            page: Some(page),
            ..Self::default()
        }
    }

    /// Notes the words of the page.
    pub(super) fn words(&mut self, pages: &[Vec<Piece>]) {
        let Some(page) = self.page else { return };
        for word in pages[page].iter().flatten() {
            let shifts = word.glyphs.chunk_by(|a, b| a.shift == b.shift);
            let shifted = shifts.filter(|run| run[0].shift != Shift::None);
            self.shifted.extend(shifted.filter_map(area_of));
            self.words.extend(area_of(&word.glyphs));
        }
    }

    /// Notes the page as it is before anything is left out.
    pub(super) fn begin(&mut self, leaves: &[Leaf], sheets: &[Sheet]) {
        let Some(page) = self.page else { return };
        let leaf = &leaves[page];
        (self.width, self.height) = (leaf.width, leaf.height);
        self.mirrored = leaf.mirrored;
        self.shapes = leaf.shapes.clone();
        self.segments = sheets[page].segments.clone();
        self.kept = self.segments.clone();
    }

    /// Notes the segments that the last step took out.
    pub(super) fn left_out(&mut self, sheets: &[Sheet], what: &'static str) {
        let Some(page) = self.page else { return };
        let after = &sheets[page].segments;
        let stayed = |segment: &&Segment| {
            after
                .iter()
                .any(|other| other.left == segment.left && other.y == segment.y)
        };
        let gone = self.kept.iter().filter(|segment| !stayed(segment));
        self.gone.extend(gone.map(|segment| (segment.area(), what)));
        self.kept = after.clone();
    }

    /// Notes the regions in the order of reading.
    pub(super) fn read(&mut self, pages: &[Vec<Region>]) {
        let Some(page) = self.page else { return };
        self.regions = pages[page].iter().map(Region::area).collect();
    }

    /// Notes what the paragraphs are taken for, and what is said of the page.
    pub(super) fn conclude(
        &mut self,
        paragraphs: &[Paragraph],
        numbers: &[Number],
        doubts: &[Option<Doubts>],
    ) {
        let Some(page) = self.page else { return };
        for (number, paragraph) in (1..).zip(paragraphs) {
            let parts = paragraph.parts.iter().filter(|(at, _)| *at == page);
            self.parts.extend(parts.map(|&(_, area)| Part {
                area,
                number,
                kind: paragraph.kind,
                tabular: paragraph.tabular,
            }));
        }
        let number = match numbers[page] {
            Number::Printed(number) => format!("number {number}, as printed"),
            Number::Labelled(number) => format!("number {number}, as the file calls it"),
            Number::Counted(number) => format!("number {number}, as counted: no page prints one"),
            Number::Unnumbered => "no number in digits".to_owned(),
            Number::Unsure => "its number is unsure".to_owned(),
        };
        self.notes = vec![format!("page {} of the file: {number}", page + 1)];
        let doubts = doubts[page].map(|doubts| doubts.remark());
        self.notes.extend(doubts);
    }

    /// The drawing of one step, or of all but the first two, as SVG in points from
    /// the top left of the page.
    pub(super) fn svg(&mut self, step: Option<Step>) -> String {
        self.turn_back();
        let shows = |wanted: Step| match step {
            Some(step) => step == wanted,
            None => !matches!(wanted, Step::Words | Step::Segments),
        };
        let mut svg = String::new();
        self.sheet(&mut svg);
        if shows(Step::Words) {
            self.boxes_of_words(&mut svg);
        }
        if shows(Step::Segments) {
            self.outlines(&mut svg);
        }
        if shows(Step::Paragraphs) {
            self.paragraphs(&mut svg);
        }
        self.text(&mut svg);
        if shows(Step::LeftOut) {
            self.omissions(&mut svg);
        }
        if shows(Step::Order) {
            self.order(&mut svg);
        }
        self.legend(&mut svg);
        svg.push_str("</svg>\n");
        svg
    }

    /// The page, with its rules and boxes.
    fn sheet(&self, svg: &mut String) {
        let foot = 14.0 * (self.notes.len() as f32 + 2.0);
        // Writing to a string does not fail.
        let _ = writeln!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0} {:.0}\" \
             font-family=\"Georgia, 'Times New Roman', serif\">\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
            self.width,
            self.height + foot,
        );
        for area in &self.shapes.boxes {
            let style = "fill=\"#000\" fill-opacity=\".04\" stroke=\"#bbb\"";
            rectangle(svg, area, style);
        }
        for area in self.shapes.rules.iter().chain(&self.shapes.bars) {
            rectangle(svg, area, "fill=\"#999\"");
        }
    }

    /// The boxes of the words, and of raised and lowered print.
    fn boxes_of_words(&self, svg: &mut String) {
        let color = "fill=\"#1f5fbf\" fill-opacity=\".08\" stroke=\"#1f5fbf\" stroke-width=\".3\"";
        rectangles(svg, &self.words, color);
        rectangles(svg, &self.shifted, "fill=\"#c00\" fill-opacity=\".3\"");
    }

    /// The boxes of the segments.
    fn outlines(&self, svg: &mut String) {
        let areas: Vec<Area> = self.segments.iter().map(Segment::area).collect();
        let style = "fill=\"#1f5fbf\" fill-opacity=\".08\" stroke=\"#1f5fbf\" stroke-width=\".4\"";
        rectangles(svg, &areas, style);
    }

    /// The boxes and numbers of the paragraphs.
    fn paragraphs(&self, svg: &mut String) {
        for part in &self.parts {
            let color = color(part);
            let style = format!(
                "fill=\"{color}\" fill-opacity=\".12\" stroke=\"{color}\" stroke-width=\".5\" rx=\"2\""
            );
            rectangle(svg, &widened(&part.area, 1.5), &style);
            let (x, y) = (part.area.right + 3.0, part.area.top + 6.0);
            label(svg, x, y, color, &part.number.to_string());
        }
    }

    /// The text of the segments.
    fn text(&self, svg: &mut String) {
        for segment in &self.segments {
            let weight = if segment.bold {
                " font-weight=\"bold\""
            } else {
                ""
            };
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{:.1}\" textLength=\"{:.1}\" \
                 lengthAdjust=\"spacingAndGlyphs\"{weight}>{}</text>",
                segment.left,
                segment.y,
                segment.size,
                (segment.right - segment.left).max(1.0),
                escaped(&segment.text)
            );
        }
    }

    /// What was left out.
    fn omissions(&self, svg: &mut String) {
        for (area, what) in &self.gone {
            let style = "fill=\"#c00\" fill-opacity=\".15\"";
            rectangle(svg, &widened(area, 1.0), style);
            label(svg, area.left, area.top - 1.0, "#c00", what);
        }
    }

    /// The regions, with their places in the order of reading.
    fn order(&self, svg: &mut String) {
        for (order, area) in (1..).zip(&self.regions) {
            let style = "fill=\"none\" stroke=\"#555\" stroke-dasharray=\"4 3\"";
            rectangle(svg, &widened(area, 5.0), style);
            let _ = writeln!(
                svg,
                "<circle cx=\"{0:.1}\" cy=\"{1:.1}\" r=\"7\" fill=\"#333\"/>\
                 <text x=\"{0:.1}\" y=\"{2:.1}\" font-size=\"9\" fill=\"#fff\" \
                 text-anchor=\"middle\">{order}</text>",
                area.left - 8.0,
                area.top + 2.0,
                area.top + 5.0
            );
        }
    }

    /// Shows a page that is read from right to left as it is printed.
    fn turn_back(&mut self) {
        if !std::mem::take(&mut self.mirrored) {
            return;
        }
        let width = self.width;
        self.shapes.mirror(width);
        for segment in &mut self.segments {
            (segment.left, segment.right) = (width - segment.right, width - segment.left);
        }
        let gone = self.gone.iter_mut().map(|(area, _)| area);
        let parts = self.parts.iter_mut().map(|part| &mut part.area);
        let words = self.words.iter_mut().chain(&mut self.shifted);
        for area in gone.chain(parts).chain(words).chain(&mut self.regions) {
            (area.left, area.right) = (width - area.right, width - area.left);
        }
    }

    /// What the colors mean, and the notes.
    fn legend(&self, svg: &mut String) {
        let kinds = [
            ("#1f5fbf", "text"),
            ("#c26a00", "heading"),
            ("#1d8a3c", "item"),
            ("#7a3fb0", "row of a table"),
            ("#c00", "left out"),
            ("#555", "region, with its place in the order of reading"),
        ];
        let mut x = 10.0;
        for (color, what) in kinds {
            label(svg, x, self.height + 12.0, color, &format!("■ {what}"));
            x += 10.0 + 4.2 * (what.len() as f32 + 2.0);
        }
        for (line, note) in (2..).zip(&self.notes) {
            label(svg, 10.0, self.height + 12.0 * line as f32, "#333", note);
        }
    }
}

fn color(part: &Part) -> &'static str {
    match part.kind {
        _ if part.tabular => "#7a3fb0",
        LineKind::Heading => "#c26a00",
        LineKind::Item => "#1d8a3c",
        LineKind::Text | LineKind::Quote => "#1f5fbf",
    }
}

/// The area of glyphs, from the top of their capitals to the foot of their
/// letters.
fn area_of(glyphs: &[Glyph]) -> Option<Area> {
    let of = |glyph: &Glyph| Area {
        left: glyph.left,
        top: glyph.y - 0.75 * glyph.size,
        right: glyph.right,
        bottom: glyph.y + 0.22 * glyph.size,
    };
    glyphs.iter().map(of).reduce(|all, area| all.with(&area))
}

fn widened(area: &Area, by: f32) -> Area {
    Area {
        left: area.left - by,
        top: area.top - by,
        right: area.right + by,
        bottom: area.bottom + by,
    }
}

fn rectangle(svg: &mut String, area: &Area, style: &str) {
    let _ = writeln!(
        svg,
        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" {style}/>",
        area.left,
        area.top,
        area.width().max(0.5),
        area.height().max(0.5)
    );
}

/// Many rectangles of one style.
fn rectangles(svg: &mut String, areas: &[Area], style: &str) {
    let _ = writeln!(svg, "<g {style}>");
    for area in areas {
        rectangle(svg, area, "");
    }
    svg.push_str("</g>\n");
}

fn label(svg: &mut String, x: f32, y: f32, color: &str, text: &str) {
    let _ = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"7\" font-family=\"sans-serif\" \
         fill=\"{color}\">{}</text>",
        escaped(text)
    );
}

/// A text as XML writes it, without characters that it forbids.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            char if char.is_control() || matches!(char, '\u{FFFE}' | '\u{FFFF}') => {}
            char => escaped.push(char),
        }
    }
    escaped
}
