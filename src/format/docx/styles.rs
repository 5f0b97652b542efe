//! The styles of a Word document: what a paragraph of a style is, by its
//! outline level and its built-in name, which is English in every language
//! of Word, through the styles that it is based on.

use std::collections::HashMap;

use super::super::xml::{Node, Tag, walk};

/// What the paragraphs of a style are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Text of the document.
    Body,
    /// A heading.
    Heading,
    /// A block quotation.
    Quote,
    /// The caption of a figure or table.
    Caption,
    /// A line of a table of contents.
    Contents,
}

/// A style as the file gives it.
#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    bold: Option<bool>,
    hidden: Option<bool>,
    list: Option<String>,
    level: Option<u8>,
}

/// The styles of a document by their ids.
#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default: Option<String>,
}

impl Styles {
    /// Reads `word/styles.xml`, as far as it goes.
    pub(super) fn read(text: &str) -> Self {
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        walk(text, |node| match node {
            Node::Open(tag) if tag.name() == "style" => {
                let id = tag.get("styleId").unwrap_or_default();
                if tag.get("type").as_deref() == Some("paragraph")
                    && is_on(tag.get("default"), false)
                {
                    styles.default = Some(id.clone());
                }
                open = Some((id, Style::default()));
            }
            Node::Open(tag) => {
                if let Some((_, style)) = &mut open {
                    style.take(&tag);
                }
            }
            Node::Close("style") => styles.styles.extend(open.take()),
            Node::Close(_) | Node::Text(_) => {}
        });
        styles
    }

    /// What the paragraphs of a style are; without a style, of the default.
    pub(super) fn role(&self, id: Option<&str>) -> Role {
        // A file without its styles still has telling ids.
        if let Some(id) = id.filter(|id| !self.styles.contains_key(*id)) {
            return named(&id.to_lowercase()).unwrap_or(Role::Body);
        }
        for style in self.chain(id) {
            if let Some(role) = named(&style.name) {
                return role;
            }
            if let Some(level) = style.outline {
                return if level < 9 { Role::Heading } else { Role::Body };
            }
        }
        Role::Body
    }

    /// The level of the headings of a style, from 1; 0 of the title of the
    /// document.
    pub(super) fn level(&self, id: Option<&str>) -> Option<u8> {
        if let Some(id) = id.filter(|id| !self.styles.contains_key(*id)) {
            return level_named(&id.to_lowercase());
        }
        self.chain(id).find_map(|style| {
            let outline = style.outline.filter(|level| *level < 9);
            level_named(&style.name).or(outline.map(|level| level + 1))
        })
    }

    /// Whether text of a style is bold.
    pub(super) fn is_bold(&self, id: Option<&str>) -> bool {
        self.chain(id).find_map(|style| style.bold) == Some(true)
    }

    /// Whether text of a style is hidden.
    pub(super) fn is_hidden(&self, id: Option<&str>) -> bool {
        self.chain(id).find_map(|style| style.hidden) == Some(true)
    }

    /// The numbering of a style and the level in it, from 0.
    pub(super) fn list(&self, id: Option<&str>) -> Option<(String, u8)> {
        let list = self.chain(id).find_map(|style| style.list.clone())?;
        let level = self.chain(id).find_map(|style| style.level);
        Some((list, level.unwrap_or(0)))
    }

    /// A style and those that it is based on, nearest first; a circle is cut.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s Style> {
        let first = id.or(self.default.as_deref());
        let first = first.and_then(|id| self.styles.get(id));
        let next = |style: &&Style| self.styles.get(style.based_on.as_ref()?);
        std::iter::successors(first, next).take(20)
    }
}

impl Style {
    /// Takes a property in.
    fn take(&mut self, tag: &Tag<'_>) {
        let value = tag.get("val");
        match tag.name() {
            "name" => self.name = value.unwrap_or_default().to_lowercase(),
            "basedOn" => self.based_on = value,
            "outlineLvl" => self.outline = value.and_then(|level| level.parse().ok()),
            "b" => self.bold = Some(is_on(value, true)),
            "vanish" => self.hidden = Some(is_on(value, true)),
            "numId" => self.list = value,
            "ilvl" => self.level = value.and_then(|level| level.parse().ok()),
            _ => {}
        }
    }
}

/// Whether a switch is on; one that is named without a value is as `bare`.
pub(super) fn is_on(value: Option<String>, bare: bool) -> bool {
    match value.as_deref() {
        None => bare,
        Some(value) => !matches!(value, "0" | "false" | "off" | "none"),
    }
}

/// The level in the name of a style, in lower case.
fn level_named(name: &str) -> Option<u8> {
    if name == "title" {
        return Some(0);
    }
    name.strip_prefix("heading")?.trim_start().parse().ok()
}

/// What a style is by its name in lower case.
fn named(name: &str) -> Option<Role> {
    let numbered = |start: &str| {
        let rest = name.strip_prefix(start).map(str::trim_start);
        rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    match name {
        "title" | "subtitle" => Some(Role::Heading),
        "quote" | "intense quote" | "intensequote" | "block text" | "blocktext" => {
            Some(Role::Quote)
        }
        "caption" => Some(Role::Caption),
        "toc heading" | "tocheading" | "table of figures" | "tableoffigures" => {
            Some(Role::Contents)
        }
        _ if numbered("heading") => Some(Role::Heading),
        _ if numbered("toc") => Some(Role::Contents),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_follow_names_levels_and_bases() {
        let styles = Styles::read(
            r#"<w:styles>
            <w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
            <w:style w:styleId="berschrift1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
            <w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="berschrift1"/><w:rPr><w:b w:val="0"/></w:rPr></w:style>
            <w:style w:styleId="Level"><w:name w:val="L"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
            <w:style w:styleId="Round"><w:name w:val="R"/><w:basedOn w:val="Round"/></w:style>
            <w:style w:styleId="Cap"><w:name w:val="caption"/></w:style>
            <w:style w:styleId="V1"><w:name w:val="toc 1"/></w:style>
            <w:style w:styleId="L"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="4"/></w:numPr></w:pPr></w:style>
            </w:styles>"#,
        );
        for (id, role) in [
            (None, Role::Body),
            (Some("berschrift1"), Role::Heading),
            (Some("Mine"), Role::Heading),
            (Some("Level"), Role::Heading),
            (Some("Round"), Role::Body),
            (Some("Cap"), Role::Caption),
            (Some("V1"), Role::Contents),
            (Some("Heading2"), Role::Heading),
            (Some("Headingless"), Role::Body),
        ] {
            assert_eq!(styles.role(id), role, "{id:?}");
        }
        for (id, level) in [
            ("Mine", Some(1)),
            ("Level", Some(3)),
            ("Heading2", Some(2)),
            ("L", None),
        ] {
            assert_eq!(styles.level(Some(id)), level, "{id}");
        }
        assert!(styles.is_bold(Some("berschrift1")) && !styles.is_bold(Some("Mine")));
        assert_eq!(styles.list(Some("L")), Some(("4".to_owned(), 1)));
    }
}
