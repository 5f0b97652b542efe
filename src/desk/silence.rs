//! Silence: which reports say something of a query, which say nothing, and
//! where there is no report.

use std::collections::BTreeSet;

use super::answer::{Answered, answer_digest};
use super::printed::printed_forms;
use super::values::{label, ordered};
use crate::error::Result;
use crate::index::{FacetName, OpenIndex};
use crate::query::synonyms::Added;
use crate::query::{Filters, MatchMode, Parsed, Synonyms};
use crate::report::Passage;
use crate::search::{
    Columns, Counter, Crossed, Match, Matches, PatternWords, Tally, headings_of, slice,
};

/// How the grid is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SilenceConfig {
    /// The facet of the rows.
    pub rows: FacetName,
    /// The facet of the columns.
    pub columns: FacetName,
    /// What a cell counts.
    pub counted: Counted,
    /// Which rows are kept.
    pub kept: Kept,
    /// The order of the rows.
    pub order: RowOrder,
    /// What words side by side mean, for synonyms that are offered.
    pub mode: MatchMode,
}

/// What a cell counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// The passages that match.
    Passages,
    /// How often they match.
    Hits,
}

/// Which rows are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// All of them.
    All,
    /// Those with a silent report.
    SometimesSilent,
    /// Those whose reports are all silent.
    AlwaysSilent,
}

/// The order of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowOrder {
    /// By name.
    Name,
    /// Those with the most silent reports first, equal ones by name.
    Silence,
}

/// The grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Silence {
    /// How it was made.
    pub config: SilenceConfig,
    /// The query.
    pub query: Parsed,
    /// The rows that are kept, in order.
    pub rows: Vec<Line>,
    /// How many rows are not kept.
    pub left_out: usize,
    /// The columns, in order.
    pub columns: Vec<Line>,
    /// For each row that is kept its cells, a column each.
    pub cells: Vec<Vec<Cell>>,
    /// The whole grid, with rows that are not kept.
    pub total: Cell,
    /// What lacks a row or a column.
    pub outside: Cell,
    /// The patterns of the query with the words they stood for.
    pub expansions: Vec<PatternWords>,
    /// What lit up, as [`printed_forms`] counts it.
    pub forms: Vec<(String, u64)>,
    /// What the built-in synonyms would add.
    pub offer: Option<Offer>,
    /// The reports that are silent and have a heading that matches, in order
    /// of id, each with the first such heading.
    pub by_heading: Vec<Passage>,
    /// The [answer digest](answer_digest).
    pub digest: String,
}

impl Silence {
    /// The values of the columns.
    pub fn column_values(&self) -> Vec<&str> {
        self.columns.iter().map(|c| c.value.as_str()).collect()
    }
}

/// A row or a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The value of its facet.
    pub value: String,
    /// The value for people.
    pub label: String,
    /// All of it.
    pub all: Cell,
}

/// What there is, and what of it matches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cell {
    /// What matches.
    pub found: Tally,
    /// All that the filters leave.
    pub all: Tally,
}

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// There is no report.
    NoReport,
    /// There are reports, and none has a passage that matches.
    Silent,
    /// A report has a passage that matches.
    Spoke,
}

impl Status {
    /// The name, as CSV and JSON write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::NoReport => "no report",
            Status::Silent => "silent",
            Status::Spoke => "spoke",
        }
    }
}

impl Cell {
    /// What it says.
    pub fn status(&self) -> Status {
        match (self.all.reports, self.found.passages) {
            (0, _) => Status::NoReport,
            (_, 0) => Status::Silent,
            _ => Status::Spoke,
        }
    }

    /// How many reports have a passage that matches.
    pub fn speak(&self) -> u64 {
        self.found.reports
    }

    /// How many reports have none.
    pub fn silent(&self) -> u64 {
        self.all.reports - self.found.reports.min(self.all.reports)
    }

    /// The count; none where there is no report.
    pub fn count(&self, counted: Counted) -> Option<u64> {
        let n = match counted {
            Counted::Passages => self.found.passages,
            Counted::Hits => self.found.hits,
        };
        (self.status() != Status::NoReport).then_some(n)
    }
}

/// What the built-in synonyms would add to a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The words that would be searched for too.
    pub added: Vec<Added>,
    /// The passages that would be found besides.
    pub passages: u64,
    /// The reports that are silent now and would speak.
    pub reports: u64,
}

/// Counts what a query finds within filters in a grid of two facets.
///
/// # Errors
/// A query that cannot be run on the index, or a damaged index.
pub fn silence(
    index: &OpenIndex,
    query: Parsed,
    filters: &Filters,
    config: SilenceConfig,
) -> Result<Silence> {
    let counter = Counter::of(index)?;
    let all = counter.cross(&slice(index, filters)?, config.rows, config.columns);
    let matches = Matches::of(index, Some(&query), filters)?;
    let counted = matches.counted()?;
    let found = counter.cross(&counted, config.rows, config.columns);
    let total = counter.by(&counted, config.rows).total;
    let forms = printed_forms(&matches)?;
    let asked = |facet: FacetName, held: &Tallies| -> BTreeSet<String> {
        let asked = match facet {
            // What is asked for by name and has no report is told too.
            FacetName::Country | FacetName::Year => filters.only.get(&facet),
            _ => None,
        };
        let asked = asked.into_iter().flatten().flat_map(|v| v.values.clone());
        held.keys().cloned().chain(asked).collect()
    };
    let columns = asked(config.columns, &all.columns).into_iter();
    let columns: Vec<Line> = ordered(config.columns, columns)
        .into_iter()
        .map(|value| line(config.columns, value, &found.columns, &all.columns))
        .collect();
    let rows = asked(config.rows, &all.rows).into_iter();
    let mut rows: Vec<Line> = ordered(config.rows, rows)
        .into_iter()
        .map(|value| line(config.rows, value, &found.rows, &all.rows))
        .collect();
    let of_all = rows.len();
    rows.retain(|row| match config.kept {
        Kept::All => true,
        Kept::SometimesSilent => row.all.silent() > 0,
        Kept::AlwaysSilent => row.all.status() == Status::Silent,
    });
    if config.order == RowOrder::Silence {
        // Stable: equal ones stay in order of name.
        rows.sort_by_key(|row| std::cmp::Reverse(row.all.silent()));
    }
    let digest = answer_digest(
        &index.manifest.corpus_digest,
        &[Answered::new(&query, filters, total)],
    );
    Ok(Silence {
        cells: cells(&rows, &columns, &found, &all),
        left_out: of_all - rows.len(),
        rows,
        columns,
        total: Cell {
            found: found.total,
            all: all.total,
        },
        outside: Cell {
            found: found.outside,
            all: all.outside,
        },
        expansions: matches.expansions,
        forms,
        offer: offer(index, &query, filters, config.mode, total)?,
        by_heading: by_heading(index, &query, filters, &counted)?,
        config,
        query,
        digest,
    })
}

type Tallies = std::collections::BTreeMap<String, Tally>;

fn line(facet: FacetName, value: String, found: &Tallies, all: &Tallies) -> Line {
    let of = |tallies: &Tallies| tallies.get(&value).copied().unwrap_or_default();
    Line {
        label: label(facet, &value),
        all: Cell {
            found: of(found),
            all: of(all),
        },
        value,
    }
}

fn cells(rows: &[Line], columns: &[Line], found: &Crossed, all: &Crossed) -> Vec<Vec<Cell>> {
    let cell = |row: &Line, column: &Line| {
        let key = (row.value.clone(), column.value.clone());
        let of = |crossed: &Crossed| crossed.cells.get(&key).copied().unwrap_or_default();
        Cell {
            found: of(found),
            all: of(all),
        }
    };
    let row = |row: &Line| columns.iter().map(|column| cell(row, column)).collect();
    rows.iter().map(row).collect()
}

/// Of the reports that none of the passages found is of, those with a heading
/// that matches.
fn by_heading(
    index: &OpenIndex,
    query: &Parsed,
    filters: &Filters,
    found: &[Match],
) -> Result<Vec<Passage>> {
    let columns = Columns::of(index)?;
    let speak: BTreeSet<usize> = found.iter().map(|m| columns.report(m.doc)).collect();
    let mut headings = headings_of(index, query, filters)?;
    headings.retain(|(report, _)| !speak.contains(report));
    headings.dedup_by_key(|(report, _)| *report);
    Ok(headings.into_iter().map(|(_, heading)| heading).collect())
}

/// What the built-in synonyms would add; none where they know no word of the
/// query, or it has been widened already.
fn offer(
    index: &OpenIndex,
    query: &Parsed,
    filters: &Filters,
    mode: MatchMode,
    found: Tally,
) -> Result<Option<Offer>> {
    if !query.added.is_empty() {
        return Ok(None);
    }
    let widened = Synonyms::built_in().widen(query.clone(), mode);
    if widened.added.is_empty() {
        return Ok(None);
    }
    let more = Matches::of(index, Some(&widened), filters)?.counted()?;
    let more = Counter::of(index)?.by(&more, FacetName::Series).total;
    Ok(Some(Offer {
        added: widened.added,
        passages: more.passages.saturating_sub(found.passages),
        reports: more.reports.saturating_sub(found.reports),
    }))
}
