//! Records: a line of JSON Lines or a row of a table each, a report of one
//! passage.
//!
//! The profile of the series `doc` says which keys the records have.

use serde_json::{Map, Value};
use url::Url;

use super::outline::MAX_LINE;
use super::profile::{KeyNames, Profile, RecordKeys};
use super::profiles::Profiles;
use super::{FileReading, FrontMatter, Notice};
use crate::format::document::characters;
use crate::format::table::Table;
use crate::report::{
    FactSource, Gazetteer, Paragraph, PrintedCountry, Publication, Report, ReportId, ReportInfo,
    Section, SectionName, Tier, Year, is_theme_path, slug,
};
use crate::text::digest::sha256;
use crate::text::fold::fold_space;

/// Where records come from.
#[derive(Debug)]
pub struct Source<'a> {
    /// The file's name below its corpus folder.
    pub name: &'a str,
    /// What a table beside the corpus says of the file, for records that do not
    /// say it themselves.
    pub front: &'a FrontMatter,
    /// What the series look like.
    pub profiles: &'a Profiles,
}

/// Reads every line of JSON Lines into a report; a line that is no record is
/// told and left out.
pub fn of_lines(source: &Source<'_>, text: &str, reading: &mut FileReading) {
    let lines = text.split('\n').zip(1u64..);
    let lines = lines.filter(|(line, _)| !line.trim().is_empty());
    read(
        source,
        reading,
        lines.map(|(line, n)| (n, object(line), line)),
    );
}

/// Reads every row of a table into a report, by the names of its columns in any
/// case; a row without an id has its number, after the `id` of the table.
pub fn of_table(source: &Source<'_>, id: &str, table: &Table, reading: &mut FileReading) {
    if let Some((_, keys)) = source.profiles.of_records()
        && !table.columns.iter().any(|c| keys.text.is(c))
    {
        let columns = table.columns.join("`, `");
        let reason = format!(
            "a table without a column of text (`{}`): its columns are `{columns}`",
            keys.text.names().join("`, `")
        );
        reading.notices.push(Notice::skipped(source.name, reason));
        return;
    }
    let rows = table.rows.iter().map(|(number, cells)| {
        // No slug has a point in it, so no file or row has this id too.
        let mut object: Map<String, Value> = [("id".to_owned(), format!("{id}.{number}").into())]
            .into_iter()
            .collect();
        for (column, cell) in table.columns.iter().zip(cells) {
            if !cell.is_empty() {
                object.insert(column.trim().to_lowercase(), cell.as_str().into());
            }
        }
        (*number, Ok(object), cells.join("\t"))
    });
    read(source, reading, rows);
}

/// Reads records: each its number, its values and the text they stand in.
fn read<T: AsRef<str>>(
    source: &Source<'_>,
    reading: &mut FileReading,
    records: impl Iterator<Item = (u64, Result<Map<String, Value>, String>, T)>,
) {
    let name = source.name;
    let Some((profile, keys)) = source.profiles.of_records() else {
        let reason = "no profile reads records";
        reading.notices.push(Notice::skipped(name, reason));
        return;
    };
    reading.profile = Some(profile.series.clone());
    for (number, object, text) in records {
        let mut remarks = Vec::new();
        let mut record = Record {
            name,
            number,
            profile,
            keys,
            remarks: &mut remarks,
        };
        reading.characters += characters(text.as_ref());
        let object = object.map(|object| completed(object, keys, source.front));
        match object.and_then(|object| record.report(&object, text.as_ref())) {
            Ok(mut report) => {
                report.info.note = source.front.note.clone();
                reading.reports.push(report);
            }
            Err(message) => {
                let message = format!("{message}, line left out");
                let notice = Notice::skipped(name, message).at_line(number);
                reading.notices.push(notice);
            }
        }
        let remarks = remarks
            .into_iter()
            .map(|r| Notice::mended(name, r).at_line(number));
        reading.notices.extend(remarks);
    }
}

/// A record with what is said of its file where it does not say it itself.
fn completed(
    mut object: Map<String, Value>,
    keys: &RecordKeys,
    front: &FrontMatter,
) -> Map<String, Value> {
    let year = front.year.map(|year| year.to_string());
    for (names, value) in [
        (&keys.title, &front.title),
        (&keys.country, &front.country),
        (&keys.year, &year),
        (&keys.tier, &front.tier),
        (&keys.url, &front.url),
    ] {
        let (key, own) = names.find(&object);
        let says = own.is_some_and(|own| !own.is_null() && own.as_str() != Some(""));
        if let (Some(value), false) = (value, says) {
            let key = key.to_owned();
            object.insert(key, value.as_str().into());
        }
    }
    object
}

/// The object that a line holds.
fn object(line: &str) -> Result<Map<String, Value>, String> {
    if line.len() > MAX_LINE {
        let megabytes = line.len() as f64 / 1e6;
        return Err(format!("a record of {megabytes:.1} MB is no paragraph"));
    }
    match serde_json::from_str(line) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("no JSON object".to_owned()),
        Err(e) => {
            let message = e.to_string();
            let message = message.split(" at line").next().unwrap_or_default();
            Err(format!("no JSON: {message} (column {})", e.column()))
        }
    }
}

/// A record of a file of many.
struct Record<'a> {
    name: &'a str,
    number: u64,
    profile: &'a Profile,
    keys: &'a RecordKeys,
    remarks: &'a mut Vec<String>,
}

impl Record<'_> {
    fn report(&mut self, object: &Map<String, Value>, line: &str) -> Result<Report, String> {
        let keys = self.keys;
        let id = self.needed(object, &keys.id)?;
        let text = self.needed(object, &keys.text)?;
        let title = self.text(object, &keys.title);
        let country = self.parsed(
            object,
            &keys.country,
            "a country that pincite knows",
            |printed| {
                Gazetteer::built_in()
                    .find(printed)
                    .map(|c| PrintedCountry::new(c, printed))
            },
        );
        let year = self.parsed(object, &keys.year, "a year", |y| y.parse::<Year>().ok());
        let tier = self.parsed(object, &keys.tier, "a tier", |t| t.parse::<Tier>().ok());
        let url = self.parsed(object, &keys.url, "a URL", |u| {
            Url::parse(u).ok().map(|_| u.to_owned())
        });
        let section = match self.text(object, &keys.section) {
            Some(heading) => SectionName {
                source: Some(FactSource::Metadata),
                ..SectionName::new(&slug(&heading), &heading, Some(heading.clone()))
            },
            None => SectionName::new(&self.profile.lead.key, &self.profile.lead.label, None),
        };
        let themes = self.themes(object);
        Ok(Report {
            info: ReportInfo {
                series: self.profile.series.clone(),
                title: title.unwrap_or_else(|| self.profile.title.replace("{id}", &id)),
                title_source: None,
                country,
                year,
                year_source: year.map(|_| FactSource::Metadata),
                tier,
                tier_source: tier.map(|_| FactSource::Metadata),
                tier_note: None,
                publication: Publication::default(),
                url,
                note: None,
                is_record: true,
                themes,
                source_rank: 0,
                path: self.name.to_owned(),
                hash: sha256(line.as_bytes()),
            },
            id: ReportId::Record(id),
            sections: vec![Section {
                name: section,
                paragraphs: vec![Paragraph {
                    printed_number: None,
                    page: None,
                    text,
                }],
            }],
            line: Some(self.number),
        })
    }

    /// A value that a record must have, as text.
    fn needed(&mut self, object: &Map<String, Value>, names: &KeyNames) -> Result<String, String> {
        let (key, value) = names.find(object);
        match value {
            None | Some(Value::Null) => Err(format!("no record: it has no `{key}`")),
            Some(value) => match plain(value) {
                Some(text) if text.is_empty() => Err(format!("no record: `{key}` is empty")),
                Some(text) => Ok(text),
                None => Err(format!("no record: `{key}` is neither text nor number")),
            },
        }
    }

    /// A value that a record may lack, as text; an empty one is none.
    fn text(&mut self, object: &Map<String, Value>, names: &KeyNames) -> Option<String> {
        let (key, value) = names.find(object);
        let value = value.filter(|v| !v.is_null())?;
        let text = plain(value);
        if text.is_none() {
            self.remarks.push(format!(
                "`{key}` is neither text nor number; the record has none"
            ));
        }
        text.filter(|t| !t.is_empty())
    }

    /// The same, parsed; what does not parse is told, and none.
    fn parsed<T>(
        &mut self,
        object: &Map<String, Value>,
        names: &KeyNames,
        what: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(object, names)?;
        let parsed = parse(&text);
        if parsed.is_none() {
            let (key, _) = names.find(object);
            self.remarks
                .push(format!("`{text}` is not {what}; the record has no {key}"));
        }
        parsed
    }

    fn themes(&mut self, object: &Map<String, Value>) -> Vec<String> {
        let values = match self.keys.themes.find(object).1 {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Array(values)) => values.clone(),
            // A cell of a table holds several between semicolons.
            Some(Value::String(text)) => {
                let parts = text.split(';').map(str::trim).filter(|t| !t.is_empty());
                parts.map(Value::from).collect()
            }
            Some(value) => vec![value.clone()],
        };
        let mut themes = Vec::new();
        for value in values {
            match plain(&value).filter(|path| is_theme_path(path)) {
                Some(path) => themes.push(path),
                None => self.remarks.push(format!(
                    "{value} is no theme, as `sector/fishing` is; left out of the record"
                )),
            }
        }
        themes
    }
}

/// A text or number as text, white space folded.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(fold_space(text)),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(front: &FrontMatter) -> Source<'_> {
        Source {
            name: "r.jsonl",
            front,
            profiles: Profiles::built_in(),
        }
    }

    fn read_lines(text: &str) -> FileReading {
        let mut reading = FileReading::default();
        of_lines(&source(&FrontMatter::default()), text, &mut reading);
        reading
    }

    #[test]
    fn good_lines_are_kept_and_bad_ones_named() {
        let reading = read_lines(concat!(
            "{\"id\": 7, \"text\": \"kiln\", \"country\": \"Burma\", \"year\": \"2019\", \"tier\": 3, \"section\": \"Protection\", \"themes\": null}\n",
            "[1]\n\n{\"id\": \"b\"\n{\"id\": \"c\"}\n{\"id\": \"d\", \"text\": \" \"}\n",
            "{\"id\": \"e\", \"text\": \"t\", \"country\": \"Atlantis\", \"year\": 99, \"url\": \"x\", \"themes\": [\"a/b\", \"/c\"]}\n",
        ));
        let ids: Vec<_> = reading.reports.iter().map(|r| r.id.to_string()).collect();
        assert_eq!(ids, ["doc-7", "doc-e"]);
        let passage = &reading.reports[0].passages()[0];
        assert_eq!(passage.id.to_string(), "doc-7:text:1");
        assert_eq!(passage.section.key, "protection");
        assert_eq!(passage.report.tier, Some(Tier::Three));
        assert_eq!(
            reading.reports[0].info.country.as_ref().unwrap().iso3,
            "MMR"
        );
        assert_eq!(reading.reports[1].info.themes, ["a/b"]);
        let places: Vec<_> = reading.notices.iter().map(Notice::place).collect();
        let expected = [2, 4, 5, 6, 7, 7, 7, 7].map(|n| format!("r.jsonl:{n}"));
        assert_eq!(places, expected);
    }

    #[test]
    fn rows_are_records_by_the_names_of_their_columns() {
        let rows = |text: &str| {
            let table = crate::format::table::delimited(text, b',').unwrap();
            let mut reading = FileReading::default();
            let front = FrontMatter {
                year: Some(2020),
                ..FrontMatter::default()
            };
            of_table(&source(&front), "t", &table, &mut reading);
            reading
        };
        let reading =
            rows("Country;Year;Passage;Themes\nBurma;2019;kiln;a/b; \nX;;;\nNepal;;ovens;\n");
        let report = &reading.reports[0];
        assert_eq!(report.id.to_string(), "doc-t.2");
        assert_eq!(report.info.year.map(|y| y.get()), Some(2019));
        assert_eq!(report.info.themes, ["a/b"]);
        assert_eq!(report.info.country.as_ref().unwrap().iso3, "MMR");
        assert_eq!(
            reading.notices[0].message,
            "no record: it has no `text`, line left out"
        );
        // What is said of the file is said of records that do not say it.
        assert_eq!(reading.reports[1].info.year.map(|y| y.get()), Some(2020));
        let none = rows("Country,Year\nBurma,2019\n");
        assert!(none.notices[0].message.contains("without a column of text"));
    }

    #[test]
    fn a_title_is_one_line() {
        let reading = read_lines(
            "{\"id\": 1, \"text\": \"t\", \"title\": \"a\\nER  - \\u001b[1m\"}\n{\"id\": 2, \"text\": \"t\", \"title\": \"\"}\n",
        );
        assert_eq!(reading.reports[0].info.title, "a ER - [1m");
        assert_eq!(reading.reports[1].info.title, "Record 2");
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_read_or_named(text in "[\\PC\\n{}\":,]{0,80}") {
            read_lines(&text);
        }
    }
}
