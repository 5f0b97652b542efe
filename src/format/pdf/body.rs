//! What most of the text of a file looks like, by which headings, bold print and
//! other fonts are told.

use rustc_hash::FxHashMap;

use super::leaf::Glyph;

/// How far (as a share) the size of body print may be from the usual one.
const NEAR: f32 = 0.06;

/// What most of the text looks like.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// The size of its font, in points.
    pub(super) size: f32,
    /// The usual print of each character.
    prints: FxHashMap<char, Print>,
}

/// The usual print of a character.
#[derive(Debug, Clone, Copy)]
struct Print {
    /// Its ink, in parts of a square em; 0 where none is known.
    ink: f32,
    /// The drawing it has most often.
    drawing: u64,
}

impl Body {
    /// The ink that the body spends on a character, in parts of a square em, if
    /// that is known.
    pub(super) fn ink(&self, char: char) -> Option<f32> {
        let print = self.prints.get(&char).filter(|print| print.ink > 0.0);
        print.map(|print| print.ink)
    }

    /// Whether a glyph is drawn as the body draws its character.
    pub(super) fn draws(&self, glyph: &Glyph) -> bool {
        let print = self.prints.get(&glyph.char);
        print.is_some_and(|print| print.drawing == glyph.drawing)
    }
}

/// The letters and digits of pages, counted.
#[derive(Debug, Default)]
pub(super) struct Census {
    /// By size, in quarters of a point, character and drawing.
    counts: FxHashMap<(i32, char, u64), Count>,
}

/// How often a letter was drawn in one way.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    count: u64,
    /// How often its ink was known, and the sum of that.
    inked: u64,
    ink: f64,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.count += other.count;
        self.inked += other.inked;
        self.ink += other.ink;
    }
}

impl Census {
    /// Counts the letters and digits among glyphs.
    pub(super) fn count(&mut self, glyphs: &[Glyph]) {
        for glyph in glyphs.iter().filter(|glyph| glyph.char.is_alphanumeric()) {
            let size = (glyph.size * 4.0).round() as i32;
            let key = (size, glyph.char, glyph.drawing);
            self.counts.entry(key).or_default().add(Count {
                count: 1,
                inked: u64::from(glyph.ink > 0.0),
                ink: f64::from(glyph.ink),
            });
        }
    }

    /// Adds what was counted on other pages.
    pub(super) fn add(&mut self, other: Census) {
        for (key, count) in other.counts {
            self.counts.entry(key).or_default().add(count);
        }
    }

    /// The size that most letters have, and how they are printed in it.
    pub(super) fn body(self) -> Body {
        let mut sizes: FxHashMap<i32, u64> = FxHashMap::default();
        for (&(size, ..), count) in &self.counts {
            *sizes.entry(size).or_default() += count.count;
        }
        let most = sizes
            .into_iter()
            .max_by_key(|&(size, count)| (count, -size));
        let size = most.map_or(10.0, |(size, _)| size as f32 / 4.0);
        let mut prints: FxHashMap<(char, u64), Count> = FxHashMap::default();
        let near = |quarters: i32| (quarters as f32 / 4.0 / size - 1.0).abs() < NEAR;
        for ((_, char, drawing), count) in self
            .counts
            .into_iter()
            .filter(|((size, ..), _)| near(*size))
        {
            prints.entry((char, drawing)).or_default().add(count);
        }
        let mut chars: FxHashMap<char, (Count, (u64, u64))> = FxHashMap::default();
        for ((char, drawing), count) in prints {
            let (all, most) = chars.entry(char).or_default();
            all.add(count);
            *most = (*most).max((count.count, drawing));
        }
        let print = |(char, (all, (_, drawing))): (char, (Count, (u64, u64)))| {
            let ink = (all.ink / all.inked.max(1) as f64) as f32;
            (char, Print { ink, drawing })
        };
        Body {
            size,
            prints: chars.into_iter().map(print).collect(),
        }
    }
}
