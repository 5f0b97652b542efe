//! The plan of a page: the frames that the flow fills, in order, and what stands
//! beside them.

use super::random::Random;
use super::setting::Stamp;
use super::style::Style;
use super::{parts, tables};

/// A part of a column.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) left: f32,
    pub(super) width: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
    /// Where lines are narrower: top, bottom, and what is lost at the left and
    /// at the right.
    pub(super) narrowed: Option<[f32; 4]>,
    /// Whether it reaches the foot of the page, where notes stand.
    pub(super) foot: bool,
    /// Whether the chapter ends in it or in the next of this kind.
    pub(super) closing: bool,
    /// The margin for side headings: left and width.
    pub(super) margin: Option<(f32, f32)>,
}

impl Frame {
    /// The left end and the width of a line.
    pub(super) fn line(&self, top: f32, leading: f32) -> (f32, f32) {
        match self.narrowed {
            Some([from, to, left, right]) if top < to && top + leading > from => {
                (self.left + left, self.width - left - right)
            }
            _ => (self.left, self.width),
        }
    }
}

/// An area of columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) width: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
    pub(super) columns: usize,
    /// Whether it reaches the foot of the page.
    pub(super) foot: bool,
    pub(super) closing: bool,
}

/// A page as it is planned.
#[derive(Default)]
pub(super) struct Plan {
    /// In the order of reading.
    pub(super) frames: Vec<Frame>,
    /// What stands beside, with its place.
    pub(super) stamps: Vec<(Stamp, f32, f32)>,
    /// Rules between columns: left, top and bottom.
    pub(super) rules: Vec<[f32; 3]>,
    pub(super) features: Vec<&'static str>,
}

impl Plan {
    /// Plans an area: what stands over all columns parts it into two.
    pub(super) fn area(&mut self, random: &mut Random, style: &Style, area: Area) {
        let tall = area.bottom - area.top;
        if area.columns > 1 && tall > 330.0 && random.chance(0.3) {
            let stamp = any(random, style, area.width);
            if stamp.height < tall * 0.5 {
                return self.across(random, style, area, stamp);
            }
        }
        self.columns(random, style, area);
    }

    fn across(&mut self, random: &mut Random, style: &Style, area: Area, stamp: Stamp) {
        let room = style.leading;
        let height = stamp.height;
        let whole = [(area.top + height + room * 1.2, area.bottom, area.foot)];
        match random.below(3) {
            0 => {
                self.features.push("top-across");
                self.stamps.push((stamp, area.left, area.top));
                let (top, bottom, foot) = whole[0];
                self.columns(
                    random,
                    style,
                    Area {
                        top,
                        bottom,
                        foot,
                        ..area
                    },
                );
            }
            1 => {
                self.features.push("bottom-across");
                let top = area.bottom - height;
                self.stamps.push((stamp, area.left, top));
                self.columns(
                    random,
                    style,
                    Area {
                        bottom: top - room,
                        foot: false,
                        ..area
                    },
                );
            }
            _ => {
                self.features.push("middle-across");
                let free = area.bottom - area.top - height - 2.0 * room;
                let above = free * random.real(0.3, 0.7);
                let top = area.top + above + room;
                self.stamps.push((stamp, area.left, top));
                self.columns(
                    random,
                    style,
                    Area {
                        bottom: area.top + above,
                        foot: false,
                        ..area
                    },
                );
                self.columns(
                    random,
                    style,
                    Area {
                        top: top + height + room * 1.2,
                        ..area
                    },
                );
            }
        }
    }

    fn columns(&mut self, random: &mut Random, style: &Style, area: Area) {
        let (left, width, margin) = text_part(style, area);
        let gutters = style.gutter * (area.columns - 1) as f32;
        let column = (width - gutters) / area.columns as f32;
        let around = self.run_around(random, style, area, (left, column));
        let over = self.over_two(random, style, area, (left, column));
        for index in 0..area.columns {
            let offset = if style.aligned || index == 0 {
                0.0
            } else {
                random.real(0.0, 6.0)
            };
            let frame = Frame {
                left: left + (column + style.gutter) * index as f32,
                width: column,
                top: area.top + offset,
                bottom: area.bottom,
                narrowed: around.map(|[from, to, half]| {
                    if index == 0 {
                        [from, to, 0.0, half]
                    } else {
                        [from, to, half, 0.0]
                    }
                }),
                foot: area.foot,
                closing: area.closing,
                margin,
            };
            let frame = match over {
                Some((first, top, bottom)) if index >= first && index < first + 2 => Frame {
                    top: frame.top.max(top),
                    bottom: frame.bottom.min(bottom),
                    foot: frame.foot && bottom >= frame.bottom,
                    ..frame
                },
                _ => frame,
            };
            if index > 0 && style.column_rules {
                self.rules
                    .push([frame.left - style.gutter / 2.0, area.top, area.bottom]);
            }
            self.column(random, style, frame);
        }
    }

    /// What stands over two of three columns, at the top or the bottom: the first
    /// column, and the top and bottom that it leaves.
    fn over_two(
        &mut self,
        random: &mut Random,
        style: &Style,
        area: Area,
        (left, column): (f32, f32),
    ) -> Option<(usize, f32, f32)> {
        let tall = area.bottom - area.top;
        if area.columns != 3 || style.column_rules || tall < 330.0 || !random.chance(0.2) {
            return None;
        }
        let stamp = any(random, style, 2.0 * column + style.gutter);
        if stamp.height > tall * 0.5 {
            return None;
        }
        let first = random.below(2);
        let x = left + (column + style.gutter) * first as f32;
        let height = stamp.height;
        self.features.push("over-two-of-three");
        if random.chance(0.5) {
            self.stamps.push((stamp, x, area.top));
            return Some((first, area.top + height + style.leading * 1.2, area.bottom));
        }
        let top = area.bottom - height;
        self.stamps.push((stamp, x, top));
        Some((first, area.top, top - style.leading))
    }

    /// A pull quote between two columns whose lines make room for it.
    fn run_around(
        &mut self,
        random: &mut Random,
        style: &Style,
        area: Area,
        (left, column): (f32, f32),
    ) -> Option<[f32; 3]> {
        let tall = area.bottom - area.top;
        if area.columns != 2
            || style.column_rules
            || area.closing
            || tall < 380.0
            || !random.chance(0.12)
        {
            return None;
        }
        let width = column * random.real(0.6, 0.8);
        let stamp = parts::quote(random, style, width);
        let top = area.top + (tall - stamp.height) * random.real(0.25, 0.75);
        let half = (width - style.gutter) / 2.0 + 8.0;
        let around = [top - 7.0, top + stamp.height + 7.0, half];
        self.stamps
            .push((stamp, left + column + style.gutter / 2.0 - width / 2.0, top));
        self.features.push("run-around");
        Some(around)
    }

    fn column(&mut self, random: &mut Random, style: &Style, frame: Frame) {
        let tall = frame.bottom - frame.top;
        if frame.narrowed.is_none() && tall > 260.0 && random.chance(0.16) {
            let stamp = in_column(random, style, frame.width);
            if stamp.height < tall * 0.5 {
                return self.parted(random, style, frame, stamp);
            }
        }
        self.frames.push(frame);
    }

    fn parted(&mut self, random: &mut Random, style: &Style, frame: Frame, stamp: Stamp) {
        let room = style.leading;
        let height = stamp.height;
        let left = frame.left;
        match random.below(3) {
            0 => {
                self.features.push("top-of-column");
                self.stamps.push((stamp, left, frame.top));
                self.frames.push(Frame {
                    top: frame.top + height + room * 1.2,
                    ..frame
                });
            }
            1 => {
                self.features.push("bottom-of-column");
                let top = frame.bottom - height;
                self.stamps.push((stamp, left, top));
                self.frames.push(Frame {
                    bottom: top - room,
                    foot: false,
                    ..frame
                });
            }
            _ => {
                self.features.push("middle-of-column");
                let free = frame.bottom - frame.top - height - 2.2 * room;
                let above = free * random.real(0.3, 0.7);
                let top = frame.top + above + room;
                self.stamps.push((stamp, left, top));
                self.frames.push(Frame {
                    bottom: frame.top + above,
                    foot: false,
                    ..frame.clone()
                });
                self.frames.push(Frame {
                    top: top + height + room * 1.2,
                    ..frame
                });
            }
        }
    }
}

/// The part of an area that text takes, and the margin for side headings.
fn text_part(style: &Style, area: Area) -> (f32, f32, Option<(f32, f32)>) {
    if area.columns > 1 || !style.side_heads {
        return (area.left, area.width, None);
    }
    let margin = 140.0_f32.min(area.width * 0.3);
    (
        area.left + margin + 10.0,
        area.width - margin - 10.0,
        Some((area.left, margin)),
    )
}

fn any(random: &mut Random, style: &Style, width: f32) -> Stamp {
    match random.below(5) {
        0 | 1 => parts::boxed(random, style, width),
        2 | 3 => tables::table(random, style, width),
        _ => tables::figure(random, style, width),
    }
}

fn in_column(random: &mut Random, style: &Style, width: f32) -> Stamp {
    match random.below(6) {
        0 | 1 => parts::boxed(random, style, width),
        2 | 3 => parts::quote(random, style, width),
        4 => tables::table(random, style, width),
        _ => tables::figure(random, style, width),
    }
}
