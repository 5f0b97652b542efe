//! From what was typed to what is matched: the tree, the filters, their form
//! as queries of the engine, and the matcher.
//!
//! The tree is the one meaning of a query. [`compile()`] asks the engine for the
//! passages that match it, [`matcher`] finds its words in one of them; both go
//! by the same terms.

pub mod compile;
pub mod filter;
mod lex;
pub mod matcher;
pub mod parse;
pub mod tree;

pub use compile::compile;
pub use filter::{FilterSpec, Filters};
pub use matcher::Matcher;
pub use parse::{Parsed, parse};
pub use tree::{MatchMode, Node, NodeKind, Slot, Term};
