//! The few styles of text output, on or off.

use anstyle::{AnsiColor, Style};

/// Paints text for a terminal, or leaves it plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// No escape sequences.
    Plain,
    /// Colours and weights as ANSI escape sequences.
    Ansi,
}

impl Paint {
    /// A title.
    pub fn title(self, text: &str) -> String {
        self.with(Style::new().bold(), text)
    }

    /// What matched.
    pub fn lit(self, text: &str) -> String {
        self.with(
            Style::new().bold().fg_color(Some(AnsiColor::Yellow.into())),
            text,
        )
    }

    /// What a text no longer says.
    pub fn removed(self, text: &str) -> String {
        self.with(Style::new().fg_color(Some(AnsiColor::Red.into())), text)
    }

    /// What a text says now.
    pub fn added(self, text: &str) -> String {
        self.with(Style::new().fg_color(Some(AnsiColor::Green.into())), text)
    }

    /// What stands back.
    pub fn faint(self, text: &str) -> String {
        self.with(Style::new().dimmed(), text)
    }

    /// An id or value to type.
    pub fn id(self, text: &str) -> String {
        self.with(Style::new().fg_color(Some(AnsiColor::Cyan.into())), text)
    }

    fn with(self, style: Style, text: &str) -> String {
        match self {
            Paint::Plain => text.to_owned(),
            Paint::Ansi => format!("{style}{text}{style:#}"),
        }
    }
}
