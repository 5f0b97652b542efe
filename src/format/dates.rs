//! Dates as pages, books and office files write them, to ISO 8601.

use jiff::civil::Date;

/// The years that can be those of a publication.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2100;

/// The day, month or year that a text is, as ISO 8601: `2022-04-26`, `2022-04`
/// or `2022`; none where the text is more than a date and a time, or could
/// mean several days (`4/5/2022`).
pub(crate) fn iso(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let tokens: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|token| !token.is_empty())
        .collect();
    let (first, rest) = tokens.split_first()?;
    if let Some(date) = of_digits(first) {
        return rest.iter().all(|token| is_time(token)).then_some(date);
    }
    let is_weekday = rest.len() > 1 && is_weekday(first);
    in_words(if is_weekday { rest } else { &tokens })
}

/// A date of digits: `2022-04-26T10:00`, `2022/04`, `20220426`, `26.04.2022`.
fn of_digits(token: &str) -> Option<String> {
    // What follows is the time of the day.
    let date = match token.split_once('t') {
        Some((date, time)) if is_time(time) => date,
        Some(_) => return None,
        None => token,
    };
    let separator = date.chars().find(|c| !c.is_ascii_digit());
    let Some(separator) = separator.filter(|c| matches!(c, '-' | '/' | '.')) else {
        return match date.len() {
            8 => written(
                number(&date[..4])?,
                Some(number(&date[4..6])?),
                Some(number(&date[6..])?),
            ),
            4 => written(number(date)?, None, None),
            _ => None,
        };
    };
    let parts: Option<Vec<i16>> = date.split(separator).map(number).collect();
    match parts?.as_slice() {
        [year, month] if *year > 31 => written(*year, Some(*month), None),
        [year, month, day] if *year > 31 => written(*year, Some(*month), Some(*day)),
        [day, month, year] if separator == '.' || *day > 12 || day == month => {
            written(*year, Some(*month), Some(*day))
        }
        [month, day, year] if *day > 12 => written(*year, Some(*month), Some(*day)),
        _ => None,
    }
}

/// `26 April 2022`, `April 26 2022`, `April 2022`, and a time.
fn in_words(tokens: &[&str]) -> Option<String> {
    let word = |at: usize| tokens.get(at).copied().filter(|token| *token != "de");
    let tokens: Vec<&str> = (0..tokens.len()).filter_map(word).collect();
    let day = |token: &str| {
        let digits = token.trim_end_matches(|c: char| c.is_alphabetic() || c == '.' || c == 'º');
        let end = &token[digits.len()..];
        let is_ordinal = matches!(end, "" | "." | "st" | "nd" | "rd" | "th" | "er" | "º");
        number(digits).filter(|_| is_ordinal && digits.len() <= 2)
    };
    let year = |token: &str| number(token).filter(|_| token.len() == 4);
    let (date, used) = match tokens.as_slice() {
        [first, second, third, ..] if month(second).is_some() => {
            (written(year(third)?, month(second), Some(day(first)?))?, 3)
        }
        [first, second, third, ..] if month(first).is_some() && year(second).is_none() => {
            (written(year(third)?, month(first), Some(day(second)?))?, 3)
        }
        [first, second, ..] => (written(year(second)?, Some(month(first)?), None)?, 2),
        _ => return None,
    };
    tokens[used..]
        .iter()
        .all(|token| is_time(token))
        .then_some(date)
}

fn written(year: i16, month: Option<i16>, day: Option<i16>) -> Option<String> {
    let part = |part: Option<i16>| part.map_or(Some(1), |part| i8::try_from(part).ok());
    let date = Date::new(year, part(month)?, part(day)?).ok()?;
    YEARS.contains(&year).then(|| match (month, day) {
        (None, _) => format!("{year}"),
        (_, None) => format!("{year}-{:02}", date.month()),
        _ => date.to_string(),
    })
}

fn number(digits: &str) -> Option<i16> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

/// Whether a token is of the time of a day.
fn is_time(token: &str) -> bool {
    const WORDS: &[&str] = &[
        "a.m.", "am", "at", "edt", "est", "gmt", "p.m.", "pm", "utc", "z", "|", "-",
    ];
    let is_clock = token.contains(':')
        && token.chars().all(|c| {
            c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'z' | 'a' | 'p' | 'm')
        });
    let is_zone =
        token.starts_with(['+', '-']) && token[1..].bytes().all(|byte| byte.is_ascii_digit());
    WORDS.contains(&token) || is_clock || is_zone
}

fn is_weekday(token: &str) -> bool {
    const DAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let token = token.trim_end_matches('.');
    DAYS.iter().any(|day| token.starts_with(day)) && (token.len() <= 4 || token.ends_with("day"))
}

/// The months by name, in English, French, Spanish and German; English ones
/// may be cut.
const MONTHS: [&[&str]; 12] = [
    &["january", "janvier", "enero", "januar"],
    &["february", "février", "febrero", "februar"],
    &["march", "mars", "marzo", "märz"],
    &["april", "avril", "abril"],
    &["may", "mai", "mayo"],
    &["june", "juin", "junio", "juni"],
    &["july", "juillet", "julio", "juli"],
    &["august", "août", "agosto"],
    &["september", "septembre", "septiembre"],
    &["october", "octobre", "octubre", "oktober"],
    &["november", "novembre", "noviembre"],
    &["december", "décembre", "diciembre", "dezember"],
];

fn month(token: &str) -> Option<i16> {
    let name = token.trim_end_matches('.');
    let is_cut = |month: &str| matches!(name.len(), 3 | 4) && month.starts_with(name);
    let is = |names: &&[&str]| names.contains(&name) || is_cut(names[0]);
    let at = MONTHS.iter().position(is)?;
    Some(at as i16 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_many_forms() {
        for (text, want) in [
            ("2022-04-26T10:00:00+00:00", Some("2022-04-26")),
            ("2022-4-6 10:00", Some("2022-04-06")),
            ("2022/04/26", Some("2022-04-26")),
            ("20220426", Some("2022-04-26")),
            ("2022-04", Some("2022-04")),
            ("2022", Some("2022")),
            ("26.04.2022", Some("2022-04-26")),
            ("26/04/2022", Some("2022-04-26")),
            ("04/26/2022", Some("2022-04-26")),
            ("04/05/2022", None),
            ("April 26, 2022", Some("2022-04-26")),
            ("Tuesday, April 26th, 2022, 10:00 a.m.", Some("2022-04-26")),
            ("Tue, 26 Apr 2022 10:00:00 GMT", Some("2022-04-26")),
            ("1er août 2020", Some("2020-08-01")),
            ("26 de abril de 2022", Some("2022-04-26")),
            ("Sept. 2022", Some("2022-09")),
            ("April 31, 2022", None),
            ("3022", None),
            ("1799-01-01", None),
            ("In 2022", None),
            ("May 3 men", None),
            ("April 26, 2022 in Norland", None),
            ("", None),
            ("t", None),
        ] {
            assert_eq!(iso(text).as_deref(), want, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_date_or_none(text in "[\\PC]{0,20}|([0-9]{1,4}[-/. t]?|may |de |, ){0,6}") {
            if let Some(date) = iso(&text) {
                proptest::prop_assert!(matches!(date.len(), 4 | 7 | 10));
            }
        }
    }
}
