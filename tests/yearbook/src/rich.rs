//! Words with their fonts, and lines of them.

use super::font::Face;

/// Letters of one font, size and height.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) face: Face,
    /// The size, as a share of the size of the line.
    pub(super) scale: f32,
    /// How far it is raised, as a share of the size of the line.
    pub(super) rise: f32,
    /// The room after each letter, as a share of its size.
    pub(super) track: f32,
}

impl Run {
    pub(super) fn new(text: impl Into<String>, face: Face) -> Self {
        Self {
            text: text.into(),
            face,
            scale: 1.0,
            rise: 0.0,
            track: 0.0,
        }
    }

    pub(super) fn scaled(mut self, scale: f32, rise: f32) -> Self {
        self.scale = scale;
        self.rise = rise;
        self
    }

    /// The width, as a share of the size of the line.
    pub(super) fn width(&self) -> f32 {
        (self.face.width(&self.text) + self.track * self.text.chars().count() as f32) * self.scale
    }
}

/// What stands between two spaces.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    pub(super) runs: Vec<Run>,
    /// What is to be read.
    pub(super) gold: String,
}

impl Word {
    pub(super) fn new(text: &str, face: Face) -> Self {
        Self {
            runs: vec![Run::new(text, face)],
            gold: text.to_owned(),
        }
    }

    pub(super) fn width(&self) -> f32 {
        self.runs.iter().map(Run::width).sum()
    }

    /// Adds letters that are not to be read as a part of the word.
    pub(super) fn mark(&mut self, mark: Run) {
        self.runs.push(mark);
    }
}

/// The words of a plain text.
pub(super) fn words(text: &str, face: Face) -> Vec<Word> {
    text.split_whitespace()
        .map(|word| Word::new(word, face))
        .collect()
}

/// What is to be read of words.
pub(super) fn gold(words: &[Word]) -> String {
    words
        .iter()
        .map(|word| word.gold.as_str())
        .filter(|gold| !gold.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Sets letters wider apart, or nearer.
pub(super) fn tracked(mut words: Vec<Word>, track: f32) -> Vec<Word> {
    words
        .iter_mut()
        .flat_map(|word| &mut word.runs)
        .for_each(|run| run.track = track);
    words
}

/// Sets the letters `fi` and `fl` as one, where a word is of plain runs.
pub(super) fn ligate(words: &mut [Word]) {
    for run in words
        .iter_mut()
        .flat_map(|word| &mut word.runs)
        .filter(|run| run.face.is_text())
    {
        run.text = run.text.replace("fi", "\u{fb01}").replace("fl", "\u{fb02}");
    }
}

/// A line as it is broken: words, and the sum of their widths at size 1.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) words: Vec<Vec<Run>>,
    pub(super) width: f32,
    /// Whether it ends its paragraph.
    pub(super) last: bool,
}

impl Line {
    fn push(&mut self, runs: Vec<Run>) {
        self.width += runs.iter().map(Run::width).sum::<f32>();
        self.words.push(runs);
    }

    /// A line of all words.
    pub(super) fn of(words: &[Word]) -> Self {
        let mut line = Self {
            last: true,
            ..Self::default()
        };
        words.iter().for_each(|word| line.push(word.runs.clone()));
        line
    }
}

/// How words are broken into lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Breaking {
    pub(super) size: f32,
    /// The width of a space at size 1.
    pub(super) space: f32,
    /// Whether words are divided at the ends of lines.
    pub(super) hyphens: bool,
}

/// Words that wait to be set.
#[derive(Clone, Debug, Default)]
pub(super) struct Rest {
    words: Vec<Vec<Run>>,
    next: usize,
    /// How many words were divided, and how many at a hyphen of their own.
    pub(super) divided: (usize, usize),
}

impl Rest {
    pub(super) fn new(words: &[Word]) -> Self {
        Self {
            words: words.iter().map(|word| word.runs.clone()).collect(),
            ..Self::default()
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.next >= self.words.len()
    }

    /// Takes the next line of `width` points; a word that is too wide stands alone.
    pub(super) fn line(&mut self, width: f32, how: Breaking) -> Line {
        let width = width / how.size;
        let mut line = Line::default();
        while let Some(word) = self.words.get(self.next) {
            let gap = if line.words.is_empty() {
                0.0
            } else {
                how.space * line.words.len() as f32
            };
            let free = width - line.width - gap;
            let wide = word.iter().map(Run::width).sum::<f32>();
            if wide <= free {
                line.push(word.clone());
                self.next += 1;
                continue;
            }
            let loose = free - how.space > 0.12 * width || free > 3.0;
            if let Some((head, tail, own)) = divided(word, free, how.hyphens && loose) {
                line.push(head);
                self.words[self.next] = tail;
                if own {
                    self.divided.1 += 1
                } else {
                    self.divided.0 += 1
                }
            } else if line.words.is_empty() {
                line.push(word.clone());
                self.next += 1;
            }
            break;
        }
        line.last = self.is_empty();
        line
    }

    /// How many lines it makes at one width.
    pub(super) fn count(&self, width: f32, how: Breaking) -> usize {
        let mut rest = self.clone();
        let mut count = 0;
        while !rest.is_empty() {
            rest.line(width, how);
            count += 1;
        }
        count
    }
}

/// A word in two whose head has room: at a hyphen or dash of its own or, if it
/// `may` be divided, inside. Whether at its own.
fn divided(word: &[Run], room: f32, may: bool) -> Option<(Vec<Run>, Vec<Run>, bool)> {
    let mut before = 0.0;
    let mut best = None;
    for (index, run) in word.iter().enumerate() {
        let chars: Vec<char> = run.text.chars().collect();
        for at in 1..chars.len() {
            let own =
                matches!(chars[at - 1], '-' | '—' | '–') && at > 1 && chars[at].is_alphabetic();
            let may_here = own || may && breakable(&chars, at);
            if !may_here {
                continue;
            }
            let mut head = Run {
                text: chars[..at].iter().collect(),
                ..run.clone()
            };
            if !own {
                head.text.push('\u{ad}');
            }
            if before + head.width() <= room {
                best = Some((index, at, head, own));
            }
        }
        before += run.width();
    }
    let (index, at, head, own) = best?;
    let heads = word[..index].iter().cloned().chain([head]).collect();
    let tail = Run {
        text: word[index].text.chars().skip(at).collect(),
        ..word[index].clone()
    };
    let tails = [tail]
        .into_iter()
        .chain(word[index + 1..].iter().cloned())
        .collect();
    Some((heads, tails, own))
}

/// Whether a word may be divided before the letter at `at`: all letters small
/// there, three before and after, and a syllable of a consonant and a vowel after.
fn breakable(chars: &[char], at: usize) -> bool {
    let small = |index: usize| {
        chars
            .get(index)
            .is_some_and(|char| char.is_ascii_lowercase())
    };
    let vowel = |index: usize| matches!(chars[index], 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    if at < 3
        || !(at..at + 3).all(small)
        || !(at - 2..at).all(small)
        || !chars[at - 3].is_alphabetic()
    {
        return false;
    }
    let pair = [chars[at - 1], chars[at]];
    let joined = matches!(
        pair,
        ['s' | 'c' | 't' | 'p', 'h']
            | ['c', 'k']
            | ['n', 'g']
            | ['t', 'r']
            | ['p' | 'b' | 'c', 'l' | 'r']
    );
    !vowel(at) && vowel(at + 1) && !joined && (0..at).any(vowel)
}

/// The words of a text with marks of its own: `m^{2}` raises, `CO_{2}` lowers,
/// `*word*` is in the second font.
pub(super) fn marked_up(text: &str, face: Face, slanted: Face) -> Vec<Word> {
    text.split_whitespace()
        .map(|word| marked_word(word, face, slanted))
        .collect()
}

fn marked_word(word: &str, face: Face, slanted: Face) -> Word {
    let mut face = face;
    let mut built = Word {
        runs: Vec::new(),
        gold: String::new(),
    };
    let mut plain = String::new();
    let mut chars = word.chars().peekable();
    while let Some(char) = chars.next() {
        let raises = matches!(char, '^' | '_') && chars.peek() == Some(&'{');
        if !raises && char != '*' {
            plain.push(char);
            continue;
        }
        if !plain.is_empty() {
            built.gold.push_str(&plain);
            built.runs.push(Run::new(std::mem::take(&mut plain), face));
        }
        if raises {
            let inside: String = chars
                .by_ref()
                .skip(1)
                .take_while(|&char| char != '}')
                .collect();
            built.gold.push_str(&read(&inside, char == '^'));
            let rise = if char == '^' { 0.34 } else { -0.16 };
            built.runs.push(Run::new(inside, face).scaled(0.62, rise));
        } else {
            face = slanted;
        }
    }
    if !plain.is_empty() {
        built.gold.push_str(&plain);
        built.runs.push(Run::new(plain, face));
    }
    built
}

/// A raised or lowered text as it is read.
fn read(text: &str, raised: bool) -> String {
    match text {
        "2" if raised => "²".to_owned(),
        "3" if raised => "³".to_owned(),
        _ => text.to_owned(),
    }
}
