//! What a draft says right behind a quotation, or at the end of a block
//! quotation, and may be its source: brackets, notes, a line after a dash.

use super::Claim;
use super::pages::{NOTE, Pages, labels, without_marks};
use super::quote::BREAK;
use super::remark::is_remark;
use super::typography::is_quote;
use crate::text::sentences;

/// The longest source at the end of a block quotation, in bytes.
const LONGEST: usize = 300;

/// The dashes that a source may stand behind.
const DASHES: [&str; 4] = ["—", "–", "―", "--"];

/// What may be the source of a quotation that ends at a byte of a paragraph: what
/// stands right behind it in round or square brackets, in notes or behind a
/// dash or comma, an id or an address without any; else the note at the end of its
/// sentence.
pub(super) fn claims_behind(pages: &Pages, end: (usize, usize)) -> Vec<Claim> {
    let mut claims = Vec::new();
    let (quoted, behind) = pages.paragraphs[end.0].text.split_at(end.1);
    let mut rest = behind;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ".,;:".contains(c));
        let Some((inside, next)) = bracketed(rest) else {
            break;
        };
        match rest.starts_with(NOTE[0]) {
            true => claims.extend(pages.claims_of_note(inside)),
            // `(emphasis added)` is about the quotation, not its source.
            false if is_remark(inside) => {}
            false => claims.extend(claims_of(pages, inside)),
        }
        rest = next;
    }
    let dash = dashed(rest);
    if let Some(named) = dash.filter(|named| named.contains(|c: char| c.is_ascii_digit())) {
        claims.extend(claims_of(pages, named));
    }
    claims.extend(bare(rest).map(Claim::guess));
    let is_whole = quoted.trim_end_matches(is_quote).ends_with(['.', '!', '?']);
    if claims.is_empty() && !(is_whole && behind.trim_start().starts_with(char::is_uppercase)) {
        claims = claims_at_sentence_end(pages, behind);
    }
    claims.extend(dash.and_then(guess_of_sentence));
    let is_after_comma = behind.trim_start().starts_with([',', ';', ':'])
        || quoted.trim_end_matches(is_quote).ends_with(',');
    if is_after_comma {
        claims.extend(guesses_at_start(rest));
    }
    claims
}

/// The first sentence of a text, and what of it stands before one of its commas
/// and has a number: the longest first.
fn guesses_at_start(text: &str) -> Vec<Claim> {
    let plain = without_marks(text);
    let sentences = sentences(&plain);
    let first = sentences.into_iter().next().and_then(|s| plain.get(s));
    let Some(first) = first.filter(|first| first.len() <= LONGEST) else {
        return Vec::new();
    };
    let commas = first.match_indices([',', ';']).map(|(at, _)| at).rev();
    let cuts = commas.map(|at| &first[..at]);
    let cuts = cuts.filter(|cut| cut.contains(|c: char| c.is_ascii_digit()));
    let named = std::iter::once(first).chain(cuts);
    let named = named.filter(|named| looks_like_source(named));
    named.map(Claim::guess).collect()
}

/// The first sentence of a text, which is a source where it names one.
fn guess_of_sentence(text: &str) -> Option<Claim> {
    let plain = without_marks(text);
    let first = sentences(&plain).into_iter().next()?;
    let named = plain.get(first)?;
    looks_like_source(named).then(|| Claim::guess(named))
}

/// The last paragraph and the last line of a block quotation, of which either is
/// its source where it names one and nothing more.
pub(super) fn guesses_at_end(text: &str, line: &str) -> Vec<Claim> {
    let paragraph = text.rsplit(BREAK).next().unwrap_or_default();
    let ends = [paragraph, line.trim()].into_iter();
    let ends = ends.filter(|end| end.len() <= LONGEST && looks_like_source(end));
    let begun = ends.filter_map(|end| Some((text.strip_suffix(end)?.len(), end)));
    begun
        .filter(|(at, _)| *at > 0)
        .map(|(at, named)| Claim {
            begins_at: Some(at),
            ..Claim::guess(named)
        })
        .collect()
}

/// What may be the source by the notes that a quotation calls itself: the last
/// first.
pub(super) fn claims_inside(pages: &Pages, quoted: &str) -> Vec<Claim> {
    let labels = labels(quoted).into_iter().rev();
    labels
        .flat_map(|label| pages.claims_of_note(label))
        .collect()
}

/// What the note says that is called at the end of the sentence behind a
/// quotation, if nothing else is quoted before it.
fn claims_at_sentence_end(pages: &Pages, behind: &str) -> Vec<Claim> {
    let Some(at) = behind.find(NOTE[0]) else {
        return Vec::new();
    };
    let before = behind[..at].trim_end();
    let is_end = before.ends_with(['.', '!', '?', ';']);
    let sentence = before.trim_end_matches(['.', '!', '?', ';']);
    let goes_on = ["“", "\"", "„", "«", "「", ". ", "! ", "? ", "; "];
    let is_one = !goes_on.iter().any(|sign| sentence.contains(sign));
    match labels(&behind[at..]).first() {
        Some(label) if is_end && is_one => pages.claims_of_note(label),
        _ => Vec::new(),
    }
}

/// What may be the source at the end of the text of a block quotation: brackets,
/// or what stands behind a dash.
pub(super) fn claims_at_end(text: &str) -> Vec<Claim> {
    let brackets = brackets_at_end(text);
    let dash = dash_at_end(text);
    let both = match dash {
        Some((at, _)) if may_be_source(text, at) => [dash, brackets],
        _ => [brackets, dash],
    };
    let both = both.into_iter().flatten();
    both.filter(|(at, named)| *at > 0 && looks_like_source(named))
        .map(|(at, named)| Claim {
            begins_at: Some(at),
            ..Claim::possible(named)
        })
        .collect()
}

/// Whether what stands from a byte of a quotation on may be its source, although
/// it is not understood as one.
pub(super) fn may_be_source(text: &str, at: usize) -> bool {
    let (before, named) = text.split_at(at);
    match named.strip_prefix(['(', '[']) {
        Some(inside) => {
            inside.contains(|c: char| c.is_ascii_digit()) || inside.starts_with(char::is_uppercase)
        }
        None => {
            let before = before.trim_end_matches(' ');
            before.ends_with(['.', '!', '?', '…', '”', '"', '’', ')', BREAK])
        }
    }
}

/// What a paragraph holds that is nothing but a source in brackets or after a
/// dash.
pub(super) fn whole_source(text: &str) -> Option<&str> {
    let text = text.trim();
    let bare = text.trim_end_matches('.');
    match bracketed(bare) {
        Some((inside, "")) if !bare.starts_with(NOTE[0]) => Some(inside),
        _ => dashed(text),
    }
}

/// What may be a source in some words, and in the notes that they call.
pub(super) fn claims_of(pages: &Pages, named: &str) -> Vec<Claim> {
    let mut claims = Vec::new();
    let plain = without_marks(named);
    if looks_like_source(&plain) {
        claims.push(Claim::possible(&plain));
    }
    claims.extend(
        labels(named)
            .into_iter()
            .flat_map(|label| pages.claims_of_note(label)),
    );
    claims
}

/// Whether words may name a source: they have a number, a name or the signs of
/// an id, or refer to another source.
fn looks_like_source(named: &str) -> bool {
    let named = named.trim();
    let refers = ["ibid", "id.", "idem", "supra", "op. cit", "loc. cit"];
    named.contains(|c: char| c.is_numeric() || c.is_uppercase() || "-/:".contains(c))
        || refers.iter().any(|word| named.starts_with(word))
}

/// The text between the brackets that a text begins with, or of the mark of a
/// note, and what follows.
pub(super) fn bracketed(text: &str) -> Option<(&str, &str)> {
    let open = text.chars().next()?;
    let close = match open {
        '(' => ')',
        '[' => ']',
        c if c == NOTE[0] => NOTE[1],
        _ => return None,
    };
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
        }
        if depth == 0 {
            let inside = &text[open.len_utf8()..at];
            return Some((inside, &text[at + c.len_utf8()..]));
        }
    }
    None
}

/// What stands behind the dash that a text begins with.
fn dashed(text: &str) -> Option<&str> {
    let dash = DASHES.iter().find(|dash| text.starts_with(**dash))?;
    let named = text[dash.len()..]
        .trim_start_matches(['-', '—', '–'])
        .trim();
    (!named.is_empty()).then_some(named)
}

/// The word that a text begins with, where it may be an id or an address.
fn bare(text: &str) -> Option<&str> {
    let word = text.split_whitespace().next()?;
    // `tip-2021-khm`, not `COVID-19` or `2021-2022`.
    let is_id = word.matches('-').count() > 1
        && word.contains(|c: char| c.is_ascii_digit())
        && word.contains(|c: char| c.is_ascii_alphabetic());
    (is_id || word.starts_with("http")).then(|| word.trim_end_matches(['.', ',', ';', ':']))
}

/// The brackets at the end of a text: where they begin, and what they hold.
fn brackets_at_end(text: &str) -> Option<(usize, &str)> {
    let trimmed = text.trim_end_matches(|c: char| c.is_whitespace() || c == '.');
    let close = trimmed.chars().next_back()?;
    let open = match close {
        ')' => '(',
        ']' => '[',
        _ => return None,
    };
    let mut depth = 0usize;
    for (at, c) in trimmed.char_indices().rev() {
        if c == close {
            depth += 1;
        } else if c == open {
            depth -= 1;
        }
        if depth == 0 {
            let inside = &trimmed[at + 1..trimmed.len() - 1];
            let is_source = inside.len() <= LONGEST && !is_remark(inside);
            return is_source.then(|| (at, inside.trim()));
        }
    }
    None
}

/// The last dash of a text that words stand behind as a source does: where it
/// stands, and the words.
fn dash_at_end(text: &str) -> Option<(usize, &str)> {
    let last = DASHES.iter().filter_map(|dash| text.rfind(dash)).max();
    // A hyphen is a dash where it begins a paragraph.
    let hyphen = text
        .rfind(&format!("{BREAK}-"))
        .map(|at| at + BREAK.len_utf8());
    let at = last.max(hyphen)?;
    let is_apart =
        text[..at].ends_with(|c: char| c.is_whitespace() || c == BREAK || ".!?”\"".contains(c));
    let named = text[at..].trim_start_matches(['-', '—', '–', '―']).trim();
    (is_apart && !named.is_empty() && named.len() <= LONGEST).then_some((at, named))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_at_the_end_of_a_block_are_found_in_all_forms() {
        for (text, found) in [
            ("He left (tip-2021-khm:a:2)", vec![(8, "tip-2021-khm:a:2")]),
            (
                "He left. (A Report, para. 2).",
                vec![(9, "A Report, para. 2")],
            ),
            ("He left [tip-2021-khm]", vec![(8, "tip-2021-khm")]),
            ("He left — tip-2021-khm", vec![(8, "tip-2021-khm")]),
            ("He left -- tip-2021-khm", vec![(8, "tip-2021-khm")]),
            ("He left.\u{2029}- A Report", vec![(11, "A Report")]),
            (
                "He left. — A Report (2021)",
                vec![(9, "A Report (2021)"), (22, "2021")],
            ),
            ("He left — all of them", vec![]),
            ("in 2019–2021", vec![]),
            ("He left (emphasis added)", vec![]),
            ("(A Report)", vec![]),
            ("He left.", vec![]),
        ] {
            let claims = claims_at_end(text).into_iter();
            let told: Vec<(usize, String)> = claims
                .map(|c| (c.begins_at.unwrap_or(0), c.typed))
                .collect();
            let told: Vec<(usize, &str)> = told.iter().map(|(at, t)| (*at, t.as_str())).collect();
            assert_eq!(told, found, "{text}");
        }
    }

    #[test]
    fn a_paragraph_may_be_a_source_alone() {
        for (text, source) in [
            (
                "(A Report (2021), para. 3).",
                Some("A Report (2021), para. 3"),
            ),
            ("— A Report", Some("A Report")),
            ("[tip-2021-khm]", Some("tip-2021-khm")),
            ("(A) he said (B)", None),
            ("- an item", None),
            ("He left.", None),
        ] {
            assert_eq!(whole_source(text), source, "{text}");
        }
    }
}
