//! What a draft says right behind a quotation: brackets, footnotes, a line after
//! a dash.

use super::Claim;
use super::draft::Pages;
use super::typography::NOTE;

/// The source that a line names after a dash.
pub(super) fn attribution(line: &str) -> Option<&str> {
    let named = line.trim_start_matches(['—', '–', '―', '-']);
    (named.len() < line.len() && !named.trim().is_empty()).then(|| named.trim())
}

/// A block's last paragraph without the brackets at its end, and what they hold
/// if that may be a source: it has no space, or a number.
pub(super) fn without_source(text: &str) -> (&str, Option<&str>) {
    let trimmed = text.trim_end();
    for (open, close) in [('(', ')'), ('[', ']')] {
        let Some(inside) = trimmed.strip_suffix(close) else {
            continue;
        };
        let Some(at) = inside.rfind(open) else {
            continue;
        };
        let named = inside[at + 1..].trim();
        let may_be = named.contains(|c: char| c.is_ascii_digit()) && named.len() > 3;
        if at > 0 && may_be {
            return (inside[..at].trim_end(), Some(named));
        }
    }
    (text, None)
}

/// What a paragraph holds that is nothing but a source in brackets or after a
/// dash.
pub(super) fn whole_source(text: &str) -> Option<&str> {
    let text = text.trim();
    let bare = text.trim_end_matches('.');
    let inside = bare.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    inside.or_else(|| attribution(text).filter(|_| !text.starts_with("- ")))
}

/// What the last footnote of a text says.
pub(super) fn note_of(pages: &Pages, text: &str) -> Option<String> {
    let (before, end) = text.rsplit_once(NOTE[1])?;
    let (_, label) = before.rsplit_once(NOTE[0])?;
    let is_last = end.chars().all(|c| !c.is_alphanumeric());
    pages.notes.get(label).filter(|_| is_last).cloned()
}

/// What stands right behind a quotation and may say where it is from: in round
/// or square brackets, or in a footnote.
pub(super) fn claim_behind(pages: &Pages, end: (usize, usize)) -> Option<Claim> {
    let mut rest = &pages.paragraphs[end.0].text[end.1..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ".,;:".contains(c));
        let (close, inside) = match rest.chars().next()? {
            '(' => (')', &rest[1..]),
            '[' => (']', &rest[1..]),
            c if c == NOTE[0] => (NOTE[1], &rest[c.len_utf8()..]),
            _ => return None,
        };
        let at = inside.find(close)?;
        let typed = match close == NOTE[1] {
            true => pages.notes.get(&inside[..at])?.trim().to_owned(),
            false => inside[..at].trim().to_owned(),
        };
        rest = &inside[at + close.len_utf8()..];
        // `(emphasis added)` is about the quotation, not its source.
        let lower = typed.to_lowercase();
        if !lower.starts_with("emphasis") && !lower.starts_with("my ") {
            return Some(Claim {
                typed,
                is_certain: false,
            });
        }
    }
}
