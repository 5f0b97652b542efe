//! How typed queries are read: the options of a search that shape its tree.

use super::literal::parse_literal;
use super::parse::{Parsed, parse};
use super::synonyms::Synonyms;
use super::tree::MatchMode;
use crate::error::Result;

/// How typed queries are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// What several bare words side by side mean.
    pub mode: MatchMode,
    /// Whether the text is plain words, its signs no operators.
    pub literal: bool,
    /// The synonyms that widen a query, if any.
    pub synonyms: Option<Synonyms>,
}

impl Reading {
    /// The same but for what is given.
    #[must_use]
    pub fn with(&self, mode: Option<MatchMode>, literal: Option<bool>) -> Reading {
        Reading {
            mode: mode.unwrap_or(self.mode),
            literal: literal.unwrap_or(self.literal),
            synonyms: self.synonyms.clone(),
        }
    }

    /// Reads a query.
    ///
    /// # Errors
    /// As [`parse`].
    pub fn read(&self, text: &str) -> Result<Parsed> {
        let parsed = match self.literal {
            true => parse_literal(text, self.mode)?,
            false => parse(text, self.mode)?,
        };
        Ok(match &self.synonyms {
            Some(synonyms) => synonyms.widen(parsed, self.mode),
            None => parsed,
        })
    }
}
