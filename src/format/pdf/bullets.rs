//! Bullets drawn with symbol fonts: a letter, or a glyph without Unicode, that is
//! never part of a word and repeatedly starts a line is a bullet.

use rustc_hash::FxHashMap;

use super::leaf::UNKNOWN;
use super::segments::Piece;

/// How often a sign must come back.
const OFTEN: usize = 3;

/// How far (in sizes) the text behind a bullet stands.
const BEHIND: f32 = 4.0;

/// How one drawing of a glyph is used in a file.
#[derive(Default)]
struct Use {
    /// Alone before the text of a line.
    leading: usize,
    /// In words, or alone elsewhere.
    other: usize,
}

/// Makes bullets of the signs of all pages that are used as such.
pub(super) fn spell(pages: &mut [Vec<Piece>]) {
    let mut uses: FxHashMap<u64, Use> = FxHashMap::default();
    for pieces in pages.iter() {
        for (place, piece) in pieces.iter().enumerate() {
            for (at, word) in piece.iter().enumerate() {
                let lone = word.glyphs.len() == 1 && at == 0;
                let leads = lone && leads(pieces, place);
                for glyph in word.glyphs.iter().filter(|glyph| glyph.drawing > 0) {
                    let of = uses.entry(glyph.drawing).or_default();
                    if leads {
                        of.leading += 1
                    } else {
                        of.other += 1
                    }
                }
            }
        }
    }
    let is_bullet = |drawing: u64| {
        let of = uses.get(&drawing);
        of.is_some_and(|of| of.leading >= OFTEN && 20 * of.other <= of.leading)
    };
    for word in pages
        .iter_mut()
        .flatten()
        .filter_map(|piece| piece.first_mut())
    {
        if let [glyph] = word.glyphs.as_mut_slice()
            && may_be(glyph.char)
            && is_bullet(glyph.drawing)
        {
            glyph.char = '•';
        }
    }
}

/// Whether a character may stand for a bullet: none that begins a sentence.
fn may_be(char: char) -> bool {
    char == UNKNOWN || char.is_lowercase()
}

/// Whether a piece of one sign stands before the text of a line.
fn leads(pieces: &[Piece], place: usize) -> bool {
    let piece = &pieces[place];
    let Some(sign) = piece.first().and_then(|word| word.glyphs.first()) else {
        return false;
    };
    if piece.len() > 1 {
        return true;
    }
    let next = pieces
        .get(place + 1)
        .and_then(|next| next.first()?.glyphs.first());
    next.is_some_and(|next| {
        (next.y - sign.y).abs() < 0.4 * next.size
            && next.left > sign.left
            && next.left - sign.right < BEHIND * next.size
    })
}
