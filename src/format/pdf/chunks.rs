//! From glyphs to chunks: words that stand side by side in one row, cut where
//! a gap may be the space between columns. Nothing here knows of columns.

use std::collections::HashMap;

use super::leaf::Leaf;
use super::words::{Word, rows, split};

/// The gap (in sizes of the font) that cuts a row.
const CUT: f32 = 0.95;

/// The ink from which print is bold, in twentieths of that of the body.
const BOLD: i32 = 24;

/// The shortest line of text (bytes): few headings are as long.
const LINE: usize = 40;

/// One line of this many makes a font one of the text.
const TEXT: usize = 12;

/// How many chunks further down the line of a raised mark is looked for.
const NEXT: usize = 64;

/// What most of the text looks like.
#[derive(Debug)]
pub(super) struct Body {
    /// The size of its font, in points.
    pub(super) size: f32,
    /// The ink of each character, in parts of a square em.
    inks: HashMap<char, f32>,
}

impl Body {
    /// Of all pages.
    pub(super) fn of(leaves: &[Leaf]) -> Self {
        let mut sizes: HashMap<i32, u64> = HashMap::new();
        let letters = || {
            leaves
                .iter()
                .flat_map(|leaf| &leaf.glyphs)
                .filter(|glyph| glyph.char.is_alphanumeric())
        };
        for glyph in letters() {
            *sizes.entry((glyph.size * 4.0).round() as i32).or_default() += 1;
        }
        let size = sizes
            .into_iter()
            .max_by_key(|&(size, count)| (count, -size))
            .map_or(10.0, |(size, _)| size as f32 / 4.0);
        let mut sums: HashMap<char, (f32, f32)> = HashMap::new();
        for glyph in
            letters().filter(|glyph| glyph.ink > 0.0 && (glyph.size / size - 1.0).abs() < 0.06)
        {
            let sum = sums.entry(glyph.char).or_default();
            *sum = (sum.0 + glyph.ink, sum.1 + 1.0);
        }
        Self {
            size,
            inks: sums
                .into_iter()
                .map(|(char, (sum, count))| (char, sum / count))
                .collect(),
        }
    }
}

/// Words side by side in one row.
#[derive(Debug, Clone)]
pub(super) struct Chunk {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    /// The baseline of its largest font.
    pub(super) y: f32,
    /// The size of its largest font.
    pub(super) size: f32,
    /// Its ink, and the ink that the body would spend on the same characters.
    pub(super) ink: (f32, f32),
    /// Whether it is set in bold.
    pub(super) bold: bool,
    /// Whether the file calls it no part of the text.
    pub(super) artifact: bool,
    /// How many footnote marks were taken out.
    pub(super) marks: u64,
    /// Whether it is a row of a table.
    pub(super) tabular: bool,
}

/// The chunks of a page, from top to bottom and from left to right.
pub(super) fn chunks(leaf: &Leaf, body: &Body) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    for row in rows(&leaf.glyphs) {
        let mut words: Vec<Word> = Vec::new();
        for word in split(row) {
            let size = word
                .glyphs
                .iter()
                .map(|glyph| glyph.size)
                .fold(0.0, f32::max);
            if word.gap > CUT * size && !words.is_empty() {
                chunks.extend(chunk(std::mem::take(&mut words), body));
            }
            words.push(word);
        }
        chunks.extend(chunk(words, body));
    }
    chunks.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.left.total_cmp(&b.left)));
    attach(&mut chunks);
    chunks
}

/// Says which chunks are set in bold: those with more ink than the body, unless
/// lines of text have as much, as those in a second font of the text do.
pub(super) fn embolden<'a>(pages: impl Iterator<Item = &'a mut Vec<Chunk>>) {
    let mut chunks: Vec<&mut Chunk> = pages.flatten().collect();
    let mut levels: HashMap<i32, usize> = HashMap::new();
    let mut lines = 0;
    for chunk in chunks.iter().filter(|chunk| chunk.text.len() >= LINE) {
        lines += 1;
        *levels.entry(chunk.level()).or_default() += 1;
    }
    for chunk in &mut chunks {
        let level = chunk.level();
        let near = (level - 1..=level + 1)
            .filter_map(|level| levels.get(&level))
            .sum::<usize>();
        chunk.bold = level >= BOLD && near * TEXT < lines.max(1);
    }
}

impl Chunk {
    /// Its ink in twentieths of what the body would spend, at most 200.
    fn level(&self) -> i32 {
        let (own, usual) = self.ink;
        let level = if usual > 0.0 { 20.0 * own / usual } else { 0.0 };
        level.clamp(0.0, 200.0).round() as i32
    }
}

/// Takes raised marks that fell into chunks of their own, as beside another
/// column, to the lines that they belong to.
fn attach(chunks: &mut Vec<Chunk>) {
    let mut gone = vec![false; chunks.len()];
    for place in 0..chunks.len() {
        let (mark, below) = chunks[place..].split_at_mut(1);
        let mark = &mark[0];
        if mark.text.chars().count() > 4 {
            continue;
        }
        let host = below.iter_mut().take(NEXT).find(|host| {
            let rise = host.y - mark.y;
            let beside = mark.left > host.left && mark.left < host.right + 0.4 * host.size;
            mark.size < 0.8 * host.size && (0.15..0.7).contains(&(rise / host.size)) && beside
        });
        let Some(host) = host else { continue };
        if mark.text.chars().all(is_mark) {
            host.marks += mark.text.chars().count() as u64;
            gone[place] = true;
        } else if mark.right > host.right {
            host.text.push_str(&mark.text);
            host.right = mark.right;
            gone[place] = true;
        }
    }
    let mut gone = gone.into_iter();
    chunks.retain(|_| !gone.next().unwrap_or(false));
}

/// Whether a raised character refers to a footnote.
fn is_mark(char: char) -> bool {
    char.is_numeric() || matches!(char, '*' | '†' | '‡' | ',')
}

/// The words as one chunk, without the marks of footnotes.
fn chunk(words: Vec<Word>, body: &Body) -> Option<Chunk> {
    let glyphs = || words.iter().flat_map(|word| &word.glyphs);
    let largest = glyphs().max_by(|a, b| a.size.total_cmp(&b.size))?;
    let (size, y) = (largest.size, largest.y);
    let mut chunk = Chunk {
        text: String::new(),
        left: glyphs()
            .map(|glyph| glyph.left)
            .fold(f32::INFINITY, f32::min),
        right: glyphs()
            .map(|glyph| glyph.right)
            .fold(f32::NEG_INFINITY, f32::max),
        y,
        size,
        ink: (0.0, 0.0),
        bold: false,
        artifact: glyphs().all(|glyph| glyph.artifact),
        marks: 0,
        tabular: false,
    };
    let mut leads = false;
    for word in &words {
        let before = chunk.text.len();
        for glyph in &word.glyphs {
            let raised = glyph.size < 0.8 * size && y - glyph.y > 0.15 * size;
            let mark = raised && is_mark(glyph.char);
            if mark && !chunk.text.is_empty() && !leads {
                chunk.marks += 1;
                continue;
            }
            if (before > 0 && chunk.text.len() == before) || (leads && !mark) {
                chunk.text.push(' ');
            }
            // The mark that a footnote itself begins with stays.
            leads = mark;
            chunk.text.push(glyph.char);
            if let Some(usual) = body.inks.get(&glyph.char).filter(|_| glyph.ink > 0.0) {
                chunk.ink = (chunk.ink.0 + glyph.ink, chunk.ink.1 + usual);
            }
        }
    }
    (!chunk.text.is_empty()).then_some(chunk)
}
