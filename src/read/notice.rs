//! What reading has to say of a file: nothing is skipped or mended silently.

use serde::{Deserialize, Serialize};

/// How much of the input a [`Notice`] is about was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
