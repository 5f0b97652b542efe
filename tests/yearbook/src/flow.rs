//! The flow: blocks poured into the frames of pages, line by line.

use super::author::Author;
use super::block::Block;
use super::draft::Draft;
use super::filling::{Filling, Pending, lone};
use super::gold::{Kind, Piece};
use super::ink::Part;
use super::notes::{self, Note};
use super::plan::Frame;
use super::random::Random;
use super::rich::Rest;
use super::style::{Notes, Style};
use std::collections::VecDeque;

/// The flow of a book.
#[derive(Clone)]
pub(super) struct Flow {
    pub(super) author: Author,
    pub(super) pieces: Vec<Piece>,
    pub(super) queue: VecDeque<Block>,
    pending: Option<Pending>,
    /// Points set in the chapter, of all columns.
    pub(super) depth: f32,
    /// Points after which the chapter may end.
    pub(super) target: f32,
    /// Whether the next chapter opens in the column.
    pub(super) opens_in_column: bool,
    pub(super) number: usize,
}

impl Flow {
    pub(super) fn new(author: Author) -> Self {
        Self {
            author,
            pieces: Vec::new(),
            queue: VecDeque::new(),
            pending: None,
            depth: 0.0,
            target: 0.0,
            opens_in_column: false,
            number: 0,
        }
    }

    /// Whether the chapter has its length.
    pub(super) fn due(&self) -> bool {
        self.depth >= self.target
    }

    /// Whether a paragraph goes on after what is set.
    pub(super) fn is_open(&self) -> bool {
        self.pending.is_some()
    }

    /// Begins a chapter with the blocks of its headline.
    pub(super) fn begin(&mut self, random: &mut Random, style: &Style, target: f32) {
        let blocks = self.author.open(random, style);
        self.queue = blocks.into();
        self.depth = 0.0;
        self.target = target;
        if style.notes == Notes::Column && style.year.is_multiple_of(2) {
            self.number = 0;
        }
    }

    /// Fills a frame; `later` is the number of lines in the closing frames after it.
    pub(super) fn fill(
        &mut self,
        random: &mut Random,
        style: &Style,
        draft: &mut Draft,
        frame: &Frame,
        later: usize,
    ) {
        let mut filling = Filling {
            frame,
            top: frame.top,
            bottom: frame.bottom,
            inks: Vec::new(),
            notes: Vec::new(),
            margin: frame.top,
            later,
        };
        if let Some(pending) = &self.pending {
            draft.gold.features.push("goes-on");
            let piece = &mut self.pieces[pending.piece];
            let over = if piece.sheet == draft.sheet {
                "over-column"
            } else {
                "over-page"
            };
            if !pending.first && !piece.features.contains(&over) {
                piece.features.push(over);
            }
        }
        while self.pour(&mut filling) && self.start(random, style, draft, &mut filling) {}
        self.depth += filling.top - frame.top;
        draft.columns += 1;
        draft.add(Part::Column(draft.columns), filling.inks);
        if !filling.notes.is_empty() {
            let place = (frame.left, frame.width);
            let (inks, pieces) =
                notes::set(&filling.notes, style, place, filling.bottom, draft.sheet);
            draft.add(Part::Notes, inks);
            draft.beside(pieces);
            draft.gold.features.push("column-notes");
        }
    }

    /// Sets lines of the block that is begun; whether it is done.
    fn pour(&mut self, filling: &mut Filling) -> bool {
        let Some(mut pending) = self.pending.take() else {
            return true;
        };
        let manner = pending.manner;
        while !pending.rest.is_empty() {
            if filling.top + manner.leading > filling.bottom + 0.01 {
                filling.inks.extend(pending.late.take());
                self.carry(pending);
                return false;
            }
            let (left, width) = filling.frame.line(filling.top, manner.leading);
            let mut inset = if pending.first {
                manner.indent
            } else {
                manner.hang
            };
            if let Some((lines, room)) = &mut pending.beside {
                inset = *room;
                *lines -= 1;
                if *lines == 0 {
                    pending.beside = None;
                }
            }
            if let Some(bullet) = pending.bullet.take() {
                filling.inks.push(lone(
                    bullet,
                    (left + 1.0, manner.baseline(filling.top)),
                    &manner,
                ));
            }
            let width = width - inset - manner.right;
            let line = pending.rest.line(width, manner.breaking());
            filling
                .inks
                .push(manner.put(line, left + inset, width, filling.top));
            filling.top += manner.leading;
            pending.first = false;
        }
        filling.inks.extend(pending.late.take());
        if let Some((lines, _)) = pending.beside {
            // A paragraph that is shorter than its large letter.
            filling.top += lines as f32 * manner.leading;
        }
        filling.top += manner.after;
        let piece = &mut self.pieces[pending.piece];
        if pending.rest.divided.0 > 0 {
            piece.features.push("hyphenated");
        }
        if pending.rest.divided.1 > 0 {
            piece.features.push("own-hyphen-broken");
        }
        true
    }

    fn carry(&mut self, pending: Pending) {
        if !pending.first {
            let piece = &mut self.pieces[pending.piece];
            if !piece.features.contains(&"carried-over") {
                piece.features.push("carried-over");
            }
        }
        self.pending = Some(pending);
    }

    /// Begins the next block if there is room for it; whether it is begun.
    fn start(
        &mut self,
        random: &mut Random,
        style: &Style,
        draft: &mut Draft,
        filling: &mut Filling,
    ) -> bool {
        let at_top = filling.top <= filling.frame.top + 0.01;
        if self.queue.is_empty() {
            if self.due() && !filling.frame.closing && self.opens_in_column && !draft.opens {
                let tall = filling.frame.bottom - filling.frame.top;
                if at_top
                    || filling.bottom - filling.top > tall * 0.3
                        && filling.bottom - filling.top > 120.0
                {
                    draft.opens = true;
                    draft.gold.features.push("opens-in-column");
                    let target = self.target;
                    self.begin(random, style, target);
                    draft.countries.push(self.author.country());
                    return true;
                }
            }
            if filling.frame.closing && filling.lines(style.leading) + filling.later < 12 {
                return false;
            }
            self.queue = self.author.next(random, style);
        }
        let before = if at_top {
            0.0
        } else {
            self.queue[0].manner.before
        };
        let room = self.queue_room(style) + before;
        let lines = filling.lines(style.leading);
        if filling.top + room > filling.bottom {
            return false;
        }
        if filling.frame.closing && !self.trimmed(filling, lines + filling.later) {
            return false;
        }
        filling.top += before;
        let Some(block) = self.queue.pop_front() else {
            return false;
        };
        if block.side {
            self.side(block, draft, filling)
        } else {
            self.begin_block(random, style, block, draft, filling)
        }
        true
    }

    /// Cuts the first block of a closing chapter to what has room; whether
    /// something is left of it.
    fn trimmed(&mut self, filling: &Filling, lines: usize) -> bool {
        let width = filling.frame.width;
        let Some(block) = self.queue.front_mut() else {
            return false;
        };
        if block.kind == Kind::Heading {
            return true;
        }
        let extra = block
            .initial
            .as_ref()
            .map_or(1, |initial| initial.lines + 1);
        while !block.ends.is_empty()
            && Rest::new(&block.words).count(
                width - block.manner.hang - block.manner.right,
                block.manner.breaking(),
            ) + extra
                > lines
        {
            block.cut(block.ends.len() - 1);
        }
        if block.ends.is_empty() {
            self.queue.clear();
            return false;
        }
        true
    }

    /// The room that the first block needs with what must not be parted from it.
    fn queue_room(&self, style: &Style) -> f32 {
        let mut room = 0.0;
        for block in &self.queue {
            if block.kind != Kind::Heading {
                let lines = block
                    .initial
                    .as_ref()
                    .map_or(2, |initial| initial.lines + 1);
                return room + lines as f32 * style.leading;
            }
            if block.side {
                room += 3.0 * style.leading;
                continue;
            }
            let lines = (block.words.len() as f32 / 2.0).ceil().clamp(1.0, 3.0);
            room += block.manner.before + block.manner.after + block.manner.leading * lines;
        }
        room + 3.0 * style.leading
    }

    /// Puts a heading into the margin.
    fn side(&mut self, block: Block, draft: &Draft, filling: &mut Filling) {
        let Some((left, width)) = filling.frame.margin else {
            return;
        };
        filling.top = filling.top.max(filling.margin + 4.0);
        let (inks, end) = block
            .manner
            .paragraph(&block.words, left, width, filling.top);
        filling.margin = end;
        filling.inks.extend(inks);
        self.tell(&block, draft);
    }

    fn tell(&mut self, block: &Block, draft: &Draft) -> usize {
        self.pieces.push(Piece {
            kind: block.kind,
            text: block.gold(),
            sheet: draft.sheet,
            marks: block.marks.clone(),
            features: block.features.clone(),
        });
        self.pieces.len() - 1
    }

    fn begin_block(
        &mut self,
        random: &mut Random,
        style: &Style,
        mut block: Block,
        draft: &mut Draft,
        filling: &mut Filling,
    ) {
        if matches!(block.kind, Kind::Paragraph) && block.initial.is_none() && random.chance(0.4) {
            self.annotate(random, style, &mut block, draft, filling);
        }
        let piece = self.tell(&block, draft);
        let mut pending = Pending {
            rest: Rest::new(&block.words),
            manner: block.manner,
            piece,
            first: true,
            bullet: block.bullet.take(),
            beside: None,
            late: None,
        };
        if let Some(initial) = block.initial {
            let (ink, room) = filling.letter(&initial, &block.manner);
            pending.beside = Some((initial.lines, room));
            if initial.late {
                pending.late = Some(ink)
            } else {
                filling.inks.push(ink)
            }
        }
        self.pending = Some(pending);
    }

    /// Puts the mark of a note into a paragraph, if the line that takes it and
    /// the note have room.
    fn annotate(
        &mut self,
        random: &mut Random,
        style: &Style,
        block: &mut Block,
        draft: &mut Draft,
        filling: &mut Filling,
    ) {
        let Some(&end) = block.ends.first() else {
            return;
        };
        let manner = block.manner;
        let index = if random.chance(0.6) {
            end
        } else {
            random.between(2, end)
        } - 1;
        let lines =
            Rest::new(&block.words[..=index]).count(filling.frame.width, manner.breaking()) + 1;
        let needed = filling.top + lines as f32 * manner.leading;
        let note = match style.notes {
            Notes::Absent => return,
            Notes::Page => {
                if needed > filling.bottom {
                    return;
                }
                let Some(note) = draft.waiting.pop_front() else {
                    return;
                };
                draft.notes.push(note.clone());
                note
            }
            Notes::Column => {
                if !filling.frame.foot || filling.frame.closing {
                    return;
                }
                let note = Note::new(random, style, self.number + 1);
                let rule = if filling.notes.is_empty() {
                    notes::RULE
                } else {
                    0.0
                };
                let height = note.height(style, filling.frame.width) + rule;
                if needed > filling.bottom - height || filling.notes.len() > 3 {
                    return;
                }
                filling.bottom -= height;
                filling.notes.push(note.clone());
                self.number += 1;
                note
            }
        };
        block.words[index].mark(note.raised(style));
        block.marks.push(note.mark);
        block.features.push("note-mark");
    }
}
