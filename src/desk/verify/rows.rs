//! Tables and JSON Lines of quotations: `quote`, and if wanted `id`, `source`,
//! `country` and `year`.

use serde_json::Value;

use super::find::{printable, unwrapped};
use super::{Claim, Quotation, Spot};
use crate::error::{Error, Result};
use crate::format::table::Table;

/// The columns that are read; others may stand beside them.
const COLUMNS: [&str; 5] = ["quote", "id", "source", "country", "year"];

/// The quotations of a table; rows without one are errors.
///
/// # Errors
/// A table without a column `quote`.
pub(super) fn of_table(
    table: &Table,
    name: &str,
    errors: &mut Vec<Error>,
) -> Result<Vec<Quotation>> {
    let place = |column: &str| {
        let named = |c: &String| c.trim().eq_ignore_ascii_case(column);
        table.columns.iter().position(named)
    };
    if place("quote").is_none() {
        return Err(Error::input(format!("`{name}` has no column `quote`")).with_hint(
            "its first line must name the columns, as `quote,source` or `id,quote,country,year`",
        ));
    }
    let places = COLUMNS.map(place);
    let mut quotations = Vec::new();
    for (number, cells) in &table.rows {
        let cell = |column: usize| {
            let text = cells.get(places[column]?)?.trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let fields = [0, 1, 2, 3, 4].map(cell);
        match quotation(fields, *number) {
            Some(quotation) => quotations.push(quotation),
            None => errors.push(no_quote("row", name, *number)),
        }
    }
    Ok(quotations)
}

/// The quotations of JSON Lines; lines that are no object with a text `quote`
/// are errors.
pub(super) fn of_lines(text: &str, name: &str, errors: &mut Vec<Error>) -> Vec<Quotation> {
    let mut quotations = Vec::new();
    let lines = text.lines().zip(1..).filter(|(l, _)| !l.trim().is_empty());
    for (line, number) in lines {
        let object = match serde_json::from_str::<Value>(line) {
            Ok(object) => object,
            Err(e) => {
                let message = e.to_string();
                let message = message.split(" at line").next().unwrap_or_default();
                let error = Error::input(format!("no JSON: {message}"));
                errors.push(error.with_snippet(&format!("{name}:{number}"), "", 0..0));
                continue;
            }
        };
        let field = |key: &str| match &object[key] {
            Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        match quotation(COLUMNS.map(field), number) {
            Some(quotation) => quotations.push(quotation),
            None => errors.push(no_quote("line", name, number)),
        }
    }
    quotations
}

fn quotation(fields: [Option<String>; 5], number: u64) -> Option<Quotation> {
    let [quote, id, source, country, year] = fields;
    let text = printable(unwrapped(&quote?));
    let country_and_year: Vec<String> = country.into_iter().chain(year).collect();
    let typed =
        source.or_else(|| (!country_and_year.is_empty()).then(|| country_and_year.join(", ")));
    Some(Quotation {
        id: id.unwrap_or_else(|| number.to_string()),
        spot: Spot::Row(number),
        text,
        claims: typed.iter().map(|typed| Claim::certain(typed)).collect(),
    })
}

fn no_quote(what: &str, name: &str, number: u64) -> Error {
    Error::input(format!("no quotation in this {what}")).with_snippet(
        &format!("{name}:{number}"),
        "",
        0..0,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::table::delimited;

    #[test]
    fn rows_are_quotations_with_claims() {
        let text = "ID,Quote,Source,Country,Year,note\na,\"“One, two”\",tip-2021-khm,,,x\n,three,,Kenya,2019,\nc,,x,,,\n";
        let table = delimited(text, b',').unwrap();
        let mut errors = Vec::new();
        let rows = of_table(&table, "q.csv", &mut errors).unwrap();
        let told: Vec<(&str, &str, &str)> = rows
            .iter()
            .map(|q| (&*q.id, &*q.text, q.claims.first().map_or("", |c| &c.typed)))
            .collect();
        assert_eq!(
            told,
            [
                ("a", "One, two", "tip-2021-khm"),
                ("3", "three", "Kenya, 2019")
            ]
        );
        assert_eq!(errors[0].snippet().unwrap().place, "q.csv:4");
        let table = delimited("a,b\n1,2\n", b',').unwrap();
        assert!(of_table(&table, "q.csv", &mut errors).is_err());
    }

    #[test]
    fn lines_are_quotations_or_errors() {
        let text = "{\"quote\":\"one two\",\"id\":7,\"year\":2021}\n\n[]\n{\n{\"quote\":null}\n";
        let mut errors = Vec::new();
        let lines = of_lines(text, "q.jsonl", &mut errors);
        assert_eq!((lines.len(), lines[0].id.as_str()), (1, "7"));
        let places = errors.iter().map(|e| e.snippet().unwrap().place.as_str());
        assert_eq!(
            places.collect::<Vec<_>>(),
            ["q.jsonl:3", "q.jsonl:4", "q.jsonl:5"]
        );
    }
}
