//! From files to reports: profiles, headings, paragraphs.
//!
//! Reading never fails as a whole: a file gives the reports that could be
//! made of it and [`Notice`]s on what could not. What a series looks like is
//! data (`profiles/*.toml`); this room has no rule for a single series.

pub mod about;
mod archived;
mod bare_headings;
pub mod corpus;
mod cover;
mod cutter;
mod described;
mod edition;
mod evidence;
mod facts;
mod file;
pub mod front_matter;
mod headings;
mod input;
mod items;
mod lacking;
mod menus;
mod narrative;
pub mod notice;
mod number_mark;
mod numbered_units;
mod numbering;
pub mod outline;
pub mod own;
pub mod paragraphs;
mod printed_mark;
pub mod profile;
mod profiles;
mod prose;
mod recognize;
pub mod records;
mod sidecar;
mod titles;

pub use corpus::{InputFile, KnownFiles, find_files, find_files_beside, name_records, real_path};
pub use file::{FileReading, ReadConfig, read_file, reports_of};
pub use front_matter::FrontMatter;
pub use input::hash_of;
pub use notice::{Notice, NoticeKind};
pub use printed_mark::{Marks, Numbered, marked_otherwise};
pub use profile::Profile;
pub use profiles::Profiles;
