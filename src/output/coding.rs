//! Coding sheets: a sample of passages with a column for each coder, as a
//! workbook or as CSV, and what the sample was drawn from.

use std::borrow::Cow;

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Format, Formula, Worksheet};

use super::cells::write_guarded;
use super::facts::facts;
use super::pack::matches;
use super::text::count;
use super::workbook::{self, Cell};
use crate::cite::pincite;
use crate::desk::Provenance;
use crate::desk::sample::{Sample, Stratum};
use crate::error::{Error, Result};

/// The columns before those of the coders, with their widths in characters.
const COLUMNS: [(&str, f64); 11] = [
    ("number", 8.0),
    ("id", 26.0),
    ("pincite", 32.0),
    ("country", 16.0),
    ("year", 7.0),
    ("section", 16.0),
    ("stratum", 12.0),
    ("text", 80.0),
    ("match", 20.0),
    ("report_note", 30.0),
    ("hash", 18.0),
];
/// The columns that are numbers in a workbook.
const NUMBERS: [&str; 2] = ["number", "year"];
/// The last column: the notes of the coders. What the report says of itself, as
/// that it is a digest, stands in `report_note`.
const NOTE: (&str, f64) = ("note", 30.0);

/// Checks the names of the columns of coders.
///
/// # Errors
/// No name, an empty one, one that comes twice or that another column has.
pub fn check_coders(coders: &[String]) -> Result<()> {
    let taken = COLUMNS.iter().chain([&NOTE]).map(|(name, _)| *name);
    let mut seen: Vec<String> = taken.map(str::to_owned).collect();
    for name in coders {
        let folded = name.trim().to_lowercase();
        let told = match folded.is_empty() {
            true => "a coder has no name".to_owned(),
            false if seen.contains(&folded) => format!("the column `{}` comes twice", name.trim()),
            false => {
                seen.push(folded);
                continue;
            }
        };
        return Err(Error::usage(told).with_hint("name the coders as `--coders ann,ben`"));
    }
    Ok(())
}

/// A sheet for coders.
#[derive(Debug, Clone, Copy)]
pub struct CodingSheet<'a> {
    /// The passages.
    pub sample: &'a Sample,
    /// Where they come from.
    pub provenance: &'a Provenance,
    /// The names of the columns of the coders.
    pub coders: &'a [String],
    /// The codes that a cell of a coder may hold; any, where there is none.
    pub codes: &'a [String],
}

impl CodingSheet<'_> {
    /// The sheet as a workbook: the passages, and what they were drawn from on a
    /// second sheet, `about`, with the weight of each stratum as a formula.
    ///
    /// # Errors
    /// Codes that are together longer than a drop-down list can be.
    pub fn workbook(&self) -> Result<Vec<u8>> {
        let mut book = workbook::workbook("Coding sheet", self.provenance.date)?;
        let sheet = book.add_worksheet();
        sheet.set_name("sample").map_err(workbook::unwritten)?;
        let columns: Vec<(Cow<'_, str>, f64)> = self
            .header()
            .into_iter()
            .map(|name| {
                let fixed = COLUMNS.iter().chain([&NOTE]).find(|c| c.0 == name);
                let width = fixed.map_or(14.0, |c| c.1);
                (name, width)
            })
            .collect();
        let rows = (0..self.sample.hits.len()).map(|at| {
            let named = COLUMNS.iter().zip(self.row(at));
            let cells = named.map(|((name, _), text)| match text.parse() {
                Ok(number) if NUMBERS.contains(name) => Cell::Number(number),
                _ if text.is_empty() => Cell::Empty,
                _ => Cell::text(text),
            });
            cells.collect()
        });
        workbook::write_table(sheet, &columns, rows)?;
        self.write_choices(sheet)?;
        let about = book.add_worksheet();
        about.set_name("about").map_err(workbook::unwritten)?;
        self.write_about(about).map_err(workbook::unwritten)?;
        workbook::saved(book)
    }

    /// The sheet as CSV.
    ///
    /// # Errors
    /// What writing fails with.
    pub fn csv(&self) -> Result<Vec<u8>> {
        let blank = vec![Cow::Borrowed(""); self.coders.len() + 1];
        let rows = (0..self.sample.hits.len()).map(|at| {
            let mut row = self.row(at);
            row.extend(blank.iter().cloned());
            row
        });
        let header = self.header();
        csv_of(std::iter::once(header).chain(rows))
    }

    /// What the passages were drawn from, as CSV: the facts, then the strata.
    ///
    /// # Errors
    /// What writing fails with.
    pub fn about_csv(&self) -> Result<Vec<u8>> {
        let row = |cells: [String; 4]| cells.map(Cow::<str>::Owned).to_vec();
        let facts = self.facts().into_iter();
        let facts =
            facts.map(|(name, fact)| row([name.to_owned(), fact, String::new(), String::new()]));
        let strata = self.sample.strata.iter().map(|s| {
            let weight = s.weight().map(|w| format!("{w:.6}"));
            row([
                s.value.clone(),
                s.population.to_string(),
                s.sample.to_string(),
                weight.unwrap_or_default(),
            ])
        });
        let header = STRATA.map(str::to_owned);
        csv_of(facts.chain([row(header)]).chain(strata))
    }

    fn header(&self) -> Vec<Cow<'_, str>> {
        let fixed = COLUMNS.iter().map(|(name, _)| Cow::Borrowed(*name));
        let coders = self.coders.iter().map(|name| Cow::Borrowed(name.as_str()));
        fixed.chain(coders).chain([Cow::Borrowed(NOTE.0)]).collect()
    }

    /// The cells of [`COLUMNS`] of a passage.
    fn row(&self, at: usize) -> Vec<Cow<'_, str>> {
        let hit = &self.sample.hits[at];
        let passage = &hit.passage;
        let country = passage.report.country.as_ref();
        let year = passage.report.year.map(|y| y.to_string());
        let stratum = self.sample.stratum_of.get(at);
        let stratum = stratum.and_then(|s| self.sample.strata.get(*s));
        vec![
            Cow::Owned((at + 1).to_string()),
            Cow::Owned(passage.id.to_string()),
            Cow::Owned(pincite(passage)),
            Cow::Borrowed(country.map_or("", |c| c.name.as_str())),
            Cow::Owned(year.unwrap_or_default()),
            Cow::Borrowed(&passage.section.key),
            Cow::Borrowed(stratum.map_or("", |s| s.value.as_str())),
            Cow::Borrowed(&passage.text),
            Cow::Owned(matches(&passage.text, &hit.highlights)),
            Cow::Borrowed(passage.report.note.as_deref().unwrap_or_default()),
            Cow::Owned(passage.hash()),
        ]
    }

    /// The drop-down lists of the coders' columns.
    fn write_choices(&self, sheet: &mut Worksheet) -> Result<()> {
        let last = u32::try_from(self.sample.hits.len()).unwrap_or(u32::MAX);
        if self.codes.is_empty() || last == 0 {
            return Ok(());
        }
        let list = DataValidation::new().allow_list_strings(self.codes);
        let list = list.map_err(|e| {
            Error::usage("the codes do not fit in a drop-down list")
                .with_cause(e)
                .with_hint("take shorter codes: a list holds 255 characters, commas too")
        })?;
        let list = list
            .set_error_style(DataValidationErrorStyle::Stop)
            .set_error_title("no such code")
            .and_then(|list| list.set_error_message("Choose one of the codes of the list."))
            .map_err(workbook::unwritten)?;
        let first = u16::try_from(COLUMNS.len()).unwrap_or(u16::MAX);
        let coders = u16::try_from(self.coders.len()).unwrap_or(u16::MAX);
        sheet
            .add_data_validation(1, first, last, first + coders - 1, &list)
            .map_err(workbook::unwritten)?;
        Ok(())
    }

    fn write_about(
        &self,
        sheet: &mut Worksheet,
    ) -> std::result::Result<(), rust_xlsxwriter::XlsxError> {
        let bold = Format::new().set_bold();
        let wrapped = Format::new().set_text_wrap();
        let weight = Format::new().set_num_format("0.000000");
        sheet.set_column_width(0, 24)?;
        sheet.set_column_width(1, 60)?;
        sheet.set_column_width(2, 12)?;
        sheet.set_column_width(3, 12)?;
        let mut row = 0;
        for (name, fact) in self.facts() {
            sheet.write_string_with_format(row, 0, name, &bold)?;
            sheet.write_string_with_format(row, 1, workbook::clipped(&fact), &wrapped)?;
            row += 1;
        }
        row += 1;
        for (at, name) in (0..).zip(STRATA) {
            sheet.write_string_with_format(row, at, name, &bold)?;
        }
        for stratum in &self.sample.strata {
            row += 1;
            let Stratum {
                value,
                population,
                sample,
            } = stratum;
            sheet.write_string(row, 0, value)?;
            sheet.write_number(row, 1, *population as f64)?;
            sheet.write_number(row, 2, *sample as f64)?;
            if let Some(value) = stratum.weight() {
                // Rows count from 1 in formulas.
                let formula = format!("=B{0}/C{0}", row + 1);
                let formula = Formula::new(formula).set_result(value.to_string());
                sheet.write_formula_with_format(row, 3, formula, &weight)?;
            }
        }
        Ok(())
    }

    /// What a reader of the sheet must know, a line a fact.
    fn facts(&self) -> Vec<(&'static str, String)> {
        let sample = self.sample;
        let mut facts = facts(self.provenance);
        facts.push(("population", count(sample.population as u64, "passage")));
        facts.push(("sample", count(sample.hits.len() as u64, "passage")));
        facts.push(("seed", sample.config.seed.to_string()));
        let strata = match sample.config.stratify {
            Some(facet) => {
                format!("{facet}, in proportion to size, at least one of each while enough")
            }
            None => "none".to_owned(),
        };
        facts.push(("strata", strata));
        let notes = "`report_note` is what the report says of itself, as that it is a digest; \
                     `note` is free for the coders";
        facts.push(("notes", notes.to_owned()));
        facts.push(("coders", self.coders.join(", ")));
        if !self.codes.is_empty() {
            facts.push(("codes", self.codes.join(", ")));
        }
        let weight = "population / sample of its stratum: how many passages one stands for; a share \
                      of all is the sum of the weights of the rows so coded by that of all rows";
        facts.push(("weight", weight.to_owned()));
        facts
    }
}

/// The columns of the table of strata.
const STRATA: [&str; 4] = ["stratum", "population", "sample", "weight"];

fn csv_of<'a>(rows: impl Iterator<Item = Vec<Cow<'a, str>>>) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    write_guarded(&mut out, rows).map_err(|e| Error::io("a table cannot be written", e))?;
    Ok(out)
}
