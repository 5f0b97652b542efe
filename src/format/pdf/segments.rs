//! From words to segments: words that stand side by side in one row, cut where
//! a gap may be the space between columns. Nothing here knows of columns.

use rustc_hash::FxHashMap;

use super::body::Body;
use super::direction;
use super::leaf::{Glyph, Shift};
use super::marks::{self, Raised};
use super::rows::rows;
use super::shapes::Area;
use super::words::{Word, split};

/// The gap (in sizes of the font) that cuts a row.
const CUT: f32 = 0.95;

/// The gap (in sizes) that cuts it where a column begins.
const NARROW: f32 = 0.55;

/// How many pieces begin where a column does.
const COLUMN: usize = 5;

/// How much larger print is of another size.
const RESIZED: f32 = 1.08;

/// The ink from which print is bold, in twentieths of that of the body.
const BOLD: i32 = 24;

/// The shortest line of text (bytes): few headings are as long.
const LINE: usize = 40;

/// One line of this many makes a font one of the text.
const TEXT: usize = 12;

/// So many lines at least make a font one of the text.
const FEW: usize = 3;

/// Words side by side in one row, before their text is told.
pub(super) type Piece = Vec<Word>;

/// Words side by side in one row.
#[derive(Debug, Clone)]
pub(super) struct Segment {
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
    /// Whether it is set in another font than the body.
    pub(super) foreign: bool,
    /// Whether the file calls it no part of the text.
    pub(super) artifact: bool,
    /// How many footnote marks were taken out.
    pub(super) marks: u64,
    /// Whether it is a row of a table.
    pub(super) tabular: bool,
    /// Whether it begins with a drop cap.
    pub(super) initial: bool,
    /// The paragraph that the file says it belongs to; 0 for none, or several.
    pub(super) paragraph: u32,
}

impl Segment {
    /// The area that it covers: from the top of its capitals to the foot of its
    /// letters.
    pub(super) fn area(&self) -> Area {
        Area {
            left: self.left,
            top: self.y - 0.75 * self.size,
            right: self.right,
            bottom: self.y + 0.22 * self.size,
        }
    }
}

/// The pieces of the rows of a page: words side by side without a wide gap.
pub(super) fn pieces(glyphs: &[Glyph]) -> Vec<Piece> {
    rows(glyphs)
        .into_iter()
        .flat_map(|row| cut(split(row), |gap, _| gap > CUT))
        .collect()
}

/// The segments of a page, from top to bottom and from left to right.
pub(super) fn segments(pieces: Vec<Piece>, mirrored: bool, body: &Body) -> Vec<Segment> {
    let starts = starts(&pieces);
    let at_start = |left: f32| {
        let near = starts.partition_point(|start| *start < left - 1.0);
        let same = starts[near..]
            .iter()
            .take_while(|start| **start < left + 1.0);
        same.count() >= COLUMN
    };
    let mut segments: Vec<Segment> = pieces
        .into_iter()
        .flat_map(|words| cut(words, |gap, left| gap > NARROW && at_start(left)))
        .filter_map(|words| segment(&words, body, mirrored))
        .collect();
    sort(&mut segments);
    segments
}

/// Cuts words side by side where a gap (in sizes of the smaller print beside
/// it) and the place behind it say so. Where the size changes half a gap does.
fn cut(words: Piece, cuts: impl Fn(f32, f32) -> bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for word in words {
        let Some(last) = pieces.last_mut() else {
            pieces.push(vec![word]);
            continue;
        };
        let base = |glyph: &&Glyph| glyph.shift == Shift::None;
        let before = last
            .iter()
            .rev()
            .find_map(|word| word.glyphs.iter().rev().find(base));
        let own = word.glyphs.iter().find(base);
        // The mark of a note is as large as what it belongs to.
        let size = own.or(before).map_or(1.0, |glyph| glyph.size);
        let before = before.map_or(size, |glyph| glyph.size);
        let own = own.map_or(before, |glyph| glyph.size);
        let small = before.min(own);
        let scale = if before.max(own) > RESIZED * small {
            0.6
        } else {
            1.0
        };
        let left = word.glyphs.first().map_or(0.0, |glyph| glyph.left);
        if cuts(word.gap / (scale * small), left) {
            pieces.push(vec![word]);
        } else {
            last.push(word);
        }
    }
    pieces
}

/// Where pieces of rows begin, from left to right.
fn starts(pieces: &[Piece]) -> Vec<f32> {
    let lefts = pieces
        .iter()
        .filter(|words| words.len() > 2)
        .filter_map(|words| words.first()?.glyphs.first());
    let mut starts: Vec<f32> = lefts.map(|glyph| glyph.left).collect();
    starts.sort_by(f32::total_cmp);
    starts
}

/// Sorts segments from top to bottom and from left to right.
pub(super) fn sort(segments: &mut [Segment]) {
    segments.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.left.total_cmp(&b.left)));
}

/// Says which segments are set in bold: those with more ink than the body,
/// unless lines of text have as much, as those in a second font of the text do.
pub(super) fn embolden<'a>(pages: impl Iterator<Item = &'a mut Vec<Segment>>) {
    let mut segments: Vec<&mut Segment> = pages.flatten().collect();
    let mut levels: FxHashMap<i32, usize> = FxHashMap::default();
    let mut lines = 0;
    for segment in segments.iter().filter(|segment| segment.text.len() >= LINE) {
        lines += 1;
        *levels.entry(segment.level()).or_default() += 1;
    }
    for segment in &mut segments {
        let level = segment.level();
        let near = (level - 1..=level + 1)
            .filter_map(|level| levels.get(&level))
            .sum::<usize>();
        let of_text = near >= FEW && near * TEXT >= lines;
        segment.bold = level >= BOLD && !of_text && segment.foreign;
    }
}

impl Segment {
    /// Its ink in twentieths of what the body would spend, at most 200.
    fn level(&self) -> i32 {
        let (own, usual) = self.ink;
        let level = if usual > 0.0 { 20.0 * own / usual } else { 0.0 };
        level.clamp(0.0, 200.0).round() as i32
    }
}

/// The words as one segment, without the marks of footnotes.
fn segment(words: &[Word], body: &Body, mirrored: bool) -> Option<Segment> {
    let glyphs = || words.iter().flat_map(|word| &word.glyphs);
    let base = |glyph: &&Glyph| glyph.shift == Shift::None;
    let larger = |a: &&Glyph, b: &&Glyph| a.size.total_cmp(&b.size);
    let largest = glyphs()
        .filter(base)
        .max_by(larger)
        .or_else(|| glyphs().max_by(larger))?;
    let (text, marks) = spelled(words);
    let is_letter = |glyph: &&Glyph| glyph.char.is_alphabetic() && glyph.drawing > 0;
    let letters = glyphs().filter(is_letter).count();
    let usual_letters = glyphs()
        .filter(is_letter)
        .filter(|glyph| body.draws(glyph))
        .count();
    let (mut own, mut usual) = (0.0, 0.0);
    for glyph in glyphs().filter(|glyph| glyph.ink > 0.0) {
        if let Some(ink) = body.ink(glyph.char) {
            (own, usual) = (own + glyph.ink, usual + ink);
        }
    }
    Some(Segment {
        text: direction::logical(text, mirrored),
        left: glyphs()
            .map(|glyph| glyph.left)
            .fold(f32::INFINITY, f32::min),
        right: glyphs()
            .map(|glyph| glyph.right)
            .fold(f32::NEG_INFINITY, f32::max),
        y: largest.y,
        size: largest.size,
        ink: (own, usual),
        bold: false,
        foreign: 4 * usual_letters < letters,
        artifact: glyphs().all(|glyph| glyph.artifact),
        marks,
        tabular: false,
        initial: false,
        paragraph: paragraph(words),
    })
    .filter(|segment| !segment.text.is_empty())
}

/// The paragraph that all words belong to, as far as the file says so.
fn paragraph(words: &[Word]) -> u32 {
    let mut told = words
        .iter()
        .flat_map(|word| &word.glyphs)
        .filter(|glyph| glyph.shift == Shift::None)
        .map(|glyph| glyph.paragraph);
    let first = told.next().unwrap_or(0);
    if told.all(|paragraph| paragraph == first) {
        first
    } else {
        0
    }
}

/// The text of words, and how many marks of footnotes were taken out of it.
fn spelled(words: &[Word]) -> (String, u64) {
    let mut text = Spelled::default();
    for word in words {
        text.parted = true;
        for run in word.glyphs.chunk_by(|a, b| a.shift == b.shift) {
            let piece: String = run.iter().map(|glyph| glyph.char).collect();
            match run[0].shift {
                Shift::Raised => text.raise(&piece),
                _ => text.push(&piece),
            }
        }
    }
    (text.text, text.marks)
}

/// The text of a segment as it grows.
#[derive(Default)]
struct Spelled {
    text: String,
    /// How many marks were taken out.
    marks: u64,
    /// Whether a word begins.
    parted: bool,
    /// Whether a mark stood here.
    marked: bool,
}

impl Spelled {
    fn push(&mut self, piece: &str) {
        let mut piece = piece;
        if self.marked {
            // The brackets of a mark go with it.
            for (open, close) in [("[", "]"), ("(", ")")] {
                if self.text.ends_with(open) && piece.starts_with(close) {
                    self.text.pop();
                    self.parted = false;
                    piece = &piece[1..];
                }
            }
            // A mark ends a word.
            self.parted |= piece.starts_with(char::is_alphanumeric);
        }
        self.marked = false;
        if piece.is_empty() {
            return;
        }
        if self.parted && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.parted = false;
        self.text.push_str(piece);
    }

    fn raise(&mut self, piece: &str) {
        if self.text.is_empty() {
            // The mark that a footnote itself begins with stays.
            self.push(piece);
            self.parted = true;
            return;
        }
        let before = if self.parted { "" } else { self.text.as_str() };
        match marks::raised(before, piece) {
            Raised::Mark => {
                self.marks += piece.chars().count() as u64;
                self.marked = true;
            }
            Raised::Power(power) => {
                self.push(&power);
                self.marked = true;
            }
            Raised::Letters => self.push(piece),
        }
    }
}
