//! The styles of an OpenDocument text, automatic and named: what a paragraph
//! of a style is, through the styles that it comes from.

use std::collections::HashMap;

use super::super::xml::{Node, Tag, walk};

/// A style as the file gives it.
#[derive(Default)]
struct Style {
    parent: Option<String>,
    outline: Option<u8>,
    bold: Option<bool>,
    hidden: Option<bool>,
    breaks: Option<bool>,
    list: Option<String>,
}

/// The styles of a document by family and name.
#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<(String, String), Style>,
}

impl Styles {
    /// Takes the styles of a part in, as far as it goes; they hide those of
    /// the same names taken in before.
    pub(super) fn read(&mut self, text: &str) {
        let mut open: Option<((String, String), Style)> = None;
        walk(text, |node| match node {
            Node::Open(tag) if tag.name() == "style" => {
                let family = tag.get("family").unwrap_or_default();
                let name = tag.get("name").unwrap_or_default();
                let style = Style {
                    parent: tag.get("parent-style-name"),
                    outline: tag
                        .get("default-outline-level")
                        .and_then(|level| level.parse().ok()),
                    list: tag.get("list-style-name").filter(|name| !name.is_empty()),
                    breaks: tag.get("master-page-name").map(|name| !name.is_empty()),
                    ..Style::default()
                };
                open = Some(((family, name), style));
            }
            Node::Open(tag) => {
                if let Some((_, style)) = &mut open {
                    style.take(&tag);
                }
            }
            Node::Close("style") => self.styles.extend(open.take()),
            Node::Close(_) | Node::Text(_) => {}
        });
    }

    /// Whether paragraphs of a style are headings.
    pub(super) fn is_heading(&self, name: &str) -> bool {
        self.chain("paragraph", name).any(|(name, style)| {
            matches!(name, "Title" | "Subtitle") || style.is_some_and(|it| it.outline.is_some())
        })
    }

    /// The level of the headings of a style, from 1; none of titles.
    pub(super) fn level(&self, name: &str) -> Option<u8> {
        let mut chain = self.chain("paragraph", name);
        chain.find_map(|(_, style)| style?.outline)
    }

    /// The list style of the paragraphs of a style.
    pub(super) fn list<'s>(&'s self, name: &'s str) -> Option<&'s str> {
        let mut chain = self.chain("paragraph", name);
        chain.find_map(|(_, style)| style?.list.as_deref())
    }

    /// Whether paragraphs of a style are captions.
    pub(super) fn is_caption(&self, name: &str) -> bool {
        self.chain("paragraph", name)
            .any(|(name, _)| matches!(name, "Caption" | "caption"))
    }

    /// Whether paragraphs of a style are block quotations.
    pub(super) fn is_quote(&self, name: &str) -> bool {
        let names = [
            "Quotations",
            "Quotation",
            "Block_20_Quotation",
            "Block_20_Text",
        ];
        self.chain("paragraph", name)
            .any(|(name, _)| names.contains(&name))
    }

    /// Whether a style of a family makes text bold, if it says so.
    pub(super) fn bold(&self, family: &str, name: &str) -> Option<bool> {
        self.chain(family, name).find_map(|(_, style)| style?.bold)
    }

    /// Whether a style of a family hides text, if it says so.
    pub(super) fn hidden(&self, family: &str, name: &str) -> Option<bool> {
        self.chain(family, name)
            .find_map(|(_, style)| style?.hidden)
    }

    /// Whether a paragraph of a style begins a page.
    pub(super) fn breaks_page(&self, name: &str) -> bool {
        let breaks = self
            .chain("paragraph", name)
            .find_map(|(_, style)| style?.breaks);
        breaks == Some(true)
    }

    /// A style and those that it comes from, nearest first; a circle is cut.
    fn chain<'s>(
        &'s self,
        family: &'s str,
        name: &'s str,
    ) -> impl Iterator<Item = (&'s str, Option<&'s Style>)> {
        let named = move |name: &'s str| {
            let style = self.styles.get(&(family.to_owned(), name.to_owned()));
            (name, style)
        };
        let next = move |(_, style): &(&'s str, Option<&'s Style>)| {
            Some(named((*style)?.parent.as_deref()?))
        };
        std::iter::successors(Some(named(name)), next).take(20)
    }
}

impl Style {
    /// Takes properties in.
    fn take(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "text-properties" => {
                let weight = tag.get("font-weight");
                // Weights are words or numbers from 100 to 900.
                self.bold =
                    weight.map(|it| it == "bold" || it.parse().is_ok_and(|it: u32| it >= 600));
                self.hidden = tag.get("display").map(|display| display == "none");
            }
            "section-properties" => self.hidden = tag.get("display").map(|it| it == "none"),
            "paragraph-properties" => {
                let breaks = tag.get("break-before").map(|it| it == "page");
                self.breaks = self.breaks.or(breaks);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_come_from_their_parents() {
        let mut styles = Styles::default();
        styles.read(
            r#"<office:styles>
            <style:style style:name="Heading_20_1" style:family="paragraph" style:default-outline-level="1"/>
            <style:style style:name="Illustration" style:family="paragraph" style:parent-style-name="Caption"/>
            <style:style style:name="Round" style:family="paragraph" style:parent-style-name="Round"/>
            </office:styles>"#,
        );
        styles.read(
            r#"<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_1">
            <style:paragraph-properties fo:break-before="page"/><style:text-properties fo:font-weight="700"/></style:style>
            <style:style style:name="P2" style:family="paragraph" style:parent-style-name="Illustration"/>
            <style:style style:name="P3" style:family="paragraph" style:parent-style-name="Title"/>
            <style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>"#,
        );
        assert!(styles.is_heading("P1") && styles.is_heading("P3") && !styles.is_heading("Round"));
        assert!(styles.is_caption("P2") && !styles.is_caption("P1"));
        assert!(styles.breaks_page("P1") && !styles.breaks_page("P2"));
        assert_eq!(styles.bold("paragraph", "P1"), Some(true));
        assert_eq!(styles.hidden("text", "T1"), Some(true));
        assert_eq!(styles.hidden("text", "T2"), None);
    }
}
