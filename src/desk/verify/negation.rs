//! Negations that quoting takes away or puts in: a quotation may leave out a
//! `not` by the rules, and then says the opposite. A negation in a sentence that
//! is left out as a whole changes nothing of the others.

use super::place::Placement;
use super::quote::Quote;
use super::source::Source;
use super::typography::word_key;
use crate::text::{Analysis, sentences};

/// Words that negate, in the languages of most reports.
const NEGATIONS: [&str; 48] = [
    "no", "not", "non", "nor", "none", "never", "neither", "nobody", "nothing", "nowhere", "noone",
    "nought", "without", "cannot", "unable", "hardly", "barely", "scarcely", // English
    "ne", "n", "pas", "jamais", "ni", "aucun", "aucune", "rien", "personne", "sans", // French
    "nunca", "nada", "nadie", "ningún", "ninguno", "ninguna", "tampoco", "sin", // Spanish
    "nicht", "nichts", "niemand", "niemals", "kein", "keine", "keinen", "keiner", // German
    "keinem", "nie", "weder", "ohne",
];

/// A negation that quoting takes away or puts in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Negation {
    /// How it was done.
    pub place: NegationPlace,
    /// The words that negate, as printed, in order; none where brackets stand in
    /// place of other words.
    pub negations: Vec<String>,
    /// All words that were left out there, or put in.
    pub words: String,
}

/// Where a negation was taken away or put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NegationPlace {
    /// An ellipsis leaves it out.
    Ellipsis,
    /// Brackets stand in place of it, or of words that do not negate.
    Replaced,
    /// Brackets put it in.
    Inserted,
}

impl NegationPlace {
    /// The name, as `ellipsis`.
    pub fn as_str(self) -> &'static str {
        match self {
            NegationPlace::Ellipsis => "ellipsis",
            NegationPlace::Replaced => "replaced",
            NegationPlace::Inserted => "inserted",
        }
    }
}

/// The negations that the marks of quoting in a quotation take away or put in.
pub(super) fn negations(quote: &Quote, source: &Source, placement: &Placement) -> Vec<Negation> {
    let at = &placement.at;
    let mut found = Vec::new();
    found.extend(at.first().and_then(|first| before(quote, source, *first)));
    for word in 0..at.len() {
        if word > 0 {
            found.extend(between(quote, source, word, at[word - 1] + 1..at[word]));
        }
        if quote.words[word].patch.is_some() {
            found.extend(changed(source.printed(at[word]), quote.printed(word)));
        }
    }
    found.extend(at.last().and_then(|last| behind(quote, source, *last)));
    found
}

/// The negation right before a quotation that begins with an ellipsis.
fn before(quote: &Quote, source: &Source, first: usize) -> Option<Negation> {
    let last = first.checked_sub(1)?;
    let is_near = quote.joints[0].ellipsis && !source.ends_passage(last);
    is_near.then(|| left_out(NegationPlace::Ellipsis, source.printed(last)))?
}

/// The negation in the rest of the sentence that a quotation leaves out with an
/// ellipsis at its end.
fn behind(quote: &Quote, source: &Source, last: usize) -> Option<Negation> {
    let is_cut = quote.joints.last().is_some_and(|joint| joint.ellipsis);
    let rest = is_cut.then(|| source.rest_of_sentence(last))?;
    left_out(NegationPlace::Ellipsis, rest)
}

/// What an ellipsis or brackets before a word do to the words that stand there.
fn between(
    quote: &Quote,
    source: &Source,
    word: usize,
    words: std::ops::Range<usize>,
) -> Option<Negation> {
    let joint = &quote.joints[word];
    let text = source.text_of(words.clone());
    match &joint.bracket {
        None if joint.ellipsis => {
            let beside = beside_kept_words(&source.text_of(words.start - 1..words.end + 1));
            negation(NegationPlace::Ellipsis, in_text(&beside), &text)
        }
        None => None,
        Some(bracket) => changed(&text, bracket).or_else(|| replaced(text)),
    }
}

/// What becomes of negations where brackets stand in place of words.
fn changed(held: &str, put: &str) -> Option<Negation> {
    match (in_text(held).is_empty(), in_text(put).is_empty()) {
        (false, true) => left_out(NegationPlace::Replaced, held),
        (true, false) => left_out(NegationPlace::Inserted, put),
        _ => None,
    }
}

/// Words that brackets stand in place of, whether any of them negates or none.
fn replaced(words: String) -> Option<Negation> {
    (!words.is_empty()).then(|| Negation {
        place: NegationPlace::Replaced,
        negations: in_text(&words),
        words,
    })
}

fn left_out(place: NegationPlace, text: &str) -> Option<Negation> {
    negation(place, in_text(text), text)
}

fn negation(place: NegationPlace, negations: Vec<String>, words: &str) -> Option<Negation> {
    (!negations.is_empty()).then(|| Negation {
        place,
        negations,
        words: words.to_owned(),
    })
}

/// What of a text, whose first and last words are kept, is left out of the
/// sentences of these two words.
fn beside_kept_words(text: &str) -> String {
    let analysis = Analysis::of(text);
    let mut words = analysis.tokens().iter().filter(|token| token.length == 1);
    let (Some(first), Some(last)) = (words.next(), words.next_back()) else {
        return String::new();
    };
    let left = first.span.end..last.span.start;
    let sentences = sentences(text);
    let whole = 0..text.len();
    let begun = sentences.first().unwrap_or(&whole).end;
    let ended = sentences.last().unwrap_or(&whole).start;
    match begun >= ended {
        true => text[left].to_owned(),
        false => {
            let begun = text.get(left.start..begun.max(left.start));
            let ended = text.get(ended.min(left.end)..left.end);
            [begun, ended].map(Option::unwrap_or_default).join(" ")
        }
    }
}

/// The words of a text that negate.
fn in_text(text: &str) -> Vec<String> {
    let analysis = Analysis::of(text);
    let words = analysis.tokens().iter().filter(|token| token.length == 1);
    let words = words.map(|token| &text[token.span.clone()]);
    words
        .filter(|word| is_negation(word))
        .map(str::to_owned)
        .collect()
}

fn is_negation(word: &str) -> bool {
    let word = word_key(word).to_lowercase();
    word.ends_with("n't") || NEGATIONS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::verify::place::place;
    use crate::desk::verify::tests::source;

    #[test]
    fn negations_that_quoting_changes_are_told() {
        let text = "Workers are not, as a rule, permitted to leave; they can’t go without papers, \
                    and owners may go. He cannot stay and is fined. They left.";
        for (quote, told) in [
            ("Workers are ... permitted", "ellipsis [not] not, as a rule"),
            (
                "Workers are . . . permitted to leave",
                "ellipsis [not] not, as a rule",
            ),
            ("[…] permitted to leave", ""),
            ("… as a rule", "ellipsis [not] not"),
            ("they … go", "ellipsis [can’t] can’t"),
            ("go ... papers", "ellipsis [without] without"),
            ("Workers ... as a rule", "ellipsis [not] are not"),
            ("Workers are not ... permitted", ""),
            ("owners may go. ... They left", ""),
            ("owners may … They left", ""),
            (
                "He … left",
                "ellipsis [cannot] cannot stay and is fined. They",
            ),
            (
                "owners … is fined",
                "ellipsis [cannot] may go. He cannot stay and",
            ),
            ("Workers are [] permitted", "replaced [not] not, as a rule"),
            (
                "Workers are [usually] permitted",
                "replaced [not] not, as a rule",
            ),
            (
                "Workers are [never] permitted",
                "replaced [not] not, as a rule",
            ),
            (
                "Workers are not, as a [habit] permitted",
                "replaced [] rule",
            ),
            ("owners may [not] go", "inserted [not] not"),
            ("He can[] stay", "replaced [cannot] cannot"),
            ("He cannot ... is fined", ""),
            ("owners may go", ""),
            (
                "Workers are …",
                "ellipsis [not can’t without] not, as a rule, permitted to leave; they can’t go \
                 without papers, and owners may go",
            ),
            ("and owners . . . .", ""),
            ("He …", "ellipsis [cannot] cannot stay and is fined"),
            ("and owners may go. …", ""),
            ("They left …", ""),
        ] {
            let source = source(&[text]);
            let readings = Quote::readings(quote).into_iter();
            let mut placed = readings.filter_map(|q| Some((place(&q, &source)?, q)));
            let (placement, quote) = placed.next().expect(quote);
            let found = negations(&quote, &source, &placement);
            let found = found.iter().map(|n| {
                format!(
                    "{} [{}] {}",
                    n.place.as_str(),
                    n.negations.join(" "),
                    n.words
                )
            });
            assert_eq!(
                found.collect::<Vec<_>>().join("; "),
                told,
                "{}",
                quote.plain
            );
        }
    }
}
