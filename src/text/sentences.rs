//! Cutting text into sentences.
//!
//! The boundaries are those of Unicode (UAX #29, sentence boundaries), less
//! those after an abbreviation, an initial or a number sign, which the Unicode
//! rules cannot know.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Abbreviations after which a sentence never ends, in lower case without the
/// final full stop: titles and references that always introduce something.
const NEVER_LAST: &[&str] = &[
    "mr", "mrs", "ms", "messrs", "dr", "prof", "rev", "hon", "st", "gen", "col", "maj", "capt",
    "lt", "sgt", "gov", "sen", "rep", "no", "nos", "art", "arts", "sec", "para", "paras", "vol",
    "pp", "rs", "ch", "fig", "cf", "vs", "e.g", "i.e", "viz", "approx", "ca", "jan", "feb", "aug",
    "sept", "oct", "nov", "dec", "pub",
];

/// Abbreviations that may end a sentence but seldom do: the sentence goes on
/// unless what follows is one of [`OPENERS`].
const SELDOM_LAST: &[&str] = &["etc", "inc", "ltd", "corp", "co", "al"];

/// Words that open a sentence after a dotted abbreviation such as `U.S.`.
const OPENERS: &[&str] = &[
    "the",
    "a",
    "an",
    "in",
    "on",
    "at",
    "as",
    "it",
    "its",
    "this",
    "these",
    "those",
    "there",
    "they",
    "he",
    "she",
    "we",
    "however",
    "although",
    "though",
    "while",
    "when",
    "if",
    "but",
    "and",
    "during",
    "after",
    "before",
    "according",
    "since",
    "some",
    "many",
    "most",
    "for",
    "from",
    "to",
    "by",
    "with",
    "no",
    "i",
    "our",
    "their",
    "such",
    "despite",
    "under",
    "all",
    "both",
    "ngos",
    "police",
    "authorities",
    "officials",
    "observers",
    "traffickers",
    "victims",
];

/// The sentences of `text`: half-open byte ranges in order, without the white
/// space around them. Text without words gives no sentence.
///
/// ```
/// use pincite::text::sentences;
/// let text = "The U.S. Embassy paid 2.2 million. Nobody asked Mr. Sok. Why?";
/// let cut: Vec<&str> = sentences(text).into_iter().map(|s| &text[s]).collect();
/// assert_eq!(
///     cut,
///     ["The U.S. Embassy paid 2.2 million.", "Nobody asked Mr. Sok.", "Why?"]
/// );
/// ```
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, piece) in text.split_sentence_bound_indices() {
        let start = open.unwrap_or(at);
        let end = at + piece.len();
        if goes_on(text[start..end].trim_end(), &text[end..]) {
            open = Some(start);
        } else {
            open = None;
            push_trimmed(text, start..end, &mut sentences);
        }
    }
    if let Some(start) = open {
        push_trimmed(text, start..text.len(), &mut sentences);
    }
    sentences
}

/// The 1-based numbers of the sentences that any of `spans` touches; both
/// lists are in order.
pub fn numbers_of(sentences: &[Range<usize>], spans: &[Range<usize>]) -> Vec<usize> {
    let mut numbers = Vec::new();
    let mut next = 0;
    for (i, sentence) in sentences.iter().enumerate() {
        while spans.get(next).is_some_and(|s| s.end <= sentence.start) {
            next += 1;
        }
        if spans.get(next).is_some_and(|s| s.start < sentence.end) {
            numbers.push(i + 1);
        }
    }
    numbers
}

fn push_trimmed(text: &str, span: Range<usize>, out: &mut Vec<Range<usize>>) {
    let piece = &text[span.clone()];
    let start = span.start + (piece.len() - piece.trim_start().len());
    let end = span.start + piece.trim_end().len();
    if start >= end {
        return;
    }
    // A closing quote or dash on its own belongs to the sentence before it.
    match out.last_mut() {
        Some(last) if !text[start..end].chars().any(char::is_alphanumeric) => last.end = end,
        _ => out.push(start..end),
    }
}

/// Whether a text ends in an abbreviation that something always follows, as
/// `Mr.` or `Art.`
pub fn ends_in_title(text: &str) -> bool {
    text.strip_suffix('.').is_some_and(|body| {
        let word = last_word(body);
        word != "no" && word != "nos" && NEVER_LAST.contains(&word.as_str())
    })
}

/// The last word before a full stop, in lower case.
fn last_word(body: &str) -> String {
    body.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"' | '—' | '/'))
        .next()
        .unwrap_or_default()
        .to_lowercase()
}

/// Whether the full stop at the end of `sentence` is not the end of it.
fn goes_on(sentence: &str, rest: &str) -> bool {
    let Some(body) = sentence.strip_suffix('.') else {
        return false;
    };
    let word = last_word(body);
    let next = rest
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    if next.is_empty() {
        return false;
    }
    let opens = OPENERS.contains(&next.as_str());
    if word == "no" || word == "nos" {
        // `No. 5` is a number; `No.` alone is an answer.
        return next.starts_with(|c: char| c.is_ascii_digit());
    }
    // `Pub. L. No. 106`: what follows is an abbreviation that opens nothing.
    let opens = opens && next != "no";
    NEVER_LAST.contains(&word.as_str())
        || (SELDOM_LAST.contains(&word.as_str()) && !opens)
        // `10 a.m.` ends a sentence where a capital follows.
        || (is_initials(&word) && !opens && !matches!(word.as_str(), "a.m" | "p.m"))
}

/// `j`, `u.s`, `p.r.c`: single letters between full stops.
fn is_initials(word: &str) -> bool {
    !word.is_empty()
        && word
            .split('.')
            .all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|s| &text[s]).collect()
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        for text in [
            "Under Pub. L. No. 106-386 the U.S. Government acts.",
            "See Art. 5 and No. 7, e.g. Annex B.",
            "J. R. Smith met Dr. Ban and Gen. Prem.",
            "They paid 2.2 billion riels.",
            "The P.R.C. Embassy closed.",
        ] {
            assert_eq!(cut(text), [text], "{text}");
        }
    }

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(
            cut("He left the U.S. The police stayed."),
            ["He left the U.S.", "The police stayed."]
        );
        assert_eq!(
            cut("He said no. It was over."),
            ["He said no.", "It was over."]
        );
        assert_eq!(
            cut("“Stop.” They did not. (None did.) Why?"),
            ["“Stop.”", "They did not.", "(None did.)", "Why?"]
        );
        assert_eq!(cut("  "), Vec::<&str>::new());
        assert_eq!(cut("no stop"), ["no stop"]);
    }

    proptest::proptest! {
        #[test]
        fn sentences_cover_every_letter_in_order(text in "[\\PC\\n]{0,80}") {
            let cut = sentences(&text);
            let mut end = 0;
            for s in &cut {
                proptest::prop_assert!(s.start >= end && s.end > s.start);
                proptest::prop_assert!(!text[end..s.start].contains(char::is_alphanumeric));
                end = s.end;
            }
            proptest::prop_assert!(!text[end..].contains(char::is_alphanumeric));
        }
    }
}
