//! What the desk finds as JSON and CSV.

pub mod kwic;
pub mod words;
