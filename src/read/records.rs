//! JSON Lines: a record a line, each a report of one passage.

use serde::Deserialize;
use serde_json::Value;

use super::outline::MAX_LINE;
use super::{FileReading, Notice, sha256};
use crate::report::{
    Gazetteer, Paragraph, PrintedCountry, Publication, Report, ReportId, ReportInfo, Section,
    SectionName, Series, Tier, Year, slug,
};
use crate::text::fold::fold_space;

/// A record: `id` and `text` it must have, the rest it may lack.
#[derive(Debug, Deserialize)]
struct Record {
    id: Value,
    text: String,
    title: Option<String>,
    country: Option<String>,
    year: Option<Value>,
    tier: Option<String>,
    section: Option<String>,
    url: Option<String>,
    #[serde(default)]
    themes: Vec<String>,
}

/// Reads every line into a report; a line that is no record is told and left
/// out.
pub fn read(name: &str, text: &str, reading: &mut FileReading) {
    for (line, number) in text.split('\n').zip(1u64..) {
        if line.trim().is_empty() {
            continue;
        }
        let mut tell = |message: String| {
            reading
                .notices
                .push(Notice::mended(name, message).at_line(number));
        };
        match record(name, line, &mut tell) {
            Ok(report) => reading.reports.push(report),
            Err(message) => {
                let message = format!("{message}, line left out");
                reading
                    .notices
                    .push(Notice::skipped(name, message).at_line(number));
            }
        }
    }
}

fn record(name: &str, line: &str, tell: &mut impl FnMut(String)) -> Result<Report, String> {
    if line.len() > MAX_LINE {
        return Err(format!(
            "a record of {:.1} MB is no paragraph",
            line.len() as f64 / 1e6
        ));
    }
    let value: Value = serde_json::from_str(line).map_err(|e| {
        let column = e.column();
        format!(
            "no JSON: {} (column {column})",
            e.to_string().split(" at line").next().unwrap_or_default()
        )
    })?;
    if !value.is_object() {
        return Err("no JSON object".to_owned());
    }
    let record: Record = serde_json::from_value(value).map_err(|e| format!("no record: {e}"))?;
    let id = match &record.id {
        Value::String(id) => fold_space(id),
        Value::Number(id) => id.to_string(),
        _ => return Err("no record: `id` is neither text nor number".to_owned()),
    };
    if id.is_empty() {
        return Err("no record: `id` is empty".to_owned());
    }
    let text = fold_space(&record.text);
    if text.is_empty() {
        return Err("no record: `text` is empty".to_owned());
    }
    let country = record.country.as_deref().and_then(|printed| {
        let known = Gazetteer::built_in().find(printed);
        if known.is_none() {
            tell(format!(
                "`{printed}` is no country that pincite knows; the record has none"
            ));
        }
        known.map(|c| PrintedCountry::new(c, printed))
    });
    let year = record
        .year
        .as_ref()
        .filter(|y| !y.is_null())
        .and_then(|value| {
            let year = match value {
                Value::String(year) => year.trim().parse::<Year>().ok(),
                value => value
                    .as_u64()
                    .and_then(|y| u16::try_from(y).ok()?.try_into().ok()),
            };
            if year.is_none() {
                tell(format!("{value} is no year; the record has none"));
            }
            year
        });
    let tier = record.tier.as_deref().and_then(|text| {
        let tier: Option<Tier> = text.parse().ok();
        if tier.is_none() {
            tell(format!("`{text}` is no tier; the record has none"));
        }
        tier
    });
    let heading = record
        .section
        .as_deref()
        .map(fold_space)
        .filter(|s| !s.is_empty());
    let section = match heading {
        Some(heading) => SectionName::new(&slug(&heading), &heading, Some(heading.clone())),
        None => SectionName::new("text", "Text", None),
    };
    Ok(Report {
        info: ReportInfo {
            series: Series::doc(),
            title: record.title.unwrap_or_else(|| format!("Record {id}")),
            country,
            year,
            tier,
            publication: Publication::default(),
            url: record.url,
            note: None,
            path: name.to_owned(),
            hash: sha256(line.as_bytes()),
        },
        id: ReportId::Record(id),
        sections: vec![Section {
            name: section,
            paragraphs: vec![Paragraph {
                printed_number: None,
                text,
            }],
        }],
        themes: record.themes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_lines_are_kept_and_bad_ones_named() {
        let text = concat!(
            "{\"id\": 7, \"text\": \"kiln\", \"country\": \"Burma\", \"year\": \"2019\", \"tier\": \"Tier 3\", \"section\": \"Protection\"}\n",
            "[1]\n\n{\"id\": \"b\"\n{\"id\": \"c\"}\n{\"id\": \"d\", \"text\": \" \"}\n",
            "{\"id\": \"e\", \"text\": \"t\", \"country\": \"Atlantis\", \"year\": 99}\n",
        );
        let mut reading = FileReading::default();
        read("r.jsonl", text, &mut reading);
        let ids: Vec<_> = reading.reports.iter().map(|r| r.id.to_string()).collect();
        assert_eq!(ids, ["doc-7", "doc-e"]);
        let passage = &reading.reports[0].passages()[0];
        assert_eq!(passage.id.to_string(), "doc-7:text:1");
        assert_eq!(passage.section.key, "protection");
        assert_eq!(
            reading.reports[0].info.country.as_ref().unwrap().iso3,
            "MMR"
        );
        let places: Vec<_> = reading.notices.iter().map(Notice::place).collect();
        assert_eq!(
            places,
            [
                "r.jsonl:2",
                "r.jsonl:4",
                "r.jsonl:5",
                "r.jsonl:6",
                "r.jsonl:7",
                "r.jsonl:7"
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_read_or_named(text in "[\\PC\\n{}\":,]{0,80}") {
            read("r.jsonl", &text, &mut FileReading::default());
        }
    }
}
