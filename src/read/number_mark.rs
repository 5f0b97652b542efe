//! A number at the start of a line: `12.`, `12)`, `(12)`, `[12]`, `§ 12`, or a
//! number alone with a gap behind it. What the number means is not known here.

use std::borrow::Cow;

use crate::format::Line;

/// The longest number, in digits.
const MAX_DIGITS: usize = 4;

/// How a number is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Style {
    /// `12.`
    Stop,
    /// `12)`
    Bracket,
    /// `(12)`
    Brackets,
    /// `[12]`
    Square,
    /// `§ 12`, `¶ 12`
    Sign,
    /// `12` with a gap behind it, or on a line of its own.
    Bare,
}

impl Style {
    /// All, the surest first.
    pub(super) const ALL: [Style; 6] = [
        Style::Stop,
        Style::Sign,
        Style::Bracket,
        Style::Brackets,
        Style::Square,
        Style::Bare,
    ];
}

/// A number at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark<'l> {
    pub(super) style: Style,
    pub(super) number: u32,
    /// The number as printed, with its signs.
    pub(super) printed: &'l str,
    /// The text behind it; empty where it stands alone.
    pub(super) rest: &'l str,
}

impl<'l> Mark<'l> {
    /// The number before a line, beside its text or in it.
    pub(super) fn of_line(line: &'l Line<'_>) -> Option<Self> {
        let text = line.text.trim();
        match line.label.as_deref().map(str::trim) {
            Some(label) if is_shown(label) => {
                let mark = Mark::of(label).filter(|mark| mark.rest.is_empty())?;
                Some(Mark { rest: text, ..mark })
            }
            _ => Mark::of(text),
        }
    }

    /// The number that a text begins with. What follows it must be text, and
    /// may touch it only with a capital: `12.The`, not `12.5`.
    pub(super) fn of(text: &'l str) -> Option<Self> {
        let sign = text.strip_prefix(['§', '¶']).map(str::trim_start);
        let round = text.strip_prefix('(');
        let square = text.strip_prefix('[');
        let digits = sign.or(round).or(square).unwrap_or(text);
        let end = digits
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(digits.len());
        if !(1..=MAX_DIGITS).contains(&end) || digits.starts_with('0') {
            return None;
        }
        let number = digits[..end].parse().ok()?;
        let behind = &digits[end..];
        let (style, behind) = if sign.is_some() {
            (
                Style::Sign,
                behind.strip_prefix(['.', ':']).unwrap_or(behind),
            )
        } else if round.is_some() {
            (Style::Brackets, behind.strip_prefix(')')?)
        } else if square.is_some() {
            (Style::Square, behind.strip_prefix(']')?)
        } else if let Some(behind) = behind.strip_prefix('.') {
            // `12.- The`, as Spanish documents have it.
            let dash = behind.strip_prefix(['-', '–', '—']);
            (Style::Stop, dash.filter(|b| is_apart(b)).unwrap_or(behind))
        } else if let Some(behind) = behind.strip_prefix(')') {
            (Style::Bracket, behind)
        } else {
            (Style::Bare, behind)
        };
        let printed = &text[..text.len() - behind.len()];
        let rest = behind.trim_start();
        // The next cell of a table.
        let rest = rest.strip_prefix("| ").unwrap_or(rest).trim_start();
        let fits = match style {
            _ if rest.is_empty() => true,
            Style::Bare => is_apart(behind) && (opens(rest) || has_gap(behind)),
            _ => is_apart(behind) || opens(rest),
        };
        (fits && (rest.is_empty() || rest.contains(char::is_alphabetic))).then_some(Mark {
            style,
            number,
            printed,
            rest,
        })
    }
}

/// The text of a line with what is printed before it, but for bullets.
pub(super) fn with_label<'l>(line: &'l Line<'_>) -> Cow<'l, str> {
    match line.label.as_deref().map(str::trim) {
        Some(label) if is_shown(label) => Cow::Owned(format!("{label} {}", line.text.trim_start())),
        _ => Cow::Borrowed(&line.text),
    }
}

/// Whether a label says something, as a bullet does not.
fn is_shown(label: &str) -> bool {
    label.contains(char::is_alphanumeric)
}

fn is_apart(behind: &str) -> bool {
    behind.is_empty() || behind.starts_with(char::is_whitespace)
}

/// Whether a sentence may begin with a text.
fn opens(rest: &str) -> bool {
    let rest = rest.trim_start_matches(['“', '"', '«', '‘', '\'', '[', '(']);
    rest.starts_with(|c: char| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
}

/// Whether a number is set off by more than a space.
fn has_gap(behind: &str) -> bool {
    behind.starts_with('\t')
        || behind.chars().take_while(|c| c.is_whitespace()).count() > 1
        || behind.starts_with(['\u{2002}', '\u{2003}'])
        || behind.trim_start().starts_with('|')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::LineKind;

    #[test]
    fn numbers_in_all_forms() {
        for (text, wanted) in [
            ("12. The kilns", Some((Style::Stop, 12, "12.", "The kilns"))),
            ("12.The kilns", Some((Style::Stop, 12, "12.", "The kilns"))),
            (
                "12.- Los hornos",
                Some((Style::Stop, 12, "12.-", "Los hornos")),
            ),
            ("12.", Some((Style::Stop, 12, "12.", ""))),
            (
                "12) the kilns",
                Some((Style::Bracket, 12, "12)", "the kilns")),
            ),
            (
                "(12) The kilns",
                Some((Style::Brackets, 12, "(12)", "The kilns")),
            ),
            (
                "[12] “The kilns”",
                Some((Style::Square, 12, "[12]", "“The kilns”")),
            ),
            (
                "§ 12 The kilns",
                Some((Style::Sign, 12, "§ 12", "The kilns")),
            ),
            (
                "¶12. The kilns",
                Some((Style::Sign, 12, "¶12.", "The kilns")),
            ),
            ("12\tthe kilns", Some((Style::Bare, 12, "12", "the kilns"))),
            ("12 The kilns", Some((Style::Bare, 12, "12", "The kilns"))),
            (
                "12. | The kilns",
                Some((Style::Stop, 12, "12.", "The kilns")),
            ),
            ("12", Some((Style::Bare, 12, "12", ""))),
            ("12 kilns were closed", None),
            ("12.5 per cent", None),
            ("2.1.1 Clause", None),
            ("12.a", None),
            ("12345. The", None),
            ("012. The", None),
            ("1. 345 678", None),
            ("(a) The kilns", None),
            ("(12 kilns)", None),
            ("12° north", None),
            ("", None),
        ] {
            let mark = Mark::of(text).map(|m| (m.style, m.number, m.printed, m.rest));
            assert_eq!(mark, wanted, "{text}");
        }
    }

    #[test]
    fn labels_go_before_the_text_but_bullets() {
        for (label, shown) in [
            (Some("3."), "3. Train them"),
            (Some("(b)"), "(b) Train them"),
            (Some("•"), "Train them"),
            (None, "Train them"),
        ] {
            let line = Line {
                label: label.map(Into::into),
                kind: LineKind::Item,
                ..Line::text(1, "Train them")
            };
            assert_eq!(with_label(&line), shown);
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost(text in "[\\[(§¶]{0,1}[0-9]{0,5}[.)\\]]{0,1}[ \t|-]{0,2}\\PC{0,10}") {
            if let Some(mark) = Mark::of(&text) {
                let kept = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
                proptest::prop_assert_eq!(kept(mark.printed) + &kept(mark.rest), kept(&text));
                proptest::prop_assert!(mark.printed.contains(&mark.number.to_string()));
            }
        }
    }
}
