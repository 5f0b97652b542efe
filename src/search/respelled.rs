//! Phrases in their other spelling: what is quoted matches letter for letter, so
//! where it finds little, what the British or American spelling finds is told.

use super::hits::{SearchRequest, count_matches};
use crate::error::Result;
use crate::index::OpenIndex;
use crate::query::{Form, Node, Parsed, Slot, Term, Word};
use crate::text::forms::spellings;

/// A query with its phrases spelled otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Respelled {
    /// The query as it prints itself.
    pub query: String,
    /// How many passages match it within the filters.
    pub passages: u64,
}

/// Of fewer matches than these the other spellings are told.
const FEW: u64 = 10;

/// The other spellings of a request's phrases and words whose very form is asked
/// for, as far as they find more than its `total`; none where that is no little.
///
/// # Errors
/// A damaged index.
pub fn respelled(index: &OpenIndex, request: &SearchRequest, total: u64) -> Result<Vec<Respelled>> {
    let mut found = Vec::new();
    let Some(parsed) = request.query.as_ref().filter(|_| total < FEW) else {
        return Ok(found);
    };
    for tree in other_spellings(&parsed.tree) {
        let other = Parsed {
            tree,
            ..parsed.clone()
        };
        let passages = count_matches(index, &other, &request.filters)?;
        if passages > total {
            found.push(Respelled {
                query: other.tree.to_string(),
                passages,
            });
        }
    }
    Ok(found)
}

/// A tree with one or more of its words in their other spelling, for every choice
/// of the first words that have one; a word of several has each for itself.
fn other_spellings(tree: &Node) -> Vec<Node> {
    let mut choices: Vec<(&str, &str)> = Vec::new();
    for (term, _) in tree.terms() {
        for word in term.slots.iter().flat_map(Slot::words) {
            let pairs = others_of(word, term.form).into_iter();
            choices.extend(
                pairs
                    .filter(|pair| !choices.contains(pair))
                    .collect::<Vec<_>>(),
            );
        }
    }
    choices.truncate(MOST_CHOICES);
    let mut trees: Vec<Node> = Vec::new();
    for chosen in 1..1usize << choices.len() {
        let pairs = choices.iter().enumerate();
        let pairs = pairs.filter(|(i, _)| chosen >> i & 1 == 1);
        let pairs: Vec<(&str, &str)> = pairs.map(|(_, pair)| *pair).collect();
        let other = tree.map_terms(&|term| respell(term, &pairs));
        if !trees.contains(&other) {
            trees.push(other);
        }
    }
    trees
}

/// How many other spellings are tried with each other.
const MOST_CHOICES: usize = 3;

fn respell(term: &Term, pairs: &[(&str, &str)]) -> Term {
    let other = |form: &str| pairs.iter().find(|(word, _)| *word == form);
    let respell = |word: &Word| match (word, term.form) {
        (Word::Plain { form, .. }, Form::Exact) => match other(form) {
            Some((_, other)) => Word::Plain {
                form: (*other).to_owned(),
                printed: None,
            },
            None => word.clone(),
        },
        _ => word.clone(),
    };
    let slots: Vec<Slot> = term
        .slots
        .iter()
        .map(|slot| slot.map_words(&respell))
        .collect();
    if slots == term.slots {
        return term.clone();
    }
    let typed: Vec<String> = slots.iter().map(ToString::to_string).collect();
    Term {
        slots,
        typed: typed.join(" "),
        ..term.clone()
    }
}

/// A word whose very form is asked for, with each of its other spellings.
fn others_of(word: &Word, form: Form) -> Vec<(&str, &str)> {
    match (word, form) {
        (Word::Plain { form, .. }, Form::Exact) => {
            let others = spellings(form).into_iter();
            others.map(|other| (form.as_str(), other)).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{MatchMode, parse};

    #[test]
    fn phrases_are_respelled_and_bare_words_are_not() {
        for (query, expected) in [
            ("\"labour inspectors\"", vec!["\"labor inspectors\""]),
            (
                "\"labor organization\" kiln",
                vec![
                    "\"labour organization\" AND kiln",
                    "\"labor organisation\" AND kiln",
                    "\"labour organisation\" AND kiln",
                ],
            ),
            ("=defence", vec!["\"defense\""]),
            ("labour", vec![]),
            ("\"brick kilns\"", vec![]),
            ("case:\"Labour\"", vec![]),
        ] {
            let tree = parse(query, MatchMode::All).unwrap().tree;
            let others = other_spellings(&tree);
            let shown: Vec<String> = others.iter().map(ToString::to_string).collect();
            assert_eq!(shown, expected, "{query}");
        }
    }
}
