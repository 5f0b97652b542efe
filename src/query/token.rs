//! What a query is cut into.

use std::ops::Range;

use super::tree::{FieldFilter, Term, Within};

/// A piece of a query that means something by itself.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    Term(Term),
    Field(FieldFilter),
    And,
    Or,
    Not,
    Near {
        within: Within,
        ordered: bool,
    },
    /// `ATLEAST3`, with its parenthesis to come.
    AtLeast(u32),
    /// `^2` after what it weighs.
    Boost(f32),
    Open,
    Close,
}

/// A piece and where it stands, in bytes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Range<usize>,
}
