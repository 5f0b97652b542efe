//! The content of a page, written in the habits of the program that made the book.

use super::font::Face;
use super::habits::{Habits, Order, Placing, Spaces};
use super::ink::{Group, Ink, Part, Set, Turn};
use super::random::Random;
use super::stretch::{Element, Stretch, stretches};
use std::fmt::Write as _;

/// The content of a page of `height` points.
pub(super) fn content(
    mut groups: Vec<Group>,
    habits: Habits,
    height: f32,
    random: &mut Random,
) -> String {
    match habits.order {
        Order::Reading => {}
        Order::Backward => groups.sort_by_key(|group| backward(group.part)),
        Order::Random => random.shuffle(&mut groups),
    }
    // Areas lie below the text, whatever the order.
    groups.sort_by_key(|group| !group.inks.iter().any(|ink| matches!(ink, Ink::Fill(..))));
    let mut pen = Pen {
        habits,
        height,
        out: String::new(),
        state: State::default(),
    };
    for group in &groups {
        pen.group(group);
    }
    pen.out
}

fn backward(part: Part) -> usize {
    match part {
        Part::Foot => 0,
        Part::Notes => 1,
        Part::Column(index) => 100 - index,
        Part::Beside => 200,
        Part::Head => 300,
        Part::Headline => 400,
    }
}

/// What holds inside a text object and after it.
#[derive(Clone, Default)]
struct State {
    open: bool,
    font: Option<(Face, f32)>,
    spacing: f32,
    track: f32,
    rise: f32,
    grey: f32,
    leading: f32,
    /// The start of the line, from the bottom.
    start: (f32, f32),
}

struct Pen {
    habits: Habits,
    height: f32,
    out: String,
    state: State,
}

impl Pen {
    fn group(&mut self, group: &Group) {
        for ink in &group.inks {
            match ink {
                Ink::Text(set) => self.text(set),
                Ink::Fill([left, top, width, height], grey) => {
                    self.close();
                    let _ = writeln!(
                        self.out,
                        "q {grey} g {} {} {width:.2} {height:.2} re f Q",
                        number(*left),
                        number(self.height - top - height)
                    );
                }
                Ink::Outline([left, top, width, height], weight) => {
                    self.close();
                    let _ = writeln!(
                        self.out,
                        "q {weight} w {} {} {width:.2} {height:.2} re S Q",
                        number(*left),
                        number(self.height - top - height)
                    );
                }
                Ink::Rule([x0, y0, x1, y1], weight) => {
                    self.close();
                    let _ = writeln!(
                        self.out,
                        "q {weight} w {} {} m {} {} l S Q",
                        number(*x0),
                        number(self.height - y0),
                        number(*x1),
                        number(self.height - y1)
                    );
                }
            }
        }
        self.close();
    }

    fn close(&mut self) {
        if self.state.open {
            self.out.push_str("ET\n");
            self.state.open = false;
        }
    }

    fn text(&mut self, set: &Set) {
        if !self.habits.whole_blocks || set.turn != Turn::Level {
            self.close();
        }
        if !self.state.open {
            self.out.push_str("BT\n");
            self.state = State {
                open: true,
                start: (0.0, 0.0),
                ..self.state.clone()
            };
        }
        if (self.state.grey - set.grey).abs() > 0.001 {
            let _ = writeln!(self.out, "{} g", set.grey);
            self.state.grey = set.grey;
        }
        let stretches = stretches(self.habits, set);
        for (index, stretch) in stretches.iter().enumerate() {
            let moved = index == 0
                || self.habits.spaces == Spaces::Placed
                || self.habits.placing == Placing::Scaled
                || (!self.habits.text_rise
                    && (stretch.rise != 0.0 || stretches[index - 1].rise != 0.0));
            self.stretch(set, stretch, moved, index == 0 && stretches.len() == 1);
        }
        if set.turn != Turn::Level {
            self.close();
        }
    }

    fn stretch(&mut self, set: &Set, stretch: &Stretch, moved: bool, alone: bool) {
        let scaled = self.habits.placing == Placing::Scaled;
        let unit = if scaled { stretch.size } else { 1.0 };
        let font = (stretch.face, stretch.size / unit);
        if self.state.font != Some(font) {
            let _ = write!(self.out, "/F{} {} Tf ", font.0.number(), number(font.1));
            self.state.font = Some(font);
        }
        let wanted = if self.habits.spaces == Spaces::WordSpacing {
            (set.space + set.extra
                - f32::from(stretch.face.advance(b' ')) * stretch.size / 1_000.0
                - stretch.track)
                / unit
        } else {
            0.0
        };
        if (self.state.spacing - wanted).abs() > 0.0004 {
            let _ = write!(self.out, "{wanted:.4} Tw ");
            self.state.spacing = wanted;
        }
        let track = stretch.track / unit;
        if (self.state.track - track).abs() > 0.0004 {
            let _ = write!(self.out, "{track:.3} Tc ");
            self.state.track = track;
        }
        let by_rise = self.habits.text_rise && !scaled;
        let rise = if by_rise { stretch.rise } else { 0.0 };
        if (self.state.rise - rise).abs() > 0.001 {
            let _ = write!(self.out, "{} Ts ", number(rise));
            self.state.rise = rise;
        }
        let up = if by_rise { 0.0 } else { stretch.rise };
        let next = moved && self.place(set, stretch.left, up, unit, alone);
        self.show(stretch, next);
    }

    /// Moves to a place on a line; whether the string is to be shown by `'`.
    fn place(&mut self, set: &Set, right: f32, up: f32, unit: f32, alone: bool) -> bool {
        let (x, y) = (set.at.0, self.height - set.at.1);
        let (x, y, [a, b, c, d]) = match set.turn {
            Turn::Level => (x + right, y + up, [1.0, 0.0, 0.0, 1.0]),
            Turn::Up => (x - up, y + right, [0.0, 1.0, -1.0, 0.0]),
            Turn::Down => (x + up, y - right, [0.0, -1.0, 1.0, 0.0]),
        };
        let start = std::mem::replace(&mut self.state.start, (x, y));
        let step = (x - start.0, y - start.1);
        let matrix = matches!(self.habits.placing, Placing::Matrix | Placing::Scaled)
            && right == 0.0
            && up == 0.0;
        if matrix || set.turn != Turn::Level || self.habits.placing == Placing::Scaled {
            let [a, b, c, d] = [a, b, c, d].map(|value| number(value * unit));
            let _ = write!(self.out, "{a} {b} {c} {d} {} {} Tm ", number(x), number(y));
            return false;
        }
        if self.habits.placing == Placing::Next
            && step.0.abs() < 0.005
            && step.1 < 0.0
            && start != (0.0, 0.0)
        {
            if (self.state.leading + step.1).abs() > 0.005 {
                let _ = write!(self.out, "{} TL ", number(-step.1));
                self.state.leading = -step.1;
            }
            if alone {
                return true;
            }
            self.out.push_str("T* ");
            return false;
        }
        let _ = write!(self.out, "{} {} Td ", number(step.0), number(step.1));
        false
    }

    fn show(&mut self, stretch: &Stretch, next: bool) {
        match stretch.parts.as_slice() {
            [Element::Codes(codes)] => {
                let _ = writeln!(
                    self.out,
                    "({}) {}",
                    escaped(codes),
                    if next { "'" } else { "Tj" }
                );
            }
            parts => {
                if next {
                    self.out.push_str("T* ");
                }
                self.out.push('[');
                for part in parts {
                    match part {
                        Element::Codes(codes) => {
                            let _ = write!(self.out, "({})", escaped(codes));
                        }
                        Element::Back(back) => {
                            let _ = write!(self.out, "{}", number(*back));
                        }
                    }
                }
                self.out.push_str("] TJ\n");
            }
        }
    }
}

/// A number with two decimals at most.
fn number(value: f32) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" || text.is_empty() {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// The codes as they stand in a string, other than ASCII in octal digits.
fn escaped(codes: &[u8]) -> String {
    let mut text = String::new();
    for &code in codes {
        match code {
            b'(' | b')' | b'\\' => text.extend(['\\', code as char]),
            32..=126 => text.push(code as char),
            _ => {
                let _ = write!(text, "\\{code:03o}");
            }
        }
    }
    text
}
