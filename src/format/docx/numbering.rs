//! The numbers that Word puts before numbered paragraphs: they are not in the
//! text, but readers cite by them, so they are counted here as Word counts.

use std::collections::{HashMap, HashSet};

use super::super::counts::{doubled_letters, roman};
use super::super::xml::{Node, Tag, walk};
use super::styles::is_on;

/// The levels of a list in Word.
const LEVELS: usize = 9;

/// A level of a list.
#[derive(Clone, Default)]
struct Level {
    start: Option<u64>,
    format: String,
    pattern: String,
    legal: bool,
}

/// A numbering in use: which list it counts in, and where it starts anew.
#[derive(Default)]
struct Use {
    list: String,
    starts: HashMap<usize, u64>,
}

/// The numberings of a document and how far each has counted.
#[derive(Default)]
pub(super) struct Numbering {
    lists: HashMap<String, Vec<Level>>,
    uses: HashMap<String, Use>,
    counts: HashMap<String, [Option<u64>; LEVELS]>,
    begun: HashSet<(String, usize)>,
}

impl Numbering {
    /// Reads `word/numbering.xml`, as far as it goes.
    pub(super) fn read(text: &str) -> Self {
        let mut numbering = Self::default();
        let mut list = String::new();
        let mut number = None::<String>;
        let mut level = 0;
        walk(text, |node| match node {
            Node::Open(tag) => match tag.name() {
                "abstractNum" => {
                    list = tag.get("abstractNumId").unwrap_or_default();
                    let levels = vec![Level::default(); LEVELS];
                    numbering.lists.insert(list.clone(), levels);
                }
                "num" => {
                    let id = tag.get("numId").unwrap_or_default();
                    numbering.uses.insert(id.clone(), Use::default());
                    number = Some(id);
                }
                "lvl" | "lvlOverride" => level = number_of(&tag, "ilvl").unwrap_or(0) as usize,
                _ => match &number {
                    Some(id) => {
                        if let Some(used) = numbering.uses.get_mut(id) {
                            used.take(level, &tag);
                        }
                    }
                    None => {
                        let levels = numbering.lists.get_mut(&list);
                        if let Some(level) = levels.and_then(|levels| levels.get_mut(level)) {
                            level.take(&tag);
                        }
                    }
                },
            },
            Node::Close("num") => number = None,
            Node::Close(_) | Node::Text(_) => {}
        });
        numbering
    }

    /// Counts a paragraph of a numbering at a level from 0, and answers what
    /// stands before it; none for bullets and unknown numberings.
    pub(super) fn label(&mut self, number: &str, level: u8) -> Option<String> {
        let level = usize::from(level).min(LEVELS - 1);
        let used = self.uses.get(number)?;
        let levels = self.lists.get(&used.list)?;
        let counts = self.counts.entry(used.list.clone()).or_default();
        let start = levels[level].start.unwrap_or(1);
        let anew = used.starts.get(&level);
        let anew = anew.filter(|_| self.begun.insert((number.to_owned(), level)));
        counts[level] = Some(match (anew, counts[level]) {
            (Some(&anew), _) => anew,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => start,
        });
        counts[level + 1..].fill(None);
        let Level {
            format,
            pattern,
            legal,
            ..
        } = &levels[level];
        if format == "bullet" || format == "none" {
            return None;
        }
        let mut label = pattern.clone();
        for (at, (other, count)) in levels.iter().zip(counts.iter()).enumerate() {
            let format = if *legal { "decimal" } else { &other.format };
            let count = count.or(other.start).unwrap_or(1);
            label = label.replace(&format!("%{}", at + 1), &written(count, format));
        }
        Some(label.trim().to_owned()).filter(|label| !label.is_empty())
    }
}

impl Level {
    fn take(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "start" => self.start = number_of(tag, "val"),
            "numFmt" => self.format = tag.get("val").unwrap_or_default(),
            // A pattern is a few signs; a longer one is no number.
            "lvlText" => {
                self.pattern = tag
                    .get("val")
                    .unwrap_or_default()
                    .chars()
                    .take(60)
                    .collect()
            }
            "isLgl" => self.legal = is_on(tag.get("val"), true),
            _ => {}
        }
    }
}

impl Use {
    fn take(&mut self, level: usize, tag: &Tag<'_>) {
        match tag.name() {
            "abstractNumId" => self.list = tag.get("val").unwrap_or_default(),
            "startOverride" => self
                .starts
                .extend(number_of(tag, "val").map(|start| (level, start))),
            _ => {}
        }
    }
}

/// A number in an attribute.
fn number_of(tag: &Tag<'_>, name: &str) -> Option<u64> {
    tag.get(name)?.parse().ok()
}

/// A count as a format writes it; formats in words are written in digits.
fn written(count: u64, format: &str) -> String {
    match format {
        "lowerLetter" => doubled_letters(count, b'a'),
        "upperLetter" => doubled_letters(count, b'A'),
        "lowerRoman" => roman(count).to_lowercase(),
        "upperRoman" => roman(count),
        "decimalZero" => format!("{count:02}"),
        _ => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = r#"<w:numbering>
        <w:abstractNum w:abstractNumId="0">
          <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
          <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%1.%2)"/></w:lvl>
        </w:abstractNum>
        <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
        </w:numbering>"#;

    #[test]
    fn numbers_are_counted_as_word_counts() {
        let mut numbering = Numbering::read(LISTS);
        for (number, level, wanted) in [
            ("1", 0, Some("1.")),
            ("1", 1, Some("(1.a)")),
            ("1", 1, Some("(1.b)")),
            ("1", 0, Some("2.")),
            ("1", 1, Some("(2.a)")),
            ("2", 0, Some("7.")),
            ("2", 0, Some("8.")),
            ("3", 0, None),
            ("9", 0, None),
            ("1", 200, None),
        ] {
            assert_eq!(numbering.label(number, level).as_deref(), wanted);
        }
        assert_eq!(written(28, "upperLetter"), "BB");
        assert_eq!(written(1994, "lowerRoman"), "mcmxciv");
    }
}
