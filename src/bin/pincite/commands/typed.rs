//! What the shell and the order of the arguments made of a query, told with how
//! it was understood.

use pincite::error::Result;
use pincite::index::{FacetName, OpenIndex};
use pincite::output::text::count;
use pincite::query::{
    FilterSpec, Filters, Form, MatchMode, Node, NodeKind, Parsed, Reading, parse,
};
use pincite::search::count_matches;
use pincite::text::shell_word;

use crate::args::{BehindValue, Typing};
use crate::terminal::Terminal;

/// Tells of words that may have been meant as values of options, of text that
/// looks like options, and of a query that is parted by an option.
pub(super) fn tell_typing(
    typing: Option<&Typing>,
    query: Option<&Parsed>,
    index: &OpenIndex,
    terminal: &Terminal,
) {
    let Some(typing) = typing else { return };
    let note = |note: String| terminal.say(|out| writeln!(out, "note: {note}"));
    let behind = typing.behind_values.iter();
    let values: Vec<String> = behind
        .filter_map(|b| more_values(b, query, index))
        .collect();
    if values.is_empty()
        && typing.is_parted()
        && let Some(query) = query
    {
        note(format!(
            "the words on both sides of the option are one query: `{}`",
            query.text
        ));
    }
    values.into_iter().for_each(note);
    if let (false, Some(query)) = (typing.like_options.is_empty(), query) {
        note(format!(
            "behind `--` all is text of the query, `{}` too; options go before it; \
             understood as {}",
            typing.like_options.join("`, `"),
            query.tree
        ));
    }
}

/// What to say of words behind the value of an option that are values of it too.
fn more_values(behind: &BehindValue, query: Option<&Parsed>, index: &OpenIndex) -> Option<String> {
    let words = behind.words.iter().map(|word| word.trim_matches(','));
    let known: Vec<&str> = words
        .take_while(|word| is_value(behind.option, word, index))
        .collect();
    if known.is_empty() {
        return None;
    }
    let option = behind.option;
    let all = format!("{},{}", behind.value.trim_matches(','), known.join(","));
    let are = match known.len() {
        1 => "is taken as a word",
        _ => "are taken as words",
    };
    let whole = query.map(|query| format!(" (`{}`)", query.text));
    Some(format!(
        "`{}` {are} of the query{}, not as values of `--{option}`; as values write `--{option} {}`",
        known.join("`, `"),
        whole.unwrap_or_default(),
        shell_word(&all)
    ))
}

/// Whether an option could take a word as its value.
fn is_value(option: &str, word: &str, index: &OpenIndex) -> bool {
    if option.starts_with("facet") {
        return word.parse::<FacetName>().is_ok();
    }
    let Ok(facet) = option.trim_start_matches("not-").parse() else {
        return false;
    };
    let mut spec = FilterSpec::default();
    spec.add(facet, false, &[word.to_owned()]) && Filters::resolve(&spec, index).is_ok()
}

/// Says behind the answer how many passages hold the words of a query side by
/// side, where they came as one argument, as a phrase whose quotes the shell took
/// off.
pub(super) fn tell_phrase(
    query: &Parsed,
    reading: &Reading,
    index: &OpenIndex,
    filters: &Filters,
    terminal: &Terminal,
) -> Result<()> {
    let words = query.text.split_whitespace().count();
    if reading.literal || reading.mode != MatchMode::All || !is_plain(&query.text, words) {
        return Ok(());
    }
    let phrase = format!("\"{}\"", query.text.trim());
    let Ok(parsed) = parse(&phrase, MatchMode::All) else {
        return Ok(());
    };
    let together = count_matches(index, &parsed, filters)?;
    if together > 0 && together != count_matches(index, query, filters)? {
        terminal.say_last(format!(
            "note: these are {words} words, anywhere in a passage; as a phrase, {}, they are in {}",
            shell_word(&phrase),
            count(together, "passage")
        ));
    }
    Ok(())
}

/// Whether a query is some bare words and nothing else.
fn is_plain(text: &str, words: usize) -> bool {
    let fine = |c: char| c.is_alphanumeric() || c.is_whitespace() || "-'’,.".contains(c);
    if words < 2 || !text.chars().all(fine) {
        return false;
    }
    let Ok(Parsed { tree, .. }) = parse(text, MatchMode::All) else {
        return false;
    };
    let NodeKind::And(terms) = &tree.kind else {
        return false;
    };
    terms.len() == words && terms.iter().all(is_bare)
}

/// Whether a node is a bare word, one that may be missing too.
fn is_bare(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Term(term) => term.form == Form::Inflected,
        NodeKind::Maybe(word) => is_bare(word),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bare_words_may_have_been_a_phrase() {
        for (text, expected) in [
            ("human rights", true),
            ("state-owned  companies", true),
            ("workers' rights", true),
            ("law of the sea", true),
            ("rights", false),
            ("human AND rights", false),
            ("human -rights", false),
            ("\"human rights\"", false),
            ("human rights*", false),
            ("country:kenya rights", false),
            ("'human rights'", false),
        ] {
            let words = text.split_whitespace().count();
            assert_eq!(is_plain(text, words), expected, "{text}");
        }
    }
}
