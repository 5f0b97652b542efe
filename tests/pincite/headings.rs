//! Titles, tiers and headings of every edition: literal lines of real pages,
//! where `PINCITE_SHARED` names them.

use std::path::Path;

use pincite::read::{InputFile, Profiles, ReadConfig, reports_of};
use pincite::report::{Gazetteer, Report, Tier};

use crate::support::shared;

/// A row of the table of literal lines.
struct Row<'a> {
    edition: &'a str,
    line: &'a str,
    kind: &'a str,
    country: &'a str,
    tier: &'a str,
    section: &'a str,
}

impl Row<'_> {
    fn year(&self) -> &str {
        self.edition.trim_start_matches("HRR-")
    }

    fn country(&self) -> &str {
        match self.country {
            "" => "Angola",
            country => country,
        }
    }
}

/// Reads a text as a file of a corpus.
fn read(folder: &Path, name: &str, text: &str) -> Vec<Report> {
    let path = folder.join(name.rsplit('/').next().unwrap());
    std::fs::write(&path, text).unwrap();
    let file = InputFile::new(path, name, "page");
    reports_of(&file, &ReadConfig::new(Profiles::built_in()))
}

const LEAD: &str = "The assessment of the edition comes in one paragraph.";

/// A page in the shape of the row's edition that has its line.
fn page(row: &Row<'_>) -> String {
    let (year, line) = (row.year(), row.line);
    let title = format!("{year} Trafficking in Persons Report: {}", row.country());
    if row.edition.starts_with("HRR") {
        let title = format!(
            "{year} Country Reports on Human Rights Practices: {}",
            row.country()
        );
        return match row.section.rsplit('/').next().unwrap() {
            "" => format!("{line}\n\n{}\n\n{LEAD}\n", row.country()),
            "executive_summary" => format!("{title}\n\n{line}\n\n{LEAD}\n"),
            "sub" => format!(
                "{title}\n\nSection 2. Liberty\n\nb. Worker Rights\n\n{LEAD}\n\n{line}\n\n{LEAD}\n"
            ),
            key if key.len() == 1 => format!("{title}\n\nIt begins here.\n\n{line}\n\n{LEAD}\n"),
            key => format!(
                "{title}\n\nSection {}. Life\n\n{line}\n\n{LEAD}\n",
                &key[..1]
            ),
        };
    }
    match row.kind {
        "title" if row.country.is_empty() => {
            format!("Trafficking in Persons Report\n\n{line}\n\nANGOLA (Tier 2)\n\n{LEAD}\n")
        }
        "title" => format!("{line}\n\n{LEAD}\n"),
        "tier" if row.tier == "(next line)" => {
            format!("Trafficking in Persons Report\n\n{line}\nTier 3\n\n{LEAD}\n")
        }
        "tier" if !line.contains(['(', ':']) => format!(
            "Trafficking in Persons Report\n\nSpecial Cases\n\nBRUNEI\n\nBrunei may be a destination.\n\n{line}\n\n{LEAD}\n"
        ),
        "tier" => format!("Trafficking in Persons Report\n\n{line}\n\n{LEAD}\n"),
        // A heading alone on its line, or the first words of a paragraph.
        _ => format!("{title}\n\n{LEAD}\n\n{line}\n\n{LEAD}\n"),
    }
}

fn check(folder: &Path, row: &Row<'_>) -> Result<(), String> {
    let name = format!("reports/{}/page.txt", row.year());
    let reports = read(folder, &name, &page(row));
    let report = reports.last().ok_or("no report")?;
    let same = |what: &str, found: String, expected: String| match found == expected {
        true => Ok(()),
        false => Err(format!("{what} {found}, expected {expected}")),
    };
    let country = Gazetteer::built_in()
        .find(row.country())
        .ok_or("no such country")?;
    let iso3 = country.iso3.to_lowercase();
    let series = if row.edition.starts_with("HRR") {
        "hrr"
    } else {
        "tip"
    };
    same(
        "report",
        report.id.to_string(),
        format!("{series}-{}-{iso3}", row.year()),
    )?;
    let expected: Option<Tier> = match row.tier {
        "(next line)" => Some(Tier::Three),
        tier => tier.parse().ok(),
    };
    if expected.is_some() {
        same(
            "tier",
            format!("{:?}", report.info.tier),
            format!("{expected:?}"),
        )?;
    }
    let texts: Vec<&str> = report
        .sections
        .iter()
        .flat_map(|s| &s.paragraphs)
        .map(|p| p.text.as_str())
        .collect();
    let is_heading = !texts.iter().any(|text| text.contains(row.line));
    same("a heading", is_heading.to_string(), true.to_string())?;
    let last = report.sections.last().ok_or("no section")?;
    if !row.section.is_empty() {
        let key = row.section.trim_end_matches("/sub");
        let key = key.rsplit('/').next().unwrap().replace('_', "-");
        let sections = report.sections.iter().map(|s| s.name.key.clone());
        let sections: Vec<String> = sections.collect();
        if !sections.contains(&key) {
            return Err(format!("sections {sections:?}, expected {key}"));
        }
        if row.section.ends_with("/sub") {
            same(
                "subheading",
                format!("{:?}", last.name.subheading),
                format!("{:?}", Some(row.line)),
            )?;
        }
    }
    if !texts.contains(&LEAD) {
        return Err(format!("the text is lost: {texts:?}"));
    }
    Ok(())
}

#[test]
fn literal_lines_of_every_edition_are_read() {
    let Some(shared) = shared() else { return };
    let table = std::fs::read_to_string(shared.join("formats/heading-samples.tsv")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    let mut rows = 0;
    for (line, number) in table.lines().zip(1..).skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |n: usize| cells.get(n).copied().unwrap_or_default();
        let row = Row {
            edition: cell(0),
            line: cell(2),
            kind: cell(3),
            country: cell(4),
            tier: cell(5),
            section: cell(6),
        };
        rows += 1;
        if let Err(reason) = check(folder.path(), &row) {
            wrong.push(format!("row {number} ({}): {reason}", row.edition));
        }
    }
    assert!(rows > 100, "{rows} rows");
    assert!(
        wrong.is_empty(),
        "{} of {rows} rows:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
