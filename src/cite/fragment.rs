//! Links that lead to a sentence: text directives of a URL's fragment.
//!
//! The grammar and the search are those of the draft "URL Fragment Text
//! Directives" (WICG, scroll-to-text-fragment):
//!
//! ```text
//! TextDirective           = "text=" TextDirectiveParameters
//! TextDirectiveParameters = [ TextDirectivePrefix "," ] TextDirectiveString
//!                           [ "," TextDirectiveString ] [ "," TextDirectiveSuffix ]
//! TextDirectivePrefix     = TextDirectiveString "-"
//! TextDirectiveSuffix     = "-" TextDirectiveString
//! ```
//!
//! `&`, `-` and `,` in a string are percent-encoded; here all but ASCII letters,
//! digits and `.` `_` `~` is, so that a link can stand in any format.

use std::fmt;
use std::ops::Range;

/// The longest target, in words, that is named whole; of a longer one the first
/// and the last words are, so that a footnote mark within it does no harm.
const WHOLE: usize = 10;
/// How many words a start or an end has: the fewest that tell the place.
const ENDS: [usize; 3] = [4, 6, 8];
/// How many words a prefix or a suffix has.
const AROUND: usize = 3;

/// A text directive: which text of a page a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextDirective {
    /// What stands right before it.
    pub prefix: Option<String>,
    /// What it begins with, or all of it.
    pub start: String,
    /// What it ends with.
    pub end: Option<String>,
    /// What stands right after it.
    pub suffix: Option<String>,
}

impl TextDirective {
    /// The shortest directive that leads to `target`, half-open bytes of `page`;
    /// none for a target without words.
    ///
    /// The page is the text of a report, its paragraphs divided by line breaks.
    /// Where no directive leads to this place alone, as where a page says the
    /// same twice, the most telling one is given.
    pub fn of(page: &str, target: Range<usize>) -> Option<Self> {
        let words = words(page, target);
        let wanted = words.first()?.start..words.last()?.end;
        let candidates = candidates(page, &words);
        let leads = |directive: &&TextDirective| directive.find(page).as_ref() == Some(&wanted);
        let found = candidates.iter().find(leads).or(candidates.last());
        found.cloned()
    }

    /// Where a browser would scroll to on `page`: half-open bytes of it.
    ///
    /// As the draft's algorithm, but that case is folded in ASCII alone.
    pub fn find(&self, page: &str) -> Option<Range<usize>> {
        let mut from = 0;
        loop {
            let first = self.prefix.as_deref().unwrap_or(&self.start);
            let found = find_words(page, first, from)?;
            from = found.start + step(page, found.start);
            let start = match &self.prefix {
                None => found,
                Some(_) => match words_at(page, &self.start, found.end) {
                    Some(start) => start,
                    None => continue,
                },
            };
            let mut end_from = start.end;
            loop {
                let end = match &self.end {
                    None => start.clone(),
                    Some(end) => find_words(page, end, end_from)?,
                };
                let fits = match &self.suffix {
                    None => true,
                    Some(suffix) => words_at(page, suffix, end.end).is_some(),
                };
                if fits {
                    return Some(start.start..end.end);
                }
                if self.end.is_none() {
                    break;
                }
                end_from = end.start + step(page, end.start);
            }
        }
    }
}

/// Prints `text=` and its parameters, percent-encoded.
impl fmt::Display for TextDirective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text=")?;
        if let Some(prefix) = &self.prefix {
            write!(f, "{}-,", encoded(prefix))?;
        }
        f.write_str(&encoded(&self.start))?;
        if let Some(end) = &self.end {
            write!(f, ",{}", encoded(end))?;
        }
        match &self.suffix {
            Some(suffix) => write!(f, ",-{}", encoded(suffix)),
            None => Ok(()),
        }
    }
}

/// The link that leads to a place of a page on the web; none for a URL that is
/// not of the web. A fragment that the URL has stays before the directive.
///
/// ```
/// use pincite::cite::fragment::{TextDirective, link};
/// let directive = TextDirective::of("They found brick kilns.", 11..22).unwrap();
/// let linked = link("https://example.org/a#b", &directive).unwrap();
/// assert_eq!(linked, "https://example.org/a#b:~:text=brick%20kilns");
/// ```
pub fn link(url: &str, directive: &TextDirective) -> Option<String> {
    is_web(url).then(|| {
        let joint = match url.split_once('#') {
            None => "#:~:",
            Some((_, fragment)) if fragment.contains(":~:") => "&",
            Some(_) => ":~:",
        };
        format!("{url}{joint}{directive}")
    })
}

/// Whether a URL is one of the web: `http` or `https`, without white space,
/// control characters or the signs that no URL holds and markup is made of.
pub fn is_web(url: &str) -> bool {
    let has_scheme = |scheme: &str| {
        let start = url.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    (has_scheme("https://") || has_scheme("http://"))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\\`".contains(c))
}

/// Directives for a target of these words, the shortest first.
fn candidates(page: &str, words: &[Range<usize>]) -> Vec<TextDirective> {
    let part = |words: &[Range<usize>]| match words {
        [] => None,
        [first, ..] => Some(page[first.start..words[words.len() - 1].end].to_owned()),
    };
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return Vec::new();
    };
    let ends: Vec<(Option<String>, Option<String>)> = match words.len() {
        n if n <= WHOLE => vec![(part(words), None)],
        n => ENDS
            .iter()
            .map(|many| (*many).min(n / 2))
            .map(|many| (part(&words[..many]), part(&words[n - many..])))
            .collect(),
    };
    // What stands around it counts in the same paragraph alone.
    let line = page[..first.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = page[last.end..]
        .find('\n')
        .map_or(page.len(), |at| last.end + at);
    let before = self::words(page, line..first.start);
    let after = self::words(page, last.end..line_end);
    let prefix = part(&before[before.len().saturating_sub(AROUND)..]);
    let suffix = part(&after[..after.len().min(AROUND)]);
    let touches = |from: usize, to: usize| page[from..to].chars().all(char::is_whitespace);
    // The draft lets white space alone stand between the parts.
    let prefix = prefix.filter(|_| before.last().is_some_and(|b| touches(b.end, first.start)));
    let suffix = suffix.filter(|_| after.first().is_some_and(|a| touches(last.end, a.start)));
    let around = [
        (None, None),
        (prefix.clone(), None),
        (None, suffix.clone()),
        (prefix, suffix),
    ];
    let mut all: Vec<TextDirective> = Vec::new();
    for (prefix, suffix) in around {
        for (start, end) in &ends {
            let Some(start) = start else { continue };
            let directive = TextDirective {
                prefix: prefix.clone(),
                start: start.clone(),
                end: end.clone(),
                suffix: suffix.clone(),
            };
            if !all.contains(&directive) {
                all.push(directive);
            }
        }
    }
    all
}

/// What white space divides in a part of a text, less the punctuation around it.
fn words(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let piece = &text[part.clone()];
    let words = piece.split_whitespace().filter_map(|word| {
        let start = word.find(char::is_alphanumeric)?;
        let end = word.rfind(char::is_alphanumeric)?;
        let end = end + step(word, end);
        // Parts of a string know where they stand in it.
        let at = part.start + (word.as_ptr() as usize - piece.as_ptr() as usize);
        Some(at + start..at + end)
    });
    words.collect()
}

/// The first place from `from` where whole words stand.
fn find_words(page: &str, wanted: &str, from: usize) -> Option<Range<usize>> {
    let first = wanted.as_bytes().first()?.to_ascii_lowercase();
    let starts = (from..page.len()).filter(|at| {
        page.as_bytes()[*at].to_ascii_lowercase() == first && page.is_char_boundary(*at)
    });
    starts.into_iter().find_map(|at| whole_at(page, wanted, at))
}

/// The words that stand after `at` and white space.
fn words_at(page: &str, wanted: &str, at: usize) -> Option<Range<usize>> {
    let rest = &page[at..];
    whole_at(page, wanted, at + (rest.len() - rest.trim_start().len()))
}

fn whole_at(page: &str, wanted: &str, at: usize) -> Option<Range<usize>> {
    let found = page.get(at..at + wanted.len())?;
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_whole = !is_word(page[..at].chars().next_back())
        && !is_word(page[at + wanted.len()..].chars().next());
    (is_whole && found.eq_ignore_ascii_case(wanted)).then(|| at..at + wanted.len())
}

/// The length of the character at a place, in bytes.
fn step(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(1, char::len_utf8)
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A reader of the grammar, as the draft's "parse a text directive".
    fn parse(text: &str) -> TextDirective {
        let mut parts: Vec<&str> = text.strip_prefix("text=").unwrap().split(',').collect();
        assert!((1..=4).contains(&parts.len()), "{text}");
        let decoded = |part: &str| {
            assert!(!part.is_empty() && !part.contains(['-', '&']), "{text}");
            let mut bytes = Vec::new();
            let mut rest = part.bytes();
            while let Some(byte) = rest.next() {
                bytes.push(match byte {
                    b'%' => {
                        let digits = [rest.next().unwrap(), rest.next().unwrap()];
                        let digits = std::str::from_utf8(&digits).unwrap();
                        u8::from_str_radix(digits, 16).unwrap()
                    }
                    byte => byte,
                });
            }
            String::from_utf8(bytes).unwrap()
        };
        let suffix = parts.last().and_then(|p| p.strip_prefix('-')).map(decoded);
        if suffix.is_some() {
            parts.pop();
        }
        let prefix = parts.first().and_then(|p| p.strip_suffix('-')).map(decoded);
        if prefix.is_some() {
            parts.remove(0);
        }
        TextDirective {
            prefix,
            suffix,
            start: decoded(parts[0]),
            end: parts.get(1).map(|p| decoded(p)),
        }
    }

    fn of(page: &str, target: &str) -> String {
        let at = page.rfind(target).unwrap();
        TextDirective::of(page, at..at + target.len())
            .unwrap()
            .to_string()
    }

    #[test]
    fn signs_of_the_grammar_are_encoded() {
        for (text, expected) in [
            ("debt-bondage, R&D", "text=debt%2Dbondage%2C%20R%26D"),
            ("Côte d’Ivoire", "text=C%C3%B4te%20d%E2%80%99Ivoire"),
            ("“Kilns” (62%).", "text=Kilns%E2%80%9D%20%2862"),
        ] {
            assert_eq!(of(text, text), expected);
        }
        assert_eq!(TextDirective::of("- , &", 0..5), None);
    }

    #[test]
    fn a_long_sentence_is_named_by_its_ends() {
        let page = "One two three four five six seven eight nine ten eleven twelve. More.";
        let sentence = &page[..page.len() - 6];
        assert_eq!(
            of(page, sentence),
            "text=One%20two%20three%20four,nine%20ten%20eleven%20twelve"
        );
    }

    #[test]
    fn what_stands_around_it_tells_it_from_the_same_words_elsewhere() {
        let page = "They paid. Nobody asked about brick kilns\nKilns stood and brick kilns burned";
        assert_eq!(
            of(page, "brick kilns"),
            "text=Kilns%20stood%20and-,brick%20kilns"
        );
        let after = "brick kilns\nbrick kilns burned";
        assert_eq!(of(after, "brick kilns"), "text=brick%20kilns,-burned");
    }

    #[test]
    fn links_keep_the_fragment_that_is_there() {
        let directive = TextDirective::of("kilns", 0..5).unwrap();
        for (url, expected) in [
            ("https://a.org/x", Some("https://a.org/x#:~:text=kilns")),
            ("HTTP://a.org/x#y", Some("HTTP://a.org/x#y:~:text=kilns")),
            ("https://a.org/#", Some("https://a.org/#:~:text=kilns")),
            (
                "https://a.org/#:~:text=a",
                Some("https://a.org/#:~:text=a&text=kilns"),
            ),
            ("javascript:alert(1)", None),
            ("https://a.org/\u{7}x y", None),
            ("tip/a.txt", None),
        ] {
            assert_eq!(link(url, &directive).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn a_browser_is_led_where_the_draft_says() {
        // The examples of the draft: ends of words count, and so does what
        // stands around.
        let find = |directive: &str, page: &str| {
            parse(directive)
                .find(page)
                .map(|range| page[range].to_owned())
        };
        assert_eq!(find("text=range", "my orange range"), Some("range".into()));
        assert_eq!(
            find("text=mountain%20range", "impressive mountain ranges"),
            None
        );
        assert_eq!(
            find(
                "text=this%20is-,an%20example,-text",
                "an example, this is an example text"
            ),
            Some("an example".into())
        );
        assert_eq!(find("text=a,b,-c", "a b x b c"), Some("a b x b".into()));
    }

    proptest! {
        #[test]
        fn a_directive_is_read_back_and_leads_to_its_words(
            page in "[ab ,.\n&é-]{0,60}", from in 0usize..60, length in 0usize..60
        ) {
            let places: Vec<usize> = page.char_indices().map(|c| c.0).chain([page.len()]).collect();
            let start = places[from % places.len()];
            let end = places[(from % places.len() + length).min(places.len() - 1)];
            // A target is a sentence: it ends where words do.
            let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            prop_assume!(!is_word(page[..start].chars().next_back()));
            prop_assume!(!is_word(page[end..].chars().next()));
            let directive = TextDirective::of(&page, start..end);
            let words = words(&page, start..end);
            prop_assert_eq!(directive.is_none(), words.is_empty());
            if let Some(directive) = directive {
                prop_assert_eq!(&parse(&directive.to_string()), &directive);
                let found = directive.find(&page).unwrap();
                let wanted = words[0].start..words[words.len() - 1].end;
                prop_assert!(found.start <= wanted.start);
            }
        }
    }
}
