//! The words of a text as terms of the engine.
//!
//! A plain word is the term of its folded form or stem. The joined form of a
//! compound has the number of its parts added (`antitrafficking-2`): no word
//! holds a hyphen, so the two never meet, and a query knows how many positions
//! the term covers.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::text::{Analysis, StemCache};

/// The name of the tokenizer that gives folded words.
pub const EXACT: &str = "pincite_exact";
/// The name of the tokenizer that gives stems.
pub const STEM: &str = "pincite_stem";
/// What the terms depend on: the rules of `text` and the version of frostem; it
/// changes with either, and makes old indexes unreadable.
pub const VERSION: &str = "uax29-fold-1 snowball-english-20260821";

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

/// The tokenizers that the schema names.
pub fn manager() -> TokenizerManager {
    // The engine's own (`raw`, `default`) are needed by keys and facets.
    let manager = TokenizerManager::default();
    manager.register(EXACT, TextAnalyzer::from(WordTokenizer::new(None)));
    manager.register(
        STEM,
        TextAnalyzer::from(WordTokenizer::new(Some(StemCache::default()))),
    );
    manager
}

/// Gives the engine the words of the one analyzer.
#[derive(Debug, Clone)]
struct WordTokenizer {
    stems: Option<StemCache>,
    analysis: Analysis,
    token: Token,
}

impl WordTokenizer {
    fn new(stems: Option<StemCache>) -> Self {
        WordTokenizer {
            stems,
            analysis: Analysis::default(),
            token: Token::default(),
        }
    }
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.analysis.run(text);
        self.token.reset();
        WordStream {
            words: self,
            next: 0,
        }
    }
}

struct WordStream<'a> {
    words: &'a mut WordTokenizer,
    next: usize,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let WordTokenizer {
            stems,
            analysis,
            token,
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
        match stems {
            Some(stems) => token.text.push_str(stems.stem(form)),
            None => token.text.push_str(form),
        }
        if word.length > 1 {
            token.text.push('-');
            token.text.push_str(&word.length.to_string());
        }
        true
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

    #[test]
    fn terms_carry_position_and_length() {
        let mut analyzer = manager().get(STEM).unwrap();
        let mut stream = analyzer.token_stream("Two anti-trafficking kilns");
        let mut terms = Vec::new();
        while stream.advance() {
            let token = stream.token();
            terms.push((token.position, token.text.clone()));
        }
        let expected = [
            (0, "two"),
            (1, "anti"),
            (1, "antitraffick-2"),
            (2, "traffick"),
            (3, "kiln"),
        ];
        assert_eq!(terms, expected.map(|(p, t)| (p, t.to_owned())));
        assert_eq!(term_text("antitraffick", 2), "antitraffick-2");
    }
}
