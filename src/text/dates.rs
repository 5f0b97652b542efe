//! Dates as covers print them, and as programs write them, to ISO 8601. A text
//! that is a date and more is none here.

use jiff::civil::Date;

/// The earliest and the latest year that a printed date may have.
const YEARS: std::ops::RangeInclusive<i16> = 1500..=2200;

/// The names of months, by their beginnings in lower case: those of a month in
/// English, French, Spanish, Portuguese and German.
const MONTHS: [&[&str]; 12] = [
    &[
        "january", "jan", "janvier", "enero", "janeiro", "januar", "jänner",
    ],
    &[
        "february",
        "feb",
        "février",
        "fevrier",
        "febrero",
        "fevereiro",
        "februar",
    ],
    &["march", "mar", "mars", "marzo", "março", "marco", "märz"],
    &["april", "apr", "avril", "abril"],
    &["may", "mai", "mayo", "maio"],
    &["june", "jun", "juin", "junio", "junho", "juni"],
    &["july", "jul", "juillet", "julio", "julho", "juli"],
    &["august", "aug", "août", "aout", "agosto"],
    &[
        "september",
        "sept",
        "sep",
        "septembre",
        "septiembre",
        "setiembre",
        "setembro",
    ],
    &["october", "oct", "octobre", "octubre", "outubro", "oktober"],
    &["november", "nov", "novembre", "noviembre", "novembro"],
    &[
        "december",
        "dec",
        "décembre",
        "decembre",
        "diciembre",
        "dezembro",
        "dezember",
    ],
];

/// Words that stand in a date and say nothing.
const FILLERS: [&str; 27] = [
    "of",
    "the",
    "de",
    "del",
    "le",
    "el",
    "am",
    "den",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
];

/// The date that a text is, ISO 8601: `2026-04-21`, or `2005-06` of a month
/// in words. Dates in figures alone are read only in the order year, month, day, as
/// others can be meant in two ways.
pub fn in_words(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('.');
    if text.len() > 60 {
        return None;
    }
    if let Some(date) = iso(text) {
        // `2011-12` is a fiscal year as well as a month.
        return (date.len() == "2026-04-21".len()).then_some(date);
    }
    let words = text.split([' ', ',', '\u{a0}']).map(str::to_lowercase);
    let mut parts = Vec::new();
    for word in words.filter(|word| !word.is_empty()) {
        if FILLERS.contains(&word.as_str()) {
            continue;
        }
        parts.push(part(&word)?);
    }
    match parts.as_slice() {
        [Part::Month(month), Part::Number(year)] => of_parts(*year, *month, None),
        [Part::Month(month), Part::Number(day), Part::Number(year)]
        | [Part::Number(day), Part::Month(month), Part::Number(year)] => {
            of_parts(*year, *month, Some(*day))
        }
        _ => None,
    }
}

/// The date at the beginning of a value that a program wrote, as
/// `2022-04-26T10:00:00Z`, `2022/04/26` or `2022`.
pub fn iso(text: &str) -> Option<String> {
    let text = text.trim();
    let end = text.find(['T', ' ']).unwrap_or(text.len());
    let parts: Vec<&str> = text[..end].split(['-', '/']).collect();
    let number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
        let is_number = digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| part.parse::<i16>().ok()).flatten()
    };
    let year = number(parts.first()?, 4..=4).filter(|year| YEARS.contains(year))?;
    match parts.as_slice() {
        [_] if end == text.len() => Some(format!("{year:04}")),
        [_, month] => of_parts(year, number(month, 1..=2)?, None),
        [_, month, day] => of_parts(year, number(month, 1..=2)?, Some(number(day, 1..=2)?)),
        _ => None,
    }
}

/// A word of a date.
enum Part {
    Month(i16),
    Number(i16),
}

fn part(word: &str) -> Option<Part> {
    let bare = word.trim_end_matches('.');
    let is_name = |names: &&[&str]| names.contains(&bare);
    if let Some(month) = (1..).zip(MONTHS.iter()).find(|(_, names)| is_name(names)) {
        return Some(Part::Month(month.0));
    }
    let digits = ["st", "nd", "rd", "th", "er", "º", "ª"]
        .iter()
        .find_map(|ending| bare.strip_suffix(ending))
        .unwrap_or(bare);
    let fine = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    fine.then(|| digits.parse().ok().map(Part::Number))
        .flatten()
}

fn of_parts(year: i16, month: i16, day: Option<i16>) -> Option<String> {
    if !YEARS.contains(&year) {
        return None;
    }
    let month = i8::try_from(month).ok()?;
    let date = Date::new(year, month, i8::try_from(day.unwrap_or(1)).ok()?).ok()?;
    Some(match day {
        Some(_) => date.to_string(),
        None => format!("{year:04}-{month:02}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_their_printed_forms() {
        for (text, date) in [
            ("April 21, 2026", Some("2026-04-21")),
            ("21 April 2020", Some("2020-04-21")),
            ("Thursday, August 6, 2020", Some("2020-08-06")),
            ("3rd of July 2020", Some("2020-07-03")),
            ("June 2005", Some("2005-06")),
            ("Sept. 9, 1999.", Some("1999-09-09")),
            ("1er avril 2020", Some("2020-04-01")),
            ("21 de abril de 2020", Some("2020-04-21")),
            ("3. März 2019", Some("2019-03-03")),
            ("2006-02-01", Some("2006-02-01")),
            ("2006/2/1", Some("2006-02-01")),
            ("2006-02", None),
            ("2011-12", None),
            ("02/01/2006", None),
            ("February 30, 2006", None),
            ("12-14 May 2020", None),
            ("15 June–3 July 2020", None),
            ("2020", None),
            ("May", None),
            ("May 20", None),
            ("In June 2005", None),
            ("", None),
        ] {
            assert_eq!(in_words(text).as_deref(), date, "{text}");
        }
    }

    #[test]
    fn dates_of_programs() {
        for (text, date) in [
            ("2022-04-26T10:00:00+00:00", Some("2022-04-26")),
            ("2022-04-26 10:00", Some("2022-04-26")),
            ("2022/04/26", Some("2022-04-26")),
            ("2022-04", Some("2022-04")),
            ("2022", Some("2022")),
            ("2022-13-01", None),
            ("0000-01-01", None),
            ("26.4.2022", None),
            ("2022 edition", None),
        ] {
            assert_eq!(iso(text).as_deref(), date, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_date_or_none(text in "\\PC{0,30}|[0-9a-z ,./-]{0,24}") {
            for date in [in_words(&text), iso(&text)].into_iter().flatten() {
                proptest::prop_assert_eq!(iso(&date), Some(date.clone()));
            }
        }
    }
}
