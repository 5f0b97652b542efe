//! How much of a page is not among its lines, by what it was.

use std::collections::BTreeMap;

use super::super::document::Dropped;
use super::block::Text;
use super::fold::Folded;
use super::furniture::{Furniture, Part};
use super::page::Page;

/// What was left out, in the order of [`Part`]; `lines` are those that were
/// taken out of the text when it was written.
pub(super) fn count(
    page: &Page<'_>,
    furniture: &Furniture,
    chosen: &Text,
    lines: &[(Part, String)],
) -> Vec<Dropped> {
    let mut texts: BTreeMap<Part, Folded> = BTreeMap::new();
    let block = page.subtree(chosen.block);
    let headline = chosen.outside(page).map_or(0..0, |at| page.subtree(at));
    for at in page.body() {
        let outside = (!block.contains(&at) && !headline.contains(&at)).then_some(Part::Around);
        let Some(part) = furniture.part(at).or(outside) else {
            continue;
        };
        match page.raw(at) {
            Some(text) => {
                texts.entry(part).or_default().push(text);
            }
            None if page.is_block(at) || page.name(at) == "br" => {
                texts.entry(part).or_default().space()
            }
            None => {}
        }
    }
    for (part, line) in lines {
        let text = texts.entry(*part).or_default();
        text.space();
        text.push(line);
    }
    let counted = texts.into_iter().map(|(part, text)| Dropped {
        what: part.label().to_owned(),
        characters: text.into_text().chars().count() as u64,
    });
    counted.filter(|dropped| dropped.characters > 0).collect()
}
