//! From the pages of a PDF to glyphs with a place: what `hayro` draws, caught
//! before it is painted. Nothing here knows of words or lines.

use std::collections::HashMap;

use hayro_interpret::font::{Glyph as Drawn, GlyphIdentifier, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{BezPath, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, RenderContent, SoftMask, TransformExt, interpret_page,
};

use super::leaf::{Caught, Glyph, Leaf, UNKNOWN, spell, upright};
use super::metadata;
use super::place::{Placed, advance};

/// The longest replacement (code points) that a span may name for its glyphs;
/// longer ones cover lines and would lose their places.
const LONGEST_REPLACEMENT: usize = 8;

/// How many glyphs show that letters are set apart.
const APART: usize = 4;

/// The most marked spans that may lie in each other.
const DEEPEST_SPAN: usize = 512;

/// A reader of pages that keeps the fonts of the file.
pub(super) struct Reader<'a> {
    cache: InterpreterCache<'a>,
    settings: InterpreterSettings,
    inks: HashMap<GlyphIdentifier, f32>,
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
            inks: HashMap::new(),
        }
    }

    /// What the page shows.
    pub(super) fn read(&mut self, page: &Page<'a>) -> Leaf {
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
            inks: &mut self.inks,
            caught: Vec::new(),
            spans: Vec::new(),
            frames: Vec::new(),
            drawn: false,
            clipped: 0,
        };
        interpret_page(page, &mut context, &mut catcher);
        let (drawn, clipped) = (catcher.drawn, catcher.clipped);
        let leaf = upright(catcher.caught, width, height);
        Leaf {
            drawn,
            outside: leaf.outside + clipped,
            ..leaf
        }
    }
}

/// A marked span of the content.
struct Span {
    artifact: bool,
    /// What its glyphs say instead, and whether one has said it.
    replacement: Option<(String, bool)>,
}

struct Catcher<'r> {
    inks: &'r mut HashMap<GlyphIdentifier, f32>,
    caught: Vec<Caught>,
    spans: Vec<Span>,
    /// The boxes of the clips, each within the one before.
    frames: Vec<Rect>,
    drawn: bool,
    /// How many glyphs were cut off.
    clipped: u64,
}

impl<'a> Device<'a> for Catcher<'_> {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.drawn = true;
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
            let ink = self.ink(glyph);
            self.put(place, width, glyph.as_unicode(), ink, artifact);
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let replacement = properties
            .and_then(|properties| properties.get::<PdfString<'_>>(b"ActualText"))
            .map(|text| metadata::decode(text.as_bytes()))
            .filter(|text| text.chars().count() <= LONGEST_REPLACEMENT)
            .map(|text| (text, false));
        if self.spans.len() < DEEPEST_SPAN {
            self.spans.push(Span {
                artifact: tag == b"Artifact",
                replacement,
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

    fn ink(&mut self, glyph: &Drawn<'_>) -> f32 {
        let Drawn::Outline(outline) = glyph else {
            return 0.0;
        };
        *self.inks.entry(outline.identifier()).or_insert_with(|| {
            let area = outline.outline().area().abs() / 1e6;
            if area.is_finite() { area as f32 } else { 0.0 }
        })
    }

    /// Puts the characters of one drawn glyph side by side.
    fn put(
        &mut self,
        place: &Placed,
        width: f32,
        said: Option<BfString>,
        ink: f32,
        artifact: bool,
    ) {
        let text = match self
            .spans
            .iter_mut()
            .rev()
            .find_map(|span| span.replacement.as_mut())
        {
            Some((_, true)) => {
                // The span has been said: its further glyphs only make it wider.
                if let Some(last) = self.caught.last_mut() {
                    last.glyph.right = last.glyph.right.max(place.x + width);
                }
                return;
            }
            Some((text, said)) => {
                *said = true;
                text.clone()
            }
            None => match said {
                Some(BfString::Char(char)) => char.to_string(),
                Some(BfString::String(text)) => text,
                None => UNKNOWN.to_string(),
            },
        };
        let chars: Vec<char> = text.chars().flat_map(spell).collect();
        let each = width / chars.len().max(1) as f32;
        // The ink of a ligature says nothing of one letter.
        let ink = if chars.len() == 1 { ink } else { 0.0 };
        for (index, char) in chars.into_iter().enumerate() {
            let (x, y) = (
                place.x + place.along.0 * each * index as f32,
                place.y + place.along.1 * each * index as f32,
            );
            let glyph = Glyph {
                char,
                left: x,
                right: x + each,
                y,
                size: place.size,
                ink,
                artifact,
            };
            self.caught.push(Caught {
                glyph,
                along: place.along,
            });
        }
    }
}
