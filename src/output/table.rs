//! Hits and facet counts as CSV (RFC 4180), a header first.

use std::io::{self, Write};

use super::cells::CsvWriter;
use super::publication;
use crate::cite::pincite;
use crate::report::{FactSource, Passage};
use crate::search::{FacetCounts, Hit};
use crate::text::span::in_code_points;

const COLUMNS: [&str; 26] = [
    "rank",
    "score",
    "id",
    "series",
    "title",
    "country",
    "iso3",
    "region",
    "year",
    "tier",
    "tier_source",
    "section",
    "heading",
    "subheading",
    "heading_source",
    "paragraph",
    "printed",
    "page",
    "remark",
    "sentences",
    "themes",
    "text",
    "hash",
    "highlights",
    "pincite",
    "path",
];

/// Writes hits of one query, or of several with the id of the query before
/// each.
#[derive(Debug)]
pub struct HitTable<W: Write> {
    writer: CsvWriter<W>,
    with_id: bool,
    is_folded: bool,
}

/// The columns that a table of folded hits has behind the others.
const FOLDED: [&str; 3] = ["alike_count", "alike_years", "alike_ids"];

impl<W: Write> HitTable<W> {
    /// A table; `with_id` puts the id of a batch's query in a first column.
    ///
    /// # Errors
    /// What writing fails with.
    pub fn new(out: W, with_id: bool) -> io::Result<Self> {
        Self::with_columns(out, with_id, false)
    }

    /// A table of folded hits, each with the matches that it stands for.
    ///
    /// # Errors
    /// What writing fails with.
    pub fn folded(out: W) -> io::Result<Self> {
        Self::with_columns(out, false, true)
    }

    /// A table whose header is written already.
    pub fn continued(out: W, with_id: bool) -> Self {
        HitTable {
            writer: CsvWriter::new(out),
            with_id,
            is_folded: false,
        }
    }

    fn with_columns(out: W, with_id: bool, is_folded: bool) -> io::Result<Self> {
        let mut table = Self::continued(out, with_id);
        table.is_folded = is_folded;
        let id = with_id.then_some("qid").into_iter();
        let folded = FOLDED.into_iter().filter(|_| is_folded);
        table.writer.row(
            id.chain(COLUMNS)
                .chain(["url"])
                .chain(publication::COLUMNS)
                .chain(["note"])
                .chain(folded),
        )?;
        Ok(table)
    }

    /// Writes hits.
    ///
    /// # Errors
    /// What writing fails with.
    pub fn write(&mut self, id: &str, hits: &[Hit]) -> io::Result<()> {
        for hit in hits {
            let mut row: Vec<String> = Vec::with_capacity(COLUMNS.len() + 13);
            if self.with_id {
                row.push(id.to_owned());
            }
            row.extend(cells(hit));
            if self.is_folded {
                let alike = hit.alike.clone().unwrap_or_default();
                row.push(alike.ids.len().to_string());
                row.push(list(alike.years.iter().map(u16::to_string).collect()));
                row.push(list(alike.ids.iter().map(ToString::to_string).collect()));
            }
            self.writer.row(&row)?;
        }
        self.writer.flush()
    }
}

/// Several values in one cell.
fn list(items: Vec<String>) -> String {
    items.join(";")
}

fn cells(hit: &Hit) -> Vec<String> {
    let passage: &Passage = &hit.passage;
    let report = &passage.report;
    let country = report.country.as_ref();
    let source = |source: Option<FactSource>| source.map_or("", FactSource::as_str).to_owned();
    let mut cells = vec![
        hit.rank.to_string(),
        hit.score.to_string(),
        passage.id.to_string(),
        report.series.to_string(),
        report.title.clone(),
        country.map(|c| c.name.clone()).unwrap_or_default(),
        country.map(|c| c.iso3.clone()).unwrap_or_default(),
        country.map(|c| c.region.clone()).unwrap_or_default(),
        report.year.map(|y| y.to_string()).unwrap_or_default(),
        report.tier.map(|t| t.to_string()).unwrap_or_default(),
        source(report.tier_source),
        passage.section.key.clone(),
        passage.section.heading.clone().unwrap_or_default(),
        passage.section.subheading.clone().unwrap_or_default(),
        source(passage.section.source),
        passage.id.number.to_string(),
        passage.printed_number.clone().unwrap_or_default(),
        passage.page.map(|p| p.to_string()).unwrap_or_default(),
        passage.remark().unwrap_or_default(),
        list(hit.sentences.iter().map(usize::to_string).collect()),
        list(passage.themes.iter().map(|t| t.path.clone()).collect()),
        passage.text.clone(),
        passage.hash(),
        list(
            in_code_points(&passage.text, &hit.highlights)
                .into_iter()
                .map(|r| format!("{}-{}", r.start, r.end))
                .collect(),
        ),
        pincite(passage),
        report.path.clone(),
        report.url.clone().unwrap_or_default(),
    ];
    cells.extend(publication::cells(report));
    cells.push(report.note.clone().unwrap_or_default());
    cells
}

/// Writes facet counts: facet, value, count.
///
/// # Errors
/// What writing fails with.
pub fn write_facets(out: &mut dyn Write, counts: &FacetCounts) -> io::Result<()> {
    let mut writer = CsvWriter::new(out);
    writer.row(["facet", "value", "passages"])?;
    for (facet, values) in counts {
        for (value, count) in values {
            let row = [facet.as_str(), value, &count.to_string()];
            writer.row(row)?;
        }
    }
    writer.flush()
}
