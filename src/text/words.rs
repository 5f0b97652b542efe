//! Cutting text into words, with hyphenated compounds as words too.
//!
//! Words follow the Unicode rules (UAX #29, word boundaries). Each has a
//! *position*, counted from 0. A hyphenated compound gives its parts at their
//! own positions and, laid over them, its joined form: `anti-trafficking`
//! gives `anti` at 0, `trafficking` at 1 and `antitrafficking` covering 0 and
//! 1. So it is found with its hyphen, as two words and as one.
//!
//! A word behind an elided article is such a compound too: `l'homme` is `l` and
//! `homme`; and the letters of a spaced abbreviation: `U. N.` is found as `UN`.

use std::ops::Range;

use super::bounds::words_into;
use super::elision::{behind_elision, is_apostrophe, next_apostrophe};
use super::fold::{fold_but_case_into, fold_into};
use super::inner_signs::{are_initials, drop_inner_signs, glues};

/// The most parts a hyphenated compound may have and still get a joined form.
pub const MAX_PARTS: u32 = 8;

/// One word of an [`Analysis`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The place among the words of the text, from 0.
    pub position: u32,
    /// How many positions it covers: 1, or the number of parts (2 to
    /// [`MAX_PARTS`]) where it is the joined form of a compound.
    pub length: u32,
    /// The bytes of the text it was cut from, half-open.
    pub span: Range<usize>,
    form: Range<usize>,
}

/// The words of a text as they are printed, and which of them are joined: the
/// first step of an [`Analysis`].
#[derive(Debug, Clone, Default)]
pub struct Cut {
    words: Vec<Range<usize>>,
}

/// Words that hyphens or the apostrophes of elisions join, or one alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Their positions, half-open.
    pub words: Range<usize>,
    /// Whether they have a joined form: they are two to [`MAX_PARTS`] and hold
    /// a letter, for `2019-2023` is a range of two numbers.
    pub is_compound: bool,
}

impl Cut {
    /// Cuts `text`, forgetting the text before.
    pub fn run(&mut self, text: &str) {
        self.words.clear();
        words_into(text, &mut self.words);
        self.part_glued(text);
        self.part_elisions(text);
        self.join_possessives(text);
    }

    /// Joins the `s` of `U.N.'s` to its word: two signs part them.
    fn join_possessives(&mut self, text: &str) {
        for (stop, _) in text.match_indices('.') {
            let behind = &text[stop + 1..];
            let Some(ending) = behind.strip_prefix(['\'', '’']) else {
                continue;
            };
            let start = text.len() - ending.len();
            let at = self.words.partition_point(|word| word.end < stop);
            if let [word, ending] = self.words.get(at..at + 2).unwrap_or_default()
                && (word.end, ending.start) == (stop, start)
                && text[word.clone()].contains('.')
                && text[ending.clone()].eq_ignore_ascii_case("s")
            {
                self.words[at].end = ending.end;
                self.words.remove(at + 1);
            }
        }
    }

    /// Parts words that a stop without a space glues.
    fn part_glued(&mut self, text: &str) {
        for stop in glues(text) {
            let at = self.words.partition_point(|word| word.end <= stop);
            // The stop is in a word, unless a rule of another script parts it there.
            if let Some(word) = self.words.get_mut(at).filter(|word| word.start < stop) {
                let behind = stop + 1..word.end;
                word.end = stop;
                self.words.insert(at + 1, behind);
            }
        }
    }

    /// Parts words from the articles elided before them.
    fn part_elisions(&mut self, text: &str) {
        let mut from = 0;
        while let Some(apostrophe) = next_apostrophe(text, from) {
            from = apostrophe.end;
            let at = self
                .words
                .partition_point(|word| word.end <= apostrophe.start);
            let Some(word) = self.words.get_mut(at) else {
                return;
            };
            let elided = word.start..apostrophe.end;
            if word.start < apostrophe.start
                && behind_elision(&text[word.clone()]) == Some(elided.len())
            {
                let behind = apostrophe.end..word.end;
                word.end = apostrophe.start;
                self.words.insert(at + 1, behind);
            }
        }
    }

    /// The words in order of position: half-open byte ranges of the text.
    pub fn words(&self) -> &[Range<usize>] {
        &self.words
    }

    /// Whether the word at a position is joined to the one before it.
    fn is_joined(&self, text: &str, at: usize) -> bool {
        let (left, right) = (&self.words[at - 1], &self.words[at]);
        let gap = &text[left.end..right.start];
        let initials = || {
            let words = (&text[left.clone()], &text[right.clone()]);
            are_initials(words.0, gap, words.1, &text[right.end..])
        };
        joins(gap) || initials()
    }

    /// The chain that begins with the word at a position, in the text that was
    /// cut; none behind the last word.
    pub fn chain(&self, text: &str, first: usize) -> Option<Chain> {
        let mut end = first + 1;
        while end < self.words.len() && self.is_joined(text, end) {
            end += 1;
        }
        let parts = self.words.get(first..end)?;
        let has_letter = |w: &Range<usize>| text[w.clone()].chars().any(char::is_alphabetic);
        let is_compound =
            (2..=MAX_PARTS as usize).contains(&parts.len()) && parts.iter().any(has_letter);
        Some(Chain {
            words: first..end,
            is_compound,
        })
    }
}

/// The words of a text in order of position, a joined form right after the
/// first part it covers.
///
/// An `Analysis` keeps its memory when it is used for the next text.
///
/// ```
/// use pincite::text::Analysis;
/// let mut analysis = Analysis::default();
/// analysis.run("The government’s anti-trafficking budget: $543,080");
/// let forms: Vec<&str> = analysis.tokens().iter().map(|t| analysis.form(t)).collect();
/// assert_eq!(
///     forms,
///     ["the", "government", "anti", "antitrafficking", "trafficking", "budget", "543080"]
/// );
/// ```
#[derive(Debug, Clone, Default)]
pub struct Analysis {
    forms: String,
    tokens: Vec<Token>,
    cut: Cut,
}

impl Analysis {
    /// Cuts `text`, forgetting the text before.
    pub fn run(&mut self, text: &str) {
        self.forms.clear();
        self.tokens.clear();
        self.cut.run(text);
        let mut next = 0;
        while let Some(chain) = self.cut.chain(text, next) {
            next = chain.words.end;
            let joined_at = self.tokens.len() + 1;
            for i in chain.words.clone() {
                let span = self.cut.words[i].clone();
                let start = self.forms.len();
                fold_word_into(&text[span.clone()], &mut self.forms);
                self.tokens.push(Token {
                    position: i as u32,
                    length: 1,
                    span,
                    form: start..self.forms.len(),
                });
            }
            if chain.is_compound {
                self.join(chain.words, joined_at);
            }
        }
    }

    /// A fresh analysis of `text`.
    pub fn of(text: &str) -> Self {
        let mut analysis = Analysis::default();
        analysis.run(text);
        analysis
    }

    /// The words, in order of position.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The folded form of a word of this analysis.
    pub fn form(&self, token: &Token) -> &str {
        &self.forms[token.form.clone()]
    }

    /// How many words the text has, joined forms not counted.
    pub fn word_count(&self) -> usize {
        self.cut.words.len()
    }

    fn join(&mut self, parts: Range<usize>, at: usize) {
        let start = self.forms.len();
        for i in at - 1..self.tokens.len() {
            let form = self.tokens[i].form.clone();
            self.forms.extend_from_within(form);
        }
        let words = &self.cut.words;
        let joined = Token {
            position: parts.start as u32,
            length: parts.len() as u32,
            span: words[parts.start].start..words[parts.end - 1].end,
            form: start..self.forms.len(),
        };
        self.tokens.insert(at, joined);
    }
}

/// Whether what stands between two words joins them to a compound.
fn joins(gap: &str) -> bool {
    matches!(gap, "-" | "\u{2010}" | "\u{2011}") || is_apostrophe(gap)
}

/// The form of a word with its letter case as printed; none where no letter
/// is a capital, so that it is the folded form.
///
/// ```
/// use pincite::text::words::printed_form;
/// assert_eq!(printed_form("NAP’s").as_deref(), Some("NAP"));
/// assert_eq!(printed_form("nap"), None);
/// ```
pub fn printed_form(word: &str) -> Option<String> {
    if !word.chars().any(char::is_uppercase) {
        return None;
    }
    joined_printed_form([word])
}

/// The joined form of a compound with its letter case as printed, from its
/// parts; none where no letter is a capital.
///
/// ```
/// use pincite::text::words::joined_printed_form;
/// assert_eq!(joined_printed_form(["As", "sembly"]).as_deref(), Some("Assembly"));
/// ```
pub fn joined_printed_form<'t>(parts: impl IntoIterator<Item = &'t str>) -> Option<String> {
    let mut form = String::new();
    for part in parts {
        let start = form.len();
        fold_but_case_into(part, &mut form);
        trim_form(&mut form, start);
    }
    form.chars().any(char::is_uppercase).then_some(form)
}

/// Appends the folded form of one word as it is printed.
pub fn fold_word_into(word: &str, out: &mut String) {
    let start = out.len();
    fold_into(word, out);
    trim_form(out, start);
}

/// Drops from the form that begins at `start` the possessive `'s`, the
/// thousands separators (`543,080` is `543080`) and signs that not all set.
fn trim_form(out: &mut String, start: usize) {
    let form = &out[start..];
    if form.len() > 2 && (form.ends_with("'s") || form.ends_with("'S")) {
        out.truncate(out.len() - 2);
    } else if is_grouped_number(form) {
        let number = form.replace(',', "");
        out.truncate(start);
        out.push_str(&number);
    }
    drop_inner_signs(out, start);
}

fn is_grouped_number(form: &str) -> bool {
    let mut groups = form.split(',');
    let first = groups.next().unwrap_or_default();
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let mut rest = groups.peekable();
    if rest.peek().is_none() || first.len() > 3 || !digits(first) {
        return false;
    }
    while let Some(group) = rest.next() {
        let whole = match rest.peek() {
            None => group.split_once('.').map_or(group, |(whole, _)| whole),
            Some(_) => group,
        };
        if whole.len() != 3 || !digits(whole) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<(u32, u32, String)> {
        let analysis = Analysis::of(text);
        analysis
            .tokens()
            .iter()
            .map(|t| (t.position, t.length, analysis.form(t).to_owned()))
            .collect()
    }

    fn plain(text: &str) -> Vec<String> {
        forms(text)
            .into_iter()
            .filter(|t| t.1 == 1)
            .map(|t| t.2)
            .collect()
    }

    #[test]
    fn words_by_the_rules_of_the_design() {
        for (text, expected) in [
            (
                "Cambodia’s and Cambodia's",
                vec!["cambodia", "and", "cambodia"],
            ),
            ("victims’ rights", vec!["victims", "rights"]),
            (
                "2.2 billion riels ($543,080)",
                vec!["2.2", "billion", "riels", "543080"],
            ),
            (
                "1,2 and 12,34 and 1,234,567.5",
                vec!["1,2", "and", "12,34", "and", "1234567.5"],
            ),
            (
                "operations—a U.S. case",
                vec!["operations", "a", "us", "case"],
            ),
            ("“s” 's", vec!["s", "s"]),
            (
                "l'homme de Côte d’Ivoire",
                vec!["l", "homme", "de", "cote", "d", "ivoire"],
            ),
            ("don't o'clock Sana’a", vec!["don't", "oclock", "sanaa"]),
            (
                "the U.N.'s and U.S.’s kilns.'s",
                vec!["the", "un", "and", "us", "kilns", "s"],
            ),
            (
                "freed victims.The U. N. agreed",
                vec!["freed", "victims", "the", "u", "n", "agreed"],
            ),
            ("", vec![]),
            ("— • …", vec![]),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn compounds_are_laid_over_their_parts() {
        let token = |p: u32, l: u32, f: &str| (p, l, f.to_owned());
        assert_eq!(
            forms("a non-profit-making body"),
            [
                token(0, 1, "a"),
                token(1, 1, "non"),
                token(1, 3, "nonprofitmaking"),
                token(2, 1, "profit"),
                token(3, 1, "making"),
                token(4, 1, "body"),
            ]
        );
        assert_eq!(
            forms("COVID-19 2019-2023"),
            [
                token(0, 1, "covid"),
                token(0, 2, "covid19"),
                token(1, 1, "19"),
                token(2, 1, "2019"),
                token(3, 1, "2023"),
            ]
        );
        assert_eq!(forms("U. N.")[1..2], [token(0, 2, "un")]);
        assert_eq!(
            forms("short- and long-term")
                .iter()
                .filter(|t| t.1 > 1)
                .count(),
            1
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_cut_in_order_at_char_boundaries(text in "[\\PC\\n]{0,60}") {
            let analysis = Analysis::of(&text);
            let mut position = 0;
            for (i, token) in analysis.tokens().iter().enumerate() {
                proptest::prop_assert!(text.get(token.span.clone()).is_some());
                proptest::prop_assert!(i == 0 || token.position >= position);
                position = token.position;
                proptest::prop_assert!((position + token.length) as usize <= analysis.word_count());
            }
        }

        #[test]
        fn ascii_words_do_not_depend_on_their_company(text in "[ -~\\n]{0,60}") {
            let alone = plain(&text);
            let mut among = plain(&format!("{text}\n é"));
            let last = among.pop();
            proptest::prop_assert_eq!(last.as_deref(), Some("e"));
            proptest::prop_assert_eq!(alone, among);
        }
    }
}
