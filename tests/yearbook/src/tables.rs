//! What stands beside the flow: tables, and figures with bars.

use super::block::body_manner;
use super::gold::Kind;
use super::ink::{Ink, Set, Turn, width as width_of};
use super::names;
use super::prose;
use super::random::Random;
use super::rich::{Run, Word, words};
use super::setting::{Align, Manner, Stamp};
use super::style::Style;
use super::wordlists as lists;

const MEASURES: [&str; 8] = [
    "Cases",
    "Trials",
    "Convictions",
    "Victims",
    "Shelters",
    "Appeals",
    "Permits",
    "Budget",
];

/// A table of three to six columns; a caption above.
pub(super) fn table(random: &mut Random, style: &Style, width: f32) -> Stamp {
    let mut stamp = Stamp::new("table", width);
    let size = style.size * 0.9;
    let manner = small(style, size);
    caption(&mut stamp, random, style, "Table", &manner);
    let columns = random.between(3, if width > 300.0 { 6 } else { 4 });
    let first = (width * 0.4).min(150.0);
    let step = (width - first - 4.0) / (columns - 1) as f32;
    let mut measures: Vec<&str> = MEASURES.to_vec();
    random.shuffle(&mut measures);
    measures.retain(|measure| style.text.bold.width(measure) * size < step - 4.0);
    let years = measures.len() < columns - 1;
    let header: Vec<String> = (0..columns)
        .map(|index| match index {
            0 => "Country".to_owned(),
            _ if years => (style.year - columns + index).to_string(),
            _ => measures[index - 1].to_owned(),
        })
        .collect();
    let ruled = random.chance(0.6);
    let grid = ruled && random.chance(0.4);
    let top = stamp.height;
    let rows = random.between(4, 9);
    rule(&mut stamp, ruled);
    row(&mut stamp, &header, style.text.bold, (first, step), &manner);
    rule(&mut stamp, ruled);
    for _ in 0..rows {
        let mut cells = vec![random.pick(&names::COUNTRIES).to_owned()];
        if random.chance(0.1) {
            cells[0] = format!("{} and {}", cells[0], random.pick(&names::COUNTRIES));
        }
        cells.extend((1..columns).map(|_| cell(random)));
        row(&mut stamp, &cells, style.text.plain, (first, step), &manner);
        rule(&mut stamp, grid);
    }
    rule(&mut stamp, ruled && !grid);
    if grid {
        let bottom = stamp.height;
        for index in 0..=columns {
            let x = if index == 0 {
                0.0
            } else {
                first + step * (index - 1) as f32 + 4.0
            };
            stamp.inks.push(Ink::Rule([x, top, x, bottom], 0.4));
        }
    }
    stamp.height += 2.0;
    stamp
}

fn small(style: &Style, size: f32) -> Manner {
    Manner {
        size,
        leading: size * 1.25,
        align: Align::Left,
        hyphens: false,
        indent: 0.0,
        hang: 0.0,
        right: 0.0,
        before: 0.0,
        after: size * 0.3,
        ..body_manner(style)
    }
}

fn caption(stamp: &mut Stamp, random: &mut Random, style: &Style, what: &str, manner: &Manner) {
    let section = random.pick(&lists::SECTIONS);
    let text = format!(
        "{what} {}. {section} in selected countries, {}",
        random.between(1, 40),
        style.year
    );
    stamp.add(Kind::Caption, &words(&text, style.heads.bold), manner, 0.0);
}

fn rule(stamp: &mut Stamp, wanted: bool) {
    if wanted {
        stamp.inks.push(Ink::Rule(
            [0.0, stamp.height, stamp.width, stamp.height],
            0.4,
        ));
        stamp.height += 1.0;
    }
}

fn row(
    stamp: &mut Stamp,
    cells: &[String],
    face: super::font::Face,
    (first, step): (f32, f32),
    manner: &Manner,
) {
    let baseline = manner.baseline(stamp.height);
    let names = words(&cells[0], face);
    let hanging = Manner {
        hang: manner.size,
        ..*manner
    };
    let (inks, end) = hanging.paragraph(&names, 3.0, first - 8.0, stamp.height);
    stamp.inks.extend(inks);
    for (index, text) in cells.iter().enumerate().skip(1) {
        let cell: Vec<Word> = words(text, face);
        let left = first + step * index as f32 - width_of(&cell, manner.size, manner.space);
        stamp.inks.push(Ink::words(
            &cell,
            (left, baseline),
            manner.size,
            manner.space,
        ));
    }
    stamp.height = end;
    stamp.say(Kind::Row, cells.join(" "));
}

fn cell(random: &mut Random) -> String {
    match random.below(8) {
        0 => "–".to_owned(),
        1 => format!("{}%", random.between(1, 99)),
        2 => format!("{}.{}", random.between(1, 99), random.below(10)),
        3 => format!("{},{:03}", random.between(1, 9), random.below(1_000)),
        _ => random.between(0, 990).to_string(),
    }
}

/// The title of an axis, turned.
fn axis_title(title: &str, face: super::font::Face, size: f32, tall: f32) -> Ink {
    let words: Vec<Vec<Run>> = title
        .split(' ')
        .map(|word| vec![Run::new(word, face)])
        .collect();
    Ink::Text(Set {
        words,
        at: (6.0, tall * 0.9),
        size,
        space: size * 0.27,
        extra: 0.0,
        turn: Turn::Up,
        grey: 0.0,
    })
}

/// Bars over an axis, with a caption below.
pub(super) fn figure(random: &mut Random, style: &Style, width: f32) -> Stamp {
    let mut stamp = Stamp::new("figure", width);
    let size = 7.0;
    let tall = random.real(80.0, 120.0);
    let left = 26.0;
    let unit = random.pick(&[10, 20, 50, 250]);
    let face = style.heads.plain;
    if random.chance(0.3) {
        let title = random.pick(&["Number of cases", "Thousands", "Per cent of all trials"]);
        stamp.inks.push(axis_title(title, face, size, tall));
        stamp.furniture.push(title.to_owned());
    }
    for step in 0..=4 {
        let label = (unit * step).to_string();
        let y = tall - tall * step as f32 / 4.5;
        let word = words(&label, face);
        let x = left - 4.0 - width_of(&word, size, 0.25);
        stamp.inks.push(Ink::words(&word, (x, y + 2.5), size, 0.25));
        stamp.furniture.push(label);
    }
    stamp.inks.push(Ink::Rule([left, 0.0, left, tall], 0.5));
    stamp.inks.push(Ink::Rule([left, tall, width, tall], 0.5));
    let bars = ((width - left) / 42.0) as usize;
    let step = (width - left) / bars as f32;
    for index in 0..bars {
        let high = tall * random.real(0.1, 0.9);
        let x = left + step * index as f32 + step * 0.2;
        stamp
            .inks
            .push(Ink::Fill([x, tall - high, step * 0.6, high], 0.55));
        let label = (style.year + index - bars).to_string();
        stamp.inks.push(Ink::words(
            &words(&label, face),
            (x, tall + 9.0),
            size,
            0.25,
        ));
        stamp.furniture.push(label);
    }
    stamp.height = tall + 14.0;
    let manner = small(style, style.size * 0.9);
    caption(&mut stamp, random, style, "Figure", &manner);
    if random.chance(0.5) {
        let source = prose::finish(
            random,
            style.tongue,
            "Source: Ministry of Labour, @; own calculations",
            true,
        );
        let manner = small(style, style.size * 0.8);
        stamp.add(
            Kind::Caption,
            &words(&source, style.text.plain),
            &manner,
            0.0,
        );
    }
    stamp
}
