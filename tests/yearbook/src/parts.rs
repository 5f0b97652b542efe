//! What stands beside the flow: boxes and pull quotes.

use super::block::body_manner;
use super::gold::Kind;
use super::ink::Ink;
use super::names;
use super::prose;
use super::random::Random;
use super::rich::{Word, ligate, marked_up, words};
use super::setting::{Align, Manner, Stamp};
use super::style::{ROMAN, SANS, Style};
use super::wordlists as lists;

/// A box of one to three paragraphs with a title, framed or tinted.
pub(super) fn boxed(random: &mut Random, style: &Style, width: f32) -> Stamp {
    let mut stamp = Stamp::new("box", width);
    let other = if style.text == ROMAN { SANS } else { ROMAN };
    let family = random.pick(&[style.text, style.heads, other]);
    let inset = random.real(6.0, 10.0);
    stamp.height = inset;
    let size = style.size * random.real(0.88, 1.0);
    let manner = Manner {
        size,
        leading: size * 1.2,
        space: family.space(),
        indent: 0.0,
        after: size * 0.4,
        ..body_manner(style)
    };
    let title = box_title(random);
    let heading = Manner {
        size: size * 1.2,
        leading: size * 1.4,
        align: Align::Left,
        hyphens: false,
        ..manner
    };
    stamp.add(Kind::Box, &words(&title, family.bold), &heading, inset);
    for _ in 0..random.between(1, if width > 300.0 { 3 } else { 2 }) {
        let text = prose::sentences(random, style.tongue, 2, 4).join(" ");
        let mut text = marked_up(&text, family.plain, family.slanted);
        if style.ligatures {
            ligate(&mut text);
        }
        stamp.add(Kind::Box, &text, &manner, inset);
    }
    stamp.height += inset * 0.5;
    let area = [0.0, 0.0, width, stamp.height];
    let ground = match random.below(3) {
        0 => vec![Ink::Outline(area, 0.75)],
        1 => vec![Ink::Fill(area, 0.88)],
        _ => vec![Ink::Fill(area, 0.92), Ink::Outline(area, 0.5)],
    };
    stamp.inks.splice(0..0, ground);
    stamp
}

fn box_title(random: &mut Random) -> String {
    let section = random.pick(&lists::SECTIONS);
    match random.below(3) {
        0 => format!("Box {}: {section} in Perspective", random.between(1, 9)),
        1 => format!("{section}: A Closer Look"),
        _ => format!("How {} Changed", random.pick(&names::COUNTRIES)),
    }
}

/// A sentence in large italics between two rules.
pub(super) fn quote(random: &mut Random, style: &Style, width: f32) -> Stamp {
    let mut stamp = Stamp::new("quote", width);
    let family = random.pick(&[style.text, style.heads]);
    let size = random.real(14.0, 18.0).min(width / 8.0);
    let manner = Manner {
        size,
        leading: size * 1.2,
        space: family.space(),
        align: random.pick(&[Align::Left, Align::Middle]),
        hyphens: false,
        indent: 0.0,
        hang: 0.0,
        right: 0.0,
        before: size * 0.25,
        after: size * 0.4,
    };
    let said = {
        let saying = random.pick(&lists::SAYINGS);
        prose::finish(random, style.tongue, saying, true)
    };
    let (open, close) = if style.tongue.curly {
        ("“", "”")
    } else {
        ("\"", "\"")
    };
    let text: Vec<Word> = words(&format!("{open}{said}{close}"), family.slanted);
    stamp.add(Kind::Quote, &text, &manner, 2.0);
    if random.chance(0.5) {
        let small = Manner {
            size: style.size,
            leading: style.leading,
            before: 0.0,
            ..manner
        };
        let person = random.pick(&names::PEOPLE);
        let place = random.pick(&names::PLACES);
        stamp.add(
            Kind::Quote,
            &words(&format!("– {person}, {place}"), family.plain),
            &small,
            2.0,
        );
    }
    if random.chance(0.75) {
        let weight = random.pick(&[0.5, 1.0, 2.0]);
        stamp.inks.push(Ink::Rule([0.0, 0.0, width, 0.0], weight));
        stamp
            .inks
            .push(Ink::Rule([0.0, stamp.height, width, stamp.height], weight));
    }
    stamp
}
