//! Section numbers in elements of their own: `1.1` above `Scope`, `Section 1.`
//! above `Respect for the Person`. A reader sees one heading, and gets one.

use std::sync::LazyLock;

use regex::Regex;

use super::super::document::{Line, LineKind};

/// How a number of a section stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// With a word: `Section 1.`, `Chapter IV`.
    Word,
    /// With a point or bracket: `1.1`, `3.`, `IV.`, `a)`.
    Pointed,
    /// Alone: `3`, `IV`.
    Bare,
}

static WORD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?i:section|chapter|part|article|annex|appendix)\s+(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Z])\s*[.:)–—-]?$",
    )
});
static POINTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\d{1,3}(?:\.\d{1,3})+[.:)]?|\d{1,3}[.:)]|[IVXLC]{1,6}[.:)]|[A-Za-z][.)]|[A-Z]\.\d{1,3}\.?)$",
    )
});
static BARE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:\d{1,3}|[IVX]{1,5})$"));
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?i:section|chapter|part|article|annex|appendix)\s+(?:\d|[IVXLC]+\b|[A-Z]\b)|\d{1,3}(?:\.\d{1,3})*[.:)]?(?:\s|$)|[A-Za-z][.)](?:\s|$)|[IVXLC]{1,6}[.)](?:\s|$))",
    )
});

fn pattern(text: &str) -> Regex {
    // The patterns are constants; the tests below run each of them.
    Regex::new(text).expect("a valid pattern")
}

fn form(text: &str) -> Option<Form> {
    let text = text.trim();
    match () {
        () if WORD.is_match(text) => Some(Form::Word),
        () if POINTED.is_match(text) => Some(Form::Pointed),
        () if BARE.is_match(text) => Some(Form::Bare),
        () => None,
    }
}

/// Whether a text is the number of a section and no more.
pub(super) fn is_number(text: &str) -> bool {
    form(text).is_some()
}

/// Joins each number that is a line of its own to the heading behind it.
pub(super) fn join(lines: Vec<Line<'static>>) -> Vec<Line<'static>> {
    let mut joined: Vec<Line<'static>> = Vec::with_capacity(lines.len());
    for line in lines {
        match joined.last_mut() {
            Some(before) if is_number_of(before, &line) => {
                let text = format!("{} {}", before.text, line.text);
                before.text = text.into();
                before.kind = line.kind;
                before.level = line.level;
                before.is_link &= line.is_link;
            }
            _ => joined.push(line),
        }
    }
    joined
}

/// Whether a line is the number of the heading behind it.
fn is_number_of(number: &Line<'_>, heading: &Line<'_>) -> bool {
    if heading.kind != LineKind::Heading || NUMBERED.is_match(&heading.text) {
        return false;
    }
    let Some(form) = form(&number.text) else {
        return false;
    };
    match number.kind {
        LineKind::Heading if form == Form::Word => {
            // `Part I` stands above the chapters that are in it.
            let levels = number.level.zip(heading.level);
            levels.is_none_or(|(number, heading)| number >= heading)
        }
        LineKind::Heading => true,
        // A bare number in a paragraph is that of a page.
        LineKind::Text => form != Form::Bare && number.label.is_none(),
        LineKind::Item | LineKind::Quote => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line<'static> {
        let (level, text) = match text.split_once("# ") {
            Some((level, text)) => (level.parse().ok(), text),
            None => (None, text),
        };
        Line {
            kind: match level {
                Some(_) => LineKind::Heading,
                None => LineKind::Text,
            },
            level,
            ..Line::text(1, text.to_owned())
        }
    }

    #[test]
    fn numbers_join_the_headings_behind_them() {
        let cases: &[(&[&str], &[&str])] = &[
            (&["6# 1.1", "2# Scope"], &["1.1 Scope"]),
            (
                &["4# Section 1.", "3# Rights of"],
                &["Section 1. Rights of"],
            ),
            (&["Section 2.", "2# Liberty"], &["Section 2. Liberty"]),
            (&["2# 3", "2# Methods"], &["3 Methods"]),
            (&["IV.", "2# Methods"], &["IV. Methods"]),
            (&["A.", "3# Methods"], &["A. Methods"]),
            // What is above others is no number of theirs.
            (&["1# Part I", "2# Methods"], &["Part I", "Methods"]),
            (&["4# Section 1.", "3# a. Life"], &["Section 1.", "a. Life"]),
            (&["2# 1", "2# 1.1 Scope"], &["1", "1.1 Scope"]),
            (&["2# 2021", "3# Spring"], &["2021", "Spring"]),
            (&["12", "2# Scope"], &["12", "Scope"]),
            (&["1.1", "Scope"], &["1.1", "Scope"]),
            (&["See Section 1.", "2# A"], &["See Section 1.", "A"]),
        ];
        for (lines, want) in cases {
            let joined = join(lines.iter().map(|text| line(text)).collect());
            let texts: Vec<&str> = joined.iter().map(|line| &*line.text).collect();
            assert_eq!(texts, *want);
        }
        let joined = join(vec![line("6# 1.1"), line("2# Scope")]);
        assert_eq!(joined[0].level, Some(2));
    }
}
