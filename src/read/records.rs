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
use crate::format::Dropped;
use crate::format::document::characters;
use crate::format::table::Table;
use crate::report::{
    FactSource, Gazetteer, Paragraph, PrintedCountry, Report, ReportId, ReportInfo, Section,
    SectionName, Tier, Year, is_theme_path, slug,
};
use crate::text::digest::sha256;
use crate::text::fold::fold_space;

/// Where records come from.
#[derive(Debug)]
pub struct Source<'a> {
    /// The file's name below its corpus folder.
    pub name: &'a str,
    /// What the ids of records begin with that have none of their own.
    pub record_id: &'a str,
    /// What a table beside the corpus says of the file, for records that do not
    /// say it themselves.
    pub front: &'a FrontMatter,
    /// What the series look like.
    pub profiles: &'a Profiles,
    /// The column or key that holds the text, if that was said.
    pub text_column: Option<&'a str>,
}

/// How many records tell which of their keys holds the text.
const SAMPLE: usize = 100;

/// Reads every line of JSON Lines into a report; a line that is no record is
/// told and left out. A record without an id has the number of its line, after
/// the id of the file.
pub fn of_lines(source: &Source<'_>, text: &str, reading: &mut FileReading) {
    let lines = || {
        let lines = text.split('\n').zip(1u64..);
        lines.filter(|(line, _)| !line.trim().is_empty())
    };
    let sample = || {
        let objects = lines().filter_map(|(line, _)| object(line).ok());
        let columns = objects.take(SAMPLE).map(|object| {
            let text = |value: Value| value.as_str().map(str::to_owned).unwrap_or_default();
            object
                .into_iter()
                .map(|(key, value)| (key, text(value)))
                .collect()
        });
        columns.collect()
    };
    let text_keys = text_keys(source, sample, reading);
    let mut without_id = Vec::new();
    let id_names = source.profiles.of_records().map(|(_, keys)| &keys.id);
    let with_id = |mut object: Map<String, Value>, number: u64, without_id: &mut Vec<u64>| {
        let has_id = |names: &KeyNames| names.find(&object).1.is_some_and(|id| !id.is_null());
        if let Some(names) = id_names.filter(|names| !has_id(names)) {
            without_id.push(number);
            let (key, _) = names.find(&object);
            let key = key.to_owned();
            // No slug has a point in it, so no file or line has this id too.
            object.insert(key, format!("{}.{number}", source.record_id).into());
        }
        object
    };
    let records = lines().map(|(line, number)| {
        let object = object(line).map(|object| with_id(object, number, &mut without_id));
        (number, object, line)
    });
    read(source, &text_keys, reading, records);
    if let Some(first) = without_id.first() {
        let (count, id) = (without_id.len(), source.record_id);
        let message = format!(
            "records without an id have the number of their line, as `{id}.{first}` ({count} of them)"
        );
        reading.notices.push(Notice::mended(source.name, message));
    }
}

/// Reads every row of a table into a report, by the names of its columns in any
/// case; a row without an id has its number, after the `id` of the table.
pub fn of_table(source: &Source<'_>, id: &str, table: &Table, reading: &mut FileReading) {
    let columns = || {
        table
            .columns
            .iter()
            .map(|column| column.trim().to_lowercase())
    };
    let sample = || {
        let rows = table.rows.iter().take(SAMPLE);
        rows.map(|(_, cells)| columns().zip(cells.iter().cloned()).collect())
            .collect()
    };
    let text_keys = text_keys(source, sample, reading);
    if let Some(names) = &text_keys
        && !columns().any(|column| names.is(&column))
    {
        let columns = table.columns.join("`, `");
        let reason = format!(
            "a table without a column of text (`{}`): its columns are `{columns}`; \
             `--text-column` names one",
            names.names().join("`, `")
        );
        reading.notices.push(Notice::skipped(source.name, reason));
        return;
    }
    let rows = table.rows.iter().map(|(number, cells)| {
        // No slug has a point in it, so no file or row has this id too.
        let mut object: Map<String, Value> = [("id".to_owned(), format!("{id}.{number}").into())]
            .into_iter()
            .collect();
        for (column, cell) in columns().zip(cells) {
            if !cell.is_empty() {
                object.insert(column, cell.as_str().into());
            }
        }
        (*number, Ok(object), cells.join("\t"))
    });
    read(source, &text_keys, reading, rows);
}

/// How long the text of records is on average at least, in characters.
const LEAST_TEXT: usize = 40;

/// The names of the column or key that holds the text: the one that was named,
/// else those of the profile, else the one that looks like it, which is told.
fn text_keys(
    source: &Source<'_>,
    sample: impl FnOnce() -> Vec<Vec<(String, String)>>,
    reading: &mut FileReading,
) -> Option<KeyNames> {
    let (_, keys) = source.profiles.of_records()?;
    let records = sample();
    let has = |names: &KeyNames| records.iter().flatten().any(|(key, _)| names.is(key));
    if let Some(named) = source.text_column {
        // Keys of JSON keep their case, columns have none.
        let mut columns = records.iter().flatten().map(|(key, _)| key);
        if let Some(column) = columns.find(|key| key.trim().eq_ignore_ascii_case(named.trim())) {
            return Some(KeyNames::one(column));
        }
        let message = format!("it has no column `{named}`");
        reading.notices.push(Notice::mended(source.name, message));
    }
    if records.is_empty() || has(&keys.text) {
        return Some(keys.text.clone());
    }
    let Some((column, why)) = text_column(&records, keys) else {
        return Some(keys.text.clone());
    };
    let message = format!(
        "no column is called `{}`: `{column}`, {why}, is read as the text; `--text-column` names another",
        keys.text.names().first().map_or("text", String::as_str)
    );
    reading.notices.push(Notice::mended(source.name, message));
    Some(KeyNames::one(&column))
}

/// The column that looks like the text, and by what: its name, or the length
/// of what stands in it.
fn text_column(
    records: &[Vec<(String, String)>],
    keys: &RecordKeys,
) -> Option<(String, &'static str)> {
    let others = [
        &keys.id,
        &keys.title,
        &keys.country,
        &keys.year,
        &keys.tier,
        &keys.section,
        &keys.url,
        &keys.themes,
    ];
    let mut columns: Vec<(&str, usize)> = Vec::new();
    for (key, text) in records.iter().flatten() {
        if others.iter().any(|names| names.is(key)) {
            continue;
        }
        // A text has spaces between its words; an address has none.
        let length = if text.trim().contains(' ') {
            text.chars().count()
        } else {
            0
        };
        match columns.iter_mut().find(|(column, _)| column == key) {
            Some((_, sum)) => *sum += length,
            None => columns.push((key, length)),
        }
    }
    let by_length = |columns: &[(&str, usize)]| {
        // The first of equal ones, so that any reading of the file gives it.
        let longest = columns.iter().rev().max_by_key(|(_, length)| *length)?;
        Some((longest.0.to_owned(), longest.1))
    };
    let is_named = |column: &&(&str, usize)| {
        let name = column.0.trim().to_lowercase();
        column.1 > 0 && (name.ends_with("text") || name.ends_with("texts"))
    };
    let named: Vec<_> = columns.iter().filter(is_named).copied().collect();
    if let Some((column, _)) = by_length(&named) {
        return Some((column, "whose name ends in `text`"));
    }
    let (column, length) = by_length(&columns)?;
    (length >= LEAST_TEXT * records.len()).then_some((column, "the longest"))
}

/// Reads records: each its number, its values and the text they stand in.
fn read<T: AsRef<str>>(
    source: &Source<'_>,
    text_keys: &Option<KeyNames>,
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
    let mut other = 0;
    for (number, object, text) in records {
        let mut remarks = Vec::new();
        let mut record = Record {
            name,
            number,
            profile,
            keys,
            text: text_keys.as_ref().unwrap_or(&keys.text),
            remarks: &mut remarks,
        };
        reading.characters += characters(text.as_ref());
        let object = object.map(|object| completed(object, keys, source.front));
        match object.and_then(|object| record.report(&object, text.as_ref())) {
            Ok(mut report) => {
                other += characters(text.as_ref()).saturating_sub(in_report(&report));
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
    if other > 0 {
        reading.dropped.push(Dropped {
            what: "keys and other columns".to_owned(),
            characters: other,
        });
    }
}

/// How much text a record has in its passage and heading, in characters.
fn in_report(report: &Report) -> u64 {
    let headings = report
        .sections
        .iter()
        .filter_map(|s| s.name.heading.as_ref());
    let paragraphs = report.sections.iter().flat_map(|s| &s.paragraphs);
    let paragraphs = paragraphs.map(|paragraph| &paragraph.text);
    headings
        .chain(paragraphs)
        .map(|text| characters(text))
        .sum()
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
    /// The names of the key that holds the text.
    text: &'a KeyNames,
    remarks: &'a mut Vec<String>,
}

impl Record<'_> {
    fn report(&mut self, object: &Map<String, Value>, line: &str) -> Result<Report, String> {
        let keys = self.keys;
        let id = self.needed(object, &keys.id)?;
        let text = self.needed(object, self.text)?;
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
                title: title.unwrap_or_else(|| self.profile.title.replace("{id}", &id)),
                country,
                year,
                year_source: year.map(|_| FactSource::Metadata),
                tier,
                tier_source: tier.map(|_| FactSource::Metadata),
                url,
                is_record: true,
                themes,
                path: self.name.to_owned(),
                hash: sha256(line.as_bytes()),
                ..ReportInfo::new(self.profile.series.clone())
            },
            id: ReportId::Record(id),
            sections: vec![Section {
                name: section,
                paragraphs: vec![Paragraph {
                    printed_number: None,
                    page: None,
                    doubts: None,
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
            record_id: "r",
            front,
            profiles: Profiles::built_in(),
            text_column: None,
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
    fn records_without_an_id_have_the_number_of_their_line() {
        let reading = read_lines(
            "{\"text\": \"a\"}\n\n{\"id\": \"x\", \"text\": \"b\"}\n{\"id\": null, \"text\": \"c\"}\n",
        );
        let ids: Vec<_> = reading.reports.iter().map(|r| r.id.to_string()).collect();
        assert_eq!(ids, ["doc-r.1", "doc-x", "doc-r.4"]);
        assert_eq!(reading.notices.len(), 1);
        assert!(reading.notices[0].message.contains("`r.1` (2 of them)"));
    }

    #[test]
    fn a_column_of_text_is_recognized_and_told() {
        let long = "The boats came to the harbor in the spring of the year.";
        let cases = [
            (
                format!("n,article_text,note\n1,A boat came.,{long}\n"),
                None,
                Some(("A boat came.", "ends in `text`")),
            ),
            (
                format!("n,said,title\n1,{long},{long} {long}\n"),
                None,
                Some((long, "the longest")),
            ),
            (
                format!("n,said,other\n1,{long},A boat.\n"),
                Some("Other"),
                Some(("A boat.", "")),
            ),
            (
                format!("n,text,other\n1,{long},A boat.\n"),
                Some("other"),
                Some(("A boat.", "")),
            ),
            (
                format!("n,text\n1,{long}\n"),
                Some("none"),
                Some((long, "no column `none`")),
            ),
            ("n,m\n1,a b\n".to_owned(), None, None),
            (
                "n,link to\n1,https://example.org/a/very/long/address/of/a/page.html\n".to_owned(),
                None,
                None,
            ),
        ];
        for (text, named, want) in cases {
            let table = crate::format::table::delimited(&text, b',').unwrap();
            let front = FrontMatter::default();
            let source = Source {
                text_column: named,
                ..source(&front)
            };
            let mut reading = FileReading::default();
            of_table(&source, "t", &table, &mut reading);
            let read = reading
                .reports
                .first()
                .map(|r| r.sections[0].paragraphs[0].text.as_str());
            assert_eq!(read, want.map(|(read, _)| read), "{text}");
            let told = reading
                .notices
                .first()
                .map_or("", |notice| notice.message.as_str());
            match want {
                Some((_, "")) => assert_eq!(told, "", "{text}"),
                Some((_, part)) => assert!(told.contains(part), "{told}"),
                None => assert!(told.contains("without a column of text"), "{told}"),
            }
        }
        let reading = read_lines("{\"id\": 1, \"chunkText\": \"A boat came.\"}\n");
        assert_eq!(reading.reports.len(), 1);
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
