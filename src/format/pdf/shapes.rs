//! The rules and boxes drawn on a page, which part what stands on it. Nothing
//! here knows of text.

/// The widest rule, in points.
const THICKEST: f32 = 4.0;

/// The shortest rule, in points.
const SHORTEST: f32 = 16.0;

/// The smallest box that may hold text: its width and height, in points.
const SMALLEST: (f32, f32) = (40.0, 18.0);

/// The share of the page's area from which a box is its background.
const BACKGROUND: f32 = 0.9;

/// The most rules and boxes of a page that are looked at: drawings have more.
const MOST: usize = 4000;

/// A rectangle, in points from the top left of its page.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

impl Area {
    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f32 {
        self.bottom - self.top
    }

    fn size(&self) -> f32 {
        self.width() * self.height()
    }

    /// Whether a point lies inside.
    pub(super) fn has(&self, x: f32, y: f32) -> bool {
        x >= self.left && x <= self.right && y >= self.top && y <= self.bottom
    }

    /// Whether another area lies inside, but for two points.
    pub(super) fn holds(&self, other: &Area) -> bool {
        other.left >= self.left - 2.0
            && other.right <= self.right + 2.0
            && other.top >= self.top - 2.0
            && other.bottom <= self.bottom + 2.0
    }

    /// The smallest area around both.
    pub(super) fn with(&self, other: &Area) -> Area {
        Area {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// How wide the part is that both share from left to right; negative if
    /// they are apart.
    pub(super) fn beside(&self, other: &Area) -> f32 {
        self.right.min(other.right) - self.left.max(other.left)
    }

    /// How high the part is that both share from top to bottom; negative if
    /// they are apart.
    pub(super) fn level(&self, other: &Area) -> f32 {
        self.bottom.min(other.bottom) - self.top.max(other.top)
    }
}

/// What is drawn on a page beside its text.
#[derive(Debug, Default, Clone)]
pub(super) struct Shapes {
    /// Lines from left to right.
    pub(super) rules: Vec<Area>,
    /// Lines from top to bottom.
    pub(super) bars: Vec<Area>,
    /// Rectangles that may hold text.
    pub(super) boxes: Vec<Area>,
}

impl Shapes {
    /// Sorts what is drawn on a page of `width` by `height` points.
    pub(super) fn of(drawn: &[Area], width: f32, height: f32) -> Self {
        let mut shapes = Shapes::default();
        let is_background = |area: &Area| area.size() > BACKGROUND * width * height;
        for area in drawn.iter().take(MOST) {
            let (wide, high) = (area.width(), area.height());
            if high <= THICKEST && wide >= SHORTEST {
                shapes.rules.push(*area);
            } else if wide <= THICKEST && high >= SHORTEST {
                shapes.bars.push(*area);
            } else if wide >= SMALLEST.0 && high >= SMALLEST.1 && !is_background(area) {
                shapes.boxes.push(*area);
            }
        }
        let framed = shapes.framed();
        shapes.boxes.extend(framed);
        shapes.boxes.sort_by(|a, b| a.size().total_cmp(&b.size()));
        shapes.boxes.dedup();
        shapes
    }

    /// Mirrors all of it on a page of a width.
    pub(super) fn mirror(&mut self, width: f32) {
        let all = [&mut self.rules, &mut self.bars, &mut self.boxes];
        for area in all.into_iter().flatten() {
            (area.left, area.right) = (width - area.right, width - area.left);
        }
    }

    /// The boxes that two rules and two bars frame.
    fn framed(&self) -> Vec<Area> {
        let near = |a: f32, b: f32| (a - b).abs() < 4.0;
        let mut found = Vec::new();
        if self.bars.len() > 60 || self.rules.len() > 60 {
            return found;
        }
        for (index, left) in self.bars.iter().enumerate() {
            for right in &self.bars[index + 1..] {
                let (left, right) = if left.left < right.left {
                    (left, right)
                } else {
                    (right, left)
                };
                let frame = left.with(right);
                let closed = |y: f32| {
                    self.rules.iter().any(|rule| {
                        near(rule.top, y)
                            && near(rule.left, frame.left)
                            && near(rule.right, frame.right)
                    })
                };
                if near(left.top, right.top)
                    && near(left.bottom, right.bottom)
                    && closed(frame.top)
                    && closed(frame.bottom)
                    && frame.width() >= SMALLEST.0
                {
                    found.push(frame);
                }
            }
        }
        found
    }

    /// The smallest of some boxes that holds an area.
    pub(super) fn smallest(boxes: &[Area], area: &Area) -> Option<usize> {
        let around = |frame: &Area| {
            let (x, y) = (
                (area.left + area.right) / 2.0,
                (area.top + area.bottom) / 2.0,
            );
            frame.has(x, y) && frame.beside(area) > 0.9 * area.width()
        };
        boxes.iter().position(around)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(left: f32, top: f32, right: f32, bottom: f32) -> Area {
        Area {
            left,
            top,
            right,
            bottom,
        }
    }

    #[test]
    fn rules_bars_and_boxes_are_told_apart() {
        let page = area(0.0, 0.0, 600.0, 800.0);
        let rule = area(50.0, 100.0, 250.0, 100.5);
        let bar = area(300.0, 100.0, 301.0, 700.0);
        let tint = area(50.0, 200.0, 250.0, 400.0);
        let dot = area(50.0, 50.0, 53.0, 53.0);
        let shapes = Shapes::of(&[page, rule, bar, tint, dot], 600.0, 800.0);
        assert_eq!(shapes.rules, [rule]);
        assert_eq!(shapes.bars, [bar]);
        assert_eq!(shapes.boxes, [tint]);
    }

    #[test]
    fn four_lines_make_a_box() {
        let lines = [
            area(50.0, 100.0, 250.0, 100.5),
            area(50.0, 300.0, 250.0, 300.5),
            area(50.0, 100.0, 50.5, 300.0),
            area(249.5, 100.0, 250.0, 300.0),
        ];
        let boxes = Shapes::of(&lines, 600.0, 800.0).boxes;
        assert_eq!(boxes, [area(50.0, 100.0, 250.0, 300.0)]);
        assert!(Shapes::of(&lines[..3], 600.0, 800.0).boxes.is_empty());
    }
}
