//! What reading has to say of a file: nothing is skipped or mended silently.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

/// How much of the input a [`Notice`] is about was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NoticeKind {
    /// A file or line was left out.
    Skipped,
    /// A report was left out because a better copy of it is there.
    Duplicate,
    /// Something was mended or guessed, and nothing left out.
    Mended,
    /// A report has nearly the text of another.
    Similar,
    /// No profile knows the file; it was read as plain paragraphs.
    Unknown,
}

/// One remark on one file or line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Notice {
    /// The file, below its corpus folder.
    pub path: String,
    /// The line, from 1, where it is about one line.
    pub line: Option<u64>,
    /// What became of it.
    pub kind: NoticeKind,
    /// Why, in lower case without a final period.
    pub message: String,
}

impl Notice {
    fn new(path: &str, kind: NoticeKind, message: impl Into<String>) -> Self {
        Notice {
            path: path.to_owned(),
            line: None,
            kind,
            message: message.into(),
        }
    }

    /// A file or line that was left out.
    pub fn skipped(path: &str, message: impl Into<String>) -> Self {
        Self::new(path, NoticeKind::Skipped, message)
    }

    /// A report that was left out as a better copy of it is there.
    pub fn duplicate(path: &str, message: impl Into<String>) -> Self {
        Self::new(path, NoticeKind::Duplicate, message)
    }

    /// A report that has nearly the text of another.
    pub fn similar(path: &str, message: impl Into<String>) -> Self {
        Self::new(path, NoticeKind::Similar, message)
    }

    /// Something mended or guessed.
    pub fn mended(path: &str, message: impl Into<String>) -> Self {
        Self::new(path, NoticeKind::Mended, message)
    }

    /// A file that no profile knows.
    pub fn unknown(path: &str, message: impl Into<String>) -> Self {
        Self::new(path, NoticeKind::Unknown, message)
    }

    /// The same, about one line.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// The file and line, as `queries/a.jsonl:7`.
    pub fn place(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.path),
            None => self.path.clone(),
        }
    }
}

/// How many equal remarks on lines of a file are told one by one.
const TOLD: usize = 3;

/// The remarks on one file, many equal ones on its lines as one with their
/// number, at the place of the first.
pub(super) fn summed_up(notices: Vec<Notice>) -> Vec<Notice> {
    let mut counts: HashMap<(NoticeKind, String), usize> = HashMap::new();
    let key = |notice: &Notice| (notice.kind, notice.message.clone());
    for notice in notices.iter().filter(|notice| notice.line.is_some()) {
        *counts.entry(key(notice)).or_default() += 1;
    }
    counts.retain(|_, count| *count > TOLD);
    let mut told: HashSet<(NoticeKind, String)> = HashSet::new();
    let mut summed = Vec::new();
    for mut notice in notices {
        let count = counts.get(&key(&notice)).filter(|_| notice.line.is_some());
        if let (Some(count), Some(line)) = (count, notice.line) {
            if !told.insert(key(&notice)) {
                continue;
            }
            let message = &notice.message;
            notice.message = format!("{count} lines: {message}; the first is line {line}");
        }
        summed.push(notice);
    }
    summed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_equal_remarks_are_one() {
        let of = |message: &str, line: u64| Notice::skipped("a.jsonl", message).at_line(line);
        let mut notices = vec![of("no text", 2), of("no year", 2)];
        notices.extend((3..114).map(|line| of("no text", line)));
        notices.push(Notice::mended("a.jsonl", "no text"));
        let told: Vec<_> = summed_up(notices)
            .into_iter()
            .map(|n| (n.line, n.message))
            .collect();
        assert_eq!(
            told,
            [
                (
                    Some(2),
                    "112 lines: no text; the first is line 2".to_owned()
                ),
                (Some(2), "no year".to_owned()),
                (None, "no text".to_owned()),
            ]
        );
        let few: Vec<_> = (1..4).map(|line| of("no text", line)).collect();
        assert_eq!(summed_up(few.clone()), few);
    }
}
