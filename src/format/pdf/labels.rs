//! What the file calls its pages: the number tree `PageLabels` of its catalog
//! (ISO 32000-1, 12.4.2).

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};

use super::metadata;

/// The most nodes of the number tree that are read.
const MOST: usize = 20_000;

/// How deep the number tree may be.
const DEEPEST: usize = 16;

/// What the file calls a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    /// A number alone.
    Number(u32),
    /// Roman numerals, letters, a number with a prefix.
    Other(String),
}

/// A stretch of pages with labels of one kind.
struct Stretch {
    /// The place (from 0) of its first page.
    from: usize,
    prefix: String,
    /// `D`, `R`, `r`, `A`, `a`, or nothing.
    style: Option<char>,
    first: u32,
}

/// The labels of all pages; none where the file has none.
pub(super) fn of(pdf: &Pdf) -> Vec<Label> {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let tree = catalog.and_then(|catalog| catalog.get::<Dict<'_>>(b"PageLabels"));
    let mut stretches = Vec::new();
    if let Some(tree) = tree {
        let mut left = MOST;
        gather(&tree, DEEPEST, &mut left, &mut stretches);
    }
    stretches.sort_by_key(|stretch| stretch.from);
    if stretches.first().is_none_or(|first| first.from > 0) {
        return Vec::new();
    }
    let label = |place: usize| {
        let stretch = stretches.iter().rev().find(|stretch| stretch.from <= place);
        stretch.map(|stretch| stretch.label(place))
    };
    (0..pdf.pages().len()).filter_map(label).collect()
}

/// Gathers the stretches of a node of the tree.
fn gather(node: &Dict<'_>, depth: usize, left: &mut usize, stretches: &mut Vec<Stretch>) {
    if let Some(kids) = node.get::<Array<'_>>(b"Kids").filter(|_| depth > 0) {
        for kid in kids.iter::<Dict<'_>>() {
            if *left == 0 {
                return;
            }
            *left -= 1;
            gather(&kid, depth - 1, left, stretches);
        }
    }
    let Some(pairs) = node.get::<Array<'_>>(b"Nums") else {
        return;
    };
    let mut from = None;
    for object in pairs.iter::<Object<'_>>() {
        match (object, from.take()) {
            (Object::Number(number), None) => from = usize::try_from(number.as_i64()).ok(),
            (Object::Dict(dict), Some(from)) => stretches.push(stretch(from, &dict)),
            _ => {}
        }
    }
}

fn stretch(from: usize, dict: &Dict<'_>) -> Stretch {
    let prefix = dict.get::<PdfString<'_>>(b"P");
    let style = dict.get::<Name<'_>>(b"S");
    let first = dict.get::<u32>(b"St").unwrap_or(1);
    Stretch {
        from,
        prefix: prefix.map_or(String::new(), |text| metadata::decode(text.as_bytes())),
        style: style.and_then(|name| name.as_str().chars().next()),
        first: first.max(1),
    }
}

impl Stretch {
    fn label(&self, place: usize) -> Label {
        let number = self.first.saturating_add((place - self.from) as u32);
        let numeral = match self.style {
            Some('D') if self.prefix.is_empty() => return Label::Number(number),
            Some('D') => number.to_string(),
            Some('R') => roman(number).to_uppercase(),
            Some('r') => roman(number),
            Some('A' | 'a') => letters(number),
            _ => String::new(),
        };
        Label::Other(format!("{}{numeral}", self.prefix))
    }
}

/// A number in Roman numerals; those from 4,000 on are written in digits.
fn roman(number: u32) -> String {
    const NUMERALS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number >= 4000 {
        return number.to_string();
    }
    let mut left = number;
    let mut text = String::new();
    for (value, numeral) in NUMERALS {
        while left >= value {
            text.push_str(numeral);
            left -= value;
        }
    }
    text
}

/// `a` to `z`, then `aa` to `zz`, as the standard counts.
fn letters(number: u32) -> String {
    let place = number.saturating_sub(1);
    let letter = char::from(b'a' + (place % 26) as u8);
    std::iter::repeat_n(letter, (place / 26 + 1).min(20) as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_count_in_their_style() {
        let stretch = |style, prefix: &str, first| Stretch {
            from: 2,
            prefix: prefix.to_owned(),
            style,
            first,
        };
        let other = |text: &str| Label::Other(text.to_owned());
        assert_eq!(stretch(Some('D'), "", 51).label(4), Label::Number(53));
        assert_eq!(stretch(Some('r'), "", 8).label(3), other("ix"));
        assert_eq!(stretch(Some('D'), "A-", 1).label(2), other("A-1"));
        assert_eq!(stretch(Some('a'), "", 27).label(2), other("aa"));
        assert_eq!(stretch(None, "cover", 1).label(2), other("cover"));
    }
}
