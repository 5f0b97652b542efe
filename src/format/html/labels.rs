//! The numbers that browsers print before the items of lists.

use super::super::counts::{letters, roman};
use super::page::Page;

/// How the items of a list are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    None,
    Decimal,
    Letters(u8),
    SmallRoman,
    CapitalRoman,
}

/// A list that is open.
struct List {
    at: usize,
    style: Style,
    next: i64,
    step: i64,
}

/// The lists that are open, and how far each has counted.
#[derive(Default)]
pub(super) struct Labels {
    open: Vec<List>,
}

/// Classes that take the numbers away.
const UNNUMBERED: &[&str] = &[
    "list-none",
    "list-unstyled",
    "no-bullet",
    "no-bullets",
    "unstyled",
];

impl Labels {
    /// Begins a list, numbered or not.
    pub(super) fn open(&mut self, page: &Page<'_>, at: usize) {
        let is_reversed = page.attribute(at, "reversed").is_some();
        let number = |name| page.attribute(at, name)?.trim().parse::<i64>().ok();
        let items = || {
            let children = page.children(at);
            children.filter(|&child| page.name(child) == "li").count() as i64
        };
        let first = if is_reversed { items() } else { 1 };
        self.open.push(List {
            at,
            style: style(page, at),
            next: number("start").unwrap_or(first),
            step: if is_reversed { -1 } else { 1 },
        });
    }

    /// Ends a list, if it is the last that began.
    pub(super) fn close(&mut self, at: usize) {
        self.open.pop_if(|list| list.at == at);
    }

    /// Counts an item of the list that is open; the number before it.
    pub(super) fn item(&mut self, page: &Page<'_>, at: usize) -> Option<String> {
        let list = self.open.last_mut()?;
        let value = page.attribute(at, "value");
        if let Some(value) = value.and_then(|value| value.trim().parse().ok()) {
            list.next = value;
        }
        let count = list.next;
        list.next = list.next.saturating_add(list.step);
        let own = page.style(at, "list-style-type").and_then(by_css);
        written(count, own.unwrap_or(list.style))
    }
}

fn written(count: i64, style: Style) -> Option<String> {
    let positive = u64::try_from(count).ok().filter(|&count| count > 0);
    let number = match (style, positive) {
        (Style::None, _) => return None,
        (Style::Decimal, _) | (_, None) => count.to_string(),
        (Style::Letters(first), Some(count)) => letters(count, first),
        (Style::SmallRoman, Some(count)) => roman(count).to_lowercase(),
        (Style::CapitalRoman, Some(count)) => roman(count),
    };
    Some(format!("{number}."))
}

fn style(page: &Page<'_>, at: usize) -> Style {
    if page.name(at) != "ol" || UNNUMBERED.iter().any(|class| page.has_class(at, class)) {
        return Style::None;
    }
    let css = ["list-style-type", "list-style"];
    let css = css.iter().find_map(|name| by_css(page.style(at, name)?));
    css.unwrap_or_else(|| match page.attribute(at, "type").map(str::trim) {
        Some("a") => Style::Letters(b'a'),
        Some("A") => Style::Letters(b'A'),
        Some("i") => Style::SmallRoman,
        Some("I") => Style::CapitalRoman,
        _ => Style::Decimal,
    })
}

fn by_css(value: &str) -> Option<Style> {
    match value {
        "none" | "disc" | "circle" | "square" => Some(Style::None),
        "decimal" => Some(Style::Decimal),
        "lower-alpha" | "lower-latin" => Some(Style::Letters(b'a')),
        "upper-alpha" | "upper-latin" => Some(Style::Letters(b'A')),
        "lower-roman" => Some(Style::SmallRoman),
        "upper-roman" => Some(Style::CapitalRoman),
        _ => None,
    }
}
