//! The pages before the first chapter: a title page and the contents.

use super::draft::Draft;
use super::gold::{Kind, Piece};
use super::ink::{Ink, Part, width};
use super::random::Random;
use super::rich::{Word, words};
use super::setting::{Align, Manner, Stamp};
use super::style::Style;

/// The title page.
pub(super) fn title(style: &Style, draft: &mut Draft) {
    let wide = style.paper.0 - 140.0;
    let mut stamp = Stamp::new("title-page", wide);
    let large = heading(style, 32.0);
    stamp.add(
        Kind::Heading,
        &words(&style.title, style.heads.bold),
        &large,
        0.0,
    );
    let small = heading(style, 13.0);
    stamp.add(
        Kind::Heading,
        &words(
            "Office for the Monitoring of Justice and Labour",
            style.heads.plain,
        ),
        &small,
        0.0,
    );
    stamp.add(
        Kind::Heading,
        &words(&format!("Published in {}", style.year), style.text.plain),
        &small,
        0.0,
    );
    draft.add(Part::Headline, stamp.placed(70.0, style.paper.1 * 0.3));
    draft.beside(stamp.pieces);
    draft.gold.features.push("title-page");
}

fn heading(style: &Style, size: f32) -> Manner {
    Manner {
        size,
        leading: size * 1.15,
        space: style.heads.space(),
        align: Align::Left,
        hyphens: false,
        indent: 0.0,
        hang: 0.0,
        right: 0.0,
        before: size * 0.3,
        after: size * 0.6,
    }
}

/// The contents: chapters with leaders and numbers.
pub(super) fn contents(
    random: &mut Random,
    style: &Style,
    draft: &mut Draft,
    from: f32,
    chapters: &[(String, String, usize)],
) {
    let [top, bottom, inner, _] = style.margins;
    let columns = if chapters.len() > 12 && random.chance(0.6) {
        2
    } else {
        1
    };
    let whole = style.paper.0 - inner - style.margins[3];
    let wide = (whole - 18.0 * (columns - 1) as f32) / columns as f32;
    let mut inks = Vec::new();
    let mut pieces = Vec::new();
    let head = heading(style, style.headline);
    let (title, end) = head.paragraph(&words("Contents", style.heads.bold), from, whole, top);
    inks.extend(title);
    pieces.push(piece(Kind::Heading, "Contents".to_owned()));
    let step = (style.leading * 1.3)
        .min((style.paper.1 - bottom - end - 12.0) / chapters.len().max(1) as f32 * columns as f32);
    let each = chapters.len().div_ceil(columns).max(1);
    let spaced = random.chance(0.6);
    for (index, (name, number, _)) in chapters.iter().enumerate() {
        let left = from + (wide + 18.0) * (index / each) as f32;
        let y = end + 24.0 + step * (index % each) as f32;
        inks.extend(entry(style, (left, wide), y, (name, number), spaced));
        pieces.push(piece(Kind::Row, format!("{name} {number}")));
    }
    draft.add(Part::Column(1), inks);
    draft.beside(pieces);
    draft.gold.features.push("contents");
}

fn entry(
    style: &Style,
    (left, wide): (f32, f32),
    y: f32,
    (name, number): (&str, &str),
    spaced: bool,
) -> Vec<Ink> {
    let face = style.text.plain;
    let (size, space) = (style.size, style.text.space());
    let (name, number) = (words(name, face), words(number, face));
    let number_at = left + wide - width(&number, size, space);
    let from = left + width(&name, size, space) + 4.0;
    let dots: Vec<Word> = leaders(style, number_at - 4.0 - from, spaced);
    let dots_at = number_at - 4.0 - width(&dots, size, space);
    let mut inks = vec![Ink::words(&name, (left, y), size, space)];
    if !dots.is_empty() {
        inks.push(Ink::words(&dots, (dots_at, y), size, space));
    }
    inks.push(Ink::words(&number, (number_at, y), size, space));
    inks
}

/// Dots in a width, with spaces between or none.
fn leaders(style: &Style, wide: f32, spaced: bool) -> Vec<Word> {
    let face = style.text.plain;
    let dot = face.width(".") * style.size;
    if spaced {
        let count = (wide / (dot + style.text.space() * style.size)).max(0.0) as usize;
        return (0..count).map(|_| Word::new(".", face)).collect();
    }
    let count = (wide / dot).max(0.0) as usize;
    if count == 0 {
        Vec::new()
    } else {
        vec![Word::new(&".".repeat(count), face)]
    }
}

fn piece(kind: Kind, text: String) -> Piece {
    Piece {
        kind,
        text,
        sheet: 0,
        marks: Vec::new(),
        features: vec!["contents"],
    }
}
