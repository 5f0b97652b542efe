//! The words of a text as terms of the engine.
//!
//! A plain word is the term of its folded form or stem. The joined form of a
//! compound has the number of its parts added (`antitrafficking-2`): no word
//! holds a hyphen, so the two never meet, and a query knows how many positions
//! the term covers.
//!
//! Stems and folded words stand in fields of their own, of the same length. A
//! third field has *marks* at the same positions: one at the first word of
//! every sentence ([`SENTENCE`]), and one at every word that is printed with a
//! capital ([`case_mark`]).

use std::ops::Range;

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::text::words::printed_form;
use crate::text::{Analysis, StemCache, sentences};

/// The name of the tokenizer that gives folded words.
pub const EXACT: &str = "pincite_exact";
/// The name of the tokenizer that gives marks.
pub const MARKS: &str = "pincite_marks";
/// The name of the tokenizer that gives stems.
pub const STEM: &str = "pincite_stem";
/// What the terms depend on: the rules of `text` and the version of frostem; it
/// changes with either, and makes old indexes unreadable.
///
/// History: `uax29-fold-1`; with marks of sentences and capitals
/// `uax29-fold-1 marks-1`.
pub const VERSION: &str = "uax29-fold-1 marks-1 snowball-english-20260821";

/// The mark of the first word of a sentence. No word holds a full stop alone.
pub const SENTENCE: &str = ".";

/// The text of a term: the form or stem, and how many positions it covers.
///
/// ```
/// use pincite::index::tokenizer::term_text;
/// assert_eq!(term_text("kiln", 1), "kiln");
/// assert_eq!(term_text("antitrafficking", 2), "antitrafficking-2");
/// ```
pub fn term_text(form: &str, length: u32) -> String {
    match length {
        1 => form.to_owned(),
        n => format!("{form}-{n}"),
    }
}

/// The mark of a folded word that is printed with capitals; with an empty
/// `printed`, what the marks of the word in any letter case begin with.
///
/// ```
/// use pincite::index::tokenizer::case_mark;
/// assert!(case_mark("nap", "NAP").starts_with(&case_mark("nap", "")));
/// ```
pub fn case_mark(form: &str, printed: &str) -> String {
    format!("{form} {printed}")
}

/// The tokenizers that the schema names.
pub fn manager() -> TokenizerManager {
    // The engine's own (`raw`, `default`) are needed by keys and facets.
    let manager = TokenizerManager::default();
    for (name, gives) in [
        (EXACT, Gives::Words),
        (STEM, Gives::Stems(StemCache::default())),
        (MARKS, Gives::Marks),
    ] {
        let tokenizer = WordTokenizer {
            gives,
            analysis: Analysis::default(),
            sentences: Vec::new(),
            token: Token::default(),
        };
        manager.register(name, TextAnalyzer::from(tokenizer));
    }
    manager
}

/// What a tokenizer gives of every word.
#[derive(Debug, Clone)]
enum Gives {
    Words,
    Stems(StemCache),
    Marks,
}

/// Gives the engine the words of the one analyzer.
#[derive(Debug, Clone)]
struct WordTokenizer {
    gives: Gives,
    analysis: Analysis,
    sentences: Vec<Range<usize>>,
    token: Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.analysis.run(text);
        self.sentences = match self.gives {
            Gives::Marks => sentences(text),
            _ => Vec::new(),
        };
        self.token.reset();
        WordStream {
            words: self,
            text,
            next: 0,
            sentence: 0,
        }
    }
}

struct WordStream<'a> {
    words: &'a mut WordTokenizer,
    text: &'a str,
    /// The word to look at next.
    next: usize,
    /// The sentence to mark next.
    sentence: usize,
}

impl WordStream<'_> {
    /// Goes to the next mark.
    fn mark(&mut self) -> bool {
        let WordTokenizer {
            analysis,
            sentences,
            token,
            ..
        } = &mut *self.words;
        while let Some(word) = analysis.tokens().get(self.next) {
            token.position = word.position as usize;
            token.text.clear();
            let begun = sentences.get(self.sentence);
            if word.length == 1 && begun.is_some_and(|s| s.start <= word.span.start) {
                self.sentence += 1;
                token.text.push_str(SENTENCE);
                return true;
            }
            self.next += 1;
            if word.length == 1
                && let Some(printed) = printed_form(&self.text[word.span.clone()])
            {
                token
                    .text
                    .push_str(&case_mark(analysis.form(word), &printed));
                return true;
            }
        }
        false
    }

    /// Goes to the next word or stem.
    fn word(&mut self) -> bool {
        let WordTokenizer {
            gives,
            analysis,
            token,
            ..
        } = &mut *self.words;
        let Some(word) = analysis.tokens().get(self.next) else {
            return false;
        };
        self.next += 1;
        token.position = word.position as usize;
        token.position_length = word.length as usize;
        token.offset_from = word.span.start;
        token.offset_to = word.span.end;
        token.text.clear();
        let form = analysis.form(word);
        match gives {
            Gives::Stems(stems) => token.text.push_str(stems.stem(form)),
            _ => token.text.push_str(form),
        }
        if word.length > 1 {
            token.text.push('-');
            token.text.push_str(&word.length.to_string());
        }
        true
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        match self.words.gives {
            Gives::Marks => self.mark(),
            _ => self.word(),
        }
    }

    fn token(&self) -> &Token {
        &self.words.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.words.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(tokenizer: &str, text: &str) -> Vec<(usize, String)> {
        let mut analyzer = manager().get(tokenizer).unwrap();
        let mut stream = analyzer.token_stream(text);
        let mut terms = Vec::new();
        while stream.advance() {
            let token = stream.token();
            terms.push((token.position, token.text.clone()));
        }
        terms
    }

    #[test]
    fn terms_carry_position_and_length() {
        let expected = [
            (0, "two"),
            (1, "anti"),
            (1, "antitraffick-2"),
            (2, "traffick"),
            (3, "kiln"),
        ];
        assert_eq!(
            terms(STEM, "Two anti-trafficking kilns"),
            expected.map(|(p, t)| (p, t.to_owned()))
        );
        assert_eq!(term_text("antitraffick", 2), "antitraffick-2");
    }

    #[test]
    fn sentences_and_capitals_are_marked() {
        let expected = [
            (0, SENTENCE.to_owned()),
            (0, case_mark("the", "The")),
            (1, case_mark("nap", "NAP")),
            (3, SENTENCE.to_owned()),
        ];
        assert_eq!(terms(MARKS, "The NAP ended. 486 kilns."), expected);
    }
}
