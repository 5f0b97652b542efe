//! What the notes of a draft say of a source, and which notes they refer back
//! to: `Ibid.`, `supra note 3`. A reference is followed where it is plain.

use std::sync::LazyLock;

use regex::Regex;

use super::names::is_pinpoint;
use super::pages::{Pages, labels, without_marks};
use super::{Claim, Referred};

/// How many notes deep the notes to a note are read.
const DEEPEST: usize = 3;

impl Pages {
    /// What the note of a label may claim as a source: what it says, what it
    /// refers back to, and the notes to it.
    pub(super) fn claims_of_note(&self, label: &str) -> Vec<Claim> {
        let mut claims = Vec::new();
        self.claims_into(label, DEEPEST, &mut claims);
        claims
    }

    fn claims_into(&self, label: &str, depth: usize, claims: &mut Vec<Claim>) {
        let Some(at) = self.notes.iter().position(|note| note.label == label) else {
            return;
        };
        let text = &self.notes[at].text;
        let said = Claim::possible(&without_marks(text));
        let referred = self.referred(at);
        if !said.typed.is_empty() {
            claims.push(said.clone());
        }
        claims.extend(referred.map(|referred| Claim {
            referred: Some(referred),
            ..said
        }));
        if depth > 1 {
            for nested in labels(text) {
                self.claims_into(nested, depth - 1, claims);
            }
        }
    }

    /// The note that a note refers back to, where that is plain: the one before
    /// it, or an earlier one by its mark.
    fn referred(&self, at: usize) -> Option<Referred> {
        let (earlier, pinpoint) = match reference(&without_marks(&self.notes[at].text))? {
            Reference::Before(pinpoint) => (self.before(at)?, pinpoint),
            Reference::Mark(mark, pinpoint) => (self.marked(&mark, at)?, pinpoint),
        };
        let note = without_marks(&self.notes[earlier].text);
        if reference(&note).is_none() {
            return Some(Referred { note, pinpoint });
        }
        let first = self.referred(earlier)?;
        Some(Referred {
            pinpoint: pinpoint.or(first.pinpoint),
            ..first
        })
    }

    /// The note before a note, if none is lacking between them.
    fn before(&self, at: usize) -> Option<usize> {
        let mut before = (0..at).rev().filter(|i| !self.notes[*i].mark.is_empty());
        let before = before.next()?;
        let number = |at: usize| self.notes[at].mark.parse::<u64>().ok();
        let is_next = match (number(before), number(at)) {
            (Some(before), Some(at)) => before + 1 == at,
            _ => true,
        };
        is_next.then_some(before)
    }

    /// The one note before a note that has a mark.
    fn marked(&self, mark: &str, at: usize) -> Option<usize> {
        let mut marked = (0..at).filter(|i| self.notes[*i].mark == mark);
        let first = marked.next()?;
        marked.next().is_none().then_some(first)
    }
}

/// What a note refers to, with the place in it.
#[derive(Debug, PartialEq, Eq)]
enum Reference {
    /// The note before.
    Before(Option<String>),
    /// An earlier note, by its mark.
    Mark(String, Option<String>),
}

static IBID: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let signal = r"(?:(?:see|see also|cf\.?|but see|accord),?\s+)?";
    Regex::new(&format!(
        r"(?is)^\s*{signal}(?:ibid|ibidem|id|idem)\b\.?(.*)$"
    ))
    .ok()
});

static SUPRA: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let note = r"(?:foot|end)?(?:note|n\.?|fn\.?)\s*(\d+)";
    Regex::new(&format!(
        r"(?is)\b(?:(?:supra|above|op\.\s*cit\.),?\s+(?:at\s+)?{note}|{note},?\s+(?:supra|above))\b(.*)$"
    ))
    .ok()
});

/// What a note refers to, where it says no more than that and a place.
fn reference(note: &str) -> Option<Reference> {
    let pinpoint = |rest: &str| -> Option<Option<String>> {
        let rest = rest.trim_matches(|c: char| c.is_whitespace() || ".,;()[]".contains(c));
        match rest {
            "" => Some(None),
            place => is_pinpoint(place).then(|| Some(place.to_owned())),
        }
    };
    if let Some(found) = IBID.as_ref()?.captures(note) {
        return Some(Reference::Before(pinpoint(&found[1])?));
    }
    let found = SUPRA.as_ref()?.captures(note)?;
    let mark = found.get(1).or(found.get(2))?.as_str().to_owned();
    Some(Reference::Mark(mark, pinpoint(&found[3])?))
}

#[cfg(test)]
mod tests {
    use super::super::pages::DraftNote;
    use super::*;

    #[test]
    fn references_are_read_where_they_are_plain() {
        let mark = |mark: &str, place: Option<&str>| {
            Some(Reference::Mark(mark.to_owned(), place.map(str::to_owned)))
        };
        let before = |place: Option<&str>| Some(Reference::Before(place.map(str::to_owned)));
        for (note, want) in [
            ("Ibid.", before(None)),
            ("ibid", before(None)),
            ("Ibid., para. 3.", before(Some("para. 3"))),
            ("Id. at 12.", before(Some("at 12"))),
            ("Id. ¶ 3", before(Some("¶ 3"))),
            ("See id. at para. 3.", before(Some("at para. 3"))),
            ("Supra note 3.", mark("3", None)),
            ("See supra note 3, para. 2.", mark("3", Some("para. 2"))),
            (
                "Ministry of Labor, supra n. 12, at 4",
                mark("12", Some("at 4")),
            ),
            ("See note 4 above.", mark("4", None)),
            ("Ibid. and Report C", None),
            ("Ibid.; tip-2021-khm", None),
            ("supra notes 3 and 5", None),
            ("supra note 3 and Report C", None),
            ("Identity papers of workers", None),
            ("See note 4.", None),
            ("Report B, para. 1", None),
        ] {
            assert_eq!(reference(note), want, "{note}");
        }
    }

    #[test]
    fn references_lead_to_the_note_that_names_a_source() {
        let texts = [
            "Report A, para. 1",
            "Ibid.",
            "Report B",
            "supra note 1, para. 4",
            "Id. at 9",
        ];
        let notes = texts.iter().zip(1..);
        let pages = Pages {
            notes: notes
                .map(|(text, n)| DraftNote::new(n.to_string(), &n.to_string(), text))
                .collect(),
            ..Pages::default()
        };
        for (label, note, pinpoint) in [
            ("2", "Report A, para. 1", None),
            ("4", "Report A, para. 1", Some("para. 4")),
            ("5", "Report A, para. 1", Some("at 9")),
        ] {
            let claims = pages.claims_of_note(label);
            let referred = claims[1]
                .referred
                .as_ref()
                .map(|r| (&*r.note, r.pinpoint.as_deref()));
            assert_eq!(referred, Some((note, pinpoint)), "{label}");
        }
        assert_eq!(pages.claims_of_note("3").len(), 1);
    }
}
