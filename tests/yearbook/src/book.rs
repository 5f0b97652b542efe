//! A book from its first page to its last.

use super::author::Author;
use super::block::Block;
use super::bound::{Bound, roman};
use super::draft::Draft;
use super::flow::Flow;
use super::footing;
use super::front;
use super::furniture::Dress;
use super::gold::{Gold, Piece};
use super::ink::{Ink, Part};
use super::plan::{Area, Plan};
use super::random::Random;
use super::style::{Opening, Style};

/// A book while it is made.
pub(super) struct Maker {
    random: Random,
    style: Style,
    flow: Flow,
    drafts: Vec<Draft>,
    /// The sheets before the first chapter.
    front: usize,
    /// Country, printed number and sheet of each chapter.
    chapters: Vec<(String, String, usize)>,
    opening: Opening,
    /// The columns of the chapter.
    columns: usize,
    /// Whether the next chapter opens on the next page.
    opens_next: bool,
}

impl Maker {
    pub(super) fn new(seed: u64, pages: usize) -> Self {
        let mut random = Random::new(seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(11));
        let style = Style::drawn(&mut random);
        let author = Author::new(&mut random);
        let columns = style.columns;
        let front = if pages < 8 { 0 } else { random.between(3, 4) };
        Self {
            random,
            style,
            flow: Flow::new(author),
            drafts: Vec::new(),
            front,
            chapters: Vec::new(),
            opening: Opening::Page,
            columns,
            opens_next: true,
        }
    }

    /// Makes all pages.
    pub(super) fn made(mut self, pages: usize) -> (Vec<u8>, Gold) {
        for sheet in 0..self.front {
            self.front_page(sheet);
        }
        for index in self.front..pages.max(1) {
            self.page(index, index + 1 == pages.max(1));
        }
        if self.front > 0 {
            let left = self.area(1).left;
            front::contents(
                &mut self.random,
                &self.style,
                &mut self.drafts[1],
                left,
                &self.chapters,
            );
        }
        Bound {
            style: self.style,
            flow: self.flow.pieces,
            drafts: self.drafts,
            front: self.front,
            chapters: self.chapters,
        }
        .file(&mut self.random)
    }

    /// The number of a sheet, counted from 0, as it is printed.
    fn number(&self, index: usize) -> String {
        if index < self.front {
            roman(index + 1)
        } else {
            (self.style.start + index - self.front).to_string()
        }
    }

    fn verso(&self, index: usize) -> bool {
        if index < self.front {
            index % 2 == 1
        } else {
            (self.style.start + index - self.front).is_multiple_of(2)
        }
    }

    fn draft(&self, index: usize) -> Draft {
        Draft {
            sheet: index + 1,
            ..Draft::default()
        }
    }

    fn area(&self, index: usize) -> Area {
        let [top, bottom, inner, outer] = self.style.margins;
        let left = if self.verso(index) { outer } else { inner };
        Area {
            left,
            width: self.style.paper.0 - inner - outer,
            top,
            bottom: self.style.paper.1 - bottom,
            columns: self.columns,
            foot: true,
            closing: false,
        }
    }

    fn front_page(&mut self, index: usize) {
        let mut draft = self.draft(index);
        match index {
            0 => front::title(&self.style, &mut draft),
            1 => {}
            _ => self.foreword(&mut draft, index),
        }
        draft.gold.number = self.number(index);
        if index > 0 {
            let name = if index == 1 { "Contents" } else { "Foreword" };
            self.dress(&mut draft, index, name, true);
        }
        self.drafts.push(draft);
    }

    /// A page of the foreword, in one column.
    fn foreword(&mut self, draft: &mut Draft, index: usize) {
        let mut area = Area {
            columns: 1,
            ..self.area(index)
        };
        area.closing = index + 1 == self.front;
        if index == 2 {
            let blocks = self
                .flow
                .author
                .headline(&mut self.random, &self.style, "Foreword");
            area.top = self.across(draft, blocks, area) + self.style.leading;
        }
        self.flow.target = f32::MAX;
        self.fill(draft, area);
    }

    fn page(&mut self, index: usize, last: bool) {
        let mut draft = self.draft(index);
        let mut area = self.area(index);
        footing::reserve(
            &mut self.random,
            &self.style,
            &mut draft,
            &mut area,
            self.flow.number,
        );
        let below = area.bottom;
        let due = self.flow.due() && !self.opens_next;
        if !self.flow.is_open()
            && self.flow.queue.is_empty()
            && due
            && self.opening == Opening::Page
        {
            self.opens_next = true;
        }
        if self.opens_next {
            self.opens_next = false;
            self.columns = self.chapter_columns();
            area.columns = self.columns;
            area = self.open_at_top(&mut draft, area, index);
        } else if due && self.opening == Opening::Page && !last {
            area.closing = true;
            area.bottom -= (area.bottom - area.top) * self.random.real(0.0, 0.5);
            self.opens_next = true;
        } else if due && self.opening == Opening::Across && !last {
            area = self.open_below(&mut draft, area, index);
        }
        if draft.countries.is_empty() {
            draft.countries.push(self.flow.author.country());
        }
        self.flow.opens_in_column = self.opening == Opening::Column && !last;
        area.closing |= last;
        let before = draft.countries.len();
        if area.closing {
            self.close(&mut draft, area);
        } else {
            self.fill(&mut draft, area);
        }
        if draft.countries.len() > before {
            self.opened(index);
        }
        self.flow.number += footing::set(&self.style, &mut draft, (area.left, area.width), below);
        draft.gold.number = self.number(index);
        let name = *draft.countries.last().unwrap_or(&"");
        let headless = draft.opens && self.style.blind_openings;
        self.dress(&mut draft, index, name, !headless);
        self.drafts.push(draft);
    }

    /// The columns of a chapter: nearly always those of the book.
    fn chapter_columns(&mut self) -> usize {
        let usual = self.style.columns;
        if usual == 1 || self.random.chance(0.9) {
            return usual;
        }
        if self.style.paper.0 > 590.0 {
            self.random.pick(&[1, 5 - usual])
        } else {
            1
        }
    }

    /// Opens a chapter at the top of a page, over all columns or in the first.
    fn open_at_top(&mut self, draft: &mut Draft, area: Area, index: usize) -> Area {
        draft.opens = true;
        let target = self.target(area);
        self.flow.begin(&mut self.random, &self.style, target);
        self.opened(index);
        draft.countries.push(self.flow.author.country());
        if self.style.side_heads || self.random.chance(0.6) {
            draft.gold.features.push("opens-across-top");
            let blocks = self.flow.queue.drain(..).collect();
            let top = self.across(draft, blocks, area);
            return Area {
                top: top + self.style.leading,
                ..area
            };
        }
        draft.gold.features.push("opens-in-first-column");
        area
    }

    /// Ends a chapter in the upper part of a page and opens the next below.
    fn open_below(&mut self, draft: &mut Draft, area: Area, index: usize) -> Area {
        let tall = area.bottom - area.top;
        let bottom = area.top + tall * self.random.real(0.3, 0.6);
        draft.countries.push(self.flow.author.country());
        let above = Area {
            bottom,
            foot: false,
            closing: true,
            ..area
        };
        let bottom = self.close(draft, above);
        let top = bottom + 2.0 * self.style.leading;
        if self.flow.is_open() {
            return Area { top, ..area };
        }
        draft.opens = true;
        draft.gold.features.push("opens-across-below");
        let target = self.target(area);
        self.flow.begin(&mut self.random, &self.style, target);
        self.opened(index);
        draft.countries.push(self.flow.author.country());
        if self.random.chance(0.4) {
            let rule = Ink::Rule(
                [
                    area.left,
                    top - self.style.leading,
                    area.left + area.width,
                    top - self.style.leading,
                ],
                1.0,
            );
            draft.add(Part::Headline, vec![rule]);
        }
        let blocks = self.flow.queue.drain(..).collect();
        let top = self.across(draft, blocks, Area { top, ..area });
        Area {
            top: top + self.style.leading,
            ..area
        }
    }

    /// Tells of a chapter that was opened, and says how the next will be.
    fn opened(&mut self, index: usize) {
        let country = self.flow.author.country().to_owned();
        self.chapters.push((country, self.number(index), index));
        self.opening = self.random.pick(&self.style.openings);
        let area = self.area(index);
        self.flow.target = self.target(area);
    }

    fn target(&mut self, area: Area) -> f32 {
        (area.bottom - area.top) * area.columns as f32 * self.random.real(0.5, 2.0)
    }

    /// Sets headings over all columns; where they end.
    fn across(&mut self, draft: &mut Draft, blocks: Vec<Block>, area: Area) -> f32 {
        let mut top = area.top;
        let mut inks = Vec::new();
        for block in blocks {
            let (set, end) = block
                .manner
                .paragraph(&block.words, area.left, area.width, top);
            inks.extend(set);
            top = end + block.manner.after;
            let text = block.gold();
            self.flow.pieces.push(Piece {
                kind: block.kind,
                text,
                sheet: draft.sheet,
                marks: Vec::new(),
                features: block.features,
            });
        }
        draft.columns += 1;
        draft.add(Part::Headline, inks);
        top
    }

    /// Ends a chapter in an area; where it ends. Where nothing stands beside the
    /// flow, the columns are mostly made level.
    fn close(&mut self, draft: &mut Draft, area: Area) -> f32 {
        let before = (self.random.clone(), self.flow.clone(), draft.clone());
        self.fill(draft, area);
        let used = self.flow.depth - before.1.depth;
        let level = area.top + used / area.columns as f32 + 1.6 * self.style.leading;
        let alone = draft.beside.len() == before.2.beside.len();
        let short = level < area.bottom - 2.0 * self.style.leading;
        if self.flow.is_open() || area.columns == 1 || !alone || !short || self.random.chance(0.3) {
            return area.bottom;
        }
        let whole = (self.random.clone(), self.flow.clone(), draft.clone());
        (self.random, self.flow, *draft) = before;
        self.fill(
            draft,
            Area {
                bottom: level,
                ..area
            },
        );
        if self.flow.is_open() {
            (self.random, self.flow, *draft) = whole;
            return area.bottom;
        }
        draft.gold.features.push("level-columns");
        level
    }

    /// Plans an area and fills it.
    fn fill(&mut self, draft: &mut Draft, area: Area) {
        let mut plan = Plan::default();
        plan.area(&mut self.random, &self.style, area);
        let leading = self.style.leading;
        let lines: Vec<usize> = plan
            .frames
            .iter()
            .map(|frame| ((frame.bottom - frame.top) / leading) as usize)
            .collect();
        for (index, frame) in plan.frames.iter().enumerate() {
            let later = if frame.closing {
                lines[index + 1..].iter().sum()
            } else {
                0
            };
            self.flow
                .fill(&mut self.random, &self.style, draft, frame, later);
        }
        let rules = plan
            .rules
            .iter()
            .map(|[x, top, bottom]| Ink::Rule([*x, *top, *x, *bottom], 0.4))
            .collect();
        draft.add(Part::Beside, rules);
        for (stamp, left, top) in plan.stamps {
            draft.add(Part::Beside, stamp.placed(left, top));
            draft.gold.features.push(stamp.name);
            draft.gold.furniture.extend(stamp.furniture);
            draft.beside(stamp.pieces);
        }
        draft.gold.features.extend(plan.features);
    }

    fn dress(&self, draft: &mut Draft, index: usize, name: &str, numbered: bool) {
        let letters = self.flow.author.letters();
        let dress = Dress {
            style: &self.style,
            number: numbered.then(|| self.number(index)),
            verso: self.verso(index),
            name,
            letters: &letters,
            headless: draft.opens,
        };
        dress.put(draft);
    }
}
