//! Sentences and paragraphs at random: text with the marks of `rich::marked_up`.

use super::names;
use super::random::Random;
use super::wordlists as lists;

/// What the sentences of a book may hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tongue {
    /// Curly quotation marks and apostrophes.
    pub(super) curly: bool,
    /// Powers, units and ordinals with raised and lowered signs.
    pub(super) science: bool,
    /// Words in italics.
    pub(super) italics: bool,
}

/// A paragraph of `low` to `high` sentences, as a list of them.
pub(super) fn sentences(
    random: &mut Random,
    tongue: Tongue,
    low: usize,
    high: usize,
) -> Vec<String> {
    (0..random.between(low, high))
        .map(|_| sentence(random, tongue))
        .collect()
}

/// A sentence of 8 to about 35 words.
pub(super) fn sentence(random: &mut Random, tongue: Tongue) -> String {
    let mut text = match random.below(10) {
        0 => saying(random),
        1 | 2 => format!("{} {}", random.pick(&lists::OPENERS), clause(random)),
        3..=5 => format!(
            "{}{} {}",
            clause(random),
            random.pick(&lists::JOINTS),
            clause(random)
        ),
        6 => format!("{} {}", clause(random), random.pick(&lists::ASIDES)),
        7 => format!(
            "{}, as {} confirmed {}",
            clause(random),
            random.pick(&names::PEOPLE),
            random.pick(&lists::FRAMES)
        ),
        _ => format!("{} {}", clause(random), random.pick(&lists::FRAMES)),
    };
    if tongue.science && random.chance(0.12) {
        text = format!("{text}, {}", science(random));
    }
    finish(random, tongue, &text, true)
}

/// Fills the blanks of a text, sets its quotation marks, and ends it with a stop
/// if it is a sentence.
pub(super) fn finish(random: &mut Random, tongue: Tongue, text: &str, stop: bool) -> String {
    let mut text = filled(random, text);
    if stop && !text.ends_with(['.', '”', '?']) {
        text.push('.');
    }
    text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text = capital(&text);
    if tongue.italics && random.chance(0.12) {
        text = text
            .replace("forced labour", "*forced *labour")
            .replace("NGOs", "*NGOs");
    }
    if tongue.curly {
        text
    } else {
        text.replace(['“', '”'], "\"").replace('’', "'")
    }
}

fn clause(random: &mut Random) -> String {
    let actor = random.pick(&lists::ACTORS);
    let act = if random.chance(0.5) {
        random.pick(&lists::DEEDS)
    } else {
        random.pick(&lists::ACTS)
    };
    match random.below(4) {
        0 => format!("{actor} of {} {act}", random.pick(&names::PLACES)),
        1 => format!("{actor} {act} {}", random.pick(&lists::FRAMES)),
        2 => format!("{actor} in % {act}"),
        _ => format!("{actor} {act} in %"),
    }
}

fn saying(random: &mut Random) -> String {
    let said = random.pick(&lists::SAYINGS);
    let person = random.pick(&names::PEOPLE);
    let actor = random.pick(&lists::ACTORS);
    match random.below(3) {
        0 => format!(
            "{person} of {} told {actor} {} that “{said}.”",
            random.pick(&names::PLACES),
            random.pick(&lists::FRAMES)
        ),
        1 => format!(
            "“{},” said {person} when {actor} {}",
            capital(said),
            random.pick(&lists::ACTS)
        ),
        _ => format!(
            "{actor} {} and noted: “{}.”",
            random.pick(&lists::ACTS),
            capital(said)
        ),
    }
}

fn science(random: &mut Random) -> String {
    let number = random.between(2, 98);
    match random.below(5) {
        0 => format!("or {number} × 10^{{3}} people in all"),
        1 => format!("with less than {number} m^{{2}} of space for each family"),
        2 => format!("near a plant that emits {number} tonnes of CO_{{2}} a day"),
        3 => format!(
            "on the {}^{{th}} anniversary of the law",
            random.between(4, 19)
        ),
        _ => format!("in a camp of {number} km^{{2}} without running water"),
    }
}

/// Fills in `#` numbers, `~` small numbers, `&` days, `@` years and `%` places.
fn filled(random: &mut Random, text: &str) -> String {
    let mut filled = String::new();
    let mut last = ' ';
    for char in text.chars() {
        if char == last && matches!(char, '@' | '%') {
            continue;
        }
        last = char;
        match char {
            '#' => filled.push_str(&number(random)),
            '~' => filled.push_str(&random.between(2, 99).to_string()),
            '&' => filled.push_str(&random.between(1, 28).to_string()),
            '@' => filled.push_str(&random.between(1994, 2024).to_string()),
            '%' => filled.push_str(random.pick(&names::PLACES)),
            _ => filled.push(char),
        }
    }
    filled
}

fn number(random: &mut Random) -> String {
    match random.below(4) {
        0 => format!("{},{:03}", random.between(1, 86), random.below(1_000)),
        1 => format!("{}.{}", random.between(1, 40), random.below(10)),
        _ => random.between(3, 990).to_string(),
    }
}

/// The text with a capital at its start.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars
        .next()
        .map(|first| first.to_uppercase().collect::<String>())
        .unwrap_or_default();
    first + chars.as_str()
}
