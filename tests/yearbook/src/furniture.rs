//! What stands on each page outside of the text: heads, feet, numbers, thumb
//! letters and slugs.

use super::draft::Draft;
use super::font::Face;
use super::ink::{Ink, Part, Set, Turn, width};
use super::rich::{Run, words};
use super::style::{Running, Style, Thumb};

/// Where a page stands and what it is called.
pub(super) struct Dress<'a> {
    pub(super) style: &'a Style,
    /// The number that is printed, if one is.
    pub(super) number: Option<String>,
    /// Whether the page is on the left.
    pub(super) verso: bool,
    /// The country or the part of the book.
    pub(super) name: &'a str,
    /// The letters of the thumb index.
    pub(super) letters: &'a [char],
    /// Whether the head is left out, as where a chapter opens.
    pub(super) headless: bool,
}

impl Dress<'_> {
    /// Puts all of it on a page.
    pub(super) fn put(&self, draft: &mut Draft) {
        self.running(draft);
        self.thumb(draft);
        if self.style.slugs {
            self.slugs(draft);
        }
        draft.gold.label = self.number.clone();
    }

    /// The left and right ends of the text.
    fn ends(&self) -> (f32, f32) {
        let [_, _, inner, outer] = self.style.margins;
        let (left, right) = if self.verso {
            (outer, inner)
        } else {
            (inner, outer)
        };
        (left, self.style.paper.0 - right)
    }

    fn running(&self, draft: &mut Draft) {
        let style = self.style;
        let head = style.margins[0] - 20.0;
        let foot = style.paper.1 - style.margins[1] + 24.0;
        let number = self.number.clone().unwrap_or_default();
        let name = if style.start % 2 == 1 {
            self.name.to_uppercase()
        } else {
            self.name.to_owned()
        };
        match style.running {
            Running::Head => {
                self.ends_of_line(draft, Part::Head, head, &name, &number);
                let (left, right) = self.ends();
                draft.add(
                    Part::Head,
                    vec![Ink::Rule([left, head + 5.0, right, head + 5.0], 0.5)],
                );
            }
            Running::HeadAndFoot => {
                if !self.headless {
                    self.ends_of_line(draft, Part::Head, head, &style.title, &name);
                }
                self.middle(draft, foot, &number);
            }
            Running::YearFoot => {
                let bare = style
                    .title
                    .trim_end_matches(|char: char| char.is_ascii_digit())
                    .trim_end();
                let text = format!("{bare} {}", style.year);
                self.together(draft, Part::Foot, foot, &text, &number);
            }
            Running::Register => {
                let text = format!(
                    "{} / Vol. {}, No. {} / {name}",
                    style.title,
                    style.year - 1935,
                    style.start % 250 + 1
                );
                self.together(draft, Part::Head, head, &text, &number);
            }
        }
    }

    /// One text at the inner end of a line and one at the outer.
    fn ends_of_line(&self, draft: &mut Draft, part: Part, top: f32, inner: &str, outer: &str) {
        let (left, right) = if self.verso {
            (outer, inner)
        } else {
            (inner, outer)
        };
        let ends = self.ends();
        let face = self.style.heads.plain;
        let mut inks = Vec::new();
        for (text, is_left) in [(left, true), (right, false)] {
            if text.is_empty() {
                continue;
            }
            let words = words(text, face);
            let x = if is_left {
                ends.0
            } else {
                ends.1 - width(&words, 8.0, self.style.heads.space())
            };
            inks.push(Ink::words(&words, (x, top), 8.0, self.style.heads.space()));
            draft.furniture(text);
        }
        draft.add(part, inks);
    }

    fn middle(&self, draft: &mut Draft, top: f32, text: &str) {
        if text.is_empty() {
            return;
        }
        let (left, right) = self.ends();
        let words = words(text, self.style.text.plain);
        let x = (left + right - width(&words, 9.0, 0.25)) / 2.0;
        draft.add(Part::Foot, vec![Ink::words(&words, (x, top), 9.0, 0.25)]);
        draft.furniture(text);
    }

    /// A text and a number near each other at the outer end of a line.
    fn together(&self, draft: &mut Draft, part: Part, top: f32, text: &str, number: &str) {
        let (left, right) = self.ends();
        let face = self.style.heads.plain;
        let space = self.style.heads.space();
        let (text_words, number_words) = (words(text, face), words(number, self.style.heads.bold));
        let number_width = width(&number_words, 8.0, space);
        let gap = 14.0;
        let text_width = width(&text_words, 8.0, space);
        let (number_at, text_at) = if self.verso {
            (left, left + number_width + gap)
        } else {
            (
                right - number_width,
                right - number_width - gap - text_width,
            )
        };
        let mut inks = vec![Ink::words(&text_words, (text_at, top), 8.0, space)];
        draft.furniture(text);
        if !number.is_empty() {
            inks.push(Ink::words(&number_words, (number_at, top), 8.0, space));
            draft.furniture(number);
        }
        draft.add(part, inks);
    }

    fn thumb(&self, draft: &mut Draft) {
        let Some(letter) = self.name.chars().next() else {
            return;
        };
        let width_of_page = self.style.paper.0;
        let share = (u32::from(letter.to_ascii_uppercase()).saturating_sub(64) % 27) as f32 / 27.0;
        let top = 90.0 + share * (self.style.paper.1 - 260.0);
        match self.style.thumb {
            Thumb::Absent => {}
            Thumb::Letter => {
                let left = if self.verso {
                    0.0
                } else {
                    width_of_page - 26.0
                };
                let text = letter.to_string();
                let face = self.style.heads.bold;
                let x = left + 13.0 - face.width(&text) * 9.0;
                let ink = plain(&text, face, (x, top + 20.0), 18.0, Turn::Level, 1.0);
                draft.add(
                    Part::Foot,
                    vec![Ink::Fill([left, top, 26.0, 27.0], 0.25), ink],
                );
                draft.furniture(text);
            }
            Thumb::Alphabet => {
                let x = if self.verso {
                    9.0
                } else {
                    width_of_page - 17.0
                };
                let mut inks = Vec::new();
                for (index, other) in self.letters.iter().enumerate() {
                    let y = 100.0 + 16.0 * index as f32;
                    let own = *other == letter;
                    if own {
                        inks.push(Ink::Fill([x - 4.0, y - 11.0, 16.0, 15.0], 0.2));
                    }
                    inks.push(plain(
                        &other.to_string(),
                        self.style.heads.bold,
                        (x, y),
                        10.0,
                        Turn::Level,
                        if own { 1.0 } else { 0.0 },
                    ));
                    draft.furniture(other.to_string());
                }
                draft.add(Part::Foot, inks);
            }
            Thumb::Name => {
                let left = if self.verso {
                    0.0
                } else {
                    width_of_page - 22.0
                };
                let face = self.style.heads.bold;
                let name = self.name.to_uppercase();
                let tall = name.split(' ').map(|word| face.width(word)).sum::<f32>() * 10.0 + 40.0;
                let turn = if self.verso { Turn::Up } else { Turn::Down };
                let at = if self.verso {
                    (14.0, top + tall - 16.0)
                } else {
                    (width_of_page - 14.0, top + 16.0)
                };
                let ink = plain(&name, face, at, 10.0, turn, 1.0);
                draft.add(
                    Part::Foot,
                    vec![Ink::Fill([left, top, 22.0, tall], 0.35), ink],
                );
                draft.furniture(name);
            }
        }
    }

    fn slugs(&self, draft: &mut Draft) {
        let style = self.style;
        let text = format!(
            "VerDate Sep<11>{} 16:{:02} Mar 02, {} Jkt 250001 PO 00000 Frm {:05} Fmt 4703 Sfmt 4703 Q:\\SET\\REP{:02}.SGM REP1",
            style.year - 1,
            draft.sheet % 60,
            style.year,
            draft.sheet,
            style.year % 100
        );
        let side = "typesetter on PRESS4 with REPORTS";
        let out = style.bleed;
        let at = (style.margins[2] - out, style.paper.1 - 9.0 + out * 0.6);
        let up = (10.0 - out * 0.7, style.paper.1 * 0.8);
        let slug = plain(&text, Face::Sans, at, 6.0, Turn::Level, 0.0);
        let mut inks = vec![slug];
        draft.furniture(text);
        if style.thumb == Thumb::Absent || out > 0.0 {
            inks.push(plain(side, Face::Sans, up, 6.0, Turn::Up, 0.0));
            draft.furniture(side);
        }
        draft.add(Part::Foot, inks);
    }
}

fn plain(text: &str, face: Face, at: (f32, f32), size: f32, turn: Turn, grey: f32) -> Ink {
    let words = text
        .split(' ')
        .map(|word| vec![Run::new(word, face)])
        .collect();
    Ink::Text(Set {
        words,
        at,
        size,
        space: f32::from(face.advance(b' ')) * size / 1_000.0,
        extra: 0.0,
        turn,
        grey,
    })
}
