//! `quotes.md`: the passages of a pack as Markdown (CommonMark). Whatever a text
//! holds, it stays text.

use super::{CHECK, pieces, summary, title};
use crate::cite::fragment::is_web;
use crate::cite::pincite;
use crate::desk::pack::{Pack, Quote};
use crate::output::facts::facts;
use crate::report::Passage;

/// The page of a pack.
pub(super) fn page(pack: &Pack) -> String {
    let mut page = format!("# {}\n\n{}\n\n", escaped(&title(pack)), summary(pack));
    for (name, fact) in facts(&pack.provenance) {
        page.push_str(&format!("- {name}: {}\n", escaped(&fact)));
    }
    page.push_str("\nThe match is **bold**; paragraphs in small print stand around the passage.\n");
    for (number, quote) in (1..).zip(&pack.quotes) {
        page.push_str(&entry(number, quote));
    }
    page.push_str("\n## Sources\n\n");
    for source in pack.sources() {
        page.push_str(&format!("- {}\n", self::source(source)));
    }
    page.push_str(&format!("\n## How to check\n\n{CHECK}\n"));
    page
}

fn entry(number: usize, quote: &Quote) -> String {
    let passage = &quote.passage;
    let mut entry = format!("\n## {number}. {}\n\n", escaped(&pincite(passage)));
    let small = |passages: &[Passage]| -> Vec<String> {
        let texts = passages.iter();
        texts
            .map(|p| format!("> <small>{}</small>\n", escaped(&p.text)))
            .collect()
    };
    let text: String = pieces(quote)
        .into_iter()
        .map(|(is_match, piece)| match is_match {
            true => format!("**{}**", inside(piece)),
            false => inside(piece),
        })
        .collect();
    let mut paragraphs = small(&quote.before);
    paragraphs.push(format!("> {}\n", opened(&text)));
    paragraphs.extend(small(&quote.after));
    entry.push_str(&paragraphs.join(">\n"));
    entry.push_str(&format!("\n- id: {}\n", escaped(&passage.id.to_string())));
    if let Some(link) = &quote.link {
        entry.push_str(&format!("- link: <{link}>\n"));
    }
    entry.push_str(&format!("- hash: {}\n", passage.hash()));
    if let Some(note) = &passage.report.note {
        entry.push_str(&format!("- note: {}\n", escaped(note)));
    }
    if let Some(remark) = passage.remark() {
        entry.push_str(&format!("- remark: {}\n", escaped(&remark)));
    }
    entry
}

/// A report in the list of sources.
fn source(passage: &Passage) -> String {
    let report = &passage.report;
    let mut source = format!("{} ({})", escaped(&report.title), escaped(&report.path));
    match report.url.as_deref() {
        Some(url) if is_web(url) => source.push_str(&format!(", <{url}>")),
        Some(url) => source.push_str(&format!(", {}", escaped(url))),
        None => {}
    }
    source
}

/// A text of a line of its own.
fn escaped(text: &str) -> String {
    opened(&inside(text))
}

/// Text whose signs mean nothing, inside a line.
fn inside(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&'
            | '$' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A line whose beginning opens no list, heading or rule.
fn opened(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &line[..digits], &line[digits..]),
        Some(b'-' | b'+' | b'=' | b':') if digits == 0 => format!("\\{line}"),
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    /// The text of Markdown and what of it is bold; anything but a quoted
    /// paragraph fails.
    fn read(markdown: &str) -> (String, Vec<String>) {
        let (mut text, mut bold, mut is_bold) = (String::new(), Vec::new(), false);
        for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Text(piece) => {
                    text.push_str(&piece);
                    if is_bold {
                        let last: &mut String = bold.last_mut().unwrap();
                        last.push_str(&piece);
                    }
                }
                Event::Start(Tag::Strong) => {
                    is_bold = true;
                    bold.push(String::new());
                }
                Event::End(TagEnd::Strong) => is_bold = false,
                Event::Start(Tag::BlockQuote(_) | Tag::Paragraph)
                | Event::End(TagEnd::BlockQuote(_) | TagEnd::Paragraph) => {}
                other => panic!("{other:?} in {markdown}"),
            }
        }
        (text, bold)
    }

    #[test]
    fn hostile_text_stays_text() {
        for text in [
            "<script>alert(1)</script> &lt; [a](javascript:x) ![b](c) `d` **e** _f_ ~~g~~ $h$",
            "1. one",
            "2) two",
            "- three",
            "+ four",
            "# five",
            "> six",
            "=== seven",
            "| a | b |",
            "--- eight",
            "***",
            "[^1]: note",
            ": term",
            "\\ end\\",
        ] {
            assert_eq!(read(&format!("> {}\n", escaped(text))).0, text);
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "[a1 \\\\`*_{}\\[\\]()<>#+.!|~&$:=\"'/-]{1,30}") {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assume!(!text.is_empty());
            prop_assert_eq!(read(&format!("> {}\n", escaped(&text))).0, text);
        }

        #[test]
        fn the_match_is_bold(before in "[a .*\"(-]{0,6}", lit in "[ab](([ab*-]){0,4}[ab])?", after in "[a .*\")-]{0,6}") {
            let line = format!("{}**{}**{}", inside(&before), inside(&lit), inside(&after));
            let (text, bold) = read(&format!("> {}\n", opened(line.trim())));
            let whole = format!("{before}{lit}{after}");
            prop_assert_eq!(text.as_str(), whole.trim());
            prop_assert_eq!(bold, [lit]);
        }
    }
}
