//! A paragraph of a Word document while it is read: its text, and what its
//! properties and those of its runs say.

use super::super::calls::Call;
use super::super::xml::Tag;
use super::styles::{Styles, is_on};

/// A paragraph that is open, and its run.
#[derive(Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// The calls of notes in it.
    pub(super) calls: Vec<Call>,
    pub(super) style: Option<String>,
    pub(super) outline: Option<u8>,
    pub(super) list: Option<String>,
    pub(super) level: Option<u8>,
    pub(super) page: Option<u32>,
    pub(super) bold: u64,
    pub(super) plain: u64,
    pub(super) linked: u64,
    pub(super) unlinked: u64,
    pub(super) mark_deleted: bool,
    pub(super) run_bold: Option<bool>,
    pub(super) run_hidden: Option<bool>,
}

impl Paragraph {
    pub(super) fn property(&mut self, name: &str, tag: &Tag<'_>) {
        let value = tag.get("val");
        match name {
            "pStyle" => self.style = value,
            "outlineLvl" => self.outline = value.and_then(|level| level.parse().ok()),
            "numId" => self.list = value,
            "ilvl" => self.level = value.and_then(|level| level.parse().ok()),
            _ => {}
        }
    }

    pub(super) fn run_property(&mut self, name: &str, tag: &Tag<'_>, styles: &Styles) {
        let value = tag.get("val");
        match name {
            "b" => self.run_bold = Some(is_on(value, true)),
            "vanish" => self.run_hidden = Some(is_on(value, true)),
            "rStyle" => {
                let style = value.as_deref();
                self.run_bold = self.run_bold.or(styles.is_bold(style).then_some(true));
                self.run_hidden = self.run_hidden.or(styles.is_hidden(style).then_some(true));
            }
            _ => {}
        }
    }
}
