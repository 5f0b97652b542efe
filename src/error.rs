//! The one error type of pincite: what failed, where, and what to try.
//!
//! It knows nothing of terminals; the program decides how an error is printed
//! and which exit status its [`ErrorKind`] means.

use std::fmt;
use std::ops::Range;

/// A result with pincite's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What class of failure an [`Error`] is; it picks the exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// A wrong argument or filter value.
    Usage,
    /// A query that cannot be understood.
    Query,
    /// Nothing was there to work on (an empty folder, an unknown passage id).
    NotFound,
    /// The index is missing, locked, damaged or of another version.
    Index,
    /// An input file or line could not be used.
    Input,
    /// The operating system refused.
    Io,
}

/// A place inside a line of typed text, printed with carets under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Where the line stands, as `queries.txt:12`, or empty for an argument.
    pub place: String,
    /// The whole line.
    pub line: String,
    /// The bytes of `line` that are meant, half-open.
    pub span: Range<usize>,
}

/// An error with its context, its cause and a hint.
///
/// `Display` prints `outer: inner` on one line; the hint and the snippet are
/// for the program to print on lines of their own.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    message: String,
    snippet: Option<Snippet>,
    hint: Option<String>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// Makes an error of a kind with a message in lower case, without a final
    /// period.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error(Box::new(Inner {
            kind,
            message: message.into(),
            snippet: None,
            hint: None,
            cause: None,
        }))
    }

    /// A wrong argument or filter value.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, message)
    }

    /// A query that cannot be understood at `span` (bytes of `query`).
    pub fn query(message: impl Into<String>, query: &str, span: Range<usize>) -> Self {
        Self::new(ErrorKind::Query, message).with_snippet("", query, span)
    }

    /// An index that is missing, locked, damaged or of another version.
    pub fn index(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Index, message)
    }

    /// An input file or line that could not be used.
    pub fn input(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Input, message)
    }

    /// A file that is no TOML of its kind: `what` it should be, its text, its
    /// name, and what the reader of TOML says.
    pub fn toml(what: &str, text: &str, name: &str, e: &toml::de::Error) -> Self {
        let message = e.message().replace('\n', " ");
        let error = Error::usage(format!("the {what} cannot be read: {message}"));
        match e.span() {
            Some(span) => error.in_file(name, text, span),
            None => error.with_snippet(name, "", 0..0),
        }
    }

    /// An operation of the operating system that failed on `what`.
    pub fn io(what: impl fmt::Display, cause: std::io::Error) -> Self {
        Self::new(ErrorKind::Io, what.to_string()).with_cause(cause)
    }

    /// Adds what to try.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// Adds the underlying error.
    #[must_use]
    pub fn with_cause(
        mut self,
        cause: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// Adds the line and the bytes in it that are meant.
    #[must_use]
    pub fn with_snippet(mut self, place: &str, line: &str, span: Range<usize>) -> Self {
        self.0.snippet = Some(Snippet {
            place: place.to_owned(),
            line: line.to_owned(),
            span,
        });
        self
    }

    /// Adds the place in a file: its name, its text, and the bytes of it that
    /// are meant, of which those of the first line are shown.
    #[must_use]
    pub fn in_file(self, name: &str, text: &str, span: Range<usize>) -> Self {
        let start = text[..span.start.min(text.len())]
            .rfind('\n')
            .map_or(0, |i| i + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let from = (span.start - start).min(line.len());
        let to = (span.end - start).clamp(from, line.len());
        let number = text[..start].matches('\n').count() + 1;
        self.with_snippet(&format!("{name}:{number}"), line, from..to)
    }

    /// Names the place of the snippet, as `queries.txt:12`.
    #[must_use]
    pub fn at(mut self, place: &str) -> Self {
        if let Some(snippet) = &mut self.0.snippet {
            snippet.place = place.to_owned();
        }
        self
    }

    /// The class of failure.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What to try, if something is known to help.
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// The line and place that are meant, if the error is about typed text.
    pub fn snippet(&self) -> Option<&Snippet> {
        self.0.snippet.as_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        if let Some(cause) = &self.0.cause {
            write!(f, ": {cause}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_deref().map(|c| c as _)
    }
}
