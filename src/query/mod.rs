//! From what was typed to what is matched and how it is ranked.
//!
//! The text is cut into tokens and parsed into the [`tree`], the one meaning
//! of a query, which prints itself and which [`synonyms`] may widen. A [`plan`] makes the tree ready for an
//! index: words become terms ([`expand`]), fields and [`filter`]s become facet
//! values. [`engine`] runs the plan: it reads places from the index, the
//! [`matcher`] decides by them what matches and what lights up, [`rank`] weighs
//! it.

mod edits;
pub mod engine;
pub mod expand;
pub mod filter;
mod lex;
pub mod matcher;
pub mod parse;
pub mod plan;
mod postings;
pub mod rank;
pub mod reading;
pub mod synonyms;
pub mod tree;
pub mod word;

pub use engine::PassageQuery;
pub use filter::{FilterSpec, Filters};
pub use parse::{Parsed, parse, parse_literal};
pub use plan::Plan;
pub use reading::Reading;
pub use synonyms::Synonyms;
pub use tree::{FieldFilter, MatchMode, Near, Node, NodeKind, Term, Within};
pub use word::{Form, Pattern, Slot, Word};
