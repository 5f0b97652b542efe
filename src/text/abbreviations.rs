//! Words that tell whether a full stop ends a sentence.

/// Abbreviations after which a sentence never ends, in lower case without the
/// final full stop: titles and references that always introduce something.
const NEVER_LAST: &[&str] = &[
    "mr", "mrs", "ms", "messrs", "dr", "prof", "rev", "hon", "st", "gen", "col", "maj", "capt",
    "lt", "sgt", "brig", "cmdr", "adm", "amb", "gov", "sen", "rep", "mt", "rt", "hr", "nr", "sec",
    "sect", "sects", "chap", "chaps", "para", "paras", "subpara", "subparas", "vol", "vols", "pp",
    "rs", "cf", "vs", "e.g", "i.e", "viz", "approx", "ca", "jan", "feb", "aug", "sept", "oct",
    "nov", "dec",
];

/// Abbreviations that introduce a number or a letter, and are words or
/// endings elsewhere.
const BEFORE_NUMBER: &[&str] = &[
    "no", "nos", "art", "arts", "fig", "figs", "ch", "pub", "div", "pt", "pts", "add", "corr",
    "rev", "res", "stat", "supp", "suppl", "tit", "reg", "regs", "ex", "app",
];

/// Abbreviations that may end a sentence but seldom do: the sentence goes on
/// unless what follows opens one.
const SELDOM_LAST: &[&str] = &["etc", "inc", "ltd", "corp", "co", "al"];

/// Words that open a sentence after an abbreviation such as `U.S.`.
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
    "you",
    "i",
    "who",
    "what",
    "one",
    "however",
    "although",
    "though",
    "while",
    "when",
    "if",
    "but",
    "and",
    "nor",
    "yet",
    "so",
    "thus",
    "moreover",
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
    "not",
    "now",
    "today",
    "here",
    "let",
    "may",
    "my",
    "your",
    "his",
    "her",
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
    "women",
    "children",
];

/// Short words of grammar that no sentence ends with.
const NEVER_FINAL: &[&str] = &["the", "of", "and", "to", "in"];

/// Whether something always follows an abbreviation.
pub(super) fn is_never_last(word: &str) -> bool {
    NEVER_LAST.contains(&word)
}

/// Whether a word can end a sentence as far as it is no abbreviation.
pub(super) fn may_end(word: &str) -> bool {
    ![NEVER_LAST, BEFORE_NUMBER, SELDOM_LAST, NEVER_FINAL]
        .iter()
        .any(|list| list.contains(&word))
}

/// Whether a sentence goes on after `word` and its full stop, where `next` is
/// the text up to the next white space.
pub(super) fn goes_on_before(word: &str, next: &str) -> bool {
    if BEFORE_NUMBER.contains(&word) {
        // `No. 5` is a number; `No.` alone is an answer.
        return is_number(next);
    }
    let plain = next.trim_matches(|c: char| !c.is_alphanumeric());
    // `A. A. Gromyko`: a letter with a full stop opens nothing.
    let mut letters = next.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.');
    let opens = !initial && OPENERS.contains(&plain.to_lowercase().as_str());
    is_never_last(word)
        || (SELDOM_LAST.contains(&word) && !opens)
        // `10 a.m.` ends a sentence where a capital follows.
        || (is_initials(word) && !opens && !matches!(word, "a.m" | "p.m"))
}

/// `5`, `IV`, `A,`, `L.`: a number, a Roman numeral of two letters or more, or
/// a capital with a mark after it.
fn is_number(next: &str) -> bool {
    let next = next.trim_start_matches(['(', '[']);
    let plain = next.trim_end_matches(|c: char| !c.is_alphanumeric());
    let roman = plain.len() >= 2 && plain.bytes().all(|b| b"IVXLC".contains(&b));
    let letter = plain.len() == 1
        && plain.len() < next.len()
        && plain.bytes().all(|b| b.is_ascii_uppercase());
    next.starts_with(|c: char| c.is_ascii_digit()) || roman || letter
}

/// `j`, `u.s`, `p.r.c`: single letters between full stops.
fn is_initials(word: &str) -> bool {
    !word.is_empty()
        && word
            .split('.')
            .all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}
