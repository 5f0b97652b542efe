//! Foot- and endnotes of word processors: the calls in the paragraphs, and the
//! notes that they call. A link is a note without a mark that says where it
//! leads.

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

/// What is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Note(NoteName),
    /// The address that a link leads to.
    Address(String),
}

/// A place in a paragraph that calls a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    /// How many characters stand before it ([`characters`]).
    pub(crate) before: u64,
    pub(crate) target: Target,
}

impl Call {
    /// A call at the end of a text.
    pub(crate) fn behind(text: &str, note: NoteName) -> Self {
        Call {
            before: characters(text),
            target: Target::Note(note),
        }
    }

    /// The link at the end of a text.
    pub(crate) fn link(text: &str, address: String) -> Self {
        Call {
            before: characters(text),
            target: Target::Address(address),
        }
    }

    /// The call where a text is put before its paragraph.
    pub(crate) fn moved(&self, put_before: &str) -> Self {
        Call {
            before: self.before + characters(put_before),
            target: self.target.clone(),
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
        let mut add = |mark: String, text: &str| {
            called.push(Note {
                line,
                before: call.before,
                mark,
                text: text.to_owned(),
            });
        };
        let name = match &call.target {
            Target::Note(name) => name,
            Target::Address(address) => {
                add(String::new(), address);
                continue;
            }
        };
        if !seen.contains(&name) {
            seen.push(name);
        }
        let of_kind = seen.iter().filter(|seen| seen.kind == name.kind);
        let number = of_kind.take_while(|seen| **seen != name).count() + 1;
        if let Some((_, text)) = notes.iter().find(|(known, _)| known == name) {
            add(number.to_string(), text);
        }
    }
    called
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_notes_is_counted_by_itself_and_links_are_not() {
        let name = |kind, name: &str| NoteName {
            kind,
            name: name.to_owned(),
        };
        let (one, two) = (name(NoteKind::Foot, "7"), name(NoteKind::Foot, "9"));
        let end = name(NoteKind::End, "7");
        let mut calls = [&one, &end, &two, &one]
            .map(|n| Call::behind("a b", n.clone()))
            .to_vec();
        calls.push(Call::link("a b c", "https://example.org/a".to_owned()));
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
                (5, 2, "1", "one"),
                (5, 3, "", "https://example.org/a")
            ]
        );
    }
}
