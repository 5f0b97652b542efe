//! Words that the page broke: parted at a line end, set apart letter by
//! letter, or cut behind a ligature. The document's own words decide.

use rustc_hash::FxHashMap;

use super::english;

/// Parts that a hyphen joins with the word behind them.
const PREFIXES: [&str; 22] = [
    "anti", "non", "co", "pre", "post", "re", "multi", "sub", "semi", "mid", "self", "ex", "pro",
    "inter", "intra", "counter", "cross", "quasi", "socio", "neo", "pan", "ultra",
];

/// The share of words (of 100) that the list of English words must know where
/// it decides.
const ENGLISH: usize = 60;

/// Words that stand behind a hyphen left hanging: `short- and long-term`.
const HANGING: [&str; 7] = ["and", "or", "to", "nor", "but", "und", "et"];

/// The longest word (bytes) that may be two.
const LONGEST: usize = 60;

/// What was mended.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mended {
    /// Words parted at a line end that were joined.
    pub(super) joined: u64,
    /// Words at a line end that kept their hyphen.
    pub(super) kept: u64,
    /// Spaces behind a ligature that were taken out.
    pub(super) ligatures: u64,
}

/// What is known of a word of the document.
#[derive(Debug, Default, Clone, Copy)]
struct Known {
    /// How often the document has it.
    count: u32,
    /// Whether the list of English words has it.
    listed: bool,
}

/// The words of the document, in lower case.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: FxHashMap<String, Known>,
    /// Whether the document is English.
    english: bool,
}

impl Vocabulary {
    /// Of lines in reading order: the parts of words at line ends are none.
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut words: FxHashMap<String, Known> = FxHashMap::default();
        let mut parted = false;
        for line in lines {
            let mut parts = line.split_whitespace().peekable();
            if parted {
                parts.next();
            }
            parted = false;
            while let Some(part) = parts.next() {
                if parts.peek().is_none() && stem(part).is_some() {
                    parted = true;
                    break;
                }
                words.entry(fold(part)).or_default().count += 1;
            }
        }
        for (word, known) in &mut words {
            known.listed = english::knows(word);
        }
        let long = || words.iter().filter(|(word, _)| word.len() >= 4);
        let listed = long().filter(|(_, known)| known.listed).count();
        let english = 100 * listed >= ENGLISH * long().count();
        Self { words, english }
    }

    /// Whether the document is English, as far as its words are known.
    pub(super) fn is_english(&self) -> bool {
        self.english
    }

    /// Whether the list of English words has a word in lower case.
    pub(super) fn lists(&self, word: &str) -> bool {
        let known = self.words.get(word);
        known.map_or_else(|| english::knows(word), |known| known.listed)
    }

    fn has(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// Whether the document has the word, or its plural or singular, or it is
    /// English and the list has it.
    fn knows(&self, word: &str) -> bool {
        self.has(word)
            || self.has(&format!("{word}s"))
            || word.strip_suffix('s').is_some_and(|word| self.has(word))
            || (self.english && self.lists(word))
    }

    /// Whether the parts of a word at a line end are one word.
    fn is_one(&self, stem: &str, first: &str) -> bool {
        let (stem, first) = (fold(stem), fold(first));
        let whole = format!("{stem}{first}");
        let count = |word: &str| self.words.get(word).map_or(0, |known| known.count);
        let (joined, hyphenated) = (count(&whole), count(&format!("{stem}-{first}")));
        if joined + hyphenated > 0 {
            return joined >= hyphenated;
        }
        if self.knows(&whole) {
            return true;
        }
        // The second part of a compound may be the one that is broken.
        let last = stem.rsplit('-').next().unwrap_or_default();
        if last.len() < stem.len() && self.knows(&format!("{last}{first}")) {
            return true;
        }
        // A word that nothing knows, such as a name, is one where its parts are
        // none.
        let is_part = |part: &str| part.len() > 1 && self.lists(part);
        let compound = (is_part(&stem) || PREFIXES.contains(&stem.as_str())) && is_part(&first);
        let letters = last.chars().all(char::is_alphabetic) && !last.is_empty();
        self.english && letters && !compound && !is_part(last)
    }

    /// Appends a line to the text of its paragraph.
    pub(super) fn append(&self, text: &mut String, line: &str, mended: &mut Mended) {
        let last = text.rsplit(' ').next().unwrap_or_default();
        let first = line.split(' ').next().unwrap_or_default();
        let Some((stem, soft)) = stem(last) else {
            text.push(' ');
            text.push_str(line);
            return;
        };
        let lower = first.starts_with(char::is_lowercase);
        let is_one = self.is_one(stem, first);
        if HANGING.contains(&first) && !is_one {
            text.push(' ');
        } else if lower && (soft || is_one) {
            text.pop();
            mended.joined += 1;
        } else {
            mended.kept += 1;
        }
        text.push_str(line);
    }

    /// The text without soft hyphens and without spaces that broke a word.
    pub(super) fn mend(&self, text: &str, mended: &mut Mended) -> String {
        let mut whole = String::with_capacity(text.len());
        for word in text.split([' ']).filter(|word| !word.is_empty()) {
            let word = word.replace('\u{AD}', "");
            let last = whole.rsplit(' ').next().unwrap_or_default();
            if self.cut(last, &word) {
                mended.ligatures += 1;
            } else if hyphen_left(last, &word) {
                mended.kept += 1;
            } else if !whole.is_empty() {
                whole.push(' ');
            }
            whole.push_str(&word);
        }
        self.close_up(whole)
    }

    /// Whether a space behind a ligature cut the word in two.
    fn cut(&self, last: &str, next: &str) -> bool {
        let ligature = ["fi", "fl", "ff"].iter().any(|end| last.ends_with(end));
        if !ligature || !next.starts_with(char::is_lowercase) || self.lists(&fold(last)) {
            return false;
        }
        let word = fold(&format!("{last}{next}"));
        self.has(&word) || self.lists(&word)
    }

    /// Letters set apart by single spaces, closed up: `S E R B I A`.
    fn close_up(&self, text: String) -> String {
        let mut closed: Vec<String> = Vec::new();
        let words: Vec<&str> = text.split(' ').collect();
        let single =
            |word: &&str| word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        for run in words.chunk_by(|a, b| single(a) == single(b)) {
            if run.len() >= 4 && single(&run[0]) {
                closed.push(self.part(&run.concat()));
            } else {
                closed.extend(run.iter().map(|word| (*word).to_owned()));
            }
        }
        closed.join(" ")
    }

    /// Two words of the document that were closed up to one are parted again.
    fn part(&self, word: &str) -> String {
        let known = |part: &str| part.len() > 1 && self.has(&part.to_lowercase());
        if word.len() > LONGEST || known(word) {
            return word.to_owned();
        }
        let parts = word.char_indices().skip(1).map(|(at, _)| word.split_at(at));
        let pair = parts
            .into_iter()
            .find(|(first, second)| known(first) && known(second));
        pair.map_or_else(
            || word.to_owned(),
            |(first, second)| format!("{first} {second}"),
        )
    }
}

/// The word before a hyphen at the end of `part`, and whether it is soft.
fn stem(part: &str) -> Option<(&str, bool)> {
    let hyphen = part
        .chars()
        .next_back()
        .filter(|char| matches!(char, '-' | '\u{2010}' | '\u{AD}'))?;
    let stem = &part[..part.len() - hyphen.len_utf8()];
    stem.ends_with(char::is_alphanumeric)
        .then_some((stem, hyphen == '\u{AD}'))
}

/// Whether a space after a hyphen inside a line is left from a line end.
fn hyphen_left(last: &str, next: &str) -> bool {
    stem(last).is_some() && next.starts_with(char::is_alphabetic) && !HANGING.contains(&next)
}

/// A word as it is counted: in lower case, without marks around it.
fn fold(word: &str) -> String {
    word.trim_matches(|char: char| !char.is_alphanumeric())
        .replace('\u{AD}', "")
        .replace('\u{2010}', "-")
        .to_lowercase()
}
