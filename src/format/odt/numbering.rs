//! The numbers that stand before the items of lists and before headings: they
//! are not in the text, but readers cite by them, so they are counted here.

use std::collections::HashMap;

use super::super::counts::{doubled_letters, letters, roman};
use super::super::xml::{Node, Tag, walk};

/// The levels of a list.
const LEVELS: usize = 10;

/// The name that the numbering of headings is kept under: no list has it.
const OUTLINE: &str = "";

/// How a level is numbered.
#[derive(Debug, Clone, Default)]
struct Level {
    /// `1`, `a`, `A`, `i` or `I`; empty if it is not numbered.
    format: String,
    prefix: String,
    suffix: String,
    start: Option<u64>,
    /// How many levels are shown, this one the last.
    shown: usize,
    /// Whether letters are doubled (`aa`, `bb`).
    doubles: bool,
}

/// How far each level has counted.
type Counts = [Option<u64>; LEVELS];

/// A list that is open.
#[derive(Debug)]
struct List {
    style: Option<String>,
    continues: bool,
    /// What the item that is open sets its count to, until it is counted.
    item: Option<Item>,
}

#[derive(Debug, Clone, Copy)]
struct Item {
    start: Option<u64>,
}

/// The numberings of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    styles: HashMap<String, Vec<Level>>,
    counts: HashMap<String, Counts>,
    open: Vec<List>,
}

impl Numbering {
    /// Takes the list styles of a part in, as far as it goes.
    pub(super) fn read(&mut self, text: &str) {
        let mut open: Option<String> = None;
        walk(text, |node| match node {
            Node::Open(tag) => match tag.name() {
                "list-style" => open = tag.get("name"),
                "outline-style" => open = Some(OUTLINE.to_owned()),
                "list-level-style-number" | "outline-level-style" => {
                    if let Some(style) = &open {
                        let levels = self.styles.entry(style.clone());
                        levels.or_insert_with(|| vec![Level::default(); LEVELS]);
                        self.take_level(style, &tag);
                    }
                }
                _ => {}
            },
            Node::Close("list-style" | "outline-style") => open = None,
            Node::Close(_) | Node::Text(_) => {}
        });
    }

    fn take_level(&mut self, style: &str, tag: &Tag<'_>) {
        let level =
            number(tag, "level").and_then(|level| usize::try_from(level).ok()?.checked_sub(1));
        let levels = self.styles.get_mut(style);
        let Some(level) = levels.and_then(|levels| levels.get_mut(level?)) else {
            return;
        };
        // Signs around a number are a few; longer ones are none.
        let few = |name| tag.get(name).unwrap_or_default().chars().take(20).collect();
        *level = Level {
            format: tag.get("num-format").unwrap_or_default(),
            prefix: few("num-prefix"),
            suffix: few("num-suffix"),
            start: number(tag, "start-value"),
            shown: number(tag, "display-levels")
                .map_or(1, |shown| shown.clamp(1, LEVELS as u64) as usize),
            doubles: tag.get("num-letter-sync").as_deref() == Some("true"),
        };
    }

    /// Begins a list, which may stand in an item of another.
    pub(super) fn open_list(&mut self, tag: &Tag<'_>) {
        let above = self.open.last().and_then(|list| list.style.clone());
        let continues = tag.get("continue-numbering").as_deref() == Some("true")
            || tag.get("continue-list").is_some()
            || !self.open.is_empty();
        self.open.push(List {
            style: tag.get("style-name").or(above),
            continues,
            item: None,
        });
    }

    /// Ends a list.
    pub(super) fn close_list(&mut self) {
        self.open.pop();
    }

    /// Begins an item of the list that is open.
    pub(super) fn open_item(&mut self, tag: &Tag<'_>) {
        if let Some(list) = self.open.last_mut() {
            list.item = Some(Item {
                start: number(tag, "start-value"),
            });
        }
    }

    /// Counts the item that is open, at its first paragraph; what stands before
    /// it. `own` is the list style of the paragraph.
    pub(super) fn item(&mut self, own: Option<&str>) -> Option<String> {
        let depth = self.open.len();
        let list = self.open.last_mut()?;
        let item = list.item.take()?;
        let style = list.style.clone().or(own.map(str::to_owned))?;
        if !std::mem::replace(&mut list.continues, true) {
            self.counts.remove(&style);
        }
        self.count(&style, depth - 1, item.start)
    }

    /// Counts a heading of a level from 1; what stands before it.
    pub(super) fn heading(&mut self, level: u8) -> Option<String> {
        self.count(OUTLINE, usize::from(level.max(1)) - 1, None)
    }

    fn count(&mut self, style: &str, level: usize, start: Option<u64>) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let levels = self.styles.get(style)?;
        let counts = self.counts.entry(style.to_owned()).or_default();
        let first = levels[level].start.unwrap_or(1);
        let next = counts[level].map_or(first, |count| count.saturating_add(1));
        counts[level] = Some(start.unwrap_or(next));
        counts[level + 1..].fill(None);
        label(levels, counts, level)
    }
}

fn label(levels: &[Level], counts: &Counts, level: usize) -> Option<String> {
    let own = &levels[level];
    if own.format.is_empty() {
        return None;
    }
    let first = (level + 1).saturating_sub(own.shown);
    let shown = (first..=level).filter(|&at| !levels[at].format.is_empty());
    let numbers =
        shown.map(|at| written(counts[at].or(levels[at].start).unwrap_or(1), &levels[at]));
    let numbers = numbers.collect::<Vec<_>>().join(".");
    let label = format!("{}{numbers}{}", own.prefix, own.suffix);
    Some(label.trim().to_owned())
}

fn written(count: u64, level: &Level) -> String {
    let in_letters = match level.doubles {
        true => doubled_letters,
        false => letters,
    };
    match level.format.as_str() {
        "a" => in_letters(count, b'a'),
        "A" => in_letters(count, b'A'),
        "i" => roman(count).to_lowercase(),
        "I" => roman(count),
        _ => count.to_string(),
    }
}

/// A number in an attribute.
fn number(tag: &Tag<'_>, name: &str) -> Option<u64> {
    tag.get(name)?.parse().ok()
}
