//! Dates as pages, books and office files write them, to ISO 8601.

use jiff::civil::Date;

use crate::text::dates::in_words;

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
    let of_date = tokens.iter().rposition(|token| !is_time(token))?;
    let date = in_words(&tokens[..=of_date].join(" "))?;
    let year = date.get(..4)?.parse().ok()?;
    YEARS.contains(&year).then_some(date)
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
            _ if separator.is_some() => None,
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
