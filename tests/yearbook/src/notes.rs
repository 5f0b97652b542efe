//! Notes: their texts, their marks in the flow, and how they stand at a foot.

use super::block::body_manner;
use super::gold::{Kind, Piece};
use super::ink::Ink;
use super::names;
use super::prose;
use super::random::Random;
use super::rich::{Rest, Run, Word, gold, marked_up};
use super::setting::Manner;
use super::style::Style;
use super::wordlists as lists;

/// A note that is not yet set.
#[derive(Clone, Debug)]
pub(super) struct Note {
    pub(super) mark: String,
    words: Vec<Word>,
}

impl Note {
    /// A note with a number.
    pub(super) fn new(random: &mut Random, style: &Style, number: usize) -> Self {
        let text = match random.below(4) {
            0 => format!(
                "See {}, *Annual *Report (@), pp. ~–~",
                prose::capital(random.pick(&lists::ACTORS))
            ),
            1 => format!("Interview with {}, %, & May @", random.pick(&names::PEOPLE)),
            2 => format!(
                "{} v. {}, Judgment of & June @, para. ~",
                prose::capital(random.pick(&lists::ACTORS)),
                random.pick(&names::COUNTRIES)
            ),
            _ => prose::sentence(random, style.tongue),
        };
        let text = prose::finish(random, style.tongue, &text, true);
        let mark = number.to_string();
        let mut all = vec![sign(&mark, style)];
        let rest = marked_up(&text, style.text.plain, style.text.slanted);
        if style.note_sign.1 || !style.note_sign.0 {
            all.extend(rest);
        } else {
            let mut rest = rest.into_iter();
            if let Some(first) = rest.next() {
                all[0].runs.extend(first.runs);
                all[0].gold = first.gold;
            }
            all.extend(rest);
        }
        Self { mark, words: all }
    }

    /// The raised number as it stands after a word of the flow.
    pub(super) fn raised(&self, style: &Style) -> Run {
        Run::new(self.mark.as_str(), style.text.plain).scaled(0.6, 0.36)
    }

    /// Its height in a width.
    pub(super) fn height(&self, style: &Style, width: f32) -> f32 {
        let manner = manner(style);
        Rest::new(&self.words).count(width, manner.breaking()) as f32 * manner.leading
            + manner.after
    }

    fn piece(&self, sheet: usize) -> Piece {
        Piece {
            kind: Kind::Note,
            text: gold(&self.words),
            sheet,
            marks: vec![self.mark.clone()],
            features: Vec::new(),
        }
    }
}

fn sign(mark: &str, style: &Style) -> Word {
    let raised = style.note_sign.0;
    let text = if raised {
        mark.to_owned()
    } else {
        format!("{mark}.")
    };
    let run = Run::new(text, style.text.plain);
    let run = if raised { run.scaled(0.62, 0.34) } else { run };
    Word {
        runs: vec![run],
        gold: String::new(),
    }
}

fn manner(style: &Style) -> Manner {
    let size = (style.size * 0.8).max(6.5);
    Manner {
        size,
        leading: size * 1.15,
        indent: 0.0,
        hang: 0.0,
        before: 0.0,
        after: 1.0,
        ..body_manner(style)
    }
}

/// The room that the rule above notes takes.
pub(super) const RULE: f32 = 9.0;

/// Sets notes under a short rule, from `top`.
pub(super) fn set(
    notes: &[Note],
    style: &Style,
    (left, width): (f32, f32),
    top: f32,
    sheet: usize,
) -> (Vec<Ink>, Vec<Piece>) {
    let manner = manner(style);
    let mut inks = vec![Ink::Rule(
        [left, top + 4.0, left + width.min(190.0) * 0.4, top + 4.0],
        0.5,
    )];
    let mut top = top + RULE;
    for note in notes {
        let (set, end) = manner.paragraph(&note.words, left, width, top);
        inks.extend(set);
        top = end + manner.after;
    }
    (inks, notes.iter().map(|note| note.piece(sheet)).collect())
}
