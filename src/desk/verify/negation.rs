//! Negations that quoting takes away or puts in: a quotation may leave out a
//! `not` by the rules, and then says the opposite. A negation in a sentence that
//! is left out as a whole changes nothing of the others. Brackets may put another
//! number or another duty in place of one as well.

use super::place::Placement;
use super::quote::Quote;
use super::source::Source;
use super::weighty;
use crate::text::{Analysis, sentences};

/// A negation, number or duty that quoting takes away or puts in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Negation {
    /// How it was done.
    pub place: NegationPlace,
    /// The words that negate (are numbers, say a duty), as printed, in order; none
    /// where brackets stand in place of other words.
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
    /// Brackets put another number in place of one.
    Number,
    /// Brackets stand in place of what one must or may do.
    Duty,
    /// Brackets put in that one must or may do it.
    DutyInserted,
}

impl NegationPlace {
    /// The name, as `ellipsis`.
    pub fn as_str(self) -> &'static str {
        match self {
            NegationPlace::Ellipsis => "ellipsis",
            NegationPlace::Replaced => "replaced",
            NegationPlace::Inserted => "inserted",
            NegationPlace::Number => "number",
            NegationPlace::Duty => "duty",
            NegationPlace::DutyInserted => "duty inserted",
        }
    }

    /// Whether it tells what words brackets stand in place of.
    fn is_replaced(self) -> bool {
        matches!(
            self,
            NegationPlace::Replaced | NegationPlace::Number | NegationPlace::Duty
        )
    }
}

/// The negations that the marks of quoting in a quotation take away or put in.
pub(super) fn negations(quote: &Quote, source: &Source, placement: &Placement) -> Vec<Negation> {
    let at = &placement.at;
    let (Some(first), Some(last)) = (at.first(), at.last()) else {
        return Vec::new();
    };
    let mut found = before(quote, source, *first);
    for word in 0..at.len() {
        if word > 0 {
            found.extend(between(quote, source, word, at[word - 1] + 1..at[word]));
        }
        if quote.words[word].patch.is_some() {
            found.extend(changed(source.printed(at[word]), quote.printed(word)));
        }
    }
    found.extend(behind(quote, source, *last));
    found
}

/// What is left out right before a quotation that begins with an ellipsis, or of
/// the sentence before one that begins with brackets.
fn before(quote: &Quote, source: &Source, first: usize) -> Vec<Negation> {
    let joint = &quote.joints[0];
    if let Some(bracket) = &joint.bracket {
        return bracketed(source.start_of_sentence(first), bracket);
    }
    let Some(last) = first.checked_sub(1).filter(|_| joint.ellipsis) else {
        return Vec::new();
    };
    if source.ends_passage(last) {
        return Vec::new();
    }
    // `failed to`, `far from` are of two words.
    let is_joined = matches!(source.printed(last), "to" | "from");
    let from = last.saturating_sub(usize::from(is_joined));
    left_out(&source.text_of(from..first)).into_iter().collect()
}

/// What is left out of the rest of the sentence by an ellipsis or brackets at the
/// end of a quotation.
fn behind(quote: &Quote, source: &Source, last: usize) -> Vec<Negation> {
    let rest = || source.rest_of_sentence(last);
    match quote.joints.last() {
        Some(joint) => match &joint.bracket {
            Some(bracket) => bracketed(rest(), bracket),
            None if joint.ellipsis => left_out(rest()).into_iter().collect(),
            None => Vec::new(),
        },
        None => Vec::new(),
    }
}

/// What an ellipsis or brackets before a word do to the words that stand there.
fn between(
    quote: &Quote,
    source: &Source,
    word: usize,
    words: std::ops::Range<usize>,
) -> Vec<Negation> {
    let joint = &quote.joints[word];
    let text = source.text_of(words.clone());
    match &joint.bracket {
        None if joint.ellipsis => {
            let beside = beside_kept_words(&source.text_of(words.start - 1..words.end + 1));
            let negations = weighty::negations(&beside);
            let told = told(NegationPlace::Ellipsis, negations, &text);
            told.into_iter().collect()
        }
        None => Vec::new(),
        Some(bracket) => bracketed(&text, bracket),
    }
}

/// What brackets do that stand in place of words: what of them weighs, else what
/// words they are.
fn bracketed(held: &str, put: &str) -> Vec<Negation> {
    let mut found = changed(held, put);
    let is_told = found.iter().any(|n| n.place.is_replaced());
    if !is_told && !held.is_empty() && !weighty::same_words(held, put) {
        found.push(Negation {
            place: NegationPlace::Replaced,
            negations: weighty::negations(held),
            words: held.to_owned(),
        });
    }
    found
}

/// What becomes of words that weigh where brackets stand in place of words.
fn changed(held: &str, put: &str) -> Vec<Negation> {
    let found = [
        changed_negation(held, put),
        changed_number(held, put),
        changed_duty(held, put),
    ];
    found.into_iter().flatten().collect()
}

fn changed_negation(held: &str, put: &str) -> Option<Negation> {
    let negating = |text: &str, other: &str| {
        let mut words = weighty::negations(text);
        let opposites = weighty::opposites(text, other).into_iter();
        let new: Vec<String> = opposites.filter(|word| !words.contains(word)).collect();
        words.extend(new);
        words
    };
    let (left, brought) = (negating(held, put), negating(put, held));
    match (left.is_empty(), brought.is_empty()) {
        (false, true) => told(NegationPlace::Replaced, left, held),
        (true, false) => told(NegationPlace::Inserted, brought, put),
        _ => None,
    }
}

/// A number in place of another one.
fn changed_number(held: &str, put: &str) -> Option<Negation> {
    let (left, left_printed): (Vec<_>, Vec<_>) = weighty::numbers(held).into_iter().unzip();
    let (brought, _): (Vec<_>, Vec<_>) = weighty::numbers(put).into_iter().unzip();
    let is_other = !brought.is_empty() && left != brought;
    is_other.then(|| told(NegationPlace::Number, left_printed, held))?
}

/// Another duty, or one where there was none or the other way round.
fn changed_duty(held: &str, put: &str) -> Option<Negation> {
    let (left, brought) = (weighty::duties(held), weighty::duties(put));
    let lower =
        |words: &[String]| -> Vec<String> { words.iter().map(|w| w.to_lowercase()).collect() };
    if lower(&left) == lower(&brought) {
        return None;
    }
    match left.is_empty() {
        true => told(NegationPlace::DutyInserted, brought, put),
        false => told(NegationPlace::Duty, left, held),
    }
}

/// The negations of a text that an ellipsis leaves out.
fn left_out(text: &str) -> Option<Negation> {
    let negations = weighty::negations(text);
    told(NegationPlace::Ellipsis, negations, text)
}

fn told(place: NegationPlace, negations: Vec<String>, words: &str) -> Option<Negation> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::verify::place::place;
    use crate::desk::verify::tests::source;

    fn told_of(quote: &str, text: &str) -> String {
        let source = source(&[text]);
        let readings = Quote::readings(quote).into_iter();
        let mut placed = readings.filter_map(|q| Some((place(&q, &source)?, q)));
        let (placement, quote) = placed.next().expect(quote);
        let found = negations(&quote, &source, &placement).into_iter();
        let told = found.map(|n| {
            let (place, negations) = (n.place.as_str(), n.negations.join(" "));
            format!("{place} [{negations}] {}", n.words)
        });
        told.collect::<Vec<_>>().join("; ")
    }

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
            assert_eq!(told_of(quote, text), told, "{quote}");
        }
    }

    #[test]
    fn brackets_at_an_edge_are_compared_with_the_sentence_there() {
        let text = "The law applies to firms. It does not prohibit debt bondage unless force was \
                    used by the employer. Officials shall act in ten days.";
        for (quote, told) in [
            (
                "[It does] prohibit debt bondage",
                "replaced [not] It does not",
            ),
            ("[It does not] prohibit debt bondage", ""),
            (
                "[This law did not] prohibit debt",
                "replaced [not] It does not",
            ),
            ("[It] does not prohibit debt", ""),
            ("[She] does not prohibit debt", "replaced [] It"),
            ("[No] Officials shall act", "inserted [No] No"),
            ("[No] [such] officials shall act", "inserted [No] No such"),
            (
                "Officials shall act [never]",
                "replaced [] in ten days; inserted [never] never",
            ),
            ("act in ten days [never]", "inserted [never] never"),
            (
                "prohibit debt bondage [to this day]",
                "replaced [unless] unless force was used by the employer",
            ),
            ("[They] act in ten days", "duty [shall] Officials shall"),
            ("force was used by the employer [sic].", ""),
        ] {
            let mut parts: Vec<String> = told_of(quote, text)
                .split("; ")
                .map(str::to_owned)
                .collect();
            let mut wanted: Vec<&str> = told.split("; ").collect();
            parts.sort();
            wanted.sort_unstable();
            assert_eq!(parts, wanted, "{quote}");
        }
    }

    #[test]
    fn another_number_or_duty_in_brackets_weighs() {
        let text = "Owners shall pay 1,200 of ten workers in May; it was impossible and untrue, \
                    lawful, and a hopeless task; they failed to free the boys.";
        for (quote, told) in [
            ("pay 1,200 of [ninety] workers", "number [ten] ten"),
            ("pay 1,200 of [the ten] workers", "replaced [] ten"),
            ("pay [300 men] of ten", "number [1,200] 1,200"),
            ("Owners [may] pay", "duty [shall] shall"),
            ("Owners [will] pay", "duty [shall] shall"),
            ("workers in [June]; it", "replaced [] May"),
            ("it was [possible] and", "replaced [impossible] impossible"),
            ("and [true], lawful", "replaced [untrue] untrue"),
            ("[un]lawful, and", "inserted [unlawful] unlawful"),
            ("a hope[ful] task", "replaced [hopeless] hopeless"),
            ("task; they … free", "ellipsis [failed] failed to"),
            ("… free the boys", "ellipsis [failed] failed to"),
        ] {
            assert_eq!(told_of(quote, text), told, "{quote}");
        }
    }
}
