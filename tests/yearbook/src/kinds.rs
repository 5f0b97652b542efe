//! Blocks of each kind: items, headings, facts, quotations and first paragraphs.

use super::block::{Block, Initial, body, plain};
use super::font::Face;
use super::gold::Kind;
use super::prose;
use super::random::Random;
use super::rich::{Run, Word, tracked, words};
use super::setting::{Align, Manner};
use super::style::{Section, Style};
use super::wordlists as lists;

pub(super) fn item(random: &mut Random, style: &Style, label: Run, last: bool) -> Block {
    let count = random.between(1, 2);
    let sentences = prose::sentences(random, style.tongue, 1, count);
    let mut block = body(Kind::Item, &sentences, style);
    let hang = style.size * if label.width() > 0.8 { 1.7 } else { 1.3 };
    block.manner.indent = hang;
    block.manner.hang = hang;
    block.manner.after = if last {
        style.leading * 0.5
    } else {
        style.leading * 0.15
    };
    block.features.push(
        if label.text.len() > 1 && label.face == style.text.plain && label.text.is_ascii() {
            "lettered"
        } else {
            "bulleted"
        },
    );
    block.bullet = Some(label);
    block
}

/// A paragraph that is set in from both sides.
pub(super) fn block_quote(random: &mut Random, style: &Style) -> Block {
    let sentences = prose::sentences(random, style.tongue, 1, 2);
    let mut block = body(Kind::Paragraph, &sentences, style);
    let inset = style.size * 1.6;
    let size = (style.size * 9.3).round() / 10.0;
    let gap = style.leading * 0.5;
    block.manner = Manner {
        size,
        leading: size * 1.18,
        indent: inset,
        hang: inset,
        right: inset * 0.8,
        before: gap,
        after: gap,
        ..block.manner
    };
    block.features.push("block-quote");
    block
}

/// A short line above a headline.
pub(super) fn kicker(random: &mut Random, style: &Style) -> Block {
    let text = random.pick(&[
        "COUNTRY REPORT",
        "Regional survey",
        "AT A GLANCE",
        "Part Two",
    ]);
    let size = style.size * 0.9;
    let manner = Manner {
        size,
        leading: size * 1.2,
        before: style.leading * 1.6,
        space: style.heads.space(),
        ..plain(style)
    };
    let mut block = Block::heading(tracked(words(text, style.heads.plain), 0.08), manner);
    block.features.push("kicker");
    block
}

/// Lines with a bold name and a fact.
pub(super) fn facts(random: &mut Random, style: &Style) -> Vec<Block> {
    let mut blocks: Vec<Block> = lists::FACTS
        .iter()
        .map(|(name, fact)| {
            let fact = prose::finish(random, style.tongue, fact, false);
            let mut all = words(name, style.heads.bold);
            all.extend(words(&fact, style.heads.plain));
            let size = style.size * 0.95;
            let manner = Manner {
                size,
                leading: size * 1.2,
                hang: size,
                space: style.heads.space(),
                ..plain(style)
            };
            let mut block = Block {
                kind: Kind::Paragraph,
                ..Block::heading(all, manner)
            };
            block.features.push("fact");
            block
        })
        .collect();
    if let Some(last) = blocks.last_mut() {
        last.manner.after = style.leading * 0.7;
    }
    blocks
}

/// A first paragraph in larger letters.
pub(super) fn standfirst(random: &mut Random, style: &Style) -> Block {
    let sentences = prose::sentences(random, style.tongue, 1, 2);
    let mut block = body(Kind::Paragraph, &sentences, style);
    let size = (style.size * 12.5).round() / 10.0;
    block.manner = Manner {
        size,
        leading: size * 1.2,
        after: style.leading * 0.8,
        hyphens: false,
        ..plain(style)
    };
    block.features.push("standfirst");
    block
}

pub(super) fn subsection(title: &str, style: &Style) -> Block {
    let manner = Manner {
        before: style.leading * 0.2,
        after: style.leading * 0.2,
        space: style.heads.space(),
        ..plain(style)
    };
    let mut block = Block::heading(words(title, style.heads.slanted), manner);
    block.features.push("subsection");
    block
}

pub(super) fn section(title: &str, style: &Style, random: &mut Random) -> Block {
    let face = style.heads.bold;
    let words = match style.section {
        Section::Bold => words(title, face),
        Section::Slanted => words(title, style.heads.slanted),
        Section::Capitals => tracked(words(&title.to_uppercase(), face), style.tracks.1),
        Section::SmallCapitals => title
            .to_uppercase()
            .split(' ')
            .map(|word| small_capitals(word, face))
            .collect(),
    };
    let size = style.size
        * if style.side_heads {
            1.05
        } else {
            random.pick(&[1.0, 1.15, 1.3])
        };
    let manner = Manner {
        size,
        leading: size * 1.15,
        space: style.heads.space(),
        align: Align::Left,
        hyphens: false,
        indent: 0.0,
        hang: 0.0,
        right: 0.0,
        before: style.leading * 0.8,
        after: style.leading * 0.3,
    };
    let mut block = Block::heading(words, manner);
    block.side = style.side_heads;
    block.features.push(if style.side_heads {
        "side-heading"
    } else {
        "section"
    });
    block
}

fn small_capitals(word: &str, face: Face) -> Word {
    let mut chars = word.chars();
    let first: String = chars.next().into_iter().collect();
    let runs = vec![
        Run::new(first, face),
        Run::new(chars.as_str(), face).scaled(0.8, 0.0),
    ];
    Word {
        runs: runs
            .into_iter()
            .filter(|run| !run.text.is_empty())
            .collect(),
        gold: word.to_owned(),
    }
}

pub(super) fn run_in(block: &mut Block, title: &str, style: &Style) {
    let mut head = words(&format!("{title}."), style.text.bold);
    let count = head.len();
    head.append(&mut block.words);
    block.words = head;
    block.ends.iter_mut().for_each(|end| *end += count);
    block.features.push("run-in");
}

pub(super) fn plain_capital(word: &Word) -> bool {
    word.runs.len() == 1
        && word.runs[0].text.chars().count() > 1
        && word.runs[0]
            .text
            .chars()
            .next()
            .is_some_and(char::is_alphabetic)
}

/// Takes the first letter off and makes it large; in some chapters the words
/// after it are in capitals.
pub(super) fn drop_cap(block: &mut Block, style: &Style, random: &mut Random) {
    let face = random.pick(&[style.heads.bold, style.text.plain, style.heads.plain]);
    let mut chars = block.words[0].runs[0].text.chars();
    let letter: String = chars.next().into_iter().collect();
    block.words[0].runs[0].text = chars.as_str().to_owned();
    let capitals = random.pick(&[0, 0, 1, 3]);
    for word in block.words.iter_mut().take(capitals) {
        word.gold = word.gold.to_uppercase();
        for run in &mut word.runs {
            run.text = run
                .text
                .replace('\u{fb01}', "fi")
                .replace('\u{fb02}', "fl")
                .to_uppercase();
        }
    }
    block.initial = Some(Initial {
        letter: Run::new(letter, face),
        lines: style.drop,
        late: random.chance(0.3),
    });
    block.features.push("drop-cap");
}
