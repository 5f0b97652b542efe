//! Cutting a query into its tokens, and pointing at what it cannot hold.

use std::ops::Range;

use super::quotes::{is_quote, single_quoted};
use super::signs::{FIELDS, FieldName, at_least, foreign, leading_digits, operator, regex_length};
use super::spelled_apart::join_spelled_apart;
use super::token::{Token, TokenKind};
use super::tree::{FieldFilter, Term, Within};
use super::word::{Form, Slot, Word, mark_abbreviations, slots_of};
use crate::error::{Error, Result};
use crate::index::{FacetName, IndexPart};
use crate::text::nearest;

/// The longest distance that may be asked for, in words.
const MAX_DISTANCE: u32 = 255;
/// The highest weight.
const MAX_BOOST: f32 = 1000.0;

/// The tokens of a query; signs that ask for nothing go to `ignored`.
pub(super) fn lex(text: &str, ignored: &mut Vec<Range<usize>>) -> Result<Vec<Token>> {
    let mut lexer = Lexer {
        text,
        at: 0,
        tokens: Vec::new(),
        ignored,
        part: IndexPart::Passages,
    };
    while let Some(c) = lexer.rest().chars().next() {
        let start = lexer.at;
        if c.is_whitespace() {
            lexer.at += c.len_utf8();
        } else if matches!(c, '(' | ')') {
            lexer.at += 1;
            let kind = match c {
                '(' => TokenKind::Open,
                _ => TokenKind::Close,
            };
            lexer.push(kind, start);
            if c == ')' {
                lexer.boost(start)?;
            }
        } else if lexer.opens_phrase() {
            let inside = lexer.quoted()?;
            lexer.phrase(inside, Form::Exact, start)?;
        } else if c == '=' && lexer.opens_phrase_behind(c) {
            // A phrase has its very words anyway.
            lexer.at += c.len_utf8();
        } else if matches!(c, '-' | '−') && begins_operand(&lexer.rest()[c.len_utf8()..]) {
            lexer.at += c.len_utf8();
            lexer.push(TokenKind::Not, start);
        } else {
            lexer.chunk()?;
        }
    }
    Ok(join_spelled_apart(lexer.tokens, text))
}

/// Whether a `-` before `rest` negates it: nothing but an operand follows.
fn begins_operand(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_some_and(|c| !c.is_whitespace() && !matches!(c, ')'))
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    ignored: &'a mut Vec<Range<usize>>,
    /// Where the words that come next are searched.
    part: IndexPart,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        let span = start..self.at;
        self.tokens.push(Token { kind, span });
    }

    fn error(&self, message: impl Into<String>, span: Range<usize>) -> Error {
        Error::query(message, self.text, span)
    }

    /// Whether a quoted text begins here.
    fn opens_phrase(&self) -> bool {
        self.rest().starts_with(is_quote) || single_quoted(self.text, self.at).is_some()
    }

    /// Whether a quoted text begins behind a sign that stands here.
    fn opens_phrase_behind(&self, sign: char) -> bool {
        let at = self.at + sign.len_utf8();
        self.text[at..].starts_with(is_quote) || single_quoted(self.text, at).is_some()
    }

    /// Steps over a quoted text that begins here; its inside.
    fn quoted(&mut self) -> Result<Range<usize>> {
        if let Some((inside, end)) = single_quoted(self.text, self.at) {
            self.at = end;
            return Ok(inside);
        }
        let start = self.at;
        let opening = self.rest().chars().next().map_or(0, char::len_utf8);
        let inside = &self.rest()[opening..];
        let Some(length) = inside.find(is_quote) else {
            let whole = self.rest().trim_end();
            let mended = format!("\"{}\"", whole[opening..].trim_end());
            return Err(self
                .error("this quote is never closed", start..self.text.len())
                .with_hint(format!(
                    "close it where it ends, as `{mended}`; `--literal` takes all signs as text"
                )));
        };
        let closing = inside[length..].chars().next().map_or(0, char::len_utf8);
        self.at += opening + length + closing;
        Ok(start + opening..start + opening + length)
    }

    /// The slots of a typed word or phrase.
    fn slots(&self, typed: &str, form: Form) -> Vec<Slot> {
        let mut slots = slots_of(typed, form == Form::Printed);
        if form != Form::Printed {
            mark_abbreviations(&mut slots, self.text);
        }
        slots
    }

    /// A quoted phrase that began at `start`, with what may follow it.
    fn phrase(&mut self, inside: Range<usize>, form: Form, start: usize) -> Result<()> {
        let typed = &self.text[inside.clone()];
        let slots = self.slots(typed, form);
        if slots.is_empty() {
            return Err(self
                .error("these quotes hold no word", start..self.at)
                .with_hint("write a phrase between them, as `\"brick kilns\"`"));
        }
        self.check_slots(&slots, inside.clone())?;
        let gap = |chunk: &&str| !chunk.is_empty() && chunk.chars().all(|c| c == '*');
        if let Some(star) = typed.split_whitespace().find(gap) {
            // The star is a piece of the phrase.
            let at = inside.start + (star.as_ptr() as usize - typed.as_ptr() as usize);
            return Err(self
                .error("a `*` alone stands for no word", at..at + star.len())
                .with_hint("for one word between write `\"a b\"~1`"));
        }
        if form == Form::Printed && typed.contains('*') {
            return Err(self
                .error("letter case is asked of words, not of patterns", inside)
                .with_hint("write the word whole, as `case:\"NAP\"`"));
        }
        let mut slop = 0;
        if let Some(rest) = self.rest().strip_prefix('~') {
            let digits = leading_digits(rest);
            let sign = self.at;
            self.at += 1 + digits.len();
            slop = match digits.parse() {
                Ok(slop) if slop <= MAX_DISTANCE => slop,
                _ => {
                    return Err(self
                        .error(
                            "`~` after a phrase needs the number of words that may stand between",
                            sign..self.at,
                        )
                        .with_hint("write it as `\"brick kilns\"~3`"));
                }
            };
        }
        let term = Term {
            slots,
            form,
            slop,
            typed: typed.trim().to_owned(),
            part: self.part,
        };
        self.push(TokenKind::Term(term), start);
        self.boost(start)
    }

    /// A weight `^2` right here, after what began at `of`.
    fn boost(&mut self, of: usize) -> Result<()> {
        let Some(rest) = self.rest().strip_prefix('^') else {
            return Ok(());
        };
        let start = self.at;
        let stop = |c: char| c.is_whitespace() || matches!(c, '(' | ')') || is_quote(c);
        let number = &rest[..rest.find(stop).unwrap_or(rest.len())];
        self.at += 1 + number.len();
        match number.parse::<f32>() {
            Ok(weight) if weight > 0.0 && weight <= MAX_BOOST => {
                self.push(TokenKind::Boost(weight), start);
                Ok(())
            }
            _ => {
                let what = &self.text[of..start];
                Err(self
                    .error(
                        format!("`^` needs a weight above 0 and up to {MAX_BOOST}"),
                        start..self.at,
                    )
                    .with_hint(format!("write it as `{what}^2` or leave it out")))
            }
        }
    }

    /// Text up to white space, a parenthesis or a quote: a word, an operator,
    /// a field.
    fn chunk(&mut self) -> Result<()> {
        let start = self.at;
        if let Some(length) = regex_length(self.rest()) {
            self.at += length;
            let typed = &self.text[start..self.at];
            return self.word(typed, Form::Inflected, start);
        }
        let stop = |c: char| c.is_whitespace() || matches!(c, '(' | ')') || is_quote(c);
        let rest = self.rest();
        let chunk = &rest[..rest.find(stop).unwrap_or(rest.len())];
        let after = rest[chunk.len()..].chars().next();
        if let Some(kind) = operator(chunk) {
            self.at += chunk.len();
            if let TokenKind::Near {
                within: Within::Words(n),
                ..
            } = kind
                && !(1..=MAX_DISTANCE).contains(&n)
            {
                return Err(self
                    .error(
                        format!("a distance is from 1 to {MAX_DISTANCE} words"),
                        start..self.at,
                    )
                    .with_hint("1 is side by side, as `forced w/1 labor`"));
            }
            self.push(kind, start);
            return Ok(());
        }
        if let Some(n) = at_least(chunk)
            && after == Some('(')
        {
            self.at += chunk.len();
            if n == 0 {
                return Err(self
                    .error("`ATLEAST` needs a number from 1", start..self.at)
                    .with_hint("write it as `ATLEAST3(kiln)`"));
            }
            self.push(TokenKind::AtLeast(n), start);
            return Ok(());
        }
        let around = (&self.text[..start], &rest[chunk.len()..]);
        if let Some((sign, hint)) = foreign(chunk, around.0, around.1) {
            return Err(self
                .error(
                    format!("`{sign}` is not understood here"),
                    start..start + chunk.len(),
                )
                .with_hint(hint));
        }
        if let Some((name, value)) = chunk.split_once(':')
            && !name.is_empty()
            && let Some(field) = self.field_name(name, value, chunk)?
        {
            self.at += name.len() + 1;
            return self.field(field, value, start);
        }
        // The weight at the end of a word is a token of its own.
        let word = chunk.split_once('^').map_or(chunk, |(word, _)| word);
        let word = if word.is_empty() { chunk } else { word };
        self.at += word.len();
        if let Some(exact) = word.strip_prefix('=')
            && !exact.is_empty()
        {
            return self.word(exact, Form::Exact, start);
        }
        self.word(word, Form::Inflected, start)
    }

    /// A bare word.
    fn word(&mut self, typed: &str, form: Form, start: usize) -> Result<()> {
        let slots = self.slots(typed, form);
        if slots.is_empty() {
            self.ignored.push(start..self.at);
            return Ok(());
        }
        let span = start..self.at;
        self.check_slots(&slots, span.clone())?;
        let patterns = slots.iter().any(Slot::has_pattern);
        if form == Form::Exact && (patterns || typed.contains('*')) {
            return Err(self
                .error("`=` asks for one form, and a pattern for many", span)
                .with_hint("leave the `=` out: patterns match words as they are"));
        }
        if typed.contains('*') && !patterns {
            return Err(self
                .error("`*` is not understood here", span)
                .with_hint("it stands for letters of one word, as `kiln*`; `--literal` takes all signs as text"));
        }
        if typed.ends_with('?') {
            self.ignored.push(self.at - 1..self.at);
        } else if typed.starts_with('?') {
            self.ignored.push(start..start + 1);
        }
        // A pattern prints without the punctuation around it.
        let typed = match (patterns, slots.as_slice()) {
            (true, [slot]) => slot.to_string(),
            _ => typed.to_owned(),
        };
        let term = Term {
            slots,
            form,
            slop: 0,
            typed,
            part: self.part,
        };
        self.push(TokenKind::Term(term), start);
        self.boost(start)
    }

    /// Refuses regular expressions that cannot be read.
    fn check_slots(&self, slots: &[Slot], span: Range<usize>) -> Result<()> {
        for word in slots.iter().flat_map(Slot::words) {
            if let Word::Pattern(pattern) = word
                && let Some(reason) = super::finder::fault(pattern)
            {
                return Err(self
                    .error(format!("`{pattern}` cannot be read: {reason}"), span)
                    .with_hint(
                        "it is matched against one whole word, without `^`, `$` and `\\b`",
                    ));
            }
        }
        Ok(())
    }

    /// The field that a name before `:` means, if any.
    fn field_name(&self, name: &str, value: &str, chunk: &str) -> Result<Option<FieldName>> {
        let lower = name.to_lowercase();
        let span = self.at..self.at + name.len() + 1;
        if let Some(field) = FieldName::of(&lower) {
            return Ok(Some(field));
        }
        let near = nearest(&lower, FIELDS, 1);
        let of_others = matches!(
            lower.as_str(),
            "site"
                | "intitle"
                | "text"
                | "body"
                | "date"
                | "after"
                | "before"
                | "filetype"
                | "author"
        );
        let text_follows = value.starts_with(|c: char| c.is_alphanumeric());
        if (of_others || !near.is_empty()) && text_follows {
            let hint = match near.first() {
                Some(near) => format!("did you mean `{near}:`? in quotes, `\"{chunk}\"` is text"),
                None => format!(
                    "the fields are {}",
                    FIELDS.map(|f| format!("`{f}:`")).join(", ")
                ),
            };
            return Err(self
                .error(format!("there is no field `{name}:`"), span)
                .with_hint(hint));
        }
        Ok(None)
    }

    /// A word or phrase that is searched in headings or titles, right after the
    /// colon.
    fn within(&mut self, part: IndexPart, value: &str, start: usize) -> Result<()> {
        let is_phrase = self.opens_phrase();
        let name = &self.text[start..self.at];
        let is_odd = self.rest().starts_with('(') || value.contains(':');
        if !is_phrase && is_odd {
            let end = self.at + value.len().max(1);
            return Err(self
                .error(
                    format!("behind `{name}` stands a word or a phrase"),
                    start..end,
                )
                .with_hint(format!(
                    "write the field before each word: `{name}forced {name}labor`"
                )));
        }
        if !is_phrase && value.trim_matches(',').is_empty() {
            return Err(self
                .error("this field has no word", start..self.at)
                .with_hint(format!(
                    "write a word or a phrase right after the colon, each with the field: \
                     `{name}forced {name}\"child labor\"`"
                )));
        }
        self.part = part;
        let lexed = match is_phrase {
            true => self
                .quoted()
                .and_then(|inside| self.phrase(inside, Form::Exact, start)),
            false => {
                // A weight behind it is a token of its own.
                let word = value.split_once('^').map_or(value, |(word, _)| word);
                self.at += word.len();
                match word.strip_prefix('=').filter(|exact| !exact.is_empty()) {
                    Some(exact) => self.word(exact, Form::Exact, start),
                    None => self.word(word, Form::Inflected, start),
                }
            }
        };
        self.part = IndexPart::Passages;
        lexed
    }

    /// The value of a field, right after its colon.
    fn field(&mut self, field: FieldName, value: &str, start: usize) -> Result<()> {
        if let FieldName::Part(part) = field {
            return self.within(part, value, start);
        }
        let quoted = self.opens_phrase();
        let inside = match quoted {
            true => self.quoted()?,
            false => {
                // A weight behind it is a token of its own.
                let value = match field {
                    FieldName::Case => value.split('^').next().unwrap_or_default(),
                    FieldName::Facet(_) | FieldName::Part(_) => value,
                };
                self.at += value.len();
                self.at - value.len()..self.at
            }
        };
        let typed = self.text[inside.clone()].trim();
        if typed.trim_matches(',').is_empty() {
            let example = match field {
                FieldName::Case => "case:\"NAP\"".to_owned(),
                FieldName::Facet(FacetName::Year) => "year:2015..2020".to_owned(),
                FieldName::Facet(FacetName::Country) => "country:kenya,nepal".to_owned(),
                FieldName::Facet(facet) => format!("{facet}:VALUE"),
                FieldName::Part(_) => "heading:labor".to_owned(),
            };
            return Err(self
                .error("this field has no value", start..self.at)
                .with_hint(format!("write it right after the colon, as `{example}`")));
        }
        match field {
            FieldName::Case => self.phrase(inside, Form::Printed, start),
            FieldName::Facet(_) if !quoted && typed.contains('^') => {
                let sign = inside.start + typed.find('^').unwrap_or(0);
                Err(self
                    .error("a field narrows and weighs nothing", sign..inside.end)
                    .with_hint("leave the weight out"))
            }
            FieldName::Part(_) => Ok(()),
            FieldName::Facet(facet) => {
                let values = vec![typed.to_owned()];
                self.push(TokenKind::Field(FieldFilter { facet, values }), start);
                Ok(())
            }
        }
    }
}
