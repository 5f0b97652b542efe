//! From the pages of a PDF to glyphs with a place: what `hayro` draws, caught
//! before it is painted. Nothing here knows of words or lines.

use hayro_interpret::font::{Glyph as Drawn, GlyphIdentifier, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Stream, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, RenderContent, SoftMask, TransformExt, interpret_page,
};

use rustc_hash::FxHashMap;

use super::direction::is_right_to_left;
use super::leaf::{Caught, Glyph, Leaf, Shift, UNKNOWN, spell, upright};
use super::metadata;
use super::place::{Placed, advance};
use super::shapes::Area;

/// The longest replacement (code points) that a span may name for its glyphs;
/// longer ones cover lines and would lose their places.
const LONGEST_REPLACEMENT: usize = 8;

/// How many glyphs show that letters are set apart.
const APART: usize = 4;

/// The most marked spans that may lie in each other.
const DEEPEST_SPAN: usize = 512;

/// The most glyphs of a page that are kept; the others are counted as outside.
const MOST_GLYPHS: usize = 2_000_000;

/// A page with fewer visible characters than this may have lost some.
const FEW: u64 = 100;

/// The most elements of a path that is a line or a box.
const PLAIN_PATH: usize = 8;

/// The most shapes of a page that are kept.
const MOST_SHAPES: usize = 20_000;

/// The names of fonts that hold signs in the places of letters.
const SIGN_FONTS: [&str; 4] = ["dingbats", "wingdings", "webdings", "marlett"];

/// What is known of one drawing of a glyph.
#[derive(Clone, Copy)]
struct Drawing {
    /// The inked area, in parts of a square em.
    ink: f32,
    /// What tells it from others, whichever reader draws it; 0 for none.
    key: u64,
    /// Whether its font holds signs in the places of letters.
    is_sign: bool,
}

/// A reader of pages that keeps the fonts of the file.
pub(super) struct Reader<'a> {
    cache: InterpreterCache<'a>,
    settings: InterpreterSettings,
    drawings: FxHashMap<GlyphIdentifier, Drawing>,
}

impl<'a> Reader<'a> {
    pub(super) fn new() -> Self {
        let settings = InterpreterSettings {
            render_content: RenderContent::PAGE,
            ..InterpreterSettings::default()
        };
        Self {
            cache: InterpreterCache::new(),
            settings,
            drawings: FxHashMap::default(),
        }
    }

    /// What the page shows, and its glyphs in the order drawn.
    pub(super) fn read(&mut self, page: &Page<'a>) -> (Leaf, Vec<Glyph>) {
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(
            transform,
            bounds,
            &self.cache,
            page.xref(),
            self.settings.clone(),
        );
        let mut catcher = Catcher {
            drawings: &mut self.drawings,
            caught: Vec::new(),
            shapes: Vec::new(),
            spans: Vec::new(),
            frames: Vec::new(),
            clipped: 0,
            drawn: false,
        };
        interpret_page(page, &mut context, &mut catcher);
        let (drawn, clipped) = (catcher.drawn, catcher.clipped);
        let Catcher { caught, shapes, .. } = catcher;
        let (mut leaf, glyphs) = upright(caught, &shapes, width, height);
        leaf.drawn = drawn;
        leaf.damaged = leaf.visible < FEW && is_damaged(page);
        leaf.outside += clipped;
        (leaf, glyphs)
    }
}

/// A marked span of the content.
struct Span {
    artifact: bool,
    /// What its glyphs say instead, and whether one has said it.
    replacement: Option<(String, bool)>,
    /// Its number in the page, by which the structure tree refers to it.
    mark: Option<u32>,
}

struct Catcher<'r> {
    drawings: &'r mut FxHashMap<GlyphIdentifier, Drawing>,
    caught: Vec<Caught>,
    /// The boxes around lines and rectangles.
    shapes: Vec<Area>,
    spans: Vec<Span>,
    /// The boxes of the clips, each within the one before.
    frames: Vec<Rect>,
    drawn: bool,
    /// How many glyphs were cut off.
    clipped: u64,
}

impl<'a> Device<'a> for Catcher<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.drawn = true;
        self.keep_shapes(path, props.transform, mode);
    }
    fn push_clip_path(&mut self, clip: &ClipPath) {
        let frame = clip.path.bounding_box();
        let around = self.frames.last().copied();
        self.frames
            .push(around.map_or(frame, |around| around.intersect(frame)));
    }
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.drawn = true;
    }
    fn pop_clip(&mut self) {
        self.frames.pop();
    }
    fn pop_transparency_group(&mut self) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let artifact = self.spans.iter().any(|span| span.artifact);
        let places: Vec<Placed> = run
            .glyphs()
            .iter()
            .map(|glyph| Placed::new(props.transform * glyph.transform(), advance(glyph)))
            .collect();
        // Letters set apart evenly are as wide as their distance.
        let gaps = places.windows(2).map(|pair| pair[0].slack(&pair[1]));
        let apart = gaps
            .reduce(f32::min)
            .filter(|_| places.len() >= APART)
            .unwrap_or(0.0);
        let mut squeeze = 1.0;
        for (index, (glyph, place)) in run.glyphs().iter().zip(&places).enumerate() {
            let mut width = place.width;
            if let Some(next) = places.get(index + 1) {
                let slack = place.slack(next);
                squeeze = if slack < 0.0 && width > 0.0 {
                    ((width + slack) / width).max(0.5)
                } else {
                    1.0
                };
            }
            if self.hidden(place) {
                self.clipped += 1;
                continue;
            }
            width *= squeeze;
            if (0.06..1.5).contains(&(apart / place.size)) {
                width += apart;
            }
            let drawing = self.drawing(glyph);
            let said = if drawing.is_sign {
                Some(sign(glyph.as_unicode()))
            } else {
                glyph.as_unicode()
            };
            self.put(place, width, said, drawing, artifact);
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let replacement = properties
            .and_then(|properties| properties.get::<PdfString<'_>>(b"ActualText"))
            .filter(|text| text.as_bytes().len() <= 4 * LONGEST_REPLACEMENT + 4)
            .map(|text| metadata::decode(text.as_bytes()))
            .filter(|text| text.chars().count() <= LONGEST_REPLACEMENT)
            .map(|text| (text, false));
        if self.spans.len() < DEEPEST_SPAN {
            let mark = properties.and_then(|properties| properties.get::<u32>(b"MCID"));
            self.spans.push(Span {
                artifact: tag == b"Artifact",
                replacement,
                mark,
            });
        }
    }

    fn end_marked_content(&mut self) {
        self.spans.pop();
    }
}

impl Catcher<'_> {
    /// Whether the frame drawn in cuts the glyph off.
    fn hidden(&self, place: &Placed) -> bool {
        // The middle of a letter: the foot of a hidden line may reach into the frame.
        let (x, y) = (f64::from(place.x), f64::from(place.y - 0.35 * place.size));
        let margin = f64::from(0.1 * place.size);
        let frame = self.frames.last();
        frame.is_some_and(|frame| !frame.inflate(margin, margin).contains((x, y)))
    }

    /// Keeps the lines and rectangles of a path.
    fn keep_shapes(&mut self, path: &BezPath, transform: Affine, mode: &DrawMode) {
        let fills = matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..));
        let mut part: Vec<PathEl> = Vec::new();
        let mut elements = 0;
        for element in path.elements().iter().copied().chain([PathEl::ClosePath]) {
            let begins = matches!(element, PathEl::MoveTo(_));
            if begins || part.is_empty() {
                self.keep_shape(&part, elements, transform, fills);
                (part, elements) = (vec![element], 1);
            } else {
                elements += 1;
                if part.len() <= PLAIN_PATH {
                    part.push(element);
                }
            }
        }
        self.keep_shape(&part, elements, transform, fills);
    }

    fn keep_shape(&mut self, part: &[PathEl], elements: usize, transform: Affine, fills: bool) {
        let curved = part
            .iter()
            .any(|element| matches!(element, PathEl::QuadTo(..) | PathEl::CurveTo(..)));
        if part.len() < 2 || elements > PLAIN_PATH || curved || self.shapes.len() >= MOST_SHAPES {
            return;
        }
        let path = BezPath::from_vec(part.to_vec());
        let found = transform.transform_rect_bbox(path.bounding_box());
        // A line without an area is only seen where it is stroked.
        if fills && found.width().min(found.height()) <= 0.0 {
            return;
        }
        self.shapes.extend(area(found));
    }

    fn drawing(&mut self, glyph: &Drawn<'_>) -> Drawing {
        let Drawn::Outline(outline) = glyph else {
            return Drawing {
                ink: 0.0,
                key: 0,
                is_sign: false,
            };
        };
        let identifier = outline.identifier();
        *self.drawings.entry(identifier.clone()).or_insert_with(|| {
            let area = outline.outline().area().abs() / 1e6;
            let name = outline
                .font_data()
                .and_then(|font| font.postscript_name)
                .unwrap_or_default()
                .to_lowercase();
            Drawing {
                ink: if area.is_finite() { area as f32 } else { 0.0 },
                key: (identifier.cache_key() as u64).max(1),
                is_sign: SIGN_FONTS.iter().any(|font| name.contains(font))
                    || matches!(name.rsplit('+').next(), Some("symbol" | "symbolmt")),
            }
        })
    }

    /// Puts the characters of one drawn glyph side by side.
    fn put(
        &mut self,
        place: &Placed,
        width: f32,
        said: Option<BfString>,
        drawing: Drawing,
        artifact: bool,
    ) {
        let mut replacements = self.spans.iter_mut().rev();
        let text = match replacements.find_map(|span| span.replacement.as_mut()) {
            Some((_, true)) => {
                // The span has been said: its further glyphs only make it wider.
                let near = |last: &&mut Caught| {
                    (last.glyph.y - place.y).abs() < 0.2 * place.size
                        && (place.x - last.glyph.right).abs() < 2.0 * place.size
                };
                if let Some(last) = self.caught.last_mut().filter(near) {
                    last.glyph.right = last.glyph.right.max(place.x + width);
                }
                return;
            }
            Some((text, said)) => {
                *said = true;
                BfString::String(text.clone())
            }
            None => said.unwrap_or(BfString::Char(UNKNOWN)),
        };
        if self.caught.len() >= MOST_GLYPHS {
            self.clipped += 1;
            return;
        }
        let mut buffer = [0; 4];
        let text = match &text {
            BfString::Char(char) => char.encode_utf8(&mut buffer),
            BfString::String(text) => text.as_str(),
        };
        let chars = || text.chars().flat_map(spell);
        let count = chars().count();
        // The letters of a ligature follow each other as those around it do.
        let backwards = count > 1 && chars().any(is_right_to_left);
        let each = width / count.max(1) as f32;
        let mark = self.spans.iter().rev().find_map(|span| span.mark);
        for (index, char) in chars().enumerate() {
            let index = if backwards { count - 1 - index } else { index };
            let before = each * index as f32;
            let x = place.x + place.along.0 * before;
            let glyph = Glyph {
                char,
                left: x,
                right: x + each,
                y: place.y + place.along.1 * before,
                size: place.size,
                // The ink of a ligature says nothing of one letter.
                ink: if count == 1 { drawing.ink } else { 0.0 },
                artifact,
                drawing: drawing.key,
                shift: Shift::None,
                paragraph: mark.map_or(0, |mark| mark.saturating_add(1)),
            };
            self.caught.push(Caught {
                glyph,
                along: place.along,
            });
        }
    }
}

/// Whether a part of the content of a page is missing or cannot be decoded.
fn is_damaged(page: &Page<'_>) -> bool {
    let is_lost = |stream: &Stream<'_>| {
        let decoded = stream.decoded_data();
        decoded.map_or(true, |data| data.is_empty()) && !stream.raw_data().is_empty()
    };
    let page = page.raw();
    match page.get::<Array<'_>>(b"Contents") {
        Some(parts) => {
            let streams = || parts.iter::<Stream<'_>>();
            streams().count() < parts.raw_iter().count() || streams().any(|part| is_lost(&part))
        }
        None => match page.get::<Stream<'_>>(b"Contents") {
            Some(stream) => is_lost(&stream),
            None => page.contains_key(b"Contents"),
        },
    }
}

/// What a glyph of a font of signs says: letters in their places are bullets.
fn sign(said: Option<BfString>) -> BfString {
    match said {
        Some(BfString::Char(char)) if !char.is_ascii_alphabetic() && !spell(char).eq([UNKNOWN]) => {
            BfString::Char(char)
        }
        _ => BfString::Char('•'),
    }
}

/// A rectangle of the drawing as an area, if its places are numbers.
fn area(rect: Rect) -> Option<Area> {
    let area = Area {
        left: rect.x0 as f32,
        top: rect.y0 as f32,
        right: rect.x1 as f32,
        bottom: rect.y1 as f32,
    };
    let places = [area.left, area.top, area.right, area.bottom];
    places.iter().all(|place| place.is_finite()).then_some(area)
}
