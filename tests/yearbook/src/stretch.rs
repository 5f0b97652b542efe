//! Lines as stretches of letters in one font, with the spaces between words in the
//! habit of a program.

use super::font::{Face, codes};
use super::habits::{Habits, Spaces};
use super::ink::{Set, Turn};
use super::rich::Run;

/// Letters of one font between two changes.
pub(super) struct Stretch {
    pub(super) face: Face,
    /// In points.
    pub(super) size: f32,
    pub(super) rise: f32,
    /// The room after each letter in points.
    pub(super) track: f32,
    /// From the left end of the line.
    pub(super) left: f32,
    /// An array of strings and numbers; strings alone have no numbers.
    pub(super) parts: Vec<Element>,
}

/// Letters, or a step back.
pub(super) enum Element {
    Codes(Vec<u8>),
    /// In thousandths of the size, to the left.
    Back(f32),
}

/// The stretches of a line; spaces stand at their starts.
pub(super) fn stretches(habits: Habits, set: &Set) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut left = 0.0;
    for (index, word) in set.words.iter().enumerate() {
        for (inside, run) in word.iter().enumerate() {
            let gap = if index > 0 && inside == 0 {
                set.space + set.extra
            } else {
                0.0
            };
            let size = run.scale * set.size;
            let rise = run.rise * set.size;
            let track = run.track * size;
            let alone = gap > 0.0 && habits.spaces == Spaces::Placed;
            let same = stretches.last().is_some_and(|last| {
                last.face == run.face
                    && (last.size - size).abs() < 0.001
                    && last.rise == rise
                    && last.track == track
                    && !alone
            });
            if !same {
                let begins = left + if alone { gap } else { 0.0 };
                stretches.push(Stretch {
                    face: run.face,
                    size,
                    rise,
                    track,
                    left: begins,
                    parts: Vec::new(),
                });
            }
            let Some(last) = stretches.last_mut() else {
                continue;
            };
            if gap > 0.0 && !alone {
                space(habits, set, gap, last);
            }
            letters(habits, run, last);
            left += gap + run.width() * set.size;
        }
    }
    end(habits, set, &mut stretches);
    stretches
}

/// Ends a line with a space, in the habit of some programs.
fn end(habits: Habits, set: &Set, stretches: &mut [Stretch]) {
    let spaced = matches!(habits.spaces, Spaces::WordSpacing | Spaces::Kerned);
    let Some(last) = stretches.last_mut() else {
        return;
    };
    let divides = matches!(last.parts.last(), Some(Element::Codes(codes)) if matches!(codes.last(), Some(b'-' | 0xad)));
    if habits.trailing && spaced && set.turn == Turn::Level && set.words.len() > 3 && !divides {
        last.codes(b" ");
    }
}

fn space(habits: Habits, set: &Set, wide: f32, stretch: &mut Stretch) {
    match habits.spaces {
        Spaces::WordSpacing => stretch.codes(b" "),
        Spaces::Kerned => {
            stretch.codes(b" ");
            let own =
                f32::from(stretch.face.advance(b' ')) * stretch.size / 1_000.0 + stretch.track;
            let wider = wide - own;
            if set.extra.abs() > 0.001 || wider.abs() > 0.02 {
                stretch.back(-wider * 1_000.0 / stretch.size);
            }
        }
        Spaces::Gaps | Spaces::Letters | Spaces::Placed => {
            stretch.back(-wide * 1_000.0 / stretch.size)
        }
    }
}

/// Adds letters; where they are kerned, pairs go and come by the same amount,
/// so that the line keeps its width.
fn letters(habits: Habits, run: &Run, stretch: &mut Stretch) {
    let mut codes = codes(&run.text);
    if !habits.soft_hyphens {
        codes
            .iter_mut()
            .filter(|code| **code == 0xad)
            .for_each(|code| *code = b'-');
    }
    if habits.spaces == Spaces::Letters {
        for code in codes {
            stretch.codes(&[code]);
            stretch.back(0.0);
        }
        return;
    }
    if !matches!(habits.spaces, Spaces::Kerned | Spaces::Gaps) || codes.len() < 4 {
        stretch.codes(&codes);
        return;
    }
    let mut pending = 0.0;
    for (index, pair) in codes.windows(2).enumerate() {
        stretch.codes(&codes[index..=index]);
        let kern = kerning(pair[0], pair[1]);
        if kern != 0.0 {
            stretch.back(kern);
            pending += kern;
        }
    }
    stretch.codes(&codes[codes.len() - 1..]);
    if pending > 0.0 {
        stretch.back(-pending);
    }
}

impl Stretch {
    fn codes(&mut self, codes: &[u8]) {
        if let Some(Element::Codes(last)) = self.parts.last_mut() {
            last.extend(codes);
        } else {
            self.parts.push(Element::Codes(codes.to_vec()));
        }
    }

    fn back(&mut self, back: f32) {
        if let Some(Element::Back(last)) = self.parts.last_mut() {
            *last += back;
        } else {
            self.parts.push(Element::Back(back));
        }
    }
}

/// How much nearer two letters stand than their widths say.
fn kerning(first: u8, second: u8) -> f32 {
    match (first, second) {
        (b'T' | b'W' | b'Y', b'a' | b'e' | b'o' | b'r' | b'u') => 70.0,
        (b'V' | b'A' | b'P', b'a' | b'e' | b'o' | b'v' | b'w') => 60.0,
        (b'r', b'a' | b'o' | b'e') => 15.0,
        (b'v' | b'w' | b'y', b'e' | b'o' | b'a') => 20.0,
        (b'f', b'a' | b'o' | b'e') => 10.0,
        _ => 0.0,
    }
}
