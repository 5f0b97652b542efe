//! `pincite explain`

use std::path::Path;

use pincite::error::Result;
use pincite::output::json;
use pincite::output::text::write_explanation;
use pincite::search::{SearchRequest, explain};

use super::Asked;
use crate::Status;
use crate::args::{ExplainArgs, TextOrJson, feedback};
use crate::terminal::Terminal;

pub(crate) fn run(index: &Path, args: &ExplainArgs, terminal: &Terminal) -> Result<Status> {
    let words = std::slice::from_ref(&args.query);
    let asked = Asked::new(index, words, &args.ask, terminal)?;
    let index = asked.index;
    let request = SearchRequest {
        query: asked.query,
        filters: asked.filters,
        feedback: feedback(args.feedback),
        ..SearchRequest::default()
    };
    let explained = explain(&index, &request, args.id.as_deref())?;
    match args.format {
        TextOrJson::Text => {
            terminal.page(|out| write_explanation(out, &explained, terminal.text_options(true)))?
        }
        TextOrJson::Json => {
            terminal.write(|out| json::write_explanation(out, &args.query, &explained))?;
        }
    }
    let found = match &explained.passage {
        Some(passage) => passage.matches && passage.passes_filters,
        None => explained.total > 0,
    };
    Ok(if found {
        Status::Found
    } else {
        Status::Nothing
    })
}
