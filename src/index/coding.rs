//! The words of a text as terms of the index.
//!
//! A plain word is the term of its folded form or stem. The joined form of a
//! compound has the number of its parts added (`antitrafficking-2`): no word
//! holds a hyphen, so the two never meet, and a query knows how many positions
//! the term covers.
//!
//! Folded words have their positions in a field. A stem that several words of
//! the index have is a term of another field, which tells in which passages they
//! stand and how often; where, the words themselves tell ([`form_key`]). A
//! third field has *marks* at the same positions: one at the first word of
//! every sentence ([`SENTENCE`]), and one at every word and joined form that is
//! printed with a capital ([`case_mark`]).

/// What the terms depend on: the rules of `text` and the version of frostem; it
/// changes with either, and makes old indexes unreadable.
///
/// History: `uax29-fold-1`; with marks of sentences and capitals
/// `uax29-fold-1 marks-1`; with elided articles as words of their own
/// `uax29-fold-2 marks-1`; with signs inside words that not all set, points and
/// digits of other scripts, marks of joined forms, sentences that end at notes,
/// irregular inflections and American spellings `uax29-fold-3 marks-2 forms-1`.
pub const VERSION: &str = "uax29-fold-3 marks-2 forms-1 snowball-english-20260821";

/// The mark of the first word of a sentence. No word holds a full stop alone.
pub const SENTENCE: &str = ".";

/// The text of a term: the form or stem, and how many positions it covers.
///
/// ```
/// use pincite::index::coding::term_text;
/// assert_eq!(term_text("kiln", 1), "kiln");
/// assert_eq!(term_text("antitrafficking", 2), "antitrafficking-2");
/// ```
pub fn term_text(form: &str, length: u32) -> String {
    match length {
        1 => form.to_owned(),
        n => format!("{form}-{n}"),
    }
}

/// The form or stem of a term, and how many positions it covers: what
/// [`term_text`] was made from.
///
/// ```
/// use pincite::index::coding::parse_term;
/// assert_eq!(parse_term("antitrafficking-2"), ("antitrafficking", 2));
/// ```
pub fn parse_term(term: &str) -> (&str, u32) {
    let joined = term.rsplit_once('-');
    let joined = joined.and_then(|(form, length)| Some((form, length.parse().ok()?)));
    joined.unwrap_or((term, 1))
}

/// The mark of a folded word that is printed with capitals, that of a joined form
/// with the number of its parts added as to a term; with an empty
/// `printed`, what the marks of the word in any letter case begin with.
///
/// ```
/// use pincite::index::coding::case_mark;
/// assert!(case_mark("nap", "NAP").starts_with(&case_mark("nap", "")));
/// ```
pub fn case_mark(form: &str, printed: &str) -> String {
    format!("{form} {printed}")
}

/// The key of a word among the words of its stem; with an empty `word`, what
/// the keys of all words of the stem begin with.
pub fn form_key(stem: &str, word: &str) -> String {
    format!("{stem}\u{1}{word}")
}
