//! Footnote marks: raised numbers, and links to notes.

use super::page::Page;

/// How long a mark may be, in characters.
const LONGEST: usize = 6;

/// Whether an element is the mark of a footnote: a raised number or link, or
/// a number in brackets that links into the page.
pub(super) fn is_mark(page: &Page<'_>, at: usize) -> bool {
    let size = page.subtree(at).len();
    // A mark is a link in a raised element or the other way round.
    if size > 8 {
        return false;
    }
    let text = page.text(at);
    if text.is_empty() || text.chars().count() > LONGEST {
        return false;
    }
    if page.name(at) == "a" {
        let target = page.attribute(at, "href").unwrap_or_default();
        return target.contains('#') && text.starts_with('[') && is_number(&text);
    }
    let linked = |node| page.name(node) == "a" && page.attribute(node, "href").is_some();
    let link = page.subtree(at).any(linked) || page.parent(at).is_some_and(linked);
    (is_number(&text) && !is_power(page, at)) || (link && !is_ordinal(&text))
}

/// Digits with what stands between and around them, or a star or dagger.
pub(super) fn is_number(text: &str) -> bool {
    let mark = |c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '(' | ')' | ',' | '-' | ' ');
    let number = text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(mark);
    number || text.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§'))
}

fn is_ordinal(text: &str) -> bool {
    ["st", "nd", "rd", "th"]
        .iter()
        .any(|end| text.eq_ignore_ascii_case(end))
}

/// Whether the number stands over a unit, as in `km2`.
fn is_power(page: &Page<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| page.raw(before));
    let word = before
        .unwrap_or_default()
        .rsplit(char::is_whitespace)
        .next();
    let unit = word
        .unwrap_or_default()
        .trim_start_matches(|c: char| c.is_ascii_digit());
    matches!(unit, "m" | "km" | "cm" | "CO")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_other_raised_text() {
        let cases = [
            ("Serbia<sup>1</sup>", true),
            ("law<sup><a href='#n'>a</a></sup>", true),
            ("law<a href='#n'><sup>12</sup></a>", true),
            ("law<a href='p.htm#_ftn1'>[1]</a>", true),
            ("law<sup>[2], 3</sup>", true),
            ("law<sup>*</sup>", true),
            ("19<sup>th</sup>", false),
            ("14 km<sup>2</sup>", false),
            ("law<a href='#n'>1</a>", false),
            ("law<sup>TM</sup>", false),
        ];
        for (text, want) in cases {
            let html = scraper::Html::parse_document(text);
            let page = Page::new(&html);
            let found = page
                .body()
                .any(|at| matches!(page.name(at), "sup" | "a") && is_mark(&page, at));
            assert_eq!(found, want, "{text}");
        }
    }
}
