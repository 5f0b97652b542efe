//! The values that reports are made of; each parses, prints and orders itself.
//!
//! This room knows no files and no index: a [`Report`] is a value that the
//! reader makes and everything after it only looks at.

pub mod country;
pub mod passage;
pub mod passage_id;
pub mod section;
pub mod series;
pub mod source;
pub mod tier;
pub mod year;

pub use country::{Country, Gazetteer, PrintedCountry};
pub use passage::{
    Paragraph, Passage, Publication, Report, ReportInfo, ThemeMark, is_theme_path, text_hash,
};
pub use passage_id::{PassageId, ReportId};
pub use section::{Section, SectionName, slug};
pub use series::Series;
pub use source::{FactSource, Told};
pub use tier::Tier;
pub use year::{Year, YearRange};
