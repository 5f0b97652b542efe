//! The author, who writes the blocks of a chapter one after the other.

use super::block::{Block, body};
use super::gold::Kind;
use super::kinds;
use super::names;
use super::prose;
use super::random::Random;
use super::rich::{Run, Word, tracked, words};
use super::setting::{Align, Manner};
use super::style::Style;
use super::wordlists as lists;
use std::collections::VecDeque;

/// Writes chapters.
#[derive(Clone)]
pub(super) struct Author {
    countries: Vec<&'static str>,
    chapter: usize,
    /// Paragraphs since the last heading of a section.
    since_heading: usize,
    sections: Vec<&'static str>,
    paragraph: usize,
    next_is_first: bool,
}

impl Author {
    /// An author of countries in order, beginning anywhere.
    pub(super) fn new(random: &mut Random) -> Self {
        let from = random.below(names::COUNTRIES.len());
        let countries = names::COUNTRIES
            .iter()
            .cycle()
            .skip(from)
            .copied()
            .take(names::COUNTRIES.len())
            .collect();
        Self {
            countries,
            chapter: 0,
            since_heading: 0,
            sections: lists::SECTIONS.to_vec(),
            paragraph: 0,
            next_is_first: false,
        }
    }

    /// The country of the chapter.
    pub(super) fn country(&self) -> &'static str {
        self.countries[self.chapter.saturating_sub(1) % self.countries.len()]
    }

    /// All first letters of the countries up to the chapter and a few after.
    pub(super) fn letters(&self) -> Vec<char> {
        let mut letters: Vec<char> = self
            .countries
            .iter()
            .take(self.chapter + 6)
            .filter_map(|country| country.chars().next())
            .collect();
        letters.dedup();
        letters
    }

    /// Begins the next chapter: its headline and, in some books, the line below.
    pub(super) fn open(&mut self, random: &mut Random, style: &Style) -> Vec<Block> {
        self.chapter += 1;
        self.since_heading = 0;
        self.next_is_first = true;
        self.sections = lists::SECTIONS.to_vec();
        random.shuffle(&mut self.sections);
        let country = self.country();
        self.headline(random, style, country)
    }

    /// A headline and, in some books, the line below it.
    pub(super) fn headline(
        &mut self,
        random: &mut Random,
        style: &Style,
        text: &str,
    ) -> Vec<Block> {
        self.next_is_first = true;
        let manner = Manner {
            size: style.headline,
            leading: style.headline * 1.08,
            space: style.heads.space(),
            align: Align::Left,
            hyphens: false,
            indent: 0.0,
            hang: 0.0,
            right: 0.0,
            before: style.leading * 1.6,
            after: style.leading * 0.5,
        };
        let text = if random.chance(0.3) {
            text.to_uppercase()
        } else {
            text.to_owned()
        };
        let mut head = Block::heading(
            tracked(words(&text, style.heads.bold), style.tracks.0),
            manner,
        );
        head.features.push("headline");
        let mut blocks = Vec::new();
        if style.kicker {
            blocks.push(kinds::kicker(random, style));
            head.manner.before = 0.0;
        }
        blocks.push(head);
        if style.deck {
            let text = random.pick(&lists::DECKS);
            let text = prose::finish(random, style.tongue, text, false);
            let face = if random.chance(0.5) {
                style.heads.slanted
            } else {
                style.heads.plain
            };
            let size = style.size * 1.25;
            let manner = Manner {
                size,
                leading: size * 1.15,
                before: 0.0,
                after: style.leading * 0.6,
                ..manner
            };
            let mut deck = Block::heading(words(&text, face), manner);
            deck.features.push("deck");
            blocks.push(deck);
        }
        if style.facts {
            blocks.extend(kinds::facts(random, style));
        }
        if style.standfirst {
            blocks.push(kinds::standfirst(random, style));
        }
        blocks
    }

    /// What follows in the chapter: a paragraph with what stands above it, or a list.
    pub(super) fn next(&mut self, random: &mut Random, style: &Style) -> VecDeque<Block> {
        let mut blocks = VecDeque::new();
        if self.next_is_first {
            self.next_is_first = false;
            blocks.push_back(self.first(random, style));
            return blocks;
        }
        self.since_heading += 1;
        if self.since_heading > 1 && random.chance(0.16) {
            blocks.extend(self.list(random, style));
            return blocks;
        }
        if self.since_heading > 1 && random.chance(0.05) {
            blocks.push_back(kinds::block_quote(random, style));
            return blocks;
        }
        let mut paragraph = self.paragraph(random, style);
        if self.since_heading > 1 && random.chance(if style.side_heads { 0.6 } else { 0.35 }) {
            self.since_heading = 0;
            let title = self.sections.pop().unwrap_or("Other Developments");
            if !style.side_heads && random.chance(style.run_in) {
                kinds::run_in(&mut paragraph, title, style);
            } else {
                blocks.push_back(kinds::section(title, style, random));
                if !style.side_heads && random.chance(0.15) {
                    let below = random.pick(&lists::SUBSECTIONS);
                    blocks.push_back(kinds::subsection(below, style));
                }
                if style.indent > 0.0 && random.chance(0.5) {
                    paragraph.manner.indent = 0.0;
                }
            }
        }
        blocks.push_back(paragraph);
        blocks
    }

    fn first(&mut self, random: &mut Random, style: &Style) -> Block {
        let mut block = self.paragraph(random, style);
        block.manner.indent = 0.0;
        if style.drop > 0 && block.words.first().is_some_and(kinds::plain_capital) {
            kinds::drop_cap(&mut block, style, random);
        }
        block
    }

    fn paragraph(&mut self, random: &mut Random, style: &Style) -> Block {
        let count = if style.columns == 3 { (2, 4) } else { (2, 5) };
        let sentences = prose::sentences(random, style.tongue, count.0, count.1);
        let mut block = body(Kind::Paragraph, &sentences, style);
        if style.numbered {
            self.paragraph += 1;
            block.words.insert(
                0,
                Word::new(&format!("{}.", self.paragraph), style.text.plain),
            );
            block.ends.iter_mut().for_each(|end| *end += 1);
            block.features.push("numbered");
        }
        block
    }

    fn list(&mut self, random: &mut Random, style: &Style) -> Vec<Block> {
        let count = random.between(2, 5);
        let sign = random.below(4);
        let label = |index: usize| match sign {
            0 => Run::new(
                format!("({})", char::from(b'a' + index as u8)),
                style.text.plain,
            ),
            1 if !style.numbered => Run::new(format!("{}.", index + 1), style.text.plain),
            _ => Run::new(style.bullet.1.to_string(), style.bullet.0),
        };
        (0..count)
            .map(|index| kinds::item(random, style, label(index), index + 1 == count))
            .collect()
    }
}
