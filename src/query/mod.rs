//! From what was typed to what is matched and how it is ranked.
//!
//! The text is cut into tokens (`lex`, `signs`) and parsed ([`parse()`],
//! [`literal`]) into the [`tree`], the one meaning of a query, which prints
//! itself and which [`synonyms`] may widen. The [`planner`] makes the tree ready
//! for an index: words become terms ([`expand`], `finder`), fields and
//! [`filter`]s become facet values; the result is a [`plan`]. The [`engine`] runs
//! it: `reader` and `union` read places from the index, the [`matcher`] decides
//! by them what matches and what lights up, the [`scorer`] weighs it by the
//! formula of [`rank`]. Where no places decide, `boolean` leaves the finding to
//! the engine's own queries.

mod best;
mod boolean;
mod edits;
pub mod engine;
pub mod expand;
pub mod filter;
mod finder;
mod lex;
pub mod literal;
pub mod matcher;
mod operand;
mod optional;
pub mod parse;
pub mod plan;
pub mod planner;
mod quotes;
pub mod rank;
mod reader;
pub mod reading;
pub mod scorer;
mod signs;
mod spelled_apart;
pub mod synonyms;
mod token;
pub mod tree;
mod union;
pub mod word;

pub use engine::PassageQuery;
pub use filter::{FilterSpec, Filters, STRICT};
pub use literal::parse_literal;
pub use parse::{Parsed, parse};
pub use plan::Plan;
pub use reading::Reading;
pub use synonyms::Synonyms;
pub use tree::{FieldFilter, MatchMode, Near, Node, NodeKind, Term, Within};
pub use word::{Form, Pattern, Slot, Word};
