//! Figures that changed from one edition to another, side by side.

use super::{Comparison, Excerpt, Figure, Row, figures_of, word_changes};
use crate::text::changes::{Change, Piece};

/// A figure that another one took the place of.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureChange {
    /// The paragraph of the old edition, by its place there.
    pub old_passage: usize,
    /// The paragraph of the new edition, by its place there.
    pub new_passage: usize,
    /// What the old edition says.
    pub old: Figure,
    /// What the new edition says.
    pub new: Figure,
}

/// Two values differ where they do by more than rounding.
const SAME_VALUE: f64 = 1e-9;

/// The figures that changed in the reworded paragraphs of two editions, and in
/// those that stand reworded in another one, in the order of the rows.
///
/// Figures that are in both paragraphs, with the same value and noun, are taken
/// out. Of the others two are one figure that changed where they are of one kind
/// and count the same, or stand where words were replaced by others; those for
/// which both is true come first. A figure of a part is none of the rest of the
/// paragraph that the part stands in.
pub fn figures(comparison: &Comparison) -> Vec<FigureChange> {
    let rows: Vec<_> = comparison.rows().collect();
    let of_parts: Vec<_> = rows.iter().map(|row| of_part(comparison, row)).collect();
    let is_of_part = |change: &FigureChange| {
        of_parts.iter().flatten().any(|part| {
            (part.old_passage, &part.old.span) == (change.old_passage, &change.old.span)
                || (part.new_passage, &part.new.span) == (change.new_passage, &change.new.span)
        })
    };
    let mut found = Vec::new();
    for (row, of_part) in rows.iter().zip(&of_parts) {
        let of_pair = of_pair(comparison, row).into_iter();
        found.extend(of_pair.filter(|change| !is_of_part(change)));
        found.extend(of_part.iter().cloned());
    }
    found
}

/// The figures that changed in a reworded paragraph.
fn of_pair(comparison: &Comparison, row: &Row) -> Vec<FigureChange> {
    let passages = comparison.passages(row);
    let (Some(old_passage), Some(new_passage)) = (row.old, row.new) else {
        return Vec::new();
    };
    let (Some(old), Some(new)) = passages else {
        return Vec::new();
    };
    if !row.is_reworded() {
        return Vec::new();
    }
    let whole = |passage, text| Excerpt {
        passage,
        start: 0,
        text,
    };
    between(
        &whole(old_passage, &old.text),
        &whole(new_passage, &new.text),
    )
}

/// The figures that changed in a paragraph that stands in another one.
fn of_part(comparison: &Comparison, row: &Row) -> Vec<FigureChange> {
    let change = comparison.part_change(row);
    change.map_or_else(Vec::new, |change| between(&change.old, &change.new))
}

fn between(old: &Excerpt<'_>, new: &Excerpt<'_>) -> Vec<FigureChange> {
    let placed = |figure: Figure, start: usize| Figure {
        span: figure.span.start + start..figure.span.end + start,
        ..figure
    };
    let changes = paired(old.text, new.text).into_iter();
    let changes = changes.map(|(one, other)| FigureChange {
        old_passage: old.passage,
        new_passage: new.passage,
        old: placed(one, old.start),
        new: placed(other, new.start),
    });
    changes.collect()
}

/// The figures of a text that others took the place of in a later one.
fn paired(old: &str, new: &str) -> Vec<(Figure, Figure)> {
    let (mut before, mut now) = (figures_of(old), figures_of(new));
    before.retain(|figure| {
        let same = now.iter().position(|other| is_same(figure, other));
        same.inspect(|at| drop(now.remove(*at))).is_none()
    });
    if before.is_empty() || now.is_empty() {
        return Vec::new();
    }
    let replaced = replaced(&word_changes(old, new));
    let mut edges = Vec::new();
    for (i, one) in before.iter().enumerate() {
        for (j, other) in now.iter().enumerate().filter(|(_, o)| o.kind == one.kind) {
            let counts_same = one.noun.is_some() && one.noun == other.noun;
            let is_replaced = replaced
                .iter()
                .any(|(gone, come)| touches(gone, &one.span) && touches(come, &other.span));
            let strength = 2 * u8::from(counts_same) + u8::from(is_replaced);
            if strength > 0 {
                edges.push((std::cmp::Reverse(strength), i, j));
            }
        }
    }
    edges.sort_unstable();
    let mut partner: Vec<Option<usize>> = vec![None; before.len()];
    for (_, i, j) in edges {
        if partner[i].is_none() && !partner.contains(&Some(j)) {
            partner[i] = Some(j);
        }
    }
    let pairs = before.into_iter().zip(partner);
    let pairs = pairs.filter_map(|(one, j)| Some((one, now[j?].clone())));
    // A figure whose noun alone changed has not changed.
    pairs.filter(|(one, other)| !equal(one, other)).collect()
}

fn equal(one: &Figure, other: &Figure) -> bool {
    (one.value - other.value).abs() <= SAME_VALUE * one.value.abs().max(1.0)
}

fn is_same(one: &Figure, other: &Figure) -> bool {
    one.kind == other.kind && one.noun == other.noun && equal(one, other)
}

/// Words of the old text with the words of the new one that took their place.
fn replaced(pieces: &[Piece]) -> Vec<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let pairs = pieces.windows(2);
    let pairs =
        pairs.filter(|two| two[0].change == Change::Removed && two[1].change == Change::Added);
    pairs
        .map(|two| (two[0].span.clone(), two[1].span.clone()))
        .collect()
}

fn touches(one: &std::ops::Range<usize>, other: &std::ops::Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_beside_what_took_their_place() {
        for (old, new, expected) in [
            (
                "Police opened 348 cases and freed 12 women.",
                "Police opened 199 trafficking cases and freed 12 women.",
                vec![("348 cases", "199 trafficking cases")],
            ),
            (
                "a budget of $1.33 million for two shelters",
                "a budget of $543,080 for three shelters",
                vec![
                    ("$1.33 million", "$543,080"),
                    ("two shelters", "three shelters"),
                ],
            ),
            ("It freed 12 women.", "It freed twelve women.", vec![]),
            (
                "It freed 12 women, and 30 men in all.",
                "It freed 15 victims, and 30 men in all.",
                vec![("12 women", "15 victims")],
            ),
            ("It freed 12 women.", "It freed no women.", vec![]),
            ("It grew by 3 percent.", "It grew by 3 men.", vec![]),
        ] {
            let found = paired(old, new);
            let shown: Vec<(&str, &str)> = found
                .iter()
                .map(|(a, b)| (a.shown.as_str(), b.shown.as_str()))
                .collect();
            assert_eq!(shown, expected, "{old} {new}");
        }
    }
}
