//! A book of set pages as it is bound: the file, its labels and bookmarks, and the
//! gold of all pages.

use super::draft::Draft;
use super::file::{self, Extras, Labels, Sheet};
use super::gold::{Gold, Piece};
use super::producer;
use super::random::Random;
use super::style::Style;

/// All pages of a book, set.
pub(super) struct Bound {
    pub(super) style: Style,
    pub(super) flow: Vec<Piece>,
    pub(super) drafts: Vec<Draft>,
    /// The sheets before the first chapter.
    pub(super) front: usize,
    /// Country, printed number and sheet of each chapter.
    pub(super) chapters: Vec<(String, String, usize)>,
}

impl Bound {
    /// The bytes of the file, and what is to be read in it.
    pub(super) fn file(self, random: &mut Random) -> (Vec<u8>, Gold) {
        let height = self.style.paper.1;
        let mut gold = Gold {
            style: self.style.told(),
            flow: self.flow,
            ..Gold::default()
        };
        let mut sheets = Vec::new();
        for draft in self.drafts {
            sheets.push(Sheet {
                content: producer::content(draft.groups, self.style.habits, height, random),
            });
            gold.beside.extend(draft.beside);
            gold.furniture.extend(draft.gold.furniture.iter().cloned());
            gold.pages.push(draft.gold);
        }
        let mut labels = Vec::new();
        if self.style.labels {
            if self.front > 0 {
                labels.push(Labels {
                    from: 0,
                    roman: true,
                    start: 1,
                });
            }
            labels.push(Labels {
                from: self.front,
                roman: false,
                start: self.style.start,
            });
        }
        let outline = if self.style.outline {
            self.chapters
                .iter()
                .map(|(name, _, sheet)| (name.clone(), *sheet))
                .collect()
        } else {
            Vec::new()
        };
        let title = random.chance(0.5).then(|| self.style.title.clone());
        let bleed = if self.style.slugs {
            self.style.bleed
        } else {
            0.0
        };
        let extras = Extras {
            size: self.style.paper,
            bleed,
            labels,
            outline,
            title,
        };
        (file::bytes(&sheets, &extras), gold)
    }
}

/// A small number in Roman digits.
pub(super) fn roman(number: usize) -> String {
    const DIGITS: [(usize, &str); 5] = [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let mut rest = number;
    let mut text = String::new();
    for (value, digit) in DIGITS {
        while rest >= value {
            text.push_str(digit);
            rest -= value;
        }
    }
    text
}
