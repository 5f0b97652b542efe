//! `pincite facets`

use std::path::Path;

use pincite::error::Result;
use pincite::index::FacetName;
use pincite::output::text::{total_line, write_facets};
use pincite::output::{json, table};
use pincite::search::{SearchRequest, search};

use super::{Asked, tell_notes, tell_nothing};
use crate::Status;
use crate::args::{FacetsArgs, TableFormat};
use crate::terminal::Terminal;

pub(crate) fn run(index: &Path, args: &FacetsArgs, terminal: &Terminal) -> Result<Status> {
    let Asked {
        index,
        query,
        filters,
    } = Asked::new(index, &args.query, &args.ask, terminal)?;
    let request = SearchRequest {
        query,
        filters,
        limit: 0,
        facets: match args.facets.is_empty() {
            true => FacetName::ALL.to_vec(),
            false => args.facets.clone(),
        },
        headings: args.headings,
        ..SearchRequest::default()
    };
    let results = search(&index, &request)?;
    tell_notes(&results, request.query.as_ref(), terminal);
    let counts = results.facets.clone().unwrap_or_default();
    match args.format {
        TableFormat::Text if results.total > 0 => terminal.page(|out| {
            write_facets(out, &counts, terminal.text_options(false))?;
            writeln!(out, "\n{}", total_line(&request, &results))
        })?,
        TableFormat::Text => {}
        TableFormat::Json => terminal.write(|out| {
            let query = request.query.as_ref().map(|q| q.text.as_str());
            json::write_facets(out, query, &request.filters, &results, &counts)
        })?,
        TableFormat::Csv => terminal.write(|out| table::write_facets(out, &counts))?,
    }
    if results.total > 0 {
        return Ok(Status::Found);
    }
    tell_nothing(&index, &request, args.format == TableFormat::Text, terminal)
}
