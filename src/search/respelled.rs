//! Phrases in their other spelling: what is quoted matches letter for letter, so
//! where it finds little, what the British or American spelling finds is told.

use super::hits::{SearchRequest, count_matches};
use crate::error::Result;
use crate::index::OpenIndex;
use crate::query::{Form, Node, NodeKind, Parsed, Slot, Term, Word};
use crate::text::forms::{APART, spellings};

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
/// for, as far as they find passages that the request does not; none where its
/// `total` is not small.
///
/// # Errors
/// A damaged index.
pub fn respelled(index: &OpenIndex, request: &SearchRequest, total: u64) -> Result<Vec<Respelled>> {
    let mut found = Vec::new();
    let Some(parsed) = request.query.as_ref().filter(|_| total < FEW) else {
        return Ok(found);
    };
    let count = |tree: Node| {
        let query = Parsed {
            tree,
            ..parsed.clone()
        };
        count_matches(index, &query, &request.filters)
    };
    for other in other_spellings(&parsed.tree) {
        if count(without(&other, &parsed.tree))? > 0 {
            found.push(Respelled {
                query: other.to_string(),
                passages: count(other)?,
            });
        }
    }
    Ok(found)
}

/// What matches one tree and not another.
fn without(tree: &Node, other: &Node) -> Node {
    let span = tree.span.clone();
    let not = Node {
        kind: NodeKind::Not(Box::new(other.clone())),
        span: span.clone(),
    };
    Node {
        kind: NodeKind::And(vec![tree.clone(), not]),
        span,
    }
}

/// A tree with one or more of its words in their other spelling, for every choice
/// of the first words that have one; a word of several has each for itself.
fn other_spellings(tree: &Node) -> Vec<Node> {
    let mut choices: Vec<Choice> = Vec::new();
    for (term, _) in tree.terms() {
        for choice in choices_of(term) {
            if !choices.contains(&choice) {
                choices.push(choice);
            }
        }
    }
    choices.truncate(MOST_CHOICES);
    let mut trees: Vec<Node> = Vec::new();
    for chosen in 1..1usize << choices.len() {
        let choices = choices.iter().enumerate();
        let chosen = choices.filter(|(i, _)| chosen >> i & 1 == 1);
        let chosen: Vec<&Choice> = chosen.map(|(_, choice)| choice).collect();
        let other = tree.map_terms(&|term| respell(term, &chosen));
        if !trees.contains(&other) {
            trees.push(other);
        }
    }
    trees
}

/// How many other spellings are tried with each other.
const MOST_CHOICES: usize = 3;

/// Another spelling: the words that it is for, and those that it has.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Choice {
    from: Vec<String>,
    to: Vec<String>,
}

impl Choice {
    fn new(from: &[&str], to: &[&str]) -> Self {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Choice {
            from: owned(from),
            to: owned(to),
        }
    }
}

/// The other spellings of the words of a term whose very form is asked for.
fn choices_of(term: &Term) -> Vec<Choice> {
    let mut choices = Vec::new();
    if term.form != Form::Exact {
        return choices;
    }
    for form in term.slots.iter().flat_map(Slot::words).filter_map(form_of) {
        let others = spellings(form).into_iter();
        choices.extend(others.map(|other| Choice::new(&[form], &[other])));
    }
    for pieces in APART {
        let whole = pieces.concat();
        for choice in [
            Choice::new(&pieces, &[&whole]),
            Choice::new(&[&whole], &pieces),
        ] {
            let mut runs = term.slots.windows(choice.from.len());
            if runs.any(|run| is_run(run, &choice.from)) {
                choices.push(choice);
            }
        }
    }
    choices
}

fn form_of(word: &Word) -> Option<&str> {
    match word {
        Word::Plain { form, .. } => Some(form),
        _ => None,
    }
}

/// Whether slots are single words, these.
fn is_run(slots: &[Slot], words: &[String]) -> bool {
    let is = |slot: &Slot, form: &String| match slot {
        Slot::Word(word) => form_of(word) == Some(form),
        Slot::Compound { .. } => false,
    };
    slots.len() == words.len() && slots.iter().zip(words).all(|(slot, form)| is(slot, form))
}

/// A term with words in the spellings that are chosen.
fn respell(term: &Term, chosen: &[&Choice]) -> Term {
    if term.form != Form::Exact {
        return term.clone();
    }
    let mut slots: Vec<Slot> = Vec::new();
    let mut rest = term.slots.as_slice();
    while let Some(slot) = rest.first() {
        let runs = |choice: &&&Choice| {
            let run = rest.get(..choice.from.len());
            run.is_some_and(|run| is_run(run, &choice.from))
        };
        match chosen.iter().find(runs) {
            Some(choice) => {
                slots.extend(choice.to.iter().map(|form| Slot::Word(plain(form))));
                rest = &rest[choice.from.len()..];
            }
            None => {
                slots.push(slot.map_words(&|word| respell_word(word, chosen)));
                rest = &rest[1..];
            }
        }
    }
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

/// A word of a compound in the spelling that is chosen.
fn respell_word(word: &Word, chosen: &[&Choice]) -> Word {
    let is_of = |choice: &&&Choice| choice.from.iter().map(String::as_str).eq(form_of(word));
    match chosen.iter().find(is_of).map(|choice| choice.to.as_slice()) {
        Some([other]) => plain(other),
        _ => word.clone(),
    }
}

fn plain(form: &str) -> Word {
    Word::Plain {
        form: form.to_owned(),
        printed: None,
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
            ("\"ten per cent\"", vec!["\"ten percent\""]),
            ("\"ten percent\"", vec!["\"ten per cent\""]),
            ("\"well-organised\"", vec!["\"well-organized\""]),
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
