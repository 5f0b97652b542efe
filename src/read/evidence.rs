//! Whether the text of a document is that of a series, whatever its file is
//! called: by wordings that only the series has, or by its headings.

use std::collections::HashSet;

use super::headings::Headings;
use super::narrative::Piece;
use super::profile::{Evidence, Profile};
use crate::format::Document;
use crate::text::fold::fold_space;

/// How much of a text is looked at for a wording, in bytes.
const MAX_TEXT: usize = 1 << 20;

/// Whether a document has the evidence that a profile asks for; if it asks for
/// none, it has.
pub(super) fn has_evidence<'d>(profile: &Profile, document: &'d Document<'d>) -> bool {
    let Some(evidence) = &profile.evidence else {
        return true;
    };
    has_headings(profile, evidence, document) || has_wording(evidence, document)
}

fn has_headings<'d>(profile: &Profile, evidence: &Evidence, document: &'d Document<'d>) -> bool {
    let pieces: Vec<Piece<'d>> = document.lines.iter().map(Piece::Line).collect();
    let mut headings = Headings::new(profile, None, None);
    let mut found: HashSet<String> = HashSet::new();
    for (at, line) in document.lines.iter().enumerate() {
        found.extend(headings.key_of(line, &pieces[at + 1..]));
        if found.len() >= evidence.headings {
            return true;
        }
    }
    false
}

/// Lines may be wrapped inside the wording.
fn has_wording(evidence: &Evidence, document: &Document<'_>) -> bool {
    let mut text = String::new();
    for line in &document.lines {
        if text.len() > MAX_TEXT {
            break;
        }
        text.push_str(&fold_space(&line.text));
        text.push(' ');
    }
    evidence.wording.iter().any(|p| p.regex().is_match(&text))
}
