//! Figures of a text with what they count: `348 cases`, `15 percent`, `$543,080`.
//!
//! Taken are numerals with commas and a fraction, with a currency before them, a
//! scale (`million`) or a percent sign behind them, and the words `two` to
//! `twelve` (`one` is as often no number). What a figure counts is the first
//! plural among the three words behind it, else the first of them; an `of`, `to`,
//! `and` or `or` with another figure is passed over, so that `62 of 486 kilns`
//! counts kilns. Left out are years, days of months, numbers of paragraphs,
//! articles and resolutions, parts of names (`34/65`, `F-16`), and numbers that
//! count nothing.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::text::{Language, Stemmer, fold};

/// What a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FigureKind {
    /// A number of something.
    Count,
    /// A share in percent.
    Percent,
    /// An amount of money.
    Money,
}

/// A figure of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What it is.
    pub kind: FigureKind,
    /// The figure as printed with what it counts, as `348 trafficking cases`.
    pub shown: String,
    /// Its value.
    pub value: f64,
    /// The stem of what it counts, of an amount its currency as printed; none
    /// where no word behind it tells.
    pub noun: Option<String>,
    /// Where the figure itself stands: a half-open byte range of the text.
    pub span: Range<usize>,
}

// The patterns below are part of the program; a test finds figures with them.
static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)
        (?P<money> (?:US|CA|AU|A|C|NZ)?\$\s? | [€£¥]\s? | \b(?:USD|EUR|GBP)\s )?
        (?: (?P<number> \d{1,3}(?:,\d{3})+(?:\.\d+)? | \d+(?:\.\d+)? )
          | \b(?P<word> two|three|four|five|six|seven|eight|nine|ten|eleven|twelve )\b )
        (?P<scale> (?: \s(?:hundred|thousand|million|billion|trillion)\b )+ )?
        (?P<percent> \s?% | \s(?:percent|per\scent)\b )?
        (?P<coins> \s(?:dollars?|euros?|pounds)\b )?",
    )
    .expect("the pattern is right")
});

/// Figures that share what another one counts: `62 of 486 kilns`.
static JOINED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi) ^\s? (?: (?:of|to|and|or)\s(?:the\s|about\s|some\s|nearly\s)? | [-–—]\s? )
        (?: \d[\d,]*(?:\.\d+)?
          | (?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b )",
    )
    .expect("the pattern is right")
});

const NUMBER_WORDS: [&str; 11] = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];
const SCALES: [(&str, f64); 5] = [
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// What has a number for a name.
const NAMED: [&str; 30] = [
    "act",
    "agenda",
    "annex",
    "article",
    "articles",
    "category",
    "chapter",
    "class",
    "clause",
    "decree",
    "figure",
    "item",
    "items",
    "law",
    "no",
    "nos",
    "number",
    "page",
    "pages",
    "paragraph",
    "paragraphs",
    "para",
    "part",
    "phase",
    "resolution",
    "resolutions",
    "rule",
    "section",
    "tier",
    "table",
];
/// Plurals that do not end in an `s`.
const PLURALS: [&str; 6] = ["people", "men", "women", "children", "police", "percent"];
/// How many words behind a figure may tell what it counts.
const REACH: usize = 3;
/// The years that a bare number of four digits is taken for.
const YEARS: Range<f64> = 1500.0..2200.0;

/// The figures of a text, in order.
///
/// ```
/// use pincite::desk::compare::figures_of;
/// let text = "In 2019 police opened 348 trafficking cases, 15 percent of them at 62 of 486 kilns.";
/// let shown: Vec<String> = figures_of(text).into_iter().map(|f| f.shown).collect();
/// assert_eq!(shown, ["348 trafficking cases", "15 percent", "62 kilns", "486 kilns"]);
/// ```
pub fn figures_of(text: &str) -> Vec<Figure> {
    let mut figures = Vec::new();
    for found in FIGURE.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        let digits = found.name("number").map(|m| m.as_str());
        let word = found.name("word").map(|m| fold(m.as_str()));
        let scale = found.name("scale").map(|m| fold(m.as_str().trim()));
        let span = whole.start()..whole.end();
        let Some(mut value) = value_of(digits, word.as_deref()) else {
            continue;
        };
        let is_money = found.name("money").is_some() || found.name("coins").is_some();
        let kind = match (is_money, found.name("percent").is_some()) {
            (true, _) => FigureKind::Money,
            (false, true) => FigureKind::Percent,
            (false, false) => FigureKind::Count,
        };
        let is_bare = kind == FigureKind::Count && scale.is_none();
        let is_year = is_bare
            && digits.is_some_and(|d| d.len() == 4 && d.bytes().all(|b| b.is_ascii_digit()))
            && YEARS.contains(&value);
        if is_year || is_part_of_a_name(text, &span) || is_bare && is_named_or_day(text, &span) {
            continue;
        }
        for word in scale.iter().flat_map(|scale| scale.split_whitespace()) {
            let factor = SCALES.into_iter().find(|(name, _)| *name == word);
            value *= factor.map_or(1.0, |(_, factor)| factor);
        }
        let counted = counted(&text[span.end..]);
        if kind == FigureKind::Count && counted.is_none() {
            continue;
        }
        let printed = whole.as_str().trim();
        let (shown, noun) = match (kind, counted) {
            (FigureKind::Count, Some((words, noun))) => (format!("{printed} {words}"), Some(noun)),
            // A share or an amount is told by its unit.
            (FigureKind::Money, _) => {
                let unit = found.name("money").or_else(|| found.name("coins"));
                (printed.to_owned(), unit.map(|m| fold(m.as_str().trim())))
            }
            _ => (printed.to_owned(), None),
        };
        figures.push(Figure {
            kind,
            shown,
            value,
            noun,
            span,
        });
    }
    figures
}

fn value_of(digits: Option<&str>, word: Option<&str>) -> Option<f64> {
    if let Some(digits) = digits {
        return digits.replace(',', "").parse().ok();
    }
    let at = NUMBER_WORDS.iter().position(|w| Some(*w) == word)?;
    Some(at as f64 + 2.0)
}

/// Whether signs join it to letters or other numbers: `34/65`, `F-16`, `2nd`,
/// `15-year`, `2019–2023`, `1.5.2`.
fn is_part_of_a_name(text: &str, span: &Range<usize>) -> bool {
    let joins = |c: char| matches!(c, '/' | '-' | '\u{2010}'..='\u{2015}' | '.' | ',' | ':');
    let mut before = text[..span.start].chars().rev();
    let first = before.next();
    let joined_before = match first {
        Some(c) if joins(c) => before.next().is_some_and(char::is_alphanumeric),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    let mut after = text[span.end..].chars();
    let joined_after = match after.next() {
        Some(c) if joins(c) => after.next().is_some_and(char::is_alphanumeric),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    joined_before || joined_after
}

/// Whether it is the number of an article, a paragraph and the like, or the day
/// of a month.
fn is_named_or_day(text: &str, span: &Range<usize>) -> bool {
    let before = text[..span.start].split_whitespace().next_back();
    let before = before.map(|word| fold(word.trim_matches(|c: char| !c.is_alphanumeric())));
    let after = text[span.end..].split_whitespace().next();
    let after = after.map(|word| fold(word.trim_matches(|c: char| !c.is_alphanumeric())));
    let is_month = |word: &Option<String>| word.as_deref().is_some_and(|w| MONTHS.contains(&w));
    let is_named = before.as_deref().is_some_and(|w| NAMED.contains(&w));
    is_named || is_month(&before) || is_month(&after)
}

/// The words behind a figure up to what it counts, and the stem of that.
fn counted(mut rest: &str) -> Option<(String, String)> {
    while let Some(joined) = JOINED.find(rest) {
        rest = &rest[joined.end()..];
    }
    // Only what a space alone divides from the figure.
    rest = rest.strip_prefix(|c: char| c.is_whitespace())?;
    let mut words: Vec<&str> = Vec::new();
    for word in rest.split_whitespace().take(REACH) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let folded = fold(bare);
        let is_word = bare.starts_with(char::is_alphabetic);
        if !is_word || Language::default().is_function_word(&folded) {
            break;
        }
        words.push(bare);
        if bare.len() < word.len() {
            break;
        }
    }
    let plural = words.iter().position(|word| is_plural(&fold(word)));
    let at = plural.unwrap_or(0);
    let noun = fold(words.get(at)?);
    let noun = Stemmer::default().stem(&noun).into_owned();
    Some((words[..=at].join(" "), noun))
}

fn is_plural(word: &str) -> bool {
    let ends_in_s = word.len() > 3 && word.ends_with('s');
    let is_other = ["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    ends_in_s && !is_other || PLURALS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_with_what_they_count() {
        for (text, expected) in [
            ("It opened 348 cases.", vec!["348 cases"]),
            (
                "It opened 348 new trafficking cases in May",
                vec!["348 new trafficking cases"],
            ),
            ("reached 70,225 people whom", vec!["70,225 people"]),
            (
                "from about $1.33 million to $543,080.",
                vec!["$1.33 million", "$543,080"],
            ),
            ("US$ 5 or 7 dollars", vec!["US$ 5", "7 dollars"]),
            (
                "15 percent, 3 per cent and 7.5%.",
                vec!["15 percent", "3 per cent", "7.5%"],
            ),
            (
                "visited 62 of 486 brick kilns",
                vec!["62 brick kilns", "486 brick kilns"],
            ),
            (
                "seven to 15 years in prison",
                vec!["seven years", "15 years"],
            ),
            (
                "Three judges and two million refugees",
                vec!["Three judges", "two million refugees"],
            ),
            ("in 2019 and the 2019–2023 plan, the 1980s", vec![]),
            ("on 5 May, June 12, article 12 and resolution 242", vec![]),
            (
                "resolution 34/65, F-16, 2nd, a 15-year term, COVID-19",
                vec![],
            ),
            ("one of the 12, and then 7.", vec![]),
            ("12 victims’ statements", vec!["12 victims"]),
            ("1,200.5 tons", vec!["1,200.5 tons"]),
            ("it says 3.", vec![]),
            ("", vec![]),
        ] {
            let shown: Vec<String> = figures_of(text).into_iter().map(|f| f.shown).collect();
            assert_eq!(shown, expected, "{text}");
        }
    }

    #[test]
    fn values_are_what_the_figures_say() {
        let values = |text| -> Vec<f64> { figures_of(text).into_iter().map(|f| f.value).collect() };
        assert_eq!(
            values("$1.33 million, 70,225 men, twelve men"),
            [1.33e6, 70225.0, 12.0]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_quietly(text in "\\PC{0,40}|[0-9a-z ,.$%–-]{0,40}") {
            for figure in figures_of(&text) {
                proptest::prop_assert!(text.get(figure.span).is_some());
            }
        }
    }
}
