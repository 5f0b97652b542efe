//! Foot- and endnotes of word processors: the calls in the paragraphs, and the
//! notes that they call.

use super::document::{Note, characters};

/// A kind of notes; each is counted by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoteKind {
    Foot,
    End,
}

/// A note by its kind and its name in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoteName {
    pub(crate) kind: NoteKind,
    pub(crate) name: String,
}

/// A place in a paragraph that calls a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    /// How many characters stand before it ([`characters`]).
    pub(crate) before: u64,
    pub(crate) note: NoteName,
}

impl Call {
    /// A call at the end of a text.
    pub(crate) fn behind(text: &str, note: NoteName) -> Self {
        Call {
            before: characters(text),
            note,
        }
    }

    /// The call where a text is put before its paragraph.
    pub(crate) fn moved(&self, put_before: &str) -> Self {
        Call {
            before: self.before + characters(put_before),
            note: self.note.clone(),
        }
    }
}

/// The notes that lines (each with its number) call, in order. Their marks are
/// counted as word processors do: in order of the calls, each kind from 1.
pub(crate) fn called<'c>(
    lines: impl Iterator<Item = (u64, &'c [Call])>,
    notes: &[(NoteName, String)],
) -> Vec<Note> {
    let mut seen: Vec<&NoteName> = Vec::new();
    let mut called = Vec::new();
    for (line, call) in lines.flat_map(|(line, calls)| calls.iter().map(move |call| (line, call))) {
        if !seen.contains(&&call.note) {
            seen.push(&call.note);
        }
        let of_kind = seen.iter().filter(|name| name.kind == call.note.kind);
        let number = of_kind.take_while(|name| **name != &call.note).count() + 1;
        if let Some((_, text)) = notes.iter().find(|(name, _)| *name == call.note) {
            called.push(Note {
                line,
                before: call.before,
                mark: number.to_string(),
                text: text.clone(),
            });
        }
    }
    called
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_notes_is_counted_by_itself() {
        let name = |kind, name: &str| NoteName {
            kind,
            name: name.to_owned(),
        };
        let (one, two) = (name(NoteKind::Foot, "7"), name(NoteKind::Foot, "9"));
        let end = name(NoteKind::End, "7");
        let calls = [&one, &end, &two, &one].map(|n| Call::behind("a b", n.clone()));
        let notes = [
            (end, "end".to_owned()),
            (two, "two".to_owned()),
            (one, "one".to_owned()),
        ];
        let called = called([(4, &calls[..3]), (5, &calls[3..])].into_iter(), &notes);
        let told = called
            .iter()
            .map(|n| (n.line, n.before, &*n.mark, &*n.text));
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                (4, 2, "1", "one"),
                (4, 2, "1", "end"),
                (4, 2, "2", "two"),
                (5, 2, "1", "one")
            ]
        );
    }
}
