//! What is printed before a paragraph to number it: a figure, a letter or a Roman
//! numeral with its signs, figures as `1.2`, or a bullet.
//!
//! `A. Smith` and `1.2 Million` may as well be text: such a mark counts where two
//! paragraphs that follow each other have one that follows the other.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::number_mark::{Mark, Style};

/// How far numbers are looked for that a paragraph may have had.
const NEAR: u32 = 30;

/// The greatest Roman numeral.
const MAX_ROMAN: u32 = 39;

/// The bullets.
const BULLETS: [char; 11] = ['•', '·', '▪', '●', '◦', '‣', '∙', '–', '—', '*', '-'];

/// A letter or a Roman numeral.
static LETTERED: LazyLock<Regex> = LazyLock::new(|| {
    // The patterns are constants; the tests below run them.
    Regex::new(r"^(\(?)([a-zA-Z]|[ivx]{2,7}|[IVX]{2,7})([.)])\s+").expect("a valid pattern")
});

/// Figures with points between them.
static DOTTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^([§¶]\s*|)([1-9][0-9]{0,2}(?:\.[1-9][0-9]{0,2})+)([.)]?)\s+")
        .expect("a valid pattern")
});

/// A text with the mark that is printed before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbered<'t> {
    /// The sign before the number, as `(`, or a bullet with the space behind it.
    before: &'t str,
    /// The number as printed, as `12`, `b`, `iv` or `1.2`; empty for a bullet.
    pub number: &'t str,
    /// What is behind the number, its sign first.
    after: &'t str,
    /// The text without the number and its signs.
    pub text: &'t str,
}

/// The marks of a text that may be words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Doubt {
    /// `A. Smith`
    Capital,
    /// `1.2 Million`
    Dotted,
}

/// Which marks the paragraphs of a report have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks(BTreeSet<Doubt>);

impl Marks {
    /// Those of paragraphs in order.
    pub fn of_texts<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut marks = Marks::default();
        let mut last: Option<(Numbered<'t>, Option<Doubt>)> = None;
        for text in texts {
            let this = parsed(text);
            if let (Some((before, doubt)), Some((now, other))) = (last, this)
                && before.is_followed_by(&now)
            {
                marks.0.extend([doubt, other].into_iter().flatten());
            }
            last = this;
        }
        marks
    }

    /// The marks of these paragraphs and of others.
    #[must_use]
    pub fn and(mut self, other: Marks) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The mark with which a paragraph begins.
    ///
    /// ```
    /// use pincite::read::Marks;
    /// let texts = ["A. Police raided kilns.", "B. Courts sat."];
    /// let marks = Marks::of_texts(texts.into_iter());
    /// assert_eq!(marks.of(texts[1]).unwrap().number, "B");
    /// assert_eq!(Marks::default().of("A. Smith left."), None);
    /// let text = "(b) Police raided kilns.";
    /// let numbered = Marks::default().of(text).unwrap();
    /// assert_eq!((numbered.number, numbered.text), ("b", "Police raided kilns."));
    /// assert_eq!(numbered.with("c"), "(c) Police raided kilns.");
    /// assert_eq!(Marks::default().of("12 men were freed."), None);
    /// ```
    pub fn of<'t>(&self, text: &'t str) -> Option<Numbered<'t>> {
        let (numbered, doubt) = parsed(text)?;
        doubt
            .is_none_or(|doubt| self.0.contains(&doubt))
            .then_some(numbered)
    }
}

impl Numbered<'_> {
    /// The text with another number.
    pub fn with(&self, number: &str) -> String {
        format!("{}{number}{}", self.before, self.after)
    }

    /// Another text with a number that is set as this one is.
    pub fn with_text(&self, number: &str, text: &str) -> String {
        format!("{}{number}{}{text}", self.before, self.signs())
    }

    /// The numbers near this one, the nearest first.
    pub fn near(&self) -> impl Iterator<Item = String> {
        let readings = readings(self.number);
        (1..=NEAR).flat_map(move |by| {
            let both = readings.iter().flat_map(move |reading| {
                let sides = [reading.at.checked_sub(by), reading.at.checked_add(by)];
                sides.into_iter().flatten().filter_map(&reading.write)
            });
            both.collect::<Vec<_>>()
        })
    }

    /// The number that is so much greater; `i` is a letter and a Roman numeral.
    pub fn later(&self, by: u32) -> Vec<String> {
        // Of `1.2` the last part is counted.
        let is_figures = self.number.contains(|c: char| c.is_ascii_digit());
        let most = if is_figures { 1 } else { usize::MAX };
        let readings = readings(self.number).into_iter().take(most);
        readings
            .filter_map(|reading| (reading.write)(reading.at.saturating_add(by)))
            .collect()
    }

    /// The signs behind the number.
    fn signs(&self) -> &str {
        &self.after[..self.after.len() - self.text.len()]
    }

    fn is_followed_by(&self, next: &Numbered<'_>) -> bool {
        let same_signs = (self.before, self.signs()) == (next.before, next.signs());
        same_signs && self.later(1).iter().any(|number| number == next.number)
    }
}

/// A text behind every mark that it may have had: the bullets, and the first
/// numbers in the usual signs.
pub fn marked_otherwise(text: &str) -> impl Iterator<Item = String> {
    static MARKS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut marks: Vec<String> = BULLETS.map(String::from).to_vec();
        for first in ["1", "a", "i"] {
            let numbers = readings(first).pop().into_iter();
            let numbers = numbers
                .flat_map(|reading| (1..=NEAR).filter_map(reading.write).collect::<Vec<_>>());
            for number in numbers {
                marks.extend([
                    format!("{number}."),
                    format!("({number})"),
                    format!("{number})"),
                ]);
            }
        }
        marks.extend((b'a'..=b'z').flat_map(|letter| {
            let letter = char::from(letter);
            [
                format!("{letter}."),
                format!("({letter})"),
                format!("{letter})"),
            ]
        }));
        marks
    });
    MARKS.iter().map(move |mark| format!("{mark} {text}"))
}

/// The mark of a text, and why it may be none.
fn parsed(text: &str) -> Option<(Numbered<'_>, Option<Doubt>)> {
    let found = figure(text)
        .map(|numbered| (numbered, None))
        .or_else(|| lettered(text))
        .or_else(|| dotted(text))
        .or_else(|| bullet(text).map(|numbered| (numbered, None)));
    found.filter(|(numbered, _)| numbered.text.contains(char::is_alphabetic))
}

/// A figure with a sign; one without may be a part of the text.
fn figure(text: &str) -> Option<Numbered<'_>> {
    let mark = Mark::of(text).filter(|mark| mark.style != Style::Bare)?;
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let after = text[start..].trim_start_matches(|c: char| c.is_ascii_digit());
    Some(Numbered {
        before: &text[..start],
        number: &text[start..text.len() - after.len()],
        after,
        text: mark.rest,
    })
}

fn lettered(text: &str) -> Option<(Numbered<'_>, Option<Doubt>)> {
    let numbered = matched(text, &LETTERED)?;
    let sign = numbered.signs().trim();
    let is_closed = numbered.before.is_empty() || sign == ")";
    let is_number = is_closed && !readings(numbered.number).is_empty();
    let is_initial = numbered.number.len() == 1 && numbered.number.contains(char::is_uppercase);
    is_number.then(|| {
        (
            numbered,
            (is_initial && sign == ".").then_some(Doubt::Capital),
        )
    })
}

fn dotted(text: &str) -> Option<(Numbered<'_>, Option<Doubt>)> {
    let numbered = matched(text, &DOTTED)?;
    let is_long = numbered.number.matches('.').count() > 1;
    let is_signed = !numbered.before.is_empty() || !numbered.signs().trim().is_empty();
    Some((numbered, (!is_long && !is_signed).then_some(Doubt::Dotted)))
}

fn bullet(text: &str) -> Option<Numbered<'_>> {
    let rest = text.strip_prefix(BULLETS)?;
    let text_behind = rest.trim_start();
    (text_behind.len() < rest.len()).then(|| Numbered {
        before: &text[..text.len() - text_behind.len()],
        number: "",
        after: text_behind,
        text: text_behind,
    })
}

/// A mark as a pattern has it: what is before the number, the number, its sign.
fn matched<'t>(text: &'t str, pattern: &Regex) -> Option<Numbered<'t>> {
    let groups = pattern.captures(text)?;
    let number = groups.get(2)?;
    Some(Numbered {
        before: &text[..number.start()],
        number: number.as_str(),
        after: &text[number.end()..],
        text: &text[groups.get(0)?.end()..],
    })
}

/// A number that is counted on.
struct Reading {
    /// Its value.
    at: u32,
    /// Another value written as it is.
    write: Box<dyn Fn(u32) -> Option<String>>,
}

/// What a number may be: of `1.2` each part, the last first; of `i` the letter and
/// the Roman numeral.
fn readings(number: &str) -> Vec<Reading> {
    if number.contains(|c: char| c.is_ascii_digit()) {
        return figures(number);
    }
    let is_upper = number.starts_with(char::is_uppercase);
    let cased = move |text: String| match is_upper {
        true => text.to_uppercase(),
        false => text,
    };
    let lower = number.to_lowercase();
    let letter = match lower.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(u32::from(letter - b'a') + 1),
        _ => None,
    };
    let letter = letter.map(|at| Reading {
        at,
        write: Box::new(move |n| letter_of(n).map(cased)),
    });
    let numeral = (1..=MAX_ROMAN).find(|n| roman(*n).as_deref() == Some(lower.as_str()));
    let numeral = numeral.map(|at| Reading {
        at,
        write: Box::new(move |n| roman(n).map(cased)),
    });
    letter.into_iter().chain(numeral).collect()
}

/// The parts of figures with points between them, the last first.
fn figures(number: &str) -> Vec<Reading> {
    let parts: Option<Vec<u32>> = number.split('.').map(|part| part.parse().ok()).collect();
    let parts = parts.unwrap_or_default();
    let reading = |place: usize| {
        let parts = parts.clone();
        Reading {
            at: parts[place],
            write: Box::new(move |n| {
                let with = parts.iter().enumerate();
                let with = with.map(|(at, part)| if at == place { n } else { *part }.to_string());
                (n > 0).then(|| with.collect::<Vec<_>>().join("."))
            }),
        }
    };
    (0..parts.len()).rev().map(reading).collect()
}

fn letter_of(n: u32) -> Option<String> {
    let place = n.checked_sub(1).filter(|place| *place < 26)?;
    char::from_u32(u32::from('a') + place).map(String::from)
}

/// A Roman numeral in small letters.
fn roman(n: u32) -> Option<String> {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let is_one = (1..=MAX_ROMAN).contains(&n);
    is_one.then(|| "x".repeat((n / 10) as usize) + ONES[(n % 10) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_all_forms() {
        for (text, wanted) in [
            ("12. The kilns", Some(("12", "The kilns"))),
            ("§ 12 The kilns", Some(("12", "The kilns"))),
            ("(b) the kilns", Some(("b", "the kilns"))),
            ("b) the kilns", Some(("b", "the kilns"))),
            ("b. the kilns", Some(("b", "the kilns"))),
            ("(B) the kilns", Some(("B", "the kilns"))),
            ("iv. the kilns", Some(("iv", "the kilns"))),
            ("(XII) the kilns", Some(("XII", "the kilns"))),
            ("II. The kilns", Some(("II", "The kilns"))),
            ("1.2. The kilns", Some(("1.2", "The kilns"))),
            ("1.2.3 The kilns", Some(("1.2.3", "The kilns"))),
            ("§ 1.2 The kilns", Some(("1.2", "The kilns"))),
            ("• the kilns", Some(("", "the kilns"))),
            ("– the kilns", Some(("", "the kilns"))),
            ("A. Smith left", None),
            ("1.2 Million left", None),
            ("iiv. the kilns", None),
            ("(b. the kilns", None),
            ("e.g. the kilns", None),
            ("12 men left", None),
            ("* * *", None),
            ("-kiln", None),
            ("", None),
        ] {
            let found = Marks::default().of(text);
            assert_eq!(found.map(|n| (n.number, n.text)), wanted, "{text}");
        }
    }

    #[test]
    fn marks_that_may_be_text_count_in_a_list() {
        for (texts, wanted) in [
            (["A. Kilns", "B. Courts"], ["A", "B"]),
            (["I. Kilns", "II. Courts"], ["I", "II"]),
            (["1.2 Kilns", "1.3 Courts"], ["1.2", "1.3"]),
            (["A. Smith left", "F. Sok left"], ["-", "-"]),
            (["1.2 Million", "3.4 Million"], ["-", "-"]),
        ] {
            let marks = Marks::of_texts(texts.into_iter());
            let found = texts.map(|text| marks.of(text).map_or("-", |n| n.number));
            assert_eq!(found, wanted);
        }
    }

    #[test]
    fn numbers_near_are_written_alike() {
        for (text, nearest, later) in [
            ("12. Kilns", "11", &["13"][..]),
            ("(b) Kilns", "a", &["c"]),
            ("(i) Kilns", "h", &["j", "ii"]),
            ("IV. Kilns", "III", &["V"]),
            ("1.2.3 Kilns", "1.2.2", &["1.2.4"]),
        ] {
            let numbered = Marks::default().of(text).unwrap();
            assert_eq!(numbered.near().next().as_deref(), Some(nearest), "{text}");
            assert_eq!(numbered.later(1), later, "{text}");
        }
        let restyled: Vec<String> = marked_otherwise("Kilns").collect();
        for text in ["• Kilns", "1. Kilns", "(z) Kilns", "iv) Kilns"] {
            assert!(restyled.iter().any(|other| other == text), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost(text in "[(§•]{0,1}[0-9a-cA-Civx.]{0,4}[.)]{0,1} {0,2}\\PC{0,10}") {
            if let Some((numbered, _)) = parsed(&text) {
                proptest::prop_assert_eq!(&numbered.with(numbered.number), &text);
                proptest::prop_assert_eq!(&numbered.with_text(numbered.number, numbered.text), &text);
            }
        }
    }
}
