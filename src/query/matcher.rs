//! Finding the words of a query in one text: what matches, and where.

use std::ops::Range;

use super::tree::{Node, NodeKind, Slot, Term};
use crate::text::{Analysis, Stemmer, span};

/// Matches texts against the tree of a query.
#[derive(Debug)]
pub struct Matcher<'q> {
    tree: &'q Node,
    stemmer: Stemmer,
}

/// The words of a text by position.
struct Words<'a> {
    /// For every position its words: form, and how many positions each covers.
    at: Vec<Vec<(&'a str, usize)>>,
    spans: Vec<Range<usize>>,
}

impl<'q> Matcher<'q> {
    /// A matcher for a tree.
    pub fn new(tree: &'q Node) -> Self {
        Matcher {
            tree,
            stemmer: Stemmer::default(),
        }
    }

    /// The spans of `text` that match: half-open byte ranges in order, never
    /// overlapping; none where the text does not match. A query that only
    /// excludes matches without spans.
    ///
    /// ```
    /// use pincite::query::{MatchMode, Matcher, parse};
    /// let parsed = parse("\"brick kilns\" OR debt", MatchMode::All).unwrap();
    /// let matcher = Matcher::new(&parsed.tree);
    /// assert_eq!(matcher.spans("Brick kilns, debts"), Some(vec![0..11, 13..18]));
    /// assert_eq!(matcher.spans("Kilns of brick"), None);
    /// ```
    pub fn spans(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let analysis = Analysis::of(text);
        let mut words = Words {
            at: vec![Vec::new(); analysis.word_count()],
            spans: vec![0..0; analysis.word_count()],
        };
        for token in analysis.tokens() {
            let form = analysis.form(token);
            let position = token.position as usize;
            words.at[position].push((form, token.length as usize));
            if token.length == 1 {
                words.spans[position] = token.span.clone();
            }
        }
        self.node(self.tree, &words).map(span::merge)
    }

    fn node(&self, node: &Node, words: &Words<'_>) -> Option<Vec<Range<usize>>> {
        match &node.kind {
            NodeKind::Term(term) => {
                let spans = self.term(term, words);
                (!spans.is_empty()).then_some(spans)
            }
            NodeKind::And(nodes) => {
                let all: Option<Vec<_>> = nodes.iter().map(|n| self.node(n, words)).collect();
                all.map(|spans| spans.concat())
            }
            NodeKind::Or(nodes) => {
                let any: Vec<_> = nodes.iter().filter_map(|n| self.node(n, words)).collect();
                (!any.is_empty()).then(|| any.concat())
            }
            NodeKind::Not(node) => match self.node(node, words) {
                Some(_) => None,
                None => Some(Vec::new()),
            },
        }
    }

    fn term(&self, term: &Term, words: &Words<'_>) -> Vec<Range<usize>> {
        let wanted: Vec<Wanted> = term
            .slots
            .iter()
            .map(|slot| self.wanted(slot, term.exact))
            .collect();
        let mut spans = Vec::new();
        for start in 0..words.at.len() {
            let mut ends = vec![start];
            for slot in &wanted {
                ends = ends.iter().flat_map(|at| slot.ends(words, *at)).collect();
                ends.sort_unstable();
                ends.dedup();
            }
            if let Some(end) = ends.last() {
                spans.push(words.spans[start].start..words.spans[end - 1].end);
            }
        }
        spans
    }

    fn wanted(&self, slot: &Slot, exact: bool) -> Wanted<'_> {
        let form = |form: &String| match exact {
            true => form.clone(),
            false => self.stemmer.stem(form).into_owned(),
        };
        let stemmer = (!exact).then_some(&self.stemmer);
        match slot {
            Slot::Word(word) => Wanted {
                parts: vec![form(word)],
                joined: None,
                stemmer,
            },
            Slot::Compound { parts, joined } => Wanted {
                parts: parts.iter().map(form).collect(),
                joined: Some(form(joined)),
                stemmer,
            },
        }
    }
}

/// A slot with its forms, or its stems and what stems a word.
struct Wanted<'m> {
    parts: Vec<String>,
    joined: Option<String>,
    stemmer: Option<&'m Stemmer>,
}

impl Wanted<'_> {
    /// The positions after every way in which the slot matches at `start`.
    fn ends(&self, words: &Words<'_>, start: usize) -> Vec<usize> {
        let mut ends = vec![start];
        for part in &self.parts {
            ends = ends
                .iter()
                .flat_map(|at| self.steps(words, part, *at))
                .collect();
        }
        if let Some(joined) = &self.joined {
            ends.extend(
                self.steps(words, joined, start)
                    .filter(|end| *end == start + 1),
            );
        }
        ends
    }

    /// The positions after the words at a position that fit.
    fn steps<'a>(
        &'a self,
        words: &'a Words<'_>,
        wanted: &'a str,
        at: usize,
    ) -> impl Iterator<Item = usize> + 'a {
        let here = words.at.get(at).map_or(&[][..], Vec::as_slice);
        here.iter()
            .filter(|(form, _)| self.fits(form, wanted))
            .map(move |(_, length)| at + length)
    }

    fn fits(&self, form: &str, wanted: &str) -> bool {
        match self.stemmer {
            None => form == wanted,
            // A stem begins as its word does, which spares most stemming; but
            // an apostrophe before a word goes.
            Some(stemmer) => {
                let first = form.as_bytes().first();
                (first == wanted.as_bytes().first() || first == Some(&b'\''))
                    && stemmer.stem(form) == wanted
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{MatchMode, parse};

    fn lit<'t>(query: &str, text: &'t str) -> Option<Vec<&'t str>> {
        let parsed = parse(query, MatchMode::All).unwrap();
        let spans = Matcher::new(&parsed.tree).spans(text)?;
        Some(spans.into_iter().map(|s| &text[s]).collect())
    }

    #[test]
    fn what_matches_is_lit_and_nothing_else() {
        for (query, text, expected) in [
            (
                "kiln",
                "The kilns’ owners; a kiln.",
                Some(vec!["kilns", "kiln"]),
            ),
            ("\"kiln\"", "The kilns; a kiln.", Some(vec!["kiln"])),
            (
                "\"brick kilns\"",
                "Kilns. Brick. Kilns of brick.",
                Some(vec!["Brick. Kilns"]),
            ),
            ("\"brick kilns\"", "brick kiln", None),
            ("a b", "a c", None),
            ("a OR b", "a c", Some(vec!["a"])),
            ("a -c", "a c", None),
            ("a OR (b c)", "a b", Some(vec!["a"])),
            ("\"a b a\"", "a b a b a", Some(vec!["a b a b a"])),
            (
                "government",
                "the Government’s budget",
                Some(vec!["Government’s"]),
            ),
            ("543,080", "($543,080)", Some(vec!["543,080"])),
        ] {
            assert_eq!(lit(query, text), expected, "{query} in {text}");
        }
    }

    #[test]
    fn a_compound_is_found_in_three_ways() {
        let text = "strong anti-trafficking efforts";
        for query in [
            "anti-trafficking",
            "\"anti-trafficking\"",
            "\"anti trafficking\"",
            "antitrafficking",
            "\"antitrafficking\"",
        ] {
            assert_eq!(lit(query, text), Some(vec!["anti-trafficking"]), "{query}");
        }
        for query in [
            "\"strong antitrafficking efforts\"",
            "\"strong anti-trafficking efforts\"",
            "\"strong anti trafficking efforts\"",
        ] {
            assert_eq!(lit(query, text), Some(vec![text]), "{query}");
        }
        assert_eq!(lit("trafficking", text), Some(vec!["trafficking"]));
        assert_eq!(
            lit("anti-trafficking", "antitrafficking"),
            Some(vec!["antitrafficking"])
        );
        assert_eq!(lit("antitrafficking", "anti trafficking"), None);
    }
}
