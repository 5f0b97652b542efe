//! Comparisons of editions as JSON, CSV and a page of HTML.

mod html;
mod json;
mod table;

pub use html::{write_comparison as write_html, write_ranking as write_ranking_html};
pub use json::{write_comparison as write_json, write_ranking as write_ranking_json};
pub use table::{write_comparison as write_csv, write_ranking as write_ranking_csv};
